"""Which comments a review workbook shows, in which order, and what stands in each row.

Comments that say the same words in answer to the same question share a row, so that a campaign is read once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from consultation import tables
from consultation.errors import ConsultationError
from consultation.model import FACETS, Comment, Question, Response, Tag
from consultation.text import did_you_mean, tidy

MOST: Final = 20_000  # rows: more than anybody reads, and slow to open
_NUMBER: Final = re.compile(r"(\d+)")


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row: the comment `key` and all others (`ids`, itself first) that say the same in answer to the same.

    `shown` are the tags that the row is filled with, the surest of each facet first; none where it is read `blind`.
    """

    key: str
    ids: tuple[str, ...]
    asked: str
    text: str
    who: str
    channel: str
    blind: bool
    shown: tuple[Tag, ...] = ()

    def codes(self, facet: str) -> tuple[str, ...]:
        return tuple(tag.code for tag in self.shown if tag.facet == facet)


def lines(
    comments: pd.DataFrame,
    questions: pd.DataFrame,
    responses: pd.DataFrame,
    elements: pd.DataFrame,
    tags: pd.DataFrame,
    *,
    ids: Sequence[str] | None,
    blind: Collection[str],
) -> list[Line]:
    """The rows, in the order of `ids`; without it, all comments that count, by what they were asked about.

    Facilitators' lines and comments that were set aside are shown only where `ids` names them.
    """
    held: dict[str, Comment] = {row.comment_id: row for row in tables.rows("comments", comments)}
    asked: dict[str, Question] = {row.question_id: row for row in tables.rows("questions", questions)}
    chosen = _named(to_read(comments, questions, elements) if ids is None else ids, held)
    if len(chosen) > MOST:
        raise ConsultationError(
            f"A workbook of {len(chosen):,} comments is more than anybody reads.",
            do="Choose how many with --number, the most useful first, or share them out with --assign.",
        )
    sent: dict[str, Response] = {row.response_id: row for row in tables.rows("responses", responses)}
    grouped: dict[tuple[object, ...], Line] = {}
    for comment in chosen:
        line = _line(comment, asked, sent, comment.comment_id in blind)
        same = _said(comment, line.blind)
        first = grouped.get(same)
        grouped[same] = line if first is None else _joined(first, line)
    by_comment = _suggested(tags, {line.key for line in grouped.values() if not line.blind})
    return [replace(line, shown=by_comment.get(line.key, ())) for line in grouped.values()]


def row_count(comments: pd.DataFrame, ids: Collection[str], blind: Collection[str] = ()) -> int:
    """How many rows these comments make."""
    chosen: list[Comment] = tables.rows("comments", comments[comments["comment_id"].isin(set(ids))])
    return len({_said(comment, comment.comment_id in blind) for comment in chosen})


def to_read(comments: pd.DataFrame, questions: pd.DataFrame, elements: pd.DataFrame) -> list[str]:
    """The ids of all comments that count, less facilitators' lines, in the order in which they read best.

    Answers about one part of the draft stand together, whichever survey they came by, and as in their file.
    """
    asked: dict[str, Question] = {row.question_id: row for row in tables.rows("questions", questions)}
    place = dict(zip(elements["code"], elements["order"], strict=True))

    def order(comment: Comment) -> tuple[Any, ...]:
        question = asked.get(comment.question_id or "")
        about = min((place[code] for code in question.elements if code in place), default=None) if question else None
        return (
            about is None, about or 0, comment.source_id, question.order if question else 0,
            natural(comment.heading or ""), natural(comment.locator), comment.comment_id,
        )  # fmt: skip

    counted = comments[(comments["status"] == "included") & (comments["voice"] != "facilitator")]
    return [comment.comment_id for comment in sorted(tables.rows("comments", counted), key=order)]


def _said(comment: Comment, blind: bool) -> tuple[object, ...]:
    """What comments that share a row have in common."""
    return tidy(comment.text), comment.question_id, comment.heading, blind


def _named(ids: Iterable[str], held: Mapping[str, Comment]) -> list[Comment]:
    told = list(dict.fromkeys(ids))
    for comment_id in told:
        if comment_id not in held:
            raise ConsultationError(f"There is no comment “{comment_id}”.", do=did_you_mean(comment_id, held))
    return [held[comment_id] for comment_id in told]


def natural(text: str) -> list[tuple[int, str]]:
    """To sort by: row 9 before row 10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _NUMBER.split(text) if part]


def _line(comment: Comment, asked: Mapping[str, Question], sent: Mapping[str, Response], blind: bool) -> Line:
    question, response = asked.get(comment.question_id or ""), sent.get(comment.response_id or "")
    told = dict.fromkeys(filter(None, (question.text if question else None, comment.heading)))
    return Line(
        key=comment.comment_id,
        ids=(comment.comment_id,),
        asked="\n".join(told),
        text=comment.text,
        who=(response.respondent_type if response else None) or "",
        channel=response.channel if response else "workshop" if comment.event_id else "",
        blind=blind,
    )


def _joined(first: Line, other: Line) -> Line:
    who = "; ".join(dict.fromkeys(filter(None, (*first.who.split("; "), other.who))))
    channel = "; ".join(dict.fromkeys(filter(None, (*first.channel.split("; "), other.channel))))
    return replace(first, ids=(*first.ids, *other.ids), who=who, channel=channel)


def _suggested(tags: pd.DataFrame, keys: Collection[str]) -> dict[str, tuple[Tag, ...]]:
    """What stands of each comment's tags: each code once, what a person confirmed first, then the surest."""
    mine = tags[tags["comment_id"].isin(set(keys)) & (tags["status"] != "rejected")]
    rows: list[Tag] = tables.rows("tags", mine)
    rows.sort(key=lambda tag: (FACETS.index(tag.facet), tag.status != "confirmed", -tag.score, tag.code))
    told: dict[str, dict[tuple[str, str], Tag]] = {}
    for tag in rows:
        codes = told.setdefault(tag.comment_id, {})
        if tag.facet != "stance" or not any(facet == "stance" for facet, _ in codes):
            codes.setdefault((tag.facet, tag.code), tag)
    return {comment: tuple(codes.values()) for comment, codes in told.items()}
