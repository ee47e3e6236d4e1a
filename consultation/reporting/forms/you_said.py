"""You said, we did: a table for each topic or element, as people wrote or edited it, N to M; and what we did not do.

What was done stands beside what it answers: lines that rest on one point share a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter

from consultation.model import SIDES, Block, BlockRow
from consultation.reporting import sentences
from consultation.reporting.rows import Cell, Line, Paragraph, Run, Section, Table, cell, figure, plain
from consultation.reporting.view import View
from consultation.statements import shortened

NAMED = 2  # parts of the draft that are called by name beside a point
KEPT = ("retained_with_reason", "redirected", "deferred")


@dataclass(frozen=True, kw_only=True)
class Answered:
    """Things said, with what answers them."""

    said: tuple[Line, ...] = ()
    did: tuple[Line, ...] = ()
    did_not: tuple[Line, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Topic(Answered):
    """A block with its lines by side, finished; `rows` are the same lines, each beside what it belongs with."""

    title: str
    about: tuple[str, ...]
    rows: tuple[Answered, ...]


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
    sides = {"said": told["said"], "did": did, "did_not": told["did_not"]}
    return Topic(title=block.topic, about=block.elements, rows=tuple(_beside(sides)), **sides)


def _beside(sides: Mapping[str, tuple[Line, ...]]) -> Iterator[Answered]:
    """The lines of a block in rows: those that share a point in one, in the order of what was said. What answers
    nothing that was said, and what nothing answers, share the last."""
    rows: dict[int, list[tuple[int, str, Line]]] = {}
    row_of: dict[str, int] = {}
    for place, (side, line) in enumerate((side, line) for side, lines in sides.items() for line in lines):
        met = sorted({row_of[point] for point in line.points if point in row_of})
        here = met[0] if met else place
        rows.setdefault(here, []).append((place, side, line))
        for other in met[1:]:
            rows[here] += rows.pop(other)
            row_of |= {point: here for _, _, each in rows[here] for point in each.points}
        row_of |= dict.fromkeys(line.points, here)
    told = [sorted(row, key=itemgetter(0)) for row in rows.values()]
    answered = [row for row in told if row[0][1] == "said" != row[-1][1]]
    rest = [each for row in told if row[0][1] != "said" or row[-1][1] == "said" for each in row]
    for row in sorted(answered, key=lambda row: row[0][0]) + [rest] * bool(rest):
        yield Answered(**{side: tuple(line for _, of, line in row if of == side) for side in sides})


def _line(row: BlockRow) -> Line:
    return Line(runs=(Run(text=row.statement),), points=row.point_ids, edited=row.edited)


def _undecided(view: View, waiting: tuple[str, ...]) -> Line:
    """For points that nothing on the other side of the table answers yet."""
    return Line(runs=(Run(text=view.words("yswd.undecided", count=len(waiting)), mark="strong"),), points=waiting)


def _table(view: View, topic: Topic) -> Table:
    words = view.words
    sides = SIDES if topic.did_not else SIDES[:2]
    return Table(
        caption=words("yswd.caption", topic=topic.title),
        header=tuple(words(f"yswd.{side}") for side in sides),
        rows=tuple(tuple(_cell(getattr(row, side)) for side in sides) for row in topic.rows),
        widths=tuple(100 // len(sides) for _ in sides),
        notes=(words("provisional.note"),) if view.provisional else (),
    )


def _cell(lines: tuple[Line, ...]) -> Cell:
    return Cell(lines=lines, bulleted=len(lines) > 1)


def _sheet(view: View, topics: list[Topic]) -> Table:
    """The same as one tidy table: a row for each statement, those that belong together under one number."""
    words = view.words
    rows = [
        (
            cell(topic.title),
            cell(", ".join(topic.about)),
            cell(words(f"yswd.{side}")),
            Cell(lines=(line,)),
            figure(number, words.number(number)),
            cell(", ".join(line.points)),
            cell(words("yswd.worded.officer" if line.edited else "yswd.worded.program")),
        )
        for topic in topics
        for number, row in enumerate(topic.rows, 1)
        for side in SIDES
        for line in getattr(row, side)
    ]
    names = ("topic", "about", "side", "statement", "together", "points", "worded")
    return Table(
        caption=words("yswd.title"),
        header=tuple(words(f"yswd.{name}") for name in names),
        rows=tuple(rows),
        widths=(20, 12, 12, 70, 12, 24, 22),
        numbers=(4,),
    )


def we_did_not(view: View) -> Section:
    """Every point that was kept as it was, taken up elsewhere or put off, with the reason; a table for each. Points
    about the same part with the same reason share a row."""
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
    said = sentences.in_turn(view, [point for point, _ in found], placed=True)
    rows: dict[tuple[str, str, str], list[Line]] = {}
    for (point, decision), statement in zip(found, said, strict=True):
        why = sentences.reason(view, decision) or words("did_not.no_reason")
        key = (_about(view, point), why, decision.destination or words("not_stated") if where else "")
        rows.setdefault(key, []).append(Line(runs=(Run(text=statement),), points=(point,)))
    return Table(
        caption=told,
        header=(*header, words("did_not.destination")) if where else header,
        rows=tuple(
            (cell(about), _cell(tuple(lines)), cell(why), *([cell(destination)] if where else []))
            for (about, why, destination), lines in rows.items()
        ),
        widths=(16, 34, 34, 16) if where else (18, 41, 41),
        row_heads=True,
        notes=(words("provisional.note"),) if view.provisional else (),
    )


def _about(view: View, point: str) -> str:
    """The parts of the draft by code, with their names or first words where these are few."""
    codes = [code for code in view.elements_of.get(point, ()) if code in view.elements]
    names = [shortened(view.label(code)) for code in codes]
    if len(codes) <= NAMED:
        codes = [f"{code} {name}" if name != code else code for code, name in zip(codes, names, strict=True)]
    return ", ".join(codes) or sentences.upper_first(view.words("element.whole"))


def _not_done_sheet(view: View) -> Table:
    words = view.words
    found = [
        (point, decision)
        for disposition in KEPT
        for point in view.in_order
        if (decision := view.answer(point)) and decision.disposition == disposition
    ]
    said = sentences.in_turn(view, [point for point, _ in found], placed=True)
    rows = [
        (
            cell(_about(view, point)),
            Cell(lines=(Line(runs=(Run(text=statement),), points=(point,)),)),
            cell(sentences.code_name(view, "disposition", decision.disposition)),
            cell(sentences.reason(view, decision) or words("did_not.no_reason")),
            cell(decision.destination or ""),
        )
        for (point, decision), statement in zip(found, said, strict=True)
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
