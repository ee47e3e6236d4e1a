"""Reads one comment by rule: every clue in it to an element, theme, stance or audience, with its place and its why.

A kind of clue is added with a line in `WHY` and a few lines in `Reader.clues`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from consultation.tagging.labels import Book, Label
from consultation.tagging.rules import ages, audience, families, spoken, stance, ways
from consultation.tagging.rules.phrasebook import Entry, Phrasebook
from consultation.tagging.rules.references import References
from consultation.tagging.rules.stems import stems
from consultation.text import sentences

# A clue's why quotes the draft or the codebook, never the person: their words are what its span points at.
WHY: Final = {
    "reference": "names it by its number or title",
    "name": "names it: “{source}”",
    "quote": "uses words that only it has: “{source}”",
    "word": "uses words of it: “{source}”",
    "cue": "uses a cue of the codebook: “{source}”",
    "example": "close to an example of the codebook",
    "family": "a usual way of saying so",  # the families' own names stand in no codebook
    "group": "names the group: “{source}”",
    "age": "tells an age",
    "stance": "the way it is put",
    "unsaid": "no words of it tell; such remarks mostly find fault",
    "asked": "{source}",
}
_LONGEST: Final = 7  # words of the draft in one quotation; longer ones are found by their parts
_AGED_SO: Final = 0.6
_SHARED: Final = 3  # a quotation that stands in more elements than this tells nothing


class Clue(NamedTuple):
    """One reason for one code: `text[start:end]` is what gave it."""

    facet: str
    code: str
    kind: str
    strength: float
    start: int | None = None
    end: int | None = None
    source: str = ""

    @property
    def span(self) -> tuple[int, int] | None:
        return None if self.start is None or self.end is None else (self.start, self.end)

    @property
    def why(self) -> str:
        return WHY[self.kind].format(source=self.source)


class Reader:
    """The rules of one consultation, ready to read any number of comments."""

    def __init__(self, book: Book) -> None:
        self._references = References(book.elements)
        self._speaks_for = families.affinity(book.themes_as_written)
        self._serves = audience.serving(book.audiences_as_written)
        self._phrasebook = Phrasebook(
            [
                *_element_entries(book.elements),
                *_theme_entries(book.themes),
                *audience.entries(book.audiences_as_written),
            ]
        )

    @property
    def references(self) -> References:
        return self._references

    def clues(self, text: str) -> list[Clue]:
        """All clues of a comment, by place."""
        read = spoken.read(text)
        said = ways.grammar().find(read)
        held = stance.read(read, said)
        kind = "unsaid" if held.start is None else "stance"
        found = [Clue("stance", held.code, kind, held.score, held.start, held.end)]
        for code, start, end in self._references.find(read.flat):
            found.append(Clue("element", code, "reference", 0.95, start, end))
        for entry, start, end in self._phrasebook.find(read):
            found.append(Clue(entry.facet, entry.code, entry.kind, entry.strength, start, end, entry.phrase))
        for group, start, end in ages.find(read):
            found += (Clue("audience", code, "age", _AGED_SO, start, end) for code in self._serves[group])
        for name, start, end in said:
            for code, fit in self._speaks_for.get(name, {}).items():
                found.append(Clue("theme", code, "family", 0.6 * fit, start, end))
        return sorted(found, key=lambda c: (c.start is None, c.start or 0, c.end or 0, c.facet, c.code, c.kind))


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset(word for stop in ENGLISH_STOP_WORDS for word in stems(stop))


def _element_entries(labels: Iterable[Label]) -> Iterable[Entry]:
    told = list(labels)
    yield from _names(told)
    owners: dict[str, set[str]] = defaultdict(set)
    written: dict[str, str] = {}
    for label in told:
        for wording in (*label.wordings, *label.phrases, *label.sayings):
            for phrase in _quotations(wording):
                owners[phrase.casefold()].add(label.code)
                written.setdefault(phrase.casefold(), phrase)
    for phrase, codes in sorted(owners.items()):
        content = [word for word in stems(phrase) if word not in stop_words()]
        if len(codes) > (_SHARED if len(content) > 1 else 1):
            continue
        strength = {1: 0.25, 2: 0.6, 3: 0.75}.get(len(content), 0.85) / len(codes) ** 0.5
        kind = "quote" if len(content) > 1 and len(codes) == 1 else "word"
        for code in sorted(codes):
            yield Entry(phrase=written[phrase], facet="element", code=code, strength=strength, kind=kind)


def _names(labels: Iterable[Label]) -> Iterable[Entry]:
    for label in labels:
        for phrase in label.phrases:
            yield Entry(phrase=phrase, facet="element", code=label.code, strength=0.85, kind="quote")
        for name in label.sayings:
            several = sum(word not in stop_words() for word in stems(name)) > 1
            yield Entry(phrase=name, facet="element", code=label.code, strength=0.85 if several else 0.5, kind="name")


def _quotations(wording: str) -> Iterable[str]:
    """Every run of words of a wording that begins and ends with a word of weight, within a sentence."""
    for start, end in sentences(wording):
        words = wording[start:end].split()
        weighty = [any(part not in stop_words() and len(part) > 2 for part in stems(word)) for word in words]
        for left in range(len(words)):
            for right in range(left + 1, min(len(words), left + _LONGEST) + 1):
                if weighty[left] and weighty[right - 1]:
                    yield " ".join(words[left:right]).strip(".,;:!?\"'()“”‘’")


def _theme_entries(labels: Iterable[Label]) -> Iterable[Entry]:
    for label in labels:
        for cue in label.sayings:
            strength = 0.7 if len(cue.split()) > 1 else 0.55
            yield Entry(phrase=cue, facet="theme", code=label.code, strength=strength, kind="cue")
