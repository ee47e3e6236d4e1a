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
DATE: Final = re.compile(
    rf"(?<![\w/.-])(?:{_DAY}\s?[/.\-\s]\s?(?:0?[1-9]|1[0-2])\s?[/.\-\s]\s?(?:(?:19|20)\d\d|\d\d)|"
    rf"(?:0?[1-9]|1[0-2])/{_DAY}/(?:(?:19|20)\d\d|\d\d)|(?:19|20)\d\d[/.\-](?:0?[1-9]|1[0-2])[/.\-]{_DAY}|"
    rf"{_DAY}(?:st|nd|rd|th)?\s?[-\s](?:(?:day\s)?of\s)?{_MONTH}\.?,?\s?[-\s]?['’]?(?:(?:19|20)\d\d|\d\d)|"
    rf"{_MONTH}\.?\s(?:the\s)?{_DAY}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d)(?![\w/]|[.-]\d)",
    re.I,
)
_BORN: Final = re.compile(r"born|birth|d\.?\s?o\.?\s?b", re.I)
_BIRTH_CUE: Final = re.compile(
    r"(?:\bd\.?\s?o\.?\s?b\b\.?|\bdate of birth|\bbirth ?dates?|\bbirthdays?|\bborn)(?P<between>[^!?\n]{0,80})$", re.I
)
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
    for found in DATE.finditer(text):
        before = text[max(0, found.start() - 140) : found.start()]
        after = text[found.end() : found.end() + 60]
        cue = _BIRTH_CUE.search(before)
        if cue and not DATE.search(cue["between"]):
            if not cue[0].lower().startswith(("born", "birthday")) or _of_somebody(before[: cue.start()]):
                yield found.span()
        elif _BIRTH_AFTER.match(after):
            yield found.span()
        else:
            born = _BORN_AFTER.match(after)
            if born and not DATE.search(born[0]) and _of_somebody(born[1]):
                yield found.span()
    for found in _RUN_TOGETHER.finditer(text):
        yield found.span(1)


_BORN_AFTER: Final = re.compile(r"([^.!?\n]{0,45})\bborn\b", re.I)
_RUN_TOGETHER: Final = re.compile(
    r"\b(?:d\.?\s?o\.?\s?b\.?|date of birth)\W{0,4}(?:is\s)?((?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d)\b",
    re.I,
)


def _of_somebody(before: str) -> bool:
    """Whether it is a person who was born: a bare "Born 3/4/1950" is, "the scheme was born on" is not."""
    sentence = re.split(r"[.!?\n]\s", before)[-1]
    if not sentence.strip(" ,;:-("):
        return True
    people = [found.end() for found in _SOMEBODY.finditer(sentence)] + [
        found.end() for found in _CAPITALISED.finditer(sentence.lstrip())
    ]
    things = [found.end() for found in _THING.finditer(sentence)]
    return bool(people) and max(people) > max(things, default=-1)


_CAPITALISED: Final = re.compile(r"\b(?!The|This|That|It|Our|A|An|When|While|If|In|On|Since|NHS)[A-Z][a-zà-ž]+\b")
