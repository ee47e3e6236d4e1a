"""KoBoToolbox and ODK: forms filled in on telephones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from consultation.reading.layout.platforms.heading import Head, Marks, Platform, Roles, Title, has


def _kobo(head: Head) -> Marks:
    one = head.folded(0)
    if has(one, "_id", "_uuid", "_submission_time"):
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


_FIELD_ROLES: Final[Roles] = {
    "start": ("started_at", "year-first"), "end": ("submitted_at", "year-first"), "today": ("metadata", None),
    "_id": ("metadata", None), "_uuid": ("response_id", None), "_submission_time": ("metadata", None),
    "_validation_status": ("metadata", None), "_notes": ("officer_note", None), "_status": ("metadata", None),
    "_submitted_by": ("identity", "login"), "_tags": ("officer_note", None), "_index": ("metadata", None),
    "__version__": ("metadata", None), "meta/instanceid": ("metadata", None), "meta/rootuuid": ("metadata", None),
    "submissiondate": ("submitted_at", "year-first"), "key": ("response_id", None), "meta-instanceid": ("metadata",
    None),
    "submitterid": ("metadata", None), "submittername": ("identity", "name"), "attachmentspresent": ("metadata", None),
    "attachmentsexpected": ("metadata", None), "status": ("metadata", None), "reviewstate": ("officer_note", None),
    "deviceid": ("metadata", None), "edits": ("metadata", None), "formversion": ("metadata", None),
    "username": ("identity", "login"), "phonenumber": ("identity", "phone"), "simserial": ("metadata", None),
    "subscriberid": ("metadata", None),
}  # fmt: skip
KOBOTOOLBOX: Final = Platform(
    name="KoBoToolbox", recognise=_kobo, roles=_FIELD_ROLES, title=_path_title, separators=(" ",), dates="year-first"
)
ODK: Final = Platform(
    name="ODK", recognise=_odk, roles=_FIELD_ROLES, title=_path_title, separators=(" ",), dates="year-first"
)
