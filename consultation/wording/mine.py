"""Plain matches of the draft's quoted words in comments: a first look, until the miner's grammar reads them.

Only what stands in quotation marks and is found word for word in the draft becomes a finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import pandas as pd

from consultation import tables
from consultation.model import Comment, Element, Phrase
from consultation.text import fingerprint, straight, tidy

_QUOTED: Final = re.compile(r"(?<!\w)([\"'])(?=\S)(.{2,120}?)(?<=\S)\1(?!\w)")


def mine(
    comments: pd.DataFrame,
    questions: pd.DataFrame,
    elements: pd.DataFrame,
    tags: pd.DataFrame,
    *,
    progress: Callable[[int, int, str], None] | None = None,
) -> pd.DataFrame:
    """The table `phrases`: one row for each quotation of the draft in an included comment, in order.

    The element is one that the comment is tagged with, if its wording holds the words; else the first that does.
    """
    draft = [row for row in _first_version(elements) if row.wording or row.known_phrases]
    tagged: dict[str, set[str]] = {}
    for tag in tables.rows("tags", tags):
        if tag.facet == "element" and tag.status != "rejected":
            tagged.setdefault(tag.comment_id, set()).add(tag.code)
    rows: list[Comment] = [row for row in tables.rows("comments", comments) if row.status == "included"]
    found: list[Phrase] = []
    for number, comment in enumerate(rows, 1):
        found.extend(_in_comment(comment, draft, tagged.get(comment.comment_id, set())))
        if progress and (number % 500 == 0 or number == len(rows)):
            progress(number, len(rows), "comments read for phrases")
    return tables.frame("phrases", found)


def _first_version(elements: pd.DataFrame) -> list[Element]:
    rows: list[Element] = tables.rows("elements", elements)
    return [row for row in rows if row.version == rows[0].version]


def _in_comment(comment: Comment, draft: Sequence[Element], tagged: set[str]) -> Iterator[Phrase]:
    for quotation in _QUOTED.finditer(straight(comment.text)):
        holding = [element for element in draft if _holds(element, quotation[2])]
        if not holding:
            continue
        element = next((one for one in holding if one.code in tagged), holding[0])
        start, end = quotation.span(2)
        yield Phrase(
            phrase_id="f-" + fingerprint("phrase", comment.comment_id, start, end, "object"),
            comment_id=comment.comment_id,
            element=element.code,
            phrase=comment.text[start:end],
            start=start,
            end=end,
            kind="object",
            match="quoted",
            score=0.5,
            why="quoted from the draft",
        )


def _holds(element: Element, words: str) -> bool:
    told = tidy(words)
    texts = [tidy(text) for text in (element.wording or "", *element.known_phrases)]
    return bool(told) and any(re.search(rf"(?<!\w){re.escape(told)}(?!\w)", text) for text in texts)
