"""What turns a match into no finding, or into another: negation, other people's words, irony, and what is granted."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final

from consultation.wording.miner import lexicon
from consultation.wording.miner.lexicon import listed
from consultation.wording.miner.matching import Hit
from consultation.wording.miner.units import MARK, STOP, Unit

_NEGATORS: Final = listed(
    "not don't dont do-not never no wouldn't wouldnt shouldn't shouldnt won't wont can't cant cannot without "
    "nobody needn't mustn't couldn't doesn't didn't isn't resist oppose against refuse mistake shame pity sorry sad "
    "loath wrong nor neither hardly unwise disagree nothing before if unless dinnae cannae wouldnae shouldnae couldnae "
    "isnae willnae"
)
_ASKING: Final = listed("why can't could couldn't can shouldn't isn't aren't wouldn't would should might")
_THINKING: Final = listed(
    "think believe feel agree want see say reckon accept find consider mean suggest that thinking believing like"
)
_REACH: Final = 5
_TURNED: Final = {"remove": "keep", "replace": "keep", "keep": "remove"}
_BODIES: Final = listed(
    "group groups club society committee board association members forum panel branch federation council team "
    "organisation charity trust church school union network partnership class table meeting"
)
_MARKS: Final = frozenset({",", ";", "–", "-"})
_SAME_VIEW: Final = listed("agree know see understand")  # ... with what was reported
_REPORTING: Final = frozenset({"reported", "irony"})


def negated(tokens: Sequence[Unit], hit: Hit) -> bool:
    """Whether a negation shortly before the match, in the same clause, turns it round.

    "Why not", "why don't you" and "couldn't we" ask for the thing and turn nothing. Before words of the draft that
    open a match only "I don't think that ..." counts: "not X, it is jargon" is no praise of X.
    """
    if tokens[hit.first].tag == STOP:
        return False
    opening = hit.old is not None and all(unit.low in lexicon.BEFORE for unit in tokens[hit.first : hit.old])
    place = hit.first - 1
    for _ in range(_REACH):
        if place < 0 or tokens[place].tag == STOP or (tokens[place].tag == MARK and tokens[place].low != "'"):
            return False
        low = tokens[place].low
        if low in _NEGATORS:
            between = [unit.low for unit in tokens[place + 1 : hit.first]]
            if opening and not any(word in _THINKING for word in between):
                return False
            return not _asks(tokens, place) and low not in ("if", "unless")
        if low in ("but", "and", "so") and tokens[place - 1].low not in ("go", "try", "come"):
            return False
        if low == "or" and place != hit.first - 1:
            return False
        place -= 1
    return False


def _asks(tokens: Sequence[Unit], place: int) -> bool:
    before = tokens[place - 1].low if place else ""
    after = tokens[place + 1].low if place + 1 < len(tokens) else ""
    low = tokens[place].low
    if low == "not" and before in ("we", "you", "it", "they") and place > 1 and tokens[place - 2].low in _ASKING:
        return True  # "could we not"
    return before in ("why", "or", "if") or (low in _ASKING and after in ("we", "you", "it", "they")) or after == "only"


def turned(kind: str) -> str | None:
    """What a negated request asks for; None where it asks for nothing."""
    return _TURNED.get(kind)


def sentence_end(tokens: Sequence[Unit], at: int) -> int:
    """The last unit of the sentence that unit `at` stands in."""
    while at + 1 < len(tokens) and tokens[at].tag != STOP:
        at += 1
    return at


def silenced(tokens: Sequence[Unit], hits: Sequence[Hit]) -> set[int]:
    """The units that are somebody else's words or not meant: from such a match to the end of its sentence."""
    silent: set[int] = set()
    for hit in hits:
        if hit.pattern.kind in _REPORTING and not _already(tokens, hit) and not _own(tokens, hit):
            silent.update(range(hit.first, _reported_end(tokens, hit.last) + 1))
    return silent


def _reported_end(tokens: Sequence[Unit], at: int) -> int:
    """The end of the sentence, or of what stands before "..., and we would": there the writer goes on."""
    end = sentence_end(tokens, at)
    for place in range(at + 1, end - 3):
        turn = [unit.low for unit in tokens[place : place + 4]]
        if turn[0] in _MARKS and turn[1] in ("and", "but", "so") and turn[2] in ("i", "we", "i'd", "we'd"):
            return end if turn[3] in _SAME_VIEW else place
    return end


def _own(tokens: Sequence[Unit], hit: Hit) -> bool:
    """ "Nobody on our ward would say ...", "our committee asks": that is the writer's own view."""
    if tokens[hit.first].low == "our" and any(unit.low in _BODIES for unit in tokens[hit.first : hit.last]):
        return True
    return any(unit.low in ("nobody", "no", "no-one", "none") for unit in tokens[max(0, hit.first - 3) : hit.first])


def _already(tokens: Sequence[Unit], hit: Hit) -> bool:
    """ "... and I agree": what someone else said is the writer's view too."""
    end = sentence_end(tokens, hit.last)
    rest = [unit.low for unit in tokens[hit.last : end + 8]]
    pairs = set(itertools.pairwise(rest))
    return bool(
        pairs & {("i", "agree"), ("so", "do"), ("is", "right"), ("she's", "right"), ("he's", "right"), ("we", "agree")}
    )


def granted(tokens: Sequence[Unit], hits: Sequence[Hit]) -> list[Hit]:
    """The matches in which someone is content with words."""
    return [hit for hit in hits if hit.pattern.kind == "granted" and not _denied(tokens, hit)]


def _denied(tokens: Sequence[Unit], hit: Hit) -> bool:
    return tokens[hit.first].low not in _NEGATORS and negated(tokens, hit)
