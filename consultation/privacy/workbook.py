"""The workbook in which an officer settles many spans at once: one sheet by place, one by the words themselves.

A decision on the sheet “Words” holds for every place where the same words stand; one on “Places” goes before it.
"""

from __future__ import annotations

from collections.abc import Sequence
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


def rows(personal_data: pd.DataFrame, comments: pd.DataFrame) -> list[dict[str, Any]]:
    """One row for each span, by comment: id, kind, its words, what stands around it, and its decision so far."""
    texts = dict(zip(comments["comment_id"], comments["text"], strict=True))
    told = []
    for row in tables.rows("personal_data", personal_data):
        text = texts.get(row.comment_id)
        if not isinstance(text, str) or row.end > len(text):
            continue
        before = text[max(0, row.start - _AROUND) : row.start]
        after = text[row.end : row.end + _AROUND]
        told.append(
            {
                "Id": _id(row), "Decision": _shown(row.status), "Reason": row.reason, "Kind": KINDS.get(row.kind, row.kind),
                "Words": text[row.start : row.end], "Where it stands": f"{before}⟦{text[row.start : row.end]}⟧{after}",
                "Comment": row.comment_id, "span": row,
            }
        )  # fmt: skip
    return told


def write(personal_data: pd.DataFrame, comments: pd.DataFrame) -> bytes:
    """The workbook as bytes: sheets “How to”, “Words” and “Places”. What is open comes first."""
    told = sorted(rows(personal_data, comments), key=lambda row: (row["Decision"] is not None, row["Comment"], row["span"].start))
    grouped = _grouped(told)
    book = sheets.new_book()
    sheets.notes(
        book,
        "How to",
        [
            "Words that may identify someone",
            "Choose Redact or Keep for each. Redacted words leave as a mark such as [name removed]; the original stays as it was written.",
            f"“{WORDS}” has one row for the same words wherever they stand: decide there first. “{PLACES}” has each place; a decision there goes before.",
            "Give a reason where it is not plain, such as: a public office holder.",
            "Nothing is published while any row is undecided. What you leave empty stays open.",
            "This workbook holds personal data: keep it where the responses are kept, and delete it when it has been read in.",
        ],
    )
    fixed = {"Id": 16, "Kind": 18, "Words": 34, "Where it stands": 70, "Comment": 18, "Places": 10}
    for title, columns, content in ((WORDS, _WORD_COLUMNS, grouped), (PLACES, _PLACE_COLUMNS, told)):
        sheets.table(
            book,
            title,
            [
                sheets.Column(heading=name, width=fixed[name], fixed=True)
                if name in fixed
                else sheets.Column(heading=name, width=14 if name == "Decision" else 30, choices="Decision" if name == "Decision" else None)
                for name in columns
            ],
            content,
        )
    sheets.lists(book, {"Decision": list(DECISIONS)})
    return sheets.to_bytes(book)


def read(
    data: bytes, personal_data: pd.DataFrame, comments: pd.DataFrame, name: str = "the workbook"
) -> tuple[list[tuple[str, dict[str, Any]]], list[str]]:
    """The events for what an officer decided, and sentences on what could not be taken in.

    Only what differs from the present state makes an event, so reading a workbook twice records nothing twice.
    """
    book = sheets.read(data, {PLACES: _PLACE_COLUMNS[:3], WORDS: _WORD_COLUMNS[:3]}, name)
    wrong: list[str] = []
    told = rows(personal_data, comments)
    chosen = {
        sheet: {row["Id"]: choice for row in book.rows[sheet] if (choice := _choice(row, name, wrong))} for sheet in (WORDS, PLACES)
    }
    known = {row["Id"] for row in told} | {_word_id(row) for row in told}
    for sheet in (WORDS, PLACES):
        for row in book.rows[sheet]:
            if row["Id"] not in known and row["Id"] in chosen[sheet]:
                wrong.append(f"{row.place('Id', name)}: “{row['Id']}” is not among the places held now; nothing was recorded for it.")
    events = []
    for row in told:
        span = row["span"]
        choice = chosen[PLACES].get(row["Id"])
        if choice is None or choice[0] == span.status:
            choice = chosen[WORDS].get(_word_id(row)) if span.status == "open" and choice is None else choice
        if choice and choice != (span.status, span.reason):
            events.append(decide(span, *choice))
    return events, wrong


def _grouped(told: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same words of the same kind once, with how often they stand; those that stand often first."""
    groups: dict[str, dict[str, Any]] = {}
    for row in told:
        if row["Decision"] is None:
            group = groups.setdefault(_word_id(row), {"Id": _word_id(row), "Kind": row["Kind"], "Words": row["Words"], "Places": 0})
            group["Places"] += 1
    return sorted(groups.values(), key=lambda group: (group["Kind"], -group["Places"], group["Words"]))


def _choice(row: sheets.Row, name: str, wrong: list[str]) -> tuple[str, str | None] | None:
    told = row["Decision"]
    if not told:
        return None
    for shown, status in DECISIONS.items():
        if told.casefold() in (shown.casefold(), status):
            return status, row["Reason"] or None
    wrong.append(f"{row.place('Decision', name)}: “{told}” is no decision. {did_you_mean(told, DECISIONS)}")
    return None


def _shown(status: str) -> str | None:
    return next((shown for shown, meant in DECISIONS.items() if meant == status), None)


def _id(row: PersonalData) -> str:
    return fingerprint(row.comment_id, row.start, row.end, row.kind)


def _word_id(row: dict[str, Any]) -> str:
    return fingerprint("words", row["Kind"], tidy(row["Words"]))
