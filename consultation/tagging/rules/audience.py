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
_CUT: Final = re.compile(r"[,;/&()]|\b(?:and|or|with|in|from|of|on|at|for|who|whose|that|have|has|speak|live|work)\b")
_EMPTY: Final = (
    "a an the their our other others all any some little public local general people person everyone anyone resident "
    "residents user users member members owner owners group groups adult adults individual individuals community "
    "communities area areas service services home homes"
)  # words that name no group by themselves


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
    served = serving(own)
    for group, signs in _held()["lives"].items():
        for code in served[group]:
            yield from _entries(code, signs, _LIVES_SO)
    named = _named(own)
    for audience in own:
        spoken = {*audience.cues, *_parts(audience.name)}
        for group, words in known().items():
            is_served = audience.code in served[group]
            rivals = set(named if is_served else served[group]) - {audience.code}
            others = {word for rival in rivals for word in named[rival][group]}
            spoken.update(set(words if is_served else named[audience.code][group]) - others)
        yield from _entries(audience.code, sorted(spoken), _NAMED_SO)


def serving(own: Sequence[Theme] = ()) -> Mapping[str, tuple[str, ...]]:
    """The audiences that each general group serves: those of a workspace that most of its words describe.

    Of several that it describes alike, the one that is called by such a word alone ("staff", beside "practice staff").
    """
    if not own:
        return {group: (group,) for group in known()}
    named = _named(own)
    parts = {audience.code: set(map(key, _parts(audience.name))) for audience in own}
    served = {}
    for group in known():
        fits = {
            code: (len(found[group]), bool(parts[code] & set(map(key, found[group])))) for code, found in named.items()
        }
        best = max(fits.values())
        served[group] = tuple(code for code, fit in fits.items() if fit == best and fit[0])
    return served


def _entries(code: str, words: Iterable[str], strength: float) -> Iterable[Entry]:
    return (Entry(phrase=word, facet="audience", code=code, strength=strength, kind="group") for word in words)


def _parts(name: str) -> Iterable[str]:
    """The groups that a name lists, where they say more than "people".

    >>> sorted(_parts("Landlords and letting agents, people on a waiting list, and other residents"))
    ['landlords', 'letting agents', 'waiting list']
    """
    for part in _CUT.split(name.casefold()):
        words = part.split()
        while words and words[0] in _EMPTY.split():
            words.pop(0)
        if 0 < len(words) < 4:
            yield " ".join(words)


def _named(own: Sequence[Theme]) -> dict[str, dict[str, list[str]]]:
    """By audience and general group, those of the group's words that stand in what is said of the audience."""
    named = {}
    for audience in own:
        described = f" {key(' '.join((audience.name, audience.definition, audience.include)))} "
        named[audience.code] = {
            group: [word for word in words if f" {key(word)} " in described] for group, words in known().items()
        }
    return named


@lru_cache(maxsize=1)
def _held() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / "audiences.toml").read_text(encoding="utf-8"))
