"""From matches to possible findings: what is asked, of which words, with which new ones, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from consultation.text import stem, tidy
from consultation.wording.miner import extent, lexicon, rewriting, weighing
from consultation.wording.miner.draft import FUNCTION_WORDS
from consultation.wording.miner.matching import Hit
from consultation.wording.miner.settle import Candidate
from consultation.wording.miner.sheet import (
    Sheet,
    alone,
    called_a_word,
    everyday,
    held_up,
    list_of,
    placed,
    salient,
    strength,
)
from consultation.wording.miner.units import IT, NEW, OLD, QUOTED, STOP, Unit

_WARY: Final = 0.62
_THING: Final = 0.5  # for an everyday word that nobody holds up
_BACK: Final = 40  # units that "it" may point back over
_BACK_SENTENCES: Final = 3
_BACKWARDS: Final = 0.95
_BARE: Final = 0.58  # words of the draft held up, about which nothing else is said
_ALLUDED: Final = 0.47  # "that bit about ...": nobody points at a bit of the text without something to say of it
_OFFER: Final = 4  # words from which on an offer for no words in particular is a sentence
_JOINING: Final = frozenset({"and", ",", "or", "&", "nor", "/"})
_NO_NEW: Final = frozenset(
    stem(word) for name in ("CUT", "KEEP", "CHANGE", "EXPLAIN", "TAKE") for word in lexicon.LISTS[name].split()
) | {"out", "more", "less", "about", "in", "on"}
_COMPARED: Final = frozenset(map(stem, ["better", "clearer", "simpler", "nicer", "truer", "kinder", "best"]))
_SHORT: Final = frozenset({"it", "that", "this", "one", "them", "so", "what", "who", "how", "why", "where", "nothing"})


def direct(sheet: Sheet, asked: Iterable[Hit], silent: set[int], granted: Sequence[Hit]) -> Iterator[Candidate]:
    """What is asked of words that stand in the match itself, and of those joined to them by "and"."""
    for hit in asked:
        if (
            hit.pattern.kind in ("add", "rewrite")
            or hit.old is None
            or sheet.tokens[hit.old].tag == IT
            or hit.old in silent
        ):
            continue
        if hit.pattern.kind in ("object", "question") and any(
            grant.old == hit.old and grant.first <= hit.first and hit.last <= grant.last for grant in granted
        ):
            continue
        yield from _claim(sheet, hit, hit.old)
        if hit.pattern.kind != "replace":
            for other in _joined(sheet.tokens, hit.old):
                alike = sheet.tokens[other].match == sheet.tokens[hit.old].match == "quoted"
                if other not in silent and (alike or hit.pattern.worded):
                    yield from _claim(sheet, hit, other)


def denied(tokens: Sequence[Unit], asked: Iterable[Hit]) -> frozenset[int]:
    """Units of which it is said that they are not so bad: "I don't think 'vibrant' is jargon"."""
    return frozenset(
        hit.old
        for hit in asked
        if hit.old is not None and hit.pattern.kind in ("object", "question") and weighing.negated(tokens, hit)
    )


def _joined(tokens: Sequence[Unit], at: int) -> Iterator[int]:
    """Units of the draft's words that are joined to this one: "'a' and 'b'"."""
    for step in (-1, 1):
        here, place, joint = at, at + step, False
        while 0 <= place < len(tokens) and abs(place - here) <= 4:
            if tokens[place].tag in (QUOTED, OLD) and joint:
                yield place
                here, joint = place, False
            elif tokens[place].low in _JOINING:
                joint = True
            elif tokens[place].low not in lexicon.JOINED_FILLER:
                break
            place += step


def pointing_back(
    sheet: Sheet, asked: Iterable[Hit], silent: set[int], content: frozenset[int], before: Sequence[Candidate]
) -> Iterator[Candidate]:
    """ "Drop it", "say 'people'": the words meant are the nearest before that were held up or remarked on."""
    remarked = frozenset(found.start for found in before)
    for hit in asked:
        pointer = hit.first if hit.old is None else hit.old
        if pointer in silent or hit.pattern.kind in ("add", "rewrite"):
            continue
        if hit.old is not None and sheet.tokens[hit.old].tag != IT:
            continue
        old = _antecedent(sheet, pointer, remarked, content, asked_for=hit.pattern.kind)
        if old is not None:
            yield from _claim(sheet, hit, old)
        elif (
            hit.old is not None
            and hit.pattern.kind in ("object", "remove")
            and sheet.tokens[hit.old].match == "pointer"
        ):
            yield from _headed(sheet, hit)
        elif hit.pattern.kind == "replace":
            yield from _offer(sheet, hit, quoted_only=True)


def _headed(sheet: Sheet, hit: Hit) -> Iterator[Candidate]:
    """ "The phrase", with none named: the words of the heading, where the comment has said them."""
    heading = tidy(sheet.known.heading)
    at = tidy(sheet.text[: sheet.tokens[hit.first].start]).find(heading) if " " in heading else -1
    found = re.search(r"\s+".join(map(re.escape, heading.split())), sheet.text, re.I) if at >= 0 else None
    if found is None or weighing.negated(sheet.tokens, hit):
        return
    codes = sheet.elements(sheet.tokens[hit.first].start)
    yield Candidate(
        element=codes[0] if codes else None, place=None, phrase=found[0], start=found.start(), end=found.end(),
        kind=hit.pattern.kind, match="exact", new=None, score=round(hit.pattern.weight * 0.7, 3),
        why=f"{hit.pattern.name}; the heading's words",
    )  # fmt: skip


def _antecedent(
    sheet: Sheet, at: int, remarked: frozenset[int], content: frozenset[int], *, asked_for: str
) -> int | None:
    crossed = 0
    for place in range(at - 1, max(-1, at - _BACK), -1):
        unit = sheet.tokens[place]
        crossed += unit.tag == STOP
        if crossed > _BACK_SENTENCES:
            return None
        if unit.tag in (QUOTED, OLD) and place not in content and salient(sheet, place, remarked, asked_for):
            return place
    return None


def _claim(sheet: Sheet, hit: Hit, old: int) -> Iterator[Candidate]:
    unit = sheet.tokens[old]
    kind: str | None = hit.pattern.kind
    if weighing.negated(sheet.tokens, hit):
        kind = weighing.turned(hit.pattern.kind)
    new = _new(sheet, hit, old) if hit.pattern.kind == "replace" else None
    if kind == "object" and new is None and (new := _next_quotation(sheet, old)):
        kind = "replace"
    if kind is None or (hit.pattern.kind == "replace" and new is None):
        return
    told = placed(sheet, unit)
    score = hit.pattern.weight * strength(unit) * told.fits
    if not hit.pattern.worded and not held_up(sheet, old, told.element):
        score *= _THING if everyday(sheet, unit) else _WARY if hit.pattern.wary else 1.0
    if hit.old != old:
        score *= _BACKWARDS
    if new and any(sheet.tokens[place].start == new[0] for place in _quotations(sheet)):
        score *= 1.02
    yield Candidate(
        element=told.element,
        place=told.place,
        phrase=told.phrase,
        start=unit.start,
        end=unit.end,
        kind=kind,
        match=unit.match,
        new=new if kind == "replace" else None,
        score=min(1.0, round(score, 3)),
        why=f"{hit.pattern.name}; {unit.match}",
    )


def _quotations(sheet: Sheet) -> Iterator[int]:
    return (place for place, unit in enumerate(sheet.tokens) if unit.match == "quoted")


def _new(sheet: Sheet, hit: Hit, old: int) -> tuple[int, int] | None:
    """The span of the new words, where there are some and they are not the old ones over again."""
    found = _new_units(sheet, hit)
    if found is None or found[0] <= old <= found[1]:
        return None
    first, last = _without_article(sheet.tokens, found, old)
    said = sheet.tokens[first : last + 1]
    if not any(unit.low[:1].isalnum() or unit.tag in (NEW, OLD, QUOTED) for unit in said):
        return None
    if len(said) > 1 and all(unit.tag != OLD and unit.low in FUNCTION_WORDS for unit in said):
        return None
    if said[0].match != "quoted" and (_asks_itself(said[0].low) or (len(said) == 1 and said[0].low in _SHORT)):
        return None
    start, end = said[0].start, said[-1].end
    if tidy(sheet.text[start:end]) == tidy(sheet.text[sheet.tokens[old].start : sheet.tokens[old].end]):
        return None
    return start, end


def _asks_itself(low: str) -> bool:
    """ "Should be dropped", "should be reworded": what looks like the new words is the request."""
    return low in _NO_NEW or stem(low) in _COMPARED or (low.endswith(("ed", "en", "pt", "ut")) and stem(low) in _NO_NEW)


def _new_units(sheet: Sheet, hit: Hit) -> tuple[int, int] | None:
    if hit.new is None:
        return None
    if hit.side == "right":
        found = extent.right(sheet.tokens, hit.new[0])
    elif hit.side == "left":
        found = extent.left(sheet.tokens, hit.new[0])
    else:
        found = extent.within(sheet.tokens, *hit.new)
    return _before_mention(sheet, found) if found else None


def _before_mention(sheet: Sheet, found: tuple[int, int]) -> tuple[int, int] | None:
    """Cut before "in the home visits part": where it is to stand is no part of what is to stand there."""
    first, last = found
    if first == last:
        return found
    spans = [(a, b) for a, b, _ in sheet.named if sheet.tokens[first].start <= a < sheet.tokens[last].end]
    if not spans:
        return found
    place = next(number for number in range(first, last + 1) if sheet.tokens[number].end > spans[0][0])
    while place > first and sheet.tokens[place - 1].low in ("in", "under", "the", "for", "of", "at", "on"):
        place -= 1
    if sheet.tokens[place].low not in ("in", "under", "for", "at", "on"):
        return found
    return (first, place - 1) if place > first else None


def _without_article(tokens: Sequence[Unit], found: tuple[int, int], old: int) -> tuple[int, int]:
    """ "A maximum, not an average": where the old words stand after an article, the new ones are without theirs."""
    first, last = found
    articles = ("a", "an", "the")
    if first < last and tokens[first].low in articles and old and tokens[old - 1].low in articles:
        return first + 1, last
    return found


def offers(sheet: Sheet, asked: Iterable[Hit], silent: set[int]) -> Iterator[Candidate]:
    """Whole sentences offered in the place of the wording."""
    for hit in asked:
        if hit.pattern.kind == "rewrite" and hit.first not in silent:
            yield from _offer(sheet, hit, quoted_only=False)


def _offer(sheet: Sheet, hit: Hit, *, quoted_only: bool) -> Iterator[Candidate]:
    """A sentence offered for no words in particular: it stands for the wording of the element."""
    if hit.new is None or hit.side != "right" or weighing.negated(sheet.tokens, hit):
        return
    found = extent.right(sheet.tokens, hit.new[0])
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
        found = _new_units(sheet, hit)
        if found is None:
            continue
        start, end = sheet.tokens[found[0]].start, sheet.tokens[found[1]].end
        quoted = found[0] == found[1] and sheet.tokens[found[0]].match == "quoted"
        if sheet.tokens[found[0]].tag == QUOTED and sheet.tokens[found[0]].anchor is not None:
            continue  # the draft has these words
        if not quoted and (end - start > 60 or sheet.tokens[found[0]].low in lexicon.NO_ADDITION):
            continue
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


def bare(sheet: Sheet, found: Sequence[Candidate], silent: set[int], content: frozenset[int]) -> Iterator[Candidate]:
    """Words of the draft that are quoted, called a phrase, or a sentence of their own, with no praise beside them."""
    taken = [(one.start, one.end) for one in found] + [one.new for one in found if one.new]
    for at, unit in enumerate(sheet.tokens):
        if unit.tag not in (QUOTED, OLD) or at in silent or at in content:
            continue
        if any(start < unit.end and unit.start < end for start, end in taken):
            continue
        if unit.tag == OLD and unit.match != "alluded" and not (_fragment(sheet, at) or called_a_word(sheet, at)):
            continue
        told = placed(sheet, unit)
        new = _next_quotation(sheet, at) if unit.tag == QUOTED else None
        yield Candidate(
            element=told.element,
            place=told.place,
            phrase=told.phrase,
            start=unit.start,
            end=unit.end,
            kind="replace" if new else "object",
            match=unit.match,
            new=new,
            score=round((_ALLUDED if unit.match == "alluded" else _BARE * strength(unit)) * told.fits, 3),
            why=f"held up, and nothing else said of it; {unit.match}",
        )


def _fragment(sheet: Sheet, at: int) -> bool:
    """A comment that begins with nothing but words of the draft and goes on about them."""
    first, last = list_of(sheet.tokens, at)
    if not alone(sheet, at) or first > 1 or last + 2 >= len(sheet.tokens):
        return False
    return last > first or held_up(sheet, at, placed(sheet, sheet.tokens[at]).element)


def _next_quotation(sheet: Sheet, at: int) -> tuple[int, int] | None:
    """Other words in quotation marks: at the head of the next sentence, or after a colon, "to" or "say" in this one or
    the next. They are what the writer would have instead."""
    crossed = 0
    for place in range(at + 1, len(sheet.tokens)):
        unit, before = sheet.tokens[place], sheet.tokens[place - 1]
        crossed += unit.tag == STOP
        if crossed > 2 or unit.tag == QUOTED:
            return None
        if unit.tag == NEW:
            offered = before.low in lexicon.OFFERING or (crossed and before.tag == STOP)
            return (unit.start, unit.end) if offered else None
    return None
