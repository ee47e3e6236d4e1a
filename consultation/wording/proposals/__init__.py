"""Proposals: for each element, what it was, what it shall be, the kinds of change and the points behind it.

There is one proposal an element, changed or not, because every element gets a line in the report. Wordings come
from the framework and the ledger; kinds are suggested until a person confirms them.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from consultation import history, tables
from consultation.model import Element, LedgerEvent, Lineage, Point, Proposal
from consultation.text import fingerprint, tidy
from consultation.wording.points import by_point, ordered
from consultation.wording.proposals.kinds import suggest

ASKS: Final = frozenset({"object", "suggest", "mixed", "conditional"})  # stances that may lie behind a change
_FIELDS: Final = ("change_kinds", "points", "own_words")


def proposal_id(element: str) -> str:
    return "x-" + fingerprint("proposal", element)


def propose(
    elements: pd.DataFrame,
    lineage: pd.DataFrame,
    points: pd.DataFrame,
    point_elements: pd.DataFrame,
    events: Sequence[LedgerEvent],
    versions: Sequence[str] = ("draft", "revised"),
) -> pd.DataFrame:
    """The table `proposals`, one row an element of the draft or of the revised version.

    `old` and `new` are the wordings held, missing where none is; `points` are the open points that ask for something
    about the element or about one that its lineage names. What people confirmed in the ledger wins, field by field,
    and makes the origin "person". An element that only the ledger names (a new one without a wording yet) has a row.
    """
    sides = _sides(elements, versions)
    rows: list[Lineage] = tables.rows("lineage", lineage)
    asked = _asked(points, point_elements)
    told = {
        code: Proposal(
            proposal_id=proposal_id(code),
            element=code,
            change_kinds=_suggested(side, rows, bool(elements["version"].eq(versions[-1]).any())),
            old=side.old,
            new=side.new,
            points=_behind(code, rows, asked) if side.new is None or side.old != side.new else (),
        )
        for code, side in sides.items()
    }
    for (code,), event in history.latest(history.active(events, "proposal"), "element").items():
        known = told.get(str(code)) or _unwritten(str(code), rows, asked)
        told[str(code)] = _confirmed(known, event.payload)
    return tables.frame("proposals", told.values())


@dataclass(frozen=True, kw_only=True)
class _Side:
    code: str
    kind: str
    in_draft: bool
    old: str | None
    new: str | None


def _sides(elements: pd.DataFrame, versions: Sequence[str]) -> dict[str, _Side]:
    """The first and the last wording of each element, in the order of the document."""
    rows: list[Element] = tables.rows("elements", elements)
    draft = {row.code: row for row in rows if row.version == versions[0]}
    final = {row.code: row for row in rows if row.version == versions[-1]}
    return {
        code: _Side(
            code=code,
            kind=(final.get(code) or draft[code]).kind,
            in_draft=code in draft,
            old=draft[code].wording if code in draft else None,
            new=final[code].wording if code in final else None,
        )
        for code in dict.fromkeys([*draft, *final])
    }


def _suggested(side: _Side, lineage: Iterable[Lineage], revised: bool) -> tuple[str, ...]:
    """Nothing is suggested of an element without a new wording, unless its lineage says where it went."""
    rows = list(lineage)
    return suggest(
        side.old,
        side.new,
        kind=side.kind,
        in_draft=side.in_draft,
        came_by=[row.change_kind for row in rows if row.to_code == side.code],
        went_by=[row.change_kind for row in rows if row.from_code == side.code] if revised else [],
    )


def _asked(points: pd.DataFrame, point_elements: pd.DataFrame) -> dict[str, list[Point]]:
    about = by_point(point_elements, "element")
    found: dict[str, list[Point]] = defaultdict(list)
    for point in ordered(points):
        if point.stance in ASKS or point.replacement:
            for code in about.get(point.point_id, ()):
                found[code].append(point)
    return found


def _behind(code: str, lineage: Iterable[Lineage], asked: Mapping[str, list[Point]]) -> tuple[str, ...]:
    kin = [row.from_code for row in lineage if row.to_code == code]
    return tuple(dict.fromkeys(point.point_id for near in (code, *kin) for point in asked.get(near, ())))


def _unwritten(code: str, lineage: Iterable[Lineage], asked: Mapping[str, list[Point]]) -> Proposal:
    """An element that is decided on before anybody wrote its words."""
    behind = _behind(code, lineage, asked)
    return Proposal(proposal_id=proposal_id(code), element=code, change_kinds=(), old=None, new=None, points=behind)


def _confirmed(proposal: Proposal, payload: Mapping[str, Any]) -> Proposal:
    fields: dict[str, Any] = {name: tuple(payload[name]) for name in _FIELDS if payload.get(name) is not None}
    return dataclasses.replace(proposal, origin="person", **fields)


# --- what was asked of each element's words -------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Request:
    """A change that was asked for: the draft's phrase, what to put there (None: take it out or think again), who asked.

    `rivals` counts the other replacements asked for the same phrase. Counts are None where they are not stated.
    """

    element: str
    phrase: str | None
    replacement: str | None
    points: tuple[str, ...]
    n_responses: int | None
    groups: tuple[str, ...]
    rivals: int


def requests(points: pd.DataFrame, point_elements: pd.DataFrame) -> dict[str, list[Request]]:
    """What was asked of the words of each element: phrases in reading order, rivals for one phrase side by side,
    those whom most responses asked for first."""
    found: dict[tuple[str, str, str], list[Point]] = {}
    asked = _asked(points, point_elements)
    for code, here in asked.items():
        for point in here:
            if point.phrase or point.replacement:
                found.setdefault((code, tidy(point.phrase or ""), tidy(point.replacement or "")), []).append(point)
    told: dict[str, list[Request]] = defaultdict(list)
    for (code, phrase, replacement), group in found.items():
        rivals = {other[2] for other in found if other[:2] == (code, phrase) and other[2]} - {replacement}
        told[code].append(_request(code, group, len(rivals) if phrase else 0))
    return {code: _side_by_side(rows) for code, rows in told.items()}


def _request(code: str, group: Sequence[Point], rivals: int) -> Request:
    counts = [point.n_responses for point in group if point.n_responses is not None]
    return Request(
        element=code,
        phrase=group[0].phrase,
        replacement=group[0].replacement,
        points=tuple(point.point_id for point in group),
        n_responses=max(counts) if counts else None,  # one response may stand behind several points: never a sum
        groups=tuple(sorted({name for point in group for name in point.groups})),
        rivals=rivals,
    )


def _side_by_side(rows: Sequence[Request]) -> list[Request]:
    first = {tidy(row.phrase or ""): number for number, row in reversed(list(enumerate(rows)))}
    return sorted(rows, key=lambda row: (first[tidy(row.phrase or "")], -(row.n_responses or 0), row.replacement or ""))
