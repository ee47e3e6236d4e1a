"""Lines that tell of an event and of nothing else: its date, its place, for whom it was, how many came."""

from __future__ import annotations

import re
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR: Final = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{_MONTH}),?\s(?P<year>{_YEAR})\b"
    rf"|\b(?P<month2>{_MONTH})\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year2>{_YEAR})\b"
    rf"|\b(?P<iso>{_YEAR}-\d\d-\d\d)\b|\b(?P<slashed>\d{{1,2}}[/.]\d{{1,2}}[/.](?:{_YEAR}|\d\d))\b",
    re.I,
)
_FIELDS: Final = {
    "date": r"date|date and time|date held|held(?: on)?|when|day|date of \w+",
    "place": "venue|place|location|where|held at|area|address|locality|town|room",
    "audience": "audience|who|group|stakeholders?|type of (?:group|audience|participants?)|participant type|"
    "attended by",
    "participants": r"(?:[\w-]+ ){0,3}?(?:attend(?:ance|ees|ed|ing)|participants|present|headcount|turnout|numbers|"
    r"took part|taking part)"
    r"|numbers? of (?:attendees|participants|people)|no\.? of (?:attendees|participants|people)",
    "facilitator": "facilitators?|facilitated by|scribes?|note[- ]?takers?|notes? (?:taken )?by|led by|moderators?|"
    "chair|"
    "officers? present|hosts?|apologies",
    "other": "time|duration|start(?: time)?|end(?: time)?|recorded by|version|status|event|session|reference|our "
    "ref|file|"
    "subject|title|format",
}
_FIELD = re.compile(
    r"^(?:\*\*|__)?(?:"
    + "|".join(
        f"(?P<{name}>{_FIELDS[name]})" for name in ("facilitator", "audience", "date", "place", "participants", "other")
    )
    + r")\s?(?:\*\*|__)?\s?[:–—](?:\*\*|__)?[ \t]*(?P<value>.*)$",
    re.I | re.S,
)
_ABOUT: Final = "around|about|approximately|approx\\.?|over|nearly|some|roughly|circa|c\\.|up to|more than|under"
_PEOPLE: Final = (
    "people|residents|staff|members|participants|attendees|councillors|stakeholders|representatives|employees|officers|"
    "volunteers|tenants|businesses|organisations|young people|students|delegates|persons|parents|carers"
)
_CAME: Final = "attended|were present|took part|present|in attendance|joined|came|participated"
_ATTENDED = re.compile(
    r"^(?:there were |we had |it was )?(?:attended by )?"
    rf"(?P<value>(?:(?:{_ABOUT})\s)?\d{{1,5}}\+?(?:\s?[-–]\s?\d{{1,5}})?\s(?:\w+[\s-]){{0,3}}?(?:{_PEOPLE}))"
    rf"(?:\s(?:{_CAME})\b.{{0,60}}|\s(?:at (?:each|this|the)|plus|and)\b.{{0,60}})?[.]?$",
    re.I,
)
_TELLING = re.compile(rf"\b(?:{_CAME}|there were|we had|attended by|{_ABOUT})\b", re.I)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|dozen)\b", re.I
)
_DAY: Final = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_TIME: Final = r"\d{1,2}(?:[.:]\d\d)?\s?(?:am|pm)?(?:\s?(?:-|–|to)\s?\d{1,2}(?:[.:]\d\d)?\s?(?:am|pm)?)?"
_DATED = re.compile(
    rf"^(?:held (?:on )?)?(?:{_DAY},?\s)?(?:{_DATE.pattern})(?:,?\s{_TIME})?[.]?(?:\s?[,–-]\s?(?P<rest>[^.?!]{{2,"
    rf"60}}))?$",
    re.I,
)


def about_event(line: str) -> tuple[str, str] | None:
    """(field, value as written) where a line tells of the event: date, place, audience, participants or other.

    >>> about_event("Attendance: around 15"), about_event("23 residents attended"), about_event("Transport: poor")
    (('participants', 'around 15'), ('participants', '23 residents'), None)
    """
    text = line.strip()
    if len(text) > 400:
        return None
    found = _FIELD.match(text)
    if found:
        name = next(name for name in _FIELDS if found[name])
        return name, found["value"].strip(" \t*_")
    found = _ATTENDED.match(text)
    if found and _TELLING.search(text):
        return "participants", found["value"]
    return ("date", text) if _DATED.match(text) else None


def place_beside_date(line: str) -> str | None:
    """The place in a line that is only a date and a place.

    >>> place_beside_date("Tuesday 3 June 2025, Town Hall"), place_beside_date("3 June 2025")
    ('Town Hall', None)
    """
    found = _DATED.match(line.strip())
    return (
        found["rest"].strip()
        if found and found["rest"] and not re.fullmatch(_TIME, found["rest"].strip(), re.I)
        else None
    )


def date(text: str) -> str | None:
    """The date in a line: ISO where it can be read one way only, else as written.

    >>> date("Held on 18 September 2019"), date("3/6/2025"), date("13/6/2025")
    ('2019-09-18', '3/6/2025', '2025-06-13')
    """
    found = _DATE.search(text)
    if not found:
        return None
    if found["iso"]:
        return found["iso"]
    if found["slashed"]:
        return _slashed(found["slashed"])
    day = found["day"] or found["day2"]
    month = found["month"] or found["month2"]
    if not 1 <= int(day) <= 31:
        return found[0]
    return f"{found['year'] or found['year2']}-{_MONTHS.index(month[:3].casefold()) + 1:02d}-{int(day):02d}"


def _slashed(text: str) -> str:
    """A date of numbers alone is read only where the first can be no month."""
    first, second, year = (int(part) for part in re.split(r"[/.]", text))
    year += 0 if year > 99 else 2000
    return f"{year:04d}-{second:02d}-{first:02d}" if 31 >= first > 12 >= second >= 1 else text


def counted(text: str) -> bool:
    """Whether a text of who was there states a number rather than only names."""
    return bool(_NUMBER.search(text))
