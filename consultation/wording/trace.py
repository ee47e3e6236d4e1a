"""The chain behind any id, both ways: back to the words that people wrote, forward to every place where they landed.

An id is a node of a graph; `_FORWARD` says from where to where the tables lead. To make a new table traceable, add
its edges there and a line to `_describe`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from consultation import history, tables
from consultation.errors import ConsultationError
from consultation.model import DISPOSITIONS, REASONS, Element, LedgerEvent, Lineage
from consultation.outcome import several
from consultation.tables import Tables
from consultation.text import nearest
from consultation.wording.points.edits import merged_into

NOT_HELD: Final = "draft wording not held"
TITLES: Final = {"this": "", "back": "It rests on", "forward": "It led to", "recorded": "On record"}
_ID_COLUMNS: Final = {
    "sources": "source_id", "events": "event_id", "questions": "question_id", "responses": "response_id",
    "comments": "comment_id", "phrases": "phrase_id", "points": "point_id", "proposals": "proposal_id",
    "decisions": "decision_id", "commitments": "commitment_id", "blocks": "block_id", "block_rows": "row_id",
}  # fmt: skip
_KINDS: Final = {
    "sources": "source", "events": "event", "questions": "question", "responses": "response", "comments": "comment",
    "phrases": "phrase finding", "points": "point", "proposals": "proposal", "decisions": "decision",
    "commitments": "commitment", "blocks": "table of the report", "block_rows": "report row", "elements": "element",
    "tags": "tag", "ledger": "event of the ledger",
}  # fmt: skip

Node = tuple[str, str]  # table, id


@dataclass(frozen=True, kw_only=True)
class Link:
    """A line of a chain. `part` is a key of `TITLES`; `depth` counts the steps from what was asked about."""

    part: str
    depth: int
    kind: str
    id: str
    says: str


def why(asked: str, held: Tables, events: Sequence[LedgerEvent]) -> tuple[Link, ...]:
    """The chain of a comment, response, tag ("comment/facet/code"), phrase finding, point, proposal, decision, report
    row or table, commitment, question, source, workshop, ledger event or element code.

    First what it is, then back, then forward, then what people recorded about it. Where a point states a number of
    comments, as many comments follow it. Raises `ConsultationError` for an id that is nowhere.
    """
    graph = _Graph.of(held, events)
    node = graph.find(asked.strip())
    lines = [_link("this", 0, node, says) for says in (*_describe(node, graph), *_descent(node, held))]
    lines += _walk("back", node, graph.back, graph)
    lines += _walk("forward", node, graph.forward, graph)
    return (*lines, *_recorded(node, events))


def _walk(part: str, start: Node, edges: Mapping[Node, Sequence[Node]], graph: _Graph) -> list[Link]:
    lines: list[Link] = []
    seen = {start}

    def step(node: Node, depth: int) -> None:
        for other in edges.get(node, ()):
            if other in seen:
                continue
            seen.add(other)
            lines.extend(_link(part, depth, other, says) for says in _describe(other, graph))
            step(other, depth + 1)

    step(start, 1)
    return lines


def _descent(node: Node, held: Tables) -> list[str]:
    """What an element came of and went into, with the kind of change."""
    if node[0] != "elements" or "lineage" not in held:
        return []
    rows: list[Lineage] = tables.rows("lineage", held["lineage"])
    came = [f"{row.change_kind.replace('_', ' ')} from {row.from_code}" for row in rows if row.to_code == node[1]]
    went = [f"{row.change_kind.replace('_', ' ')} into {row.to_code}" for row in rows if row.from_code == node[1]]
    return [*came, *went]


def _link(part: str, depth: int, node: Node, says: str) -> Link:
    return Link(part=part, depth=depth, kind=_KINDS[node[0]], id=node[1], says=says)


def _recorded(node: Node, events: Sequence[LedgerEvent]) -> list[Link]:
    standing = {event.event_id for event in history.active(events)}
    return [
        Link(
            part="recorded",
            depth=1,
            kind="event of the ledger",
            id=event.event_id,
            says=f"{event.at}, {event.who}: {event.what}{_detail(event)}"
            + ("" if event.event_id in standing or event.what == "undo" else " (taken back)"),
        )
        for event in events
        if node[1] in (str(value) for value in event.payload.values() if isinstance(value, str))
    ]


def _detail(event: LedgerEvent) -> str:
    told = event.payload.get("action") or event.payload.get("disposition") or event.payload.get("status")
    return f", {told}" if told else ""


# --- the graph ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class _Graph:
    """Where each node stands in its table, and where it leads. Rows are made only of what a chain shows."""

    held: Tables
    places: Mapping[Node, list[int]]
    events: Mapping[str, LedgerEvent]
    forward: Mapping[Node, Sequence[Node]]
    back: Mapping[Node, Sequence[Node]]

    @classmethod
    def of(cls, held: Tables, events: Sequence[LedgerEvent]) -> _Graph:
        places = _places(held)
        rank = dict(zip(held["points"]["point_id"], held["points"]["rank"], strict=True)) if "points" in held else {}
        forward: dict[Node, list[Node]] = defaultdict(list)
        back: dict[Node, list[Node]] = defaultdict(list)
        for one, other in _edges(held, events):
            if one in places and other in places:
                forward[one].append(other)
                if (one[0], other[0]) != ("elements", "proposals"):  # what a change rests on are its points
                    back[other].append(one)
        for edges in (forward, back):
            for others in edges.values():
                if len(others) > 1:
                    others.sort(key=lambda node: rank.get(node[1], 0))
        return cls(
            held=held, places=places, events={event.event_id: event for event in events}, forward=forward, back=back
        )

    def rows(self, node: Node) -> list[Any]:
        """The row of a node; of an element, one for each version."""
        if node[0] == "ledger":
            return [self.events[node[1]]]
        return tables.rows(node[0], self.held[node[0]].iloc[self.places[node]])

    def find(self, asked: str) -> Node:
        for node in self.places:
            if node[1] == asked:
                return node
        if asked in self.events:
            return ("ledger", asked)
        near = nearest(asked, {node[1] for node in self.places if len(node[1]) <= len(asked) + 3})
        raise ConsultationError(
            f"Nothing here has the id or code “{asked}”.",
            do=f"Did you mean “{near}”?" if near else "Copy an id from a workbook, a report or a table.",
        )


def _places(held: Tables) -> dict[Node, list[int]]:
    """The rows of each node by position; an element has one for each version, in their order there."""
    places: dict[Node, list[int]] = defaultdict(list)
    for name, column in {"elements": "code", **_ID_COLUMNS}.items():
        if name in held:
            for number, key in enumerate(held[name][column]):
                places[name, str(key)].append(number)
    if "tags" in held:
        for number, key in enumerate(_tag_ids(held["tags"])):
            places["tags", key] = [number]
    return dict(places)


def _tag_ids(tags: pd.DataFrame) -> list[str]:
    told = zip(tags["comment_id"], tags["facet"], tags["code"], strict=True)
    return [f"{comment_id}/{facet}/{code}" for comment_id, facet, code in told]


def _edges(held: Tables, events: Sequence[LedgerEvent]) -> Iterator[tuple[Node, Node]]:
    """From where to where: raw file to comment to point to change, decision and report."""
    for source, target, pairs in _FORWARD:
        if source in held and target in held:
            for one, other in pairs(held):
                yield (source, one), (target, other)
    if "tags" in held:
        for comment_id, key in zip(held["tags"]["comment_id"], _tag_ids(held["tags"]), strict=True):
            yield ("comments", str(comment_id)), ("tags", key)
    for gone, into in merged_into(events).items():
        yield ("points", gone), ("points", into)


def _columns(table: str, one: str, other: str) -> Any:
    def pairs(held: Tables) -> Iterator[tuple[str, str]]:
        if table in held:
            kept = held[table].dropna(subset=[one, other])
            yield from zip(kept[one], kept[other], strict=True)

    return pairs


def _each(table: str, several: str, own: str) -> Any:
    """From each id in a column of ids to the row that holds them."""

    def pairs(held: Tables) -> Iterator[tuple[str, str]]:
        for ids, key in zip(held[table][several], held[table][own], strict=True):
            for one in ids:
                yield one, key

    return pairs


def _phrase_points(held: Tables) -> Iterator[tuple[str, str]]:
    """A finding leads to the points of its comment that are about its words."""
    words: dict[str, str] = dict(
        held["points"].dropna(subset=["phrase"])[["point_id", "phrase"]].itertuples(index=False, name=None)
    )
    by_comment: dict[str, list[str]] = defaultdict(list)
    for point_id, comment_id in held["point_evidence"].itertuples(index=False, name=None):
        by_comment[comment_id].append(point_id)
    findings = held["phrases"]
    for key, comment_id, phrase in zip(findings["phrase_id"], findings["comment_id"], findings["phrase"], strict=True):
        for point_id in by_comment.get(comment_id, ()):
            if words.get(point_id, "").casefold() == str(phrase).casefold():
                yield str(key), point_id


_FORWARD: Final[tuple[tuple[str, str, Any], ...]] = (
    ("sources", "responses", _columns("responses", "source_id", "response_id")),
    ("sources", "events", _columns("events", "source_id", "event_id")),
    ("responses", "comments", _columns("comments", "response_id", "comment_id")),
    ("events", "comments", _columns("comments", "event_id", "comment_id")),
    ("questions", "comments", _columns("comments", "question_id", "comment_id")),
    ("comments", "phrases", _columns("phrases", "comment_id", "phrase_id")),
    ("phrases", "points", _phrase_points),
    ("comments", "points", _columns("point_evidence", "comment_id", "point_id")),
    ("points", "decisions", _columns("decisions", "point_id", "decision_id")),
    ("points", "elements", _columns("point_elements", "point_id", "element")),
    ("points", "proposals", _each("proposals", "points", "proposal_id")),
    ("elements", "proposals", _columns("proposals", "element", "proposal_id")),
    ("proposals", "decisions", _columns("decisions", "proposal_id", "decision_id")),
    ("points", "block_rows", _each("block_rows", "point_ids", "row_id")),
    ("block_rows", "blocks", _columns("block_rows", "row_id", "block_id")),
    ("points", "commitments", _each("commitments", "points", "commitment_id")),
    ("elements", "elements", _columns("lineage", "from_code", "to_code")),
)


# --- saying what each is ------------------------------------------------------------------------------------------


def _describe(node: Node, graph: _Graph) -> list[str]:
    rows = graph.rows(node)
    return _element(rows) if node[0] == "elements" else [_ONE[node[0]](rows[0])]


def _element(versions: Iterable[Element]) -> list[str]:
    """A line for each version; a wording that is not held is never put together from what is known of it."""
    told = []
    for row in versions:
        if row.wording:
            told.append(f"{row.version}: “{row.wording}”")
        else:
            phrases = ", ".join(f"“{phrase}”" for phrase in row.known_phrases)
            told.append(f"{row.version}: {NOT_HELD}" + (f"; known phrases: {phrases}" if phrases else ""))
    return told


def _comment(row: Any) -> str:
    where = " · ".join(part for part in (row.heading, row.locator) if part)
    state = "" if row.status == "included" else f" [{row.status}: {row.status_reason or 'no reason given'}]"
    return f"{where}: “{row.text}”{state}"


def _point(row: Any) -> str:
    counted = {"comment": row.n_comments, "response": row.n_responses, "workshop": row.n_events}
    counts = ", ".join(several(count, name) for name, count in counted.items() if count is not None)
    state = "" if row.status == "open" else f" [{row.status}]"
    return f"{row.statement} ({counts or 'counts not stated'}){state}"


def _decision(row: Any) -> str:
    told = [DISPOSITIONS.get(row.disposition, row.disposition), REASONS.get(row.reason_code or "", row.reason_code),
            row.reason, f"taken up in {row.destination}" if row.destination else None,
            f"by {row.decided_by}" if row.decided_by else None, row.body, row.date]  # fmt: skip
    return "; ".join(str(part) for part in told if part)


def _proposal(row: Any) -> str:
    kinds = ", ".join(kind.replace("_", " ") for kind in row.change_kinds) or "no change proposed yet"
    own = f"; our own words: {', '.join(row.own_words)}" if row.own_words else ""
    new = f" → “{row.new}”" if row.new else ""
    return f"{row.element}: {kinds}{new}{own}"


def _phrase(row: Any) -> str:
    told = [f"“{part}”" for part in (row.phrase, row.replacement) if part]
    return f"{row.kind} {' → '.join(told)} in {row.element or 'the document'} ({row.status})"


_ONE: Final[dict[str, Any]] = {
    "sources": lambda row: f"{row.name} ({row.channel})",
    "events": lambda row: ", ".join(part for part in (row.place, row.date, row.audience) if part) or "a meeting",
    "questions": lambda row: row.text,
    "responses": lambda row: ", ".join(part for part in (row.channel, row.respondent_type, row.locator) if part),
    "comments": _comment,
    "tags": lambda row: f"{row.facet}: {row.code} ({row.status}, by {row.origin}: {row.why})",
    "phrases": _phrase,
    "points": _point,
    "proposals": _proposal,
    "decisions": _decision,
    "commitments": lambda row: f"{row.text} (due {row.due or 'not stated'}, {row.status})",
    "blocks": lambda row: row.topic,
    "block_rows": lambda row: f"{ {'said': 'You said', 'did': 'We did'}.get(row.side, 'We did not') }: {row.statement}",
    "ledger": lambda row: f"{row.at}, {row.who}: {row.what}",
}  # fmt: skip
