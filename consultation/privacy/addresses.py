"""Street addresses: a house (number or name) and its street, with the flat before and the village after it.

A street alone is no address of a person: "the lorries on Mill Lane" is left alone, and so is "the 12 to Mill Lane".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from consultation.privacy.context import Span
from consultation.privacy.name_parts import TITLES, is_given
from consultation.privacy.words import any_of, listed

_STREET_TYPE: Final = any_of("addresses.txt", "street types")
_WORD: Final = r"(?:[A-ZÀ-Þ][\w’'.-]*|of|the|on|in|le|la|de|and|upon|by)"
_STREET: Final = (
    rf"(?:The )?(?:{_WORD} ){{0,3}}?[A-ZÀ-Þ][\w’'.-]*(?: {_WORD})?? {_STREET_TYPE}\b"
    rf"(?: {_STREET_TYPE}\b)?(?:\.|(?: (?:North|South|East|West|N|S|E|W)\b))?"
)
_THE_STREET: Final = rf"[Tt]he (?:High )?{any_of('addresses.txt', 'the streets')}s?\b"
_ONE_WORD: Final = rf"(?:High Street|{any_of('addresses.txt', 'streets of one word')})"
_WELSH: Final = (
    rf"{any_of('addresses.txt', 'streets that begin so')}(?: (?:y|yr|a|ap|ar|uchaf|isaf))?(?: [A-Z][\w’'-]+){{1,3}}"
)
_ANY_STREET: Final = rf"(?:{_STREET}|{_THE_STREET}|{_ONE_WORD}|{_WELSH})"
_NUMBER: Final = r"(?:\d{1,4}(?:\s?[A-Za-z](?=[ ,]))?(?:\s?(?:-|–|/|to|and|&)\s?\d{1,4}[A-Za-z]?)?)"
_UNIT: Final = (
    r"(?:(?:(?i:flat|apartment|apt|unit|room|suite|maisonette|plot|block|studio|pitch|caravan|chalet|berth|mooring|"
    r"lodge|bedsit)\.?) (?:[Nn]o\.? ?)?[0-9A-Za-z]{1,4}(?:/\d{1,2})?\b"
    r"(?:[,/ ] ?(?:Floor \d|\d\w\w [Ff]loor))?|(?:[Tt]op|[Gg]round|[Ff]irst|[Bb]asement|"
    r"[Gg]arden)(?: [Ff]loor)? [Ff]lat)"
)
_BUILDING: Final = r"(?:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3})"
_VILLAGE: Final = (
    r"(?:,\s(?!(?:I|We|My|And|But|The|He|She|It|They|Our|You|Which|Where|Who)\b)[A-Z][\w’'-]+(?:[ -](?:on|"
    r"upon|in|the|le|under|next|by|of|cum|St\.?|[A-Z][\w’'-]+)){0,4}?(?=[,.;:!?)\n]|\s+(?:[A-Z]{1,2}\d|"
    r"[a-z(])|\s*$))"
)
_HOUSE_TYPE: Final = any_of("addresses.txt", "house types")
_HOME: Final = (
    r"(?:(?:Care|Nursing|Residential|Retirement|Rest) Home|(?:Caravan|Holiday|Mobile Home|Retirement) Park|"
    r"Almshouses)"
)
_PRIVATE_HOUSE: Final = re.compile(rf"\b(?:Old \w+|{any_of('addresses.txt', 'private houses')})$")

_NUMBERED: Final = re.compile(
    rf"(?<![\w£$€.,:/+-])(?:{_UNIT},?\s)?(?:{_BUILDING},\s(?=\d))?(?:[Nn]o\.? ?|[Nn]umber |[Nn]um\.? ?|"
    rf"#)?{_NUMBER},?\s(?:{_BUILDING} (?:House|Court|Lodge|Mansions|Towers?|Point|Heights|Buildings|"
    rf"Almshouses),\s)?{_ANY_STREET}"
    rf"(?:,\s{_UNIT})?{_VILLAGE}{{0,3}}"
)
_PLAIN_TYPE: Final = (
    r"(?:road|rd|street|st|lane|ln|avenue|ave|close|drive|way|crescent|cres|gardens|gdns|grove|terrace|"
    r"mews|court|place|"
    r"square|walk|parade)"
)
_NUMBERED_SMALL: Final = re.compile(
    rf"(?<![\w£$€.,:/+-])(?:flat \w{{1,3}},? )?(?:no\.? ?|"
    rf"number )?\d{{1,4}}[a-z]?,? (?:[a-z’'-]{{3,}} ){{1,3}}{_PLAIN_TYPE}\b|"
    rf"(?<![\w£$€.,:/+-])(?:FLAT \w{{1,3}},? )?(?:NO\.? ?|"
    rf"NUMBER )?\d{{1,4}}[A-Z]?,? (?:[A-Z’'-]{{3,}} ){{1,3}}{_PLAIN_TYPE.upper()}\b"
)
_NO_STREET: Final = listed("addresses.txt", "not in small letters")
_IN_WORDS: Final = re.compile(  # "at fourteen Mill Lane"
    r"\b(?:at|number|no|address is|live in|c/o)\s((?:one|two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven|twelve|\w{3,5}teen|"
    rf"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -]\w{{3,5}})?)\s(?:{_STREET}|"
    rf"{_THE_STREET}){_VILLAGE}{{0,2}})|"
    rf"^((?:\w{{3,5}}teen)\s{_STREET})"
)
_UNIT_IN: Final = re.compile(
    rf"{_UNIT},?\s{_BUILDING}(?:,\s(?:{_NUMBER}\s)?(?:{_STREET}|{_THE_STREET}))?{_VILLAGE}{{0,2}}"
)
_UNITS: Final = (
    "flat",
    "apartment",
    "apt",
    "maisonette",
    "caravan",
    "pitch ",
    "chalet",
    "berth",
    "care home",
    "nursing home",
)
_NUMBER_WORDS: Final = (
    "teen ",
    "ty ",
    " one ",
    " ten ",
    "two ",
    "three ",
    "four ",
    "five ",
    "six ",
    "seven ",
    "eight ",
    "nine ",
)
_BOATS: Final = ("nb ", "n/b ", "boat ", "barge ")
_UNIT_OF_HOME: Final = re.compile(
    rf"(?i:flat|apartment|apt|maisonette|top|ground|first|basement|caravan|pitch|chalet|berth)\b|.*\b{_HOME}"
)
_HOUSE_NAMED: Final = re.compile(
    rf"(?:The )?(?:[A-Z][\w’'-]+ ){{1,3}}(?:{_HOUSE_TYPE}|{_HOME}),\s{_ANY_STREET}{_VILLAGE}{{0,2}}|"
    rf"The (?:Old )?{_HOUSE_TYPE},\s(?:{_STREET}|{_THE_STREET}){_VILLAGE}{{0,2}}"
)
_CALLED: Final = re.compile(
    rf"(?:[‘“'\"]?(?:The )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?[’”'\"]?),\s(?:{_STREET}|{_THE_STREET}){_VILLAGE}{{0,2}}"
)
_BOAT: Final = re.compile(
    r"\b(?:nb|n/b|NB|[Nn]arrow ?boat|[Hh]ouseboat|[Bb]arge)\s[‘“'\"]?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?[’”'\"]?,?\s"
    r"(?:(?:moored )?(?:at|on|in)\s)?(?:[A-Z][\w’'-]+ ){1,2}(?:Wharf|Marina|Moorings?|Basin|Quay|Locks?|Canal|Dock)\b"
)
_LIVE_CUE: Final = re.compile(
    r"\b(?:liv(?:e|es|ed|ing)|resid(?:e|es|ing|ents?)|address(?: is|:)?|my home|our home|my house|our house|"
    r"moved (?:in)?to|neighbour|writ(?:e|es|ing) (?:to (?:me|us)|from)|(?:I|we) farm|farming|(?:I am|I[’']m|we are|"
    r"we[’']re|here|us|me|mum|dad|nan|gran) at|from|yours|sincerely|c/o)\b[^.!?\n]{0,30}$",
    re.I,
)
_POSTCODE_AFTER: Final = re.compile(r",?\s(?:[A-Z][\w-]+,?\s){0,2}[A-Z]{1,2}\d[\dA-Z]?\s?\d[A-Z]{2}\b")
_AT_HOME: Final = re.compile(
    r"\b(?:live|lives|lived|living|reside|(?:home|address) (?:is|was)|write from|writing from|(?:[Ww]e|us|"
    r"[Ii]|me)(?: are|'m|"
    r"’m|'re|’re| am)?|our house|my house|home)(?:,|\s(?:at|in|is)|\s)?,?\s?$",
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
    if any(sign in text for sign in "0123456789"):
        yield from _numbered(text)
    small = text.lower()
    if any(word in small for word in _NUMBER_WORDS):
        yield from (found.span(found.lastindex or 0) for found in _IN_WORDS.finditer(text))
    if any(word in small for word in _UNITS):
        yield from (found.span() for found in _UNIT_IN.finditer(text) if _UNIT_OF_HOME.match(found[0]))
    if ", " in text:
        yield from _named(text)
    if any(word in small for word in _BOATS):
        yield from (found.span() for found in _BOAT.finditer(text))


def _numbered(text: str) -> Iterator[Span]:
    for pattern in (_NUMBERED, _NUMBERED_SMALL):
        for found in pattern.finditer(text):
            if not _NOT_A_HOUSE.search(text[max(0, found.start() - 24) : found.start()]) and _a_house(text, found):
                yield found.start() + _name_before(found[0]), found.start() + len(_without_full_stop(found[0]))
    yield from (found.span(1) for found in _LIVING_AT.finditer(text))


def _name_before(told: str) -> int:
    """How much of an address is somebody's name: "Ida Brack, 3 Mill Lane"; "Albert House, 3 Mill Lane" has none."""
    head = re.match(r"([A-Z][\w’'-]+)(?: [A-Z][\w’'-]+)*, (?=\d)", told)
    if not head or re.search(rf"{_HOUSE_TYPE},", head[0]):
        return 0
    return len(head[0]) if head[1].casefold() in TITLES or is_given(head[1]) else 0


def _named(text: str) -> Iterator[Span]:
    for found in _HOUSE_NAMED.finditer(text):
        house = found[0].split(",")[0]
        certain = _PRIVATE_HOUSE.search(house) or _POSTCODE_AFTER.match(text, found.end())
        if (
            certain
            or _LIVE_CUE.search(text[max(0, found.start() - 60) : found.start()])
            or _at_line_start(text, found.start())
        ):
            yield found.start(), found.start() + len(_without_full_stop(found[0]))
    for found in _CALLED.finditer(text):
        if _AT_HOME.search(text[max(0, found.start() - 30) : found.start()]):
            yield found.start(), found.start() + len(_without_full_stop(found[0]))


def _at_line_start(text: str, start: int) -> bool:
    """A line that begins with a house and its street is the head of a letter, unless it is the only line."""
    return "\n" in text and (start == 0 or text[start - 1] == "\n")


_YEAR: Final = re.compile(r"(?:19|20)\d\d\b")
_UNITS_OF: Final = re.compile(
    r"^\d{1,4},?\s(?:(?:hours?|minutes?|mins?|days?|weeks?|miles?|metres?|years?)\b|Downing|January|"
    r"February|March|April|May|June|July|August|September|October|November|"
    r"December|Mon|Tue|Wed|Thu|Fri|Sat|Sun)",
    re.I,
)
_COUNTED: Final = re.compile(
    r"\s(?:residents|households|closures?|benches|bays|lights|permits|homes|houses|properties|"
    r"traders|shops|objections|objectors|signatures|people|users|families|pupils|patients|cars|"
    r"spaces|plots|flats|businesses|branches|buses|trees|lamps|petitions?|junctions?|works|bus stops?)\b"
)


def _a_house(text: str, found: re.Match[str]) -> bool:
    """Whether the number is a house's: no year, no date, no count of things."""
    told = found[0]
    if _UNITS_OF.match(told):
        return False
    if not re.search(r"[a-z]" if told.isupper() else r"[A-Z]", told) and not _NO_STREET.isdisjoint(
        told.lower().split()[1:-1]
    ):
        return False  # all in small letters or in capitals
    if _YEAR.match(told) and re.search(
        r"\b(?:in|since|until|from|by|of|to|before|after|during|and)\s$",
        text[max(0, found.start() - 8) : found.start()],
        re.I,
    ):
        return False
    return not _COUNTED.match(text, found.end())


def _without_full_stop(told: str) -> str:
    """Without what ends the sentence: the full stop of "Rd." is the street's, that of "Lane." is not."""
    told = told.rstrip(" ,")
    return (
        told[:-1] if told.endswith(".") and not re.search(r"\b(?:[A-Z][a-z]{1,2}|Cresc?|Gdns|Terr)\.$", told) else told
    )
