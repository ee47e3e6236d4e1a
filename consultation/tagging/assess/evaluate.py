"""How good the suggestions are, measured on labels that the model had not seen, and told without flattery."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from consultation import codebook
from consultation.errors import ConsultationError
from consultation.model import LedgerEvent, Theme
from consultation.settings import Settings
from consultation.tagging import people, reading
from consultation.tagging.assess import figures
from consultation.tagging.learned import facet as facets
from consultation.tagging.learned import lessons as schooling
from consultation.tagging.learned.facet import Lessons
from consultation.tagging.learned.model import ENOUGH
from consultation.tagging.reading import Progress

DEFAULTS: Final = Settings()
Parts = Sequence[tuple[np.ndarray, np.ndarray]]  # of the lessons, those to learn from and those to test on
_SHARES: Final = (0.33, 0.67)  # of the learning side, for the learning curve
_PARTS: Final = 3  # folds that the curve is drawn from: learning again and again takes time
_MORE: Final = 50  # labels that the forecast is made for


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """The figures of one facet. Every one is of comments outside what was learned from.

    `per_code`: code, support, suggested, precision, recall, f1, f1_low, f1_high (95%), trivial_f1, verdict.
    `overall`: measure, value, low, high (where there is an interval), untaught (by rules and likeness alone), trivial.
    `drawn`: the same on the comments alone that chance chose and somebody read without seeing suggestions; or empty.
    `groups`: group, value, comments, f1. `ranking`: code, people, program, and their ranks (codes on 5% or more).
    `reliability`: from_chance, to_chance, tags, mean_chance, right. `curve`: labels, f1. `forecast` is in words.
    `held_out`: comment_id, code: what is suggested for each labelled comment by a model that did not see it.
    """

    facet: str
    labelled: int
    per_code: pd.DataFrame
    overall: pd.DataFrame
    drawn: pd.DataFrame
    groups: pd.DataFrame
    ranking: pd.DataFrame
    reliability: pd.DataFrame
    curve: pd.DataFrame
    forecast: str
    held_out: pd.DataFrame


def evaluate(
    comments: pd.DataFrame,
    questions: pd.DataFrame,
    elements: pd.DataFrame,
    themes: Sequence[Theme],
    events: Sequence[LedgerEvent],
    *,
    facet: str = "theme",
    settings: Settings = DEFAULTS,
    responses: pd.DataFrame | None = None,
    audiences: Sequence[Theme] = (),
    folds: int = 5,
    progress: Progress | None = None,
) -> Evaluation:
    """Cross-validate the tagger on what people labelled; all that it learns, it learns inside each fold.

    All comments of a respondent (`responses`), event, campaign or text are in one fold. `responses` also gives the
    groups by whom F1 is told. Raises `ConsultationError` with fewer than 25 labelled comments.
    """
    book = codebook.revise(themes, events)
    ready = reading.prepare(comments, questions, elements, book, settings=settings, audiences=audiences)
    held = schooling.gather(ready, comments, events, responses)
    lessons = held.lessons.get(facet)
    if lessons is None or len(lessons.truth) < ENOUGH or len(np.unique(lessons.groups)) < 2:
        found = 0 if lessons is None else len(lessons.truth)
        raise ConsultationError(
            f"There is too little to evaluate {facet}s on: people have labelled {found} comments, {ENOUGH} are needed.",
            do="Confirm or reject the suggestions on more comments.",
        )
    parts = facets.folds(lessons.groups, folds)
    trials = _Trials(facet, settings.target_precision, len(parts) + len(_SHARES) * len(parts[:_PARTS]), progress)
    chance, chosen = _held_out(lessons, parts, trials)
    truth, ids = lessons.truth, held.comments[facet]
    fair = np.isin(ids, sorted(people.drawn(events, facet)))
    curve = _curve(lessons, parts[:_PARTS], trials, chosen)
    return Evaluation(
        facet=facet,
        labelled=len(truth),
        per_code=figures.per_code(lessons.codes, truth, chosen),
        overall=figures.overall(truth, chosen, lessons.untaught),
        drawn=figures.overall(truth[fair], chosen[fair], lessons.untaught[fair]),
        groups=figures.groups(ids, comments, responses, truth, chosen),
        ranking=figures.ranking(lessons.codes, truth, chosen),
        reliability=figures.reliability(chance, truth),
        curve=pd.DataFrame(curve, columns=["labels", "f1"]),
        forecast=_forecast(curve),
        held_out=pd.DataFrame(
            [(ids[row], lessons.codes[at]) for row, at in np.argwhere(chosen)], columns=["comment_id", "code"]
        ),
    )


def _held_out(lessons: Lessons, parts: Parts, trials: _Trials) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities and suggestions of every lesson by a model that saw neither it nor its group."""
    chance = np.zeros(lessons.truth.shape, dtype=np.float32)
    chosen = np.zeros(lessons.truth.shape, dtype=bool)
    for learn, test in parts:
        chance[test], chosen[test] = trials(lessons.rows(learn), lessons.rows(test))
    return chance, chosen


def _curve(lessons: Lessons, parts: Parts, trials: _Trials, with_all: np.ndarray) -> list[tuple[int, float]]:
    """Labels learned from and micro F1 on the same test sides: with a third of them, two thirds, and all."""
    told: list[tuple[int, float]] = []
    tested = np.concatenate([test for _, test in parts])
    order = np.random.default_rng(0).random(int(lessons.groups.max()) + 1)
    for share in _SHARES:
        chosen = np.zeros(lessons.truth.shape, dtype=bool)
        sizes = []
        for learn, test in parts:
            fewer = learn[np.argsort(order[lessons.groups[learn]], kind="stable")[: max(10, int(len(learn) * share))]]
            sizes.append(len(fewer))
            _, chosen[test] = trials(lessons.rows(fewer), lessons.rows(test))
        told.append((int(np.mean(sizes)), facets.f1(lessons.truth[tested], chosen[tested])))
    size = int(np.mean([len(learn) for learn, _ in parts]))
    return [*told, (size, facets.f1(lessons.truth[tested], with_all[tested]))]


@dataclass
class _Trials:
    """Learns from some lessons and is tested on others, time and again, and says how far that has come."""

    facet: str
    precision: float
    total: int
    progress: Progress | None
    done: int = 0

    def __call__(self, learn: Lessons, test: Lessons) -> tuple[np.ndarray, np.ndarray]:
        """Probabilities and suggestions as `learn` would have them; none where it holds one group."""
        if len(np.unique(learn.groups)) > 1:
            told = self._of(learn, test)
        else:
            told = np.zeros(test.truth.shape, dtype=np.float32), np.zeros(test.truth.shape, dtype=bool)
        self.done += 1
        if self.progress:
            self.progress(self.done, self.total, f"{self.facet}s: checks on unseen comments")
        return told

    def _of(self, learn: Lessons, test: Lessons) -> tuple[np.ndarray, np.ndarray]:
        """By rules and likeness where labels bring no gain."""
        model, held = facets.fit(learn, precision=self.precision)
        chance = facets.chances(model, test.features, test.traits)
        if facets.gains(learn, facets.chosen(self.facet, held, model.thresholds)):
            return chance, facets.chosen(self.facet, chance, model.thresholds)
        return chance, test.untaught


def _forecast(curve: Sequence[tuple[int, float]]) -> str:
    """What 50 more labels would likely buy: F1 drawn on as a straight line in the logarithm of the labels."""
    sizes, scores = np.array(curve, dtype=float).T
    if len(np.unique(sizes)) < 3:
        return "There are too few labels to say what more of them would buy."
    slope, constant = np.polyfit(np.log(sizes), scores, 1)
    spread = float(np.std(scores - (slope * np.log(sizes) + constant)))
    gain = float(slope * np.log((sizes[-1] + _MORE) / sizes[-1]))
    if gain < max(0.01, spread):
        return f"{_MORE} more labels would likely change F1 by less than this measurement can tell."
    return f"{_MORE} more labels would likely lift F1 by about {min(gain, 1 - float(scores[-1])):.2f}."
