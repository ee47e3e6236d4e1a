"""Whom a comment speaks about or for: groups of people by the words that name them.

These serve where a workspace lists no audiences of its own. Its own are matched to these by the words of their
names and cues.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from consultation.model import Theme
from consultation.tagging.rules.phrasebook import Entry
from consultation.tagging.rules.stems import key

_ALSO: Final = ("children", "babies", "families", "women", "men", "charities", "disabled people", "the elderly")


@lru_cache(maxsize=1)
def known() -> dict[str, tuple[str, ...]]:
    """The groups of `audiences.toml` and their words."""
    held = tomllib.loads((Path(__file__).parent / "audiences.toml").read_text(encoding="utf-8"))
    return {code: tuple(words) for code, words in held.items()}


def group_words() -> str:
    """All words for groups as alternatives of a pattern, whatever their ending."""
    told = {word + "*" if len(word) > 3 else word for words in known().values() for word in words}
    return "|".join(sorted({*told, *_ALSO, "people with", "people who", "those who", "those with"}))


def entries(own: Sequence[Theme] = ()) -> Iterable[Entry]:
    """What the phrasebook looks for: the workspace's own audiences, or the general ones where it lists none."""
    if not own:
        for code, words in known().items():
            yield from (Entry(phrase=word, facet="audience", code=code, strength=0.6, kind="group") for word in words)
        return
    named = {audience.code: _named(audience) for audience in own}
    most = {group: max(len(found[group]) for found in named.values()) for group in known()}
    for audience in own:
        spoken = set(audience.cues)
        for group, found in named[audience.code].items():  # a group's words serve whom most of them describe
            spoken.update(known()[group] if found and len(found) == most[group] else found)
        for word in sorted(spoken):
            yield Entry(phrase=word, facet="audience", code=audience.code, strength=0.6, kind="group")


def _named(audience: Theme) -> dict[str, list[str]]:
    """By general group, those of its words that stand in what is said of an audience."""
    described = f" {key(' '.join((audience.name, audience.definition, audience.include)))} "
    return {group: [word for word in words if f" {key(word)} " in described] for group, words in known().items()}
