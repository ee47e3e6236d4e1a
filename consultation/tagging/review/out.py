"""Write the review workbook: comments with suggestions to confirm, reject and add to; codebook and draft beside."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from consultation import sheets, tables
from consultation.model import FACETS, Element, Tag, Theme
from consultation.settings import Settings
from consultation.tagging.review import layout, likeness
from consultation.tagging.review.clashing import Clash
from consultation.tagging.review.clashing import rows as clash_rows
from consultation.tagging.review.lines import Line, lines
from consultation.tagging.review.names import Names, names

_QUOTED = 80  # characters of the words that drove a suggestion


def write(
    comments: pd.DataFrame,
    questions: pd.DataFrame,
    responses: pd.DataFrame,
    elements: pd.DataFrame,
    themes: Sequence[Theme],
    tags: pd.DataFrame,
    *,
    settings: Settings,
    officer: str | None = None,
    ids: Sequence[str] | None = None,
    blind: bool | Collection[str] = False,
    drawn: Collection[str] = (),
    likenesses: pd.DataFrame | None = None,
    clashes: Sequence[Clash] = (),
    audiences: Sequence[Theme] = (),
    readers: Mapping[str, Sequence[str]] | None = None,
) -> bytes:
    """The workbook (.xlsx) in which one officer reads comments; the same tables give the same bytes.

    `ids` names the comments and their order (a queue's, or a share of `share`), else all that count. `blind`: these
    comments, or all, show no suggestions; nor do those `drawn` at random, which are marked as such when they are read.
    `likenesses` is the table `duplicates`, for the sheet “Same person”; `clashes` (of `clashes`) are put to an
    adjudicator; `readers` (of `readers`) say what was read before. Tags that a person rejected are not shown again.
    Comments with the same words in answer to the same question share a row. Raises `ConsultationError` for an unknown
    id and for more rows than anybody reads.
    """
    unseen = set(comments["comment_id"]) if blind is True else {*(blind or ()), *drawn}
    told = lines(comments, questions, responses, elements, tags, ids=ids, blind=unseen)
    called = names(elements, themes, tags, audiences)
    alike = likeness.groups(likenesses, comments, responses) if likenesses is not None else []
    book = sheets.new_book()
    before = [_read_by(line, readers or {}) for line in told]
    more = [
        *([layout.BEFORE_TOLD] if any(before) else []),
        *([layout.SAME_TOLD] if alike else []),
        *([layout.CLASHES_TOLD] if clashes else []),
    ]
    number_blind = sum(line.blind for line in told)
    sheets.notes(book, "Instructions", layout.instructions(settings.title, officer, len(told), number_blind, more))
    slots = _slots(told)
    _comments(book, told, slots, called, before)
    if alike:
        _finished(sheets.table(book, layout.SAME, layout.SAME_COLUMNS, likeness.rows(alike)), freeze="A2")
    if clashes:
        shown = clash_rows(clashes, comments, called)
        _finished(sheets.table(book, layout.CLASHES, layout.CLASH_COLUMNS, shown), freeze="B2")
    _finished(
        sheets.table(book, layout.CODEBOOK, layout.CODEBOOK_COLUMNS, _codebook(themes, called["theme"])), freeze="B2"
    )
    _finished(
        sheets.table(
            book, layout.ELEMENTS, layout.ELEMENT_COLUMNS, _elements(elements, called["element"], settings.versions)
        ),
        freeze="B2",
    )
    sheets.lists(book, _choices(called)).sheet_state = "hidden"
    sent = [sheets.Column(heading=heading) for heading in layout.SENT_COLUMNS]
    sheets.table(book, layout.SENT, sent, _sent(told, slots, settings, officer, drawn)).sheet_state = "veryHidden"
    return sheets.to_bytes(book)


def _slots(told: Iterable[Line]) -> dict[str, int]:
    """How many columns each facet has: always one more than any comment needs."""
    most = dict.fromkeys(FACETS, 0)
    for line in told:
        for facet in FACETS:
            most[facet] = max(most[facet], len(line.codes(facet)))
    return {facet: least if facet == "stance" else max(least, most[facet] + 1) for facet, least in layout.SLOTS.items()}


def _read_by(line: Line, readers: Mapping[str, Sequence[str]]) -> str:
    """Who has read all comments of a row."""
    return "; ".join(who for who in readers.get(line.key, ()) if all(who in readers.get(one, ()) for one in line.ids))


def _comments(
    book: Any, told: Sequence[Line], slots: Mapping[str, int], called: Mapping[str, Names], before: Sequence[str]
) -> None:
    columns = layout.columns(slots, before=any(before))
    rows = ({**row, layout.BEFORE: who or None} for row, who in zip(_rows(told, slots, called), before, strict=True))
    sheet = sheets.table(book, layout.COMMENTS, columns, rows)
    _mark_suggestions(sheet, columns, told)
    _colour(sheet, columns, len(told))
    found = [column.heading for column in columns]
    _finished(sheet, freeze=f"{sheets.letter(found.index(layout.READ) + 2)}2")
    sheet.print_area = f"A1:{sheets.letter(found.index(layout.NOTES) + 1)}{len(told) + 1}"


def _rows(
    told: Sequence[Line], slots: Mapping[str, int], called: Mapping[str, Names]
) -> Iterator[dict[str, sheets.Value]]:
    for number, line in enumerate(told, 1):
        row: dict[str, sheets.Value] = {
            "No.": number, layout.ASKED: _asked(line), layout.TEXT: line.text, layout.WHY: _why(line, called),
            "Who": line.who, "Channel": line.channel, layout.ID: line.key,
        }  # fmt: skip
        for facet in FACETS:
            shown = [called[facet].shown.get(code, code) for code in line.codes(facet)]
            row |= dict(zip(layout.headings(facet, slots[facet]), shown, strict=False))
        yield row


def _asked(line: Line) -> str:
    """What was asked, and what to know of this row before reading."""
    many = layout.same_words(len(line.ids)) if len(line.ids) > 1 else ""
    return "\n".join(filter(None, (line.asked, layout.UNSEEN if line.blind else "", many)))


def _why(line: Line, called: Mapping[str, Names]) -> str:
    if line.blind:
        return layout.BLIND
    return "\n".join(
        f"{called[tag.facet].shown.get(tag.code, tag.code)} – {tag.why}{_drove(tag, line)}" for tag in line.shown
    )


def _drove(tag: Tag, line: Line) -> str:
    """The commenter's own words behind a suggestion, where it rests on some of them."""
    if tag.start is None or tag.end is None or tag.end - tag.start >= len(line.text):
        return ""
    words = line.text[tag.start : tag.end]
    return f" [“{words if len(words) <= _QUOTED else words[: _QUOTED - 1] + '…'}”]"


def _mark_suggestions(sheet: Any, columns: Sequence[sheets.Column], told: Sequence[Line]) -> None:
    """Suggestions stand in italics on a pale ground; what a person confirmed stands upright."""
    from openpyxl.styles import Font, PatternFill

    place = {column.heading: number for number, column in enumerate(columns, 1)}
    italic, pale = Font(name=sheets.FONT, italic=True, color="595959"), PatternFill("solid", fgColor="FFF9E5")
    grey = Font(name=sheets.FONT, size=9, color="7F7F7F")
    for row, line in enumerate(told, 2):
        for facet in FACETS:
            shown = [tag for tag in line.shown if tag.facet == facet]
            for tag, heading in zip(shown, layout.headings(facet, len(shown)), strict=False):
                if tag.status == "suggested":
                    cell = sheet.cell(row=row, column=place[heading])
                    cell.font, cell.fill = italic, pale
        quiet = sheet.cell(row=row, column=place[layout.WHY])
        quiet.font = grey


def _colour(sheet: Any, columns: Sequence[sheets.Column], rows: int) -> None:
    """“Read” is coloured by its word, and the officer's cells of a marked row stand upright on white."""
    from openpyxl.formatting import rule as rules
    from openpyxl.styles import Font, PatternFill

    formula_rule: Any = rules.FormulaRule
    found = [column.heading for column in columns]
    read = sheets.letter(found.index(layout.READ) + 1)
    first, last = sheets.letter(found.index(layout.READ) + 2), sheets.letter(found.index(layout.NOTES) + 1)
    end = rows + 1
    shades = {"agreed": ("E2EFDA", "375623"), "changed": ("DDEBF7", "1F4E79"),
              "unsure": ("FFEB9C", "7F6000"), "off_topic": ("D9D9D9", "404040")}  # fmt: skip
    for how, (ground, ink) in shades.items():
        rule = formula_rule(
            formula=[f'${read}2="{layout.READS[how]}"'],
            fill=PatternFill("solid", bgColor=ground), font=Font(bold=True, color=ink),
        )  # fmt: skip
        sheet.conditional_formatting.add(f"{read}2:{read}{end}", rule)
    settled = formula_rule(
        formula=[f'AND(${read}2<>"",${read}2<>"{layout.READS["unsure"]}")'],
        fill=PatternFill("solid", bgColor="FFFFFF"), font=Font(italic=False, color="000000"),
    )  # fmt: skip
    sheet.conditional_formatting.add(f"{first}2:{last}{end}", settled)


def _finished(sheet: Any, *, freeze: str) -> None:
    sheet.freeze_panes = freeze
    sheets.page(sheet, layout.FOOTER)
    sheets.protect(sheet)


def _codebook(themes: Sequence[Theme], called: Names) -> Iterator[dict[str, sheets.Value]]:
    for theme in themes:
        yield {
            "Theme": called.shown[theme.code], "Use it when": theme.definition, "Include": theme.include,
            "Leave out": theme.exclude, "Examples": "\n".join(theme.examples), "Code": theme.code,
        }  # fmt: skip


def _elements(elements: pd.DataFrame, called: Names, versions: Sequence[str]) -> Iterator[dict[str, sheets.Value]]:
    told: dict[str, Element] = {}
    for row in tables.rows("elements", elements):
        if row.code not in told or row.version == versions[0]:
            told[row.code] = row
    for code in called.shown:
        row = told[code]
        phrases = "; ".join(f"“{phrase}”" for phrase in row.known_phrases)
        yield {
            "Element": called.shown[code], "Kind": row.kind.replace("_", " "),
            "Stands under": called.shown.get(row.parent or "", row.parent),
            "Words of the draft": row.wording or (f"[not held as a whole] {phrases}" if phrases else "[not held]"),
        }  # fmt: skip


def _choices(called: Mapping[str, Names]) -> dict[str, list[str]]:
    return {
        **{layout.LISTS[facet]: list(called[facet].shown.values()) for facet in FACETS},
        layout.LISTS["read"]: list(layout.READS.values()),
        "Same": list(layout.SAME_ANSWERS.values()),
        "Rulings": list(layout.RULINGS.values()),
    }


def _sent(
    told: Sequence[Line], slots: Mapping[str, int], settings: Settings, officer: str | None, drawn: Collection[str]
) -> Iterator[dict[str, sheets.Value]]:
    """What `read` must know of the workbook as it went out: for whom, and what each row showed."""
    about: dict[str, sheets.Value] = {"form": layout.FORM, "title": settings.title, "officer": officer}
    about |= {f"slots {facet}": number for facet, number in slots.items()}
    for what, value in about.items():
        yield {"Id": "workbook", "What": what, "Value": value}
    for line in told:
        for other in line.ids[1:]:
            yield {"Id": line.key, "What": "same words", "Value": other}
        if line.blind:
            yield {"Id": line.key, "What": "blind", "Value": "yes"}
        if line.key in drawn:
            yield {"Id": line.key, "What": "drawn", "Value": "at random"}
        for tag in line.shown:
            yield {
                "Id": line.key, "What": tag.facet, "Value": tag.code, "Score": f"{tag.score:g}",
                "Origin": tag.origin if tag.status == "suggested" else "confirmed", "Model": tag.model_version,
            }  # fmt: skip
