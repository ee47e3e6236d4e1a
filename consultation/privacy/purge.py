"""The end of retention: what people wrote and who they are goes, what was counted and decided stays.

Rows stay where they are counted, emptied of words, so that every count, table and report is made again as before.
Points stay as they are published: with the words of the draft that they are about and, redacted, the few that were
asked for in their place. The ledger is not touched, so that `verify` still passes: it holds ids, places and what
officers wrote, and no words of respondents but those that an officer chose to take into a statement, reason, note or
wording. To have a new column emptied, add it to `VERBATIM`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from consultation import tables
from consultation.history import active
from consultation.model import LedgerEvent
from consultation.settings import Retention

# Columns that hold words of respondents, with what is left in their place.
VERBATIM: Final[dict[str, dict[str, Any]]] = {
    "comments": {"text": "", "speaker": None},
    "phrases": {"replacement": None, "why": ""},
    "tags": {"why": ""},
    "sources": {"file": ""},  # its name may be somebody's: "letter from Mrs Bell.docx"
}
EMPTIED: Final = ("personal_data", "cells")  # tables that are about nothing but the words
FREE_ANSWERS: Final = ("open", "other_text")  # kinds of question whose answers are words of the respondent's own
RAW_FOLDERS: Final = ("data/raw", "data/quarantine")


@dataclass(frozen=True, kw_only=True)
class Purge:
    """What is due. `told` says it to the officer, who confirms before anything is removed."""

    verbatim: bool = False
    identity: bool = False
    told: tuple[str, ...] = ()

    @property
    def due(self) -> bool:
        return self.verbatim or self.identity

    @property
    def raw_files(self) -> bool:
        """Raw files hold words and identity together, so they go with the first of the two."""
        return self.due


def purge_plan(retention: Retention, today: str) -> Purge:
    """What is past its date on `today` (ISO). The last day of retention is still within it.

    >>> purge_plan(Retention(verbatim_until="2027-03-31"), "2027-03-31").due
    False
    """
    verbatim = retention.verbatim_until is not None and today > retention.verbatim_until
    identity = retention.identity_until is not None and today > retention.identity_until
    told = []
    if verbatim:
        told.append(
            f"What people wrote was kept until {retention.verbatim_until}: the words of comments, of "
            "findings and of open answers will be removed. Which comments there were, their tags, points (with the few "
            "words that each asks for, less what was redacted or not settled) and decisions stay."
        )
    if identity:
        told.append(
            f"Who people are was kept until {retention.identity_until}: the identity table and the key "
            f"of the pseudonyms "
            "will be removed."
        )
    if told:
        told.append("The imported files will be removed too, since they hold both.")
    return Purge(verbatim=verbatim, identity=identity, told=tuple(told))


def purged(held: tables.Tables, plan: Purge) -> dict[str, pd.DataFrame]:
    """The tables without what the plan removes: same names and columns, and the same rows wherever they are counted."""
    out = dict(held)
    if plan.identity and "identity" in out:
        out["identity"] = out["identity"].iloc[:0]
    if plan.verbatim:
        for name, columns in VERBATIM.items():
            if name in out:
                out[name] = _without(out[name], columns)
        for name in EMPTIED:
            if name in out:
                out[name] = out[name].iloc[:0]
        if "answers" in out and "questions" in out:
            out["answers"] = _without_free_answers(out["answers"], out["questions"])
    return out


def purge_event(plan: Purge, reason: str) -> tuple[str, dict[str, Any]]:
    """The event for the ledger: which tables lost what, and why. It holds no words of respondents."""
    lost = [*VERBATIM, *EMPTIED, "answers"] if plan.verbatim else []
    lost += ["identity"] if plan.identity else []
    return "purge", {"tables": sorted(lost), "raw_files": plan.raw_files, "reason": reason}


def purged_on(events: Sequence[LedgerEvent]) -> str | None:
    """The day (ISO, UTC) on which what people wrote was last removed, by the ledger; None while it is still held.

    Whoever finds a text empty can say so with this: its words were purged, and are not missing by mistake.
    """
    days = [event.at[:10] for event in active(events, "purge") if "comments" in event.payload.get("tables", ())]
    return max(days, default=None)


def _without(table: pd.DataFrame, columns: dict[str, Any]) -> pd.DataFrame:
    emptied = {
        name: pd.Series([left] * len(table), index=table.index, dtype=object)
        for name, left in columns.items()
        if name in table.columns
    }
    return table.assign(**emptied)


def _without_free_answers(answers: pd.DataFrame, questions: pd.DataFrame) -> pd.DataFrame:
    free = questions.loc[questions["kind"].isin(FREE_ANSWERS), "question_id"]
    return answers.assign(value=answers["value"].mask(answers["question_id"].isin(free), None))
