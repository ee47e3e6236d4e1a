"""What is believed of a code before its own examples: rules, likeness and how often it was given, as log odds.

One small regression is shared by all codes of a facet, so that a code nobody has confirmed yet still gets a fair
guess, and a rare one a low one. This did more for few labels than anything else that was tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from consultation.tagging.meaning.similarity import Likeness

_STEADY: Final = 1.0  # inverse strength of regularisation
_RULE_FLOOR: Final = 0.02  # strength of evidence where no rule speaks
TRAITS: Final = 5


@dataclass(frozen=True, kw_only=True)
class Prior:
    """Weights of the traits and, last, of how often the code was given; and the constant."""

    weights: np.ndarray
    constant: float

    def of(self, traits: np.ndarray, given: np.ndarray) -> np.ndarray:
        """Log odds, cases by codes. `given` (of `shares`): how often each code was given."""
        return np.asarray(traits @ self.weights[:-1] + given * self.weights[-1] + self.constant, dtype=np.float32)


def traits(like: Likeness, strength: np.ndarray) -> np.ndarray:
    """Cases by codes by five: likeness of words, meaning and letters, gap to the likeliest code, log odds by rule."""
    if not strength.shape[1]:
        return np.zeros((*strength.shape, TRAITS), dtype=np.float32)
    held = np.clip(strength, _RULE_FLOOR, 0.99)
    gap = like.score.max(axis=1, keepdims=True) - like.score
    return np.stack([*like.parts, gap, np.log(held / (1 - held))], axis=-1).astype(np.float32)


def shares(examples: np.ndarray, labelled: int) -> np.ndarray:
    """The log odds of the share of labelled comments that carry each code, drawn a little towards one half."""
    return np.asarray(np.log((examples + 1) / (labelled - examples + 1)), dtype=np.float32)


def fit(seen: np.ndarray, truth: np.ndarray) -> Prior:
    """The prior of a facet from traits and truth of labelled cases."""
    from sklearn.linear_model import LogisticRegression

    given = np.broadcast_to(shares(truth.sum(axis=0), len(truth))[None, :, None], (*truth.shape, 1))
    flat, wanted = np.concatenate([seen, given], axis=-1).reshape(-1, TRAITS + 1), truth.ravel()
    if wanted.min(initial=1) == wanted.max(initial=0):
        return Prior(weights=np.zeros(TRAITS + 1), constant=-4.0)
    model = LogisticRegression(C=_STEADY).fit(flat, wanted)
    return Prior(weights=model.coef_[0], constant=float(model.intercept_[0]))
