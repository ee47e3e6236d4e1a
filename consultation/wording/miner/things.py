"""When a match speaks of a thing in the world and not of the draft's words: "keep the Barton beds", "the loss of beds".

Words that are quoted, pointed at or called words are never a thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from consultation.text import stem
from consultation.wording.miner import lexicon, where
from consultation.wording.miner.draft import FUNCTION_WORDS, Place
from consultation.wording.miner.lexicon import listed
from consultation.wording.miner.matching import Hit
from consultation.wording.miner.sheet import Placed, Sheet, alone, called_a_word, everyday, held_up
from consultation.wording.miner.units import IT, MARK, OLD, STOP, WORD, Unit

_GOES_ON: Final = lexicon.AFTER | lexicon.NOUNS | lexicon.NEW_FILLER_RIGHT | listed(lexicon.LISTS["CALMLY"])
# "Tired of X", "the use of X", "the sound of X" are about X; "the loss of X" is about the loss.
_HEADS: Final = frozenset(
    stem(word)
    for name in ("UNEASY", "KEEN", "TROUBLE", "HATE", "BAD", "SAY", "MEAN", "EXPLAIN")
    for word in lexicon.LISTS[name].split()
) | frozenset(
    map(
        stem,
        [
            *lexicon.NOUNS,
            *listed(
                "use overuse choice sound tone idea notion repetition talk mention one some most none both lot kind "
                "sort"
            ),
        ],
    )
)
_AT_A_PLACE: Final = frozenset({"at", "near", "for", "from", "with", "on"})
_OWN: Final = frozenset({"the", "our", "your", "their", "my", "these", "those"})
_SUGGESTING: Final = listed(
    "suggest suggested suggests suggesting consider recommend recommended propose proposed by about worth favour "
    "favoured prefer preferred from than like wanted asked requested"
)
_CLAUSE: Final = listed("think feel find found say that but and because so believe though yet or reckon it's")


def of_a_thing(sheet: Sheet, hit: Hit, old: int, kind: str, told: Placed) -> bool:
    """Whether what is asked is asked of the thing. Who says what should stand there instead means the words."""
    unit = sheet.tokens[old]
    if kind == "replace" or unit.match in ("quoted", "alluded") or unit.anchor is None or called_a_word(sheet, old):
        return False
    if _a_name(sheet, told.place) or _of_another(sheet.tokens, old) or _taken_further(sheet, hit, kind):
        return True
    said = sheet.text[unit.start : unit.end]
    if (kind == "remove" and _done_to_it(sheet.tokens, hit)) or (kind == "keep" and hit.old == old and _several(said)):
        return True
    if held_up(sheet, old, told.element) or alone(sheet, old):
        return False
    if kind == "object" and hit.first < old and not hit.pattern.worded and _several(said):
        return True
    return leaps(sheet, unit, told) or (kind == "object" and _inside_its_clause(sheet.tokens, hit, old))


def leaps(sheet: Sheet, unit: Unit, told: Placed) -> bool:
    """Whether one word alone would take the remark to an element that the comment is not known to be about."""
    if unit.anchor is None or unit.anchor.content > 1 or unit.match in ("quoted", "alluded"):
        return False
    if not sheet.asked:
        return everyday(sheet, unit)
    meant = where.strength(told.element or "", sheet.known, sheet.named, sheet.sentence(unit.start))
    return meant < where.ASKED / 2


def _a_name(sheet: Sheet, place: Place | None) -> bool:
    """Whether the draft writes every word of it as a name, and does not so write all its words, as a title does."""
    if place is None:
        return False
    passage = sheet.room.draft.passages[place.passage]
    content = [word for word in passage.words[1:] if word.content and word.text[0].isalpha()]
    if place.first == 0 or all(word.text[0].isupper() for word in content):
        return False
    said = [word for word in passage.words[place.first : place.last + 1] if word.content]
    return bool(said) and all(word.text[0].isupper() and not word.text.isupper() for word in said)


def _of_another(tokens: Sequence[Unit], old: int) -> bool:
    """ "The loss of X", "the closure of our X": another thing is spoken of, and X only says which."""
    place = old - 1
    while place > 0 and tokens[place].low in lexicon.BEFORE and tokens[place].low != "of":
        place -= 1
    head = tokens[place - 1] if place > 0 else None
    return head is not None and tokens[place].low == "of" and head.tag in (WORD, OLD) and stem(head.low) not in _HEADS


def _taken_further(sheet: Sheet, hit: Hit, kind: str) -> bool:
    """Whether the thing asked for goes on in words that the draft has not ("keep Barton births", "keep it going")."""
    if kind == "question" or hit.first == hit.last or hit.last + 1 == len(sheet.tokens):
        return False
    here, after = sheet.tokens[hit.last : hit.last + 2]
    if hit.old != hit.last and not (kind == "keep" and here.tag == IT):
        return False
    if kind == "keep" and (after.low in _AT_A_PLACE or sheet.tokens[hit.last - 1].low in _OWN):
        return True
    if all(unit.low in lexicon.BEFORE for unit in sheet.tokens[hit.first : hit.last]):
        return False
    if after.tag != WORD or sheet.text[here.end : after.start] != " ":
        return False
    return after.low not in FUNCTION_WORDS | _GOES_ON and not after.low.endswith("ly") and after.low[0].isalnum()


def _done_to_it(tokens: Sequence[Unit], hit: Hit) -> bool:
    """ "Cutting beds will cost lives": what is done to the thing, where nobody suggests doing it to words."""
    before = {unit.low for unit in tokens[max(0, hit.first - 4) : hit.first]}
    return tokens[hit.first].low.endswith("ing") and before.isdisjoint(_SUGGESTING)


def _several(said: str) -> bool:
    """Whether one word is a plural: without an article "a problem with hub" means the word, "with beds" the beds."""
    return " " not in said and said.endswith("s") and not said.endswith(("ss", "us", "is"))


def _inside_its_clause(tokens: Sequence[Unit], hit: Hit, old: int) -> bool:
    """Whether one word that a remark begins with stands neither at the head of its clause nor bare."""
    if any(unit.low not in lexicon.BEFORE for unit in tokens[hit.first : old]):
        return False
    if old + 1 < len(tokens) and tokens[old + 1].low in lexicon.AFTER:
        return False
    old -= bool(old and tokens[old - 1].low in ("a", "an"))  # "A hub is what bicycles have"
    before = tokens[old - 1] if old else None
    return before is not None and before.tag not in (STOP, MARK) and before.low not in _CLAUSE
