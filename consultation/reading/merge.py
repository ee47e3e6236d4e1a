"""A reading joins what is held: known responses are updated, new ones added, nothing is doubled and nothing is
deleted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from consultation import tables as named
from consultation.reading.landing.frames import stack
from consultation.reading.result import Reading
from consultation.tables import Tables

JOINED: Final = ("sources", "events", "questions", "identity", "responses", "answers", "comments", "problems")
_RESPONSE: Final = "response "  # the locator of a problem with a response that the newest export lacks
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
    ones. Of the very same file nothing is lacking: what its rows came to under another mapping is replaced.
    """
    held = {name: tables[name] if name in tables else named.frame(name) for name in JOINED}
    before = held["sources"]
    same = before.loc[before["sha256"].isin(reading.tables["sources"]["sha256"]), "name"]
    if len(same) and not anew:
        told_as = reading.name if reading.name in set(same) else str(same.iloc[0])
        return dict(tables), Merge(name=reading.name, already=told_as)
    own = frozenset(reading.tables["sources"]["source_id"].astype(object))
    told = _compare(held, reading, own)
    lost = _missing(held, reading, own)
    if len(same):
        lost &= _kept_before(held["problems"])
    linked = frozenset(before["source_id"].astype(object)) - frozenset(held["responses"]["source_id"].astype(object))
    joined = {name: _join(name, held, reading.tables, own, lost, linked) for name in JOINED}
    if anew:
        joined["questions"] = _still_asked(joined, reading.tables["questions"], own)
    joined["problems"] = _note_missing(joined["problems"], held["responses"], lost)
    joined["sources"] = _with_kept(joined["sources"], held["responses"], own, lost)
    out = {**tables, **joined}
    if "cells" in reading.tables:
        out["cells"] = _join_cells(tables.get("cells"), reading.tables["cells"], own)
    return out, replace(told, missing=len(lost) or (0 if len(same) else told.missing))


def _compare(held: Tables, reading: Reading, own: frozenset[object]) -> Merge:
    """How many records are known, new, changed."""
    table = "responses" if len(reading.tables["responses"]) else "comments"
    key = "response_id" if table == "responses" else "comment_id"
    now = reading.tables[table]
    was = held[table]
    was = was[was["source_id"].isin(own) | was[key].isin(now[key])]
    shared = now[key].isin(was[key])
    both = frozenset(now.loc[shared, key].astype(object))
    marks_now, marks_was = (_contents(told, table, key, both) for told in (reading.tables, held))
    changed = sum(marks_now[told] != marks_was[told] for told in both)
    known = int(shared.sum()) - changed
    gone = int((~was[key].isin(now[key])).sum()) if held["sources"]["source_id"].isin(own).any() else 0
    return Merge(name=reading.name, known=known, new=int((~shared).sum()), changed=changed, missing=gone)


def _contents(tables: Tables, table: str, key: str, of: frozenset[object]) -> dict[str, int]:
    """A mark of all that each of these records says, whatever was laid over it since."""
    marks: dict[str, int] = {}
    parts = [table] if table == "comments" else ["responses", "answers", "comments"]
    for name in parts if of else ():  # a document is mostly new, and there may be thousands of them
        frame = tables[name]
        frame = frame[frame[key].isin(of)]
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


def _missing(held: Tables, reading: Reading, own: frozenset[object]) -> frozenset[str]:
    """Responses of the sources that the newer export lacks."""
    responses = held["responses"]
    mine = responses.loc[responses["source_id"].isin(own), "response_id"]
    return frozenset(mine[~mine.isin(reading.tables["responses"]["response_id"])].astype(object))


def _kept_before(problems: pd.DataFrame) -> frozenset[str]:
    """Responses of an earlier export, which the one that is held lacks already."""
    locators = problems["locator"].astype(object)
    return frozenset(each.removeprefix(_RESPONSE) for each in locators if each.startswith(_RESPONSE))


def _join(
    name: str,
    held: Tables,
    read: Tables,
    own: frozenset[object],
    lost: frozenset[str],
    linked: frozenset[object],
) -> pd.DataFrame:
    """The rows held that the reading does not replace, and those of the reading."""
    was, now = held[name], read[name]
    if not len(was):
        return named.conform(name, now) if name == "sources" else now
    keep = _kept(name, held, read, own, lost, linked)
    if not len(now) and keep.all():
        return was  # most files bring nothing to most tables, and there may be thousands of them
    return named.conform(name, pd.concat([was[keep], now], ignore_index=True))


def _kept(
    name: str, held: Tables, read: Tables, own: frozenset[object], lost: frozenset[str], linked: frozenset[object]
) -> pd.Series:
    """Which rows stay. What rows of `linked` sources say of a response is not replaced by reading the response anew."""
    was, now = held[name], read[name]
    again = set(read["responses"]["response_id"].astype(object))
    if name == "answers":
        source_of = dict(zip(held["questions"]["question_id"], held["questions"]["source_id"], strict=True))
        source = was["question_id"].map(source_of)
        replaced = was["response_id"].isin(again) & ~source.isin(linked)
        return ~replaced & (~source.isin(own & linked) | was["response_id"].isin(lost))
    if name == "identity":
        return ~was["respondent_id"].isin(set(now["respondent_id"].astype(object)))
    mine = was["source_id"].isin(own)
    if name == "responses":
        return ~was["response_id"].isin(again) & (~mine | was["response_id"].isin(lost))
    if name == "comments":
        replaced = was["response_id"].isin(again) & ~was["source_id"].isin(linked)
        replaced |= was["comment_id"].isin(set(now["comment_id"].astype(object)))
        return ~replaced & (~mine | was["response_id"].isin(lost))
    if name == "questions":
        return ~was["question_id"].isin(set(now["question_id"].astype(object)))
    return ~mine


def _still_asked(joined: Tables, read: pd.DataFrame, own: frozenset[object]) -> pd.DataFrame:
    """The questions without those of an earlier mapping of the same file, under which nothing stands any more."""
    questions = joined["questions"]
    named = [read["question_id"], joined["answers"]["question_id"], joined["comments"]["question_id"]]
    stands = questions["question_id"].isin(pd.concat(named).dropna().unique())
    return questions[stands | ~questions["source_id"].isin(own)].reset_index(drop=True)


def _note_missing(problems: pd.DataFrame, responses: pd.DataFrame, lost: frozenset[str]) -> pd.DataFrame:
    if not lost:
        return problems
    source_of = dict(zip(responses["response_id"], responses["source_id"], strict=True))
    rows = [
        {
            "source_id": source_of[told],
            "locator": f"{_RESPONSE}{told}",
            "what": "The newest export lacks this response; it is kept.",
            "hint": "Ask why it is gone; exclude it with a reason if it was withdrawn.",
            "action": "kept",
        }
        for told in sorted(lost)
    ]
    return named.conform("problems", pd.concat([problems, pd.DataFrame(rows)], ignore_index=True))


def _with_kept(
    sources: pd.DataFrame, responses: pd.DataFrame, own: frozenset[object], lost: frozenset[str]
) -> pd.DataFrame:
    kept = responses.loc[responses["response_id"].isin(lost), "source_id"].value_counts()
    out, mine = sources.copy(), sources["source_id"].isin(own)
    out.loc[mine, "responses_kept"] = out.loc[mine, "source_id"].map(kept).fillna(0).astype("int64")
    return out


def _join_cells(was: pd.DataFrame | None, now: pd.DataFrame, own: frozenset[object]) -> pd.DataFrame:
    """The raw layer holds the newest file of each source; earlier ones are in `data/raw`."""
    if was is None or not len(was):
        return now
    kept = was[~was["source_id"].isin(own)]
    return stack([kept, now])
