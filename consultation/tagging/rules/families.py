"""What people criticise or ask for when they read a draft, in families that most codebooks share.

A theme of a codebook is matched to families by its own words (name, definition, include, cues, examples), never by
its code; then the ways of saying of those families speak for the theme. A theme that fits no family is left to
its cues and to likeness. `families.toml` says how to add a family.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from consultation.model import Theme
from consultation.tagging.labels import LEFT_OVER
from consultation.tagging.meaning import corpus as corpora
from consultation.tagging.meaning import embedding
from consultation.tagging.rules import spoken, ways
from consultation.tagging.rules.stems import stems

_EVERYDAY_WORDS: Final = (
    "a an the and or of to in for on with is be it that this what which who not no do does can could would should "
    "will one from by as at has have than too so but if or where when how why say says said words word wording "
    "reader people person phrase sentence draft document text comment comments asks ask asked request requests "
    "something thing things more less much many any all other there they them their he she we us our you your i "
    "me my about into out up put"
)  # they stand in the descriptions of most themes and tell none apart


def affinity(themes: Sequence[Theme]) -> dict[str, dict[str, float]]:
    """For each family, the themes that it speaks for and how well it fits them (0 to 1).

    A fit is made of the words that the theme's name (counted three times), definition, include and cues share
    with what the family is about, of how often the family's ways of saying occur in the theme's cues and examples,
    and of how near the two are in meaning. What a theme excludes says nothing for it. A family speaks for its
    best theme, and for others nearly as good.
    """
    told = [theme for theme in themes if theme.code not in LEFT_OVER]
    fits = {theme.code: _fits(theme, near) for theme, near in zip(told, _meaning(told), strict=True)}
    spoken: dict[str, dict[str, float]] = {}
    for family in ways.families():
        best = max((fit[family] for fit in fits.values()), default=0.0)
        if best >= _ENOUGH:
            spoken[family] = {
                code: min(1.0, fit[family] / _SURE)
                for code, fit in fits.items()
                if fit[family] >= max(_ENOUGH, 0.7 * best) and fit[family] >= 0.6 * max(fit.values())
            }
    return spoken


_ENOUGH: Final = 0.35  # below this a theme only shares everyday words with a family
_SURE: Final = 0.6
_MEANT: Final = 0.7  # what a likeness of meaning counts beside the share of words


def _fits(theme: Theme, near: Mapping[str, float]) -> dict[str, float]:
    """How well each family fits a theme: shared words, what its own examples say, and meaning where that is known."""
    words = _weights(theme)
    total = sum(words.values()) or 1.0
    sayings = [*theme.cues, *theme.examples, theme.name, *theme.include.split(";")]
    said: Counter[str] = Counter()
    for saying in sayings:
        said.update({hit.name for hit in ways.grammar().find(spoken.read(saying))} & ways.families().keys())
    every = 1 + sum(said.values())
    fits = {}
    for name in ways.families():
        shared = sum(weight for word, weight in words.items() if word in _about(name)) / total
        fits[name] = shared + 0.5 * said[name] / every + _MEANT * max(0.0, near.get(name, shared))
    return fits


def _meaning(themes: Sequence[Theme]) -> list[dict[str, float]]:
    """For each theme the likeness of what it says to each family, by the table; nothing where there is no table."""
    table, names = embedding.load(), list(ways.families())
    if table is None or not themes:
        return [{} for _ in themes]
    said = [f"{theme.name}. {theme.name}. {theme.definition} {theme.include}" for theme in themes]
    ours = table.of(corpora.read(said))
    theirs = table.of(corpora.read([ways.families()[name].about for name in names]))
    near = embedding.normalised(ours - ours.mean(axis=0)) @ embedding.normalised(theirs - theirs.mean(axis=0)).T
    return [dict(zip(names, row.tolist(), strict=True)) for row in near]


def _weights(theme: Theme) -> dict[str, float]:
    weights: dict[str, float] = {}
    for text, weight in ((theme.name, 3.0), (theme.definition, 1.0), (theme.include, 0.5), (" ".join(theme.cues), 0.5)):
        for word in set(stems(text)) - _everyday():
            if len(word) > 2:
                weights[word] = max(weights.get(word, 0.0), weight)
    return weights


@lru_cache(maxsize=64)
def _about(name: str) -> frozenset[str]:
    return frozenset(stems(ways.families()[name].about)) - _everyday()


@lru_cache(maxsize=1)
def _everyday() -> frozenset[str]:
    return frozenset(stems(_EVERYDAY_WORDS))
