"""The miner on officers' prose about a real draft: the phrases that a report of 2015 says people stumbled over."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from ruamel.yaml import YAML

from consultation import tables
from consultation.model import Comment, Element, Question
from consultation.text import tidy
from consultation.wording.miner import mine

SOURCE = "sources/000_54ef23cdd09e18cf.txt"
NAMES = {"TITLE": "Title", "VISION": "Vision"}


def _elements(truth: dict[str, Any], *, wordings: bool = True) -> pd.DataFrame:
    """The elements with the draft's words where the whole wording is known; phrases are withheld."""
    rows = []
    for order, element in enumerate(truth["elements"]):
        draft, revised = element["draft"], element.get("revised") or {}
        known = draft["status"] in ("full", "unchanged")
        common = {"code": element["id"], "kind": element["kind"], "parent": element.get("parent"), "order": order,
                  "name": NAMES.get(element["id"])}  # fmt: skip
        if draft["status"] != "not_in_draft":
            rows.append(Element(**common, version="draft", wording=draft["text"] if known and wordings else None,
                                draft="full" if known else "unknown"))  # fmt: skip
        if revised.get("text"):
            rows.append(Element(**common, version="revised", wording=revised["text"]))
    return tables.frame("elements", rows)


def _paragraphs(text: str) -> list[tuple[str, str]]:
    """Sections 4 and 5 as (heading, paragraph); a rationale of section 5 stands under its new wording."""
    body = text[text.index("# 4. CONSULTATION") : text.index("#### 6 BUSINESS PLAN")]
    body = re.sub(r"</?(?:ul|li)>", "\n", body)
    prose: list[tuple[str, str]] = []
    rows: list[list[str]] = []
    heading = ""
    for line in filter(None, (line.strip(" -*•") for line in body.split("\n"))):
        if line.startswith("#"):
            heading = re.sub(r"^[#\s\d.]+", "", line).strip("* ")
        elif "\t" in line and heading.startswith(("Children & young", "Kent's communities", "Older and vulnerable")):
            _row(rows, *line.rsplit("\t", 1))
        else:
            prose.append((heading, line.replace("\t", " ")))
    return prose + [(outcome, rationale) for outcome, rationale in rows]


def _row(rows: list[list[str]], left: str, right: str) -> None:
    """One line of a two-column table; two spaces in a cell part two rows that share the line."""
    lefts, rights = left.strip().split("  "), right.strip().split("  ")
    if rows and (not lefts[0] or lefts[0][0].islower()):
        rows[-1] = [f"{rows[-1][0]} {lefts[0]}".strip(), f"{rows[-1][1]} {rights[0]}"]
        lefts, rights = lefts[1:], rights[1:]
    for place, outcome in enumerate(lefts):
        rows.append([outcome, rights[place] if place < len(rights) else ""])


@pytest.fixture(scope="module")
def truth(shared: Path) -> dict[str, Any]:
    told: dict[str, Any] = YAML(typ="safe").load((shared / "ground-truth/kent2015.yaml").read_text(encoding="utf-8"))
    return told


def _mined(shared: Path, truth: dict[str, Any], *, quotes: bool) -> list[tuple[Any, str]]:
    paragraphs = _paragraphs((shared / SOURCE).read_text(encoding="utf-8"))
    if not quotes:
        paragraphs = [(heading, re.sub(r"[\"“”]|(?<!\w)['‘]|['’](?!\w)", "", text)) for heading, text in paragraphs]
    comments = [
        Comment(comment_id=f"c{number:03d}", response_id=None, event_id=None, source_id="s", locator=str(number),
                question_id=None, heading=heading, voice="facilitator", text=text)
        for number, (heading, text) in enumerate(paragraphs)
    ]  # fmt: skip
    found = mine(
        tables.frame("comments", comments),
        tables.frame("questions", [Question(question_id="q", source_id="s", text="", kind="open")]),
        _elements(truth),
    )
    texts = {comment.comment_id: comment.text for comment in comments}
    return [(row, texts[row.comment_id]) for row in tables.rows("phrases", found)]


def _met(truth: dict[str, Any], found: list[tuple[Any, str]]) -> set[str]:
    return {
        phrase["id"]
        for phrase in truth["phrases"]
        for row, _ in found
        if row.element == phrase["element"] and tidy(row.phrase) == tidy(phrase["phrase"])
    }


def test_at_least_27_of_the_30_phrases_are_found_where_they_were_said(shared: Path, truth: dict[str, Any]) -> None:
    found = _mined(shared, truth, quotes=True)
    assert all(tidy(text[row.start : row.end]) for row, text in found)
    met = _met(truth, found)
    assert len(met) >= 27, sorted({phrase["id"] for phrase in truth["phrases"]} - met)


def test_at_least_20_are_found_with_all_quotation_marks_taken_away(shared: Path, truth: dict[str, Any]) -> None:
    assert len(_met(truth, _mined(shared, truth, quotes=False))) >= 20


@pytest.mark.parametrize(
    ("element", "old", "new"),
    [
        ("SO2", "high", "good"),
        ("1.3", "vulnerable", "disadvantaged"),
        ("2.1", "ill health is prevented", "health is improved"),
        ("2.4", "high quality of life", "good quality of life"),
        ("3.6", "integrated", "working together"),
    ],
)
def test_old_and_new_words_are_told_apart(
    shared: Path, truth: dict[str, Any], element: str, old: str, new: str
) -> None:
    pairs = {
        (row.element, tidy(row.phrase), tidy(row.replacement or ""))
        for row, _ in _mined(shared, truth, quotes=True)
        if row.kind == "replace"
    }
    assert (element, old, new) in pairs
    assert (element, new, old) not in pairs
