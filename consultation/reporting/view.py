"""The tables of a consultation as a form reads them: one index for each question that forms ask.

Built once for a report. Counts come from whole columns, so its cost grows with points and elements; comments are
only ever counted or looked up by id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import pandas as pd

from consultation import tables as named
from consultation.breakdown import Breakdown, breakdown
from consultation.model import (
    Block,
    BlockRow,
    Commitment,
    Decision,
    Element,
    LedgerEvent,
    Lineage,
    Point,
    Proposal,
    Theme,
)
from consultation.settings import Settings
from consultation.statements import answer_form, phrases_of
from consultation.text import tidy
from consultation.words import Words

Fate = Literal["unchanged", "changed", "new", "removed", "undecided"]
LIVE = ("open",)
GONE_KINDS = frozenset({"removed", "merged", "moved_elsewhere", "moved_to_business_plan_priority", "split"})


@dataclass(frozen=True, kw_only=True)
class View:
    """What a form may look at. `now` is the day of the report as ISO text."""

    tables: named.Tables
    settings: Settings
    words: Words
    now: str
    events: Sequence[LedgerEvent] = ()
    themes: Sequence[Theme] = ()
    findings: int = 0  # open findings of the audit

    def table(self, name: str) -> pd.DataFrame:
        """The named table; an empty one where there is none yet."""
        return self.tables[name] if name in self.tables else named.frame(name)

    @cached_property
    def themes_by_code(self) -> dict[str, Theme]:
        return {theme.code: theme for theme in self.themes}

    # --- elements ---------------------------------------------------------------------------------------------
    @property
    def draft(self) -> str:
        return self.settings.versions[0]

    @property
    def revised(self) -> str:
        return self.settings.versions[-1]

    @cached_property
    def elements(self) -> dict[str, dict[str, Element]]:
        """code -> version -> element, in the order of the last version that holds the element."""
        rows: list[Element] = named.rows("elements", self.table("elements"))
        found: dict[str, dict[str, Element]] = defaultdict(dict)
        for row in sorted(rows, key=lambda row: (row.order, row.code)):
            found[row.code][row.version] = row
        return dict(found)

    @cached_property
    def children(self) -> dict[str | None, list[str]]:
        """parent -> codes in the document's order; a parent that is not held counts as none."""
        found: dict[str | None, list[str]] = defaultdict(list)
        for code in self.elements:
            parent = self.element(code).parent
            found[parent if parent in self.elements else None].append(code)
        return dict(found)

    @cached_property
    def codes(self) -> list[str]:
        """Every code, each parent before its children, in the document's order."""
        ordered: list[str] = []
        queue: list[str] = list(self.children.get(None, ()))
        while queue:
            code = queue.pop(0)
            ordered.append(code)
            queue[:0] = self.children.get(code, [])
        return ordered

    def element(self, code: str) -> Element:
        """The element in its last version."""
        versions = self.elements[code]
        return next(versions[v] for v in reversed(self.settings.versions) if v in versions)

    def wording(self, code: str, version: str) -> str | None:
        row = self.elements.get(code, {}).get(version)
        return row.wording if row else None

    def label(self, code: str) -> str:
        """The words by which a reader knows the element: its name, else its wording, else its code."""
        if code not in self.elements:
            return code
        row = self.element(code)
        return row.name or (row.wording or code).rstrip(".")

    @cached_property
    def lineage(self) -> list[Lineage]:
        rows: list[Lineage] = named.rows("lineage", self.table("lineage"))
        return sorted(rows, key=lambda row: (row.from_code, row.to_code, row.change_kind))

    def fate(self, code: str) -> Fate:
        """What became of an element. Without a revised wording, only a decision or its lineage can tell."""
        versions = self.elements[code]
        revised = versions.get(self.revised)
        if revised is not None and self.revised != self.draft:
            if self.draft not in versions:
                return "new"
            before = versions[self.draft].wording
            return "unchanged" if before is not None and tidy(before) == tidy(revised.wording or "") else "changed"
        decided = {
            kind
            for proposal in self.proposals.get(code, ())
            if (decision := self.decision_on(proposal)) and decision.disposition in ("adopted", "partly_adopted")
            for kind in proposal.change_kinds
        }
        if decided & GONE_KINDS or any(line.from_code == code and line.to_code != code for line in self.lineage):
            return "removed"
        return "unchanged" if "unchanged" in decided else "undecided"

    # --- points, proposals, decisions -------------------------------------------------------------------------
    @cached_property
    def points(self) -> dict[str, Point]:
        """The points that stand, by id: not those merged, split or withdrawn. Their counts follow the settings' rule
        about campaigns."""
        rows: list[Point] = named.rows("points", self.table("points"))
        live = {row.point_id: row for row in sorted(rows, key=lambda row: row.point_id) if row.status in LIVE}
        if len(self.included) == len(self.every_response):
            return live
        counted = counts_of(self.table("point_evidence"), self.table("comments"), self.included)
        return {
            point_id: replace(row, n_responses=counted[point_id][0], n_comments=counted[point_id][1])
            if row.n_responses is not None and self.comments_behind.get(point_id)
            else row
            for point_id, row in live.items()
        }

    @cached_property
    def elements_of(self) -> dict[str, tuple[str, ...]]:
        return _grouped(self.table("point_elements"), "point_id", "element")

    @cached_property
    def points_on(self) -> dict[str, tuple[str, ...]]:
        """element -> points that stand, those that most responses share first."""
        found: dict[str, list[str]] = defaultdict(list)
        for point in self.points:
            for code in self.elements_of.get(point, ()):
                found[code].append(point)
        return {code: tuple(self.ranked(points)) for code, points in found.items()}

    def ranked(self, points: Iterable[str]) -> list[str]:
        """By responses, then comments, then id; a point whose counts are not stated keeps its place by id."""

        def rank(point_id: str) -> tuple[int, int, str]:
            point = self.points[point_id]
            return (-(point.n_responses or 0), -(point.n_comments or 0), point_id)

        return sorted(points, key=rank)

    @cached_property
    def in_order(self) -> list[str]:
        """The points in the order of the document: by the first element that each is about, then as they rank; those
        about the whole come last."""
        place = {code: number for number, code in enumerate(self.codes)}
        first = {
            p: min((place[c] for c in self.elements_of.get(p, ()) if c in place), default=len(place))
            for p in self.points
        }
        return sorted(self.ranked(self.points), key=first.__getitem__)

    @cached_property
    def proposals(self) -> dict[str, tuple[Proposal, ...]]:
        found: dict[str, list[Proposal]] = defaultdict(list)
        rows: list[Proposal] = named.rows("proposals", self.table("proposals"))
        for row in sorted(rows, key=lambda row: row.proposal_id):
            found[row.element].append(row)
        return {code: tuple(told) for code, told in found.items()}

    @cached_property
    def _decisions(self) -> dict[str, Decision]:
        rows: list[Decision] = named.rows("decisions", self.table("decisions"))
        return {
            str(row.point_id or row.proposal_id): row
            for row in sorted(rows, key=lambda row: (row.date or "", row.decision_id))
        }

    def decision_on(self, subject: Proposal | Point) -> Decision | None:
        """The last decision on this very proposal or point."""
        return self._decisions.get(subject.proposal_id if isinstance(subject, Proposal) else subject.point_id)

    def answer(self, point: str) -> Decision | None:
        """The decision on this point; a change to the element it is about does not answer it by itself. One to keep
        words that the revised wording does not hold says so, without the reason for keeping them."""
        made = self._decisions.get(point)
        if made is None or point not in self.points:
            return made
        form = answer_form(made.disposition, phrases_of(self.points[point]), self.wordings(point))
        return replace(made, disposition=form, reason=None, reason_code=None) if form == "words_gone" else made

    def wordings(self, point: str) -> list[tuple[str | None, str | None]]:
        """What the point is about, as it was and as it is now, element by element."""
        codes = self.elements_of.get(point, ())
        return [(self.wording(code, self.draft), self.wording(code, self.revised)) for code in codes]

    @cached_property
    def undecided(self) -> tuple[str, ...]:
        return tuple(point for point in self.points if self.answer(point) is None)

    # --- blocks, commitments ----------------------------------------------------------------------------------
    @cached_property
    def blocks(self) -> list[Block]:
        rows: list[Block] = named.rows("blocks", self.table("blocks"))
        return sorted(rows, key=lambda row: (row.order, row.block_id))

    @cached_property
    def block_rows(self) -> dict[str, list[BlockRow]]:
        found: dict[str, list[BlockRow]] = defaultdict(list)
        rows: list[BlockRow] = named.rows("block_rows", self.table("block_rows"))
        for row in sorted(rows, key=lambda row: (row.order, row.row_id)):
            found[row.block_id].append(row)
        return dict(found)

    @cached_property
    def commitments(self) -> list[Commitment]:
        rows: list[Commitment] = named.rows("commitments", self.table("commitments"))
        return sorted(rows, key=lambda row: (row.due or "9999", row.commitment_id))

    # --- evidence ---------------------------------------------------------------------------------------------
    @cached_property
    def comments_behind(self) -> dict[str, tuple[str, ...]]:
        """point -> ids of the comments linked to it."""
        return _grouped(self.table("point_evidence"), "point_id", "comment_id")

    @cached_property
    def every_response(self) -> pd.DataFrame:
        """The responses that were not set aside, whatever the rule about campaigns."""
        responses = self.table("responses")
        return responses[responses["status"] == "included"]

    @cached_property
    def included(self) -> pd.DataFrame:
        """The responses that are counted: those of campaigns as the settings say."""
        held, rule = self.every_response, self.settings.campaigns
        gone = held["campaign_id"].notna() & (rule != "every_response")
        if rule == "without_standard":
            gone &= held["campaign_part"] == "standard"
        return held[~gone]

    @cached_property
    def without_campaigns(self) -> pd.DataFrame | None:
        """The responses that are counted but for those of campaigns; None where there are none of those."""
        campaigns = self.included["campaign_id"].notna()
        return self.included[~campaigns] if campaigns.any() else None

    @cached_property
    def apart(self) -> dict[str, tuple[int, int]]:
        """point -> responses and comments without campaigns, where that makes a difference."""
        if self.without_campaigns is None:
            return {}
        told = counts_of(self.table("point_evidence"), self.table("comments"), self.without_campaigns)
        return {
            point_id: told[point_id]
            for point_id, point in self.points.items()
            if self.comments_behind.get(point_id) and told[point_id] != (point.n_responses, point.n_comments)
        }

    @cached_property
    def uncounted_comments(self) -> frozenset[str]:
        """Comments of responses that the rule about campaigns leaves out."""
        return self._comments_of(self.every_response[~self.every_response.index.isin(self.included.index)])

    @cached_property
    def of_campaigns(self) -> frozenset[str]:
        """Comments of responses that are part of a campaign."""
        return self._comments_of(self.every_response[self.every_response["campaign_id"].notna()])

    def _comments_of(self, responses: pd.DataFrame) -> frozenset[str]:
        comments = self.table("comments")
        return frozenset(comments.loc[comments["response_id"].isin(responses["response_id"]), "comment_id"])

    def said_by(self, point: str) -> dict[str, int | None]:
        """Responses behind a point by type of respondent, small numbers withheld (None); empty where unknown."""
        return self.breakdown.by_type(self.breakdown.points.get(point, ()))

    @cached_property
    def breakdown(self) -> Breakdown:
        """Responses by type in all tables of the publication, withheld together whichever of them are printed."""
        comments, tags, points, evidence = map(self.table, ("comments", "tags", "points", "point_evidence"))
        rule, unnamed = self.settings.suppression, self.words("not_stated")
        return breakdown(self.included, comments, tags, points, evidence, rule, unnamed)

    @cached_property
    def suggestions(self) -> tuple[int, int]:
        """How many of the tags that stand no person has checked, and how many stand."""
        status = self.table("tags")["status"]
        unchecked = int((status == "suggested").sum())
        return unchecked, unchecked + int((status == "confirmed").sum())

    @property
    def provisional(self) -> bool:
        return self.suggestions[0] > 0


def _grouped(frame: pd.DataFrame, by: str, column: str) -> dict[str, tuple[str, ...]]:
    if frame.empty:
        return {}
    return {str(key): tuple(sorted(values)) for key, values in frame.groupby(by, sort=True)[column]}


def counts_of(evidence: pd.DataFrame, comments: pd.DataFrame, responses: pd.DataFrame) -> dict[str, tuple[int, int]]:
    """point -> responses and comments behind it: of responses, those given; of comments, theirs and a workshop's."""
    counted = comments[comments["response_id"].isin(responses["response_id"]) | comments["response_id"].isna()]
    told = evidence.merge(counted.loc[counted["status"] == "included", ["comment_id", "response_id"]], on="comment_id")
    by_point = told.groupby("point_id")
    both = zip(by_point["response_id"].nunique(), by_point.size(), strict=True)
    found: defaultdict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    found.update(zip(map(str, by_point.groups), both, strict=True))
    return found
