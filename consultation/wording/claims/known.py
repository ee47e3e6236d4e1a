"""The figures that the records bear out, by what they count, so that a number is held against its own kind.

"56 responses" traces to a count of responses, not to any 56. To let another noun be checked, add it to `NOUNS`.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import pandas as pd

from consultation import tables as named
from consultation.model import Element, Point, Proposal
from consultation.settings import Settings
from consultation.tables import Tables
from consultation.text import words
from consultation.wording.claims.grammar import NUMBER_WORDS
from consultation.wording.points import by_point
from consultation.wording.stems import stem

ANY: Final = "anything"
NOUNS: Final = {
    "response": "responses", "respondent": "responses", "submission": "responses", "reply": "responses",
    "questionnaire": "responses", "resident": "people", "person": "people", "staff": "people", "individual": "people",
    "organisation": "people", "partnership": "people", "consultee": "people",
    "participant": "participants", "attendee": "participants", "comment": "comments", "event": "events",
    "workshop": "events", "meeting": "events", "point": "points", "issue": "points", "suggestion": "suggestions",
    "concern": "points", "change": "changes", "commitment": "commitments", "day": "days", "week": "weeks",
}  # fmt: skip
_STEMS: Final = {stem(noun): what for noun, what in NOUNS.items()}
_NUMBER: Final = re.compile(r"\d[\d,]*")

Figures = Mapping[str, frozenset[float]]


def figures(tables: Tables, settings: Settings) -> Figures:
    """The numbers on record by what they count; `ANY` holds all of them, and the kinds of element their own names."""
    found: dict[str, set[float]] = defaultdict(set)
    for what, number in _counted(tables, settings):
        found[what].add(float(number))
    found["people"] |= found["responses"] | found["participants"]
    found["suggestions"] |= found["points"]
    found[ANY] = {number for numbers in found.values() for number in numbers}
    return {what: frozenset(numbers) for what, numbers in found.items()}


def shares(known: Figures) -> frozenset[int]:
    """The whole percentages that one count of responses makes of another."""
    counts = sorted(known.get("responses", frozenset()) | known.get("people", frozenset()))
    return frozenset(
        rounded for part in counts for base in counts if 0 < part <= base
        for rounded in {int(100 * part / base), int(100 * part / base + 0.5)}
    )  # fmt: skip


def counted_by(told: Sequence[str], known: Figures) -> tuple[str, frozenset[float]] | None:
    """What the words after a number say it counts, and the numbers on record of that; None where they name nothing.

    "strategic outcomes" are counted apart from other outcomes; "outcomes" alone may be any of them.
    """
    kinds = [kind for kind in known if kind not in (ANY, *NOUNS.values())]
    stems = [stem(word) for word in told]
    for place, bare in enumerate(stems):
        if bare in _STEMS:
            return _STEMS[bare], known.get(_STEMS[bare], frozenset())
        headed = {kind: [stem(part) for part in kind.split("_")] for kind in kinds}
        headed = {kind: parts for kind, parts in headed.items() if parts[-1] == bare}
        exact = [kind for kind, parts in headed.items() if stems[max(0, place + 1 - len(parts)) : place + 1] == parts]
        if headed:
            meant = exact or list(headed)
            name = meant[0].replace("_", " ") if len(meant) == 1 else bare
            return name, frozenset().union(*(known[kind] for kind in meant))
    return None


def _counted(tables: Tables, settings: Settings) -> Iterator[tuple[str, float]]:
    yield from _of_responses(tables)
    yield from _of_channels(settings)
    yield from _of_elements(tables)
    yield from _of_the_period(settings)
    points: list[Point] = [row for row in named.rows("points", tables["points"]) if row.status == "open"]
    yield "points", len(points)
    decisions = tables["decisions"].dropna(subset=["point_id"])
    yield "points", len(decisions)
    yield "points", len({point.point_id for point in points} - set(decisions["point_id"]))
    for _, group in decisions.groupby("disposition"):
        yield "points", len(group)
    for point in points:
        for what, number in (("responses", point.n_responses), ("comments", point.n_comments),
                             ("events", point.n_events)):  # fmt: skip
            if number:
                yield what, number
    yield from _of_rows(tables)
    tags = tables["tags"]
    yield "suggestions", len(tags)
    for statuses in (("suggested",), ("confirmed",), ("suggested", "confirmed")):
        yield "suggestions", int(tags["status"].isin(statuses).sum())
    proposals: list[Proposal] = named.rows("proposals", tables["proposals"])
    yield "changes", sum(row.change_kinds not in ((), ("unchanged",)) for row in proposals)
    yield "commitments", len(tables["commitments"])


def _of_responses(tables: Tables) -> Iterator[tuple[str, float]]:
    for name, what in (("responses", "responses"), ("comments", "comments")):
        table = tables[name]
        yield what, len(table)
        included = table[table["status"] == "included"]
        yield what, len(included)
        if "campaign_id" in table:
            yield what, int(included["campaign_id"].isna().sum())
        for column in ("channel", "respondent_type", "source_id", "status"):
            for frame in (table, included) if column in table else ():
                yield from ((what, number) for number in frame[column].value_counts(dropna=False))
    groups = pd.Series([group for told in tables["responses"]["groups"] for group in told], dtype=object)
    for number in groups.value_counts():
        yield "responses", number
    yield "events", len(tables["events"])
    for told in tables["events"]["participants"].dropna():
        yield from (("participants", _value(number)) for number in _NUMBER.findall(str(told)))


def _of_rows(tables: Tables) -> Iterator[tuple[str, float]]:
    """How many comments and responses stand behind each row of the report and each change, as its notes print."""
    evidence = by_point(tables["point_evidence"], "comment_id")
    responses = dict(zip(tables["comments"]["comment_id"], tables["comments"]["response_id"], strict=True))
    for told in (*tables["block_rows"]["point_ids"], *tables["proposals"]["points"]):
        behind = {comment for point in told for comment in evidence.get(point, ())}
        yield "comments", len(behind)
        yield "responses", len({responses[each] for each in behind if isinstance(responses.get(each), str)})


def _of_channels(settings: Settings) -> Iterator[tuple[str, float]]:
    for channel in settings.channels:
        for what, told in (("participants", channel.participants), ("events", channel.events)):
            yield from ((what, _value(number)) for number in _NUMBER.findall(told or ""))
        for numbers in (channel.of_which, channel.invited):
            yield from (("responses", number) for number in numbers.values())
        if channel.responses is not None:
            yield "responses", channel.responses


def _of_the_period(settings: Settings) -> Iterator[tuple[str, float]]:
    """How long it was open, both ends counted, in days and in whole weeks; and what was stated."""
    if settings.opens and settings.closes:
        opens, closes = (datetime.date.fromisoformat(told[:10]) for told in (settings.opens, settings.closes))
        days = (closes - opens).days + 1
        yield "days", days
        yield "weeks", days // 7
    for told in words(settings.stated_duration or ""):
        if told.isdecimal() or told.casefold() in NUMBER_WORDS:
            number = float(told) if told.isdecimal() else float(NUMBER_WORDS[told.casefold()])
            yield from (("days", number), ("weeks", number))


def _of_elements(tables: Tables) -> Iterator[tuple[str, float]]:
    rows: list[Element] = named.rows("elements", tables["elements"])
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        counts[row.version, row.kind] += 1
    for (_, kind), number in counts.items():
        yield kind, number


def _value(told: str) -> float:
    return float(told.replace(",", ""))
