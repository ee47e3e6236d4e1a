"""Which suggestions are made: clues, likeness and what a model learned, brought to one score for each code.

Before anyone has labelled anything, the scores are strengths of evidence, not probabilities: they rank, and `band`
says how strong. A model's scores are calibrated probabilities.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from consultation.model import FACETS
from consultation.tagging.labels import Book
from consultation.tagging.meaning.similarity import Likeness
from consultation.tagging.rules.asked import Asked
from consultation.tagging.rules.reader import Clue

ENOUGH: Final = 0.5  # evidence by rule from which on a code is suggested
MOST: Final = 4  # suggestions of one facet on one comment by rule
_BANDS: Final = ((0.8, "strong"), (0.6, "likely"), (0.5, "possible"), (0.0, "weak"))
_ASKED_ONE: Final = 0.85  # a comment nearly always stays with the one element that it was asked about
_ASKED_MANY: Final = 0.55
_BELOW: Final = 0.3  # an element under the one asked about
_SUREST: Final = 0.99
_ELSEWHERE: Final = 0.75  # how much a likeness of words counts for an element that was not asked about


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Strength by case and label (0 to 1), and the best clue behind each."""

    strength: np.ndarray
    best: dict[tuple[int, int], Clue] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Picks:
    """Labels to suggest (their places in the book) for cases, in order, how sure each is, and what says so."""

    rows: np.ndarray
    labels: np.ndarray
    scores: np.ndarray
    origin: str


def band(score: float) -> str:
    """The word for a strength of evidence.

    >>> band(0.85), band(0.3)
    ('strong', 'weak')
    """
    return next(word for least, word in _BANDS if score >= least)


def evidence(clues: Sequence[Sequence[Clue]], asked: Sequence[Asked], book: Book) -> dict[str, Evidence]:
    """What the rules say of each case about each label, by facet."""
    columns = {facet: {label.code: place for place, label in enumerate(book.of(facet))} for facet in FACETS}
    doubt = {facet: dict[tuple[int, int], float]() for facet in FACETS}
    best = {facet: dict[tuple[int, int], Clue]() for facet in FACETS}
    for row, told in enumerate(clues):
        for clue in told:
            column = columns[clue.facet].get(clue.code)
            if column is not None:
                at, left, surest = (row, column), doubt[clue.facet], best[clue.facet]
                left[at] = left.get(at, 1.0) * (1 - clue.strength)
                if at not in surest or clue.strength > surest[at].strength:
                    surest[at] = clue
    _with_asked(doubt["element"], best["element"], asked, columns["element"], book)
    return {
        facet: Evidence(strength=_strength(doubt[facet], (len(clues), len(columns[facet]))), best=best[facet])
        for facet in FACETS
    }


def _strength(doubt: dict[tuple[int, int], float], shape: tuple[int, int]) -> np.ndarray:
    strength = np.zeros(shape, dtype=np.float32)
    if doubt:
        rows, columns = np.array(list(doubt)).T
        strength[rows, columns] = np.minimum(1 - np.fromiter(doubt.values(), dtype=np.float64), _SUREST)
    return strength


def _with_asked(
    doubt: dict[tuple[int, int], float], best: dict[tuple[int, int], Clue], asked: Sequence[Asked],
    column: dict[str, int], book: Book,
) -> None:  # fmt: skip
    """What was asked about counts for itself, a little for what stands under it, and against what stands elsewhere."""
    below = {one: _places(one, column, book) for one in set(asked) if one.elements}
    for (row, at), clue in best.items():
        told = asked[row]
        if not told.elements or book.elements[at].code in told.elements:
            continue
        if at in below[told]:
            doubt[row, at] *= 1 - _BELOW
        elif clue.kind not in ("reference", "name"):
            doubt[row, at] = 1 - (1 - doubt[row, at]) * _ELSEWHERE
    for row, one in enumerate(asked):
        own = _ASKED_ONE if len(one.elements) == 1 else _ASKED_MANY
        for code in one.elements:
            pair = (row, column[code])
            doubt[pair] = doubt.get(pair, 1.0) * (1 - own)
            if pair not in best or best[pair].strength < own:
                best[pair] = Clue("element", code, "asked", own, source=f"{one.how} {code}")


def _places(asked: Asked, column: dict[str, int], book: Book) -> frozenset[int]:
    """The labels that stand under what was asked about."""
    below = {code for element in asked.elements for code in book.subtree(element)} - set(asked.elements)
    return frozenset(column[code] for code in below)


def chosen(facet: str, found: Evidence, like: Likeness, silent: np.ndarray, asked: np.ndarray) -> tuple[Picks, ...]:
    """The labels to suggest.

    By rule where the evidence is enough; of stances the one that fits best. An element or theme, where no rule speaks
    and nothing was asked, by likeness: the nearest label if it is among the nearer 2.5 pairs a comment, and any other
    among the nearest one a comment. No threshold that was tried without labels did better. `silent` marks cases
    that say nothing: they get no suggestion.
    """
    strength = np.where(silent[:, None], np.float32(0), found.strength)
    if facet == "stance":
        return (_best(strength > 0, strength, 1, "rule"),)
    by_rule = _best(strength >= ENOUGH, strength, MOST, "rule")
    if facet == "audience" or not like.score.size:
        return (by_rule,)
    open_to = ~silent & ~(asked if facet == "element" else False)
    open_to[by_rule.rows] = False
    return by_rule, _by_likeness(like, open_to)


def table(facet: str, found: Evidence, like: Likeness, silent: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """What `chosen` suggests, as cases by labels."""
    told = np.zeros(found.strength.shape, dtype=bool)
    for picks in chosen(facet, found, like, silent, asked):
        told[picks.rows, picks.labels] = True
    return told


def _by_likeness(like: Likeness, open_to: np.ndarray) -> Picks:
    likeness = np.where(like.alike & open_to[:, None], like.score, -np.inf)
    ordered = np.sort(like.score, axis=None)
    near, nearer = (float(np.quantile(ordered, max(0.0, 1 - share / likeness.shape[1]))) for share in (2.5, 1.0))
    wanted = likeness > nearer
    every, top = np.arange(len(likeness)), likeness.argmax(axis=1)
    wanted[every, top] = likeness[every, top] > near
    best = _best(wanted, likeness, 2, "similarity")
    farther = np.searchsorted(ordered, likeness[best.rows, best.labels]) / ordered.size  # the share of all pairs
    return replace(best, scores=0.2 + 0.29 * farther)


def _best(wanted: np.ndarray, score: np.ndarray, most: int, origin: str) -> Picks:
    """Of the labels that are wanted for a case so many, those that score highest."""
    rows, labels = np.nonzero(wanted)
    scores = score[rows, labels]
    order = np.lexsort((labels, -scores, rows))
    rows, labels, scores = rows[order], labels[order], scores[order]
    kept = np.arange(len(rows)) - np.searchsorted(rows, rows) < most
    return Picks(rows=rows[kept], labels=labels[kept], scores=scores[kept], origin=origin)
