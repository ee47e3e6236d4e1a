"""The tables of an evaluation: what people said and what the program suggested, set against each other.

Each takes `truth` and `chosen`, comments by codes. A figure is added with a function here, a field of `Evaluation`
and a line where `evaluate` makes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from consultation.intervals import TOO_FEW, f1_interval, wilson
from consultation.tagging.learned.facet import f1

SAID_OFTEN: Final = 0.05  # a theme on this share of comments or more belongs in the ranking


def per_code(codes: Sequence[str], truth: np.ndarray, chosen: np.ndarray) -> pd.DataFrame:
    """One row a code; figures are withheld where fewer than five comments carry it."""
    rows = []
    for at, code in enumerate(codes):
        true, told = truth[:, at], chosen[:, at]
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


def overall(truth: np.ndarray, chosen: np.ndarray, untaught: np.ndarray) -> pd.DataFrame:
    """Micro and macro F1, F1 averaged over comments, and the share of comments whose codes are all right.

    `untaught` is what rules and likeness alone score; `trivial` what it would score to give every comment the
    commonest code and look at none. Of no comments there are no figures.
    """
    names = ["measure", "value", "low", "high", "untaught", "trivial"]
    if not len(truth):
        return pd.DataFrame(columns=names)
    common = np.zeros_like(chosen)
    common[:, int(truth.sum(axis=0).argmax())] = True
    right, suggested, true = int((truth & chosen).sum()), int(chosen.sum()), int(truth.sum())
    exact = int((truth == chosen).all(axis=1).sum())
    measures = {
        "micro F1": (f1, f1_interval(right, suggested, true)),
        "precision": (_precision, wilson(right, suggested)),
        "recall": (_recall, wilson(right, true)),
        "macro F1 (codes with support of 5 or more)": (_macro, (None, None)),
        "F1 averaged over comments": (_per_comment, (None, None)),
        "comments with all codes right": (_exact, wilson(exact, len(truth))),
    }
    rows = [
        (name, how(truth, chosen), *interval, how(truth, untaught), how(truth, common))
        for name, (how, interval) in measures.items()
    ]
    return pd.DataFrame(rows, columns=names)


def _exact(truth: np.ndarray, chosen: np.ndarray) -> float:
    return float((truth == chosen).all(axis=1).mean())


def _precision(truth: np.ndarray, chosen: np.ndarray) -> float | None:
    return float((truth & chosen).sum() / chosen.sum()) if chosen.any() else None


def _recall(truth: np.ndarray, chosen: np.ndarray) -> float | None:
    return float((truth & chosen).sum() / truth.sum()) if truth.any() else None


def _macro(truth: np.ndarray, chosen: np.ndarray) -> float | None:
    codes = np.flatnonzero(truth.sum(axis=0) >= TOO_FEW)
    return float(np.mean([f1(truth[:, at], chosen[:, at]) for at in codes])) if len(codes) else None


def _per_comment(truth: np.ndarray, chosen: np.ndarray) -> float:
    """A comment without a code on either side counts as right."""
    total = truth.sum(axis=1) + chosen.sum(axis=1)
    return float(np.where(total > 0, 2 * (truth & chosen).sum(axis=1) / np.maximum(total, 1), 1.0).mean())


def groups(
    ids: Sequence[str], comments: pd.DataFrame, responses: pd.DataFrame | None, truth: np.ndarray, chosen: np.ndarray
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
        (group, value, len(places), f1(truth[places], chosen[places]))
        for (group, value), places in sorted(told.items())
        if len(places) >= TOO_FEW
    ]
    return pd.DataFrame(rows, columns=["group", "value", "comments", "f1"])


def ranking(codes: Sequence[str], truth: np.ndarray, chosen: np.ndarray) -> pd.DataFrame:
    """The codes that people gave 5% of the comments or more, ranked by people and by the program."""
    people, program = truth.sum(axis=0), chosen.sum(axis=0)
    often = np.flatnonzero(people >= SAID_OFTEN * len(truth))
    table = pd.DataFrame({"code": [codes[int(at)] for at in often], "people": people[often], "program": program[often]})
    table["rank_by_people"] = table["people"].rank(method="min", ascending=False).astype("int64")
    table["rank_by_program"] = table["program"].rank(method="min", ascending=False).astype("int64")
    table["shift"] = table["rank_by_program"] - table["rank_by_people"]
    return table.sort_values(["rank_by_people", "code"], ignore_index=True)


def reliability(chance: np.ndarray, truth: np.ndarray, bins: int = 10) -> pd.DataFrame:
    """Of all pairs of comment and code by stated probability: how many came true."""
    place = np.minimum((chance * bins).astype(int), bins - 1)
    rows = [
        (at / bins, (at + 1) / bins, int(here.sum()), float(chance[here].mean()), float(truth[here].mean()))
        for at in range(bins)
        if (here := place == at).any()
    ]
    return pd.DataFrame(rows, columns=["from_chance", "to_chance", "tags", "mean_chance", "right"])
