"""When responses came: the date columns of a sheet read in one order, each moment in the consultation's time zone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from consultation.reading.grids.grid import filled
from consultation.reading.layout.dates import ORDERS, happened_twice, local, order_of, parse, serial, within
from consultation.reading.result import Context
from consultation.settings import Column


@dataclass(frozen=True, kw_only=True)
class Times:
    """For each response the moment as ISO 8601 (as written where it cannot be read), the order used, and odd rows."""

    values: list[str | None]
    order: str | None
    unread: tuple[int, ...] = ()
    twice: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()


def times(column: Column, cells: Sequence[str], context: Context, lines: Sequence[int], asked: bool) -> Times:
    """Read a column of dates. `lines` gives each response's row in the file; `asked`: a person set the mapping
    already.
    """
    zone = context.settings.timezone
    notes: list[str] = []
    ambiguous: list[str] = []
    order = column.kind if asked and column.kind in ORDERS else _order(column, cells, context, lines, notes, ambiguous)
    utc = "utc" in column.heading.lower()
    made: dict[str, str | None] = {}
    unread: list[int] = []
    twice: list[int] = []
    serials = 0
    values: list[str | None] = []
    for i, cell in enumerate(cells):
        if cell not in made:
            moment = parse(cell, order or "day-first") if filled(cell) else None
            if moment is None and filled(cell) and (moment := serial(cell)) is not None:
                serials += 1
            if moment is not None and utc and moment.tzinfo is None:
                moment = moment.replace(tzinfo=dt.UTC)
            if moment is not None and happened_twice(moment, zone):
                twice.append(i)
            made[cell] = local(moment, zone) if moment is not None else (cell.strip() or None)
            if moment is None and filled(cell):
                unread.append(i)
        values.append(made[cell])
    if serials:
        notes.append(f"Column {column.column}: day numbers of Excel were read as dates.")
    return Times(
        values=values,
        order=order,
        unread=tuple(unread),
        twice=tuple(twice),
        notes=tuple(notes),
        ambiguous=tuple(ambiguous),
    )


def _order(
    column: Column, cells: Sequence[str], context: Context, lines: Sequence[int], notes: list[str], ambiguous: list[str]
) -> str | None:
    """The order of the two numbers, from the cells; where none settles it, from the period or the platform, and
    asked.
    """
    period = within([cell for cell in cells[:2000] if filled(cell)], context.settings.opens, context.settings.closes)
    found = order_of(cells, period or column.kind)
    if found.clash:
        rows = ", ".join(str(lines[i]) for i in found.clash[:5])
        ambiguous.append(
            f"Column {column.column} (“{column.heading}”) mixes orders of day and month: row {rows} can only be "
            f"read the other way. Read as {found.order}; those rows keep their dates as written."
        )
        return found.order
    if found.ambiguous and column.kind not in ORDERS:
        question = f"Are the dates in column {column.column} (“{column.heading}”) day-first or month-first?"
        return context.ask(question, ("day-first", "month-first"), found.order or "day-first", ambiguous)
    if found.ambiguous:
        notes.append(f"Column {column.column}: dates read as {found.order}, as the platform writes them.")
    return found.order
