"""What is to be tagged: each distinct text with what it was asked about, once, however often it was sent in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
import pandas as pd

from consultation.tagging.labels import Book
from consultation.tagging.rules.asked import Asked, by_heading, by_question
from consultation.tagging.rules.references import References


class Texts(Sequence[str]):
    """Some texts of a column, made into words only when they are asked for: a million of them fill a laptop."""

    def __init__(self, column: pd.Series, rows: np.ndarray) -> None:
        self._column, self._rows = column.array, rows

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[str, ...]: ...
    def __getitem__(self, at: int | slice) -> str | tuple[str, ...]:
        return tuple(self._column[self._rows[at]]) if isinstance(at, slice) else str(self._column[self._rows[at]])

    def at(self, places: Sequence[int] | np.ndarray) -> tuple[str, ...]:
        """Several at once, which takes a tenth of the time."""
        return tuple(self._column[self._rows[np.asarray(places, dtype=np.int64)]])

    def __len__(self) -> int:
        return len(self._rows)


@dataclass(frozen=True, kw_only=True)
class Cases:
    """`ids[i]` is a comment; its text and what it answers are at `place[i]` of `texts` and `asked`."""

    ids: tuple[str, ...]
    place: np.ndarray
    texts: Texts
    asked: tuple[Asked, ...]

    def __len__(self) -> int:
        return len(self.texts)


def gather(comments: pd.DataFrame, questions: pd.DataFrame, book: Book, references: References) -> Cases:
    """The comments that are included and were not said by a facilitator, grouped by text and what was asked."""
    spoken = np.flatnonzero((comments["status"] == "included") & (comments["voice"] != "facilitator"))
    kept = comments[["comment_id", "question_id", "heading"]].iloc[spoken]
    asked = _Asked(by_question(questions, book, references), book, references)
    answers = np.fromiter(map(asked.place, *_columns(kept, "question_id", "heading")), dtype=np.int64)
    texts = comments["text"].fillna("")
    same = pd.factorize(texts)[0][spoken]
    place, _ = pd.factorize(same * len(asked.known) + answers)
    first = np.unique(place, return_index=True)[1]
    return Cases(
        ids=tuple(kept["comment_id"].tolist()),
        place=place,
        texts=Texts(texts, spoken[first]),
        asked=tuple(asked.known[at] for at in answers[first]),
    )


class _Asked:
    """What is asked, by question and heading, each worked out once; alike ones have one place in `known`."""

    def __init__(self, questions: Mapping[str, Asked], book: Book, references: References) -> None:
        self._questions, self._book, self._references = questions, book, references
        self._places: dict[tuple[str | None, str | None], int] = {}
        self.known: list[Asked] = []

    def place(self, question: str | None, heading: str | None) -> int:
        at = self._places.get((question, heading))
        if at is None:
            told = self._of(question, heading)
            if told not in self.known:
                self.known.append(told)
            at = self._places[question, heading] = self.known.index(told)
        return at

    def _of(self, question: str | None, heading: str | None) -> Asked:
        told = self._questions.get(question, Asked()) if question else Asked()
        return told if told.elements or not heading else by_heading(heading, self._book, self._references)


def _columns(table: pd.DataFrame, *names: str) -> Sequence[list[str | None]]:
    return [table[name].astype(object).where(table[name].notna(), None).tolist() for name in names]
