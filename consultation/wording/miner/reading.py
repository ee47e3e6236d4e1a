"""One comment, read: units, matches, what they ask of which words, weighed and settled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from consultation.text import sentences, tidy
from consultation.wording.miner import extent, weighing, where
from consultation.wording.miner.draft import Draft, Place, words_of
from consultation.wording.miner.lexicon import NOUNS
from consultation.wording.miner.matching import Hit, hits
from consultation.wording.miner.settle import Candidate, settle
from consultation.wording.miner.units import IT, NEW, OLD, QUOTED, STOP, Unit, units

LEAST: Final = 0.4  # score below which nothing is reported
_MATCH: Final = {"quoted": 1.0, "exact": 0.9, "inflected": 0.82, "misquoted": 0.78, "alluded": 0.65}
_WARY: Final = 0.62
_BACK: Final = 40  # units that "it" may point back over
_BACK_SENTENCES: Final = 2
_BARE: Final = 0.55  # words of the draft in quotation marks about which nothing else is said


@dataclass(frozen=True, kw_only=True)
class Room:
    """What every comment is read against."""

    draft: Draft
    directory: where.Directory
    respelt: Mapping[str, str]
    common: Mapping[str, float]  # share of the comments that use a stem


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One comment on the table: its text, units and what is known of where it belongs."""

    text: str
    tokens: Sequence[Unit]
    known: where.About
    named: Sequence[tuple[int, int, tuple[str, ...]]]
    sentences: Sequence[tuple[int, int]]
    wordy: bool


def read(text: str, known: where.About, room: Room) -> list[Candidate]:
    """The findings in one comment, in the order of the text."""
    words = words_of(text)
    unheld = _unheld(known, room)
    tokens = units(text, words, room.draft, room.respelt, quotes_are_old=unheld)
    sheet = Sheet(
        text=text,
        tokens=tokens,
        known=known,
        named=where.mentions(room.directory, text),
        sentences=sentences(text),
        wordy=any(word.low in NOUNS for word in words),
    )
    found = hits(tokens)
    silent = weighing.silenced(tokens, found)
    granted = weighing.granted(tokens, found)
    asked = [hit for hit in found if hit.pattern.kind not in ("reported", "irony", "granted")]
    direct = list(_direct(sheet, room, asked, silent, granted))
    back = list(_pointing_back(sheet, room, asked, silent, direct))
    added = list(_additions(sheet, room, asked, silent))
    bare = list(_bare(sheet, room, direct + back + added, silent, granted))
    whole = list(_rewrites(sheet, room))
    return settle(whole + direct + back + bare + added, LEAST)


def _unheld(known: where.About, room: Room) -> bool:
    """Whether the comment is about elements whose wording is not held, so that quoted words stand for it."""
    top = max(known.codes.values(), default=0.0)
    codes = [code for code, score in known.codes.items() if score == top]
    return bool(codes) and not any(room.draft.of(code) for code in codes)


def _direct(
    sheet: Sheet, room: Room, asked: Iterable[Hit], silent: set[int], granted: Sequence[Hit]
) -> Iterator[Candidate]:
    for hit in asked:
        if hit.old is None or sheet.tokens[hit.old].tag == IT or hit.old in silent:
            continue
        if hit.pattern.kind in ("object", "question") and any(
            grant.old == hit.old and grant.first <= hit.first and hit.last <= grant.last for grant in granted
        ):
            continue
        yield from _candidate(sheet, room, hit, hit.old)


def _pointing_back(
    sheet: Sheet, room: Room, asked: Iterable[Hit], silent: set[int], direct: Sequence[Candidate]
) -> Iterator[Candidate]:
    """ "Drop it": the words that "it" means are the nearest before that were quoted or remarked on."""
    for hit in asked:
        if hit.old is None or sheet.tokens[hit.old].tag != IT or hit.old in silent:
            continue
        old = _antecedent(sheet, hit.old, direct)
        if old is not None:
            yield from _candidate(sheet, room, hit, old)


def _antecedent(sheet: Sheet, at: int, direct: Sequence[Candidate]) -> int | None:
    crossed = 0
    for place in range(at - 1, max(-1, at - _BACK), -1):
        unit = sheet.tokens[place]
        crossed += unit.tag == STOP
        if crossed > _BACK_SENTENCES:
            return None
        if unit.tag == QUOTED:
            return place
        if unit.tag == OLD and (
            unit.match == "alluded" or _alone(sheet.tokens, place) or any(found.start == unit.start for found in direct)
        ):
            return place
    return None


def _alone(tokens: Sequence[Unit], place: int) -> bool:
    """Whether a unit is a sentence, or the first thing before a pause, of its own."""
    before = place == 0 or tokens[place - 1].tag == STOP or tokens[place - 1].low in ("the", "\n")
    after = place + 1 == len(tokens) or tokens[place + 1].tag == STOP or tokens[place + 1].low in ("-", ",", ":")
    return before and after


def _candidate(sheet: Sheet, room: Room, hit: Hit, old: int) -> Iterator[Candidate]:
    unit = sheet.tokens[old]
    kind: str | None = hit.pattern.kind
    if weighing.negated(sheet.tokens, hit):
        kind = weighing.turned(hit.pattern.kind)
    if kind is None:
        return
    new = _new(sheet, hit, old) if kind == "replace" else None
    if kind == "replace" and new is None:
        return
    told = _placed(sheet, room, unit)
    if told is None:
        return
    element, place, phrase, fits = told
    score = hit.pattern.weight * _strength(sheet, room, unit) * fits
    if hit.pattern.wary and not _meant_as_words(sheet, room, unit, element):
        score *= _WARY
    if hit.old != old:
        score *= 0.95
    yield Candidate(
        element=element,
        place=place,
        phrase=phrase,
        start=unit.start,
        end=unit.end,
        kind=kind,
        match=unit.match,
        new=new,
        score=round(score, 3),
        why=f"{hit.pattern.name}; {unit.match}",
    )


def _new(sheet: Sheet, hit: Hit, old: int) -> tuple[int, int] | None:
    """The span of the new words, where there are some and they are not the old ones over again."""
    if hit.side == "unit" and hit.new is not None:
        found: tuple[int, int] | None = (hit.new, hit.new)
    elif hit.side == "right" and hit.new is not None:
        found = extent.right(sheet.tokens, hit.new)
    elif hit.side == "left" and hit.new is not None:
        found = extent.left(sheet.tokens, hit.new)
    else:
        return None
    if found is None or found[0] <= old <= found[1]:
        return None
    start, end = sheet.tokens[found[0]].start, sheet.tokens[found[1]].end
    unit = sheet.tokens[old]
    if tidy(sheet.text[start:end]) == tidy(sheet.text[unit.start : unit.end]):
        return None
    if all(token.tag == IT or (not token.low[:1].isalnum() and token.tag != NEW and token.tag != OLD and token.tag != QUOTED)
           for token in sheet.tokens[found[0] : found[1] + 1]):  # fmt: skip
        return None
    return start, end


def _placed(sheet: Sheet, room: Room, unit: Unit) -> tuple[str | None, Place | None, str, float] | None:
    """Element, place and words of the draft that a unit stands for, and how well they fit what the comment is about."""
    sentence = _sentence(sheet, unit.start)
    if unit.anchor is None:
        codes = where.likely(sheet.known, sheet.named, sentence, room.directory.elements)
        if not codes:
            return None, None, unit.text, 0.8
        return codes[0], None, unit.text, 1.0 if len(codes) == 1 else 0.85
    scored = [
        (where.strength(room.draft.passages[place.passage].element, sheet.known, sheet.named, sentence), -rank, place)
        for rank, place in enumerate(unit.anchor.places)
    ]
    strong, _, place = max(scored, key=lambda entry: (entry[0], entry[1]))
    passage = room.draft.passages[place.passage]
    fits = 1.0
    if strong <= 0 and sheet.known.codes and max(sheet.known.codes.values()) >= where._ASKED:
        fits = 0.75 if unit.anchor.content > 1 or unit.match == "quoted" else 0.5
    elif strong <= 0 and len({room.draft.passages[other.passage].element for other in unit.anchor.places}) > 1:
        fits = 0.8
    return passage.element, place, passage.said(place.first, place.last), fits


def _sentence(sheet: Sheet, at: int) -> tuple[int, int]:
    for start, end in sheet.sentences:
        if start <= at < end:
            return start, end
    return 0, len(sheet.text)


def _strength(sheet: Sheet, room: Room, unit: Unit) -> float:
    """How sure we are that the words of a comment are words of the draft."""
    if unit.anchor is None:
        return 0.85 if unit.match == "quoted" else 0.7
    if unit.match == "quoted":
        return 1.0 if unit.anchor.match != "misquoted" else 0.85
    score = _MATCH[unit.match]
    if unit.anchor.content == 1:
        score *= 0.85 + 0.15 * unit.anchor.weight
    return score


def _meant_as_words(sheet: Sheet, room: Room, unit: Unit, element: str | None) -> bool:
    """Whether words are held up as words: in quotation marks, several of the draft's in a row, or called a word."""
    if unit.match in ("quoted", "alluded") or unit.anchor is None:
        return True
    if unit.anchor.content > 1:
        return True
    start, end = _sentence(sheet, unit.start)
    if any(start <= token.start < end and (token.low in NOUNS or token.text == "") for token in sheet.tokens):
        return True
    asked = sheet.known.codes.get(element or "", 0.0) >= where._ASKED
    return asked and unit.anchor.weight > 0.7 and _opens(sheet, unit)


def _opens(sheet: Sheet, unit: Unit) -> bool:
    """Whether the words open their sentence bare, as a name does ("Resilient is ...", not "the resilient ...")."""
    start, _ = _sentence(sheet, unit.start)
    return not sheet.text[start : unit.start].strip(" \"'“‘(-–1234567890.)")


def _additions(sheet: Sheet, room: Room, asked: Iterable[Hit], silent: set[int]) -> Iterator[Candidate]:
    for hit in asked:
        if hit.pattern.kind != "add" or hit.first in silent or weighing.negated(sheet.tokens, hit):
            continue
        found = (
            extent.right(sheet.tokens, hit.new or 0) if hit.side == "right" else extent.left(sheet.tokens, hit.new or 0)
        )
        if found is None:
            continue
        start, end = sheet.tokens[found[0]].start, sheet.tokens[found[1]].end
        quoted = sheet.tokens[found[0]].match == "quoted" and found[0] == found[1]
        if not quoted and (sheet.tokens[found[0]].tag == IT or end - start > 60):
            continue
        codes = where.likely(sheet.known, sheet.named, _sentence(sheet, start), room.directory.elements)
        if not codes and not quoted:
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
            score=round(hit.pattern.weight * (1.0 if quoted else 0.6 if not sheet.wordy else 0.8), 3),
            why=hit.pattern.name,
        )


def _bare(
    sheet: Sheet, room: Room, found: Sequence[Candidate], silent: set[int], granted: Sequence[Hit]
) -> Iterator[Candidate]:
    """Words of the draft that someone quotes without saying what is wrong with them, and without praise."""
    content = {grant.old for grant in granted}
    taken = [(one.start, one.end) for one in found] + [one.new for one in found if one.new]
    for place, unit in enumerate(sheet.tokens):
        if unit.tag != QUOTED or place in silent or place in content:
            continue
        if any(start < unit.end and unit.start < end for start, end in taken):
            continue
        told = _placed(sheet, room, unit)
        if told is None:
            continue
        element, at, phrase, fits = told
        yield Candidate(
            element=element,
            place=at,
            phrase=phrase,
            start=unit.start,
            end=unit.end,
            kind="object",
            match="quoted",
            new=None,
            score=round(_BARE * _strength(sheet, room, unit) * fits, 3),
            why="quoted, and nothing else said of it; quoted",
        )


def _rewrites(sheet: Sheet, room: Room) -> Iterator[Candidate]:
    return iter(())
