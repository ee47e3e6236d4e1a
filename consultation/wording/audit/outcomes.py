"""What became of each phrase that somebody spoke against: replaced, removed, retained, moved, or nothing stated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from consultation.model import Point
from consultation.statements import phrases_of
from consultation.wording.audit.facts import Facts, objecting
from consultation.wording.audit.matching import key, matches, says
from consultation.wording.proposals.kinds import content, runs
from consultation.wording.stems import stem


@dataclass(frozen=True, kw_only=True)
class PhraseOutcome:
    """`outcome` is replaced, removed, retained, moved or none (no wording or decision tells). `replacement` is what
    stands there now, as asked for or as the revised wording shows; `points` spoke of the phrase."""

    element: str | None
    phrase: str
    outcome: str
    replacement: str | None
    points: tuple[str, ...]
    reason_stated: bool


def outcomes(facts: Facts) -> list[PhraseOutcome]:
    """One row for each phrase and element that it was spoken against in, in reading order."""
    grouped: dict[tuple[str | None, tuple[str, ...]], list[tuple[str, Point]]] = {}
    for element, phrase, point in _objections(facts):
        grouped.setdefault((element, key(phrase)), []).append((phrase, point))
    return [_outcome(facts, element, found) for (element, _), found in grouped.items()]


def _objections(facts: Facts) -> Iterator[tuple[str | None, str, Point]]:
    for point in facts.points:
        if objecting(point):
            for element in facts.about.get(point.point_id) or (None,):
                for phrase in phrases_of(point):
                    yield element, phrase, point


def _outcome(facts: Facts, element: str | None, found: list[tuple[str, Point]]) -> PhraseOutcome:
    phrase, points = found[0][0], [point for _, point in found]
    outcome, replacement = _became(facts, element, phrase, points)
    return PhraseOutcome(
        element=element,
        phrase=phrase,
        outcome=outcome,
        replacement=replacement,
        points=tuple(point.point_id for point in points),
        reason_stated=any(facts.reason_stated(point) for point in points),
    )


def _became(facts: Facts, element: str | None, phrase: str, points: list[Point]) -> tuple[str, str | None]:
    if element is None:
        return "none", None
    revised = facts.revised.get(element)
    proposal = facts.proposals.get(element)
    kinds = proposal.change_kinds if proposal else ()
    if revised is None or not revised.wording:
        return ("removed", None) if "removed" in kinds else ("none", None)
    if matches(phrase, revised.wording):
        return "retained", None
    decided = [facts.decided[point.point_id] for point in points if point.point_id in facts.decided]
    if any(made.disposition == "redirected" for made in decided) and any(kind.startswith("moved") for kind in kinds):
        return "moved", None
    asked = next((told for point in points if (told := point.replacement) and says(told, revised.wording)), None)
    swapped = asked or _swapped(facts, element, phrase, revised.wording)
    return ("replaced", swapped) if swapped else ("removed", None)


def _swapped(facts: Facts, element: str, phrase: str, revised: str) -> str | None:
    """The words that took the phrase's place, where the redraft is local enough to tell."""
    draft = facts.draft.get(element)
    if draft and draft.wording:
        return _in_its_run(phrase, draft.wording, revised)
    return _sharing_words(phrase, revised)


def _in_its_run(phrase: str, old: str, new: str) -> str | None:
    """A run of changed words of which the phrase is at least half has replaced it; in a longer one nothing tells."""
    wanted = content(phrase)
    for run in runs(old, new):
        gone = content(run.gone)
        if gone and run.new.strip() and set(wanted) <= set(gone) and 2 * len(wanted) >= len(gone):
            return run.new.strip()
    return None


def _sharing_words(phrase: str, new: str) -> str | None:
    """Where only the phrase is known: as many words of the new wording as it has, sharing half or more with it in the
    same places ("socially excluded", "socially included")."""
    wanted = [stem(word) for word in phrase.split()]
    words = new.split()
    if len(wanted) < 2:
        return None
    for start in range(len(words) - len(wanted) + 1):
        here = words[start : start + len(wanted)]
        same = sum(stem(word.strip(".,;:")) == one for word, one in zip(here, wanted, strict=True))
        if 2 * same >= len(wanted) and set(content(phrase)) & set(content(" ".join(here))):
            return " ".join(here)
    return None
