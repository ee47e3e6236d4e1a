"""Quarantine files: rows that could not be read, for an officer to mend and feed back."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from consultation.reading.grids.grid import Grid, line_of
from consultation.reading.layout.headers import Layout
from consultation.reading.layout.rows import Rows
from consultation.reading.result import QUARANTINE_COLUMNS
from consultation.separated import unguarded
from consultation.text import tidy


def quarantine_frame(grid: Grid, layout: Layout, rows: Rows) -> pd.DataFrame:
    """The rows set aside: where each stands, why, what to do, then its cells untouched under the file's own headings.

    Columns beyond the headings are named "extra 1", "extra 2" ...; headings that repeat are numbered.
    """
    found = sorted(rows.quarantined.items())
    width = max([grid.width, *(len(grid.rows[i]) for i, _ in found)])
    names = _names(layout, width)
    made = []
    for i, wrong in found:
        cells = list(grid.rows[i])
        lead = [
            grid.file,
            grid.sheet or "",
            str(i + 1),
            str(line_of(grid, i)) if grid.lined else "",
            wrong.what,
            wrong.hint,
        ]
        made.append([*lead, *cells, *[""] * (width - len(cells))])
    return pd.DataFrame(made, columns=[*QUARANTINE_COLUMNS, *names], dtype="str")


def strip_quarantine(grid: Grid) -> list[Grid]:
    """A quarantine file that was mended, as the sheets that its rows came from, without the columns about the
    quarantine; any other grid as it is.
    """
    lead = len(QUARANTINE_COLUMNS)
    if not grid.rows or [tidy(cell) for cell in grid.rows[0][:lead]] != list(QUARANTINE_COLUMNS):
        return [grid]
    first, *rows = [[unguarded(cell) for cell in row] for row in grid.rows]
    head = first[lead:]
    while head and tidy(head[-1]).startswith("extra "):
        head.pop()
    sheets: dict[str, list[list[str]]] = {}
    for i, row in enumerate(rows):
        own = sheets.setdefault(row[1] if len(row) > 1 else "", [])
        own += [[] for _ in range(i - len(own))]  # rows of other sheets: an address stays what it is in this file
        own.append(_mended(row[lead:], len(head)))
    note = "These are mended rows; they are read as the responses of the file they came from."
    made = replace(grid, notes=(*grid.notes, note), storage=None, marks=frozenset(), mended=True)
    if len(sheets) < 2:
        [(sheet, own)] = sheets.items() or [("", [])]
        return [replace(made, sheet=sheet or None, rows=[head, *own])]
    return [replace(made, sheet=sheet or None, rows=_own_columns(head, own)) for sheet, own in sheets.items()]


def _own_columns(head: list[str], rows: list[list[str]]) -> list[list[str]]:
    """The columns that hold something: in a file of several sheets each row has blanks under the others' headings."""
    kept = [j for j in range(len(head)) if any(len(row) > j and row[j].strip() for row in rows)]
    return [[row[j] if j < len(row) else "" for j in kept] + row[len(head) :] if row else [] for row in (head, *rows)]


def _mended(cells: list[str], keep: int) -> list[str]:
    while len(cells) > keep and not cells[-1].strip():
        cells.pop()
    return cells


def _names(layout: Layout, width: int) -> list[str]:
    names: list[str] = []
    for j in range(width):
        cells = layout.headings[j] if j < len(layout.headings) else ()
        name = layout.heading(j) if any(cells) else f"extra {j + 1}"
        names.append(name)
    return names
