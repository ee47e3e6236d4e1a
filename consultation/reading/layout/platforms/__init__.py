"""The survey platforms we know, each by what only its exports have: content, never the file's name.

To add a platform, write a `Platform` in a module here (how it is recognised, how many heading rows it has, which
columns
are its own, how its headings are made up) and add it to `PLATFORMS`. Sources of the layouts: vendors' documentation,
exporters' source code and genuine files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from consultation.reading.layout.platforms.academic import JISC_ONLINE_SURVEYS, LIMESURVEY, STATISTICS
from consultation.reading.layout.platforms.business import ALCHEMER, SMARTSURVEY, TYPEFORM
from consultation.reading.layout.platforms.councils import CITIZEN_SPACE, COMMONPLACE, ENGAGEMENTHQ
from consultation.reading.layout.platforms.fieldwork import KOBOTOOLBOX, ODK
from consultation.reading.layout.platforms.heading import Head, Platform, Title, clean, plain_title
from consultation.reading.layout.platforms.office import GOOGLE_FORMS, MICROSOFT_FORMS
from consultation.reading.layout.platforms.qualtrics import QUALTRICS, QUALTRICS_LEGACY
from consultation.reading.layout.platforms.surveymonkey import SURVEYMONKEY, SURVEYMONKEY_CODED

__all__ = [
    "BY_NAME", "DEFINITE", "GENERIC", "PLATFORMS", "STATISTICS", "Head", "Platform", "Recognised", "Title", "clean",
    "plain_title",
    "recognise",
]  # fmt: skip

DEFINITE: Final = 0.8  # from this confidence on, the platform is taken without a question
GENERIC: Final = Platform(name="tidy sheet", recognise=lambda head: [])
PLATFORMS: Final[tuple[Platform, ...]] = (
    SURVEYMONKEY,
    SURVEYMONKEY_CODED,
    MICROSOFT_FORMS,
    GOOGLE_FORMS,
    QUALTRICS,
    QUALTRICS_LEGACY,
    LIMESURVEY,
    JISC_ONLINE_SURVEYS,
    KOBOTOOLBOX,
    ODK,
    ENGAGEMENTHQ,
    COMMONPLACE,
    TYPEFORM,
    ALCHEMER,
    SMARTSURVEY,
    CITIZEN_SPACE,
)
BY_NAME: Final = {platform.name: platform for platform in (*PLATFORMS, GENERIC, STATISTICS)}


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
