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
    totals: tuple[int | None, ...]
    bases: tuple[int | None, ...]


def how_many(view: View, point: Point) -> str:
    """The counts of a point in words: as a person stated it, else each count by its own name with the base."""
    words = view.words
    told = []
    base = len(view.included)
    if point.n_responses:
        told.append(words("count.responses", count=point.n_responses, number=words.number(point.n_responses)))
        if base and (word := quantity_word(point.n_responses, base, view.settings.quantity_words)):
            told[-1] = words("counts.of_base", told=told[-1], word=word, base=words.number(base))
    if point.n_comments:
        told.append(words("count.comments", count=point.n_comments, number=words.number(point.n_comments)))
    if point.n_events:
        told.append(words("count.events", count=point.n_events, number=words.number(point.n_events)))
    if point.quantity:
        told.insert(0, words("counts.stated", word=point.quantity))
    return "; ".join(told) or words("not_stated")


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
    bases = protect([sizes], rule, columns_add=False)
    return Crosstab(
        rows=tuple(rows),
        columns=tuple(map(str, columns)),
        cells=shown.cells,
        totals=shown.row_totals,
        bases=bases.cells[0],
    )


def who_said(view: View) -> dict[str, str]:
    """point -> the types of respondents that said it, each with its count; those withheld are named without one."""
    evidence = view.table("point_evidence").rename(columns={"point_id": "row"})[["row", "comment_id"]]
    found = by_type(view, evidence, list(view.points))
    if found is None:
        return {}
    words, told = view.words, {}
    for row, cells in zip(found.rows, found.cells, strict=True):
        said = [
            words("counts.group", group=name, number=words("withheld") if count is None else words.number(count))
            for name, count in zip(found.columns, cells, strict=True)
            if count is None or count > 0
        ]
        told[row] = words.listed(said)
    return told


def groups(view: View, point: Point, found: dict[str, str]) -> str:
    """Who said a point: counted where responses are held, else the groups as they were recorded."""
    if told := found.get(point.point_id):
        return told
    named = [group.split("=", 1)[-1] for group in point.groups]
    return sentences.upper_first(view.words.listed(named)) or view.words("not_stated")
