"""The model of one facet: prior, two experts, calibration, thresholds, in that order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from consultation.tagging.learned import calibration, experts, prior
from consultation.tagging.learned.calibration import Scaling
from consultation.tagging.learned.experts import Features, Linear
from consultation.tagging.learned.prior import Prior

_FOLDS_FEW: Final = 5  # folds below this many labelled comments, three from there on: time against steadiness
_MANY: Final = 500


@dataclass(frozen=True, kw_only=True)
class Lessons:
    """Labelled cases of one facet: features, traits (cases by codes by three), truth, and who belongs together."""

    codes: tuple[str, ...]
    features: Features
    traits: np.ndarray
    truth: np.ndarray
    groups: np.ndarray

    def rows(self, chosen: np.ndarray) -> Lessons:
        return Lessons(
            codes=self.codes,
            features=self.features.rows(chosen),
            traits=self.traits[chosen],
            truth=self.truth[chosen],
            groups=self.groups[chosen],
        )


@dataclass(frozen=True, kw_only=True)
class FacetModel:
    """What was learned of one facet. `examples` counts the labelled comments that carry each code."""

    codes: tuple[str, ...]
    prior: Prior
    words: Linear
    meaning: Linear
    scalings: tuple[Scaling, Scaling, Scaling]  # of the words, of the meaning, of both together
    thresholds: np.ndarray
    cut: float | None
    examples: np.ndarray
    labelled: int


def fit(lessons: Lessons, *, precision: float = 0.9) -> tuple[FacetModel, np.ndarray]:
    """The model, and the probabilities of each lesson by models that had not seen it nor its group."""
    parts = [np.zeros(lessons.truth.shape, dtype=np.float32) for _ in range(2)]
    for learn, test in folds(lessons.groups):
        told = _experts(lessons.rows(learn), lessons.rows(test))
        for part, scores in zip(parts, told, strict=True):
            part[test] = scores
    truth = lessons.truth.astype(int)
    first, second = (calibration.scaling(part, truth) for part in parts)
    both = (first.of(parts[0]) + second.of(parts[1])) / 2
    last = calibration.scaling(both, truth)
    chance = calibration.probability(last.of(both))
    levels = calibration.thresholds(chance, truth)
    believed = prior.fit(lessons.traits, truth)
    odds = believed.of(lessons.traits)
    model = FacetModel(
        codes=lessons.codes,
        prior=believed,
        words=experts.fit_words(lessons.features, odds, lessons.truth),
        meaning=experts.fit_meaning(lessons.features, odds, lessons.truth),
        scalings=(first, second, last),
        thresholds=levels,
        cut=calibration.cut(chance, truth, chance >= levels, precision),
        examples=lessons.truth.sum(axis=0),
        labelled=len(lessons.truth),
    )
    return model, chance


def chances(model: FacetModel, features: Features, seen: np.ndarray) -> np.ndarray:
    """Calibrated probabilities, cases by codes of the model."""
    odds = model.prior.of(seen)
    first, second, last = model.scalings
    words = first.of(model.words.of(features.words, odds))
    meaning = second.of(model.meaning.of(features.meaning, odds))
    return calibration.probability(last.of((words + meaning) / 2))


def chosen(name: str, chance: np.ndarray, thresholds: np.ndarray) -> np.ndarray:
    """What is suggested: all codes at or above their thresholds; of stances the one that is likeliest."""
    if name == "stance":
        return np.asarray(chance == chance.max(axis=1, keepdims=True))
    return np.asarray(chance >= thresholds)


def folds(groups: np.ndarray, count: int | None = None) -> list[tuple[np.ndarray, np.ndarray]]:
    """Rows to learn from and rows to test on, several times; a group is never on both sides."""
    from sklearn.model_selection import GroupKFold

    wanted = count or (_FOLDS_FEW if len(groups) < _MANY else 3)
    kinds = len(np.unique(groups))
    if kinds < 2:
        return []
    return list(GroupKFold(n_splits=min(wanted, kinds)).split(groups, groups=groups))


def _experts(learn: Lessons, test: Lessons) -> tuple[np.ndarray, np.ndarray]:
    """Scores of the test rows by each expert."""
    believed = prior.fit(learn.traits, learn.truth.astype(int))
    before, after = believed.of(learn.traits), believed.of(test.traits)
    words = experts.fit_words(learn.features, before, learn.truth)
    meaning = experts.fit_meaning(learn.features, before, learn.truth)
    return words.of(test.features.words, after), meaning.of(test.features.meaning, after)
