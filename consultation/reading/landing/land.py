"""From a sheet and its mapping to the named tables. Every filled cell lands once: as a response field, identity, closed
answer, comment, officer's note or problem.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from consultation import model, tables
from consultation.errors import Place
from consultation.reading.grids.encoding import LOST, mend
from consultation.reading.grids.grid import Grid, filled, index, letter
from consultation.reading.landing.answers import answers, is_error
from consultation.reading.landing.cells import raw_cells
from consultation.reading.landing.frames import Ids, as_list, constant, fingerprints, id_column, text_column
from consultation.reading.landing.identity import identities, response_keys
from consultation.reading.landing.questions import Asked, questions, records
from consultation.reading.landing.responses import completeness, consent, groups
from consultation.reading.landing.rows import Rows, sort_rows
from consultation.reading.landing.spoiled import cut_off, dates_in_text, error_summary, row_problems
from consultation.reading.landing.times import Times, times
from consultation.reading.result import Context
from consultation.settings import Column, SourceSettings


@dataclass(kw_only=True)
class Landed:
    """The tables of one sheet, the mapping with what was settled on the way, and what to tell."""

    tables: dict[str, pd.DataFrame]
    mapping: SourceSettings
    quarantined: Rows
    notes: list[str]
    ambiguous: list[str]


@dataclass(kw_only=True)
class _Sheet:
    """What the steps below share about one sheet."""

    grid: Grid
    mapping: SourceSettings
    context: Context
    source: model.Source
    base: str  # the source's name that ids are made of
    rows: Rows
    asked: bool
    notes: list[str]
    ambiguous: list[str]
    problems: list[model.Problem]
    errors: set[tuple[int, int]]

    def values(self, column: int) -> list[str]:
        """The cells of a column for the responses, in order."""
        grid = self.grid.rows
        return [row[column] if column < len(row) else "" for row in (grid[i] for i in self.rows.good)]

    def of(self, role: str) -> list[Column]:
        return [column for column in self.mapping.columns if column.role == role]

    def place(self, row: int, column: int | None) -> str:
        """A cell's address, as the file's own program shows it."""
        where = Place(sheet=self.grid.sheet, row=row + 1, column=None if column is None else letter(column))
        return str(where)

    def problem(self, locator: str, what: str, hint: str, action: str) -> None:
        self.problems.append(
            model.Problem(source_id=self.source.source_id, locator=locator, what=what, hint=hint, action=action)
        )


def land(grid: Grid, mapping: SourceSettings, context: Context, source: model.Source, base: str, asked: bool) -> Landed:
    """Land a sheet. `source` holds what is known of the file; `base` is the source's name for ids; `asked`: an officer
    set the mapping, so nothing in it is drafted afresh.
    """
    body = (mapping.header_row or 1) - 1 + (1 if mapping.header_rows is None else mapping.header_rows)
    sheet = _Sheet(
        grid=grid, mapping=mapping, context=context, source=source, base=base, rows=sort_rows(grid, body), asked=asked,
        notes=[], ambiguous=[], problems=[], errors=set(),
    )  # fmt: skip
    keys = response_keys(sheet)
    ids = fingerprints("r-", keys.texts)
    asked_questions = questions(mapping.columns, base, source.source_id)
    answered, gathered = answers(asked_questions, sheet.values, grid, ids, mapping.platform or "")
    sheet.notes += gathered.notes
    comments = _comments(sheet, asked_questions, ids)
    responses = _responses(sheet, ids, keys.supplied, keys.superseded)
    _findings(sheet)
    cells = raw_cells(
        grid, source.source_id, sheet.rows, body, {index(c.column): c.role for c in mapping.columns}, frozenset(sheet.errors)
    )
    _unmapped(sheet, cells)
    row_problems(sheet)
    counted = _count(sheet, responses)
    made = {
        "sources": tables.frame("sources", [counted]),
        "events": tables.frame("events"),
        "questions": tables.frame("questions", records(asked_questions, gathered.observed)),
        "identity": identities(sheet, ids),
        "responses": responses,
        "answers": answered,
        "comments": comments,
        "problems": tables.frame("problems", dict.fromkeys(sheet.problems)),
        "cells": cells,
    }
    return Landed(
        tables=made, mapping=sheet.mapping, quarantined=sheet.rows, notes=sheet.notes, ambiguous=sheet.ambiguous
    )


# Responses --------------------------------------------------------------------------------------------------------


def _responses(sheet: _Sheet, ids: Ids, supplied: Sequence[str | None], superseded: frozenset[int]) -> pd.DataFrame:
    number = len(ids)
    submitted = _times(sheet, "submitted_at")
    state = completeness(sheet, submitted)
    kind = _one(sheet, "respondent_type")
    reasons = ["superseded by a later response with the same id" if i in superseded else state.excluded[i] for i in range(number)]
    order = np.argsort(ids, kind="stable")
    frame = pd.DataFrame(
        {
            "response_id": id_column(ids[order]),
            "source_id": constant(sheet.source.source_id, number),
            "respondent_id": id_column(_respondents(ids)[order]),
            "supplied_id": text_column([supplied[i] for i in order]),
            "locator": text_column([sheet.place(sheet.rows.good[i], None) for i in order]),
            "channel": constant(sheet.mapping.channel or "questionnaire", number),
            "respondent_type": text_column([kind[i] for i in order]),
            "groups": pd.Series([groups_of for groups_of in _in_order(groups(sheet), order)], dtype=object),
            "submitted_at": text_column([submitted.values[i] for i in order]),
            "consent_to_quote": pd.array(_in_order(consent(sheet), order), dtype="boolean"),
            "completeness": text_column([state.words[i] for i in order]),
            "signatures": pd.array([pd.NA] * number, dtype="Int64"),
            "status": text_column(["excluded" if reasons[i] else "included" for i in order]),
            "status_reason": text_column([reasons[i] for i in order]),
            "campaign_id": constant(None, number),
            "duplicate_of": constant(None, number),
        }
    )
    return _completed("responses", frame)


def _completed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The columns in the table's order; one that was added to the model later takes its default through `conform`."""
    return frame if list(frame.columns) == tables.columns(name) else tables.conform(name, frame)


def _in_order(values: Sequence[object], order: Sequence[int]) -> list[object]:
    return [values[i] for i in order]


def _respondents(ids: Ids) -> Ids:
    """A pseudonym made of the response's id alone: nothing of the person goes into it, so nothing can be guessed from it."""
    return fingerprints("p-", [f"respondent\x1f{told}" for told in as_list(ids)])


def _times(sheet: _Sheet, role: str) -> Times:
    found = sheet.of(role)
    if not found:
        return Times(values=[None] * len(sheet.rows.good), order=None)
    column = found[0]
    told = times(column, sheet.values(index(column.column)), sheet.context, [i + 1 for i in sheet.rows.good], sheet.asked)
    sheet.notes += told.notes
    sheet.ambiguous += told.ambiguous
    at = index(column.column)
    for i in told.twice:
        sheet.problem(
            sheet.place(sheet.rows.good[i], at), "This time happened twice, as the clocks went back.",
            "The earlier one was taken.", "flagged",
        )  # fmt: skip
    for i in told.unread:
        sheet.problem(
            sheet.place(sheet.rows.good[i], at), "The date cannot be read in the column's order.",
            "It is kept as written; late responses cannot be told by it.", "kept",
        )  # fmt: skip
    if told.order and not sheet.asked:
        settled = tuple(replace(c, kind=told.order) if c.role in ("submitted_at", "started_at") else c for c in sheet.mapping.columns)
        sheet.mapping = replace(sheet.mapping, columns=settled)
    return told


def _one(sheet: _Sheet, role: str) -> list[str | None]:
    found = sheet.of(role)
    default = sheet.mapping.respondent_type if role == "respondent_type" else None
    if not found:
        return [default] * len(sheet.rows.good)
    column = index(found[0].column)
    variable = sheet.grid.variables[column] if sheet.grid.variables is not None else None
    labels = variable.labels if variable is not None else {}
    return [(labels.get(cell, cell).strip() or default) for cell in sheet.values(column)]


# Comments ---------------------------------------------------------------------------------------------------------


def _comments(sheet: _Sheet, asked: Sequence[Asked], ids: Ids) -> pd.DataFrame:
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
    sheet: _Sheet, asked: Sequence[Asked], ids: Ids, made: Ids, at: Sequence[tuple[int, int]], texts: Sequence[str],
    places: Sequence[str],
) -> pd.DataFrame:  # fmt: skip
    number = len(made)
    pairs = np.array(at, dtype=np.int64).reshape(-1, 2)
    order = np.argsort(made, kind="stable")
    language = _languages(sheet)
    from consultation.reading.landing.frames import recurring

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
    return _completed("comments", frame)


def _mended(sheet: _Sheet, cell: str, row: int, column: int, seen: dict[str, int]) -> str:
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


def _look_over(sheet: _Sheet, column: int, cells: Sequence[str], seen: dict[str, int]) -> None:
    if seen.get("mended"):
        sheet.notes.append(f"Column {letter(column)}: damaged characters were repaired in {seen['mended']} cells.")
    if seen.get("lost"):
        sheet.notes.append(f"Column {letter(column)}: {seen['lost']} cells have characters that cannot be recovered.")
    cut_off(sheet, column, cells)
    dates_in_text(sheet, column, cells)


def _languages(sheet: _Sheet) -> list[str | None]:
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


# What else is in the sheet ----------------------------------------------------------------------------------------


def _findings(sheet: _Sheet) -> None:
    for finding in sheet.grid.findings:
        if finding.row is None:
            where = f"column {letter(finding.column)}" if finding.column is not None else (sheet.grid.sheet or "")
        else:
            where = sheet.place(finding.row, finding.column)
        sheet.problem(where, finding.what, finding.hint, finding.action)
    error_summary(sheet)


def _unmapped(sheet: _Sheet, cells: pd.DataFrame) -> None:
    """Columns that the mapping does not name but that hold something: a problem each, and nothing is lost."""
    lost = cells.loc[cells["role"] == "unmapped", "column"]
    for name, number in sorted(Counter(lost.astype(object)).items(), key=lambda item: index(item[0])):
        sheet.problem(
            f"column {name}", f"{number} cells stand in a column that the mapping does not name.",
            "Add the column to the mapping, if only as metadata.", "kept",
        )  # fmt: skip


def _count(sheet: _Sheet, responses: pd.DataFrame) -> model.Source:
    excluded = int((responses["status"] == "excluded").sum())
    return replace(
        sheet.source, header_rows=sheet.rows.heading, rows_total=len(sheet.grid.rows), rows_imported=len(responses) - excluded,
        rows_excluded=excluded, rows_empty=sheet.rows.empty, rows_quarantined=len(sheet.rows.quarantined),
    )  # fmt: skip


__all__ = ["Landed", "filled", "land"]
