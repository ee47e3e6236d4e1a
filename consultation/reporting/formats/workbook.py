"""The report as a workbook: a cover, the notes, and one marked table a sheet with its title in A1."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from consultation.reporting.formats.zipped import repacked
from consultation.reporting.house import House
from consultation.reporting.rows import Cell, Chart, Line, Report, Table, cell
from consultation.sheets import put
from consultation.words import Words

_FORBIDDEN: Final = re.compile(r"[\\/*?:\[\]']")
_MARKS: Final = {"gone": "mark.gone.text", "new": "mark.new.text"}


def render(report: Report, style: House, words: Words) -> bytes:
    """An .xlsx. Text is text, figures are figures; no merged cells, no blank rows or columns."""
    from openpyxl import Workbook

    book = Workbook()
    names: set[str] = set()
    _cover(book.active, report, words, names)
    tables = list(_tables(report))
    _contents(book.create_sheet(), tables, words, names)
    for place, (title, table) in enumerate(tables, 1):
        _sheet(book.create_sheet(_name(title, names)), table, place, report, words)
    if report.evidence:
        table = _evidence(report, words)
        _sheet(book.create_sheet(_name(table.caption, names)), table, len(tables) + 1, report, words)
    properties = book.properties
    properties.title, properties.creator, properties.language = report.title, report.body, report.language
    out = io.BytesIO()
    book.save(out)
    return repacked(out.getvalue(), report.dated)


def _tables(report: Report) -> Iterator[tuple[str, Table]]:
    """A section that has a tidy form gives that; others each of their tables."""
    for section in report.sections:
        if section.sheet is not None:
            yield section.title, section.sheet
            continue
        for block in section.blocks:
            if isinstance(block, Table | Chart):
                table = block.table if isinstance(block, Chart) else block
                yield table.caption, table


def _cover(sheet: Any, report: Report, words: Words, names: set[str]) -> None:
    sheet.title = _name(words("sheet.cover"), names)
    for text in (report.title, report.body, report.dated_words, *report.stamps, *report.footer):
        put(sheet.cell(row=sheet.max_row + (sheet["A1"].value is not None), column=1), text)
    _column(sheet, "A", 90)
    _heading(sheet)


def _contents(sheet: Any, tables: Sequence[tuple[str, Table]], words: Words, names: set[str]) -> None:
    sheet.title = _name(words("sheet.notes"), names)
    notes = [words("sheet.notes.title"), words("sheet.notes.one"), words("mark.key"), words("profile.note")]
    notes += list(dict.fromkeys(note for _, table in tables for note in table.notes))
    for row, text in enumerate(notes, 1):
        put(sheet.cell(row=row, column=1), text)
    _column(sheet, "A", 110)
    _heading(sheet)


def _sheet(sheet: Any, table: Table, place: int, report: Report, words: Words) -> None:
    """Title in A1, the notes under it, then the table."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.table import Table as Marked
    from openpyxl.worksheet.table import TableStyleInfo

    top = [table.caption, *report.stamps, *table.notes]
    for row, text in enumerate(top, 1):
        put(sheet.cell(row=row, column=1), text)
    _heading(sheet)
    first = len(top) + 1
    header = _distinct(table.header)
    for column, name in enumerate(header, 1):
        put(sheet.cell(row=first, column=column), name)
        sheet.cell(row=first, column=column).font = Font(bold=True)
        _column(sheet, get_column_letter(column), max(12, table.widths[column - 1] if table.widths else 30))
    wrapped = Alignment(wrap_text=True, vertical="top")
    rows = table.rows or (tuple(cell(words("none")) for _ in header),)
    for row, cells in enumerate(rows, first + 1):
        for column, part in enumerate(cells, 1):
            at = sheet.cell(row=row, column=column)
            put(at, part.number if part.number is not None else _shown(part, words))
            at.alignment = wrapped
    last = f"{get_column_letter(len(header))}{first + len(rows)}"
    marked = Marked(displayName=f"Table{place}", ref=f"A{first}:{last}")
    marked.tableStyleInfo = TableStyleInfo(name="TableStyleLight9", showRowStripes=False, showColumnStripes=False)
    sheet.add_table(marked)
    sheet.freeze_panes = f"A{first + 1}"
    sheet.print_title_rows = f"{first}:{first}"
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
    sheet.page_setup.paperSize = 9  # A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _shown(part: Cell, words: Words) -> str:
    """The cell's lines; words that went or came are marked in words, since a sheet shows one look."""
    return "\n".join(f"• {_line(line, words)}" if part.bulleted else _line(line, words) for line in part.lines)


def _line(line: Line, words: Words) -> str:
    return "".join(words(_MARKS[run.mark], text=run.text) if run.mark in _MARKS else run.text for run in line.runs)


def _evidence(report: Report, words: Words) -> Table:
    return Table(
        caption=words("page.evidence"),
        header=tuple(words(f"sheet.evidence.{name}") for name in ("number", "counts", "points", "comments", "quotes")),
        rows=tuple(
            (
                Cell(lines=(), number=item.number),
                cell(item.counts),
                cell(", ".join(item.points)),
                cell(" ".join((", ".join(item.comments), item.more)).strip()),
                Cell(lines=item.quotes, bulleted=True),
            )
            for item in report.evidence
        ),
        widths=(12, 30, 30, 60, 60),
    )


def _distinct(names: Iterable[str]) -> list[str]:
    """Column names of a marked table: none empty, none twice."""
    seen: list[str] = []
    for place, name in enumerate(names, 1):
        told = name or str(place)
        seen.append(told if told not in seen else f"{told} ({place})")
    return seen


def _name(title: str, taken: set[str]) -> str:
    """A sheet's name: at most 31 characters, none of those that Excel refuses, none twice."""
    base = _FORBIDDEN.sub(" ", title).strip()[:31] or "Sheet"
    name, place = base, 2
    while name.casefold() in taken:
        name = f"{base[:27]} {place}"
        place += 1
    taken.add(name.casefold())
    return name


def _heading(sheet: Any) -> None:
    from openpyxl.styles import Alignment, Font

    sheet["A1"].font = Font(bold=True, size=16)
    for row in sheet.iter_rows(min_row=2, max_row=sheet.max_row, max_col=1):
        row[0].alignment = Alignment(wrap_text=sheet.max_column == 1, vertical="top")


def _column(sheet: Any, letter: str, width: int) -> None:
    sheet.column_dimensions[letter].width = width
