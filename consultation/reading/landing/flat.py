"""All cells of a sheet in one Arrow array, row after row: what the raw layer and the comments are both taken from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from consultation.reading.grids.grid import Grid
from consultation.reading.landing.frames import arrow_text

Numbers = np.ndarray[Any, np.dtype[np.int64]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, kw_only=True)
class Flat:
    """`values` holds every cell; row i has those from `starts[i]` up to `starts[i + 1]`."""

    values: Any
    starts: Numbers

    def row_of(self) -> Numbers:
        """The row of each cell."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def column_of(self) -> Numbers:
        """The column of each cell."""
        return np.arange(len(self.values)) - np.repeat(self.starts[:-1], np.diff(self.starts))

    def at(self, rows: Sequence[int], column: int) -> Numbers:
        """Where the cells of a column stand, for rows that reach to it."""
        return self.starts[np.asarray(rows, dtype=np.int64)] + column

    def matching(self, pattern: str) -> frozenset[int]:
        """The places of the cells that a regular expression (RE2) finds something in."""
        found = pc.match_substring_regex(self.values, pattern).to_numpy(zero_copy_only=False)
        return frozenset(np.nonzero(found)[0].tolist())

    def filled(self) -> Mask:
        """Whether each cell holds anything but space."""
        blank = pc.or_(pc.equal(pc.binary_length(self.values), 0), pc.utf8_is_space(self.values))
        return np.asarray(pc.invert(blank).to_numpy(zero_copy_only=False))


def flatten(grid: Grid) -> Flat:
    """The cells of a grid as one array."""
    lengths = np.fromiter(map(len, grid.rows), dtype=np.int64, count=len(grid.rows))
    starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)])
    values = arrow_text(list(chain.from_iterable(grid.rows)))
    return Flat(values=values if len(values) else pa.array([], type=pa.large_string()), starts=starts)
