"""Inflection alone: the forms of one word, never its kin.

`text.stem` also brings "independence" and "independently" together; a change of wording, and words that survive one,
need the two told apart. `tagging.rules.stems.stem`, on the other side of the corridor, is inflection alone too, but
for phrases of rules: a verb keeps its "not" there and colour meets color, where here a wording is what is compared.
Rules over endings after Porter (1980), step 1, with irregular forms that they would miss.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_VOWEL: Final = re.compile(r"[aeiouy]")
_IRREGULAR: Final = {
    "children": "child", "people": "person", "men": "man", "women": "woman", "lives": "life", "wives": "wife",
    "was": "be", "were": "be", "is": "be",
    "are": "be", "been": "be", "being": "be", "has": "have", "had": "have", "having": "have", "does": "do",
    "did": "do", "done": "do", "kept": "keep", "built": "build", "grown": "grow", "grew": "grow", "made": "make",
    "given": "give", "gave": "give", "taken": "take", "took": "take", "felt": "feel", "led": "lead", "met": "meet",
    "spent": "spend", "left": "leave", "lost": "lose", "driven": "drive", "drove": "drive", "known": "know",
    "ageing": "age", "aging": "age",
}  # fmt: skip
_SAME: Final = frozenset({"his", "its", "this", "us", "as", "thus", "news", "always", "perhaps", "across", "less",
                          "need", "needs", "during", "nothing", "something", "anything", "everything", "thing",
                          "things"})  # fmt: skip


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The word without its inflection; case, a possessive and typographic apostrophes do not matter.

    >>> [stem(word) for word in ("works", "working", "Opportunities", "maximising", "maximise", "planned")]
    ['work', 'work', 'opportunity', 'maximis', 'maximis', 'plan']
    >>> stem("excluded") == stem("included")
    False
    """
    word = word.casefold().replace("’", "'")
    word = word.rstrip("'").removesuffix("'s") if len(word) > 3 else word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in _SAME or len(word) < 4:
        return word
    return _without_e(_without_ing(_without_s(word)).replace("iz", "is"))


def _without_s(word: str) -> str:
    if word.endswith("sses"):
        return word[:-2]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _without_ing(word: str) -> str:
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        bare = word.removesuffix(ending)
        if bare != word and len(bare) > 2 and _VOWEL.search(bare) and not word.endswith("eed"):
            doubled = len(bare) > 3 and bare[-1] == bare[-2] and bare[-1] not in "lsz"
            return bare[:-1] if doubled else bare
    return word


def _without_e(word: str) -> str:
    return word[:-1] if word.endswith("e") and len(word) > 4 else word
