"""Redaction as a layer: an officer settles each span, the verbatim stays, and what leaves is the text with marks.

A mark such as "[name removed]" says what stood there, as the reader of a published response expects.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import pandas as pd

from consultation import history, tables
from consultation.errors import ConsultationError
from consultation.model import LedgerEvent, PersonalData
from consultation.privacy.find import KINDS

_KEY: Final = ("comment_id", "start", "end", "kind")


def apply(personal_data: pd.DataFrame, events: Sequence[LedgerEvent]) -> pd.DataFrame:
    """The table with what officers decided laid over it: status `redacted` or `kept`, and their `reason`.

    A span that an officer marked and the machine had not found is added.
    """
    decided = history.latest(history.active(events, "redaction"), *_KEY)
    rows: dict[tuple[object, ...], dict[str, object]] = {
        (row.comment_id, row.start, row.end, row.kind): vars(row) for row in tables.rows("personal_data", personal_data)
    }
    for key, event in decided.items():
        row = rows.get(key, dict(zip(_KEY, key, strict=True)))
        rows[key] = {**row, "status": event.payload["status"], "reason": event.payload.get("reason")}
    return tables.frame("personal_data", rows.values())


def decide(row: PersonalData, status: str, reason: str | None = None) -> tuple[str, dict[str, object]]:
    """The event that settles one span, for the ledger."""
    return "redaction", {
        "comment_id": row.comment_id, "start": row.start, "end": row.end, "kind": row.kind,
        "status": status, "reason": reason,
    }  # fmt: skip


def open_count(personal_data: pd.DataFrame) -> int:
    """How many spans nobody has settled yet."""
    return int((personal_data["status"] == "open").sum())


def refuse_open(personal_data: pd.DataFrame, comment_ids: Iterable[str] | None = None) -> None:
    """Refuse while any span (of these comments, if they are named) is open: nothing verbatim may leave."""
    held = personal_data
    if comment_ids is not None:
        held = held[held["comment_id"].isin(list(comment_ids))]
    still = open_count(held)
    if still:
        comments = held.loc[held["status"] == "open", "comment_id"].nunique()
        raise ConsultationError(
            f"{still:,} {'place' if still == 1 else 'places'} in {comments:,} "
            f"{'comment' if comments == 1 else 'comments'} may identify someone, and nobody has looked at "
            f"{'it' if still == 1 else 'them'} yet.",
            do="Settle each as redacted or kept in the workbook that this writes: consultation redact out redact.xlsx. "
            "Counts and tables can leave now: consultation report.",
        )


def redacted(text: str, spans: Iterable[PersonalData]) -> str:
    """The text for publication: what was redacted is replaced by a mark, what was kept stays.

    `spans` are all rows of `personal_data` for this comment. Raises `ConsultationError` while one of them is open.

    >>> row = PersonalData(comment_id="c-1", start=4, end=13, kind="name", status="redacted")
    >>> redacted("Ask Mrs Ahmed", [row])
    'Ask [name removed]'
    """
    told = list(spans)
    if any(span.status == "open" for span in told):
        raise ConsultationError(
            "A comment holds words that may identify someone and that nobody has looked at yet.",
            do="Settle them in the workbook that this writes: consultation redact out redact.xlsx",
        )
    parts, at = [], 0
    taken = [(s.start, s.end, s.kind) for s in told if s.status == "redacted" and s.start < len(text)]
    for start, end, kind in merged(taken):  # of a text that was purged there is nothing to mark
        parts += [text[at:start], mark(kind)]
        at = end
    return "".join([*parts, text[at:]])


def mark(kind: str) -> str:
    """What stands where something of this kind was redacted."""
    return f"[{KINDS.get(kind, KINDS['other'])} removed]"


def redact_comments(comments: pd.DataFrame, personal_data: pd.DataFrame) -> pd.DataFrame:
    """The comments with their text as it may be published. Refused while any span of them is open.

    The name of a speaker goes too.
    """
    refuse_open(personal_data, comments["comment_id"])
    by_comment: dict[str, list[PersonalData]] = {}
    for row in tables.rows("personal_data", personal_data):
        by_comment.setdefault(row.comment_id, []).append(row)
    told = [
        redacted(text, by_comment.get(comment, ())) if isinstance(text, str) else text
        for comment, text in zip(comments["comment_id"], comments["text"], strict=True)
    ]
    out = comments.assign(text=told)
    if "speaker" in comments:
        out = out.assign(speaker=None)
    if "heading" in comments:
        out = out.assign(heading=pd.Series(_redacted_headings(comments, by_comment), index=comments.index))
    return out


def _redacted_headings(comments: pd.DataFrame, by_comment: Mapping[str, Sequence[PersonalData]]) -> list[str | None]:
    """Headings, in which a parent bullet's words may stand, without any words that were redacted in a comment."""
    texts = dict(zip(comments["comment_id"], comments["text"], strict=True))
    marks: dict[str, str] = {}
    for comment, rows in by_comment.items():
        if isinstance(texts.get(comment), str):
            marks |= _marks(texts[comment], rows)
    told = {heading: _marked(heading, marks) for heading in comments["heading"].dropna().unique()}
    return [told.get(heading, heading) for heading in comments["heading"]]


def without(told: str, text: str, spans: Iterable[PersonalData]) -> str:
    """What is told of a comment without any words that were redacted in its `text`."""
    return _marked(told, _marks(text, spans))


def _marks(text: str, spans: Iterable[PersonalData]) -> dict[str, str]:
    """The words that were redacted, with the mark of each."""
    return {text[s.start : s.end]: mark(s.kind) for s in spans if s.status == "redacted" and text[s.start : s.end]}


def _marked(told: str, marks: Mapping[str, str]) -> str:
    if not marks:
        return told
    found = re.compile("|".join(re.escape(words) for words in sorted(marks, key=len, reverse=True)))
    return found.sub(lambda hit: marks[hit[0]], told)


def merged(spans: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Spans in order, those that overlap made one; the first kind names it."""
    out: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]), out[-1][2])
        else:
            out.append((start, end, kind))
    return out
