"""Do two people code alike? Blind sets, kappa, alpha, the list of clashes, and how a clash is settled.

The unit is the comment. A comment that a coder did not read is not counted against anyone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final

import numpy as np
import pandas as pd

from consultation import history
from consultation.model import LedgerEvent
from consultation.settings import Settings
from consultation.text import fingerprint

Codes = Mapping[str, frozenset[str]]  # comment -> the codes that a coder gave it
RARE: Final = 0.05  # a code on no more comments than this, or on nearly all: kappa and alpha mislead
DEFAULTS: Final = Settings()


def blind_sample(comments: pd.DataFrame, *, share: float | None = None, settings: Settings = DEFAULTS) -> pd.DataFrame:
    """Comments for a second person to code blind: `comment_id`, `text`, and nothing else.

    A share (default: `settings.double_coding_share`) of the included comments, spread over sources and kinds of
    source in proportion, the same each time. No tag is in the table, so none can be seen.
    """
    kept = comments[(comments["status"] == "included") & (comments["voice"] != "facilitator")]
    wanted = round(len(kept) * (settings.double_coding_share if share is None else share))
    drawn = kept.assign(
        _stratum=kept["source_id"].fillna("") + "|" + kept["event_id"].fillna(""),
        _draw=[fingerprint("blind", comment) for comment in kept["comment_id"]],
    ).sort_values(["_stratum", "_draw"], ignore_index=True)
    places = np.floor((np.arange(wanted) + 0.5) * len(drawn) / wanted).astype(int) if wanted else np.empty(0, dtype=int)
    return drawn.iloc[places][["comment_id", "text"]].sort_values("comment_id", ignore_index=True)


def coders(events: Sequence[LedgerEvent], facet: str) -> dict[str, Codes]:
    """By coder, the codes of each comment that they read in a facet; one without a code was read and has none."""
    told: dict[str, dict[str, set[str]]] = {}
    mine = [event for event in history.active(events, "tag") if event.payload["facet"] == facet]
    by_who: dict[str, list[LedgerEvent]] = {}
    for event in mine:
        by_who.setdefault(event.who, []).append(event)
    for who, theirs in by_who.items():
        for (comment, code), event in history.latest(theirs, "comment_id", "code").items():
            codes = told.setdefault(who, {}).setdefault(str(comment), set())
            if event.payload["status"] == "confirmed":
                codes.add(str(code))
    return {who: {comment: frozenset(codes) for comment, codes in read.items()} for who, read in sorted(told.items())}


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

    >>> alpha([["a", "a"], ["b", "b"], ["a", "b"]]) is not None
    True
    """
    pairs: Counter[tuple[object, object]] = Counter()
    for values in units:
        if len(values) > 1:
            weight = 1 / (len(values) - 1)
            for one, other in combinations(values, 2):
                pairs[one, other] += weight  # type: ignore[assignment]
                pairs[other, one] += weight  # type: ignore[assignment]
    margin: Counter[object] = Counter()
    for (one, _), weight in pairs.items():
        margin[one] += weight
    total = sum(margin.values())
    observed = sum(weight for (one, other), weight in pairs.items() if one != other)
    expected = (total * total - sum(n * n for n in margin.values())) / (total - 1) if total > 1 else 0
    return None if not expected else 1 - observed / expected


def agreement(events: Sequence[LedgerEvent], facet: str = "theme") -> pd.DataFrame:
    """For each code: how often it was given, kappa (two coders), alpha, and a warning where it is rare.

    Columns: code, comments, given_by_either, given_by_all, kappa, alpha, warning. Only comments that two or more
    people read count; kappa is of the two who share most.
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


def clashes(events: Sequence[LedgerEvent], facet: str = "theme") -> pd.DataFrame:
    """What two people saw differently and nobody has settled yet: comment_id, code, given_by, not_given_by."""
    read = coders(events, facet)
    settled = {
        (event.payload["comment_id"], event.payload["code"])
        for event in history.active(events, "adjudicate")
        if event.payload["facet"] == facet
    }
    rows = []
    for comment in _shared(read):
        here = {who: told[comment] for who, told in read.items() if comment in told}
        for code in sorted(frozenset().union(*here.values())):
            gave = [who for who, codes in here.items() if code in codes]
            if len(gave) < len(here) and (comment, code) not in settled:
                others = [who for who in here if who not in gave]
                rows.append(
                    {
                        "comment_id": comment,
                        "code": code,
                        "given_by": ", ".join(gave),
                        "not_given_by": ", ".join(others),
                    }
                )
    return pd.DataFrame(rows, columns=["comment_id", "code", "given_by", "not_given_by"])


def ruling(clash: Mapping[str, str], *, facet: str, given: bool, note: str = "") -> tuple[str, dict[str, object]]:
    """The event that settles a clash. Both original readings stay in the ledger beside it."""
    between = [*clash["given_by"].split(", "), *clash["not_given_by"].split(", ")]
    return "adjudicate", {
        "comment_id": clash["comment_id"],
        "facet": facet,
        "code": clash["code"],
        "status": "confirmed" if given else "rejected",
        "between": between,
        "note": note,
    }


def model_beside_people(events: Sequence[LedgerEvent], tags: pd.DataFrame, facet: str = "theme") -> pd.DataFrame:
    """F1 of each pair of coders, and of the program with each coder, on the same comments that two people read.

    `tags` are the program's suggestions made without knowing these labels. Columns: one, other, comments, f1.
    """
    read = dict(coders(events, facet))
    shared = _shared(read)
    mine = tags[(tags["facet"] == facet) & (tags["origin"] != "person")]
    suggested = mine.groupby("comment_id")["code"].agg(frozenset).to_dict()
    everyone: dict[str, Codes] = {**read, "the program": {c: suggested.get(c, frozenset()) for c in shared}}
    rows = []
    for one, other in combinations(everyone, 2):
        both = [c for c in shared if c in everyone[one] and c in everyone[other]]
        same = sum(len(everyone[one][c] & everyone[other][c]) for c in both)
        total = sum(len(everyone[one][c]) + len(everyone[other][c]) for c in both)
        rows.append({"one": one, "other": other, "comments": len(both), "f1": 2 * same / total if total else None})
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
        return "rare or nearly always: agreement by chance is so high that kappa and alpha mislead; look at the counts"
    return ""
