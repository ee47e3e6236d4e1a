"""Street addresses: a house (number or name) and its street, with the flat before and the village after it.

A street alone is no address of a person: "the lorries on Mill Lane" is left alone, and so is "the 12 to Mill Lane".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from consultation.privacy.context import Span
from consultation.privacy.words import any_of

_STREET_TYPE: Final = any_of("addresses.txt", "street types")
_WORD: Final = r"(?:[A-ZÀ-Þ][\w’'.-]*|of|the|on|in|le|la|de|and|upon|by)"
_STREET: Final = (
    rf"(?:The )?(?:{_WORD} ){{0,3}}?[A-ZÀ-Þ][\w’'.-]*(?: {_WORD})?? {_STREET_TYPE}\b(?:\.|(?: (?:North|South|"
    rf"East|West|N|S|E|W)\b))?"
)
_THE_STREET: Final = rf"The {any_of('addresses.txt', 'the streets')}\b"
_ONE_WORD: Final = rf"(?:High Street|{any_of('addresses.txt', 'streets of one word')})"
_NUMBER: Final = r"(?:\d{1,4}(?:\s?[A-Za-z](?=[ ,]))?(?:\s?(?:-|–|/|to)\s?\d{1,4}[A-Za-z]?)?)"
_UNIT: Final = (
    r"(?:(?:[Ff]lat|FLAT|[Aa]partment|[Aa]pt\.?|[Uu]nit|[Rr]oom|[Ss]uite|[Mm]aisonette|[Pp]lot|[Bb]lock|"
    r"[Ss]tudio) (?:No\.? ?)?[0-9A-Za-z]{1,4}"
    r"(?:[,/ ] ?(?:Floor \d|\d\w\w [Ff]loor))?|(?:[Tt]op|[Gg]round|[Ff]irst|[Bb]asement|[Gg]arden)(?: "
    r"[Ff]loor)? [Ff]lat|Flat [A-Z]?\d{1,3}[A-Z]?)"
)
_BUILDING: Final = r"(?:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3})"
_VILLAGE: Final = (
    r"(?:,\s(?!(?:I|We|My|And|But|The|He|She|It|They|Our|You|Which|Where|Who)\b)[A-Z][\w’'-]+(?:[ -](?:on|"
    r"upon|in|the|le|under|next|by|of|cum|St\.?|[A-Z][\w’'-]+)){0,4}?(?=[,.;:!?)\n]|\s+(?:[A-Z]{1,2}\d|"
    r"[a-z(])|\s*$))"
)
_HOUSE_TYPE: Final = any_of("addresses.txt", "house types")
_PRIVATE_HOUSE: Final = re.compile(rf"\b(?:Old \w+|{any_of('addresses.txt', 'private houses')})$")

_NUMBERED: Final = re.compile(
    rf"(?<![\w£$€.,:/+-])(?:{_UNIT},?\s)?(?:{_BUILDING},\s(?=\d))?(?:[Nn]o\.? ?|[Nn]umber |[Nn]um\.? ?|"
    rf"#)?{_NUMBER},?\s(?:{_STREET}|{_THE_STREET}|{_ONE_WORD}){_VILLAGE}{{0,3}}"
)
_NUMBERED_SMALL: Final = re.compile(
    r"(?<![\w£$€.,:/+-])(?:flat \w{1,3},? )?(?:no\.? ?|number )?\d{1,4}[a-z]?,? (?:[a-z’'-]{3,} "
    r"){1,3}(?:road|rd|street|lane|avenue|ave|close|drive|way|"
    r"crescent|gardens|grove|terrace|mews|court|place|square|walk)\b"
)
_UNIT_IN: Final = re.compile(
    rf"{_UNIT},?\s{_BUILDING}(?:,\s(?:{_NUMBER}\s)?(?:{_STREET}|{_THE_STREET}))?{_VILLAGE}{{0,2}}"
)
_FLAT: Final = re.compile(r"flat|apartment|apt|maisonette", re.I)
_HOUSE_NAMED: Final = re.compile(
    rf"(?:The )?(?:[A-Z][\w’'-]+ ){{1,3}}{_HOUSE_TYPE},\s(?:{_STREET}|{_THE_STREET}|{_ONE_WORD}){_VILLAGE}{{0,2}}|"
    rf"The (?:Old )?{_HOUSE_TYPE},\s(?:{_STREET}|{_THE_STREET}){_VILLAGE}{{0,2}}"
)
_CALLED: Final = re.compile(rf"(?:[‘“'\"]?[A-Z][\w’'-]+[’”'\"]?),\s(?:{_STREET}|{_THE_STREET}){_VILLAGE}{{0,2}}")
_LIVE_CUE: Final = re.compile(
    r"\b(?:liv(?:e|es|ed|ing)|resid(?:e|es|ing)|address(?: is|:)?|my home|our home|my house|our house|"
    r"moved (?:in)?to|neighbour|write to (?:me|us)|yours|sincerely)\b[^.!?\n]{0,30}$",
    re.I,
)
_LIVING_AT: Final = re.compile(
    rf"\b(?:[Ll]iv(?:e|es|ed|ing) at|[Rr]esid(?:e|es|ing) at|[Hh]ome is|[Aa]ddress(?: is|:)|[Ww]rite to "
    rf"(?:me|us) at)\s({_NUMBER},?\s[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){{0,3}}{_VILLAGE}{{0,2}})"
)
_NOT_A_HOUSE: Final = re.compile(
    r"(?:\b(?:bus(?:es)?|route|routes|service|services|tram|line|number of|all|these|those|about|around|"
    r"over|under|nearly|almost|"
    r"only|least|than|top|some|more|of the|for the|page|pages|section|option|options|question|outcome|"
    r"priority|policy|figure|table|appendix|chapter|paragraph|para|"
    r"phase|stage|zone|junction|platform|grade|level|key stage|year|years|bay|stop|aged?|every|another|"
    r"other|extra|new|additional|costs?|total|take the|catch the|on the|the)|[£€$])\s*$",
    re.I,
)


def street_addresses(text: str) -> Iterator[Span]:
    """A house and its street, from the flat to the village; the postcode is found apart."""
    if _has_digit(text):
        for pattern in (_NUMBERED, _NUMBERED_SMALL):
            for found in pattern.finditer(text):
                if not _NOT_A_HOUSE.search(text[max(0, found.start() - 24) : found.start()]) and _a_house(
                    found[0], text, found
                ):
                    yield _without_place_words(found)
        for found in _UNIT_IN.finditer(text) if _FLAT.search(text) else ():
            if re.match(r"(?:[Ff]lat|FLAT|[Aa]p|[Mm]ais|[Tt]op|[Gg]round|[Ff]irst|[Bb]asement)", found[0]):
                yield found.span()
        for found in _LIVING_AT.finditer(text):
            yield found.span(1)
    for found in _HOUSE_NAMED.finditer(text):
        before = text[max(0, found.start() - 60) : found.start()]
        if (
            _PRIVATE_HOUSE.search(found[0].split(",")[0])
            or _LIVE_CUE.search(before)
            or _at_line_start(text, found.start())
        ):
            yield found.span()
    for found in _CALLED.finditer(text):
        if re.search(
            r"\b(?:live|lives|lived|living|reside|my (?:home )?address is|(?:[Ww]e|us|[Ii]|me)(?: are|'m|"
            r"’m|'re|’re| am)?|our house|my house|home)\s(?:at|in|is)?,?\s?$",
            text[max(0, found.start() - 30) : found.start()],
            re.I,
        ):
            yield found.span()


def _has_digit(text: str) -> bool:
    return any(sign in text for sign in "0123456789")


def _at_line_start(text: str, start: int) -> bool:
    """A line that begins with a house and its street is the head of a letter, unless it is the only line."""
    return "\n" in text and (start == 0 or text[start - 1] == "\n")


_YEAR: Final = re.compile(r"(?:19|20)\d\d\b")
_UNITS_OF: Final = re.compile(
    r"^\d{1,4},?\s(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December|Mon|Tue|Wed|Thu|Fri|Sat|Sun)",
    re.I,
)
_COUNTED_SMALL: Final = re.compile(
    r"^\d{1,4} (?:(?:hours?|days?|weeks?|months?|years?|minutes?|mins|miles?|mph|metres?|people|of|in|"
    r"the|per|on|and|more|cars|houses|homes|new|"
    r"times|to|for|at|from|is|was|or|pm|am|percent|residents|trees|shops|schools|children)\b)"
)


def _a_house(told: str, text: str, found: re.Match[str]) -> bool:
    """Whether the number is a house's: no year, no date, no count of things."""
    if _UNITS_OF.match(told) or _COUNTED_SMALL.match(told):
        return False
    if _YEAR.match(told) and re.search(
        r"\b(?:in|since|until|from|by|of|to|before|after|during|and)\s$",
        text[max(0, found.start() - 8) : found.start()],
        re.I,
    ):
        return False
    after = text[found.end() : found.end() + 30]
    counted = re.match(
        r"\s(?:residents|households|closures?|benches|bays|lights|permits|homes|houses|properties|"
        r"traders|shops|objections|objectors|signatures|people|users|families|pupils|patients|cars|"
        r"spaces|plots|flats|businesses|branches|buses|trees|lamps|petitions?)\b",
        after,
    )
    return not counted


def _without_place_words(found: re.Match[str]) -> Span:
    start, end = found.span()
    told = found[0].rstrip(" ,")
    return start, start + len(told) if end else end
