"""The survey platforms we know, each by what only its exports have: content, never the file's name.

To add a platform, add a `Platform` to `PLATFORMS`: how it is recognised (weights that add up to a confidence, each
with its reason in words), how many heading rows it has, which columns are its own, and how its headings are made up.
Sources of the layouts: vendors' documentation, exporters' source code and genuine files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from consultation.text import tidy

Marks = list[tuple[float, str]]
DEFINITE: Final = 0.8
LIKELY: Final = 0.5


@dataclass(frozen=True, kw_only=True)
class Head:
    """The top of a sheet, from the row that may be its heading on, and what its program left in the file."""

    rows: Sequence[Sequence[str]]
    marks: frozenset[str] = frozenset()

    def folded(self, row: int) -> list[str]:
        return [tidy(cell) for cell in self.rows[row]] if row < len(self.rows) else []

    def share(self, column: int, pattern: re.Pattern[str], start: int) -> float:
        """The share of filled cells of a column, from row `start` on, that match."""
        cells = [row[column] for row in self.rows[start:] if len(row) > column and row[column].strip()]
        return sum(pattern.match(cell.strip()) is not None for cell in cells) / len(cells) if cells else 0.0


@dataclass(frozen=True, kw_only=True)
class Title:
    """What a heading says: the question's words, what this column of it stands for, its code."""

    stem: str
    option: str | None = None
    code: str | None = None


@dataclass(frozen=True, kw_only=True)
class Platform:
    """`roles` maps a folded heading or code to (role, kind); `separators` stand between choices in one cell."""

    name: str
    recognise: Callable[[Head], Marks]
    header: Callable[[Head], tuple[int, int]] = lambda head: (0, 1)
    roles: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    title: Callable[[Sequence[str]], Title] = lambda cells: plain_title(cells)
    key_row: int = 0  # the heading row whose words `roles` names
    separators: tuple[str, ...] = (";", ", ", ",", "|")
    dates: str | None = None  # the order its exports are known to use
    fills: bool = False  # a blank heading belongs to the question on its left


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """The platform, how sure (0 to 1), why, and the row (from 0) on which its heading starts."""

    platform: Platform
    confidence: float
    reasons: tuple[str, ...]
    first: int


def recognise(rows: Sequence[Sequence[str]], marks: frozenset[str] = frozenset()) -> Recognised:
    """The likeliest platform of a sheet, looking for its heading in the first rows. `GENERIC` where none is likely."""
    best = Recognised(platform=GENERIC, confidence=0.0, reasons=(), first=0)
    for first in range(min(10, len(rows))):
        if not any(cell.strip() for cell in rows[first]):
            continue
        head = Head(rows=rows[first : first + 60], marks=marks)
        for platform in PLATFORMS:
            told = platform.recognise(head)
            confidence = min(0.99, sum(weight for weight, _ in told))
            if confidence > best.confidence + 0.01:
                reasons = tuple(reason for _, reason in told)
                best = Recognised(platform=platform, confidence=round(confidence, 2), reasons=reasons, first=first)
        if best.confidence >= DEFINITE:
            break
    if best.confidence < 0.3:
        return Recognised(platform=GENERIC, confidence=best.confidence, reasons=best.reasons, first=0)
    return best


def plain_title(cells: Sequence[str]) -> Title:
    """A heading of any sheet: "Question [row]" gives row as the option; several heading rows give stem and option.

    >>> plain_title(["Rate these [Parking]"])
    Title(stem='Rate these', option='Parking', code=None)
    """
    told = [clean(cell) for cell in cells if cell.strip()]
    if not told:
        return Title(stem="")
    if len(told) > 1:
        if told[0] != told[1] and _CODE.fullmatch(told[0]):
            return Title(stem=told[1], code=told[0], option=told[2] if len(told) > 2 else None)
        return Title(stem=told[0], option=told[-1] if told[-1] != told[0] else None)
    found = re.fullmatch(r"(.+?)\s*\[([^\[\]]+)\]", told[0], re.S)
    return Title(stem=found[1], option=found[2]) if found else Title(stem=told[0])


def clean(cell: str) -> str:
    """A heading without markup, non-breaking spaces and the space around it, its line breaks made spaces.

    >>> clean(" Do you agree?\\u00a0<br>")
    'Do you agree?'
    """
    plain = (
        re.sub(r"<(?:/?[a-zA-Z][^<>]*)>", " ", cell).replace("\u00a0", " ").replace("&nbsp;", " ").replace("&amp;", "&")
    )
    return re.sub(r"\s+", " ", plain).strip()


_CODE = re.compile(r"(?:[A-Za-z]{1,8}[\s_]?\d[\w.]*|[A-Za-z]+_\w+|Ident \d+)")
_IMPORT_ID = re.compile(r'\s*\{\s*"ImportId"')
_GOOGLE_DATE = re.compile(
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}[/.-]\d{1,2}[/.-]\d{1,2})[ ,]+\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?(?: ?[A-Z]{2,4}[+-]?\d*)?$",
    re.I,
)
_ANON = re.compile(r"ANON-[0-9A-Z]{3,5}-[0-9A-Z]{3,5}-[0-9A-Z]$")
_PARTS = re.compile(r".+\S - \S.+", re.S)


def _has(row: Sequence[str], *names: str) -> bool:
    return all(name in row for name in names)


# SurveyMonkey -----------------------------------------------------------------------------------------------------


def _surveymonkey(head: Head) -> Marks:
    one, two = head.folded(0), head.folded(1)
    told: Marks = []
    if one and one[0] in ("respondent id", "respondentid"):
        told.append((0.5, "the first heading is Respondent ID"))
        if any(cell in ("response", "open-ended response", "other (please specify)") for cell in two):
            told.append((0.4, "the second row says Response or Open-Ended Response"))
        if "collector id" in one or "collectorid" in one:
            told.append((0.3, "there is a Collector ID"))
    return told


def _surveymonkey_coded(head: Head) -> Marks:
    coded = [j for j, cell in enumerate(head.folded(0)) if re.fullmatch(r"q\d{4}(?:_\d{4})*(?:_other)?", cell)]
    if len(coded) < 3:
        return []
    told: Marks = [(0.6, "questions are named q0001, q0004_0001 ...")]
    if any(head.share(j, re.compile("Not selected$"), 1) > 0 for j in coded):
        told.append((0.35, "an option that was not ticked reads “Not selected”"))
    return told


_SURVEYMONKEY_ROLES: Final[dict[str, tuple[str, str | None]]] = {
    "respondent id": ("response_id", None), "respondentid": ("response_id", None), "collector id": ("metadata", None),
    "collectorid": ("metadata", None), "start date": ("started_at", None), "startdate": ("started_at", None),
    "end date": ("submitted_at", None), "enddate": ("submitted_at", None), "ip address": ("identity", "ip"),
    "email address": ("identity", "email"), "first name": ("identity", "name"), "lastname": ("identity", "name"),
    "firstname": ("identity", "name"), "last name": ("identity", "name"), "custom data 1": ("metadata", None),
    "customdata": ("metadata", None), "": ("response_id", None), "weight": ("metadata", None),
}  # fmt: skip


def _surveymonkey_title(cells: Sequence[str]) -> Title:
    stem, option = (clean(cell) for cell in (*cells, "")[:2])
    return Title(stem=stem, option=None if tidy(option) in ("", "response", "open-ended response") else option)


def _coded_title(cells: Sequence[str]) -> Title:
    stem, _, option = cells[0].partition("_")
    return Title(stem=stem, option=cells[0] if option else None, code=cells[0])


# Microsoft and Google ---------------------------------------------------------------------------------------------


def _msforms(head: Head) -> Marks:
    one = head.folded(0)
    told: Marks = []
    if one[:1] == ["id"] and _has(one[:4], "start time", "completion time"):
        told.append((0.75, "it begins with ID, Start time, Completion time"))
        if _has(one[:8], "email", "name"):
            told.append((0.15, "Email and Name follow"))
        if "OfficeForms.Table" in head.marks:
            told.append((0.5, "its table is called OfficeForms.Table"))
    return told


_MSFORMS_ROLES: Final[dict[str, tuple[str, str | None]]] = {
    "id": ("response_id", None), "start time": ("started_at", None), "completion time": ("submitted_at", None),
    "email": ("identity", "email"), "name": ("identity", "name"), "language": ("language", None),
    "last modified time": ("metadata", None), "total points": ("metadata", None), "quiz feedback": ("metadata", None),
}  # fmt: skip


def _google(head: Head) -> Marks:
    first = head.rows[0][0] if head.rows[0] else ""
    if first == "Timestamp" and head.share(0, _GOOGLE_DATE, 1) >= 0.8:
        return [(0.85, "the first heading is Timestamp and the column holds Google's dates")]
    return []


# Qualtrics --------------------------------------------------------------------------------------------------------


def _import_row(head: Head) -> int | None:
    for row in range(min(4, len(head.rows))):
        cells = [cell for cell in head.rows[row] if cell.strip()]
        if cells and sum(_IMPORT_ID.match(cell) is not None for cell in cells) >= 0.6 * len(cells):
            return row
    return None


def _qualtrics(head: Head) -> Marks:
    one = head.folded(0)
    row = _import_row(head)
    if row is not None:
        return [(0.95, f"row {row + 1} of the headings holds Qualtrics' ImportId")]
    if _has(one, "startdate", "enddate", "recordeddate", "responseid"):
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


_QUALTRICS_ROLES: Final[dict[str, tuple[str, str | None]]] = {
    "startdate": ("started_at", "year-first"), "enddate": ("submitted_at", "year-first"), "status": ("status", None),
    "recordeddate": ("metadata", None), "ipaddress": ("identity", "ip"), "progress": ("metadata", None),
    "duration (in seconds)": ("metadata", None), "finished": ("status", "finished"), "responseid": ("response_id", None),
    "recipientlastname": ("identity", "name"), "recipientfirstname": ("identity", "name"),
    "recipientemail": ("identity", "email"), "externalreference": ("metadata", None),
    "locationlatitude": ("identity", "location"), "locationlongitude": ("identity", "location"),
    "locationaccuracy": ("metadata", None), "distributionchannel": ("status", "channel"), "userlanguage": ("language", None),
    "responseset": ("metadata", None), "name": ("identity", "name"), "externaldatareference": ("metadata", None),
    "emailaddress": ("identity", "email"),
}  # fmt: skip


def _qualtrics_legacy(head: Head) -> Marks:
    one, two = head.folded(0), head.folded(1)
    if one[:2] == ["v1", "v2"] and _has(two, "responseid", "responseset"):
        return [(0.95, "the headings are V1, V2 ... over ResponseID, ResponseSet")]
    return []


def _legacy_title(cells: Sequence[str]) -> Title:
    code, words = clean(cells[0]), clean((*cells, "")[1])
    return Title(stem=words or code, code=code)


# LimeSurvey, Jisc -------------------------------------------------------------------------------------------------


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


_LIME_ROLES: Final[dict[str, tuple[str, str | None]]] = {
    "id": ("response_id", None), "submitdate": ("submitted_at", "year-first"), "lastpage": ("metadata", None),
    "startlanguage": ("language", None), "seed": ("metadata", None), "startdate": ("started_at", "year-first"),
    "datestamp": ("metadata", None), "ipaddr": ("identity", "ip"), "refurl": ("metadata", None), "token": ("metadata", None),
    "firstname": ("identity", "name"), "lastname": ("identity", "name"), "email": ("identity", "email"),
    "interviewtime": ("metadata", None),
}  # fmt: skip


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


# KoBo, ODK --------------------------------------------------------------------------------------------------------


def _kobo(head: Head) -> Marks:
    one = head.folded(0)
    if _has(one, "_id", "_uuid", "_submission_time"):
        return [(0.9, "it has _id, _uuid and _submission_time")]
    return []


def _odk(head: Head) -> Marks:
    one = head.rows[0]
    if "SubmissionDate" in one and "KEY" in one:
        return [(0.9, "it has SubmissionDate and KEY")]
    return []


def _path_title(cells: Sequence[str]) -> Title:
    path = cells[0].strip()
    stem, slash, option = path.rpartition("/")
    return Title(stem=path, code=path) if not slash else Title(stem=stem, option=option, code=path)


_FIELD_ROLES: Final[dict[str, tuple[str, str | None]]] = {
    "start": ("started_at", "year-first"), "end": ("submitted_at", "year-first"), "today": ("metadata", None),
    "_id": ("metadata", None), "_uuid": ("response_id", None), "_submission_time": ("metadata", None),
    "_validation_status": ("metadata", None), "_notes": ("officer_note", None), "_status": ("metadata", None),
    "_submitted_by": ("identity", "login"), "_tags": ("officer_note", None), "_index": ("metadata", None),
    "__version__": ("metadata", None), "meta/instanceid": ("metadata", None), "meta/rootuuid": ("metadata", None),
    "submissiondate": ("submitted_at", "year-first"), "key": ("response_id", None), "meta-instanceid": ("metadata", None),
    "submitterid": ("metadata", None), "submittername": ("identity", "name"), "attachmentspresent": ("metadata", None),
    "attachmentsexpected": ("metadata", None), "status": ("metadata", None), "reviewstate": ("officer_note", None),
    "deviceid": ("metadata", None), "edits": ("metadata", None), "formversion": ("metadata", None),
    "username": ("identity", "login"), "phonenumber": ("identity", "phone"), "simserial": ("metadata", None),
    "subscriberid": ("metadata", None),
}  # fmt: skip


# The others -------------------------------------------------------------------------------------------------------


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


def _typeform(head: Head) -> Marks:
    one = head.folded(0)
    if one[:1] == ["#"] and ("start date (utc)" in one or "submit date (utc)" in one):
        return [(0.9, "the first heading is # and dates are in UTC")]
    return []


def _alchemer(head: Head) -> Marks:
    one = head.folded(0)
    if not _has(one, "time started", "date submitted", "status"):
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
    if _has(one, "userid", "userno", "started", "ended"):
        return [(0.85, "it has UserID, UserNo, Started and Ended")]
    return []


def _smartsurvey_header(head: Head) -> tuple[int, int]:
    place = head.folded(0).index("userid")
    rows = 1
    while rows < min(4, len(head.rows)) and not (len(head.rows[rows]) > place and head.rows[rows][place].strip()):
        rows += 1
    return 0, rows if rows < len(head.rows) else 1


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


_COMMON: Final[dict[str, tuple[str, str | None]]] = {
    "response id": ("response_id", None), "responseid": ("response_id", None), "#": ("response_id", None),
    "unique response number": ("response_id", None), "urn": ("response_id", None), "userid": ("response_id", None),
    "userno": ("metadata", None), "started": ("started_at", None), "ended": ("submitted_at", None),
    "time started": ("started_at", None), "date submitted": ("submitted_at", None), "date of contribution": ("submitted_at", None),
    "timestamp": ("submitted_at", None), "start date (utc)": ("started_at", None), "submit date (utc)": ("submitted_at", None),
    "status": ("status", None), "response type": ("status", None), "network id": ("identity", "ip"), "tags": ("officer_note", None),
    "login (screen name)": ("identity", "login"), "email": ("identity", "email"), "usertype": ("metadata", None),
    "shorturl": ("metadata", None), "longitude": ("identity", "location"), "latitude": ("identity", "location"),
    "feeling": ("closed", None), "consent": ("metadata", None), "agree": ("metadata", None), "language": ("language", None),
    "id": ("response_id", None), "date": ("submitted_at", None), "session id": ("metadata", None), "contact id": ("metadata", None),
    "link name": ("metadata", None), "url variable: snc": ("metadata", None), "referer": ("metadata", None),
    "user agent": ("metadata", None), "ip address": ("identity", "ip"), "city": ("identity", "address"),
    "state/region": ("metadata", None), "postal": ("identity", "postcode"), "country": ("metadata", None),
}  # fmt: skip
_DATES: Final[dict[str, tuple[str, str | None]]] = {
    "timestamp": ("submitted_at", None),
    "email address": ("identity", "email"),
}

GENERIC: Final = Platform(name="tidy sheet", recognise=lambda head: [])
STATISTICS: Final = Platform(
    name="SPSS", recognise=lambda head: [], header=lambda head: (0, 2), title=_jisc_title, roles=_COMMON,
)  # fmt: skip
PLATFORMS: Final[tuple[Platform, ...]] = (
    Platform(
        name="SurveyMonkey", recognise=_surveymonkey, header=lambda head: (0, 2), roles=_SURVEYMONKEY_ROLES,
        title=_surveymonkey_title, dates="month-first", fills=True,
    ),
    Platform(
        name="SurveyMonkey (coded)", recognise=_surveymonkey_coded, roles=_SURVEYMONKEY_ROLES, title=_coded_title,
        dates="month-first",
    ),
    Platform(name="Microsoft Forms", recognise=_msforms, roles=_MSFORMS_ROLES, separators=(";",)),
    Platform(name="Google Forms", recognise=_google, roles=_DATES, separators=(", ", ";")),
    Platform(
        name="Qualtrics", recognise=_qualtrics, header=_qualtrics_header, roles=_QUALTRICS_ROLES, title=_qualtrics_title,
        separators=(",",), dates="year-first",
    ),
    Platform(
        name="Qualtrics (legacy)", recognise=_qualtrics_legacy, header=lambda head: (0, 2), roles=_QUALTRICS_ROLES,
        title=_legacy_title, key_row=1, separators=(",",), dates="year-first",
    ),
    Platform(name="LimeSurvey", recognise=_limesurvey, roles=_LIME_ROLES, title=_lime_title, dates="year-first"),
    Platform(name="Jisc Online Surveys", recognise=_jisc, roles=_COMMON, title=_jisc_title, separators=(",",)),
    Platform(name="KoBoToolbox", recognise=_kobo, roles=_FIELD_ROLES, title=_path_title, separators=(" ",), dates="year-first"),
    Platform(name="ODK", recognise=_odk, roles=_FIELD_ROLES, title=_path_title, separators=(" ",), dates="year-first"),
    Platform(
        name="EngagementHQ", recognise=_engagementhq, header=_engagementhq_header, roles=_COMMON, separators=(", ",),
        dates="day-first",
    ),
    Platform(name="Commonplace", recognise=_commonplace, roles=_COMMON, title=_commonplace_title, separators=(", ",)),
    Platform(name="Typeform", recognise=_typeform, roles=_COMMON, dates="year-first"),
    Platform(name="Alchemer", recognise=_alchemer, roles=_COMMON, title=_alchemer_title, dates="year-first"),
    Platform(
        name="SmartSurvey", recognise=_smartsurvey, header=_smartsurvey_header, roles=_COMMON, dates="day-first", fills=True
    ),
    Platform(
        name="Citizen Space", recognise=_citizenspace, roles=_COMMON, title=_citizenspace_title, dates="day-first",
        separators=(", ", ";"),
    ),
)  # fmt: skip
BY_NAME: Final = {platform.name: platform for platform in (*PLATFORMS, GENERIC, STATISTICS)}
