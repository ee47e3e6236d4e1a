"""The redraft accountant: who asked for each changed word, across split, merge and move.

The rules run from the surest to the weakest, and the first that fits a word settles it: it only changed its form
or its place within the run · the body owns it ·
somebody asked for that word, or objected to it · it came from, or went to, an element that the lineage names · it
stands in place of words that somebody objected to · the points behind the change as a whole · nobody is on record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

import pandas as pd

from consultation import framework, tables
from consultation.model import Lineage, Point, Proposal
from consultation.statements import phrases_of
from consultation.text import words
from consultation.wording.points import by_point, ordered
from consultation.wording.proposals.kinds import FUNCTION_WORDS, Run, content, runs
from consultation.wording.stems import stem

BASES: Final = {
    "kept": "the same word in another form or place",
    "own": "the body's own words",
    "asked": "asked for in these words",
    "objected": "objected to",
    "in_place": "in place of words objected to",
    "moved_from": "from another part of the draft",
    "moved_to": "now in another part",
    "change": "asked for as a change to the whole",
    "none": "nobody is on record as asking for it",
}
OBJECTING: Final = frozenset({"object", "replace", "remove"})
_TOKEN: Final = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True, kw_only=True)
class Attributed:
    """Changed words with one origin. `operation` is gone or new, `basis` a key of `BASES`; `points` asked for it,
    `element` is where it came from or went to."""

    operation: str
    text: str
    basis: str
    points: tuple[str, ...] = ()
    element: str | None = None


@dataclass(frozen=True, kw_only=True)
class Origins:
    """What may account for the changes of one element: the open points about it, those behind the whole change, the
    body's own words, and, by element of its lineage, the stems that were lost or gained there."""

    points: Sequence[Point] = ()
    behind: Sequence[str] = ()
    own_words: Sequence[str] = ()
    lost: Mapping[str, frozenset[str]] = field(default_factory=dict)
    gained: Mapping[str, frozenset[str]] = field(default_factory=dict)


def attributions(
    elements: pd.DataFrame,
    lineage: pd.DataFrame,
    proposals: pd.DataFrame,
    points: pd.DataFrame,
    point_elements: pd.DataFrame,
    versions: Sequence[str] = ("draft", "revised"),
) -> dict[str, list[Attributed]]:
    """The attributed changes of each element that has a wording in both versions, in the order of the document."""
    before = _wordings(elements, versions[0])
    after = _wordings(elements, versions[-1])
    about = by_point(point_elements, "element")
    asked = ordered(points)
    kin = _kin(tables.rows("lineage", lineage))
    told: dict[str, list[Attributed]] = {}
    rows: list[Proposal] = tables.rows("proposals", proposals)
    proposed = {row.element: row for row in rows}
    for code, new in after.items():
        if code not in before:
            continue
        near = {code, *kin.get(code, ())}
        proposal = proposed.get(code)
        told[code] = attribute(
            before[code],
            new,
            Origins(
                points=[point for point in asked if near & set(about.get(point.point_id, ()))],
                behind=proposal.points if proposal else (),
                own_words=proposal.own_words if proposal else (),
                lost={other: _only(before.get(other), after.get(other)) for other in sorted(near - {code})},
                gained={other: _only(after.get(other), before.get(other)) for other in sorted(near - {code})},
            ),
        )
    return told


def attribute(old: str, new: str, origins: Origins) -> list[Attributed]:
    """Every changed word once, in the order of the wording, grouped by origin.

    Joining the texts of the `new` parts spells the words that came, of the `gone` parts the words that went.

    >>> point = Point(point_id="t-1", theme=None, stance="object", statement="", phrase="high quality", kind="object")
    >>> [(part.text, part.basis) for part in attribute("a high life", "a good life", Origins(points=[point]))]
    [('high ', 'objected'), ('good ', 'in_place')]
    """
    told: list[Attributed] = []
    for run in runs(old, new):
        told.extend(_of_text("gone", run.gone, run, origins))
        told.extend(_of_text("new", run.new, run, origins))
    return told


def _of_text(operation: str, text: str, run: Run, origins: Origins) -> Iterator[Attributed]:
    tokens = _TOKEN.findall(text)
    settled = _joined([_of_token(operation, token, run, origins) for token in tokens], operation, run, origins)
    for basis, group in groupby(zip(settled, tokens, strict=True), key=lambda pair: pair[0]):
        yield Attributed(
            operation=operation,
            text="".join(token for _, token in group),
            basis=basis[0],
            points=basis[1],
            element=basis[2],
        )


_Basis = tuple[str, tuple[str, ...], str | None]


def _of_token(operation: str, token: str, run: Run, origins: Origins) -> _Basis | None:
    """The origin of one word; None for a joining word, which goes with its neighbours."""
    stems = {stem(word) for word in words(token) if word.casefold() not in FUNCTION_WORDS}
    if not stems:
        return None
    if stems <= set(content(run.new if operation == "gone" else run.gone)):
        return "kept", (), None
    if operation == "gone":
        objecting = [point for point in origins.points if _objects(point) and stems & _stems(point)]
        if objecting:
            return "objected", _ids(objecting), None
        return _moved("moved_to", stems, origins.gained) or _whole(origins)
    if any(stems & set(content(own)) for own in origins.own_words):
        return "own", (), None
    asking = [point for point in origins.points if stems & set(content(point.replacement or ""))]
    if asking:
        return "asked", _ids(asking), None
    return _moved("moved_from", stems, origins.lost) or _in_place(run, origins) or _whole(origins)


def _in_place(run: Run, origins: Origins) -> _Basis | None:
    gone = set(content(run.gone))
    found = [point for point in origins.points if _objects(point) and gone & _stems(point)]
    return ("in_place", _ids(found), None) if found else None


def _moved(basis: str, stems: set[str], elsewhere: Mapping[str, frozenset[str]]) -> _Basis | None:
    code = next((code for code, held in elsewhere.items() if stems & held), None)
    return (basis, (), code) if code else None


def _whole(origins: Origins) -> _Basis:
    return ("change", tuple(origins.behind), None) if origins.behind else ("none", (), None)


def _joined(found: Sequence[_Basis | None], operation: str, run: Run, origins: Origins) -> list[_Basis]:
    """Joining words take the origin of the next word that has one, else of the last, else of the whole run."""
    settled = list(found)
    for number in range(len(settled) - 2, -1, -1):
        settled[number] = settled[number] or settled[number + 1]
    last = _in_place(run, origins) if operation == "new" else None
    told: list[_Basis] = []
    for basis in settled:
        last = basis or last or _whole(origins)
        told.append(last)
    return told


def _objects(point: Point) -> bool:
    return bool(point.phrase) and (point.kind in OBJECTING or (point.kind is None and point.stance != "support"))


def _stems(point: Point) -> set[str]:
    return {stem for phrase in phrases_of(point) for stem in content(phrase)}


def _ids(points: Iterable[Point]) -> tuple[str, ...]:
    return tuple(point.point_id for point in points)


def _only(one: str | None, other: str | None) -> frozenset[str]:
    return frozenset(content(one or "")) - frozenset(content(other or ""))


def _wordings(elements: pd.DataFrame, version: str) -> dict[str, str]:
    table = framework.in_version(elements, version).dropna(subset=["wording"])
    return {str(code): str(text) for code, text in zip(table["code"], table["wording"], strict=True)}


def _kin(rows: Iterable[Lineage]) -> dict[str, set[str]]:
    """The elements that each came of or went into."""
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row.to_code, set()).add(row.from_code)
        found.setdefault(row.from_code, set()).add(row.to_code)
    return found
