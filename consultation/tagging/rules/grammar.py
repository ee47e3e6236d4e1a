"""A small language for ways of saying things, and the finder that runs a great many of them over a comment.

A pattern is words with space between them, in any case:

| written | means |
|---|---|
| `too long` | these words, one after the other |
| `(too|so) long` | either word; an alternative may be several words, or empty |
| `measur*` | any word that begins so |
| `what ... mean` | up to six words between, within one sentence |
| `{not}` | one of the word lists of `lists.toml` |

The first word of each pattern is looked up in an index, so a pattern costs nothing where it does not begin.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from consultation.text import straight

_OPENING: Final = 3  # letters by which a pattern that begins with an open word is looked up
_GAP: Final = r"(?:[^\w.?!\n]+[\w'\-]+){0,6}?"
_BETWEEN: Final = r"[^\w.?!\n]+"
_WORD: Final = re.compile(r"[\w']+")
_TOKEN: Final = re.compile(r"\(([^)]*)\)|\{(\w+)\}|(\.\.\.)|(\S+)")


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
        self._sources: dict[str, dict[str, str]] = {}
        self._index: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {}
        for name, told in patterns.items():
            by_first: dict[str, list[str]] = {}
            for pattern in told:
                for first, rest in _begin(pattern, known):
                    by_first.setdefault(first, []).append(rest)
            for first, rests in by_first.items():
                source = f"(?:{'|'.join(dict.fromkeys(rests))})(?![\\w'])"
                self._sources.setdefault(first, {})[name] = source

    def find(self, text: str) -> list[Said]:
        """All that is said, by place; of one name, nothing inside another find."""
        flat = lowered(text)
        found: list[Said] = []
        for word in _WORD.finditer(flat):
            for first in (word[0], word[0][:_OPENING] + "*"):
                if first in self._sources:
                    for name, pattern in self._index.get(first) or self._compile(first):
                        if hit := pattern.match(flat, word.start()):
                            found.append(Said(name=name, start=hit.start(), end=hit.end()))
        return _outermost(found)

    def _compile(self, first: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """The patterns that begin so, made ready when that word is first met: most never are."""
        made = tuple((name, re.compile(source)) for name, source in self._sources[first].items())
        self._index[first] = made
        return made


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


def _begin(pattern: str, lists: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """The first words that a pattern may begin with, and the regular expression of the whole for each."""
    parts = [_alternatives(token, lists) for token in _TOKEN.finditer(pattern)]
    while parts and parts[0] is not None and "" in parts[0] and len(parts) > 1:
        yield from _compiled([[one for one in parts[0] if one], *parts[1:]] if any(parts[0]) else [])
        parts = parts[1:]
    yield from _compiled(parts)


def _compiled(parts: Sequence[list[str] | None]) -> Iterable[tuple[str, str]]:
    if not parts or not parts[0]:
        return
    rest = _regex(parts[1:])
    for alternative in parts[0]:
        first = alternative.split()[0]
        opening = re.split(r"[^\w']", first)[0]
        yield opening[:_OPENING] + "*" if first == opening + "*" else opening, _words(alternative) + rest


def _regex(parts: Sequence[list[str] | None]) -> str:
    told = ""
    for part in parts:
        if part is None:
            told += _GAP
        elif "" in part:
            told += f"(?:{_BETWEEN}(?:{'|'.join(_words(one) for one in part if one)}))?"
        else:
            told += f"{_BETWEEN}(?:{'|'.join(_words(one) for one in part)})"
    return told


def _alternatives(token: re.Match[str], lists: Mapping[str, str]) -> list[str] | None:
    """The alternatives of one token; None is a gap."""
    if token[3]:
        return None
    told = token[1] if token[1] is not None else lists[token[2]] if token[2] else token[4]
    return [one.strip() for one in told.split("|")] if token[1] is not None or token[2] else [told]


def _words(alternative: str) -> str:
    """A few words as a regular expression; a hyphen may be a space or missing."""
    told = []
    for word in alternative.split():
        stem = re.escape(word.removesuffix("*")).replace(r"\-", r"[\s\-]?")
        told.append(f"{stem}[\\w'\\-]*" if word.endswith("*") else stem + r"(?![\w'])")
    return _BETWEEN.join(told)


def spelled(pattern: str) -> list[str]:
    """All wordings of a pattern without gaps or open words, for tests and documents.

    >>> spelled("(too|so) long")
    ['too long', 'so long']
    """
    parts = [_alternatives(token, word_lists()) or [] for token in _TOKEN.finditer(pattern)]
    return [" ".join(word for word in words if word) for words in itertools.product(*parts)]
