"""Numbers that stand for one person: NHS and National Insurance numbers, bank cards and accounts.

A number that only looks like one (an order number, a price, a grid reference) is left alone because of its check digit,
its grouping or the word before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from consultation.privacy.context import BEFORE, Span, not_a_persons
from consultation.privacy.spoken import spoken

# ------------------------------------------------------------------------------------------ numbers of the state

_GAP: Final = r"[ \u00a0\u2009\u202f./_\u2013-]{0,2}"
_NHS: Final = re.compile(rf"(?<!\d[.,])(?<![\w£$€/)+-])\d(?:{_GAP}\d){{9}}(?! \d)(?!\w|[.,/-]\d)")
_NHS_GROUPS: Final = re.compile(rf"\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{2}}|\d{{5}} \d{{5}}")
_NHS_CUE: Final = re.compile(
    r"\bNHS\b|\b(?:patient|hospital|medical|health|clinic|surgery|GP|doctor|prescription|CHI|H&C|"
    r"appointment|vaccination)(?:[’']s)?\b",
    re.I,
)
# The numbers that are given out: England and Wales, Northern Ireland, Scotland (a date of birth first), and tests.
_NHS_ISSUED: Final = re.compile(r"[467]|3[2-9]|999|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d")
_MONEY: Final = re.compile(r"\b(?:spen[dt]s?|costs?|paid|pays|raised|budget(?: of| is)?|population(?: of)?)\s$", re.I)
# Two letters that are given out, six digits in pairs or threes, a letter A to D. Where the words say what it is, any
# grouping will do and the last letter may be wanting.
_NI_LETTERS: Final = r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z]{gap}[A-CEGHJ-NPR-TW-Z]"
_NI: Final = re.compile(
    rf"(?<![\w/-]){_NI_LETTERS.format(gap='')}[ \u00a0.-]?(?:\d{{2}}(?P<gap>[ \u00a0.-]?)\d{{2}}(?P=gap)\d{{2}}|"
    rf"\d{{3}} \d{{3}})[ \u00a0.-]?[A-D](?![\w/])",
    re.I,
)
_NI_SAID: Final = re.compile(
    rf"\b(?:N\.?\s?I\.?|NINO|nat(?:ional|\.)?\s?ins(?:urance|\.)?|insurance)\b\.?"
    rf"(?:\s?(?:no|nos|number|num|is|was|it|as|#))*[\s.:;,#(=–-]{{0,4}}"
    rf"(?P<number>{_NI_LETTERS.format(gap=' ?')}"
    rf"(?:[ \u00a0./_-]{{0,2}}\d){{6}}(?:[ \u00a0./_-]{{0,2}}[A-D])?)(?![\w/])",
    re.I,
)


def nhs_numbers(text: str) -> Iterator[Span]:
    """Ten digits whose last is right by the NHS's modulus 11, in a range that is given out or near a word that says so.

    One number in eleven passes the check by chance, so one that is said to be something else is left alone.
    """
    for start, end, digits in [*_ten_digits(text), *spoken(text)]:
        if len(digits) != 10 or not _nhs_check(digits):
            continue
        cued = _NHS_CUE.search(text[max(0, start - 90) : end + 50]) is not None
        other = not_a_persons(text, start, end)
        if (other and not (cued and _PAPER.match(other[0]))) or _MONEY.search(text[max(0, start - BEFORE) : start]):
            continue
        issued = _NHS_ISSUED.match(digits) and not digits.startswith("07") and _NHS_GROUPS.fullmatch(text[start:end])
        if cued or issued:
            yield start, end


def _ten_digits(text: str) -> Iterator[tuple[int, int, str]]:
    return ((*found.span(), re.sub(r"\D", "", found[0])) for found in _NHS.finditer(text))


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
    yield from (found.span("number") for found in _NI_SAID.finditer(text))
    for found in _NI.finditer(text):
        if not not_a_persons(text, *found.span()):
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
