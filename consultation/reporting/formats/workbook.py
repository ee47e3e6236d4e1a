"""The report as a workbook: a cover, the notes, and one marked table a sheet with its title in A1."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table as Marked
from openpyxl.worksheet.table import TableStyleInfo

from consultation.reporting.formats.zipped import repacked
from consultation.reporting.house import House
from consultation.reporting.rows import Cell, Chart, Line, Report, Table, cell
from consultation.sheets import put
from consultation.words import Words

_FORBIDDEN: Final = re.compile(r"[\\/*?:\[\]']")
_MARKS: Final = {"gone": "mark.gone.text", "new": "mark.new.text"}
_LINE: Final = 15.5  # points
_TALLEST: Final = 400  # Excel's limit is 409
_EDGE: Final = Side(style="thin", color="8A949B")
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
_STYLES: Final[dict[str, dict[str, Any]]] = {
    "Sheet title": {"font": Font(name="Arial", size=16, bold=True, color="12466B")},
    "Note line": {"font": Font(name="Arial", size=11)},
    "Wrapped line": {"font": Font(name="Arial", size=12), "alignment": _WRAPPED},
    "Table head": {
        "font": Font(name="Arial", size=11, bold=True, color="FFFFFF"),
        "fill": PatternFill("solid", fgColor="12466B"),
        "alignment": _WRAPPED,
        "border": Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE),
    },
    "Table text": {
        "font": Font(name="Arial", size=11),
        "alignment": _WRAPPED,
        "border": Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE),
    },
}


def render(report: Report, style: House, words: Words) -> bytes:
    """An .xlsx. Text is text, figures are figures; no merged cells, no blank rows or columns."""
    book = Workbook()
    for name, look in _STYLES.items():
        book.add_named_style(NamedStyle(name=name, **look))
    names: set[str] = set()
    tables = list(_tables(report))
    if report.evidence:
        evidence = _evidence(report, words)
        tables.append((evidence.caption, evidence))
    _lines(book.active, words("sheet.cover"), _cover(report), names)
    _lines(book.create_sheet(), words("sheet.notes"), _notes(tables, words), names)
    for place, (title, table) in enumerate(tables, 1):
        sheet = book.create_sheet(_name(title, names))
        _sheet(sheet, table, f"Table{place}", report, words)
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


def _cover(report: Report) -> list[str]:
    return [report.title, report.body, report.dated_words, *report.stamps, *report.footer]


def _notes(tables: Sequence[tuple[str, Table]], words: Words) -> list[str]:
    notes = [words("sheet.notes.title"), words("sheet.notes.one"), words("mark.key"), words("profile.note")]
    return notes + list(dict.fromkeys(note for _, table in tables for note in table.notes))


def _lines(sheet: Any, name: str, told: Sequence[str], names: set[str]) -> None:
    """A sheet of text alone, a line a row."""
    sheet.title = _name(name, names)
    sheet.column_dimensions["A"].width = 100
    for row, text in enumerate(told, 1):
        _fill(sheet, row, 1, text, "Wrapped line" if row > 1 else "Sheet title")
        sheet.row_dimensions[row].height = 24 if row == 1 else _LINE * _rows_of(text, 95)
    _print_setup(sheet)


def _sheet(sheet: Any, table: Table, name: str, report: Report, words: Words) -> None:
    """Title in A1, the notes under it, then the table."""
    for row, text in enumerate((table.caption, *report.stamps, *table.notes), 1):
        _fill(sheet, row, 1, text, "Note line" if row > 1 else "Sheet title")
    first = sheet.max_row + 1
    header = _distinct(table.header)
    widths = [max(12, table.widths[place] if table.widths else 30) for place in range(len(header))]
    for column, (head, width) in enumerate(zip(header, widths, strict=True), 1):
        _fill(sheet, first, column, head, "Table head")
        sheet.column_dimensions[get_column_letter(column)].width = width
    rows = table.rows or (tuple(cell(words("none")) for _ in header),)
    for row, cells in enumerate(rows, first + 1):
        shown = [_shown(part, words) for part in cells]
        for column, (part, text) in enumerate(zip(cells, shown, strict=True), 1):
            _fill(sheet, row, column, text if part.number is None else part.number, "Table text")
        tall = max(_rows_of(text, width) for text, width in zip(shown, widths, strict=True))
        sheet.row_dimensions[row].height = min(_TALLEST, _LINE * tall + 2)
    last = f"{get_column_letter(len(header))}{first + len(rows)}"
    marked = Marked(displayName=name, ref=f"A{first}:{last}")
    marked.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False, showColumnStripes=False)
    sheet.add_table(marked)
    sheet.freeze_panes = f"A{first + 1}"
    sheet.print_title_rows = f"{first}:{first}"
    _print_setup(sheet)


def _print_setup(sheet: Any) -> None:
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
    sheet.page_setup.paperSize = 9  # A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _fill(sheet: Any, row: int, column: int, value: str | int | float, style: str) -> None:
    at = sheet.cell(row=row, column=column)
    put(at, value)
    at.style = style


def _rows_of(text: str, width: int) -> int:
    """How many lines a text takes in a column of that many characters, a little generously."""
    return sum(max(1, ceil(len(line) * 1.15 / width)) for line in text.split("\n"))


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
                Cell(number=item.number),
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
    base = _FORBIDDEN.sub(" ", title).strip()[:31].strip() or "1"
    name, place = base, 2
    while name.casefold() in taken:
        name = f"{base[:27]} {place}"
        place += 1
    taken.add(name.casefold())
    return name
