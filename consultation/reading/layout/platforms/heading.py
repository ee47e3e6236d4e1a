"""What a platform is made of: the top of a sheet, what a heading says, and how the two are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from consultation.text import tidy

Marks = list[tuple[float, str]]
"""Weights that add up to a confidence, each with its reason in words."""
Roles = Mapping[str, tuple[str, str | None]]
"""The role and kind of a column by its folded heading or code."""


@dataclass(frozen=True, kw_only=True)
class Head:
    """The top of a sheet, from the row that may be its heading on, and what its program left in the file."""

    rows: Sequence[Sequence[str]]
    marks: frozenset[str] = frozenset()

    def folded(self, row: int) -> list[str]:
        return [tidy(cell) for cell in self.rows[row]] if row < len(self.rows) else []

    def share(self, column: int, pattern: re.Pattern[str], start: int) -> float:
        """The share of filled cells of a column, from row `start` on, that match."""
        cells = [row[column] for row in self.rows[start:] if len(row) > column and row[column].strip()]
        return sum(pattern.match(cell.strip()) is not None for cell in cells) / len(cells) if cells else 0.0


@dataclass(frozen=True, kw_only=True)
class Title:
    """What a heading says: the question's words, what this column of it stands for, its code."""

    stem: str
    option: str | None = None
    code: str | None = None


@dataclass(frozen=True, kw_only=True)
class Platform:
    """`roles` maps a folded heading or code to (role, kind); `separators` stand between choices in one cell."""

    name: str
    recognise: Callable[[Head], Marks]
    header: Callable[[Head], tuple[int, int]] = lambda head: (0, 1)
    roles: Roles = field(default_factory=dict)
    title: Callable[[Sequence[str]], Title] = lambda cells: plain_title(cells)
    key_row: int = 0  # the heading row whose words `roles` names
    separators: tuple[str, ...] = (";", ", ", ",", "|")
    dates: str | None = None  # the order its exports are known to use
    fills: bool = False  # a blank heading belongs to the question on its left


def plain_title(cells: Sequence[str]) -> Title:
    """A heading of any sheet: "Question [row]" gives row as the option; several heading rows give stem and option.

    >>> plain_title(["Rate these [Parking]"])
    Title(stem='Rate these', option='Parking', code=None)
    """
    told = [clean(cell) for cell in cells if cell.strip()]
    if not told:
        return Title(stem="")
    if len(told) > 1:
        if told[0] != told[1] and _CODE.fullmatch(told[0]):
            return Title(stem=told[1], code=told[0], option=told[2] if len(told) > 2 else None)
        return Title(stem=told[0], option=told[-1] if told[-1] != told[0] else None)
    found = re.fullmatch(r"(.+?)\s*\[([^\[\]]+)\]", told[0], re.S)
    return Title(stem=found[1], option=found[2]) if found else Title(stem=told[0])


def clean(cell: str) -> str:
    """A heading without markup, non-breaking spaces and the space around it, its line breaks made spaces.

    >>> clean(" Do you agree?\\u00a0<br>")
    'Do you agree?'
    """
    plain = (
        re.sub(r"<(?:/?[a-zA-Z][^<>]*)>", " ", cell).replace("\u00a0", " ").replace("&nbsp;", " ").replace("&amp;", "&")
    )
    return re.sub(r"\s+", " ", plain).strip()


def has(row: Sequence[str], *names: str) -> bool:
    """Whether a row holds all these cells."""
    return all(name in row for name in names)


_CODE: Final = re.compile(r"(?:[A-Za-z]{1,8}[\s_]?\d[\w.]*|[A-Za-z]+_\w+|Ident \d+)")
