"""What a file really is, by its first bytes, whatever its name says.

To add a kind, give it a test here and a reader in `READERS`; a kind that we do not read gets a line in `_FOREIGN`.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from consultation.errors import ConsultationError
from consultation.hostile import password_error
from consultation.reading.grids.encoding import decode

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN: Final = {
    ".numbers": "an Apple Numbers file: export it as Excel or CSV",
    ".pages": "an Apple Pages file: export it as Word or PDF",
    ".heic": "a photograph: type up what it shows, or run text recognition on it",
    ".jpg": "a photograph: type up what it shows, or run text recognition on it",
    ".jpeg": "a photograph: type up what it shows, or run text recognition on it",
    ".png": "a picture: type up what it shows, or run text recognition on it",
    ".doc": "an old Word file: open it in Word and save it as .docx",
    ".ppt": "a presentation: export its text",
    ".pptx": "a presentation: export its text",
    ".gsheet": "a link to a Google sheet: download it as .xlsx or .csv",
    ".gdoc": "a link to a Google document: download it as .docx",
    ".url": "a link to a web page: download the document itself",
    ".webloc": "a link to a web page: download the document itself",
    ".lnk": "a link to a file: read the file itself",
    ".icloud": "a mark of iCloud for a file that is not on this device: choose “Download now”, then read the file",
    ".zip": "an archive: unpack it and read the files inside",
    ".mdb": "an Access database: export the table as Excel or CSV",
    ".accdb": "an Access database: export the table as Excel or CSV",
}
_USUAL: Final = {
    "csv": (".csv", ".tsv", ".txt", ".tab"),
    "workbook": (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"),
    "html_table": (".html", ".htm"),
    "sav": (".sav", ".zsav"),
    "json": (".json", ".geojson"),
    "docx": (".docx", ".docm"),
    "odt": (".odt",),
    "pdf": (".pdf",),
    "rtf": (".rtf",),
    "mail": (".eml",),
    "outlook": (".msg",),
    "captions": (".vtt", ".srt"),
    "text": (".txt", ".md", ".markdown"),
}
_NAMES: Final = {
    "csv": "CSV file",
    "workbook": "workbook",
    "html_table": "web page with a table",
    "sav": "SPSS file",
    "json": "JSON file",
    "docx": "Word document",
    "odt": "OpenDocument text",
    "pdf": "PDF",
    "rtf": "RTF document",
    "mail": "e-mail",
    "outlook": "Outlook message",
    "captions": "caption file",
    "text": "plain text",
}


@dataclass(frozen=True, kw_only=True)
class Kind:
    """The kind of a file, and a sentence for the officer where the name says otherwise."""

    name: str
    note: str | None = None


def kind(path: Path) -> Kind:
    """What the file is. Raises where it is empty, locked away or of a kind that we do not read.

    An Excel lock file (`~$survey.xlsx`) and a file that the cloud has not brought down are refused by name.
    """
    if path.name.startswith("~$"):
        raise ConsultationError(
            f"{path.name} is the mark Excel leaves while a workbook is open, not the workbook.",
            where=path.name,
            do=f"Read {path.name[2:]}; close it in Excel first.",
        )
    try:
        with path.open("rb") as file:
            head = file.read(65_536)
    except PermissionError as wrong:
        raise ConsultationError(
            f"{path.name} cannot be opened.", where=path.name, do="Close it in Excel or Word, then read it again."
        ) from wrong
    except OSError as wrong:
        raise ConsultationError(
            f"{path.name} cannot be read from where it is.",
            where=path.name,
            do="If it is kept in the cloud, choose “Always keep on this device”, then read it again.",
        ) from wrong
    if not head:
        raise ConsultationError(f"{path.name} is empty (0 bytes).", where=path.name, do="Export it again.")
    if not head.strip(b"\0"):
        raise ConsultationError(
            f"{path.name} holds nothing but blank bytes: it was not brought down from the cloud, or was cut off.",
            where=path.name,
            do="Choose “Always keep on this device” where it is kept, or download it again; then read it again.",
        )
    found = _by_content(path, head)
    suffix = path.suffix.lower()
    if found is None:
        raise _foreign(path, head)
    note = None
    if suffix and suffix not in _USUAL[found]:
        note = f"The name says {suffix} but this is a {_NAMES[found]}; it was read as one."
    return Kind(name=found, note=note)


def _by_content(path: Path, head: bytes) -> str | None:
    suffix = path.suffix.lower()
    if head.startswith(b"PK\x03\x04"):
        return _package(path)
    if head.startswith(_OLE):
        return _ole(path)
    if head.startswith((b"$FL2", b"$FL3")):
        return "sav"
    if head.lstrip()[:5].startswith(b"%PDF"):
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")) or b"ftypheic" in head[:32]:
        return None
    text = decode(head).text.lstrip("\ufeff \t\r\n")
    lowered = text[:4096].lower()
    if "<workbook" in lowered and "urn:schemas-microsoft-com:office:spreadsheet" in lowered:
        raise ConsultationError(
            f"{path.name} is an old XML spreadsheet.", where=path.name, do="Open it in Excel and save it as .xlsx."
        )
    if lowered.startswith(("<!doctype html", "<html", "<table", "<meta")):
        return _web_page(path)
    return _of_text(text, suffix, head)


def _of_text(text: str, suffix: str, head: bytes) -> str | None:
    if text[:1] in "[{" and suffix in (".json", ".geojson", ""):
        return "json"
    if text.startswith("WEBVTT") or suffix in (".vtt", ".srt"):
        return "captions"
    if suffix == ".eml" or (
        re.match(r"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){3,}", text[:8000])
        and re.search(r"^(?:From|Received|Message-ID|MIME-Version):", text[:8000], re.M | re.I)
    ):
        return "mail"
    if suffix in (".csv", ".tsv", ".tab", ".xls", ".xlsx"):
        return "csv" if not _binary(head) else None
    if suffix in (".md", ".markdown", ".txt", ""):
        if suffix == ".txt" and "\t" in text.split("\n", 1)[0] and _even(text, "\t"):
            return "csv"
        return "text" if not _binary(head) else None
    return None if _binary(head) or suffix in _FOREIGN else "text"


def _even(text: str, sign: str) -> bool:
    """Whether the first lines hold the sign equally often: a table saved as text."""
    counts = {line.count(sign) for line in text.splitlines()[:5] if line.strip()}
    return len(counts) == 1 and counts != {0}


def _binary(head: bytes) -> bool:
    """Whether the bytes are no text: many control characters, and not UTF-16 either."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or decode(head[:4096]).encoding.startswith("utf-16"):
        return False
    controls = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in head[:4096])
    return controls > 0.1 * len(head[:4096])


def _package(path: Path) -> str | None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            mime = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, KeyError, EOFError, NotImplementedError, RuntimeError, ValueError) as wrong:
        raise ConsultationError(
            f"{path.name} is incomplete: its end is missing.", where=path.name, do="Download it again."
        ) from wrong
    if any(name.startswith("xl/") for name in names):
        return "workbook"
    if any(name.startswith("word/") for name in names):
        return "docx"
    if b"opendocument.spreadsheet" in mime:
        return "workbook"
    if b"opendocument.text" in mime:
        return "odt"
    return None


def _ole(path: Path) -> str | None:
    """Old binary files of Office: a workbook, a message, or a newer file locked with a password."""
    import olefile

    try:
        with olefile.OleFileIO(path) as ole:
            names = {"/".join(entry).lower() for entry in ole.listdir()}
    except Exception as wrong:  # olefile raises all sorts on a damaged file
        raise ConsultationError(
            f"{path.name} is incomplete or damaged.", where=path.name, do="Download it again."
        ) from wrong
    if "encryptedpackage" in names:
        raise password_error(path.name)
    if "workbook" in names or "book" in names:
        return "workbook"
    if any(name.startswith("__properties_version") for name in names):
        return "outlook"
    return None


def _web_page(path: Path) -> str:
    if path.suffix.lower() in (".xls", ".html", ".htm", ".xlsx", ".csv"):
        return "html_table"
    raise ConsultationError(
        f"{path.name} is a web page, not what its name says.",
        where=path.name,
        do="It may be the sign-in page of a web site: download the document itself.",
    )


def _foreign(path: Path, head: bytes) -> ConsultationError:
    told = _FOREIGN.get(path.suffix.lower())
    if told is None and head.startswith(b"PK"):
        told = _FOREIGN[".zip"]
    if told is None:
        told = "of a kind we do not know"
    what, _, do = told.partition(": ")
    do = do[:1].upper() + do[1:] + "." if do else "Export it as .csv, .xlsx, .docx or .pdf."
    return ConsultationError(f"{path.name} is not a format we read; it is {what}.", where=path.name, do=do)
