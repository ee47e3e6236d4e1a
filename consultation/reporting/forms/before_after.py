"""Before and after: each element's draft and revised wording with the words marked that went and came."""

from __future__ import annotations

from consultation import changes
from consultation.reporting import sentences
from consultation.reporting.forms.rationale import not_held
from consultation.reporting.rows import Cell, Line, Paragraph, Run, Section, Table, cell, plain
from consultation.reporting.view import View


def before_after(view: View) -> Section:
    """A row for each element in the document's order: what it is, the draft, the revised words, what sort of change."""
    words = view.words
    table = Table(
        caption=words("before.caption"),
        header=tuple(words(f"before.{name}") for name in ("code", "kind", "draft", "revised", "what")),
        rows=tuple(_row(view, code) for code in view.codes),
        widths=(9, 16, 29, 29, 17),
        row_heads=True,
    )
    return Section(
        form="before_after",
        title=words("before.title"),
        blocks=(Paragraph(line=plain(words("mark.key"))), table),
        sheet=table,
    )


def _row(view: View, code: str) -> tuple[Cell, ...]:
    old, new = view.wording(code, view.draft), view.wording(code, view.revised)
    fate = view.fate(code)
    kinds = [kind for proposal in view.proposals.get(code, ()) for kind in proposal.change_kinds]
    shown = [sentences.code_name(view, "change", kind) for kind in dict.fromkeys(kinds)] or [view.words(f"fate.{fate}")]
    return (
        cell(code),
        cell(sentences.upper_first(sentences.kind_name(view, code))),
        _draft(view, code, old, new),
        _revised(view, code, old, new),
        cell(sentences.upper_first(", ".join(shown))),
    )


def _draft(view: View, code: str, old: str | None, new: str | None) -> Cell:
    if old is None:
        return cell(not_held(view, code))
    if new is None or old == new:
        return cell(old)
    return Cell(lines=(marked(old, new, "gone"),))


def _revised(view: View, code: str, old: str | None, new: str | None) -> Cell:
    if new is None:
        told = {"removed": "element.removed", "unchanged": "rationale.unchanged"}.get(
            view.fate(code), "before.undecided"
        )
        return cell(view.words(told))
    if old is None or old == new:
        return cell(new)
    return Cell(lines=(marked(old, new, "new"),))


def marked(old: str, new: str, side: str) -> Line:
    """One side of a change, with the words marked that went (`gone`) or came (`new`)."""
    return Line(
        runs=tuple(
            Run(text=change.text, mark="plain" if change.operation == "same" else change.operation)
            for change in changes.compare(old, new)
            if change.operation in ("same", side)
        )
    )
