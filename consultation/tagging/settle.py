"""Which suggestions are made: clues, likeness and what a model learned, brought to one score for each code.

Before anyone has labelled anything, the scores are strengths of evidence, not probabilities: they rank, and `band`
says how strong. A model's scores are calibrated probabilities.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from consultation.tagging.labels import Book, Label
from consultation.tagging.meaning.similarity import Likeness
from consultation.tagging.rules.asked import Asked
from consultation.tagging.rules.reader import Clue

ENOUGH: Final = 0.5  # evidence by rule from which on a code is suggested
MOST: Final = 4  # suggestions of one facet on one comment by rule
_BANDS: Final = ((0.8, "strong"), (0.6, "likely"), (0.5, "possible"), (0.0, "weak"))
_ASKED_ONE: Final = 0.85  # a comment nearly always stays with the one element that it was asked about
_ASKED_MANY: Final = 0.55
_BELOW: Final = 0.3  # an element under the one asked about
_ELSEWHERE: Final = 0.75  # how much a likeness of words counts for an element that was not asked about


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Strength by case and label (0 to 1), and the best clue behind each."""

    strength: np.ndarray
    best: dict[tuple[int, int], Clue] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Pick:
    """A label to suggest (its place in the book), how sure that is, and what says so."""

    label: int
    score: float
    origin: str


def band(score: float) -> str:
    """The word for a strength of evidence.

    >>> band(0.85), band(0.3)
    ('strong', 'weak')
    """
    return next(word for least, word in _BANDS if score >= least)


def evidence(facet: str, clues: Sequence[Sequence[Clue]], asked: Sequence[Asked], book: Book) -> Evidence:
    """What the rules say of each case about each label of a facet."""
    labels = book.of(facet)
    column = {label.code: place for place, label in enumerate(labels)}
    strength = np.zeros((len(clues), len(labels)), dtype=np.float32)
    best: dict[tuple[int, int], Clue] = {}
    for row, told in enumerate(clues):
        for clue in told:
            if clue.facet == facet and clue.code in column:
                at = (row, column[clue.code])
                if at not in best or clue.strength > best[at].strength:
                    best[at] = clue
                strength[at] = 1 - (1 - strength[at]) * (1 - clue.strength)
        if facet == "element" and asked[row].elements:
            _with_asked(strength[row], best, row, asked[row], labels, column, book)
    return Evidence(strength=np.minimum(strength, 0.99), best=best)


def _with_asked(
    strength: np.ndarray, best: dict[tuple[int, int], Clue], row: int, asked: Asked,
    labels: Sequence[Label], column: dict[str, int], book: Book,
) -> None:  # fmt: skip
    """What was asked about counts for itself, a little for what stands under it, and against what stands elsewhere."""
    own = _ASKED_ONE if len(asked.elements) == 1 else _ASKED_MANY
    below = {code for element in asked.elements for code in book.subtree(element)} - set(asked.elements)
    for label in labels:
        at = column[label.code]
        if label.code in asked.elements:
            strength[at] = 1 - (1 - strength[at]) * (1 - own)
            if (row, at) not in best or best[row, at].strength < own:
                source = f"{asked.how} {label.code}"
                best[row, at] = Clue(facet="element", code=label.code, kind="asked", strength=own, source=source)
        elif label.code in below:
            strength[at] = 1 - (1 - strength[at]) * (1 - _BELOW) if strength[at] else 0
        elif (row, at) in best and best[row, at].kind not in ("reference", "name"):
            strength[at] *= _ELSEWHERE


def chosen(facet: str, found: Evidence, like: Likeness, silent: np.ndarray, asked: np.ndarray) -> list[list[Pick]]:
    """For each case the labels to suggest, best first.

    By rule where the evidence is enough; of stances the one that fits best. An element or theme, where no rule speaks
    and nothing was asked, by likeness: the nearest label if it is among the nearer 2.5 pairs a comment, and any other
    among the nearest one a comment. No threshold that was tried without labels did better. `silent` marks cases
    that say nothing: they get no suggestion.
    """
    if facet == "stance":
        return [[] if silent[row] else _likeliest(found.strength[row]) for row in range(len(silent))]
    if facet == "audience":
        return [[] if silent[row] else _by_rule(found.strength[row]) for row in range(len(silent))]
    likeness = np.where(like.alike, like.score, -np.inf)
    near, nearer = _quantiles(like.score)
    ranks = _rank(like.score)
    told: list[list[Pick]] = []
    for row in range(len(likeness)):
        by_rule = [] if silent[row] else _by_rule(found.strength[row])
        if by_rule or silent[row] or not likeness.shape[1] or (facet == "element" and asked[row]):
            told.append(by_rule)
            continue
        top = int(likeness[row].argmax())
        nearest = [int(at) for at in np.flatnonzero(likeness[row] > nearer) if at != top]
        if likeness[row, top] > near:
            nearest.append(top)
        scored = [Pick(label=at, score=0.2 + 0.29 * float(ranks[row, at]), origin="similarity") for at in nearest]
        told.append(sorted(scored, key=lambda one: (-one.score, one.label))[:2])
    return told


def table(facet: str, found: Evidence, like: Likeness, silent: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """What `chosen` suggests, as cases by labels."""
    told = np.zeros(found.strength.shape, dtype=bool)
    for row, picks in enumerate(chosen(facet, found, like, silent, asked)):
        told[row, [pick.label for pick in picks]] = True
    return told


def _by_rule(strength: np.ndarray) -> list[Pick]:
    enough = [
        Pick(label=int(at), score=float(strength[at]), origin="rule") for at in np.flatnonzero(strength >= ENOUGH)
    ]
    return sorted(enough, key=lambda one: (-one.score, one.label))[:MOST]


def _likeliest(strength: np.ndarray) -> list[Pick]:
    best = int(strength.argmax())
    return [Pick(label=best, score=float(strength[best]), origin="rule")] if strength[best] > 0 else []


def _quantiles(likeness: np.ndarray) -> tuple[float, float]:
    labels = likeness.shape[1]
    if not likeness.size:
        return 0.0, 0.0
    return (
        float(np.quantile(likeness, max(0.0, 1 - 2.5 / labels))),
        float(np.quantile(likeness, max(0.0, 1 - 1.0 / labels))),
    )


def _rank(values: np.ndarray) -> np.ndarray:
    """The share of all pairs that are farther."""
    if not values.size:
        return values
    ordered = np.sort(values, axis=None)
    return np.searchsorted(ordered, values) / ordered.size
