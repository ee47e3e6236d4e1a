"""What every reader returns, and how a reader asks what only a person can know.

A reader is a function `(path, context) -> Reading`. It leaves the file as it is, prints nothing, and
raises `ConsultationError` where the file cannot be read at all; what spoils one record goes to `problems`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from consultation.settings import Settings, SourceSettings
from consultation.tables import Tables

Choose = Callable[[str, Sequence[str], str], str]
"""(question, options, the option that is taken if nobody answers) -> the option chosen."""

CELL_COLUMNS = ("source_id", "sheet", "row", "column", "value", "storage", "role")
"""Columns of the raw layer `cells`: one row for each filled cell (or paragraph) as it stands in the file, `role`
saying where it landed: header, response_id, identity, comment, closed, officer_note, quarantined ..."""

QUARANTINE_COLUMNS = ("source_file", "sheet", "row", "line", "reason", "suggestion")
"""The first columns of a quarantine file; the cells of the row follow untouched, under their own headings."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One file, read.

    `tables` holds sources, events, questions, identity, responses, answers, comments and problems as `tables.py` has
    them, and the raw layer `cells` (`CELL_COLUMNS`). `notes` says what was assumed, in sentences for the officer;
    `ambiguous` asks what would change the result. `quarantine` holds the rows an officer can mend and feed back.
    """

    name: str  # of the source: stays the same when the survey is exported again
    tables: dict[str, pd.DataFrame]
    mapping: SourceSettings  # as it was used
    drafted: bool = False  # the program drafted the mapping; an officer has not seen it
    notes: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    quarantine: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(QUARANTINE_COLUMNS)))


@dataclass(frozen=True, kw_only=True)
class Context:
    """What a reader is told beside the file: the name of the source, all settings, what is already held, whom to ask.

    `source_settings` is the officer's mapping, or None where the reader is to draft one. `known` holds the tables of
    the workspace (with `elements`, if the draft is known), or nothing. `inside` names the file that held this one:
    a mail with attachments reads each of them.
    """

    name: str
    settings: Settings
    source_settings: SourceSettings | None = None
    known: Tables = field(default_factory=dict)
    choose: Choose | None = None
    inside: str | None = None

    def ask(self, question: str, options: Sequence[str], default: str, ambiguous: list[str]) -> str:
        """The person's choice; without a person the default, and the question is put on the list `ambiguous`."""
        if self.choose is not None:
            return self.choose(question, options, default)
        ambiguous.append(f"{question} Assumed: {default}.")
        return default
