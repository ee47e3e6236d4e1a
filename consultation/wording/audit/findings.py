"""A finding of the audit, and how serious it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

SEVERITIES: Final = ("serious", "to settle", "to look at")
WORKBOOK: Final = "consultation decide out FILE.xlsx"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is open: of which `kind`, about what (`subject`, an id or code), resting on which ids
    (`evidence`), said in words (`what`), and the command or workbook cell that settles it (`settle`)."""

    kind: str
    severity: str
    subject: str
    evidence: tuple[str, ...] = ()
    what: str
    settle: str


def cell(sheet: str, row: str, column: str) -> str:
    """The workbook cell that settles a finding.

    >>> cell("Points", "t-1", "Disposition")
    'consultation decide out FILE.xlsx: sheet “Points”, row t-1, column “Disposition”'
    """
    return f"{WORKBOOK}: sheet “{sheet}”, row {row}, column “{column}”"


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The gravest first, then by kind and subject, so that the same facts give the same list."""
    rank = {severity: number for number, severity in enumerate(SEVERITIES)}
    return sorted(set(findings), key=lambda one: (rank[one.severity], one.kind, one.subject, one.what))


def short(texts: Iterable[str], limit: int = 5) -> str:
    """The first few, and how many more.

    >>> short("abcdefg", 5)
    'a, b, c, d, e and 2 more'
    """
    told = list(texts)
    more = len(told) - limit
    return ", ".join(told[:limit]) + (f" and {more} more" if more > 0 else "")
