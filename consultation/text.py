"""Small things done to text in every room: tidy it, fingerprint it, split it, stem it, spell it.

Nothing here alters what a person wrote: each function returns a new string for comparing, never for keeping.
"""

from __future__ import annotations

import difflib
import functools
import hashlib
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_SPACE = re.compile(r"\s+")
_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"  # no i, l, o, u: ids are read aloud and typed
_QUOTES = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "‛": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "\u00a0": " ",
        "\u00ad": None,
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\ufeff": None,
        "\u2060": None,
    }
)
WORD: Final = re.compile(r"[^\W_]+(?:['’\-‐‑][^\W_]+)*")
_NOTHING = re.compile(
    r"(?:n ?[/.\\]? ?a|nil|none|nothing|no(?: further| other)? comments?|not applicable|no answer|did not answer|"
    r"nothing(?: else| more| further)? to (?:add|say)|no opinion|dim(?: byd| sylw(?:adau)?)?|amherthnasol|"
    r"[\s.,:;'\"_/\\*~·•…-]*)[.!]?"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|st|no|cllr|rev|prof|e\.g|i\.e|etc|vs|approx|p|pp|para|sec)|\b[a-z])\.$", re.I
)
_BOUNDARY = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+)|\n+")


def tidy(text: str) -> str:
    """Fold case, quotes, dashes, invisible characters and white space, for comparing two texts.

    >>> tidy("  The  ‘Vision’ ")
    "the 'vision'"
    """
    folded = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    return _SPACE.sub(" ", folded).strip().casefold()


def says_nothing(text: str) -> bool:
    """Whether an answer is none: "n/a", "no comment", a dash. "No" is an answer, and so is a sign such as "?".

    >>> says_nothing("N/A"), says_nothing("No comment."), says_nothing(" - ")
    (True, True, True)
    >>> says_nothing("No."), says_nothing("None of it makes sense"), says_nothing("👍")
    (False, False, False)
    """
    return len(text) < 40 and _NOTHING.fullmatch(tidy(text)) is not None


def straight(text: str) -> str:
    """The text with straight quotes and plain dashes, every character in its place (same length).

    >>> straight("the ‘Vision’ – now")
    "the 'Vision' - now"
    """
    return text if text.isascii() and "`" not in text else text.translate(_STRAIGHT)


_STRAIGHT = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "‛": "'",
        "`": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "\u00a0": " ",
    }
)


def fingerprint(*parts: object, length: int = 12) -> str:
    """A short id made of what the parts say, the same on every machine (5 bits a character, BLAKE2b).

    >>> fingerprint("survey", 7) == fingerprint("survey", 7) != fingerprint("survey", 8)
    True
    """
    told = "\x1f".join("\x00" if part is None else str(part) for part in parts)
    number = int.from_bytes(hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).digest(), "big")
    return "".join(_ALPHABET[(number >> (5 * place)) & 31] for place in range(length))


def words(text: str) -> list[str]:
    """The words, as written. An inner apostrophe or hyphen belongs to its word.

    >>> words("Don't water-down 2.3!")
    ["Don't", 'water-down', '2', '3']
    """
    return WORD.findall(text)


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans (start, end) of the sentences, without the white space around them, in order.

    A full stop after "Cllr", "No", "e.g." or a single letter ends none; a line break does.

    >>> [("Ask Cllr. Bell. Then wait")[a:b] for a, b in sentences("Ask Cllr. Bell. Then wait")]
    ['Ask Cllr. Bell.', 'Then wait']
    """
    spans, start = [], 0
    for found in _BOUNDARY.finditer(text):
        end = found.end()
        if found[0].startswith(".") and _ABBREVIATION.search(text[max(0, end - 12) : end]):
            continue
        spans.append((start, end))
        start = end
    spans.append((start, len(text)))
    return [trimmed for span in spans if (trimmed := _trim(text, *span))]


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


_ENDINGS: Final = (  # ending, what stands in its place, letters that must be left before it; longest first
    ("iveness", "", 4), ("ability", "", 4), ("ibility", "", 4), ("ations", "", 4), ("ation", "", 4),
    ("ative", "", 4), ("ators", "", 4), ("ency", "", 4), ("ancy", "", 4), ("ence", "", 4), ("ance", "", 4),
    ("able", "", 4), ("ible", "", 4), ("ment", "", 5), ("ness", "", 4), ("ious", "", 4), ("ator", "", 4),
    ("ery", "er", 5),
    ("ent", "", 4), ("ant", "", 4), ("ous", "", 4), ("ive", "", 4), ("ion", "", 5), ("ity", "", 4), ("ate", "", 4),
    ("at", "", 4), ("al", "", 5), ("ly", "", 3), ("iz", "is", 3), ("e", "", 3),
)  # fmt: skip


@functools.lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """What the forms of one English word share, for comparing: endings are taken off by rule, not by dictionary.

    Verb forms, plurals, adverbs and the nouns and adjectives of one root meet; "carer" and "care", "homeless"
    and "home" stay apart. Irregular forms ("children") do not meet. For finding, where a kindred word is welcome;
    `wording.stems.stem` and `tagging.rules.stems.stem` take inflection off and no more, each for its own comparing.

    >>> [stem(word) for word in ("maximising", "Maximise", "opportunities", "independently", "independence")]
    ['maximis', 'maximis', 'opportun', 'independ', 'independ']
    """
    form = tidy(word)
    form = form.removesuffix("'s").removesuffix("'")
    form = _uninflected(form)
    for _ in range(2):
        for ending, instead, left in _ENDINGS:
            if form.endswith(ending) and len(form) - len(ending) >= left:
                form = form.removesuffix(ending) + instead
                break
        else:
            break
    return form[:-1] + "i" if len(form) > 3 and form.endswith("y") else form


def _uninflected(form: str) -> str:
    """Without the ending of a plural or of a verb: "families" -> "family", "planned" -> "plan"."""
    if len(form) > 4 and form.endswith("ies"):
        form = form[:-3] + "y"
    elif len(form) > 4 and form.endswith(("sses", "shes", "ches", "xes", "zes")):
        form = form[:-2]
    elif len(form) > 3 and form.endswith("s") and not form.endswith(("ss", "us", "is")):
        form = form[:-1]
    for ending in ("ing", "ied", "ed"):
        rest = form.removesuffix(ending)
        if rest == form or len(rest) < 3 or not re.search("[aeiouy]", rest):
            continue
        if ending == "ied":
            return rest + "y"
        doubled = len(rest) > 3 and rest[-1] == rest[-2] and rest[-1] not in "aeious"
        return rest[:-1] if doubled and (rest[-1] != "l" or len(rest) > 6) else rest  # "travelling", but "telling"
    return form


def nearest(word: str, known: Iterable[str], *, alike: float = 0.6) -> str | None:
    """The known name that `word` most likely means, or None where nothing is so much `alike` (0 to 1).

    >>> nearest("colum", ["column", "sheet"])
    'column'
    """
    by_fold = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(word.casefold(), list(by_fold), n=1, cutoff=alike)
    return by_fold[close[0]] if close else None


LISTED = 30  # names in a message: more than these nobody reads


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """What to do about an unknown name: the nearest one, or the list of what is known.

    >>> did_you_mean("colum", ["column", "sheet"])
    'Did you mean “column”?'
    """
    names = list(known)
    near = nearest(word, names)
    more = f" and {len(names) - LISTED:,} more" if len(names) > LISTED else ""
    return f"Did you mean “{near}”?" if near else "Known: " + ", ".join(sorted(names)[:LISTED]) + more + "."


def slug(name: str) -> str:
    """A name for a file or an id: lower case, digits and hyphens.

    >>> slug("Online survey (final) é.xlsx")
    'online-survey-final-e-xlsx'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "unnamed"


_OPENERS = "\u202a\u202b\u202d\u202e"
_ISOLATES = "\u2066\u2067\u2068"
_CONTROL = {code: 0x2400 + code for code in range(32) if code not in (9, 10, 13)} | {127: 0x2421}
_CONTROL |= dict.fromkeys(range(0x80, 0xA0), 0xFFFD) | dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
_CONTROL |= {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}


def printable(text: str) -> str:
    """The text as any document may hold it: control characters shown as pictures, line ends as newlines, and
    right-to-left overrides closed, so that they turn nothing that follows.

    >>> printable("a\\x00b\\rc")
    'a␀b\\nc'
    """
    shown = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROL)
    opened = sum(shown.count(mark) for mark in _OPENERS) - shown.count("\u202c")
    isolated = sum(shown.count(mark) for mark in _ISOLATES) - shown.count("\u2069")
    return shown + "\u202c" * max(0, opened) + "\u2069" * max(0, isolated)
