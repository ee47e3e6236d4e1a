"""How a comment stands to the draft: support, object, suggest, question, observe, mixed or conditional.

Not a mood: "no objection, if a good provider is found" is support with a condition. What stands inside a longer
way of saying does not count by itself, so a negation or "very few concerns" turns nothing round.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from consultation.tagging.rules.grammar import Said, word_lists
from consultation.tagging.rules.spoken import Spoken

_ORDER: Final = ("object", "support", "suggest", "conditional", "mixed", "but", "question")
_CRITICAL: Final = frozenset(
    {"jargon", "vague", "unrealistic", "excludes", "stigma", "negative_framing", "too_long", "contradiction", "spin"}
    | {"misleading", "evidence", "tone", "access", "cost", "fairness", "trust", "impact"}
)
_WONDERS: Final = re.compile(r"\b(?:i wonder|wondering|not sure|don't know|don't understand|unclear)\b")
_REFUSES: Final = re.compile(r"\b(?:i|we)(?: \w+ly| must| wish to| would| do| all)? (?:object|oppose)\b")
_BREAKS: Final = (*".!?:;()-–—•·*\n", "")
_GO_ON: Final = frozenset(("just", "then", "so", "and", "but", "instead", "please"))  # and an order may follow
_NO_ORDER: Final = frozenset(("is", "are", "was", "were", "of", "you", "we", "they", "i", "?"))  # after such a word
# What a remark leans to where no way of saying tells more: who denies mostly finds fault, and a kind word without a
# denial is mostly praise. Weak signs, looked for in this order. A remark without any finds fault more often than it
# does anything else: in four labelled consultations in four of ten, and in one of ten it only tells.
_LEANS: Final = (
    (
        "support",
        re.compile(
            r"\A\W*(?:all |it's |that's |this is |sounds |seems |looks |very |quite )*"
            r"(?:fine|ok|okay|good|sensible|great|yes|agreed|happy|clear)\b"
        ),
    ),
    (
        "object",
        re.compile(
            r"\b(?:not|never|no|no one|nobody|nothing|none|nor|neither|nowhere|without|cannot|hardly|barely|cant|dont|"
            r"wont|isnt|arent|doesnt|didnt|wasnt)\b|n't\b"
        ),
    ),
    (
        "support",
        re.compile(
            r"\b(?:thanks?|thankyou|lovely|loved?|great|brilliant|wonderful|excellent|pleased|glad|good|nice|happy|welcome|"
            r"enjoy\w*|delighted|fantastic|superb|perfect)\b"
        ),
    ),
    ("suggest", re.compile(r"\b(?:should|must|needs?|ought|instead|rather|please|let's)\b")),
)


class Stance(NamedTuple):
    """`start`, `end` span the words that decided; None where none did, and it is what such remarks mostly are."""

    code: str
    score: float
    start: int | None
    end: int | None


def read(text: Spoken, told: Sequence[Said]) -> Stance:
    """The stance of a comment in which these ways of saying were found."""
    flat = text.flat
    found = _not_inside([said for said in told if said.name in _ORDER])
    first: dict[str, list[Said]] = {name: [] for name in _ORDER}
    for said in found:
        first[said.name].append(said)
    asks = "?" in flat
    support, against, wants = first["support"], first["object"], first["suggest"]
    if first["mixed"]:
        return _stance("mixed", 0.6, first["mixed"])
    if support and first["conditional"] and not against:
        return _stance("conditional", 0.65, first["conditional"])
    if support and against:
        if first["but"] or len(against) == len(support):
            return _stance("mixed", 0.5, support)
        return _stance("object", 0.5, against) if len(against) > len(support) else _stance("support", 0.5, support)
    if refusal := _REFUSES.search(flat):
        return Stance(code="object", score=0.65, start=refusal.start(), end=refusal.end())
    if wants:
        return _stance("suggest", 0.6 if not asks else 0.5, wants)
    if not against and (order := _order(text)):
        return _stance("suggest", 0.5, [order])
    if asks and not against and (first["question"] or not support):
        mark = flat.index("?")
        return _stance("question", 0.6, first["question"] or [Said("question", mark, mark + 1)])
    if against:
        return _stance("object", 0.6, against)
    if support:
        return _stance("support", 0.65, support)
    if fault := [said for said in told if said.name in _CRITICAL]:
        return _stance("object", 0.45, fault)
    if first["question"] and _WONDERS.search(flat):
        return _stance("question", 0.5, first["question"])
    for code, words in _LEANS:
        if sign := words.search(flat):
            return Stance(code=code, score=0.4, start=sign.start(), end=sign.end())
    return Stance(code="object", score=0.4, start=None, end=None)


def _order(text: Spoken) -> Said | None:
    """A sentence, or a part of one, that begins with what is to be done."""
    verbs = _verbs()
    if verbs.isdisjoint(text.words):
        return None
    for at, word in enumerate(text.words):
        if word in verbs and (at + 1 == len(text.words) or text.words[at + 1] not in _NO_ORDER):
            before = text.flat[: text.starts[at]].rstrip(" \"'")[-1:]
            if before in _BREAKS or (at and text.words[at - 1] in _GO_ON):
                return Said("suggest", *text.span(at, at))
    return None


@cache
def _verbs() -> frozenset[str]:
    return frozenset(word_lists()["do"].split("|"))


def _stance(code: str, score: float, said: list[Said]) -> Stance:
    return Stance(code=code, score=score, start=said[0].start, end=said[0].end)


def _not_inside(found: list[Said]) -> list[Said]:
    """Without what lies inside a longer find: "agree" within "don't agree" is no support."""
    kept: list[Said] = []
    if len(found) < 2:
        return found
    for one in sorted(found, key=lambda s: (s.start - s.end, s.start, _ORDER.index(s.name))):
        if not any(
            other.start <= one.start and one.end <= other.end and {one.name, other.name} == {"support", "object"}
            for other in kept
        ):
            kept.append(one)
    return sorted(kept, key=lambda s: (s.start, s.end, s.name))
