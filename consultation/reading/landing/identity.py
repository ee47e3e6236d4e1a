"""Who a response is from, and what its id is made of: identity is split off at the door into a table of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from consultation import tables
from consultation.reading.grids.grid import Spoiled, filled, index
from consultation.reading.landing.frames import Ids, as_list, fingerprints
from consultation.reading.landing.sheet import Sheet
from consultation.text import fingerprint, says_nothing, tidy


@dataclass(frozen=True, kw_only=True)
class Keys:
    """For each response the text its id is made of and the id it came with; `superseded` those a later one replaces."""

    texts: list[str]
    supplied: list[str | None]
    superseded: frozenset[int] = frozenset()


def response_keys(sheet: Sheet) -> Keys:
    """What each response's id is made of: the source's name with the supplied id, or else with all that the row says.

    Copies of a row that came with the same id are quarantined here; two rows with one id that differ are asked about.
    """
    found = sheet.of("response_id")
    if not found:
        return Keys(texts=_contents(sheet), supplied=[None] * len(sheet.rows.good))
    place = index(found[0].column)
    _quarantine_copies(sheet, place)
    supplied = [cell.strip() or None for cell in sheet.values(place)]
    if None not in supplied and len(set(supplied)) == len(supplied):
        return Keys(texts=[f"{sheet.base}\x1f{told}" for told in supplied], supplied=_without_identity(supplied))
    contents = _contents(sheet) if any(told is None for told in supplied) else []
    counts: dict[str, list[int]] = {}
    texts: list[str] = []
    for i, told in enumerate(supplied):
        if told is None:
            texts.append(contents[i])
            continue
        before = counts.setdefault(told, [])
        texts.append(f"{sheet.base}\x1f{told}" + (f"\x1f{len(before)}" if before else ""))
        before.append(i)
    superseded = _settle_clashes(sheet, {told: rows for told, rows in counts.items() if len(rows) > 1})
    return Keys(texts=texts, supplied=_without_identity(supplied), superseded=superseded)


def respondents(names: Sequence[str]) -> Ids:
    """A pseudonym for each response, made of its id alone: nothing of the person goes into it, nothing comes out."""
    return fingerprints("p-", [f"respondent\x1f{name}" for name in names])


def identities(sheet: Sheet, names: Sequence[str]) -> pd.DataFrame:
    """The table `identity`: a row for each filled identity cell, under the response's pseudonym."""
    found = sheet.of("identity")
    pseudonyms = as_list(respondents(names)) if found else []
    rows = []
    for column in found:
        kind = column.kind or "other"
        for respondent, cell in zip(pseudonyms, sheet.values(index(column.column)), strict=True):
            if not says_nothing(cell) and tidy(cell) != "anonymous":
                rows.append({"respondent_id": respondent, "kind": kind, "value": cell.strip()})
    return tables.frame("identity", rows).drop_duplicates(ignore_index=True)


def _contents(sheet: Sheet) -> list[str]:
    """Each row as text, whatever the order of its columns, with a count where rows say the same."""
    grid, width = sheet.grid, sheet.grid.width
    names = {index(column.column): tidy(column.heading) for column in sheet.mapping.columns}
    order = sorted(range(width), key=lambda j: (names.get(j, ""), j))
    base = sheet.base
    seen: dict[str, int] = {}
    texts: list[str] = []
    for i in sheet.rows.good:
        row = grid.rows[i]
        told = "\x1f".join(
            [f"{names.get(j, '')}\x1e{row[j]}" for j in order if j < len(row) and row[j] and not row[j].isspace()]
        )
        count = seen[told] = seen.get(told, -1) + 1
        texts.append(f"{base}\x1f{told}\x1f{count}")
    return texts


def _quarantine_copies(sheet: Sheet, place: int) -> None:
    """The second of two rows that say exactly the same under one id is a copy, not a response."""
    ids = [cell for cell in sheet.values(place) if filled(cell)]
    if len(set(ids)) == len(ids):
        return
    seen: dict[str, set[tuple[str, ...]]] = {}
    first: dict[str, int] = {}
    good = []
    for i in sheet.rows.good:
        row = sheet.grid.rows[i]
        told = row[place].strip() if place < len(row) else ""
        if told and told in first:
            known = seen.setdefault(told, {_trimmed(sheet.grid.rows[first[told]])})
            if _trimmed(row) in known:
                sheet.rows.quarantined[i] = Spoiled(
                    what=f"row {i + 1} is a copy of row {first[told] + 1}: the same response id and the same answers.",
                    hint="Nothing to do, unless two people did answer: then give one another id and feed it back.",
                )
                continue
            known.add(_trimmed(row))
        elif told:
            first[told] = i
        good.append(i)
    sheet.rows.good[:] = good


def _trimmed(row: Sequence[str]) -> tuple[str, ...]:
    cells = list(row)
    while cells and not filled(cells[-1]):
        cells.pop()
    return tuple(cells)


def _settle_clashes(sheet: Sheet, clashes: dict[str, list[int]]) -> frozenset[int]:
    if not clashes:
        return frozenset()
    rows = "; ".join(" and ".join(str(sheet.rows.good[i] + 1) for i in group) for group in list(clashes.values())[:5])
    question = f"{len(clashes)} response ids stand on several rows whose answers differ (rows {rows})."
    question += " Keep both, or the latest?"
    chosen = sheet.context.ask(question, ("keep both", "keep the latest"), "keep both", sheet.ambiguous)
    if chosen != "keep the latest":
        return frozenset()
    return frozenset(i for group in clashes.values() for i in group[:-1])


def _without_identity(supplied: Sequence[str | None]) -> list[str | None]:
    """An id that is itself an e-mail address is kept only as its fingerprint."""
    return [told if told is None or "@" not in told else fingerprint("supplied", told) for told in supplied]
