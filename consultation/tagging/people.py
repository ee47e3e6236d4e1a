"""What people decided about tags, laid over what the program suggested: a person always wins.

A tag that a person confirmed or rejected is theirs. Where a person confirmed any code of a facet on a comment, the
suggestions that they did not confirm lose, and are kept as rejected with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from consultation import history, tables
from consultation.model import LedgerEvent, Tag


def decided(events: Sequence[LedgerEvent]) -> dict[tuple[str, str, str], LedgerEvent]:
    """The last word of a person on each (comment, facet, code), rulings on clashes included, blind readings not."""
    told = [event for event in history.active(events, "tag", "adjudicate") if not event.payload.get("blind")]
    return {
        (str(comment), str(facet), str(code)): event
        for (comment, facet, code), event in history.latest(told, "comment_id", "facet", "code").items()
    }


def lay_over(suggested: pd.DataFrame, events: Sequence[LedgerEvent], comments: pd.DataFrame) -> pd.DataFrame:
    """The table `tags` with people's tags in it; a decision on a comment that is no longer there is left out."""
    ruled = (
        {key: event for key, event in decided(events).items() if key[0] in set(comments["comment_id"])}
        if events
        else {}
    )
    if not ruled:
        return suggested
    read = {key[:2]: event for key, event in ruled.items() if event.payload["status"] == "confirmed"}
    touched = {key[0] for key in ruled}
    mine = suggested["comment_id"].isin(touched)
    before: dict[tuple[str, str, str], Tag] = {
        (tag.comment_id, tag.facet, tag.code): tag for tag in tables.rows("tags", suggested[mine])
    }
    rows = [_ruled(key, event, before.get(key)) for key, event in ruled.items()]
    rows.extend(_lost(tag, read.get(key[:2])) for key, tag in before.items() if key not in ruled)
    return tables.conform("tags", pd.concat([suggested[~mine], _frame(rows)], ignore_index=True))


def _frame(rows: Iterable[Tag]) -> pd.DataFrame:
    return tables.frame("tags", rows)


def _ruled(key: tuple[str, str, str], event: LedgerEvent, before: Tag | None) -> Tag:
    payload: dict[str, Any] = event.payload
    how = "ruled" if event.what == "adjudicate" else str(payload["status"])
    note = f": {payload['note']}" if payload.get("note") else ""
    machine = f"; suggested as {before.why}" if before else ""
    return Tag(
        comment_id=key[0],
        facet=key[1],
        code=key[2],
        start=payload.get("start", before.start if before else None),
        end=payload.get("end", before.end if before else None),
        score=1.0,
        origin="person",
        status=str(payload["status"]),
        why=f"{how} by {event.who}{note}{machine}",
    )


def _lost(tag: Tag, confirmed: LedgerEvent | None) -> Tag:
    if confirmed is None:
        return tag
    return replace(
        tag,
        status="rejected",
        why=f"set aside: {confirmed.who} read this and chose “{confirmed.payload['code']}”; was {tag.why}",
    )
