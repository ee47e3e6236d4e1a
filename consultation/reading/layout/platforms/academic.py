"""LimeSurvey and Jisc Online Surveys, and statistics files without a platform."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from consultation.reading.layout.platforms.common import COMMON
from consultation.reading.layout.platforms.heading import Head, Marks, Platform, Roles, Title, clean


def _limesurvey(head: Head) -> Marks:
    one = head.folded(0)
    names = {_lime_code(cell).casefold() for cell in one}
    if one and _lime_code(one[0]) == "id" and "submitdate" in names:
        told: Marks = [(0.7, "it begins with id and has submitdate")]
        if "lastpage" in names or "startlanguage" in names:
            told.append((0.28, "it has lastpage or startlanguage"))
        return told
    return []


def _lime_code(heading: str) -> str:
    """The code in front of a heading: "Q2[SQ001]. Which? [Bus]" and "Q2[SQ001]._.Which?" both give Q2[SQ001]."""
    found = re.match(r"\s*([A-Za-z_]\w*(?:\[\w+\])*)(?=$|\s*\.|\s*[:\-–]|\s)", heading)
    return found[1] if found else heading.strip()


def _lime_title(cells: Sequence[str]) -> Title:
    code = _lime_code(cells[0])
    words = clean(cells[0].strip()[len(code) :].lstrip(" ._:-–"))
    base, _, sub = code.partition("[")
    sub = sub.rstrip("]")
    found = re.fullmatch(r"(.*?)\s*\[([^\[\]]+)\]", words, re.S) if sub else None
    if found:
        return Title(stem=found[1], option=found[2], code=code)
    return Title(stem=words or base, option=sub or None, code=code)


def _jisc(head: Head) -> Marks:
    one, two = head.folded(0), head.folded(1)
    if "unique response number" in (one[:1] + two[:1]):
        return [(0.9, "the first heading is Unique Response Number")]
    return []


def _jisc_title(cells: Sequence[str]) -> Title:
    if len(cells) > 1:  # SPSS: the variable's name and its label
        stem, dash, option = clean(cells[1]).partition(" - ")
        return Title(stem=stem, option=option if dash else None, code=cells[0])
    words = clean(cells[0])
    found = re.match(r"(\d+(?:\.\w+)*)\.?\s+(.*)", words, re.S)
    code, rest = (found[1], found[2]) if found else (None, words)
    stem, dash, option = rest.partition(" - ")
    inner = code is not None and len(code.split(".")) > 2
    return Title(stem=stem, option=option, code=code) if dash and inner else Title(stem=rest, code=code)


_LIME_ROLES: Final[Roles] = {
    "id": ("response_id", None), "submitdate": ("submitted_at", "year-first"), "lastpage": ("metadata", None),
    "startlanguage": ("language", None), "seed": ("metadata", None), "startdate": ("started_at", "year-first"),
    "datestamp": ("metadata", None), "ipaddr": ("identity", "ip"), "refurl": ("metadata", None), "token": ("metadata",
    None),
    "firstname": ("identity", "name"), "lastname": ("identity", "name"), "email": ("identity", "email"),
    "interviewtime": ("metadata", None),
}  # fmt: skip
LIMESURVEY: Final = Platform(
    name="LimeSurvey", recognise=_limesurvey, roles=_LIME_ROLES, title=_lime_title, dates="year-first"
)
JISC_ONLINE_SURVEYS: Final = Platform(
    name="Jisc Online Surveys", recognise=_jisc, roles=COMMON, title=_jisc_title, separators=(",",)
)
STATISTICS: Final = Platform(
    name="SPSS", recognise=lambda head: [], header=lambda head: (0, 2), title=_jisc_title, roles=COMMON
)
