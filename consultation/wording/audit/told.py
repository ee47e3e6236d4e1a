"""What the report's own sentences claim: "all addressed", "most of you", held against the records."""

from __future__ import annotations

from collections.abc import Iterator

from consultation.wording import claims
from consultation.wording.audit.facts import Facts
from consultation.wording.audit.findings import Finding, cell


def check(facts: Facts) -> Iterator[Finding]:
    """Blanket claims and quantity words, in rows that people wrote and in rationales, that the records do not bear
    out. What the program drafted claims nothing of the kind."""
    told = [row for row in facts.rows if row.edited]
    sources = {row.row_id: (row.statement, cell("Report rows", row.row_id, "Statement")) for row in told}
    for code, decision in facts.rationale.items():
        if decision.reason:
            sources[code] = (decision.reason, cell("Changes", code, "Rationale"))
    passages = [claims.Passage(place=key, text=text) for key, (text, _) in sorted(sources.items())]
    for one in claims.check(passages, facts.tables, facts.settings, kinds=("blanket", "quantity"), own=True):
        yield Finding(
            kind=f"{one.kind}_claim",
            severity="to settle" if one.kind == "blanket" else "to look at",
            subject=one.place,
            evidence=(one.place,),
            what=f"“{one.text}”: {one.what}",
            settle=sources[one.place][1],
        )
