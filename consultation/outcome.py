"""What a verb of `Project` hands back: what was done, in plain lines and small grids, and the next step.

The command line prints it; a notebook shows it; a program reads its fields.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from consultation.errors import OK

MEND: Final = "put those right in the same workbook, save it and type the same command again; the rest is kept"


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A small table for the eye: a caption, a header and rows of text."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        widths = [max(len(row[i]) for row in (self.header, *self.rows)) for i in range(len(self.header))]
        lines = [self.caption] if self.caption else []
        for row in (self.header, *self.rows):
            lines.append("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        return "\n".join(lines)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a verb did. `code` is the exit code of the command; see `errors.py`."""

    lines: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()
    warnings: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    next: tuple[str, ...] = ()
    code: int = OK

    def __str__(self) -> str:
        parts: list[str] = [*self.lines, *(str(grid) for grid in self.grids)]
        parts += [f"Note: {warning}" for warning in self.warnings]
        parts += [f"Wrote {path}" for path in self.files]
        parts += [f"Next: {step}" for step in self.next]
        return "\n".join(parts)

    def _repr_html_(self) -> str:
        """The same for a notebook, its grids as tables."""
        after = Outcome(warnings=self.warnings, files=self.files, next=self.next)
        texts = [_preformatted("\n".join(self.lines)), *map(_table, self.grids), _preformatted(str(after))]
        return "".join(texts)


def several(number: int, one: str, many: str | None = None) -> str:
    """A count with its noun.

    >>> several(1, "comment"), several(1200, "comment"), several(2, "reply", "replies")
    ('1 comment', '1,200 comments', '2 replies')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _preformatted(text: str) -> str:
    return f'<pre style="white-space:pre-wrap">{html.escape(text)}</pre>' if text else ""


def _table(grid: Grid) -> str:
    caption = f"<caption>{html.escape(grid.caption)}</caption>" if grid.caption else ""
    head, *rows = (
        "".join(f'<{tag} style="text-align:left;vertical-align:top">{html.escape(cell)}</{tag}>' for cell in row)
        for tag, row in (("th", grid.header), *(("td", row) for row in grid.rows))
    )
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
