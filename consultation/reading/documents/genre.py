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
    r"^\s*(?:yours(?: sincerely| faithfully| truly| ever)?|sincerely|(?:with )?(?:kind(?:est)?|best|warm(?:est)?|"
    r"many)? "
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
_MAIL_HEAD = re.compile(r"^(from|to|sent|date|subject|cc)\s*:", re.I | re.M)
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


def _count(lines: list[Part], test: Callable[[Part], object]) -> int:
    return sum(1 for part in lines if test(part))


def _body(lines: list[Part]) -> list[Part]:
    return [part for part in lines if part.kind != HEADING]


def _opening(lines: list[Part]) -> str:
    return "\n".join(part.text for part in lines[:12])


def _listed(_: Document, lines: list[Part]) -> bool:
    body = _body(lines)
    return len(body) >= 3 and _count(body, lambda part: part.kind == ITEM or part.table) >= 0.4 * len(body)


def _headed(_: Document, lines: list[Part]) -> bool:
    return _count(lines, lambda part: part.kind == HEADING) >= 2


def _of_an_event(_: Document, lines: list[Part]) -> bool:
    return bool(_NOTE_WORDS.search(_opening(lines)))


def _dated(_: Document, lines: list[Part]) -> bool:
    return _count(lines[:15], lambda part: about_event(part.text)) >= 2


def _tallied(_: Document, lines: list[Part]) -> bool:
    return _count(lines, lambda part: tally(part.text)) >= 1


def _spoken(_: Document, lines: list[Part]) -> bool:
    return _count(lines, lambda part: speaker(part.text, bold=part.bold)) >= 2


def _short(_: Document, lines: list[Part]) -> bool:
    lengths = sorted(len(words(part.text)) for part in _body(lines))
    return len(lengths) >= 4 and lengths[len(lengths) // 2] <= 14


def _captions(document: Document, _: list[Part]) -> bool:
    return document.form == "captions"


def _timed(document: Document, _: list[Part]) -> bool:
    return document.form == transcripts.FORM


def _in_turn(_: Document, lines: list[Part]) -> bool:
    return labels([part.text for part in _body(lines)])


def _greeting(_: Document, lines: list[Part]) -> bool:
    return any(greets(part.text) for part in lines[:20])


def _closing(_: Document, lines: list[Part]) -> bool:
    return any(CLOSING.match(part.text) for part in lines)


def _for_themselves(_: Document, lines: list[Part]) -> bool:
    return bool(lines) and _count(lines, lambda part: _FIRST_PERSON.search(part.text)) >= max(1, len(lines) // 3)


def _in_sentences(_: Document, lines: list[Part]) -> bool:
    """Whether nearly all of it is whole sentences, with neither heading nor list."""
    whole = _count(lines, lambda part: part.text.rstrip().endswith((".", "!", "?")) and len(words(part.text)) > 4)
    plain = all(part.kind not in (HEADING, ITEM) and not part.table for part in lines)
    return bool(lines) and plain and whole >= 0.7 * len(lines)


def _referring(_: Document, lines: list[Part]) -> bool:
    return any(_REFERENCE.match(part.text) for part in lines[:15])


def _submitted(_: Document, lines: list[Part]) -> bool:
    return any(_SUBMISSION.search(part.text) for part in lines[:15])


def _long(_: Document, lines: list[Part]) -> bool:
    body = _body(lines)
    return bool(body) and _count(body, lambda part: len(words(part.text)) >= 25) >= max(1, len(body) // 3)


def _mail(document: Document, _: list[Part]) -> bool:
    return document.form in ("e-mail", "Outlook message")


def _mail_head(_: Document, lines: list[Part]) -> bool:
    found = {name.casefold() for part in lines[:10] for name in _MAIL_HEAD.findall(part.text)}
    return "from" in found and len(found) >= 3


def _petitioning(_: Document, lines: list[Part]) -> bool:
    return bool(PETITION_WORDS.search(_opening(lines)))


def _signed(_: Document, lines: list[Part]) -> bool:
    return any(SIGNATURES.search(part.text) for part in lines)


def _signatories(_: Document, lines: list[Part]) -> bool:
    cells = [part.text.casefold().strip(" *") for part in lines if part.table and part.row == 1]
    return any("signature" in cell or cell == "signed" for cell in cells) and any("name" in cell for cell in cells)


_SIGNS: Final[tuple[tuple[str, int, str, Callable[[Document, list[Part]], bool]], ...]] = (
    (NOTES, 2, "most lines are list items or table cells", _listed),
    (NOTES, 1, "it has two or more headings", _headed),
    (NOTES, 2, "its first lines speak of a workshop, notes or who was there", _of_an_event),
    (NOTES, 2, "its first lines say when, where or for whom an event was", _dated),
    (NOTES, 2, "lines carry tallies", _tallied),
    (NOTES, 2, "lines say who spoke", _spoken),
    (NOTES, 1, "most lines are short", _short),
    (TRANSCRIPT, 12, "it is a file of captions", _captions),
    (TRANSCRIPT, 10, "names and times stand before what was said", _timed),
    (TRANSCRIPT, 3, "people speak in turn", _in_turn),
    (LETTER, 3, "a line greets someone", _greeting),
    (LETTER, 3, "a line closes as letters do", _closing),
    (LETTER, 1, "someone speaks for themselves or their body", _for_themselves),
    (LETTER, 2, "it is written in whole sentences, without headings or lists", _in_sentences),
    (LETTER, 1, "a line gives a reference or subject", _referring),
    (LETTER, 2, "it says that it is a response", _submitted),
    (LETTER, 1, "its paragraphs are long", _long),
    (EMAIL, 12, "it is an e-mail", _mail),
    (EMAIL, 8, "it begins with the lines From, To and Subject of an e-mail", _mail_head),
    (PETITION, 9, "it says “we, the undersigned” or “petition”", _petitioning),
    (PETITION, 4, "it states a number of signatures", _signed),
    (PETITION, 6, "it has a table of names and signatures", _signatories),
)
