"""You said, we did: a table for each topic or element, as people wrote or edited it, N to M; and what we did not do."""

from __future__ import annotations

from dataclasses import dataclass

from consultation.model import SIDES, Block, BlockRow
from consultation.reporting import sentences
from consultation.reporting.rows import Cell, Line, Paragraph, Run, Section, Table, cell, plain
from consultation.reporting.view import View

NAMED = 2  # parts of the draft that are called by name beside a point
KEPT = ("retained_with_reason", "redirected", "deferred")


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A block with its rows by side, finished."""

    title: str
    about: tuple[str, ...]
    said: tuple[Line, ...]
    did: tuple[Line, ...]
    did_not: tuple[Line, ...]


def you_said_we_did(view: View) -> Section:
    """One table a topic: You said | We did, and a third column where a topic has something that was not done."""
    words = view.words
    topics = all_topics(view)
    return Section(
        form="you_said_we_did",
        title=words("yswd.title"),
        blocks=tuple(_table(view, topic) for topic in topics) or (Paragraph(line=plain(words("yswd.none"))),),
        sheet=_sheet(view, topics),
    )


def all_topics(view: View) -> list[Topic]:
    """The topics in their order, each with its rows as drafted or as people edited them."""
    return [_topic(view, block) for block in view.blocks]


def _topic(view: View, block: Block) -> Topic:
    rows = view.block_rows.get(block.block_id, [])
    told = {side: tuple(_line(row) for row in rows if row.side == side) for side in SIDES}
    answered = {point for row in rows if row.side != "said" for point in row.point_ids}
    waiting = [p for row in rows for p in row.point_ids if p in view.points and view.answer(p) is None]
    silent = tuple(dict.fromkeys(p for p in waiting if p not in answered))
    did = (*told["did"], _undecided(view, silent)) if silent else told["did"]
    return Topic(title=block.topic, about=block.elements, said=told["said"], did=did, did_not=told["did_not"])


def _line(row: BlockRow) -> Line:
    return Line(runs=(Run(text=row.statement),), points=row.point_ids, edited=row.edited)


def _undecided(view: View, waiting: tuple[str, ...]) -> Line:
    """For points that nothing on the other side of the table answers yet."""
    return Line(runs=(Run(text=view.words("yswd.undecided", count=len(waiting)), mark="strong"),), points=waiting)


def _table(view: View, topic: Topic) -> Table:
    words = view.words
    sides = [(words("yswd.said"), topic.said), (words("yswd.did"), topic.did)]
    if topic.did_not:
        sides.append((words("yswd.did_not"), topic.did_not))
    return Table(
        caption=words("yswd.caption", topic=topic.title),
        header=tuple(head for head, _ in sides),
        rows=(tuple(Cell(lines=lines, bulleted=True) for _, lines in sides),),
        widths=tuple(100 // len(sides) for _ in sides),
        notes=(words("provisional.note"),) if view.provisional else (),
    )


def _sheet(view: View, topics: list[Topic]) -> Table:
    """The same as one tidy table: a row for each statement."""
    words = view.words
    rows = [
        (
            cell(topic.title),
            cell(", ".join(topic.about)),
            cell(words(f"yswd.{side}")),
            Cell(lines=(line,)),
            cell(", ".join(line.points)),
            cell(words("yswd.worded.officer" if line.edited else "yswd.worded.program")),
        )
        for topic in topics
        for side, told in (("said", topic.said), ("did", topic.did), ("did_not", topic.did_not))
        for line in told
    ]
    return Table(
        caption=words("yswd.title"),
        header=tuple(words(f"yswd.{name}") for name in ("topic", "about", "side", "statement", "points", "worded")),
        rows=tuple(rows),
        widths=(20, 12, 12, 70, 24, 22),
    )


def we_did_not(view: View) -> Section:
    """Every point that was kept as it was, taken up elsewhere or put off, with the reason; a table for each."""
    words = view.words
    tables = tuple(table for disposition in KEPT if (table := _not_done(view, disposition)) is not None)
    lead = words("did_not.lead") if tables else words("did_not.none")
    return Section(
        form="we_did_not",
        title=words("did_not.title"),
        blocks=(Paragraph(line=plain(lead)), *tables),
        sheet=_not_done_sheet(view),
    )


def _not_done(view: View, disposition: str) -> Table | None:
    words = view.words
    found = [(p, d) for p in view.in_order if (d := view.answer(p)) and d.disposition == disposition]
    if not found:
        return None
    told = {
        "retained_with_reason": words("did_not.retained"),
        "redirected": words("did_not.redirected"),
        "deferred": words("did_not.deferred"),
    }[disposition]
    where = disposition == "redirected"
    header = (words("yswd.about"), words("yswd.said"), words("yswd.did_not"))
    rows = []
    for point, decision in found:
        why = sentences.reason(view, decision) or words("did_not.no_reason")
        row = (
            cell(_about(view, point)),
            Cell(lines=(Line(runs=(Run(text=view.points[point].statement),), points=(point,)),)),
            cell(why),
        )
        rows.append((*row, cell(decision.destination or words("not_stated"))) if where else row)
    return Table(
        caption=told,
        header=(*header, words("did_not.destination")) if where else header,
        rows=tuple(rows),
        widths=(16, 34, 34, 16) if where else (18, 41, 41),
        row_heads=True,
        notes=(words("provisional.note"),) if view.provisional else (),
    )


def _about(view: View, point: str) -> str:
    """The parts of the draft by code, with their names where these are few."""
    codes = [code for code in view.elements_of.get(point, ()) if code in view.elements]
    names = [view.element(code).name for code in codes]
    if len(codes) <= NAMED:
        codes = [f"{code} {name}" if name else code for code, name in zip(codes, names, strict=True)]
    return ", ".join(codes) or sentences.upper_first(view.words("element.whole"))


def _not_done_sheet(view: View) -> Table:
    words = view.words
    rows = [
        (
            cell(_about(view, point)),
            Cell(lines=(Line(runs=(Run(text=view.points[point].statement),), points=(point,)),)),
            cell(sentences.code_name(view, "disposition", disposition)),
            cell(sentences.reason(view, decision) or words("did_not.no_reason")),
            cell(decision.destination or ""),
        )
        for disposition in KEPT
        for point in view.in_order
        if (decision := view.answer(point)) and decision.disposition == disposition
    ]
    return Table(
        caption=words("did_not.title"),
        header=(
            words("yswd.about"),
            words("yswd.said"),
            words("log.decision"),
            words("yswd.did_not"),
            words("did_not.destination"),
        ),
        rows=tuple(rows),
        widths=(12, 60, 22, 60, 20),
    )
