"""The name of a source: the same when a survey is exported again under another file name, so that ids stay the same."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

from consultation.settings import Settings, SourceSettings
from consultation.tables import Tables
from consultation.text import slug, tidy

_EXPORT_MARKS = re.compile(
    r"^copy of |(?:"
    + "|".join(
        (
            r"[\s_.-]*\(\d+\)",
            r"[\s_.-]+copy(?: of)?",
            r"[\s_.-]*\d{4}[-_. ]?\d{2}[-_. ]?\d{2}(?:[T_ -]*\d{2}[-_.:]?\d{2}(?:[-_.:]?\d{2})?)?",
            r"[\s_.-]*\d{1,2}[-_.]\d{1,2}[-_.]\d{2,4}",
            r"[\s_.-]+(?:v|version)[\s_.-]*\d+",
            r"[\s_.-]+(?:final|latest|new|updated|rejected|mended)",
            r"_{2}rejected",
        )
    )
    + r")+$",
    re.I,
)


def settings_for(path: Path, settings: Settings) -> tuple[str, SourceSettings | None]:
    """The source's name and its mapping: one that lists the file, else one whose name the file's own comes to.

    >>> settings_for(Path("Survey export 2025-09-01 (2).csv"), Settings())
    ('survey-export', None)
    """
    for name, told in settings.sources.items():
        if any(_fits(path.name.casefold(), pattern.casefold()) for pattern in told.files):
            return name, told
    name = bare(path)
    for known, told in settings.sources.items():
        if slug(known) == name:
            return known, told
    return name, None


def _fits(name: str, pattern: str) -> bool:
    """Whether a file is the one that is named, square brackets and all, or one of a pattern."""
    return name == pattern or fnmatch(name, pattern)


def bare(path: Path) -> str:
    """The file's name without what a program adds at each export: dates, copies, versions.

    >>> bare(Path("responses_20250901.xlsx")), bare(Path("Copy of Notes.docx"))
    ('responses', 'notes')
    """
    stem, before = path.stem, None
    while stem != before:
        before = stem
        stem = _EXPORT_MARKS.sub("", stem).strip() or stem
    return slug(stem)


def same_survey(headings: list[str], supplied: set[str], known: Tables) -> str | None:
    """The name of a source already held that asks nearly the same questions and shares response ids with this file."""
    if not headings or not supplied or not {"sources", "questions", "responses"} <= set(known):
        return None
    wanted = {tidy(heading) for heading in headings}
    questions, responses = known["questions"], known["responses"]
    for source_id, name in zip(known["sources"]["source_id"], known["sources"]["name"], strict=True):
        asked = {tidy(str(text)) for text in questions.loc[questions["source_id"] == source_id, "text"]}
        if not asked or len(asked & wanted) < 0.8 * max(len(asked), 1):
            continue
        held = set(responses.loc[responses["source_id"] == source_id, "supplied_id"].dropna())
        if held and len(held & supplied) >= 0.5 * min(len(held), len(supplied)):
            return str(name)
    return None
