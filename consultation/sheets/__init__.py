"""Excel workbooks for people to fill in: written safely, read back tolerantly.

Writing: `put` is the only way a value enters a cell, so text stays text whatever it begins with. `table` lays out a
sheet with a styled, frozen and filtered heading, drop-downs and ids that refuse typing; `remember` keeps, in a
hidden sheet, a fingerprint of each cell as it went out, so that `Book.changed` can tell what a person altered.

Reading: rows are found by their headings, so sorting, filtering, hiding, adding and moving rows or columns, and
saving through LibreOffice, do no harm. Ids are guarded by a validation rule and their cells are not locked, because
Excel will not sort locked cells; `protect` locks the headings alone.
"""

from __future__ import annotations

from consultation.sheets.cells import CELL_LIMIT, CUT_NOTE, STATE, Value, cell_text, letter
from consultation.sheets.opening import Opened, opened
from consultation.sheets.reading import Book, Row, Told, read
from consultation.sheets.writing import (
    FONT,
    LISTS,
    Column,
    lists,
    new_book,
    notes,
    page,
    protect,
    put,
    remember,
    table,
    to_bytes,
)

__all__ = [
    "CELL_LIMIT",
    "CUT_NOTE",
    "FONT",
    "LISTS",
    "STATE",
    "Book",
    "Column",
    "Opened",
    "Row",
    "Told",
    "Value",
    "cell_text",
    "letter",
    "lists",
    "new_book",
    "notes",
    "opened",
    "page",
    "protect",
    "put",
    "read",
    "remember",
    "table",
    "to_bytes",
]
