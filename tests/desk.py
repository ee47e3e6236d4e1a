"""A policy team's desk, for tests of wording: a workspace without files, and workbooks filled in by hand."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from openpyxl import load_workbook

from consultation import framework, tables, wording
from consultation.model import LedgerEvent, Theme
from consultation.records import Record
from consultation.settings import Settings
from consultation.wording import workbook

SETTINGS = Settings(title="Replay", body="The council")


def fill(data: bytes, sheet: str, rows: Iterable[Mapping[str, Any]], key: str | None = None) -> bytes:
    """The workbook with these rows typed in: into the row with the same `key`, else below the last."""
    book = load_workbook(io.BytesIO(data))
    page = book[sheet]
    columns = {cell.value: cell.column for cell in page[1]}
    numbers = range(2, page.max_row + 1)
    known = {page.cell(row=number, column=columns[key]).value: number for number in numbers} if key else {}
    last = max((number for number in range(1, page.max_row + 1) if page.cell(row=number, column=1).value), default=1)
    for cells in rows:
        number = known.get(cells.get(key)) if key else None
        if number is None:
            last += 1
            number = last
        for heading, value in cells.items():
            if value not in (None, ""):
                page.cell(row=number, column=columns[heading]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class Desk:
    """A workspace without files: the entries of the framework and the events so far."""

    def __init__(self, told: list[dict[str, Any]], book: tuple[Theme, ...] = (), settings: Settings = SETTINGS) -> None:
        self.records = [Record(values=entry) for entry in told]
        self.themes, self.settings, self.events = book, settings, list[LedgerEvent]()
        self.imported = {name: tables.frame(name) for name in ("comments", "responses", "events", "tags", "phrases")}

    def tables(self) -> dict[str, pd.DataFrame]:
        versions = self.settings.versions
        held = {
            **self.imported,
            "elements": framework.revise(framework.elements(self.records, versions), self.events, versions),
            "lineage": framework.lineage(self.records, self.events),
        }
        return {**held, **wording.derive(held, self.themes, self.settings, self.events)}

    def out(self) -> bytes:
        return workbook.write(self.tables(), self.settings, self.themes)

    def take(self, data: bytes, who: str = "policy") -> workbook.Taken:
        taken = workbook.read(data, self.tables(), self.settings, self.themes)
        self.add(taken.events, who)
        return taken

    def add(self, events: Iterable[tuple[str, dict[str, Any]]], who: str = "policy") -> None:
        for what, payload in events:
            seq, at = len(self.events) + 1, "2015-03-23T00:00:00Z"
            self.events.append(
                LedgerEvent(seq=seq, event_id=f"e-{seq}", at=at, who=who, what=what, payload=payload)
            )
