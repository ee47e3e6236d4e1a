"""The blocks of "You said, we did": drafted from points and decisions, then as people edited them.

N things said stand beside M things done. All English of the drafts is in `DID` and `HEADS`. A block that people wrote
(one that no draft has) takes over the elements it names: no draft is made for those.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from consultation import history, tables
from consultation.model import Block, BlockRow, Decision, LedgerEvent, Point, Proposal, Theme
from consultation.settings import Settings
from consultation.text import fingerprint
from consultation.wording import decisions as rules
from consultation.wording.labels import WHOLE, labels
from consultation.wording.points import by_point, ordered
from consultation.wording.proposals.kinds import same

DID: Final = {
    # what was done: form -> (side, words)
    "undecided": ("did", "We have not yet decided on this."),
    "changed": ("did", "We have changed the wording to: “{new}”."),
    "new": ("did", "We have added this to the document: “{new}”."),
    "taken_out": ("did", "We have taken this out of the document."),
    "kept": ("did", "We have kept the wording unchanged."),
    "adopted": ("did", "We have done this."),
    "partly_adopted": ("did", "We have done this in part."),
    "redirected": ("did", "We have taken this up in {destination}."),
    "noted_support": ("did", "We have noted your support."),
    "retained_with_reason": ("did_not", "We have not changed this."),
    "deferred": ("did_not", "We have not done this now; we will consider it later."),
    "other": ("did", "{name}."),
}
HEADS: Final = {"whole": WHOLE, "no_topic": "Other points"}
_EDITABLE: Final = ("side", "order", "statement", "point_ids")
_AFTER_OWN: Final = 100_000  # drafts come after the blocks that people wrote


def draft(
    points: pd.DataFrame,
    point_elements: pd.DataFrame,
    decisions: pd.DataFrame,
    proposals: pd.DataFrame,
    elements: pd.DataFrame,
    themes: Sequence[Theme],
    events: Sequence[LedgerEvent],
    settings: Settings,
    *,
    by: str = "element",
) -> dict[str, pd.DataFrame]:
    """The tables `blocks` and `block_rows`.

    Each open point stands once: in the block of its first element in the order of the document, of its topic where
    `by` is "topic" (its own topic, else its theme), or of the whole document. A point without a decision gets a row
    that says so. Rows and blocks that people edited win and are marked `edited`.
    """
    names = labels(elements)
    about = by_point(point_elements, "element")
    decided = rules.of_points(decisions)
    changes: list[Proposal] = tables.rows("proposals", proposals)
    told = _Told(decided=decided, proposals={row.element: row for row in changes}, names=rules.dispositions(settings))
    topic_of = _by_topic(themes) if by == "topic" else _by_element(names, about)
    blocks: dict[str, Block] = {}
    rows: list[BlockRow] = []
    for topic, here in _grouped(ordered(points), topic_of).items():
        codes = [code for code in names if any(code in about.get(point.point_id, ()) for point in here)]
        head = names.get(topic, topic) if by == "element" else topic
        block = Block(
            block_id="b-" + fingerprint("block", by, topic),
            topic=head[:1].upper() + head[1:],
            elements=(topic,) if by == "element" and topic in names else tuple(codes),
            order=_AFTER_OWN + len(blocks),
        )
        blocks[block.block_id] = block
        rows.extend(_rows(block, here, about, told))
    return _edited(blocks, rows, events)


# --- drafting -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What is needed to say what was done about a point."""

    decided: Mapping[str, Decision]
    proposals: Mapping[str, Proposal]
    names: Mapping[str, str]


def _by_element(names: Mapping[str, str], about: Mapping[str, Sequence[str]]) -> Callable[[Point], str]:
    place = {code: number for number, code in enumerate(names)}

    def topic(point: Point) -> str:
        codes = about.get(point.point_id, ())
        return min(codes, key=lambda code: place.get(code, len(place)), default=HEADS["whole"])

    return topic


def _by_topic(themes: Sequence[Theme]) -> Callable[[Point], str]:
    names = {theme.code: theme.name for theme in themes}
    return lambda point: point.topic or names.get(point.theme or "") or HEADS["no_topic"]


def _grouped(points: Iterable[Point], topic_of: Callable[[Point], str]) -> dict[str, list[Point]]:
    found: dict[str, list[Point]] = {}
    for point in points:
        found.setdefault(topic_of(point), []).append(point)
    return found


def _rows(block: Block, points: Sequence[Point], about: Mapping[str, Sequence[str]], told: _Told) -> list[BlockRow]:
    said = [
        _row(block, "said", point.point_id, order, point.statement, (point.point_id,))
        for order, point in enumerate(points)
    ]
    done: dict[tuple[str, str, str], list[str]] = {}
    for point in points:
        form, words = _done(point, about.get(point.point_id, ()), told)
        done.setdefault((DID[form][0], form, words), []).append(point.point_id)
    first = {key: ids[0] for key, ids in done.items()}
    return said + [
        _row(block, side, f"{form} {first[side, form, words]}", order, words, tuple(ids))
        for order, ((side, form, words), ids) in enumerate(done.items())
    ]


def _row(block: Block, side: str, key: str, order: int, statement: str, point_ids: tuple[str, ...]) -> BlockRow:
    return BlockRow(
        block_id=block.block_id,
        row_id="br-" + fingerprint("row", block.block_id, side, key),
        side=side,
        order=order,
        statement=statement,
        point_ids=point_ids,
    )


def _done(point: Point, codes: Sequence[str], told: _Told) -> tuple[str, str]:
    """The form and the words of what was done about a point."""
    decision = told.decided.get(point.point_id)
    if decision is None:
        return "undecided", DID["undecided"][1]
    proposal = next((told.proposals[code] for code in codes if code in told.proposals), None)
    form = _form(decision, proposal)
    words = DID[form][1].format(
        new=proposal.new if proposal else "",
        destination=decision.destination or "another part of our plans",
        name=told.names.get(decision.disposition, decision.disposition.replace("_", " ")).capitalize(),
    )
    return form, _with_reason(words, decision.reason)


def _form(decision: Decision, proposal: Proposal | None) -> str:
    disposition = decision.disposition
    if proposal and disposition == "adopted":
        if "removed" in proposal.change_kinds:
            return "taken_out"
        if proposal.new and "new" in proposal.change_kinds:
            return "new"
        if proposal.new and not (proposal.old and same(proposal.old, proposal.new)):
            return "changed"
    if proposal and disposition == "noted_support" and "unchanged" in proposal.change_kinds:
        return "kept"
    return disposition if disposition in DID else "other"


def _with_reason(words: str, reason: str | None) -> str:
    if not reason:
        return words
    return f"{words} {reason}" if reason.endswith((".", "!", "?", "”", '"')) else f"{words} {reason}."


# --- as people edited them ----------------------------------------------------------------------------------------


def _told_blocks(events: Sequence[LedgerEvent]) -> list[Block]:
    """The blocks that people wrote or renamed, at their latest."""
    told = history.latest(history.active(events, "block"), "block_id")
    return [
        Block(
            block_id=str(event.payload["block_id"]),
            topic=str(event.payload["topic"]),
            elements=tuple(event.payload.get("elements") or ()),
            order=int(event.payload.get("order") or 0),
        )
        for event in told.values()
    ]


def _edited(
    drafts: Mapping[str, Block], rows: Iterable[BlockRow], events: Sequence[LedgerEvent]
) -> dict[str, pd.DataFrame]:
    told = _told_blocks(events)
    covered = {code for block in told if block.block_id not in drafts for code in block.elements}
    known = {block_id: block for block_id, block in drafts.items() if not covered & set(block.elements)}
    known |= {block.block_id: block for block in told}
    rows = [row for row in rows if row.block_id in known]
    by_id = {(row.block_id, row.row_id): row for row in rows}
    for key, event in history.latest(history.active(events, "block_row"), "block_id", "row_id").items():
        block_id, row_id = str(key[0]), str(key[1])
        if event.payload.get("statement") is None:
            by_id.pop((block_id, row_id), None)
        elif block_id in known:
            by_id[block_id, row_id] = _as_edited(by_id.get((block_id, row_id)), block_id, row_id, event.payload)
    used = {block_id for block_id, _ in by_id}
    return {
        "blocks": tables.frame("blocks", [block for block in known.values() if block.block_id in used]),
        "block_rows": _in_order(known, by_id.values()),
    }


def _as_edited(row: BlockRow | None, block_id: str, row_id: str, payload: Mapping[str, Any]) -> BlockRow:
    known = row or BlockRow(block_id=block_id, row_id=row_id, side="said", order=0, statement="")
    fields: dict[str, Any] = {name: payload[name] for name in _EDITABLE if payload.get(name) is not None}
    if "point_ids" in fields:
        fields["point_ids"] = tuple(fields["point_ids"])
    return dataclasses.replace(known, edited=True, **fields)


def _in_order(blocks: Mapping[str, Block], rows: Iterable[BlockRow]) -> pd.DataFrame:
    """Rows by block, side and place; the columns of the table are as ever, only the order is for reading."""
    sides = {side: number for number, side in enumerate(("said", "did", "did_not"))}
    told = sorted(
        rows, key=lambda row: (blocks[row.block_id].order, row.block_id, sides.get(row.side, 9), row.order, row.row_id)
    )
    frame = tables.frame("block_rows", told)
    place = {(row.block_id, row.row_id): number for number, row in enumerate(told)}
    keys = [place[key] for key in zip(frame["block_id"], frame["row_id"], strict=True)]
    return frame.assign(_place=keys).sort_values("_place", ignore_index=True).drop(columns="_place")
