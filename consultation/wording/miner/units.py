"""A comment as the patterns see it: one token a word, and one token for each piece that someone points at.

Words in quotation marks, words of the draft and "the phrase" each become a single token whose tag says which it
is, so that a pattern can name them by one symbol (see `patterns`). Nothing here changes the comment: every unit
knows where it stands in it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from consultation.text import straight
from consultation.wording.miner.anchors import Anchor, anchors, quoted
from consultation.wording.miner.draft import Draft, Word
from consultation.wording.miner.lexicon import NOUNS, SHORTENED
from consultation.wording.miner.where import ASKED, About

WORD, QUOTED, OLD, NEW, IT, STOP, MARK = "WORD", "QUOTED", "OLD", "NEW", "IT", "STOP", "MARK"
WHOLE: Final = "\x00whole"  # what patterns read for "the whole sentence"
POINTED: Final = (QUOTED, OLD, NEW)

_TOKEN: Final = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*|[-=]+>|→|⇒|>+|=+|[.!?;…]+|\n+|[^\w\s]|_")
_ARROW: Final = frozenset("->=→⇒")
_STOP: Final = frozenset(".!?;…\n")
_QUOTES: Final = (  # the marks of which one must be there, and the pattern
    (re.compile(r"[“„«\"]"), re.compile(r"[“„«\"](?P<in>[^“”„«»\"\n]{1,400})[”“»\"]")),
    (re.compile(r"(?<!\w)'"), re.compile(r"(?<![\w'])''?(?P<in>\w[^\n\"“”]{0,300}?)(?<![\s])''?(?![\w'])")),
    (re.compile(r"\*"), re.compile(r"(?<![\w*])\*{1,2}(?P<in>\w[^*\n]{0,200}?)\*{1,2}(?![\w*])")),
    (re.compile("_"), re.compile(r"(?<![\w])_(?P<in>\w[^_\n]{0,200}?)_(?![\w])")),
)
_SINGLES: Final = {0x2018: "'", 0x2019: "'", 0x60: "'", 0xB4: "'"}  # doubles are left: an opening one says so itself
_IT: Final = frozenset(["it", "this", "that", "them", "these", "those"])
_POINTER: Final = frozenset(["the", "this", "that", "these", "those"])
_MAY_POINT: Final = NOUNS | _IT


class Unit(NamedTuple):
    """One token. `start`, `end` are what is meant, without quotation marks; `low` is what patterns read."""

    start: int
    end: int
    tag: str
    low: str
    anchor: Anchor | None = None
    match: str = ""


def quotations(text: str) -> list[tuple[int, int]]:
    """Where words stand between quotation marks, without the marks; also *these* and _these_.

    An apostrophe opens no quotation inside a word, and closes none in "the residents' views".

    >>> text = "Don't say 'agile' in the residents' plan"
    >>> [text[a:b] for a, b in quotations(text)]
    ['agile']
    """
    plain = text if text.isascii() and "`" not in text else text.translate(_SINGLES)
    spans: list[tuple[int, int]] = []
    for mark, pattern in _QUOTES:
        for found in pattern.finditer(plain) if mark.search(plain) else ():
            start, end = found.span("in")
            if not any(start < b and a < end for a, b in spans):
                spans.append((start, end))
    return sorted(spans)


def units(
    text: str, words: Sequence[Word], draft: Draft, respelt: Mapping[str, str], known: About, *, quotes_are_old: bool
) -> list[Unit]:
    """The units of a comment, in order; what points back is plain words yet (see `with_pointers`).

    `quotes_are_old`: the wording is not held, so quoted words stand for it.
    """
    pieces = list(_quoted(text, words, draft, respelt, known, quotes_are_old=quotes_are_old))
    pieces += _unquoted(text, words, draft, respelt, [(piece.start, piece.end) for piece in pieces])
    pieces.sort(key=lambda unit: unit.start)
    return list(_woven(text, pieces))


def _quoted(
    text: str, words: Sequence[Word], draft: Draft, respelt: Mapping[str, str], known: About, *, quotes_are_old: bool
) -> Iterator[Unit]:
    for start, end in quotations(text):
        inside = [word for word in words if start <= word.start and word.end <= end]
        if not inside:
            continue
        start, end = inside[0].start, inside[-1].end
        anchor = quoted(draft, inside, respelt)
        if anchor and anchor.content <= 1 and _elsewhere(draft, anchor, known):
            anchor = None
        tag = QUOTED if anchor or quotes_are_old else NEW
        yield Unit(start=start, end=end, tag=tag, low="\x00quoted", anchor=anchor, match="quoted")


def _elsewhere(draft: Draft, anchor: Anchor, known: About) -> bool:
    """Whether one word stands only in elements that the comment is not about: then it is the writer's own."""
    if max(known.codes.values(), default=0.0) < ASKED:
        return False
    return not any(known.codes.get(draft.passages[place.passage].element, 0.0) > 0 for place in anchor.places)


def _unquoted(
    text: str, words: Sequence[Word], draft: Draft, respelt: Mapping[str, str], taken: Sequence[tuple[int, int]]
) -> Iterator[Unit]:
    free = [word for word in words if not any(a <= word.start < b for a, b in taken)] if taken else words
    for run in _runs(text, free):
        for anchor in anchors(draft, run, respelt):
            start, end = run[anchor.first].start, run[anchor.last].end
            low = run[anchor.first].low if anchor.first == anchor.last else "\x00draft"
            yield Unit(start=start, end=end, tag=OLD, low=low, anchor=anchor, match=anchor.match)


def _runs(text: str, words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words with nothing but space, commas and hyphens between them."""
    run: list[Word] = []
    for word in words:
        if run and text[run[-1].end : word.start].strip(" \t,-‐‑&"):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _woven(text: str, pieces: Sequence[Unit]) -> Iterator[Unit]:
    """Plain tokens, with each piece in the place of the tokens it covers. Quotation marks themselves go; a stop ends
    the text, whether or not the writer put one."""
    plain = straight(text)
    waiting = iter(pieces)
    piece = next(waiting, None)
    for found in _TOKEN.finditer(plain):
        start, end = found.span()
        while piece is not None and piece.end <= start:
            piece = next(waiting, None)
        if piece is not None and start < piece.end and piece.start < end:
            if start < piece.start < end:
                yield _rest(text, start, piece.start)
            if start <= piece.start < end:
                yield piece
            if end > piece.end:
                yield _rest(text, piece.end, end)
            continue
        tag, low = _token(found[0])
        if tag:
            yield Unit(start, end, tag, low)
    yield Unit(start=len(text), end=len(text), tag=STOP, low="\n")


@functools.lru_cache(maxsize=100_000)
def _token(said: str) -> tuple[str, str]:
    """The tag of a plain token, and what patterns read; no tag for a quotation mark."""
    if said[0].isalnum():
        low = said.casefold()
        return WORD, SHORTENED.get(low, low)
    if said[0] in _STOP:
        return STOP, "\n" if said[0] == "\n" else said
    if set(said) <= _ARROW and said not in ("-", "="):
        return MARK, "->"
    return ("", "") if said in "\"'*_" else (MARK, said)


def _rest(text: str, start: int, end: int) -> Unit:
    """What is left of a hyphenated word beside the piece it shares with the draft."""
    return Unit(start, end, WORD, text[start:end].casefold())


def with_pointers(tokens: Sequence[Unit]) -> Iterator[Unit]:
    """ "It", and the noun of "the phrase" where no phrase is named beside it, marked as pointing back."""
    for place, here in enumerate(tokens):
        if here.low not in _MAY_POINT or here.tag != WORD:
            yield here
            continue
        before = tokens[place - 1].low if place else ""
        if place + 1 < len(tokens) and tokens[place + 1].tag in POINTED:
            yield here
        elif here.low in NOUNS and before in _POINTER:
            yield here._replace(tag=IT, match="pointer")
        elif here.low in _IT:
            yield here._replace(tag=IT)
        else:
            yield here
