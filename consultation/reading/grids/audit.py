"""What a workbook's XML says that calamine does not: error cells, formulas, strike-through, hidden rows, its extent.

A quick look at the bytes comes first; only a sheet that holds something of the kind is walked cell by cell.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from consultation.reading.grids.grid import Finding, index, letter
from consultation.sheets.package import CHUNK, LARGEST_SHEET, OVERLAP, extent, local, sheet_parts, tree

_REFERENCE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_SUSPECT: Final = (
    b't="e"', b"t='e'", b'hidden="1"', b"hidden='1'", b'hidden="true"', b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/",
)  # fmt: skip
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT: Final = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"


@dataclass(frozen=True, kw_only=True)
class Audit:
    """Of one sheet: its last row and column (from 1), findings, marks, and cells to put right as (row, column from 0)
    -> (storage letter, text).
    """

    reach: tuple[int, int] = (0, 0)
    overlay: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()


def audit(path: Path) -> dict[str, Audit]:
    """An audit for each sheet of an .xlsx package by name; other packages (.ods, .xlsb) have none."""
    with zipfile.ZipFile(path) as archive:
        parts = sheet_parts(archive)
        struck = _struck_styles(archive)
        rich = _struck_strings(archive)
        marks = _table_names(archive)
        return {name: _sheet(archive, part, struck, rich, marks) for name, part in parts.items()}


def _struck_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    """The numbers of the cell styles whose font is struck through."""
    if "xl/styles.xml" not in archive.namelist() or b"strike" not in archive.read("xl/styles.xml"):
        return frozenset()
    root = tree(archive, "xl/styles.xml")
    fonts: list[Any] = []
    formats: list[Any] = []
    for element in root:
        if local(element.tag) == "fonts":
            fonts = list(element)
        elif local(element.tag) == "cellXfs":
            formats = list(element)
    struck = {str(i) for i, font in enumerate(fonts) if _is_struck(font)}
    return frozenset(str(i) for i, style in enumerate(formats) if style.get("fontId") in struck)


def _struck_strings(archive: zipfile.ZipFile) -> frozenset[str]:
    """The numbers of the shared strings of which a part is struck through."""
    name = "xl/sharedStrings.xml"
    if name not in archive.namelist() or b"strike" not in archive.read(name):
        return frozenset()
    root = tree(archive, name)
    return frozenset(str(i) for i, item in enumerate(root) if _is_struck(item))


def _is_struck(element: Any) -> bool:
    return any(local(part.tag) == "strike" and part.get("val", "1") not in ("0", "false") for part in element.iter())


def _table_names(archive: zipfile.ZipFile) -> frozenset[str]:
    found = set()
    for name in archive.namelist():
        if name.startswith("xl/tables/"):
            found |= {
                told.decode("utf-8", "replace") for told in re.findall(rb'\bname="([^"]+)"', archive.read(name)[:4000])
            }
    return frozenset(found)


def _sheet(
    archive: zipfile.ZipFile, part: str, struck: frozenset[str], rich: frozenset[str], marks: frozenset[str]
) -> Audit:
    last_row = last_column = 0
    suspect = bool(struck or rich)
    with archive.open(part) as file:
        tail = b""
        while chunk := file.read(CHUNK):
            window = tail + chunk
            row, column = extent(window)
            last_row, last_column = max(last_row, row), max(last_column, column)
            suspect = suspect or any(mark in window for mark in _SUSPECT)
            tail = window[-OVERLAP:]
    reach = (last_row, last_column)
    if not suspect or last_row * last_column > LARGEST_SHEET:
        return Audit(reach=reach, marks=marks)
    with archive.open(part) as file:
        overlay, findings, notes = _walk(file, struck, rich)
    return Audit(reach=reach, overlay=overlay, findings=tuple(findings), notes=tuple(notes), marks=marks)


def _walk(
    file: Any, struck: frozenset[str], rich: frozenset[str]
) -> tuple[dict[tuple[int, int], tuple[str, str]], list[Finding], list[str]]:
    overlay: dict[tuple[int, int], tuple[str, str]] = {}
    findings: list[Finding] = []
    hidden_rows: list[int] = []
    hidden_columns: list[str] = []
    formulas: list[str] = []
    for tag, element in _elements(file):
        if tag == "col" and element.get("hidden") in ("1", "true"):
            hidden_columns.append(letter(int(element.get("min", "1")) - 1))
        elif tag == "row" and element.get("hidden") in ("1", "true") and element.get("r"):
            hidden_rows.append(int(element.get("r")))
        elif tag == "c" and (place := _REFERENCE.match(f'r="{element.get("r", "")}"'.encode())):
            row, column = int(place[2]) - 1, index(place[1].decode())
            value, formula = _inner(element)
            if element.get("t") == "e":
                overlay[row, column] = ("e", value or "#VALUE!")
            elif formula:
                formulas.append(f"{place[1].decode()}{row + 1}")
                overlay[row, column] = ("f", value or "")
                if value is None:
                    findings.append(_no_result(row, column))
            if value is not None and (element.get("s") in struck or (element.get("t") == "s" and value in rich)):
                findings.append(_struck(row, column))
    return overlay, findings, list(_notes(hidden_rows, hidden_columns, formulas))


def _elements(file: Any) -> Iterator[tuple[str, Any]]:
    """The cells, rows and columns of a sheet, each freed when it has been seen."""
    from lxml import etree

    wanted = [space + tag for space in (_MAIN, _STRICT) for tag in ("c", "row", "col")]
    for _, element in etree.iterparse(
        file, tag=wanted, resolve_entities=False, no_network=True, huge_tree=False, recover=True
    ):
        tag = local(element.tag)
        yield tag, element
        if tag == "row":
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _inner(cell: Any) -> tuple[str | None, bool]:
    value, formula = None, False
    for part in cell:
        name = local(part.tag)
        if name == "v":
            value = part.text
        elif name == "is":
            value = "".join(part.itertext())
        elif name == "f":
            formula = True
    return value, formula


def _struck(row: int, column: int) -> Finding:
    return Finding(
        row=row,
        column=column,
        what="Text is struck through; it was read as usual.",
        hint="Officers often strike out what was withdrawn: exclude the response if it was.",
        action="flagged",
    )


def _no_result(row: int, column: int) -> Finding:
    return Finding(
        row=row,
        column=column,
        what="A formula has no saved result.",
        hint="Open the workbook in Excel, save it, and read it again.",
        action="flagged",
    )


def _notes(rows: list[int], columns: list[str], formulas: list[str]) -> Iterator[str]:
    if rows:
        yield f"{len(rows)} hidden rows were read as usual (first: row {rows[0]})."
    if columns:
        yield f"Hidden columns were read as usual: {', '.join(columns[:10])}."
    if formulas:
        yield f"{len(formulas)} cells are formulas; their saved results were read (first: {formulas[0]})."
