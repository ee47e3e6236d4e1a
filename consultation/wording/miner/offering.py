"""What someone offers for no words in particular: a sentence in the place of the wording, or words to be added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from consultation.text import stem
from consultation.wording.miner import extent, lexicon, rewriting, weighing
from consultation.wording.miner.draft import words_of
from consultation.wording.miner.matching import Hit
from consultation.wording.miner.newwords import new_units
from consultation.wording.miner.settle import Candidate
from consultation.wording.miner.sheet import Sheet, placed
from consultation.wording.miner.units import NEW, OLD, QUOTED, STOP, Unit

_LEADING: Final = lexicon.listed(
    "to of in for with by on from at about than as into over under through without between"
)
_VERBS: Final = lexicon.listed("did does do has have had is are was were will would can could should")
_PRONOUNS: Final = lexicon.listed("it us me him her i you we they")
_OPENERS: Final = lexicon.listed("who which that to for where")
_MENTION: Final = frozenset(map(stem, lexicon.LISTS["MENTION"].split()))
_REFERENCES: Final = lexicon.listed("reference mention line sentence word")
_AFRESH: Final = 0.6
_FRAMED: Final = 0.7  # share of the words that a sentence nobody announced must have in common with the draft
_OFFER: Final = 4  # words from which on an offer for no words in particular is a sentence


def offers(sheet: Sheet, asked: Iterable[Hit], silent: set[int]) -> Iterator[Candidate]:
    """Whole sentences offered in the place of the wording."""
    for hit in asked:
        if hit.pattern.kind == "rewrite" and hit.first not in silent:
            yield from offer(sheet, hit, quoted_only=False)


def offer(sheet: Sheet, hit: Hit, *, quoted_only: bool) -> Iterator[Candidate]:
    """A sentence offered for no words in particular: it stands for the wording of the element."""
    if hit.new is None or hit.side == "left" or weighing.negated(sheet.tokens, hit):
        return
    found = hit.new if hit.side == "inside" else extent.right(sheet.tokens, hit.new[0])
    quoted = found is not None and found[0] == found[1] and sheet.tokens[found[0]].match == "quoted"
    if not quoted:
        found = None if quoted_only else extent.right(sheet.tokens, hit.new[0], sentence=True)
    if found is not None:
        start, end = sheet.tokens[found[0]].start, sheet.tokens[found[1]].end
        yield from offered(sheet, start, end, hit.pattern.weight * 0.85, hit.pattern.name)


def offered(sheet: Sheet, start: int, end: int, score: float, why: str) -> Iterator[Candidate]:
    """The findings in `text[start:end]`, offered in the place of the wording of the element it most likely means."""
    said = rewriting.words_in(sheet.text, start, end)
    codes = sheet.elements(start)
    numbers = [number for code in codes for number in sheet.room.draft.of(code)]
    passages = sheet.room.draft.passages
    if not numbers:
        return
    number = max(numbers, key=lambda place: (rewriting.likeness(passages[place], said), -place))
    passage = passages[number]
    if not rewriting.alike(passage, said):
        if len(codes) == 1 and passage.whole and len(said) >= min(_OFFER, len(passage.words)):
            yield Candidate(
                element=passage.element, place=rewriting.whole(number, passage), phrase=passage.text.strip(" ."),
                start=start, end=end, kind="replace", match="alluded", new=(start, end), score=round(score, 3),
                why=f"{why}; the whole wording",
            )  # fmt: skip
        return
    for place, span in rewriting.differences(number, passage, said):
        yield Candidate(
            element=passage.element, place=place,
            phrase=passage.said(place.first, place.last) if place else "",
            start=span[0], end=span[1], kind="replace" if place else "add", match="alluded" if place else "exact",
            new=span, score=round(score, 3), why=f"{why}; laid beside the draft",
        )  # fmt: skip


def additions(sheet: Sheet, asked: Iterable[Hit], silent: set[int]) -> Iterator[Candidate]:
    """Words that should be added, to the element the comment is about."""
    for hit in asked:
        if hit.pattern.kind != "add" or hit.first in silent or weighing.negated(sheet.tokens, hit):
            continue
        found = new_units(sheet, hit)
        if found is None:
            continue
        found = _standing_by_itself(sheet.tokens, *_past_reference(sheet.tokens, *found), hit.side)
        if found is None:
            continue
        start, end = sheet.tokens[found[0]].start, sheet.tokens[found[1]].end
        quoted = found[0] == found[1] and sheet.tokens[found[0]].match == "quoted"
        anchor = sheet.tokens[found[0]].anchor if sheet.tokens[found[0]].tag == QUOTED else None
        if anchor and (hit.old is None or anchor.match != "misquoted"):
            continue  # the draft has these words
        first = sheet.tokens[found[0]].low
        if not quoted and (end - start > 60 or first in lexicon.NO_ADDITION):
            continue
        everyday = found[0] == found[1] and stem(first) in lexicon.EVERYDAY_STEMS
        if not quoted and hit.side != "left" and everyday and not _mentioning(sheet, hit):
            continue  # "put residents first" is about residents
        beside = placed(sheet, sheet.tokens[hit.old]).element if hit.old is not None else None
        codes = [beside] if beside else sheet.elements(start)
        if not quoted and not codes:
            continue
        yield Candidate(
            element=codes[0] if codes else None,
            place=None,
            phrase="",
            start=start,
            end=end,
            kind="add",
            match="quoted" if quoted else "exact",
            new=(start, end),
            score=round(hit.pattern.weight * (1.0 if quoted else 0.75) * (1.0 if len(codes) == 1 else 0.8), 3),
            why=hit.pattern.name,
        )


def _past_reference(tokens: Sequence[Unit], first: int, last: int) -> tuple[int, int]:
    """Without "a reference to ...", "a line about ...": what is to be named is what follows."""
    ahead = [unit.low for unit in tokens[first : first + 3]]
    if last > first + 2 and ahead[0] in ("a", "an", "some", "any") and ahead[1] in _REFERENCES:
        return (first + 3, last) if ahead[2] in ("to", "of", "about", "on") else (first, last)
    return first, last


def _standing_by_itself(tokens: Sequence[Unit], first: int, last: int, side: str) -> tuple[int, int] | None:
    """The words that are no mere piece: "the money" of "the money coming with it"; none of "who came to the mills"."""
    if tokens[first].match == "quoted":
        return first, last
    before = first - 1 if first and tokens[first - 1].low not in ("a", "an", "the") else first - 2
    if side == "left" and before >= 0 and tokens[before].low in _LEADING:
        return None
    cut = last
    while cut > first and tokens[cut].low in _LEADING:
        cut -= 1
    after = last + 1
    while after < len(tokens) and tokens[after].low in _LEADING:
        after += 1
    if after > cut + 1 and after < len(tokens) and tokens[after].low in _PRONOUNS:  # "people who depend on it"
        opener = next((at for at in range(first + 1, cut + 1) if tokens[at].low in _OPENERS), None)
        cut = opener - 1 if opener else cut - (cut > first and tokens[cut].low.endswith("ing"))
    return None if tokens[cut].low in _VERBS else (first, cut)


def _mentioning(sheet: Sheet, hit: Hit) -> bool:
    """ "1.4 should name parents": it says itself that words are asked for."""
    return any(stem(unit.low) in _MENTION for unit in sheet.tokens[hit.first : hit.last + 1])


def afresh(sheet: Sheet, told: Sequence[Candidate], silent: set[int]) -> Iterator[Candidate]:
    """A sentence that stands by itself after "This would be clearer.": in quotation marks, or alike the draft's."""
    taken = [(one.start, one.end) for one in told] + [one.new for one in told if one.new]
    for start, end, announced in _standing_alone(sheet, silent):
        if any(a < end and start < b for a, b in taken if announced or (a, b) == (start, end)):
            continue
        found = list(offered(sheet, start, end, _AFRESH, "a sentence afresh"))
        if announced or not any(one.new == (start, end) for one in found):
            yield from found


def _standing_alone(sheet: Sheet, silent: set[int]) -> Iterator[tuple[int, int, bool]]:
    """Sentences after one that announces other words, or that begin and end as the draft's do: where they stand, and
    whether quotation marks or a colon say that they are offered."""
    tokens = sheet.tokens
    begin, announced, before, colon = 0, False, False, False
    for place, unit in enumerate(tokens):
        if unit.tag != STOP and not (unit.low == ":" and announced):
            announced = announced or unit.low in lexicon.ANNOUNCING
            continue
        here = tokens[begin:place]
        quoted = len(here) == 1 and here[0].tag == NEW
        if here and begin not in silent and (before or _framed(sheet, here)):
            start, end = here[0].start, here[-1].end
            told = before and (quoted or colon)
            if quoted or (sheet.text[start:end].count(" ") >= _OFFER and (told or _several(here))):
                yield start, end, told
        colon = unit.low == ":" and len(here) <= _OFFER
        before, announced, begin = announced, False, place + 1


def _several(here: Sequence[Unit]) -> bool:
    """Whether several of the draft's words stand together in a sentence."""
    return any(unit.tag == OLD and unit.anchor is not None and unit.anchor.content > 1 for unit in here)


def _framed(sheet: Sheet, here: Sequence[Unit]) -> bool:
    """Whether a sentence has the first and the last word of the wording it is about, and most of those between."""
    start, end = here[0].start, here[-1].end
    if len(here) < 2 or sheet.text[start:end].split(None, 1)[0].casefold() not in sheet.room.draft.openings:
        return False
    said = words_of(sheet.text[start:end])
    if len(said) <= _OFFER:
        return False
    passages = [sheet.room.draft.passages[n] for code in sheet.elements(start) for n in sheet.room.draft.of(code)]
    return any(
        passage.words[0].low == said[0].low
        and passage.words[-1].low == said[-1].low
        and rewriting.likeness(passage, said) >= _FRAMED
        for passage in passages
        if passage.words
    )
