"""What the pictures find in a comment's units. Everything that can be ruled out beforehand is: the matcher is slow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from consultation.wording.miner.lexicon import BEFORE
from consultation.wording.miner.patterns import Pattern
from consultation.wording.miner.pictures import Picture, Way, entry, grammar, met
from consultation.wording.miner.units import STOP, Unit

if TYPE_CHECKING:
    from spacy.tokens import Doc

_HEADING: Final = 3  # units that may stand before a colon and be a heading


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A pattern that matched units `first` to `last` (inclusive). `old` is the unit of the draft's words;
    `new` are the units of the new words where the match holds them (`side` "inside"), or the unit beside it from which
    on they are to be looked for (`side` "left", "right")."""

    pattern: Pattern
    first: int
    last: int
    old: int | None
    new: tuple[int, int] | None
    side: str


def hits(tokens: Sequence[Unit]) -> list[Hit]:
    """Everything that the patterns find, for each pattern and each piece pointed at the narrowest match."""
    places = _places(tokens)
    doc: Doc | None = None
    best: dict[tuple[str, int | None, str, int], Hit] = {}
    for way in _possible(places):
        for low, high in _stretches(way, places, len(tokens)):
            doc = doc or doc_of(tokens)
            matches: list[Any] = way.matcher(doc[low:high], with_alignments=True)
            for _, first, end, alignment in matches:
                hit = _hit(way.picture, low + first, low + end, alignment, tokens)
                if hit is None:
                    continue
                beside = hit.new[0] if hit.new else hit.first if hit.old is None else -1
                place = (hit.pattern.name, hit.old, hit.side, beside)
                rival = best.get(place)
                if rival is None or (hit.last - hit.first, hit.first) < (rival.last - rival.first, rival.first):
                    best[place] = hit
    return list(best.values())


def doc_of(tokens: Sequence[Unit]) -> Doc:
    """The units as a spaCy document."""
    from spacy.tokens import Doc

    return Doc(grammar().vocab, words=[entry(unit.low, unit.tag) for unit in tokens])


def _places(tokens: Sequence[Unit]) -> dict[int, int]:
    """For each thing that pictures need, the units that have it, as the bits of a number."""
    places: dict[int, int] = {}
    bit = 1
    for unit in tokens:
        for number in met(unit.low, unit.tag):
            places[number] = places.get(number, 0) | bit
        bit <<= 1
    return places


def _possible(places: dict[int, int]) -> Iterator[Way]:
    """The pictures all of whose needs are met somewhere in the comment."""
    ways = grammar().ways
    lacks = ~sum([1 << number for number in places])
    for number in places:
        for way in ways.get(number, ()):
            if not way.all_needs & lacks:
                yield way


def _stretches(way: Way, places: dict[int, int], total: int) -> Iterator[tuple[int, int]]:
    """The stretches of units outside which a picture cannot match: what it needs stands there, in its order and near
    enough. Sets of places are bits of a number."""
    ends = places[way.first]
    for number, width in way.further:
        ends = _spread(ends, width) & places[number]
        if not ends:
            return
    low = high = -1
    while ends:
        last = (ends & -ends).bit_length() - 1
        ends &= ends - 1
        if last - way.before > high and high >= 0:
            yield max(0, low), min(total, high)
            low = last - way.before
        elif high < 0:
            low = last - way.before
        high = last + way.after + 1
    yield max(0, low), min(total, high)


def _spread(bits: int, width: int) -> int:
    """The places from one to `width` after each of these."""
    out, have = bits << 1, 1
    while have < width:
        step = min(have, width - have)
        out |= out << step
        have += step
    return out


def _hit(picture: Picture, first: int, end: int, alignment: Sequence[int], tokens: Sequence[Unit]) -> Hit | None:
    if picture.at_start and not _at_start(tokens, first):
        return None
    old = first + alignment.index(picture.old) if picture.old is not None else None
    new: tuple[int, int] | None = None
    if picture.new is not None:
        inside = [first + place for place, slot in enumerate(alignment) if slot == picture.new]
        new = inside[0], inside[-1]
    elif picture.side:
        new = (end, end) if picture.side == "right" else (first - 1, first - 1)
    return Hit(pattern=picture.pattern, first=first, last=end - 1, old=old, new=new, side=picture.side)


def _at_start(tokens: Sequence[Unit], first: int) -> bool:
    """Whether a sentence begins here, but for an article, "the word", a bracket, or a heading ("Title: ...")."""
    while first and tokens[first - 1].low in BEFORE:
        first -= 1
    if first == 0 or tokens[first - 1].tag == STOP:
        return True
    headed = tokens[first - 1].low in ("-", "–") or tokens[first].low == ":"
    return headed and (first <= _HEADING or any(unit.tag == STOP for unit in tokens[first - _HEADING : first]))
