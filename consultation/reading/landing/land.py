"""From a sheet and its mapping to the named tables. Every filled cell lands once: as a response field, identity, closed
answer, comment, officer's note or problem.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import pandas as pd

from consultation import model, tables
from consultation.reading.grids.grid import Grid, index, letter
from consultation.reading.landing.answers import answers
from consultation.reading.landing.cells import raw_cells
from consultation.reading.landing.comments import comment_table
from consultation.reading.landing.flat import Flat, flatten
from consultation.reading.landing.frames import as_list, fingerprints
from consultation.reading.landing.identity import identities, response_keys
from consultation.reading.landing.questions import questions, records
from consultation.reading.landing.responses import response_table
from consultation.reading.landing.sheet import Sheet
from consultation.reading.landing.spoiled import error_summary, row_problems
from consultation.reading.landing.variants import shared
from consultation.reading.layout.rows import Rows, sort_rows
from consultation.reading.result import Context
from consultation.reading.status import follow
from consultation.settings import SourceSettings


@dataclass(kw_only=True)
class Landed:
    """The tables of one sheet, the mapping with what was settled on the way, and what to tell."""

    tables: dict[str, pd.DataFrame]
    mapping: SourceSettings
    quarantined: Rows
    notes: list[str]
    ambiguous: list[str]


def land(grid: Grid, mapping: SourceSettings, context: Context, source: model.Source, base: str, asked: bool) -> Landed:
    """Land a sheet. `source` holds what is known of the file; `base` is the source's name for ids; `asked`: an officer
    set the mapping, so nothing in it is drafted afresh.
    """
    body = (mapping.header_row or 1) - 1 + (1 if mapping.header_rows is None else mapping.header_rows)
    sheet = Sheet(
        grid=grid,
        mapping=mapping,
        context=context,
        source=source,
        base=base,
        rows=sort_rows(grid, body),
        asked=asked,
        notes=[],
        ambiguous=[],
        problems=[],
        errors=set(),
    )
    main = shared(mapping.variant_of, context.known)
    keys = response_keys(sheet)
    flat, ids = flatten(grid), fingerprints("r-", keys.texts)
    names = as_list(ids)
    asked_questions = questions(mapping.columns, base, source.source_id, asked, main)
    answered, gathered = answers(asked_questions, sheet.values, grid, ids, mapping.platform or "")
    sheet.notes += gathered.notes
    comments = comment_table(sheet, asked_questions, flat, ids, names)
    responses = response_table(sheet, ids, names, keys.supplied, keys.superseded)
    _findings(sheet, flat)
    roles = {index(column.column): column.role for column in mapping.columns}
    cells = raw_cells(grid, flat, source.source_id, sheet.rows, body, roles, sheet.errors)
    _unmapped(sheet, cells)
    row_problems(sheet)
    if named := sheet.of("identity"):
        kinds = ", ".join(sorted({column.kind or "other" for column in named}))
        sheet.notes.append(f"{len(named)} columns name people ({kinds}); they are kept apart from the answers.")
    counted = _count(sheet, responses)
    made = {
        "sources": tables.frame("sources", [counted]),
        "events": tables.frame("events"),
        "questions": tables.frame("questions", records(asked_questions, gathered.observed)),
        "identity": identities(sheet, names),
        "responses": responses,
        "answers": answered,
        "comments": follow(comments, responses),
        "problems": tables.frame("problems", dict.fromkeys(sheet.problems)),
        "cells": cells,
    }
    return Landed(
        tables=made, mapping=sheet.mapping, quarantined=sheet.rows, notes=sheet.notes, ambiguous=sheet.ambiguous
    )


# What else is in the sheet ----------------------------------------------------------------------------------------


def _findings(sheet: Sheet, flat: Flat) -> None:
    for finding in sheet.grid.findings:
        if finding.row is None:
            where = f"column {letter(finding.column)}" if finding.column is not None else (sheet.grid.sheet or "")
        else:
            where = sheet.place(finding.row, finding.column)
        sheet.problem(where, finding.what, finding.hint, finding.action)
    error_summary(sheet, flat)


def _unmapped(sheet: Sheet, cells: pd.DataFrame) -> None:
    """Columns that the mapping does not name but that hold something: a problem each, and nothing is lost."""
    lost = cells.loc[cells["role"] == "unmapped", "column"]
    for name, number in sorted(Counter(lost.astype(object)).items(), key=lambda item: index(item[0])):
        sheet.problem(
            f"column {name}",
            f"{number} cells stand in a column that the mapping does not name.",
            "Add the column to the mapping, if only as metadata.",
            "kept",
        )


def _count(sheet: Sheet, responses: pd.DataFrame) -> model.Source:
    excluded = int((responses["status"] == "excluded").sum())
    return replace(
        sheet.source,
        header_rows=sheet.rows.heading,
        rows_total=len(sheet.grid.rows),
        rows_imported=len(responses) - excluded,
        rows_excluded=excluded,
        rows_empty=sheet.rows.empty,
        rows_quarantined=len(sheet.rows.quarantined),
    )
