"""The words of the draft, indexed by stem, so that any of them can be found again in a comment.

Function words count inside a run ("quality of life") and never begin or end one that nobody quoted.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from consultation.model import Element
from consultation.text import stem, straight
from consultation.wording.miner.lexicon import listed

FUNCTION_WORDS: Final = listed(
    "a an the and or but nor of to in on at by for from with without within into onto upon over under about as "
    "than that this these those it its is are was were be been being am do does did done has have had having will "
    "would shall should can could may might must not no so if then there here their they them our we us you your "
    "i me my he she his her him who whom whose which what when where why how all any each every both more most "
    "other some such only own same too very also just up out off down through across between per via s t don"
)
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CLAUSE_END: Final = re.compile(r"[,;:.()–—]|\s-\s")
_WORD_ENDINGS: Final = listed("s es d ed r er rs ers ly al als y e or ist ive ion ions ing nce ncy nt t ts ful ity ies")
_OPENING: Final = listed(
    "by for from through in at on with where as within across under until before after between per"
)
_CLOSING: Final = listed("of with to for in on by from")
_COMPOUND: Final = 7  # letters that a word joined of two, or split into two, must have to be recognised
_GAP: Final = 2  # words of the draft that someone may leave out in the middle and still be quoting it


class Word(NamedTuple):
    """One word with its place. `stem` is what it is compared by. (A tuple: there are millions.)"""

    text: str
    start: int
    end: int
    stem: str
    low: str

    @property
    def content(self) -> bool:
        return self.low not in FUNCTION_WORDS


class Place(NamedTuple):
    """Words `first` to `last` (inclusive) of one passage of the draft."""

    passage: int
    first: int
    last: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A wording of an element, or one known phrase of it where the wording is not held."""

    element: str
    text: str
    words: tuple[Word, ...]
    whole: bool

    def said(self, first: int, last: int) -> str:
        """The draft's own words, as they stand in it."""
        return self.text[self.words[first].start : self.words[last].end]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Everything that comments are held against."""

    elements: Mapping[str, Element]
    passages: tuple[Passage, ...]
    by_element: Mapping[str, tuple[int, ...]]
    by_stem: Mapping[str, tuple[tuple[int, int], ...]]
    joined: Mapping[str, tuple[tuple[int, int], ...]]
    compounds: frozenset[str]  # words long enough to be met split in two
    frequency: Mapping[str, int]
    near: Mapping[str, tuple[str, ...]]

    def of(self, code: str) -> tuple[int, ...]:
        """The passages of an element, by number; none where its words are not held."""
        return self.by_element.get(code, ())

    @property
    def held(self) -> bool:
        """Whether the words of every element are held."""
        return all(self.by_element.values())

    def weight(self, word_stem: str) -> float:
        """1 for a word that one passage uses, falling towards 0 for one that all do."""
        n = max(2, len(self.passages))
        return 1.0 - math.log(max(1, self.frequency.get(word_stem, 1))) / math.log(n + 1)


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text with their stems; the parts of a hyphenated word count as words."""
    plain = straight(text)
    return tuple(
        Word(found[0], found.start(), found.end(), stem(found[0]), found[0].casefold())
        for found in _WORD.finditer(plain)
    )


def index(elements: Iterable[Element]) -> Draft:
    """The draft as an index. An element with neither wording nor phrases is known by its code alone."""
    known = {element.code: element for element in elements}
    passages = tuple(
        Passage(element=element.code, text=text, words=words_of(text), whole=text is element.wording)
        for element in known.values()
        for text in ((element.wording,) if element.wording else element.known_phrases)
    )
    by_stem: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    joined: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    frequency: Counter[str] = Counter()
    for number, passage in enumerate(passages):
        frequency.update({word.stem for word in passage.words})
        for place, word in enumerate(passage.words):
            by_stem[word.stem].append((number, place))
            if place and len(passage.words[place - 1].low + word.low) >= _COMPOUND:
                joined[stem(passage.words[place - 1].low + word.low)].append((number, place - 1))
    return Draft(
        elements=known,
        passages=passages,
        by_element={
            code: tuple(number for number, passage in enumerate(passages) if passage.element == code) for code in known
        },
        by_stem={key: tuple(value) for key, value in by_stem.items()},
        joined={key: tuple(value) for key, value in joined.items() if key not in by_stem},
        compounds=frozenset(word.low for passage in passages for word in passage.words if len(word.low) >= _COMPOUND),
        frequency=frequency,
        near=_misspellings({word.low for passage in passages for word in passage.words if word.content}),
    )


def _misspellings(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Each long word of the draft with one letter left out, to meet misspellings of it half way."""
    near: defaultdict[str, set[str]] = defaultdict(set)
    for word in words:
        if len(word) >= 6:
            for form in {word, *_deletions(word)}:
                near[form].add(word)
    return {form: tuple(sorted(meant)) for form, meant in near.items()}


def _deletions(word: str) -> set[str]:
    return {word[:place] + word[place + 1 :] for place in range(1, len(word))}


def respell(draft: Draft, word: str, common: frozenset[str]) -> str | None:
    """The draft's word that a misspelt one means: one letter wrong, missing, added or changed places.

    Only for words that stand on no list of ours (`common`) and are no word of the draft themselves.
    """
    if len(word) < 6 or word in common or not word.isalpha():
        return None
    meant: set[str] = set()
    for form in {word, *_deletions(word)}:
        meant.update(draft.near.get(form, ()))
    close = sorted(known for known in meant if known[0] == word[0] and abs(len(known) - len(word)) <= 1)
    return close[0] if len(close) == 1 and not _same_root(close[0], word) else None


def _same_root(known: str, word: str) -> bool:
    """Two words that differ in a known ending alone are two words ("resident", "residence"), no misspelling."""
    shared = next((at for at, pair in enumerate(zip(known, word, strict=False)) if pair[0] != pair[1]), len(word))
    return shared >= len(known) - 3 and word[shared:] in _WORD_ENDINGS


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchor:
    """Words `first` to `last` of a comment that are words of the draft, and every place where they stand in it."""

    first: int
    last: int
    places: tuple[Place, ...]
    match: str
    content: int
    weight: float


def anchors(draft: Draft, words: Sequence[Word], respelt: Mapping[str, str]) -> list[Anchor]:
    """The longest runs of the draft's words in a comment, left to right, none over another."""
    found: list[Anchor] = []
    place = 0
    while place < len(words):
        floor = found[-1].last + 1 if found else 0
        best = _longest(draft, words, place, floor, respelt) if words[place].content else None
        if best is None:
            place += 1
            continue
        found.append(best)
        place = best.last + 1
    return found


def _longest(draft: Draft, words: Sequence[Word], at: int, floor: int, respelt: Mapping[str, str]) -> Anchor | None:
    """The longest run that begins with this word; of equals, every place in the draft."""
    runs: list[tuple[int, int, Place, int]] = []
    for number, begin, width, taken, worst in _starts(draft, words, at, respelt):
        last, end, worst = _extend(
            draft.passages[number].words, words, at + taken - 1, begin + width - 1, worst, respelt
        )
        while last > at and not words[last].content and not _closes(words, last):
            last -= 1
            end -= 1
        runs.append((last, worst, Place(number, begin, end), width))
    if not runs:
        return None
    far = max(run[0] for run in runs)
    least = min(run[1] for run in runs if run[0] == far)
    places = tuple(dict.fromkeys(run[2] for run in runs if run[0] == far and run[1] == least))
    said = [word for word in words[at : far + 1] if word.content]
    first, places = _back(draft, words, at, floor, places)
    return Anchor(
        first=first,
        last=far,
        places=places,
        match=("exact", "inflected", "misquoted")[least],
        content=len(said),
        weight=max(draft.weight(word.stem) for word in said),
    )


def _closes(words: Sequence[Word], last: int) -> bool:
    """Whether a function word may end a run: no word with a content follows it ("dispose of", "the burden of with")."""
    return words[last].low in _CLOSING and (last == len(words) - 1 or not words[last + 1].content)


def _back(
    draft: Draft, words: Sequence[Word], at: int, floor: int, places: tuple[Place, ...]
) -> tuple[int, tuple[Place, ...]]:
    """The run with the preposition before it, where the draft has it too ("by 2040", "where affordable")."""
    if at <= floor or words[at - 1].low not in _OPENING:
        return at, places
    longer = tuple(
        Place(place.passage, place.first - 1, place.last)
        for place in places
        if place.first and draft.passages[place.passage].words[place.first - 1].low == words[at - 1].low
    )
    return (at - 1, longer) if longer else (at, places)


def _starts(
    draft: Draft, words: Sequence[Word], at: int, respelt: Mapping[str, str]
) -> Iterable[tuple[int, int, int, int, int]]:
    """Places where the draft says this word: passage, word, words there, words here, how far off (0, 1, 2)."""
    word = words[at]
    for number, place in draft.by_stem.get(word.stem, ()):
        yield number, place, 1, 1, _off(draft.passages[number].words[place], word)
    for number, place in draft.joined.get(word.stem, ()):
        yield number, place, 2, 1, 2
    if meant := respelt.get(word.low):
        for number, place in draft.by_stem.get(stem(meant), ()):
            yield number, place, 1, 1, 2
    if at + 1 < len(words) and (both := word.low + words[at + 1].low) in draft.compounds:
        for number, place in draft.by_stem[stem(both)]:
            yield number, place, 1, 2, 2


def _off(there: Word, here: Word) -> int:
    return 0 if there.low == here.low else 1


def _extend(
    there: Sequence[Word], here: Sequence[Word], last: int, end: int, worst: int, respelt: Mapping[str, str]
) -> tuple[int, int, int]:
    """How far the comment and the draft go on saying the same."""
    while last + 1 < len(here) and end + 1 < len(there):
        word = here[last + 1]
        if there[end + 1].stem == word.stem:
            worst = max(worst, _off(there[end + 1], word))
            last, end = last + 1, end + 1
            continue
        if stem(respelt.get(word.low, "")) == there[end + 1].stem:
            worst, last, end = 2, last + 1, end + 1
            continue
        skip = next(
            (gap for gap in range(2, 2 + _GAP) if end + gap < len(there) and there[end + gap].stem == word.stem), None
        )
        if skip is None or not word.content or word.start - here[last].end > 2:
            break
        worst, last, end = 2, last + 1, end + skip
    return last, end, worst


def quoted(draft: Draft, words: Sequence[Word], respelt: Mapping[str, str]) -> Anchor | None:
    """What words in quotation marks quote: from first to last, function words and all, or nearly so."""
    for number_words in (words,):
        exact = _whole(draft, number_words)
        if exact:
            return exact
    found = anchors(draft, words, respelt)
    if not found:
        return None
    best = max(found, key=lambda anchor: (anchor.content, anchor.weight))
    said = sum(word.content for word in words)
    if said and best.content / said >= 0.6:
        return Anchor(
            first=0,
            last=len(words) - 1,
            places=best.places,
            match=best.match if best.content == said else "misquoted",
            content=best.content,
            weight=best.weight,
        )
    return None


def _whole(draft: Draft, words: Sequence[Word]) -> Anchor | None:
    """The places where the draft says all these words in this order."""
    places: list[tuple[int, Place]] = []
    for number, begin in draft.by_stem.get(words[0].stem, ()) if words else ():
        there = draft.passages[number].words[begin : begin + len(words)]
        if len(there) == len(words) and all(a.stem == b.stem for a, b in zip(there, words, strict=True)):
            off = max(_off(a, b) for a, b in zip(there, words, strict=True))
            places.append((off, Place(number, begin, begin + len(words) - 1)))
    if not places:
        return None
    least = min(off for off, _ in places)
    return Anchor(
        first=0,
        last=len(words) - 1,
        places=tuple(place for off, place in places if off == least),
        match=("exact", "inflected")[least],
        content=sum(word.content for word in words),
        weight=max(draft.weight(word.stem) for word in words),
    )


def clause(passage: Passage, place: int) -> tuple[int, int]:
    """The words of the clause of the draft that this word stands in, between its commas and colons."""
    ends = [0, *(found.end() for found in _CLAUSE_END.finditer(passage.text)), len(passage.text)]
    here = passage.words[place].start
    low, high = max(end for end in ends if end <= here), min(end for end in ends if end > here)
    inside = [number for number, word in enumerate(passage.words) if low <= word.start < high]
    return inside[0], inside[-1]
