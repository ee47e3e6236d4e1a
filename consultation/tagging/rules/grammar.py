"""A small language for ways of saying things, and the finder that runs a great many of them over a comment.

A pattern is words with space between them, in any case:

| written | means |
|---|---|
| `too long` | these words, one after the other |
| `(too|so) long` | either word; a choice may be several words, hold choices, or be empty |
| `measur*` | any word that begins so |
| `what ... mean` | up to six words between, within one sentence |
| `{not}` | one of the word lists of `lists.toml` |

The first word of each pattern is looked up in an index, so a pattern costs nothing where it does not begin.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from consultation.text import straight

_OPENING: Final = 3  # letters by which a pattern that begins with an open word is looked up
_GAP: Final = r"(?:[^\w.?!\n]+[\w'\-]+){0,6}?"
_BETWEEN: Final = r"[^\w.?!\n]+"
_WORD: Final = re.compile(r"\w+(?:'\w+)*")
_END: Final = r"(?!\w|'\w)"  # a word ends here; a closing quote may follow
_TOKEN: Final = re.compile(r"[()|]|[^\s()|]+")
_NAMED: Final = re.compile(r"\{(\w+)\}")
Item = Any  # a word or gap as a regular expression, or a list of sequences of which one is said
Seq = tuple[Item, ...]
Ready = tuple[str, re.Pattern[str], bool]  # name, pattern, whether it is matched from the first word's beginning
_REMEMBERED: Final = 500_000  # pairs of words


@dataclass(frozen=True, kw_only=True)
class Said:
    """A pattern of `name` found at `text[start:end]`."""

    name: str
    start: int
    end: int


class Grammar:
    """Patterns by name, compiled."""

    def __init__(self, patterns: Mapping[str, Iterable[str]], lists: Mapping[str, str] | None = None) -> None:
        known = {**word_lists(), **(lists or {})}
        index: dict[str, dict[str, dict[tuple[str, str], None]]] = {}
        for name, told in patterns.items():
            for pattern in told:
                for seq in _openings(_parse(pattern, known)):
                    for second in _seconds(seq[1:]):
                        index.setdefault(_key(seq[0]), {}).setdefault(second, {})[name, _regex(seq)] = None
        self._known: dict[tuple[str, str], tuple[Ready, ...]] = {}
        self._index = {
            first: {second: tuple(told) for second, told in seconds.items()} for first, seconds in index.items()
        }

    def find(self, text: str) -> list[Said]:
        """All that is said, by place; of one name, nothing inside another find."""
        flat = lowered(text)
        words = list(_WORD.finditer(flat))
        spoken = [word[0] for word in words]
        found: list[Said] = []
        for place, pair in enumerate(itertools.pairwise([*spoken, ""])):
            told = self._known.get(pair)
            for name, pattern, is_open in self._begin_with(pair) if told is None else told:
                word = words[place]
                if hit := pattern.match(flat, word.start() if is_open else word.end()):
                    found.append(Said(name=name, start=word.start(), end=hit.end()))
        return _outermost(found) if found else found

    def _begin_with(self, pair: tuple[str, str]) -> tuple[Ready, ...]:
        """The patterns that may begin with these two words; remembered, for most pairs come again."""
        first, after = pair
        told = tuple(
            (name, _ready(pattern), opening.endswith("*"))
            for opening in (first, first[:_OPENING] + "*")
            if (seconds := self._index.get(opening))
            for second in dict.fromkeys((after, after[:_OPENING] + "*", ""))
            for name, pattern in seconds.get(second, ())
        )
        if len(self._known) < _REMEMBERED:
            self._known[pair] = told
        return told


@cache
def _ready(pattern: str) -> re.Pattern[str]:
    """A regular expression, compiled when its first word is first met: most never are."""
    return re.compile(pattern + _END)


@lru_cache(maxsize=1)
def word_lists() -> dict[str, str]:
    """The word lists of `lists.toml`, by name."""
    return tomllib.loads((Path(__file__).parent / "lists.toml").read_text(encoding="utf-8"))


def lowered(text: str) -> str:
    """Lower case with straight quotes, each character in its place."""
    flat = straight(text)
    low = flat.lower()
    return low if len(low) == len(flat) else "".join(mark.lower()[0] for mark in flat)


def _outermost(found: Sequence[Said]) -> list[Said]:
    kept: list[Said] = []
    reach: dict[str, int] = {}
    for one in sorted(found, key=lambda s: (s.start, -s.end, s.name)):
        if one.end > reach.get(one.name, -1):
            kept.append(one)
            reach[one.name] = one.end
    return kept


def _key(word: str) -> str:
    """What a word is looked up by: itself; of an open or hyphened word, its first letters and a star."""
    found = re.match(r"[\w']+", word.replace("\\", ""))
    opening = found[0] if found else ""
    return opening if word == _word(opening) else opening[:_OPENING] + "*"


def _seconds(rest: Seq) -> set[str]:
    """What the second word of a pattern may be looked up by; "" is any word, or none."""
    if not rest or rest[0] == _GAP:
        return {""}
    if isinstance(rest[0], list):
        return {second for choice in rest[0] for second in _seconds((*choice, *rest[1:]))}
    second = _key(rest[0])
    return {second if len(second) > _OPENING or not second.endswith("*") else ""}


def _openings(seq: Seq) -> Iterator[Seq]:
    """The pattern once for each word that it may begin with: a choice at its beginning is multiplied out."""
    if not seq:
        return
    first, rest = seq[0], seq[1:]
    if isinstance(first, list):
        for choice in first:
            yield from _openings((*choice, *rest))
    elif first != _GAP:
        yield seq


def _parse(pattern: str, lists: Mapping[str, str]) -> Seq:
    """A pattern as words, gaps and choices; a choice is a list of patterns, of which one may be empty."""
    tokens = _TOKEN.findall(_NAMED.sub(lambda name: f"({lists[name[1]]})", pattern.lower()))
    seq, rest = _sequence(tokens)
    if rest:
        raise ValueError(f"The pattern “{pattern}” has a bracket too many.")
    return seq


def _sequence(tokens: Sequence[str]) -> tuple[Seq, Sequence[str]]:
    seq: list[Item] = []
    while tokens and tokens[0] not in ("|", ")"):
        token, tokens = tokens[0], tokens[1:]
        if token == "(":
            choice, tokens = _choice(tokens)
            seq.append(choice)
        else:
            seq.append(_GAP if token == "..." else _word(token))
    return tuple(seq), tokens


def _choice(tokens: Sequence[str]) -> tuple[list[Seq], Sequence[str]]:
    choices: list[Seq] = []
    while True:
        seq, tokens = _sequence(tokens)
        choices.append(seq)
        if not tokens:
            raise ValueError("A bracket is not closed.")
        token, tokens = tokens[0], tokens[1:]
        if token == ")":
            return choices, tokens


def _regex(seq: Seq, first: bool = True) -> str:
    """The regular expression of what follows the first word, or of all where that one is open.

    Patterns that differ in their first word only share it, so it is compiled once.
    """
    told = ""
    for place, item in enumerate(seq):
        if first and place == 0:
            told += item if _key(item).endswith("*") else ""
        elif isinstance(item, list):
            choices = [_regex(choice, first=False) for choice in item if choice]
            told += f"(?:{'|'.join(dict.fromkeys(choices))})" + ("?" if () in item else "")
        elif item == _GAP:
            told += item
        else:
            told += _BETWEEN + item
    return told


def _word(word: str) -> str:
    """A word as a regular expression; a hyphen may be a space or missing, a star any ending."""
    told = re.escape(word.removesuffix("*")).replace(r"\-", r"[\s\-]?")
    return f"{told}[\\w'\\-]*" if word.endswith("*") else told + _END
