"""Who said what: counts of one dimension by another with their bases, and which codes are said together.

Responses and comments are never added up: a table counts one or the other. Small counts are withheld by the rule of
the reports (`consultation.suppression`), so that a table may be shown; without a rule every count is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from consultation.analysis.cases import (
    UNTAGGED,
    Count,
    Dimension,
    Values,
    cases,
    names,
    units,
    values,
)
from consultation.breakdown import within
from consultation.model import FACETS, Theme
from consultation.settings import Campaigns, Suppression
from consultation.suppression import Protected, protect
from consultation.tables import Tables

EVERYONE: Final = "all"


def crosstab(
    tables: Tables,
    rows: Dimension,
    columns: Dimension | None = None,
    *,
    themes: Sequence[Theme] = (),
    count: Count = "responses",
    campaigns: Campaigns = "every_response",
    among: pd.DataFrame | None = None,
    confirmed: bool = False,
    suppress: Suppression | None = None,
) -> pd.DataFrame:
    """Counts of `rows` by `columns`, one row a cell, noughts included; elements in the document's order, else by size.

    A dimension is a facet (`element`, `theme`, `stance`, `audience`: tags that nobody rejected, or with `confirmed`
    those that a person confirmed), `channel`, `respondent_type`, `source`, `event`, `question`, `voice`, `heading`,
    `campaign`, `campaign_part`, `completeness`, the heading of a group column, or the words or id of a closed question.
    Several headings are one dimension: the first that a response has.

    Columns: row, row_name (what a reader calls it), column, column_name, count (responses, or comments; each once in a
    cell), row_total and column_base (the same unit: all that have the row, all that have the column), share (count as
    a share of column_base, 0 to 1), withheld. What is withheld by `suppress` is missing in count, total, base and
    share. Row `no code` counts what carries no code of the facet. Where a unit has but one value of `columns` (a type
    of respondent), the cells of a row add up to row_total; where it may have several (a theme), they may come to more.

    `campaigns` and `among` are those of `cases`. Raises `ConsultationError` for a dimension that is not there.
    """
    held = cases(tables, campaigns=campaigns, among=among)
    unit = units(held, count)
    down = _with_untagged(values(tables, held, rows, confirmed=confirmed), rows, unit)
    across = (
        Values(row=np.arange(len(held)), code=np.zeros(len(held), dtype="int64"), labels=(EVERYONE,))
        if columns is None
        else values(tables, held, columns, confirmed=confirmed)
    )
    total = len(np.unique(unit[unit >= 0]))
    counts = _cells(unit, down, across)
    row_totals, bases = _sizes(unit, down), _sizes(unit, across)
    shown = _shown(
        counts, row_totals, bases, total, suppress
    )  # in the order of names, as reports choose what to withhold
    order, sides = _order(down, row_totals), _order(across, bases)
    row_names, column_names = names(tables, themes, rows), names(tables, themes, columns or "")
    heads, tops = [down.labels[n] for n in order], [across.labels[n] for n in sides]
    height, width = len(heads), len(tops)
    made = pd.DataFrame(
        {
            "row": pd.Series(np.repeat(np.array(heads, dtype=object), width), dtype="str"),
            "row_name": pd.Series(np.repeat([row_names.get(h, h) for h in heads], width), dtype="str"),
            "column": pd.Series(np.tile(np.array(tops, dtype=object), height), dtype="str"),
            "column_name": pd.Series(np.tile([column_names.get(t, t) for t in tops], height), dtype="str"),
            "count": pd.array([shown.cells[n][m] for n in order for m in sides], dtype="Int64"),
            "row_total": pd.array([shown.row_totals[n] for n in order for _ in sides], dtype="Int64"),
            "column_base": pd.array([shown.column_totals[m] for _ in order for m in sides], dtype="Int64"),
        }
    )
    made["share"] = (made["count"] / made["column_base"]).astype("Float64")
    made["withheld"] = made["count"].isna().astype("bool")
    return made


def wide(table: pd.DataFrame, value: str = "count") -> pd.DataFrame:
    """A crosstab for the eye: rows down, columns across, with the row's total last and the bases below."""
    heads, tops = list(dict.fromkeys(table["row_name"])), list(dict.fromkeys(table["column_name"]))
    made = table.pivot(index="row_name", columns="column_name", values=value).reindex(index=heads, columns=tops)
    if value == "count":
        if tops != [EVERYONE]:
            made["total"] = table.drop_duplicates("row_name").set_index("row_name")["row_total"]
        bases = table.drop_duplicates("column_name").set_index("column_name")["column_base"]
        made.loc["base"] = bases.reindex(made.columns)
    return made.rename_axis(index=None, columns=None)


def cooccurrence(
    tables: Tables,
    facet: str = "theme",
    *,
    themes: Sequence[Theme] = (),
    count: Count = "comments",
    campaigns: Campaigns = "every_response",
    among: pd.DataFrame | None = None,
    confirmed: bool = False,
    suppress: Suppression | None = None,
) -> pd.DataFrame:
    """Which codes of a facet are said together, each pair once, the most frequent first; pairs never seen included.

    Columns: a, a_name, b, b_name, n_a, n_b (units with the code), together (units with both), expected (how many there
    would be if the two had nothing to do with each other: n_a * n_b / base), lift (together / expected; missing where
    nothing is expected), jaccard (together / units with either, 0 to 1), base (all units). A unit is a comment, or with
    `count="responses"` a response, whose codes may then come from different comments. What would tell a count that is
    withheld is withheld with it.
    """
    held = cases(tables, campaigns=campaigns, among=among)
    unit = units(held, count)
    told = values(tables, held, facet, confirmed=confirmed)
    used = np.unique(told.code[unit[told.row] >= 0])
    each = Values(row=told.row, code=told.code, labels=told.labels)
    size, base = _sizes(unit, each), len(np.unique(unit[unit >= 0]))
    both = _together(unit, each)
    first, second = np.triu_indices(len(used), 1)
    first, second = used[first], used[second]
    called = names(tables, themes, facet)
    made = pd.DataFrame(
        {
            "a": pd.Series([told.labels[n] for n in first], dtype="str"),
            "a_name": pd.Series([called.get(told.labels[n], told.labels[n]) for n in first], dtype="str"),
            "b": pd.Series([told.labels[n] for n in second], dtype="str"),
            "b_name": pd.Series([called.get(told.labels[n], told.labels[n]) for n in second], dtype="str"),
            "n_a": pd.array(size[first], dtype="Int64"),
            "n_b": pd.array(size[second], dtype="Int64"),
            "together": pd.array(both[first, second], dtype="Int64"),
        }
    )
    if suppress:
        for name in ("n_a", "n_b", "together"):
            made[name] = made[name].mask(made[name].between(1, suppress.below - 1))
    made["expected"] = (made["n_a"] * made["n_b"] / max(base, 1)).astype("Float64")
    made["lift"] = (made["together"] / made["expected"].mask(made["expected"] == 0)).astype("Float64")
    either = made["n_a"] + made["n_b"] - made["together"]
    made["jaccard"] = (made["together"] / either.mask(either == 0)).astype("Float64")
    made["base"] = pd.array([base] * len(made), dtype="Int64")
    return made.sort_values(["together", "a", "b"], ascending=[False, True, True], kind="stable", ignore_index=True)


def _with_untagged(told: Values, by: Dimension, unit: np.ndarray) -> Values:
    """Units without any code of a facet get the code `no code`, so that a table leaves nobody out unsaid."""
    if by not in FACETS:
        return told
    tagged = np.unique(unit[told.row])
    rest = np.flatnonzero(~np.isin(unit, tagged) & (unit >= 0))
    if not len(rest):
        return told
    return Values(
        row=np.concatenate([told.row, rest]),
        code=np.concatenate([told.code, np.full(len(rest), len(told.labels))]),
        labels=(*told.labels, UNTAGGED),
        ordered=told.ordered,
    )


def _pairs(unit: np.ndarray, told: Values) -> np.ndarray:
    """Each unit once with each of its codes, as unit * labels + code."""
    known = unit[told.row] >= 0
    return np.unique(unit[told.row][known] * len(told.labels) + told.code[known])


def _sizes(unit: np.ndarray, told: Values) -> np.ndarray:
    """How many units have each code."""
    return np.bincount(_pairs(unit, told) % max(1, len(told.labels)), minlength=len(told.labels))


def _cells(unit: np.ndarray, down: Values, across: Values) -> np.ndarray:
    """How many units have each pair of codes in one and the same row of the cases."""
    width = len(across.labels)
    met = pd.DataFrame({"row": down.row, "down": down.code}).merge(
        pd.DataFrame({"row": across.row, "across": across.code}), on="row"
    )
    who = unit[met["row"].to_numpy()]
    cell = (met["down"] * width + met["across"]).to_numpy()
    size = len(down.labels) * width
    seen = np.unique(who[who >= 0] * max(1, size) + cell[who >= 0])
    return np.bincount(seen % max(1, size), minlength=size).reshape(len(down.labels), width)


def _together(unit: np.ndarray, told: Values) -> np.ndarray:
    """Units by pair of codes, wherever in the unit the codes stand."""
    import scipy.sparse as sp

    pairs, width = _pairs(unit, told), max(1, len(told.labels))
    who, code = pairs // width, pairs % width
    has = sp.csr_matrix((np.ones(len(pairs), dtype="int64"), (who, code)), shape=(int(unit.max(initial=0)) + 1, width))
    return np.asarray((has.T @ has).todense())


def _order(told: Values, sizes: np.ndarray) -> np.ndarray:
    """The places of the labels that occur (all of the document's elements), `no code` last."""
    places = [n for n in range(len(told.labels)) if told.ordered or sizes[n]]
    if not told.ordered:
        places.sort(key=lambda n: (told.labels[n] == UNTAGGED, -sizes[n], told.labels[n]))
    return np.array(places, dtype="int64")


def _shown(
    counts: np.ndarray, row_totals: np.ndarray, bases: np.ndarray, total: int, rule: Suppression | None
) -> Protected:
    """The table as it may be printed. Which way it adds up is seen from the figures: a line whose cells come to its
    total is a sum that readers can undo."""
    if rule is None:
        return Protected(
            cells=tuple(map(tuple, counts.tolist())),
            row_totals=tuple(row_totals.tolist()),
            column_totals=tuple(bases.tolist()),
            total=total,
        )
    rows_add = bool((counts.sum(axis=1) == row_totals).all())
    columns_add = bool((counts.sum(axis=0) == bases).all())
    if rows_add and columns_add:
        return protect(counts.tolist(), rule)
    if rows_add:  # as the reports do: each row lies within all that are counted, whose parts are told as bases
        outer = _broken_down(protect([bases.tolist()], rule, columns_add=False))
        told = protect([row_totals.tolist()], rule, rows_add=False, columns_add=False).cells[0]
        return Protected(
            cells=tuple(within(row, bases.tolist(), outer, rule) for row in counts.tolist()),
            row_totals=told,
            column_totals=outer,
            total=total,
        )
    if columns_add:
        turned = _shown(counts.T, bases, row_totals, total, rule)
        return Protected(
            cells=tuple(zip(*turned.cells, strict=True)) or ((),) * len(row_totals),
            row_totals=turned.column_totals,
            column_totals=turned.row_totals,
            total=turned.total,
        )
    apart = protect(counts.tolist(), rule, rows_add=False, columns_add=False)
    alone = protect([[*row_totals.tolist(), *bases.tolist(), total]], rule, rows_add=False, columns_add=False).cells[0]
    return Protected(
        cells=apart.cells,
        row_totals=alone[: len(row_totals)],
        column_totals=alone[len(row_totals) : -1],
        total=alone[-1],
    )


def _broken_down(line: Protected) -> tuple[int | None, ...]:
    """The parts of a total; none where the total itself may not be told."""
    return (None,) * len(line.cells[0]) if line.row_totals[0] is None else line.cells[0]
