"""What was decided or written before its ground moved: words of the record that no longer go together."""

from __future__ import annotations

from collections.abc import Iterator

from consultation import history
from consultation.model import BlockRow
from consultation.wording.audit.facts import Facts
from consultation.wording.audit.findings import Finding, cell, short


def check(facts: Facts) -> Iterator[Finding]:
    """Decisions on a statement that was reworded since, and report rows edited before a decision they tell of."""
    decided = {str(key[0]): event for key, event in
               history.latest(history.active(facts.events, "decision"), "point_id").items()}  # fmt: skip
    for point in facts.points:
        event = decided.get(point.point_id)
        before = event.payload.get("statement") if event else None
        if event and before and before != point.statement:
            yield Finding(
                kind="reworded_since",
                severity="to look at",
                subject=point.point_id,
                evidence=(event.event_id,),
                what=f"It was decided as “{before}” and reads “{point.statement}” now.",
                settle=cell("Points", point.point_id, "Disposition"),
            )
    edited = history.latest(history.active(facts.events, "block_row"), "row_id")
    rows: dict[str, BlockRow] = {row.row_id: row for row in facts.rows if row.side != "said"}
    for (row_id,), event in edited.items():
        row = rows.get(str(row_id))
        later = [one for one in row.point_ids if one in decided and decided[one].seq > event.seq] if row else []
        if later:
            yield Finding(
                kind="row_older_than_decision",
                severity="to settle",
                subject=str(row_id),
                evidence=tuple(later),
                what=f"This row of the report was written before {short(later)} was decided anew.",
                settle=cell("Report rows", str(row_id), "Statement"),
            )
