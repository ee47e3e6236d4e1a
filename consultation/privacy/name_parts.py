"""What a run of capitalised words is: which of them can be a name, and whether a place or a body bears it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from consultation.privacy.introductions import RELATION
from consultation.privacy.words import ambiguous_names, given_names, listed, sections, surnames

_CAPITAL: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĘĚĢĪĶŁŃŇŌŐŘŚŞŠŤŪŮŰŹŻŽ"
_CAP: Final = (
    r"(?:(?:[A-Z]\.){1,3}|(?:Mr|Mrs|Ms|Dr|Rev|Revd|Cllr|Prof|Capt|Sgt|Col)\.|"
    rf"[{_CAPITAL}][\w’'‑-]*)"
)
PARTICLE: Final = r"(?:de|da|do|dos|del|della|di|van|von|der|den|ten|la|le|du|bin|ibn|al|el|ap|y)"
PARTICLES: Final = frozenset(re.findall(r"\w+", PARTICLE))
RUN: Final = re.compile(rf"(?<![\w’'@/#.-]){_CAP}(?:[ \u00a0]{{1,2}}(?:{PARTICLE}[ \u00a0]){{0,2}}{_CAP})*")
INITIALS: Final = re.compile(r"(?:[A-Z]\.?){1,3}|[A-Z]")
_TOKEN: Final = re.compile(r"(?:[A-Z]\.){2,3}|[\w’'‑-]+\.?")
_SHORTENED: Final = re.compile(r"[’'](?:m|ve|ll|re|d|t)$")  # I'm, Don't
POSSESSIVE: Final = re.compile(r"[’'](?:[sS])?$")

TITLES: Final = listed("names.txt", "titles")
NOT_NAMES: Final = listed("names.txt", "not names")
SURNAMES_TOO: Final = listed("names.txt", "surnames too")
THINGS: Final = listed("names.txt", "things")
CERTAIN_THINGS: Final = listed("names.txt", "certain things")
STREETS: Final = listed("names.txt", "streets")
PLACES: Final = THINGS | STREETS  # what bears a name and is nobody
BODIES: Final = frozenset(sections("names.txt")["bodies"])

_SAINT: Final = re.compile(r"\b(?:St|Saint|St\.|Saints|Queen|King|Prince|Princess|Santa|Fort|Mount|Port|Lake|Camp)\s$")
# How surnames are made: O'Dowd, McVey, Fitzwilliam; in -son and -ski, and as in other languages spoken here.
_SURNAME_SHAPE: Final = re.compile(
    r"(?:O[’'][A-Z][a-z]{2,}|Ma?c[A-Z][a-z]{2,}|Fitz[a-z]{3,}|(?!\w*person)[A-Z][a-z]+(?:[^aeiou\W]son|"
    r"ssen|sson|sen|ski|ska|cki|cka|wicz|"
    r"czyk|czak|enko|chuk|escu|eanu|opoulos|akis|idis|iou|oglu|vić|vic|ová|ova|eva|ov|ev|yan|shvili|mann|"
    r"stein|berg|elli|etti|"
    r"ucci|inho|quist|dóttir)|[A-Z][a-z]+-[A-Z][a-z]+son)"
)
_ENGLISH_LETTERS: Final = frozenset("ŵŷŴŶ’‑")


@dataclass(frozen=True, slots=True)
class Token:
    start: int
    end: int
    word: str  # without a full stop or "'s"

    @property
    def fold(self) -> str:
        return self.word.casefold()


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """The words between these places."""
    tokens = []
    for found in _TOKEN.finditer(text, start, end):
        word = found[0].rstrip(".")
        bare = POSSESSIVE.sub("", word)
        tokens.append(Token(found.start(), found.start() + len(bare), bare))
    return tokens


def extent(text: str, tokens: Sequence[Token], place: int, *, titled: bool = False) -> list[Token]:
    """The tokens from `place` on that can be one name: up to a word that is none, or "'s"; at most four."""
    held: list[Token] = []
    for token in tokens[place : place + 5]:
        if not held and token.fold in TITLES and not titled:
            break
        initial = len(token.word) == 1 and token.word != "I" and (text[token.end : token.end + 1] == "." or held)
        second = (held or titled) and (token.fold in SURNAMES_TOO or token.word in ambiguous_names())
        beside = token.word in ambiguous_names() and place + 1 < len(tokens) and tokens[place + 1].fold not in NOT_NAMES
        if (token.fold in NOT_NAMES and not (initial or second or (beside and not held))) or _SHORTENED.search(
            token.word
        ):
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
    while held and (held[-1].fold in PARTICLES or len(held[-1].word) == 1):
        held.pop()
    if len(held) == 5 or not held or not any(len(token.word) > 1 for token in held):
        return []
    return held


@lru_cache(maxsize=8192)
def is_given(word: str) -> bool:
    """Whether it is a given name that is hardly ever anything else; also in capitals, hyphened, or without accents."""
    shown = word.capitalize() if word.isupper() and len(word) > 3 else word
    if not shown.isascii() and shown not in given_names():
        shown = unicodedata.normalize("NFKD", shown).encode("ascii", "ignore").decode()
    return any(part in given_names() for part in (shown, *shown.split("-")))


def is_ambiguous(word: str) -> bool:
    """Whether it is a given name that is an ordinary word or a place too."""
    return word in ambiguous_names() or (word.isupper() and word.capitalize() in ambiguous_names())


@lru_cache(maxsize=8192)
def is_surname(word: str) -> bool:
    """Whether it is a common surname, or made as surnames are."""
    shown = word.capitalize() if word.isupper() and len(word) > 3 else word
    return any(part in surnames() or _SURNAME_SHAPE.fullmatch(part) for part in (shown, *shown.split("-")))


def is_foreign(held: Sequence[Token]) -> bool:
    """Two capitalised words with letters that neither English nor Welsh has: hardly ever a place here."""
    return len(held) > 1 and any(
        letter > "\x7f" and letter not in _ENGLISH_LETTERS for token in held for letter in token.word
    )


def called_after(text: str, held: Sequence[Token], *, sure: bool = False) -> bool:
    """Whether a place or a body bears the name: "Victoria Park", "the Mary Seacole ward", "St John".

    `sure` where a title, an introduction or a signature says that it is a person: Ms Ward, Nathan Hall.
    """
    start, end = held[0].start, held[-1].end
    if _SAINT.search(text[max(0, start - 9) : start]):
        return True
    if any(token.fold in PLACES and not (sure and token.fold in SURNAMES_TOO) for token in held[1:]):
        return True
    after = _AFTER.match(text, end)
    if not after:
        return False
    if after["firm"]:
        return True
    word = POSSESSIVE.sub("", after["word"])
    plain = word.casefold()
    if word[:1].isupper():
        owned = text[end : end + 1] in ("'", "’") and plain not in NOT_NAMES and not re.fullmatch(RELATION, plain)
        return plain in THINGS or plain in STREETS or owned
    return plain in CERTAIN_THINGS and text[end : end + 1] not in ("'", "’")


_AFTER: Final = re.compile(
    r"(?:[’']s?)?(?:(?P<firm>\s(?:&|and)\s(?:Sons?|Co|Daughters?)\b)|[ \u00a0-](?P<word>[\w’'-]+))"
)
