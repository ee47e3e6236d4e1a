"""The table `comments`: free text as written, one row for each filled cell of an open question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from consultation.reading.grids.encoding import DAMAGED, lost, mend
from consultation.reading.grids.grid import index, letter
from consultation.reading.landing.answers import is_error, is_option
from consultation.reading.landing.flat import Flat, Mask, Numbers
from consultation.reading.landing.frames import (
    Ids,
    arrow_text,
    completed,
    constant,
    fingerprints,
    id_column,
    recurring,
    series,
    text_column,
)
from consultation.reading.landing.questions import IN_LIST, Asked
from consultation.reading.landing.sheet import Sheet
from consultation.reading.landing.spoiled import cut_off, dates_in_text
from consultation.reading.layout.choices import split
from consultation.text import says_nothing

NO_ANSWER: Final = "no answer"


@dataclass(kw_only=True)
class _Found:
    """Comments as they are found: parallel lists, and by place those whose text is not the whole cell as it stands."""

    keys: list[str] = field(default_factory=list)
    response: list[int] = field(default_factory=list)
    question: list[int] = field(default_factory=list)
    row: list[int] = field(default_factory=list)
    mended: dict[int, str] = field(default_factory=dict)


def comment_table(sheet: Sheet, asked: Sequence[Asked], flat: Flat, ids: Ids, names: Sequence[str]) -> pd.DataFrame:
    """Free text, a row for each filled cell, mended where its encoding was broken (the raw cell keeps what it was).

    `ids` and `names` are the ids of the responses, as bytes and as text.
    """
    found, filled, damaged = _Found(), flat.filled(), flat.matching(DAMAGED)
    for number, question in enumerate(asked):
        if question.kind in ("open", "other_text"):
            _gather(sheet, found, flat, filled, damaged, number, question, names)
        elif question.kind == IN_LIST:
            _gather_beside(sheet, found, number, question, names)
    return _frame(sheet, asked, flat, ids, found)


def _gather(
    sheet: Sheet,
    found: _Found,
    flat: Flat,
    filled: Mask,
    damaged: frozenset[int],
    number: int,
    question: Asked,
    names: Sequence[str],
) -> None:
    """Find the comments of one question."""
    column, seen = question.places[0], Counter[str]()
    tail = f"\x1f{question.question_id}\x1f0"
    rows = np.array(sheet.rows.good, dtype=np.int64)
    places = flat.starts[rows] + column
    there = (column < flat.starts[rows + 1] - flat.starts[rows]) & filled[np.minimum(places, len(filled) - 1)]
    responses = np.nonzero(there)[0].tolist()
    cells = sheet.values(column)
    errors = {i for i in responses if cells[i][0] == "#" and is_error(cells[i])}
    sheet.errors.update((sheet.rows.good[i], column) for i in errors)
    responses = [i for i in responses if i not in errors] if errors else responses
    first = len(found.keys)
    found.keys += [names[i] + tail for i in responses]
    found.response += responses
    found.question += [number] * len(responses)
    found.row += rows[responses].tolist()
    for k, i in enumerate(responses) if damaged else ():
        if int(places[i]) in damaged:
            found.mended[first + k] = _mended(sheet, cells[i], sheet.rows.good[i], column, seen)
    _look_over(sheet, column, cells, seen)


def _gather_beside(sheet: Sheet, found: _Found, number: int, question: Asked, names: Sequence[str]) -> None:
    """Find the words that stand in a list of choices beside its options."""
    column = question.columns[0]
    for i, cell in enumerate(sheet.values(question.places[0])):
        parts = split(cell, column.separator or ";", column.options) if cell else []
        for ordinal, part in enumerate(part for part in parts if not is_option(part, column.options)):
            found.mended[len(found.keys)] = part
            found.keys.append(f"{names[i]}\x1f{question.question_id}\x1f{ordinal}")
            found.response.append(i)
            found.question.append(number)
            found.row.append(sheet.rows.good[i])


def _frame(sheet: Sheet, asked: Sequence[Asked], flat: Flat, ids: Ids, found: _Found) -> pd.DataFrame:
    made = fingerprints("c-", found.keys)
    number, order = len(made), np.argsort(made, kind="stable")
    response = np.array(found.response, dtype=np.int64)[order]
    question = np.array(found.question, dtype=np.int64)[order]
    row = np.array(found.row, dtype=np.int64)[order]
    columns = np.array([q.places[0] for q in asked] or [0], dtype=np.int64)[question]
    language = _languages(sheet)
    texts = _texts(flat, flat.starts[row] + columns, order, found.mended)
    silent = _silent(texts)
    frame = pd.DataFrame(
        {
            "comment_id": id_column(made[order]),
            "response_id": id_column(ids[response]) if number else constant(None, 0),
            "event_id": constant(None, number),
            "source_id": constant(sheet.source.source_id, number),
            "locator": _locators(sheet, row, columns),
            "question_id": recurring([q.question_id for q in asked] or [None], question),
            "heading": recurring([q.text for q in asked] or [None], question),
            "voice": constant("person", number),
            "speaker": constant(None, number),
            "tally": pd.array([pd.NA] * number, dtype="Int64"),
            "text": texts,
            "language": text_column([language[i] for i in response.tolist()]) if language else constant(None, number),
            "status": recurring(["included", "excluded"], silent),
            "status_reason": recurring([None, NO_ANSWER], silent),
            "campaign_id": constant(None, number),
            "duplicate_of": constant(None, number),
        }
    )
    return completed("comments", frame)


def _locators(sheet: Sheet, rows: Numbers, columns: Numbers) -> pd.Series:
    where = f"sheet “{sheet.grid.sheet}”, " if sheet.grid.sheet else ""
    names = {int(j): letter(int(j)) for j in np.unique(columns)}
    return text_column(
        [f"{where}row {i + 1}, column {names[j]}" for i, j in zip(rows.tolist(), columns.tolist(), strict=True)]
    )


def _texts(flat: Flat, places: Numbers, order: Numbers, mended: Mapping[int, str]) -> pd.Series:
    """The cells as they stand, but for those that were mended."""
    texts = flat.values.take(pa.array(places))
    if mended:
        at = np.isin(order, list(mended))
        texts = pc.replace_with_mask(texts, pa.array(at), arrow_text([mended[int(k)] for k in order[at]]))
    return series(texts)


def _silent(texts: pd.Series) -> Numbers:
    """1 for each text that says nothing, such as "n/a": it is kept, and nobody has to read it."""
    known: dict[str, bool] = {}
    for text in texts:
        if text not in known and len(text) < 40:
            known[text] = says_nothing(text)
    return np.fromiter((known.get(text, False) for text in texts), dtype=np.int64, count=len(texts))


def _mended(sheet: Sheet, cell: str, row: int, column: int, seen: Counter[str]) -> str:
    text = mend(cell)
    if text != cell:
        seen["mended"] += 1
        sheet.problem(
            sheet.place(row, column),
            "Characters were damaged by a wrong encoding; they were repaired.",
            "The cell as it was is in the table of cells.",
            "repaired",
        )
    if lost(text):
        seen["lost"] += 1
        sheet.problem(
            sheet.place(row, column),
            "Characters are lost and cannot be recovered.",
            "Ask for the original export.",
            "flagged",
        )
    return text


def _look_over(sheet: Sheet, column: int, cells: Sequence[str], seen: Counter[str]) -> None:
    if seen["mended"]:
        sheet.notes.append(f"Column {letter(column)}: damaged characters were repaired in {seen['mended']} cells.")
    if seen["lost"]:
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
