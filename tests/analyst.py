"""A small consultation as tables, for tests of analysis: who said what, in one line each. Invented."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from consultation import tables
from consultation.model import Theme

THEMES = (
    Theme(code="vague", name="Too vague"),
    Theme(code="jargon", name="Jargon"),
    Theme(code="leaves_out", name="Leaves people out"),
)
ELEMENTS = (
    {"code": "1", "kind": "outcome", "parent": None, "order": 0, "version": "draft", "name": "Streets",
     "wording": "Streets are vibrant and safe."},
    {"code": "1.1", "kind": "outcome", "parent": "1", "order": 1, "version": "draft", "name": "Crossings",
     "wording": "Hard-pressed families can cross."},
    {"code": "1.1", "kind": "outcome", "parent": "1", "order": 1, "version": "revised", "name": "Crossings",
     "wording": "All families can cross."},
    {"code": "2", "kind": "outcome", "parent": None, "order": 2, "version": "draft", "name": None, "wording": None},
)  # fmt: skip
EMPTY = {name: tables.frame(name) for name, table in tables.TABLES.items() if not table.private}


def consultation(
    rows: Iterable[tuple[str, ...]], *, campaign: Iterable[str] = (), groups: dict[str, str] | None = None
) -> dict[str, pd.DataFrame]:
    """Tables of rows (respondent or "" for a workshop line, type or "", text, codes ...); `groups` gives an age."""
    told = list(rows)
    people = {row[0]: row[1] for row in told if row[0]}
    comments = [
        {
            "comment_id": f"c-{at}", "response_id": f"r-{row[0]}" if row[0] else None, "locator": str(at),
            "event_id": None if row[0] else "e-hall", "source_id": "s-web" if row[0] else "s-hall",
            "question_id": None, "heading": None, "voice": "person" if row[0] else "group", "text": row[2],
        }
        for at, row in enumerate(told)
        if len(row) > 2
    ]  # fmt: skip
    tags = [
        {"comment_id": f"c-{at}", "facet": facet, "code": code, "score": 1.0, "origin": "rule", "why": "a cue"}
        for at, row in enumerate(told)
        for facet, _, code in (code.partition(":") for code in row[3:])
    ]
    responses = [
        {
            "response_id": f"r-{who}", "source_id": "s-web", "respondent_id": f"p-{who}", "channel": "questionnaire",
            "respondent_type": kind or None, "submitted_at": f"2026-02-{1 + at % 3:02}T09:00:00",
            "groups": (f"Age={(groups or {})[who]}",) if who in (groups or {}) else (),
            "campaign_id": "g-1" if who in set(campaign) else None,
            "campaign_part": "standard" if who in set(campaign) else None,
        }
        for at, (who, kind) in enumerate(people.items())
    ]  # fmt: skip
    sources = [
        {"source_id": f"s-{name}", "name": name, "file": name, "sha256": "0", "platform": "", "channel": channel,
         "platform_confidence": 1.0, "platform_reasons": "", "header_rows": 1, "rows_total": 1, "rows_imported": 0,
         "rows_excluded": 0, "rows_empty": 0, "rows_quarantined": 0}
        for name, channel in (("web", "questionnaire"), ("hall", "workshop"))
    ]  # fmt: skip
    made = {
        "sources": sources, "responses": responses, "comments": comments, "tags": tags, "elements": ELEMENTS,
        "events": [{"event_id": "e-hall", "source_id": "s-hall", "place": "the hall", "participants": "around 15"}],
    }  # fmt: skip
    return EMPTY | {name: tables.frame(name, rows) for name, rows in made.items() if rows}
