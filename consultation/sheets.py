"""Excel workbooks for people to fill in: written safely, read back tolerantly.

Writing: `put` is the only way a value enters a cell, so text stays text whatever it begins with. `table` lays out a
sheet with a styled, frozen and filtered heading, drop-downs and ids that refuse typing; `remember` keeps, in a
hidden sheet, a fingerprint of each cell as it went out, so that `Book.changed` can tell what a person altered.

Reading: rows are found by their headings, so sorting, filtering, hiding, adding and moving rows or columns, and
saving through LibreOffice, do no harm. Ids are guarded by a validation rule and their cells are not locked, because
Excel will not sort locked cells; `protect` locks the headings alone.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from consultation.errors import ConsultationError, Place
from consultation.text import did_you_mean, fingerprint, printable

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

CELL_LIMIT: Final = 32_767  # characters that Excel holds in a cell
CUT_NOTE: Final = " [cut here: the whole text is in the comments table]"
LAST_COLUMN: Final = 16_384  # XFD
NOTES_WIDTH: Final = 110
HIGHEST: Final = 409.0  # points: Excel's tallest row
FONT: Final = "Calibri"
LISTS: Final = "Lists"
STATE: Final = "_state"  # the hidden sheet of fingerprints
UNPACKED_LIMIT: Final = 400_000_000  # bytes: far above any workbook of ours, far below what fills a laptop
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_OWN_HEIGHT: Final = re.compile(rb' customHeight="1"')
_MODIFIED: Final = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms)")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_SPARE_ROWS: Final = 300  # rows below the table that get the drop-downs too

Value = str | int | float | bool | None


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


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row as a person left it: its number as Excel shows it, and the text of each cell by heading ("" if empty)."""

    sheet: str
    number: int
    cells: Mapping[str, str]
    letters: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, heading: str) -> str:
        return self.cells.get(heading, "")

    def several(self, heading: str) -> tuple[str, ...]:
        """The parts of a cell between semicolons or line ends."""
        parts = self[heading].replace("\n", ";").split(";")
        return tuple(dict.fromkeys(told for part in parts if (told := part.strip())))

    def place(self, heading: str | None = None, file: str | None = None) -> Place:
        column = self.letters.get(heading) if heading else None
        return Place(file=file, sheet=self.sheet, row=self.number, column=column, heading=heading)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is to be said of a row that was not taken, or not as it stands: where, what, what to do."""

    place: Place
    what: str
    do: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (f"{self.place}:", self.what, self.do) if part)


@dataclass(frozen=True, kw_only=True)
class Book:
    """A workbook read back: rows by sheet, and the fingerprints that it went out with."""

    rows: Mapping[str, Sequence[Row]]
    marks: Mapping[tuple[str, str, str], str]
    absent: tuple[str, ...] = ()  # sheets that were wanted and are not there

    @property
    def remembered(self) -> bool:
        """False for a workbook that was put together by hand, without the hidden sheet."""
        return bool(self.marks)

    def knows(self, sheet: str, key: str) -> bool:
        return (sheet, key, "") in self.marks

    def changed(self, sheet: str, key: str, heading: str, text: Value) -> bool:
        """Whether `text` is other than what stood in that cell when the workbook went out."""
        return self.marks.get((sheet, key, heading), _mark("")) != _mark(cell_text(text))


# --- writing ------------------------------------------------------------------------------------------------------


def put(cell: Cell, value: Value) -> None:
    """Set a cell. Text is typed as text: "=1+1" is read as itself; what Excel cannot hold is cut and says so."""
    if value is None:
        return
    if isinstance(value, str):
        shown = printable(value)
        if len(shown) > CELL_LIMIT:
            shown = shown[: CELL_LIMIT - len(CUT_NOTE)] + CUT_NOTE
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


def lists(
    book: Workbook, choices: Mapping[str, Sequence[str]], explained: Mapping[str, str] | None = None
) -> Worksheet:
    """The sheet that the drop-downs read from: one column a list, in the order given, then what each entry means."""
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
    for row, (entry, meaning) in enumerate((explained or {}).items(), 2):
        put(_cell(sheet, row, len(choices) + 2), entry)
        put(_cell(sheet, row, len(choices) + 3), meaning)
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
            for number, value in enumerate((name, key, heading or "*", _mark(text)), 1):
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


def save(path: Path, data: bytes) -> None:
    """Write a file whole or not at all. One that is open in Excel is met with a plain message."""
    beside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(path)
    except PermissionError as error:
        beside.unlink(missing_ok=True)
        raise ConsultationError(
            "The file cannot be written: it is open in another program, or the folder is read-only.",
            where=str(path),
            do="Close it there and run the command again.",
        ) from error


# --- reading ------------------------------------------------------------------------------------------------------


def load(path: Path) -> bytes:
    """The bytes of a workbook. Refuses one that is still open in Excel or LibreOffice: unsaved work would be missed."""
    for lock in (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")):
        if lock.exists():
            raise ConsultationError(
                "The workbook is still open in Excel or LibreOffice, so changes that are not saved would be missed.",
                where=str(path),
                do=f"Save and close it there. If nobody has it open, delete “{lock.name}” beside it.",
            )
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ConsultationError("There is no such file.", where=str(path), do="Check its name and folder.") from error
    except (PermissionError, IsADirectoryError) as error:
        raise ConsultationError(
            "The file cannot be read: it is open in another program, or it is not yours to read.",
            where=str(path),
            do="Close it there and run the command again.",
        ) from error


def read(data: bytes, wanted: Mapping[str, Sequence[str]], name: str = "the workbook") -> Book:
    """The rows of the wanted sheets, found by their headings; `wanted` maps each sheet to the headings it must have.

    Empty rows are left out; numbers, dates and ticks become text ("3", "2026-03-01", "yes"). A wanted sheet that is
    absent has no rows, unless all are absent. Raises `ConsultationError` for what is no workbook, for a password,
    for a sheet without its headings and for a heading that stands twice.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    _refuse_password(data, name)
    _refuse_bombs(data, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        found = {sheet: book.get_sheet_by_name(sheet).to_python(skip_empty_area=False) for sheet in book.sheet_names}
    except (CalamineError, ValueError, KeyError, OSError) as error:
        raise ConsultationError(
            "This is no workbook that we can read.",
            where=name,
            do="Save it as an Excel workbook (.xlsx) and try again.",
        ) from error
    by_name = {sheet.strip().casefold(): sheet for sheet in found}
    if not any(sheet.casefold() in by_name for sheet in wanted):
        raise ConsultationError(
            f"None of the sheets {', '.join(f'“{sheet}”' for sheet in wanted if sheet[0] != '_')} is in this workbook.",
            where=name,
            do="Take in the workbook that this command's “out” wrote; its sheets keep their names.",
        )
    rows = {
        sheet: _rows(sheet, found[by_name[sheet.casefold()]], headings, name) if sheet.casefold() in by_name else ()
        for sheet, headings in wanted.items()
    }
    absent = tuple(sheet for sheet in wanted if sheet.casefold() not in by_name)
    return Book(rows=rows, marks=_marks(found.get(STATE, [])), absent=absent)


def cell_text(value: Any) -> str:
    """What a cell says, as text: without space around it, whole numbers without “.0”, dates as 2026-03-01.

    >>> cell_text(3.0), cell_text(datetime.datetime(2026, 3, 1)), cell_text(" a\\r\\nb "), cell_text(None)
    ('3', '2026-03-01', 'a\\nb', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, datetime.date):
        return value.isoformat()
    shown = printable(str(value))
    if len(shown) > CELL_LIMIT:
        shown = shown[: CELL_LIMIT - len(CUT_NOTE)] + CUT_NOTE
    return "\n".join(line.rstrip() for line in shown.split("\n")).strip()


def _rows(sheet: str, cells: Sequence[Sequence[Any]], headings: Sequence[str], name: str) -> tuple[Row, ...]:
    texts = [[cell_text(value) for value in row] for row in cells]
    head = next((number for number, row in enumerate(texts) if headings[0] in row), None)
    if head is None:
        known = next((row for row in texts if any(row)), [])
        raise ConsultationError(
            f"The heading “{headings[0]}” is missing.",
            where=Place(file=name, sheet=sheet),
            do=did_you_mean(headings[0], filter(None, known)) if any(known) else "Use the sheet as written.",
        )
    titles = texts[head]
    for heading in headings:
        if titles.count(heading) != 1:
            wrong = "stands twice" if heading in titles else "is missing"
            raise ConsultationError(
                f"The heading “{heading}” {wrong}.",
                where=Place(file=name, sheet=sheet, row=head + 1),
                do="Give each heading its own name again, as the program wrote them.",
            )
    letters = {title: letter(place) for place, title in enumerate(titles, 1) if title}
    return tuple(
        Row(
            sheet=sheet,
            number=number,
            cells={title: text for title, text in zip(titles, row, strict=True) if title},
            letters=letters,
        )
        for number, row in enumerate(texts[head + 1 :], head + 2)
        if any(row)
    )


def _marks(cells: Sequence[Sequence[Any]]) -> dict[tuple[str, str, str], str]:
    told = [[cell_text(value) for value in row] for row in cells[1:]]
    return {(row[0], row[1], "" if row[2] == "*" else row[2]): row[3] for row in told if len(row) >= 4}


def _refuse_password(data: bytes, name: str) -> None:
    """Excel keeps a workbook with a password as an encrypted stream in an OLE package."""
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise ConsultationError(
            "The workbook asks for a password.", where=name, do="Save it without a password and try again."
        )


def _refuse_bombs(data: bytes, name: str) -> None:
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return  # an older .xls, or no workbook at all: the reader says so
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        size = sum(item.file_size for item in package.infolist())
    if size > UNPACKED_LIMIT:
        raise ConsultationError(
            "The workbook unpacks to far more than a workbook holds; it was not opened.",
            where=name,
            do="Ask for it again from whoever filled it in.",
        )


def _mark(text: str) -> str:
    return fingerprint(text, length=10)


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    return cast("Cell", sheet.cell(row=row, column=column))


def _list_name(name: str) -> str:
    return "list_" + re.sub(r"\W", "_", name)


def letter(number: int) -> str:
    """Excel's letter of a column, the first being 1."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number))
