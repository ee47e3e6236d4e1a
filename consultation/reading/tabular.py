"""Sheets of survey responses, from any kind of file, to a `Reading`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from consultation import model, tables
from consultation.errors import ConsultationError
from consultation.reading import sniff
from consultation.reading.grids.grid import Grid, index
from consultation.reading.grids.open import open_grids
from consultation.reading.landing.frames import stack
from consultation.reading.landing.land import land
from consultation.reading.landing.linked import Owners
from consultation.reading.landing.quarantine import quarantine_frame, strip_quarantine
from consultation.reading.landing.questions import questions
from consultation.reading.landing.variants import propose
from consultation.reading.layout.headers import Layout, lay_out
from consultation.reading.layout.mapping import draft
from consultation.reading.layout.platforms import BY_NAME, GENERIC, STATISTICS, Recognised, recognise
from consultation.reading.layout.saved import fit
from consultation.reading.names import same_survey
from consultation.reading.result import Context, Reading
from consultation.reading.workbooks import Part, as_repeats, as_version, owners, pick
from consultation.settings import SourceSettings
from consultation.text import fingerprint


def read(path: Path, context: Context) -> Reading:
    """Read the sheets that hold responses. Raises where the file is no survey or cannot be read; a mapping that is
    given is used as it stands.
    """
    kind = sniff.kind(path)
    notes = [kind.note] if kind.note else []
    ambiguous: list[str] = []
    grids = [part for grid in open_grids(path, kind.name) for part in strip_quarantine(grid)]
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    first, *further = pick(grids, context, notes, ambiguous)
    main = _sheet(first, replace(context, name=_name(context.name, first)), digest)
    if first.beside:
        read = {first.grid.sheet: main}
    else:
        about = _about(main, context)
        read = {
            part.grid.sheet: _sheet(part, replace(about, name=_name(main.name, part)), digest, first.grid, main)
            for part in further
        }
    return _joined(main, read, context, notes, ambiguous)


def _name(base: str, part: Part) -> str:
    return f"{base} ({part.grid.sheet})" if part.beside else base


def _about(main: Reading, context: Context) -> Context:
    """What a further sheet is told: the questions of the first are held already."""
    held = {**context.known, **{name: main.tables[name] for name in ("sources", "questions")}}
    return replace(context, known=held)


def _sheet(
    part: Part, context: Context, digest: str, first: Grid | None = None, main: Reading | None = None
) -> Reading:
    """One sheet; `first` is the sheet of the responses and `main` what came of it, where this is a further one."""
    grid = part.grid
    notes, ambiguous = list(grid.notes), list[str]()
    context = replace(context, source_settings=part.settings)
    mapping, layout, drafted = _mapping(grid, context, notes, ambiguous)
    if drafted and not part.beside and (known_as := _known_as(grid, layout, mapping, context)):
        notes.append(f"This is a newer export of “{known_as}”: its questions and response ids are held already.")
        context = replace(context, name=known_as, source_settings=context.settings.sources.get(known_as))
        mapping, layout, drafted = _mapping(grid, context, notes, ambiguous)
    if drafted and main is not None:
        mapping = as_version(as_repeats(mapping), main.name, context.known)
    elif drafted:
        proposed = propose(context.name, mapping, context.known)
        mapping, ambiguous = proposed.settings, [*ambiguous, *proposed.ambiguous]
    source = _source(grid, context.name, layout.recognised, mapping, digest)
    landed = land(
        grid, layout.apart, mapping, context, source, context.name, not drafted, _owners(mapping, first, main, context)
    )
    return Reading(
        name=context.name,
        tables=landed.tables,
        mapping=landed.mapping,
        drafted=drafted,
        notes=(*notes, *landed.notes),
        ambiguous=(*ambiguous, *landed.ambiguous),
        quarantine=quarantine_frame(grid, layout, landed.quarantined),
    )


def _owners(mapping: SourceSettings, first: Grid | None, main: Reading | None, context: Context) -> Owners | None:
    """Whose each row is, where the rows of a sheet belong to responses elsewhere: in this file, or held already."""
    link = next((column for column in mapping.columns if column.role == "parent"), None)
    if link is None:
        return None
    if first is not None and main is not None:
        return Owners(
            ids=owners(first, main.mapping, main.tables, link.kind or link.heading), responses=main.tables["responses"]
        )
    held = context.known.get("responses", tables.frame("responses"))
    supplied = held.dropna(subset=["supplied_id"])
    return Owners(ids=dict(zip(supplied["supplied_id"], supplied["response_id"], strict=True)), responses=held)


def _joined(
    main: Reading, further: dict[str | None, Reading], context: Context, notes: list[str], ambiguous: list[str]
) -> Reading:
    """The sheets of one file as one reading: a source each, under one mapping."""
    told = [main, *(each for each in further.values() if each is not main)]
    given = context.source_settings
    sheets = {each.sheet: each for each in given.sheets} if given is not None else {}
    sheets |= {sheet: replace(each.mapping, files=()) for sheet, each in further.items()}
    first = given if given is not None and main in further.values() else main.mapping
    name = context.name if main in further.values() else main.name
    for each in told[1:]:
        notes += [f"Sheet “{each.mapping.sheet}” was read as a source of its own, “{each.name}”."]
    return Reading(
        name=name,
        tables=main.tables
        if len(told) == 1
        else {name: _stacked(name, [each.tables[name] for each in told]) for name in main.tables},
        mapping=replace(first, sheets=tuple(sheets.values())),
        drafted=any(each.drafted for each in told),
        notes=tuple(dict.fromkeys([*notes, *(note for each in told for note in each.notes)])),
        ambiguous=tuple(dict.fromkeys([*ambiguous, *(line for each in told for line in each.ambiguous)])),
        quarantine=pd.concat([each.quarantine for each in told], ignore_index=True).fillna("")
        if len(told) > 1
        else main.quarantine,
    )


def _stacked(name: str, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The rows of all sheets, the first sheet's first; a question that two sheets share stands once."""
    if name == "cells":
        return stack(parts)
    key = list(tables.named(name).key)
    return pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True).drop_duplicates(
        key, ignore_index=True
    )


def _known_as(grid: Grid, layout: Layout, mapping: SourceSettings, context: Context) -> str | None:
    """The name under which this survey is held already, where its file has quite another name now."""
    ids = [index(column.column) for column in mapping.columns if column.role == "response_id"]
    held = context.known.get("sources")
    if not ids or held is None or context.name in set(held["name"].astype(object)):
        return None
    supplied = {row[ids[0]].strip() for row in grid.rows[layout.body :] if len(row) > ids[0]}
    asked = [question.text for question in questions(mapping.columns, context.name, "")]
    return same_survey(asked, supplied, context.known)


def _mapping(
    grid: Grid, context: Context, notes: list[str], ambiguous: list[str]
) -> tuple[SourceSettings, Layout, bool]:
    """The mapping to use with the layout it stands on: the officer's, fitted to this file's columns, or a draft (True:
    nobody has seen it as it is).
    """
    given = context.source_settings
    found = recognise(grid.rows, grid.marks)
    if grid.variables is not None and found.platform is GENERIC:
        found = Recognised(
            platform=STATISTICS, confidence=0.9, reasons=("it is an SPSS file with a dictionary",), first=0
        )
    if given is not None and given.platform in BY_NAME and given.platform != found.platform.name:
        found = Recognised(platform=BY_NAME[given.platform], confidence=1.0, reasons=("the mapping says so",), first=0)
    first = given.header_row - 1 if given is not None and given.header_row else None
    layout = lay_out(grid, found, first, given.header_rows if given is not None else None)
    _refuse_incomplete(grid, layout)
    if given is not None and given.columns:
        told = fit(given, grid, layout, context)
        notes += told.notes
        ambiguous += told.ambiguous
        return told.settings, layout, told.headed_anew
    drafted = draft(grid, layout, context.settings, context.known.get("elements"))
    if drafted.refused:
        raise ConsultationError(
            f"{grid.file} does not look like a survey: {drafted.refused}.",
            where=grid.file,
            do="If it is one, write a mapping for it under “sources” in consultation.yaml and read it again.",
        )
    notes += drafted.notes
    ambiguous += drafted.ambiguous
    settings = drafted.settings
    if given is not None:
        settings = replace(
            settings,
            files=given.files,
            channel=given.channel or settings.channel,
            respondent_type=given.respondent_type,
            event=given.event,
        )
    return settings, layout, True


def _refuse_incomplete(grid: Grid, layout: Layout) -> None:
    """A KoBo CSV of a form with repeats leaves the repeats out."""
    heads = {layout.heading(j) for j in range(grid.width)}
    if (
        layout.recognised.platform.name == "KoBoToolbox"
        and grid.lined
        and any(
            head.endswith("_count") and head.removesuffix("_count") not in heads
            for head in heads
            if not head.startswith("_")
        )
    ):
        raise ConsultationError(
            "This CSV leaves out repeat groups.", where=grid.file, do="Export XLSX from KoBoToolbox and read that."
        )


def _source(grid: Grid, name: str, found: Recognised, mapping: SourceSettings, digest: str) -> model.Source:
    """What is known of the sheet before its rows are counted. Mended rows are a source of their own."""
    told = f"{name} (mended rows)" if grid.mended else name
    return model.Source(
        source_id="s-" + fingerprint(told),
        name=told,
        file=grid.file,
        sha256=digest,
        platform=found.platform.name,
        platform_confidence=found.confidence,
        platform_reasons="; ".join(found.reasons),
        channel=mapping.channel or "questionnaire",
        header_rows=0,
        rows_total=0,
        rows_imported=0,
        rows_excluded=0,
        rows_empty=0,
        rows_quarantined=0,
    )
