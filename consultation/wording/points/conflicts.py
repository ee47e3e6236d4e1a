"""Points that cannot both be followed: rival words for one phrase, keep against change, and views that pull apart.

Themes pull apart where the codebook says so (`opposes`), or where their names say the same word with too much and
too little ("too long", "longer").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from consultation.model import Point, Theme
from consultation.text import tidy, words
from consultation.wording.stems import stem

_TOO_MUCH: Final = frozenset({"too", "overly", "excessively", "less", "fewer"})
_TOO_LITTLE: Final = frozenset({"more", "enough", "insufficiently", "under"})
_AGAINST: Final = frozenset({"object", "replace", "remove"})


def conflicts(
    points: Sequence[Point], elements: Mapping[str, Sequence[str]], themes: Sequence[Theme]
) -> dict[str, tuple[str, ...]]:
    """For each open point, the ids of the points about the same element that it cannot be followed along with."""
    opposed = _opposed(themes)
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in _neighbours(points, elements):
        if _rival(one, other) or _opposite(one, other, opposed):
            found[one.point_id].add(other.point_id)
            found[other.point_id].add(one.point_id)
    return {point_id: tuple(sorted(others)) for point_id, others in found.items()}


def _neighbours(points: Sequence[Point], elements: Mapping[str, Sequence[str]]) -> Iterator[tuple[Point, Point]]:
    """Pairs of open points that share an element, each pair once; points about no element are neighbours too."""
    by_element: dict[str | None, list[Point]] = defaultdict(list)
    for point in points:
        if point.status == "open":
            for code in elements.get(point.point_id) or (None,):
                by_element[code].append(point)
    seen: set[tuple[str, str]] = set()
    for here in by_element.values():
        for one, other in combinations(here, 2):
            pair = (one.point_id, other.point_id)
            if pair not in seen:
                seen.add(pair)
                yield one, other


def _rival(one: Point, other: Point) -> bool:
    """Both speak of one phrase: with different words to put in its place, or one to keep it and one not."""
    if not one.phrase or not other.phrase or tidy(one.phrase) != tidy(other.phrase):
        return False
    if one.replacement and other.replacement:
        return tidy(one.replacement) != tidy(other.replacement)
    return (one.kind == "keep" and other.kind in _AGAINST) or (other.kind == "keep" and one.kind in _AGAINST)


def _opposite(one: Point, other: Point, opposed: set[frozenset[str]]) -> bool:
    if one.phrase and other.phrase and tidy(one.phrase) != tidy(other.phrase):
        return False
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
