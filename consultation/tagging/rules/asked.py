"""The question or heading that a comment answers: the best guess of what it is about, before a word is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from consultation.tagging.labels import Book
from consultation.tagging.rules.references import References
from consultation.tagging.rules.spoken import lowered
from consultation.text import tidy, words


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The elements asked about; `how` tells an officer where that was read."""

    elements: tuple[str, ...] = ()
    how: str = ""


def by_question(questions: pd.DataFrame, book: Book, references: References) -> Mapping[str, Asked]:
    """What each question asks about: as its mapping says, else as its own words say."""
    known = {label.code for label in book.elements}
    told: dict[str, Asked] = {}
    for question_id, text, elements in zip(
        questions["question_id"], questions["text"], questions["elements"], strict=True
    ):
        mapped = tuple(code for code in elements if code in known)
        told[question_id] = (
            Asked(elements=mapped, how="answers the question about")
            if mapped
            else in_words(str(text), book, references)
        )
    return told


def in_words(text: str, book: Book, references: References) -> Asked:
    """The elements that a question or heading names by code, name or wording."""
    codes = {reference.code for reference in references.find(lowered(text))}
    if not codes:
        flat = _spaced(text)
        found = [
            (len(told), label.code)
            for label in book.elements
            for told in map(_spaced, (label.name, *label.wordings))
            if len(told) > 5 and told in flat
        ]
        longest = max((size for size, _ in found), default=0)
        codes = {code for size, code in found if size == longest}
    ordered = tuple(label.code for label in book.elements if label.code in codes)
    return Asked(elements=ordered, how="answers the question about") if ordered else Asked()


def by_heading(heading: str, book: Book, references: References) -> Asked:
    """What a workshop heading path names; the last part that names anything wins."""
    for part in reversed(heading.split(" > ")):
        found = in_words(part, book, references)
        if found.elements:
            return Asked(elements=found.elements, how="stands under the heading of")
    return Asked()


def _spaced(text: str) -> str:
    """The words alone, one space around each."""
    return f" {' '.join(words(tidy(text)))} "
