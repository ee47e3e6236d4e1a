"""Stems, so that one word is found in its other forms: `stem` for inflection, `root` for derivation as well.

Rules over endings after Porter (1980), step 1, with irregular forms that plain rules would miss. `root` is coarser:
it brings "independence" and "independently" together, and is used only where a person looks at what it finds.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_VOWEL: Final = re.compile(r"[aeiouy]")
_IRREGULAR: Final = {
    "children": "child", "people": "person", "men": "man", "women": "woman", "lives": "life", "wives": "wife",
    "better": "good", "best": "good", "worse": "bad", "worst": "bad", "was": "be", "were": "be", "is": "be",
    "are": "be", "been": "be", "being": "be", "has": "have", "had": "have", "having": "have", "does": "do",
    "did": "do", "done": "do", "kept": "keep", "built": "build", "grown": "grow", "grew": "grow", "made": "make",
    "given": "give", "gave": "give", "taken": "take", "took": "take", "felt": "feel", "led": "lead", "met": "meet",
    "spent": "spend", "left": "leave", "lost": "lose", "driven": "drive", "drove": "drive", "known": "know",
    "ageing": "age", "aging": "age",
}  # fmt: skip
_SAME: Final = frozenset({"his", "its", "this", "us", "as", "thus", "news", "always", "perhaps", "across", "less",
                          "need", "needs", "during", "nothing", "something", "anything", "everything", "thing",
                          "things"})  # fmt: skip
_SUFFIXES: Final = (
    "fulness", "iveness", "ization", "isation", "ability", "ibility", "ational", "ously", "ively", "ently", "antly",
    "fully", "ically", "ation", "ition", "ement", "ness", "ment", "ence", "ance", "ency", "ancy", "able", "ible",
    "less", "ical", "ious", "eous", "ship", "ally", "ent", "ant", "ism", "ist", "ity", "ive", "ous", "ful", "ion",
    "ise", "ize", "ly", "al", "er", "or", "ic", "y",
)  # fmt: skip


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


@lru_cache(maxsize=1 << 16)
def root(word: str) -> str:
    """The word without inflection and the commonest endings of derivation.

    >>> root("independence") == root("independently") == root("independent")
    True
    >>> root("skilled") == root("ill")
    False
    """
    bare = stem(word)
    for _ in range(2):
        for suffix in _SUFFIXES:
            if bare.endswith(suffix) and len(bare) - len(suffix) >= 4:
                bare = bare[: -len(suffix)]
                break
            cut = suffix.removesuffix("e")
            if cut != suffix and bare.endswith(cut) and len(bare) - len(cut) >= 4:
                bare = bare[: -len(cut)]
                break
    return bare
