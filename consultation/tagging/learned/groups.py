"""Who belongs together, so that no check is passed by having seen the answer: a respondent, a text, a campaign."""

from __future__ import annotations

import numpy as np
import pandas as pd

from consultation.text import tidy


def together(comments: pd.DataFrame, responses: pd.DataFrame | None = None) -> np.ndarray:
    """A group number for each comment, in the table's order.

    Comments of one respondent (as `responses` says; else of one response), of one event, of one campaign, or with
    the same words are one group, and so is whatever hangs together over several of these.
    """
    respondent = (
        dict(zip(responses["response_id"], responses["respondent_id"], strict=True)) if responses is not None else {}
    )
    parent: dict[tuple[str, object], tuple[str, object]] = {}
    first: list[tuple[str, object]] = []
    columns = [comments[name].tolist() for name in ("text", "response_id", "event_id", "campaign_id")]
    for place, (text, response, event, campaign) in enumerate(zip(*columns, strict=True)):
        keys: list[tuple[str, object]] = [("comment", place), ("text", tidy(text))]
        if not pd.isna(response):
            keys.append(("respondent", respondent.get(response, response)))
        elif not pd.isna(event):
            keys.append(("event", event))
        if not pd.isna(campaign):
            keys.append(("campaign", campaign))
        for key in keys[1:]:
            parent[_root(parent, key)] = _root(parent, keys[0])
        first.append(keys[0])
    numbers: dict[tuple[str, object], int] = {}
    return np.array([numbers.setdefault(_root(parent, key), len(numbers)) for key in first], dtype=np.int64)


def _root(parent: dict[tuple[str, object], tuple[str, object]], key: tuple[str, object]) -> tuple[str, object]:
    while parent.setdefault(key, key) != key:
        parent[key] = parent[parent[key]]
        key = parent[key]
    return key
