"""Microsoft Forms and Google Forms."""

from __future__ import annotations

import re
from typing import Final

from consultation.reading.layout.platforms.heading import Head, Marks, Platform, Roles, has


def _msforms(head: Head) -> Marks:
    one = head.folded(0)
    told: Marks = []
    if one[:1] == ["id"] and has(one[:4], "start time", "completion time"):
        told.append((0.75, "it begins with ID, Start time, Completion time"))
        if has(one[:8], "email", "name"):
            told.append((0.15, "Email and Name follow"))
        if "OfficeForms.Table" in head.marks:
            told.append((0.5, "its table is called OfficeForms.Table"))
    return told


def _google(head: Head) -> Marks:
    first = head.rows[0][0] if head.rows[0] else ""
    if first == "Timestamp" and head.share(0, _GOOGLE_DATE, 1) >= 0.8:
        return [(0.85, "the first heading is Timestamp and the column holds Google's dates")]
    return []


_GOOGLE_DATE = re.compile(
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}[/.-]\d{1,2}[/.-]\d{1,2})[ ,]+\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?"
    r"(?: ?[A-Z]{2,4}[+-]?\d*)?$",
    re.I,
)
_MSFORMS_ROLES: Final[Roles] = {
    "id": ("response_id", None), "start time": ("started_at", None), "completion time": ("submitted_at", None),
    "email": ("identity", "email"), "name": ("identity", "name"), "language": ("language", None),
    "last modified time": ("metadata", None), "total points": ("metadata", None), "quiz feedback": ("metadata", None),
}  # fmt: skip
_DATES: Final[Roles] = {
    "timestamp": ("submitted_at", None),
    "email address": ("identity", "email"),
}
MICROSOFT_FORMS: Final = Platform(name="Microsoft Forms", recognise=_msforms, roles=_MSFORMS_ROLES, separators=(";",))
GOOGLE_FORMS: Final = Platform(name="Google Forms", recognise=_google, roles=_DATES, separators=(", ", ";"))
