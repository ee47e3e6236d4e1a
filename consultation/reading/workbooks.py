"""Which sheets of a file hold responses, and how a further sheet belongs to the first.

One mapping stands for one file: its `sheets` name the further sheets that are read, each a source of its own with an
account of its own. A sheet of repeats (the visits that a household tells of, say) adds to the responses of the first
and holds none itself. A sheet that is not read is named, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from consultation.reading.grids.grid import Grid, filled, index
from consultation.reading.landing.variants import shared
from consultation.reading.layout.headers import Layout, lay_out
from consultation.reading.layout.mapping import Draft, draft
from consultation.reading.layout.platforms import recognise
from consultation.reading.result import Context
from consultation.settings import Column, SourceSettings
from consultation.tables import Tables
from consultation.text import tidy

LINKS: Final[Mapping[str, str]] = {"_submission__uuid": "_uuid", "_submission__id": "_id", "_parent_index": "_index"}
"""Headings by which a sheet of repeats names the response that a row belongs to, each with its heading there."""

_OF_RESPONSES: Final = ("response_id", "submitted_at", "started_at", "status", "language")  # not of a repeat's row
_ASKED_OF: Final = ("group", "respondent_type", "consent", "wants_reply")


@dataclass(frozen=True, kw_only=True)
class Part:
    """A sheet to read, with the mapping that it has or None; `beside`: a source of its own, named after its sheet."""

    grid: Grid
    settings: SourceSettings | None
    beside: bool = False


@dataclass(frozen=True, kw_only=True)
class _Look:
    grid: Grid
    layout: Layout
    draft: Draft

    @property
    def repeats(self) -> bool:
        return any(column.heading in LINKS for column in self.draft.settings.columns)

    def body(self) -> list[tuple[str, ...]]:
        """What each filled row says."""
        rows = (tuple(filter(filled, row)) for row in self.grid.rows[self.layout.body :])
        return [row for row in rows if row]


def pick(grids: Sequence[Grid], context: Context, notes: list[str], ambiguous: list[str]) -> list[Part]:
    """The sheets to read, that of the responses first: as the officer's mapping says, else by what they hold."""
    given = context.source_settings
    if given is not None and given.columns:
        return _mapped(grids, given, notes)
    if len(grids) == 1:
        return [Part(grid=grids[0], settings=given)]
    looks = [_look(grid, context) for grid in grids]
    main = _main(looks, context, notes, ambiguous)
    parts = [Part(grid=main.grid, settings=given)]
    bare = {told.sheet: told for told in given.sheets} if given is not None else {}
    for look in looks:
        if look is main:
            continue
        if look.repeats:
            platform = SourceSettings(platform=main.draft.settings.platform)
            parts.append(Part(grid=look.grid, settings=platform, beside=True))
        elif look.grid.sheet in bare or _holds_responses(look, main, context, notes, ambiguous):
            parts.append(Part(grid=look.grid, settings=bare.get(look.grid.sheet), beside=True))
    return parts


def as_repeats(drafted: SourceSettings) -> SourceSettings:
    """The mapping of a sheet whose rows belong to responses elsewhere; the same where it names none of them."""
    headings = {column.heading for column in drafted.columns}
    link = next((heading for heading in LINKS if heading in headings), None)
    return replace(drafted, columns=tuple(_of_repeats(column, link) for column in drafted.columns)) if link else drafted


def as_version(drafted: SourceSettings, main: str, known: Tables) -> SourceSettings:
    """The mapping of a further sheet: what was asked in the same words in the first is the same question."""
    asked = shared(main, known)
    columns = tuple(replace(column, same_as=_same(column, asked)) for column in drafted.columns)
    same = any(column.same_as for column in columns)
    return replace(drafted, columns=columns, variant_of=main) if same else drafted


# As the mapping says ----------------------------------------------------------------------------------------------


def _mapped(grids: Sequence[Grid], given: SourceSettings, notes: list[str]) -> list[Part]:
    further = {told.sheet: told for told in given.sheets}
    free = [grid for grid in grids if grid.sheet not in further]
    mains = [grid for grid in grids if grid.sheet == given.sheet] or free
    main = _fullest(mains) if mains else None
    parts = [] if main is None else [Part(grid=main, settings=given)]
    parts += [Part(grid=grid, settings=further[grid.sheet], beside=True) for grid in grids if grid.sheet in further]
    read = {part.grid.sheet for part in parts}
    notes += [
        f"Sheet {_named(grid)} was not read, as the mapping does not name it. To read it, put “- sheet: {grid.sheet}” "
        "under “sheets” of the mapping."
        for grid in grids
        if grid.sheet not in read
    ]
    return parts


# By what they hold ------------------------------------------------------------------------------------------------


def _look(grid: Grid, context: Context) -> _Look:
    layout = lay_out(grid, recognise(grid.rows, grid.marks))
    return _Look(grid=grid, layout=layout, draft=draft(grid, layout, context.settings))


def _main(looks: Sequence[_Look], context: Context, notes: list[str], ambiguous: list[str]) -> _Look:
    """The sheet of the responses: the one the mapping names, the only one, or the one a person picks."""
    wanted = context.source_settings.sheet if context.source_settings else None
    named = {look.grid.sheet: look for look in looks}
    if wanted in named:
        return named[wanted]
    shown = [look for look in looks if not look.grid.hidden] or list(looks)
    data = [look for look in shown if len(look.grid.rows) > 1 and look.grid.width > 1 and not look.repeats]
    likely = [look for look in data if look.draft.refused is None] or data or shown
    best = named[_fullest([look.grid for look in likely]).sheet]
    listed = ", ".join(_named(look.grid) for look in looks)
    if len(data) > 1:
        options = [look.grid.sheet or "" for look in looks if not look.repeats]
        question = f"Which sheet holds the responses: {listed}?"
        return named[context.ask(question, options, best.grid.sheet or "", ambiguous)]
    notes.append(f"Sheet “{best.grid.sheet}” was read; the file has {listed}.")
    return best


def _holds_responses(look: _Look, main: _Look, context: Context, notes: list[str], ambiguous: list[str]) -> bool:
    """Whether a further sheet is read: it is asked about, unless it is plainly none."""
    if look.draft.refused is not None:
        notes.append(f"Sheet {_named(look.grid)} was not read: {look.draft.refused}.")
        return False
    again = len(_repeated(look, main))
    usual = "no" if again or look.grid.hidden or not _is_survey(look, main) else "yes"
    why = f" It says again what {again:,} rows of “{main.grid.sheet}” say." if again else ""
    question = f"Does sheet {_named(look.grid)} hold responses too?{why} To change it, edit “sheets” in the mapping."
    return context.ask(question, ("yes", "no"), usual, ambiguous) == "yes"


def _repeated(look: _Look, main: _Look) -> list[tuple[str, ...]]:
    """Rows of a sheet that nearly say what one of the main sheet says, where they are half of it: a working copy."""
    held = {cell: set(row) for row in main.body() for cell in row[:3]}  # an id stands among the first cells
    rows = look.body()
    again = [row for row in rows if any(_alike(set(row), held.get(cell, set())) for cell in row[:3])]
    return again if 2 * len(again) >= len(rows) else []


def _alike(row: set[str], other: set[str]) -> bool:
    return 2 * len(row & other) >= len(row | other) > 0


def _is_survey(look: _Look, main: _Look) -> bool:
    """Whether a sheet is known for responses: by its platform, the main sheet's headings, or ids and questions."""
    if look.layout.recognised.confidence >= 0.3:
        return True
    heads, own = (
        {tidy(column.heading) for column in told.draft.settings.columns if column.heading} for told in (main, look)
    )
    roles = {column.role for column in look.draft.settings.columns}
    return 2 * len(heads & own) >= len(own) or (bool(roles & {"response_id", "submitted_at"}) and "comment" in roles)


def _fullest(grids: Iterable[Grid]) -> Grid:
    grids = list(grids)
    shown = [grid for grid in grids if not grid.hidden] or grids
    return max(shown, key=lambda grid: sum(filled(cell) for row in grid.rows for cell in row))


def _named(grid: Grid) -> str:
    return f"“{grid.sheet}” ({len(grid.rows):,} rows{', hidden' if grid.hidden else ''})"


# How it belongs to the first --------------------------------------------------------------------------------------


def _of_repeats(column: Column, link: str) -> Column:
    if column.heading == link:
        return replace(column, role="parent", kind=LINKS[link], question=None)
    if column.heading.startswith("_") or column.role in _OF_RESPONSES:
        return replace(column, role="metadata", kind=None, question=None)
    return replace(column, role="closed", kind=None) if column.role in _ASKED_OF else column


def _same(column: Column, asked: Mapping[str, object]) -> str | None:
    words = column.question or column.heading
    told = [f"{words} [{column.option}]" if column.option else words, words]
    return next((text for text in told if tidy(text) in asked), None)


def owners(main: Grid, mapping: SourceSettings, tables: Tables, heading: str) -> dict[str, str]:
    """What stands under a heading of the responses' sheet -> the response_id of its row."""
    column = next((told for told in mapping.columns if tidy(told.heading) == tidy(heading)), None)
    if column is None:
        return {}
    responses, place = tables["responses"], index(column.column)
    where = f"sheet “{main.sheet}”, " if main.sheet else ""
    by_row = dict(zip(responses["locator"], responses["response_id"], strict=True))
    told = (
        (row[place].strip(), by_row.get(f"{where}row {i}")) for i, row in enumerate(main.rows, 1) if len(row) > place
    )
    return {cell: str(response) for cell, response in told if cell and response is not None}
