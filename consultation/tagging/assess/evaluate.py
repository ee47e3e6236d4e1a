"""How good the suggestions are, measured on labels that the model had not seen, and told without flattery."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from consultation import codebook
from consultation.errors import ConsultationError
from consultation.intervals import TOO_FEW, f1_interval, wilson
from consultation.model import LedgerEvent, Theme
from consultation.settings import Settings
from consultation.tagging import reading
from consultation.tagging.learned import facet as facets
from consultation.tagging.learned import lessons as schooling
from consultation.tagging.learned.facet import Lessons
from consultation.tagging.learned.model import ENOUGH
from consultation.tagging.reading import Progress

DEFAULTS: Final = Settings()
_SHARES: Final = (0.25, 0.5, 0.75)  # of the learning side, for the learning curve
_MORE: Final = 50  # labels that the forecast is made for
SAID_OFTEN: Final = 0.05  # a theme on this share of comments or more belongs in the ranking


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """The figures of one facet. Every one is of comments outside what was learned from.

    `per_code`: code, support, suggested, precision, recall, f1, f1_low, f1_high (95%), trivial_f1, verdict.
    `overall`: measure, value, low, high (where there is an interval), trivial.
    `groups`: group, value, comments, f1. `ranking`: code, people, program, and their ranks (codes on 5% or more).
    `reliability`: from_chance, to_chance, tags, mean_chance, right. `curve`: labels, f1. `forecast` is in words.
    """

    facet: str
    labelled: int
    per_code: pd.DataFrame
    overall: pd.DataFrame
    groups: pd.DataFrame
    ranking: pd.DataFrame
    reliability: pd.DataFrame
    curve: pd.DataFrame
    forecast: str


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
    chance, chosen = _held_out(lessons, folds, settings.target_precision, progress)
    curve = _curve(lessons, folds, settings.target_precision)
    return Evaluation(
        facet=facet,
        labelled=len(lessons.truth),
        per_code=_per_code(lessons, chosen),
        overall=_overall(lessons.truth, chosen),
        groups=_groups(held.comments[facet], comments, responses, lessons.truth, chosen),
        ranking=_ranking(lessons, chosen),
        reliability=_reliability(chance, chosen, lessons.truth),
        curve=pd.DataFrame([*curve, (len(lessons.truth) * (folds - 1) // folds, _f1(lessons.truth, chosen))],
                           columns=["labels", "f1"]),
        forecast=_forecast([*curve, (len(lessons.truth) * (folds - 1) // folds, _f1(lessons.truth, chosen))]),
    )  # fmt: skip


def _held_out(
    lessons: Lessons, folds: int, precision: float, progress: Progress | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities and suggestions of every lesson by a model that saw neither it nor its group."""
    chance = np.zeros(lessons.truth.shape, dtype=np.float32)
    chosen = np.zeros(lessons.truth.shape, dtype=bool)
    parts = facets.folds(lessons.groups, folds)
    for done, (learn, test) in enumerate(parts):
        chance[test], chosen[test] = _learn_and_test(lessons.rows(learn), lessons.rows(test), precision)
        if progress:
            progress(done + 1, len(parts), "folds checked")
    return chance, chosen


def _learn_and_test(learn: Lessons, test: Lessons, precision: float) -> tuple[np.ndarray, np.ndarray]:
    model, _ = facets.fit(learn, precision=precision)
    chance = facets.chances(model, test.features, test.traits)
    return chance, chance >= model.thresholds


def _per_code(lessons: Lessons, chosen: np.ndarray) -> pd.DataFrame:
    """One row a code; figures are withheld where fewer than five comments carry it."""
    rows = []
    for at, code in enumerate(lessons.codes):
        true, told = lessons.truth[:, at], chosen[:, at]
        right, suggested, support = int((true & told).sum()), int(told.sum()), int(true.sum())
        enough = support >= TOO_FEW
        low, high = f1_interval(right, suggested, support)
        rows.append(
            {
                "code": code,
                "support": support,
                "suggested": suggested,
                "precision": right / suggested if enough and suggested else None,
                "recall": right / support if enough else None,
                "f1": 2 * right / (suggested + support) if enough else None,
                "f1_low": low if enough else None,
                "f1_high": high if enough else None,
                "trivial_f1": 2 * support / (len(true) + support) if enough else None,
                "verdict": "" if enough else "too few to say",
            }
        )
    return pd.DataFrame(rows)


def _overall(truth: np.ndarray, chosen: np.ndarray) -> pd.DataFrame:
    """Micro and macro F1, F1 averaged over comments, and the share of comments whose codes are all right.

    `trivial` is what it would score to give every comment the commonest code and look at none.
    """
    common = np.zeros_like(chosen)
    common[:, int(truth.sum(axis=0).argmax())] = True
    right, suggested, true = int((truth & chosen).sum()), int(chosen.sum()), int(truth.sum())
    exact = int((truth == chosen).all(axis=1).sum())
    rows = [
        ("micro F1", _f1(truth, chosen), *f1_interval(right, suggested, true), _f1(truth, common)),
        ("precision", right / suggested if suggested else None, *wilson(right, suggested), _precision(truth, common)),
        ("recall", right / true if true else None, *wilson(right, true), float((truth & common).sum() / max(1, true))),
        ("macro F1 (codes with support of 5 or more)", _macro(truth, chosen), None, None, _macro(truth, common)),
        ("F1 averaged over comments", _per_comment(truth, chosen), None, None, _per_comment(truth, common)),
        (
            "comments with all codes right",
            exact / len(truth),
            *wilson(exact, len(truth)),
            float((truth == common).all(axis=1).mean()),
        ),
    ]
    return pd.DataFrame(rows, columns=["measure", "value", "low", "high", "trivial"])


def _f1(truth: np.ndarray, chosen: np.ndarray) -> float:
    total = int(truth.sum() + chosen.sum())
    return float(2 * (truth & chosen).sum() / total) if total else 1.0


def _precision(truth: np.ndarray, chosen: np.ndarray) -> float:
    return float((truth & chosen).sum() / max(1, chosen.sum()))


def _macro(truth: np.ndarray, chosen: np.ndarray) -> float | None:
    codes = np.flatnonzero(truth.sum(axis=0) >= TOO_FEW)
    return float(np.mean([_f1(truth[:, at], chosen[:, at]) for at in codes])) if len(codes) else None


def _per_comment(truth: np.ndarray, chosen: np.ndarray) -> float:
    """A comment without a code on either side counts as right."""
    total = truth.sum(axis=1) + chosen.sum(axis=1)
    return float(np.where(total > 0, 2 * (truth & chosen).sum(axis=1) / np.maximum(total, 1), 1.0).mean())


def _groups(
    ids: tuple[str, ...], comments: pd.DataFrame, responses: pd.DataFrame | None, truth: np.ndarray, chosen: np.ndarray
) -> pd.DataFrame:
    """F1 for each kind of respondent and each group that the responses name, of at least five comments."""
    told: dict[tuple[str, str], list[int]] = {}
    if responses is not None:
        names = ("response_id", "respondent_type", "groups")
        held = {one: (kind, groups) for one, kind, groups in zip(*(responses[n].tolist() for n in names), strict=True)}
        of = dict(zip(comments["comment_id"].tolist(), comments["response_id"].tolist(), strict=True))
        for row, comment in enumerate(ids):
            kind, groups = held.get(of[comment], (None, ()))
            if isinstance(kind, str):
                told.setdefault(("respondent type", kind), []).append(row)
            for group in groups:
                heading, _, value = group.partition("=")
                told.setdefault((heading, value), []).append(row)
    rows = [
        (group, value, len(places), _f1(truth[places], chosen[places]) if len(places) >= TOO_FEW else None)
        for (group, value), places in sorted(told.items())
    ]
    return pd.DataFrame(rows, columns=["group", "value", "comments", "f1"])


def _ranking(lessons: Lessons, chosen: np.ndarray) -> pd.DataFrame:
    """The codes that people gave 5% of the comments or more, ranked by people and by the program."""
    people, program = lessons.truth.sum(axis=0), chosen.sum(axis=0)
    often = np.flatnonzero(people >= SAID_OFTEN * len(lessons.truth))
    table = pd.DataFrame(
        {"code": [lessons.codes[at] for at in often], "people": people[often], "program": program[often]}
    )
    table["rank_by_people"] = table["people"].rank(method="min", ascending=False).astype("int64")
    table["rank_by_program"] = table["program"].rank(method="min", ascending=False).astype("int64")
    table["shift"] = table["rank_by_program"] - table["rank_by_people"]
    return table.sort_values(["rank_by_people", "code"], ignore_index=True)


def _reliability(chance: np.ndarray, chosen: np.ndarray, truth: np.ndarray, bins: int = 10) -> pd.DataFrame:
    """Of all pairs of comment and code by stated probability: how many came true."""
    place = np.minimum((chance * bins).astype(int), bins - 1)
    rows = [
        (at / bins, (at + 1) / bins, int(here.sum()), float(chance[here].mean()), float(truth[here].mean()))
        for at in range(bins)
        if (here := place == at).any()
    ]
    return pd.DataFrame(rows, columns=["from_chance", "to_chance", "tags", "mean_chance", "right"])


def _curve(lessons: Lessons, folds: int, precision: float) -> list[tuple[int, float]]:
    """Labels learned from and micro F1 on the same test sides, with a quarter, a half and three quarters of them."""
    told: list[tuple[int, float]] = []
    parts = facets.folds(lessons.groups, folds)
    order = np.random.default_rng(0).random(int(lessons.groups.max()) + 1)
    for share in _SHARES:
        chosen = np.zeros(lessons.truth.shape, dtype=bool)
        sizes = []
        for learn, test in parts:
            fewer = learn[np.argsort(order[lessons.groups[learn]], kind="stable")[: max(10, int(len(learn) * share))]]
            sizes.append(len(fewer))
            if len(np.unique(lessons.groups[fewer])) > 1:
                _, chosen[test] = _learn_and_test(lessons.rows(fewer), lessons.rows(test), precision)
        told.append((int(np.mean(sizes)), _f1(lessons.truth, chosen)))
    return told


def _forecast(curve: Sequence[tuple[int, float]]) -> str:
    """What 50 more labels would likely buy: F1 drawn on as a straight line in the logarithm of the labels."""
    sizes, scores = np.array(curve, dtype=float).T
    if len(np.unique(sizes)) < 3:
        return "There are too few labels to say what more of them would buy."
    slope, constant = np.polyfit(np.log(sizes), scores, 1)
    spread = float(np.std(scores - (slope * np.log(sizes) + constant)))
    gain = float(slope * np.log((sizes[-1] + _MORE) / sizes[-1]))
    if gain < max(0.005, spread):
        return f"{_MORE} more labels would likely change F1 by less than this measurement can tell ({gain:+.3f})."
    return f"{_MORE} more labels would likely lift F1 from {scores[-1]:.2f} to about {min(1.0, scores[-1] + gain):.2f}."
