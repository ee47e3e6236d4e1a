"""English words brought to a stem, so that "delivers", "delivering" and "delivered" are one word.

Inflection only: "health" and "healthy" stay two words. Spellings in -ise and -ize meet, and those of colour and labour.

There are two more stems in the project: `text.stem` also brings kin together (independence, independently) and
`wording.stems.stem` compares wordings word by word. This one is for the rules of the tagger, whose phrases hold verbs:
it knows more of the irregular ones, keeps a "not" within the verb ("don't"), and does not know -ise from -ize.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from consultation.tagging.rules import spoken

_IRREGULAR: dict[str, str] = {
    "children": "child", "women": "woman", "men": "man", "people": "people", "persons": "people", "lives": "live",
    "lived": "live", "left": "leave", "leaving": "leave", "kept": "keep", "said": "say", "says": "say", "made": "make",
    "making": "make", "meant": "mean", "meaning": "mean", "understood": "understand", "built": "build", "felt": "feel",
    "went": "go", "goes": "go", "gone": "go", "did": "do", "does": "do", "done": "do", "doing": "do", "has": "have",
    "had": "have", "having": "have", "was": "be", "were": "be", "is": "be", "are": "be", "been": "be", "being": "be",
    "am": "be", "'s": "'s", "s": "s", "this": "this", "thus": "thus", "news": "news", "us": "us", "its": "it",
    "his": "his", "yes": "yes", "thing": "thing", "nothing": "nothing", "something": "something", "bring": "bring",
    "brought": "bring", "paid": "pay", "taught": "teach", "thought": "think", "taken": "take", "took": "take",
    "written": "write", "wrote": "write", "spoke": "speak", "spoken": "speak", "found": "find", "need": "need",
    "needs": "need", "speed": "speed", "feed": "feed", "indeed": "indeed", "spring": "spring", "during": "during",
    "morning": "morning", "evening": "evening", "anything": "anything", "everything": "everything", "king": "king",
}  # fmt: skip
NOT: Final = "n't"  # a verb and "not" in one word end so, however they are written
_VERBS: Final = ("do", "does", "did", "can", "could", "would", "should", "is", "are", "was", "were", "has", "have")
_IRREGULAR |= {verb + ending: _IRREGULAR.get(verb, verb) + NOT for verb in _VERBS for ending in (NOT, "nt", "not")}
_IRREGULAR |= {"can't": "can" + NOT, "cant": "can" + NOT, "won't": "will" + NOT}
_VOWEL = re.compile(r"[aeiouy]")
_DOUBLED = re.compile(r"(?:bb|dd|gg|mm|nn|pp|rr|tt)$")


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """The stem of a word; case is folded.

    >>> [stem(word) for word in ("Delivering", "policies", "planned", "prioritized", "understood")]
    ['deliver', 'policy', 'plan', 'prioritis', 'understand']
    """
    word = word.casefold().replace("’", "'").removesuffix("'s").removesuffix("'")
    if word in _IRREGULAR:
        word = _IRREGULAR[word]
    elif len(word) > 3 and word.isalpha():
        word = _without_ending(word)
    if len(word) > 4:
        word = re.sub(r"iz(?=$|at|ing|ed)", "is", word).replace("colour", "color").replace("labour", "labor")
    return word.removesuffix("e") if len(word) > 3 else word


def stems(text: str) -> list[str]:
    """The stems of the words of a text, in order, punctuation left out.

    >>> stems("Delivers well-being for children’s homes.")
    ['deliver', 'well', 'be', 'for', 'child', 'hom']
    """
    return [stem(word) for word in spoken.read(text).words if word not in spoken.MARKS]


def key(phrase: str) -> str:
    """What the inflections of a phrase share.

    >>> key("Delivers better outcomes") == key("delivering better outcome")
    True
    """
    return " ".join(stems(phrase))


def _without_ending(word: str) -> str:
    if word.endswith(("ies", "ied")) and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes", "zzes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    if word.endswith("eed"):
        return word[:-1]
    for ending in ("ing", "ed"):
        root = word[: -len(ending)]
        if word.endswith(ending) and len(root) > 2 and _VOWEL.search(root):
            return root[:-1] if _DOUBLED.search(root) else root
    return word
