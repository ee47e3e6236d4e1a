"""A policy team's desk, for tests of wording: a workspace without files, and workbooks filled in by hand."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from openpyxl import load_workbook

from consultation import framework, tables
from consultation.model import LedgerEvent, Theme
from consultation.records import Record
from consultation.settings import Settings
from consultation.wording import blocks, decisions, points, proposals, workbook

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
        self._made: tuple[list[int], dict[str, pd.DataFrame]] = ([], {})

    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table; made anew after an event, or where one of `imported` was put in another's place."""
        state = [len(self.events), *(id(table) for table in self.imported.values())]
        if self._made[0] != state:
            self._made = (state, self._derived())
        return dict(self._made[1])

    def _derived(self) -> dict[str, pd.DataFrame]:
        versions = self.settings.versions
        held = {
            **self.imported,
            "elements": framework.revise(framework.elements(self.records, versions), self.events, versions),
            "lineage": framework.lineage(self.records, self.events),
        }
        return held | self._said(held)

    def _said(self, held: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        names = ("comments", "responses", "events", "elements")
        made = points.gather(
            *(held[name] for name in names), self.themes, held["tags"], held["phrases"], self.events,
            quantity_words=self.settings.quantity_words,
        )  # fmt: skip
        made["proposals"] = proposals.propose(
            held["elements"], held["lineage"], made["points"], made["point_elements"], self.events
        )
        made |= decisions.fold(self.events)
        names = ("points", "point_elements", "decisions", "proposals")
        return made | blocks.draft(
            *(made[name] for name in names), held["elements"], self.themes, self.events, self.settings
        )

    def out(self) -> bytes:
        return workbook.write(self.tables(), self.settings, self.themes)

    def take(self, data: bytes, who: str = "policy") -> workbook.Taken:
        taken = workbook.read(data, self.tables(), self.settings, self.themes)
        self.add(taken.events, who)
        return taken

    def add(self, events: Iterable[tuple[str, dict[str, Any]]], who: str = "policy") -> None:
        for what, payload in events:
            seq, at = len(self.events) + 1, "2015-03-23T00:00:00Z"
            self.events.append(LedgerEvent(seq=seq, event_id=f"e-{seq}", at=at, who=who, what=what, payload=payload))


# --- a small consultation, invented -----------------------------------------------------------------------------------

DRAFT = [
    {"code": "vision", "kind": "vision", "wording": "A vibrant county for hard working families"},
    {"code": "1", "kind": "outcome", "name": "Health", "wording": "People live well and ill health is prevented"},
    {"code": "2", "kind": "outcome", "name": "Roads", "wording": "Every road is mended within a day"},
]
THEMES = (
    Theme(code="vague", name="Too vague", definition="It could mean anything."),
    Theme(code="unrealistic", name="Promises too much", opposes=("bolder",)),
    Theme(code="bolder", name="Not ambitious enough"),
    Theme(code="off_topic", name="Off topic"),
)


def small(texts: Mapping[str, str], *tags: tuple[str, str, str], phrases: Iterable[Mapping[str, Any]] = ()) -> Desk:
    """A desk with comments by id ("a1" is the first comment of response a, "w1" a workshop line), tags as
    (comment, facet, code) or with the words that drove them after the code ("vague@woolly"), and findings."""
    desk = Desk(DRAFT, THEMES)
    people = sorted({key[0] for key in texts if key[0] != "w"})
    desk.imported["responses"] = tables.frame(
        "responses",
        [
            {**_RESPONSE, "response_id": f"r-{who}", "respondent_id": f"p-{who}", "respondent_type": kind}
            for who, kind in zip(people, ("resident", "staff", "resident", "parish council") * 9, strict=False)
        ],
    )
    desk.imported["events"] = tables.frame("events", [_EVENT])
    desk.imported["comments"] = tables.frame("comments", [_comment(key, text) for key, text in texts.items()])
    desk.imported["tags"] = tables.frame("tags", [_tag(texts, *tag) for tag in tags])
    desk.imported["phrases"] = tables.frame(
        "phrases", [_phrase(number, texts, row) for number, row in enumerate(phrases)]
    )
    return desk


_RESPONSE = {
    "source_id": "s-1", "channel": "questionnaire", "locator": "row 2", "groups": (), "completeness": "complete",
    "status": "included",
}  # fmt: skip
_EVENT = {"event_id": "e-hall", "source_id": "s-1", "audience": "young people", "place": "the hall"}


def _comment(key: str, text: str) -> dict[str, Any]:
    met = key[0] == "w"
    return {
        "comment_id": f"c-{key}", "response_id": None if met else f"r-{key[0]}", "event_id": "e-hall" if met else None,
        "source_id": "s-1", "locator": key, "question_id": None, "voice": "group" if met else "person", "text": text,
        "status": "included",
    }  # fmt: skip


def _tag(texts: Mapping[str, str], comment: str, facet: str, code: str, status: str = "suggested") -> dict[str, Any]:
    code, _, words = code.partition("@")
    start = texts[comment].index(words) if words else None
    return {
        "comment_id": f"c-{comment}", "facet": facet, "code": code, "start": start,
        "end": start + len(words) if start is not None else None, "score": 0.9, "origin": "rule", "status": status,
        "why": "a cue",
    }  # fmt: skip


def _phrase(number: int, texts: Mapping[str, str], row: Mapping[str, Any]) -> dict[str, Any]:
    start = texts[row["comment"]].index(row["words"])
    return {
        "phrase_id": f"f-{number}", "comment_id": f"c-{row['comment']}", "element": row.get("element"),
        "phrase": row.get("phrase", row["words"]), "start": start, "end": start + len(row["words"]),
        "kind": row["kind"], "match": "exact", "replacement": row.get("replacement"), "score": 0.9, "why": "a pattern",
        "status": row.get("status", "suggested"),
    }  # fmt: skip
