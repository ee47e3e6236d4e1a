"""Whom a comment speaks about or for: groups of people by the words that name them, and by what their lives hold.

These serve where a workspace lists no audiences of its own. Its own are matched to these by the words of their
names and cues. To add a group, see `audiences.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from consultation.model import Theme
from consultation.tagging.rules.phrasebook import Entry
from consultation.tagging.rules.stems import key

_ALSO: Final = ("children", "babies", "families", "women", "men", "charities", "disabled people", "the elderly")
_NAMED_SO: Final = 0.6
_LIVES_SO: Final = 0.55
_PARTS: Final = re.compile(r"\s*(?:[,;/&()]|\band\b|\bor\b|\bwith\b|\bin\b|\bfrom\b|\bof\b)\s*")
_ANYBODY: Final = (
    "people person everyone anyone others other public community communities resident residents user users member "
    "members group groups adult adults individual individuals local general area areas all service services owner "
    "owners home homes work"
)  # such words name no group by themselves


@lru_cache(maxsize=1)
def known() -> dict[str, tuple[str, ...]]:
    """The groups of `audiences.toml` and the words that name them."""
    return {code: tuple(words) for code, words in _held()["names"].items()}


def group_words() -> str:
    """All words for groups as alternatives of a pattern, whatever their ending."""
    told = {word + "*" if len(word) > 3 else word for words in known().values() for word in words}
    return "|".join(sorted({*told, *_ALSO, "people with", "people who", "those who", "those with"}))


def entries(own: Sequence[Theme] = ()) -> Iterable[Entry]:
    """What the phrasebook looks for: the workspace's own audiences, or the general ones where it lists none."""
    if not own:
        for code, words in known().items():
            yield from _entries(code, words, _NAMED_SO)
    serves = serving(own)
    for group, signs in _held()["lives"].items():
        for code in serves[group]:
            yield from _entries(code, signs, _LIVES_SO)
    for audience in own:
        found = _named(audience)
        spoken = {*audience.cues, *_parts(audience.name)}
        for group, told in found.items():  # a group's words serve whom most of them describe
            spoken.update(known()[group] if audience.code in serves[group] else told)
        yield from _entries(audience.code, sorted(spoken), _NAMED_SO)


def serving(own: Sequence[Theme] = ()) -> Mapping[str, tuple[str, ...]]:
    """The audiences that each general group serves: those of a workspace that most of its words describe."""
    if not own:
        return {group: (group,) for group in known()}
    named = {audience.code: _named(audience) for audience in own}
    most = {group: max(len(found[group]) for found in named.values()) for group in known()}
    return {
        group: tuple(code for code, found in named.items() if found[group] and len(found[group]) == most[group])
        for group in known()
    }


def _entries(code: str, words: Iterable[str], strength: float) -> Iterable[Entry]:
    return (Entry(phrase=word, facet="audience", code=code, strength=strength, kind="group") for word in words)


def _parts(name: str) -> Iterable[str]:
    """The groups that a name lists, where they say more than "people".

    >>> sorted(_parts("Landlords and letting agents, and other people"))
    ['landlords', 'letting agents']
    """
    for part in _PARTS.split(name.casefold()):
        words = part.split()
        if 0 < len(words) < 4 and not set(words) <= set(_ANYBODY.split()):
            yield part


def _named(audience: Theme) -> dict[str, list[str]]:
    """By general group, those of its words that stand in what is said of an audience."""
    described = f" {key(' '.join((audience.name, audience.definition, audience.include)))} "
    return {group: [word for word in words if f" {key(word)} " in described] for group, words in known().items()}


@lru_cache(maxsize=1)
def _held() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / "audiences.toml").read_text(encoding="utf-8"))
