"""A reading joins what is held: known responses are updated, new ones added, nothing is doubled and nothing is
deleted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from consultation import tables as named
from consultation.reading.result import Reading
from consultation.tables import Tables

JOINED: Final = ("sources", "events", "questions", "identity", "responses", "answers", "comments", "problems")
_LAYERS: Final = ("locator", "status", "status_reason", "campaign_id", "duplicate_of")  # not what a person answered


@dataclass(frozen=True, kw_only=True)
class Merge:
    """What joining a reading changed, in responses (in comments, for a source that has none)."""

    name: str
    known: int = 0
    new: int = 0
    changed: int = 0
    missing: int = 0
    already: str | None = None  # the name under which the very same file was read before

    def __str__(self) -> str:
        if self.already is not None:
            return f"This file was imported already, as “{self.already}”; nothing changed."
        return f"{self.known:,} known, {self.new:,} new, {self.changed:,} changed, {self.missing:,} missing"


def merge(tables: Tables, reading: Reading, *, anew: bool = False) -> tuple[dict[str, pd.DataFrame], Merge]:
    """The tables with the reading joined, and what changed. The very same file (by its SHA-256) changes nothing, unless
    it is read `anew`, because its mapping was changed.

    A response that the newer export lacks is kept and named in `problems`; one whose answers changed takes the new
    ones.
    """
    held = {name: tables.get(name, named.frame(name)) for name in JOINED}
    before = held["sources"]
    [source] = named.rows("sources", reading.tables["sources"])
    same = before.loc[before["sha256"] == source.sha256, "name"]
    if len(same) and not anew:
        return dict(tables), Merge(name=source.name, already=str(same.iloc[0]))
    told = _compare(held, reading)
    lost = _missing(held, reading)
    joined = {name: _join(name, held[name], reading.tables[name], source.source_id, lost) for name in JOINED}
    joined["problems"] = _note_missing(joined["problems"], held["responses"], source.source_id, lost)
    joined["sources"] = _with_kept(joined["sources"], source.source_id, len(lost))
    out = {**tables, **joined}
    if "cells" in reading.tables:
        out["cells"] = _join_cells(tables.get("cells"), reading.tables["cells"], source.source_id)
    return out, replace(told, missing=len(lost) or told.missing)


def _compare(held: Tables, reading: Reading) -> Merge:
    """How many records are known, new, changed."""
    source_id = str(reading.tables["sources"]["source_id"].iloc[0])
    table = "responses" if len(reading.tables["responses"]) else "comments"
    key = "response_id" if table == "responses" else "comment_id"
    now = reading.tables[table]
    was = held[table]
    was = was[(was["source_id"] == source_id) | was[key].isin(now[key])]
    shared = now[key].isin(was[key])
    marks_now, marks_was = _contents(reading.tables, table, key), _contents(held, table, key)
    changed = sum(marks_now[told] != marks_was[told] for told in now.loc[shared, key])
    known = int(shared.sum()) - changed
    gone = int((~was[key].isin(now[key])).sum()) if _replaces(held, source_id) else 0
    return Merge(name=reading.name, known=known, new=int((~shared).sum()), changed=changed, missing=gone)


def _contents(tables: Tables, table: str, key: str) -> dict[str, int]:
    """A mark of all that each record says, whatever was laid over it since."""
    marks: dict[str, int] = {}
    parts = [table] if table == "comments" else ["responses", "answers", "comments"]
    for name in parts:
        frame = tables[name]
        columns = [column for column in named.columns(name) if column not in _LAYERS]
        marked = frame[columns].copy()
        for column in columns:
            if marked[column].dtype == object:
                marked[column] = marked[column].map(repr).astype("str")
        hashed = pd.util.hash_pandas_object(marked, index=False).to_numpy()
        owners = frame[key].astype(object).to_numpy()
        total = (
            pd.Series(hashed).groupby(owners, sort=False).agg(lambda part: int(np.bitwise_xor.reduce(part.to_numpy())))
        )
        for owner, mark in total.items():
            marks[str(owner)] = marks.get(str(owner), 0) * 31 + int(mark) & 0xFFFFFFFFFFFFFFFF
    return marks


def _replaces(held: Tables, source_id: str) -> bool:
    return bool((held["sources"]["source_id"] == source_id).any())


def _missing(held: Tables, reading: Reading) -> frozenset[str]:
    """Responses of the source that the newer export lacks."""
    source_id = str(reading.tables["sources"]["source_id"].iloc[0])
    responses = held["responses"]
    own = responses.loc[responses["source_id"] == source_id, "response_id"]
    return frozenset(own[~own.isin(reading.tables["responses"]["response_id"])].astype(object))


def _join(name: str, was: pd.DataFrame, now: pd.DataFrame, source_id: str, lost: frozenset[str]) -> pd.DataFrame:
    """The rows held that the reading does not replace, and those of the reading."""
    keep = _kept(name, was, now, source_id, lost)
    return named.conform(name, pd.concat([was[keep], now], ignore_index=True)) if len(was) else now


def _kept(name: str, was: pd.DataFrame, now: pd.DataFrame, source_id: str, lost: frozenset[str]) -> pd.Series:
    if name == "answers":
        return ~was["response_id"].isin(_owners(now))
    if name == "identity":
        return ~was["respondent_id"].isin(set(now["respondent_id"].astype(object)))
    own = was["source_id"] == source_id
    if name == "responses":
        return ~was["response_id"].isin(_owners(now)) & (~own | was["response_id"].isin(lost))
    if name == "comments":
        replaced = was["response_id"].isin(_owners(now)) | was["comment_id"].isin(set(now["comment_id"].astype(object)))
        return ~replaced & (~own | was["response_id"].isin(lost))
    if name == "questions":
        return ~was["question_id"].isin(set(now["question_id"].astype(object)))
    return ~own


def _owners(now: pd.DataFrame) -> set[object]:
    return set(now["response_id"].dropna().astype(object))


def _note_missing(
    problems: pd.DataFrame, responses: pd.DataFrame, source_id: str, lost: frozenset[str]
) -> pd.DataFrame:
    if not lost:
        return problems
    rows = [
        {
            "source_id": source_id,
            "locator": f"response {told}",
            "what": "The newest export lacks this response; it is kept.",
            "hint": "Ask why it is gone; exclude it with a reason if it was withdrawn.",
            "action": "kept",
        }
        for told in sorted(lost)
    ]
    return named.conform("problems", pd.concat([problems, pd.DataFrame(rows)], ignore_index=True))


def _with_kept(sources: pd.DataFrame, source_id: str, number: int) -> pd.DataFrame:
    out = sources.copy()
    out.loc[out["source_id"] == source_id, "responses_kept"] = number
    return out


def _join_cells(was: pd.DataFrame | None, now: pd.DataFrame, source_id: str) -> pd.DataFrame:
    """The raw layer holds the newest file of each source; earlier ones are in `data/raw`."""
    if was is None or not len(was):
        return now
    kept = was[was["source_id"] != source_id]
    return _concat([kept, now])


def _concat(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Join frames whose category columns have different words, without spelling the words out row by row."""
    parts = list(frames)
    out = {}
    for column in parts[0].columns:
        columns = [part[column] for part in parts]
        if all(isinstance(told.dtype, pd.CategoricalDtype) for told in columns):
            out[column] = pd.Series(pd.api.types.union_categoricals(columns))
        else:
            out[column] = pd.concat(columns, ignore_index=True)
    return pd.DataFrame(out)
