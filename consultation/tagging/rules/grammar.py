"""A small language for ways of saying things, and the finder of all of them in a comment.

A pattern is words with space between them, in any case:

| written | means |
|---|---|
| `too long` | these words, one after the other, within one sentence |
| `(too|so) long` | either word; a choice may be several words, hold choices, or be empty |
| `measur*` | any word that begins so |
| `what ... mean` | up to six words between |
| `re-word` | with the hyphen, a space or nothing in its place |
| `{not}` | one of the word lists of `lists.toml` |
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from consultation.tagging.rules import finder, spoken
from consultation.tagging.rules.finder import ANY, Finder, Step
from consultation.tagging.rules.spoken import HYPHEN, Spoken

_PASSED: Final = 6  # words that a gap passes over at most
_GAP: Final = "..."
_TOKEN: Final = re.compile(r"[()|]|[^\s()|]+")
_NAMED: Final = re.compile(r"\{(\w+)\}")
Seq = tuple[Any, ...]  # words and gaps, or lists of sequences of which one is said
Steps = frozenset[Step]


class Said(NamedTuple):
    """A pattern of `name` found at `text[start:end]`."""

    name: str
    start: int
    end: int


class Grammar:
    """Patterns by name, ready to be found."""

    def __init__(self, patterns: Mapping[str, Iterable[str]], lists: Mapping[str, str] | None = None) -> None:
        known = {**word_lists(), **(lists or {})}
        self._finder = Finder(
            step for name, told in patterns.items() for pattern in told for step in _begin(pattern, name, known)
        )

    def find(self, text: Spoken) -> list[Said]:
        """All that is said, by place; of one name, nothing inside another find."""
        return [Said(name, *text.span(first, last)) for first, last, name in self._finder.find(text.words)]


@lru_cache(maxsize=1)
def word_lists() -> dict[str, str]:
    """The word lists of `lists.toml`, by name."""
    return tomllib.loads((Path(__file__).parent / "lists.toml").read_text(encoding="utf-8"))


def _begin(pattern: str, name: str, lists: Mapping[str, str]) -> Steps:
    """The steps with which a pattern begins."""
    end = Step("", name=name)
    return _steps(_parse(pattern, lists), frozenset({end}), end)


def _steps(seq: Seq, then: Steps, end: Step) -> Steps:
    for item in reversed(seq):
        if isinstance(item, list):
            then = frozenset().union(*(_steps(choice, then, end) for choice in item))
        else:
            then = _gap(then, end) if item == _GAP else _spelled(item, then)
    return then


def _gap(then: Steps, end: Step) -> Steps:
    reach = then
    for _ in range(_PASSED):
        reach = then | {finder.step(ANY, reach, gap=end)}
    return reach


def _spelled(word: str, then: Steps) -> Steps:
    """A word as it may be written: with a hyphen, a space or neither."""
    opening = word.removesuffix(ANY)
    parts = [part for part in spoken.read(opening).words if part != HYPHEN]
    if opening and not parts:
        raise ValueError(f"“{word}” is no word.")
    *before, last = parts or [""]
    star = word[len(opening) :]
    apart = frozenset({finder.step(last + star, then)})
    for part in reversed(before):
        apart = frozenset({Step(part, apart)})
    return apart | {finder.step("".join(parts) + star, then)} if before else apart


def _parse(pattern: str, lists: Mapping[str, str]) -> Seq:
    """A pattern as words, gaps and choices; a choice is a list of patterns, of which one may be empty."""
    tokens = _TOKEN.findall(_NAMED.sub(lambda name: f"({lists[name[1]]})", pattern.lower()))
    seq, rest = _sequence(tokens)
    if rest:
        raise ValueError(f"The pattern “{pattern}” has a bracket too many.")
    return seq


def _sequence(tokens: Sequence[str]) -> tuple[Seq, Sequence[str]]:
    seq: list[Any] = []
    while tokens and tokens[0] not in ("|", ")"):
        token, tokens = tokens[0], tokens[1:]
        if token == "(":
            choice, tokens = _choice(tokens)
            seq.append(choice)
        else:
            seq.append(token)
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
