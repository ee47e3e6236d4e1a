"""Honest counts: who said a point, by type of respondent, with small numbers withheld; words and shares with a base.

Responses, comments, workshop lines and participants are different things and are never added up. Shares are of
responses only: a workshop line is a group's, so no share of people comes from it.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from consultation.model import Point
from consultation.reporting import sentences
from consultation.reporting.view import View
from consultation.suppression import protect
from consultation.words import quantity_word


@dataclass(frozen=True, kw_only=True)
class Crosstab:
    """Responses by row and by type of respondent; None is withheld. `bases` are the responses of each type."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]
    bases: tuple[int | None, ...]


def plainly(view: View, point: Point) -> str:
    """Each count of a point by its own name; an empty text where none is stated."""
    words = view.words
    counted = (("responses", point.n_responses), ("comments", point.n_comments), ("events", point.n_events))
    return ", ".join(words(f"count.{name}", count=n, number=words.number(n)) for name, n in counted if n)


def how_many(view: View, point: Point) -> str:
    """The same with the quantity word: as a person stated it, else of the declared scale with its base."""
    words, told = view.words, [plainly(view, point)]
    base = len(view.included)
    if point.quantity:
        told.append(words("counts.stated", word=point.quantity))
    elif point.n_responses and base:
        word = quantity_word(point.n_responses, base, view.settings.quantity_words)
        told.append(words("counts.of_base", word=word, base=words.number(base)))
    return ": ".join(part for part in told if part) or words("not_stated")


def by_type(view: View, pairs: pd.DataFrame, order: list[str]) -> Crosstab | None:
    """Responses for each row and type of respondent, from pairs `row`, `comment_id`; None without two types.

    A response counts once in a row, whatever it says there. Types make up the total of each row, so a lone small
    count takes another with it; rows overlap, so columns do not add up.
    """
    types = view.included[["response_id", "respondent_type"]].fillna({"respondent_type": view.words("not_stated")})
    if types["respondent_type"].nunique() < 2:
        return None
    comments = view.table("comments")
    linked = comments.loc[comments["comment_id"].isin(pairs["comment_id"]) & (comments["status"] == "included")]
    found = (
        pairs.merge(linked[["comment_id", "response_id"]], on="comment_id")
        .dropna(subset=["response_id"])
        .merge(types, on="response_id")
        .drop_duplicates(["row", "response_id"])
    )
    table = pd.crosstab(found["row"], found["respondent_type"])
    columns = sorted(types["respondent_type"].unique())
    rows = [row for row in order if row in table.index]
    counts = table.reindex(index=rows, columns=columns, fill_value=0).to_numpy().tolist()
    if not rows:
        return None
    rule = view.settings.suppression
    shown = protect(counts, rule, columns_add=False)
    sizes = [int((types["respondent_type"] == column).sum()) for column in columns]
    blank = (None,) * len(columns)
    return Crosstab(
        rows=tuple(rows),
        columns=tuple(map(str, columns)),
        # how many responses share a point is told elsewhere; where that is too few to be broken down, nothing is
        cells=tuple(
            blank if total is None else cells for cells, total in zip(shown.cells, shown.row_totals, strict=True)
        ),
        bases=protect([sizes], rule, columns_add=False).cells[0],
    )


def who_said(view: View) -> dict[str, str]:
    """point -> the types of respondent that said it, each with its count; those withheld are named without one."""
    evidence = view.table("point_evidence").rename(columns={"point_id": "row"})[["row", "comment_id"]]
    found = by_type(view, evidence, list(view.points))
    if found is None:
        return {}
    return {row: _listed(view, found.columns, cells) for row, cells in zip(found.rows, found.cells, strict=True)}


def _listed(view: View, columns: tuple[str, ...], cells: tuple[int | None, ...]) -> str:
    """Types with their counts, then those whose counts are withheld."""
    words = view.words
    if all(count is None for count in cells):
        return words("counts.too_few")
    told = [
        words("counts.group", group=name, number=words.number(count))
        for name, count in zip(columns, cells, strict=True)
        if count
    ]
    hidden = [name for name, count in zip(columns, cells, strict=True) if count is None]
    if hidden:
        told.append(words("counts.hidden", groups=words.listed(hidden)))
    return sentences.upper_first(", ".join(told))


def groups(view: View, point: Point, found: dict[str, str]) -> str:
    """Who said a point: counted where responses are held, else the groups as they were recorded."""
    if told := found.get(point.point_id):
        return told
    named = [group.split("=", 1)[-1] for group in point.groups]
    return sentences.upper_first(view.words.listed(named)) or view.words("not_stated")
