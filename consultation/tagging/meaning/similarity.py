"""How near each comment is to the words that describe each code: the tagger's guess before anyone taught it.

Three likenesses are brought to one scale and added up: meaning (vectors, centred on the comments' own mean),
letters, and words. What was measured when this was chosen: the description counts far more than the name alone;
centring lifts the vectors; one scale for all codes is better than one for each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from consultation.tagging.labels import Label
from consultation.tagging.meaning import corpus as corpora
from consultation.tagging.meaning.corpus import Block, Corpus
from consultation.tagging.meaning.embedding import Encoder, normalised

SAMPLE: Final = 30_000  # distinct texts from which word weights, means and scales are taken
TOPICS: Final = 150  # dimensions of the fall-back for meaning, where the table is not there
_ALIKE: Final = 0.15  # three cosines added up; below this two texts share neither words nor meaning
_FEW: Final = 20


Measure = Callable[[Corpus], np.ndarray]


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """Comments by labels: `score` is about 0 on average and higher is nearer; `alike` says whether there is any.

    `parts` are what the score adds up: likeness of words, of meaning, of letters; zeros where one was not measured.
    """

    score: np.ndarray
    alike: np.ndarray
    parts: tuple[np.ndarray, np.ndarray, np.ndarray]


@dataclass(frozen=True, kw_only=True)
class Similarity:
    """Ready to measure comments against the labels of several facets, which stand side by side in `columns`.

    The scales of a facet are the mean and spread of each measure over the sample.
    """

    columns: Mapping[str, slice]
    measures: tuple[Measure, ...]
    scales: Mapping[str, tuple[tuple[float, float], ...]]
    sample: Corpus
    of_sample: tuple[np.ndarray, ...]

    def of(self, texts: Corpus) -> dict[str, Likeness]:
        """By facet, comments by labels; none where no label is described."""
        if not self.measures:
            return {}
        measured = self.of_sample if texts is self.sample else tuple(measure(texts) for measure in self.measures)
        return {facet: self._likeness(facet, measured) for facet in self.columns}

    def of_words(self, texts: Corpus) -> dict[str, np.ndarray]:
        """By facet, distinct words by labels: how near each word is when it stands alone."""
        return {facet: like.score for facet, like in self.of(corpora.read(texts.vocabulary)).items()}

    def _likeness(self, facet: str, measured: Sequence[np.ndarray]) -> Likeness:
        mine = [values[:, self.columns[facet]] for values in measured]
        scaled = [(values - mean) / spread for values, (mean, spread) in zip(mine, self.scales[facet], strict=True)]
        words, meaning, letters = (*scaled, np.zeros_like(scaled[0]))[:3]
        score, alike = np.asarray(sum(scaled)), np.asarray(sum(mine) >= _ALIKE)
        return Likeness(score=score, alike=alike, parts=(words, meaning, letters))


def fit(sample: Corpus, labels: Mapping[str, Sequence[Label]], *, encoder: Encoder | None = None) -> Similarity:
    """Learn word weights, the mean vector and scales from (a sample of) the comments; no label of theirs is needed."""
    columns, described = dict[str, slice](), list[str]()
    for facet, told in labels.items():
        columns[facet] = slice(len(described), len(described) + len(told))
        described.extend(label.text for label in told)
    measures = _measures(sample, corpora.read(described), encoder) if described else ()
    measured = tuple(measure(sample) for measure in measures)
    return Similarity(
        columns=columns,
        measures=measures,
        scales={facet: tuple(_scale(values[:, mine].copy()) for values in measured) for facet, mine in columns.items()},
        sample=sample,
        of_sample=measured,
    )


def nothing(count: int, labels: int) -> Likeness:
    """The likeness of so many comments to labels that have no description: none."""
    score = np.zeros((count, labels), dtype=np.float32)
    return Likeness(score=score, alike=score > 0, parts=(score, score, score))


def _measures(sample: Corpus, described: Corpus, encoder: Encoder | None) -> tuple[Measure, ...]:
    words = corpora.fit("word", sample)
    meaning = _meaning(encoder, sample, described) if encoder else _topics(words, sample, described)
    if encoder and len(sample) >= SAMPLE:  # beyond that letters cost more time than they mend misspellings
        return _lexical(words, described), meaning
    return _lexical(words, described), meaning, _lexical(corpora.fit("letter", sample, at_most=30_000), described)


def _scale(values: np.ndarray) -> tuple[float, float]:
    """Mean and spread."""
    return (float(values.mean()), float(values.std()) or 1.0) if values.size else (0.0, 1.0)


def _lexical(block: Block, described: Corpus) -> Measure:
    wanted = block.of(described).T.toarray()
    return lambda texts: np.asarray(block.of(texts) @ wanted, dtype=np.float32)


def _meaning(encoder: Encoder, sample: Corpus, described: Corpus) -> Measure:
    mean = encoder.of(sample).sum(axis=0) / (len(sample) + _FEW)  # of few comments the mean says little
    wanted = normalised(encoder.of(described) - mean).T
    return lambda texts: normalised(encoder.of(texts) - mean) @ wanted


def _topics(words: Block, sample: Corpus, described: Corpus) -> Measure:
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
