"""Where words of the draft stand in another text: whole words, in their order, in any inflection.

"ill" is not in "will" or "skilled"; "high quality of life" is not in "high quality services"; "working together" is in
"works together".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from consultation import text as texts
from consultation.text import tidy
from consultation.wording.stems import stem

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")  # a hyphen parts words: "joined-up" is found as "joined up"
FORMS: Final = ("exact", "inflected", "derived")


@dataclass(frozen=True, kw_only=True)
class Match:
    """`text[start:end]` says the phrase: in the same words (exact), inflected, or derived from the same root."""

    start: int
    end: int
    form: str


def matches(phrase: str, text: str, *, derived: bool = False) -> list[Match]:
    """Every place of `phrase` in `text`, in order. With `derived`, one long word is found by its root too.

    >>> [match.form for match in matches("working together", "The system works together; working together helps")]
    ['inflected', 'exact']
    >>> matches("ill", "well skilled and still willing")
    []
    """
    found = list(_runs(phrase, text, stem))
    if not found and derived and len(_WORD.findall(phrase)) == 1 and len(phrase.strip()) > 5:
        found = [Match(start=one.start, end=one.end, form="derived") for one in _runs(phrase, text, texts.stem)]
    return found


def _runs(phrase: str, text: str, reduce: Callable[[str], str]) -> Iterator[Match]:
    wanted, (spans, here) = _reduced(phrase, reduce)[1], _reduced(text, reduce)
    for number in range(len(here) - len(wanted) + 1 if wanted else 0):
        if here[number : number + len(wanted)] == wanted:
            start, end = spans[number][0], spans[number + len(wanted) - 1][1]
            same = tidy(phrase.replace("-", " ")) == tidy(text[start:end].replace("-", " "))
            yield Match(start=start, end=end, form="exact" if same else "inflected")


@lru_cache(maxsize=1 << 14)
def _reduced(text: str, reduce: Callable[[str], str]) -> tuple[list[tuple[int, int]], list[str]]:
    """The spans of the words, and the words reduced; the same few texts are looked through for every phrase."""
    spans = [word.span() for word in _WORD.finditer(text)]
    return spans, [reduce(text[start:end]) for start, end in spans]


def says(phrase: str, text: str) -> bool:
    """Whether the text says the phrase, or all its words in another order or apart ("adopted in another form")."""
    if matches(phrase, text):
        return True
    wanted = set(_reduced(phrase, stem)[1])
    return len(wanted) > 1 and wanted <= set(_reduced(text, stem)[1])


def key(phrase: str) -> tuple[str, ...]:
    """What makes two phrases the same: their stems."""
    return tuple(stem(word) for word in _WORD.findall(phrase))
