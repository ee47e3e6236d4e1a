"""Points that cannot both be followed: rival words for one phrase, keep against change, and views that pull apart.

Themes pull apart where the codebook says so (`opposes`), or where their names say the same word with too much and
too little ("too long", "longer").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import combinations, islice
from typing import Final

from consultation.model import Point, Theme
from consultation.text import tidy, words
from consultation.wording.stems import stem

_TOO_MUCH: Final = frozenset({"too", "overly", "excessively", "less", "fewer"})
_TOO_LITTLE: Final = frozenset({"more", "enough", "insufficiently", "under"})
_AGAINST: Final = frozenset({"object", "replace", "remove"})
LISTED: Final = 100


@dataclass(frozen=True, kw_only=True)
class _View:
    """All of a point that tells what it conflicts with, tidied once; points of one view have the same conflicts."""

    phrase: str = ""
    replacement: str = ""
    kind: str | None = None
    theme: str | None
    stance: str | None


_Here = dict[str, dict[_View, list[str]]]  # of one element: phrase, view, its points


def conflicts(
    points: Sequence[Point], elements: Mapping[str, Sequence[str]], themes: Sequence[Theme]
) -> dict[str, tuple[str, ...]]:
    """For each open point, the ids of the points about the same element that it cannot be followed along with.

    Points about no element are compared with each other. A point lists at most `LISTED`: where more conflict with it
    (hundreds of words offered for one phrase), those of the views that were voiced most often. It may then be listed
    by a point that it does not list itself.
    """
    opposed = _opposed(themes)
    voiced = sorted((point for point in points if point.status == "open"), key=_how_often)
    place = {point.point_id: number for number, point in enumerate(voiced)}
    found: dict[str, set[str]] = defaultdict(set)
    for here in _by_element(voiced, elements).values():
        for view, ids in ((view, ids) for views in here.values() for view, ids in views.items()):
            if others := list(islice(_against(view, here, opposed), LISTED)):
                for point_id in ids:
                    found[point_id].update(others)
    return {
        point_id: tuple(sorted(nsmallest(LISTED, others - {point_id}, key=place.__getitem__)))
        for point_id, others in found.items()
    }


def _how_often(point: Point) -> tuple[int, int, str]:
    return (-(point.n_responses or 0) - (point.n_events or 0), -(point.n_comments or 0), point.point_id)


def _by_element(points: Sequence[Point], elements: Mapping[str, Sequence[str]]) -> dict[str | None, _Here]:
    found: dict[str | None, _Here] = {}
    for point in points:
        view = _view(point)
        for code in dict.fromkeys(elements.get(point.point_id) or (None,)):
            found.setdefault(code, {}).setdefault(view.phrase, {}).setdefault(view, []).append(point.point_id)
    return found


def _view(point: Point) -> _View:
    phrase = tidy(point.phrase or "")
    if not phrase:
        return _View(theme=point.theme, stance=point.stance)
    return _View(
        phrase=phrase, replacement=tidy(point.replacement or ""), kind=point.kind, theme=point.theme,
        stance=point.stance,
    )  # fmt: skip


def _against(view: _View, here: _Here, opposed: set[frozenset[str]]) -> Iterator[str]:
    """The points of one element that conflict with a view: only those of its phrase and of none can."""
    for phrase in ("", view.phrase) if view.phrase else here:
        for other, ids in here.get(phrase, {}).items():
            if _rival(view, other) or _opposite(view, other, opposed):
                yield from ids


def _rival(one: _View, other: _View) -> bool:
    """Both speak of one phrase: with different words to put in its place, or one to keep it and one not."""
    if not one.phrase or one.phrase != other.phrase:
        return False
    if one.replacement and other.replacement:
        return one.replacement != other.replacement
    return (one.kind == "keep" and other.kind in _AGAINST) or (other.kind == "keep" and one.kind in _AGAINST)


def _opposite(one: _View, other: _View, opposed: set[frozenset[str]]) -> bool:
    if one.theme and other.theme and frozenset((one.theme, other.theme)) in opposed:
        return True
    return one.theme == other.theme and {one.stance, other.stance} == {"support", "object"}


def _opposed(themes: Sequence[Theme]) -> set[frozenset[str]]:
    declared = {frozenset((theme.code, code)) for theme in themes for code in theme.opposes}
    named = {
        frozenset((one.code, other.code))
        for one, other in combinations(themes, 2)
        if _degree(one) * _degree(other) < 0 and _about(one) & _about(other)
    }
    return declared | named


def _degree(theme: Theme) -> int:
    told = {word.casefold() for word in words(theme.name)}
    return bool(told & _TOO_MUCH) - bool(told & _TOO_LITTLE)


def _about(theme: Theme) -> set[str]:
    return {stem(word) for word in words(theme.name) if len(word) > 3} - _TOO_MUCH - _TOO_LITTLE
