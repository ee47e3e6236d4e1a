"""Workbooks read back: rows found by their headings, and what a person altered since the workbook went out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from consultation.errors import ConsultationError, Place
from consultation.sheets.cells import STATE, Value, cell_text, letter, mark
from consultation.sheets.opening import opened
from consultation.text import did_you_mean


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row as a person left it: its number as Excel shows it, and the text of each cell by heading ("" if empty)."""

    sheet: str
    number: int
    cells: Mapping[str, str]
    letters: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, heading: str) -> str:
        return self.cells.get(heading, "")

    def several(self, heading: str) -> tuple[str, ...]:
        """The parts of a cell between semicolons or line ends."""
        parts = self[heading].replace("\n", ";").split(";")
        return tuple(dict.fromkeys(told for part in parts if (told := part.strip())))

    def place(self, heading: str | None = None, file: str | None = None) -> Place:
        column = self.letters.get(heading) if heading else None
        return Place(file=file, sheet=self.sheet, row=self.number, column=column, heading=heading)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is to be said of a row that was not taken, or not as it stands: where, what, what to do."""

    place: Place
    what: str
    do: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (f"{self.place}:", self.what, self.do) if part)


@dataclass(frozen=True, kw_only=True)
class Book:
    """A workbook read back: rows by sheet, and the fingerprints that it went out with."""

    rows: Mapping[str, Sequence[Row]]
    marks: Mapping[tuple[str, str, str], str]
    absent: tuple[str, ...] = ()  # sheets that were wanted and are not there

    @property
    def remembered(self) -> bool:
        """False for a workbook that was put together by hand, without the hidden sheet."""
        return bool(self.marks)

    def knows(self, sheet: str, key: str) -> bool:
        return (sheet, key, "") in self.marks

    def changed(self, sheet: str, key: str, heading: str, text: Value) -> bool:
        """Whether `text` is other than what stood in that cell when the workbook went out."""
        return self.marks.get((sheet, key, heading), mark("")) != mark(cell_text(text))


def read(data: bytes, wanted: Mapping[str, Sequence[str]], name: str = "the workbook") -> Book:
    """The rows of the wanted sheets, found by their headings; `wanted` maps each sheet to the headings it must have.

    Empty rows are left out; numbers, dates and ticks become text ("3", "2026-03-01", "yes"). A wanted sheet that is
    absent has no rows, unless all are absent. Raises `ConsultationError` for what is no workbook, for a password,
    for a sheet without its headings and for a heading that stands twice.
    """
    book = opened(data, name)
    by_name = {sheet.strip().casefold(): sheet for sheet in book.sheets}
    if not any(sheet.casefold() in by_name for sheet in wanted):
        raise ConsultationError(
            f"None of the sheets {', '.join(f'“{sheet}”' for sheet in wanted if sheet[0] != '_')} is in this workbook.",
            where=name,
            do="Take in the workbook that this command's “out” wrote; its sheets keep their names.",
        )
    rows = {
        sheet: _rows(sheet, book.rows(by_name[sheet.casefold()]), headings, name) if sheet.casefold() in by_name else ()
        for sheet, headings in wanted.items()
    }
    absent = tuple(sheet for sheet in wanted if sheet.casefold() not in by_name)
    return Book(rows=rows, marks=_marks(book.rows(STATE) if STATE in book.sheets else []), absent=absent)


def _rows(sheet: str, cells: Sequence[Sequence[Any]], headings: Sequence[str], name: str) -> tuple[Row, ...]:
    texts = [[cell_text(value) for value in row] for row in cells]
    head = next((number for number, row in enumerate(texts) if headings[0] in row), None)
    if head is None:
        known = next((row for row in texts if any(row)), [])
        raise ConsultationError(
            f"The heading “{headings[0]}” is missing.",
            where=Place(file=name, sheet=sheet),
            do=did_you_mean(headings[0], filter(None, known)) if any(known) else "Use the sheet as written.",
        )
    titles = texts[head]
    for heading in headings:
        if titles.count(heading) != 1:
            wrong = "stands twice" if heading in titles else "is missing"
            raise ConsultationError(
                f"The heading “{heading}” {wrong}.",
                where=Place(file=name, sheet=sheet, row=head + 1),
                do="Give each heading its own name again, as the program wrote them.",
            )
    letters = {title: letter(place) for place, title in enumerate(titles, 1) if title}
    return tuple(
        Row(
            sheet=sheet,
            number=number,
            cells={title: text for title, text in zip(titles, row, strict=True) if title},
            letters=letters,
        )
        for number, row in enumerate(texts[head + 1 :], head + 2)
        if any(row)
    )


def _marks(cells: Sequence[Sequence[Any]]) -> dict[tuple[str, str, str], str]:
    told = [[cell_text(value) for value in row] for row in cells[1:]]
    return {(row[0], row[1], "" if row[2] == "*" else row[2]): row[3] for row in told if len(row) >= 4}
