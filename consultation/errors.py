"""What a user can put right: what is wrong, where it is, and what to do about it.

Every error of ours is a `ConsultationError`; the command line prints it as a colleague would say it and
ends with its exit code. The codes, for scripts:

| code | meaning |
|---|---|
| 0 | done |
| 1 | something must be put right first; nothing was changed |
| 2 | the command was typed wrongly (the command line's own code, given before anything of ours runs) |
| 3 | an ambiguity would change the answer; a draft was saved for a person to settle |
| 4 | `check`, `verify` or `claims` found something; nothing is broken |
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

OK: Final = 0
WRONG: Final = 1
AMBIGUOUS: Final = 3
FINDINGS: Final = 4


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where something is, in the words of the program that shows it.

    `row` counts as Excel does (the first row is 1); `column` is its letter; `line` is a line of a text file.

    >>> str(Place(file="survey.xlsx", sheet="Sheet1", row=7, column="C", heading="Why?"))
    'survey.xlsx, sheet “Sheet1”, row 7, column C (“Why?”)'
    """

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    heading: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        parts = [
            self.file,
            f"sheet “{self.sheet}”" if self.sheet else None,
            f"line {self.line}" if self.line is not None else None,
            f"row {self.row}" if self.row is not None else None,
            f"column {self.column}" if self.column else None,
        ]
        told = ", ".join(part for part in parts if part)
        return f"{told} (“{self.heading}”)" if self.heading else told


class ConsultationError(Exception):
    """Something that a user can put right. Nothing was changed when it is raised.

    `what` says what was found, `where` the place, `do` the next step; `code` is the exit code.

    >>> print(ConsultationError("The file is empty.", where="survey.csv", do="Export it again."))
    The file is empty.
      Where: survey.csv
      What to do: Export it again.
    """

    def __init__(
        self, what: str, *, where: Place | str | None = None, do: str | None = None, code: int = WRONG
    ) -> None:
        self.what = what
        self.where = str(where) if where else None
        self.do = do
        self.code = code
        super().__init__(what)

    def __str__(self) -> str:
        lines = [self.what]
        if self.where:
            lines.append(f"  Where: {self.where}")
        if self.do:
            lines.append(f"  What to do: {self.do}")
        return "\n".join(lines)


def missing_extra(extra: str, needed_for: str) -> ConsultationError:
    """The error for a feature whose optional libraries are not installed: it holds the line to type.

    >>> print(missing_extra("pdf", "PDF files").do)
    Type: pip install "consultation[pdf]"
    """
    return ConsultationError(
        f"The libraries for {needed_for} are not installed.",
        do=f'Type: pip install "consultation[{extra}]"',
    )
