"""Workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods): values by calamine, and what calamine cannot see by `audit.py`.

Calamine gives values at nine times openpyxl's speed and says when a password is set, but it shows an error cell of the
kind "#NAME?" as blank and knows no strike-through and no hidden row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from consultation.errors import ConsultationError
from consultation.hostile import check_archive, password_error
from consultation.reading.grids.audit import Audit, audit
from consultation.reading.grids.grid import Finding, Grid, letter
from consultation.sheets.package import refuse_far

_EXACT: Final = 1e15  # Excel keeps 15 digits


def read_workbook(path: Path) -> list[Grid]:
    """The grids of all sheets that hold anything, in the file's order."""
    import python_calamine as calamine

    with path.open("rb") as file:
        package = file.read(4) == b"PK\x03\x04"
        notes = check_archive(file, path.name) if package else []
    try:
        with path.open("rb") as file, calamine.CalamineWorkbook.from_filelike(file) as book:
            audits = audit(path) if package else {}
            grids = [
                _grid(path, book, about, audits.get(about.name, Audit()), notes)
                for about in book.sheets_metadata
                if "worksheet" in str(about.typ).lower()
            ]
    except calamine.PasswordError as wrong:
        raise password_error(path.name) from wrong
    except ConsultationError:
        raise
    except Exception as wrong:  # calamine's errors share no base, and a damaged part raises several kinds
        raise ConsultationError(
            f"{path.name} is incomplete or damaged.",
            where=path.name,
            do="Download it again, or open it in Excel and save a copy.",
        ) from wrong
    grids = [grid for grid in grids if any(cell for row in grid.rows for cell in row)]
    if not grids:
        raise ConsultationError(f"{path.name} holds no rows.", where=path.name, do="Export it again.")
    return grids


def as_text(value: Any) -> str:
    """A stored value as text: whole numbers without ".0", dates as ISO, nothing rounded.

    >>> as_text(118302914455.0), as_text(2.5), as_text(True)
    ('118302914455', '2.5', 'TRUE')
    """
    convert = _CONVERT.get(type(value))
    return convert(value) if convert else str(value)


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)


def _moment(value: dt.datetime) -> str:
    if value.microsecond:  # a serial number of days rounds to parts of a second that nobody typed
        value = (value + dt.timedelta(microseconds=500_000)).replace(microsecond=0)
    return value.isoformat(sep=" ")


_CONVERT: Final[dict[type, Callable[[Any], str]]] = {
    str: str,
    float: _number,
    int: str,
    bool: lambda value: "TRUE" if value else "FALSE",
    dt.datetime: _moment,
    dt.date: dt.date.isoformat,
    dt.time: lambda value: value.isoformat(),
    dt.timedelta: str,
}
_LETTER: Final[dict[type, str]] = {
    float: "n",
    int: "n",
    bool: "b",
    dt.datetime: "d",
    dt.date: "d",
    dt.time: "d",
    dt.timedelta: "d",
}


def _grid(path: Path, book: Any, about: Any, seen: Audit, notes: Sequence[str]) -> Grid:
    refuse_far(path.name, about.name, *seen.reach)
    sheet = book.get_sheet_by_name(about.name)
    rows, storage = _cells(sheet.to_python(skip_empty_area=False))
    findings = list(seen.findings)
    for (row, column), (kind, text) in seen.overlay.items():
        _overlay(rows, storage, row, column, kind, text)
    findings += _lost_digits(rows, storage)
    merged = tuple((a[0], a[1], b[0], b[1]) for a, b in (sheet.merged_cell_ranges or []))
    if merged:
        listed = ", ".join(f"{letter(a)}{top + 1}:{letter(b)}{bottom + 1}" for top, a, bottom, b in merged[:10])
        notes = [
            *notes,
            f"Merged cells ({listed}): a heading is filled across; an answer stands once, in the first cell.",
        ]
    return Grid(
        file=path.name,
        sheet=about.name,
        rows=rows,
        storage=storage,
        findings=tuple(findings),
        merged=merged,
        notes=(*notes, *seen.notes),
        marks=seen.marks,
        hidden=str(about.visible).rsplit(".", 1)[-1].lower() != "visible",
    )


def _cells(raw: Iterable[Sequence[Any]]) -> tuple[list[list[str]], list[str]]:
    """Text and storage letters. Blank cells at the end of a row and blank rows at the end of the sheet are not kept."""
    rows: list[list[str]] = []
    storage: list[str] = []
    convert, letters = _CONVERT, _LETTER
    for values in raw:
        row = [value if type(value) is str else convert.get(type(value), str)(value) for value in values]
        end = len(row)
        while end and not row[end - 1]:
            end -= 1
        del row[end:]
        rows.append(row)
        storage.append("".join([letters.get(type(value), "t") if value != "" else " " for value in values[:end]]))
    while rows and not rows[-1]:
        rows.pop()
        storage.pop()
    return rows, storage


def _overlay(rows: list[list[str]], storage: list[str], row: int, column: int, letter: str, text: str) -> None:
    """Put in a cell what only the audit saw."""
    while len(rows) <= row:
        rows.append([])
        storage.append("")
    line, kinds = rows[row], storage[row]
    line.extend([""] * (column + 1 - len(line)))
    kinds = kinds.ljust(len(line))
    if text and not line[column]:
        line[column] = text
    storage[row] = kinds[:column] + letter + kinds[column + 1 :]


def _lost_digits(rows: Sequence[Sequence[str]], storage: Sequence[str]) -> list[Finding]:
    """Numbers so long that Excel has already dropped their last digits: ids, mostly."""
    found: dict[int, int] = {}
    for kinds, row in zip(storage, rows, strict=True):
        if "n" not in kinds:
            continue
        for column, text in enumerate(row):
            if len(text) > 15 and kinds[column] == "n" and "." not in text.rstrip("0").split("e", 1)[0][2:]:
                found[column] = found.get(column, 0) + 1
    return [
        Finding(
            row=None,
            column=column,
            what=f"{number} numbers are longer than the 15 digits that Excel keeps.",
            hint="Their last digits are lost; ask for the original export (CSV).",
            action="flagged",
        )
        for column, number in found.items()
    ]
