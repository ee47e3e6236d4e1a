"""Fixed phrases found in comments, in any inflection and whatever marks stand between their words.

A phrase belongs to one or more codes: words of the draft to elements, cues of the codebook to themes. All are
looked for in one pass over a comment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from consultation.tagging.rules.finder import Finder, Step
from consultation.tagging.rules.spoken import Spoken
from consultation.tagging.rules.stems import NOT, key, stem


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What a phrase stands for, how strongly (0 to 1), and what kind of evidence it is (a key of `reader.WHY`)."""

    phrase: str
    facet: str
    code: str
    strength: float
    kind: str


class Found(NamedTuple):
    """An entry found at `text[start:end]`."""

    entry: Entry
    start: int
    end: int


class Phrasebook:
    """Entries ready to be looked for. Longer finds of one code hide shorter ones inside them."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_key: dict[str, list[Entry]] = {}
        for entry in entries:
            self._by_key.setdefault(key(entry.phrase).replace(NOT, " not"), []).append(entry)
        self._by_key.pop("", None)
        self._finder = Finder((step for phrase in self._by_key for step in _first(phrase)), form=stem)

    def find(self, text: Spoken) -> list[Found]:
        """Every entry in the text by where it starts, longer ones first."""
        found: list[Found] = []
        for first, last, name in self._finder.find(text.words):
            start, end = text.span(first, last)
            found.extend(Found(entry, start, end) for entry in self._by_key[name])
        return _longest(found) if len(found) > 1 else found


def _first(phrase: str) -> frozenset[Step]:
    """The steps with which a phrase begins; "do not" may also be one word."""
    words = phrase.split()
    after = [frozenset({Step("", name=phrase)})]
    for place, word in reversed(list(enumerate(words))):
        steps = {Step(word, after[-1])}
        if words[place + 1 : place + 2] == ["not"]:
            steps.add(Step(word + NOT, after[-2]))
        after.append(frozenset(steps))
    return after[-1]


def _longest(found: Sequence[Found]) -> list[Found]:
    kept: list[Found] = []
    reach: dict[tuple[str, str], int] = {}
    for one in sorted(found, key=_by_start):
        code = one.entry.facet, one.entry.code
        if one.end > reach.get(code, -1):
            reach[code] = one.end
            kept.append(one)
    return kept


def _by_start(found: Found) -> tuple[int, int]:
    """From a place on the longest first."""
    return found.start, -found.end
