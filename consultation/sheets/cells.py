"""What a cell holds, on the way out and on the way back: the two sides of a workbook agree on it here."""

from __future__ import annotations

import datetime
from typing import Any, Final

from consultation.text import fingerprint, printable

CELL_LIMIT: Final = 32_767  # characters that Excel holds in a cell
CUT_NOTE: Final = " [cut here: the whole text is in the comments table]"
STATE: Final = "_state"  # the hidden sheet of fingerprints

Value = str | int | float | bool | None


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
    shown = within_limit(printable(str(value)))
    return "\n".join(line.rstrip() for line in shown.split("\n")).strip()


def within_limit(shown: str) -> str:
    """The text, cut with a note where Excel cannot hold it."""
    return shown if len(shown) <= CELL_LIMIT else shown[: CELL_LIMIT - len(CUT_NOTE)] + CUT_NOTE


def mark(text: str) -> str:
    """The fingerprint of a cell's text, by which a change is known."""
    return fingerprint(text, length=10)


def letter(number: int) -> str:
    """Excel's letter of a column, the first being 1."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number))
