"""The table `responses`: who answered in what capacity, when, how completely, and whether they may be quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from consultation.errors import ConsultationError
from consultation.reading.grids.grid import filled, index
from consultation.reading.landing.frames import (
    Ids,
    completed,
    constant,
    id_column,
    text_column,
)
from consultation.reading.landing.identity import respondents
from consultation.reading.landing.sheet import Sheet
from consultation.reading.landing.times import Times, times
from consultation.reading.layout.choices import yes_or_no
from consultation.reading.layout.columns import gives_contact_for_reply
from consultation.reading.layout.dates import TWO_ORDERS, parse
from consultation.settings import Column
from consultation.text import says_nothing, tidy

_PREVIEW: Final = re.compile(r"(?:survey )?preview", re.I)
_TEST: Final = re.compile(r"(?:survey )?test|spam", re.I)
_PARTIAL: Final = re.compile(
    r"partial|incomplete|in progress|not (?:complete|submitted|finished)|started|abandoned|disqualified", re.I
)


COUNT, SET_ASIDE = "count", "set aside"


@dataclass(frozen=True, kw_only=True)
class Completeness:
    """For each response: complete, partial, test, preview or late; and why it is set aside, if it is."""

    words: list[str]
    excluded: list[str | None]


def response_table(
    sheet: Sheet, ids: Ids, names: Sequence[str], supplied: Sequence[str | None], superseded: frozenset[int]
) -> pd.DataFrame:
    number = len(ids)
    where = f"sheet “{sheet.grid.sheet}”, " if sheet.grid.sheet else ""
    submitted = _submitted(sheet)
    state = completeness(sheet, submitted)
    kind, grouped, may = one_value(sheet, "respondent_type"), groups(sheet), wishes(sheet, sheet.of("consent")[:1])
    reply = _with_contacts(sheet, wishes(sheet, sheet.of("wants_reply")))
    reasons = [
        "superseded by a later response with the same id" if i in superseded else state.excluded[i]
        for i in range(number)
    ]
    order = np.argsort(ids, kind="stable")
    frame = pd.DataFrame(
        {
            "response_id": id_column(ids[order]),
            "source_id": constant(sheet.source.source_id, number),
            "respondent_id": id_column(respondents(names)[order]),
            "supplied_id": text_column([supplied[i] for i in order]),
            "locator": text_column([f"{where}row {sheet.rows.good[i] + 1}" for i in order.tolist()]),
            "channel": constant(sheet.mapping.channel or "questionnaire", number),
            "respondent_type": text_column([kind[i] for i in order]),
            "groups": pd.Series([grouped[i] for i in order.tolist()], dtype=object),
            "submitted_at": text_column([submitted.values[i] for i in order]),
            "consent_to_quote": pd.array([may[i] for i in order.tolist()], dtype="boolean"),
            "completeness": text_column([state.words[i] for i in order]),
            "signatures": pd.array([pd.NA] * number, dtype="Int64"),
            "status": text_column(["excluded" if reasons[i] else "included" for i in order]),
            "status_reason": text_column([reasons[i] for i in order]),
            "campaign_id": constant(None, number),
            "duplicate_of": constant(None, number),
            "wants_reply": pd.array([reply[i] for i in order.tolist()], dtype="boolean"),
        }
    )
    return completed("responses", frame)


def _submitted(sheet: Sheet) -> Times:
    """When each response came: by its start, where the file does not say when it was sent."""
    if sheet.of("submitted_at") or not sheet.of("started_at"):
        return _times(sheet, "submitted_at")
    sheet.notes.append("The file does not say when a response was sent; when it was started stands for it.")
    return _times(sheet, "started_at")


def _times(sheet: Sheet, role: str) -> Times:
    found = sheet.of(role)
    if not found:
        return Times(values=[None] * len(sheet.rows.good), order=None)
    column = found[0]
    told = times(
        column, sheet.values(index(column.column)), sheet.context, [i + 1 for i in sheet.rows.good], sheet.asked
    )
    sheet.notes += told.notes
    sheet.ambiguous += told.ambiguous
    at = index(column.column)
    for i in told.twice:
        sheet.problem(
            sheet.place(sheet.rows.good[i], at),
            "This time happened twice, as the clocks went back.",
            "The earlier one was taken.",
            "flagged",
        )
    for i in told.unread:
        sheet.problem(
            sheet.place(sheet.rows.good[i], at),
            "The date cannot be read in the column's order.",
            "It is kept as written; late responses cannot be told by it.",
            "kept",
        )
    if told.order in TWO_ORDERS and not sheet.asked:
        settled = tuple(
            replace(c, kind=told.order) if c.role in ("submitted_at", "started_at") else c
            for c in sheet.mapping.columns
        )
        sheet.mapping = replace(sheet.mapping, columns=settled)
    return told


def one_value(sheet: Sheet, role: str) -> list[str | None]:
    found = sheet.of(role)
    default = sheet.mapping.respondent_type if role == "respondent_type" else None
    if not found:
        return [default] * len(sheet.rows.good)
    return [cell.strip() or default for cell in sheet.labelled(index(found[0].column))]


# How complete -----------------------------------------------------------------------------------------------------


def completeness(sheet: Sheet, submitted: Times) -> Completeness:
    """Tests and previews are set aside with a reason; partial and late responses are kept and told apart."""
    number = len(sheet.rows.good)
    words = ["complete"] * number
    excluded: list[str | None] = [None] * number
    for column in sheet.of("status"):
        _by_status(column.kind, sheet.values(index(column.column)), words)
    if sheet.mapping.platform == "LimeSurvey" and sheet.of("submitted_at"):
        words = [
            "partial" if word == "complete" and not told else word
            for word, told in zip(words, submitted.values, strict=True)
        ]
    _late(sheet, submitted, words)
    aside = ("test", "preview", "partial") if _partials(sheet, words) == SET_ASIDE else ("test", "preview")
    for i, word in enumerate(words):
        if word in aside:
            excluded[i] = f"{word} response"
    _tell(sheet, words)
    return Completeness(words=words, excluded=excluded)


def _by_status(kind: str | None, cells: Sequence[str], words: list[str]) -> None:
    for i, cell in enumerate(cells):
        told = tidy(cell)
        if kind == "finished":
            if told in ("0", "false", "no") and words[i] == "complete":
                words[i] = "partial"
        elif _PREVIEW.match(told) or (kind is None and told == "1"):
            words[i] = "preview"
        elif _TEST.match(told) or (kind is None and told == "2"):
            words[i] = "test"
        elif _PARTIAL.match(told) and words[i] == "complete":
            words[i] = "partial"


def _late(sheet: Sheet, submitted: Times, words: list[str]) -> None:
    """A response after the closing day is late; the day itself counts to its end."""
    closes = parse(sheet.context.settings.closes or "", "year-first")
    if closes is None:
        return
    last = closes.date().isoformat()
    for i, told in enumerate(submitted.values):
        if told and told[:4].isdigit() and told[:10] > last and words[i] in ("complete", "partial"):
            words[i] = "late"
            sheet.problem(
                sheet.place(sheet.rows.good[i], None),
                "The response came after the closing date.",
                "It is counted apart as late; exclude it if the policy says so.",
                "flagged",
            )


def _partials(sheet: Sheet, words: Sequence[str]) -> str | None:
    """Whether partial responses count: as the mapping says, else as a person does; the mapping keeps the answer."""
    if sheet.mapping.partials not in (None, COUNT, SET_ASIDE):
        raise ConsultationError(
            f"“partials: {sheet.mapping.partials}” does not say whether partial responses count.",
            where=sheet.source.name,
            do=f"Write “{COUNT}” or “{SET_ASIDE}” into its mapping.",
        )
    partial = [i for i, word in enumerate(words) if word == "partial"]
    if not partial:
        return sheet.mapping.partials
    bare = _without_answers(sheet, partial)
    told = f"{len(partial):,} of {len(words):,} responses are partial, {bare:,} of those have no answers."
    if sheet.asked or sheet.mapping.partials:
        done = "are set aside" if sheet.mapping.partials == SET_ASIDE else "are included and told apart"
        sheet.notes.append(f"{told} They {done}.")
        return sheet.mapping.partials
    question = (
        f"{told} Should they count? To change it, set “partials: {SET_ASIDE}” or “partials: {COUNT}” in the mapping."
    )
    chosen = sheet.context.ask(question, (COUNT, SET_ASIDE), COUNT, sheet.ambiguous)
    sheet.mapping = replace(sheet.mapping, partials=chosen)
    return chosen


def _tell(sheet: Sheet, words: Sequence[str]) -> None:
    for word, told in (("test", "tests"), ("preview", "previews")):
        rows = [str(sheet.rows.good[i] + 1) for i, each in enumerate(words) if each == word]
        if rows:
            sheet.notes.append(
                f"{len(rows)} {told} are set aside (row {', '.join(rows[:10])}); they can be brought back."
            )
    late = sum(word == "late" for word in words)
    if late:
        sheet.notes.append(f"{late:,} responses came after the closing date; they are counted apart.")


def _without_answers(sheet: Sheet, rows: Sequence[int]) -> int:
    roles = ("comment", "closed", "multi", "matrix", "ranking", "other_text", "group", "respondent_type")
    places = [index(column.column) for column in sheet.mapping.columns if column.role in roles]
    cells = sheet.grid.rows
    bare = 0
    for i in rows:
        row = cells[sheet.rows.good[i]]
        bare += not any(place < len(row) and filled(row[place]) for place in places)
    return bare


# Wishes and groups ------------------------------------------------------------------------------------------------


def wishes(sheet: Sheet, columns: Sequence[Column]) -> list[bool | None]:
    """Whether each response says yes or no in these columns: one yes is enough. None where it says neither."""
    said: list[bool | None] = [None] * len(sheet.rows.good)
    for column in columns:
        for i, cell in enumerate(sheet.labelled(index(column.column))):
            told = yes_or_no(cell, column.option or column.heading)
            said[i] = told if said[i] is None else said[i] or bool(told)
    return said


def _with_contacts(sheet: Sheet, said: list[bool | None]) -> list[bool | None]:
    """The same, where an address given for a reply is a yes too: one that was asked for to that end."""
    for column in sheet.of("identity"):
        if not gives_contact_for_reply(column.heading):
            continue
        for i, cell in enumerate(sheet.values(index(column.column))):
            declined = yes_or_no(cell) is False and not re.search(r"\d|@", cell[1:])  # "No 5, High Street" is none
            if filled(cell) and not says_nothing(cell) and not declined:
                said[i] = True
    return said


def groups(sheet: Sheet) -> list[tuple[str, ...]]:
    """For each response "heading=value" of each group column that it filled in."""
    number, found = len(sheet.rows.good), sheet.of("group")
    if not found:
        return [()] * number
    made: list[list[str]] = [[] for _ in range(number)]
    for column in found:
        name = column.question or column.heading
        for i, cell in enumerate(sheet.labelled(index(column.column))):
            if filled(cell):
                made[i].append(f"{name}={cell.strip()}")
    return [tuple(told) for told in made]
