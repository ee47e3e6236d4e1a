"""Where in a comment the words stand that weigh most for a code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import islice
from typing import Final

import numpy as np

from consultation.tagging.meaning.corpus import Corpus

Span = tuple[int, int]
_WORD: Final = re.compile(r"[^\W_]+")
_NEIGHBOUR: Final = 3  # a neighbour that weighs a third of the weightiest word or more belongs to the span


def spans(texts: Corpus, rows: np.ndarray, columns: np.ndarray, weight: np.ndarray) -> list[Span | None]:
    """For each text (its row) and label (its column) the span of the weightiest word, with its weighty neighbours.

    `weight` is distinct words by labels: what each word says for a label, wherever it stands. Stop words weigh
    nothing: they tip a scale, but show a reader nothing. None where no word weighs anything.
    """
    found: list[Span | None] = [None] * len(rows)
    many = np.diff(texts.starts)[rows]
    places = np.flatnonzero(many)
    rows, columns, many = rows[places], columns[places], many[places]
    if not len(rows):
        return found
    weight = weight.copy()
    weight[[word in _stop_words() for word in texts.vocabulary]] = 0
    first = np.cumsum(many) - many  # where the words of each begin, of all words one after the other
    every = np.arange(many.sum())
    held = weight[texts.ids[every + np.repeat(texts.starts[rows] - first, many)], np.repeat(columns, many)]
    top = np.maximum.reduceat(held, first)
    at = np.minimum.reduceat(np.where(held == np.repeat(top, many), every, len(every)), first)
    is_light = held * _NEIGHBOUR <= np.repeat(top, many)
    before = np.maximum.accumulate(np.where(is_light, every, -1))[at]
    after = np.minimum.accumulate(np.where(is_light, every, len(every))[::-1])[::-1][at]
    left, right = np.maximum(before + 1, first) - first, np.minimum(after, first + many) - 1 - first
    for place, row, count, *ends in _listed(places[top > 0], *(held[top > 0] for held in (rows, many, left, right))):
        text = texts.texts[row]
        is_plain = text.isascii()  # else folding may have made two words of one, or one of two
        words = [word.span() for word in islice(_WORD.finditer(text), ends[1] + 1 if is_plain else None)]
        if is_plain or len(words) == count:
            found[place] = words[ends[0]][0], words[ends[1]][1]
    return found


def _listed(*columns: np.ndarray) -> Sequence[tuple[int, ...]]:
    return list(zip(*(column.tolist() for column in columns), strict=True))


@cache
def _stop_words() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset(ENGLISH_STOP_WORDS)
