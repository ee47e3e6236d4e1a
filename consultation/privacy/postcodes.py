"""Whole postcodes of areas that exist, however they are spaced and in either case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from consultation.privacy.context import BEFORE, Span, not_a_persons
from consultation.privacy.words import listed

_AREAS: Final = listed("numbers.txt", "postcode areas")
_SHORT_WORDS: Final = listed("numbers.txt", "not on plates")
_FRONT: Final = r"(?<![\w£$-])(?<![\d.]\.)"
_BACK: Final = r"(?!\w|-\d|(?-i:-[A-Z])|[.,]\d|/(?!\s|[A-Z]{1,2}\d))"
_POSTCODE: Final = re.compile(
    rf"{_FRONT}(?P<area>[A-Z][A-Z0]?)[0-9O][0-9A-HJKMNP-Y]?"
    rf"(?P<gap>[ \u00a0]{{0,2}}|"
    rf"[-.,_])(?P<inward>[0-9O][ABD-HJLNP-UW-Z]{{2}}){_BACK}",
    re.I,
)
_SPREAD: Final = re.compile(
    rf"{_FRONT}(?P<area>[A-Z] ?[A-Z]?) ?[0-9] ?[0-9A-HJKMNP-Y]? "
    rf"(?P<inward>[0-9] ?[ABD-HJLNP-UW-Z] ?[ABD-HJLNP-UW-Z]){_BACK}"
)
_CUE: Final = re.compile(r"\bpost ?codes?\b[^.!?\n]{0,20}$", re.I)
_ORDINAL: Final = re.compile(r"1st|2nd|3rd|\dth", re.I)
_A_THING: Final = re.compile(r"\b(?:is|was|are|were)\s(?:an?|the)\s$", re.I)  # "the boiler is a ..."
_OF_PLACES: Final = re.compile(r"\s(?:address|post ?code|area|end|side|part)\b", re.I)


def postcodes(text: str) -> Iterator[Span]:
    """Whole postcodes; "A2 5th" and a half of one are none."""
    last = -1
    for found in _POSTCODE.finditer(text):
        cued = _CUE.search(text[max(0, found.start() - BEFORE) : found.start()]) is not None
        typed = found["area"].upper().replace("0", "O")
        if typed not in _AREAS or (text[found.start() - 1 : found.start()] == "/" and last != found.start() - 1):
            continue
        slip = found["gap"] in (".", ",", "_") or (found["gap"] == "-" and len(found[0]) < 8)
        if slip and not (cued or found[0].isupper()):
            continue
        if found["inward"][0] in "Oo" and (found["inward"].upper() in _SHORT_WORDS or not (cued or found[0].isupper())):
            continue
        if _ORDINAL.fullmatch(found["inward"]) and not found["inward"].isupper():
            continue
        if cued or not _somethings(text, *found.span()):
            last = found.end()
            yield found.span()
    for found in _SPREAD.finditer(text):
        if found["area"].replace(" ", "") in _AREAS and not _somethings(text, *found.span()):
            yield found.span()


def _somethings(text: str, start: int, end: int) -> bool:
    if not_a_persons(text, start, end):
        return True
    return _A_THING.search(text[max(0, start - 12) : start]) is not None and not _OF_PLACES.match(text, end)
