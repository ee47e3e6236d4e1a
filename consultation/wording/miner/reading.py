"""One comment, read: its units, what the patterns find in them, weighed and settled."""

from __future__ import annotations

from typing import Final

from consultation.wording.miner import claims, offering, weighing, where
from consultation.wording.miner.alluding import with_allusions, with_named
from consultation.wording.miner.draft import words_of
from consultation.wording.miner.matching import hits
from consultation.wording.miner.settle import Candidate, settle
from consultation.wording.miner.sheet import Room, Sheet
from consultation.wording.miner.units import units, with_pointers

LEAST: Final = 0.46  # score below which nothing is reported


def read(text: str, known: where.About, room: Room) -> list[Candidate]:
    """The findings in one comment, in the order of the text."""
    unheld = _unheld(known, room)
    tokens = units(text, words_of(text), room.draft, room.respelt, known, quotes_are_old=unheld)
    tokens = with_named(tokens) if unheld else with_allusions(tokens, room.draft, _only_passage(known, room))
    tokens = list(with_pointers(tokens))
    sheet = Sheet(text=text, tokens=tokens, known=known, room=room)
    found = hits(tokens)
    silent = weighing.silenced(tokens, found)
    granted = weighing.granted(tokens, found)
    content = claims.contented(tokens, granted)
    asked = [hit for hit in found if hit.pattern.kind not in ("reported", "irony", "granted")]
    content |= claims.denied(tokens, asked)
    told = list(claims.direct(sheet, asked, silent, granted))
    told += claims.pointing_back(sheet, asked, silent, content, told)
    told += offering.offers(sheet, asked, silent)
    told += offering.additions(sheet, asked, silent)
    told += offering.afresh(sheet, told, silent)
    told += claims.bare(sheet, told, silent, content)
    return settle(told, LEAST)


def _only_passage(known: where.About, room: Room) -> int | None:
    """The wording a comment is about, where it is about one element."""
    codes = where.top(known)
    numbers = room.draft.of(codes[0]) if len(codes) == 1 else ()
    return numbers[0] if len(numbers) == 1 else None


def _unheld(known: where.About, room: Room) -> bool:
    """Whether the comment is about elements whose wording is not held, so that quoted words stand for it."""
    codes = where.top(known)
    return bool(codes) and not any(room.draft.of(code) for code in codes)
