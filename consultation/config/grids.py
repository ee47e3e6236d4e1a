"""Records in a workbook or a CSV file: a headed table, wherever on the sheet it begins."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from consultation import separated
from consultation.errors import ConsultationError, Place
from consultation.records import Record
from consultation.sheets import Opened, cell_text, letter, opened

_HEADED: Final = {  # the columns of a sheet of records, the first of them required
    "elements": ("code", "kind", "parent", "name", "wording"),
    "themes": ("code", "name", "definition", "include", "exclude", "examples"),
    "audiences": ("code", "name", "cues"),
    "measures": ("element", "measure", "better", "2024", "2025"),
    "labels": ("comment_id", "theme", "element"),
}
_EITHER: Final = {"labels": ("comment_id", "id", "text", "comment")}  # any of these will do for the first
_COLUMN_NAMES: Final = {
    "label": "name",
    "title": "name",
    "text": "wording",
    "statement": "wording",
    "reference": "code",
    "ref": "code",
}


def xlsx_records(path: Path, key: str) -> list[Record]:
    book = workbook(path)
    sheet = key if key in book.sheets else book.sheets[0]
    grid = [[cell_text(cell) for cell in row] for row in book.rows(sheet)]
    return list(_grid_records(grid, path.name, sheet, key))


def csv_records(path: Path, key: str) -> list[Record]:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    separator = max(",;\t", key=text.split("\n", 1)[0].count)
    try:
        grid = list(separated.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise ConsultationError(
            f"The file is not a sound CSV: {error}.", where=path.name, do="Save it from Excel as “CSV UTF-8”."
        ) from error
    return list(_grid_records(grid, path.name, None, key))


def workbook(path: Path) -> Opened:
    """The workbook, which was checked as it was opened."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConsultationError(
            "The workbook cannot be read.", where=path.name, do="Close it in Excel, then try again."
        ) from error
    return opened(data, path.name)


def _grid_records(grid: list[list[str]], file: str, sheet: str | None, key: str) -> Iterator[Record]:
    wanted = _HEADED.get(key, _HEADED["themes"])
    firsts = _EITHER.get(key, wanted[:1])
    top = next(
        (number for number, row in enumerate(grid) if any(_name(cell) in firsts for cell in row)),
        None,
    )
    if top is None:
        raise ConsultationError(
            f"No column is headed “{wanted[0]}”.",
            where=Place(file=file, sheet=sheet),
            do=f"Head the columns: {', '.join(wanted)}.",
        )
    meant = _COLUMN_NAMES if key == "elements" else {}
    heads = [meant.get(head, head) for head in map(_name, grid[top])]
    for number, row in enumerate(grid[top + 1 :], start=top + 2):
        values = {head: cell.strip() for head, cell in zip(heads, row, strict=False) if head and cell.strip()}
        if values:
            places = {
                head: Place(file=file, sheet=sheet, row=number, column=letter(at), heading=grid[top][at - 1].strip())
                for at, head in enumerate(heads, start=1) if head
            }  # fmt: skip
            yield Record(values=values, place=Place(file=file, sheet=sheet, row=number), places=places)


def _name(cell: str) -> str:
    return cell.strip().casefold().replace(" ", "_")
