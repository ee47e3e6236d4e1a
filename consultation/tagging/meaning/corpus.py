"""Texts as numbers: their words in order, once, from which every feature is made by sparse products.

Words, word pairs and letter groups are told apart by 64-bit keys, so no vocabulary of respondents' words is kept
anywhere, a model file included; and features of a million comments are made in pieces with numpy alone.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import scipy.sparse as sp

_WORD: Final = re.compile(r"[^\W_]+")
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
Keys = np.ndarray
Matrix = Any  # a scipy CSR matrix; scipy ships no types


def folded(text: str) -> str:
    """Lower case without accents, for comparing words (the length may change).

    >>> folded("Café ‘Élan’")
    "cafe 'elan'"
    """
    text = text.replace("’", "'").replace("‘", "'").casefold()
    if text.isascii():
        return text
    return "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """`ids[starts[i]:starts[i + 1]]` are the words of text i, as places in `vocabulary`."""

    texts: tuple[str, ...]
    vocabulary: tuple[str, ...]
    ids: np.ndarray
    starts: np.ndarray

    def __len__(self) -> int:
        return len(self.starts) - 1

    @cached_property
    def keys(self) -> Keys:
        """One key for each distinct word."""
        return np.array([key(word) for word in self.vocabulary], dtype=np.uint64)

    @cached_property
    def rows(self) -> np.ndarray:
        """The text of each running word."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    @cached_property
    def counts(self) -> Matrix:
        """Texts by distinct words: how often each stands there."""
        shape = (len(self), len(self.vocabulary))
        ones = np.ones(len(self.ids), dtype=np.float32)
        found = sp.csr_matrix((ones, self.ids, self.starts), shape=shape, copy=True)  # the order of words stays
        found.sum_duplicates()
        return found

    @cached_property
    def letters(self) -> tuple[Keys, Matrix]:
        """Groups of 3 to 5 letters within words, and how often each distinct word has each."""
        padded = [f" {word} " for word in self.vocabulary]
        lengths = np.fromiter(map(len, padded), dtype=np.int64, count=len(padded))
        marks = np.frombuffer("".join(padded).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
        words = np.repeat(np.arange(len(padded)), lengths)
        sizes = [_groups(marks, words, size) for size in (3, 4, 5)]
        keys, columns = np.unique(np.concatenate([keys for keys, _ in sizes]), return_inverse=True)
        rows = np.concatenate([rows for _, rows in sizes])
        ones = np.ones(len(rows), dtype=np.float32)
        return keys, sp.csr_matrix((ones, (rows, columns)), shape=(len(padded), len(keys)))


def _groups(marks: np.ndarray, words: np.ndarray, size: int) -> tuple[Keys, np.ndarray]:
    """The key of each group of so many neighbouring letters of one word, and that word."""
    count = max(0, len(marks) - size + 1)
    keys = np.zeros(count, dtype=np.uint64)
    for at in range(size):
        keys = keys * _MIX + marks[at : at + count]
    within = words[:count] == words[len(words) - count :]
    return keys[within], words[:count][within]


class _Places(dict[str, int]):
    """Places given out in the order of first asking."""

    def __missing__(self, word: str) -> int:
        self[word] = len(self)
        return self[word]


def read(texts: Iterable[str]) -> Corpus:
    """The words of each text, case and accents folded."""
    told = tuple(texts)
    place = _Places()
    ids: list[int] = []
    starts = [0]
    for text in told:
        ids.extend(map(place.__getitem__, _WORD.findall(folded(text))))
        starts.append(len(ids))
    return Corpus(
        texts=told, vocabulary=tuple(place), ids=np.array(ids, dtype=np.int32), starts=np.array(starts, dtype=np.int64)
    )


def key(word: str) -> int:
    """A 64-bit key of a word or letter group, the same on every machine."""
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


@dataclass(frozen=True, kw_only=True)
class Block:
    """One kind of feature (`word`: words and pairs; `letter`: groups of letters), with the weight of each key.

    Weights are inverse document frequencies, smoothed as scikit-learn does; rows are sublinear and of unit length.
    """

    kind: str
    keys: Keys  # sorted
    idf: np.ndarray

    def of(self, corpus: Corpus) -> Matrix:
        """Texts by features, rows of unit length (empty rows stay empty)."""
        counts = _letters_in(corpus, self.keys) if self.kind == "letter" else _words_in(corpus, self.keys)
        counts.data = (1 + np.log(counts.data)) * self.idf[counts.indices]
        squares = sp.csr_matrix((counts.data**2, counts.indices, counts.indptr), shape=counts.shape)
        length = np.sqrt(squares @ np.ones(counts.shape[1], dtype=np.float32))
        length[length == 0] = 1
        counts.data /= np.repeat(length, np.diff(counts.indptr))
        return counts


def fit(kind: str, corpus: Corpus, *, at_least: int = 2, at_most: int = 60_000) -> Block:
    """The features of a corpus that stand in at least so many texts, at most so many (the most frequent) of them."""
    least = min(at_least, max(1, len(corpus) // 10))
    keys = _keys(kind, corpus, least)
    counts = _letters_in(corpus, keys) if kind == "letter" else _words_in(corpus, keys)
    frequency = np.bincount(counts.indices, minlength=len(keys))
    kept = np.flatnonzero(frequency >= least)
    if len(kept) > at_most:
        kept = np.sort(kept[np.lexsort((keys[kept], -frequency[kept]))[:at_most]])
    idf = np.log((1 + len(corpus)) / (1 + frequency[kept])) + 1
    return Block(kind=kind, keys=keys[kept], idf=idf.astype(np.float32))


def own(block: Block, texts: Corpus) -> Matrix:
    """The distinct words of the texts by the block's features: what each word brings by itself."""
    if block.kind == "letter":
        keys, groups = texts.letters
        return (groups @ _selector(keys, block.keys)).tocsr()
    return _selector(texts.keys, block.keys)


def _keys(kind: str, corpus: Corpus, least: int) -> Keys:
    """The features of a corpus, those apart that stand there fewer times."""
    if kind == "letter":
        return corpus.letters[0]
    pairs, times = np.unique(_pairs(corpus)[0], return_counts=True)
    return np.union1d(corpus.keys, pairs[times >= least])


def _pairs(corpus: Corpus) -> tuple[Keys, np.ndarray]:
    """The key of each pair of neighbouring words, and its text."""
    words = corpus.keys[corpus.ids]
    if len(words) < 2:
        return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64)
    same = corpus.rows[1:] == corpus.rows[:-1]
    return (words[:-1] * _MIX + words[1:])[same], corpus.rows[1:][same]


def _words_in(corpus: Corpus, keys: Keys) -> Matrix:
    words = corpus.counts @ _selector(corpus.keys, keys)
    pairs, rows = _pairs(corpus)
    place = np.minimum(np.searchsorted(keys, pairs), max(0, len(keys) - 1))
    known = keys[place] == pairs if len(keys) else np.zeros(len(pairs), dtype=bool)
    shape = (len(corpus), len(keys))
    ones = np.ones(int(known.sum()), dtype=np.float32)
    return (words + sp.csr_matrix((ones, (rows[known], place[known])), shape=shape)).tocsr()


def _letters_in(corpus: Corpus, keys: Keys) -> Matrix:
    own, groups = corpus.letters
    return (corpus.counts @ (groups @ _selector(own, keys))).tocsr()


def _selector(own: Keys, keys: Keys) -> Matrix:
    """A matrix that takes the corpus's columns to the block's columns, dropping what the block does not know."""
    place = np.minimum(np.searchsorted(keys, own), max(0, len(keys) - 1))
    known = np.flatnonzero(keys[place] == own) if len(keys) else np.empty(0, dtype=np.int64)
    ones = np.ones(len(known), dtype=np.float32)
    return sp.csr_matrix((ones, (known, place[known])), shape=(len(own), len(keys)))


def unique(texts: Sequence[str]) -> tuple[list[str], np.ndarray]:
    """The distinct texts in order of first appearance, and for each text the place of its own among them."""
    place: dict[str, int] = {}
    inverse = np.fromiter((place.setdefault(text, len(place)) for text in texts), dtype=np.int64, count=len(texts))
    return list(place), inverse
