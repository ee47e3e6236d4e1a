"""Qualtrics, today's exports with three heading rows and older ones with two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from consultation.reading.layout.platforms.heading import Head, Marks, Platform, Roles, Title, clean, has
from consultation.text import tidy


def _qualtrics(head: Head) -> Marks:
    one = head.folded(0)
    row = _import_row(head)
    if row is not None:
        return [(0.95, f"row {row + 1} of the headings holds Qualtrics' ImportId")]
    if has(one, "startdate", "enddate", "recordeddate", "responseid"):
        return [(0.8, "it has StartDate, EndDate, RecordedDate and ResponseId")]
    return []


def _qualtrics_header(head: Head) -> tuple[int, int]:
    row = _import_row(head)
    if row is not None:
        return 0, row + 1
    body = re.compile(r"R_\w+$")
    place = head.folded(0).index("responseid")
    rows = next(
        (
            i
            for i in range(1, 4)
            if i < len(head.rows) and len(head.rows[i]) > place and body.match(head.rows[i][place])
        ),
        1,
    )
    return 0, rows


def _import_row(head: Head) -> int | None:
    for row in range(min(4, len(head.rows))):
        cells = [cell for cell in head.rows[row] if cell.strip()]
        if cells and sum(_IMPORT_ID.match(cell) is not None for cell in cells) >= 0.6 * len(cells):
            return row
    return None


def _qualtrics_title(cells: Sequence[str]) -> Title:
    told = [cell for cell in cells if not _IMPORT_ID.match(cell)]
    code = clean(told[0]) if told else ""
    words = clean(told[1]) if len(told) > 1 else code
    if code.upper().endswith("_TEXT") or words.endswith(" - Text"):
        words = words.removesuffix(" - Text")
        stem, _, option = words.partition(" - ")
        return Title(stem=stem, option=option or "Other", code=code)
    stem, _, option = words.rpartition(" - ")
    if tidy(option) == "selected choice":
        return Title(stem=stem, code=code)
    if stem and re.search(r"_\d+$", code):
        return Title(stem=stem, option=option, code=code)
    return Title(stem=words, code=code)


def _qualtrics_legacy(head: Head) -> Marks:
    one, two = head.folded(0), head.folded(1)
    if one[:2] == ["v1", "v2"] and has(two, "responseid", "responseset"):
        return [(0.95, "the headings are V1, V2 ... over ResponseID, ResponseSet")]
    return []


def _legacy_title(cells: Sequence[str]) -> Title:
    code, words = clean(cells[0]), clean((*cells, "")[1])
    return Title(stem=words or code, code=code)


_IMPORT_ID = re.compile(r'\s*\{\s*"ImportId"')
_QUALTRICS_ROLES: Final[Roles] = {
    "startdate": ("started_at", "year-first"), "enddate": ("submitted_at", "year-first"), "status": ("status", None),
    "recordeddate": ("metadata", None), "ipaddress": ("identity", "ip"), "progress": ("metadata", None),
    "duration (in seconds)": ("metadata", None), "finished": ("status", "finished"), "responseid": ("response_id",
    None),
    "recipientlastname": ("identity", "name"), "recipientfirstname": ("identity", "name"),
    "recipientemail": ("identity", "email"), "externalreference": ("metadata", None),
    "locationlatitude": ("identity", "location"), "locationlongitude": ("identity", "location"),
    "locationaccuracy": ("metadata", None), "distributionchannel": ("status", "channel"), "userlanguage": ("language",
    None),
    "responseset": ("metadata", None), "name": ("identity", "name"), "externaldatareference": ("metadata", None),
    "emailaddress": ("identity", "email"),
}  # fmt: skip
QUALTRICS: Final = Platform(
    name="Qualtrics",
    recognise=_qualtrics,
    header=_qualtrics_header,
    roles=_QUALTRICS_ROLES,
    title=_qualtrics_title,
    separators=(",",),
    dates="year-first",
)
QUALTRICS_LEGACY: Final = Platform(
    name="Qualtrics (legacy)",
    recognise=_qualtrics_legacy,
    header=lambda head: (0, 2),
    roles=_QUALTRICS_ROLES,
    title=_legacy_title,
    key_row=1,
    separators=(",",),
    dates="year-first",
)
