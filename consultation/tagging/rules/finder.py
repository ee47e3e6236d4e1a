"""Finds a great many sequences of words in one pass: what may come next is worked out when it is first met, and kept.

A sequence is made of `Step`s, each of which knows the steps that may come after it. All sequences that go the same
way share a `_Place`; a text is read by going from place to place, so what it costs hardly depends on how many
sequences there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from consultation.tagging.rules.spoken import HYPHEN, MARKS

ANY: Final = "*"
_REMEMBERED: Final = 20_000  # places; beyond that all are forgotten and worked out anew
_WORDS: Final = 200_000  # words, likewise
_OPENING: Final = 3  # letters by which it is told that a word may fit an open one
_OTHER: Final = ""  # stands for every word that no sequence mentions
_END: Final = "."


@dataclass(eq=False, slots=True)
class Step:
    """One word of a sequence (a star at its end stands for any ending), or the end of the sequence, with its name.

    `gap` is the end of the sequence, where the word is one of those that a sequence passes over. `key` is what the
    step is looked up by: its word; of an open one the first letters and a star.
    """

    word: str
    then: frozenset[Step] = frozenset()
    name: str = ""
    gap: Step | None = None
    key: str = field(init=False)

    def __post_init__(self) -> None:
        self.key = self.word[:-1][:_OPENING] + ANY if self.word.endswith(ANY) else self.word


def step(word: str, then: frozenset[Step], gap: Step | None = None) -> Step:
    """A step; an open word goes on over a hyphen, as "long" in "long-winded"."""
    if not word.endswith(ANY):
        return Step(word, then, gap=gap)
    hyphen, more = Step(HYPHEN, gap=gap), Step(ANY, gap=gap)
    hyphen.then, more.then = frozenset({more}), then | {hyphen}
    return Step(word, more.then, gap=gap)


class Finder:
    """Sequences, by the steps with which they begin; `form` is what words are compared by."""

    def __init__(self, first: Iterable[Step], form: Callable[[str], str] = str) -> None:
        self._places: dict[frozenset[Step], _Place] = {}
        self._first = _Place(frozenset(first), self._places)
        self._heard = _Heard(_mentioned(self._first.steps), form)

    def find(self, words: Sequence[str]) -> list[tuple[int, int, str]]:
        """The places of the first and the last word of each find, and its name.

        From a word on, the longest of one name, but a gap ends as soon as it can; of one name nothing inside another.
        """
        if len(self._places) > _REMEMBERED:
            self._places.clear()
            self._first.clear()
        heard = [*map(self._heard.__getitem__, words), _END]
        found: list[tuple[int, int, str]] = []
        reach: dict[str, int] = {}
        for start, place in enumerate(map(self._first.__getitem__, heard)):
            if place is None or (not place.said and place[heard[start + 1]] is None):
                continue  # most sequences that begin here go no further
            at = start
            ends: dict[str, int] = {}
            while place is not None:
                if place.said and heard[at] != HYPHEN:
                    for name in place.said:
                        ends[name] = at
                at += 1
                place = place[heard[at]]
            for name, end in ends.items():
                if end > reach.get(name, -1):
                    reach[name] = end
                    found.append((start, end, name))
        return found


class _Heard(dict[str, str]):
    """What a word is to a finder: its form; one form for all that fit the same open words; `_OTHER` for the rest."""

    def __init__(self, mentioned: Iterable[Step], form: Callable[[str], str]) -> None:
        self._exact = {*MARKS, *(step.word for step in mentioned if not step.word.endswith(ANY))}
        self._open: dict[str, set[str]] = {}
        for step in mentioned:
            if step.word.endswith(ANY):
                self._open.setdefault(step.key, set()).add(step.word[:-1])
        self._alike: dict[str, str] = {}
        self._form = form

    def __missing__(self, word: str) -> str:
        if len(self) > _WORDS:
            self.clear()
        told = form = self._form(word)
        if form not in self._exact:
            fitting = [opening for opening in self._open.get(form[:_OPENING] + ANY, ()) if form.startswith(opening)]
            told = self._alike.setdefault(max(fitting, key=len), form) if fitting else _OTHER
        self[word] = told
        return told


class _Place(dict[str, "_Place | None"]):
    """How far a reader may have come in all sequences at once; the item of a word is the place after it."""

    __slots__ = ("_by_word", "_places", "said", "steps")

    def __init__(self, steps: frozenset[Step], places: dict[frozenset[Step], _Place]) -> None:
        ends = {step for step in steps if step.name}
        self.said = tuple(sorted({step.name for step in ends}))
        self.steps = frozenset(step for step in steps - ends if step.gap not in ends) if ends else steps
        self._places = places
        self._by_word: dict[str, list[Step]] = {}
        for step in self.steps:
            self._by_word.setdefault(step.key, []).append(step)

    def __missing__(self, told: str) -> _Place | None:
        opening = told[:_OPENING] + ANY
        is_other = told not in self._by_word and opening not in self._by_word and told not in MARKS and told != _OTHER
        place = self[told] = self[_OTHER] if is_other else self._after(told, opening)
        return place

    def _after(self, told: str, opening: str) -> _Place | None:
        fitting = [step.then for step in self._by_word.get(told, ())]
        if told not in MARKS:
            fitting += [step.then for step in self._by_word.get(opening, ()) if told.startswith(step.word[:-1])]
            fitting += [step.then for step in self._by_word.get(ANY, ()) if told]
        after = frozenset().union(*fitting, self.steps if told == HYPHEN else ())
        if after and after not in self._places:
            self._places[after] = _Place(after, self._places)
        return self._places.get(after)


def _mentioned(first: frozenset[Step]) -> list[Step]:
    seen, ahead = set[Step](), list(first)
    while ahead:
        step = ahead.pop()
        if step not in seen:
            seen.add(step)
            ahead.extend(step.then)
    return [step for step in seen if not step.name]
