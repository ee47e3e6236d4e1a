"""A saved mapping on a file whose columns may have moved: each is found by its heading again, and what changed is
told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from consultation.reading.grids.grid import Grid, filled, index, letter
from consultation.reading.layout.headers import Layout
from consultation.reading.layout.mapping import draft
from consultation.reading.layout.platforms import clean
from consultation.reading.result import Context
from consultation.settings import Column, SourceSettings
from consultation.text import nearest, tidy


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """The mapping with the letters of this file, and what an officer should know or settle."""

    settings: SourceSettings
    notes: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    headed_anew: bool = False  # other rows are its heading now, and what stood under the old ones was drafted anew


def fit(given: SourceSettings, grid: Grid, layout: Layout, context: Context) -> Fitted:
    """Place a saved mapping on a sheet. Columns that are new are drafted and asked about; those that are gone are
    told. Where other rows of the file are its heading now, nothing is asked about the old ones.
    """
    places = _places(grid, layout)
    moved: dict[str, str] = {}
    kept: list[Column] = []
    gone: list[Column] = []
    for column in given.columns:
        where = _take(places, column)
        if where is None:
            gone.append(column)
            continue
        moved[column.column] = letter(where)
        kept.append(replace(column, column=letter(where)))
    kept = [replace(column, explains=moved.get(column.explains)) if column.explains else column for column in kept]
    taken = {column.column for column in kept}
    new = [
        column
        for column in draft(grid, layout, context.settings, context.known.get("elements")).settings.columns
        if column.column not in taken and _holds(grid, layout, column)
    ]
    new = [replace(column, explains=None) for column in new]
    anew = {column.column for column in gone if _headed_otherwise(grid, layout, column)}
    gone = [column for column in gone if column.column not in anew]
    notes = [f"Column “{column.heading}” of the mapping is not in this file." for column in gone]
    if anew:
        notes.append(f"The heading stands on other rows than when it was mapped: {_listed(anew)} mapped anew.")
    ambiguous = [_proposal(column, gone) for column in new if column.column not in anew]
    settings = replace(
        given,
        columns=tuple(sorted((*kept, *new), key=lambda told: index(told.column))) if anew else (*kept, *new),
        header_row=layout.first + 1,
        header_rows=layout.rows,
        platform=given.platform or layout.recognised.platform.name,
    )
    return Fitted(settings=settings, notes=tuple(notes), ambiguous=tuple(ambiguous), headed_anew=bool(anew))


def _places(grid: Grid, layout: Layout) -> dict[str, list[int]]:
    """Where each heading stands, from left to right."""
    found: dict[str, list[int]] = defaultdict(list)
    for j in range(grid.width):
        found[tidy(layout.heading(j))].append(j)
    return found


def _take(places: dict[str, list[int]], column: Column) -> int | None:
    """The column's place: under its heading, that of the same letter if it stands there several times."""
    found = places.get(tidy(column.heading))
    if not found:
        return None
    same = next((j for j in found if letter(j) == column.column), None)
    if same is None or (tidy(column.heading) != "" and len(found) == 1):
        same = found[0]
    found.remove(same)
    return same


def _headed_otherwise(grid: Grid, layout: Layout, column: Column) -> bool:
    """Whether a heading of the mapping stands in its own column still, as part of the heading or above or below it."""
    place = index(column.column)
    top = {tidy(clean(row[place])) for row in grid.rows[: layout.body + 4] if len(row) > place and filled(row[place])}
    return any(tidy(part) in top for part in column.heading.split(" | "))


def _listed(letters: set[str]) -> str:
    told = sorted(letters, key=index)
    return f"column {told[0]} was" if len(told) == 1 else f"columns {', '.join(told)} were"


def _holds(grid: Grid, layout: Layout, column: Column) -> bool:
    place = index(column.column)
    return bool(column.heading) or any(len(row) > place and filled(row[place]) for row in grid.rows[layout.body :])


def _proposal(column: Column, gone: Sequence[Column]) -> str:
    near = nearest(column.heading, [other.heading for other in gone if other.heading])
    was = f" Is it “{near}” under a new name?" if near else ""
    return f"Column {column.column} (“{column.heading}”) is new; it was taken as {column.role}.{was}"
