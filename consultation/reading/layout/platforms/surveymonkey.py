"""SurveyMonkey, plain and coded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from consultation.reading.layout.platforms.heading import Head, Marks, Platform, Roles, Title, clean
from consultation.reading.layout.rows import answers
from consultation.text import tidy


def _surveymonkey(head: Head) -> Marks:
    one, two = head.folded(0), head.folded(1)
    if not one or one[0] not in ("respondent id", "respondentid"):
        return []
    told: Marks = []
    if _second_heading(head):
        told.append((0.5, "the first heading is Respondent ID, over a second row of headings"))
        if any(cell in _LABELS for cell in two):
            told.append((0.4, "the second row says Response or Open-Ended Response"))
    if "collector id" in one or "collectorid" in one:
        told.append((0.3 if told else 0.8, "there is a Collector ID"))
    return told


def _second_heading(head: Head) -> bool:
    """Whether the second row names answers: "Response", or options to the right of their question. A row with an id,
    a date or an e-mail address of its own is a response, never a heading.
    """
    if len(head.rows) < 2 or answers(head.rows[0], head.rows[1]):
        return False
    one, two = head.folded(0), head.folded(1)
    named = [cell for cell, stem in zip_longest(two, one, fillvalue="") if cell and not stem]
    return bool(named) or any(cell in _LABELS for cell in two)


def _surveymonkey_coded(head: Head) -> Marks:
    coded = [j for j, cell in enumerate(head.folded(0)) if re.fullmatch(r"q\d{4}(?:_\d{4})*(?:_other)?", cell)]
    if len(coded) < 3:
        return []
    told: Marks = [(0.6, "questions are named q0001, q0004_0001 ...")]
    if any(head.share(j, re.compile("Not selected$"), 1) > 0 for j in coded):
        told.append((0.35, "an option that was not ticked reads “Not selected”"))
    return told


def _surveymonkey_title(cells: Sequence[str]) -> Title:
    stem, option = (clean(cell) for cell in (*cells, "")[:2])
    return Title(stem=stem, option=None if tidy(option) in ("", "response", "open-ended response") else option)


def _coded_title(cells: Sequence[str]) -> Title:
    stem, _, option = cells[0].partition("_")
    return Title(stem=stem, option=cells[0] if option else None, code=cells[0])


_LABELS: Final = ("response", "open-ended response", "other (please specify)")
_SURVEYMONKEY_ROLES: Final[Roles] = {
    "respondent id": ("response_id", None), "respondentid": ("response_id", None), "collector id": ("metadata", None),
    "collectorid": ("metadata", None), "start date": ("started_at", None), "startdate": ("started_at", None),
    "end date": ("submitted_at", None), "enddate": ("submitted_at", None), "ip address": ("identity", "ip"),
    "email address": ("identity", "email"), "first name": ("identity", "name"), "lastname": ("identity", "name"),
    "firstname": ("identity", "name"), "last name": ("identity", "name"), "custom data 1": ("metadata", None),
    "customdata": ("metadata", None), "": ("response_id", None), "weight": ("metadata", None),
}  # fmt: skip
SURVEYMONKEY: Final = Platform(
    name="SurveyMonkey",
    recognise=_surveymonkey,
    header=lambda head: (0, 2 if _second_heading(head) else 1),
    roles=_SURVEYMONKEY_ROLES,
    title=_surveymonkey_title,
    dates="month-first",
    fills=True,
)
SURVEYMONKEY_CODED: Final = Platform(
    name="SurveyMonkey (coded)",
    recognise=_surveymonkey_coded,
    roles=_SURVEYMONKEY_ROLES,
    title=_coded_title,
    dates="month-first",
)
