"""Respondents' own words, printed only where they may be: consented, redaction passed, verbatim, named by type alone.

A quote is a whole sentence or more of a stored comment, unaltered; "[…]" shows that more stood before or after it.
Redaction has passed when the search for personal data was made and no finding is open; a sentence in which something
was redacted is not quoted. Workshop lines are a group's notes, to which nobody's consent is recorded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from consultation.errors import ConsultationError
from consultation.reporting.rows import Line, Run
from consultation.reporting.view import View
from consultation.text import sentences, tidy

MOST: Final = 3  # for one statement
LONGEST: Final = 280  # characters
SHORTEST: Final = 25
LEFT_OUT: Final = "[…]"


@dataclass(frozen=True, kw_only=True)
class Quotable:
    """A comment that may be quoted: its text, the stretches redacted in it, and whom to name."""

    text: str
    redacted: tuple[tuple[int, int], ...]
    attribution: str


def quotable(view: View) -> dict[str, Quotable]:
    """comment -> what may be quoted of it, for the comments behind points; none until redaction has passed."""
    if "personal_data" not in view.tables or view.table("personal_data")["status"].eq("open").any():
        return {}
    responses = view.included
    agreed = responses[responses["consent_to_quote"].fillna(False).astype(bool)]
    sizes = responses["respondent_type"].value_counts()
    named = {name for name, size in sizes.items() if size >= view.settings.suppression.below}
    kinds = dict(zip(agreed["response_id"], agreed["respondent_type"], strict=True))
    comments = view.table("comments")
    behind = {c for ids in view.comments_behind.values() for c in ids}
    told = comments[comments["comment_id"].isin(behind) & (comments["status"] == "included")]
    told = told[told["response_id"].isin(kinds)]
    redacted = _redacted(view)
    return {
        comment: Quotable(
            text=text,
            redacted=tuple(redacted.get(comment, ())),
            attribution=str(kinds[response]) if kinds[response] in named else view.words("quote.someone"),
        )
        for comment, response, text in zip(told["comment_id"], told["response_id"], told["text"], strict=True)
    }


def _redacted(view: View) -> Mapping[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    personal = view.table("personal_data")
    taken = personal[personal["status"] == "redacted"]
    for comment, start, end in zip(taken["comment_id"], taken["start"], taken["end"], strict=True):
        found[comment].append((int(start), int(end)))
    return found


def chosen(view: View, held: Mapping[str, Quotable], points: Iterable[str]) -> tuple[Line, ...]:
    """Up to `MOST` quotes for these points, one of each type of respondent before a second of any."""
    by_type: dict[str, list[Line]] = defaultdict(list)
    seen: set[str] = set()
    for point in points:
        phrase = tidy(view.points[point].phrase or "") if point in view.points else ""
        for comment in view.comments_behind.get(point, ()):
            if comment in held and comment not in seen and (line := _quote(view, held[comment], phrase)):
                seen.add(comment)
                by_type[held[comment].attribution].append(line)
    woven = [side[n] for n in range(MOST) for _, side in sorted(by_type.items()) if n < len(side)]
    return tuple(woven[:MOST])


def _quote(view: View, held: Quotable, phrase: str) -> Line | None:
    """The first sentence that names the phrase, else the first that is long enough and whole."""
    spans = [
        (start, end)
        for start, end in sentences(held.text)
        if SHORTEST <= end - start <= LONGEST and not any(a < end and start < b for a, b in held.redacted)
    ]
    if not spans:
        return None
    start, end = next((span for span in spans if phrase and phrase in tidy(held.text[slice(*span)])), spans[0])
    before = f"{LEFT_OUT} " if held.text[:start].strip() else ""
    after = f" {LEFT_OUT}" if held.text[end:].strip() else ""
    return Line(
        runs=(
            Run(text=before),
            Run(text=held.text[start:end], mark="quote"),
            Run(text=after + " " + view.words("quote.by", who=held.attribution)),
        )
    )


def check(lines: Iterable[Line], held: Mapping[str, Quotable]) -> None:
    """Refuse a quote that is no verbatim part of a comment that may be quoted, or that holds something redacted."""
    for line in lines:
        for run in line.runs:
            if run.mark == "quote" and not any(_within(run.text, told) for told in held.values()):
                raise ConsultationError(
                    "A quotation is not the words of a comment that may be quoted.",
                    do="Quote only comments with consent, after every finding of personal data is settled.",
                )


def _within(quote: str, told: Quotable) -> bool:
    at = told.text.find(quote)
    return at >= 0 and not any(start < at + len(quote) and at < end for start, end in told.redacted)
