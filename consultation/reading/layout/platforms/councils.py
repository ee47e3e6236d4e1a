"""Platforms that councils consult with: Citizen Space, EngagementHQ, Commonplace."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from consultation.reading.layout.platforms.common import COMMON
from consultation.reading.layout.platforms.heading import Head, Marks, Platform, Title, clean
from consultation.text import tidy


def _citizenspace(head: Head) -> Marks:
    one = head.rows[0]
    parts = [cell for cell in one if _PARTS.fullmatch(clean(cell))]
    told: Marks = []
    ids = [
        j
        for j, cell in enumerate(head.folded(0))
        if cell in ("response id", "respondent id", "id", "response reference")
    ]
    if ids and head.share(ids[0], _ANON, 1) > 0.5:
        told.append((0.6, "response ids read ANON-xxxx-xxxx-x"))
    if len(parts) >= 2 and len(parts) >= 0.5 * len([cell for cell in one if cell.strip()]):
        told.append((0.35, "headings read “question - answer component”"))
    if told and any(cell in head.folded(0) for cell in ("date submitted", "submitted", "submitted at")):
        told.append((0.05, "there is a Date Submitted"))
    return told


def _citizenspace_title(cells: Sequence[str]) -> Title:
    words = clean(cells[0])
    stem, dash, option = words.rpartition(" - ")
    return Title(stem=stem, option=option) if dash and tidy(stem) != tidy(option) else Title(stem=stem or words)


def _engagementhq(head: Head) -> Marks:
    for row in range(min(6, len(head.rows))):
        if "login (screen name)" in head.folded(row)[:6]:
            told: Marks = [(0.6, "a heading is Login (Screen name)")]
            if row and "date of contribution" in head.folded(row - 1):
                told.append((0.35, "Date of contribution stands one row above"))
            return told
    return []


def _engagementhq_header(head: Head) -> tuple[int, int]:
    row = next(i for i in range(6) if "login (screen name)" in head.folded(i)[:6])
    return (row - 1, 2) if row and "date of contribution" in head.folded(row - 1) else (row, 1)


def _commonplace(head: Head) -> Marks:
    one = head.folded(0)
    if "feeling" in one:
        also = [name for name in ("consent", "agree", "longitude", "shorturl", "date") if name in one]
        if len(also) >= 2:
            return [(0.5 + 0.1 * len(also), f"it has feeling, {', '.join(also)}")]
    return []


def _commonplace_title(cells: Sequence[str]) -> Title:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cells[0])
    return Title(stem=words[:1].upper() + words[1:].lower() if words != cells[0] else clean(words), code=cells[0])


_ANON = re.compile(r"ANON-[0-9A-Z]{3,5}-[0-9A-Z]{3,5}-[0-9A-Z]$")
_PARTS = re.compile(r".+\S - \S.+", re.S)
CITIZEN_SPACE: Final = Platform(
    name="Citizen Space",
    recognise=_citizenspace,
    roles=COMMON,
    title=_citizenspace_title,
    dates="day-first",
    separators=(", ", ";"),
)
ENGAGEMENTHQ: Final = Platform(
    name="EngagementHQ",
    recognise=_engagementhq,
    header=_engagementhq_header,
    roles=COMMON,
    separators=(", ",),
    dates="day-first",
)
COMMONPLACE: Final = Platform(
    name="Commonplace", recognise=_commonplace, roles=COMMON, title=_commonplace_title, separators=(", ",)
)
