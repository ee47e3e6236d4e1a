"""What the rules of the audit look at, drawn once from the tables, in an order that does not depend on theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consultation import tables as named
from consultation.model import BlockRow, Decision, Element, LedgerEvent, Lineage, Point, Proposal, Theme
from consultation.settings import Settings
from consultation.statements import phrases_of
from consultation.tables import Tables
from consultation.wording import decisions as rules
from consultation.wording.points import by_point, ordered


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Open points in reading order with what belongs to each; elements of the draft and of the revised version."""

    tables: Tables
    settings: Settings
    themes: Sequence[Theme]
    events: Sequence[LedgerEvent]
    points: Sequence[Point]
    about: Mapping[str, tuple[str, ...]]
    evidence: Mapping[str, tuple[str, ...]]
    decided: Mapping[str, Decision]
    proposals: Mapping[str, Proposal]
    rationale: Mapping[str, Decision]
    draft: Mapping[str, Element]
    revised: Mapping[str, Element]
    lineage: Sequence[Lineage]
    rows: Sequence[BlockRow]

    @property
    def is_revised(self) -> bool:
        """Whether there is a revised version to hold against what was said."""
        return any(element.wording for element in self.revised.values())

    def reason_stated(self, point: Point) -> bool:
        """Whether the decision on a point says why: in words, or by a reason code that is one."""
        decision = self.decided.get(point.point_id)
        return bool(decision and (decision.reason or (decision.reason_code or "none_stated") != "none_stated"))


def gather(tables: Tables, settings: Settings, themes: Sequence[Theme], events: Sequence[LedgerEvent]) -> Facts:
    elements = sorted(named.rows("elements", tables["elements"]), key=lambda row: (row.order, row.code))
    proposals: list[Proposal] = named.rows("proposals", tables["proposals"])
    by_proposal = rules.of_proposals(tables["decisions"])
    lineage: list[Lineage] = named.rows("lineage", tables["lineage"])
    rows: list[BlockRow] = named.rows("block_rows", tables["block_rows"])
    return Facts(
        tables=tables,
        settings=settings,
        themes=themes,
        events=events,
        points=ordered(tables["points"]),
        about={key: tuple(sorted(codes)) for key, codes in by_point(tables["point_elements"], "element").items()},
        evidence={key: tuple(sorted(ids)) for key, ids in by_point(tables["point_evidence"], "comment_id").items()},
        decided=rules.of_points(tables["decisions"]),
        proposals={row.element: row for row in sorted(proposals, key=lambda row: row.element)},
        rationale={row.element: by_proposal[row.proposal_id] for row in proposals if row.proposal_id in by_proposal},
        draft={row.code: row for row in elements if row.version == settings.versions[0]},
        revised={row.code: row for row in elements if row.version == settings.versions[-1]},
        lineage=sorted(lineage, key=lambda row: (row.from_code, row.to_code, row.change_kind)),
        rows=sorted(rows, key=lambda row: row.row_id),
    )


def objecting(point: Point) -> bool:
    """Whether a point is against words of the draft."""
    if not phrases_of(point):
        return False
    if point.kind:
        return point.kind in ("object", "replace", "remove")
    return point.stance in ("object", "suggest", "mixed", "conditional")
