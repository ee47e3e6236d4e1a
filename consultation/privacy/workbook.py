"""The workbook in which an officer settles many spans at once: one sheet by place, one by the words themselves.

A decision on the sheet “Words” holds for every open place where the same words stand; one on “Places” goes before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from consultation import sheets, tables
from consultation.model import PersonalData
from consultation.privacy.find import KINDS
from consultation.privacy.redaction import decide
from consultation.text import did_you_mean, fingerprint, tidy

PLACES: Final = "Places"
WORDS: Final = "Words"
DECISIONS: Final = {"Redact": "redacted", "Keep": "kept"}
_AROUND: Final = 90  # characters shown on either side
_PLACE_COLUMNS: Final = ("Id", "Decision", "Reason", "Kind", "Words", "Where it stands", "Comment")
_WORD_COLUMNS: Final = ("Id", "Decision", "Reason", "Kind", "Words", "Places")
_FILLED_IN: Final = ("Decision", "Reason")
_WIDTHS: Final = {"Decision": 14, "Reason": 30, "Words": 34, "Where it stands": 70, "Places": 10}
_HOW: Final = (
    "Words that may identify someone",
    "Choose Redact or Keep for each. What is redacted leaves as a mark such as [name removed]; the original stays.",
    f"“{WORDS}” has one row for the same words wherever they stand: decide there first. “{PLACES}” has each place; "
    "a decision there goes before.",
    "Give a reason where it is not plain, such as: a public office holder.",
    "Nothing verbatim is published while any row is undecided. What you leave empty stays open.",
    "This workbook holds personal data: keep it where the responses are kept, and delete it once it has been read in.",
)


@dataclass(frozen=True, kw_only=True)
class Found:
    """A span with its words and what stands around it."""

    row: PersonalData
    words: str
    context: str

    @property
    def place_id(self) -> str:
        return fingerprint(self.row.comment_id, self.row.start, self.row.end, self.row.kind)

    @property
    def word_id(self) -> str:
        return fingerprint("words", self.row.kind, tidy(self.words))


def found(personal_data: pd.DataFrame, comments: pd.DataFrame) -> list[Found]:
    """Every span with its words: what is open first, then by comment and place. Those of removed texts are left out."""
    texts = dict(zip(comments["comment_id"], comments["text"], strict=True))
    told = []
    for row in tables.rows("personal_data", personal_data):
        text = texts.get(row.comment_id)
        if isinstance(text, str) and row.end <= len(text):
            words = text[row.start : row.end]
            before, after = text[max(0, row.start - _AROUND) : row.start], text[row.end : row.end + _AROUND]
            told.append(Found(row=row, words=words, context=f"{before}⟦{words}⟧{after}"))
    return sorted(told, key=lambda one: (one.row.status != "open", one.row.comment_id, one.row.start, one.row.end))


def write(personal_data: pd.DataFrame, comments: pd.DataFrame) -> bytes:
    """The workbook: sheets “How to”, “Words” (what is open, once for the same words) and “Places”."""
    told = found(personal_data, comments)
    book = sheets.new_book()
    sheets.notes(book, "How to", _HOW)
    sheets.table(book, WORDS, _columns(_WORD_COLUMNS), _grouped(told))
    sheets.table(book, PLACES, _columns(_PLACE_COLUMNS), [_place(one) for one in told])
    sheets.lists(book, {"Decision": list(DECISIONS)})
    return sheets.to_bytes(book)


def read(
    data: bytes, personal_data: pd.DataFrame, comments: pd.DataFrame, name: str = "the workbook"
) -> tuple[list[tuple[str, dict[str, Any]]], list[str]]:
    """The events for what an officer decided, and sentences on what could not be taken in.

    Only what differs from the present state makes an event, so reading a workbook twice records nothing twice. An
    empty decision leaves things as they are.
    """
    book = sheets.read(data, {PLACES: _PLACE_COLUMNS[:3], WORDS: _WORD_COLUMNS[:3]}, name)
    told = found(personal_data, comments)
    wrong: list[str] = []
    by_place = _choices(book.rows[PLACES], {one.place_id for one in told}, name, wrong)
    by_words = _choices(book.rows[WORDS], {one.word_id for one in told}, name, wrong)
    events = []
    for one in told:
        choice = by_place.get(one.place_id)
        if choice is None and one.row.status == "open":
            choice = by_words.get(one.word_id)
        if choice is not None and choice != (one.row.status, one.row.reason):
            events.append(decide(one.row, *choice))
    return events, wrong


def _columns(names: Sequence[str]) -> list[sheets.Column]:
    return [
        sheets.Column(
            heading=name,
            width=_WIDTHS.get(name, 18),
            fixed=name not in _FILLED_IN,
            choices="Decision" if name == "Decision" else None,
        )
        for name in names
    ]


def _place(one: Found) -> dict[str, sheets.Value]:
    decision = next((shown for shown, status in DECISIONS.items() if status == one.row.status), None)
    return {
        "Id": one.place_id,
        "Decision": decision,
        "Reason": one.row.reason,
        "Kind": KINDS.get(one.row.kind, one.row.kind),
        "Words": one.words,
        "Where it stands": one.context,
        "Comment": one.row.comment_id,
    }


def _grouped(told: Sequence[Found]) -> list[dict[str, sheets.Value]]:
    """Open spans with the same words and kind once, with how often they stand; those that stand often first."""
    counts: dict[str, int] = {}
    first: dict[str, Found] = {}
    for one in told:
        if one.row.status == "open":
            counts[one.word_id] = counts.get(one.word_id, 0) + 1
            first.setdefault(one.word_id, one)
    ordered = sorted(first.values(), key=lambda one: (one.row.kind, -counts[one.word_id], one.words))
    return [
        {
            "Id": one.word_id,
            "Kind": KINDS.get(one.row.kind, one.row.kind),
            "Words": one.words,
            "Places": counts[one.word_id],
        }
        for one in ordered
    ]


def _choices(
    rows: Sequence[sheets.Row], known: set[str], name: str, wrong: list[str]
) -> Mapping[str, tuple[str, str | None]]:
    """Id -> (status, reason) for each row with a decision; what is not understood goes to `wrong`."""
    chosen: dict[str, tuple[str, str | None]] = {}
    for row in rows:
        told = row["Decision"]
        if not told:
            if row["Reason"]:
                wrong.append(f"{row.place('Decision', name)}: a reason was given, but no decision: Redact or Keep.")
            continue
        status = next((meant for shown, meant in DECISIONS.items() if told.casefold() == shown.casefold()), None)
        if status is None:
            wrong.append(f"{row.place('Decision', name)}: “{told}” is no decision. {did_you_mean(told, DECISIONS)}")
        elif row["Id"] not in known:
            wrong.append(f"{row.place('Id', name)}: this row is not among the places held now; nothing was recorded.")
        else:
            chosen[row["Id"]] = (status, row["Reason"] or None)
    return chosen
