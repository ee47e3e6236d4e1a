"""Columns that several platforms have under the same names."""

from __future__ import annotations

from typing import Final

from consultation.reading.layout.platforms.heading import Roles

COMMON: Final[Roles] = {
    "response id": ("response_id", None), "responseid": ("response_id", None), "#": ("response_id", None),
    "unique response number": ("response_id", None), "urn": ("response_id", None), "userid": ("response_id", None),
    "userno": ("metadata", None), "started": ("started_at", None), "ended": ("submitted_at", None),
    "time started": ("started_at", None), "date submitted": ("submitted_at", None),
    "date of contribution": ("submitted_at", None),
    "timestamp": ("submitted_at", None), "start date (utc)": ("started_at", None),
    "submit date (utc)": ("submitted_at", None),
    "status": ("status", None), "response type": ("status", None), "network id": ("identity", "ip"),
    "tags": ("officer_note", None),
    "login (screen name)": ("identity", "login"), "email": ("identity", "email"), "usertype": ("metadata", None),
    "shorturl": ("metadata", None), "longitude": ("identity", "location"), "latitude": ("identity", "location"),
    "feeling": ("closed", None), "consent": ("metadata", None), "agree": ("metadata", None), "language": ("language",
    None),
    "id": ("response_id", None), "date": ("submitted_at", None), "session id": ("metadata", None),
    "contact id": ("metadata", None),
    "link name": ("metadata", None), "url variable: snc": ("metadata", None), "referer": ("metadata", None),
    "user agent": ("metadata", None), "ip address": ("identity", "ip"), "city": ("identity", "address"),
    "state/region": ("metadata", None), "postal": ("identity", "postcode"), "country": ("metadata", None),
}  # fmt: skip
