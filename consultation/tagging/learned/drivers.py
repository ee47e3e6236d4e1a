"""The words that drove a suggestion: where in the comment the model's weight for a code is greatest."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import numpy as np

from consultation.tagging.learned.experts import Maker
from consultation.tagging.learned.facet import FacetModel
from consultation.tagging.meaning import corpus as corpora
from consultation.tagging.meaning.corpus import Corpus
from consultation.tagging.meaning.embedding import Encoder, Table

_WORD: Final = re.compile(r"[^\W_]+")
Span = tuple[int, int] | None


def spans(
    model: FacetModel, maker: Maker, encoder: Encoder | None, texts: Corpus, rows: np.ndarray, codes: np.ndarray
) -> list[Span]:
    """For each suggestion (a text and a code) the span of the weightiest word, with neighbours of its sign; or None."""
    if not len(rows):
        return []
    weight = _weights(model, maker, encoder, texts)
    return [
        _span(texts, int(row), weight[:, code]) if code >= 0 else None for row, code in zip(rows, codes, strict=True)
    ]


def _weights(model: FacetModel, maker: Maker, encoder: Encoder | None, texts: Corpus) -> np.ndarray:
    """Distinct words by codes: what each word adds to a code's score, wherever it stands."""
    first, second, *_ = model.scalings
    total = np.zeros((len(texts.vocabulary), len(model.codes)), dtype=np.float32)
    at = 0  # the last weight of each expert is that of the prior: no word's
    for block in maker.blocks:
        mine = model.words.weights[:, at : at + len(block.keys)] * block.idf
        total += (corpora.own(block, texts) @ mine.T) * first.slope
        at += len(block.keys)
    if isinstance(encoder, Table) and model.meaning.weights.shape[1] > 1:
        sums, sizes = encoder.words(texts.vocabulary)
        vectors = sums / np.maximum(sizes, 1)[:, None] - maker.mean
        total += (vectors @ model.meaning.weights[:, :-1].T) * second.slope * (sizes > 0)[:, None]
    total[[word in _stop_words() for word in texts.vocabulary]] = 0  # they tip a scale, but show a reader nothing
    return total


@cache
def _stop_words() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset(ENGLISH_STOP_WORDS)


def _span(texts: Corpus, row: int, weight: np.ndarray) -> Span:
    ids = texts.ids[texts.starts[row] : texts.starts[row + 1]]
    if not len(ids):
        return None
    mine = weight[ids]
    top = int(mine.argmax())
    places = [found.span() for found in _WORD.finditer(texts.texts[row])]
    if mine[top] <= 0 or len(places) != len(ids):
        return None
    least = mine[top] / 3
    left = right = top
    while left > 0 and mine[left - 1] > least:
        left -= 1
    while right + 1 < len(ids) and mine[right + 1] > least:
        right += 1
    return places[left][0], places[right][1]
