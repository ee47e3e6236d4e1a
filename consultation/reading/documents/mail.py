"""E-mails (.eml, and several in one .mbox): the sender's own words, with each attachment read or named.

A message within a message is the submission, and what came around it the covering note of whoever passed it on.
Several messages passed on in one are several submissions. Nothing is fetched: pictures on other computers stay there.
"""

from __future__ import annotations

import email
import email.policy
import email.utils
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from typing import Any, Final

from consultation.errors import ConsultationError
from consultation.reading.documents import html, plain, quoting
from consultation.reading.documents.attachments import attached
from consultation.reading.documents.packages import incomplete
from consultation.reading.documents.parts import Document, Part, Trouble
from consultation.reading.grids.encoding import decode

DEPTH: Final = 20  # messages within messages
PIECES: Final = 5_000  # pieces of one message
_ENCRYPTED: Final = ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted")
_SIGNATURES: Final = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
_MBOX = re.compile(rb"^From \S+.*\d{4}\r?$", re.M)


def document(data: bytes, name: str) -> Document:
    """The parts of a message file. Raises `ConsultationError` where there is no message in it."""
    try:
        found = [each for message in _split(data) for each in _submissions(message, 0)]
    except RecursionError as error:  # hundreds of pieces within pieces
        raise incomplete(name) from error
    if not found:
        raise ConsultationError(
            "There is no message in the file.", where=name, do="Save the e-mail again as .eml or .msg."
        )
    return replace(found[0], more=tuple(found[1:]))


def boxed(data: bytes) -> bool:
    """Whether it is a box of several messages, as mail programs export folders (.mbox)."""
    return data.startswith(b"From ") and _MBOX.match(data) is not None


def _split(data: bytes) -> list[EmailMessage]:
    starts = [match.start() for match in _MBOX.finditer(data)] if boxed(data) else []
    pieces = (
        [data[start:end] for start, end in zip(starts, [*starts[1:], len(data)], strict=True)] if starts else [data]
    )
    return [_parsed(piece.split(b"\n", 1)[-1] if starts else piece) for piece in pieces]


def _parsed(data: bytes) -> EmailMessage:
    return email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf"), policy=email.policy.default)


@dataclass
class _Message:
    """What one message holds, gathered from its pieces."""

    plain: list[Part] = field(default_factory=list)
    html: list[Part] = field(default_factory=list)
    attached: list[Part] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    inner: list[EmailMessage] = field(default_factory=list)


def _submissions(message: EmailMessage, depth: int) -> Iterator[Document]:
    """The submissions that a message is or carries."""
    held = _Message()
    for count, piece in enumerate(_pieces(message)):
        if count >= PIECES:
            held.troubles.append(Trouble(place="the message", what="It has thousands of pieces; the rest was not read.",
                                         hint="Ask the sender for the text itself.", action="quarantined"))  # fmt: skip
            break
        _take(piece, held)
    headers = _headers(message)
    body = held.plain if _enough(held.plain, held.html) else held.html
    parts, headers = quoting.told(body, headers)
    if not held.inner or depth >= DEPTH:
        yield _whole(headers, parts, held)
        return
    covering = [part if part.mark or part.empty else replace(part, mark="covering") for part in parts]
    for number, inner in enumerate(held.inner):
        for submission in _submissions(inner, depth + 1):
            first = number == 0 and bool(covering)
            yield replace(
                submission,
                parts=(*covering, *submission.parts, *held.attached) if first else submission.parts,
                troubles=(*submission.troubles, *held.troubles) if first else submission.troubles,
                notes=(*submission.notes, *held.notes, "It was passed on within another message.")
                if first
                else submission.notes,
            )
            covering = []


def _whole(headers: dict[str, str], parts: list[Part], held: _Message) -> Document:
    said = any(part.mark is None and not part.empty for part in parts)
    subject = headers.get("subject", "")
    about = [Part(text=subject, place="subject", mark="subject" if said or held.attached else None)] if subject else []
    return Document(
        form="e-mail",
        parts=(*about, *parts, *held.attached),
        headers=headers,
        notes=tuple(held.notes),
        troubles=tuple(held.troubles),
    )


def _pieces(message: Any) -> Iterator[Any]:
    """The pieces of a message in order, without going into messages within it."""
    stack = [message]
    while stack:
        piece = stack.pop()
        if (
            piece.get_content_type() == "message/rfc822"
            or not piece.is_multipart()
            or piece.get_content_type() == "multipart/encrypted"
        ):
            yield piece
        else:
            stack += list(piece.get_payload())[::-1]


def _take(piece: Any, held: _Message) -> None:
    kind = piece.get_content_type()
    name = _name(piece)
    if kind == "message/rfc822":
        held.inner += (
            [each for each in piece.get_payload() if each is not None] if isinstance(piece.get_payload(), list) else []
        )
    elif kind in _ENCRYPTED:
        _aside(
            held,
            name or "the message",
            "It is encrypted.",
            "Open it in the program that it was sent to, and save it unencrypted.",
        )
    elif kind in _SIGNATURES:
        held.notes.append("It carries a digital signature, which was not checked.")
    elif kind == "message/delivery-status":
        held.notes.append("It is a report by a mail server.")
    elif kind in ("text/plain", "text/html") and not name and piece.get_content_disposition() != "attachment":
        text = _text(piece)
        if kind == "text/html":
            held.html += html.parts(text)
        else:
            held.plain += plain.document(text).parts
    else:
        parts, troubles = attached(
            _bytes(piece),
            name or f"unnamed {kind}",
            inline=piece.get_content_disposition() == "inline" and kind.startswith("image/"),
        )
        held.attached += parts
        held.troubles += troubles
        held.notes.append(
            f"Attachment “{name or kind}”: {'not read; see the problems' if troubles else 'read with the message'}."
        )


def _aside(held: _Message, name: str, what: str, hint: str) -> None:
    held.troubles.append(Trouble(place=name, what=what, hint=hint, action="quarantined"))
    held.attached.append(Part(text="", place=name, mark="untranscribed"))


def _enough(plain_parts: list[Part], html_parts: list[Part]) -> bool:
    """Whether the plain text is the message itself and not only a line that HTML should be shown."""
    said = sum(len(part.text) for part in plain_parts)
    shown = sum(len(part.text) for part in html_parts if part.mark != "hidden")
    return said > 0 and (not html_parts or said >= 0.3 * shown)


def _text(piece: Any) -> str:
    """The text of a piece in its declared character set; where that is unknown or wrong, in the likeliest."""
    data = _bytes(piece)
    try:
        declared = piece.get_content_charset()
        text = data.decode(declared) if declared else decode(data).text
    except (LookupError, UnicodeDecodeError, ValueError):
        text = decode(data).text
    return text.replace("\x00", "\ufffd")


def _bytes(piece: Any) -> bytes:
    try:
        data = piece.get_payload(decode=True)
    except Exception:  # the standard library meets broken encodings with many kinds of error
        data = None
    if isinstance(data, bytes):
        return data
    told = piece.get_payload()
    return told.encode("utf-8", "surrogateescape") if isinstance(told, str) else b""


def _name(piece: Any) -> str | None:
    """The name of an attachment, without the folders that it may claim to be in."""
    try:
        name = piece.get_filename()
    except Exception:  # as above
        name = None
    return re.split(r"[\\/]", str(name))[-1].strip() or None if name else None


def _headers(message: Any) -> dict[str, str]:
    out = {}
    for key, name in (
        ("from", "from"),
        ("subject", "subject"),
        ("message-id", "message-id"),
        ("automatic", "auto-submitted"),
    ):
        value = _header(message, name)
        if value:
            out[key] = value
    sent = _header(message, "date")
    if sent:
        out["sent"] = _when(sent)
    if out.get("automatic", "no").casefold() == "no":
        out.pop("automatic", None)
    return out


def _header(message: Any, name: str) -> str:
    try:
        value = message.get(name)
    except Exception:  # as above
        value = next((str(raw) for key, raw in message.raw_items() if key.casefold() == name), None)
    return re.sub(r"\s+", " ", str(value)).encode("utf-8", "replace").decode("utf-8").strip() if value else ""


def _when(text: str) -> str:
    """ISO 8601 where the date can be read, else as written."""
    try:
        return email.utils.parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return text
