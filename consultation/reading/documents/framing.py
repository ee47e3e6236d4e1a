"""What surrounds the words of a letter: the address and date above the greeting, the signature below the closing.

Each line gets a role: a key of `parts.MARKS` where it is kept and set aside, or `ADDRESS`, `SIGNED` or `RECIPIENT`
where it says who wrote the letter, and to whom, and goes to the identity table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from consultation.reading.documents.event_lines import date
from consultation.reading.documents.genre import CLOSING, POSTCODE, greets
from consultation.reading.documents.parts import HEADING, ITEM, Part
from consultation.text import words

ADDRESS: Final = "address"
SIGNED: Final = "signed"
RECIPIENT: Final = "recipient"

EMAIL: Final = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE: Final = re.compile(r"(?:\+44\s?|\b0)(?:\d[\s-]?){9,10}\b")
_STREET = re.compile(
    r"^\d+[a-z]?,?\s+[A-Z]|\b(?:street|road|lane|avenue|close|drive|house|court|gardens|terrace|way|crescent|place|"
    r"hill|park|cottage|farm|flat)\b",
    re.I,
)
_BODY_NAME = re.compile(
    r"\b(?:council|trust|ltd|limited|plc|association|society|charity|forum|board|school|college|university|church|club|"
    r"partnership|parish|union|company|federation|foundation|group|network|alliance|committee|agency|service|nhs|cic|"
    r"community|centre)\b",
    re.I,
)
_OFFICE = re.compile(
    r"\b(?:clerk|chair(?:man|woman|person)?|secretary|manager|director|officer|head of|president|treasurer|chief|"
    r"leader|"
    r"executive|coordinator|co-ordinator|lead|adviser|advisor|planner|councillor for|member for)\b",
    re.I,
)
_SUBJECT = re.compile(r"^\s*(?:re|ref|our ref|your ref|reference|subject)\s*[:.]", re.I)
_AUTOMATIC = re.compile(
    r"^(?:sent from (?:my |outlook|yahoo|mail|samsung)|get outlook for|please consider the environment|disclaimer|"
    r"this (?:e-?mail|message)(?: and any| is (?:confidential|intended|private)| may contain)|\[?external\b|"
    r"caution: this|"
    r"the information (?:contained )?in this (?:e-?mail|message)|\[cid:)",
    re.I,
)
_LEGAL = re.compile(
    r"\b(?:e-?mail|message|communication)\b.{0,80}\b(?:confidential|privileged|intended (?:only|solely)|in error)\b|"
    r"\bregistered (?:in england|office|charity)\b",
    re.I | re.S,
)  # after a signature
_POSTSCRIPT = re.compile(r"^\s*(?:p\.?\s?s\.?\b|post ?script)", re.I)
_DASHES = re.compile(r"^--\s*$")
_SIGNED_LIST = re.compile(
    r"^(?:signed|signatures?|signatories|names?(?: and address(?:es)?)?|signed by)\b.{0,40}$", re.I
)
NAME: Final = re.compile(
    r"^(?:\d+[.)]\s*)?(?:(?:mr|mrs|ms|miss|mx|dr|prof|cllr|rev)\.?\s+)?[A-ZÀ-Þ][\w’'.-]*(?:\s+[A-ZÀ-Þ][\w’'.-]*){1,3}(?:,.*)?$"
)
_SHORT: Final = 9  # words: longer lines above a greeting or below a closing are part of what was said


def roles(parts: Sequence[Part], *, petition: bool = False) -> dict[int, str]:
    """The role of each part that surrounds the words; each attachment has a greeting and a closing of its own."""
    out: dict[int, str] = {}
    for segment in _segments(parts):
        lines = [at for at in segment if not parts[at].empty and parts[at].mark is None and _body(parts[at])]
        out |= {at: "automatic" for at in lines if _AUTOMATIC.match(parts[at].text.strip())}
        greeting = next((at for at in lines[:-1][:25] if greets(parts[at].text)), None)
        if greeting is not None:
            out |= _above(parts, lines, greeting)
        closing = next(
            (at for at in reversed(lines) if CLOSING.match(parts[at].text) or _DASHES.match(parts[at].text)), None
        )
        if closing is not None and (greeting is None or closing > greeting):
            out |= _below(parts, [at for at in lines if at >= closing], out)
        if petition:
            out |= dict.fromkeys(_signed_list(parts, lines), SIGNED)
    return out


def sent(parts: Sequence[Part], told: dict[int, str]) -> str | None:
    """The date of a letter: the first that stands above its greeting."""
    return next(
        (found for at, role in sorted(told.items()) if role == "subject" and (found := date(parts[at].text))), None
    )


def identifiers(part: Part, role: str, *, named: bool) -> Iterator[tuple[str, str]]:
    """(kind, value) of each identifier in an address or signature. `named` says that the name is known already."""
    for line in part.text.splitlines():
        text = line.strip(" *_\t\r")
        found = [("email", each) for each in EMAIL.findall(text)] + [("phone", each) for each in _PHONE.findall(text)]
        yield from found
        if found:
            text = re.sub(
                r"(?i)\b(?:tel(?:ephone)?|t|m|mob(?:ile)?|phone|e-?mail|e|w|web)\b\s?[:.]?",
                "",
                _PHONE.sub("", EMAIL.sub("", text)),
            )
            text = text.strip(" ,;|.:-–")
        if len(words(text)) < (2 if found else 1):
            continue
        if role == RECIPIENT:
            yield "recipient", text
        elif role == SIGNED and _OFFICE.search(text):
            yield "signature", text
        elif POSTCODE.search(text) or _STREET.search(text):
            yield "address", text
        elif _BODY_NAME.search(text):
            yield "organisation", text
        elif role == SIGNED and not named and (NAME.match(text) or len(words(text)) <= 3):
            named = True
            yield "name", text
        else:
            yield ("signature" if role == SIGNED else "address"), text


def _body(part: Part) -> bool:
    return part.story == "body" and not part.table


def _segments(parts: Sequence[Part]) -> Iterator[range]:
    starts = [at for at in range(len(parts)) if at == 0 or parts[at].file != parts[at - 1].file]
    for start, end in pairwise([*starts, len(parts)]):
        yield range(start, end)


def _above(parts: Sequence[Part], lines: Sequence[int], greeting: int) -> dict[int, str]:
    """The sender's address, the date, the recipient's address (what follows the date, or stands last), the subject."""
    out = {greeting: "greeting"}
    dated = False
    for at in lines[: lines.index(greeting)]:
        text = parts[at].text.strip()
        if parts[at].kind == HEADING and not _SUBJECT.match(text):
            continue
        if _SUBJECT.match(text):
            out[at] = "subject"
        elif date(text) and len(words(text)) <= 6:
            out[at], dated = "subject", True
        elif _reachable(text) or (len(words(text)) <= _SHORT and not text.endswith((".", "?", "!"))):
            out[at] = RECIPIENT if dated else ADDRESS
    after = lines[lines.index(greeting) + 1 :]
    if after and _SUBJECT.match(parts[after[0]].text):
        out[after[0]] = "subject"
    return out


def _reachable(text: str) -> bool:
    """Whether a line says how to reach someone."""
    return len(words(text)) <= 30 and bool(EMAIL.search(text) or _PHONE.search(text) or POSTCODE.search(text))


def _below(parts: Sequence[Part], lines: Sequence[int], known: dict[int, str]) -> dict[int, str]:
    """The closing itself, then the signature, up to a postscript or a line too long to sign with."""
    out = {lines[0]: "greeting"}
    for at in lines[1:]:
        text = parts[at].text.strip()
        if _LEGAL.search(text):
            out[at] = "automatic"
            continue
        if (
            _POSTSCRIPT.match(text)
            or parts[at].kind in (HEADING, ITEM)
            or (len(words(text)) > _SHORT + 3 and at not in known)
        ):
            break
        out[at] = known.get(at, SIGNED)
    return out


def _signed_list(parts: Sequence[Part], lines: Sequence[int]) -> list[int]:
    """Names under “Signed” or “Signatures”."""
    start = next((place for place, at in enumerate(lines) if _SIGNED_LIST.match(parts[at].text.strip())), None)
    out: list[int] = []
    for at in lines[start + 1 :] if start is not None else ():
        if not NAME.match(parts[at].text.strip()):
            break
        out.append(at)
    return out
