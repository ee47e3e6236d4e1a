"""A small consultation for the tests of the review workbook, and hands that edit a workbook as an officer would."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import openpyxl
import pandas as pd

from consultation import tables
from consultation.model import Comment, Element, LedgerEvent, Question, Response, Tag, Theme
from consultation.settings import Settings
from consultation.tagging import review

SETTINGS = Settings(title="A plan for Nowhere")
THEMES = (
    Theme(code="jargon", name="Jargon", definition="Office words.", examples=("Say it plainly.",)),
    Theme(code="too_vague", name="Too vague", definition="It could mean anything."),
    Theme(code="none_of_these", name="None of these"),
    Theme(code="off_topic", name="About something else"),
)
ELEMENTS = tables.frame(
    "elements",
    [
        Element(code=code, kind="outcome", parent=None, order=order, version="draft", name=name, wording=wording)
        for order, (code, name, wording) in enumerate(
            [
                ("vision", "Vision", "A thriving place."),
                ("2.1", "Homes", "Homes for all."),
                ("2.10", "Bridges", "Bridges hold."),
                ("2.2", None, "People can get to work, to school and to the shops without a car of their own."),
            ]
        )
    ],
)
QUESTIONS = tables.frame(
    "questions", [Question(question_id="q-1", source_id="s-1", text="What would you change?", kind="open")]
)
RESPONSES = tables.frame(
    "responses",
    [
        Response(response_id=f"r-{n}", source_id="s-1", respondent_id=f"p-{n}", channel="questionnaire",
                 respondent_type="Resident", submitted_at=f"2026-05-1{n}")
        for n in range(1, 6)
    ],
)  # fmt: skip


def comment(number: int, text: str, **more: Any) -> Comment:
    made = Comment(
        comment_id=f"c-{number}", response_id=f"r-{number}", event_id=None, source_id="s-1", locator=f"row {number}",
        question_id="q-1", heading=None, voice="person", text=text,
    )  # fmt: skip
    return replace(made, **more)


COMMENTS = tables.frame(
    "comments",
    [
        comment(1, "“Thriving” is what a pot plant does."),
        comment(2, "Which homes, and for whom?"),
        comment(3, "Leave it as it is."),
        comment(4, "The bins on Mill Lane."),
    ],
)


def tag(comment_id: str, facet: str, code: str, **more: Any) -> Tag:
    made = Tag(comment_id=comment_id, facet=facet, code=code, score=0.7, origin="rule", why="likely: quotes the draft")
    return replace(made, **more)


TAGS = tables.frame(
    "tags",
    [
        tag("c-1", "element", "vision", start=1, end=9, score=0.9),
        tag("c-1", "element", "2.1", score=0.5),
        tag("c-1", "stance", "object"),
        tag("c-2", "element", "2.1"),
        tag("c-2", "theme", "too_vague"),
        tag("c-4", "element", "2.2"),
    ],
)


@dataclass(frozen=True)
class Told:
    """What the sheet of comments says: cells by comment and heading."""

    sheet: Any

    def column(self, heading: str) -> int:
        return int(next(cell.column for cell in self.sheet[1] if cell.value == heading))

    def row(self, comment_id: str) -> int:
        place = self.column("Comment id")
        return next(n for n in range(2, self.sheet.max_row + 1) if self.sheet.cell(n, place).value == comment_id)

    def cell(self, comment_id: str, heading: str) -> Any:
        return self.sheet.cell(self.row(comment_id), self.column(heading))

    def write(self, comment_id: str, **cells: str | None) -> None:
        """Type into cells; `element_1` is “Element 1”, `read` is “Read”, `notes` is “Your notes”."""
        for name, value in cells.items():
            heading = "Your notes" if name == "notes" else name.replace("_", " ").capitalize()
            self.cell(comment_id, heading).value = value


def out(comments: pd.DataFrame = COMMENTS, tags: pd.DataFrame = TAGS, **more: Any) -> bytes:
    more.setdefault("settings", SETTINGS)
    return review.write(comments, QUESTIONS, RESPONSES, ELEMENTS, THEMES, tags, **more)


def edited(data: bytes, *edits: Callable[[Told], Any], book: Callable[[Any], Any] | None = None) -> bytes:
    """The workbook after these hands were at it."""
    held = openpyxl.load_workbook(io.BytesIO(data))
    if "Comments" in held.sheetnames:
        told = Told(held["Comments"])
        for edit in edits:
            edit(told)
    if book:
        book(held)
    raw = io.BytesIO()
    held.save(raw)
    return raw.getvalue()


def wrote(comment_id: str, **cells: str | None) -> Callable[[Told], None]:
    return lambda told: told.write(comment_id, **cells)


def back(
    data: bytes, events: Sequence[LedgerEvent] = (), *, name: str = "f.xlsx", officer: str = "Amina",
    comments: pd.DataFrame = COMMENTS, **more: Any,
) -> review.Taken:  # fmt: skip
    tags = more.pop("tags", TAGS)
    return review.read(data, name, comments, ELEMENTS, THEMES, tags, events, SETTINGS, officer=officer, **more)


def tags_of(taken: review.Taken) -> set[tuple[str, str, str, str]]:
    """comment, facet, code, status of the `tag` events."""
    return {
        (payload["comment_id"], payload["facet"], payload["code"], payload["status"])
        for what, payload in taken.events
        if what == "tag"
    }


def ledger(taken: review.Taken, events: Sequence[LedgerEvent] = ()) -> list[LedgerEvent]:
    """The events behind those that are there, as the ledger would hold them."""
    last = len(events)
    return [
        *events,
        *(
            LedgerEvent(seq=last + n, event_id=f"e-{last + n}", at="2026-06-25T09:00:00Z", who=taken.officer,
                        what=what, payload=payload)
            for n, (what, payload) in enumerate(taken.events, 1)
        ),
    ]  # fmt: skip
