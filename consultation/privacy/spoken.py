"""Numbers that are spelt out or dictated: "oh double seven, nine hundred, one four two" is 077900142."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

_DIGIT: Final = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "naught": "0", "nil": "0", "one": "1", "two": "2", "three": "3",
    "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_TIMES: Final = {"double": 2, "treble": 3, "triple": 3}
_WORD: Final = "|".join(_DIGIT)
_GROUP: Final = rf"(?:(?:double|treble|triple)[ -])?(?:\d{{1,5}}|{_WORD})(?:[ -]hundred)?"
_RUN: Final = re.compile(rf"(?<![\w.-])(?<!\d,){_GROUP}(?:[ \u00a0,–-]{{1,3}}(?:and )?{_GROUP}){{3,15}}(?!\w)", re.I)
_RARE: Final = frozenset({*_DIGIT, *_TIMES})
_TOKEN: Final = re.compile(r"\d+|[a-z]+", re.I)


def spoken(text: str) -> Iterator[tuple[int, int, str]]:
    """Runs of digits of which some are words: start, end, and the digits.

    >>> list(spoken("ring oh one double two, 3 four"))
    [(5, 30, '012234')]
    """
    if not is_spoken(text):
        return
    for found in _RUN.finditer(text):
        if re.search(r"[a-z]", found[0], re.I):
            yield *found.span(), _digits(found[0])


def is_spoken(text: str) -> bool:
    """Whether there may be such a run: two words for digits, or one and a number, beside each other."""
    told = [word.strip(",.-") for word in text.lower().split()]
    return any(one in _RARE and (other in _RARE or other.isdigit()) for one, other in pairwise(told))


def _digits(told: str) -> str:
    digits, times = "", 1
    for token in _TOKEN.findall(told.casefold()):
        if token in _TIMES:
            times = _TIMES[token]
        elif token == "hundred":
            digits += "00"
        elif token != "and":
            digits += _DIGIT.get(token, token) * times
            times = 1
    return digits
