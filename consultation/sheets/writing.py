"""Workbooks written: a sheet laid out with a frozen, filtered heading, drop-downs, and ids that refuse typing."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from consultation.sheets.cells import STATE, Value, cell_text, letter, mark, within_limit
from consultation.text import printable

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

LAST_COLUMN: Final = 16_384  # XFD
NOTES_WIDTH: Final = 110
HIGHEST: Final = 409.0  # points: Excel's tallest row
FONT: Final = "Calibri"
LISTS: Final = "Lists"
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_OWN_HEIGHT: Final = re.compile(rb' customHeight="1"')
_MODIFIED: Final = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms)")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_SPARE_ROWS: Final = 300  # rows below the table that get the drop-downs too


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a sheet. `fixed` cells refuse typing; `choices` names a list of `Lists`; `help` shows by the cell.

    `others`: a value that is not on the list is let in after a question. `colour` is that of the heading.
    """

    heading: str
    width: int = 18
    fixed: bool = False
    choices: str | None = None
    help: str = ""
    others: bool = False
    colour: str = ""


def put(cell: Cell, value: Value) -> None:
    """Set a cell. Text is typed as text: "=1+1" is read as itself; what Excel cannot hold is cut and says so."""
    if value is None:
        return
    if isinstance(value, str):
        shown = within_limit(printable(value))
        cell.value = _ESCAPE.sub("_x005F_", shown)  # else Excel reads a literal "_x000D_" as a line end
        cell.data_type = "s"
    else:
        cell.value = value


def new_book() -> Workbook:
    """An empty workbook without a first sheet."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    return book


def notes(book: Workbook, title: str, lines: Sequence[str]) -> Worksheet:
    """A sheet of plain sentences, the first as its heading."""
    from openpyxl.styles import Alignment, Font

    sheet: Worksheet = book.create_sheet(title)
    sheet.column_dimensions["A"].width = NOTES_WIDTH
    sheet.sheet_view.showGridLines = False
    _as_wide_as_the_page(sheet)
    for number, line in enumerate(lines, 1):
        cell = _cell(sheet, number, 1)
        put(cell, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[number].height = 24 if number == 1 else _height([(line, NOTES_WIDTH)])
        if number == 1:
            cell.font = Font(name=FONT, bold=True, size=14)
    return sheet


def table(book: Workbook, title: str, columns: Sequence[Column], rows: Iterable[Mapping[str, Value]]) -> Worksheet:
    """A sheet with these columns and rows: heading frozen and filtered, drop-downs, ids that refuse typing.

    Lists that `choices` names are written by `lists`, before or after.
    """
    sheet: Worksheet = book.create_sheet(title)
    _headings(sheet, columns)
    last = 1
    for last, row in enumerate(rows, 2):
        _fill(sheet, last, columns, row)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{letter(len(columns))}{max(last, 2)}"
    for number, column in enumerate(columns, 1):
        _guard(sheet, number, column, last)
    return sheet


def _headings(sheet: Worksheet, columns: Sequence[Column]) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    for number, column in enumerate(columns, 1):
        cell = _cell(sheet, 1, number)
        put(cell, column.heading)
        cell.font = Font(name=FONT, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=column.colour or ("4F5B66" if column.fixed else "1F4E79"))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.border = Border(bottom=Side(style="medium"))
        sheet.column_dimensions[letter(number)].width = column.width
    sheet.row_dimensions[1].height = 32


def _fill(sheet: Worksheet, number: int, columns: Sequence[Column], row: Mapping[str, Value]) -> None:
    for place, column in enumerate(columns, 1):
        cell: Any = sheet.cell(row=number, column=place)
        if number == 2:
            _dress(cell, column)
        else:
            dressed: Any = sheet.cell(row=2, column=place)
            cell._style = copy(dressed._style)  # seven times faster than dressing each
        put(cell, row.get(column.heading))
    told = [(str(value), column.width) for column in columns if (value := row.get(column.heading)) is not None]
    sheet.row_dimensions[number].height = _height(told)


def _height(told: Iterable[tuple[str, int]]) -> float:
    """Points for the tallest of these (text, width of its column); programs differ in whether they work it out."""
    lines = max((sum(1 + len(line) // width for line in text.split("\n")) for text, width in told), default=1)
    return min(15.0 * lines, HIGHEST)


def _dress(cell: Cell, column: Column) -> None:
    from openpyxl.styles import Alignment, Border, PatternFill, Protection, Side

    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.border = Border(bottom=Side(style="thin", color="BFBFBF"))
    cell.protection = Protection(locked=False)
    if column.fixed:
        cell.fill = PatternFill("solid", fgColor="EEF0F2")


def _guard(sheet: Worksheet, number: int, column: Column, last: int) -> None:
    """The drop-down of a column, or the rule that refuses typing into what the program filled in."""
    from openpyxl.worksheet.datavalidation import DataValidation

    at = letter(number)
    if column.choices:
        rule = DataValidation(type="list", formula1=f"={_list_name(column.choices)}", allow_blank=True)
        rule.error, rule.errorTitle, rule.showErrorMessage = "Choose from the list.", column.heading, True
        if column.others:
            rule.error, rule.errorStyle = "This is not on the list. Keep it all the same?", "warning"
        span = f"{at}2:{at}{last + _SPARE_ROWS}"
    elif column.fixed and last > 1:
        rule = DataValidation(type="custom", formula1="FALSE", allow_blank=False)
        rule.error, rule.errorTitle = "The program fills this in; please leave it.", column.heading
        rule.showErrorMessage = True
        span = f"{at}2:{at}{last}"
    elif column.help:
        rule = DataValidation(allow_blank=True)
        span = f"{at}2:{at}{last + _SPARE_ROWS}"
    else:
        return
    if column.help:
        rule.prompt, rule.promptTitle, rule.showInputMessage = column.help[:255], column.heading[:32], True
    rule.add(span)
    sheet.add_data_validation(rule)


def protect(sheet: Worksheet) -> None:
    """Lock the heading of a `table`, without a password; sorting, filtering, resizing and new rows stay possible."""
    from openpyxl.styles import Protection

    for number in range(1, sheet.max_column + 1):
        sheet.column_dimensions[letter(number)].protection = Protection(locked=False)
    rest = sheet.column_dimensions[letter(sheet.max_column + 1)]  # Excel deletes no row that holds a locked cell
    rest.protection, rest.min, rest.max = Protection(locked=False), sheet.max_column + 1, LAST_COLUMN
    for allowed in ("sort", "autoFilter", "formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows",
                    "insertColumns", "insertHyperlinks"):  # fmt: skip
        setattr(sheet.protection, allowed, False)  # the file format asks what is forbidden
    sheet.protection.sheet = True


def page(sheet: Worksheet, footer: str) -> None:
    """Print a sheet on landscape A3, as wide as the page, with its heading on every page and a footer."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8
    _as_wide_as_the_page(sheet)
    sheet.print_title_rows = "1:1"
    footed: Any = sheet.oddFooter
    footed.left.text, footed.right.text = footer.replace("&", "&&"), "&P / &N"


def _as_wide_as_the_page(sheet: Worksheet) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def lists(book: Workbook, choices: Mapping[str, Sequence[str]]) -> Worksheet:
    """The sheet that the drop-downs read from: one column a list, in the order given."""
    from openpyxl.styles import Font
    from openpyxl.workbook.defined_name import DefinedName

    sheet: Worksheet = book.create_sheet(LISTS)
    for number, (name, entries) in enumerate(choices.items(), 1):
        at = letter(number)
        put(_cell(sheet, 1, number), name)
        sheet.cell(row=1, column=number).font = Font(name=FONT, bold=True)
        sheet.column_dimensions[at].width = 34
        for row, entry in enumerate(entries, 2):
            put(_cell(sheet, row, number), entry)
        span = f"'{LISTS}'!${at}$2:${at}${max(2, len(entries) + 1)}"
        book.defined_names[_list_name(name)] = DefinedName(_list_name(name), attr_text=span)
    return sheet


def remember(book: Workbook, cells: Mapping[tuple[str, str], Mapping[str, Value]]) -> Worksheet:
    """Keep a fingerprint of each cell, by (sheet, id) and heading, in a hidden sheet."""
    sheet: Worksheet = book.create_sheet(STATE)
    sheet.sheet_state = "veryHidden"
    for number, title in enumerate(("sheet", "id", "heading", "fingerprint"), 1):
        put(_cell(sheet, 1, number), title)
    row = 1
    for (name, key), values in cells.items():
        told = {"": key} | {heading: text for heading, value in values.items() if (text := cell_text(value))}
        for heading, text in told.items():
            row += 1
            for number, value in enumerate((name, key, heading or "*", mark(text)), 1):
                put(_cell(sheet, row, number), value)
    return sheet


def to_bytes(book: Workbook) -> bytes:
    """The workbook as a file. The same content gives the same bytes: no clock is kept in it."""
    raw = io.BytesIO()
    book.save(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            data = old.read(item.filename)
            if item.filename == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z\g<3>", data)
            elif item.filename.startswith("xl/worksheets/"):
                data = _OWN_HEIGHT.sub(b"", data)  # so that a row grows again when somebody writes in it
            new.writestr(zipfile.ZipInfo(item.filename, date_time=_EPOCH), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    return cast("Cell", sheet.cell(row=row, column=column))


def _list_name(name: str) -> str:
    return "list_" + re.sub(r"\W", "_", name)
