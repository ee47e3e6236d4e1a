"""Names of people: after a title, after words that introduce somebody, in salutations and signatures, and given names.

What is called after a person (a street, a school, a shop) is no person. A bare surname without a title is not found
here; a language model finds some, and the respondent's own name is found from the identity table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from consultation.privacy.structured import Span
from consultation.privacy.words import BODIES, NOT_NAMES, STREETS, THINGS, ambiguous_names, given_names

_CAP: Final = r"(?:[A-ZÀ-ÖØ-ÞŁŚŻŽŠČĆĐ][\w’'‑-]*)"
_INITIAL: Final = r"(?:[A-Z]\.?(?=[ .]))"
_PARTICLE: Final = r"(?:de|da|do|dos|del|della|di|van|von|der|den|ten|la|le|du|bin|ibn|al|el|ap|O)"
_JOINED: Final = rf"{_CAP}(?:[ \u00a0](?:{_PARTICLE}[ \u00a0]){{0,2}}{_CAP}|[ \u00a0]?(?:[A-Z]\.[ \u00a0]?){{1,3}}{_CAP})"
FULL: Final = rf"{_CAP}(?:[ \u00a0]{{1,2}}(?:(?:[A-Z]\.?[ \u00a0]?){{1,3}}[ \u00a0]?)?(?:{_PARTICLE}[ \u00a0]){{0,2}}{_CAP}){{0,3}}"

_TITLE: Final = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Prof|Professor|Rev|Revd|Reverend|Cllr|Cllrs|Cllr\.|Councillor|Councilor|Sir|Dame|Lord|Lady|"
    r"Baroness|PC|PCSO|WPC|DC|DI|DS|Sgt|Sergeant|Inspector|Constable|Capt|Captain|Major|Colonel|Col|Canon|Fr|Father|Sister|Nurse|"
    r"Matron|Imam|Rabbi|Pastor|Bishop|Alderman|Judge|Auntie|Aunty|Aunt|Uncle|Nan|Nanny|Grandma|Grandad)"
)
_TITLED: Final = re.compile(
    rf"\b(?P<head>(?:{_TITLE}|{_TITLE.upper()})\b\.?\s(?:(?:and|&|\+)\s(?:Mrs|Ms|Mr|Dr|Miss)\.?\s)?)"
    rf"(?:(?:(?:{_CAP}|[A-Z]\.?)[ \u00a0]?)(?:(?:[A-Z]\.?[ \u00a0])*(?:{_PARTICLE}[ \u00a0]){{0,2}}{_CAP}[ \u00a0]?){{0,2}})"
)
_TITLED_SMALL: Final = re.compile(r"\b(?:mr|mrs|miss|ms|cllr|councillor)\.?\s(?:[a-z]\.?\s)?([a-z][a-z'’-]{2,})\b")
_SMALL_NO: Final = frozenset("who is are was were and or out for the that this may not said has had have can will should would at in on of with from about".split())

_RELATION: Final = (
    r"(?:husband|wife|partner|spouse|fianc[ée]e?|mum|mam|mom|mother|dad|father|son|daughter|brother|sister|child|baby|boy|girl|"
    r"gran|grandma|granny|nan|nana|grandad|granddad|grandpa|grandfather|grandmother|grandson|granddaughter|niece|nephew|aunt|"
    r"auntie|uncle|cousin|friend|friends|mate|neighbour|neighbours|neighbor|boyfriend|girlfriend|flatmate|landlord|landlady|"
    r"carer|caretaker|tenant|colleague|manager|boss|doctor|gp|nurse|midwife|teacher|headteacher|tutor|coach|librarian|"
    r"receptionist|social worker|support worker|youth worker|case worker|caseworker|health visitor|driver|officer|keyworker|"
    r"key worker|care worker|assistant|warden|ranger|vicar|clerk|lady|man|woman|gentleman|person|chap|bloke|staff|volunteer|worker|"
    r"twins?|stepson|stepdaughter|lad|resident|counsellor|therapist|dentist|owner|organiser|secretary|chair|director|councillor)"
)
_INTRODUCED: Final = (
    # (pattern whose group 1 is the name, how sure it makes us: "any" capitalised word, or a "full" or given name)
    (re.compile(rf"\b(?:[Mm]y|[Hh]is|[Hh]er|[Oo]ur|MY)\s(?:full\s|maiden\s|first\s|last\s|married\s)?(?:name|surname)(?:[’']s|\s?[:=]|\sis|\swas)?\s?[-–]?\s?({FULL})"), "any"),
    (re.compile(rf"(?m)^\W{{0,3}}(?:(?:[Ff]ull |[Yy]our |[Cc]ontact )?[Nn]ame|NAME|[Ss]igned|[Ff]rom|[Ss]ubmitted by|[Cc]ompleted by|[Ff]ao|FAO|[Aa]ttn|[Cc]c)\s?[:=]\s?({FULL})"), "any"),
    (re.compile(rf"\b(?:{_RELATION})s?,?\s(?:\(|who\sis\s|is\s)?(?:called|named|by the name of)\s({FULL})"), "any"),
    (re.compile(rf"\b(?:[Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Tt]heir)\s(?:\w+\s){{0,2}}?(?:{_RELATION})s?(?:,|\s\(|\s[-–])?\s?\(?({FULL})"), "any"),
    (re.compile(rf"\b(?:[Ii]['’]?m|I am|[Tt]his is|[Ii]t['’]s|[Ii]t is)\s({_JOINED})"), "full"),
    (re.compile(rf"\b(?:[Tt]he|[Aa]n?)\s(?:\w+\s){{0,2}}?(?:{_RELATION}),?\s({FULL})"), "full"),
    (re.compile(rf"\b(?:[Aa]sk(?:ed)? for|[Ss]p[eo]a?ke?n? (?:to|with)|[Tt]alk(?:ed|ing)? to|[Cc]ontact|[Pp]hone|[Rr]ing|[Cc]all(?:ed)?|[Ee]mail|[Tt]hanks? (?:you )?(?:so much |very much )?to|[Tt]hank|[Cc]ared? for by|[Mm]et(?: with)?|[Hh]elped by|[Ss]een by|[Ss]igned by|[Ss]igned|[Cc]alled|[Nn]amed|[Cc]are of|c/o|[Kk]now|[Ll]ike|[Tt]old|[Ss]aw|[Vv]isit(?:ed)?|[Bb]y|[Ww]ith|[Ff]rom)\s({_JOINED})"), "given"),
    (re.compile(rf"\b({_JOINED})\s(?:here|speaking|lives|lived|is a resident|of (?:Flat|No\.? ?)?\d)"), "given"),
)  # fmt: skip
_SMALL_INTRODUCED: Final = re.compile(r"\b(?:my name is|my name's|my name’s|i am called|name is)\s([a-z][a-z'’-]+(?:\s[a-z][a-z'’-]+)?)", re.I)
_SALUTATION: Final = re.compile(
    rf"(?m)^\W{{0,3}}(?:[Dd]ear|DEAR|Hi|Hello|Hey|Hiya|Good (?:morning|afternoon|evening)|Morning|Greetings)(?: there)?,?\s({FULL}(?:\s(?:and|&)\s{FULL})?)(?=\s?(?:[,!.:;\n–-]|$))"
)
_SIGN_OFF: Final = re.compile(
    r"\b(?:(?:kind(?:est)?|warm(?:est)?|best|many|with) (?:regards|wishes|thanks)|with (?:kind|best|warm) (?:regards|wishes)|"
    r"regards|best wishes|all the best|yours(?: (?:sincerely|faithfully|truly|in hope|etc))?|sincerely|faithfully|"
    r"cheers|many thanks|thanks(?: again)?|thank you|cofion(?: cynnes| gorau)?|respectfully|love|signed|best)\s?[,.!:–-]*\s*(?:from\s)?\n?\s*"
    rf"(?-i:({FULL}|(?:[A-Z]\.? ?){{1,3}}{_CAP}))(?=\s*(?:[,.(\n–-]|$))",
    re.I,
)
_LAST_LINE: Final = re.compile(rf"(?:^|\n)\s*[-–—~]?\s*((?:(?:[A-Z]\.? ?){{1,3}})?{FULL})\.?\s*\Z")
_DASHED: Final = re.compile(rf"[.!?…][\"”’')]?\s*[-–—]\s?({FULL})\s*\Z")
_INITIALLED: Final = re.compile(rf"(?<![\w.])(?:[A-Z]\.\s?){{1,3}}(?:{_PARTICLE}\s)?([A-Z][\w’'-]{{2,}})")
_RUN: Final = re.compile(rf"(?<![\w’'@/-]){FULL}")
_TOKEN: Final = re.compile(r"[\w’'‑-]+\.?")
_SAINT: Final = re.compile(r"\b(?:St|Saint|St\.|Saints|Queen|King|Prince|Princess|Santa|Fort|Mount|Port|Lake|Camp)\s$")
_POSSESSIVE: Final = re.compile(r"[’'](?:s|S)?$")
_CAPITAL_WORD: Final = re.compile(r"[A-Z]")


def names(text: str) -> Iterator[Span]:
    """Names of people, each with its title where one is written."""
    if not _CAPITAL_WORD.search(text):
        yield from _small(text)
        return
    for find in (_titled, _introduced, _greetings, _signatures, _given, _initialled, _small):
        yield from find(text)


def known_in(text: str, values: Iterable[str]) -> Iterator[Span]:
    """Where somebody's own name (as they gave it) stands in what they wrote: the whole, or one part with a capital."""
    for value in values:
        parts = [part for part in re.split(r"[\s,]+", value.strip()) if len(part) > 2]
        whole = r"[\s,]+".join(map(re.escape, value.split()))
        if len(value.strip()) > 2:
            yield from (found.span() for found in re.finditer(rf"(?<!\w){whole}(?!\w)", text, re.I))
        for part in parts:
            if part.casefold() in NOT_NAMES or re.fullmatch(_TITLE + r"\.?", part, re.I):
                continue
            for found in re.finditer(rf"(?<!\w){re.escape(part.capitalize())}(?!\w)|(?<!\w){re.escape(part)}(?!\w)", text):
                if found[0][:1].isupper() and not _called_after(text, *found.span()):
                    yield found.span()


def _titled(text: str) -> Iterator[Span]:
    for found in _TITLED.finditer(text):
        start = found.end("head")
        span = _name_in(text, start, found.end())
        if span and span[0] == start and not _called_after(text, *span):
            yield found.start(), span[1]


def _introduced(text: str) -> Iterator[Span]:
    for pattern, sure in _INTRODUCED:
        for found in pattern.finditer(text):
            span = _name_in(text, *found.span(1))
            if not span or span[0] != found.start(1) or _called_after(text, *span):
                continue
            tokens = text[span[0] : span[1]].split()
            if sure == "any" or (_is_given(tokens[0], beside=len(tokens) > 1)) or (sure == "full" and len(tokens) > 1):
                yield span


def _greetings(text: str) -> Iterator[Span]:
    for found in _SALUTATION.finditer(text):
        parts = re.split(r"\s(?:and|&)\s", found[1])
        at = found.start(1)
        for part in parts:
            begin = text.index(part, at)
            at = begin + len(part)
            title = re.match(rf"(?:{_TITLE})\.?\s", part)
            span = _name_in(text, begin + (title.end() if title else 0), at)
            if span and span[1] == at and not _called_after(text, *span):
                yield begin, span[1]


def _signatures(text: str) -> Iterator[Span]:
    for found in _SIGN_OFF.finditer(text):
        ends_here = text[found.end() :].strip(" ,.-–\n")[:1]
        alone = "\n" in text[found.start() : found.end() + 1] or not ends_here or text[found.end() : found.end() + 1] in "\n,("
        span = _name_in(text, *found.span(1))
        if alone and span and span == found.span(1) and not _called_after(text, *span):
            yield span
    for pattern in (_LAST_LINE, _DASHED):
        last = pattern.search(text, max(0, len(text) - 80))
        if last and last.start(1) > 0:
            span = _name_in(text, *last.span(1))
            tokens = text[span[0] : span[1]].split() if span else []
            if span and len(tokens) < 4 and span == last.span(1) and not _called_after(text, *span) and (
                _is_given(tokens[0], beside=len(tokens) > 1) or re.match(r"[A-Z]\.? ?[A-Z]", last[1])
            ):
                yield span


def _given(text: str) -> Iterator[Span]:
    """Runs of capitalised words that hold a given name."""
    for found in _RUN.finditer(text):
        tokens = [(found.start() + t.start(), found.start() + t.end(), t[0]) for t in _TOKEN.finditer(found[0])]
        first = next((i for i, (_, _, word) in enumerate(tokens) if _is_given(word, beside=_surname(tokens, i + 1))), None)
        if first is None:
            continue
        span = _name_in(text, tokens[first][0], found.end())
        if not span or _called_after(text, *span) or text[span[0] : span[1]].casefold() in BODIES:
            continue
        yield span


def _initialled(text: str) -> Iterator[Span]:
    for found in _INITIALLED.finditer(text):
        span = _name_in(text, *found.span(1))
        if span and not _called_after(text, found.start(), span[1]) and found[1].casefold() not in NOT_NAMES:
            yield found.start(), span[1]


def _small(text: str) -> Iterator[Span]:
    """Names written in small letters, after a title or "my name is"."""
    for found in _TITLED_SMALL.finditer(text):
        if found[1] not in _SMALL_NO and found[1] not in NOT_NAMES and found[1] not in THINGS:
            yield found.span()
    for found in _SMALL_INTRODUCED.finditer(text):
        words = found[1].split()
        if words[0].casefold() in NOT_NAMES or not (words[0].capitalize() in given_names() | ambiguous_names()):
            continue
        both = len(words) > 1 and words[1].casefold() not in NOT_NAMES and words[1].casefold() not in _SMALL_NO
        yield found.start(1), found.start(1) + len(found[1] if both else words[0])


def _is_given(word: str, *, beside: bool) -> bool:
    plain = _POSSESSIVE.sub("", word).rstrip(".")
    shown = plain.capitalize() if plain.isupper() and len(plain) > 2 else plain
    parts = [shown, *shown.split("-")]
    if any(part in given_names() for part in parts):
        return True
    return beside and any(part in ambiguous_names() for part in parts)


def _surname(tokens: Sequence[tuple[int, int, str]], at: int) -> bool:
    """Whether the word there can be a surname."""
    if at >= len(tokens):
        return False
    word = _POSSESSIVE.sub("", tokens[at][2]).rstrip(".").casefold()
    return len(word) > 1 and word not in NOT_NAMES and word not in THINGS and word not in STREETS


def _name_in(text: str, start: int, end: int) -> Span | None:
    """The name that begins at `start`: up to the first word that is none, without "'s" at its end."""
    stop = start
    for token in _TOKEN.finditer(text, start, end):
        word = _POSSESSIVE.sub("", token[0]).rstrip(".")
        if word.casefold() in NOT_NAMES and not (stop > start and word.casefold() in ("may", "king", "white", "black", "prince", "english", "french", "bishop", "clerk", "green", "mayor", "easter", "winter", "west", "north", "east", "young")):
            break
        if token.start() > stop and "\n" in text[stop : token.start()]:
            break
        if len(word) == 1 and word == "I":
            break
        stop = token.start() + len(token[0].rstrip("."))
        if _POSSESSIVE.search(token[0]) and token[0][0].isupper() and len(word) > 1:
            stop = token.start() + len(word)
            break
    told = text[start:stop]
    while re.search(r"\s(?:de|da|do|del|van|von|der|la|le|al|el|[A-Z])$", told):
        told = told[: told.rindex(" ")].rstrip()
    return (start, start + len(told)) if len(told) > 1 and told[:1].isupper() else None


def _called_after(text: str, start: int, end: int) -> bool:
    """Whether a place or a body bears the name: "Victoria Park", "the Mary Seacole ward", "St John"."""
    if _SAINT.search(text[max(0, start - 9) : start]):
        return True
    told = text[start:end]
    words = [word.casefold() for word in _TOKEN.findall(told)]
    if any(word in THINGS or (word in STREETS and word not in _SURNAME_STREETS) for word in words[1:]):
        return True
    after = re.match(r"(?:[’']s?)?(?:\s(?:&|and)\s(?:Sons?|Co|Daughters?)\b|[ \u00a0-]([\w’'-]+))", text[end : end + 30])
    if not after:
        return False
    word = after[1]
    if word is None:
        return True
    plain = _POSSESSIVE.sub("", word).casefold()
    capital = word[:1].isupper()
    if capital and (plain in THINGS or plain in STREETS):
        return True
    if not capital and plain in _CERTAIN_THINGS and not text[end : end + 1] in "’'":
        return True
    return bool(re.search(r"\b[Tt]he\s$", text[max(0, start - 5) : start])) and (plain in THINGS or plain in STREETS)


_SURNAME_STREETS: Final = frozenset(
    "lane close hill park walk rise street way court grove green row view vale bank heights place field fields wood woods "
    "bridge brow croft dene mead meadows reach ridge slade strand wynd square mount gate paddock yard pass copse chase ride drove bridge wells".split()
)
_CERTAIN_THINGS: Final = frozenset(
    "park road street avenue hospital school centre library estate hall theatre ward building arms pub hospice academy "
    "college university surgery stadium bridge foundation trust museum statue memorial hotel playground gardens".split()
)
