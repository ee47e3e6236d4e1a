"""From pictures to spaCy's `Matcher`, and from a comment's units to what the pictures find in them.

The pipeline is blank: no model is needed or downloaded. Each unit is one spaCy token; its TAG says what it is,
its LEMMA is our stem, so that a list's word stands for its forms.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from consultation.text import stem
from consultation.wording.miner import lexicon
from consultation.wording.miner.lexicon import AFTER, BEFORE
from consultation.wording.miner.patterns import LEAVING, PATTERNS, Pattern
from consultation.wording.miner.units import IT, MARK, NEW, OLD, QUOTED, STOP, Unit, stems

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

Need = tuple[str, frozenset[str]]  # an attribute of a unit, and the values one of which some unit must have
_SLOT: Final = {"OLD": (QUOTED, OLD, IT), "NAMED": (QUOTED, OLD), "QUOTED": (NEW, QUOTED)}
_NEW: Final = {
    "TAG": {"NOT_IN": [STOP]},
    "LOWER": {"NOT_IN": [*",;:(", "is", "are", "was", "were"]},
    "OP": "{1,8}",
}
_NOT: Final = ["not", "never", "don't", "shouldn't", "mustn't", "wouldn't", "can't"]  # no gap passes over these
_GAPS: Final = {"..": "{0,3}", "...": "{0,7}"}
_LIMIT: Final = {"?": "{0,1}", "*": "{0,4}"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A pattern that matched units `first` to `last` (inclusive). `old` is the unit of the draft's words;
    `new` are the units of the new words where the match holds them (`side` "inside"), or the unit beside it from which
    on they are to be looked for (`side` "left", "right")."""

    pattern: Pattern
    first: int
    last: int
    old: int | None
    new: tuple[int, int] | None
    side: str


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One compiled picture: its own matcher, where its slots stand in it, and what a comment must have for it."""

    pattern: Pattern
    tokens: tuple[dict[str, Any], ...]
    needs: tuple[Need, ...]
    gaps: tuple[int, ...]  # units that may stand before each need since the one before it, and after the last
    old: int | None
    new: int | None
    side: str
    at_start: bool


@dataclass(frozen=True, kw_only=True)
class Grammar:
    """All pictures with their matchers, and by number what they need in the order they need it, so that only those
    are run that can match."""

    vocab: Vocab
    pictures: dict[int, list[tuple[int, tuple[int, ...], Picture, Matcher]]]  # by the need that is met most seldom
    needs: dict[tuple[str, str], tuple[int, ...]]


@functools.cache
def grammar() -> Grammar:
    """All patterns, compiled once."""
    import spacy
    from spacy.matcher import Matcher

    vocab = spacy.blank("en").vocab
    numbers: dict[Need, int] = {}
    pictures: defaultdict[int, list[tuple[int, tuple[int, ...], Picture, Matcher]]] = defaultdict(list)
    for pattern in (*PATTERNS, *LEAVING):
        for says in pattern.says:
            picture = read(pattern, says)
            matcher = Matcher(vocab, validate=False)
            matcher.add(pattern.name, [list(picture.tokens)])
            wanted = tuple(numbers.setdefault(need, len(numbers)) for need in picture.needs)
            seldom = min(picture.needs, key=lambda need: (need[0] == "TAG", len(need[1])))
            entry = (sum(1 << number for number in set(wanted)), wanted, picture, matcher)
            pictures[numbers[seldom]].append(entry)
    needs: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for (attribute, words), number in numbers.items():
        for word in words:
            needs[attribute, word].append(number)
    return Grammar(vocab=vocab, pictures=dict(pictures), needs={key: tuple(found) for key, found in needs.items()})


def read(pattern: Pattern, says: str) -> Picture:
    """A picture as spaCy's token patterns. An unknown name in capitals is refused, with the picture it stands in."""
    tokens: list[dict[str, Any]] = []
    old: int | None = None
    new: int | None = None
    side = ""
    symbols = says.removeprefix("^").split()
    for place, symbol in enumerate(symbols):
        if symbol == "NEW" and place in (0, len(symbols) - 1):
            side = "right" if place else "left"
        elif symbol in ("NEW", "QUOTED"):
            new, side = len(tokens), "inside"
            tokens.append(_NEW if symbol == "NEW" else {"TAG": {"IN": list(_SLOT[symbol])}})
        elif symbol in _SLOT:
            if place:
                tokens.append({"LOWER": {"IN": sorted(BEFORE)}, "OP": "{0,4}"})
            old = len(tokens)
            tokens.append({"TAG": {"IN": list(_SLOT[symbol])}})
            if place + 1 < len(symbols) and symbols[place + 1] not in _GAPS:
                tokens.append({"LOWER": {"IN": sorted(AFTER)}, "OP": "{0,2}"})
        elif symbol in _GAPS and place + 1 == len(symbols):
            continue  # whatever follows, the match is the same
        else:
            tokens.append(_token(symbol, says))
    needs, gaps = _needs(tokens)
    return Picture(
        pattern=pattern,
        tokens=tuple(tokens),
        needs=needs,
        gaps=gaps,
        old=old,
        new=new,
        side=side,
        at_start=says.startswith("^"),
    )


def _needs(tokens: Iterable[dict[str, Any]]) -> tuple[tuple[Need, ...], tuple[int, ...]]:
    """What a comment must have for these token patterns to match, in order, and how far apart it may stand."""
    needs: list[Need] = []
    gaps: list[int] = [0]
    for token in tokens:
        attribute = next(name for name in ("LEMMA", "LOWER", "TAG") if name in token)
        wanted = token[attribute]
        if "OP" in token:
            gaps[-1] += int(token["OP"].strip("{}").split(",")[1])
            continue
        needs.append((attribute, frozenset(wanted["IN"] if isinstance(wanted, dict) else (wanted,))))
        gaps.append(0)
    return tuple(needs), tuple(gaps)


def _token(symbol: str, says: str) -> dict[str, Any]:
    """A word, alternatives, a list or a gap, with how often it may stand there."""
    if symbol in _GAPS:
        return {"TAG": {"NOT_IN": [STOP]}, "LOWER": {"NOT_IN": _NOT}, "OP": _GAPS[symbol]}
    bare = symbol.rstrip("?*") if len(symbol) > 1 else symbol
    op = {"OP": _LIMIT[symbol[-1]]} if bare != symbol else {}
    if bare == "STOP":
        return {"TAG": STOP, **op}
    words: list[str] = []
    forms: list[str] = []
    for part in bare.split("|"):
        if part.isupper() and part not in lexicon.LISTS:
            raise ValueError(f"“{part}” in “{says}” is no list of the lexicon.")
        if part in lexicon.LISTS:
            forms.extend(stem(word) if word != "\n" else word for word in lexicon.LISTS[part].split(" "))
        else:
            words.append(part)
    if forms:
        return {"LEMMA": {"IN": sorted({form for form in (*forms, *map(stem, words)) if form})}, **op}
    return {"LOWER": words[0] if len(words) == 1 else {"IN": sorted(words)}, **op}


def doc_of(tokens: Sequence[Unit]) -> Doc:
    """The units as a spaCy document."""
    from spacy.tokens import Doc

    lows = [unit.low for unit in tokens]
    return Doc(grammar().vocab, words=lows, tags=[unit.tag for unit in tokens], lemmas=stems(tokens))


def hits(tokens: Sequence[Unit]) -> list[Hit]:
    """Everything that the patterns find, for each pattern and each piece pointed at the narrowest match."""
    made = grammar()
    places = _places(tokens)
    doc: Doc | None = None
    best: dict[tuple[str, int | None, str, int], Hit] = {}
    has = sum(1 << number for number in places)
    for all_needs, needs, picture, matcher in (entry for number in places for entry in made.pictures.get(number, ())):
        if all_needs & ~has:
            continue
        for low, high in _windows(needs, picture.gaps, places, len(tokens)):
            doc = doc or doc_of(tokens)
            matches: list[Any] = matcher(doc[low:high], with_alignments=True)
            for _, first, end, alignment in matches:
                hit = _hit(picture, low + first, low + end, alignment, tokens)
                if hit is None:
                    continue
                beside = hit.new[0] if hit.new else hit.first if hit.old is None else -1
                place = (hit.pattern.name, hit.old, hit.side, beside)
                rival = best.get(place)
                if rival is None or (hit.last - hit.first, hit.first) < (rival.last - rival.first, rival.first):
                    best[place] = hit
    return list(best.values())


def _places(tokens: Sequence[Unit]) -> dict[int, int]:
    """For each thing that pictures need, the units that have it, as the bits of a number."""
    places: dict[int, int] = {}
    for place, unit in enumerate(tokens):
        bit = 1 << place
        for number in _met(unit.low, unit.tag):
            places[number] = places.get(number, 0) | bit
    return places


@functools.lru_cache(maxsize=100_000)
def _met(low: str, tag: str) -> tuple[int, ...]:
    """The needs that such a unit meets."""
    needs = grammar().needs
    form = low if tag == MARK else stem(low)
    return tuple(number for key in (("LOWER", low), ("LEMMA", form), ("TAG", tag)) for number in needs.get(key, ()))


def _windows(
    needs: Sequence[int], gaps: Sequence[int], places: Mapping[int, int], total: int
) -> Iterator[tuple[int, int]]:
    """The stretches of units outside which a picture cannot match: what it needs stands there, in its order and near
    enough. Sets of places are bits of a number, so that the matcher, which is slow, runs on little."""
    ends = places[needs[0]]
    for number, gap in zip(needs[1:], gaps[1:], strict=False):
        ends = _spread(ends, gap + 1) & places[number]
        if not ends:
            return
    before, after = sum(gaps[:-1]) + len(needs) - 1, gaps[-1]
    low = high = -1
    while ends:
        last = (ends & -ends).bit_length() - 1
        ends &= ends - 1
        if last - before > high and high >= 0:
            yield max(0, low), min(total, high)
            low = last - before
        elif high < 0:
            low = last - before
        high = last + after + 1
    yield max(0, low), min(total, high)


def _spread(bits: int, width: int) -> int:
    """The places from one to `width` after each of these."""
    out, have = bits << 1, 1
    while have < width:
        step = min(have, width - have)
        out |= out << step
        have += step
    return out


def _at_start(tokens: Sequence[Unit], first: int) -> bool:
    """Whether a sentence begins here, but for an article, "the word" or a bracket."""
    while first and tokens[first - 1].low in BEFORE:
        first -= 1
    return first == 0 or tokens[first - 1].tag == STOP


def _hit(picture: Picture, first: int, end: int, alignment: Sequence[int], tokens: Sequence[Unit]) -> Hit | None:
    if picture.at_start and not _at_start(tokens, first):
        return None
    old = first + alignment.index(picture.old) if picture.old is not None else None
    new: tuple[int, int] | None = None
    if picture.new is not None:
        inside = [first + place for place, slot in enumerate(alignment) if slot == picture.new]
        new = inside[0], inside[-1]
    elif picture.side:
        new = (end, end) if picture.side == "right" else (first - 1, first - 1)
    return Hit(pattern=picture.pattern, first=first, last=end - 1, old=old, new=new, side=picture.side)
