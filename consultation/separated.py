"""Separated values (CSV), in and out: a cell of any length is read, and none is a formula to a spreadsheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from _csv import Reader

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n]")
_LONGEST: Final = 2**31 - 1  # characters of a cell: a long answer is no error


def reader(lines: Iterable[str], **options: Any) -> Reader:
    """`csv.reader`, whose limit on a cell is the whole process's and is lifted here, whoever reads first."""
    csv.field_size_limit(_LONGEST)
    return csv.reader(lines, **options)


def guarded(text: str) -> str:
    """The text, led by an apostrophe where a spreadsheet would take it for a formula; so is what reads as guarded.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("'tis")
    ("'=1+1", "''=1+1", "'tis")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """What was `guarded`, as it was.

    >>> unguarded("'=1+1"), unguarded("'tis")
    ('=1+1', "'tis")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
