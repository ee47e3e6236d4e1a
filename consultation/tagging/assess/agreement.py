"""Do two people code alike, and does the program code as they do? Kappa, alpha, and F1 of every pair.

The unit is the comment. Only what was read blind counts: who saw the suggestions, or the other's reading, agrees too
easily. A comment that somebody did not read, or was unsure of, is not counted against anyone. How comments are shared
out for it is in `review/sharing.py`, and how a clash is settled in `review/clashing.py`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final

import pandas as pd

from consultation.model import LedgerEvent
from consultation.tagging.labels import LEFT_OVER
from consultation.tagging.review.views import views

Codes = Mapping[str, frozenset[str]]  # comment -> the codes that a coder gave it
RARE: Final = 0.05  # a code on no more comments than this, or on nearly all: kappa and alpha mislead
PROGRAM: Final = "the program"


def coders(events: Sequence[LedgerEvent], facet: str) -> dict[str, Codes]:
    """By coder, the codes of each comment that they read blind in a facet; one without a code was read and has none."""
    told: dict[str, dict[str, frozenset[str]]] = {}
    for view in views(events).values():
        if view.blind and view.judged(facet):
            told.setdefault(view.officer, {})[view.comment_id] = frozenset(view.yes(facet))
    return dict(sorted(told.items()))


def kappa(first: Sequence[bool], second: Sequence[bool]) -> float | None:
    """Cohen's kappa of two coders' yes and no, in the same order; None where both always said the same one thing.

    Educational and Psychological Measurement 20 (1960), 37-46.

    >>> round(kappa([True] * 25 + [False] * 25, [True] * 20 + [False] * 5 + [True] * 10 + [False] * 15), 2)
    0.4
    """
    total = len(first)
    if not total:
        return None
    same = sum(a == b for a, b in zip(first, second, strict=True)) / total
    yes, also = sum(first) / total, sum(second) / total
    chance = yes * also + (1 - yes) * (1 - also)
    return None if chance == 1 else (same - chance) / (1 - chance)


def alpha(units: Iterable[Sequence[object]]) -> float | None:
    """Krippendorff's alpha for nominal codes: one sequence of values a unit, one value a coder who read it.

    Units with fewer than two values are left out. None where nothing varies. K. Krippendorff, Content Analysis
    (2004), chapter 11.

    >>> round(alpha([["a", "a"], ["b", "b"], ["a", "b"]]), 2)
    0.44
    """
    pairs: defaultdict[tuple[object, object], float] = defaultdict(float)
    for values in units:
        if len(values) > 1:
            weight = 1 / (len(values) - 1)
            for one, other in combinations(values, 2):
                pairs[one, other] += weight
                pairs[other, one] += weight
    margin: defaultdict[object, float] = defaultdict(float)
    for (one, _), weight in pairs.items():
        margin[one] += weight
    total = sum(margin.values())
    observed = sum(weight for (one, other), weight in pairs.items() if one != other)
    expected = (total * total - sum(n * n for n in margin.values())) / (total - 1) if total > 1 else 0
    return None if not expected else 1 - observed / expected


def agreement(events: Sequence[LedgerEvent], facet: str = "theme") -> pd.DataFrame:
    """For each code: how often it was given, kappa (two coders), alpha, a warning where it is rare and both mislead.

    Columns: code, comments, given_by_either, given_by_all, kappa, alpha, warning. Only comments that two or more
    people read blind count; kappa is of the two who share most of them.
    """
    read = coders(events, facet)
    shared = _shared(read)
    pair = _closest(read)
    codes = sorted({code for told in read.values() for comment in shared for code in told.get(comment, frozenset())})
    rows = []
    for code in codes:
        units = [[code in told[comment] for told in read.values() if comment in told] for comment in shared]
        rows.append(
            {
                "code": code,
                "comments": len(shared),
                "given_by_either": sum(any(unit) for unit in units),
                "given_by_all": sum(all(unit) for unit in units),
                "kappa": _kappa_of(read, pair, code),
                "alpha": alpha(units),
                "warning": _warning(units),
            }
        )
    names = ["code", "comments", "given_by_either", "given_by_all", "kappa", "alpha", "warning"]
    return pd.DataFrame(rows, columns=names)


def model_beside_people(events: Sequence[LedgerEvent], held_out: pd.DataFrame, facet: str = "theme") -> pd.DataFrame:
    """F1 of each pair of coders, and of the program with each coder, on the same comments that two people read blind.

    `held_out` (of `evaluate`) are the program's suggestions made without having seen these labels: comment_id, code.
    What people say where no code fits is left out on both sides. Columns: one, other, comments, f1.
    """
    read = coders(events, facet)
    shared = _shared(read)
    suggested = held_out.groupby("comment_id")["code"].agg(frozenset).to_dict()
    fitting = {who: {c: codes - set(LEFT_OVER) for c, codes in told.items()} for who, told in read.items()}
    everyone: dict[str, Codes] = {**fitting, PROGRAM: {c: suggested.get(c, frozenset()) for c in shared}}
    rows = []
    for one, other in combinations(everyone, 2):
        both = [c for c in shared if c in everyone[one] and c in everyone[other]]
        same = sum(len(everyone[one][c] & everyone[other][c]) for c in both)
        total = sum(len(everyone[one][c]) + len(everyone[other][c]) for c in both)
        if both:
            rows.append((one, other, len(both), 2 * same / total if total else None))
    return pd.DataFrame(rows, columns=["one", "other", "comments", "f1"])


def _shared(read: Mapping[str, Codes]) -> list[str]:
    counted = Counter(comment for told in read.values() for comment in told)
    return sorted(comment for comment, times in counted.items() if times > 1)


def _closest(read: Mapping[str, Codes]) -> tuple[str, str] | None:
    """The two coders who share most comments."""
    pairs = [(len(read[a].keys() & read[b].keys()), a, b) for a, b in combinations(sorted(read), 2)]
    most = max(pairs, key=lambda told: told[0], default=None)
    return (most[1], most[2]) if most and most[0] else None


def _kappa_of(read: Mapping[str, Codes], pair: tuple[str, str] | None, code: str) -> float | None:
    if pair is None:
        return None
    both = sorted(read[pair[0]].keys() & read[pair[1]].keys())
    return kappa([code in read[pair[0]][c] for c in both], [code in read[pair[1]][c] for c in both])


def _warning(units: Sequence[Sequence[bool]]) -> str:
    given = sum(sum(unit) for unit in units)
    share = given / max(1, sum(len(unit) for unit in units))
    if share <= RARE or share >= 1 - RARE:
        return "rare or nearly always: kappa and alpha mislead"
    return ""
