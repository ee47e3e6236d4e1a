"""Numbers that stand for one person: NHS and National Insurance numbers, bank cards and accounts, number plates.

A number that only looks like one (an order number, a price, a grid reference) is left alone because of its check digit,
its grouping or the word before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from consultation.privacy.context import BEFORE, NOT_A_PERSONS, Span
from consultation.privacy.words import listed

# ------------------------------------------------------------------------------------------ numbers of the state

_GAP: Final = r"[ \u00a0\u2009\u202f.\u2013-]{0,2}"
_NHS: Final = re.compile(
    rf"(?<!\d[.,])(?<![\w£$€/)+-])(?:\d{{3}}[ \u00a0-]\d{{3}}[ \u00a0-]\d{{4}}|\d(?:{_GAP}\d){{9}}(?! "
    rf"\d))(?!\w|[.,/-]\d)"
)
_NHS_GROUPS: Final = re.compile(rf"\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{2}}|\d{{5}} \d{{5}}")
_NHS_CUE: Final = re.compile(
    r"\bNHS\b|\b(?:patient|hospital|medical|health|clinic|surgery|GP|doctor|prescription|CHI|H&C|"
    r"appointment|vaccination)(?:[’']s)?\b",
    re.I,
)
# The numbers that are given out: England and Wales, Northern Ireland, Scotland (a date of birth first), and tests.
_NHS_ISSUED: Final = re.compile(r"[467]|3[2-9]|999|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d")
_NI: Final = re.compile(
    r"(?<![\w/-])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ \u00a0.-]?\d{2}([ \u00a0.-]?)\d{2}\1\d{2}"
    r"[ \u00a0.-]?[A-D](?![\w/])",
    re.I,
)


def nhs_numbers(text: str) -> Iterator[Span]:
    """Ten digits whose last is right by the NHS's modulus 11, in a range that is given out or near a word that says so.

    One number in eleven passes the check by chance, so one that is said to be something else is left alone.
    """
    for found in _NHS.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        if not _nhs_check(digits):
            continue
        before = text[max(0, found.start() - BEFORE) : found.start()]
        near = text[max(0, found.start() - 90) : found.end() + 50]
        cued = bool(_NHS_CUE.search(near))
        other = NOT_A_PERSONS.search(before)
        if other and not (cued and _PAPER.match(other[0])):
            continue
        issued = _NHS_ISSUED.match(digits) and not digits.startswith("07") and _NHS_GROUPS.fullmatch(found[0])
        if cued or issued:
            yield found.span()


_PAPER: Final = re.compile(  # what an NHS number may stand on; goods and orders have numbers of their own
    r"(?:ref|refs|reference|card|file|case|record|report|form|log|document|registration|registered|"
    r"member|membership)\b",
    re.I,
)


def _nhs_check(digits: str) -> bool:
    """The last digit makes the weighted sum (10 to 2, then 1) a multiple of 11.

    >>> _nhs_check("9434765919"), _nhs_check("9434765918")
    (True, False)
    """
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    check = 11 - total % 11
    return check != 10 and check % 11 == int(digits[9]) and len(set(digits)) > 1


def ni_numbers(text: str) -> Iterator[Span]:
    """National Insurance numbers: two letters of those given out, six digits, a letter A to D."""
    for found in _NI.finditer(text):
        before = text[max(0, found.start() - BEFORE) : found.start()]
        if not NOT_A_PERSONS.search(before):
            yield found.span()


_CARD: Final = re.compile(r"(?<![\w.,-])(?:\d[ -]?){12,18}\d(?!\w|[.,-]\d)")
_IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_SORT_CODE: Final = re.compile(
    r"\bsort code\W{0,3}(?:is |no\W{0,2}|number )?\W{0,2}(\d{2}[- ]?\d{2}[- ]?\d{2})\b"
    r"(?:[^\d\n]{1,40}(\d{8})\b)?",
    re.I,
)


def bank_numbers(text: str) -> Iterator[Span]:
    """Card numbers and IBANs whose check digits are right, sort codes that are said to be one, with their account."""
    for found in _CARD.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        if digits[0] in "23456" and _luhn(digits):
            yield found.span()
    for found in _IBAN.finditer(text):
        if _iban_check(found[0].replace(" ", "")):
            yield found.span()
    if "ort code" in text or "ort Code" in text:
        for found in _SORT_CODE.finditer(text):
            yield from (found.span(group) for group in (1, 2) if found[group])


def _luhn(digits: str) -> bool:
    """The check of payment cards (ISO/IEC 7812-1)."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(part // 10 + part % 10 for part in doubled) % 10 == 0 and len(set(digits)) > 1


def _iban_check(code: str) -> bool:
    """The check of bank accounts (ISO 13616, modulus 97)."""
    return 15 <= len(code) <= 34 and int("".join(str(int(sign, 36)) for sign in code[4:] + code[:4])) % 97 == 1


# --------------------------------------------------------------------------------------------------------- vehicles

_PLATE: Final = re.compile(r"(?<![\w/-])([A-Z]{2}[ ]?\d{2})[ \u00a0-]{0,2}([A-Z]{3})(?![\w/-])", re.I)
_PLATE_ISSUED: Final = re.compile(r"[A-HJ-PR-Y]{2}(?!0[01]|50)\d{2}[ \u00a0-]{0,2}[A-HJ-PR-Z]{3}")
_OLD_PLATE: Final = re.compile(
    r"(?<![\w/-])(?!(?:is|no|was|of|as|at|in|on|to|the|and|for)\b)(?:[A-HJ-NPR-TV-Y]\d{1,3}[ "
    r"\u00a0]?[A-HJ-PR-Y][A-Z]{2}|[A-Z]{3}[ \u00a0]?\d{1,3}[ \u00a0]?[A-HJ-NPR-TV-Y]|"
    r"(?=[A-Z]{0,2}[IZ])[A-Z]{2,3}[ \u00a0]?\d{1,4})(?![\w/-])",
    re.I,
)
_PLATE_CUE: Final = re.compile(
    r"\b(?:reg|regs|registration|registered|plates?|number ?plates?|cars?|vans?|vehicles?|lorry|lorries|hgv|taxi|"
    r"motorbikes?|motorcycles?|motor|moped|scooter|truck|bike|quad|motorhome|minivan|people carrier|"
    r"convertible|coupe|minibus|coach|tractor|trailer|caravan|campervan|"
    r"pick-?up|4x4|suv|hatchback|saloon|driver|driving|drives?|drove|"
    r"dashcam|parks?|parked|parking|speeding|overtook|ford|vauxhall|volkswagen|vw|audi|bmw|toyota|nissan|"
    r"honda|kia|hyundai|skoda|seat|peugeot|renault|citroen|"
    r"citroën|mercedes|fiat|volvo|mazda|suzuki|tesla|land rover|range rover|jaguar|mini|fiesta|focus|"
    r"golf|polo|astra|corsa|transit|sprinter|clio|micra|qashqai|"
    r"skip|tipper|blue|red|white|black|silver|grey|green|yellow)\b",
    re.I,
)
_DATELESS: Final = re.compile(
    r"(?<![\w/-])(?!(?:is|no|was|of|as|at|in|on|to|the|and|for)\b)(?:[A-Z]{1,3} ?\d{1,4}|\d{1,4} "
    r"?[A-Z]{1,3})(?![\w/-])",
    re.I,
)
_SAID_PLATE: Final = re.compile(
    r"\b(?:reg|regs|registration|registered|number ?plate|plate)(?:\.|\s(?:no|number|mark|"
    r"plate))*\b\W{0,3}(?:(?:is|was|of|as|reads?)\s)?[“\"'‘]?$",
    re.I,
)
_SHORT_WORDS: Final = listed("numbers.txt", "not on plates")


def vehicle_plates(text: str) -> Iterator[Span]:
    """Number plates: the form of 2001 in capitals; older forms and small letters where it is about a vehicle."""
    for found in _PLATE.finditer(text):
        word = found[2].upper() in _SHORT_WORDS
        certain = bool(_PLATE_ISSUED.fullmatch(found[0])) and not word and not _said_otherwise(text, found.start())
        if certain or _said_plate(text, found.start()) or (not word and _about_a_vehicle(text, *found.span())):
            yield found.span()
    for found in _OLD_PLATE.finditer(text):
        word = _SHORT_WORDS.isdisjoint(re.findall(r"[A-Z]{3}", found[0]))
        if _said_plate(text, found.start()) or (found[0].isupper() and word and _about_a_vehicle(text, *found.span())):
            yield found.span()
    if _PLATE_WORD.search(text):
        for found in _DATELESS.finditer(text):
            if _said_plate(text, found.start()) and re.search(r"\d", found[0]):
                yield found.span()


_PLATE_WORD: Final = re.compile(r"\breg|plate", re.I)


def _said_plate(text: str, start: int) -> bool:
    return bool(_SAID_PLATE.search(text[max(0, start - 40) : start]))


def _about_a_vehicle(text: str, start: int, end: int) -> bool:
    near = (
        re.split(r"[.!?]\s", text[max(0, start - 120) : start])[-1]
        + " "
        + re.split(r"[.!?]\s", text[end : end + 90])[0]
    )
    return bool(_PLATE_CUE.search(near)) and not _said_otherwise(text, start)


def _said_otherwise(text: str, start: int) -> bool:
    before = text[max(0, start - BEFORE) : start]
    found = NOT_A_PERSONS.search(before)
    return bool(found) and not re.search(
        r"\bregistration|registered|\breg\b", before[found.start() :] if found else "", re.I
    )
