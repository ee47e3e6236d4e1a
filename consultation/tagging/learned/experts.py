"""Two experts that learn each code apart: one from words and letters, one from meaning together with the prior.

Balanced logistic regression, C = 5, for both. They err differently, so their averaged log odds beat either; chains of
codes, a second layer over all codes, and boosting did not help when they were tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import scipy.sparse as sp

from consultation.errors import ConsultationError
from consultation.tagging.meaning import corpus as corpora
from consultation.tagging.meaning.corpus import Block, Corpus, Matrix
from consultation.tagging.meaning.embedding import Encoder, normalised

C: Final = 5.0
_NEAR_ENOUGH: Final = 1e-2  # the solver's: log odds within 0.01 of those at 1e-4, in three quarters of the time
_THIN: Final = 5  # examples below which the expert on words leans on the prior too
_FEWEST: Final = 2  # examples below which nothing is learned of a code


@dataclass(frozen=True, kw_only=True)
class Features:
    """What the experts look at, made ready: `words` sparse, `meaning` dense."""

    words: Matrix
    meaning: np.ndarray

    def rows(self, chosen: np.ndarray) -> Features:
        return Features(words=self.words[chosen], meaning=self.meaning[chosen])


@dataclass(frozen=True, kw_only=True)
class Maker:
    """Makes features of any texts in the way in which the labelled ones were made."""

    blocks: tuple[Block, ...]
    mean: np.ndarray

    def of(self, texts: Corpus, encoder: Encoder | None) -> Features:
        """Raises `ConsultationError` where vectors come from something else than when the model was learned."""
        words = sp.hstack([block.of(texts) for block in self.blocks]).tocsr()
        vectors = encoder.of(texts) if encoder and len(texts) else np.zeros((len(texts), len(self.mean)))
        if (encoder is None) != (not len(self.mean)) or vectors.shape[1] != len(self.mean):
            raise ConsultationError(
                "The tagger learned with another sentence model than the settings name now.",
                where="consultation.yaml, sentence_model",
                do="Type: consultation learn",
            )
        return Features(words=words, meaning=normalised(vectors - self.mean))


def maker(sample: Corpus, encoder: Encoder | None) -> Maker:
    """Word weights and the mean vector from (a sample of) all comments, labelled or not."""
    blocks = (corpora.fit("word", sample), corpora.fit("letter", sample, at_most=30_000))
    mean = encoder.of(sample).mean(axis=0) if encoder else np.zeros(0, dtype=np.float32)
    return Maker(blocks=blocks, mean=mean)


@dataclass(frozen=True, kw_only=True)
class Linear:
    """Weights by codes, the last of them that of the code's prior log odds, and the constants.

    `knows` marks the codes with examples enough to have learned anything.
    """

    weights: np.ndarray
    constant: np.ndarray
    knows: np.ndarray

    def of(self, matrix: Any, prior: np.ndarray) -> np.ndarray:
        """Scores, cases by codes; a code that it does not know keeps its prior."""
        told = np.asarray(matrix @ self.weights[:, :-1].T) + prior * self.weights[:, -1] + self.constant
        return np.where(self.knows, told, prior)


def fit_words(features: Features, prior: np.ndarray, truth: np.ndarray) -> Linear:
    """The expert on words; only codes with few examples lean on the prior here."""
    return _fit(features.words, prior, truth, leans=truth.sum(axis=0) < _THIN)


def fit_meaning(features: Features, prior: np.ndarray, truth: np.ndarray) -> Linear:
    """The expert on meaning, which always leans on the prior."""
    return _fit(features.meaning, prior, truth, leans=np.ones(truth.shape[1], dtype=bool))


def _fit(matrix: Any, prior: np.ndarray, truth: np.ndarray, leans: np.ndarray) -> Linear:
    examples = truth.sum(axis=0)
    knows = (examples >= _FEWEST) & (examples < len(truth))
    weights = np.zeros((truth.shape[1], matrix.shape[1] + 1), dtype=np.float32)
    constant = np.zeros(truth.shape[1], dtype=np.float32)
    stack = sp.hstack if sp.issparse(matrix) else np.hstack
    for code in np.flatnonzero(knows):
        seen = stack([matrix, prior[:, [code]]]) if leans[code] else matrix
        learned, constant[code] = _logistic(seen, truth[:, code])
        weights[code, : len(learned)] = learned
    return Linear(weights=weights, constant=constant, knows=knows)


def _logistic(seen: Any, truth: np.ndarray) -> tuple[np.ndarray, float]:
    from sklearn.linear_model import LogisticRegression

    solver, tolerance = ("liblinear", _NEAR_ENOUGH) if sp.issparse(seen) else ("lbfgs", 1e-4)
    model = LogisticRegression(C=C, class_weight="balanced", solver=solver, tol=tolerance, max_iter=300, random_state=0)
    model.fit(seen, truth)
    return model.coef_[0], float(model.intercept_[0])
