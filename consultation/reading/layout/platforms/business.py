"""Typeform, Alchemer, SmartSurvey."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from consultation.reading.layout.platforms.common import COMMON
from consultation.reading.layout.platforms.heading import Head, Marks, Platform, Title, clean, has
from consultation.reading.layout.rows import answers


def _typeform(head: Head) -> Marks:
    one = head.folded(0)
    if one[:1] == ["#"] and ("start date (utc)" in one or "submit date (utc)" in one):
        return [(0.9, "the first heading is # and dates are in UTC")]
    return []


def _alchemer(head: Head) -> Marks:
    one = head.folded(0)
    if not has(one, "time started", "date submitted", "status"):
        return []
    told: Marks = [(0.8, "it has Time Started, Date Submitted and Status")]
    if any(re.match(r"[^:]+:\S", cell) for cell in one):
        told.append((0.15, "headings read Option:Question"))
    return told


def _alchemer_title(cells: Sequence[str]) -> Title:
    words = clean(cells[0])
    option, colon, stem = words.partition(":")
    return Title(stem=stem.lstrip(":"), option=option) if colon and stem.strip(":") else Title(stem=words)


def _smartsurvey(head: Head) -> Marks:
    one = head.folded(0)
    if has(one, "userid", "userno", "started", "ended"):
        return [(0.85, "it has UserID, UserNo, Started and Ended")]
    return []


def _smartsurvey_header(head: Head) -> tuple[int, int]:
    place = head.folded(0).index("userid")
    rows = 1
    while rows < min(4, len(head.rows)) and not (
        any(cell.strip() for cell in head.rows[rows][place : place + 1]) or answers(head.rows[0], head.rows[rows])
    ):
        rows += 1
    return 0, rows if rows < len(head.rows) else 1


TYPEFORM: Final = Platform(name="Typeform", recognise=_typeform, roles=COMMON, dates="year-first")
ALCHEMER: Final = Platform(
    name="Alchemer", recognise=_alchemer, roles=COMMON, title=_alchemer_title, dates="year-first"
)
SMARTSURVEY: Final = Platform(
    name="SmartSurvey", recognise=_smartsurvey, header=_smartsurvey_header, roles=COMMON, dates="day-first", fills=True
)
