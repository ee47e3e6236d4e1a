"""How alike texts are: their words as numbers, the runs of three words that they share, and MinHash to find the pairs.

MinHash signatures in bands bring likely pairs together (A. Broder, "On the resemblance and containment of documents",
1997; P. Indyk and R. Motwani, "Approximate nearest neighbors", 1998); every pair is then counted run by run. Time and
memory grow with the text, never with its square.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from consultation.text import WORD, tidy

Words = npt.NDArray[np.uint32]
Ints = npt.NDArray[np.int64]

RUN: Final = 3  # words in a run
CHUNK: Final = 4096  # texts worked on at a time, so that memory stays small
_BANDS, _ROWS = 32, 4  # of 128 hashes: finds 97% of pairs at similarity 0.57, 99.9% at 0.7
_AGREE: Final = 0.35  # of the signature: less, and a similarity of one half is as good as ruled out
_NEIGHBOURS: Final = 4  # in a crowded band each text is compared with so many next to it, and with the first
_SEED: Final = 20110607
_DEAR: Final = re.compile(r"\A\W*(?:dear|hello|hi|to whom)\b[^\n,:]{0,60}[,:\n]", re.I)
_YOURS: Final = re.compile(
    r"(?:\A|[\n.!?,])\W*(?:yours (?:sincerely|faithfully|truly)|(?:kind(?:est)?|best|warm) (?:regards|"
    r"wishes)|regards|many thanks)"
    r"\b.{0,200}\Z",
    re.I | re.S,
)


class _Numbers(dict[str, int]):
    """A number for each word: a checksum of its tidied form, the same on every machine in whatever order they come."""

    def __missing__(self, word: str) -> int:
        number = self[word] = zlib.crc32(tidy(word).encode("utf-8", "surrogatepass"))
        return number


class Runs:
    """The words of each text as numbers, and its runs of three words as a sorted set without what is quoted."""

    def __init__(self, cores: Sequence[tuple[str, int, int]], quoted: Iterable[str]) -> None:
        self._cores = cores
        self._numbers = _Numbers()
        self.quoted = np.empty(0, dtype=np.uint32)
        self.quoted = np.unique(self._taken([(text, 0, len(text)) for text in quoted])[1])
        self.words, self.runs, self.lengths, self.sizes = self._taken(cores)
        self.begins = np.concatenate(([0], np.cumsum(self.lengths)))
        self.at = np.concatenate(([0], np.cumsum(self.sizes)))

    def of(self, text: int) -> Words:
        return self.runs[self.at[text] : self.at[text + 1]]

    def words_of(self, text: int) -> Words:
        return self.words[self.begins[text] : self.begins[text + 1]]

    def key(self, text: int) -> bytes:
        """The words in their order: equal for equal texts."""
        return self.words_of(text).tobytes()

    def places(self, text: int) -> list[tuple[int, int]]:
        """Where each word stands in the unit's text."""
        told, start, end = self._cores[text]
        return [found.span() for found in WORD.finditer(told, start, end)]

    def covered(self, text: int, standard: int) -> npt.NDArray[np.bool_]:
        """For each word of the text, whether it lies in a run that the standard has too, or that anyone may quote."""
        words = self.words_of(text)
        runs, _ = _hashed(words, np.zeros(len(words), dtype=np.uint32))
        covered = np.zeros(len(words), dtype=bool)
        for place in np.flatnonzero(_among(runs, self.of(standard)) | _among(runs, self.quoted)):
            covered[place : place + RUN] = True
        return covered

    def _taken(self, cores: Sequence[tuple[str, int, int]]) -> tuple[Words, Words, Ints, Ints]:
        """Words and runs of all texts end to end, and how many of them each text has."""
        words, runs, lengths, sizes = [], [], [], []
        for begin in range(0, len(cores), CHUNK):
            flat: list[int] = []
            counts = []
            for text, start, end in cores[begin : begin + CHUNK]:
                found = WORD.findall(text, start, end)
                counts.append(len(found))
                flat.extend(map(self._numbers.__getitem__, found))
            words.append(np.array(flat, dtype=np.uint32))
            hashed, owners = _hashed(words[-1], np.repeat(np.arange(len(counts), dtype=np.uint32), counts))
            own = ~_among(hashed, self.quoted)
            keyed = _sorted_set((owners[own].astype(np.uint64) << np.uint64(32)) | hashed[own])
            runs.append(keyed.astype(np.uint32))
            sizes.append(np.bincount((keyed >> np.uint64(32)).astype(np.int64), minlength=len(counts)))
            lengths.append(np.array(counts, dtype=np.int64))
        none, naught = np.empty(0, dtype=np.uint32), np.empty(0, dtype=np.int64)
        return (
            np.concatenate([none, *words]),
            np.concatenate([none, *runs]),
            np.concatenate([naught, *lengths]),
            np.concatenate([naught, *sizes]),
        )


def _hashed(words: Words, owners: Words) -> tuple[Words, Words]:
    """A number for each run of words that lies within one text, and the text that it belongs to."""
    count = len(words) - RUN + 1
    if count < 1:
        return words[:0], owners[:0]
    mixed = np.zeros(count, dtype=np.uint64)
    for place, factor in enumerate((0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)):
        mixed += words[place : count + place].astype(np.uint64) * np.uint64(factor)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    inside = owners[:count] == owners[RUN - 1 :]
    return (mixed >> np.uint64(32)).astype(np.uint32)[inside], owners[:count][inside]


def _among(values: Words, known: Words) -> npt.NDArray[np.bool_]:
    """Which values are in the sorted array `known`."""
    if not len(known):
        return np.zeros(len(values), dtype=bool)
    found = known[np.minimum(np.searchsorted(known, values), len(known) - 1)] == values
    return np.asarray(found, dtype=bool)


def _sorted_set(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    values = np.sort(values)
    return values[np.concatenate(([True], values[1:] != values[:-1]))] if len(values) else values


def core(text: str) -> tuple[str, int, int]:
    """The text, and where it begins and ends without its greeting and its signature."""
    dear = _DEAR.match(text, 0, 200)
    start = dear.end() if dear else 0
    yours = _YOURS.search(text, max(start, len(text) - 300))
    end = yours.start() if yours and yours.start() > start else len(text)
    return text, start, end


def candidates(texts: Ints, runs: Runs) -> tuple[Ints, Ints]:
    """Pairs that agree in a whole band of their signatures, and in a third of the signature at least."""
    if len(texts) < 2:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    signatures = _signatures(texts, runs)
    found: list[npt.NDArray[np.uint64]] = []
    for band in range(_BANDS):
        rows = signatures[band * _ROWS : (band + 1) * _ROWS].astype(np.uint64)
        mixed = rows[0]
        for row in rows[1:]:
            mixed = (mixed ^ row) * np.uint64(0x9E3779B97F4A7C15)
            mixed ^= mixed >> np.uint64(31)
        order = np.argsort(mixed, kind="stable")
        bucket = mixed[order]
        for step in range(1, _NEIGHBOURS + 1):
            same = bucket[step:] == bucket[:-step]
            found.append(_paired(order[:-step][same], order[step:][same]))
        starts = np.flatnonzero(np.concatenate(([True], bucket[1:] != bucket[:-1])))
        head = np.repeat(order[starts], np.diff(np.concatenate((starts, [len(bucket)]))))
        found.append(_paired(head[head != order], order[head != order]))
    pairs = _sorted_set(np.concatenate(found))
    left, right = (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
    kept = _agreeing(signatures, left, right)
    return texts[left[kept]], texts[right[kept]]


def _paired(one: Ints, other: Ints) -> npt.NDArray[np.uint64]:
    low, high = np.minimum(one, other).astype(np.uint64), np.maximum(one, other).astype(np.uint64)
    return (low << np.uint64(32)) | high


def _agreeing(signatures: Words, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
    """Pairs whose signatures agree often enough."""
    kept = np.zeros(len(left), dtype=bool)
    for begin in range(0, len(left), 8 * CHUNK):
        part = slice(begin, begin + 8 * CHUNK)
        same = np.zeros(len(left[part]), dtype=np.int32)
        for row in signatures:
            same += row[left[part]] == row[right[part]]
        kept[part] = same >= _AGREE * len(signatures)
    return kept


def _signatures(texts: Ints, runs: Runs) -> Words:
    """MinHash signatures, one row a hash and one column a text."""
    random = np.random.default_rng(_SEED)
    factors = random.integers(1, 2**32, _BANDS * _ROWS, dtype=np.uint32) | np.uint32(1)
    shifts = random.integers(0, 2**32, _BANDS * _ROWS, dtype=np.uint32)
    out = np.empty((_BANDS * _ROWS, len(texts)), dtype=np.uint32)
    for begin in range(0, len(texts), CHUNK):
        part = texts[begin : begin + CHUNK]
        hashes, _ = gathered(part, runs)
        begins = np.concatenate(([0], np.cumsum(runs.sizes[part])))[:-1]
        for row, (factor, shift) in enumerate(zip(factors, shifts, strict=True)):
            out[row, begin : begin + CHUNK] = np.minimum.reduceat(hashes * factor + shift, begins)
    return out


def gathered(texts: Ints, runs: Runs) -> tuple[Words, Ints]:
    """The runs of these texts end to end, and the text that each belongs to."""
    sizes = runs.sizes[texts]
    owner = np.repeat(texts, sizes)
    offsets = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return runs.runs[np.repeat(runs.at[texts], sizes) + offsets], owner


def in_common(left: Ints, right: Ints, runs: Runs) -> Ints:
    """How many runs the two texts of each pair share: counted, not estimated."""
    out = np.zeros(len(left), dtype=np.int64)
    for begin in range(0, len(left), CHUNK):
        part = slice(begin, begin + CHUNK)
        sides = []
        for side in (left[part], right[part]):
            values, _ = gathered(side, runs)
            pair = np.repeat(np.arange(len(side), dtype=np.uint64), runs.sizes[side])
            sides.append((pair << np.uint64(32)) | values)
        both = np.sort(np.concatenate(sides))
        twice = both[1:][both[1:] == both[:-1]]
        out[part] = np.bincount((twice >> np.uint64(32)).astype(np.int64), minlength=len(left[part]))
    return out
