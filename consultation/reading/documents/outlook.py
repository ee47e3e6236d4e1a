"""Outlook messages (.msg), read by the numbers of their properties: subject, sender, date, body, attachments.

The body is taken as plain text, else from HTML, else from the compressed RTF that Outlook keeps.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from consultation.errors import ConsultationError
from consultation.reading.documents import html, plain, quoting, rtf
from consultation.reading.documents.attachments import attached
from consultation.reading.documents.packages import incomplete
from consultation.reading.documents.parts import Document, Part, Trouble
from consultation.reading.grids.encoding import decode

_SUBJECT, _BODY, _HTML, _RTF, _SENDER, _MESSAGE_ID, _TRANSPORT = "0037", "1000", "1013", "1009", "0C1A", "1035", "007D"
_ADDRESSES: Final = ("5D01", "5D02", "0C1F", "0065")
_SENT: Final = (0x0039, 0x0E06)  # submitted, delivered
_NAMES: Final = ("3707", "3704", "3001")
_LIMIT: Final = 60_000_000  # bytes of one property
_DEPTH: Final = 10
_DICTIONARY: Final = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans "
    rb"SerifSymbolArial"
    rb"Times New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n" + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)


def document(data: bytes, name: str) -> Document:
    """The parts of an Outlook message. Raises `ConsultationError` where it is damaged or something else."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            found = list(_submissions(_Store(ole), 0))
    except ConsultationError:
        raise
    except Exception as error:  # olefile meets damage with many kinds of error
        raise incomplete(name) from error
    if not found:
        raise ConsultationError(
            "There is no message in the file.", where=name, do="Save the message again from Outlook."
        )
    return replace(found[0], more=tuple(found[1:]))


class _Store:
    """One message within the file: the file itself, or a message attached to it."""

    def __init__(self, ole: Any, prefix: tuple[str, ...] = ()) -> None:
        self.ole = ole
        self.prefix = prefix

    def within(self, *path: str) -> _Store:
        return _Store(self.ole, (*self.prefix, *path))

    def stream(self, name: str) -> bytes:
        path = [*self.prefix, name]
        if not self.ole.exists(path) or self.ole.get_type(path) != 2 or self.ole.get_size(path) > _LIMIT:
            return b""
        data: bytes = self.ole.openstream(path).read(_LIMIT)
        return data

    def text(self, number: str) -> str:
        wide = self.stream(f"__substg1.0_{number}001F")
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        return decode(self.stream(f"__substg1.0_{number}001E")).text.rstrip("\0")

    def binary(self, number: str) -> bytes:
        return self.stream(f"__substg1.0_{number}0102")

    def sent(self) -> str:
        """ISO 8601 in UTC, from the fixed properties; 16 bytes each after a head whose length differs."""
        data = self.stream("__properties_version1.0")
        head = 32 if not self.prefix else 24
        found = {}
        for at in range(head, len(data) - 15, 16):
            tag, _, value = struct.unpack_from("<IIQ", data, at)
            if tag & 0xFFFF == 0x0040:
                found[tag >> 16] = value
        ticks = next((found[number] for number in _SENT if found.get(number)), 0)
        try:
            return (datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)).isoformat() if ticks else ""
        except OverflowError:
            return ""

    def attachments(self) -> Iterator[_Store]:
        at = len(self.prefix)
        names = {
            entry[at]
            for entry in self.ole.listdir(streams=True, storages=True)
            if tuple(entry[:at]) == self.prefix and len(entry) > at and entry[at].startswith("__attach_version1.0_")
        }
        for name in sorted(names):
            yield self.within(name)

    def has(self, name: str) -> bool:
        return bool(self.ole.exists([*self.prefix, name]))


def _submissions(store: _Store, depth: int) -> Iterator[Document]:
    """The message, or the messages that it passes on."""
    sender = store.text(_SENDER)
    address = next((told for number in _ADDRESSES if "@" in (told := store.text(number))), "")
    transport = _transport(store.text(_TRANSPORT))
    headers = {
        "from": f"{sender} <{address}>" if address else sender or transport.get("from", ""),
        "subject": store.text(_SUBJECT),
        "message-id": store.text(_MESSAGE_ID),
        "sent": store.sent() or transport.get("date", ""),
    }
    parts, headers = quoting.told(_body(store), {name: value for name, value in headers.items() if value})
    inner, files, troubles, notes = _attached(store)
    if not inner or depth >= _DEPTH:
        said = any(part.mark is None and not part.empty for part in parts)
        subject = headers.get("subject", "")
        about = [Part(text=subject, place="subject", mark="subject" if said or files else None)] if subject else []
        yield Document(
            form="Outlook message",
            parts=(*about, *parts, *files),
            headers=headers,
            troubles=tuple(troubles),
            notes=tuple(notes),
        )
        return
    around = [part if part.mark or part.empty else replace(part, mark="covering") for part in parts]
    for message in inner:
        for each in _submissions(message, depth + 1):
            yield replace(
                each,
                parts=(*around, *each.parts, *files),
                troubles=(*each.troubles, *troubles),
                notes=(*each.notes, *notes),
            )
            around, files, troubles, notes = [], [], [], []


def _body(store: _Store) -> list[Part]:
    words = store.text(_BODY)
    if words.strip():
        return list(plain.document(words).parts)
    page = store.binary(_HTML) or store.text(_HTML).encode()
    if page.strip():
        return html.parts(decode(page).text)
    packed = store.binary(_RTF)
    source = _unpacked(packed) if packed else b""
    if b"\\fromhtml1" in source[:2_000]:
        return html.parts(_html_within(source))
    return list(rtf.document(source, "the message").parts) if source.startswith(b"{\\rtf") else []


def _attached(store: _Store) -> tuple[list[_Store], list[Part], list[Trouble], list[str]]:
    inner: list[_Store] = []
    files: list[Part] = []
    troubles: list[Trouble] = []
    notes: list[str] = []
    for each in store.attachments():
        if each.has("__substg1.0_3701000D"):
            inner.append(each.within("__substg1.0_3701000D"))
            continue
        name = next((told for number in _NAMES if (told := each.text(number))), "unnamed")
        name = name.replace("\\", "/").rsplit("/", 1)[-1]
        parts, wrong = attached(each.binary("3701"), name, inline=bool(each.text("3712")))
        files += parts
        troubles += wrong
        notes.append(f"Attachment “{name}”: {'not read; see the problems' if wrong else 'read with the message'}.")
    return inner, files, troubles, notes


def _transport(headers: str) -> dict[str, str]:
    from email.parser import HeaderParser

    if not headers:
        return {}
    parsed = HeaderParser().parsestr(headers)
    return {name: str(parsed[name]) for name in ("from", "date") if name in parsed}


def _unpacked(data: bytes) -> bytes:
    """Compressed RTF ([MS-OXRTFCP]): runs of literal bytes and references into a ring of 4,096 bytes."""
    if len(data) < 16:
        return b""
    size, kind = struct.unpack_from("<I", data, 4)[0], data[8:12]
    if kind == b"MELA":
        return data[16 : 16 + size]
    if kind != b"LZFu":
        return b""
    ring = bytearray(_DICTIONARY.ljust(4096, b"\0"))
    write, at, out = len(_DICTIONARY), 16, bytearray()
    while at < len(data) and len(out) < min(size, _LIMIT):
        control, at = data[at], at + 1
        for bit in range(8):
            if at >= len(data):
                break
            if not control >> bit & 1:
                piece, at = data[at : at + 1], at + 1
            else:
                told = int.from_bytes(data[at : at + 2], "big")
                at += 2
                if told >> 4 == write % 4096:
                    return bytes(out)
                piece = b""
                for step in range((told & 15) + 2):
                    sign = ring[((told >> 4) + step) % 4096]
                    piece += bytes([sign])
                    ring[(write + step) % 4096] = sign
            for sign in piece:
                ring[write % 4096] = sign
                write += 1
            out += piece
    return bytes(out)


def _html_within(source: bytes) -> str:
    """The HTML that Outlook wrapped into RTF: `htmltag` groups, and the text between that is not for RTF only."""
    told = source.decode("cp1252", "replace")
    pieces = _RTF_ONLY.split(told)
    kept, skipped = [], False
    for at, piece in enumerate(pieces):
        if at % 2:
            skipped = piece.strip() != "0"
        elif not skipped:
            kept.append(piece)
    return "".join(_html_piece(match) for match in _WRAPPED.finditer("".join(kept)))


_RTF_ONLY = re.compile(r"\\htmlrtf(0|1|(?![a-z\d]))[ ]?")
_WRAPPED = re.compile(
    r"\{\\\*\\htmltag\d* ?((?:\\[{}\\]|\\[^{}]|[^{}\\])*)\}|\\'([0-9a-f]{2})|\\u(-?\d{1,6}) ?\??|\\(par|line|"
    r"tab)\b ?|\\([{}\\])|"
    r"\\[a-z]+-?\d* ?|[{}\r\n]|([^\\{}\r\n]+)"
)
_BREAKS: Final = {"par": "\n", "line": "\n", "tab": "\t"}


def _html_piece(match: re.Match[str]) -> str:
    tag, byte, unit, sign, escaped, words = match.groups()
    if tag is not None:
        told = re.sub(r"\\(?:par|line)\b ?", "\n", tag)
        return re.sub(r"\\'([0-9a-f]{2})", lambda found: bytes.fromhex(found[1]).decode("cp1252", "replace"), told)
    if byte:
        return bytes.fromhex(byte).decode("cp1252", "replace")
    if unit:
        code = int(unit) % 65536
        return chr(code) if not 0xD800 <= code < 0xE000 else "\ufffd"
    return _BREAKS[sign] if sign else escaped or words or ""
