"""Dates of a column, read in one order for all its cells: never cell by cell, where 01/09 and 13/09 would part ways."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

TWO_ORDERS: Final = ("day-first", "month-first")  # of a date whose year comes last; a true date needs none
ORDERS: Final = (*TWO_ORDERS, "year-first")
_MONTHS: Final = {
    name: i + 1
    for i, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])
}
_TIME = r"(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp]\.?[Mm]\.?)?)?"
_ZONE = r"\s*(Z|UTC|GMT|BST|(?:GMT|UTC)?[+-]\d{1,2}(?::?\d{2})?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}{_ZONE}$")
_TWO_FIRST = re.compile(rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}|\d{{2}}){_TIME}{_ZONE}$")
_WORDS = re.compile(
    rf"(?:[A-Za-z]+,?\s+)?(\d{{1,2}})(?:st|nd|rd|th)?[\s-]+([A-Za-z]{{3,9}}),?[\s-]+(\d{{4}}){_TIME}{_ZONE}$"
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?$")
_EPOCH: Final = dt.datetime(1899, 12, 30)


@dataclass(frozen=True, kw_only=True)
class Order:
    """How a column's dates are to be read. `settled_by` lists rows (positions) that decide; `clash` those against
    them.
    """

    order: str | None  # None: the column holds no dates of two numbers
    ambiguous: bool = False
    clash: tuple[int, ...] = ()
    share: float = 0.0  # of filled cells that read as dates


def order_of(values: Iterable[str], prior: str | None = None) -> Order:
    """The order of a column of dates. Where no cell settles it, `prior` is taken and it counts as ambiguous.

    >>> order_of(["13/09/2025", "01/09/2025"]).order, order_of(["01/09/2025"]).ambiguous
    ('day-first', True)
    """
    day, month, dates, filled, both = [], [], 0, 0, 0
    for i, value in enumerate(values):
        told = value.strip()
        if not told:
            continue
        filled += 1
        found = _TWO_FIRST.match(told)
        if found is None:
            dates += bool(_YEAR_FIRST.match(told) or _WORDS.match(told))
            continue
        dates += 1
        both += 1
        if int(found[1]) > 12:
            day.append(i)
        elif int(found[2]) > 12:
            month.append(i)
    share = dates / filled if filled else 0.0
    if not both:
        return Order(order="year-first" if dates else None, share=share)
    if day or month:
        order = "day-first" if len(day) >= len(month) else "month-first"
        return Order(
            order=order, clash=tuple(month if order == "day-first" else day), share=share, ambiguous=bool(day and month)
        )
    return Order(order=prior if prior in TWO_ORDERS else "day-first", ambiguous=True, share=share)


def within(values: Iterable[str], opens: str | None, closes: str | None) -> str | None:
    """The order under which more of the dates fall into the consultation's period, if one does clearly."""
    start, end = parse(opens or "", "year-first"), parse(closes or "", "year-first")
    if start is None and end is None:
        return None
    told = list(values)[:2000]
    counts = {}
    for order in TWO_ORDERS:
        dates = [date.replace(tzinfo=None) for value in told if (date := parse(value, order))]
        counts[order] = sum(
            (start is None or date >= start) and (end is None or date < end + dt.timedelta(days=1)) for date in dates
        )
    best, other = sorted(counts, key=lambda order: -counts[order])
    return best if counts[best] > 1.2 * counts[other] else None


def parse(value: str, order: str) -> dt.datetime | None:
    """The moment a cell means under the column's order; None where it is no date or no such day exists.

    >>> parse("01/09/2025 09:16", "day-first"), parse("9/1/25 1:05 PM", "month-first")
    (datetime.datetime(2025, 9, 1, 9, 16), datetime.datetime(2025, 9, 1, 13, 5))
    """
    told = value.strip()
    found = _YEAR_FIRST.match(told)
    if found:
        return _moment(found[1], found[2], found[3], found.groups()[3:])
    found = _TWO_FIRST.match(told)
    if found:
        day, month = (found[2], found[1]) if order == "month-first" else (found[1], found[2])
        year = found[3] if len(found[3]) == 4 else f"20{found[3]}"
        return _moment(year, month, day, found.groups()[3:])
    found = _WORDS.match(told)
    if found and (number := _MONTHS.get(found[2][:3].lower())):
        return _moment(found[3], str(number), found[1], found.groups()[3:])
    return None


def serial(value: str) -> dt.datetime | None:
    """A day number of Excel (from 1 January 1950 to 2078) as a moment, to the second.

    >>> serial("45901.386")
    datetime.datetime(2025, 9, 1, 9, 15, 50)
    """
    if not _SERIAL.match(value.strip()):
        return None
    days = float(value)
    if not 18264 <= days <= 65380:
        return None
    return (_EPOCH + dt.timedelta(days=days) + dt.timedelta(microseconds=500_000)).replace(microsecond=0)


def local(moment: dt.datetime, zone: str) -> str:
    """ISO 8601 in the consultation's time zone, without the offset; a moment without a zone is taken to be there
    already.

    >>> import datetime
    >>> local(datetime.datetime(2025, 9, 1, 8, 0, tzinfo=datetime.timezone.utc), "Europe/London")
    '2025-09-01T09:00:00'
    """
    if moment.tzinfo is not None:
        moment = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return moment.isoformat()


def happened_twice(moment: dt.datetime, zone: str) -> bool:
    """Whether the clock showed this time twice, because it was put back in that hour."""
    if moment.tzinfo is not None:
        return False
    place = ZoneInfo(zone)
    return moment.replace(tzinfo=place, fold=0).utcoffset() > moment.replace(tzinfo=place, fold=1).utcoffset()  # type: ignore[operator]


def _moment(year: str, month: str, day: str, rest: tuple[str | None, ...]) -> dt.datetime | None:
    hour, minute, second, half, zone = rest
    h = int(hour or 0)
    if half and half[0] in "pP" and h < 12:
        h += 12
    elif half and half[0] in "aA" and h == 12:
        h = 0
    try:
        return dt.datetime(int(year), int(month), int(day), h, int(minute or 0), int(second or 0), tzinfo=_zone(zone))
    except ValueError:
        return None


def _zone(told: str | None) -> dt.tzinfo | None:
    if not told:
        return None
    if told == "BST":
        return dt.timezone(dt.timedelta(hours=1))
    found = re.search(r"([+-])(\d{1,2}):?(\d{2})?$", told)
    if not found:
        return dt.UTC
    offset = dt.timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return dt.timezone(offset if found[1] == "+" else -offset)
