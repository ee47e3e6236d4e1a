"""What people wrote, a few words of it beside each point, so that nobody decides on a summary alone."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Final

from consultation import tables as named
from consultation.model import Comment, Point
from consultation.tables import Tables
from consultation.text import sentences, tidy
from consultation.wording.points import by_point

MOST: Final = 2  # for one point
LONGEST: Final = 220  # characters of each
_MORE: Final = " …"


def quoted(tables: Tables) -> dict[str, str]:
    """For each point up to `MOST` quotations, a line each, from comments that count; the same words once.

    Each begins with the sentence that names the point's phrase, or as the comment does, and is cut at a word.
    """
    comments: list[Comment] = named.rows("comments", tables["comments"])
    texts = {row.comment_id: row.text for row in comments if row.status == "included" and row.text}
    points: list[Point] = named.rows("points", tables["points"])
    phrases = {row.point_id: tidy(row.phrase or "") for row in points}
    return {
        point: "\n".join(_chosen((texts[one] for one in behind if one in texts), phrases.get(point, "")))
        for point, behind in by_point(tables["point_evidence"], "comment_id").items()
    }


def _chosen(texts: Iterable[str], phrase: str) -> list[str]:
    told: dict[str, str] = {}
    for text in texts:
        if len(told) == MOST:
            break
        quotation = _shortened(text, phrase)
        told.setdefault(tidy(quotation), quotation)
    return list(told.values())


def _shortened(text: str, phrase: str) -> str:
    start = next((start for start, end in sentences(text) if phrase and phrase in tidy(text[start:end])), 0)
    before = _MORE.lstrip() + " " if text[:start].strip() else ""
    return f"“{before}{textwrap.shorten(text[start:], LONGEST, placeholder=_MORE)}”"
