"""Priority sheets: for each priority its ambition, its aim, its milestones with the dates they state, its measures."""

from __future__ import annotations

import re
from typing import Final

from consultation.reporting import sentences
from consultation.reporting.rows import Block, Cell, Heading, Listing, Paragraph, Run, Section, Table, cell, plain
from consultation.reporting.rows import Line as Told
from consultation.reporting.view import View

PARTS: Final = ("aim", "milestone", "measure")
_MONTH: Final = "January|February|March|April|May|June|July|August|September|October|November|December"
_STATED: Final = re.compile(
    rf"\b(?:(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:{_MONTH})|spring|summer|autumn|winter)\s+)?"
    rf"(?:19|20)\d\d(?:[/–-]\d{{2,4}})?(?:\s+and\s+(?:19|20)\d\d)*\b",
    re.I,
)


def stated_date(text: str) -> str | None:
    """The date that a milestone states, as it states it; None where it states none.

    >>> stated_date("Shadow board set up by April 2012"), stated_date("Games held in 2012 and 2014")
    ('April 2012', '2012 and 2014')
    >>> stated_date("Reduced to under 1200")
    """
    found = _STATED.search(text)
    return found[0] if found else None


def priority_sheets(view: View) -> Section:
    """A sheet for each element that has aims, milestones or measures under it."""
    words = view.words
    codes = [code for code in view.codes if any(_parts(view, code, part) for part in PARTS)]
    blocks: list[Block] = []
    if codes:
        blocks.append(Paragraph(line=plain(_counts(view, codes))))
    for code in codes:
        blocks += _one(view, code)
    return Section(
        form="priority_sheets",
        title=words("sheets.title"),
        blocks=tuple(blocks) or (Paragraph(line=plain(words("sheets.none"))),),
        sheet=_sheet(view, codes),
    )


def _parts(view: View, code: str, kind: str) -> list[str]:
    return [child for child in view.children.get(code, []) if view.element(child).kind == kind]


def _text(view: View, code: str) -> str:
    row = view.element(code)
    return row.wording or row.name or code


def _counts(view: View, codes: list[str]) -> str:
    """How many of each there are, counted here and not typed anywhere."""
    words = view.words
    milestones = [child for code in codes for child in _parts(view, code, "milestone")]
    measures = [child for code in codes for child in _parts(view, code, "measure")]
    dated = sum(stated_date(_text(view, child)) is not None for child in milestones)
    return words(
        "sheets.counts",
        sheets=words.number(len(codes)),
        milestones=words.number(len(milestones)),
        dated=words.number(dated),
        measures=words.number(len(measures)),
    )


def _one(view: View, code: str) -> list[Block]:
    words = view.words
    row = view.element(code)
    blocks: list[Block] = [Heading(text=_title(view, code))]
    if row.parent in view.elements and row.parent is not None:
        told = words("sheets.under", kind=sentences.upper_first(sentences.kind_name(view, row.parent)))
        blocks.append(Paragraph(line=_labelled(told, _text(view, row.parent))))
    blocks += [Paragraph(line=_labelled(words("sheets.aim"), _text(view, aim))) for aim in _parts(view, code, "aim")]
    if milestones := _parts(view, code, "milestone"):
        blocks.append(
            Table(
                caption=words("sheets.milestones", code=code),
                header=(words("sheets.milestone"), words("sheets.date")),
                rows=tuple((cell(_text(view, child)), _date(view, child)) for child in milestones),
                widths=(72, 28),
                row_heads=True,
            )
        )
    if measures := _parts(view, code, "measure"):
        blocks.append(Paragraph(line=plain(words("sheets.measures"), "strong")))
        blocks.append(Listing(items=tuple(plain(_text(view, child)) for child in measures)))
    return blocks


def _title(view: View, code: str) -> str:
    return view.words("sheets.head", kind=sentences.upper_first(sentences.kind_name(view, code)), code=code,
                      title=_text(view, code))  # fmt: skip


def _labelled(label: str, text: str) -> Told:
    return Told(runs=(Run(text=f"{label} ", mark="strong"), Run(text=text)))


def _date(view: View, code: str) -> Cell:
    return cell(stated_date(_text(view, code)) or view.words("sheets.no_date"))


def _sheet(view: View, codes: list[str]) -> Table:
    words = view.words
    rows = []
    for code in codes:
        parent = view.element(code).parent
        above = _text(view, parent) if parent in view.elements and parent is not None else ""
        for kind in PARTS:
            for child in _parts(view, code, kind):
                date = _date(view, child) if kind == "milestone" else cell("")
                kind_cell = cell(sentences.upper_first(sentences.kind_name(view, child)))
                rows.append(
                    (cell(code), cell(_text(view, code)), cell(above), kind_cell, cell(_text(view, child)), date)
                )
    return Table(
        caption=words("sheets.title"),
        header=tuple(words(f"sheets.{name}") for name in ("ref", "priority", "ambition", "part", "text", "date")),
        rows=tuple(rows),
        widths=(10, 40, 30, 14, 80, 18),
    )
