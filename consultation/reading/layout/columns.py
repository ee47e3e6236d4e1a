"""What one column looks like: how full, how repetitive, how wordy, and so what it is likely to be.

The words that give a column away are in `cues.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from consultation.reading.grids.grid import filled
from consultation.reading.layout import cues
from consultation.reading.layout.dates import order_of
from consultation.text import tidy

SAMPLE: Final = 3_000
LONGEST: Final = 90  # characters of a heading that gives its role away; a longer one is a question
_NUMBER = re.compile(r"[£$€]?[+-]?\d[\d,]*(?:\.\d+)?%?$")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Of a column's filled cells, up to `SAMPLE` of them spread over the whole: how many, how different, how long."""

    filled: int
    total: int
    distinct: int
    longest: int
    words: float
    numbers: float
    dates: float
    common: tuple[str, ...]

    @property
    def variety(self) -> float:
        return self.distinct / self.filled if self.filled else 0.0


def facts(values: Sequence[str]) -> Facts:
    """The facts of a column."""
    told = [value.strip() for value in values[:: len(values) // (4 * SAMPLE) + 1] if filled(value)]
    told = told[:: len(told) // SAMPLE + 1]
    counts = Counter(told)
    size = len(told)
    return Facts(
        filled=size, total=len(values), distinct=len(counts), longest=max(map(len, told), default=0),
        words=sum(len(value.split()) for value in told) / size if size else 0.0,
        numbers=sum(_NUMBER.match(value) is not None for value in told) / size if size else 0.0,
        dates=order_of(told[:300]).share if size else 0.0,
        common=tuple(value for value, _ in counts.most_common(60)),
    )  # fmt: skip


def own_role(heading: str) -> tuple[str, str | None] | None:
    """The role that a heading gives away on any platform: id, date, identity, status. None for a question.

    >>> own_role("What is your email address?"), own_role("Do you agree?")
    (('identity', 'email'), None)
    >>> own_role("About you - Organisation")
    ('identity', 'organisation')
    """
    told = tidy(heading)
    if len(told) > LONGEST:
        return None
    for pattern, role, kind in cues.ROLES:
        if pattern.search(told):
            return role, kind
    return None


def asks_for_type(heading: str) -> bool:
    """Whether the question is in what capacity someone responds."""
    return bool(cues.TYPE.search(heading)) and not cues.OPEN.search(heading)


def asks_for_consent(heading: str) -> bool:
    """Whether the question is if the answer may be quoted or published.

    >>> asks_for_consent("Are you happy for your response to be published?"), asks_for_consent("Do you consent?")
    (True, False)
    """
    return bool(cues.ALLOW.search(heading) and cues.PUBLISH.search(heading))


def asks_for_reply(heading: str) -> bool:
    """Whether the question is if someone wants to be told what became of what they said.

    >>> asks_for_reply("Would you like us to reply to you?"), asks_for_reply("Please keep me informed")
    (True, True)
    >>> asks_for_reply("Do you feel informed about local services?"), asks_for_reply("Would you like more buses?")
    (False, False)
    """
    return bool(cues.WANT.search(heading) and cues.TOLD.search(heading))


def gives_contact_for_reply(heading: str) -> bool:
    """Whether the question takes an address so that its sender can be told what became of it: filled in is asked for.

    >>> gives_contact_for_reply("If you would like a reply, please give your e-mail address")
    True
    >>> gives_contact_for_reply("Your e-mail address"), gives_contact_for_reply("Would you like us to reply?")
    (False, False)
    """
    return bool(cues.CONTACT.search(heading.strip()) and (cues.TOLD.search(heading) or cues.TO_REPLY.search(heading)))


def names_a_group(heading: str) -> bool:
    """Whether the question is about who someone is: age, ward, sector."""
    return len(heading) < 110 and bool(cues.GROUP.search(heading.strip()))


def asks_about_respondent(heading: str) -> bool:
    """Whether the question is about who answers, not about what is consulted on.

    >>> asks_about_respondent("How old are you?"), asks_about_respondent("How do you feel about the plan?")
    (True, False)
    """
    return names_a_group(heading) or asks_for_type(heading) or bool(cues.PROFILE.search(heading))


def names_other(heading: str) -> bool:
    """Whether the column takes the words of those who ticked "other".

    >>> names_other("Other (please specify)"), names_other("How do you travel?")
    (True, False)
    """
    return bool(cues.OTHER.search(heading.strip()))


def asks(heading: str) -> bool:
    """Whether the heading asks something: a question mark, or words that questionnaires ask with."""
    return "?" in heading or any(pattern.search(heading) for pattern in (cues.OPEN, cues.CLOSED, cues.CHOOSE))


def names_money(heading: str) -> bool:
    """Whether the heading belongs to accounts rather than to a questionnaire."""
    return bool(cues.MONEY.match(heading.strip()))


def chooses_several(heading: str) -> bool:
    """Whether the question asks to tick all that apply."""
    return bool(cues.CHOOSE.search(heading))


def kind_of(heading: str, about: Facts) -> str:
    """comment, closed, number or date: what the column's cells and its heading say together.

    >>> kind_of("Why?", facts(["Too many houses"])), kind_of("Do you agree?", facts(["Agree"]))
    ('comment', 'closed')
    """
    opened = bool(cues.OPEN.search(heading)) and not cues.CHOOSE.search(heading)
    asked = bool(cues.CLOSED.search(heading)) and not re.search(r"\b(?:why|explain|comments?)\b", heading, re.I)
    if about.filled and about.numbers >= 0.95 and (asked or not opened):
        return "number"
    if about.filled and about.dates >= 0.95:
        return "date"
    if not about.filled:
        return "comment" if opened and not asked else "closed"
    if about.words >= 15 or (opened and not asked and (about.words >= 4 or about.longest > 60)):
        return "comment"  # whatever repeats: a campaign's words are words
    if asked and not opened and about.words <= 6 and about.longest <= 60:
        return "closed"
    few = about.distinct <= max(12, 0.02 * about.filled)
    if about.filled >= 15:
        if about.words >= 8 and about.variety > 0.3:
            return "comment"
        if few and about.variety < 0.5:
            return "closed"
        if about.variety >= 0.5 and (about.words >= 1.5 or about.longest > 30):
            return "comment"
        if about.variety >= (0.2 if opened else 0.3) and about.longest > 40:
            return "comment"
        return "closed"
    if about.longest > 200 or (about.words >= 6 and about.variety > 0.6 and not asked):
        return "comment"
    if about.filled >= 3 and about.variety > 0.8 and about.words >= 5:
        return "comment"
    if opened and not (about.filled >= 4 and about.variety <= 0.5):
        return "closed" if asked and about.words <= 3 else "comment"
    return "closed"
