"""What a single line of notes says beside its words: a tally, who speaks, when and where it was, who was there.

Each function takes a line as written and returns what it found with the place of it; none changes the line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# ------------------------------------------------------------------------------------------------- tallies

_STROKES: Final = {
    "I": 1,
    "l": 1,
    "|": 1,
    "¦": 1,
    "/": 1,
    "卌": 5,
    "𝍷": 1,
    "𝍸": 5,
    "✓": 1,
    "✔": 1,
    "☑": 1,
    "✅": 1,
    "√": 1,
    "🗸": 1,
    "★": 1,
    "●": 1,
    "☒": 1,
    "\uf0fc": 1,
}
_TICKS: Final = "✓✔☑✅√🗸★●☒卌𝍷𝍸\uf0fc"  # the last is the tick of Wingdings, which LibreOffice keeps by its number
_VARIATION = "\ufe0e\ufe0f"
_COUNTED: Final = (
    "people|persons?|participants?|members?|residents?|votes?|dots?|stickers?|ticks?|mentions?|times|tables?|groups?|"
    "attendees|staff|agreed|agreements?|likes|hands|others|of us|in favour"
)
_TIMES = re.compile(
    r"(?:^|(?<=[\s\-–—,;:.!?…”\"'’]))[(\[]?\s*(?:[x×*]\s?(\d{1,3})|(\d{1,3})\s?[x×])\s*[)\]]?\s*[.;]?\s*$", re.I
)
_TIMES_FIRST = re.compile(r"^\s*[(\[]?\s*(?:[x×]\s?(\d{1,3})|(\d{1,3})\s?[x×])\s*[)\]]?\s+(?=\S)", re.I)
_BRACKETED = re.compile(r"[(\[]\s*(\d{1,3})\s*[)\]]\s*[.;]?\s*$")
_SAID = re.compile(
    rf"(?:[(\[]|(?<=\s)[-–—]\s+|^)\s*(?:(?:said|raised|mentioned|agreed|supported)\s+by\s+)?(\d{{1,3}})\s+(?:{_COUNTED})"
    r"(?:\s+(?:agreed|said(?: this)?|in favour|for this))?\s*[)\]]?\s*[.;]?\s*$", re.I,
)  # fmt: skip
_TICKED = re.compile(rf"(?:(?<=\s)|(?<=[^\W\d_])|(?<=[.!?)])|^)((?:[{_TICKS}][{_VARIATION}]?[\s,]*)+)\s*[)\]]?\s*$")
_STROKED = re.compile(r"(?P<gap>^|[\s\-–—:([]+)(?P<signs>(?:(?:[Il|¦卌𝍷𝍸]+/?|/+)[ \t]*)+)[)\]]?\s*$")
_REFERENCE = re.compile(
    r"\b(?:outcome|priority|point|question|section|option|page|figure|table|number|no|para(?:graph)?|appendix|part|item|"
    r"objective|aim|principle|chapter|annex|see|ref|note|clause|policy|target|measure|phase|stage|level|ward|zone|q|is)\.?\s*$",
    re.I,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How often one written point was made, and the literal sign for it with its span in the line."""

    count: int
    start: int
    end: int


def tally(line: str, *, strokes: bool = False) -> Tally | None:
    """The tally of a line, or None. Roman-looking strokes below IIII count only where `strokes` says that others do.

    >>> tally("More buses (x3)").count, tally("Free parking IIII").count, tally("Parks ✓✓✓").count
    (3, 4, 3)
    >>> tally("The Second World War: part II") is None, tally("See outcome (3)") is None
    (True, True)
    """
    for pattern in (_TIMES, _SAID, _TIMES_FIRST):
        found = pattern.search(line)
        if found and found[0].strip() != line.strip():
            count = int(next(group for group in found.groups() if group))
            return Tally(count=count, start=found.start(), end=found.end()) if count else None
    found = _BRACKETED.search(line)
    if found and int(found[1]) > 1 and found.start() and not _REFERENCE.search(line[: found.start()]):
        return Tally(count=int(found[1]), start=found.start(), end=found.end())
    found = _TICKED.search(line)
    if (
        found
        and line[: found.start()].strip()
        and (sum(sign in _TICKS for sign in found[1]) > 1 or "卌" in found[1] or "𝍸" in found[1])
    ):
        return Tally(count=_strokes(found[1]), start=found.start(1), end=found.end(1))
    found = _STROKED.search(line)
    if found and line[: found.start()].strip():
        signs = found["signs"].strip()
        count = _strokes(signs)
        upright = (
            count > 3
            or "|" in signs
            or len(found["gap"]) > 1
            or "\t" in found["gap"]
            or "(" in found["gap"]
            or strokes
        )
        if (count > 1 or "|" in signs) and upright and not (set(signs) <= {"/"} and count < 2):
            return Tally(count=count, start=found.start("signs"), end=found.end())
    return None


def _strokes(signs: str) -> int:
    return sum(_STROKES.get(sign, 0) for sign in signs)


# ------------------------------------------------------------------------------------------------ speakers

_ROLES: Final = (
    "facilitator|moderator|chair(?:man|woman|person)?|host|scribe|note[- ]?taker|interviewer|researcher|officer|presenter|"
    "lead officer|council officer|project team|organiser|convenor|convener"
)
_FACILITATOR = re.compile(
    rf"^[\[(]?\s*(?:table\s+)?(?:{_ROLES}|fac|facil|mod)(?:['’]s)?(?:\s+(?:note|notes|comment|comments|summary|response|reply|"
    rf"prompt|question|observation))?s?\s*\d*\s*(?:\([^)]{{1,40}}\))?\s*[:\]–—-](?=\s|$|\S)\s*"
    rf"|^[\[(]\s*(?:{_ROLES}|note|n\.?b\.?|facilitator['’]s note)\b\s*[:–—-]",
    re.I,
)  # fmt: skip
_ROLE = re.compile(
    r"^(?:(?:male|female|young|older?|local|business|anonymous|unknown|another|second|first|third)\s+)?"
    r"(?:participant|resident|respondent|member|speaker|attendee|delegate|person|voice|tenant|parent|carer|student|"
    r"young person|business owner|councillor|cllr|staff member|employee|volunteer|interviewee|panel member|"
    r"(?:man|woman|male|female|user|customer|group|table|p|r|m|f|s)(?=\s?\d))\s*(?:\b[a-z]|\d{1,3})?$",
    re.I,
)  # fmt: skip
_TITLED = re.compile(
    r"^(?:cllr|councillor|mr|mrs|ms|miss|mx|dr|prof|professor|rev|revd|sir|dame|lord|lady)\.?\s+[A-Z]", re.I
)
_NAME = re.compile(r"^[A-ZÀ-Þ][\w’'-]+(?:\s+(?:[A-ZÀ-Þ][\w’'-]*\.?|de|van|von|bin|al|ap|Mc\w+)){1,3}$")
_LABEL = re.compile(
    r"^(?:\*\*|__)?(?P<label>[^\W\d_][^:*_\n]{0,39}?)\s?(?:(?:\*\*|__)\s?:|:\s?(?:\*\*|__)|:)[ \t]+(?=\S)"
)
_CODED = re.compile(r"^\((?P<label>[^()]{1,14})\)\s?:[ \t]*(?=\S)")


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Who a line says is speaking: a role or code as written, or a person's name. The words begin at `end`."""

    label: str
    end: int
    named: bool
    facilitator: bool = False


def speaker(line: str, *, bold: int = 0, dialogue: bool = False) -> Speaker | None:
    """The speaker of a line ("Resident 2: ...", "**Jane Doe:** ..."), or None.

    A single capitalised word before a colon ("Health: too vague") is a topic unless `dialogue` says that such words come
    again and again as speakers do; so is any other label that is neither a role, nor a code, nor a name in bold.

    >>> speaker("Resident 2: too long").label, speaker("Health: too vague")
    ('Resident 2', None)
    """
    found = _FACILITATOR.match(line.lstrip("*_ "))
    if found:
        end = len(line) - len(line.lstrip("*_ ")) + found.end()
        while line[end : end + 1] in ("*", "_", " ", ":"):
            end += 1
        return Speaker(label=found[0].strip(" *_:[](–—-"), end=end, named=False, facilitator=True)
    found = _LABEL.match(line)
    if not found:
        return None
    label = found["label"].strip()
    if _ROLE.match(label):
        return Speaker(label=label, end=found.end(), named=False)
    strong = bold >= found.start("label") + len(label)
    if _TITLED.match(label) or (_NAME.match(label) and (strong or dialogue)) or (dialogue and _ONE.match(label)):
        return Speaker(label=label, end=found.end(), named=True)
    return None


_ONE = re.compile(r"^[A-ZÀ-Þ][\w’'.-]*$")


def labels(lines: Sequence[tuple[str, int]]) -> bool:
    """Whether these lines (with their length in bold) are a dialogue: most begin with a label, and labels come back.

    >>> labels([("Ann: yes", 0), ("Bob: no", 0), ("Ann: why?", 0), ("Bob: cost", 0)]), labels([("Health: vague", 0)] * 1)
    (True, False)
    """
    said = [found["label"].strip() for line, _ in lines if (found := _LABEL.match(line))]
    names = [label for label in said if _ONE.match(label) or _NAME.match(label)]
    turns = sum(1 for before, after in zip(names, names[1:], strict=False) if before != after)
    return len(names) >= 4 and len(names) >= 0.6 * len(lines) and len(set(names)) <= len(names) / 2 and turns >= 2


def code(line: str) -> str | None:
    """The code in brackets that a line begins with, as note-takers use: "(A d): ..." gives "A d". It stays in the line."""
    found = _CODED.match(line)
    return re.sub(r"\s+", " ", found["label"].replace("*", "")).strip() if found else None


# ---------------------------------------------------------------------------------------------------- events

_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH}),?\s+(?P<year>(?:19|20)\d\d)\b"
    rf"|\b(?P<month2>{_MONTH})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>(?:19|20)\d\d)\b"
    r"|\b(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b|\b(?P<slashed>\d{1,2}[/.]\d{1,2}[/.](?:(?:19|20)\d\d|\d\d))\b",
    re.I,
)  # fmt: skip
_FIELDS: Final = {
    "date": "date|date and time|date held|held on|when|date of (?:event|workshop|meeting|session|focus group)",
    "place": "venue|place|location|where|held at|area|address|locality|town|room",
    "audience": "audience|who|group|stakeholders?|type of (?:group|audience|participants?)|participant type|attended by",
    "participants": (
        "attendance|attendees|participants|present|in attendance|people present|those present|numbers? (?:present|attending|"
        "attended|of (?:attendees|participants|people))|no\\.? of (?:attendees|participants|people)|headcount|attending|members present|people attended"
    ),
    "facilitator": "facilitators?|facilitated by|scribes?|note[- ]?takers?|notes? (?:taken )?by|led by|moderators?|chair|officers? present|hosts?|apologies",
    "other": "time|duration|start(?: time)?|end(?: time)?|recorded by|version|status|event|session|reference|our ref|file|subject|title|format",
}
_FIELD = re.compile(
    r"^(?:\*\*|__)?(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _FIELDS.items()) + r")\s*(?:\*\*|__)?\s?[:–—](?:\*\*|__)?[ \t]*(?P<value>.*)$",
    re.I | re.S,
)  # fmt: skip
_ATTENDED = re.compile(
    r"^(?:there were |we had |it was )?(?:attended by )?(?P<value>(?:(?:around|about|approximately|approx\.?|over|nearly|some|roughly|circa|c\.|up to|more than|under)\s+)?"
    r"\d{1,5}\+?(?:\s*[-–]\s*\d{1,5})?\s+(?:\w+[\s-]){0,3}?(?:people|residents|staff|members|participants|attendees|councillors|stakeholders|"
    r"representatives|employees|officers|volunteers|tenants|businesses|organisations|young people|students|delegates|persons|parents|carers))"
    r"(?:\s+(?:attended|were present|took part|present|in attendance|joined|came|participated))?"
    r"(?:\s+(?:at (?:each|this|the)\b.{0,30}|plus\b.{0,60}|and\b.{0,60}))?[.]?$",
    re.I,
)  # fmt: skip
_ATTENDING = re.compile(r"attend|present|took part|joined|participat|came|there were|we had|around|about|over", re.I)


def about_event(line: str) -> tuple[str, str] | None:
    """(field, value as written) where a line tells of the event: date, place, audience, participants, facilitator, other.

    >>> about_event("Attendance: around 15"), about_event("23 residents attended"), about_event("Transport: poor")
    (('participants', 'around 15'), ('participants', '23 residents'), None)
    """
    found = _FIELD.match(line.strip())
    if found:
        name = next(name for name in _FIELDS if found[name])
        return name, found["value"].strip(" \t*_")
    found = _ATTENDED.match(line.strip())
    if found and _ATTENDING.search(line):
        return "participants", found["value"]
    if _DATE.fullmatch(line.strip().rstrip(".")) or re.fullmatch(
        rf"(?:\w+day,?\s+)?{_DATE.pattern}", line.strip(), re.I
    ):
        return "date", line.strip()
    return None


def date(text: str) -> str | None:
    """The date in a line: ISO where it can be read one way only, else as written.

    >>> date("Held on 18 September 2019"), date("3/6/2025"), date("13/6/2025")
    ('2019-09-18', '3/6/2025', '2025-06-13')
    """
    found = _DATE.search(text)
    if not found:
        return None
    if found["iso"]:
        return found["iso"]
    if found["slashed"]:
        first, second, year = (int(part) for part in re.split(r"[/.]", found["slashed"]))
        year += 0 if year > 99 else 2000
        if first > 12 >= second >= 1 and first <= 31:
            return f"{year:04d}-{second:02d}-{first:02d}"
        return found["slashed"]
    day, month, year_ = (
        found["day"] or found["day2"],
        found["month"] or found["month2"],
        found["year"] or found["year2"],
    )
    if not 1 <= int(day) <= 31:
        return found[0]
    return f"{year_}-{_MONTHS.index(month[:3].casefold()) + 1:02d}-{int(day):02d}"


def counted(text: str) -> bool:
    """Whether a text of who was there states a number rather than only names."""
    return bool(
        re.search(
            r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|dozen)\b",
            text,
            re.I,
        )
    )
