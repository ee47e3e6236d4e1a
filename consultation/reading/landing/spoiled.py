"""What spoiled single cells and rows, told to the officer: answers cut off, turned into dates or errors, rows set
aside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow.compute as pc

from consultation.reading.grids.grid import filled, letter
from consultation.reading.landing.answers import is_error
from consultation.reading.landing.flat import Flat
from consultation.reading.landing.sheet import Sheet

_EXCEL_LIMIT: Final = 32_767
_ROUND: Final = frozenset(
    (
        250,
        254,
        255,
        256,
        500,
        512,
        1000,
        1024,
        1500,
        2000,
        2048,
        3000,
        4000,
        4096,
        5000,
        8000,
        8192,
        10_000,
        _EXCEL_LIMIT,
    )
)
_SAVED_DATE = re.compile(
    r"(?:\d{1,2}-(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)-\d{2})$"
)
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?: 00:00:00)?$")


def cut_off(sheet: Sheet, column: int, cells: Sequence[str]) -> None:
    """Answers that all end at the same length, at a limit that programs have, may have been cut."""
    longest = max(map(len, cells), default=0)
    if longest < 250:
        return
    rows = [sheet.rows.good[i] for i, cell in enumerate(cells) if len(cell) == longest]
    if longest != _EXCEL_LIMIT and (len(rows) < 2 or (len(rows) < 3 and longest not in _ROUND)):
        return
    sheet.notes.append(f"Column {letter(column)}: {len(rows)} answers may be cut off at {longest:,} characters.")
    for row in rows:
        sheet.problem(
            sheet.place(row, column),
            f"The answer may be cut off at {longest:,} characters.",
            "Look it up in the survey, or ask for a CSV export.",
            "flagged",
        )


def dates_in_text(sheet: Sheet, column: int, cells: Sequence[str]) -> None:
    """Answers such as "3-5" that Excel turned into dates."""
    storage = sheet.grid.storage
    for i, cell in enumerate(cells):
        if len(cell) > 19 or not filled(cell):
            continue
        row = sheet.rows.good[i]
        stored = storage is not None and column < len(storage[row]) and storage[row][column] == "d"
        likely = _likely(cell) if stored or _SAVED_DATE.match(cell.strip()) else None
        if likely is not None:
            sheet.problem(
                sheet.place(row, column),
                "Excel turned this answer into a date.",
                f"It was probably typed as {likely}; ask for the original export.",
                "flagged",
            )


def _likely(cell: str) -> str:
    found = _ISO_DAY.match(cell.strip())
    if found:
        month, day = int(found[2]), int(found[3])
        return f"“{day}-{month}” or “{month}-{day}”" if day > 1 else f"“{month}-{int(found[1]) % 100}” or “1-{month}”"
    return "two numbers with a dash or a stroke between them"


def error_summary(sheet: Sheet, flat: Flat) -> None:
    """Cells that Excel shows as #NAME? and the like: how many, and where."""
    good = set(sheet.rows.good)
    likely = np.nonzero(pc.starts_with(flat.values, "#").to_numpy(zero_copy_only=False))[0]
    rows = np.searchsorted(flat.starts, likely, side="right") - 1
    places = [
        (int(i), int(k - flat.starts[i]))
        for k, i in zip(likely, rows, strict=True)
        if int(i) in good and is_error(flat.values[int(k)].as_py())
    ]
    found = {sheet.grid.rows[i][j].strip() for i, j in places}
    if not places:
        return
    sheet.notes.append(
        f"Excel turned {len(places)} answers into errors ({', '.join(sorted(found))}); ask for the original export."
    )
    for i, j in places:
        sheet.problem(
            sheet.place(i, j),
            "Excel turned this answer into an error.",
            "Ask for the original export: the words are gone.",
            "flagged",
        )


def row_problems(sheet: Sheet) -> None:
    """A problem for each row that was set aside."""
    for i, wrong in sorted(sheet.rows.quarantined.items()):
        sheet.problem(sheet.place(i, None), wrong.what, wrong.hint, "quarantined")
