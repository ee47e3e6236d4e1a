"""The blocks of "You said, we did": drafted from points and decisions, then as people edited them.

N things said stand beside M things done; the words of both are made by `statements.py`. A block that people wrote (one
that no draft has) takes over the elements it names: no draft is made for those.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from consultation import history, statements, tables
from consultation.model import Block, BlockRow, Decision, Element, LedgerEvent, Point, Proposal, Theme
from consultation.settings import QuantityWord, Settings
from consultation.text import fingerprint
from consultation.wording import decisions as rules
from consultation.wording.labels import labels
from consultation.wording.points import by_point, ordered
from consultation.wording.proposals.kinds import same
from consultation.words import Words, english

_NOT_DONE: Final = ("retained_with_reason", "not_done", "deferred")
_NAMED: Final = 3  # phrases that one sentence about what we did can name
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
    evidence: pd.DataFrame | None = None,
    words: Words | None = None,
) -> dict[str, pd.DataFrame]:
    """The tables `blocks` and `block_rows`, drafted in `words`.

    Each open point stands once: in the block of its first element in the order of the document, of its topic where
    `by` is "topic" (its own topic, else its theme), or of the whole document. A point without a decision gets a row
    that says so. With `evidence` (the table `point_evidence`), points that pull against each other are told as what
    some said and what others said. Rows and blocks that people edited win and are marked `edited`.
    """
    words = words or english()
    names = labels(elements, words)
    about = by_point(point_elements, "element")
    decided = rules.of_points(decisions)
    changes: list[Proposal] = tables.rows("proposals", proposals)
    told = _Told(
        decided=decided,
        proposals={row.element: row for row in changes},
        dispositions=settings.dispositions,
        about=about,
        names=names,
        wordings=_wordings(elements, settings.versions),
        kinds={code: words.name("kind", kind) for code, kind in zip(elements["code"], elements["kind"], strict=True)},
        comments=by_point(evidence, "comment_id") if evidence is not None else {},
        themes={theme.code: theme for theme in themes},
        scale=settings.quantity_words,
        words=words,
    )
    topic_of = _by_topic(themes, words) if by == "topic" else _by_element(names, about, words)
    blocks: dict[str, Block] = {}
    rows: list[BlockRow] = []
    for topic, here in _grouped(ordered(points), topic_of).items():
        codes = [code for code in names if any(code in about.get(point.point_id, ()) for point in here)]
        head = _head(topic, names, told) if by == "element" else topic
        block = Block(
            block_id="b-" + fingerprint("block", by, topic),
            topic=head[:1].upper() + head[1:],
            elements=(topic,) if by == "element" and topic in names else tuple(codes),
            order=_AFTER_OWN + len(blocks),
        )
        blocks[block.block_id] = block
        rows.extend(_rows(block, here, told))
    return _edited(blocks, rows, events)


# --- drafting -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What is needed to say what was said and what was done about it."""

    decided: Mapping[str, Decision]
    proposals: Mapping[str, Proposal]
    dispositions: Mapping[str, str]
    about: Mapping[str, Sequence[str]]
    names: Mapping[str, str]
    wordings: Mapping[str, tuple[str | None, str | None]]
    kinds: Mapping[str, str]
    comments: Mapping[str, Sequence[str]]
    themes: Mapping[str, Theme]
    scale: Sequence[QuantityWord]
    words: Words

    def waits(self, code: str) -> bool:
        """Whether what becomes of a part of the draft is not recorded yet."""
        proposal = self.proposals.get(code)
        return bool(proposal and not proposal.change_kinds) and self.wordings.get(code, ("", ""))[1] is None


def _wordings(elements: pd.DataFrame, versions: Sequence[str]) -> dict[str, tuple[str | None, str | None]]:
    """code -> its wording in the draft and in the last version."""
    rows: list[Element] = tables.rows("elements", elements)
    told = {(row.code, row.version): row.wording for row in rows}
    return {row.code: (told.get((row.code, versions[0])), told.get((row.code, versions[-1]))) for row in rows}


def _head(topic: str, names: Mapping[str, str], told: _Told) -> str:
    """What the block is about; a part that is known by its code alone says its first words too."""
    head = names.get(topic, topic)
    old, new = told.wordings.get(topic, (None, None))
    bare = head == told.words("element.unnamed", kind=told.kinds.get(topic, ""), code=topic)
    if not bare or not (new or old):
        return head
    return told.words("element.first_words", element=head, wording=statements.shortened(new or old or ""))


def _by_element(names: Mapping[str, str], about: Mapping[str, Sequence[str]], words: Words) -> Callable[[Point], str]:
    place = {code: number for number, code in enumerate(names)}

    def topic(point: Point) -> str:
        codes = about.get(point.point_id, ())
        return min(codes, key=lambda code: place.get(code, len(place)), default=words("element.whole"))

    return topic


def _by_topic(themes: Sequence[Theme], words: Words) -> Callable[[Point], str]:
    names = {theme.code: theme.name for theme in themes}
    return lambda point: point.topic or names.get(point.theme or "") or words("yswd.no_topic")


def _grouped(points: Iterable[Point], topic_of: Callable[[Point], str]) -> dict[str, list[Point]]:
    found: dict[str, list[Point]] = {}
    for point in points:
        found.setdefault(topic_of(point), []).append(point)
    return found


def _rows(block: Block, points: Sequence[Point], told: _Told) -> list[BlockRow]:
    who = _who(points, told)
    aloud = statements.read_aloud(
        [(point, _where(block, point, told)) for point in points], told.words, told.themes, told.scale, who=who
    )
    said = [
        _row(block, "said", point.point_id, order, statement, (point.point_id,))
        for order, (point, statement) in enumerate(zip(points, aloud, strict=True))
    ]
    done: dict[_Done, list[Point]] = {}
    for point in points:
        done.setdefault(_done(point, told), []).append(point)
    return said + [
        _row(
            block,
            "did_not" if each.form in _NOT_DONE else "did",
            f"{each.form} {answered[0].point_id}",
            order,
            _words(each, answered, block, told),
            tuple(point.point_id for point in answered),
        )
        for order, (each, answered) in enumerate(done.items())
    ]


def _where(block: Block, point: Point, told: _Told) -> str | None:
    """How a block calls what a point is about; None where it is not, or not only, what the block is about."""
    codes = tuple(told.about.get(point.point_id, ()))
    if len(block.elements) == 1 and codes == block.elements:
        return told.words("here.part", kind=told.kinds.get(codes[0], ""))
    return None if codes else told.words("element.whole")


def _who(points: Sequence[Point], told: _Told) -> dict[str, str]:
    """Who said what, where that is certain beyond counts: some and others, when views that pull against each other
    come from different comments of several people."""
    who: dict[str, str] = {}
    here = {p.point_id for p in points if statements.subject(p) == "you"}
    for point in points:
        mine = set(told.comments.get(point.point_id, ()))
        rivals = [other for other in point.conflicts_with if other in here]
        if point.point_id in here and mine and any(mine.isdisjoint(told.comments.get(one, ())) for one in rivals):
            who[point.point_id] = "others" if any(who.get(other) == "several" for other in rivals) else "several"
    return who


def _row(block: Block, side: str, key: str, order: int, statement: str, point_ids: tuple[str, ...]) -> BlockRow:
    return BlockRow(
        block_id=block.block_id,
        row_id="br-" + fingerprint("row", block.block_id, side, key),
        side=side,
        order=order,
        statement=statement,
        point_ids=point_ids,
    )


@dataclass(frozen=True, kw_only=True)
class _Done:
    """What was done about points that one sentence can answer."""

    form: str
    new: str = ""
    destination: str = ""
    name: str = ""
    reason: str = ""


def _done(point: Point, told: _Told) -> _Done:
    decision = told.decided.get(point.point_id)
    if decision is None:
        return _Done(form="undecided")
    codes = told.about.get(point.point_id, ())
    proposal = next((told.proposals[code] for code in codes if code in told.proposals), None)
    form = _form(decision, proposal, told.words)
    if form == decision.disposition:
        waits = bool(codes) and all(map(told.waits, codes))
        wordings = [told.wordings[code] for code in codes if code in told.wordings]
        form = statements.answer_form(form, statements.phrases_of(point), wordings, waits=waits)
    name = told.dispositions.get(decision.disposition) or told.words.name("disposition", decision.disposition)
    return _Done(
        form=form,
        new=(proposal.new or "") if proposal and form in ("changed", "new") else "",
        destination=decision.destination or "" if form == "redirected" else "",
        name=statements.sentence(name.capitalize()) if form == "other" else "",
        reason=decision.reason or "" if form != "words_gone" else "",
    )


def _words(done: _Done, points: Sequence[Point], block: Block, told: _Told) -> str:
    phrases = dict.fromkeys(phrase for point in points for phrase in statements.phrases_of(point))
    whole = any(not point.phrase for point in points) or len(phrases) > _NAMED
    return statements.done(
        done.form,
        told.words,
        turn=block.block_id,
        phrases=() if whole else tuple(phrases),
        new=done.new,
        destination=done.destination,
        name=done.name,
        reason=done.reason,
    )


def _form(decision: Decision, proposal: Proposal | None, words: Words) -> str:
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
    return disposition if words.has(f"did.{disposition}") else "other"


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
