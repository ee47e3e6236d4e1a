"""The finished report: frozen rows that every format prints as they are.

Nothing here computes. A form (see `forms/`) makes a `Section` of blocks; `summarise` gathers them into a `Report`,
numbers the evidence and makes every text printable; the renderers walk it. So each format holds the same words and
the same figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

Mark = Literal["plain", "strong", "gone", "new", "quote"]


@dataclass(frozen=True, kw_only=True)
class Run:
    """A stretch of text. `gone` and `new` are words of a wording that left or came; `quote` is a respondent's own."""

    text: str
    mark: Mark = "plain"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One statement. `points` are the points it rests on; `evidence` is the number under which they are listed."""

    runs: tuple[Run, ...]
    points: tuple[str, ...] = ()
    evidence: int | None = None
    edited: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What stands in one cell: lines, as bullets where `bulleted`; `number` where it is a figure."""

    lines: tuple[Line, ...] = ()
    bulleted: bool = False
    number: int | float | None = None

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading inside a section, one level below the section's own."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    line: Line


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list; `letters` marks its items a), b) and so on."""

    items: tuple[Line, ...]
    letters: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """A captioned table. Every row has as many cells as the header; nothing is merged.

    `widths` are shares of the page's width. `row_heads`: the first cell names its row. `numbers`: columns that hold
    figures, set right.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...] = ()
    row_heads: bool = False
    numbers: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A picture of a table of figures: the first column names the bars, the others are its series, end to end where
    `stacked`, else side by side.

    `summary` says in words what the picture shows, for those who do not see it.
    """

    title: str
    summary: str
    table: Table
    stacked: bool = True


Block = Heading | Paragraph | Listing | Table | Chart


@dataclass(frozen=True, kw_only=True)
class Section:
    """One form of the report. `sheet` is the same content as one tidy table, for spreadsheets; `incomplete` names what
    a person has still to fill in."""

    form: str
    title: str
    blocks: tuple[Block, ...]
    sheet: Table | None = None
    incomplete: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What stands behind the statements with this number: counts in words, and the ids of points and comments."""

    number: int
    counts: str
    points: tuple[str, ...]
    comments: tuple[str, ...]
    n_comments: int = 0
    more: str = ""
    quotes: tuple[Line, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Report:
    """Everything that is printed, and nothing else."""

    title: str
    body: str
    language: str
    dated: str  # ISO
    dated_words: str
    stamps: tuple[str, ...]
    draft: bool
    sections: tuple[Section, ...]
    evidence: tuple[Evidence, ...]
    footer: tuple[str, ...]


def plain(text: str, mark: Mark = "plain") -> Line:
    """A line of one run."""
    return Line(runs=(Run(text=text, mark=mark),))


def cell(text: str | Line) -> Cell:
    """A cell of one line."""
    return Cell(lines=(plain(text) if isinstance(text, str) else text,))


def figure(value: int | float | None, shown: str) -> Cell:
    """A cell that holds a figure, as it is shown; None where it is not known or withheld."""
    return Cell(lines=(plain(shown),), number=value)


def lines(block: Block) -> Iterator[Line]:
    """The lines of a block, in reading order."""
    if isinstance(block, Paragraph):
        yield block.line
    elif isinstance(block, Listing):
        yield from block.items
    elif isinstance(block, Table):
        for row in block.rows:
            for part in row:
                yield from part.lines
    elif isinstance(block, Chart):
        yield from lines(block.table)


def with_lines(section: Section, change: Callable[[Line], Line]) -> Section:
    """The section with every line passed through `change`."""
    return replace(
        section,
        blocks=tuple(_changed(block, change, str) for block in section.blocks),
        sheet=_table(section.sheet, change, str) if section.sheet else None,
    )


def with_text(report: Report, change: Callable[[str], str]) -> Report:
    """The report with every text that it prints passed through `change`: made printable, or escaped for a format."""

    def line(told: Line) -> Line:
        return replace(told, runs=tuple(replace(run, text=change(run.text)) for run in told.runs))

    return replace(
        report,
        title=change(report.title),
        body=change(report.body),
        dated_words=change(report.dated_words),
        stamps=tuple(map(change, report.stamps)),
        footer=tuple(map(change, report.footer)),
        sections=tuple(
            replace(
                section,
                title=change(section.title),
                blocks=tuple(_changed(block, line, change) for block in section.blocks),
                sheet=_table(section.sheet, line, change) if section.sheet else None,
            )
            for section in report.sections
        ),
        evidence=tuple(
            replace(item, counts=change(item.counts), more=change(item.more), quotes=tuple(map(line, item.quotes)))
            for item in report.evidence
        ),
    )


def _changed(block: Block, line: Callable[[Line], Line], text: Callable[[str], str]) -> Block:
    if isinstance(block, Heading):
        return Heading(text=text(block.text))
    if isinstance(block, Paragraph):
        return Paragraph(line=line(block.line))
    if isinstance(block, Listing):
        return replace(block, items=tuple(map(line, block.items)))
    if isinstance(block, Table):
        return _table(block, line, text)
    return replace(block, title=text(block.title), summary=text(block.summary), table=_table(block.table, line, text))


def _table(table: Table, line: Callable[[Line], Line], text: Callable[[str], str]) -> Table:
    return replace(
        table,
        caption=text(table.caption),
        header=tuple(map(text, table.header)),
        notes=tuple(map(text, table.notes)),
        rows=tuple(tuple(replace(part, lines=tuple(map(line, part.lines))) for part in row) for row in table.rows),
    )
