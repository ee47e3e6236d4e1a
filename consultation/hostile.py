"""Files that could do harm are refused before anything opens them: archives that swell, entities, paths that climb.

Nothing here extracts, runs or follows anything. Each check reads at most `LARGEST` bytes. `name` is what the message
calls the file.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final

from consultation.errors import ConsultationError

LARGEST: Final = 500 * 1024 * 1024  # bytes that an archive may expand to
MEMBERS: Final = 20_000
_CHUNK: Final = 1024 * 1024
_PIECE: Final = 64 * 1024
_XML: Final = (".xml", ".rels", ".vml")
_ENTITIES: Final = (b"<!D", b"<!E", b"<\x00!\x00D", b"<\x00!\x00E", b"\x00<\x00!\x00D", b"\x00<\x00!\x00E")


def check_archive(file: BinaryIO, name: str) -> list[str]:
    """Refuse a zip package (.xlsx, .docx, .ods, .odt) that is broken, swells or tells lies; notes on what is left
    aside.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            _check_members(name, members)
            for member in members:
                if member.flag_bits & 1:
                    raise password_error(name)
                if member.filename.lower().endswith((*_XML, ".bin")):
                    _check_part(file, name, member)
            return _left_aside([member.filename for member in members])
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as wrong:
        raise ConsultationError(
            f"{name} is incomplete or damaged: its contents cannot be unpacked.",
            where=name,
            do="Download it again, or open it in Excel or Word and save a copy.",
        ) from wrong


def password_error(name: str) -> ConsultationError:
    return ConsultationError(
        f"{name} is password-protected.",
        where=name,
        do="Open it in the program it was made with, remove the password, save a copy and read that.",
    )


def holds_entities(piece: bytes) -> bool:
    """Whether a document type or an entity is declared; in UTF-16 too."""
    return any(mark in piece for mark in _ENTITIES)


def _check_members(name: str, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MEMBERS or sum(member.file_size for member in members) > LARGEST:
        raise _swelling(name)
    for member in members:
        inner = member.filename.replace("\\", "/")
        if inner.startswith("/") or ".." in inner.split("/") or re.match(r"[A-Za-z]:", inner):
            raise ConsultationError(
                f"{name} holds a file whose name leads out of its folder; refused.",
                where=name,
                do="Ask the sender for the document itself, saved afresh.",
            )


def _swelling(name: str) -> ConsultationError:
    return ConsultationError(
        f"{name} expands to more than {LARGEST // 1024**2} MB; refused.",
        where=name,
        do="If it is a genuine export, split it or export it as CSV.",
    )


def _check_part(file: BinaryIO, name: str, member: zipfile.ZipInfo) -> None:
    """Read a part to its end: entities are refused wherever they stand, and so is a part longer than it says."""
    size, tail = 0, b""
    for chunk in _inflated(file, member):
        size += len(chunk)
        if size > member.file_size:
            raise _swelling(name)
        if member.filename.lower().endswith(_XML) and holds_entities(tail + chunk):
            raise ConsultationError(
                f"{name} contains XML entities, which a document has no use for; refused.",
                where=f"{name}, part {member.filename}",
                do="Ask the sender for the document itself, saved afresh.",
            )
        tail = chunk[-32:]
    if size < member.file_size:
        raise zipfile.BadZipFile("a part ends early")


def _inflated(file: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The contents of a part in pieces, as far as its compressed bytes go, whatever size is declared."""
    if member.header_offset < 0:
        raise zipfile.BadZipFile("a part lies before the file")
    file.seek(member.header_offset)
    header = file.read(30)
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile("a part has no header")
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    left = member.compress_size
    inflate = zlib.decompressobj(-15)
    while left > 0 and not inflate.eof:
        read = file.read(min(_PIECE, left))
        if not read:
            raise zipfile.BadZipFile("the end is missing")
        left -= len(read)
        if member.compress_type == zipfile.ZIP_STORED:
            yield read
            continue
        if member.compress_type != zipfile.ZIP_DEFLATED:
            raise NotImplementedError("a compression that office programs do not use")
        yield inflate.decompress(read, _CHUNK)
        while inflate.unconsumed_tail:
            yield inflate.decompress(inflate.unconsumed_tail, _CHUNK)
    yield inflate.flush()


def _left_aside(names: list[str]) -> list[str]:
    notes = []
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        notes.append("The file contains macros; they were not run.")
    if any("externallinks/" in name.lower() for name in names):
        notes.append("The file links to other workbooks; the links were not followed.")
    if any("/embeddings/" in name.lower() for name in names):
        notes.append("The file holds embedded files; they were not opened.")
    return notes
