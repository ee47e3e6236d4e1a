"""One workbook being taken back: who signs, what comes of it, and what is said of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from consultation.sheets import Row, Told
from consultation.text import did_you_mean, tidy

NewEvent = tuple[str, dict[str, Any]]


@dataclass(kw_only=True)
class Taking:
    """The events so far, the rows that were refused, and what to know of rows that were taken.

    `filled` are the rows (sheet, number) of which something is recorded or refused.
    """

    file: str
    officer: str
    events: list[NewEvent] = field(default_factory=list)
    refused: list[Told] = field(default_factory=list)
    noted: list[Told] = field(default_factory=list)
    filled: set[tuple[str, int]] = field(default_factory=set)

    def record(self, what: str, payload: Mapping[str, Any], row: Row | None = None) -> None:
        if row:
            self.filled.add((row.sheet, row.number))
        self.events.append((what, dict(payload)))

    def refuse(self, row: Row, heading: str | None, what: str, do: str) -> None:
        self.filled.add((row.sheet, row.number))
        self.refused.append(Told(place=row.place(heading, self.file), what=what, do=do))

    def note(self, row: Row, heading: str | None, what: str, do: str = "") -> None:
        self.noted.append(Told(place=row.place(heading, self.file), what=what, do=do))

    def choice(self, row: Row, heading: str, choices: Mapping[str, str]) -> str | None:
        """The key of what stands in a cell with a list; None where that is on no list, which is refused."""
        wanted = tidy(row[heading])
        for key, shown in choices.items():
            if wanted in (tidy(shown), tidy(key)):
                return key
        told = row[heading][:40]
        self.refuse(row, heading, f"“{told}” is not on the list.", did_you_mean(told, choices.values()))
        return None
