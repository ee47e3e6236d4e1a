"""The events that notes tell of: where, when, for whom, and how many were there, as written.

What is said about an event stands in the front matter of a heading: the lines (or rows of a table) between the heading
and the first point. It holds for all that is under that heading, and the innermost word goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from consultation.reading.documents.event_lines import about_event, counted, date, place_beside_date
from consultation.reading.documents.outline import Placed
from consultation.reading.documents.parts import ITEM, PARAGRAPH
from consultation.text import words

FIELDS = ("place", "date", "audience", "participants")
_ATTENDEES = re.compile(
    r"^(?:attendees|attendance|present|those present|in attendance|participants|members present|apologies|"
    r"facilitators?)\b",
    re.I,
)
_EVENT_WORD = re.compile(
    r"\b(?:workshop|focus group|meeting|session|event|forum|drop-?in|roadshow|round ?table|panel|assembly|notes|"
    r"group)\b",
    re.I,
)
_STRONG = re.compile(
    r"^\W*(?:venue|facilitat\w+|attendance|attendees|present|audience|scribe|note[- ]?taker|date|in attendance)\b",
    re.I,
)
_PROSE_COUNT = re.compile(
    r"(?:(?:around|about|approximately|over|nearly|some|up to|more than)\s+)?\d{1,5}\s+(?:\w+\s){0,2}?(?:people|"
    r"residents|staff|members|"
    r"participants|attendees|councillors|stakeholders|representatives|young people)\s+(?:attended|took part|were "
    r"present|participated|came|joined)",
    re.I,
)  # fmt: skip
_PERSON = re.compile(
    r"^(?:(?:cllr|councillor|mr|mrs|ms|miss|mx|dr|prof|rev)\.?\s+)?[A-ZÀ-Þ][\w’'.-]*(?:\s+[A-ZÀ-Þ][\w’'.-]*){1,3}(?:\s*[,(–-].*)?$"
)


@dataclass
class Told:
    """What the document says of its events: fields by path of headings, the parts that only say so, and the names."""

    fields: dict[tuple[str, ...], dict[str, str]] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)  # indexes of parts that are about the event and nothing else
    prose: set[int] = field(default_factory=set)  # sentences about the event: the note-taker's own words
    names: dict[int, tuple[str, ...]] = field(default_factory=dict)  # parts that list people

    def add(self, path: tuple[str, ...], name: str, value: str) -> None:
        self.fields.setdefault(path, {}).setdefault(name, value)

    def about(self, path: tuple[str, ...]) -> tuple[tuple[str, ...], dict[str, str]]:
        """(the innermost heading that tells of an event, all that is told of it)."""
        scope: tuple[str, ...] = ()
        merged: dict[str, str] = {}
        for depth in range(len(path) + 1):
            if told := self.fields.get(path[:depth]):
                merged |= told
                scope = path[:depth]
        return scope, merged


def told(placed: Sequence[Placed]) -> Told:
    """Everything that the front matter says about events."""
    out = Told()
    _titles(placed, out)
    for number, front in enumerate(_fronts(placed)):
        _front(placed, front, out)
        if number == 0:
            _introduction(placed, front, out)
    _attendees(placed, out)
    _widen(placed, out)
    return out


def _introduction(placed: Sequence[Placed], front: list[int], out: Told) -> None:
    """Prose under the title of notes that go on with headings is the note-taker's own, not the group's."""
    last = front[-1]
    headed = any(each.heading and not each.part.table for each in placed[last + 1 :])
    above = any(each.heading for each in placed[: front[0]])
    rest = [at for at in front if at not in out.used]
    if headed and above and all(placed[at].part.kind == PARAGRAPH and not placed[at].part.table for at in rest):
        out.prose.update(rest)


def _widen(placed: Sequence[Placed], out: Told) -> None:
    """What is told under the first heading, and under no other, holds for the whole document."""
    first = next((each.path for each in placed if each.heading and not each.part.table), None)
    if first and set(out.fields) == {first}:
        out.fields = {(): out.fields[first]}


def _titles(placed: Sequence[Placed], out: Told) -> None:
    """Dates in headings. A heading that is only a date and heads nothing speaks for what is around it."""
    used = {each.path for each in placed if not each.heading and not each.part.empty and each.part.mark is None}
    titles = 0
    for each in placed:
        if not each.heading or each.part.table:
            continue
        titles += 1
        found = date(each.part.text)
        if not found:
            continue
        heads = any(path[: len(each.path)] == each.path for path in used)
        alone = len(words(re.sub(r"\d|st\b|nd\b|rd\b|th\b", "", each.part.text))) <= 3
        if alone or _EVENT_WORD.search(each.part.text) or titles == 1:
            out.add(each.path if heads and titles > 1 else each.path[:-1] if not heads else each.path, "date", found)


def _fronts(placed: Sequence[Placed]) -> Iterator[list[int]]:
    """Runs of parts between a heading (or the start) and the first part that is no front matter."""
    run: list[int] = []
    open_front = True
    for at, each in enumerate(placed):
        if each.part.empty or each.part.mark is not None or each.part.story not in ("body", "header"):
            continue
        if each.heading and not each.part.table:
            if run:
                yield run
            run, open_front = [], True
        elif open_front:
            if len(run) > 30 or (len(words(each.part.text)) > 60):
                open_front = False
                continue
            run.append(at)
    if run:
        yield run


def _front(placed: Sequence[Placed], run: list[int], out: Told) -> None:
    """The labelled lines at the start of a run, as long as they go on; then prose that tells of the event."""
    found = list(_labelled(placed, run))
    strong = any(
        (name == "date" and date(value)) or (name == "participants" and counted(value))
        or _STRONG.match(placed[indexes[0]].part.text) for indexes, name, value in found
    )  # fmt: skip
    items = bool(found) and all(placed[indexes[0]].part.kind == ITEM for indexes, _, _ in found)
    if not strong or (items and len(found) < 2):
        _prose(placed, run, out)
        return
    path = _scope(placed[run[0]])
    for indexes, name, value in found:
        out.used.update(indexes)
        _tell(out, path, indexes[-1], name, value)
    _prose(placed, run[sum(len(indexes) for indexes, _, _ in found) :], out)


def _labelled(placed: Sequence[Placed], run: list[int]) -> Iterator[tuple[list[int], str, str]]:
    """(parts, field, value) of each line, or row of a table, at the start of a run that tells of the event."""
    at = 0
    while at < len(run):
        indexes = _pair(placed, run, at) or [run[at]]
        told = [placed[index].part.text.strip() for index in indexes]
        says = about_event(told[0] if len(told) == 1 else f"{told[0].strip(' :*_')}: {told[1]}")
        if says is None:
            if at or not _title_goes_on(placed, run):
                return
            says = ("other", told[0])
        yield indexes, *says
        at += len(indexes)


def _title_goes_on(placed: Sequence[Placed], run: list[int]) -> bool:
    """Whether the first line below the title is a second line of it: what follows tells of the event."""
    first = placed[run[0]]
    after = next((placed[at] for at in run[1:2]), None)
    return (
        len(first.path) <= 1 and first.part.kind == PARAGRAPH and first.part.table is None
        and len(words(first.part.text)) <= 12 and after is not None and about_event(after.part.text) is not None
    )  # fmt: skip


def _tell(out: Told, path: tuple[str, ...], at: int, name: str, value: str) -> None:
    if name == "participants" and value and not counted(value):
        out.names[at] = _people(value)
        out.add(path, name, f"{len(_people(value))} listed by name")
    elif name == "date" and value:
        out.add(path, name, date(value) or value)
        if place := place_beside_date(value):
            out.add(path, "place", place)
    elif name in FIELDS and value:
        out.add(path, name, value)


def _scope(each: Placed) -> tuple[str, ...]:
    """The headings above a part, without those of its own table."""
    return each.path if not each.part.table else each.path[: max(0, len(each.path) - 2)] if len(each.path) > 1 else ()


def _pair(placed: Sequence[Placed], run: list[int], at: int) -> list[int] | None:
    """Two cells of one row of a table: a label and its value."""
    if at + 1 >= len(run):
        return None
    first, second = placed[run[at]].part, placed[run[at + 1]].part
    if first.table and first.table == second.table and first.row == second.row and first.column != second.column:
        return [run[at], run[at + 1]]
    return None


def _prose(placed: Sequence[Placed], run: list[int], out: Told) -> None:
    """Sentences before the first point that say when the event was and how many came."""
    for at in run:
        each = placed[at]
        if each.part.kind == ITEM or each.part.table:
            return
        text = each.part.text
        attended = _PROSE_COUNT.search(text)
        when = date(text) if _EVENT_WORD.search(text) else None
        if not attended and not when:
            return
        out.prose.add(at)
        if when:
            out.add(each.path, "date", when)
        if attended:
            out.add(
                each.path,
                "participants",
                re.sub(
                    r"\s+(?:attended|took part|were present|participated|came|joined)$", "", attended[0], flags=re.I
                ),
            )


def _attendees(placed: Sequence[Placed], out: Told) -> None:
    """Lists of people under a heading such as “Present”: they are identity, and their number is the attendance."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for at, each in enumerate(placed):
        if (
            each.path
            and not each.heading
            and not each.part.empty
            and each.part.mark is None
            and _ATTENDEES.match(each.path[-1])
        ):
            groups.setdefault(each.path, []).append(at)
    for path, members in groups.items():
        people = [at for at in members if _PERSON.match(placed[at].part.text.strip())]
        if len(people) < 0.6 * len(members):
            continue
        for at in members:
            if at in people:
                out.names[at] = (placed[at].part.text.strip(),)
            out.used.add(at)
        if not path[-1].casefold().startswith(("apolog", "facilit")):
            out.add(path[:-1], "participants", f"{len(people)} listed by name")


def _people(value: str) -> tuple[str, ...]:
    return tuple(name for part in re.split(r"[,;\n]|\band\b|&", value) if (name := part.strip(" .*")))


def settled(told: Mapping[str, str], set_by_officer: Mapping[str, str]) -> dict[str, str | None]:
    """The fields of an event; what the officer wrote in the mapping goes before what the document says."""
    return {name: set_by_officer.get(name) or told.get(name) for name in FIELDS}
