"""Words of a comment that are words of the draft: the longest runs, inflected, misspelt or with a word left out.

Function words count inside a run ("quality of life") and never begin or end one that nobody quoted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from consultation.text import stem
from consultation.wording.miner.draft import FUNCTION_WORDS, GAP, Draft, Place, Word
from consultation.wording.miner.lexicon import listed

_OPENING: Final = listed(
    "up by for from through in at on with where as within across under until before after between per without"
)
_SCATTER: Final = 4  # further words among those that someone quotes in an order of their own
_LEAD: Final = 4  # function words of the draft that a run may begin with ("where there is ...")
_DETERMINERS: Final = listed("a an the our your their this these all")
_CLOSING: Final = listed("of with to for in on by from")


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchor:
    """Words `first` to `last` of a comment that are words of the draft, and every place where they stand in it."""

    first: int
    last: int
    places: tuple[Place, ...]
    match: str
    content: int
    weight: float


def anchors(draft: Draft, words: Sequence[Word], respelt: Mapping[str, str]) -> list[Anchor]:
    """The longest runs of the draft's words in a comment, left to right, none over another."""
    found: list[Anchor] = []
    place = 0
    while place < len(words):
        floor = found[-1].last + 1 if found else 0
        best: Anchor | None = None
        if words[place].content and _known(draft, words, place, respelt):
            best = _alone(draft, words, place, floor, respelt) or _longest(draft, words, place, floor, respelt)
        if best is None:
            place += 1
            continue
        found.append(best)
        place = best.last + 1
    return found


def _known(draft: Draft, words: Sequence[Word], at: int, respelt: Mapping[str, str]) -> bool:
    """Whether the draft says this word at all, in any form, joined, split or misspelt."""
    word = words[at]
    if word.stem in draft.by_stem or word.stem in draft.joined or word.low in respelt:
        return True
    return at + 1 < len(words) and word.low + words[at + 1].low in draft.compounds


def _alone(draft: Draft, words: Sequence[Word], at: int, floor: int, respelt: Mapping[str, str]) -> Anchor | None:
    """The run of this word alone, where the next one cannot be part of it: most are, and need no comparing."""
    word = words[at]
    if word.stem not in draft.by_stem:
        return None
    if at + 1 < len(words):
        after = words[at + 1]
        if (word.stem, after.stem) in draft.beside or after.low in respelt or word.low + after.low in draft.compounds:
            return None
        if after.low in _DETERMINERS and at + 2 < len(words) and (word.stem, words[at + 2].stem) in draft.beside:
            return None
    exact = draft.by_word.get(word.low)
    first, places = _back(draft, words, at, floor, exact or draft.by_stem[word.stem])
    return Anchor(
        first=first, last=at, places=places, match="exact" if exact else "inflected", content=1,
        weight=draft.weight(word.stem),
    )  # fmt: skip


def _longest(draft: Draft, words: Sequence[Word], at: int, floor: int, respelt: Mapping[str, str]) -> Anchor | None:
    """The longest run that begins with this word; of equals, every place in the draft."""
    runs: list[tuple[int, int, Place, int]] = []
    for number, begin, width, taken, worst in _starts(draft, words, at, respelt):
        last, end, worst = _extend(
            draft.passages[number].words, words, at + taken - 1, begin + width - 1, worst, respelt
        )
        there = draft.passages[number].words
        whole = end == len(there) - 1 and words[last].low == there[end].low
        while last > at and not (words[last].content or _closes(words, last) or whole):
            if draft.passages[number].hyphened(end):
                break
            last -= 1
            end -= 1
        runs.append((last, worst, Place(number, begin, end), width))
    if not runs:
        return None
    far = max(run[0] for run in runs)
    least = min(run[1] for run in runs if run[0] == far)
    places = tuple(dict.fromkeys(run[2] for run in runs if run[0] == far and run[1] == least))
    said = [word for word in words[at : far + 1] if word.content]
    first, places = _back(draft, words, at, floor, places)
    return Anchor(
        first=first,
        last=far,
        places=places,
        match=("exact", "inflected", "misquoted")[least],
        content=len(said),
        weight=max(draft.weight(word.stem) for word in said),
    )


def _closes(words: Sequence[Word], last: int) -> bool:
    """Whether a function word may end a run: no word with a content follows it ("dispose of", "the burden of with")."""
    return words[last].low in _CLOSING and (last == len(words) - 1 or not words[last + 1].content)


def _back(
    draft: Draft, words: Sequence[Word], at: int, floor: int, places: tuple[Place, ...]
) -> tuple[int, tuple[Place, ...]]:
    """The run with the preposition before it, where the draft has it too ("by 2040", "where there is support")."""
    for width in range(min(_LEAD, at - floor), 0, -1):
        said = [word.low for word in words[at - width : at]]
        if said[0] not in _OPENING or not FUNCTION_WORDS.issuperset(said):
            continue
        longer = tuple(
            Place(place.passage, place.first - width, place.last)
            for place in places
            if place.first >= width
            and [word.low for word in draft.passages[place.passage].words[place.first - width : place.first]] == said
        )
        if longer:
            return at - width, longer
    return at, places


def _starts(
    draft: Draft, words: Sequence[Word], at: int, respelt: Mapping[str, str]
) -> Iterable[tuple[int, int, int, int, int]]:
    """Places where the draft says this word: passage, word, words there, words here, how far off (0, 1, 2)."""
    word = words[at]
    for number, place, _ in draft.by_stem.get(word.stem, ()):
        yield number, place, 1, 1, _off(draft.passages[number].words[place], word)
    for number, place, _ in draft.joined.get(word.stem, ()):
        yield number, place, 2, 1, 2
    if meant := respelt.get(word.low):
        for number, place, _ in draft.by_stem.get(stem(meant), ()):
            yield number, place, 1, 1, 2
    if at + 1 < len(words) and (both := word.low + words[at + 1].low) in draft.compounds:
        for number, place, _ in draft.by_stem[stem(both)]:
            yield number, place, 1, 2, 2


def _off(there: Word, here: Word) -> int:
    return 0 if there.low == here.low else 1


def _extend(
    there: Sequence[Word], here: Sequence[Word], last: int, end: int, worst: int, respelt: Mapping[str, str]
) -> tuple[int, int, int]:
    """How far the comment and the draft go on saying the same."""
    while last + 1 < len(here) and end + 1 < len(there):
        word = here[last + 1]
        if there[end + 1].stem == word.stem:
            worst = max(worst, _off(there[end + 1], word))
            last, end = last + 1, end + 1
            continue
        if stem(respelt.get(word.low, "")) == there[end + 1].stem:
            worst, last, end = 2, last + 1, end + 1
            continue
        if (passed := _determiner(there, here, last, end)) is not None:
            worst, last, end = 2, last + 2, passed
            continue
        skip = next(
            (gap for gap in range(2, 2 + GAP) if end + gap < len(there) and there[end + gap].stem == word.stem), None
        )
        if skip is None or not word.content or word.start - here[last].end > 2:
            break
        worst, last, end = 2, last + 1, end + skip
    return last, end, worst


def _determiner(there: Sequence[Word], here: Sequence[Word], last: int, end: int) -> int | None:
    """Where the draft goes on after an article that it has not, or has another for ("fit for the purpose")."""
    if here[last + 1].low not in _DETERMINERS or last + 2 == len(here):
        return None
    after = here[last + 2].stem
    if there[end + 1].stem == after:
        return end + 1
    other = there[end + 1].low in _DETERMINERS and end + 2 < len(there) and there[end + 2].stem == after
    return end + 2 if other else None


def quoted(draft: Draft, words: Sequence[Word], respelt: Mapping[str, str]) -> Anchor | None:
    """What words in quotation marks quote: from first to last, function words and all, or nearly so."""
    if exact := _whole(draft, words):
        return exact
    found = anchors(draft, words, respelt)
    if len(found) > 1 and (scattered := _scattered(draft, words)):
        return scattered
    if not found:
        return None
    best = max(found, key=lambda anchor: (anchor.content, anchor.weight))
    said = sum(word.content for word in words)
    if said and best.content / said >= 0.6:
        return Anchor(
            first=0,
            last=len(words) - 1,
            places=best.places,
            match=best.match if best.content == said else "misquoted",
            content=best.content,
            weight=best.weight,
        )
    return None


def _scattered(draft: Draft, words: Sequence[Word]) -> Anchor | None:
    """The shortest stretch of the draft that says all the words with a content, in whatever order."""
    wanted = {word.stem for word in words if word.content}
    best: Place | None = None
    for number in sorted({place.passage for word in wanted for place in draft.by_stem.get(word, ())}):
        said = draft.passages[number].words
        for first in (at for at, word in enumerate(said) if word.stem in wanted):
            last = _all_said(said[: first + len(words) + _SCATTER], first, wanted)
            if last is not None and (best is None or last - first < best.last - best.first):
                best = Place(number, first, last)
    if best is None:
        return None
    return Anchor(
        first=0, last=len(words) - 1, places=(best,), match="misquoted", content=len(wanted),
        weight=max(draft.weight(word) for word in wanted),
    )  # fmt: skip


def _all_said(said: Sequence[Word], first: int, wanted: set[str]) -> int | None:
    """Where all the wanted words have been said, from `first` on; None where they are not."""
    left = set(wanted)
    for last in range(first, len(said)):
        left.discard(said[last].stem)
        if not left:
            return last
    return None


def _whole(draft: Draft, words: Sequence[Word]) -> Anchor | None:
    """The places where the draft says all these words in this order."""
    places: list[tuple[int, Place]] = []
    for number, begin, _ in draft.by_stem.get(words[0].stem, ()) if words else ():
        there = draft.passages[number].words[begin : begin + len(words)]
        if len(there) == len(words) and all(a.stem == b.stem for a, b in zip(there, words, strict=True)):
            off = max(_off(a, b) for a, b in zip(there, words, strict=True))
            places.append((off, Place(number, begin, begin + len(words) - 1)))
    if not places:
        return None
    least = min(off for off, _ in places)
    return Anchor(
        first=0,
        last=len(words) - 1,
        places=tuple(place for off, place in places if off == least),
        match=("exact", "inflected")[least],
        content=sum(word.content for word in words),
        weight=max(draft.weight(word.stem) for word in words),
    )
