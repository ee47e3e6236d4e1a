"""From pictures to spaCy's `Matcher`, and from a comment's units to what the pictures find in them.

The pipeline is blank: no model is needed or downloaded. Each unit is one spaCy token; its TAG says what it is,
its LEMMA is our stem, so that a list's word stands for its forms.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from consultation.text import stem
from consultation.wording.miner import lexicon
from consultation.wording.miner.patterns import LEAVING, PATTERNS, Pattern
from consultation.wording.miner.units import IT, NEW, OLD, QUOTED, STOP, Unit, stems

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_SLOT: Final = {"OLD": (QUOTED, OLD, IT), "NAMED": (QUOTED, OLD), "QUOTED": (NEW, QUOTED)}
_NEW: Final = {"TAG": {"NOT_IN": [STOP]}, "LOWER": {"NOT_IN": [",", ";", ":", "("]}, "OP": "{1,8}"}
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
    """One compiled picture: where its slots stand among spaCy's token patterns."""

    pattern: Pattern
    tokens: tuple[dict[str, Any], ...]
    old: int | None
    new: int | None
    side: str
    at_start: bool


@dataclass(frozen=True, kw_only=True)
class Grammar:
    """The compiled patterns, and the stems of which a comment must have one for any of them to match."""

    vocab: Vocab
    matcher: Matcher
    pictures: dict[int, Picture]


@functools.cache
def grammar() -> Grammar:
    """All patterns, compiled once."""
    import spacy
    from spacy.matcher import Matcher

    vocab = spacy.blank("en").vocab
    matcher = Matcher(vocab, validate=False)
    pictures: dict[int, Picture] = {}
    for number, (pattern, says) in enumerate((p, says) for p in (*PATTERNS, *LEAVING) for says in p.says):
        picture = read(pattern, says)
        key = f"{number:04d} {pattern.name}"
        matcher.add(key, [list(picture.tokens)])
        pictures[vocab.strings[key]] = picture
    return Grammar(vocab=vocab, matcher=matcher, pictures=pictures)


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
            tokens.append({"LOWER": {"IN": lexicon.BEFORE.split()}, "OP": "{0,4}"})
            old = len(tokens)
            tokens.append({"TAG": {"IN": list(_SLOT[symbol])}})
            if place + 1 < len(symbols):
                tokens.append({"LOWER": {"IN": lexicon.AFTER.split()}, "OP": "{0,2}"})
        else:
            tokens.append(_token(symbol, says))
    return Picture(pattern=pattern, tokens=tuple(tokens), old=old, new=new, side=side, at_start=says.startswith("^"))


def _token(symbol: str, says: str) -> dict[str, Any]:
    """A word, alternatives, a list or a gap, with how often it may stand there."""
    if symbol in ("..", "..."):
        return {"TAG": {"NOT_IN": [STOP]}, "OP": "{0,3}" if symbol == ".." else "{0,7}"}
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
    starts: list[bool | int | None] = [place == 0 or tokens[place - 1].tag == STOP for place in range(len(tokens))]
    return Doc(
        grammar().vocab, words=lows, tags=[unit.tag for unit in tokens], lemmas=stems(tokens), sent_starts=starts
    )


def hits(tokens: Sequence[Unit]) -> list[Hit]:
    """Everything that the patterns find, for each pattern and each piece pointed at the narrowest match."""
    made = grammar()
    doc = doc_of(tokens)
    best: dict[tuple[str, int | None, str, int], Hit] = {}
    matches: list[Any] = made.matcher(doc, with_alignments=True)
    for key, first, end, alignment in matches:
        hit = _hit(made.pictures[key], first, end, alignment, tokens)
        if hit is None:
            continue
        beside = hit.new[0] if hit.new else hit.first if hit.old is None else -1
        place = (hit.pattern.name, hit.old, hit.side, beside)
        rival = best.get(place)
        if rival is None or (hit.last - hit.first, hit.first) < (rival.last - rival.first, rival.first):
            best[place] = hit
    return list(best.values())


def _hit(picture: Picture, first: int, end: int, alignment: Sequence[int], tokens: Sequence[Unit]) -> Hit | None:
    if picture.at_start and first and tokens[first - 1].tag != STOP:
        return None
    old = first + alignment.index(picture.old) if picture.old is not None else None
    new: tuple[int, int] | None = None
    if picture.new is not None:
        inside = [first + place for place, slot in enumerate(alignment) if slot == picture.new]
        new = inside[0], inside[-1]
    elif picture.side:
        new = (end, end) if picture.side == "right" else (first - 1, first - 1)
    return Hit(pattern=picture.pattern, first=first, last=end - 1, old=old, new=new, side=picture.side)
