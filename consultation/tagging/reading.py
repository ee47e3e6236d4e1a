"""Comments read by rules and likeness, a piece at a time, so that a million of them fit an ordinary laptop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from consultation.model import FACETS, Theme
from consultation.settings import Settings
from consultation.tagging import cases as gathering
from consultation.tagging import labels, settle
from consultation.tagging.cases import Cases, Texts
from consultation.tagging.labels import Book
from consultation.tagging.meaning import corpus as corpora
from consultation.tagging.meaning import embedding, similarity
from consultation.tagging.meaning.corpus import Corpus
from consultation.tagging.meaning.embedding import Encoder
from consultation.tagging.meaning.similarity import Likeness, Similarity
from consultation.tagging.rules.reader import Reader
from consultation.text import says_nothing

Progress = Callable[[int, int, str], None]
PIECE: Final = 20_000  # cases at a time
_DESCRIBED: Final = ("element", "theme")  # facets whose codes have descriptions to be like


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """Everything that reading comments needs, worked out once."""

    book: Book
    reader: Reader
    cases: Cases
    encoder: Encoder | None
    near: Similarity

    @property
    def sample(self) -> tuple[str, ...]:
        """The texts from which word weights were taken."""
        return self.near.sample.texts


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Some cases, read; evidence and likeness by facet, rows in the order of the cases."""

    corpus: Corpus
    silent: np.ndarray
    asked: np.ndarray
    evidence: dict[str, settle.Evidence]
    likeness: dict[str, Likeness]
    near: Similarity

    @cached_property
    def near_words(self) -> dict[str, np.ndarray]:
        """By facet, the distinct words of the corpus by labels: how near each is by itself."""
        return self.near.of_words(self.corpus)

    def whole(self, row: int) -> tuple[int, int]:
        """The span of all that a case says."""
        return 0, len(self.corpus.texts[row])


def prepare(
    comments: pd.DataFrame,
    questions: pd.DataFrame,
    elements: pd.DataFrame,
    themes: Sequence[Theme],
    *,
    settings: Settings,
    audiences: Sequence[Theme] = (),
) -> Prepared:
    """Read the book, group the comments, and take word weights from (a sample of) them."""
    book = labels.book(elements, themes, audiences)
    reader = Reader(book)
    cases = gathering.gather(comments, questions, book, reader.references)
    encoder = embedding.encoder(settings.sentence_model)
    described = {facet: book.of(facet) for facet in _DESCRIBED}
    near = similarity.fit(corpora.read(_sample(cases.texts)), described, encoder=encoder)
    return Prepared(book=book, reader=reader, cases=cases, encoder=encoder, near=near)


def read(ready: Prepared, progress: Progress | None = None) -> Iterator[Piece]:
    """All cases in order, a piece at a time."""
    total = len(ready.cases)
    for start in range(0, total, PIECE):
        yield read_only(ready, range(start, min(total, start + PIECE)))
        if progress:
            progress(min(total, start + PIECE), total, "comments read")


def read_only(ready: Prepared, places: Sequence[int]) -> Piece:
    """These cases and no others."""
    texts = ready.cases.texts.at(places)
    asked = [ready.cases.asked[place] for place in places]
    corpus = ready.near.sample if texts == ready.sample else corpora.read(texts)
    clues = [ready.reader.clues(text) for text in texts]
    nothing = {facet: similarity.nothing(len(texts), len(ready.book.of(facet))) for facet in FACETS}
    return Piece(
        corpus=corpus,
        silent=np.array([says_nothing(text) for text in texts], dtype=bool),
        asked=np.array([bool(told.elements) for told in asked], dtype=bool),
        evidence=settle.evidence(clues, asked, ready.book),
        likeness={**nothing, **ready.near.of(corpus)},
        near=ready.near,
    )


def _sample(texts: Texts) -> tuple[str, ...]:
    """At most so many texts, spread evenly over all: the same ones each time."""
    if len(texts) <= similarity.SAMPLE:
        return texts[:]
    return texts.at(np.linspace(0, len(texts) - 1, similarity.SAMPLE).astype(int))
