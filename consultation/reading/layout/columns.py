"""What one column looks like: how full, how repetitive, how wordy, and so what it is likely to be.

The cues are words of questionnaires in general. To add one, add it to the pattern of its role.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from consultation.reading.grids.grid import filled
from consultation.reading.layout.dates import order_of
from consultation.text import tidy

SAMPLE: Final = 3_000
_NUMBER = re.compile(r"[£$€]?[+-]?\d[\d,]*(?:\.\d+)?%?$")
_OPEN = re.compile(
    r"\b(?:comments?|commenting|explain|explanation|why|reasons?|tell us|describe|suggest(?:ions?|ed)?|thoughts|feedback|views|"
    r"in your own words|anything else|further|additional|expand|elaborate|how would you|how could|what would you|what else|"
    r"what do you (?:think|like|dislike|feel|find)|what (?:is|are|was|were) (?:the )?(?:most|least|main|missing|wrong)|"
    r"free text|open.ended|your (?:answer|response|opinion)|use this (?:space|box)|story|notes?|"
    r"sylw\w*|rheswm|rhesymau|pam|esboni\w*|barn)\b", re.I,
)  # fmt: skip
_CHOOSE = re.compile(
    r"\b(?:all that apply|tick (?:all|any)|check (?:all|any)|choose (?:all|any)|select (?:all|any|up to|your)|which of the following|"
    r"pick (?:all|any)|more than one|dewiswch)\b", re.I,
)  # fmt: skip
_CLOSED = re.compile(
    r"(?:\b(?:to what extent|how (?:much|often|likely|important|satisfied|strongly|far)|do you (?:agree|support|use|live|have|consider)|"
    r"are you|have you|would you|did you|is there|agree or disagree|rate|scale|cytuno)\b)", re.I,
)  # fmt: skip
_OTHER = re.compile(
    r"(?:\bother\b.{0,40}(?:specify|state|write|describe)|please (?:specify|state)|write.in|^other(?: text)?$|\bother$|_other$|"
    r"\bother[^a-z]*text$|nodwch|other word\(s\))", re.I,
)  # fmt: skip
_ROLES: Final[tuple[tuple[re.Pattern[str], str, str | None], ...]] = tuple(
    (re.compile(pattern, re.I), role, kind)
    for pattern, role, kind in (
        (r"(?:analyst|officer|moderator|admin(?:istrator)?|internal|reviewer|coder).{0,20}(?:note|comment|tag|field|code|theme)", "officer_note", None),
        (r"^(?:analyst|internal|admin)\b.*", "officer_note", None),
        (r"^(?:(?:response|respondent|submission|reply|unique|survey)[\s_-]*(?:id|no\.?|number|ref(?:erence)?|response number)|id|ref(?:erence)?(?:[\s_](?:no\.?|number))?|urn|#)$", "response_id", None),
        (r"^(?:date[\s_]*)?(?:submitted|completed|received|submission)(?:[\s_]*(?:at|on|date|time))?$|^(?:submission|completion|response|end)[\s_]*(?:date|time)|^timestamp$|^date (?:of (?:response|submission)|received)$|^date$", "submitted_at", None),
        (r"^(?:start(?:ed)?)[\s_]*(?:at|on|date|time)?$", "started_at", None),
        (r"\be-?mail\b|^ebost|cyfeiriad e-?bost", "identity", "email"),
        (r"\b(?:telephone|phone|mobile|tel)\b(?! (?:signal|mast|coverage|box|network))", "identity", "phone"),
        (r"\b(?:your|full|first|last|sur|fore|contact|respondent|organisation|organization|company|group|family|christian|given)[\s_-]*names?\b|^names?$|^(?:sur|fore)name$|name of (?:your )?(?:organisation|organization|group|company|school)|^enw", "identity", "name"),
        (r"\bpost ?code\b|^zip(?: code)?$|cod post", "identity", "postcode"),
        (r"\b(?:home|postal|your|street) address\b|^address|[-–] address$|\baddress line\b", "identity", "address"),
        (r"^ip[\s_-]?address|^ip$", "identity", "ip"),
        (r"^(?:date of birth|dob)$|\bdate of birth\b|when were you born", "identity", "date_of_birth"),
        (r"^(?:user ?name|login|screen name|twitter|handle)$", "identity", "login"),
        (r"^(?:response |completion |submission )?status$|^completed\?$", "status", None),
        (r"^(?:user |start ?|survey )?lang(?:uage)?$", "language", None),
    )
)  # fmt: skip
_TYPE = re.compile(
    r"\b(?:responding|respond|replying|answering|completing|responding as|respondent type|type of respondent|capacity|on behalf of|"
    r"in what capacity|are you (?:an? )?(?:individual|resident)|i am (?:an?|responding))\b", re.I,
)  # fmt: skip
_CONSENT = re.compile(
    r"(?=.*\b(?:consent|permission|happy|agree|may we|can we|willing|content|allow|okay|ok)\b)(?=.*\b(?:quot\w*|publish\w*|published|"
    r"public|attribut\w*|use your (?:words|comments?|response|answers?))\b)", re.I | re.S,
)  # fmt: skip
_GROUP = re.compile(
    r"^(?:what (?:is|was) your |which )?(?:your )?(?:age(?: group| band| range)?|gender(?: identity)?|sex|ethnic\w*|ethnic (?:group|origin|background)|"
    r"disab\w*|religion|sexual orientation|ward|district|parish|division|location|area|region|sector|household income|income|education|"
    r"organisation type|organization type|type of organisation|occupation|employment(?: status)?|marital status|oed|rhywedd)\b"
    r"(?! (?:of|do|is|would|should))|\b(?:age group|age range|ethnic group|ethnic origin|gender do you|describes your (?:age|gender|ethnic\w*|religion)|"
    r"ethnicity|consider yourself (?:to be )?disabled|do you have a disability|sector your)\b", re.I,
)  # fmt: skip
_MONEY = re.compile(
    r"^(?:supplier|vendor|payee|beneficiary|invoice|amount|net|gross|vat|cost cent(?:re|er)|directorate|transaction|expense|expenditure|"
    r"purchase|merchant|budget|payment|debit|credit|balance|account|price|quantity)\b", re.I,
)  # fmt: skip


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
    """
    told = tidy(heading)
    if len(told) > 90:
        return None
    for pattern, role, kind in _ROLES:
        if pattern.search(told):
            return role, kind
    return None


def asks_for_type(heading: str) -> bool:
    """Whether the question is in what capacity someone responds."""
    return bool(_TYPE.search(heading)) and not _OPEN.search(heading)


def asks_for_consent(heading: str) -> bool:
    """Whether the question is if the answer may be quoted or published.

    >>> asks_for_consent("Are you happy for your response to be published?"), asks_for_consent("Do you consent?")
    (True, False)
    """
    return bool(_CONSENT.search(heading))


def names_a_group(heading: str) -> bool:
    """Whether the question is about who someone is: age, ward, sector."""
    return len(heading) < 110 and bool(_GROUP.search(heading.strip()))


def names_other(heading: str) -> bool:
    """Whether the column takes the words of those who ticked "other".

    >>> names_other("Other (please specify)"), names_other("How do you travel?")
    (True, False)
    """
    return bool(_OTHER.search(heading.strip()))


def asks(heading: str) -> bool:
    """Whether the heading asks something: a question mark, or words that questionnaires ask with."""
    return "?" in heading or any(pattern.search(heading) for pattern in (_OPEN, _CLOSED, _CHOOSE))


def names_money(heading: str) -> bool:
    """Whether the heading belongs to accounts rather than to a questionnaire."""
    return bool(_MONEY.match(heading.strip()))


def chooses_several(heading: str) -> bool:
    """Whether the question asks to tick all that apply."""
    return bool(_CHOOSE.search(heading))


def kind_of(heading: str, about: Facts) -> str:
    """comment, closed, number or date: what the column's cells and its heading say together.

    >>> kind_of("Why?", facts(["Too many houses"])), kind_of("Do you agree?", facts(["Agree"]))
    ('comment', 'closed')
    """
    opened = bool(_OPEN.search(heading)) and not _CHOOSE.search(heading)
    asked = bool(_CLOSED.search(heading)) and not re.search(r"\b(?:why|explain|comments?)\b", heading, re.I)
    if about.filled and about.numbers >= 0.95 and (asked or not opened):
        return "number"
    if about.filled and about.dates >= 0.95:
        return "date"
    if not about.filled:
        return "comment" if opened and not asked else "closed"
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
