"""Dates of birth: a date where the words say that somebody, and not something, was born on it.

A whole date for the most part; a day and a month alone right after "my birthday is" or "I was born on".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from consultation.privacy.context import Span
from consultation.privacy.words import any_of

# --------------------------------------------------------------------------------------------------- how it is written

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_UNITS: Final = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_NTH: Final = r"(?:st|nd|rd|th)?"
_ORDINAL: Final = (
    r"(?:(?:twenty[- ])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth|"
    r"(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth|thirty[- ]first)"
)
_YEAR: Final = r"(?:(?:19|20)\d\d)"
_SHORT_YEAR: Final = rf"(?:{_YEAR}|['’]?\d\d)"
_WORD_YEAR: Final = (
    rf"(?:(?:nineteen|twenty)[ -](?:hundred(?: and)? |oh[ -])?(?:(?:twenty|thirty|forty|fifty|sixty|seventy|"
    rf"eighty|ninety)(?:[ -]{_UNITS})?|"
    rf"ten|eleven|twelve|\w{{3,5}}teen|{_UNITS})|two thousand(?: and)?(?: (?:{_UNITS}|ten|eleven|twelve|"
    rf"\w{{3,5}}teen))?)"
)
_DAY_MONTH: Final = (
    rf"(?:(?:{_DAY}{_NTH}|{_ORDINAL})\s?[-\s]?(?:(?:day\s)?of\s)?{_MONTH}|"
    rf"{_MONTH}\.?\s(?:the\s)?(?:{_DAY}{_NTH}|{_ORDINAL}))"
)
_WHOLE: Final = (
    rf"(?:{_DAY}\s?[/.\-\s]\s?(?:0?[1-9]|1[0-2])\s?[/.\-\s]\s?(?:{_YEAR}|\d\d)|"
    rf"{_DAY}[/.](?:i{{1,3}}|iv|"
    rf"vi{{0,3}}|ix|xi{{0,2}})[/.]{_SHORT_YEAR}|"
    rf"(?:0?[1-9]|1[0-2])/{_DAY}/(?:{_YEAR}|\d\d)|{_YEAR}[/.\-](?:0?[1-9]|1[0-2])[/.\-]{_DAY}|"
    rf"{_DAY}{_NTH}\s?[-\s]?(?:(?:day\s)?of\s)?{_MONTH}\.?,?\s?[-\s]?{_SHORT_YEAR}|"
    rf"{_DAY_MONTH},?\s(?:{_YEAR}|{_WORD_YEAR})|{_DAY}{_NTH} of the (?:\d{{1,2}}(?:st|nd|rd|th)|"
    rf"{_ORDINAL}),? (?:{_SHORT_YEAR}|{_WORD_YEAR}))"
)
_END: Final = r"(?![\w/]|[.-]\d)"
DATE: Final = re.compile(rf"(?<![\w/.-]){_WHOLE}{_END}", re.I)

# ------------------------------------------------------------------------------------------------- what says it is one

_BIRTH: Final = r"(?:d\.?\s?o\.?\s?b\b\.?s?|dates? of birth|birth ?dates?)"
_SIGNS: Final = ("born", "birth", "dob", "o.b", "d o b", ". b", "(b", " b.", "turn", "aged", "reached", "baby", "twins")
_AGE_SIGN: Final = re.compile(r"\d(?: ?(?:years?|yrs?)(?: old)?)? ?[(,] ?\d|be \w+(?:[ -]\w+)? (?:on|this)\b")
_FORM: Final = re.compile(  # "dob03/04/1961", "DOB 030461"
    rf"\b(?:d\.?\s?o\.?\s?b|date of birth)\W{{0,4}}(?:is\s|was\s)?"
    rf"(?P<date>{_WHOLE}|{_DAY}(?<=\d\d)(?:0[1-9]|1[0-2])(?:{_YEAR}|\d\d)){_END}",
    re.I,
)
_PART: Final = re.compile(  # a day and a month, right after what says so
    rf"(?:\b(?:my|his|her|our|[a-z]{{2,}}[’']s)\s(?:\w+\s)?birthday(?:[’']s)?(?:\s(?:is|was|falls|on|the))*|"
    rf"\b(?:I|he|she|who|\w+)\s(?:was|were)\sborn\son(?:\sthe)?)\s(?P<date>{_DAY_MONTH})(?!\w|,?\s?['’]?\d)",
    re.I,
)
_CUE: Final = re.compile(
    rf"\b(?:{_BIRTH}|birthdays?(?! (?:part|card|cake|present|treat|celebration|honours|meal|bash|do\b))|"
    rf"(?:gave )?birth"
    r"(?! (?:rates?|certificates?|plans?|control|cent|register|place|weight))|born)(?P<between>[^!?\n]{0,80})$",
    re.I,
)
_SURE: Final = re.compile(_BIRTH, re.I)
_OTHERWISE: Final = re.compile(
    r"\b(?:moved?|came|started?|opened|joined|lived?|left|wrote|married|died|retired|bought|sent|met|"
    r"visited|attended|"
    r"began|closed|shut|worked|until|since|before|after|booked|held|hosted|due|asked|page|version|meeting|"
    r"\w+ed on)\b|"
    r"[a-z]{3,}\.\s+[A-Z]"
)
_RELATION: Final = any_of("names.txt", "relations")
_AND: Final = re.compile(
    rf"\W{{0,3}}(?:and|&|but it[’']s|not)?\W{{0,3}}(?:(?:my|his|her|our)\s)?(?:{_RELATION}[’']?s?|"
    rf"[A-Z][a-z]+)?\W{{0,3}}(?:on\s)?(?:the\s)?",
    re.I,
)
_BIRTH_AFTER: Final = re.compile(
    rf"^\W{{0,3}}(?:(?:is|was|being|as)\s)?(?:(?:my|his|her|their|"
    rf"the)\s)?(?:[\w’'-]+[’']s?\s){{0,2}}\(?(?:{_BIRTH}|birthday)",
    re.I,
)
_BORN_AFTER: Final = re.compile(r"([^.!?\n]{0,45})\bborn\b", re.I)
_BRACKETED: Final = re.compile(r"\(b\.?\s$|\b[A-Z][a-z]+,?\sb\.\s$")  # "Hilda (b. 3/4/1931)"
_AGED: Final = re.compile(
    r"\b(?:aged?\s\d{1,3}(?:\s?(?:years?|yrs?))?|(?:I am|I[’']m|he is|he[’']s|she is|she[’']s|who is|now)\s\d{1,3}"
    r"(?:\s?(?:years?(?: old)?|yrs?))?)\s?[(,]\s?(?:born\s)?$",
    re.I,
)
_TURNED: Final = re.compile(
    rf"(?P<who>[^.!?\n]{{1,60}})(?:\b(?:turn(?:s|ed|ing)?|will be|reached)|[’']ll be)\s(?:\d{{1,3}}|"
    rf"(?:\w+ty[ -])?(?:\w+teen|{_UNITS}|ten|eleven|twelve)|\w+ty)(?:\syears old)?\s(?:on|this)\s(?:the\s)?$",
    re.I,
)
_ARRIVED: Final = re.compile(
    r"\b(?:my|our|her|the)\s(?:\w+\s)?(?:baby|twins|newborn)\s(?:was\s|were\s)?(?:arrived|delivered|"
    r"came)(?:\s\w+){0,3}?\son\s(?:the\s)?$",
    re.I,
)

# ----------------------------------------------------------------------------------------------------- and of somebody

_SOMEBODY: Final = re.compile(
    rf"\b(?:I|I'm|me|my|he|she|him|her|his|hers|we|our|who|whose|(?:{_RELATION}s?)|children|twins|patient|"
    rf"pupil|applicant|"
    r"mr|mrs|ms|miss|dr|cllr)\b",
    re.I,
)
_THING: Final = re.compile(rf"\b{any_of('numbers.txt', 'founded')}\b", re.I)
_SOMETHING: Final = re.compile(
    r"\b(?:the|this|that|an?|their|its)\s+(?:[\w’'-]+\s+){1,3}(?:was|were|is|being)\s*$", re.I
)
_CAPITALISED: Final = re.compile(r"\b(?!The|This|That|It|Our|A|An|When|While|If|In|On|Since|NHS)[A-Z][a-zà-ž]+\b")


def dates_of_birth(text: str) -> Iterator[Span]:
    """A date where the words say that somebody was born on it, or had an age on it."""
    small = text.lower()
    if not any(sign in small for sign in _SIGNS) and not _AGE_SIGN.search(small):
        return
    last = -1
    for found in DATE.finditer(text):
        joined = last >= 0 and _AND.fullmatch(text, last, found.start())
        if joined or _said_before(text[max(0, found.start() - 140) : found.start()]) or _said_after(text, found.end()):
            last = found.end()
            yield found.span()
    yield from (found.span("date") for found in _FORM.finditer(text))
    for found in _PART.finditer(text):
        if _of_somebody(text[: found.start("date")], bare=False):
            yield found.span("date")


def _said_before(before: str) -> bool:
    if _BRACKETED.search(before) or _AGED.search(before) or _ARRIVED.search(before):
        return True
    turned = _TURNED.search(before)
    if turned:
        return _of_somebody(turned["who"], bare=False)
    cue = _CUE.search(before)
    if not cue or DATE.search(cue["between"]) or _OTHERWISE.search(cue["between"]):
        return False
    return bool(_SURE.match(cue[0])) or _of_somebody(before[: cue.start()])


def _said_after(text: str, end: int) -> bool:
    after = text[end : end + 60]
    if _BIRTH_AFTER.match(after):
        return True
    born = _BORN_AFTER.match(after)
    if born is None or DATE.search(born[0]) or _OTHERWISE.search(born[1]):
        return False
    return _of_somebody(born[1], bare=False)


def _of_somebody(before: str, *, bare: bool = True) -> bool:
    """Whether it is a person who was born: a bare "Born 3/4/1950" is, "the scheme was born on" is not."""
    sentence = re.split(r"[.!?\n]\s", before)[-1]
    people = [found.end() for found in _SOMEBODY.finditer(sentence)]
    people += [found.end() for found in _CAPITALISED.finditer(sentence)]
    things = [found.end() for found in _THING.finditer(sentence)]
    if people or things:
        return max(people, default=-1) > max(things, default=-1)
    return bare and not _SOMETHING.search(sentence)
