"""The key issues log, a row for each point with its answer; and findings in prose, topic by topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from consultation.model import Decision, Point
from consultation.reporting import counts, quotes, sentences
from consultation.reporting.forms.you_said import Answered, all_topics
from consultation.reporting.rows import Block, Cell, Heading, Line, Paragraph, Run, Section, Table, cell, figure, plain
from consultation.reporting.view import View
from consultation.statements import sentence


def key_issues(view: View) -> Section:
    """Every point that stands, the widest shared first: what, about what, who and how many, what was decided, why."""
    words = view.words
    points = [view.points[point] for point in view.ranked(view.points)]
    held = quotes.quotable(view)
    usual = _usual(view)
    own_words = {point.point_id: quotes.chosen(view, held, [point.point_id]) for point in points}
    table = Table(
        caption=words("log.caption"),
        header=tuple(words(f"log.{name}") for name in ("issue", "about", "who", "decision", "why")),
        rows=tuple(_row(view, point, own_words[point.point_id], usual) for point in points),
        widths=(32, 12, 20, 12, 24),
        row_heads=True,
        notes=(*_notes(view), *([words("log.by_all", by=usual)] if usual else [])),
    )
    return Section(
        form="key_issues",
        title=words("log.title"),
        blocks=(Paragraph(line=plain(words("log.lead", count=len(points)))), table),
        sheet=_sheet(view, points, own_words),
    )


def _usual(view: View) -> str:
    """Who decided most of the points; nothing where nobody decided more than one."""
    found = Counter(_by(decision) for point in view.points if (decision := view.answer(point)))
    by, number = min(found.items(), key=lambda each: (-each[1], each[0]), default=("", 0))
    return by if number > 1 else ""


def _by(decision: Decision) -> str:
    return ", ".join(part for part in (decision.decided_by, decision.body) if part)


def _row(view: View, point: Point, own_words: tuple[Line, ...], usual: str = "") -> tuple[Cell, ...]:
    decision = view.answer(point.point_id)
    said = Line(runs=(Run(text=sentence(point.statement)),), points=(point.point_id,))
    by = counts.groups(view, point)
    untold = (view.words("counts.too_few"), view.words("not_stated"))
    asked = [plain(told) for told in (by, counts.how_many(view, point)) if told not in untold] or [plain(by)]
    return (
        Cell(lines=(said, *own_words)),
        cell(_about(view, point)),
        Cell(lines=tuple(asked)),
        _decided(view, decision, usual),
        _why(view, decision),
    )


def _about(view: View, point: Point) -> str:
    return ", ".join(view.elements_of.get(point.point_id, ())) or sentences.upper_first(view.words("element.whole"))


def _decided(view: View, decision: Decision | None, usual: str) -> Cell:
    code = decision.disposition if decision else "undecided"
    told = sentences.upper_first(sentences.code_name(view, "disposition", code))
    lines = [plain(told, "plain" if decision else "strong")]
    if decision and (by := _by(decision)) and by != usual:
        lines.append(plain(view.words("log.by", by=by)))
    if decision and decision.destination and decision.disposition == "redirected":
        lines.append(plain(view.words("log.where", where=decision.destination)))
    return Cell(lines=tuple(lines))


def _why(view: View, decision: Decision | None) -> Cell:
    return cell(sentences.reason(view, decision) or "–")


def _notes(view: View) -> tuple[str, ...]:
    words, rule = view.words, view.settings.suppression
    notes = [words("counts.note"), words("counts.small", below=rule.below)]
    return (*notes, words("provisional.note")) if view.provisional else tuple(notes)


def _sheet(view: View, points: list[Point], own_words: dict[str, tuple[Line, ...]]) -> Table:
    words = view.words
    rows = []
    for point in points:
        decision = view.answer(point.point_id)
        shown = _row(view, point, own_words[point.point_id])
        rows.append(
            (
                cell(point.point_id), shown[1], shown[0], cell(counts.groups(view, point)), *_figures(view, point),
                cell(sentences.upper_first(sentences.code_name(
                    view, "disposition", decision.disposition if decision else "undecided"))),
                shown[4],
                cell(_by(decision) if decision else ""),
                cell(view.words.date(decision.date) if decision and decision.date else ""),
            )
        )  # fmt: skip
    apart = ("responses.apart", "comments.apart") if view.without_campaigns is not None else ()
    counted = ("responses", "comments", *apart)
    names = ("ref", "about", "issue", "who", *counted, "decision", "why", "decided_by", "date")
    return Table(
        caption=words("log.caption"),
        header=tuple(words(f"log.{name}") for name in names),
        rows=tuple(rows),
        widths=(16, 14, 60, 30, *(12 for _ in counted), 22, 50, 22, 16),
        notes=_notes(view),
    )


def _figures(view: View, point: Point) -> Iterator[Cell]:
    """Responses and comments; both again without campaigns, where there are any."""
    told = (point.n_responses, point.n_comments)
    for value in (*told, *(view.apart.get(point.point_id, told) if view.without_campaigns is not None else ())):
        yield figure(value, view.words("not_stated") if value is None else view.words.number(value))


def findings(view: View) -> Section:
    """A heading for each topic of the report, then in prose what was said with how many said it, and what was done."""
    blocks: list[Block] = []
    for topic in all_topics(view):
        blocks.append(Heading(text=topic.title))
        blocks += [Paragraph(line=_told(view, row)) for row in topic.rows]
    return Section(
        form="findings",
        title=view.words("findings.title"),
        blocks=tuple(blocks) or (Paragraph(line=plain(view.words("yswd.none"))),),
    )


def _told(view: View, row: Answered) -> Line:
    """Things said in the third person, and the answer to them."""
    points = dict.fromkeys(point for line in row.said for point in line.points if point in view.points)
    said = [_sentence(view, view.points[point]) for point in points] or [sentence(line.text) for line in row.said]
    answers = [sentence(line.text) for line in (*row.did, *row.did_not)]
    behind = dict.fromkeys(point for line in (*row.said, *row.did, *row.did_not) for point in line.points)
    return Line(runs=(Run(text=" ".join([*said, *answers])),), points=tuple(behind))


def _sentence(view: View, point: Point) -> str:
    """A point in the third person with its counts."""
    told = sentences.heard(view, point)
    if point.n_responses or point.n_comments:
        told = view.words("findings.counted", told=told.rstrip("."), counts=counts.plainly(view, point))
    return told
