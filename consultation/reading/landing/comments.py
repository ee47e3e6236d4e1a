"""The table `comments`: free text as written, one row for each filled cell of an open question."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from consultation.reading.grids.encoding import LOST, mend
from consultation.reading.grids.grid import index, letter
from consultation.reading.landing.answers import is_error
from consultation.reading.landing.frames import (
    Ids, as_list, completed, constant, fingerprints, id_column, recurring, text_column,
)
from consultation.reading.landing.questions import Asked
from consultation.reading.landing.sheet import Sheet
from consultation.reading.landing.spoiled import cut_off, dates_in_text


def comment_table(sheet: Sheet, asked: Sequence[Asked], ids: Ids) -> pd.DataFrame:
    """Free text, one row for each filled cell, mended where its encoding was broken (the raw cell keeps what it was)."""
    told = as_list(ids)
    keys: list[str] = []
    at: list[tuple[int, int]] = []  # (response, question)
    texts: list[str] = []
    places: list[str] = []
    where = f"sheet “{sheet.grid.sheet}”, " if sheet.grid.sheet else ""
    rows = sheet.rows.good
    for number, question in enumerate(asked):
        if question.kind not in ("open", "other_text"):
            continue
        column = question.places[0]
        name, seen = letter(column), {}
        cells = sheet.values(column)
        for i, cell in enumerate(cells):
            if not cell or cell.isspace():
                continue
            if cell[0] == "#" and is_error(cell):
                sheet.errors.add((rows[i], column))
                continue
            text = cell if cell.isascii() else _mended(sheet, cell, rows[i], column, seen)
            keys.append(f"{told[i]}\x1f{question.question_id}\x1f0")
            at.append((i, number))
            texts.append(text)
            places.append(f"{where}row {rows[i] + 1}, column {name}")
        _look_over(sheet, column, cells, seen)
    return _comment_frame(sheet, asked, ids, fingerprints("c-", keys), at, texts, places)


def _comment_frame(
    sheet: Sheet, asked: Sequence[Asked], ids: Ids, made: Ids, at: Sequence[tuple[int, int]], texts: Sequence[str],
    places: Sequence[str],
) -> pd.DataFrame:  # fmt: skip
    number = len(made)
    pairs = np.array(at, dtype=np.int64).reshape(-1, 2)
    order = np.argsort(made, kind="stable")
    language = _languages(sheet)
    frame = pd.DataFrame(
        {
            "comment_id": id_column(made[order]),
            "response_id": id_column(ids[pairs[order, 0]]) if number else constant(None, 0),
            "event_id": constant(None, number),
            "source_id": constant(sheet.source.source_id, number),
            "locator": text_column([places[i] for i in order]),
            "question_id": recurring([q.question_id for q in asked] or [None], pairs[order, 1]),
            "heading": recurring([q.text for q in asked] or [None], pairs[order, 1]),
            "voice": constant("person", number),
            "speaker": constant(None, number),
            "tally": pd.array([pd.NA] * number, dtype="Int64"),
            "text": text_column([texts[i] for i in order]),
            "language": text_column([language[i] for i in pairs[order, 0]] if language else [None] * number),
            "status": constant("included", number),
            "status_reason": constant(None, number),
            "campaign_id": constant(None, number),
            "duplicate_of": constant(None, number),
        }
    )
    return completed("comments", frame)


def _mended(sheet: Sheet, cell: str, row: int, column: int, seen: dict[str, int]) -> str:
    text = mend(cell)
    if text != cell:
        seen["mended"] = seen.get("mended", 0) + 1
        sheet.problem(
            sheet.place(row, column), "Characters were damaged by a wrong encoding; they were repaired.",
            "The cell as it was is in the table of cells.", "repaired",
        )  # fmt: skip
    if LOST.search(text):
        seen["lost"] = seen.get("lost", 0) + 1
        sheet.problem(
            sheet.place(row, column), "Characters are lost and cannot be recovered.", "Ask for the original export.", "flagged"
        )
    return text


def _look_over(sheet: Sheet, column: int, cells: Sequence[str], seen: dict[str, int]) -> None:
    if seen.get("mended"):
        sheet.notes.append(f"Column {letter(column)}: damaged characters were repaired in {seen['mended']} cells.")
    if seen.get("lost"):
        sheet.notes.append(f"Column {letter(column)}: {seen['lost']} cells have characters that cannot be recovered.")
    cut_off(sheet, column, cells)
    dates_in_text(sheet, column, cells)


def _languages(sheet: Sheet) -> list[str | None]:
    """For each response the language it was given in, where a column says so and it is not English."""
    found = sheet.of("language")
    if not found:
        return []
    told = []
    for cell in sheet.values(index(found[0].column)):
        code = cell.strip().lower()
        english = not code or code.startswith("en")
        told.append(None if english else {"cymraeg": "cy", "welsh": "cy"}.get(code, code))
    return told
