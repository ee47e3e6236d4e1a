"""From everything that matched to one finding for each piece of the draft: the strongest thing asked of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from consultation.wording.miner.draft import Place

_PHRASE: Final = 5  # words up to which more of them say more exactly what is meant
RANK: Final = {"replace": 6, "remove": 5, "keep": 4, "object": 3, "question": 2, "add": 1}


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A possible finding. `place` is where the draft says the words; None for an addition or words not held."""

    element: str | None
    place: Place | None
    phrase: str
    start: int
    end: int
    kind: str
    match: str
    new: tuple[int, int] | None
    score: float
    why: str


def settle(candidates: Iterable[Candidate], least: float) -> list[Candidate]:
    """The candidates that remain, by place in the comment: of those about the same words the strongest request."""
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=_standing):
        if candidate.score >= least and not any(_same(candidate, other) for other in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda found: (found.start, found.end, found.kind))


def _standing(candidate: Candidate) -> tuple[float, int, float, int, int, str]:
    width = candidate.place.last - candidate.place.first if candidate.place else 0
    wide = width if candidate.kind == "object" and width < _PHRASE else 0  # "agile estate" before "estate"
    asked = RANK[candidate.kind] + (0.5 if candidate.new and candidate.kind == "replace" else 0.0)
    return -asked, -wide, -candidate.score, candidate.start, candidate.end, candidate.why


def _same(one: Candidate, other: Candidate) -> bool:
    """Whether two say something about the same words of the draft, or with the same words of the comment."""
    if _over((one.start, one.end), (other.start, other.end)):
        return True
    if other.new and _over((one.start, one.end), other.new):
        return True
    if one.place and other.place and one.place.passage == other.place.passage:
        return one.place.first <= other.place.last and other.place.first <= one.place.last
    if one.place is None and other.place is None and one.kind != "add":
        return bool(one.phrase) and one.phrase.casefold() == other.phrase.casefold()
    return False


def _over(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def overlapping(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether any of the spans shares a character with this one."""
    return any(_over(span, (start, end)) for span in spans)
