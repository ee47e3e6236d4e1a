"""`learn`: from officers' labels to a model, with a card that says what it was made of and how good it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from consultation import codebook
from consultation.errors import ConsultationError
from consultation.model import LedgerEvent, Theme
from consultation.settings import Settings
from consultation.tagging import reading
from consultation.tagging.learned import facet as facets
from consultation.tagging.learned import lessons as schooling
from consultation.tagging.learned.experts import Maker
from consultation.tagging.learned.facet import FacetModel, Lessons
from consultation.text import fingerprint

ENOUGH: Final = 25  # labelled comments from which on learning beat the rules alone when it was measured
FORMAT: Final = 3  # raise it when the meaning of a model file changes
DEFAULTS: Final = Settings()


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """The labelled comments: ids, vectors, and truth by facet, to show which of them a suggestion rests on."""

    ids: tuple[str, ...]
    vectors: np.ndarray
    truth: np.ndarray


@dataclass(frozen=True, kw_only=True)
class Model:
    """What was learned, by facet. It holds numbers and ids: no text, and no word of a respondent."""

    version: str
    maker: Maker
    facets: dict[str, FacetModel]
    neighbours: dict[str, Neighbours]
    card: dict[str, Any]


def learn(
    comments: pd.DataFrame,
    questions: pd.DataFrame,
    elements: pd.DataFrame,
    themes: Sequence[Theme],
    events: Sequence[LedgerEvent],
    *,
    settings: Settings = DEFAULTS,
    responses: pd.DataFrame | None = None,
    audiences: Sequence[Theme] = (),
    progress: reading.Progress | None = None,
) -> Model:
    """Learn from the tags that people confirmed and rejected (ledger events `tag` and `adjudicate`).

    A facet is learned from 25 labelled comments on; the others stay with rules and likeness. `responses` keeps all
    answers of one respondent together when the model checks itself. Raises `ConsultationError` when no facet has
    enough.
    """
    book = codebook.revise(themes, events)
    ready = reading.prepare(comments, questions, elements, book, settings=settings, audiences=audiences)
    held = schooling.gather(ready, comments, events, responses)
    enough = {facet: told for facet, told in held.lessons.items() if len(told.truth) >= ENOUGH}
    if not enough:
        most = max((len(told.truth) for told in held.lessons.values()), default=0)
        raise ConsultationError(
            f"There is too little to learn from: people have labelled {most} comments, and {ENOUGH} are needed.",
            do="Confirm or reject the suggestions on more comments (`consultation queue` says which first).",
        )
    learned: dict[str, FacetModel] = {}
    figures: dict[str, Any] = {}
    for done, (facet, told) in enumerate(enough.items()):
        model, chance = facets.fit(told, precision=settings.target_precision)
        suggested = facets.chosen(facet, chance, model.thresholds)
        figures[facet] = _figures(model, told, suggested)
        if facets.gains(told, suggested):
            learned[facet] = model
        else:
            figures[facet]["used"] = "no: on these labels the rules alone are as good or better"
        if progress:
            progress(done + 1, len(enough), f"{facet}s learned")
    version = _version(held.comments, enough, book)
    return Model(
        version=version,
        maker=held.maker,
        facets=learned,
        neighbours={facet: _neighbours(held.comments[facet], enough[facet]) for facet in learned},
        card=_card(version, events, book, settings, figures),
    )


def _neighbours(comments: tuple[str, ...], told: Lessons) -> Neighbours:
    return Neighbours(ids=comments, vectors=told.features.meaning.astype(np.float16), truth=told.truth)


def _version(comments: dict[str, tuple[str, ...]], lessons: dict[str, Lessons], book: Sequence[Theme]) -> str:
    """The same labels, codebook and program give the same version."""
    told = [(facet, comments[facet], lesson.codes, lesson.truth.tobytes().hex()) for facet, lesson in lessons.items()]
    return "m-" + fingerprint(FORMAT, codebook.version(book), *told, length=8)


def _figures(model: FacetModel, told: Lessons, chosen: np.ndarray) -> dict[str, Any]:
    """What the model scored on comments that it had not seen, for the card."""
    right = int((chosen & told.truth).sum())
    suggested, true = int(chosen.sum()), int(told.truth.sum())
    return {
        "labelled_comments": len(told.truth),
        "codes_with_examples": int((model.examples > 0).sum()),
        "codes": len(model.codes),
        "precision": round(right / suggested, 3) if suggested else None,
        "recall": round(right / true, 3) if true else None,
        "f1": round(facets.f1(told.truth, chosen), 3),
        "f1_without_learning": round(facets.f1(told.truth, told.untaught), 3),
        "may_stand_alone_from": None if model.cut is None else round(model.cut, 3),
    }


def _card(
    version: str, events: Sequence[LedgerEvent], book: Sequence[Theme], settings: Settings, figures: dict[str, Any]
) -> dict[str, Any]:
    return {
        "what": "Suggests codes for comments of one consultation. A person decides; it decides nothing.",
        "version": version,
        "format": FORMAT,
        "learned_up_to": max((event.at for event in events), default=None),
        "labelled_by": sorted({event.who for event in events if event.what in ("tag", "adjudicate")}),
        "codebook": codebook.version(book),
        "meaning": settings.sentence_model or "built-in table of word vectors",
        "target_precision": settings.target_precision,
        "figures_on_comments_not_seen": figures,
        "how_measured": "Cross-validation; one respondent, event, campaign or text is never on both sides. Thresholds "
        "were set on the same comments, so expect a little less.",
        "limits": [
            "Only as good and as consistent as the labels it was given.",
            "A code with fewer than ten examples is mostly guessed from its description.",
            "English; sarcasm and allusion are often missed.",
            "Learned on this consultation: another one needs its own labels.",
        ],
        "holds": "Numbers, keys of words and ids of labelled comments; no text.",
    }
