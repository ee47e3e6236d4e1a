"""The words of the draft, indexed by stem, so that any of them can be found again in a comment."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
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
    "fewer less many much several because although though while since unless until whether "
    "other one some such only own same too very also just up out off down through across between per via s t don"
)
_WORD: Final = re.compile(r"\d+%|[^\W_]+(?:['’][^\W_]+)*")  # a number goes with its sign: "4%" is another than "4"
_WORD_ENDINGS: Final = listed("s es d ed r er rs ers ly al als y e or ist ive ion ions ing nce ncy nt t ts ful ity ies")
_DOUBLE: Final = re.compile(r"(.)\1+")
_VOWELS: Final = str.maketrans("aeiou", "*****")
_LONG: Final = 8  # letters from which on the consonants alone tell a word
_COMPOUND: Final = 7  # letters that a word joined of two, or split into two, must have to be recognised
GAP: Final = 2  # words of the draft that someone may leave out in the middle and still be quoting it


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

    def hyphened(self, at: int) -> bool:
        """Whether a hyphen joins this word to the one before it."""
        return at > 0 and self.text[self.words[at - 1].end : self.words[at].start] in ("-", "‐", "‑")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Everything that comments are held against."""

    elements: Mapping[str, Element]
    passages: tuple[Passage, ...]
    by_element: Mapping[str, tuple[int, ...]]
    by_stem: Mapping[str, tuple[Place, ...]]
    by_word: Mapping[str, tuple[Place, ...]]
    beside: frozenset[tuple[str, str]]  # stems of which the second follows the first, `GAP` words between at most
    joined: Mapping[str, tuple[Place, ...]]  # two words, by what they are written as one
    compounds: frozenset[str]  # words long enough to be met split in two
    frequency: Mapping[str, int]
    near: Mapping[str, tuple[str, ...]]
    openings: frozenset[str]  # the first word of each passage

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
    by_stem, by_word, joined = (defaultdict[str, list[Place]](list) for _ in range(3))
    frequency: Counter[str] = Counter()
    for number, passage in enumerate(passages):
        frequency.update({word.stem for word in passage.words})
        for at, word in enumerate(passage.words):
            by_stem[word.stem].append(Place(number, at, at))
            by_word[word.low].append(Place(number, at, at))
            if at and len(passage.words[at - 1].low + word.low) >= _COMPOUND:
                joined[stem(passage.words[at - 1].low + word.low)].append(Place(number, at - 1, at))
    return Draft(
        elements=known,
        passages=passages,
        by_element={
            code: tuple(number for number, passage in enumerate(passages) if passage.element == code) for code in known
        },
        by_stem={key: tuple(value) for key, value in by_stem.items()},
        by_word={key: tuple(value) for key, value in by_word.items()},
        beside=frozenset(pair for passage in passages for pair in _beside(passage)),
        joined={key: tuple(value) for key, value in joined.items() if key not in by_stem},
        compounds=frozenset(word.low for passage in passages for word in passage.words if len(word.low) >= _COMPOUND),
        frequency=frequency,
        near=_misspellings({word.low for passage in passages for word in passage.words if word.content}),
        openings=frozenset(passage.words[0].low for passage in passages if passage.words),
    )


def _beside(passage: Passage) -> Iterator[tuple[str, str]]:
    stems = [word.stem for word in passage.words]
    for far in range(1, GAP + 2):
        yield from zip(stems, stems[far:], strict=False)


def _misspellings(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Each long word of the draft with one letter left out, to meet misspellings of it half way."""
    near: defaultdict[str, set[str]] = defaultdict(set)
    for word in words:
        if len(word) >= 6:
            for form in {word, *_deletions(word), _skeleton(word)}:
                near[form].add(word)
    return {form: tuple(sorted(meant)) for form, meant in near.items()}


def _deletions(word: str) -> set[str]:
    return {word[:place] + word[place + 1 :] for place in range(1, len(word))}


def _skeleton(word: str) -> str:
    """A long word by its consonants, however its vowels and double letters are spelt ("acessable")."""
    return _DOUBLE.sub(r"\1", word.translate(_VOWELS)) if len(word) >= _LONG else word


def respell(draft: Draft, word: str, common: frozenset[str]) -> str | None:
    """The draft's word that a misspelt one means: one letter wrong, missing, added or changed places.

    Only for words that stand on no list of ours (`common`) and are no word of the draft themselves.
    """
    if len(word) < 6 or word in common or not word.isalpha():
        return None
    meant: set[str] = set()
    for form in {word, *_deletions(word), _skeleton(word)}:
        meant.update(draft.near.get(form, ()))
    close = sorted(known for known in meant if known[0] == word[0] and abs(len(known) - len(word)) <= 1)
    return close[0] if len(close) == 1 and not _same_root(close[0], word) else None


def _same_root(known: str, word: str) -> bool:
    """Two words that differ in a known ending alone are two words ("resident", "residence"), no misspelling."""
    if _DOUBLE.sub(r"\1", known) == _DOUBLE.sub(r"\1", word):
        return False
    shared = next((at for at, pair in enumerate(zip(known, word, strict=False)) if pair[0] != pair[1]), len(word))
    return shared >= len(known) - 3 and word[shared:] in _WORD_ENDINGS
