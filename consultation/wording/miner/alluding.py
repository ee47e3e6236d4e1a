"""Words that are pointed at: "that bit about heritage", "the last two words", and, where the draft's wording is not
held, whatever follows "the phrase" ("they dislike the phrase wrap around, which ...").

Each becomes one unit that stands for the words it means.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from consultation.wording.miner.anchors import Anchor
from consultation.wording.miner.draft import Draft, Passage, Place
from consultation.wording.miner.lexicon import NOUNS, PLACES, listed
from consultation.wording.miner.units import MARK, OLD, QUOTED, STOP, WHOLE, WORD, Unit

_POINTING: Final = listed("the that this those these your")
_PIECES: Final = listed(
    "bit part stuff line section sentence phrase piece clause half ending end word words thing adjective verb noun lot"
)
_TOPIC: Final = listed("about on where with saying regarding concerning around says of that talks re")
_LAST: Final = listed("last final closing end")
_WHOLE: Final = listed("whole entire lot")
_FIRST: Final = listed("first opening beginning start")
_NUMBER: Final = {"word": 1, "adjective": 1, "two": 2, "couple": 2, "three": 3, "few": 3, "four": 4, "five": 5}
_STARTERS: Final = listed(
    "through by with to for within across in from so and that which where irrespective regardless"
)
_CARRY_ON: Final = listed(
    "as which because but that this it was is were are meant means mean to be needs need should could would "
    "must can in on rather instead implies imply puts put sounds feels seems makes has have had did does do for "
    "or so they people we i you not and asked wanted suggested by with from used when if since though although"
)
_REFERS: Final = listed("referenced mentioned included contained said read")
_TEXTS: Final = listed("wording version text draft sentence statement")
_LONGEST: Final = 8  # words of a phrase that nobody quoted
_REACH: Final = 4  # words between "the bit about" and the draft's words, at most


def with_allusions(tokens: Sequence[Unit], draft: Draft, passage: int | None) -> list[Unit]:
    """The units with every pointer as one of them. `passage` is what the comment is about, where that is one."""
    out: list[Unit] = []
    place = 0
    while place < len(tokens):
        if tokens[place].low not in _POINTING:
            out.append(tokens[place])
            place += 1
            continue
        width, unit = _pointer(tokens, place, draft, passage)
        out.append(unit or tokens[place])
        place += width if unit else 1
    return out


def _pointer(tokens: Sequence[Unit], at: int, draft: Draft, passage: int | None) -> tuple[int, Unit | None]:
    """How many units the pointer that begins here takes, and what it becomes."""
    if tokens[at].tag != WORD:
        return 1, None
    last = next((place for place in range(at + 1, min(at + 6, len(tokens))) if tokens[place].low in _PIECES), None)
    if last is None or any(unit.tag in (STOP, OLD, QUOTED) for unit in tokens[at + 1 : last]):
        return 1, None
    between = [unit.low for unit in tokens[at : last + 1]]
    topic = _topic(tokens, last)
    if topic is not None:
        return topic - at + 1, _unit(tokens[at], tokens[topic], tokens[topic].anchor)
    if passage is None:
        return 1, None
    ahead = [unit.low for unit in tokens[last + 1 : last + 4]]
    if ahead[:1] == ["at"] and set(ahead) & (_LAST | _FIRST):  # "that bit at the end about ..."
        between += ahead
        last = _to_mark(tokens, last + 4)
    elif tokens[last].low in ("end", "ending") and not _named_end(between, ahead):
        return 1, None
    if tokens[last].low in ("word", "words") and any(unit.match == "quoted" for unit in tokens[:at]):
        return 1, None  # the first word of what was quoted
    if not set(between) & (_LAST | _FIRST | _WHOLE) or (tokens[last].low == "lot" and last != at + 1):
        return 1, None
    where = _position(draft.passages[passage], passage, between)
    anchor = Anchor(first=0, last=0, places=(where,), match="exact", content=2, weight=1.0)
    unit = _unit(tokens[at], tokens[last], anchor)
    return last - at + 1, unit._replace(low=WHOLE) if set(between) & _WHOLE else unit


def _named_end(between: Sequence[str], ahead: Sequence[str]) -> bool:
    """ "The end" is one of the wording where it says so, or where a request stands on it alone."""
    if ahead[:1] == ["of"]:
        return bool(set(ahead) & PLACES)
    return between[0] != "the" or not ahead or ahead[0] not in _CARRY_ON


def _to_mark(tokens: Sequence[Unit], at: int) -> int:
    """The last unit before a mark or the end of the sentence."""
    while at < len(tokens) and tokens[at].tag not in (STOP, MARK):
        at += 1
    return at - 1


def _unit(first: Unit, last: Unit, anchor: Anchor | None) -> Unit:
    return Unit(start=first.start, end=last.end, tag=OLD, low="\x00alluded", anchor=anchor, match="alluded")


def _topic(tokens: Sequence[Unit], piece: int) -> int | None:
    """The draft's words that a pointer goes on to name: "the bit (on the end) about being [excellent]"."""
    named = False
    for place in range(piece + 1, min(piece + 3 + _REACH, len(tokens))):
        unit = tokens[place]
        if unit.tag == STOP or unit.low in (",", ";"):
            return None
        if unit.tag in (OLD, QUOTED) and unit.anchor is not None:
            return place if named else None
        named = named or unit.low in _TOPIC
    return None


def _position(passage: Passage, number: int, said: Sequence[str]) -> Place:
    """The words at the end or the beginning of the wording: as many as were said, else the outermost clause."""
    count = next((_NUMBER[word] for word in said if word in _NUMBER), None)
    total = len(passage.words)
    if set(said) & _WHOLE:
        return Place(number, 0, total - 1)
    if set(said) & _LAST:
        begin = total - count if count else _last_clause(passage)
        return Place(number, max(0, begin), total - 1)
    return Place(number, 0, (count if count else _first_clause(passage)) - 1)


def _last_clause(passage: Passage) -> int:
    """Where the last clause begins: after the last comma, or with its last preposition."""
    for place in range(len(passage.words) - 2, 0, -1):
        word, before = passage.words[place], passage.words[place - 1]
        if "," in passage.text[before.end : word.start] or word.low in _STARTERS:
            return place
    return len(passage.words) // 2


def _first_clause(passage: Passage) -> int:
    for place in range(1, len(passage.words)):
        word, before = passage.words[place], passage.words[place - 1]
        if "," in passage.text[before.end : word.start] or (place > 1 and word.low in _STARTERS):
            return place
    return max(1, len(passage.words) // 2)


def with_named(tokens: Sequence[Unit]) -> list[Unit]:
    """The units with what follows "the phrase" as one, up to a mark or a word that carries the sentence on."""
    out: list[Unit] = []
    place = 0
    while place < len(tokens):
        out.append(tokens[place])
        place += 1
        if not _names(tokens, place - 1) or (place < len(tokens) and tokens[place].match == "quoted"):
            continue
        last = place
        while last < len(tokens) and last - place < _LONGEST and _goes_on(tokens, last, place):
            last += 1
        if last > place:
            first, end = tokens[place], tokens[last - 1]
            out.append(Unit(start=first.start, end=end.end, tag=OLD, low="\x00named", match="exact"))
            place = last
    return out


def _names(tokens: Sequence[Unit], at: int) -> bool:
    """ "The phrase ...", "the original wording referenced ..."."""
    if tokens[at].low in _REFERS:
        return at > 0 and tokens[at - 1].low in _TEXTS
    return tokens[at].low in NOUNS


def _goes_on(tokens: Sequence[Unit], at: int, first: int) -> bool:
    unit = tokens[at]
    if unit.tag == WORD and unit.low == "and" and at > first and at + 1 < len(tokens):
        return tokens[at + 1].low not in _CARRY_ON and not tokens[at + 1].low.endswith("ing")
    return unit.tag == OLD or (unit.tag == WORD and unit.low not in _CARRY_ON)
