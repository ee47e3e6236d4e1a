"""Is every point answered: by a decision, with its reason, and by the words that it claims?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consultation.model import Decision, Point
from consultation.outcome import several
from consultation.wording import decisions as rules
from consultation.wording.audit.facts import Facts
from consultation.wording.audit.findings import Finding, cell, short
from consultation.wording.audit.matching import says

_COLUMN = {"disposition": "Disposition", "reason": "Reason", "destination": "Destination"}


def check(facts: Facts) -> Iterator[Finding]:
    """Points without a decision; decisions that lack what they need, that the text belies, or that pull apart."""
    for point in facts.points:
        decision = facts.decided.get(point.point_id)
        if decision is None:
            yield _undecided(facts, point)
            continue
        yield from _incomplete(point, decision)
        yield from _belied(facts, point, decision)
    yield from _nowhere(facts)
    yield from _at_odds(facts)


def _undecided(facts: Facts, point: Point) -> Finding:
    """No decision is on record. Where the words asked for stand in the revised text, it may only want recording."""
    where = _where_said(facts, point)
    told = f" The words asked for stand in {short(where)} now; it may be answered." if where else ""
    return Finding(
        kind="no_disposition",
        severity="to settle" if where else "serious",
        subject=point.point_id,
        evidence=facts.evidence.get(point.point_id, ()),
        what=f"Nothing is decided on: {point.statement}{told}",
        settle=cell("Points", point.point_id, "Disposition"),
    )


def _where_said(facts: Facts, point: Point) -> list[str]:
    if not point.replacement:
        return []
    return [code for code, row in facts.revised.items() if row.wording and says(point.replacement, row.wording)]


def _incomplete(point: Point, decision: Decision) -> Iterator[Finding]:
    for name, what, _ in rules.faults(decision.__dict__):
        yield Finding(
            kind="incomplete_decision",
            severity="serious",
            subject=point.point_id,
            evidence=(decision.decision_id,),
            what=f"{what} ({point.statement})",
            settle=cell("Points", point.point_id, _COLUMN[name]),
        )


def _belied(facts: Facts, point: Point, decision: Decision) -> Iterator[Finding]:
    """Adopted, but the words asked for are not in the revised wording, in any form."""
    codes = facts.about.get(point.point_id) or facts.revised
    texts = {code: row.wording for code in codes if (row := facts.revised.get(code)) and row.wording}
    if decision.disposition != "adopted":
        return
    if facts.about.get(point.point_id) and facts.is_revised and not _changed(facts, facts.about[point.point_id]):
        yield Finding(
            kind="adopted_unchanged",
            severity="serious",
            subject=point.point_id,
            evidence=(decision.decision_id,),
            what=f"It is down as adopted, but nothing has changed in {short(facts.about[point.point_id])}: "
            f"{point.statement}",
            settle=cell("Changes", facts.about[point.point_id][0], "New wording")
            + f"; or correct the disposition: sheet “Points”, row {point.point_id}",
        )
        return
    if not point.replacement or not texts:
        return
    if not any(says(point.replacement, text) for text in texts.values()):
        yield Finding(
            kind="adopted_not_found",
            severity="serious",
            subject=point.point_id,
            evidence=(decision.decision_id, *texts),
            what=f"It is down as adopted, but “{point.replacement}” stands nowhere in {short(texts)}.",
            settle=cell("Changes", next(iter(texts)), "New wording")
            + f"; or correct the disposition: sheet “Points”, row {point.point_id}",
        )


def _changed(facts: Facts, codes: Sequence[str]) -> bool:
    """Whether any of these elements, or one above or below it, was changed, or one of them is new or gone."""
    near = {*codes, *(code for code, row in facts.draft.items() if row.parent in codes)}
    near |= {str(row.parent) for code in codes if (row := facts.draft.get(code)) and row.parent}
    return any(
        (proposal := facts.proposals.get(code)) and proposal.change_kinds not in ((), ("unchanged",)) for code in near
    )


def _nowhere(facts: Facts) -> Iterator[Finding]:
    """Decided, but a reader will not find it: in no report row, and about nothing that a table or rationale covers."""
    printed = {point_id for row in facts.rows for point_id in row.point_ids}
    covered = {code for codes in facts.tables["blocks"]["elements"] for code in codes} | set(facts.rationale)
    lost = [
        point.point_id
        for point in facts.points
        if point.point_id in facts.decided
        and point.point_id not in printed
        and not covered & set(facts.about.get(point.point_id, ()))
    ]
    if lost:
        yield Finding(
            kind="not_in_report",
            severity="to look at",
            subject="report",
            evidence=tuple(lost),
            what=f"{several(len(lost), 'point')} decided, but in no table or rationale of the report: {short(lost)}.",
            settle=cell("Report rows", "of the table it belongs to", "Points"),
        )


def _at_odds(facts: Facts) -> Iterator[Finding]:
    """Both adopted; one of the two lists the other, not always each the other where hundreds conflict."""
    adopted = {key for key, decision in facts.decided.items() if decision.disposition == "adopted"}
    listed = {
        (min(point.point_id, other), max(point.point_id, other))
        for point in facts.points
        for other in point.conflicts_with
        if {point.point_id, other} <= adopted
    }
    for one, other in sorted(listed):
        yield Finding(
            kind="both_adopted",
            severity="to settle",
            subject=one,
            evidence=(one, other),
            what=f"{one} and {other} pull against each other; both are down as adopted.",
            settle=cell("Points", one, "Disposition"),
        )
