"""E-mail addresses, however they are typed or dictated, and names on social networks.

Each finder takes a text and yields spans (start, end). A new provider of mailboxes goes into `words/numbers.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from consultation.privacy.context import Span
from consultation.privacy.words import any_of, listed

_LOCAL: Final = r"[A-Z0-9](?:[\w.+%'’&-]{0,62}[\w+&-])?"
_PART: Final = r"[A-Z0-9](?:[A-Z0-9-]{0,61}[A-Z0-9])?"
_EMAIL: Final = re.compile(rf"(?<![\w.+%@-]){_LOCAL}\s?@\s?(?P<domain>(?:{_PART}\.)+[A-Z]{{2,24}})\b", re.I)
_ENDINGS: Final = listed("numbers.txt", "endings")
_COMMON_END: Final = r"(?:com|org|net|co\.uk|org\.uk|gov\.uk|ac\.uk|me\.uk|nhs\.uk|uk|eu|info|scot|wales|cymru|london)"
_RUN_ON: Final = re.compile(rf"(?<![\w.+%@-]){_LOCAL}@(?:{_PART}\.)+?{_COMMON_END}(?=[a-z]{{2,}}\b)", re.I)
_PROVIDER: Final = any_of("numbers.txt", "mailboxes")
# A stop typed as a comma, a space about the stop, no ending at all: only where the rest leaves no doubt.
_MISTYPED: Final = re.compile(
    rf"(?<![\w.+%@-]){_LOCAL}(?P<at>\s?@\s?)(?:{_PART}(?:\s\.\s?|\.\s|,\s?){_COMMON_END}|{_PROVIDER}(?!\.|\s\.))(?![\w@])",
    re.I,
)

_DOT: Final = r"(?:\s?(?:\.|\(dot\)|\[dot\]|\{dot\})\s?|\sdot\s|\spoint\s|\sfull\s?stop\s)"
_JOIN: Final = rf"(?:{_DOT}|\s?(?:\(underscore\)|[_+-])\s?|\s(?:underscore|hyphen|dash|plus)\s)"
_AT: Final = r"(?:\s?(?:\(at\)|\[at\]|\{at\}|\(a\)|\(@\)|\[@\])\s?|\sat\s|\s@\s)"
_SPELT: Final = re.compile(
    rf"(?<![\w.+%-])(?P<local>[a-z0-9][\w'’]{{0,40}}(?:{_JOIN}[\w]{{1,40}}){{0,4}}){_AT}"
    rf"(?P<domain>(?:[a-z0-9-]{{1,40}}{_DOT}){{1,4}}(?:{'|'.join(sorted(_ENDINGS))}|[a-z]{{2}})|{_PROVIDER})"
    rf"(?:{_DOT}(?:uk|com))?(?![\w@-])",
    re.I,
)
_SPELT_SIGN: Final = re.compile(
    rf"[(\[{{](?:at|a|@)[)\]}}]|\s@\s[a-z0-9-]+\sdot\s|\sat\s(?:[a-z0-9-]{{1,40}}(?:\.|\s?[(\[{{]|\s(?:dot|point|full))|{_PROVIDER}\b)",
    re.I,
)
_SURE_SIGN: Final = re.compile(r"[(\[{](?:at|a|@)[)\]}]", re.I)
_MAIL_CUE: Final = re.compile(
    r"\b(?:e-?mails?|mailto|gmail|hotmail|(?:write|reply|respond|send)\b[^.!?\n]{0,20}\bto|"
    r"(?:contact|reach|get|find)\s(?:me|us|him|her|them)|my address|address is)\b[^.!?\n]{0,24}$",
    re.I,
)
_NO_MAILBOX: Final = listed("numbers.txt", "not mailboxes")

_HANDLE: Final = re.compile(r"(?<![\w.@/+%-])@[A-Za-z0-9_](?:[\w.]{1,28}\w)\b(?:@[\w-]+(?:\.[\w-]+)+)?")
_PROFILE: Final = re.compile(
    r"\b(?:https?://)?(?:[a-z]{2,3}\.)?(?:facebook|fb|twitter|x|instagram|linkedin|tiktok|youtube|"
    r"threads|snapchat|nextdoor)"
    r"\.(?:com|net|co\.uk)/(?:in/|user/|u/|profile/|add/|@)?[\w.@%-]{2,}/?",
    re.I,
)


def emails(text: str) -> Iterator[Span]:
    """E-mail addresses, also with a slip of the keyboard, and with "at" and "dot" spelt out."""
    if "@" in text:
        yield from _typed(text)
    if _SPELT_SIGN.search(text):
        yield from _spelt(text)


def handles(text: str) -> Iterator[Span]:
    """Names on social networks: "@someone" and links to a profile."""
    if "@" in text:
        yield from (found.span() for found in _HANDLE.finditer(text))
    if "/" in text:
        yield from (found.span() for found in _PROFILE.finditer(text))


def _typed(text: str) -> Iterator[Span]:
    first = max(0, text.find("@") - 70)
    for found in _EMAIL.finditer(text, first):
        domain = found["domain"]
        ending = domain.rpartition(".")[2]
        cased = ending.islower() or ending.isupper() or domain.istitle()
        if not cased or (len(ending) > 2 and ending.lower() not in _ENDINGS):
            continue  # "5@door.The", "l@@k.everyone": a full stop without a space after it
        local = re.split(r"\s?@", found[0])[0]
        if re.search(r"\s@|@\s", found[0]) and not (
            re.search(r"[._\d]", local) or _MAIL_CUE.search(text[max(0, found.start() - 60) : found.start()])
        ):
            continue  # "we meet @ cafe.com": a word, not the name of a mailbox
        if re.search(r"[a-z]", local, re.I):
            yield found.span()
    yield from (found.span() for found in _RUN_ON.finditer(text, first))
    for found in _MISTYPED.finditer(text, first):
        sure = found["at"] == "@" or re.search(r"[._\d]", found[0][: found.start("at") - found.start()])
        if sure and re.search(r"[a-z]{2}", found[0], re.I):
            yield found.span()


def _spelt(text: str) -> Iterator[Span]:
    """ "hilda at example dot com" is a mailbox, "found it at example dot com" is not: the word before "at" decides."""
    for found in _SPELT.finditer(text):
        local, domain = found["local"], found["domain"].casefold()
        joined = re.search(r"[\d._]|\s(?:dot|underscore|hyphen|dash)\s", local, re.I) is not None
        before = text[max(0, found.start() - 60) : found.start()]
        last = re.split(r"\W+", local)[-1].casefold()
        told = re.search(r"\bdot\b|[(\[{]", domain) is not None
        sure = _SURE_SIGN.search(found[0]) is not None
        at_provider = told and re.match(rf"{_PROVIDER}\b", domain) is not None
        if domain.startswith("www") or (last in _NO_MAILBOX and not sure):
            continue
        led = told and re.search(r"(?:^|\W|\b(?:is|its|it[’']s|on|to|me|us|mail|address)\s)$", before, re.I) is not None
        if sure or joined or _MAIL_CUE.search(before) or at_provider or led:
            start = found.start() + _words_before(local)
            if start < found.end():
                yield start, found.end()


def _words_before(local: str) -> int:
    """Characters of a sentence's words that stand before a mailbox after a full stop: "It is. hilda at ..."."""
    broken = [found.end() for found in re.finditer(r"\.\s+", local)]
    return broken[-1] if broken else 0
