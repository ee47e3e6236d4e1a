"""What nobody read: how many comments, what stands on them, and how wrong that may be at most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from consultation.intervals import at_most
from consultation.model import LedgerEvent
from consultation.tagging import people
from consultation.tagging.labels import LEFT_OVER


@dataclass(frozen=True, kw_only=True)
class Unread:
    """`checked` comments drawn at random were read blind to say how wrong the others may be."""

    comments: int
    read: int
    unread: int
    unread_with_suggestion: int
    unread_surest: int
    checked: int
    wrong: int
    error_at_most: float | None
    said: str


def unread(
    comments: pd.DataFrame,
    tags: pd.DataFrame,
    events: Sequence[LedgerEvent],
    *,
    facet: str = "theme",
    held_out: pd.DataFrame | None = None,
) -> Unread:
    """The account of what was not read by a person in one facet, with a bound on the error.

    Checked are the comments that the queue drew at random and somebody read without seeing suggestions. `held_out`
    (of `evaluate`: comment_id, code) is what the program suggests for them when it has not seen those labels. A comment
    is wrong if that is not exactly what people confirmed. The bound is exact (Clopper and Pearson, 95%); without
    such comments there is none, and the sentence says so.
    """
    included = set(
        comments.loc[(comments["status"] == "included") & (comments["voice"] != "facilitator"), "comment_id"]
    )
    known = people.known(events, facet)
    read = known.keys() & included
    mine = tags[(tags["facet"] == facet) & (tags["status"] == "suggested") & ~tags["comment_id"].isin(read)]
    surest = mine[mine["why"].str.startswith("sure: ")]
    checked = sorted(people.drawn(events, facet) & read) if held_out is not None else []
    wrong = len(checked) - _right(checked, known, held_out) if held_out is not None else 0
    bound = at_most(wrong, len(checked)) if checked else None
    left = len(included) - len(read)
    return Unread(
        comments=len(included),
        read=len(read),
        unread=left,
        unread_with_suggestion=int(mine["comment_id"].nunique()),
        unread_surest=int(surest["comment_id"].nunique()),
        checked=len(checked),
        wrong=wrong,
        error_at_most=bound,
        said=_said(left, len(included), len(checked), wrong, bound),
    )


def _right(checked: Sequence[str], known: Mapping[str, frozenset[str]], held_out: pd.DataFrame) -> int:
    told = held_out.groupby("comment_id")["code"].agg(frozenset).to_dict()
    return sum(told.get(comment, frozenset()) == known[comment] - set(LEFT_OVER) for comment in checked)


def _said(left: int, total: int, checked: int, wrong: int, bound: float | None) -> str:
    if not left:
        return f"A person read each of the {total} comments."
    told = f"No person read {left} of the {total} comments; what is said of them is provisional."
    if bound is None:
        return f"{told} None of those read was drawn at random, so how wrong they are is not known."
    return (
        f"{told} Of {checked} drawn at random and read, {wrong} were not tagged exactly as the person did: "
        f"with 95% confidence that is so of at most {bound:.0%} of the others."
    )
