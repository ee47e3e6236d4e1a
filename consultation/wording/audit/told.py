"""What the report's own sentences rest on and claim, "all addressed", "most of you", held against the records."""

from __future__ import annotations

from collections.abc import Iterator

from consultation.outcome import several
from consultation.wording import claims
from consultation.wording.audit.facts import Facts
from consultation.wording.audit.findings import Finding, cell, short


def check(facts: Facts) -> Iterator[Finding]:
    """What rows that people wrote rest on, and what they and rationales claim."""
    yield from _untraced(facts)
    yield from _claims(facts)


def _untraced(facts: Facts) -> Iterator[Finding]:
    """Rows that people wrote and put no point to, told by block: a printed table taken over whole has many."""
    blocks: dict[str, list[str]] = {}
    for row in facts.rows:
        if row.edited and not row.point_ids:
            blocks.setdefault(row.block_id, []).append(row.row_id)
    for block, rows in sorted(blocks.items()):
        yield Finding(
            kind="row_without_point",
            severity="to look at",
            subject=block,
            evidence=tuple(rows),
            what=f"{several(len(rows), 'report row')} in {block} without a point: nobody can say whose view it is.",
            settle=cell("Report rows", short(rows), "Points"),
        )


def _claims(facts: Facts) -> Iterator[Finding]:
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
