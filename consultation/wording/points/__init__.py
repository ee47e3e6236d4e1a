"""Points: what was said about the draft, once each, with the comments behind it and the groups that said it.

A point is not a comment, a comment is not a respondent, and a workshop line is a group's: the three are counted
apart and never added up. A point that one person made is kept like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from consultation import statements, tables
from consultation.model import (
    Comment,
    Event,
    LedgerEvent,
    Point,
    PointElement,
    PointEvidence,
    Response,
    Theme,
)
from consultation.settings import QuantityWord
from consultation.wording.labels import called, labels
from consultation.wording.points.conflicts import conflicts
from consultation.wording.points.edits import Points, lay_over
from consultation.wording.points.said import points as derived
from consultation.wording.points.said import sayings, speaks
from consultation.words import Words, english


def gather(
    comments: pd.DataFrame,
    responses: pd.DataFrame,
    events_table: pd.DataFrame,
    elements: pd.DataFrame,
    themes: Sequence[Theme],
    tags: pd.DataFrame,
    phrases: pd.DataFrame,
    ledger_events: Sequence[LedgerEvent],
    *,
    quantity_words: Sequence[QuantityWord] = (),
    words: Words | None = None,
    printed: pd.DataFrame | None = None,
    kept: tables.Tables | None = None,
) -> dict[str, pd.DataFrame]:
    """The tables `points`, `point_elements` and `point_evidence`.

    Confirmed and suggested tags and findings speak alike, rejected ones not at all; excluded comments and lines of a
    facilitator are no evidence. `n_comments` counts pieces of text (workshop lines too), `n_responses` submissions,
    `n_events` workshops; all three are missing where a point has no evidence here. `groups` names who said it:
    types of respondent, audiences of events, and "heading=value" of the group columns.
    What people did to points is laid over, and `rank` gives the order to read them in. A statement that nobody worded
    is composed in `words` and marked `drafted`. `printed` and `kept` are those of `as_said`.
    """
    rows: list[Comment] = tables.rows("comments", comments)
    points = _as_said(rows, elements, tags, phrases, printed, kept)
    lay_over(points, ledger_events, {row.comment_id for row in rows})
    _count(points, rows, tables.rows("responses", responses), tables.rows("events", events_table))
    _state(points, elements, {theme.code: theme for theme in themes}, quantity_words, words or english())
    clashes = conflicts(list(points.rows.values()), points.elements, themes)
    for point_id in points.rows:
        points.change(point_id, conflicts_with=clashes.get(point_id, ()))
    for rank, point_id in enumerate(_reading_order(points, elements)):
        points.change(point_id, rank=rank)
    return _frames(points)


def as_said(
    comments: pd.DataFrame,
    elements: pd.DataFrame,
    tags: pd.DataFrame,
    phrases: pd.DataFrame,
    *,
    printed: pd.DataFrame | None = None,
    kept: tables.Tables | None = None,
) -> dict[str, pd.DataFrame]:
    """The same three tables before anything that people did to points: no statements, no counts.

    `printed` is `phrases` with its replacements as they may be printed. `kept` is what this gave before the words of
    comments were purged: those comments say that and nothing else, so that points and their ids outlive the words.
    """
    return _frames(_as_said(tables.rows("comments", comments), elements, tags, phrases, printed, kept))


def _as_said(
    comments: Sequence[Comment], elements: pd.DataFrame, tags: pd.DataFrame, phrases: pd.DataFrame,
    printed: pd.DataFrame | None, kept: tables.Tables | None,
) -> Points:  # fmt: skip
    before = by_point(kept["point_evidence"], "comment_id") if kept else {}
    wordless = {comment_id for ids in before.values() for comment_id in ids}
    shown = {row.phrase_id: row.replacement for row in tables.rows("phrases", phrases if printed is None else printed)}
    found, about, evidence = derived(
        sayings(
            (row for row in comments if row.comment_id not in wordless),
            tables.rows("tags", tags), tables.rows("phrases", phrases), parents(elements), shown,
        )
    )  # fmt: skip
    points = Points(rows={point.point_id: point for point in found}, elements=about, evidence=evidence)
    speaking = {row.comment_id for row in comments if speaks(row)}
    for point in tables.rows("points", kept["points"]) if kept else ():
        if told := speaking.intersection(before[point.point_id]):
            points.rows[point.point_id] = point
            points.evidence[point.point_id] = sorted(told.union(evidence.get(point.point_id, ())))
    if kept:
        links = by_point(kept["point_elements"], "element")
        points.elements |= {point_id: links.get(point_id, ()) for point_id in before if point_id in points.rows}
    return points


def _frames(points: Points) -> dict[str, pd.DataFrame]:
    return {
        "points": tables.frame("points", points.rows.values()),
        "point_elements": tables.frame("point_elements", _links(points.elements, PointElement, "element")),
        "point_evidence": tables.frame("point_evidence", _links(points.evidence, PointEvidence, "comment_id")),
    }


def _count(points: Points, comments: Iterable[Comment], responses: Iterable[Response], events: Iterable[Event]) -> None:
    by_comment = {comment.comment_id: comment for comment in comments}
    by_response = {response.response_id: response for response in responses}
    by_event = {event.event_id: event for event in events}
    for point_id, ids in points.evidence.items():
        if not ids:
            continue
        told = [by_comment[comment_id] for comment_id in ids]
        spoke = {comment.response_id for comment in told if comment.response_id}
        met = {comment.event_id for comment in told if comment.event_id}
        points.change(
            point_id,
            n_comments=len(ids),
            n_responses=len(spoke),
            n_events=len(met),
            groups=_groups(
                [by_response[key] for key in spoke if key in by_response],
                [by_event[key] for key in met if key in by_event],
            ),
        )


def _groups(responses: Iterable[Response], events: Iterable[Event]) -> tuple[str, ...]:
    told: set[str] = set()
    for response in responses:
        told.update(response.groups)
        if response.respondent_type:
            told.add(response.respondent_type)
    told.update(event.audience for event in events if event.audience)
    return tuple(sorted(told))


def _state(
    points: Points, elements: pd.DataFrame, themes: Mapping[str, Theme], scale: Sequence[QuantityWord], words: Words
) -> None:
    names = labels(elements, words)
    for point_id, point in points.rows.items():
        if not point.statement:
            where = called(points.elements[point_id], names, words)
            points.change(point_id, statement=statements.said(point, where, words, themes, scale), drafted=True)


def _reading_order(points: Points, elements: pd.DataFrame) -> list[str]:
    """By element in the order of the document; there each view once, the most frequent first, then the others."""
    place = {code: number for number, code in enumerate(labels(elements))}

    def where(point: Point) -> int:
        return min((place.get(code, len(place)) for code in points.elements[point.point_id]), default=len(place) + 1)

    def how_often(point: Point) -> tuple[int, int, str]:
        return (-(point.n_responses or 0) - (point.n_events or 0), -(point.n_comments or 0), point.point_id)

    seen: set[tuple[Any, ...]] = set()
    keyed = []
    for point in sorted(points.rows.values(), key=how_often):
        view = (where(point), point.theme, point.stance)
        keyed.append((where(point), view in seen, *how_often(point)))
        seen.add(view)
    return [str(key[-1]) for key in sorted(keyed)]


def parents(elements: pd.DataFrame) -> dict[str, str | None]:
    """The parent of each element of the table `elements`."""
    return {
        str(code): None if pd.isna(parent) else str(parent)
        for code, parent in zip(elements["code"], elements["parent"], strict=True)
    }


def _links(by_point: Mapping[str, Iterable[str]], row: type[Any], name: str) -> list[Any]:
    return [row(point_id=point_id, **{name: value}) for point_id, values in by_point.items() for value in values]


def ordered(points: pd.DataFrame) -> list[Point]:
    """The open points in reading order."""
    rows: list[Point] = tables.rows("points", points[points["status"] == "open"])
    return sorted(rows, key=lambda point: point.rank)


def by_point(links: pd.DataFrame, column: str) -> dict[str, tuple[str, ...]]:
    """The values of `column` for each point of `point_elements` or `point_evidence`, in their order there."""
    found: dict[str, list[str]] = {}
    for point_id, value in zip(links["point_id"], links[column], strict=True):
        found.setdefault(str(point_id), []).append(str(value))
    return {point_id: tuple(values) for point_id, values in found.items()}


def who_said(point: Point) -> tuple[str, ...]:
    """The kinds of people who made a point, without the group columns ("Age=25 to 34"), of which there are many."""
    return tuple(name for name in point.groups if "=" not in name)
