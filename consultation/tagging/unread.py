"""What nobody read: how many comments, what stands on them, and how wrong that may be at most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from consultation.intervals import at_most
from consultation.model import LedgerEvent
from consultation.tagging import people


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
    sample: Sequence[str] = (),
    suggested_then: pd.DataFrame | None = None,
) -> Unread:
    """The account of what was not read by a person in one facet, with a bound on the error.

    `sample` are the comments that `queue` marked random; `suggested_then` is the table `tags` as it stood before
    they were read. A comment is wrong if the suggested codes are not exactly the confirmed ones. The bound is exact
    (Clopper and Pearson, 95%); without a sample there is none, and the sentence says so.
    """
    included = set(
        comments.loc[(comments["status"] == "included") & (comments["voice"] != "facilitator"), "comment_id"]
    )
    decided = people.decided(events)
    read = {key[0] for key, one in decided.items() if key[1] == facet and one.status != "suggested"} & included
    mine = tags[(tags["facet"] == facet) & (tags["status"] == "suggested") & ~tags["comment_id"].isin(read)]
    surest = mine[mine["why"].str.startswith("sure: ")]
    checked = sorted(set(sample) & read) if suggested_then is not None else []
    wrong = sum(not _right(comment, facet, decided, suggested_then) for comment in checked)
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


def _right(comment: str, facet: str, decided: dict[people.Key, people.Decided], then: pd.DataFrame | None) -> bool:
    told = {
        code
        for (one, its_facet, code), theirs in decided.items()
        if (one, its_facet) == (comment, facet) and theirs.status == "confirmed"
    }
    if then is None:
        return False
    mine = then[(then["comment_id"] == comment) & (then["facet"] == facet) & (then["status"] == "suggested")]
    return set(mine["code"]) == told


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
