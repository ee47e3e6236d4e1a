"""What was never read, never tagged, or is in no point: what the rest of the audit cannot see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from consultation.outcome import several
from consultation.wording.audit.facts import Facts
from consultation.wording.audit.findings import Finding, short


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each source with rows set aside, and one each for comments untagged and in no point."""
    yield from _unread(facts)
    comments = facts.tables["comments"]
    told = comments[(comments["status"] == "included") & (comments["voice"] != "facilitator")]
    ids = sorted(told["comment_id"])
    tagged = _live(facts.tables["tags"]) | _live(facts.tables["phrases"])
    in_points = {comment for point in facts.points for comment in facts.evidence.get(point.point_id, ())}
    untagged = [one for one in ids if one not in tagged]
    if untagged:
        yield Finding(
            kind="never_tagged",
            severity="to settle",
            subject="comments",
            evidence=tuple(untagged),
            what=f"{_comments(untagged, 'carries', 'carry')} no tag, so no point speaks for them: {short(untagged)}.",
            settle="consultation review out FILE.xlsx",
        )
    lost = [one for one in ids if one in tagged and one not in in_points]
    if lost:
        yield Finding(
            kind="in_no_point",
            severity="to look at",
            subject="comments",
            evidence=tuple(lost),
            what=f"{_comments(lost, 'is', 'are')} tagged, but behind no point (off topic, unclear): {short(lost)}.",
            settle="consultation review out FILE.xlsx",
        )


def _unread(facts: Facts) -> Iterator[Finding]:
    sources = facts.tables.get("sources")
    if sources is None:
        return
    unread = sources[sources["rows_quarantined"] > 0].sort_values("source_id")
    for id, name, number in zip(unread["source_id"], unread["name"], unread["rows_quarantined"], strict=True):
        yield Finding(
            kind="never_read",
            severity="to settle",
            subject=str(name),
            evidence=(str(id),),
            what=f"{several(number, 'row')} of “{name}” could not be read, so in no count.",
            settle="consultation reconcile",
        )


def _comments(ids: Sequence[str], one: str, many: str) -> str:
    return f"{several(len(ids), 'comment')} {one if len(ids) == 1 else many}"


def _live(table: pd.DataFrame) -> set[str]:
    return set(table[table["status"] != "rejected"]["comment_id"])
