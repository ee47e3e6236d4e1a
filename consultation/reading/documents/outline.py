"""Where each part stands: the headings above it, the list item that it elaborates, its row and column of a table.

Many notes have no heading styles: a bold line, "Table 2" or "Q3. ..." alone on its line, or a line with a colon before
a list is taken for a heading as well, nested in the order in which each sort first appears.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from consultation.reading.documents.event_lines import about_event
from consultation.reading.documents.parts import HEADING, ITEM, PARAGRAPH, Part
from consultation.reading.documents.speakers import speaker
from consultation.reading.documents.tallies import tally
from consultation.text import words

GROUP = re.compile(
    r"^(?:table|group|breakout|room|station|stall)\s*(?:no\.?\s*)?(?:\d{1,3}|[A-H]|one|two|three|four|five|six)\b",
    re.I,
)
_QUESTION = re.compile(
    r"^(?:q(?:uestion)?\.?\s*\d+\w?\b|(?:theme|topic|session|activity|exercise|discussion)\s+\d+\b)", re.I
)
_HEADING_WORDS: Final = 14
_LEAD_IN_WORDS: Final = 7  # "Comments:" is a heading; "People said that the vision was too long:" is a comment as well
TITLE = re.compile(
    r"\b(?:workshops?|focus groups?|meetings?|sessions?|events?|forum|drop-?ins?|roadshow|round ?tables?|notes|"
    r"write-?up|feedback)\b",
    re.I,
)
_PLAIN_WORDS: Final = 8  # of a line that heads a list by standing before it, in notes that are mostly lists
_KEY = re.compile(r"^(?:key|legend|abbreviations|glossary|key to (?:codes|notes|symbols))\s*:?$", re.I)
_CONTENTS = re.compile(r"^(?:table of )?contents\s*:?$", re.I)
_LINK_INSIDE = re.compile(r"^\[.*\]\(#[^)]*\)$")
_COLUMN_WORDS = re.compile(
    r"\b(?:comments?|questions?|issues?|themes?|outcomes?|feedback|responses?|priorit|topics?|points?|tables?|groups?|names?|"
    r"suggest|views?|answers?|discussion|notes?|section|what|who|why|how|ideas?|concerns?|no\.?|ref)\b",
    re.I,
)  # fmt: skip
_LABEL_WORDS = re.compile(
    r"\b(?:outcomes?|questions?|themes?|priorit(?:y|ies)|topics?|sections?|ref(?:erence)?|no\.?|number|tables?|groups?|elements?|"
    r"objectives?|aims?|principles?|area)\b",
    re.I,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A part with its path of headings, and the index of the part that it elaborates (a sub-bullet's bullet)."""

    part: Part
    path: tuple[str, ...] = ()
    parent: int | None = None
    heading: bool = False


def outline(parts: Sequence[Part], *, titled: bool = False) -> list[Placed]:
    """Every part with its place, in order; `heading` is set on those that head others.

    `titled` says that a first line about the event is the title, as it is of notes.
    """
    out: list[Placed] = []
    open_headings: list[tuple[int, str]] = []
    open_items: list[tuple[int, int]] = []
    sorts: list[str] = []  # of headings without a style, in order of first appearance
    title = _title(parts) if titled else None
    listed = titled and _mostly_items(parts)
    tables = _tables(parts)
    for at, part in enumerate(parts):
        path = tuple(text for _, text in open_headings) if _placed(part) else ()
        if part.empty or part.mark is not None or part.story != "body":
            under = open_items[-1][1] if open_items and part.story == "body" and part.mark else None
            out.append(Placed(part=_explained(part, path), path=path, parent=under))
            continue
        if part.table:
            here = tables[part.table].path(part)
            out.append(Placed(part=part, path=(*path, *(here or ())), heading=here is None))
            if part.kind == ITEM and here is not None:
                out[-1] = replace(out[-1], parent=_parent(out, at, open_items))
            continue
        rank = 0 if at == title else _rank(parts, at, sorts, listed)
        if rank is not None:
            while open_headings and open_headings[-1][0] >= rank:
                open_headings.pop()
            open_headings.append((rank, _shown(part)))
            open_items.clear()
            out.append(Placed(part=part, path=tuple(text for _, text in open_headings), heading=True))
            continue
        if part.kind != ITEM:
            open_items.clear()
            while open_headings and open_headings[-1][0] == _LEAD_IN:
                open_headings.pop()
            path = tuple(text for _, text in open_headings)
            open_items.append((-1 if part.text.rstrip().endswith(":") and _before_list(parts, at) else 0, at))
            out.append(Placed(part=_explained(part, path), path=path))
            continue
        out.append(Placed(part=_explained(part, path), path=path))
        out[-1] = replace(out[-1], parent=_parent(out, at, open_items))
    return out


def _tables(parts: Sequence[Part]) -> dict[str, _Table]:
    cells: dict[str, list[Part]] = {}
    for part in parts:
        if part.table:
            cells.setdefault(part.table, []).append(part)
    return {name: _Table(each) for name, each in cells.items()}


def elders(placed: Sequence[Placed], at: int) -> list[int]:
    """The parts that this one elaborates, outermost first."""
    chain: list[int] = []
    parent = placed[at].parent
    while parent is not None and len(chain) < 10:
        chain.insert(0, parent)
        parent = placed[parent].parent
    return chain


def _placed(part: Part) -> bool:
    """Page furniture, and what others wrote in earlier messages, stand under no heading."""
    return part.story not in ("header", "footer") and part.mark not in ("quoted", "covering", "metadata")


_LEAD_IN: Final = 99


def _parent(out: list[Placed], at: int, open_items: list[tuple[int, int]]) -> int | None:
    """The item that this one stands under; from now on it is itself open."""
    level, table = out[at].part.level, (out[at].part.table, out[at].part.row, out[at].part.column)
    while open_items and (open_items[-1][0] >= level or _cell(out[open_items[-1][1]].part) != table):
        open_items.pop()
    parent = open_items[-1][1] if open_items else None
    open_items.append((level, at))
    return parent


def _cell(part: Part) -> tuple[str | None, int, int]:
    return part.table, part.row, part.column


def _rank(parts: Sequence[Part], at: int, sorts: list[str], listed: bool) -> int | None:
    """How deep a heading is (0 the highest), or None for what heads nothing."""
    part = parts[at]
    if part.kind == HEADING:
        return part.level
    text = part.text.strip()
    count = len(words(text))
    if part.kind != PARAGRAPH or count == 0 or count > _HEADING_WORDS + 6 or "\n" in text:
        return None
    followed = _before_list(parts, at)
    if text.endswith(":") and count <= _LEAD_IN_WORDS and followed and part.bold < len(text) - 1:
        return _LEAD_IN
    sort = _sort(part, text, count, followed, listed)
    if sort is None or not _heads_something(parts, at):
        return None
    if sort not in sorts:
        sorts.append(sort)
    return 20 + sorts.index(sort)


def _sort(part: Part, text: str, count: int, followed: bool, listed: bool) -> str | None:
    """The sort of heading that a line without a heading style is, or None."""
    if GROUP.match(text) and count <= 8 and not text.endswith("."):
        return "group"
    if _QUESTION.match(text) and (text.endswith(("?", ":")) or count <= 6 or followed or part.bold >= len(text) - 1):
        return "question"
    if tally(text) or text.endswith((".", ",", ";")):
        return None
    if part.bold >= len(text.rstrip(": *_")) and count <= _HEADING_WORDS and not speaker(text, bold=part.bold):
        return "bold"
    if text.isupper() and 1 <= count <= 10 and any(len(word) > 3 for word in words(text)):
        return "capitals"
    if followed and text.endswith("?"):
        return "bold"
    return "plain" if listed and followed and count <= _PLAIN_WORDS and not text.endswith("!") else None


def _title(parts: Sequence[Part]) -> int | None:
    """The first line, where it has no heading style, is short and names an event, or what follows tells of one."""
    first = [at for at, part in enumerate(parts) if not part.empty and part.mark is None and part.story == "body"][:3]
    if len(first) < 3 or parts[first[0]].kind != PARAGRAPH or parts[first[0]].table:
        return None
    text = parts[first[0]].text.strip()
    if len(words(text)) > _HEADING_WORDS or text.endswith((".", ":", "?")) or about_event(text) or tally(text):
        return None
    told = TITLE.search(text) or any(about_event(parts[at].text) for at in first[1:])
    return first[0] if told else None


def _mostly_items(parts: Sequence[Part]) -> bool:
    """Whether what is said stands in lists, so that a short line before one is its heading."""
    body = [
        at
        for at, part in enumerate(parts)
        if not part.empty and part.mark is None and part.story == "body" and not part.table
    ]
    items = sum(parts[at].kind == ITEM for at in body)
    others = [
        at
        for at in body
        if parts[at].kind == PARAGRAPH and not about_event(parts[at].text) and not _before_list(parts, at)
    ]
    return items > 1 and items >= 1.5 * len(others)


def _before_list(parts: Sequence[Part], at: int) -> bool:
    """Whether the next part that holds anything is a list item or a cell of a table."""
    for part in parts[at + 1 : at + 6]:
        if not part.empty and part.mark is None and part.story == "body":
            return part.kind == ITEM or part.table is not None
    return False


def _heads_something(parts: Sequence[Part], at: int) -> bool:
    return any(not part.empty and part.mark is None for part in parts[at + 1 :])


def _shown(part: Part) -> str:
    text = re.sub(r"\s+", " ", part.text).strip()
    text = re.sub(r"^(\*\*|__)(.+)\1(:?)$", r"\2\3", text)
    shown = f"{part.numbering} {text}" if part.numbering and not text.startswith(part.numbering) else text
    return shown.rstrip(":").strip() or shown


def _explained(part: Part, path: tuple[str, ...]) -> Part:
    """A part under a key or a table of contents is marked so."""
    if part.empty or part.mark is not None:
        return part
    if _LINK_INSIDE.match(part.text.strip()) or (path and _CONTENTS.match(path[-1])):
        return replace(part, mark="contents")
    return replace(part, mark="key") if any(_KEY.match(heading) for heading in path) else part


class _Table:
    """What heads the cells of one table: its first row, its first column, and rows of a single cell."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.cells: dict[tuple[int, int], list[Part]] = {}
        for part in parts:
            if not part.empty and part.mark is None:
                self.cells.setdefault((part.row, part.column), []).append(part)
        rows = sorted({row for row, _ in self.cells})
        self.columns = sorted({column for _, column in self.cells})
        self.first_row = rows[0] if rows else 0
        self.wide = len(self.columns) > 1
        self.headed = self.wide and len(rows) > 1 and self._head_row()
        body = [row for row in rows if row > self.first_row or not self.headed]
        self.labelled = self.wide and self._label_column(body)
        self.sections = {row for row in body if self.wide and len(rows) > 2 and self._section(row)}

    def path(self, part: Part) -> tuple[str, ...] | None:
        """The headings of a cell within its table; None for a cell that is itself a heading."""
        row, column = part.row, part.column
        if (self.headed and row == self.first_row) or row in self.sections:
            return None
        label = (
            self.labelled
            and column == self.columns[0]
            and any((row, other) in self.cells for other in self.columns[1:])
        )
        if label:
            return None
        above = [each for each in self.sections if each < row]
        out = [self._text(max(above), self._only(max(above)))] if above else []
        if self.headed:
            head = max(
                (each for each in self.columns if each <= column and (self.first_row, each) in self.cells),
                default=column,
            )
            out.append(self._text(self.first_row, head))
        if self.labelled and column != self.columns[0] and (row, self.columns[0]) in self.cells:
            out.append(self._label(row))  # last: “1.2 Clean air” asks, “Comments” asks nothing
        return tuple(text for text in out if text)

    def _head_row(self) -> bool:
        cells = [self.cells.get((self.first_row, column), []) for column in self.columns]
        told = [part for cell in cells for part in cell]
        if len(told) < 2 or any(
            len(words(part.text)) > _HEADING_WORDS or part.kind == ITEM or part.text.rstrip().endswith(".")
            for part in told
        ):
            return False
        if all(part.bold >= len(part.text.strip()) for part in told) or "line" in told[0].place[:5]:
            return True
        rest = [
            len(words(part.text)) for (row, _), parts in self.cells.items() if row > self.first_row for part in parts
        ]
        own = sum(len(words(part.text)) for part in told) / len(told)
        spoken = sum(1 for part in told if _COLUMN_WORDS.search(part.text))
        return spoken >= max(2, 0.6 * len(told)) or (bool(rest) and sum(rest) / len(rest) > 2.5 * own and own <= 4)

    def _label_column(self, body: list[int]) -> bool:
        first = [part for row in body for part in self.cells.get((row, self.columns[0]), [])]
        rest = [part for row in body for column in self.columns[1:] for part in self.cells.get((row, column), [])]
        if not first or not rest:
            return False
        own = [len(words(part.text)) for part in first]
        others = sum(len(words(part.text)) for part in rest) / len(rest)
        bold = all(part.bold >= len(part.text.strip()) for part in first)
        question = all(part.text.strip().endswith("?") for part in first)
        head = (
            " ".join(part.text for part in self.cells.get((self.first_row, self.columns[0]), [])) if self.headed else ""
        )
        named = bool(_LABEL_WORDS.search(head))
        return max(own) <= 30 and (
            bold or question or named or (max(own) <= _HEADING_WORDS and sum(own) / len(own) < 0.6 * others)
        )

    def _section(self, row: int) -> bool:
        cells = [column for column in self.columns if (row, column) in self.cells]
        if cells != self.columns[:1]:
            return False
        parts = self.cells[row, cells[0]]
        return (
            len(parts) == 1
            and len(words(parts[0].text)) <= _HEADING_WORDS
            and (parts[0].bold > 0 or self.headed)
            and not tally(parts[0].text)
        )

    def _label(self, row: int) -> str:
        """The first cell of a row; a bare number takes the head of its column before it ("Table 2")."""
        label = self._text(row, self.columns[0])
        head = self._text(self.first_row, self.columns[0]) if self.headed else ""
        return f"{head} {label}" if head and re.fullmatch(r"[\dA-Z]{1,3}", label) else label

    def _only(self, row: int) -> int:
        return next(column for column in self.columns if (row, column) in self.cells)

    def _text(self, row: int, column: int) -> str:
        return " ".join(_shown(part) for part in self.cells.get((row, column), []))
