"""From a sheet and its mapping to the named tables. Every filled cell lands once: as a response field, identity, closed
answer, comment, officer's note or problem.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from consultation import model, tables
from consultation.outcome import several
from consultation.reading.grids.grid import Grid, index, letter
from consultation.reading.landing.answers import answers
from consultation.reading.landing.cells import raw_cells
from consultation.reading.landing.comments import comment_table
from consultation.reading.landing.flat import Flat, flatten
from consultation.reading.landing.frames import Ids, as_ids, as_list, fingerprints
from consultation.reading.landing.identity import identities, response_keys
from consultation.reading.landing.linked import Owners, turns
from consultation.reading.landing.questions import questions, records
from consultation.reading.landing.responses import response_table
from consultation.reading.landing.sheet import Sheet
from consultation.reading.landing.spoiled import error_summary, row_problems
from consultation.reading.landing.variants import shared
from consultation.reading.layout.rows import Rows
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


def land(
    grid: Grid,
    rows: Rows,
    mapping: SourceSettings,
    context: Context,
    source: model.Source,
    base: str,
    asked: bool,
    owners: Owners | None = None,
) -> Landed:
    """Land a sheet. `rows` tells its rows apart and is not altered; `source` holds what is known of the file; `base` is
    the source's name for ids; `asked`: an officer set the mapping, so nothing in it is drafted afresh. With `owners`
    its rows belong to responses elsewhere.
    """
    body = (mapping.header_row or 1) - 1 + (1 if mapping.header_rows is None else mapping.header_rows)
    sheet = Sheet(
        grid=grid,
        mapping=mapping,
        context=context,
        source=source,
        base=base,
        rows=replace(rows, good=list(rows.good), quarantined=dict(rows.quarantined)),
        asked=asked,
        notes=[],
        ambiguous=[],
        problems=[],
        errors=set(),
    )
    flat = flatten(grid)
    said = _responses(sheet, flat) if owners is None else _linked(sheet, flat, owners)
    _findings(sheet, flat)
    roles = {index(column.column): column.role for column in mapping.columns}
    cells = raw_cells(grid, flat, source.source_id, sheet.rows, body, roles, sheet.errors)
    _unmapped(sheet, cells)
    row_problems(sheet)
    if named := sheet.of("identity"):
        kinds = ", ".join(sorted({column.kind or "other" for column in named}))
        sheet.notes.append(f"{several(len(named), 'column')} naming people ({kinds}) kept apart from the answers.")
    made = {
        "sources": tables.frame("sources", [_count(sheet, said["responses"])]),
        "events": tables.frame("events"),
        **said,
        "problems": tables.frame("problems", dict.fromkeys(sheet.problems)),
        "cells": cells,
    }
    return Landed(
        tables=made, mapping=sheet.mapping, quarantined=sheet.rows, notes=sheet.notes, ambiguous=sheet.ambiguous
    )


def _responses(sheet: Sheet, flat: Flat) -> dict[str, pd.DataFrame]:
    """Questions, identity, responses, answers and comments of a sheet whose rows are responses."""
    keys = response_keys(sheet)
    ids = fingerprints("r-", keys.texts)
    names = as_list(ids)
    said = _said(sheet, flat, ids, names, sheet.base)
    responses = response_table(sheet, ids, names, keys.supplied, keys.superseded)
    return {**said, "responses": responses, "comments": follow(said["comments"], responses)}


def _linked(sheet: Sheet, flat: Flat, owners: Owners) -> dict[str, pd.DataFrame]:
    """The same of a sheet whose rows belong to responses elsewhere."""
    parts = [
        _said(
            turn.sheet,
            flat,
            as_ids(turn.names),
            turn.names,
            f"{sheet.base}\x1f{turn.number}",
            f" ({sheet.grid.sheet or sheet.base} {turn.number})",
        )
        for turn in turns(sheet, owners)
    ] or [{name: tables.frame(name) for name in ("questions", "identity", "answers", "comments")}]
    said = {name: tables.conform(name, pd.concat([part[name] for part in parts])) for name in parts[0]}
    said["identity"] = said["identity"].drop_duplicates(ignore_index=True)
    return {**said, "responses": tables.frame("responses"), "comments": follow(said["comments"], owners.responses)}


def _said(
    sheet: Sheet, flat: Flat, ids: Ids, names: Sequence[str], base: str, turn: str = ""
) -> dict[str, pd.DataFrame]:
    """What the good rows say: questions, identity, answers, comments. `turn` tells questions asked several times."""
    mapping = sheet.mapping
    main = shared(mapping.variant_of, sheet.context.known)
    asked = questions(mapping.columns, base, sheet.source.source_id, sheet.asked, main)
    asked = [replace(question, text=f"{question.text}{turn}") for question in asked]
    answered, gathered = answers(asked, sheet.values, sheet.grid, ids, mapping.platform or "")
    sheet.notes += gathered.notes
    return {
        "questions": tables.frame("questions", records(asked, gathered.observed)),
        "identity": identities(sheet, names),
        "answers": answered,
        "comments": comment_table(sheet, asked, flat, ids, names),
    }


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
    excluded = int((responses["status"] == "excluded").sum())  # none, where the rows belong to responses elsewhere
    return replace(
        sheet.source,
        header_rows=sheet.rows.heading,
        rows_total=len(sheet.grid.rows),
        rows_imported=len(sheet.rows.good) - excluded,
        rows_excluded=excluded,
        rows_empty=sheet.rows.empty,
        rows_quarantined=len(sheet.rows.quarantined),
    )
