"""Taking one sheet back: what a person changed, row by row, against what went out and what stands now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from consultation.errors import Place
from consultation.settings import Settings
from consultation.sheets import Book, Row, cell_text
from consultation.text import did_you_mean
from consultation.wording import decisions as rules
from consultation.wording.workbook.layout import SEVERAL, Rows, editable

NewEvent = tuple[str, dict[str, Any]]
_HEADINGS: Final = {"disposition": "Disposition", "reason": "Reason", "destination": "Destination"}
_OUR_ID: Final = re.compile(r"(?:t|b|br|k|x)-[0-9a-z]{12}")


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A cell or row that was not taken: where, what is wrong, what to do. `clash`: somebody else changed it too."""

    place: Place
    what: str
    do: str
    clash: bool = False


@dataclass(frozen=True, kw_only=True)
class Edited:
    """A row with something in it that a person changed. `values` are all its cells, clashes left as they stand now."""

    key: str
    row: Row
    values: Mapping[str, str]
    changed: frozenset[str]
    is_new: bool = False

    def several(self, heading: str) -> tuple[str, ...]:
        return _parts(self.values.get(heading, ""))

    def text(self, heading: str) -> str | None:
        return self.values.get(heading) or None


@dataclass(kw_only=True)
class Taking:
    """What has been taken so far, and what was refused. `names` maps ids that people made up to ours.

    `filled` are the rows (sheet, number) of which something is recorded or refused.
    """

    book: Book
    state: Mapping[str, Rows]
    settings: Settings
    codes: Mapping[str, Mapping[str, str]]
    file: str = "the workbook"
    events: list[NewEvent] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    filled: set[tuple[str, int]] = field(default_factory=set)
    at: Row | None = None  # the row that is being taken

    def record(self, what: str, payload: dict[str, Any]) -> None:
        if self.at:
            self.filled.add((self.at.sheet, self.at.number))
        self.events.append((what, payload))

    def refuse(self, row: Row, heading: str | None, what: str, do: str, *, clash: bool = False) -> None:
        self.filled.add((row.sheet, row.number))
        self.refused.append(Refused(place=row.place(heading, self.file), what=what, do=do, clash=clash))

    def refuse_sheet(self, sheet: str) -> None:
        self.refused.append(
            Refused(
                place=Place(file=self.file, sheet=sheet),
                what="This sheet is not in the workbook any more: nothing was taken from it.",
                do="If it was renamed or deleted by mistake, give it its name again or take a fresh workbook.",
            )
        )

    def edited(self, sheet: str, row: Row, key: str) -> Edited | None:
        """What a person changed in this row; None where nothing is left to record. Notes clashes."""
        self.at = row
        now = self.state[sheet].get(key, {})
        values = {heading: cell_text(value) for heading, value in now.items()}
        changed: set[str] = set()
        for heading in editable(sheet):
            theirs, ours = self._as_shown(heading, row[heading]), values.get(heading, "")
            if _alike(heading, theirs, ours) or not self._touched(sheet, key, heading, theirs):
                continue
            if self.book.remembered and self.book.changed(sheet, key, heading, ours):
                self.refuse(
                    row, heading,
                    f"This cell says “{_short(theirs)}”, but “{_short(ours)}” has been recorded meanwhile.",
                    "Agree on one, then change it in a fresh workbook: consultation decide out FILE.xlsx",
                    clash=True,
                )  # fmt: skip
                continue
            values[heading] = theirs
            changed.add(heading)
        if not changed:
            return None
        return Edited(key=key, row=row, values=values, changed=frozenset(changed), is_new=not now)

    def touched(self, sheet: str, row: Row, key: str) -> bool:
        """Whether a person changed anything in this row since it went out."""
        return any(
            self._touched(sheet, key, heading, self._as_shown(heading, row[heading])) for heading in editable(sheet)
        )

    def _as_shown(self, heading: str, told: str) -> str:
        """What a person typed as the workbook will show it: names for codes, our ids for names that people made up."""
        if heading not in self.codes and heading != "Points":
            return told
        names = self.codes.get(heading, {})
        parts = _parts(told) if heading in SEVERAL else (told,)
        shown = (names.get(rules.code_of(part, names) or "", self.names.get(part, part)) for part in parts)
        return "; ".join(shown)

    def _touched(self, sheet: str, key: str, heading: str, theirs: str) -> bool:
        """Without the hidden sheet nothing tells an emptied cell from one never filled: only what is filled counts."""
        return self.book.changed(sheet, key, heading, theirs) if self.book.remembered else bool(theirs)

    def code(self, edited: Edited, heading: str) -> str | None:
        """The code behind a cell's name; a name that is none is refused and gives None."""
        told, codes = edited.text(heading), self.codes[heading]
        if told is None:
            return None
        code = rules.code_of(told, codes)
        if code is None:
            self.refuse(edited.row, heading, f"“{_short(told)}” is not on the list.", rules.nearest_name(told, codes))
        return code

    def ids(self, edited: Edited, heading: str, known: Iterable[str], what: str) -> tuple[str, ...] | None:
        """The ids in a cell, made-up names turned into ours; None where one is unknown, which is refused."""
        allowed = set(known)
        told = [self.names.get(one, one) for one in edited.several(heading)]
        for one in told:
            if one not in allowed:
                self.refuse(edited.row, heading, f"There is no {what} “{_short(one)}”.", _nearest(one, allowed))
                return None
        return tuple(dict.fromkeys(told))

    def decision(self, edited: Edited, subject: Mapping[str, Any], fields: Mapping[str, Any]) -> None:
        """Record a decision if it obeys the rules; else say which cells must be filled first."""
        wrong = rules.faults(fields)
        for name, what, do in wrong:
            self.refuse(edited.row, _HEADINGS[name], what, do)
        if not wrong:
            self.record("decision", {**subject, **fields})


def once(taking: Taking, sheet: str, key_heading: str) -> Iterator[Row]:
    """The rows of a sheet; a second row with an id that stood already is refused."""
    seen: dict[str, Row] = {}
    for row in taking.book.rows[sheet]:
        key = row[key_heading]
        if key and key in seen:
            taking.refuse(
                row, key_heading, f"The id “{_short(key)}” stands in row {seen[key].number} already.",
                "Empty the id of the copy if it is meant as a new row, or delete it.",
            )  # fmt: skip
            continue
        seen[key] = row
        yield row


def _parts(told: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for raw in told.replace("\n", ";").split(";") if (part := raw.strip())))


def _alike(heading: str, one: str, other: str) -> bool:
    """Lists are alike in any order."""
    return one == other or (heading in SEVERAL and sorted(_parts(one)) == sorted(_parts(other)))


def ours(key: str) -> bool:
    """Whether an id was made by the program, as against a name that somebody made up."""
    return _OUR_ID.fullmatch(key) is not None


def _nearest(one: str, known: set[str]) -> str:
    return did_you_mean(one, sorted(known)) if 0 < len(known) <= 100 else "Copy the id from this workbook."


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
