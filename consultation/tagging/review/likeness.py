"""The sheet “Same person”: submissions that look alike, put to an officer, and the events that come of the answer.

A campaign is one row; any other likeness is a row for each pair, the first sent being the one that is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from consultation import history, tables
from consultation.model import Comment, Duplicate, LedgerEvent, Response
from consultation.sheets import Row, Value
from consultation.tagging.review import layout
from consultation.tagging.review.lines import natural
from consultation.tagging.review.taking import Taking

KINDS: Final = {
    "campaign": "a campaign: the same text from several people",
    "near_duplicate": "two people with nearly the same text",
    "double_submission": "one person who answered twice",
}
_SHOWN: Final = 1_500  # characters of each submission: enough to tell


@dataclass(frozen=True, kw_only=True)
class Alike:
    """A question to the officer: does `other` repeat `first`, or are these `members` one campaign?"""

    key: str
    kind: str
    first: str
    other: str
    similarity: float
    members: tuple[str, ...]
    standard: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    texts: tuple[str, str] = ("", "")
    sent: tuple[str, str] = ("", "")

    @property
    def is_campaign(self) -> bool:
        return self.kind == "campaign"


def unsettled(likenesses: pd.DataFrame, events: Sequence[LedgerEvent]) -> pd.DataFrame:
    """The rows of the table `duplicates` that nobody has confirmed or turned down yet."""
    settled = {_subject(event.what, event.payload) for event in history.active(events, "campaign", "duplicate")}
    open_now = [_question(row) not in settled for row in tables.rows("duplicates", likenesses)]
    left = likenesses.loc[open_now]
    asked = left.loc[left["response_id"] != left["like"], "group_id"]
    return left[left["group_id"].isin(asked)].reset_index(drop=True)


def groups(likenesses: pd.DataFrame, comments: pd.DataFrame, responses: pd.DataFrame) -> list[Alike]:
    """The questions: campaigns first, then each pair of submissions once, the most alike first."""
    sent: dict[str, Response] = {row.response_id: row for row in tables.rows("responses", responses)}
    said = _said(comments)
    asked: dict[object, list[Duplicate]] = {}
    for row in tables.rows("duplicates", likenesses):
        asked.setdefault(_question(row), []).append(row)
    told = [
        _campaign(rows, said, sent) if isinstance(question, str) else _pair(rows, said, sent)
        for question, rows in asked.items()
        if question != frozenset((rows[0].response_id,))  # the first of a group is no repeat of itself
    ]
    return sorted(told, key=lambda alike: (not alike.is_campaign, -len(alike.members), -alike.similarity, alike.key))


def _said(comments: pd.DataFrame) -> dict[str, list[Comment]]:
    """What each response says, as it stands in its file."""
    said: dict[str, list[Comment]] = {}
    for comment in sorted(tables.rows("comments", comments), key=lambda comment: natural(comment.locator)):
        if comment.response_id and comment.text.strip():
            said.setdefault(comment.response_id, []).append(comment)
    return said


def rows(told: Iterable[Alike]) -> Iterator[dict[str, Value]]:
    """The rows of the sheet."""
    for alike in told:
        yield {
            layout.SAME_ID: alike.key, layout.SAME_KIND: KINDS.get(alike.kind, alike.kind),
            "This one": alike.texts[0], "That one": alike.texts[1], "Alike": f"{alike.similarity:.0%}",
            "Responses": len(alike.members), "First sent": alike.sent[0], "Then sent": alike.sent[1],
        }  # fmt: skip


def take(taking: Taking, rows: Iterable[Row], told: Sequence[Alike], events: Sequence[LedgerEvent]) -> None:
    """Record each answer that is new; what somebody answered otherwise is refused, for it has to be undone first."""
    by_key = {alike.key: alike for alike in told}
    for row in rows:
        if not row[layout.SAME_ANSWER]:
            if row[layout.SAME_NAME]:
                taking.refuse(row, layout.SAME_ANSWER, "A name was given, but no decision.", "Choose “confirm”.")
            continue
        answer, alike = taking.choice(row, layout.SAME_ANSWER, layout.SAME_ANSWERS), by_key.get(row[layout.SAME_ID])
        if alike is None:
            taking.refuse(
                row, layout.SAME_ID, "These submissions are not among those that look alike now.",
                "Look at them in a new workbook: consultation review out FILE.xlsx",
            )  # fmt: skip
        elif answer:
            _record(taking, row, alike, _settled(alike, answer, row[layout.SAME_NAME]), events)


def _pair(rows: Sequence[Duplicate], said: Mapping[str, Sequence[Comment]], sent: Mapping[str, Response]) -> Alike:
    both = {one for row in rows for one in (row.response_id, row.like)}
    first, other = sorted(both, key=lambda one: (_when(sent.get(one)) or "9", one))
    return Alike(
        key=f"{first} {other}",
        kind=min(row.kind for row in rows),  # double_submission before near_duplicate: the one that is more certain
        first=first,
        other=other,
        similarity=max(row.similarity for row in rows),
        members=(first, other),
        texts=(_words(said.get(first, ())), _words(said.get(other, ()))),
        sent=(_when(sent.get(first)), _when(sent.get(other))),
    )


def _campaign(rows: Sequence[Duplicate], said: Mapping[str, Sequence[Comment]], sent: Mapping[str, Response]) -> Alike:
    """`standard` are those who sent the campaign's words unchanged and nothing beside them."""
    first, members = rows[0].like, tuple(sorted({row.response_id for row in rows}))
    held = {row.comment_id for row in rows if row.comment_id}
    changed = {row.response_id for row in rows if row.kind != "campaign_standard"}
    changed |= {one for one in members if any(comment.comment_id not in held for comment in said.get(one, ()))}
    farthest = min(rows, key=lambda row: (row.similarity, row.response_id)).response_id
    dates = sorted(filter(None, (_when(sent.get(one)) for one in members)))
    of = {one: [comment for comment in said.get(one, ()) if comment.comment_id in held] for one in (first, farthest)}
    return Alike(
        key=rows[0].group_id,
        kind="campaign",
        first=first,
        other=farthest,
        similarity=min(row.similarity for row in rows),
        members=members,
        standard=tuple(sorted(set(members) - changed)),
        comments=tuple(sorted(held)),
        texts=(_words(of[first]), _words(of[farthest])),
        sent=(dates[0], dates[-1]) if dates else ("", ""),
    )


def _words(comments: Sequence[Comment]) -> str:
    told = "\n".join(comment.text for comment in comments)
    return told if len(told) <= _SHOWN else told[:_SHOWN].rstrip() + " … [more]"


def _when(response: Response | None) -> str:
    return (response.submitted_at or "") if response else ""


def _record(
    taking: Taking, row: Row, alike: Alike, new: tuple[str, dict[str, Any]], events: Sequence[LedgerEvent]
) -> None:
    what, payload = new
    answer = "response_ids" if alike.is_campaign else "duplicate_of"
    subject = _subject(what, payload)
    before = [event for event in history.active(events, what) if _subject(what, event.payload) == subject]
    if not before:
        taking.record(what, payload, row)
    elif before[-1].payload.get(answer) != payload.get(answer):
        taking.refuse(
            row, layout.SAME_ANSWER, f"{before[-1].who} decided this otherwise on {before[-1].at[:10]}.",
            f"To change it, take that back first: consultation undo {before[-1].event_id}",
        )  # fmt: skip
    elif before[-1].payload.get("name") != payload.get("name"):
        taking.record(what, payload, row)


def _settled(alike: Alike, answer: str, name: str) -> tuple[str, dict[str, Any]]:
    """What is recorded for an answer (a key of `layout.SAME_ANSWERS`)."""
    if not alike.is_campaign:
        if answer == "confirm":
            return "duplicate", {"response_id": alike.other, "duplicate_of": alike.first}
        return "duplicate", {"response_id": alike.other, "duplicate_of": None, "apart_from": alike.first}
    if answer != "confirm":
        return "campaign", {"campaign_id": alike.key, "name": None}
    return "campaign", {
        "campaign_id": alike.key,
        "name": name or f"Campaign of {len(alike.members)} responses",  # never respondents' own words
        "response_ids": list(alike.members),
        "standard_ids": list(alike.standard),
        "comment_ids": list(alike.comments),
    }


def _subject(what: str, payload: Mapping[str, Any]) -> object:
    """What an event is about: a campaign by its id, or two submissions."""
    if what == "campaign":
        return payload["campaign_id"]
    return frozenset((payload.get("response_id"), payload["duplicate_of"] or payload.get("apart_from")))


def _question(row: Duplicate) -> object:
    """What a likeness asks about, as `_subject` names it."""
    return row.group_id if row.kind.startswith("campaign") else frozenset((row.response_id, row.like))
