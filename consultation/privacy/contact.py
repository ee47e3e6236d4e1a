"""How to reach somebody: e-mail addresses, names on social networks, telephone numbers, postcodes.

Each finder takes a text and yields spans (start, end).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from consultation.privacy.context import BEFORE, NOT_A_PERSONS, Span
from consultation.privacy.words import listed

# ------------------------------------------------------------------------------------------- addresses on the web

_EMAIL: Final = re.compile(
    r"(?<![\w.+%@-])[A-Z0-9](?:[\w.+%'&-]{0,62}[\w+&-])?\s?@\s?(?:[A-Z0-9](?:[A-Z0-9-]{0,61}[A-Z0-9])?\.)+[A-Z]{2,24}\b",
    re.I,
)
_EMAIL_SPELT: Final = re.compile(
    r"(?<![\w.+%-])[a-z0-9][\w+-]{0,40}(?:\s?(?:\.|\(dot\)|\[dot\]|"
    r"\sdot\s)\s?[\w+-]{1,40}){0,3}\s?(?:\(at\)|\[at\]|\{at\}|\sat\s)\s?"
    r"(?:[a-z0-9-]+\s?(?:\(dot\)|\[dot\]|\{dot\}|\sdot\s|\.)\s?)+(?:com|org|net|uk|eu|info|io|me|gov|biz|"
    r"ie|scot|wales|cymru|london|coop)\b",
    re.I,
)
_SPELT: Final = re.compile(r"[(\[{]at[)\]}]|\bat\b.*\bdot\b|[(\[{]dot", re.I)
_ENDINGS: Final = listed("numbers.txt", "endings")
_HANDLE: Final = re.compile(r"(?<![\w.@/+%-])@[A-Za-z0-9_](?:[\w.]{1,28}\w)\b(?:@[\w-]+(?:\.[\w-]+)+)?")
_PROFILE: Final = re.compile(
    r"\b(?:https?://)?(?:[a-z]{2,3}\.)?(?:facebook|fb|twitter|x|instagram|linkedin|tiktok|youtube|"
    r"threads|snapchat|nextdoor)"
    r"\.(?:com|net|co\.uk)/(?:in/|user/|u/|profile/|add/|@)?[\w.@%-]{2,}/?",
    re.I,
)


def emails(text: str) -> Iterator[Span]:
    """E-mail addresses, also with a space about the "@", or with "(at)" and "(dot)" spelt out."""
    if "@" in text:
        for found in _EMAIL.finditer(text):
            ending = found[0].rpartition(".")[2]
            cased = ending.islower() or ending.isupper() or found[0].rpartition("@")[2].istitle()
            if not cased or (len(ending) > 2 and ending.lower() not in _ENDINGS):
                continue  # "5@door.The", "l@@k.everyone": a full stop without a space after it
            local = re.split(r"\s?@", found[0])[0]
            if re.search(r"\s@|@\s", found[0]) and not (
                re.search(r"[._\d]", local) and re.search(r"[a-z]{2}", local, re.I)
            ):
                continue  # "we meet @ cafe.com": a word, not the name of a mailbox
            yield found.span()
    for found in _EMAIL_SPELT.finditer(text) if _SPELT.search(text) else ():
        if re.search(r"[(\[{]at|\sdot\s|[(\[{]dot", found[0], re.I):
            yield found.span()


def handles(text: str) -> Iterator[Span]:
    """Names on social networks: "@someone" and links to a profile."""
    if "@" in text:
        yield from (found.span() for found in _HANDLE.finditer(text))
    if "/" in text:
        yield from (found.span() for found in _PROFILE.finditer(text))


# ------------------------------------------------------------------------------------------------------- telephone

_DIGITS: Final = re.compile(
    r"(?<!\d[.,])(?<![\w£$€#/-])(?:\+|\(\+?)?\d[\d\s().\u00a0\u2010-\u2015/-]{4,22}\d(?:\s?(?:x|ext\.?|"
    r"extension)\s?\d{1,5}\b)?(?![\w/%]|[.,:]\d|-\d)"
)
_PHONE_CUE: Final = re.compile(  # after these, any grouping of a United Kingdom number is one
    r"\b(?:phone|telephone|tel|mobile|mob|cell|landline|whatsapp|fax|call|ring|dial|text|reach|contact|"
    r"number|messages?|answering)\b\.?"
    r"(?:\s(?:me|us|him|her|them|no|number|numbers|is|on|at|to|about this))*\s?\W{0,4}$",
    re.I,
)
_PHONE_SAID: Final = re.compile(  # and after these, a number of any country is
    r"\b(?:(?:phone|telephone|tel|mobile|mob|cell|landline|whatsapp|fax|desk|contact (?:no|"
    r"number))\b\.?(?:\s(?:no|number|is|on|at))*|"
    r"(?:call|ring|text|reach|contact|messages?|answering)\b(?:\s(?:me|us|him|her|them))?\s(?:on|at|to))\s?\W{0,4}$",
    re.I,
)
_PHONE_AFTER: Final = re.compile(
    r"\s?[-–(]?\s?(?:office|mobile|fax|home|work|desk|cell|landline|daytime|evenings?|direct)\b", re.I
)
_LOCAL_CUE: Final = re.compile(
    r"\b(?:phone|telephone|tel|mobile|mob|ring me on|call me on)\b\.?\W{0,3}(?:no|number)?\W{0,3}(?:is\s)?$", re.I
)


def phones(text: str) -> Iterator[Span]:
    """Telephone numbers: of the United Kingdom by their numbering plan, of other countries with their `+` or with a
    word that says so. What Ofcom keeps for drama counts, since a reader cannot tell it from a real one."""
    for found in _DIGITS.finditer(text):
        start, end = _unbracketed(text, *found.span())
        told = text[start:end]
        digits = re.sub(r"\D", "", re.split(r"\s?[xe]", told)[0])
        if not 6 <= len(digits) <= 15 or _date_like(told):
            continue
        before = text[max(0, start - BEFORE) : start]
        said = bool(_PHONE_SAID.search(before) or _PHONE_AFTER.match(text, end))
        if NOT_A_PERSONS.search(before):
            continue
        if len(digits) == 6 and not _LOCAL_CUE.search(before):
            continue
        if _uk_phone(told, digits, said or bool(_PHONE_CUE.search(before))) or _foreign_phone(told, digits, said):
            yield start, end


def _unbracketed(text: str, start: int, end: int) -> Span:
    """Without a bracket that was opened before the number, and without one that has no partner."""
    told = text[start:end]
    if told.startswith("(") and told.count("(") > told.count(")"):
        start += 1
    if told.count(")") > told.count("(") and told.endswith(")"):
        end -= 1
    return start, end


def _uk_phone(told: str, digits: str, cued: bool) -> bool:
    international = re.match(r"\(?(?:\+|00)\s?\(?44\)?", told)
    if international:
        rest = digits[4:] if digits.startswith("0044") else digits[2:]
        local = rest[1:] if rest.startswith("0") else rest
    elif digits.startswith("0") and not digits.startswith("00"):
        local = digits[1:]
    else:
        return False
    if not (
        (local[:1] in "12378" and len(local) == 10)
        or (local[:1] == "1" and len(local) == 9)
        or (local[:1] == "9" and len(local) == 10)
    ):
        return False
    if local[:1] == "2" and local[:2] not in ("20", "23", "24", "28", "29"):
        return False
    if (local[:1] == "1" and local[1:2] == "0") or (local[:1] == "3" and local[1:2] not in "03479"):
        return False
    if (local[:1] == "8" and local[1:2] not in "04578") or (local[:1] == "7" and local[1:2] not in "01345789"):
        return False
    if international or cued:
        return True
    groups = [len(part) for part in re.findall(r"\d+", told)]
    groups[0] -= 1
    return min(groups) > 1  # nobody writes a single digit apart


def _foreign_phone(told: str, digits: str, said: bool) -> bool:
    plus = told.lstrip("(").startswith("+")
    if not plus:
        return said
    import phonenumbers

    try:
        number = phonenumbers.parse(told, None)
    except phonenumbers.NumberParseException:
        return said
    return said or bool(phonenumbers.is_possible_number(number))


def _date_like(told: str) -> bool:
    return bool(
        re.fullmatch(r"\d{1,2}([/.\-\s])\d{1,2}\1\d{2,4}", told)
        or re.fullmatch(r"(?:19|20)\d\d([/.\-])\d{1,2}\1\d{1,2}.*", told)
        or re.fullmatch(r"(?:1[89]|20)\d\d\s?[/\-–—]\s?(?:1[89]|20)\d\d", told)
    )


# -------------------------------------------------------------------------------------------------------- postcode

_AREAS: Final = listed("numbers.txt", "postcode areas")
_POSTCODE: Final = re.compile(
    r"(?<![\w/£$.#-])([A-Z]{1,2})[0-9O][0-9A-HJKMNP-Y]?[ \u00a0]{0,2}[0-9][ABD-HJLNP-UW-Z]{2}(?![\w/-]|[.,]\d)",
    re.I,
)
_ORDINAL: Final = re.compile(r"1st|2nd|3rd|\dth", re.I)


def postcodes(text: str) -> Iterator[Span]:
    """Whole postcodes of areas that exist, in any case; "A2 5th" and a half of one are none."""
    for found in _POSTCODE.finditer(text):
        inward = found[0][-3:]
        if found[1].upper() not in _AREAS:
            continue
        if _ORDINAL.fullmatch(inward) and not inward.isupper():
            continue
        before = text[max(0, found.start() - BEFORE) : found.start()]
        if not NOT_A_PERSONS.search(before):
            yield found.span()
