"""One sheet as it stands in its file: every cell as text, with how it was stored and what is odd about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

STORAGE: Final = {"t": "text", "n": "number", "d": "date", "b": "bool", "e": "error", "f": "formula", " ": "blank"}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something odd about a cell (or about the sheet, where row is None). Rows and columns count from 0 here."""

    row: int | None
    column: int | None
    what: str
    hint: str
    action: str  # kept, repaired, flagged


@dataclass(frozen=True, kw_only=True)
class Spoiled:
    """Why a row cannot be read as a response; `raw` is what the file has, where it could not be split into cells."""

    what: str
    hint: str
    raw: str | None = None


@dataclass(frozen=True, kw_only=True)
class Variable:
    """What a statistics file says of a column: labels by value, the values that mean missing, its set of options."""

    label: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[tuple[str, str], ...] = ()  # ranges, both ends within
    text: bool = True
    set_name: str | None = None  # the multiple response set it belongs to
    counted: str | None = None  # of a set of yes/no columns: the value that means ticked


@dataclass(frozen=True, kw_only=True)
class Grid:
    """The cells of one sheet. `rows[i][j]` is the text of row i + 1; rows may differ in length.

    `storage[i]` has one letter of `STORAGE` for each cell; None where all cells are text (a text file).
    `lined`: the file has lines (a text file), so that a row may be too wide or too narrow, and `line_of` says where it
    begins. `merged` holds ranges as (first row, first column, last row, last column). `spoiled` maps a row to why it
    cannot be a response.
    """

    file: str
    sheet: str | None
    rows: Sequence[Sequence[str]]
    storage: Sequence[str] | None = None
    lined: bool = False
    first_line: int = 1
    findings: tuple[Finding, ...] = ()
    spoiled: Mapping[int, Spoiled] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    variables: Sequence[Variable] | None = None
    notes: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()  # what a program left in the file: the name of its table, say
    hidden: bool = False
    mended: bool = False  # rows that were set aside once, mended and fed back

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)


def line_of(grid: Grid, row: int) -> int:
    """The line of the text file on which a row begins, from 1: each row takes one more than the breaks in its cells."""
    first = grid.first_line
    for i in range(row):
        told = grid.spoiled.get(i)
        breaks = sum(cell.count("\n") for cell in grid.rows[i])
        first += max(1, breaks) if told is not None and told.raw is not None else 1 + breaks
    return first


def letter(column: int) -> str:
    """Excel's letter of a column that counts from 0.

    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def index(name: str) -> int:
    """The column, counted from 0, of Excel's letter.

    >>> index("AB")
    27
    """
    number = 0
    for sign in name.upper():
        number = number * 26 + ord(sign) - 64
    return number - 1


def filled(value: str) -> bool:
    """Whether a cell holds anything but space."""
    return bool(value) and not value.isspace()


def rebuild(cells: pd.DataFrame, sheet: str | None = None) -> list[list[str]]:
    """The grid as it stood in the file, from the raw layer of one source: rows of text, each as long as it was.

    Blank rows are empty lists; blank rows at the very end are not there.
    """
    part = cells if sheet is None else cells[cells["sheet"] == sheet]
    if not len(part):
        return []
    rows: list[list[str]] = [[] for _ in range(int(part["row"].max()))]
    for row, column, value in zip(part["row"], part["column"].astype(object).map(index), part["value"], strict=True):
        line = rows[row - 1]
        line.extend([""] * (column + 1 - len(line)))
        line[column] = value
    return rows
