"""Which rows of a sheet are responses: headings, blank rows, totals, rows of the wrong width and copies are told
apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from consultation.reading.grids.grid import Grid, Spoiled, filled, line_of
from consultation.reading.layout.columns import own_role
from consultation.reading.layout.dates import ORDERS, parse, serial

_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[A-Za-z]{2,}$")
_TOTAL = re.compile(
    r"(?:grand |sub-?)?totals?\b|(?:sum|average|mean|count|median)\b\W*$|number of responses\b|"
    r"end of (?:report|export|data)\b|"
    r"\d[\d,]* (?:responses|rows|records)\b|page \d+ of \d+",
    re.I,
)


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Row numbers from 0: `good` are responses; `heading` counts the filled rows down to the last heading."""

    good: list[int]
    quarantined: dict[int, Spoiled]
    empty: int
    heading: int


def answers(heading: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a row below a heading is a response, because it has an id, a date or an e-mail address of its own.

    >>> answers(["Respondent ID", "Why?"], ["R01", "Because"]), answers(["Respondent ID", "Why?"], ["", "Response"])
    (True, False)
    """
    return any(filled(cell) and _own(name, cell) for name, cell in zip(heading, row, strict=False))


def _own(heading: str, cell: str) -> bool:
    """Whether the cell is what its heading announces, and no second heading such as "Response ID" under "id"."""
    role, _ = own_role(heading) or ("", None)
    if role == "response_id":
        return own_role(cell) != own_role(heading)
    if role in ("submitted_at", "started_at"):
        return any(parse(cell, order) for order in ORDERS) or serial(cell) is not None
    return role == "identity" and _EMAIL.match(cell.strip()) is not None


def sort_rows(grid: Grid, body: int) -> Rows:
    """Tell the rows of a sheet apart; `body` is the first row after the heading."""
    good: list[int] = []
    quarantined: dict[int, Spoiled] = {}
    empty = heading = 0
    width = _width(grid, body) if grid.lined else None
    last = len(grid.rows) - 1
    spoiled = grid.spoiled
    for i, row in enumerate(grid.rows):
        usual = row and row[0] and not row[0].isspace() and (width is None or len(row) == width)
        if usual and body <= i <= last - 5 and i not in spoiled:
            good.append(i)  # nearly every row: the rest is for the others
        elif i in spoiled:
            if i >= body:
                quarantined[i] = spoiled[i]
            else:
                heading += 1
        elif not any(map(filled, row)):
            empty += 1
        elif i < body:
            heading += 1
        elif wrong := _wrong(grid, i, row, width, last):
            quarantined[i] = wrong
        else:
            good.append(i)
    return Rows(good=good, quarantined=quarantined, empty=empty, heading=heading)


def _wrong(grid: Grid, i: int, row: Sequence[str], width: int | None, last: int) -> Spoiled | None:
    if width is not None and len(row) != width and (wrong := _misfit(grid, i, row, width)):
        return wrong
    return _footer(i, row) if i > last - 5 else None


def _width(grid: Grid, body: int) -> int | None:
    """How many cells a row has in a text file; None where rows leave off trailing cells as a habit."""
    widths = Counter(map(len, grid.rows[max(0, body - 1) :]))
    widths.subtract(len(grid.rows[i]) for i in grid.spoiled if i >= body - 1)
    widths = Counter({size: number for size, number in widths.items() if size and number > 0})
    if not widths:
        return None
    header = len(grid.rows[body - 1]) if 0 < body <= len(grid.rows) else 0
    usual = header if header and widths[header] > 1 else max(widths.items(), key=lambda item: (item[1], item[0]))[0]
    short = sum(number for size, number in widths.items() if size < usual)
    return None if short > 0.3 * widths.total() and widths.total() >= 10 else usual


def _misfit(grid: Grid, i: int, row: Sequence[str], width: int) -> Spoiled | None:
    line = f"line {line_of(grid, i)}: " if grid.lined else ""
    if len(row) > width:
        if not any(map(filled, row[width:])):
            return None
        return Spoiled(
            what=f"{line}the row has {len(row)} cells where {width} were expected.",
            hint="A separator inside an answer is not in quotation marks: put the answer in them and feed it back.",
        )
    if _footer(i, row):
        return _footer(i, row)
    near = [grid.rows[k] for k in (i - 1, i + 1) if 0 <= k < len(grid.rows)]
    halves = any(len(other) < width and len(row) + len(other) - 1 == width for other in near if other)
    joined = (
        " Together with the row beside it it makes a whole one: a line break inside an answer was not quoted."
        if halves
        else ""
    )
    return Spoiled(
        what=f"{line}the row has {len(row)} cells where {width} were expected.{joined}",
        hint="Join the two halves and feed the row back." if halves else "Add the missing cells and feed the row back.",
    )


def _footer(i: int, row: Sequence[str]) -> Spoiled | None:
    told = [cell.strip() for cell in row if filled(cell)]
    if len(told) <= max(3, len(row) // 3) and told and _TOTAL.match(told[0]):
        return Spoiled(
            what=f"row {i + 1} looks like a total, not a response.",
            hint="If someone did write this, change the first cell and feed the row back.",
        )
    return None
