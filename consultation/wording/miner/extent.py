"""Where new words that someone offers begin and end.

Quotation marks say it themselves. Without them the words run to the next mark or to a word that carries the
sentence on ("because", "it", "instead").
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from consultation.wording.miner import lexicon
from consultation.wording.miner.units import MARK, NEW, QUOTED, STOP, WORD, Unit

_LONGEST: Final = 14
_LONGEST_LEFT: Final = 6
_DANGLING: Final = frozenset({"to", "and", "or", "who", "which", "that"})
_NEAR: Final = 3  # units between the cue and a quotation that is what was meant
_WHOM: Final = frozenset({"me", "us", "you", "most", "anyone", "everyone", "everybody", "my"})  # "... to most of us"
_BESIDE: Final = frozenset({"followed", "preceded", "accompanied", "joined"})  # what is to stand beside the old words
_INNER_MARKS: Final = frozenset(["-", "/", "&", "'"])


def right(tokens: Sequence[Unit], at: int, *, sentence: bool = False) -> tuple[int, int] | None:
    """Units `first`, `last` of the new words that begin at or shortly after `at`."""
    quotation = _quotation(tokens, at, 1)
    if quotation is not None:
        return quotation, quotation
    if _describes(tokens, at):
        return None
    if at < len(tokens) and tokens[at].low in _BESIDE:
        return None
    place = at
    while place < len(tokens) and (_introduces(tokens, place) or (sentence and _next_line(tokens, place))):
        place += 1
    first = place
    while place < len(tokens) and place - first < (60 if sentence else _LONGEST) and not _ends(tokens, place, sentence):
        place += 1
    ended = place == len(tokens) or tokens[place].tag in (STOP, MARK)
    last = place - 1
    while last >= first and (
        tokens[last].low in lexicon.NEW_FILLER_RIGHT or (not ended and tokens[last].low in _DANGLING)
    ):
        last -= 1
    inside = next((spot for spot in range(first, last + 1) if tokens[spot].match == "quoted"), None)
    if inside is not None and not sentence and inside == last:
        return inside, inside
    return (first, last) if first <= last else None


def _describes(tokens: Sequence[Unit], at: int) -> bool:
    """ "Something a child could read": what the new words should be like, not the words."""
    ahead = [unit.low for unit in tokens[at : at + 2]]
    return ahead[:1] == ["something"] and len(ahead) > 1 and ahead[1] not in ("like", "along", "such", ":")


def within(tokens: Sequence[Unit], first: int, last: int) -> tuple[int, int] | None:
    """The new words among the units that a match holds: without what introduces and what ends them."""
    while first < last and _introduces(tokens, first):
        first += 1
    while last >= first and tokens[last].low in lexicon.NEW_FILLER_RIGHT:
        last -= 1
    quotation = next((place for place in range(first, last + 1) if tokens[place].match == "quoted"), None)
    if quotation is not None:
        return quotation, quotation
    return (first, last) if first <= last else None


def left(tokens: Sequence[Unit], at: int) -> tuple[int, int] | None:
    """Units `first`, `last` of the new words that end at or shortly before `at`."""
    quotation = _quotation(tokens, at, -1)
    if quotation is not None:
        return quotation, quotation
    last = at
    while last >= 0 and tokens[last].low in (",", "-", "(", ":"):
        last -= 1
    first = last + 1
    while first > 0 and last - first + 1 < _LONGEST_LEFT:
        before = tokens[first - 1]
        if before.tag in (STOP, MARK) and before.low not in _INNER_MARKS:
            break
        if before.low in lexicon.NEW_BEGINS:
            break
        first -= 1
    while first < last and _introduces(tokens, first):
        first += 1
    return (first, last) if first <= last else None


def _quotation(tokens: Sequence[Unit], at: int, step: int) -> int | None:
    """A quotation at once, or after a few words that only introduce it."""
    place = at
    for _ in range(_NEAR + 1):
        if not 0 <= place < len(tokens) or tokens[place].tag == STOP:
            return None
        if tokens[place].match == "quoted" and tokens[place].tag in (NEW, QUOTED):
            return place
        if tokens[place].low not in lexicon.BEFORE_QUOTATION:
            return None
        place += step
    return None


def _introduces(tokens: Sequence[Unit], place: int) -> bool:
    """Whether a unit only introduces the new words ("say something like ...", "the word ..."), and some follow."""
    if place + 1 >= len(tokens) or tokens[place + 1].tag == STOP or tokens[place + 1].low in lexicon.CLOSES:
        return False
    if tokens[place].low == "the":
        return tokens[place + 1].low in lexicon.NOUNS
    return tokens[place].low in lexicon.NEW_FILLER_LEFT


def _next_line(tokens: Sequence[Unit], place: int) -> bool:
    """Whether a colon stands here that ends its line, or the end of that line."""
    if tokens[place].low == ":":
        return place + 2 < len(tokens) and tokens[place + 1].low == "\n"
    return tokens[place].low == "\n" and tokens[place - 1].low == ":" and place + 1 < len(tokens)


def _ends(tokens: Sequence[Unit], place: int, sentence: bool) -> bool:
    """Whether the new words cannot go on with this unit."""
    unit = tokens[place]
    if unit.tag == STOP:
        return True
    if sentence:
        return [unit.low for unit in tokens[place : place + 3]] == ["and", "have", "done"]
    if unit.tag == MARK:
        return unit.low not in _INNER_MARKS
    if unit.low == "and" and place + 1 < len(tokens):
        after = tokens[place + 1]
        return after.low in lexicon.NEW_ENDS | lexicon.REQUESTS or _done_to_it(tokens, place + 1)
    if unit.low == "as" and place + 2 < len(tokens) and tokens[place + 1].low == "well":
        return True
    if unit.low in ("in", "under", "at") and place + 1 < len(tokens):
        return _points_elsewhere(tokens, place + 1)
    if unit.low == "to" and place + 1 < len(tokens) and tokens[place + 1].low in _WHOM:
        return True
    if unit.low == "to" and [after.low for after in tokens[place + 1 : place + 3]] == ["the", "rest"]:
        return True
    if unit.low == "what" and place + 1 < len(tokens) and tokens[place + 1].tag == STOP:
        return False  # "no matter what"
    return unit.low in lexicon.NEW_ENDS


def _done_to_it(tokens: Sequence[Unit], place: int) -> bool:
    """ "... and mean it": the sentence goes on with something to do."""
    return place + 1 < len(tokens) and tokens[place].tag == WORD and tokens[place + 1].low in ("it", "them")


def _points_elsewhere(tokens: Sequence[Unit], place: int) -> bool:
    """ "... in the second outcome", "... in 2.1": where it is to stand, no part of what is to stand there."""
    ahead = [unit.low for unit in tokens[place : place + 4]]
    return bool(ahead) and (
        ahead[0][:1].isdigit() or any(word in lexicon.PLACES for word in ahead) or ahead[:2] == ["the", "draft"]
    )
