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
