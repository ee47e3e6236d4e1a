"""Decisions to keep words of the draft that the revised wording does not say: the record contradicts itself."""

from __future__ import annotations

from collections.abc import Iterator

from consultation.statements import answer_form, phrases_of
from consultation.wording.audit.facts import Facts
from consultation.wording.audit.findings import Finding, cell, short


def check(facts: Facts) -> Iterator[Finding]:
    """Points decided as kept whose phrase stands in none of the parts that they are about."""
    for point in facts.points:
        decision, codes = facts.decided.get(point.point_id), facts.about.get(point.point_id, ())
        now = [(None, facts.revised[code].wording) for code in codes if code in facts.revised]
        if decision and answer_form(decision.disposition, phrases_of(point), now) == "words_gone":
            phrases = "; ".join(f"“{phrase}”" for phrase in phrases_of(point))
            yield Finding(
                kind="kept_but_gone",
                severity="serious",
                subject=point.point_id,
                evidence=codes,
                what=f"{phrases} was decided to be kept; the wording of {short(codes)} does not say it now.",
                settle=cell("Points", point.point_id, "Disposition")
                + f"; or put the words back: sheet “Changes”, row {codes[0]}, column “New wording”",
            )
