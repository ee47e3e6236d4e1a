"""From matches to possible findings: what is asked, of which words, with which new ones, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from consultation.text import tidy
from consultation.wording.miner import lexicon, weighing
from consultation.wording.miner.matching import Hit
from consultation.wording.miner.newwords import new_words, next_quotation
from consultation.wording.miner.offering import offer
from consultation.wording.miner.settle import Candidate
from consultation.wording.miner.sheet import (
    Sheet,
    alone,
    bare_number,
    called_a_word,
    everyday,
    figures,
    held_up,
    list_of,
    placed,
    salient,
    strength,
)
from consultation.wording.miner.things import leaps, of_a_thing
from consultation.wording.miner.units import IT, OLD, QUOTED, STOP, WHOLE, Unit

_WARY: Final = 0.62
_THING: Final = 0.5  # for an everyday word that nobody holds up
_BACK: Final = 40  # units that "it" may point back over
_BACK_SENTENCES: Final = 3
_BACKWARDS: Final = 0.95
_BARE: Final = 0.58  # words of the draft held up, about which nothing else is said
_ALLUDED: Final = 0.47  # "that bit about ...": nobody points at a bit of the text without something to say of it
_JOINING: Final = frozenset({"and", ",", "or", "&", "nor", "/"})


def direct(sheet: Sheet, asked: Iterable[Hit], silent: set[int], granted: Sequence[Hit]) -> Iterator[Candidate]:
    """What is asked of words that stand in the match itself, and of those joined to them by "and"."""
    asked = list(asked)
    questions = [hit for hit in asked if hit.pattern.kind == "question"]
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
        if hit.pattern.kind == "object" and any(_inside(hit, other) for other in questions):
            continue
        yield from _claim(sheet, hit, hit.old)
        if hit.pattern.kind != "replace":
            for other in _joined(sheet.tokens, hit.old):
                alike = sheet.tokens[other].match == sheet.tokens[hit.old].match == "quoted"
                if other not in silent and (alike or hit.pattern.worded):
                    yield from _claim(sheet, hit, other)


def _inside(hit: Hit, other: Hit) -> bool:
    """Whether a match is a part of another about the same words, which says more."""
    if hit.old != other.old or (hit.first, hit.last) == (other.first, other.last):
        return False
    if other.first < hit.first <= other.last and hit.first == hit.old:  # "ask what 'live well' covers"
        return True
    return other.first <= hit.first and hit.last <= other.last


def contented(tokens: Sequence[Unit], granted: Iterable[Hit]) -> frozenset[int]:
    """Units with which the writer is content, and those joined to them: "'bold' and 'brave', yes"."""
    named = [grant.old for grant in granted if grant.old is not None]
    return frozenset([*named, *(other for old in named for other in _joined(tokens, old, marks=False))])


def denied(tokens: Sequence[Unit], asked: Iterable[Hit]) -> frozenset[int]:
    """Units of which it is said that they are not so bad: "I don't think 'vibrant' is jargon"."""
    return frozenset(
        hit.old
        for hit in asked
        if hit.old is not None and hit.pattern.kind in ("object", "question") and weighing.negated(tokens, hit)
    )


def _joined(tokens: Sequence[Unit], at: int, *, marks: bool = True) -> Iterator[int]:
    """Units of the draft's words that are joined to this one: "'a' and 'b'"."""
    for step in (-1, 1):
        here, place, joint = at, at + step, False
        while 0 <= place < len(tokens) and abs(place - here) <= 4:
            if tokens[place].tag in (QUOTED, OLD) and joint:
                yield place
                here, joint = place, False
            elif tokens[place].low in _JOINING and (marks or tokens[place].low != ","):
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
        old = _antecedent(sheet, min(pointer, hit.first), remarked, content, asked_for=hit.pattern.kind)
        if old is not None:
            sure = hit.pattern.kind == "replace" and sheet.tokens[old].start in remarked
            yield from _claim(sheet, hit, old, sure=sure)
        elif (
            hit.old is not None
            and hit.pattern.kind in ("object", "remove")
            and sheet.tokens[hit.old].match == "pointer"
        ):
            yield from _headed(sheet, hit)
        elif hit.pattern.kind == "replace" and (ahead := _ahead(sheet, hit)) is not None:
            yield from _claim(sheet, hit, ahead)
        elif hit.pattern.kind == "replace":
            yield from offer(sheet, hit, quoted_only=True)


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
        if (
            unit.tag in (QUOTED, OLD)
            and (place not in content or asked_for == "keep")
            and salient(sheet, place, remarked, asked_for)
        ):
            return place
    return None


def _ahead(sheet: Sheet, hit: Hit) -> int | None:
    """The words of the draft at the head of the next sentence: "Say 'homes'. 'Stock' is for shops." """
    end = weighing.sentence_end(sheet.tokens, hit.last)
    for place in range(end + 1, min(end + 4, len(sheet.tokens))):
        if sheet.tokens[place].tag == QUOTED:
            return place
        if sheet.tokens[place].low not in lexicon.BEFORE:
            return None
    return None


def _claim(sheet: Sheet, hit: Hit, old: int, *, sure: bool = False) -> Iterator[Candidate]:
    """`sure`: something else was said of the words already."""
    unit = sheet.tokens[old]
    kind: str | None = hit.pattern.kind
    if weighing.negated(sheet.tokens, hit):
        kind = weighing.turned(hit.pattern.kind) if hit.old is not None else None
    new = new_words(sheet, hit, old) if hit.pattern.kind == "replace" else None
    if kind in ("object", "remove") and new is None and (new := next_quotation(sheet, old, kind)):
        kind = "replace"
    if kind is None or (hit.pattern.kind == "replace" and new is None):
        return
    if figures(sheet, unit) and (kind == "object" or (kind == "remove" and unit.match != "quoted")):
        return
    told = placed(sheet, unit)
    if (kind != "replace" and bare_number(sheet, unit)) or of_a_thing(sheet, hit, old, kind, told):
        return
    score = hit.pattern.weight * strength(unit) * told.fits
    if not hit.pattern.worded and not held_up(sheet, old, told.element):
        score *= _THING if everyday(sheet, unit) else _WARY if hit.pattern.wary and not sure else 1.0
    if hit.old != old:
        score *= _BACKWARDS
    start, end = new if new and unit.low == WHOLE else (unit.start, unit.end)  # a sentence afresh
    if new and any(sheet.tokens[place].start == new[0] for place in _quotations(sheet)):
        score *= 1.02
    yield Candidate(
        element=told.element,
        place=told.place,
        phrase=told.phrase,
        start=start,
        end=end,
        kind=kind,
        match=unit.match,
        new=new if kind == "replace" else None,
        score=min(1.0, round(score, 3)),
        why=f"{hit.pattern.name}; {unit.match}",
    )


def _quotations(sheet: Sheet) -> Iterator[int]:
    return (place for place, unit in enumerate(sheet.tokens) if unit.match == "quoted")


def bare(sheet: Sheet, found: Sequence[Candidate], silent: set[int], content: frozenset[int]) -> Iterator[Candidate]:
    """Words of the draft that are quoted, called a phrase, or a sentence of their own, with no praise beside them."""
    taken = [(one.start, one.end) for one in found] + [one.new for one in found if one.new]
    for at, unit in enumerate(sheet.tokens):
        if unit.tag not in (QUOTED, OLD) or unit.low == WHOLE or at in silent or at in content:
            continue
        if any(start < unit.end and unit.start < end for start, end in taken):
            continue
        if unit.tag == OLD and unit.match != "alluded" and not (_fragment(sheet, at) or called_a_word(sheet, at)):
            continue
        if figures(sheet, unit):
            continue
        told = placed(sheet, unit)
        first, last = list_of(sheet.tokens, at)
        if first == last and leaps(sheet, unit, told) and not called_a_word(sheet, at):
            continue
        new = next_quotation(sheet, at, "object") if unit.tag == QUOTED else None
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
    if sheet.tokens[last + 1].low == "," and sheet.tokens[last + 2].low in ("and", "but"):
        return False
    return last > first or held_up(sheet, at, placed(sheet, sheet.tokens[at]).element)
