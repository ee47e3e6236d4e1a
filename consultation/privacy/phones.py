"""Telephone numbers: of the United Kingdom by their numbering plan, of other countries with their "+" or a word for it.

What Ofcom keeps for drama counts, since a reader cannot tell it from a real one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from consultation.privacy.context import BEFORE, Span, not_a_persons
from consultation.privacy.spoken import spoken

_GAP: Final = r"[\s().\u00a0\u2010-\u2015/_-]{0,3}"
_EXT: Final = r"(?:x|ext\.?|extn\.?|extension)\s?\d{1,5}\b"
_EXTENSION: Final = rf"(?:,?\s?(?:{_EXT}|\({_EXT}\)))?"
_AFTER: Final = r"(?![\dA-Z%]|[.,:]\d|-\d)"
_UK: Final = re.compile(  # with the 0 or the country's 44, then nine or ten digits; a text relay's 18001 before it
    rf"(?<![\d£$€])(?<!\d[.,:])(?:1800[012]\s)?(?P<number>(?:\(?(?:\+|"
    rf"00)\s?\(?44\)?{_GAP}(?:\(?0\)?{_GAP})?|44\s?(?=7)|"
    rf"\(0\)\s?|\(?0[ (]?)[1-35789](?:{_GAP}\d){{8,9}}){_EXTENSION}{_AFTER}"
)
_DIGITS: Final = re.compile(  # of other countries, and local numbers
    r"(?<!\d[.,])(?<![\w£$€#/-])(?:\+|\(\+?)?\d[\d\s().\u00a0\u2010-\u2015/-]{4,22}\d"
    rf"{_EXTENSION}(?![\w/%]|[.,:]\d|-\d)"
)
_ANOTHER: Final = re.compile(
    rf"\s?(?:/|,|;|&|\bor\b|\band\b)\s?(\d{{3,4}}[ -]?\d{{3,4}}){_AFTER}(?!/)|/(\d{{1,3}})\b(?!/)"
)
_O_SIGN: Final = re.compile(r"[Oo]\d")
_LETTER_O: Final = re.compile(r"(?<![A-Za-z\d])[Oo](?=\d)|(?<=\d)[Oo]+(?=[\d\s]|$)")
_CUE: Final = re.compile(  # after these, any grouping of a United Kingdom number is one
    r"(?:\b(?:phone|telephone|tel|mobile|mob|cell|landline|whatsapp|fax|call|ring|dial|text|reach|contact|"
    r"number|messages?|answering)\b\.?"
    r"(?:\s(?:me|us|him|her|them|no|number|numbers|is|on|at|to|about this))*|[(\s](?:m|h|w|t|tel)\)?:?)\s?\W{0,4}$",
    re.I,
)
_SAID: Final = re.compile(  # and after these, a number of any country is
    r"\b(?:(?:phone|telephone|tel|mobile|mob|cell|landline|whatsapp|fax|desk|contact (?:no|"
    r"number))\b\.?(?:\s(?:no|number|is|on|at))*|"
    r"(?:call|ring|text|reach|contact|messages?|answering)\b(?:\s(?:me|us|him|her|them))?\s(?:on|at|to))\s?\W{0,4}$",
    re.I,
)
_SAID_AFTER: Final = re.compile(
    r"\s?[-–(]?\s?(?:office|mobile|fax|home|work|desk|cell|landline|daytime|evenings?|direct)\b", re.I
)
_LOCAL_CUE: Final = re.compile(
    r"\b(?:phone|telephone|tel|mobile|mob|(?:ring|call|phone) (?:me|us)(?: on)?|(?:my|our|"
    r"home) (?:phone )?(?:number|no))\b"
    r"\.?\W{0,3}(?:no|number)?\W{0,3}(?:is\s)?(?-i:[A-Z][a-z]+ )?$",
    re.I,
)


def phones(text: str) -> Iterator[Span]:
    """Telephone numbers, with their extension; a second one that is cut short ("or 960143") is found after a first."""
    plain = _LETTER_O.sub(lambda found: "0" * len(found[0]), text) if _O_SIGN.search(text) else text
    told: list[Span] = [*_of_this_country(plain), *_spoken(text)]
    for start, end in told:
        yield start, end
        another = _ANOTHER.match(plain, end)
        if another and another[1]:
            yield another.span(1)
        elif another:
            yield start, another.end()
    for found in _DIGITS.finditer(plain, _first_digit(plain)):
        start, end = _unbracketed(plain, *found.span())
        if not any(a < end and start < b for a, b in told) and _of_elsewhere(plain, start, end):
            yield start, end


def _of_this_country(text: str) -> Iterator[Span]:
    last = -1
    for found in _UK.finditer(text, _first_digit(text)):
        start, end = _unbracketed(text, *found.span())
        before = text[max(0, start - BEFORE) : start]
        cued = _CUE.search(before) is not None or _SAID_AFTER.match(text, end) is not None
        beside = last >= 0 and re.fullmatch(r"\s?(?:/|or|and|,|;|-)?\s?", text[last:start]) is not None
        if before[-1:] in ("/", "#", "-", "_") and not (beside or cued or before[-2:-1].isspace()):
            continue
        if not_a_persons(text, start, end) or re.match(r"/\d{2}(?!\d)", text[end : end + 4]):
            continue
        if _planned(found["number"], cued or beside):
            last = end
            yield start, end


def _first_digit(text: str) -> int:
    """Where a number can begin: its first digit, or the signs that may stand before one."""
    found = re.search(r"\d", text)
    return max(0, found.start() - 3) if found else len(text)


def _spoken(text: str) -> Iterator[Span]:
    for start, end, digits in spoken(text):
        if digits.startswith(("0", "44")) and _planned(digits, True) and not not_a_persons(text, start, end):
            yield start, end


def _unbracketed(text: str, start: int, end: int) -> Span:
    """Without a bracket that was opened before the number, and without one that has no partner."""
    told = text[start:end]
    if told.startswith("(") and told.count("(") > told.count(")"):
        start += 1
    if told.count(")") > told.count("(") and told.endswith(")"):
        end -= 1
    return start, end


def _planned(told: str, cued: bool) -> bool:
    """Whether a number is one of the United Kingdom's plan, grouped as people group them."""
    digits = re.sub(r"\D", "", told)
    international = not digits.startswith("0") or digits.startswith("00")
    rest = re.sub(r"^(?:00)?44", "", digits) if international else digits[1:]
    local = rest.removeprefix("0")
    if digits.startswith("44") and not told.lstrip("(").startswith("+") and not cued:
        return False
    if not (len(local) == 10 and local[0] in "1235789") and not (local[0] == "1" and len(local) == 9):
        return False
    if local[0] in _SECOND and local[1] not in _SECOND[local[0]]:
        return False
    if international or cued:
        return True
    groups = re.findall(r"\d+", told.replace("(0) ", "0"))
    if _DATED.match(told) or re.search(r"(?<=\d)\s-\s", told):
        return False
    return len(groups[0]) != 2 and min(len(group) for group in groups) > 1  # nobody writes a single digit apart


# By the first digit after the 0, what the second may be.
_SECOND: Final = {"1": "123456789", "2": "03489", "3": "03479", "5": "56", "7": "01345789", "8": "04578"}
_DATED: Final = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d")


def _of_elsewhere(text: str, start: int, end: int) -> bool:
    told = text[start:end]
    digits = re.sub(r"\D", "", re.split(r",?\s?\(?[xe]", told)[0])
    if not 6 <= len(digits) <= 15 or _date_like(told) or not_a_persons(text, start, end):
        return False
    before = text[max(0, start - BEFORE) : start]
    if re.fullmatch(r"\d{3,4}[ -]?\d{3,4}", told) and _LOCAL_CUE.search(before):
        return True
    if len(digits) == 6:
        return False
    said = _SAID.search(before) is not None or _SAID_AFTER.match(text, end) is not None
    return said or (told.lstrip("(").startswith("+") and _possible(told))


def _possible(told: str) -> bool:
    import phonenumbers

    try:
        return bool(phonenumbers.is_possible_number(phonenumbers.parse(told, None)))
    except phonenumbers.NumberParseException:
        return False


def _date_like(told: str) -> bool:
    return bool(
        re.fullmatch(r"\d{1,2}([/.\-\s])\d{1,2}\1\d{2,4}", told)
        or re.fullmatch(r"(?:19|20)\d\d([/.\-])\d{1,2}\1\d{1,2}.*", told)
        or re.fullmatch(r"(?:1[89]|20)\d\d\s?[/\-–—]\s?(?:1[89]|20)\d\d", told)
    )
