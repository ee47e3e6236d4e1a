"""Rows that belong to responses elsewhere: the visits that a household tells of, say, one row each.

They are no responses of their own. The first row of a response, the second and so on are asked the same again: each
has questions of its own ("How was it? (visits 2)"), so that nothing of one stands in the place of another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from consultation.reading.grids.grid import Spoiled, index
from consultation.reading.landing.sheet import Sheet


@dataclass(frozen=True, kw_only=True)
class Owners:
    """What a cell of the column `parent` may say -> the response that it names; and the table of these responses."""

    ids: Mapping[str, str]
    responses: pd.DataFrame


@dataclass(frozen=True, kw_only=True)
class Turn:
    """The rows of a sheet that are the first (`number` 1), second ... of their responses, with whose each is."""

    number: int
    sheet: Sheet
    names: list[str]


def turns(sheet: Sheet, owners: Owners) -> Iterator[Turn]:
    """The rows by turn. Those that name no response that is held are quarantined."""
    place = index(sheet.of("parent")[0].column)
    seen: dict[str, int] = {}
    rows: list[tuple[list[int], list[str]]] = []
    good = []
    for i, cell in zip(sheet.rows.good, sheet.values(place), strict=True):
        owner = owners.ids.get(cell.strip())
        if owner is None:
            sheet.rows.quarantined[i] = Spoiled(
                what=f"row {i + 1} belongs to a response that is not there.",
                hint="See whether the response it names was set aside; mend that one and read the whole file again.",
            )
            continue
        good.append(i)
        turn = seen[owner] = seen.get(owner, -1) + 1
        if turn == len(rows):
            rows.append(([], []))
        rows[turn][0].append(i)
        rows[turn][1].append(owner)
    sheet.rows.good[:] = good
    sheet.notes.append(
        f"{_told(sheet)}: {len(good):,} rows belong to {len(seen):,} responses; they are no responses of their own."
    )
    for number, (places, names) in enumerate(rows, 1):
        yield Turn(number=number, sheet=replace(sheet, rows=replace(sheet.rows, good=places)), names=names)


def _told(sheet: Sheet) -> str:
    return f"Sheet “{sheet.grid.sheet}”" if sheet.grid.sheet else "The file"
