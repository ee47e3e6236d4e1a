"""Texts as weights of word roots, for topics: each different text once, forms of a word together, TF-IDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from consultation.text import WORD, stem, tidy

_ROOTS: Final = 2_000  # the most widespread
_VOCABULARY: Final = 20_000
Matrix = Any  # scipy ships no types


@dataclass(frozen=True, kw_only=True)
class Roots:
    """Different texts as weights of word roots. `of` gives the text of each comment (-1: no words in it)."""

    counts: Matrix
    matrix: Matrix
    forms: tuple[str, ...]  # how each root is most often written
    of: np.ndarray


def read_roots(texts: Sequence[str]) -> Roots:
    """The words of each different text, by root, without those that say nothing by themselves, weighed by TF-IDF.

    Roots in fewer than two texts, or in more than half, are left out, and all but the most widespread.
    """
    import scipy.sparse as sp

    place: dict[str, int] = {}
    number: dict[str, int] = {}
    of, ids, starts = [], list[int](), [0]
    for text in texts:
        told = text.casefold() if text.isascii() else tidy(text)
        if told not in number:
            number[told] = len(number)
            ids += [place.setdefault(word, len(place)) for word in WORD.findall(told)]
            starts.append(len(ids))
        of.append(number[told])
    roots, forms = _roots(place, np.bincount(np.array(ids, dtype="int64"), minlength=len(place)))
    columns = roots[np.array(ids, dtype="int64")]
    rows = np.repeat(np.arange(len(number)), np.diff(starts))[columns >= 0]
    counts = sp.csr_matrix((np.ones(len(rows)), (rows, columns[columns >= 0])), shape=(len(number), len(forms)))
    counts.sum_duplicates()
    spread = np.asarray((counts > 0).sum(axis=0)).ravel()
    kept = np.flatnonzero((spread >= 2) & (spread <= max(2, len(number) / 2)))
    kept = np.sort(kept[np.argsort(-spread[kept], kind="stable")[:_ROOTS]])
    counts = counts[:, kept]
    filled = np.flatnonzero(np.asarray(counts.sum(axis=1)).ravel())
    renumbered = np.full(len(number), -1)
    renumbered[filled] = np.arange(len(filled))
    counts = counts[filled]
    return Roots(
        counts=counts,
        matrix=_weighed(counts),
        forms=tuple(forms[at] for at in kept),
        of=renumbered[np.array(of, dtype="int64")],
    )


def _roots(place: dict[str, int], often: np.ndarray) -> tuple[np.ndarray, list[str]]:
    """For each word the number of its root (-1: it says nothing by itself), and how each root is most often written."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    number: dict[str, int] = {}
    best: list[tuple[int, str]] = []
    roots = np.full(len(place), -1)
    for word, at in place.items():
        if word in ENGLISH_STOP_WORDS or len(word) < 3 or not word[0].isalpha() or "'" in word:
            continue
        if often[at] * _VOCABULARY < len(place):  # among very many words, one that stands once makes no topic
            continue
        root = number.setdefault(stem(word), len(number))
        roots[at] = root
        if root == len(best):
            best.append((int(often[at]), word))
        best[root] = max(best[root], (int(often[at]), word), key=lambda told: (told[0], [-ord(c) for c in told[1]]))
    return roots, [word for _, word in best]


def _weighed(counts: Matrix) -> Matrix:
    from sklearn.feature_extraction.text import TfidfTransformer

    return TfidfTransformer(sublinear_tf=True).fit_transform(counts)


def shuffled(read: Roots, sample: np.ndarray, seed: int) -> Matrix:
    """The same words dealt anew to texts of the same lengths: what topics look like where there are none."""
    import scipy.sparse as sp

    counts = read.counts[sample].tocoo()
    words = np.repeat(counts.col, counts.data.astype("int64"))
    rows = np.repeat(counts.row, counts.data.astype("int64"))
    dealt = np.random.default_rng(seed).permutation(words)
    made = sp.csr_matrix((np.ones(len(rows)), (rows, dealt)), shape=counts.shape)
    made.sum_duplicates()
    return _weighed(made)
