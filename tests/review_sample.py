"""The sample's comments as tables, straight from its labels, with the suggestions that its officers met."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from consultation import codebook, config, framework, tables
from consultation.model import Comment, Question, Response, Source, Tag, Theme
from consultation.settings import Settings
from consultation.text import fingerprint
from tests.fill_review import ids_of, reviews

ROOT = Path(__file__).parents[1]
OFFICERS = ("amadi", "fennimore")
SETTINGS = Settings(title="Thriving by Design")


@dataclass(frozen=True, kw_only=True)
class Sample:
    tables: dict[str, pd.DataFrame]
    elements: pd.DataFrame
    themes: tuple[Theme, ...]
    tags: pd.DataFrame


@cache
def sample() -> Sample:
    """419 comments; an officer's confirmed and rejected tags are what the program suggested."""
    with (ROOT / "tests/data/sample_labels.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["text"]]
    found = _frames(rows)
    suggested = {
        (comment, *tag.split(":"))
        for officer in OFFICERS
        for comment, entry in zip(ids_of(reviews(officer), found), reviews(officer), strict=True)
        for tag in (*entry["confirmed"], *entry.get("rejected", ()))
    }
    return Sample(
        tables=found,
        elements=framework.elements(config.records(ROOT, "framework")),
        themes=codebook.themes(config.records(ROOT, "codebook")),
        tags=tables.frame(
            "tags",
            [
                Tag(comment_id=comment, facet=facet, code=code, score=0.7, origin="rule", why="likely: asked about it")
                for comment, facet, code in sorted(suggested)
            ],
        ),
    )


def _frames(rows: Sequence[dict[str, str]]) -> dict[str, pd.DataFrame]:
    files = {row["source"]: "s-" + fingerprint(row["source"]) for row in rows}
    questions = {"q-" + fingerprint(row["source"], row["question"]): row for row in rows if row["response_id"]}
    responses = {"r-" + fingerprint(row["source"], row["response_id"]): row for row in rows if row["response_id"]}
    comments = []
    for number, row in enumerate(rows, 2):
        inside = bool(row["response_id"])
        comments.append(
            Comment(
                comment_id="c-" + fingerprint(*row.values(), number),
                response_id="r-" + fingerprint(row["source"], row["response_id"]) if inside else None,
                event_id=None if inside else "ev-" + fingerprint(row["source"]),
                source_id=files[row["source"]],
                locator=f"row {number}",
                question_id="q-" + fingerprint(row["source"], row["question"]) if inside else None,
                heading=None if inside else row["question"],
                voice="person",
                text=row["text"],
            )
        )
    counts = dict.fromkeys(
        ("header_rows", "rows_total", "rows_imported", "rows_excluded", "rows_empty", "rows_quarantined"), 0
    )
    return {
        "comments": tables.frame("comments", comments),
        "sources": tables.frame(
            "sources",
            [
                Source(source_id=key, name=file, file=file, sha256="", platform="", platform_confidence=1.0,
                       platform_reasons="", channel="", **counts)
                for file, key in files.items()
            ],
        ),
        "questions": tables.frame(
            "questions",
            [
                Question(
                    question_id=key, source_id=files[row["source"]], text=row["question"], kind="open", order=place
                )
                for place, (key, row) in enumerate(questions.items())
            ],
        ),
        "responses": tables.frame(
            "responses",
            [
                Response(response_id=key, source_id=files[row["source"]], respondent_id="p-" + key[2:],
                         supplied_id=row["response_id"], channel="questionnaire", respondent_type="Resident")
                for key, row in responses.items()
            ],
        ),
    }  # fmt: skip
