"""The model of one facet: prior and two experts, mixed, calibrated and cut, in that order."""

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
_FLATTERY: Final = 0.25
_LEAN: Final = 6.0  # examples of a code at which its experts count as much as the prior


@dataclass(frozen=True, kw_only=True)
class Lessons:
    """Labelled cases of one facet: features, traits (cases by codes by five), truth, and who belongs together.

    `untaught` is what rules and likeness alone suggest.
    """

    codes: tuple[str, ...]
    features: Features
    traits: np.ndarray
    truth: np.ndarray
    untaught: np.ndarray
    groups: np.ndarray

    def rows(self, chosen: np.ndarray) -> Lessons:
        return Lessons(
            codes=self.codes,
            features=self.features.rows(chosen),
            traits=self.traits[chosen],
            truth=self.truth[chosen],
            untaught=self.untaught[chosen],
            groups=self.groups[chosen],
        )


@dataclass(frozen=True, kw_only=True)
class FacetModel:
    """What was learned of one facet. `examples` counts the labelled comments that carry each code."""

    codes: tuple[str, ...]
    prior: Prior
    words: Linear
    meaning: Linear
    scalings: tuple[Scaling, Scaling, Scaling, Scaling]  # of words, of meaning, of the prior, of all together
    thresholds: np.ndarray
    cut: float | None
    examples: np.ndarray
    labelled: int


def fit(lessons: Lessons, *, precision: float = 0.9) -> tuple[FacetModel, np.ndarray]:
    """The model, and the probabilities of each lesson by models that had not seen it nor its group.

    On one thread: many small regressions are faster so, and the sums are the same on every machine.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # of scikit-learn; ships no types

    with threadpool_limits(limits=1, user_api="blas"):
        return _fit(lessons, precision)


def _fit(lessons: Lessons, precision: float) -> tuple[FacetModel, np.ndarray]:
    held = [np.zeros(lessons.truth.shape, dtype=np.float32) for _ in range(3)]
    for learn, test in folds(lessons.groups):
        for part, scores in zip(held, _scores(lessons.rows(learn), lessons.rows(test)), strict=True):
            part[test] = scores
    truth = lessons.truth.astype(int)
    examples = truth.sum(axis=0)
    first, second, third = (calibration.scaling(part, truth) for part in held)
    mixed = _mixed(first.of(held[0]), second.of(held[1]), third.of(held[2]), examples)
    last = calibration.scaling(mixed, truth)
    chance = calibration.probability(last.of(mixed))
    levels = calibration.thresholds(chance, truth)
    believed = prior.fit(lessons.traits, truth)
    odds = believed.of(lessons.traits, prior.shares(examples, len(truth)))
    model = FacetModel(
        codes=lessons.codes,
        prior=believed,
        words=experts.fit_words(lessons.features, odds, lessons.truth),
        meaning=experts.fit_meaning(lessons.features, odds, lessons.truth),
        scalings=(first, second, third, last),
        thresholds=levels,
        cut=calibration.cut(chance, truth, chance >= levels, precision),
        examples=examples,
        labelled=len(truth),
    )
    return model, chance


def chances(model: FacetModel, features: Features, seen: np.ndarray) -> np.ndarray:
    """Calibrated probabilities, cases by codes of the model."""
    odds = model.prior.of(seen, prior.shares(model.examples, model.labelled))
    first, second, third, last = model.scalings
    words = first.of(model.words.of(features.words, odds))
    meaning = second.of(model.meaning.of(features.meaning, odds))
    return calibration.probability(last.of(_mixed(words, meaning, third.of(odds), model.examples)))


def _mixed(words: np.ndarray, meaning: np.ndarray, believed: np.ndarray, examples: np.ndarray) -> np.ndarray:
    """The experts' mean, leaning on the prior the more the fewer examples a code has."""
    lean = _LEAN / (_LEAN + examples)
    return np.asarray((1 - lean) * (words + meaning) / 2 + lean * believed, dtype=np.float32)


def chosen(name: str, chance: np.ndarray, thresholds: np.ndarray) -> np.ndarray:
    """What is suggested: all codes at or above their thresholds; of stances the one that is likeliest."""
    if name == "stance":
        return np.asarray(chance == chance.max(axis=1, keepdims=True))
    return np.asarray(chance >= thresholds)


def gains(lessons: Lessons, suggested: np.ndarray) -> bool:
    """Whether what was learned, `suggested` for lessons that it had not seen, scores a higher micro F1 than none of it.

    By more than a quarter over the root of their number: thresholds were set on them, which flatters few labels.
    """
    more = f1(lessons.truth, suggested) - f1(lessons.truth, lessons.untaught)
    return more > _FLATTERY / float(np.sqrt(len(lessons.truth)))


def f1(truth: np.ndarray, suggested: np.ndarray) -> float:
    """Micro F1; 1 where there is nothing to suggest and nothing is."""
    total = int(truth.sum() + suggested.sum())
    return float(2 * (truth & suggested).sum() / total) if total else 1.0


def folds(groups: np.ndarray, count: int | None = None) -> list[tuple[np.ndarray, np.ndarray]]:
    """Rows to learn from and rows to test on, several times; a group is never on both sides."""
    from sklearn.model_selection import GroupKFold

    wanted = count or (_FOLDS_FEW if len(groups) < _MANY else 3)
    kinds = len(np.unique(groups))
    if kinds < 2:
        return []
    return list(GroupKFold(n_splits=min(wanted, kinds)).split(groups, groups=groups))


def _scores(learn: Lessons, test: Lessons) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Scores of the test rows by each expert, and their prior."""
    believed = prior.fit(learn.traits, learn.truth.astype(int))
    given = prior.shares(learn.truth.sum(axis=0), len(learn.truth))
    before, after = believed.of(learn.traits, given), believed.of(test.traits, given)
    words = experts.fit_words(learn.features, before, learn.truth)
    meaning = experts.fit_meaning(learn.features, before, learn.truth)
    return words.of(test.features.words, after), meaning.of(test.features.meaning, after), after
