"""Text files of separated values, read strictly: a row that a quotation mark would swallow is set aside, not lost.

The separator is the one under which most rows are equally wide. Reading is the standard library's `csv` in strict
mode, the only reader tried that refuses an unclosed quote; `quotes.py` then takes the file on from there.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from consultation import separated
from consultation.errors import ConsultationError
from consultation.reading.grids.encoding import CODE_PAGES, decode
from consultation.reading.grids.grid import Finding, Grid, Spoiled, letter
from consultation.reading.grids.quotes import Dialect, recover, split

DELIMITERS: Final = (",", ";", "\t", "|")
_SAMPLE: Final = 400_000  # characters that vote on the separator
_LONE_CR = re.compile(r"\r(?!\n)")
_SEP_LINE = re.compile(r'"?sep=(.)"?\r?\n')


def read_delimited(path: Path, raw: bytes) -> Grid:
    """The grid of a text file. Every row is kept: one that cannot be split is a single cell, and is spoiled."""
    decoded = decode(raw)
    text, notes = decoded.text, list(decoded.notes)
    binary = text.find("\x00")
    if binary >= 0:
        notes.append(f"The file contains binary data (NUL) at character {binary + 1:,}; it was kept as it is.")
    declared = _SEP_LINE.match(text)
    if declared:
        text = text[declared.end() :]
        notes.append(f"The first line sets the separator “{declared[1]}”.")
    dialect = Dialect(delimiter=declared[1] if declared else vote(text))
    text, protected = _protect(text)
    try:
        rows = split(text, dialect)
        spoiled: dict[int, Spoiled] = {}
        findings: list[Finding] = []
    except csv.Error:
        escaped = Dialect(delimiter=dialect.delimiter, escape=True)
        if '\\"' in text and (read := _attempt(text, escaped)) is not None:
            rows = read
            spoiled, findings = {}, []
            notes.append("Quotation marks inside cells are written with a backslash; read accordingly.")
        else:
            rows, spoiled, findings = recover(text, dialect)
    if protected:
        rows = [[cell.replace(protected, "\r") for cell in row] for row in rows]
        spoiled = {
            row: Spoiled(what=s.what, hint=s.hint, raw=s.raw.replace(protected, "\r") if s.raw else None)
            for row, s in spoiled.items()
        }
    if decoded.encoding in CODE_PAGES:
        notes.append(f"Cells to look at: {_with_signs(rows)}.")
    if not rows:
        raise ConsultationError("The file holds no rows.", where=path.name, do="Export it again.")
    return Grid(
        file=path.name,
        sheet=None,
        rows=rows,
        lined=True,
        first_line=2 if declared else 1,
        spoiled=spoiled,
        findings=tuple(findings),
        notes=tuple(notes),
    )


def _with_signs(rows: Sequence[Sequence[str]]) -> str:
    """Where the first three cells stand that hold signs beyond ASCII; their words are nobody's to print."""
    places = ((i, j) for i, row in enumerate(rows, 1) for j, cell in enumerate(row) if not cell.isascii())
    return "; ".join(f"row {i}, column {letter(j)}" for i, j in islice(places, 3))


def vote(text: str) -> str:
    """The separator under which the largest share of rows has one width; a comma where nothing separates.

    >>> vote("id;why\\n1;yes, but\\n2;no\\n")
    ';'
    """
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE and "\n" in sample:
        sample = sample[: sample.rindex("\n")]
    best, best_score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        if delimiter not in sample:
            continue
        share, width = _agreement(sample, delimiter)
        score = (round(share, 1), width)
        if width > 1 and score > best_score:
            best, best_score = delimiter, score
    if best_score[0] < 0.5 and best not in sample.split("\n", 1)[0]:
        return _unused(sample)  # one column of free text: no sign in it separates anything
    return best


def _agreement(sample: str, delimiter: str) -> tuple[float, int]:
    widths: Counter[int] = Counter()
    for row in separated.reader(io.StringIO(_LONE_CR.sub(" ", sample), newline="\n"), delimiter=delimiter):
        if any(cell.strip() for cell in row):
            widths[len(row)] += 1
    if not widths:
        return 0.0, 0
    width, number = max(widths.items(), key=lambda item: (item[1], item[0]))
    return number / sum(widths.values()), width


def _unused(sample: str) -> str:
    return next(sign for sign in ("\x1f", "\x1e", "\x1d", "\ue000") if sign not in sample)


def _protect(text: str) -> tuple[str, str | None]:
    """Lone carriage returns stay inside their cells where the file ends its rows otherwise: a stand-in takes their
    place.

    `csv` would split a row at them. A file that has no other line end uses them as line ends.
    """
    if "\r" not in text or not _LONE_CR.search(text):
        return text, None
    if "\n" not in text:
        return text.replace("\r", "\n"), None
    sign = next(chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in text)
    return _LONE_CR.sub(sign, text), sign


def _attempt(text: str, dialect: Dialect) -> list[list[str]] | None:
    try:
        return split(text, dialect)
    except csv.Error:
        return None
