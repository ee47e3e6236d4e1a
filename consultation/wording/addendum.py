"""Responses that were found or came late: which points they bring that nobody had made, and which they repeat."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from consultation.outcome import several
from consultation.settings import Settings
from consultation.tables import Tables
from consultation.wording import decisions as rules
from consultation.wording.points import by_point, ordered


@dataclass(frozen=True, kw_only=True)
class LatePoint:
    """A point of late responses. `comments` are theirs; `decided` tells whether it has a disposition."""

    point_id: str
    statement: str
    comments: tuple[str, ...]
    decided: bool


@dataclass(frozen=True, kw_only=True)
class Addendum:
    """`new` are points that nobody else made, `repeated` those that others made too; `unread` are comments of late
    responses that stand behind no point yet."""

    responses: tuple[str, ...]
    comments: tuple[str, ...]
    new: tuple[LatePoint, ...]
    repeated: tuple[LatePoint, ...]
    unread: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What an addendum says first."""
        came = f"{several(len(self.responses), 'late response')} with {several(len(self.comments), 'comment')}"
        left = f"; not read yet: {several(len(self.unread), 'comment')}" if self.unread else ""
        return f"{came} bring {several(len(self.new), 'new point')} and repeat {len(self.repeated)}{left}."


def late(tables: Tables, settings: Settings, response_ids: Collection[str] | None = None) -> Addendum:
    """The addendum for these responses; without `response_ids`, for those marked late or sent after the close.

    Excluded responses and comments are left out. A day counts in whole: what came on the last day is not late.
    """
    responses = tables["responses"]
    found = set(response_ids) if response_ids is not None else _late(responses, settings.closes)
    kept = responses[responses["response_id"].isin(found) & (responses["status"] == "included")]
    ids = set(kept["response_id"])
    comments = tables["comments"]
    theirs = set(comments[comments["response_id"].isin(ids) & (comments["status"] == "included")]["comment_id"])
    evidence = by_point(tables["point_evidence"], "comment_id")
    decided = rules.of_points(tables["decisions"])
    new, repeated, read = list[LatePoint](), list[LatePoint](), set[str]()
    for point in ordered(tables["points"]):
        behind = set(evidence.get(point.point_id, ()))
        here = behind & theirs
        if not here:
            continue
        read |= here
        told = LatePoint(
            point_id=point.point_id,
            statement=point.statement,
            comments=tuple(sorted(here)),
            decided=point.point_id in decided,
        )
        (new if here == behind else repeated).append(told)
    return Addendum(
        responses=tuple(sorted(ids)),
        comments=tuple(sorted(theirs)),
        new=tuple(new),
        repeated=tuple(repeated),
        unread=tuple(sorted(theirs - read)),
    )


def _late(responses: pd.DataFrame, closes: str | None) -> set[str]:
    """Marked late, or with a date (ISO) after the close."""
    late = responses["completeness"] == "late"
    if closes:
        late |= responses["submitted_at"].fillna("").str[:10].where(_is_date(responses), "") > closes[:10]
    return set(responses[late]["response_id"])


def _is_date(responses: pd.DataFrame) -> pd.Series:
    return responses["submitted_at"].fillna("").str.match(r"\d{4}-\d{2}-\d{2}")
