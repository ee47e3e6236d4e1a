"""What kind of thing a document is, told by its content: workshop notes, a transcript, a letter, an e-mail, a petition.

Each sign that speaks for a genre adds its weight and a reason that an officer can check. To add a sign, add a line to
`_SIGNS`. The officer's `channel` in the mapping goes before all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from consultation.reading.documents import transcripts
from consultation.reading.documents.event_lines import about_event
from consultation.reading.documents.parts import HEADING, ITEM, Document, Part
from consultation.reading.documents.speakers import labels, speaker
from consultation.reading.documents.tallies import tally
from consultation.text import words

NOTES: Final = "workshop notes"
TRANSCRIPT: Final = "transcript"
LETTER: Final = "letter"
EMAIL: Final = "e-mail"
PETITION: Final = "petition"

CHANNELS: Final = {NOTES: "workshop", TRANSCRIPT: "workshop", LETTER: "letter", EMAIL: "e-mail", PETITION: "petition"}
_SURE: Final = 3  # points by which the first must lead the second; below it an officer is asked

GREETING = re.compile(
    r"^\s*(?:dear\b.{0,60}|to whom it may concern.{0,3}|(?:good (?:morning|afternoon|evening)|hi|hello)\b.{0,40}|"
    r"(?:sir|madam|sirs)\b.{0,20})[,.:!]?\s*$",
    re.I,
)  # fmt: skip
CLOSING = re.compile(
    r"^\s*(?:yours (?:sincerely|faithfully|truly)|sincerely|(?:with )?(?:kind(?:est)?|best|warm(?:est)?|many)? "
    r"?regards|(?:with )?(?:best|kind|all good) wishes|"
    r"(?:many |with )?thanks(?: again| in advance| and regards| very much)?|thank you(?: very much| for your time| "
    r"in advance)?|cheers|best|regards|all the best)\s*[,.!]?\s*$",
    re.I,
)  # fmt: skip
PETITION_WORDS = re.compile(
    r"\bwe,? the undersigned\b|\bthe undersigned\b|\b(?:we|i) (?:the )?(?:hereby )?petition\b|^\s*petition\b",
    re.I | re.M,
)
SIGNATURES = re.compile(
    r"\b(?P<count>\d{1,3}(?:[,\s]\d{3})+|\d+)\s+(?:(?:valid|verified|online|paper|written|e-?)\s*)*(?:signatures|"
    r"signatories|people (?:have )?signed|signed)\b"
    r"|\b(?:signed by|signatures|number of signatures|total signatures|signatories)\s*:?\s*(?:of\s+)?(?P<count2>"
    r"\d{1,3}(?:[,\s]\d{3})+|\d+)\b",
    re.I,
)  # fmt: skip
_NOTE_WORDS = re.compile(
    r"\b(?:workshops?|focus group|notes|write[- ]?up|flip[- ]?charts?|facilitat\w+|breakout|round[- ]?tables?|"
    r"post[- ]?its?|"
    r"attend(?:ees|ance|ed)|participants|discussion group|drop[- ]?in|roadshow|table \d+|group \d+|feedback from|"
    r"minutes)\b",
    re.I,
)  # fmt: skip
_FIRST_PERSON = re.compile(r"\b(?:I|I’m|I'm|I’ve|I've|my|we|our)\b")
_REFERENCE = re.compile(r"^\s*(?:re|ref|our ref|your ref|subject)\s*[:.]", re.I)
_SUBMISSION = re.compile(
    r"\b(?:i am writing|we are writing|on behalf of|in response to (?:the|your)|we welcome the opportunity|our "
    r"response|please find)\b",
    re.I,
)
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b")


@dataclass(frozen=True, kw_only=True)
class Genre:
    """The likeliest genre, how far it leads (0 to 1), and why, in sentences. `rivals` are those nearly as likely."""

    name: str
    confidence: float
    reasons: tuple[str, ...]
    rivals: tuple[str, ...] = ()


def genre(document: Document) -> Genre:
    """The genre of a document by the weight of its signs; a letter where nothing speaks for anything."""
    lines = [
        part for part in document.parts if not part.empty and part.mark is None and part.story in ("body", "text box")
    ]
    points = dict.fromkeys(CHANNELS, 0)
    reasons: dict[str, list[str]] = {name: [] for name in CHANNELS}
    for name, weight, reason, sign in _SIGNS:
        if sign(document, lines):
            points[name] += weight
            reasons[name].append(reason)
    ranked = sorted(points, key=lambda name: -points[name])
    best, second = ranked[0], ranked[1]
    if not points[best]:
        items = any(part.kind == ITEM or part.table for part in lines)
        best, second = (NOTES, LETTER) if items else (LETTER, NOTES)
        reasons[best].append("nothing in it says what it is")
    lead = points[best] - points[second]
    return Genre(
        name=best,
        confidence=round(min(1.0, max(lead, 0) / (2 * _SURE)), 2),
        reasons=tuple(reasons[best]),
        rivals=tuple(
            name
            for name in ranked
            if name != best and points[best] - points[name] < _SURE and (points[name] or name == second)
        ),
    )


def signature_count(text: str) -> int | None:
    """The number of signatures that a text states.

    >>> signature_count("Handed in with 1,204 signatures.")
    1204
    """
    found = SIGNATURES.search(text)
    return int(re.sub(r"\D", "", found["count"] or found["count2"])) if found else None


def greets(line: str) -> bool:
    """Whether a line greets, as letters do."""
    return bool(GREETING.match(line)) and len(words(line)) <= 9


def _share(lines: list[Part], test: Callable[[Part], bool]) -> float:
    return sum(map(test, lines)) / len(lines) if lines else 0.0


def _body(lines: list[Part]) -> list[Part]:
    return [part for part in lines if part.kind != HEADING]


def _listed(_: Document, lines: list[Part]) -> bool:
    body = _body(lines)
    return len(body) >= 3 and _share(body, lambda part: part.kind == ITEM or part.table is not None) >= 0.4


def _opening(lines: list[Part]) -> str:
    return "\n".join(part.text for part in lines[:12])


def _headers_typed(_: Document, lines: list[Part]) -> bool:
    found = {
        match[1].casefold()
        for part in lines[:10]
        for match in re.finditer(r"^(from|to|sent|date|subject|cc)\s*:", part.text, re.I | re.M)
    }
    return "from" in found and len(found) >= 3


def _signatories(_: Document, lines: list[Part]) -> bool:
    cells = [part.text.casefold().strip(" *") for part in lines if part.table and part.row == 1]
    return any("signature" in cell or cell == "signed" for cell in cells) and any("name" in cell for cell in cells)


def _short(_: Document, lines: list[Part]) -> bool:
    body = sorted(len(words(part.text)) for part in _body(lines))
    return len(body) >= 4 and body[len(body) // 2] <= 14


def _long(_: Document, lines: list[Part]) -> bool:
    body = _body(lines)
    return bool(body) and sum(len(words(part.text)) >= 25 for part in body) >= max(1, len(body) // 3)


_SIGNS: Final[tuple[tuple[str, int, str, Callable[[Document, list[Part]], bool]], ...]] = (
    (NOTES, 2, "most lines are list items or table cells", _listed),
    (NOTES, 1, "it has two or more headings", lambda _, lines: sum(part.kind == HEADING for part in lines) >= 2),
    (NOTES, 2, "its first lines speak of a workshop, notes or who was there", lambda _,
     lines: bool(_NOTE_WORDS.search(_opening(lines)))),
    (NOTES, 2, "a line says when, where or for whom an event was",
     lambda _, lines: sum(1 for part in lines[:15] if about_event(part.text)) >= 2),
    (NOTES, 2, "lines carry tallies", lambda _, lines: sum(1 for part in lines if tally(part.text)) >= 1),
    (NOTES, 2, "lines say who spoke", lambda _,
     lines: sum(1 for part in lines if speaker(part.text, bold=part.bold)) >= 2),
    (NOTES, 1, "most lines are short", _short),
    (TRANSCRIPT, 12, "it is a file of captions", lambda document, _: document.form == "captions"),
    (TRANSCRIPT, 10, "names and times stand before what was said", lambda document,
     _: document.form == transcripts.FORM),
    (TRANSCRIPT, 3, "people speak in turn", lambda _, lines: labels([part.text for part in _body(lines)])),
    (LETTER, 3, "a line greets someone", lambda _, lines: any(greets(part.text) for part in lines[:20])),
    (LETTER, 3, "a line closes as letters do", lambda _, lines: any(CLOSING.match(part.text) for part in lines)),
    (LETTER, 1, "someone speaks for themselves or their body",
     lambda _, lines: sum(1 for part in lines if _FIRST_PERSON.search(part.text)) >= max(2, len(lines) // 3)),
    (LETTER, 1, "a line gives a reference or subject", lambda _,
     lines: any(_REFERENCE.match(part.text) for part in lines[:15])),
    (LETTER, 2, "it says that it is a response", lambda _,
     lines: any(_SUBMISSION.search(part.text) for part in lines[:15])),
    (LETTER, 1, "its paragraphs are long", _long),
    (EMAIL, 12, "it is an e-mail", lambda document, _: document.form in ("e-mail", "Outlook message")),
    (EMAIL, 8, "it begins with the lines From, To and Subject of an e-mail", _headers_typed),
    (PETITION, 9, "it says “we, the undersigned” or “petition”", lambda _,
     lines: bool(PETITION_WORDS.search(_opening(lines)))),
    (PETITION, 4, "it states a number of signatures", lambda _,
     lines: any(SIGNATURES.search(part.text) for part in lines)),
    (PETITION, 6, "it has a table of names and signatures", _signatories),
)  # fmt: skip
