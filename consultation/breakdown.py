"""Responses by type of respondent in every table of one publication, small numbers withheld across all of them.

The tables share their figures: the types of all channels make up those of the whole, a theme's responses lie within
the whole, a point's within its theme. So they are withheld from the outside in: where an outer row withholds a type,
the rows within it withhold it too, noughts included, and pool it with the others withheld there. Then nothing that an
inner row shows says anything about an outer one, and what an outer row shows is only a ceiling for the inner, which is
reckoned with. Each withheld figure of a row can still be any of at least `below` values.

A row whose total is told and that cannot be broken down so is not broken down at all. Rows overlap: columns do not add
up, but for channels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from consultation.settings import Suppression
from consultation.suppression import protect, rounded

Shown = tuple[int | None, ...]


@dataclass(frozen=True, kw_only=True)
class Breakdown:
    """What may be told of each row by type, in the order of `types`; None is withheld. `raised`: responses by theme."""

    types: tuple[str, ...] = ()
    whole: Shown = ()
    channels: Mapping[str, Shown] = field(default_factory=dict)
    themes: Mapping[str, Shown] = field(default_factory=dict)
    points: Mapping[str, Shown] = field(default_factory=dict)
    raised: Mapping[str, int] = field(default_factory=dict)

    def by_type(self, shown: Shown) -> dict[str, int | None]:
        return dict(zip(self.types, shown, strict=False))


def breakdown(
    responses: pd.DataFrame,
    comments: pd.DataFrame,
    tags: pd.DataFrame,
    points: pd.DataFrame,
    evidence: pd.DataFrame,
    rule: Suppression,
    unnamed: str,
) -> Breakdown:
    """From the responses that are counted, the comments and the named tables `tags`, `points`, `point_evidence`.

    A response counts once in a row, whatever it says there; one without a type counts under `unnamed`. Empty where
    there are not two types.
    """
    kinds, names = pd.factorize(responses["respondent_type"].fillna(unnamed), sort=True)
    if len(names) < 2:
        return Breakdown()
    places, channels = pd.factorize(responses["channel"], sort=True)
    parts = np.zeros((len(channels), len(names)), dtype="int64")
    np.add.at(parts, (places, kinds), 1)
    split, whole = of_parts(parts.tolist(), rule)

    themes = tags[(tags["facet"] == "theme") & (tags["status"] != "rejected")]
    by_theme = _Rows(themes[["code", "comment_id"]], comments, responses, kinds)
    by_point = _Rows(evidence[["point_id", "comment_id"]], comments, responses, kinds)
    everything = tuple(parts.sum(axis=0).tolist())
    shown_themes = {code: within(row, everything, whole, rule) for code, row in by_theme.counts.items()}
    theme_of = dict(zip(points["point_id"], points["theme"], strict=True))
    shown_points = {}
    for point, row in by_point.counts.items():
        theme = theme_of.get(point)
        outer = (everything, whole)
        if theme in shown_themes and by_point.responses[point] <= by_theme.responses[theme]:
            outer = by_theme.counts[theme], shown_themes[theme]
        shown_points[point] = within(row, *outer, rule)
    return Breakdown(
        types=tuple(map(str, names)),
        whole=whole,
        channels=dict(zip(map(str, channels), split, strict=True)),
        themes=shown_themes,
        points=shown_points,
        raised={code: sum(row) for code, row in by_theme.counts.items()},
    )


class _Rows:
    """Counts by type for each row, and the responses behind them; `pairs` name a row and a comment."""

    def __init__(self, pairs: pd.DataFrame, comments: pd.DataFrame, responses: pd.DataFrame, kinds: np.ndarray) -> None:
        counted = comments[comments["status"] == "included"]
        comment = pd.Index(counted["comment_id"]).get_indexer(pd.Index(pairs["comment_id"]))
        response = pd.Index(responses["response_id"]).get_indexer(pd.Index(counted["response_id"]))[comment]
        known = (comment >= 0) & (response >= 0)
        place, names = pd.factorize(pairs.iloc[:, 0])
        once = np.unique(place[known].astype("int64") * len(responses) + response[known])  # a response once in a row
        at, who = np.divmod(once, max(1, len(responses)))
        table = np.zeros((len(names), int(kinds.max(initial=0)) + 1), dtype="int64")
        np.add.at(table, (at, kinds[who]), 1)
        self.counts = {str(name): tuple(row) for name, row in zip(names, table.tolist(), strict=True) if any(row)}
        self.responses = {str(names[n]): frozenset(mine.tolist()) for n, mine in _split(at, who)}


def _split(at: np.ndarray, who: np.ndarray) -> list[tuple[int, np.ndarray]]:
    starts = np.flatnonzero(np.diff(at, prepend=-1))
    return [(int(at[start]), mine) for start, mine in zip(starts, np.split(who, starts[1:]), strict=False)]


def of_parts(parts: Sequence[Sequence[int]], rule: Suppression) -> tuple[list[Shown], Shown]:
    """The rows that make up a whole, and the whole, where the total of each is told.

    Where no choice of cells protects them all, the smallest part is not broken down, and so on.

    >>> of_parts([[30, 12], [8, 9]], Suppression(below=5))
    ([(30, 12), (8, 9)], (38, 21))
    >>> of_parts([[30, 12], [1, 0]], Suppression(below=5))
    ([(None, None), (None, None)], (31, 12))
    """
    wide = len(parts[0]) if parts else 0
    order = sorted(range(len(parts)), key=lambda n: (sum(parts[n]), n))
    for closed in range(len(parts) + 1):
        kept = [n for n in range(len(parts)) if n not in order[:closed]]
        lump = [sum(parts[n][c] for n in order[:closed]) for c in range(wide)]
        shown = protect([*(parts[n] for n in kept), lump], rule, hide=[len(kept)] if closed else [])
        if None in shown.row_totals or shown.total is None:
            continue
        rows = dict(zip(kept, shown.cells, strict=False))
        return [rows.get(n, (None,) * wide) for n in range(len(parts))], shown.column_totals
    return [(None,) * wide for _ in parts], (None,) * wide


def within(counts: Sequence[int], outer: Sequence[int], outer_shown: Shown, rule: Suppression) -> Shown:
    """A row whose total is told and whose responses lie within an outer row that is printed as `outer_shown`.

    >>> within([12, 3, 0, 7], [50, 20, 9, 30], (50, 20, 9, 30), Suppression(below=5))
    (12, None, 0, None)
    >>> within([12, 3, 0, 7], [50, 20, 3, 4], (50, 20, None, None), Suppression(below=5))
    (12, None, None, None)
    >>> within([2, 1], [50, 20], (50, 20), Suppression(below=5))
    (None, None)
    """
    pooled = {c for c, shown in enumerate(outer_shown) if shown is None}
    small = {c for c, count in enumerate(counts) if 0 < count < rule.below and c not in pooled}
    pool, most = sum(counts[c] for c in pooled), sum(outer[c] for c in pooled)
    while not _wide([counts[c] for c in small], [outer[c] for c in small], pool, most, rule.below):
        left = [c for c, count in enumerate(counts) if count and c not in small | pooled]
        if not left:
            return (None,) * len(counts)
        small.add(min(left, key=lambda c: (counts[c], c)))
    return tuple(None if c in small | pooled else rounded(count, rule.round_to) for c, count in enumerate(counts))


def _wide(hidden: Sequence[int], ceilings: Sequence[int], pool: int, most: int, below: int) -> bool:
    """Whether each withheld figure, at least 1 and at most its ceiling, and the pool where it is small, can be any of
    `below` values, their sum being known."""
    total = sum(hidden) + pool
    low, high = [*(1 for _ in hidden), 0], [*ceilings, most]
    for place in [*range(len(hidden)), *([len(hidden)] if 0 < pool < below else [])]:
        least = max(low[place], total - sum(high) + high[place])
        greatest = min(high[place], total - sum(low) + low[place])
        if greatest - least < below - 1:
            return False
    return True
