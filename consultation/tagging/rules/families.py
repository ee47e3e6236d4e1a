"""What people criticise or ask for when they read a draft, in families that most codebooks share.

A theme of a codebook is matched to families by its own words (name, definition, include, cues, examples), never by
its code; then the ways of saying of those families speak for the theme. A theme that fits no family is left to
its cues and to likeness. `families.toml` says how to add a family.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from consultation.model import Theme
from consultation.tagging.labels import LEFT_OVER
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
    with what the family is about, and of how often the family's ways of saying occur in the theme's cues and
    examples. What a theme excludes says nothing for it. A family speaks for its best theme, and for others nearly
    as good.
    """
    told = [theme for theme in themes if theme.code not in LEFT_OVER]
    fits = {theme.code: _fits(theme) for theme in told}
    spoken: dict[str, dict[str, float]] = {}
    for family in ways.families():
        best = max((fit[family] for fit in fits.values()), default=0.0)
        if best >= _ENOUGH:
            spoken[family] = {
                code: min(1.0, fit[family] / _SURE)
                for code, fit in fits.items()
                if fit[family] >= max(_ENOUGH, 0.6 * best) and fit[family] >= 0.4 * max(fit.values())
            }
    return spoken


_ENOUGH: Final = 0.22  # below this a theme only shares everyday words with a family
_SURE: Final = 0.5


def _fits(theme: Theme) -> dict[str, float]:
    words = _weights(theme)
    total = sum(words.values()) or 1.0
    sayings = [*theme.cues, *theme.examples, theme.name, *theme.include.split(";")]
    said: Counter[str] = Counter()
    for saying in sayings:
        said.update({hit.name for hit in ways.grammar().find(spoken.read(saying))} & ways.families().keys())
    every = sum(said.values()) or 1
    return {
        name: sum(weight for word, weight in words.items() if word in _about(name)) / total + 0.5 * said[name] / every
        for name in ways.families()
    }


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
