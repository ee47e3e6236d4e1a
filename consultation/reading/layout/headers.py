"""Where a sheet's heading is: title rows above it, two or three rows of it, or none at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from consultation.reading.grids.grid import Grid, filled
from consultation.reading.layout.dates import parse
from consultation.reading.layout.platforms import Head, Recognised, Title, clean
from consultation.reading.layout.rows import Rows, answers, sort_rows
from consultation.text import tidy

_CODE = re.compile(r"(?:[A-Za-z]{1,8}[ _]?\d{1,4}\w?|[A-Za-z]+_\d+)$")
_NUMBER = re.compile(r"[+-]?[\d,]*\.?\d+%?$")


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The heading of a sheet: its first row and how many there are (from 0), and for each column its cells and
    title.
    """

    recognised: Recognised
    first: int
    rows: int
    headings: tuple[tuple[str, ...], ...]
    titles: tuple[Title, ...]
    apart: Rows  # which rows below it are responses
    notes: tuple[str, ...] = ()
    uncertain: str | None = None  # a question for a person, where it may have no heading at all

    @property
    def body(self) -> int:
        return self.first + self.rows

    def heading(self, column: int) -> str:
        """The words of a column's heading cells, as one text."""
        told: list[str] = []
        for cell in self.headings[column]:
            if filled(cell) and "ImportId" not in cell and (not told or tidy(cell) != tidy(told[-1])):
                told.append(clean(cell))
        return " | ".join(told)


def lay_out(grid: Grid, found: Recognised, first: int | None = None, rows: int | None = None) -> Layout:
    """The layout of a grid under the platform that was recognised; `first` (from 0) and `rows` where a person set
    them.
    """
    notes: list[str] = []
    uncertain = None
    if grid.variables is not None:
        first, rows = 0, 2
    elif first is None and found.platform.name != "tidy sheet":
        offset, number = found.platform.header(Head(rows=grid.rows[found.first : found.first + 60], marks=grid.marks))
        first, rows = found.first + offset, rows if rows is not None else number
    elif first is None:
        first, rows, uncertain = _generic(grid, rows)
    rows = 1 if rows is None else rows
    if first and rows:
        above = "row 1 is" if first == 1 else f"rows 1-{first} are"
        notes.append(f"The heading was found on row {first + 1}; {above} kept as notes.")
    if rows > 1 and grid.variables is None:
        notes.append(f"{found.platform.name} layout: rows {first + 1}-{first + rows} are headings.")
    headings = _headings(grid, first, rows, found.platform.fills)
    titles = tuple(found.platform.title(cells) if any(cells) else Title(stem="") for cells in headings)
    return Layout(
        recognised=found,
        first=first,
        rows=rows,
        headings=headings,
        titles=titles,
        apart=sort_rows(grid, first + rows),
        notes=tuple(notes),
        uncertain=uncertain,
    )


def _headings(grid: Grid, first: int, rows: int, fills: bool) -> tuple[tuple[str, ...], ...]:
    """The heading cells of each column, merged cells filled across; a blank one takes the stem on its left if
    `fills`.
    """
    width = grid.width
    made = [[_cell(grid, first + i, j) for j in range(width)] for i in range(rows)]
    for top, left, bottom, right in grid.merged:
        for i in range(max(top, first), min(bottom, first + rows - 1) + 1):
            for j in range(left, min(right, width - 1) + 1):
                if not filled(made[i - first][j]):
                    made[i - first][j] = _cell(grid, top, left)
    if fills and rows > 1:
        for j in range(1, width):
            if not filled(made[0][j]) and any(filled(made[i][j]) for i in range(1, rows)):
                made[0][j] = made[0][j - 1]
            elif not filled(made[0][j]) and all(filled(cell) is False for cell in (made[i][j] for i in range(1, rows))):
                continue
    return tuple(tuple(made[i][j] for i in range(rows)) for j in range(width))


def _cell(grid: Grid, row: int, column: int) -> str:
    return grid.rows[row][column] if row < len(grid.rows) and column < len(grid.rows[row]) else ""


def _generic(grid: Grid, rows: int | None) -> tuple[int, int, str | None]:
    """(first row, number of rows, question) of a heading that no platform accounts for."""
    width = _usual_width(grid)
    first = next(
        (i for i, row in enumerate(grid.rows[:15]) if i not in grid.spoiled and _count(row) >= max(1, 0.6 * width)), 0
    )
    if rows is None and _is_data(grid, first):
        return first, 0, "The first row looks like a response, not a heading. Is there a heading?"
    number = rows if rows is not None else 1 + _second(grid, first)
    return first, number, None


def _usual_width(grid: Grid) -> int:
    counts = sorted(_count(row) for i, row in enumerate(grid.rows[:200]) if _count(row) and i not in grid.spoiled)
    return counts[int(0.8 * (len(counts) - 1))] if counts else 1


def _count(row: Sequence[str]) -> int:
    return sum(filled(cell) for cell in row)


def _is_data(grid: Grid, first: int) -> bool:
    """Whether the row reads like those below it: the same choices, or numbers and dates over numbers and dates."""
    row, below = grid.rows[first], [r for r in grid.rows[first + 1 : first + 201] if _count(r)]
    if len(below) < 2:
        return False
    if any(cell.strip().endswith("?") for cell in row):
        return False
    same = looked = 0
    for j, cell in enumerate(row):
        if not filled(cell):
            continue
        looked += 1
        values = [r[j] for r in below if len(r) > j and filled(r[j])]
        if not values:
            continue
        shape = _shape(cell)
        alike = shape != "text" and sum(_shape(value) == shape for value in values) >= 0.9 * len(values)
        if alike and shape == "date":
            return True  # no heading is a date
        folded = {tidy(value) for value in values}
        same += alike or (tidy(cell) in folded and len(folded) < len(values))
    return looked > 0 and same >= max(1, 0.34 * looked)


def _shape(cell: str) -> str:
    told = cell.strip()
    if _NUMBER.match(told):
        return "number"
    return "date" if parse(told, "day-first") or parse(told, "month-first") else "text"


def _second(grid: Grid, first: int) -> int:
    """1 where the next row is a heading too: question texts under codes, or options under the questions' merged
    cells.
    """
    rows = grid.rows
    if first + 2 >= len(rows):
        return 0
    one, two = rows[first], rows[first + 1]
    below = [row for row in rows[first + 2 : first + 60] if _count(row)]
    if not below or not _count(two) or answers(one, two):
        return 0
    codes = [cell for cell in one if filled(cell)]
    coded = sum(_CODE.match(clean(cell)) is not None for cell in codes) >= 0.8 * len(codes)
    if coded and _unlike_below(two, below) and _count(two) >= 0.8 * len(codes):
        return 1
    under = [j for j, cell in enumerate(two) if filled(cell)]
    gaps = [j for j in range(len(two)) if j >= len(one) or not filled(one[j])]
    lead = [j for j, cell in enumerate(one) if filled(cell) and (j >= len(two) or not filled(two[j]))]
    full = [j for j in lead if sum(len(row) > j and filled(row[j]) for row in below) >= 0.9 * len(below)]
    spans = gaps and set(gaps) <= set(under) and full and 0 not in gaps
    return 1 if spans and _unlike_below(two, below) else 0


def _unlike_below(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a row's texts are questions or labels, none of which is an answer below it."""
    cells = [(j, cell) for j, cell in enumerate(row) if filled(cell)]
    asked = sum(cell.strip().endswith(("?", ":")) for _, cell in cells)
    again = sum(any(len(other) > j and tidy(other[j]) == tidy(cell) for other in below) for j, cell in cells)
    known = sum(
        len({tidy(other[j]) for other in below if len(other) > j and filled(other[j])}) < len(below) for j, _ in cells
    )
    return again <= 0.1 * len(cells) and (asked >= 0.3 * len(cells) or known >= 0.5 * len(cells))
