"""New outcome | Rationale for change: every part of the draft, unchanged ones too, in one table for each parent."""

from __future__ import annotations

from typing import Final

from consultation.model import Proposal
from consultation.reporting import sentences
from consultation.reporting.rows import Cell, Line, Paragraph, Run, Section, Table, cell, plain
from consultation.reporting.view import View
from consultation.statements import shortened

LONG_HEAD: Final = 120  # letters of a heading: two lines
_WRITTEN_FOR: Final = ("adopted", "partly_adopted", "retained_with_reason", "noted_support")


def rationale(view: View) -> Section:
    """A table for each element that has children, one for those that have no parent, one for what was taken out."""
    words = view.words
    groups = [(parent, codes) for parent in (None, *view.codes) if (codes := view.children.get(parent, []))]
    tables = []
    for parent, codes in groups:
        if staying := [code for code in codes if view.fate(code) != "removed"]:
            tables.append(_table(view, parent, staying))
    gone = [code for code in view.codes if view.fate(code) == "removed"]
    if gone:
        tables.append(_removed(view, gone))
    return Section(
        form="rationale",
        title=words("rationale.title"),
        blocks=tuple(tables) or (Paragraph(line=plain(words("none"))),),
        sheet=_sheet(view, groups),
    )


def why_lines(view: View, code: str) -> tuple[Line, ...]:
    """Why an element reads as it does now: the reasons that people wrote for its changes, as written, else what
    people said of it and how each point was answered."""
    written = _written(view, code)
    if written:
        return written
    told = [_opening(view, code)]
    for point_id in view.points_on.get(code, ()):
        point = view.points[point_id]
        decision = view.answer(point_id)
        answer = sentences.answered(view, decision, point) if decision else view.words("rationale.undecided.new")
        told.append(Line(runs=(Run(text=f"{sentences.heard(view, point)} {answer}"),), points=(point_id,)))
    if len(told) == 1 and view.fate(code) != "undecided":
        told.append(plain(view.words("rationale.no_comment" if not _owned(view, code) else "rationale.own")))
    return tuple(told)


def _written(view: View, code: str) -> tuple[Line, ...]:
    lines = []
    for proposal in view.proposals.get(code, ()):
        decision = view.decision_on(proposal)
        if decision and decision.reason and decision.disposition in _WRITTEN_FOR:
            lines.append(Line(runs=(Run(text=decision.reason),), points=_points(view, code, proposal)))
    return tuple(lines)


def _points(view: View, code: str, proposal: Proposal) -> tuple[str, ...]:
    return tuple(p for p in proposal.points if p in view.points) or view.points_on.get(code, ())


def _owned(view: View, code: str) -> bool:
    decisions = (view.decision_on(proposal) for proposal in view.proposals.get(code, ()))
    return any(decision and decision.reason_code == "council_initiated" for decision in decisions)


def _opening(view: View, code: str) -> Line:
    words = view.words
    told = {
        "unchanged": "rationale.unchanged",
        "changed": "rationale.changed",
        "new": "rationale.new_element",
        "removed": "rationale.removed_element",
        "undecided": "rationale.undecided.wording" if _answered(view, code) else "rationale.undecided",
    }[view.fate(code)]
    text = words(told)
    heirs = sorted({line.to_code for line in view.lineage if line.from_code == code and line.to_code != code})
    if heirs:
        text += " " + words("rationale.became", codes=words.listed(heirs))
    return plain(text, "strong" if view.fate(code) == "undecided" else "plain")


def _answered(view: View, code: str) -> bool:
    return any(view.answer(point) for point in view.points_on.get(code, ()))


def _now(view: View, code: str) -> Cell:
    """The wording as it now stands; where none is held, that is said."""
    row = view.element(code)
    if row.wording:
        return cell(row.wording)
    return cell(not_held(view, code))


def not_held(view: View, code: str) -> str:
    """That the draft's wording is not held, and the phrases that are known of it; nothing is put together from them."""
    words = view.words
    row = view.elements[code].get(view.draft)
    if row is None:
        return words("element.not_in_draft")
    if row.known_phrases:
        return words("element.not_held.phrases", phrases=words.listed(map(words.quoted, row.known_phrases)))
    return words("element.not_held")


def _table(view: View, parent: str | None, codes: list[str]) -> Table:
    words = view.words
    return Table(
        caption=_head(view, parent),
        header=(_column(view, codes), words("rationale.why")),
        rows=tuple((_now(view, code), Cell(lines=why_lines(view, code))) for code in codes),
        widths=(38, 62),
        row_heads=True,
        notes=(words("provisional.note"),) if view.provisional else (),
    )


def _head(view: View, parent: str | None) -> str:
    """The parent of a table by its name, else by its first words."""
    return shortened(view.label(parent), LONG_HEAD) if parent else view.words("rationale.roots")


def _column(view: View, codes: list[str]) -> str:
    """The head over the wordings of a table, new where all are decided and some have changed."""
    words = view.words
    fates = {view.fate(code) for code in codes}
    state = "new" if fates & {"changed", "new"} and "undecided" not in fates else "now"
    if len({view.element(code).kind for code in codes}) > 1:
        return words(f"rationale.{state}.mixed")
    return sentences.upper_first(words(f"rationale.{state}", kind=sentences.kind_name(view, codes[0])))


def _removed(view: View, codes: list[str]) -> Table:
    words = view.words
    return Table(
        caption=words("rationale.removed"),
        header=(words("rationale.removed.was"), words("rationale.why")),
        rows=tuple(
            (
                cell(_before(view, code)),
                Cell(lines=why_lines(view, code)),
            )
            for code in codes
        ),
        widths=(38, 62),
        row_heads=True,
    )


def _before(view: View, code: str) -> str:
    name = view.element(code).name or (code if not view.element(code).wording else "")
    told = view.wording(code, view.draft) or not_held(view, code)
    return f"{name}: {told}" if name else told


def _sheet(view: View, groups: list[tuple[str | None, list[str]]]) -> Table:
    words = view.words
    rows = [
        (
            cell(_head(view, parent)),
            cell(code),
            _now(view, code) if view.fate(code) != "removed" else cell(words("element.removed")),
            Cell(lines=why_lines(view, code)),
        )
        for parent, codes in groups
        for code in codes
    ]
    return Table(
        caption=words("rationale.title"),
        header=(
            words("rationale.parent"),
            words("rationale.code"),
            words("rationale.now.mixed"),
            words("rationale.why"),
        ),
        rows=tuple(rows),
        widths=(30, 8, 50, 80),
    )
