"""Quarantine files: rows that could not be read, for an officer to mend and feed back."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from consultation.reading.grids.grid import Grid, line_of
from consultation.reading.layout.headers import Layout
from consultation.reading.layout.rows import Rows
from consultation.reading.result import QUARANTINE_COLUMNS
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


def strip_quarantine(grid: Grid) -> tuple[Grid, bool]:
    """A quarantine file that was mended, as a sheet of its source: the columns about the quarantine are taken off."""
    lead = len(QUARANTINE_COLUMNS)
    if not grid.rows or [tidy(cell) for cell in grid.rows[0][:lead]] != list(QUARANTINE_COLUMNS):
        return grid, False
    head = list(grid.rows[0][lead:])
    while head and tidy(head[-1]).startswith("extra "):
        head.pop()
    keep = len(head)
    rows = [head, *[_mended(list(row[lead:]), keep) for row in grid.rows[1:]]]
    note = "These are mended rows; they are read as the responses of the file they came from."
    return replace(grid, rows=rows, notes=(*grid.notes, note), storage=None, marks=frozenset()), True


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
