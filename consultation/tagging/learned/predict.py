"""What a model suggests for comments, how sure it is, and which words and labelled comments that rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from consultation.tagging.learned import calibration, drivers, facet, prior
from consultation.tagging.learned.experts import Features
from consultation.tagging.learned.facet import FacetModel
from consultation.tagging.learned.model import Model, Neighbours
from consultation.tagging.meaning import spans
from consultation.tagging.reading import Piece, Prepared

SURE: Final = "sure"  # at or above the cut for the target precision
_THE_SAME: Final = 0.9995  # likeness of a comment and its own text, rounding apart
_NEIGHBOURS_UP_TO: Final = 20_000  # cases above which the labelled comments behind a suggestion are not looked up


def chances(model: Model, ready: Prepared, piece: Piece, name: str) -> np.ndarray:
    """Probabilities, cases by the codes of the book; a code that is newer than the model has its prior's."""
    return _chances(model, ready, piece, name, model.maker.of(piece.corpus, ready.encoder))


def suggest(model: Model, ready: Prepared, piece: Piece, name: str) -> Iterator[list[dict[str, object]]]:
    """For each case the fields of its tags of one facet: all codes at or above their thresholds; of stances one."""
    features = model.maker.of(piece.corpus, ready.encoder)
    chance = _chances(model, ready, piece, name, features)
    learned, labels = model.facets[name], ready.book.of(name)
    place = {code: at for at, code in enumerate(learned.codes)}
    own = np.array([place.get(label.code, -1) for label in labels])
    level = np.where(own >= 0, learned.thresholds[own], float(np.median(learned.thresholds)))
    chosen = facet.chosen(name, chance, level)
    chosen[piece.silent] = False
    rows, columns = np.nonzero(chosen)
    weights = drivers.weights(learned, model.maker, ready.encoder, piece.corpus)
    weights = np.hstack([weights, np.zeros((len(weights), 1), dtype=weights.dtype)])  # of a code newer than the model
    drove = spans.spans(piece.corpus, rows, own[columns], weights)
    behind = _behind(model.neighbours[name], features.meaning, rows, own[columns], len(ready.cases))
    most = 1 - 1 / (learned.labelled + 2)  # nothing is certain that so many examples taught
    told: list[list[dict[str, object]]] = [[] for _ in piece.silent]
    for row, at, span, ids in zip(rows.tolist(), columns.tolist(), drove, behind, strict=True):
        clue = piece.evidence[name].best.get((row, at))
        start, end = span or (clue and clue.span) or piece.whole(row)
        told[row].append(
            {
                "facet": name,
                "code": labels[at].code,
                "start": start,
                "end": end,
                "score": round(min(float(chance[row, at]), most), 4),
                "origin": "model",
                "why": _why(learned, float(chance[row, at]), int(own[at]), clue.why if clue else "", ids),
                "model_version": model.version,
            }
        )
    yield from told


def band(learned: FacetModel, chance: float) -> str:
    """The word for a probability: sure only where the model keeps its target precision."""
    if learned.cut is not None and chance >= learned.cut:
        return SURE
    return "likely" if chance >= 0.5 else "possible"


def _chances(model: Model, ready: Prepared, piece: Piece, name: str, features: Features) -> np.ndarray:
    learned, labels = model.facets[name], ready.book.of(name)
    seen = prior.traits(piece.likeness[name], piece.evidence[name].strength)
    examples = dict(zip(learned.codes, learned.examples.tolist(), strict=True))
    given = prior.shares(np.array([examples.get(label.code, 0) for label in labels]), learned.labelled)
    told = calibration.probability(learned.prior.of(seen, given))
    here = {label.code: at for at, label in enumerate(labels)}
    known = [at for at, code in enumerate(learned.codes) if code in here]
    wide = np.zeros((len(told), len(learned.codes), seen.shape[-1]), dtype=np.float32)
    wide[:, known] = seen[:, [here[learned.codes[at]] for at in known]]
    mine = facet.chances(learned, features, wide)
    told[:, [here[learned.codes[at]] for at in known]] = mine[:, known]
    return told


def _why(learned: FacetModel, chance: float, code: int, clue: str, ids: tuple[str, ...]) -> str:
    examples = int(learned.examples[code]) if code >= 0 else 0
    how = f"learned from {examples} labelled comments" if examples >= 2 else "by its description and the rules"
    told = [f"{band(learned, chance)}: {how}"]
    if clue:
        told.append(clue)
    if ids:
        told.append(f"like {' and '.join(ids)}")
    return "; ".join(told)


def _behind(
    held: Neighbours, vectors: np.ndarray, rows: np.ndarray, codes: np.ndarray, total: int
) -> list[tuple[str, ...]]:
    """For each suggestion the two nearest labelled comments that carry its code, other than its own words again."""
    if total > _NEIGHBOURS_UP_TO or not held.vectors.shape[1] or not len(rows):
        return [()] * len(rows)
    near: list[tuple[str, ...]] = [()] * len(rows)
    for code in np.unique(codes[codes >= 0]):
        carriers = np.flatnonzero(held.truth[:, code])
        mine = np.flatnonzero(codes == code)
        if not len(carriers):
            continue
        likeness = vectors[rows[mine]] @ held.vectors[carriers].astype(np.float32).T
        likeness[likeness > _THE_SAME] = -np.inf
        best = np.argsort(-likeness, axis=1, kind="stable")[:, :2]
        for at, row, order in zip(mine.tolist(), likeness, best, strict=True):
            near[at] = tuple(held.ids[carriers[one]] for one in order if np.isfinite(row[one]))
    return near
