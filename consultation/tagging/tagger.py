"""The tagger: comments in, the table `tags` out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pandas as pd

from consultation import codebook, tables
from consultation.model import FACETS, LedgerEvent, Theme
from consultation.settings import Settings
from consultation.tagging import people, reading, settle
from consultation.tagging.learned import predict
from consultation.tagging.learned.model import Model
from consultation.tagging.reading import Piece, Prepared, Progress
from consultation.tagging.settle import Pick

DEFAULTS: Final = Settings()
_LIKE: Final = "reads like its description; no rule speaks for it"


def tag(
    comments: pd.DataFrame,
    questions: pd.DataFrame,
    elements: pd.DataFrame,
    themes: Sequence[Theme],
    *,
    events: Sequence[LedgerEvent] = (),
    settings: Settings = DEFAULTS,
    model: Model | None = None,
    audiences: Sequence[Theme] = (),
    progress: Progress | None = None,
) -> pd.DataFrame:
    """The table `tags`: what the program suggests, with what people confirmed and rejected laid over it.

    Without a model, `score` is a strength of evidence from 0 to 1, not a probability; with one it is a calibrated
    probability for the facets that the model has learned. `start`, `end` span the words that drove the tag; `why`
    quotes the draft or the codebook, never the comment. Sorted by comment, facet, code. Raises `ConsultationError`
    when `settings.sentence_model` cannot be used.
    """
    book = codebook.revise(themes, events)
    ready = reading.prepare(comments, questions, elements, book, settings=settings, audiences=audiences)
    by_case = [told for piece in reading.read(ready, progress) for told in _suggest(ready, piece, model)]
    rows = (
        {"comment_id": comment, "status": "suggested", **fields}
        for comment, place in zip(ready.cases.ids, ready.cases.place, strict=True)
        for fields in by_case[place]
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
    model: Model | None = None,
    audiences: Sequence[Theme] = (),
) -> pd.DataFrame:
    """How every comment scores on every code of a facet: one row a comment, one column a code, higher is likelier.

    Calibrated probabilities where the model has learned the facet; else likeness and evidence on a scale of its own.
    """
    ready = reading.prepare(comments, questions, elements, themes, settings=settings, audiences=audiences)
    codes = [label.code for label in ready.book.of(facet)]
    told = [_scores(ready, piece, facet, model) for piece in reading.read(ready)]
    by_case = np.concatenate(told) if told else np.zeros((0, len(codes)))
    index = pd.Index(ready.cases.ids, name="comment_id")
    return pd.DataFrame(by_case[ready.cases.place], index=index, columns=codes)


def _scores(ready: Prepared, piece: Piece, facet: str, model: Model | None) -> np.ndarray:
    if model and facet in model.facets:
        return predict.chances(model, ready, piece, facet)
    strength = piece.evidence[facet].strength
    return np.asarray(piece.likeness[facet].score + _RULE_WEIGHT * strength)


_RULE_WEIGHT: Final = 6.0  # spreads of likeness that full evidence by rule is worth


def _suggest(ready: Prepared, piece: Piece, model: Model | None) -> list[list[dict[str, object]]]:
    """For each case of the piece, the fields of its tags."""
    told: list[list[dict[str, object]]] = [[] for _ in piece.silent]
    for facet in FACETS:
        if model and facet in model.facets:
            for row, fields in enumerate(predict.suggest(model, ready, piece, facet)):
                told[row].extend(fields)
            continue
        picks = settle.chosen(facet, piece.evidence[facet], piece.likeness[facet], piece.silent, piece.asked)
        for row, picked in enumerate(picks):
            told[row].extend(_fields(ready, piece, facet, row, picked))
    return told


def _fields(ready: Prepared, piece: Piece, facet: str, row: int, picked: Sequence[Pick]) -> Iterator[dict[str, object]]:
    for pick in picked:
        clue = piece.evidence[facet].best.get((row, pick.label)) if pick.origin == "rule" else None
        yield {
            "facet": facet,
            "code": ready.book.of(facet)[pick.label].code,
            "start": clue.start if clue else None,
            "end": clue.end if clue else None,
            "score": round(pick.score, 4),
            "origin": pick.origin,
            "why": f"{settle.band(pick.score)}: {clue.why if clue else _LIKE}",
        }
