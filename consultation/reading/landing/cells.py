"""The raw layer: every cell as it stands in the file, with its address and where it landed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from consultation.reading.grids.grid import STORAGE, Grid, letter
from consultation.reading.landing.frames import category, text_column
from consultation.reading.landing.rows import Rows


def raw_cells(
    grid: Grid, source_id: str, rows: Rows, body: int, roles: Mapping[int, str], errors: frozenset[tuple[int, int]]
) -> pd.DataFrame:
    """The cells of a sheet in reading order. `roles` maps a column to its role, `errors` holds cells that are problems.

    Blank cells are left out but for the last of each row, so that `grid.rebuild` gives rows as long as they were.
    """
    names = ["header", "quarantined", "blank", "problem", "unmapped", *sorted(set(roles.values()))]
    code = {name: i for i, name in enumerate(names)}
    width = grid.width
    by_column = np.array([code[roles.get(j, "unmapped")] for j in range(width)], dtype=np.int8)
    values: list[str] = []
    at_row: list[int] = []
    at_column: list[int] = []
    blank: list[int] = []
    for i, row in enumerate(grid.rows):
        end = len(row) - 1
        for j, value in enumerate(row):
            if value or j == end:
                if not value or value.isspace():
                    blank.append(len(values))
                values.append(value)
                at_row.append(i)
                at_column.append(j)
    row_of = np.array(at_row, dtype=np.int32)
    column_of = np.array(at_column, dtype=np.int32)
    role = by_column[column_of] if width else np.empty(0, dtype=np.int8)
    role[row_of < body] = code["header"]
    if rows.quarantined:
        role[np.isin(row_of, list(rows.quarantined))] = code["quarantined"]
    for place in _places(row_of, column_of, errors):
        role[place] = code["problem"]
    role[np.array(blank, dtype=np.int64)] = code["blank"]
    return pd.DataFrame(
        {
            "source_id": category([source_id], np.zeros(len(values), dtype=np.int8)),
            "sheet": category([grid.sheet or ""], np.zeros(len(values), dtype=np.int8)),
            "row": row_of + 1,
            "column": category([letter(j) for j in range(width)], column_of),
            "value": text_column(values),
            "storage": _storage(grid, at_row, at_column, blank),
            "role": category(names, role),
        }
    )


def _places(row_of: np.ndarray, column_of: np.ndarray, errors: frozenset[tuple[int, int]]) -> Sequence[int]:  # type: ignore[type-arg]
    if not errors:
        return ()
    found = np.nonzero(np.isin(row_of, [row for row, _ in errors]))[0]
    return [int(place) for place in found if (int(row_of[place]), int(column_of[place])) in errors]


def _storage(grid: Grid, at_row: Sequence[int], at_column: Sequence[int], blank: Sequence[int]) -> pd.Series:
    letters = list(STORAGE)
    kinds = np.zeros(len(at_row), dtype=np.int8)
    if grid.storage is not None:
        index = {sign: i for i, sign in enumerate(letters)}
        kinds = np.array(
            [index[grid.storage[i][j]] if j < len(grid.storage[i]) else index[" "] for i, j in zip(at_row, at_column, strict=True)],
            dtype=np.int8,
        )
    else:
        kinds[np.array([k for k in blank], dtype=np.int64)] = letters.index(" ")
    return category([STORAGE[sign] for sign in letters], kinds)
