"""Who speaks in a line of notes or of a transcript: a role, a code, or a person whose name must be kept apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_ROLES: Final = (
    "facilitator|moderator|chair(?:man|woman|person)?|host|scribe|note[- ]?taker|interviewer|researcher|officer|"
    "presenter|lead officer|council officer|project team|organiser|convenor|convener"
)
_FACILITATOR = re.compile(
    rf"^[\[(]?\s?(?:table\s)?(?:{_ROLES}|fac|facil|mod)(?:['’]s)?"
    r"(?:\s(?:notes?|comments?|summary|response|reply|prompt|question|observation))?s?\s?\d{0,2}\s?"
    r"(?:\([^)]{1,40}\))?\s?[:\]–—-]\s*"
    rf"|^[\[(]\s?(?:{_ROLES}|note|n\.?b\.?)\b\s?[:–—-]"
    r"|^(?:notes?|n\.?b\.?|actions?|officers?['’] (?:note|response))\s?:\s*",
    re.I,
)
_ROLE = re.compile(
    r"^(?:(?:male|female|young|older?|local|business|anonymous|unknown|another|second|first|third)\s)?"
    r"(?:participant|resident|respondent|member|speaker|attendee|delegate|person|voice|tenant|parent|carer|student|"
    r"young person|business owner|councillor|cllr|staff member|employee|volunteer|interviewee|panel member|"
    r"(?:man|woman|male|female|user|customer|group|table|p|r|m|f|s)(?=\s?\d))\s?(?:\b[a-z]|\d{1,3})?$",
    re.I,
)
_TITLED = re.compile(
    r"^(?:cllr|councillor|mr|mrs|ms|miss|mx|dr|prof|professor|rev|revd|sir|dame|lord|lady)\.?\s[A-Z]", re.I
)
_NAME = re.compile(r"^[A-ZÀ-Þ][\w’'-]*(?:\s(?:[A-ZÀ-Þ][\w’'-]*\.?|de|van|von|bin|al|ap)){1,3}$")
_ONE = re.compile(r"^[A-ZÀ-Þ][\w’'.-]*$")
_LABEL = re.compile(
    r"^(?:\*\*|__)?(?P<label>[^\W\d_][^:*_\n]{0,39}?)\s?(?:(?:\*\*|__)\s?:|:\s?(?:\*\*|__)|:)[ \t]+(?=\S)"
)
_CODED = re.compile(r"^\((?P<label>[^()\n]{1,14})\)\s?:[ \t]*(?=\S)")


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Who a line says is speaking: a role or code as written, or a person's name. The words begin at `end`."""

    label: str
    end: int
    named: bool
    facilitator: bool = False


def speaker(line: str, *, bold: int = 0, dialogue: bool = False) -> Speaker | None:
    """The speaker of a line ("Resident 2: ...", "**Jane Doe:** ..."), or None. `bold` characters are in bold.

    A single capitalised word before a colon ("Health: too vague") is a topic unless `dialogue` says that such words
    come again and again as speakers do; so is any label that is no role, no person with a title and no name in bold.

    >>> speaker("Resident 2: too long").label, speaker("Health: too vague")
    ('Resident 2', None)
    """
    start = len(line) - len(line.lstrip("*_ "))
    found = _FACILITATOR.match(line[start : start + 200])
    if found:
        end = start + found.end()
        end += len(line[end:]) - len(line[end:].lstrip("*_ :"))
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


def labels(lines: Sequence[str]) -> bool:
    """Whether these lines are a dialogue: most begin with a name, and names come back.

    >>> labels(["Ann: yes", "Bob: no", "Ann: why?", "Bob: cost"]), labels(["Health: vague", "Parks: fine"])
    (True, False)
    """
    said = [found["label"].strip() for line in lines if (found := _LABEL.match(line))]
    names = [label for label in said if _ONE.match(label) or _NAME.match(label)]
    turns = sum(1 for before, after in pairwise(names) if before != after)
    return len(names) >= 4 and len(names) >= 0.6 * len(lines) and len(set(names)) <= len(names) / 2 and turns >= 2


def code(line: str) -> str | None:
    """The code in brackets that a line begins with, as note-takers use. It stays in the line.

    >>> code("(**A** d): too long")
    'A d'
    """
    found = _CODED.match(line)
    return re.sub(r"\s+", " ", found["label"].replace("*", "")).strip() if found else None
