"""How near each comment is to the words that describe each code: the tagger's guess before anyone taught it.

Three likenesses are brought to one scale and added up: meaning (vectors, centred on the comments' own mean),
letters, and words. What was measured when this was chosen: the description counts far more than the name alone;
centring lifts the vectors; one scale for all codes is better than one for each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from consultation.tagging.labels import Label
from consultation.tagging.meaning import corpus as corpora
from consultation.tagging.meaning.corpus import Block, Corpus, Matrix
from consultation.tagging.meaning.embedding import Encoder, normalised

SAMPLE: Final = 30_000  # distinct texts from which word weights, means and scales are taken
TOPICS: Final = 150  # dimensions of the fall-back for meaning, where the table is not there
_ALIKE: Final = 0.15  # three cosines added up; below this two texts share neither words nor meaning
_FEW: Final = 20


@dataclass(frozen=True, kw_only=True)
class Part:
    """One likeness: how it is measured, and the mean and spread of its values over the sample."""

    measure: Callable[[Corpus], np.ndarray]
    mean: float
    spread: float


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """Comments by labels: `score` is about 0 on average and higher is nearer; `alike` says whether there is any."""

    score: np.ndarray
    alike: np.ndarray


@dataclass(frozen=True, kw_only=True)
class Similarity:
    """Ready to measure comments against labels."""

    labels: tuple[Label, ...]
    parts: tuple[Part, ...]

    def of(self, texts: Corpus, width: int | None = None) -> Likeness:
        """Comments by labels; of a facet whose `width` codes are not described, all alike."""
        if not self.labels:
            nothing = np.zeros((len(texts), width or 0), dtype=np.float32)
            return Likeness(score=nothing, alike=nothing > 0)
        measured = [part.measure(texts) for part in self.parts]
        total = sum((values - part.mean) / part.spread for values, part in zip(measured, self.parts, strict=True))
        return Likeness(score=np.asarray(total, dtype=np.float32), alike=np.asarray(sum(measured) >= _ALIKE))


def fit(sample: Corpus, labels: Sequence[Label], *, encoder: Encoder | None = None) -> Similarity:
    """Learn word weights, the mean vector and scales from (a sample of) the comments; no label of theirs is needed."""
    if not labels:
        return Similarity(labels=(), parts=())
    described = corpora.read(label.text for label in labels)
    words = corpora.fit("word", sample)
    measures = [
        _lexical(words, described),
        _meaning(encoder, sample, described) if encoder else _topics(words, sample, described),
    ]
    if encoder is None or len(sample) < SAMPLE:  # beyond that letters cost more time than they mend misspellings
        measures.append(_lexical(corpora.fit("letter", sample, at_most=30_000), described))
    return Similarity(labels=tuple(labels), parts=tuple(_scaled(measure, sample) for measure in measures))


def _scaled(measure: Callable[[Corpus], np.ndarray], sample: Corpus) -> Part:
    values = measure(sample)
    spread = float(values.std()) if values.size else 1.0
    return Part(measure=measure, mean=float(values.mean()) if values.size else 0.0, spread=spread or 1.0)


def _lexical(block: Block, described: Corpus) -> Callable[[Corpus], np.ndarray]:
    wanted: Matrix = block.of(described).T.tocsr()
    return lambda texts: np.asarray((block.of(texts) @ wanted).todense(), dtype=np.float32)


def _meaning(encoder: Encoder, sample: Corpus, described: Corpus) -> Callable[[Corpus], np.ndarray]:
    mean = encoder.of(sample).sum(axis=0) / (len(sample) + _FEW)  # of few comments the mean says little
    wanted = normalised(encoder.of(described) - mean).T
    return lambda texts: normalised(encoder.of(texts) - mean) @ wanted


def _topics(words: Block, sample: Corpus, described: Corpus) -> Callable[[Corpus], np.ndarray]:
    """Likeness in the few dimensions that explain which words of the comments go together."""
    from sklearn.decomposition import TruncatedSVD

    matrix = words.of(sample)
    size = min(TOPICS, min(matrix.shape) - 1)
    if size < 2:
        return lambda texts: np.zeros((len(texts), len(described)), dtype=np.float32)
    topics = TruncatedSVD(n_components=size, random_state=0).fit(matrix)

    def project(texts: Corpus) -> np.ndarray:
        return normalised(topics.transform(words.of(texts)))

    wanted = project(described).T
    return lambda texts: project(texts) @ wanted
