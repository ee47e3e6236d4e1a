"""From scores to honest probabilities, and from probabilities to decisions.

Platt's scaling, shared by all codes where a code has few examples; thresholds that make F1 best, drawn towards the
one best for all codes the fewer examples a code has; and the cut above which a target precision is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

FEW: Final = 10  # examples below which a code shares the common scaling
_SHRINK: Final = 25.0  # examples at which a code's own threshold counts half
_GUARD: Final = 1  # right tags taken off before a precision is believed: small samples flatter
ENOUGH_TO_STAND_ALONE: Final = 200  # labelled comments below which no tag may stand without a person


@dataclass(frozen=True, kw_only=True)
class Scaling:
    """Slope and constant for each code: log odds = slope * score + constant."""

    slope: np.ndarray
    constant: np.ndarray

    def of(self, scores: np.ndarray) -> np.ndarray:
        return np.asarray(scores * self.slope + self.constant, dtype=np.float32)


def scaling(scores: np.ndarray, truth: np.ndarray) -> Scaling:
    """Platt's scaling for each code from scores of comments that were not learned from."""
    common = _platt(scores.reshape(-1, 1), truth.ravel())
    each = [
        _platt(scores[:, [code]], truth[:, code]) if FEW <= truth[:, code].sum() <= len(truth) - FEW else common
        for code in range(truth.shape[1])
    ]
    return Scaling(slope=np.array([slope for slope, _ in each]), constant=np.array([told for _, told in each]))


def _platt(scores: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    from sklearn.linear_model import LogisticRegression

    if not len(truth) or truth.min() == truth.max():
        return 1.0, 0.0
    model = LogisticRegression(C=1e3).fit(scores, truth)
    return max(0.0, float(model.coef_[0, 0])), float(model.intercept_[0])


def probability(odds: np.ndarray) -> np.ndarray:
    """Log odds as probability."""
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))), dtype=np.float32)


def thresholds(chance: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """For each code the probability from which on it is suggested."""
    common = _best(chance.ravel(), truth.ravel())
    examples = truth.sum(axis=0)
    own = np.array(
        [_best(chance[:, code], truth[:, code]) if examples[code] else common for code in range(len(examples))]
    )
    share = examples / (examples + _SHRINK)
    return np.asarray(share * own + (1 - share) * common, dtype=np.float32)


def _best(chance: np.ndarray, truth: np.ndarray) -> float:
    """The threshold with the highest F1, half-way to the next lower value."""
    if not truth.any():
        return 0.5
    order = np.argsort(-chance, kind="stable")
    right = np.cumsum(truth[order])
    score = 2 * right / (np.arange(1, len(truth) + 1) + truth.sum())
    place = int(score.argmax())
    lower = chance[order][place + 1] if place + 1 < len(chance) else 0.0
    return float((chance[order][place] + lower) / 2)


def cut(chance: np.ndarray, truth: np.ndarray, chosen: np.ndarray, precision: float) -> float | None:
    """The probability above which suggested tags are right at least so often; None where that cannot be told.

    Only the tags that would be suggested anyway are looked at. With fewer than `ENOUGH_TO_STAND_ALONE` labelled
    comments there is no cut: the promise was not kept below that when it was measured.
    """
    if len(truth) < ENOUGH_TO_STAND_ALONE or not chosen.any():
        return None
    order = np.argsort(-chance[chosen], kind="stable")
    right = np.cumsum(truth[chosen][order])
    kept = (right - _GUARD) / np.arange(1, len(right) + 1)
    good = np.flatnonzero(kept >= precision)
    return float(chance[chosen][order][good[-1]]) if len(good) else None
