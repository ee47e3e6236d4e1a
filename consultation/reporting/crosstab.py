"""Responses by row and by type of respondent, small numbers withheld so that they cannot be worked out.

A response counts once in a row, whatever it says there. The types make up the total of a row, which is told elsewhere
in the report; so a row that is too small to be broken down safely is not broken down at all. Rows overlap, so columns
do not add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from consultation.settings import Suppression
from consultation.suppression import protect


@dataclass(frozen=True, kw_only=True)
class Crosstab:
    """Counts by row and column; None is withheld. `bases` are the responses of each type."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]
    bases: tuple[int | None, ...]

    def of(self, row: str) -> dict[str, int | None]:
        """The counts of one row by type; empty where the row has none."""
        if row not in self.rows:
            return {}
        return dict(zip(self.columns, self.cells[self.rows.index(row)], strict=True))


def by_type(
    pairs: pd.DataFrame, comments: pd.DataFrame, responses: pd.DataFrame, rule: Suppression, unnamed: str
) -> Crosstab | None:
    """From pairs `row`, `comment_id`, the comments and the responses that are counted; rows in order of first mention.

    A response without a type counts under `unnamed`. None where there are not two types or no row.
    """
    kinds, names = pd.factorize(responses["respondent_type"].fillna(unnamed), sort=True)
    if len(names) < 2 or pairs.empty:
        return None
    counted = comments[comments["status"] == "included"]
    comment = pd.Index(counted["comment_id"]).get_indexer(pd.Index(pairs["comment_id"]))
    response = pd.Index(responses["response_id"]).get_indexer(pd.Index(counted["response_id"]))[comment]
    known = (comment >= 0) & (response >= 0)
    place, rows = pd.factorize(pairs["row"])
    once = np.unique(place[known].astype("int64") * len(responses) + response[known])  # a response once in a row
    at, who = once // len(responses), once % len(responses)
    counts = np.zeros((len(rows), len(names)), dtype="int64")
    np.add.at(counts, (at, kinds[who]), 1)
    held = counts.sum(axis=1) > 0
    return Crosstab(
        rows=tuple(map(str, rows[held])),
        columns=tuple(map(str, names)),
        cells=tuple(broken_down(row, rule) for row in counts[held].tolist()),
        bases=broken_down(np.bincount(kinds, minlength=len(names)).tolist(), rule),
    )


def broken_down(parts: Sequence[int], rule: Suppression) -> tuple[int | None, ...]:
    """The parts of a total that is told; all withheld where the total could not be told safely with any of them.

    >>> broken_down([12, 30, 0], Suppression(below=5)), broken_down([2, 1], Suppression(below=5))
    ((12, 30, 0), (None, None))
    """
    shown = protect([parts], rule, columns_add=False)
    return (None,) * len(parts) if shown.row_totals[0] is None else shown.cells[0]
