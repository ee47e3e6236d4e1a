"""What an .xlsx package says of its sheets before anything expands them: their parts and how far they reach.

The reader of values holds every cell of the rectangle that a sheet spans, so one stray cell in the last corner would
fill any machine.
"""

from __future__ import annotations

import posixpath
import zipfile
from typing import Any, Final

import numpy as np

from consultation.errors import ConsultationError
from consultation.sheets.cells import letter

LARGEST_SHEET: Final = 60_000_000  # cells of the rectangle that a sheet spans
CHUNK: Final = 4 * 1024 * 1024
OVERLAP: Final = 64  # bytes of a piece that are looked at again with the next: more than the address of a cell
_REL: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet by the sheet's name; none where the package is no .xlsx."""
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return {}
    targets = {rel.get("Id"): rel.get("Target", "") for rel in tree(archive, "xl/_rels/workbook.xml.rels")}
    parts: dict[str, str] = {}
    for element in tree(archive, "xl/workbook.xml").iter():
        if local(element.tag) != "sheet":
            continue
        key = element.get(_REL) or next((v for k, v in element.attrib.items() if local(k) == "id"), None)
        target = targets.get(key, "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath("xl/" + target)
        if part in names:
            parts[element.get("name", "")] = part
    return parts


def tree(archive: zipfile.ZipFile, name: str) -> Any:
    """A part as an lxml tree; entities are left alone."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    return etree.fromstring(archive.read(name), parser)


def local(tag: object) -> str:
    """A tag without its namespace."""
    return str(tag).rsplit("}", 1)[-1]


def reach(archive: zipfile.ZipFile, part: str) -> tuple[int, int]:
    """The last row and the last column (from 1) that a cell of this part names."""
    row = column = 0
    with archive.open(part) as file:
        tail = b""
        while chunk := file.read(CHUNK):
            here = extent(tail + chunk)
            row, column = max(row, here[0]), max(column, here[1])
            tail = (tail + chunk)[-OVERLAP:]
    return row, column


def extent(window: bytes) -> tuple[int, int]:
    """The last row and column (from 1) that a cell in this piece of XML names, looked up all at once."""
    signs = np.frombuffer(window, dtype=np.uint8)
    if len(signs) < 16:
        return 0, 0
    ends = len(signs) - 14
    found = np.nonzero((signs[:ends] == 114) & (signs[1 : ends + 1] == 61) & np.isin(signs[2 : ends + 2], (34, 39)))[0]
    found = found[(found > 0) & (signs[found - 1] == 32)] + 3  # after ` r="`
    row = column = np.zeros(len(found), dtype=np.int64)
    at = found.copy()
    for _ in range(3):
        value = signs[at].astype(np.int64)
        letters = (value >= 65) & (value <= 90)
        column = np.where(letters, column * 26 + value - 64, column)
        at = at + letters
    for _ in range(7):
        value = signs[at].astype(np.int64)
        digits = (value >= 48) & (value <= 57)
        row = np.where(digits, row * 10 + value - 48, row)
        at = at + digits
    return int(row.max(initial=0)), int(column.max(initial=0))


def refuse_far(file: str, sheet: str, row: int, column: int) -> None:
    """Refuse a sheet whose last row and column (from 1) span more cells than `LARGEST_SHEET`."""
    if row * column > LARGEST_SHEET:
        raise ConsultationError(
            f"Sheet “{sheet}” reaches column {letter(column)}, row {row}, far beyond what it can hold.",
            where=file,
            do="A stray cell lies out there: delete the empty rows and columns, save, and read it again.",
        )
