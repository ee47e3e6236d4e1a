"""Sheets of survey responses, from any kind of file, to a `Reading`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from consultation import model
from consultation.errors import ConsultationError
from consultation.reading import sniff
from consultation.reading.grids.grid import Grid, filled, index
from consultation.reading.grids.open import open_grids
from consultation.reading.landing.land import land
from consultation.reading.landing.quarantine import quarantine_frame, strip_quarantine
from consultation.reading.landing.questions import questions
from consultation.reading.landing.variants import propose
from consultation.reading.layout.headers import Layout, lay_out
from consultation.reading.layout.mapping import draft
from consultation.reading.layout.platforms import BY_NAME, GENERIC, STATISTICS, Recognised, recognise
from consultation.reading.layout.saved import fit
from consultation.reading.names import same_survey
from consultation.reading.result import Context, Reading
from consultation.settings import SourceSettings
from consultation.text import fingerprint


def read(path: Path, context: Context) -> Reading:
    """Read a sheet. Raises where the file is no survey or cannot be read; a mapping that is given is used as it
    stands.
    """
    kind = sniff.kind(path)
    notes = [kind.note] if kind.note else []
    ambiguous: list[str] = []
    grids = open_grids(path, kind.name)
    wanted = context.source_settings.sheet if context.source_settings else None
    grid = _choose_sheet(grids, wanted, context, notes, ambiguous)
    grid, mended = strip_quarantine(grid)
    notes += grid.notes
    mapping, layout, drafted = _mapping(grid, context, notes, ambiguous)
    if drafted and (known_as := _known_as(grid, layout, mapping, context)):
        notes.append(f"This is a newer export of “{known_as}”: its questions and response ids are held already.")
        context = replace(context, name=known_as, source_settings=context.settings.sources.get(known_as))
        mapping, layout, drafted = _mapping(grid, context, notes, ambiguous)
    if drafted:
        proposed = propose(context.name, mapping, context.known)
        mapping, ambiguous = proposed.settings, [*ambiguous, *proposed.ambiguous]
    source = _source(path, context.name, layout.recognised, mapping, mended=mended)
    landed = land(grid, mapping, context, source, context.name, asked=not drafted)
    landed.notes[:0] = notes
    return Reading(
        name=source.name,
        tables=landed.tables,
        mapping=landed.mapping,
        drafted=drafted,
        notes=tuple(dict.fromkeys(landed.notes)),
        ambiguous=tuple(dict.fromkeys([*ambiguous, *landed.ambiguous])),
        quarantine=quarantine_frame(grid, layout, landed.quarantined),
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


def _choose_sheet(
    grids: Sequence[Grid], wanted: str | None, context: Context, notes: list[str], ambiguous: list[str]
) -> Grid:
    """The sheet to read: the one the mapping names, the only one, or the one a person picks."""
    if wanted is not None:
        for grid in grids:
            if grid.sheet == wanted:
                return grid
    names = {grid.sheet or "": grid for grid in grids}
    if len(grids) == 1:
        return grids[0]
    shown = [grid for grid in grids if not grid.hidden] or list(grids)
    best = max(shown, key=lambda grid: sum(filled(cell) for row in grid.rows for cell in row))
    listed = ", ".join(f"“{g.sheet}” ({len(g.rows):,} rows{', hidden' if g.hidden else ''})" for g in grids)
    data = [grid for grid in shown if len(grid.rows) > 1 and grid.width > 1]
    if len(data) > 1:
        chosen = context.ask(f"Which sheet holds the responses: {listed}?", list(names), best.sheet or "", ambiguous)
        best = names.get(chosen, best)
    else:
        notes.append(f"Sheet “{best.sheet}” was read; the file has {listed}.")
    return best


def _mapping(
    grid: Grid, context: Context, notes: list[str], ambiguous: list[str]
) -> tuple[SourceSettings, Layout, bool]:
    """The mapping to use with the layout it stands on: the officer's, fitted to this file's columns, or a draft."""
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
        return told.settings, layout, False
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


def _source(path: Path, name: str, found: Recognised, mapping: SourceSettings, *, mended: bool) -> model.Source:
    """What is known of the file before its rows are counted. Mended rows are a source beside the one they came from."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    told = f"{name} (mended rows)" if mended else name
    return model.Source(
        source_id="s-" + fingerprint(told),
        name=told,
        file=path.name,
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
