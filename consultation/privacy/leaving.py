"""Words of a comment that stand in other tables, and places in it, once something in the comment is redacted.

A replacement that somebody asked for is quoted in points, proposals and rows of the report: it is redacted where its
finding is made into points, so that all of them follow. Places count characters of the comment; in what leaves they
are places in the redacted text.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from consultation import tables
from consultation.model import PersonalData, Phrase
from consultation.privacy.redaction import mark, merged, redact_comments, redacted, without
from consultation.text import tidy

_PLACES: Final = ("start", "end", "replacement_start", "replacement_end")  # columns with places in a comment


def redact_phrases(
    phrases: pd.DataFrame,
    comments: pd.DataFrame,
    personal_data: pd.DataFrame,
    *,
    settled: Sequence[str] = ("redacted",),
) -> pd.DataFrame:
    """The table `phrases`, its replacements with marks for the spans whose status is among `settled`.

    What is redacted in one comment is so in every finding that asks for the same words.
    """
    spans = _by_comment(personal_data, settled)
    touched = phrases[phrases["comment_id"].isin(spans.keys()) & phrases["replacement"].notna()]
    if touched.empty:
        return phrases
    texts = dict(zip(comments["comment_id"], comments["text"], strict=True))
    shown: dict[str, str] = {}
    for row in tables.rows("phrases", touched):
        told = _redacted(row, texts.get(row.comment_id) or "", spans[row.comment_id])
        if told != row.replacement:
            shown[tidy(row.replacement)] = told
    return phrases.assign(
        replacement=[shown.get(tidy(told), told) if isinstance(told, str) else told for told in phrases["replacement"]]
    )


def _redacted(row: Phrase, text: str, spans: Iterable[PersonalData]) -> str:
    told, start, end = row.replacement or "", row.replacement_start, row.replacement_end
    if start is None or end is None or text[start:end] != told:  # its words are not to be told apart by their place
        met = [
            span for span in spans
            if text[span.start : span.end] in told
            or (start is not None and end is not None and span.start < end and start < span.end)
        ]  # fmt: skip
        return mark(met[0].kind) if met else told
    here = [
        dataclasses.replace(span, start=max(span.start, start) - start, end=min(span.end, end) - start)
        for span in spans
        if span.start < end and start < span.end
    ]
    return redacted(told, [dataclasses.replace(span, status="redacted") for span in here])


def leaving(held: tables.Tables) -> dict[str, pd.DataFrame]:
    """The tables as other programs get them: comments redacted, places moved along, no list of what was redacted.

    Refused while anything is open. The replacements of `phrases` are taken to be redacted already.
    """
    out = dict(held)
    personal_data, comments = out.pop("personal_data"), out["comments"]
    out["comments"] = redact_comments(comments, personal_data)
    spans = _by_comment(personal_data, ("redacted",))
    texts = dict(zip(comments["comment_id"], comments["text"], strict=True))
    for name in ("tags", "phrases"):
        out[name] = _moved(out[name], texts, spans)
    if "duplicates" in out:
        out["duplicates"] = _moved_stretches(out["duplicates"], spans)
    return out


def _moved(table: pd.DataFrame, texts: Mapping[str, str], spans: Mapping[str, Sequence[PersonalData]]) -> pd.DataFrame:
    """The rows with their places in the redacted text, and without redacted words in what says why."""
    movers = {comment: _mover(told) for comment, told in spans.items()}
    moved: dict[str, Any] = {
        name: [
            place if pd.isna(place) or comment not in movers else movers[comment](int(place), name.endswith("end"))
            for comment, place in zip(table["comment_id"], table[name], strict=True)
        ]
        for name in _PLACES
        if name in table.columns
    }
    moved["why"] = [
        without(why, texts[comment], spans[comment]) if comment in spans else why
        for comment, why in zip(table["comment_id"], table["why"], strict=True)
    ]
    out = {name: pd.Series(told, index=table.index, dtype=table[name].dtype) for name, told in moved.items()}
    return table.assign(**out)


def _moved_stretches(duplicates: pd.DataFrame, spans: Mapping[str, Sequence[PersonalData]]) -> pd.DataFrame:
    told = []
    for comment, stretches in zip(duplicates["comment_id"], duplicates["own_words"], strict=True):
        move = _mover(spans.get(comment, ()))
        pairs = [stretch.split("-") for stretch in stretches]
        told.append(tuple(f"{move(int(start), False)}-{move(int(end), True)}" for start, end in pairs))
    return duplicates.assign(own_words=pd.Series(told, index=duplicates.index, dtype=object))


def _mover(spans: Iterable[PersonalData]) -> Callable[[int, bool], int]:
    """From a place in a comment (whether a stretch `ends` there) to the place in its redacted text.

    What begins or ends within something redacted takes in its mark whole.
    """
    marks = [(start, end, len(mark(kind))) for start, end, kind in merged((s.start, s.end, s.kind) for s in spans)]

    def move(place: int, ends: bool) -> int:
        shift = 0
        for start, end, length in marks:
            if place >= end:
                shift += length - (end - start)
            elif place > start:
                return start + shift + (length if ends else 0)
        return place + shift

    return move


def _by_comment(personal_data: pd.DataFrame, settled: Sequence[str]) -> dict[str, list[PersonalData]]:
    found: dict[str, list[PersonalData]] = {}
    rows: list[Any] = tables.rows("personal_data", personal_data[personal_data["status"].isin(settled)])
    for row in rows:
        found.setdefault(row.comment_id, []).append(row)
    return found
