"""Groups told by an age: "my mother is 88", "a 14 year old", "the over 70s", "in my eighties"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import itemgetter
from typing import Final, NamedTuple

from consultation.tagging.rules.spoken import Spoken

_SOMEBODY: Final = (
    r"i'm|i am|i'll be|he's|he is|she's|she is|who's|who is|aged?|turned|turning"
    r"|(?:mother|mum|father|dad|nan|nana|gran|granny|grandma|grandad|wife|husband|partner|son|daughter|brother|sister"
    r"|aunt|uncle|neighbour|friend|boy|girl|child)(?:'s| is| was)"
)
_AMOUNT: Final = (
    r"%|\d|[.:/]\d|per|miles?|min|hours?|days?|weeks?|months?|feet|stone|pounds?|percent|of\b|in\b|th\b|st\b|nd\b|rd\b"
)
_AGE: Final = re.compile(
    rf"\b(?:(?:{_SOMEBODY})(?: now| nearly| almost| over| only| just)? (?P<age>\d{{1,3}})(?! ?(?:{_AMOUNT}))"
    r"|(?P<old>\d{1,3})[ -]years?[ -]olds?\b"
    r"|over[ -](?P<over>\d{2})'?s\b|under[ -](?P<under>\d{1,2})'?s\b"
    r"|in (?:my|his|her|their|our) (?P<tens>sixties|seventies|eighties|nineties|[6-9]0(?='?s))\b)"
)
_DIGITS: Final = frozenset("0123456789")
_TENS: Final = {"sixties": 65, "seventies": 75, "eighties": 85, "nineties": 95}
_GROUPS: Final = ((11, "children"), (24, "young_people"), (64, None), (120, "older_people"))  # up to this age


class Aged(NamedTuple):
    """A group of `audiences.toml`, told by an age at `start` to `end`."""

    group: str
    start: int
    end: int


def find(text: Spoken) -> Iterator[Aged]:
    """Every group whose age is told in a text. Most texts hold no number.

    >>> from consultation.tagging.rules import spoken
    >>> text = spoken.read("My mother is 88, my son's 34, I'm 9 miles away and aged 14")
    >>> [(found.group, found.start) for found in find(text)]
    [('older_people', 3), ('young_people', 51)]
    """
    if _DIGITS.isdisjoint(map(itemgetter(0), text.words)) and _TENS.keys().isdisjoint(text.words):
        return
    for hit in _AGE.finditer(text.flat):
        age = _age(hit)
        if group := next((group for most, group in _GROUPS if age <= most), None):
            yield Aged(group, *hit.span())


def _age(hit: re.Match[str]) -> int:
    """The age of somebody who is spoken of: of the over 50s and the under 25s, of one of them."""
    if hit["tens"]:
        return _TENS.get(hit["tens"]) or int(hit["tens"]) + 5
    if hit["over"]:
        return int(hit["over"]) + 15
    return int(hit["under"]) - 1 if hit["under"] else int(hit["age"] or hit["old"])
