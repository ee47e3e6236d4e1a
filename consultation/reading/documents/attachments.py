"""What is attached to a message: read with it where it is a document, else named and kept. None is ignored."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from consultation.errors import ConsultationError
from consultation.reading.documents.parts import HEADING, Part, Trouble

_BY_NAME: Final = {
    ".docx": "docx",
    ".docm": "docx",
    ".odt": "odt",
    ".pdf": "pdf",
    ".rtf": "rtf",
    ".txt": "text",
    ".md": "text",
}
_TABLES: Final = (".xlsx", ".xls", ".csv", ".ods", ".xlsm", ".sav")
_PICTURES: Final = (".png", ".jpg", ".jpeg", ".gif", ".heic", ".bmp", ".tif", ".tiff", ".webp")
_DECORATION: Final = 30_000  # bytes; a smaller picture shown within a mail is a logo of its signature
LIMIT: Final = 100_000_000  # bytes of one attachment


def attached(data: bytes, name: str, *, inline: bool = False) -> tuple[list[Part], list[Trouble]]:
    """The parts of an attachment under its own heading; or a part that stands for what a person must type up."""
    place = f"attachment “{name}”"
    if inline and len(data) < _DECORATION:
        return [], [
            Trouble(
                place=place,
                what="A small picture is shown in the message.",
                hint="Likely the logo of a signature.",
                action="kept",
            )
        ]
    reason = _unread(data, name)
    if reason is None:
        try:
            return _read(data, name, place)
        except ConsultationError as wrong:
            reason = wrong.what, wrong.do or "Open it and save it in another form."
    what, hint = reason
    return [Part(text="", place=place, mark="untranscribed")], [
        Trouble(place=place, what=what, hint=hint, action="quarantined")
    ]


def _unread(data: bytes, name: str) -> tuple[str, str] | None:
    """Why an attachment is not read, and what to do; None for what is read."""
    suffix = _suffix(name)
    if not data:
        return "The attachment is empty.", "Ask the sender for it again."
    if len(data) > LIMIT:
        return (
            f"The attachment is larger than {LIMIT // 1_000_000} MB.",
            "Save it by itself and look whether it is text.",
        )
    if suffix in _TABLES:
        return "The attachment is a table.", "Save it by itself and read it as a source of its own."
    if suffix in _PICTURES:
        return "The attachment is a picture.", "Type up what it shows, or run text recognition on it."
    if name.casefold() == "winmail.dat":
        return (
            "The attachment is an Outlook package (winmail.dat).",
            "Ask the sender to send the message again as plain text or HTML.",
        )
    if _form(data, suffix) is None:
        return (
            "The attachment is of a kind that is not read.",
            "Open it, and if it holds words, save it as .docx, .pdf or .txt.",
        )
    return None


def _form(data: bytes, suffix: str) -> str | None:
    """The kind of document, by its first bytes; by its name only where text could be anything."""
    if data.startswith(b"%PDF"):
        return "pdf"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(b"PK"):
        return {"docx": "docx", "odt": "odt"}.get(_BY_NAME.get(suffix, ""))
    return "text" if _BY_NAME.get(suffix) == "text" and b"\0" not in data[:4096] else None


def _read(data: bytes, name: str, place: str) -> tuple[list[Part], list[Trouble]]:
    from consultation.reading.documents import reader

    form = _form(data, _suffix(name))
    found = reader(form or "text")(data, name)
    heading = Part(text=f"Attachment: {name}", place=place, kind=HEADING, level=0, file=name)
    parts = [
        replace(part, place=f"{place}, {part.place}", file=name, level=part.level + (part.kind == HEADING),
            table=part.table and f"{name} {part.table}", block=-part.block)
        for part in found.parts
    ]  # fmt: skip
    return [heading, *parts], [replace(trouble, place=f"{place}, {trouble.place}") for trouble in found.troubles]


def _suffix(name: str) -> str:
    found = re.search(r"\.[A-Za-z0-9]{1,5}$", name)
    return found[0].lower() if found else ""
