"""Which element of the draft a remark belongs to: what the question asks about, the heading says, or the words name.

Nearest wins: a code or name in the same sentence, then in an earlier one, then the heading, confirmed tags, the
question. An element is named by its code, its name, its kind ("the vision") or its number in order ("the second
outcome").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from consultation.model import Element
from consultation.text import stem, tidy, words

_ORDINALS: Final = {
    word: number
    for number, forms in enumerate(("first 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th"))
    for word in forms.split()
}
_NOUNS: Final = (
    r"(?:strategic |supporting )?(?:outcome|priority|priorities|aim|ambition|objective|commitment|principle|milestone|"
    r"measure|goal|target|theme|point|item|number|no\.?|para(?:graph)?|section|question|q)"
)
ASKED: Final = 2.0
_SAME_SENTENCE, _BEFORE, _HEADING, _TAGGED, _KIN = 6.0, 4.0, 3.0, 2.5, 0.8
_ALIKE: Final = 0.75  # share of its words that a heading must share with a wording to mean it


@dataclass(frozen=True, kw_only=True)
class Directory:
    """The names by which elements are called, ready to be looked for."""

    elements: Mapping[str, Element]
    names: tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...]
    wordings: Mapping[str, tuple[frozenset[str], ...]]
    children: Mapping[str, frozenset[str]]


@dataclass(frozen=True, kw_only=True)
class About:
    """What is known of a comment before it is read: codes with how strongly they are meant, and the heading."""

    codes: Mapping[str, float]
    heading: str = ""


def directory(draft: Mapping[str, Element], versions: Sequence[Element]) -> Directory:
    """From the draft's elements and every version of them (a heading may carry the revised words)."""
    known: dict[str, Element] = {element.code: element for element in versions}
    known.update(draft)
    wordings: dict[str, list[frozenset[str]]] = {}
    for element in versions:
        if element.wording:
            wordings.setdefault(element.code, []).append(_stems(element.wording))
    family: dict[str, set[str]] = {}
    for element in known.values():
        if element.parent:
            family.setdefault(element.parent, set()).add(element.code)
            family.setdefault(element.code, set()).add(element.parent)
    return Directory(
        elements=known,
        names=tuple(_names(known)),
        wordings={code: tuple(found) for code, found in wordings.items()},
        children={code: frozenset(kin) for code, kin in family.items()},
    )


def _names(known: Mapping[str, Element]) -> Iterable[tuple[str, re.Pattern[str], tuple[str, ...]]]:
    """How each element is called: a piece of text that must be there, the pattern around it, and the codes."""
    kinds: dict[str, list[str]] = {}
    for code, element in known.items():
        kinds.setdefault(element.kind, []).append(code)
        yield code.casefold(), _code_pattern(code), (code,)
        if element.name and len(element.name) > 3:
            yield element.name.casefold(), _name_pattern(element.name), (code,)
    for kind, codes in kinds.items():
        spoken = kind.replace("_", " ")
        short = spoken.split()[-1]
        if len(codes) == 1:
            around = rf"\b(?:the|your|this|in|draft)\s+(?:working )?{short}\b(?! of\b)|^\s*{short}\s*[.:'–-]"
            yield short, re.compile(around, re.I | re.M), (codes[0],)
        for word, number in _ORDINALS.items():
            if 1 < len(codes) > number:
                yield word, re.compile(rf"\b{word}\s+(?:{spoken}|{short})\b", re.I), (codes[number],)


def _code_pattern(code: str) -> re.Pattern[str]:
    """A code as it is written: bare where it cannot be taken for a word or a number, else after "outcome", "no."."""
    told = re.escape(code)
    if re.search(r"\d", code) and len(code) > 1 and not code.isdigit():
        return re.compile(rf"(?<![\w.]){told}(?!\w|\.\d)", re.I)
    if len(code) > 2 and not code.isdigit():
        return re.compile(rf"(?<!\w){told}(?!\w)")
    listed = rf"|^\s*{told}[.):]\s" if code.isdigit() else ""
    return re.compile(rf"\b{_NOUNS}\s+{told}(?!\w|\.\d){listed}", re.I | re.M)


def _name_pattern(name: str) -> re.Pattern[str]:
    """A name where it is used as one: after "the" or "in", before a colon or a dash, or called a part."""
    told = re.escape(name)
    first = r"(?:^|\n|\d[.)]\s*)" if len(words(name)) == 1 else ""
    return re.compile(
        rf"\b(?:the|in|under|on|for|re)\s+['\"“‘]?{told}\b|{first}\b{told}\b\s*[:'\"”’–-]|"
        rf"\b{told} (?:bit|part|section|line|one)\b",
        re.I,
    )


def about(place: Directory, *, asked: Iterable[str], heading: str | None, tagged: Iterable[tuple[str, bool]]) -> About:
    """What the question, the heading and the tags say. `tagged` holds code and whether a person confirmed it."""
    codes: dict[str, float] = {}
    known = [code for code in asked if code in place.elements]
    for code in known:
        codes[code] = ASKED if len(known) <= 3 else ASKED / 2
    for code, confirmed in tagged:
        if code in place.elements:
            codes[code] = max(codes.get(code, 0.0), _TAGGED if confirmed else _TAGGED / 2)
    for code in _under(place, heading):
        codes[code] = _HEADING
    for code in list(codes):
        for kin in place.children.get(code, ()):
            codes.setdefault(kin, _KIN * codes[code] / _HEADING)
    return About(codes=codes, heading=(heading or "").split(" > ")[-1].strip())


def _under(place: Directory, heading: str | None) -> list[str]:
    """The elements that the last heading of the path names, else the one before it."""
    for part in reversed((heading or "").split(" > ")):
        found = _called(place, part.strip())
        if found:
            return found
    return []


def _called(place: Directory, heading: str) -> list[str]:
    told = tidy(heading)
    if not told:
        return []
    stems = _stems(heading)
    same = [
        code
        for code, wordings in place.wordings.items()
        if any(len(stems & those) >= _ALIKE * max(len(stems), len(those)) for those in wordings if those)
    ]
    if same:
        return same
    named = [
        code
        for code, element in place.elements.items()
        if told == tidy(code)
        or (re.search(rf"(?<![\w.]){re.escape(tidy(code))}(?![\w.])", told) and re.search(r"\d", code))
        or (element.name and re.search(rf"\b{re.escape(tidy(element.name))}\b", told))
    ]
    return named or [codes[0] for _, pattern, codes in place.names if pattern.search("the " + heading)]


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text.replace("-", " ")))


def mentions(place: Directory, text: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """Where a comment names elements: start, end, codes; in the order of the text."""
    low = text.casefold()
    found = [
        (match.start(), match.end(), codes)
        for core, pattern, codes in place.names
        if core in low
        for match in pattern.finditer(text)
    ]
    return sorted(found)


def strength(
    code: str, known: About, named: Sequence[tuple[int, int, tuple[str, ...]]], sentence: tuple[int, int]
) -> float:
    """How strongly a remark in this sentence points at that element, from 0."""
    score = known.codes.get(code, 0.0)
    if not named:
        return score
    here = [codes for start, _, codes in named if sentence[0] <= start < sentence[1]]
    if any(code in codes for codes in here):
        return score + _SAME_SENTENCE
    before = [codes for start, _, codes in named if start < sentence[0]]
    if not here and before and code in before[-1]:
        return score + _BEFORE
    return score


def likely(
    known: About, named: Sequence[tuple[int, int, tuple[str, ...]]], sentence: tuple[int, int], codes: Iterable[str]
) -> list[str]:
    """The elements a remark most likely belongs to where its words do not say: the strongest, in the given order."""
    possible = {*known.codes, *(code for _, _, found in named for code in found)}
    scored = [(strength(code, known, named, sentence), code) for code in codes if code in possible]
    top = max((score for score, _ in scored), default=0.0)
    return [code for score, code in scored if score == top and score >= ASKED / 2]


def top(known: About) -> list[str]:
    """The elements a comment is most strongly known to be about, before it is read."""
    strong = max(known.codes.values(), default=0.0)
    return [code for code, score in known.codes.items() if score == strong and strong >= ASKED]
