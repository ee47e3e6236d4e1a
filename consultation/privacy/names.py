"""Names of people: after a title, after words that introduce somebody, in greetings and signatures, and given names.

Each run of capitalised words is looked at once; what stands before it, in it and after it decides. What is called after
a person (a street, a school, a shop) is no person. A surname alone, without a title, is found only where something
introduces it; a language model finds more, and a respondent's own name is known from the identity table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from consultation.privacy.context import Span
from consultation.privacy.introductions import (
    ACTS,
    APPOSITION,
    ARTICLE,
    CONTACT,
    GREETING,
    INTRODUCED,
    LINE_END,
    RELATION,
    SIGN_OFF,
    SPEAKS,
    WITH_SOMEBODY,
)  # fmt: skip
from consultation.privacy.words import ambiguous_names, given_names, listed, sections

_CAP: Final = (
    r"(?:(?:[A-Z]\.){1,3}|(?:Mr|Mrs|Ms|Dr|Rev|Revd|Cllr|Prof|Capt|Sgt|Col)\.|"
    r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĘĚĢĪĶŁŃŇŌŐŘŚŞŠŤŪŮŰŹŻŽ][\w’'‑-]*)"
)
_PARTICLE: Final = r"(?:de|da|do|dos|del|della|di|van|von|der|den|ten|la|le|du|bin|ibn|al|el|ap|y)"
_RUN: Final = re.compile(rf"(?<![\w’'@/#.-]){_CAP}(?:[ \u00a0]{{1,2}}(?:{_PARTICLE}[ \u00a0]){{0,2}}{_CAP})*")
_TOKEN: Final = re.compile(r"(?:[A-Z]\.){2,3}|[\w’'‑-]+\.?")
_POSSESSIVE: Final = re.compile(r"[’'](?:[sS])?$")
_INITIALS: Final = re.compile(r"(?:[A-Z]\.?){1,3}|[A-Z]")

TITLES: Final = listed("names.txt", "titles")
NOT_NAMES: Final = listed("names.txt", "not names")
SURNAMES_TOO: Final = listed("names.txt", "surnames too")
THINGS: Final = listed("names.txt", "things")
CERTAIN_THINGS: Final = listed("names.txt", "certain things")
STREETS: Final = listed("names.txt", "streets")
ELSEWHERE: Final = listed("names.txt", "elsewhere")
BODIES: Final = frozenset(sections("names.txt")["bodies"])

_SAINT: Final = re.compile(r"\b(?:St|Saint|St\.|Saints|Queen|King|Prince|Princess|Santa|Fort|Mount|Port|Lake|Camp)\s$")
_COUPLE: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Miss)\.?\s(?:and|&|\+)\s$")
_SMALL_TITLE: Final = re.compile(r"\b(?:mr|mrs|cllr)\.?\s(?:[a-z]\.?\s)?([a-z][a-z'’-]{2,})\b")
_SMALL_NAMED: Final = re.compile(
    r"\b(?:my name is|my name's|my name’s|i am called)\s([a-z][a-z'’-]+)(?:\s([a-z][a-z'’-]+))?", re.I
)
_SMALL_RELATION: Final = re.compile(rf"\b(?:my|our)\s(?:\w+\s)?{RELATION},?\s([a-z]{{3,}})\b")
_FUNCTION_WORDS: Final = listed("names.txt", "function words")


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str  # without a full stop or "'s"

    @property
    def fold(self) -> str:
        return self.word.casefold()


def names(text: str) -> Iterator[Span]:
    """Names of people, each with its title where one is written; they may overlap."""
    for run in _RUN.finditer(text):
        tokens = _tokens(text, *run.span())
        place = 0
        while place < len(tokens):
            span, place = _name_at(text, tokens, place)
            if span:
                yield span
    yield from _small(text)


def known_in(text: str, values: Iterable[str]) -> Iterator[Span]:
    """Where somebody's own name (as they gave it) stands in what they wrote: the whole, or one part with a capital."""
    for value in values:
        if len(value.strip()) < 3:
            continue
        whole = r"[\s,]+".join(map(re.escape, value.split()))
        yield from (found.span() for found in re.finditer(rf"(?<!\w){whole}(?!\w)", text, re.I))
        for part in re.split(r"[\s,]+", value.strip()):
            plain = part.strip(".").casefold()
            if len(plain) < 3 or plain in NOT_NAMES or plain in TITLES:
                continue
            for found in re.finditer(rf"(?<!\w){re.escape(part)}(?!\w)", text, re.I):
                if found[0][0].isupper() and not _called_after(text, _tokens(text, *found.span())):
                    yield found.span()


def _tokens(text: str, start: int, end: int) -> list[_Token]:
    tokens = []
    for found in _TOKEN.finditer(text, start, end):
        word = found[0].rstrip(".")
        bare = _POSSESSIVE.sub("", word)
        tokens.append(_Token(found.start(), found.start() + len(bare), bare))
    return tokens


def _name_at(text: str, tokens: Sequence[_Token], place: int) -> tuple[Span | None, int]:
    """The name that begins with this token, if any, and the token to go on with."""
    first = tokens[place]
    if first.fold in TITLES and place + 1 < len(tokens):
        following = place + 2 if tokens[place + 1].fold in TITLES and place + 2 < len(tokens) else place + 1
        held = _extent(text, tokens, following, titled=True)
        if held and not _called_after(text, held, sure=True) and (first.fold, held[0].fold) not in _NO_TITLES:
            return (_with_partner(text, first.start), held[-1].end), following + len(held)
    held = _extent(text, tokens, place)
    if not held:
        return None, place + 1
    before = text[max(0, first.start - 60) : first.start]
    span, beyond = (first.start, held[-1].end), place + len(held)
    if (
        _introduced(before, held)
        or _signature(text, before, held)
        or (GREETING.search(before) and _greeted(text, held))
    ):
        return (None if _called_after(text, held, sure=True) else span), beyond
    if ARTICLE.search(before) or _called_after(text, held) or " ".join(token.fold for token in held[:2]) in BODIES:
        return None, beyond
    if _given(text, before, held) or (
        (_mid_sentence(before) or len(held) > 1) and APPOSITION.match(text, held[-1].end)
    ):
        return span, beyond
    return None, place + 1


def _extent(text: str, tokens: Sequence[_Token], place: int, *, titled: bool = False) -> list[_Token]:
    """The tokens that can be one name: up to a word that is none, or "'s"; at most four."""
    held: list[_Token] = []
    for token in tokens[place : place + 5]:
        if not held and token.fold in TITLES and not titled:
            break
        initial = len(token.word) == 1 and token.word != "I" and (text[token.end : token.end + 1] == "." or held)
        second = (held or titled) and (token.fold in SURNAMES_TOO or token.word in ambiguous_names())
        beside = token.word in ambiguous_names() and place + 1 < len(tokens) and tokens[place + 1].fold not in NOT_NAMES
        if token.fold in NOT_NAMES and not (initial or second or (beside and not held)):
            break
        if held and text[held[-1].end : token.start].strip(" \u00a0."):
            break
        held.append(token)
    if (
        place
        and len(held) == 1
        and len(held[0].word) == 1
        and tokens[place - 1].fold in ("mr", "mrs", "ms", "miss", "dr")
    ):
        return held  # "Mrs K"
    while held and (held[-1].fold in _PARTICLES or len(held[-1].word) == 1):
        held.pop()
    if len(held) == 5 or not held or not any(len(token.word) > 1 for token in held):
        return []
    return held


_PARTICLES: Final = frozenset(re.findall(r"\w+", _PARTICLE))


def _introduced(before: str, held: Sequence[_Token]) -> bool:
    """Whether the words before say that a name follows."""
    if not before or before.isspace() or before.rstrip()[-1] in ".!?":
        return False
    if INTRODUCED["any"].search(before):
        return not held[0].word.isupper() or len(held) > 1 or len(held[0].word) > 3
    long = len(held) > 1 and not any(token.fold in THINGS for token in held)
    if (long or _is_given(held[0].word)) and INTRODUCED["full"].search(before):
        return True
    return (held[0].word in ambiguous_names() and long) and bool(INTRODUCED["given"].search(before))


def _signature(text: str, before: str, held: Sequence[_Token]) -> bool:
    """Whether it signs the text: after a closing word, or as its last line, with nothing of the sentence after it."""
    end = held[-1].end
    if not LINE_END.match(text, end) or any(token.fold in THINGS for token in held):
        return False
    if SIGN_OFF.search(before):
        return True
    alone = re.search(r"(?:\n\s*[-–—~]?\s*|[.!?…][\"”’')]?\s*[-–—]\s?)$", before)
    heads = (not before or before.endswith("\n")) and len(held) > 1 and CONTACT.match(text, end)
    if heads:
        return True
    if not alone or text[end:].strip(" .\n"):
        return False
    return _is_given(held[0].word) or (
        len(held) > 1 and (held[0].word in ambiguous_names() or bool(_INITIALS.fullmatch(held[0].word)))
    )


def _greeted(text: str, held: Sequence[_Token]) -> bool:
    return bool(re.match(r"\s?(?:[,!.:;\n–-]|$|and\b|&)", text[held[-1].end :])) and not any(
        token.fold in THINGS for token in held
    )


def _given(text: str, before: str, held: Sequence[_Token]) -> bool:
    """A given name that is hardly anything else; beside a surname, one that is also a word; initials and a surname."""
    first, after = held[0].word, text[held[-1].end : held[-1].end + 24]
    if _is_given(first):
        return True
    if len(held) > 1 and _INITIALS.fullmatch(first):
        dotted = text[held[0].end : held[0].end + 1] == "."
        several = len(re.findall(r"[A-Z]", first)) > 1
        return dotted and len(held[-1].word) > 2 and (several or _mid_sentence(before))  # "A. Keep it" is a list
    if first in ambiguous_names() or (first.capitalize() in ambiguous_names() and first.isupper()):
        if len(held) > 1:
            return bool(SPEAKS.match(after)) or bool(INTRODUCED["given"].search(before))
        certain = (
            bool(INTRODUCED["full"].search(before))
            or bool(ACTS.match(after))
            or (bool(SPEAKS.match(after)) and bool(WITH_SOMEBODY.search(before)))
        )
        return certain and first.casefold() not in NOT_NAMES - {"will"} and first not in ELSEWHERE
    return False


def _mid_sentence(before: str) -> bool:
    return bool(before.strip()) and not before.endswith("\n") and before.rstrip()[-1] not in ".!?:;"


def _is_given(word: str) -> bool:
    shown = word.capitalize() if word.isupper() and len(word) > 3 else word
    if not shown.isascii():
        shown = (
            unicodedata.normalize("NFKD", shown).encode("ascii", "ignore").decode()
            if shown not in given_names()
            else shown
        )
    return any(part in given_names() for part in (shown, *shown.split("-")))


def _called_after(text: str, held: Sequence[_Token], *, sure: bool = False) -> bool:
    """Whether a place or a body bears the name: "Victoria Park", "the Mary Seacole ward", "St John".

    `sure` where a title, an introduction or a signature says that it is a person: Ms Ward, Nathan Hall.
    """
    start, end = held[0].start, held[-1].end
    if _SAINT.search(text[max(0, start - 9) : start]):
        return True
    if any(token.fold in THINGS | STREETS and not (sure and token.fold in SURNAMES_TOO) for token in held[1:]):
        return True
    after = _AFTER.match(text, end)
    if not after:
        return False
    if after["firm"]:
        return True
    word = _POSSESSIVE.sub("", after["word"])
    plain = word.casefold()
    if word[:1].isupper():
        owned = text[end : end + 1] in ("'", "’") and plain not in NOT_NAMES and not re.fullmatch(RELATION, plain)
        return plain in THINGS or plain in STREETS or owned
    return plain in CERTAIN_THINGS and text[end : end + 1] not in ("'", "’")


_AFTER: Final = re.compile(
    r"(?:[’']s?)?(?:(?P<firm>\s(?:&|and)\s(?:Sons?|Co|Daughters?)\b)|[ \u00a0-](?P<word>[\w’'-]+))"
)
_NO_TITLES: Final = frozenset(
    {("pc", "world"), ("pc", "gaming"), ("father", "christmas"), ("sister", "company"), ("lord", "lieutenant")}
)


def _with_partner(text: str, start: int) -> int:
    """Where "Mr and Mrs Patel" begins."""
    couple = _COUPLE.search(text[max(0, start - 12) : start])
    return start - len(couple[0]) if couple else start


def _small(text: str) -> Iterator[Span]:
    """Names written in small letters, after a title or "my name is"."""
    for found in _SMALL_TITLE.finditer(text):
        if found[1] not in _FUNCTION_WORDS and found[1] not in NOT_NAMES and found[1] not in THINGS:
            yield found.span()
    for found in _SMALL_RELATION.finditer(text):
        if found[1].capitalize() in given_names():
            yield found.span(1)
    for found in _SMALL_NAMED.finditer(text):
        if found[1].casefold() in NOT_NAMES or found[1][0].isupper():
            continue
        second = found[2] is not None and found[2].casefold() not in NOT_NAMES | _FUNCTION_WORDS
        yield found.start(1), found.end(2) if second else found.end(1)
