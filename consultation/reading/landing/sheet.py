"""What the steps of landing share about one sheet while it lands."""

from __future__ import annotations

from dataclasses import dataclass

from consultation import model
from consultation.errors import Place
from consultation.reading.grids.grid import Grid, letter
from consultation.reading.layout.rows import Rows
from consultation.reading.result import Context
from consultation.settings import Column, SourceSettings


@dataclass(kw_only=True)
class Sheet:
    """A sheet, its mapping, its rows told apart; notes, questions and problems gather in it."""

    grid: Grid
    mapping: SourceSettings
    context: Context
    source: model.Source
    base: str  # the source's name that ids are made of
    rows: Rows
    asked: bool
    notes: list[str]
    ambiguous: list[str]
    problems: list[model.Problem]
    errors: set[tuple[int, int]]

    def values(self, column: int) -> list[str]:
        """The cells of a column for the responses, in order."""
        grid = self.grid.rows
        return [row[column] if column < len(row) else "" for row in (grid[i] for i in self.rows.good)]

    def labelled(self, column: int) -> list[str]:
        """The same, with the labels that a statistics file has for its codes."""
        labels = self.grid.variables[column].labels if self.grid.variables is not None else {}
        return [labels.get(cell, cell) for cell in self.values(column)]

    def of(self, role: str) -> list[Column]:
        return [column for column in self.mapping.columns if column.role == role]

    def place(self, row: int, column: int | None) -> str:
        """A cell's address, as the file's own program shows it."""
        where = Place(sheet=self.grid.sheet, row=row + 1, column=None if column is None else letter(column))
        return str(where)

    def problem(self, locator: str, what: str, hint: str, action: str) -> None:
        self.problems.append(
            model.Problem(source_id=self.source.source_id, locator=locator, what=what, hint=hint, action=action)
        )
