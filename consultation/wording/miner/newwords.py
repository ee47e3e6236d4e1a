"""The new words that go with words of the draft: where they stand, and when what looks like them is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from consultation.text import stem, tidy, words
from consultation.wording.miner import extent, lexicon
from consultation.wording.miner.draft import FUNCTION_WORDS
from consultation.wording.miner.lexicon import listed
from consultation.wording.miner.matching import Hit
from consultation.wording.miner.sheet import Sheet
from consultation.wording.miner.units import NEW, OLD, QUOTED, STOP, WORD, Unit

_NO_NEW: Final = frozenset(
    stem(word) for name in ("CUT", "KEEP", "CHANGE", "EXPLAIN", "TAKE") for word in lexicon.LISTS[name].split()
) | {"out", "more", "less", "about", "some", "any", "enough", "another"}
# What should be "in every school" is the thing itself; words of place stand for words of place.
_WHERE: Final = frozenset({"in", "on"})
_WHO: Final = frozenset({"i", "you", "we", "they", "he", "she", "it", "i'm", "you're", "we're", "they're"})
_PEOPLE: Final = _WHO - {"it", "you", "you're"}
_THERE: Final = frozenset({"there", "here", "outside", "opposite", "near"})
_GUESSED: Final = 3
_BREAKS: Final = frozenset({"-", "–", "—", ":"})
_WOULD_DO: Final = frozenset({"maybe", "perhaps", "instead", "please", "?"})
_UNGUESSED: Final = listed(
    "you it that this they we i anyone anybody someone please sorry pardon why who what honest no nothing thoughts eh "
    "huh really honestly actually surely only truly seriously yes no ok right same ideas sense serious joking kidding "
    "english surprised got get say says"
)
_ASKS: Final = frozenset({"who", "what", "how", "whether", "why", "when", "where", "which", "if"})
_DOING: Final = frozenset(
    map(stem, ["have", "has", "had", "get", "got", "take", "use", "make", "need", "see", "read", "try"])
)
_WISHES: Final = listed(
    "would should could can might must please rather i'd we'd you'd it'd why don't let's let ought needs want "
    "wants prefer"
)
_BEFORE_A_THING: Final = frozenset({"a", "an", "the", "more", "some", "our", "my", "it"})
_CLAUSE: Final = 8  # units back to who does it
_COMPARED: Final = frozenset(map(stem, ["better", "clearer", "simpler", "nicer", "truer", "kinder", "best"]))
_SHORT: Final = listed(
    "it to of and that this one them so what who how why where nothing you me thought him her us we're you're they're "
    "i'm it's that's he's she's am is are was were be been being have has had do does did"
)


def new_words(sheet: Sheet, hit: Hit, old: int) -> tuple[int, int] | None:
    """The span of the new words, where there are some and they are not the old ones over again."""
    found = new_units(sheet, hit)
    if found is None or found[0] <= old <= found[1]:
        return None
    first, last = _without_article(sheet.tokens, found, old)
    said = sheet.tokens[first : last + 1]
    if said[0].match != "quoted" and (_narrated(sheet.tokens, first) or any(unit.low in _PEOPLE for unit in said[1:])):
        return None
    if not any(unit.low[:1].isalnum() or unit.tag in (NEW, OLD, QUOTED) for unit in said):
        return None
    if len(said) > 1 and all(unit.tag != OLD and unit.low in FUNCTION_WORDS for unit in said):
        return None
    if said[0].match != "quoted" and _no_words(sheet, first, last, old):
        return None
    start, end = said[0].start, said[-1].end
    if tidy(sheet.text[start:end]) == tidy(sheet.text[sheet.tokens[old].start : sheet.tokens[old].end]):
        return None
    return start, end


def _no_words(sheet: Sheet, first: int, last: int, old: int) -> bool:
    """ "Should be dropped", "should be in every school", "clarify please": what looks like the new words is none."""
    tokens, low = sheet.tokens, sheet.tokens[first].low
    if _goes_there(tokens, last) or low in _WHO:
        return True
    if low in _ASKS:  # "state who is responsible": what should be told, not the words to tell it in
        return words(sheet.text[tokens[old].start : tokens[old].end])[0].casefold() not in _ASKS
    if first == last and (low in _SHORT or stem(low) in _NO_NEW):
        return True
    if low in _WHERE and first and tokens[first - 1].low == "be":
        return tokens[old].match != "quoted"
    if low in _WHERE:
        return words(sheet.text[tokens[old].start : tokens[old].end])[0].casefold() not in FUNCTION_WORDS
    return low in _NO_NEW or stem(low) in _COMPARED or (low.endswith(("ed", "en", "pt", "ut")) and stem(low) in _NO_NEW)


def _narrated(tokens: Sequence[Unit], first: int) -> bool:
    """ "If I come in or have a call": what the writer does, and would not have written."""
    place = first - 1
    while place > 0 and tokens[place].low in _BEFORE_A_THING:
        place -= 1
    cue = stem(tokens[place].low) if place >= 0 else ""
    if cue in ("call", *_DOING) and place and tokens[place - 1].low in ("a", "an", "the"):
        return True  # "the call being answered"
    if cue not in _DOING:
        return False
    clause: list[str] = []
    while place > 0 and tokens[place - 1].tag != STOP and len(clause) < _CLAUSE:
        place -= 1
        clause.append(tokens[place].low)
    joined = bool(clause) and clause[0] in ("or", "and")
    return (joined or not _WHO.isdisjoint(clause)) and _WISHES.isdisjoint(clause)


def _goes_there(tokens: Sequence[Unit], last: int) -> bool:
    """ "Put a bench there": a thing, for a place."""
    return last + 1 < len(tokens) and tokens[last + 1].low in _THERE


def new_units(sheet: Sheet, hit: Hit) -> tuple[int, int] | None:
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


def next_quotation(sheet: Sheet, at: int, kind: str) -> tuple[int, int] | None:
    """Other words in quotation marks: at the head of the next sentence, or after a colon, "to" or "say" in this one or
    the next. They are what the writer would have instead; of words that are to go, only after a colon."""
    crossed = 0
    for place in range(at + 1, len(sheet.tokens)):
        unit, before = sheet.tokens[place], sheet.tokens[place - 1]
        crossed += unit.tag == STOP
        if crossed > 2 or unit.tag == QUOTED:
            return None
        if kind == "object" and _pauses(before, crossed) and (guess := _guess(sheet.tokens, place)):
            again = tidy(sheet.text[slice(*guess)]) in tidy(sheet.text[sheet.tokens[at].start : sheet.tokens[at].end])
            return None if again else guess
        if unit.tag == NEW:
            after = sheet.tokens[place + 1].low if place + 1 < len(sheet.tokens) else ""
            offered = before.low in lexicon.OFFERING or (crossed and before.tag == STOP) or after in _WOULD_DO
            if kind == "remove":
                offered = before.low == ":"
            return (unit.start, unit.end) if offered else None
    return None


def _pauses(unit: Unit, crossed: int) -> bool:
    """Whether a guess may follow: at the head of the next sentence, which is the first question, or after a dash."""
    return unit.low in _BREAKS or (unit.tag == STOP and crossed == 1 and unit.low not in ("?", ","))


def _guess(tokens: Sequence[Unit], at: int) -> tuple[int, int] | None:
    """ "Night owls?", after a remark about words: a few words that ask whether they would do."""
    last = at
    while last < len(tokens) and last - at < _GUESSED and tokens[last].tag in (WORD, OLD):
        last += 1
    said = [unit.low for unit in tokens[at:last]]
    if not said or tokens[last].low != "?" or said[0] in FUNCTION_WORDS or not _UNGUESSED.isdisjoint(said):
        return None
    return tokens[at].start, tokens[last - 1].end
