"""Vehicle registrations, by the forms that the DVLA and its forerunners gave out.

The form of 2001 in capitals is one by itself; older forms and small letters are where it is about a vehicle, and
anything with a letter and a digit where the words say that it is a registration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from consultation.privacy.context import Span, not_a_persons
from consultation.privacy.words import any_of, listed

_SMALL: Final = r"(?!(?:is|no|was|of|as|at|in|on|to|the|and|for)\b)"
_PRESENT: Final = re.compile(r"(?<![\w/-])([A-Z]{2}[ -]?\d{2})[ \u00a0-]{0,2}([A-Z]{3})(?![\w/-])", re.I)
_ISSUED: Final = re.compile(r"[A-HJ-PR-Y]{2}(?!0[01]|50)\d{2}[ \u00a0-]{0,2}[A-HJ-PR-Z]{3}")
_OLD: Final = re.compile(  # K123 ABC of 1983, ABC 123K of 1963, AIZ 4471 of Northern Ireland
    rf"(?<![\w/-]){_SMALL}(?:[A-HJ-NPQR-TV-Y]\d{{1,3}}[ \u00a0]?[A-HJ-PR-Y][A-Z]{{2}}|"
    r"[A-Z]{3}[ \u00a0]?\d{1,3}[ \u00a0]?[A-HJ-NPR-TV-Y]|(?=[A-Z]{0,2}[IZ])[A-Z]{2,3}[ \u00a0]?\d{1,4})(?![\w/-])",
    re.I,
)
_CUE: Final = re.compile(rf"\b{any_of('numbers.txt', 'vehicles')}\b", re.I)
_SAID: Final = re.compile(
    r"\b(?:(?:reg|regs|registration|registered|number ?plates?|licen[cs]e plate|plates?)\b"
    r"(?:\.|\s(?:no|"
    r"nos|number|mark|"
    r"plates?)\b)*|v\.?r\.?[nm]\b\.?)\W{0,3}(?:(?:is|was|of|as|reads?|said)\s)?[“\"'‘(]?"
    rf"(?P<plate>{_SMALL}(?:(?=[A-Z ]*\d)(?=[\d ]*[A-Z])"
    rf"(?:[A-Z]{{2}}[ -]?\d{{2}}[ -]?[A-Z]{{3}}|"
    rf"(?:[A-Z0-9] ){{3,6}}[A-Z0-9]|"
    rf"[A-Z0-9]{{1,4}}[ -]?[A-Z0-9]{{1,4}})|"
    r"(?-i:\d{1,4} ?[A-Z]{1,3}|[A-Z]{1,3} ?\d{1,4})))(?![\w/-])",
    re.I,
)
_COUNTED: Final = re.compile(r"\d+ ?(?:st|nd|rd|th|am|pm|mph|cars?|vans?|year|days?|mins?|a|i)$|[a-z]{2,} \d{1,4}$")
_SHORT_WORDS: Final = listed("numbers.txt", "not on plates")


def vehicle_plates(text: str) -> Iterator[Span]:
    """Number plates: of every form that is given out, and private ones where the words say so."""
    yield from (found.span("plate") for found in _SAID.finditer(text) if _as_plates_are(found["plate"]))
    for found in _PRESENT.finditer(text):
        word = found[2].upper() in _SHORT_WORDS
        certain = bool(_ISSUED.fullmatch(found[0])) and not word and not _said_otherwise(text, *found.span())
        if certain or (not word and _about_a_vehicle(text, *found.span())):
            yield found.span()
    for found in _OLD.finditer(text):
        word = not _SHORT_WORDS.isdisjoint(re.findall(r"[A-Z]{3}", found[0]))
        if found[0].isupper() and not word and _about_a_vehicle(text, *found.span()):
            yield found.span()


def _as_plates_are(told: str) -> bool:
    """Letters and digits, no count of things; in small letters and with a space only where it has a known form."""
    if _COUNTED.match(told) or not (re.search(r"\d", told) and re.search(r"[A-Za-z]", told)):
        return False
    return (
        told.isupper()
        or (told[:2].isalpha() and told[2:4].isdigit())
        or " " not in told
        or bool(_PRESENT.fullmatch(told) or _OLD.fullmatch(told))
    )


def _about_a_vehicle(text: str, start: int, end: int) -> bool:
    near = (
        re.split(r"(?<!reg)(?<!no)[.!?]\s", text[max(0, start - 120) : start])[-1]
        + " "
        + re.split(r"[.!?]\s", text[end : end + 90])[0]
    )
    return bool(_CUE.search(near)) and not _said_otherwise(text, start, end)


def _said_otherwise(text: str, start: int, end: int) -> bool:
    found = not_a_persons(text, start, end)
    return found is not None and not re.search(r"\bregistration|registered|\breg\b", found[0], re.I)
