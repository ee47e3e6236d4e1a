"""The raw layer: every cell as it stands in the file, with its address and where it landed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa

from consultation.reading.grids.grid import STORAGE, Grid, letter
from consultation.reading.landing.flat import Flat, Mask, Numbers
from consultation.reading.landing.frames import category, series
from consultation.reading.layout.rows import Rows

_LETTERS: Final = np.frombuffer("".join(STORAGE).encode(), dtype=np.uint8)


def raw_cells(
    grid: Grid,
    flat: Flat,
    source_id: str,
    rows: Rows,
    body: int,
    roles: Mapping[int, str],
    errors: Iterable[tuple[int, int]],
) -> pd.DataFrame:
    """The cells of a sheet in reading order. `roles` maps a column to its role, `errors` holds cells that are problems.

    Blank cells are left out but for the last of each row, so that `grid.rebuild` gives rows as long as they were.
    """
    names = ["header", "quarantined", "blank", "problem", "unmapped", *sorted(set(roles.values()))]
    code = {name: i for i, name in enumerate(names)}
    width = grid.width
    row_of, column_of, filled = flat.row_of(), flat.column_of(), flat.filled()
    by_column = np.array([code[roles.get(j, "unmapped")] for j in range(width)], dtype=np.int8)
    role = by_column[column_of]
    role[row_of < body] = code["header"]
    if rows.quarantined:
        role[np.isin(row_of, list(rows.quarantined))] = code["quarantined"]
    for row, column in errors:
        role[flat.starts[row] + column] = code["problem"]
    role[~filled] = code["blank"]
    keep = filled | _spaces(flat)
    keep[flat.starts[1:][np.diff(flat.starts) > 0] - 1] = True
    number = int(keep.sum())
    storage = _storage(grid, filled)
    return pd.DataFrame(
        {
            "source_id": category([source_id], np.zeros(number, dtype=np.int8)),
            "sheet": category([grid.sheet or ""], np.zeros(number, dtype=np.int8)),
            "row": row_of[keep].astype(np.int64) + 1,
            "column": category([letter(j) for j in range(width)], column_of[keep]),
            "value": series(flat.values.filter(pa.array(keep))),
            "storage": category(list(STORAGE.values()), storage[keep]),
            "role": category(names, role[keep]),
        }
    )


def _spaces(flat: Flat) -> Mask:
    """Cells of nothing but space: blank, and kept as they are."""
    import pyarrow.compute as pc

    return np.asarray(pc.greater(pc.binary_length(flat.values), 0).to_numpy(zero_copy_only=False))


def _storage(grid: Grid, filled: Mask) -> Numbers:
    """The place in `STORAGE` of each cell's letter."""
    if grid.storage is None:
        return np.where(filled, 0, list(STORAGE).index(" "))
    told = "".join(kinds.ljust(len(row)) for kinds, row in zip(grid.storage, grid.rows, strict=True))
    place = np.zeros(256, dtype=np.int8)
    place[_LETTERS] = np.arange(len(STORAGE))
    return np.asarray(place[np.frombuffer(told.encode("ascii"), dtype=np.uint8)])
