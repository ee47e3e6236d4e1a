"""From the pictures of `patterns` to spaCy's token patterns, each with its own matcher and with what it needs.

The pipeline is blank: no model is needed or downloaded. Each unit is one spaCy token. What the pictures look at is
kept with the entry of its vocabulary, since a document of known entries is made fastest: LOWER is the word, NORM our
stem (so that a list's word stands for its forms), SHAPE the unit's tag.
"""

from __future__ import annotations

import functools
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from consultation.text import stem
from consultation.wording.miner import lexicon
from consultation.wording.miner.draft import FUNCTION_WORDS
from consultation.wording.miner.lexicon import AFTER, BEFORE
from consultation.wording.miner.patterns import LEAVING, PATTERNS, Pattern
from consultation.wording.miner.units import IT, MARK, NEW, OLD, QUOTED, STOP

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.vocab import Vocab

Need = tuple[str, frozenset[str]]  # an attribute of a unit, and the values one of which some unit must have
_WORD, _FORM, _TAG = "LOWER", "NORM", "SHAPE"
_OTHER: Final = "\x00other"  # a word that no picture names
_SLOT: Final = {"OLD": (QUOTED, OLD, IT), "NAMED": (QUOTED, OLD), "QUOTED": (NEW, QUOTED)}
_NEW: Final = {
    _TAG: {"NOT_IN": [STOP]},
    _WORD: {"NOT_IN": [*",;:(", "is", "are", "was", "were"]},
    "OP": "{1,8}",
}
_NOT: Final = [
    "not",
    "never",
    "don't",
    "shouldn't",
    "mustn't",
    "wouldn't",
    "can't",
    "resist",
    "oppose",
]  # no gap passes over these
_GAPS: Final = {"..": "{0,3}", "...": "{0,7}"}
_LIMIT: Final = {"?": "{0,1}", "*": "{0,4}"}


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One picture as spaCy's token patterns, and where its slots stand in them."""

    pattern: Pattern
    tokens: tuple[dict[str, Any], ...]
    old: int | None
    new: int | None
    side: str
    at_start: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """A picture ready to be looked for. What it needs is told by number: `all_needs` as the bits of one number, then
    the first, and each further one with how many units after the one before it that may stand at most. `before` and
    `after` are how many units a match may have before and after the last need."""

    picture: Picture
    matcher: Matcher
    all_needs: int
    first: int
    further: tuple[tuple[int, int], ...]
    before: int
    after: int


@dataclass(frozen=True, kw_only=True)
class Grammar:
    """All pictures, each under the need that is met most seldom, so that only those are run that can match."""

    vocab: Vocab
    named: frozenset[str]  # every word and form that some picture names
    ways: Mapping[int, Sequence[Way]]
    needs: Mapping[tuple[str, str], Sequence[int]]


@functools.cache
def grammar() -> Grammar:
    """All patterns, compiled once."""
    import spacy
    from spacy.matcher import Matcher

    vocab = spacy.blank("en").vocab
    numbers: dict[Need, int] = {}
    named: set[str] = set()
    ways: defaultdict[int, list[Way]] = defaultdict(list)
    for pattern in (*PATTERNS, *LEAVING):
        for says in pattern.says:
            picture = read(pattern, says)
            named.update(word for token in picture.tokens for word in _named(token))
            matcher = Matcher(vocab, validate=False)
            matcher.add(pattern.name, [list(picture.tokens)])
            needs, gaps = _needs(picture.tokens)
            wanted = [numbers.setdefault(need, len(numbers)) for need in needs]
            way = Way(
                picture=picture,
                matcher=matcher,
                all_needs=sum(1 << number for number in set(wanted)),
                first=wanted[0],
                further=tuple((number, gap + 1) for number, gap in zip(wanted[1:], gaps[1:], strict=False)),
                before=sum(gaps[:-1]) + len(wanted) - 1,
                after=gaps[-1],
            )
            ways[numbers[min(needs, key=_often)]].append(way)
    met: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for (attribute, values), number in numbers.items():
        for value in values:
            met[attribute, value].append(number)
    return Grammar(vocab=vocab, named=frozenset(named), ways=ways, needs=met)


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
            tokens.append(_NEW if symbol == "NEW" else {_TAG: {"IN": list(_SLOT[symbol])}})
        elif symbol in _SLOT:
            if place:
                tokens.append({_WORD: {"IN": sorted(BEFORE)}, "OP": "{0,4}"})
            old = len(tokens)
            tokens.append({_TAG: {"IN": list(_SLOT[symbol])}})
            if place + 1 < len(symbols) and symbols[place + 1] not in _GAPS:
                tokens.append({_WORD: {"IN": sorted(AFTER)}, "OP": "{0,2}"})
        elif symbol in _GAPS and place + 1 == len(symbols):
            continue  # whatever follows, the match is the same
        else:
            tokens.append(_token(symbol, says))
    return Picture(
        pattern=pattern, tokens=tuple(tokens), old=old, new=new, side=side, at_start=says.startswith("^")
    )  # fmt: skip


def _token(symbol: str, says: str) -> dict[str, Any]:
    """A word, alternatives, a list or a gap, with how often it may stand there."""
    if symbol in _GAPS:
        return {_TAG: {"NOT_IN": [STOP]}, _WORD: {"NOT_IN": _NOT}, "OP": _GAPS[symbol]}
    bare = symbol.rstrip("?*") if len(symbol) > 1 else symbol
    op = {"OP": _LIMIT[symbol[-1]]} if bare != symbol else {}
    if bare == "STOP":
        return {_TAG: STOP, **op}
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
        return {_FORM: {"IN": sorted({form for form in (*forms, *map(stem, words)) if form})}, **op}
    return {_WORD: words[0] if len(words) == 1 else {"IN": sorted(words)}, **op}


def _named(token: dict[str, Any]) -> Iterator[str]:
    """The words and forms in one token pattern, whether asked for or ruled out."""
    for attribute in (_WORD, _FORM):
        wanted = token.get(attribute, {})
        yield from (wanted,) if isinstance(wanted, str) else itertools.chain.from_iterable(wanted.values())


def _needs(tokens: Iterable[dict[str, Any]]) -> tuple[list[Need], list[int]]:
    """What a comment must have for these token patterns to match, in order; and how many units may stand before each
    since the one before it, and after the last."""
    needs: list[Need] = []
    gaps: list[int] = [0]
    for token in tokens:
        attribute = next(name for name in (_FORM, _WORD, _TAG) if name in token)
        wanted = token[attribute]
        if "OP" in token:
            gaps[-1] += int(token["OP"].strip("{}").split(",")[1])
            continue
        needs.append((attribute, frozenset(wanted["IN"] if isinstance(wanted, dict) else (wanted,))))
        gaps.append(0)
    return needs, gaps


def _often(need: Need) -> tuple[bool, bool, int]:
    """For putting first what comments have most seldom: the words of a short list, none of them in every sentence."""
    return need[0] == _TAG, not need[1].isdisjoint(FUNCTION_WORDS), len(need[1])


@functools.lru_cache(maxsize=100_000)
def entry(low: str, tag: str) -> str:
    """The name in the vocabulary of such a unit. Words that no picture names share one: spaCy forgets none."""
    made = grammar()
    said, form = (word if word in made.named else _OTHER for word in (low, _form(low, tag)))
    name = f"{tag} {said} {form}"
    held = made.vocab[name]
    held.lower_, held.norm_, held.shape_ = said, form, tag
    return name


@functools.lru_cache(maxsize=100_000)
def met(low: str, tag: str) -> tuple[int, ...]:
    """The needs that such a unit meets, by number."""
    needs = grammar().needs
    return tuple(
        number for key in ((_WORD, low), (_FORM, _form(low, tag)), (_TAG, tag)) if key in needs for number in needs[key]
    )


def _form(low: str, tag: str) -> str:
    return low if tag == MARK else stem(low)
