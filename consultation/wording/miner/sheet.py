"""One comment on the table beside the draft: where its remarks belong, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from consultation.text import sentences, stem, words
from consultation.wording.miner import where
from consultation.wording.miner.anchors import Anchor
from consultation.wording.miner.draft import FUNCTION_WORDS, Draft, Place
from consultation.wording.miner.lexicon import BEFORE, EVERYDAY_STEMS, LISTS, MEASURES, NAMING, NOUNS, NUMBERS
from consultation.wording.miner.units import MARK, OLD, QUOTED, STOP, WHOLE, Unit

_MATCH: Final = {"quoted": 1.0, "exact": 0.9, "inflected": 0.82, "misquoted": 0.78, "alluded": 0.65}
_TELLING: Final = 0.6  # weight of a word (see `Draft.weight`) from which on it is not met everywhere in the draft
_LINKING: Final = (BEFORE - {"all"}) | frozenset({"like", "such", "as", "than", "-"})
_OFFERS: Final = frozenset({"say", "read", "put", "write", "use"})
_WISHING: Final = frozenset({"should", "must", "ought", "needs", "need", "could", "would"})  # what follows is new
_ARTICLES: Final = frozenset({"a", "an", "the"})
_JUDGING: Final = frozenset(stem(word) for name in ("GOOD", "BAD", "BETTER") for word in LISTS[name].split())
_FEELING: Final = frozenset(stem(word) for name in ("LIKE", "HATE") for word in LISTS[name].split())
_COPULAS: Final = frozenset(map(stem, LISTS["FEEL"].split())) | {"be", "such", "as"}
_CALLED: Final = frozenset({"us", "them", "me", "people", "it", "him", "her"})


@dataclass(frozen=True, kw_only=True)
class Room:
    """What every comment is read against."""

    draft: Draft
    directory: where.Directory
    respelt: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A comment: its text, its units, and what is known of where it belongs."""

    text: str
    tokens: Sequence[Unit]
    known: where.About
    room: Room

    @cached_property
    def named(self) -> list[tuple[int, int, tuple[str, ...]]]:
        """Where it names elements: start, end, codes."""
        return where.mentions(self.room.directory, self.text)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        return sentences(self.text)

    def sentence(self, at: int) -> tuple[int, int]:
        """The span of the sentence around a character."""
        return next(((a, b) for a, b in self.sentences if a <= at < b), (0, len(self.text)))

    def elements(self, at: int) -> list[str]:
        """The elements that a remark here most likely belongs to, by everything but its words."""
        return where.likely(self.known, self.named, self.sentence(at), self.room.directory.elements)

    @property
    def asked(self) -> bool:
        """Whether it is known what the comment is about."""
        return max(self.known.codes.values(), default=0.0) >= where.ASKED


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """Where a unit's words stand in the draft. `fits` is how well that agrees with what the comment is about."""

    element: str | None
    place: Place | None
    phrase: str
    fits: float


def placed(sheet: Sheet, unit: Unit) -> Placed:
    """Element, place and the draft's own words for a unit; of several places the one the comment is about."""
    if unit.anchor is None:
        codes = sheet.elements(unit.start)
        fits = 1.0 if len(codes) == 1 else 0.85
        said = sheet.text[unit.start : unit.end]
        return Placed(element=codes[0] if codes else None, place=None, phrase=said, fits=fits)
    passages = sheet.room.draft.passages
    sentence = sheet.sentence(unit.start)
    scored = [
        (where.strength(passages[place.passage].element, sheet.known, sheet.named, sentence), -rank, place)
        for rank, place in enumerate([*unit.anchor.places, *_other_forms(sheet, unit.anchor)])
    ]
    strong, _, place = max(scored, key=lambda entry: (entry[0], entry[1]))
    meant = sheet.elements(unit.start) if not sheet.room.draft.held else []
    unheld = bool(meant) and not any(sheet.room.draft.of(code) for code in meant)
    if unheld and where.strength(meant[0], sheet.known, sheet.named, sentence) > strong:
        fits = 1.0 if unit.match == "quoted" else 0.7 if unit.anchor.content > 1 else 0.4
        return Placed(element=meant[0], place=None, phrase=sheet.text[unit.start : unit.end], fits=fits)
    fits = 1.0
    if strong <= 0 and sheet.asked:
        fits = 0.75 if unit.anchor.content > 1 or unit.match == "quoted" else 0.4
    elif strong <= 0 and len({passages[other.passage].element for other in unit.anchor.places}) > 1:
        fits = 0.8
    passage = passages[place.passage]
    return Placed(element=passage.element, place=place, phrase=passage.said(place.first, place.last), fits=fits)


def _other_forms(sheet: Sheet, anchor: Anchor) -> Iterable[Place]:
    """Where the draft has one word in another form: nearer to what was asked about, perhaps."""
    place = anchor.places[0]
    if anchor.first != anchor.last or place.first != place.last:
        return ()
    word = sheet.room.draft.passages[place.passage].words[place.first]
    return (other for other in sheet.room.draft.by_stem[word.stem] if other not in anchor.places)


def strength(unit: Unit) -> float:
    """How sure we are that the words of a comment are words of the draft."""
    if unit.anchor is None:
        return 0.85 if unit.match == "quoted" else 0.7
    if unit.match == "quoted":
        return 1.0 if unit.anchor.match != "misquoted" else 0.85
    score = _MATCH["inflected" if unit.match == "misquoted" and unit.anchor.content > 2 else unit.match]
    return score * (0.85 + 0.15 * unit.anchor.weight) if unit.anchor.content == 1 else score


def held_up(sheet: Sheet, at: int, element: str | None) -> bool:
    """Whether unit `at` is held up as words: in quotation marks, several of the draft's in a row, called a word, or
    bare at the head of a sentence in answer to a question about that element."""
    unit = sheet.tokens[at]
    if unit.match in ("quoted", "alluded") or unit.anchor is None or unit.anchor.content > 1:
        return True
    if a_thing(sheet, at):
        return False
    if called_a_word(sheet, at) or (unit.anchor.last > unit.anchor.first and sheet.asked):
        return True
    if everyday(sheet, unit):
        return False
    meant = where.strength(element or "", sheet.known, sheet.named, sheet.sentence(unit.start))
    telling = unit.anchor.weight >= _TELLING and meant >= where.ASKED
    return telling and opens(sheet, at)


def figures(sheet: Sheet, unit: Unit) -> bool:
    """Whether a unit is a number, a date or a length of time: who finds it too high speaks of no words."""
    said = [word.casefold() for word in words(sheet.text[unit.start : unit.end])]
    telling = [word for word in said if word not in FUNCTION_WORDS]
    return any(word in NUMBERS or word[:1].isdigit() for word in telling) and all(
        word in NUMBERS or word[:1].isdigit() or word in MEASURES for word in telling
    )


def bare_number(sheet: Sheet, unit: Unit) -> bool:
    """Whether a unit is a number without what it counts: "4" or "2035" is no phrase, "4%" and "by 2035" may be one."""
    return all(word.isdigit() for word in sheet.text[unit.start : unit.end].split())


def everyday(sheet: Sheet, unit: Unit) -> bool:
    """Whether a unit is one unquoted word that people use of the thing itself.

    How many of the comments use it does not say so: the word that everyone stumbles over is in many of them.
    """
    if unit.match == "quoted" or unit.anchor is None or unit.anchor.content > 1:
        return False
    return unit.match != "alluded" and stem(words(sheet.text[unit.start : unit.end])[-1]) in EVERYDAY_STEMS


def a_thing(sheet: Sheet, at: int) -> bool:
    """Whether one unquoted word stands inside its sentence with an article, as a thing does ("who checks the fit?")."""
    unit, before = sheet.tokens[at], sheet.tokens[at - 1].low if at else ""
    if unit.match in ("quoted", "alluded") or unit.anchor is None or unit.anchor.content > 1 or before not in _ARTICLES:
        return False
    return at > 1 and sheet.tokens[at - 2].tag not in (STOP, MARK) and not called_a_word(sheet, at)


def called_a_word(sheet: Sheet, at: int) -> bool:
    """ "The word X", "you say X", "call us X"."""
    back = [token.low for token in sheet.tokens[max(0, at - 3) : at] if token.tag != STOP][::-1]
    after = sheet.tokens[at + 1].low if at + 1 < len(sheet.tokens) else ""
    noun = next((place for place, low in enumerate(back) if low in NOUNS), None)
    if (after in NOUNS and not _describing(sheet.tokens, at)) or (
        noun is not None and all(low in _LINKING for low in back[:noun])
    ):
        return True
    if len(back) > 1 and back[0] in _CALLED:
        back = back[1:]
    if back[:1] == ["being"]:  # "I hate being vulnerable", not "risk being understood"
        return len(back) > 1 and stem(back[1]) in _FEELING
    return bool(back) and back[0] in NAMING and not (back[0] in _OFFERS and _WISHING & set(back[1:]))


def _describing(tokens: Sequence[Unit], at: int) -> bool:
    """Whether a word before "word" is the writer's own: "the right word", "X is a vibrant word", "in plain terms"."""
    if tokens[at].match == "quoted":
        return False
    back = [unit.low for unit in tokens[max(0, at - 2) : at]][::-1]
    if stem(tokens[at].low) in _JUDGING or back[:1] == ["in"]:
        return True
    return len(back) > 1 and back[0] in _ARTICLES | {"such"} and stem(back[1]) in _COPULAS


def opens(sheet: Sheet, at: int) -> bool:
    """Whether a unit opens its sentence, as a name does ("Resilient is ...", not "the resilient ...")."""
    here = sheet.tokens[at].start
    start, _ = sheet.sentence(here)
    start = max([start, *(end for _, end, _ in sheet.named if start < end <= here)])  # after "In 2.1, ..."
    return not sheet.text[start:here].strip(" \"'“‘(-–*1234567890.),:")


def alone(sheet: Sheet, at: int) -> bool:
    """Whether a unit is a sentence of its own, all that stands before a pause, or one of a bare list of the like."""
    first, last = list_of(sheet.tokens, at)
    before = first == 0 or sheet.tokens[first - 1].tag == STOP or (sheet.tokens[first - 1].low == "the" and first == 1)
    after = last + 1 == len(sheet.tokens) or sheet.tokens[last + 1].tag == STOP or sheet.tokens[last + 1].low in "-,:…"
    return before and after


def list_of(tokens: Sequence[Unit], at: int) -> tuple[int, int]:
    """The first and last unit of a list of the draft's words, "agile, vibrant, holistic"."""
    ends = []
    for step in (-1, 1):
        here = at
        while 0 <= here + 2 * step < len(tokens) and tokens[here + step].low in (",", "/", "and"):
            if tokens[here + 2 * step].tag not in (OLD, QUOTED):
                break
            here += 2 * step
        ends.append(here)
    return ends[0], ends[1]


def salient(sheet: Sheet, at: int, remarked: frozenset[int], asked_for: str) -> bool:
    """Whether "it" further on may mean this unit: quoted, called a word, alone, or remarked on."""
    unit = sheet.tokens[at]
    if unit.low == WHOLE:
        return False
    if unit.tag == QUOTED or unit.match == "alluded" or (unit.start in remarked and not a_thing(sheet, at)):
        return True
    if unit.anchor is None or everyday(sheet, unit) or a_thing(sheet, at):
        return False
    long = unit.anchor.content > 1 and asked_for not in ("object", "question")
    return long or alone(sheet, at) or called_a_word(sheet, at) or (sheet.asked and opens(sheet, at))
