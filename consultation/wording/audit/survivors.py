"""Words that somebody spoke against and that still stand in the revised text, in any form.

One word of which people may have meant the thing is looked for only where it was spoken against.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from consultation.model import Element, Point
from consultation.statements import phrases_of
from consultation.text import stem, tidy, words
from consultation.wording.audit.facts import Facts, objecting
from consultation.wording.audit.findings import Finding, cell, short
from consultation.wording.audit.matching import Match, key, matches
from consultation.wording.miner.draft import FUNCTION_WORDS
from consultation.wording.miner.lexicon import EVERYDAY_STEMS

_PLAIN: Final = 0.6  # score of a finding from which on a word is plainly meant as a word


@dataclass(frozen=True, kw_only=True)
class Survivor:
    """`found` is how the phrase stands in `element` now (`form`: exact, inflected, derived); `objected_in` are the
    elements that it was spoken against in. `severity` is one of `findings.SEVERITIES`."""

    phrase: str
    element: str
    found: str
    form: str
    objected_in: tuple[str, ...]
    points: tuple[str, ...]
    reason_stated: bool
    severity: str


@dataclass(frozen=True, kw_only=True)
class _Objection:
    phrase: str
    points: Sequence[Point]
    elements: frozenset[str]
    everywhere: bool


def survivors(facts: Facts) -> list[Survivor]:
    """Every phrase spoken against that the revised text still says, the gravest first, then in document order.

    One word is followed into other elements where somebody quoted it or plainly objected to it as a word, or a person
    put it down. Words that stand inside a replacement that was asked for ("quality of life" in "good quality of
    life") do not count. A reason that was stated for this element is told in `reason_stated`; where none was: serious,
    if it is the same element or a phrase of several words; to settle, if one word stands elsewhere; to look at, if
    that is another form of the word, which may have another sense.
    """
    found = [
        survivor
        for objection in _objections(facts)
        for element in facts.revised.values()
        if element.wording and (survivor := _in_element(facts, objection, element))
    ]
    rank = {"serious": 0, "to settle": 1, "to look at": 2}
    return sorted(found, key=lambda one: (one.reason_stated, rank[one.severity]))


def _objections(facts: Facts) -> Iterator[_Objection]:
    """Phrases spoken against, once each, with all who did; the same swap in fewer words is part of the longer."""
    grouped: dict[tuple[str, ...], list[tuple[str, Point]]] = {}
    points = [point for point in facts.points if objecting(point)]
    swaps: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        for code in facts.about.get(point.point_id, ()):
            swaps[code].append(point)
    for point in points:
        here = (other for code in facts.about.get(point.point_id, ()) for other in swaps[code])
        if any(_is_part_of(point, other) for other in here):
            continue
        for phrase in phrases_of(point):
            grouped.setdefault(key(phrase), []).append((phrase, point))
    mined, meant = _mined(facts)
    for said, told in grouped.items():
        who = [point for _, point in told]
        codes = frozenset(code for point in who for code in facts.about.get(point.point_id, ()))
        telling = [word for word in words(told[0][0]) if word.casefold() not in FUNCTION_WORDS]
        everywhere = len(telling) > 1 or said not in mined or said in meant
        yield _Objection(phrase=told[0][0], points=who, elements=codes, everywhere=everywhere)


def _mined(facts: Facts) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """What was found in the comments by rule; and that of it which was quoted, or is no everyday word and plainly
    objected to."""
    found = facts.tables.get("phrases")
    if found is None or found.empty:
        return set(), set()
    against = found[found["kind"].isin(["object", "replace", "remove"]) & (found["status"] != "rejected")]
    quoted = set(against.loc[against["match"] == "quoted", "phrase"])
    plain = {
        phrase
        for phrase in set(against.loc[against["score"] >= _PLAIN, "phrase"]) - quoted
        if EVERYDAY_STEMS.isdisjoint(map(stem, words(phrase)))
    }
    return {key(phrase) for phrase in set(against["phrase"])}, {key(phrase) for phrase in quoted | plain}


def _is_part_of(point: Point, other: Point) -> bool:
    """In one element, "high" for "good" is the same request as "high quality of life" for "good quality of life"."""
    if not (point.phrase and point.replacement and other.phrase and other.replacement) or point is other:
        return False
    longer, short_one, instead = tidy(other.phrase), tidy(point.phrase), tidy(point.replacement)
    return len(longer) > len(short_one) and longer.replace(short_one, instead) == tidy(other.replacement)


def _in_element(facts: Facts, objection: _Objection, element: Element) -> Survivor | None:
    text = element.wording or ""
    here = element.code in objection.elements
    if not (here or objection.everywhere):
        return None
    found = matches(objection.phrase, text, derived=True)
    if found:
        instead = {point.replacement for point in objection.points if point.replacement}
        covered = [match for words in instead for match in matches(words, text)]
        found = [match for match in found if not _inside(match, covered)]
    if not found:
        return None
    own = [point for point in objection.points if element.code in facts.about.get(point.point_id, ())]
    return Survivor(
        phrase=objection.phrase,
        element=element.code,
        found=text[found[0].start : found[0].end],
        form=found[0].form,
        objected_in=tuple(sorted(objection.elements)),
        points=tuple(point.point_id for point in objection.points),
        reason_stated=any(facts.reason_stated(point) for point in own),
        severity=_severity(objection.phrase, found[0].form, here),
    )


def _inside(match: Match, others: Sequence[Match]) -> bool:
    return any(other.start <= match.start and match.end <= other.end for other in others)


def _severity(phrase: str, form: str, same_element: bool) -> str:
    if form == "derived":
        return "to settle" if same_element else "to look at"
    if same_element or len(key(phrase)) > 1:
        return "serious"
    return "to settle" if form == "exact" else "to look at"


def check(facts: Facts) -> Iterator[Finding]:
    """Survivors without a stated reason."""
    for one in survivors(facts):
        if one.reason_stated:
            continue
        as_found = "" if one.form == "exact" else f" (as “{one.found}”)"
        where = short(one.objected_in) or "the document as a whole"
        yield Finding(
            kind="survivor",
            severity=one.severity,
            subject=one.element,
            evidence=one.points,
            what=f"“{one.phrase}” was spoken against in {where}; it stands in {one.element} now{as_found}, and no "
            "reason is stated.",
            settle=cell("Changes", one.element, "New wording") + f"; or state the reason: sheet “Points”, row "
            f"{one.points[0]}, column “Reason”",
        )
