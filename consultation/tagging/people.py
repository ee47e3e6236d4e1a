"""What people decided about tags, laid over what the program suggested: a person always wins.

A tag that a person confirmed or rejected is theirs. Where a person confirmed any code of a facet on a comment, the
suggestions that they did not confirm lose, and are kept as rejected with the reason. When a theme is merged, split or
redefined later, the tags made before follow it; the ledger keeps what was said then, so undoing brings it back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from consultation import history, tables
from consultation.model import LedgerEvent, Tag
from consultation.tagging.review.views import views

Key = tuple[str, str, str]  # comment, facet, code


@dataclass(frozen=True, kw_only=True)
class Decided:
    """The last word of a person on one code of one comment. `since` tells what became of the theme afterwards."""

    status: str
    event: LedgerEvent
    since: str = ""


def decided(events: Sequence[LedgerEvent]) -> dict[Key, Decided]:
    """The last word of a person on each (comment, facet, code), rulings on clashes included.

    Themes are followed through merges and splits. A tag of a theme that was split counts as suggested for each of its
    parts, until somebody reads the comment again.
    """
    held: dict[Key, Decided] = {}
    for event in history.active(events, "tag", "adjudicate", "theme"):
        if event.what == "theme":
            held = _followed(held, event)
        else:
            key = (str(event.payload["comment_id"]), str(event.payload["facet"]), str(event.payload["code"]))
            held.pop(key, None)
            held[key] = Decided(status=str(event.payload["status"]), event=event)
    return held


def known(events: Sequence[LedgerEvent], facet: str) -> dict[str, frozenset[str]]:
    """By comment that a person has read for a facet, the codes that they confirmed; none where nothing applies.

    Read is what somebody marked as read without being unsure, and whatever somebody confirmed or rejected a code on;
    less what is to be read again since its theme was split.
    """
    told: dict[str, set[str]] = {view.comment_id: set() for view in views(events).values() if view.judged(facet)}
    again = set[str]()
    for (comment, its_facet, code), one in decided(events).items():
        if its_facet == facet and one.status == "suggested":
            again.add(comment)
        elif its_facet == facet:
            told.setdefault(comment, set()).update({code} if one.status == "confirmed" else ())
    return {comment: frozenset(codes) for comment, codes in sorted(told.items()) if comment not in again}


def drawn(events: Sequence[LedgerEvent], facet: str) -> frozenset[str]:
    """The comments that chance chose and somebody read for a facet without seeing suggestions: a fair check."""
    return frozenset(
        view.comment_id for view in views(events).values() if view.drawn and view.blind and view.judged(facet)
    )


def lay_over(suggested: pd.DataFrame, events: Sequence[LedgerEvent], comments: pd.DataFrame) -> pd.DataFrame:
    """The table `tags` with people's tags in it; a decision on a comment that is no longer there is left out."""
    here = set(comments["comment_id"]) if events else set()
    ruled = {key: told for key, told in decided(events).items() if key[0] in here}
    if not ruled:
        return suggested
    touched = {key[0] for key in ruled}
    mine = suggested["comment_id"].isin(touched)
    before = {(tag.comment_id, tag.facet, tag.code): tag for tag in tables.rows("tags", suggested[mine])}
    rows = [*_theirs(ruled, before), *_others(ruled, before)]
    return tables.conform("tags", pd.concat([suggested[~mine], tables.frame("tags", rows)], ignore_index=True))


def _followed(held: Mapping[Key, Decided], change: LedgerEvent) -> dict[Key, Decided]:
    """The decisions after a theme was merged, split or redefined."""
    code, action = str(change.payload["code"]), change.payload["action"]
    into = change.payload.get("into") or ()
    heirs = [into] if isinstance(into, str) else [str(one) for one in into]
    told: dict[Key, Decided] = {}
    for (comment, facet, mine), one in held.items():
        if facet != "theme" or mine != code or action not in ("merge", "split", "redefine"):
            told.setdefault((comment, facet, mine), one)
        elif action == "redefine":
            told[comment, facet, mine] = replace(one, since=f"{one.since}; the definition was changed since")
        elif action == "merge":
            _merge(told, (comment, facet, heirs[0]), replace(one, since=f"{one.since}; was “{code}” before the merger"))
        elif one.status == "confirmed":
            for heir in heirs:
                since = f"{one.since}; “{code}” was split since: read it again"
                told.setdefault((comment, facet, heir), replace(one, status="suggested", since=since))
    return told


def _merge(told: dict[Key, Decided], key: Key, one: Decided) -> None:
    """Of two decisions on what is one theme now, a confirmation wins."""
    if key not in told or (told[key].status != "confirmed" and one.status == "confirmed"):
        told[key] = one


def _theirs(ruled: Mapping[Key, Decided], before: Mapping[Key, Tag]) -> Iterator[Tag]:
    """People's own tags; where the program had suggested the same, its span and reason stay."""
    for (comment, facet, code), one in ruled.items():
        payload, machine = one.event.payload, before.get((comment, facet, code))
        how = "ruled" if one.event.what == "adjudicate" else str(payload["status"])
        note = f": {payload['note']}" if payload.get("note") else ""
        was = f"; suggested as {machine.why}" if machine else ""
        yield Tag(
            comment_id=comment,
            facet=facet,
            code=code,
            start=payload.get("start", machine.start if machine else None),
            end=payload.get("end", machine.end if machine else None),
            score=1.0 if one.status != "suggested" else 0.5,
            origin="person",
            status=one.status,
            why=f"{how} by {one.event.who}{note}{one.since}{was}",
            model_version=machine.model_version if machine else None,
        )


def _others(ruled: Mapping[Key, Decided], before: Mapping[Key, Tag]) -> Iterator[Tag]:
    """The suggestions on comments that a person touched: those of a facet in which they chose otherwise lose."""
    chose = {key[:2]: (key[2], one.event.who) for key, one in ruled.items() if one.status == "confirmed"}
    for key, tag in before.items():
        if key in ruled:
            continue
        if key[:2] in chose:
            code, who = chose[key[:2]]
            tag = replace(tag, status="rejected", why=f"set aside: {who} read this and chose “{code}”; was {tag.why}")
        yield tag
