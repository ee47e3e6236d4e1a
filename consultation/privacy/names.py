"""Names of people: after a title, after words that introduce somebody, in greetings and signatures, and given names.

Each run of capitalised words is looked at once; what stands before it, in it and after it decides. What is called after
a person (a street, a school, a shop) is no person. A surname alone, without a title, is found where something
introduces it or where the text has named its bearer in full; a language model finds more, and a respondent's own name
is known from the identity table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from consultation.privacy.context import Span
from consultation.privacy.introductions import (
    ACTS,
    ADDRESSED,
    APPOSITION,
    ARTICLE,
    CONTACT,
    GREETING,
    INTRODUCED,
    KNOWN_AS,
    LINE_END,
    OFFICES,
    RELATION,
    SIGN_OFF,
    SPEAKS,
    WITH_SOMEBODY,
)  # fmt: skip
from consultation.privacy.name_parts import (
    BODIES,
    INITIALS,
    NOT_NAMES,
    PLACES,
    RUN,
    THINGS,
    TITLES,
    Token,
    called_after,
    extent,
    is_ambiguous,
    is_foreign,
    is_given,
    is_surname,
    tokens_of,
)  # fmt: skip
from consultation.privacy.words import given_names, listed, surnames

ELSEWHERE: Final = listed("names.txt", "elsewhere")

_COUPLE: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Miss)\.?\s(?:and|&|\+)\s$")
_NO_TITLES: Final = frozenset(
    {("pc", "world"), ("pc", "gaming"), ("father", "christmas"), ("sister", "company"), ("lord", "lieutenant")}
)
_TO: Final = (
    r"(?:spoke(?:n)?|speak(?:ing)?|talk(?:ed|ing)?) (?:to|with)|thanks (?:so much )?to|ask(?:ed)? for|"
    r"helped by|seen by"
)
_SMALL_TITLE: Final = re.compile(r"\b(?:mr|mrs|cllr)\.?\s(?:[a-z]\.?\s)?([a-z][a-z'’-]{2,})\b")
_SMALL_NAMED: Final = re.compile(
    r"\b(?:my name is|my name's|my name’s|i am called)\s([a-z][a-z'’-]+)(?:\s([a-z][a-z'’-]+))?", re.I
)
_SMALL_RELATION: Final = re.compile(rf"\b(?:(?:my|our)\s(?:\w+\s)?{RELATION},?|our|{_TO})\s([a-z]{{3,}})\b")
_SMALL_PAIR: Final = re.compile(r"(?<![\w@.-])([a-z]{3,}) ([a-z]{4,})(?![\w@-])")
_FUNCTION_WORDS: Final = listed("names.txt", "function words")


def names(text: str) -> Iterator[Span]:
    """Names of people, each with its title where one is written; they may overlap."""
    told: list[Token] = []
    others: list[Token] = []
    for run in RUN.finditer(text):
        tokens = tokens_of(text, *run.span())
        place = 0
        while place < len(tokens):
            span, beyond = _name_at(text, tokens, place)
            if span:
                yield span
            (told if span else others).extend(tokens[place:beyond])
            place = beyond
    yield from _again(text, told, others)
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
                if found[0][0].isupper() and not called_after(text, tokens_of(text, *found.span())):
                    yield found.span()


def plausible(text: str, start: int, end: int) -> Span | None:
    """What a language model took for a person, without "'s" about it; None for what bears no name of a person.

    Models trained on newspapers take shops, streets and shouted words for people.
    """
    tokens = [token for token in tokens_of(text, start, end) if token.word]
    while tokens and (
        not tokens[0].word[0].isupper() or (tokens[0].fold in NOT_NAMES and tokens[0].fold not in TITLES)
    ):
        tokens = tokens[1:]
    if not tokens or re.search(r"[\d@#/:<>]|www|http", text[tokens[0].start : tokens[-1].end]):
        return None
    named = [token for token in tokens if token.fold not in TITLES]
    if not named or called_after(text, named) or " ".join(token.fold for token in named[:2]) in BODIES:
        return None
    if len(named) == 1:
        word = named[0].word
        alone = word.isupper() or named[0].fold in PLACES or word in ELSEWHERE
        after_article = ARTICLE.search(text[max(0, tokens[0].start - 6) : tokens[0].start]) is not None
        starts = not _mid_sentence(text[max(0, start - 60) : tokens[0].start]) and not SPEAKS.match(text, end)
        if (
            len(word) < 3
            or (is_ambiguous(word) and starts)
            or ((alone or after_article) and not is_given(word) and tokens[0] is named[0])
        ):
            return None
    return tokens[0].start, tokens[-1].end


def _name_at(text: str, tokens: Sequence[Token], place: int) -> tuple[Span | None, int]:
    """The name that begins with this token, if any, and the token to go on with."""
    first = tokens[place]
    if first.fold in TITLES and place + 1 < len(tokens):
        following = place + 2 if tokens[place + 1].fold in TITLES and place + 2 < len(tokens) else place + 1
        held = extent(text, tokens, following, titled=True)
        if held and not called_after(text, held, sure=True) and (first.fold, held[0].fold) not in _NO_TITLES:
            return (_with_partner(text, first.start), held[-1].end), following + len(held)
    held = extent(text, tokens, place)
    if not held:
        return None, place + 1
    before = text[max(0, first.start - 60) : first.start]
    span, beyond = (first.start, held[-1].end), place + len(held)
    if (
        _introduced(before, held)
        or _signature(text, before, held)
        or (_greeted(text, held) and GREETING.search(before))
    ):
        return (None if called_after(text, held, sure=True) else span), beyond
    if ARTICLE.search(before) or called_after(text, held) or " ".join(token.fold for token in held[:2]) in BODIES:
        return None, beyond
    if len(held) == 1 and place and _part_of_another(text, tokens, place):
        return None, beyond
    if _given(text, before, held) or (
        (_mid_sentence(before) or len(held) > 1) and APPOSITION.match(text, held[-1].end)
    ):
        return span, beyond
    if (is_ambiguous(first.word) or is_surname(first.word)) and KNOWN_AS.match(text, held[-1].end):
        return span, beyond
    return None, place + 1


def _introduced(before: str, held: Sequence[Token]) -> bool:
    """Whether the words before say that a name follows."""
    if not before or before.isspace() or before.rstrip()[-1] in ".!?":
        return False
    if INTRODUCED["any"].search(before):
        return not held[0].word.isupper() or len(held) > 1 or len(held[0].word) > 3
    long = len(held) > 1 and not any(token.fold in THINGS for token in held)
    known = is_given(held[0].word) or is_surname(held[0].word)
    if (long or known) and INTRODUCED["full"].search(before):
        return True
    return (
        held[0].fold not in PLACES and not held[0].word.isupper() and before.rstrip(" ,").rpartition(" ")[2] in OFFICES
    )


def _signature(text: str, before: str, held: Sequence[Token]) -> bool:
    """Whether it signs the text: after a closing word, or as its last line, with nothing of the sentence after it."""
    end = held[-1].end
    if any(token.fold in THINGS for token in held):
        return False
    ends = LINE_END.match(text, end) is not None
    if (ends or (len(held) > 1 and text[end : end + 1] in (",", "."))) and SIGN_OFF.search(before):
        return True
    if not ends:
        return False
    alone = re.search(r"(?:\n\s*[-–—~]?\s*|[.!?…][\"”’')]?\s*[-–—]\s?)$", before)
    heads = (not before or before.endswith("\n")) and len(held) > 1 and CONTACT.match(text, end)
    if heads:
        return True
    if not alone or text[end:].strip(" .\n"):
        return False
    return is_given(held[0].word) or (
        len(held) > 1
        and (is_ambiguous(held[0].word) or is_surname(held[-1].word) or bool(INITIALS.fullmatch(held[0].word)))
    )


def _greeted(text: str, held: Sequence[Token]) -> bool:
    return bool(re.match(r"\s?(?:[,!.:;\n–-]|$|and\b|&)", text[held[-1].end :])) and not any(
        token.fold in THINGS for token in held
    )


def _part_of_another(text: str, tokens: Sequence[Token], place: int) -> bool:
    """Whether a capitalised word before it, that begins no sentence, makes a body of it: "Trader Joe"."""
    earlier = tokens[place - 1]
    joined = text[earlier.end : tokens[place].start].isspace()
    starts = not _mid_sentence(text[max(0, earlier.start - 60) : earlier.start])
    role = earlier.fold in NOT_NAMES or earlier.fold in TITLES or re.fullmatch(RELATION, earlier.fold)
    return joined and not starts and not role


def _given(text: str, before: str, held: Sequence[Token]) -> bool:
    """A given name that is hardly anything else; beside a surname, one that is also a word; initials and a surname."""
    first, after = held[0].word, text[held[-1].end : held[-1].end + 24]
    if is_given(first):
        return True
    if len(held) > 1 and INITIALS.fullmatch(first):
        dotted = text[held[0].end : held[0].end + 1] == "."
        several = len(re.findall(r"[A-Z]", first)) > 1 or bool(len(held) > 2 and INITIALS.fullmatch(held[1].word))
        if "box" in (token.fold for token in held) or len(held[-1].word) <= 2:
            return False
        if is_surname(held[-1].word) and (dotted or _mid_sentence(before)):
            return True
        whose = SPEAKS.match(after) or re.match(r",? of \d", after)
        return dotted and bool(several or _mid_sentence(before) or whose)  # "A. Keep it" is a list
    if len(held) > 1 and (is_foreign(held) or (is_surname(held[-1].word) and not first.isupper())):
        return first.casefold() not in PLACES and not re.fullmatch(RELATION, first.casefold())
    if len(held) > 1 and ACTS.match(after) and not any(token.word.isupper() for token in held):
        return True
    if is_ambiguous(first):
        if len(held) > 1:
            return bool(SPEAKS.match(after)) or bool(INTRODUCED["given"].search(before))
        if re.search(r"[A-Z][\w’'-]+ (?:and|&) $", before) and not _after_somebody(before):
            return False  # "Marks and Spencer"
        certain = (
            bool(INTRODUCED["full"].search(before))
            or bool(ACTS.match(after))
            or bool(ADDRESSED.search(before))
            or _after_somebody(before)
            or (re.search(r"\b[Oo]ur $", before) is not None and bool(SPEAKS.match(after)))
            or (bool(SPEAKS.match(after)) and bool(WITH_SOMEBODY.search(before)))
        )
        return certain and first.casefold() not in NOT_NAMES - {"will"} and first not in ELSEWHERE
    return False


def _after_somebody(before: str) -> bool:
    """Whether it is named along with somebody: "Tom and Grace"."""
    other = re.search(r"([A-Z][\w’'-]+)(?:,| and| &) $", before)
    return other is not None and is_given(other[1])


def _mid_sentence(before: str) -> bool:
    return bool(before.strip()) and not before.endswith("\n") and before.rstrip()[-1] not in ".!?:;"


def _with_partner(text: str, start: int) -> int:
    """Where "Mr and Mrs Patel" begins."""
    couple = _COUPLE.search(text[max(0, start - 12) : start])
    return start - len(couple[0]) if couple else start


def _again(text: str, told: Sequence[Token], others: Sequence[Token]) -> Iterator[Span]:
    """Where a part of a name that was found stands again by itself: "Ida Brack came. Brack said no"."""
    parts = {token.word for token in told if len(token.word) > 2 and not is_ambiguous(token.word)}
    for token in others:
        if token.word in parts and token.fold not in _NEVER_ALONE and not called_after(text, [token]):
            yield token.start, token.end


_NEVER_ALONE: Final = NOT_NAMES | TITLES | PLACES


def _small(text: str) -> Iterator[Span]:
    """Names written in small letters: after a title or words that introduce somebody, a given name with a surname."""
    for found in _SMALL_TITLE.finditer(text) if "mr" in text or "cllr" in text else ():
        if found[1] not in _FUNCTION_WORDS and found[1] not in NOT_NAMES and found[1] not in THINGS:
            yield found.span()
    yield from _small_named(text)
    if _given_in_small().isdisjoint(word.strip(",.;:!?") for word in text.split()):
        return
    for found in _SMALL_RELATION.finditer(text):
        if found[1] in _given_in_small():
            yield found.span(1)
    for found in _SMALL_PAIR.finditer(text):
        if found[1] in _given_in_small() and found[2].capitalize() in surnames():
            yield found.span()


def _small_named(text: str) -> Iterator[Span]:
    if "name" not in text.lower() and "called" not in text.lower():
        return
    for found in _SMALL_NAMED.finditer(text):
        if found[1].casefold() in NOT_NAMES or found[1][0].isupper():
            continue
        second = found[2] is not None and found[2].casefold() not in NOT_NAMES | _FUNCTION_WORDS
        yield found.start(1), found.end(2) if second else found.end(1)


@cache
def _given_in_small() -> frozenset[str]:
    return frozenset(name.lower() for name in given_names())
