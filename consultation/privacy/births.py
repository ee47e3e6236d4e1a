"""Dates of birth: a whole date where the words say that somebody, and not something, was born on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from consultation.privacy.context import Span

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_ORDINAL: Final = (
    r"(?:(?:twenty[- ])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth|"
    r"(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth|thirty[- ]first)"
)
DATE: Final = re.compile(
    rf"(?<![\w/.-])(?:{_DAY}\s?[/.\-\s]\s?(?:0?[1-9]|1[0-2])\s?[/.\-\s]\s?(?:(?:19|20)\d\d|\d\d)|"
    rf"(?:0?[1-9]|1[0-2])/{_DAY}/(?:(?:19|20)\d\d|\d\d)|(?:19|20)\d\d[/.\-](?:0?[1-9]|1[0-2])[/.\-]{_DAY}|"
    rf"{_DAY}(?:st|nd|rd|th)?\s?[-\s](?:(?:day\s)?of\s)?{_MONTH}\.?,?\s?[-\s]?['’]?(?:(?:19|20)\d\d|\d\d)|"
    rf"{_ORDINAL}\sof\s{_MONTH},?\s(?:19|20)\d\d|{_MONTH}\.?\s(?:the\s)?{_DAY}(?:st|nd|rd|th)?,?\s(?:19|"
    rf"20)\d\d)(?![\w/]|[.-]\d)",
    re.I,
)
_BORN: Final = re.compile(r"born|birth|d\.?\s?o\.?\s?b", re.I)
_BIRTH_CUE: Final = re.compile(
    r"\b(?:d\.?\s?o\.?\s?b\b\.?s?|dates? of birth|birth ?dates?|birthdays?|(?:gave )?birth|"
    r"born)(?P<between>[^!?\n]{0,80})$",
    re.I,
)
_SURE_CUE: Final = re.compile(r"d\.?\s?o\.?\s?b|dates? of birth|birth ?date", re.I)
_OTHERWISE: Final = re.compile(
    r"\b(?:moved?|came|started?|opened|joined|lived?|left|wrote|married|died|retired|bought|sent|met|visited|attended|"
    r"began|closed|worked|until|since|before|after)\b",
    re.I,
)
_AND: Final = re.compile(r"\W{0,3}(?:and|&)?\W{0,3}(?:on\s)?(?:the\s)?", re.I)
_BIRTH_AFTER: Final = re.compile(
    r"^\W{0,3}(?:(?:is|was|being|as)\s)?(?:(?:my|his|her|their|"
    r"the)\s)?(?:[\w’'-]+[’']s?\s){0,2}\(?(?:d\.?o\.?b\b|date of birth|birth ?date|birthday)",
    re.I,
)
_SOMEBODY: Final = re.compile(
    r"\b(?:I|I'm|me|my|he|she|him|her|his|hers|we|our|who|whose|husband|wife|partner|mum|mother|dad|"
    r"father|son|daughter|"
    r"brother|sister|child|children|baby|boy|girl|twins?|gran|grandma|grandad|grandfather|grandmother|grandson|"
    r"granddaughter|niece|nephew|aunt|uncle|friend|neighbour|carer|patient|resident|pupil|tenant|"
    r"applicant|man|woman|lady|"
    r"mr|mrs|ms|miss|dr|cllr)\b",
    re.I,
)
_THING: Final = re.compile(
    r"\b(?:it|idea|scheme|project|plan|policy|service|charity|club|centre|center|nhs|group|campaign|"
    r"festival|library|school|council|country|nation|"
    r"movement|company|business|society|programme|park|town|village|tradition|strategy|consultation|"
    r"trust|association|league|team|union|church|band|"
    r"website|app|network|partnership|initiative|foundation|concept|proposal|state|hub|fund)\b",
    re.I,
)


def dates_of_birth(text: str) -> Iterator[Span]:
    """A whole date (day, month, year) where the words say that somebody was born on it."""
    if not _BORN.search(text):
        return
    last = -1
    for found in DATE.finditer(text):
        joined = last >= 0 and _AND.fullmatch(text, last, found.start())
        if joined or _said_before(text[max(0, found.start() - 140) : found.start()]) or _said_after(text, found.end()):
            last = found.end()
            yield found.span()
    for found in _RUN_TOGETHER.finditer(text):
        yield found.span(1)


def _said_before(before: str) -> bool:
    cue = _BIRTH_CUE.search(before)
    if not cue or DATE.search(cue["between"]) or _OTHERWISE.search(cue["between"]):
        return False
    return bool(_SURE_CUE.match(cue[0])) or _of_somebody(before[: cue.start()])


def _said_after(text: str, end: int) -> bool:
    after = text[end : end + 60]
    if _BIRTH_AFTER.match(after):
        return True
    born = _BORN_AFTER.match(after)
    return born is not None and not DATE.search(born[0]) and _of_somebody(born[1], bare=False)


_BORN_AFTER: Final = re.compile(r"([^.!?\n]{0,45})\bborn\b", re.I)
_RUN_TOGETHER: Final = re.compile(
    r"\b(?:d\.?\s?o\.?\s?b\.?|date of birth)\W{0,4}(?:is\s)?((?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d)\b",
    re.I,
)


def _of_somebody(before: str, *, bare: bool = True) -> bool:
    """Whether it is a person who was born: a bare "Born 3/4/1950" is, "the scheme was born on" is not."""
    sentence = re.split(r"[.!?\n]\s", before)[-1]
    people = [found.end() for found in _SOMEBODY.finditer(sentence)]
    people += [found.end() for found in _CAPITALISED.finditer(sentence)]
    things = [found.end() for found in _THING.finditer(sentence)]
    if people or things:
        return max(people, default=-1) > max(things, default=-1)
    return bare and not _SOMETHING.search(sentence)


_SOMETHING: Final = re.compile(
    r"\b(?:the|this|that|an?|their|its)\s+(?:[\w’'-]+\s+){1,3}(?:was|were|is|being)\s*$", re.I
)
_CAPITALISED: Final = re.compile(r"\b(?!The|This|That|It|Our|A|An|When|While|If|In|On|Since|NHS)[A-Z][a-zà-ž]+\b")
