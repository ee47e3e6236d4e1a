"""The tagger: comments in, the table `tags` out, in pieces so that a million comments fit an ordinary laptop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from consultation import codebook, tables
from consultation.model import LedgerEvent, Tag, Theme
from consultation.settings import Settings
from consultation.tagging import cases as gathering
from consultation.tagging import labels, people, settle
from consultation.tagging.cases import Cases
from consultation.tagging.labels import Book
from consultation.tagging.meaning import corpus as corpora
from consultation.tagging.meaning import embedding, similarity
from consultation.tagging.rules.reader import Clue, Reader

Progress = Callable[[int, int, str], None]
DEFAULTS: Final = Settings()
PIECE: Final = 20_000  # cases at a time
_LIKE: Final = "reads like its description; no rule speaks for it"


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """Everything that reading comments needs, worked out once."""

    book: Book
    reader: Reader
    cases: Cases
    near: dict[str, similarity.Similarity]


def tag(
    comments: pd.DataFrame,
    questions: pd.DataFrame,
    elements: pd.DataFrame,
    themes: Sequence[Theme],
    *,
    events: Sequence[LedgerEvent] = (),
    settings: Settings = DEFAULTS,
    audiences: Sequence[Theme] = (),
    progress: Progress | None = None,
) -> pd.DataFrame:
    """The table `tags`: what the program suggests, with what people confirmed and rejected laid over it.

    `score` is a strength of evidence from 0 to 1 (not a probability); `start`, `end` span the words that
    drove the tag; `why` quotes the draft or the codebook, never the comment. Sorted by comment, facet, code.
    """
    ready = prepare(
        comments, questions, elements, codebook.revise(themes, events), settings=settings, audiences=audiences
    )
    by_case = _suggest(ready, progress)
    rows = (
        Tag(comment_id=comment, **told)
        for comment, place in zip(ready.cases.ids, ready.cases.place, strict=True)
        for told in by_case[place]
    )
    return people.lay_over(tables.frame("tags", rows), events, comments)


def scores(
    comments: pd.DataFrame,
    questions: pd.DataFrame,
    elements: pd.DataFrame,
    themes: Sequence[Theme],
    *,
    facet: str = "theme",
    settings: Settings = DEFAULTS,
) -> pd.DataFrame:
    """How every comment scores on every code of a facet: comments by codes, higher is likelier."""
    ready = prepare(comments, questions, elements, themes, settings=settings)
    codes = [label.code for label in ready.book.of(facet)]
    likeness = (
        np.concatenate([piece.likeness[facet].score for piece in read(ready)])
        if len(ready.cases)
        else np.zeros((0, len(codes)))
    )
    return pd.DataFrame(likeness[ready.cases.place], index=pd.Index(ready.cases.ids, name="comment_id"), columns=codes)


def prepare(
    comments: pd.DataFrame, questions: pd.DataFrame, elements: pd.DataFrame, themes: Sequence[Theme], *,
    settings: Settings, audiences: Sequence[Theme] = (),
) -> Prepared:  # fmt: skip
    """Read the book, group the comments, and take word weights from (a sample of) them."""
    book = labels.book(elements, themes, audiences)
    reader = Reader(book)
    cases = gathering.gather(comments, questions, book, reader.references)
    sample = corpora.read(_sample(cases.texts))
    table = embedding.load()
    near = {facet: similarity.fit(sample, book.of(facet), table=table) for facet in ("element", "theme")}
    return Prepared(book=book, reader=reader, cases=cases, near=near)


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Some cases, read: their clues, the evidence and the likeness by facet."""

    start: int
    clues: list[list[Clue]]
    evidence: dict[str, settle.Evidence]
    likeness: dict[str, similarity.Likeness]
    silent: np.ndarray


def read(ready: Prepared, progress: Progress | None = None) -> Iterator[Piece]:
    """All cases in order, a piece at a time."""
    texts, asked = ready.cases.texts, ready.cases.asked
    for start in range(0, len(texts), PIECE):
        part = texts[start : start + PIECE]
        corpus = corpora.read(part)
        clues = [ready.reader.clues(text) for text in part]
        yield Piece(
            start=start,
            clues=clues,
            evidence={
                facet: settle.evidence(facet, clues, asked[start : start + PIECE], ready.book) for facet in ready.near
            },
            likeness={facet: near.of(corpus) for facet, near in ready.near.items()},
            silent=np.array([gathering.says_nothing(text) for text in part]),
        )
        if progress:
            progress(start + len(part), len(texts), "comments read")


def _suggest(ready: Prepared, progress: Progress | None) -> list[list[dict[str, object]]]:
    """For each case, the fields of its tags."""
    told: list[list[dict[str, object]]] = []
    for piece in read(ready, progress):
        asked = np.array([bool(a.elements) for a in ready.cases.asked[piece.start : piece.start + len(piece.clues)]])
        of_facet = {
            facet: settle.chosen(
                piece.evidence[facet],
                piece.likeness[facet],
                piece.silent,
                asked if facet == "element" else np.zeros_like(asked),
            )
            for facet in ready.near
        }
        for row, clues in enumerate(piece.clues):
            if piece.silent[row]:
                told.append([])
                continue
            fields: list[dict[str, object]] = []
            for facet, picked in of_facet.items():
                codes = ready.book.of(facet)
                for at, score, by_rule in picked[row]:
                    clue = piece.evidence[facet].best.get((row, at))
                    fields.append(_fields(facet, codes[at].code, score, clue if by_rule else None))
            fields.extend(_others(clues))
            told.append(fields)
    return told


def _fields(facet: str, code: str, score: float, clue: Clue | None) -> dict[str, object]:
    return {
        "facet": facet,
        "code": code,
        "start": clue.start if clue else None,
        "end": clue.end if clue else None,
        "score": round(float(score), 4),
        "origin": "rule" if clue else "similarity",
        "why": f"{settle.band(score)}: {clue.why if clue else _LIKE}",
    }


def _others(clues: Iterable[Clue]) -> Iterator[dict[str, object]]:
    """Stance and audiences: each code once, by its first clue."""
    seen: set[tuple[str, str]] = set()
    for clue in clues:
        if clue.facet in ("stance", "audience") and (clue.facet, clue.code) not in seen:
            seen.add((clue.facet, clue.code))
            yield _fields(clue.facet, clue.code, clue.strength, clue)


def _sample(texts: Sequence[str]) -> Sequence[str]:
    """At most so many texts, spread evenly over all: the same ones each time."""
    if len(texts) <= similarity.SAMPLE:
        return texts
    return [texts[place] for place in np.linspace(0, len(texts) - 1, similarity.SAMPLE).astype(int)]
