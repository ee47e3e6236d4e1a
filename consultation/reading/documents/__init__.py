"""Documents: workshop notes, letters, e-mails, petitions and transcripts, in whatever program they were written.

A reader turns bytes into parts (`parts.Document`); what the document is (`genre`) decides how the parts land (`notes`
or `letters`). To add a format, write a module with `document(data, name) -> Document` and add its line to `READERS`.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Final

import pandas as pd

from consultation.errors import ConsultationError
from consultation.hostile import check_archive
from consultation.reading.documents import letters, mail, naming, notes, transcripts
from consultation.reading.documents.genre import (
    CHANNELS,
    EMAIL,
    LETTER,
    NOTES,
    PETITION,
    TRANSCRIPT,
    Genre,
    genre,
)  # fmt: skip
from consultation.reading.documents.parts import Document
from consultation.reading.documents.rows import Rows, rebuild
from consultation.reading.result import QUARANTINE_COLUMNS, Context, Reading
from consultation.reading.sniff import kind
from consultation.settings import SourceSettings

__all__ = ["READERS", "document", "land", "read", "reader", "rebuild"]

SIZE_LIMIT: Final = 200_000_000  # bytes; the largest mail that servers pass on is a quarter of this
READERS: Final[dict[str, str]] = {
    "docx": "consultation.reading.documents.word:document",
    "odt": "consultation.reading.documents.opendocument:document",
    "pdf": "consultation.reading.documents.pdf:document",
    "rtf": "consultation.reading.documents.rtf:document",
    "text": "consultation.reading.documents.plain:read",
    "mail": "consultation.reading.documents.mail:document",
    "outlook": "consultation.reading.documents.outlook:document",
    "captions": "consultation.reading.documents.captions:document",
}
"""The reader of each kind that `sniff.kind` gives: `(bytes, name of the file) -> Document`."""

_GENRES: Final = {"workshop": NOTES, "letter": LETTER, "e-mail": EMAIL, "petition": PETITION, "questionnaire": LETTER}
_QUESTION: Final = "Is {name} a write-up of a workshop, or what someone sent in?"


def read(path: Path, context: Context) -> Reading:
    """Read one document. Raises `ConsultationError` where it is damaged, protected, harmful or of no known kind."""
    data, found = document(path)
    told = genre(found)
    ambiguous: list[str] = []
    chosen = _chosen(told, path, context, ambiguous)
    rows, _ = land(found, chosen, Rows(name=context.name, data=data, file=path.name), context.source_settings)
    name, settings = naming.settle(path, context, rows)
    rows, said = land(found, chosen, Rows(name=name, data=data, file=path.name), settings)
    channel = _channel(chosen, settings)
    reasons = told.reasons if chosen == told.name else ("set by a person",)
    return Reading(
        name=name,
        tables=rows.tables(platform=chosen, confidence=told.confidence, reasons=reasons, channel=channel),
        mapping=settings or _mapping(path, chosen, channel, rows),
        drafted=settings is None,
        notes=(f"Read as {_article(chosen)}: {'; '.join(reasons)}.", *found.notes, *said),
        ambiguous=tuple(ambiguous),
        quarantine=_quarantine(rows),
    )


def document(path: Path) -> tuple[bytes, Document]:
    """The bytes of a file and its parts, before anything is decided about them."""
    told = kind(path)
    if told.name not in READERS:
        raise ConsultationError(f"{path.name} is not a document.", where=path.name, do="Read it as a table.")
    if path.stat().st_size > SIZE_LIMIT:
        raise ConsultationError(
            f"{path.name} is larger than {SIZE_LIMIT // 1_000_000} MB; refused.",
            where=path.name,
            do="Take the pictures out of it, or save its text as plain text.",
        )
    data = path.read_bytes()
    aside = check_archive(io.BytesIO(data), path.name) if told.name in ("docx", "odt") else []
    name = "mail" if told.name == "text" and mail.boxed(data) else told.name
    found = transcripts.retold(reader(name)(data, path.name))
    return data, replace(found, notes=tuple(note for note in (told.note, *aside, *found.notes) if note))


def reader(name: str) -> Callable[[bytes, str], Document]:
    """The reader of a kind of document."""
    module, function = READERS[name].split(":")
    found: Callable[[bytes, str], Document] = getattr(import_module(module), function)
    return found


def _chosen(told: Genre, path: Path, context: Context, ambiguous: list[str]) -> str:
    """The officer's word, else the signs; where they are nearly even and the counts depend on it, a person is asked."""
    channel = context.source_settings.channel if context.source_settings else None
    if channel in _GENRES:
        return told.name if CHANNELS[told.name] == channel else _GENRES[channel]
    group = told.name in (NOTES, TRANSCRIPT)
    rivals = [name for name in told.rivals if (name in (NOTES, TRANSCRIPT)) != group]
    if not rivals:
        return told.name
    return context.ask(_QUESTION.format(name=path.name), (told.name, *rivals), told.name, ambiguous)


def land(found: Document, chosen: str, rows: Rows, settings: SourceSettings | None = None) -> tuple[Rows, list[str]]:
    """The rows of a document, and sentences for the officer."""
    rows.storage = found.encoding or "text"
    for each in (found, *found.more):
        for trouble in each.troubles:
            rows.problem(trouble)
    if chosen in (NOTES, TRANSCRIPT):
        return rows, notes.land(found, rows, settings)
    respondent_type = settings.respondent_type if settings else None
    return rows, letters.land(found, rows, chosen, _channel(chosen, settings), respondent_type)


def _channel(chosen: str, settings: SourceSettings | None) -> str:
    return (settings.channel if settings else None) or CHANNELS[chosen]


def _mapping(path: Path, chosen: str, channel: str, rows: Rows) -> SourceSettings:
    """The mapping for an officer to edit: how it came, and the event where there is one."""
    event: dict[str, str] = {}
    if chosen in (NOTES, TRANSCRIPT) and len(rows.events) == 1:
        told = rows.events[0]
        event = {name: getattr(told, name) or "" for name in ("place", "date", "audience", "participants")}
    return SourceSettings(files=(path.name,), platform=chosen, channel=channel, event=event)


def _quarantine(rows: Rows) -> pd.DataFrame:
    """What a person must type up or save in another form."""
    aside = [problem for problem in rows.problems if problem.action == "quarantined"]
    return pd.DataFrame(
        [(rows.file, None, None, each.locator, each.what, each.hint) for each in aside],
        columns=list(QUARANTINE_COLUMNS),
    )


def _article(name: str) -> str:
    return name if name == NOTES else f"an {name}" if name[0] in "aeiou" else f"a {name}"
