"""The rows that a document becomes: one builder, so that ids and accounts are made in one way for every genre."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from consultation import tables
from consultation.model import Comment, Event, Identity, Problem, Question, Response, Source
from consultation.reading.documents.parts import MARKS, Part, Trouble
from consultation.reading.result import CELL_COLUMNS
from consultation.text import fingerprint

_CONTEXT: Final = 160  # characters of a list item that its sub-items carry in their heading path
_BUCKETS: Final = {"comment": "imported", "facilitator": "imported", "identity": "imported", "empty": "empty",
                   "heading": "header", "event": "header", "metadata": "header",
                   "untranscribed": "quarantined"}  # fmt: skip


@dataclass
class Rows:
    """Collects the rows of one source. Ids are made of its name, the headings and the words: never of a place."""

    name: str
    data: bytes
    file: str
    storage: str = "text"
    comments: list[Comment] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    known_identity: dict[Identity, None] = field(default_factory=dict)  # an ordered set: petitions have thousands
    responses: list[Response] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    questions: dict[tuple[str, ...], Question] = field(default_factory=dict)
    cells: list[tuple[object, ...]] = field(default_factory=list)
    _seen: Counter[tuple[object, ...]] = field(default_factory=Counter)

    @property
    def identity(self) -> list[Identity]:
        return list(self.known_identity)

    @property
    def source_id(self) -> str:
        return f"s-{fingerprint(self.name)}"

    def comment(
        self, part: Part, path: Sequence[str], *, voice: str, response_id: str | None = None,
        event_id: str | None = None,
        parents: Sequence[Comment] = (), text: str | None = None, tally: int | None = None, speaker: str | None = None,
        asked: Sequence[str] | None = None,
    ) -> Comment:  # fmt: skip
        """Land a part as a comment; a marked part is kept and set aside with its reason. `asked` is the part of the
        path that asks, where some headings only say at which table or event."""
        words = part.text if text is None else text
        heading = " > ".join([*path, *(_shortened(parent.text) for parent in parents)]) or None
        key = (response_id or "", heading or "", words, part.mark or "")
        self._seen[key] += 1
        made = Comment(
            comment_id=f"c-{fingerprint(self.name, *key, self._seen[key])}",
            response_id=response_id, event_id=event_id, source_id=self.source_id, locator=part.place,
            question_id=self.question(path if asked is None else asked), heading=heading, voice=voice,
            speaker=speaker, tally=tally, text=words,
            status="excluded" if part.mark else "included", status_reason=MARKS[part.mark] if part.mark else None,
        )  # fmt: skip
        self.comments.append(made)
        return made

    def question(self, path: Sequence[str]) -> str | None:
        """The question that a path of headings asks: its last heading; None without headings."""
        key = tuple(path)
        if not key:
            return None
        if key not in self.questions:
            self.questions[key] = Question(
                question_id=f"q-{fingerprint(self.name, *key)}", source_id=self.source_id, text=key[-1], kind="open",
                order=len(self.questions),
            )  # fmt: skip
        return self.questions[key].question_id

    def identify(self, respondent_id: str, kind: str, value: str) -> None:
        """Put an identifier where identifiers are kept; the same one twice is one."""
        made = Identity(respondent_id=respondent_id, kind=kind, value=value.strip())
        if made.value:
            self.known_identity[made] = None

    def cell(self, part: Part, role: str) -> None:
        """Account for a part in the raw layer: every part exactly once."""
        self.cells.append((self.source_id, part.story, len(self.cells) + 1, "A", part.raw, self.storage, role))

    def problem(self, trouble: Trouble) -> None:
        made = Problem(
            source_id=self.source_id,
            locator=trouble.place,
            what=trouble.what,
            hint=trouble.hint,
            action=trouble.action,
        )
        if made not in self.problems:
            self.problems.append(made)

    def tables(
        self, *, platform: str, confidence: float, reasons: Sequence[str], channel: str
    ) -> dict[str, pd.DataFrame]:
        """The named tables. Raises AssertionError where the accounts do not balance, which no file can cause."""
        counts = Counter(_BUCKETS.get(str(cell[-1]), "excluded") for cell in self.cells)
        source = Source(
            source_id=self.source_id, name=self.name, file=self.file, sha256=hashlib.sha256(self.data).hexdigest(),
            platform=platform, platform_confidence=confidence, platform_reasons="; ".join(reasons), channel=channel,
            header_rows=counts["header"], rows_total=len(self.cells), rows_imported=counts["imported"],
            rows_excluded=counts["excluded"], rows_empty=counts["empty"], rows_quarantined=counts["quarantined"],
        )  # fmt: skip
        return {
            "sources": tables.frame("sources", [source]),
            "events": tables.frame("events", self.events),
            "questions": tables.frame("questions", self.questions.values()),
            "identity": tables.frame("identity", self.identity),
            "responses": tables.frame("responses", self.responses),
            "answers": tables.frame("answers"),
            "comments": tables.frame("comments", self.comments),
            "problems": tables.frame("problems", self.problems),
            "cells": pd.DataFrame(self.cells, columns=list(CELL_COLUMNS)),
        }


def rebuild(cells: pd.DataFrame) -> str:
    """The text of a document, from the raw layer of one source: of a text file every character, in its order."""
    return "".join(cells.sort_values("row")["value"])


def _shortened(text: str) -> str:
    told = " ".join(text.split())
    return told if len(told) <= _CONTEXT else told[:_CONTEXT].rsplit(" ", 1)[0] + " …"
