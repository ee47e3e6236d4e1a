"""Splitting text into rows strictly, and going on after a quotation mark that was never closed.

`csv` in its usual mode, and pandas, swallow a response at such a mark without a word. Here the rows before and after
it are read and the lines between are set aside whole.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from consultation import separated
from consultation.reading.grids.grid import Finding, Spoiled

_LONGEST: Final = 200  # lines that one answer may have when we look for the next whole row


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """How cells are separated; `escape` where a quotation mark inside a cell is written with a backslash."""

    delimiter: str
    escape: bool = False

    def options(self) -> dict[str, Any]:
        told: dict[str, Any] = {"delimiter": self.delimiter, "strict": True}
        return told | ({"escapechar": "\\", "doublequote": False} if self.escape else {})


def split(text: str, dialect: Dialect) -> list[list[str]]:
    """The rows. Raises `csv.Error` where the quoting is at fault."""
    return list(separated.reader(io.StringIO(text, newline="\n"), **dialect.options()))


def recover(text: str, dialect: Dialect) -> tuple[list[list[str]], dict[int, Spoiled], list[Finding]]:
    """As `split`, past faults: rows, rows that are spoiled (each one cell, the raw lines), and what was kept odd.

    A line whose quotation marks pair up but stand in the wrong place is split as if they were letters.
    """
    source = text.splitlines(keepends=True) if "\r" not in text else io.StringIO(text, newline="\n").readlines()
    rows: list[list[str]] = []
    spoiled: dict[int, Spoiled] = {}
    findings: list[Finding] = []
    start = 0
    while start < len(source):
        start = _good_rows(source, start, dialect, rows)
        if start >= len(source):
            break
        width = _width(rows)
        literal = source[start].rstrip("\r\n").split(dialect.delimiter)
        if source[start].count('"') % 2 == 0 and (not width or len(literal) == width):
            findings.append(
                Finding(
                    row=len(rows),
                    column=next(i for i, cell in enumerate(literal) if '"' in cell),
                    what="A quotation mark stands inside the cell.",
                    hint="Kept exactly as written.",
                    action="kept",
                )
            )
            rows.append(literal)
            start += 1
            continue
        end = _next_whole(source, start + 1, dialect, width)
        number = end - start
        merged = f"it would merge {number} lines" if number > 1 else "the row cannot be split"
        spoiled[len(rows)] = Spoiled(
            what=f"line {start + 1}: a quotation mark is opened and never closed; {merged}.",
            hint="Close the quotation mark (or double those inside the answer) and feed the row back.",
            raw="".join(source[start:end]),
        )
        rows.append(["".join(source[start:end])])
        start = end
    return rows, spoiled, findings


def _good_rows(source: Sequence[str], start: int, dialect: Dialect, rows: list[list[str]]) -> int:
    """Read rows from line `start` on until one is at fault; the line where that one begins, or the end."""
    reader = separated.reader(islice(source, start, None), **dialect.options())
    done = 0
    try:
        for row in reader:
            rows.append(row)
            done = reader.line_num
    except csv.Error:
        return start + done
    return len(source)


def _next_whole(source: Sequence[str], start: int, dialect: Dialect, width: int) -> int:
    """The next line that begins a row of the usual width."""
    for line in range(start, len(source)):
        try:
            row = next(separated.reader(islice(source, line, line + _LONGEST), **dialect.options()))
        except (csv.Error, StopIteration):
            continue
        if len(row) == width or (not width and row):
            return line
    return len(source)


def _width(rows: Sequence[Sequence[str]]) -> int:
    widths = Counter(len(row) for row in rows[-1000:] if any(row))
    return widths.most_common(1)[0][0] if widths else 0
