"""Bytes to text: a byte order mark, else strict UTF-8, else the likeliest of the Windows, Mac and DOS code pages.

Libraries that guess among all the world's code pages turn "£2.50" into "Ł2.50" on files of British offices; here the
choice is between the three code pages that old office programs write, scored by where each puts quotes, pounds,
dashes and accents. Damage inside single cells ("donâ€™t") is mended by `mend`, as a layer: the raw cell stays.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

CODE_PAGES: Final = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp850": "DOS (code page 850)"}
_BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE: Final = 4_000  # high bytes that are looked at to score a code page
_HIGH = re.compile(rb"[\x80-\xff]")
# The two bytes of a UTF-8 character read as Windows-1252 or Mac Roman: only then is ftfy's slower test worth asking.
SUSPECT: Final = "[Â-ô][\x80-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|‚Ä|√|[¬Ô]|Ã"
DAMAGED: Final = f"{SUSPECT}|\ufffd|â€"  # or lost
_SUSPECT = re.compile(SUSPECT)
_LOST = re.compile("â€(?=[a-zA-Z\\s]|$)")


@dataclass(frozen=True, kw_only=True)
class Decoded:
    """The text, the codec it was read with, and sentences for the officer where a choice was made."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(raw: bytes) -> Decoded:
    """The text of a file. Never fails: bytes that no code page knows become U+FFFD, which the reader flags.

    >>> decode("It’s £2.50".encode("cp1252")).text
    'It’s £2.50'
    """
    for bom, name in _BOMS:
        if raw.startswith(bom):
            return Decoded(text=raw.decode(name, "replace"), encoding=name)
    wide = _utf16_without_bom(raw)
    if wide:
        return Decoded(text=raw.decode(wide, "replace"), encoding=wide, notes=("The file is UTF-16 without a mark.",))
    try:
        return Decoded(text=raw.decode("utf-8"), encoding="utf-8")
    except UnicodeDecodeError as wrong:
        return _code_page(raw, wrong.start)


def mend(text: str) -> str:
    """The text with mojibake undone (ftfy's `fix_encoding` alone, which straightens no quotes); the same if it has
    none.

    >>> mend("donâ€™t"), mend("don’t")
    ('don’t', 'don’t')
    """
    if text.isascii() or not _SUSPECT.search(text):
        return text
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    return fix_encoding(text) if is_bad(text) else text


def lost(text: str) -> bool:
    """Whether characters are gone for good: a replacement sign, or half of one that was damaged twice.

    >>> lost("don\ufffdt"), lost("don’t")
    (True, False)
    """
    return "\ufffd" in text or ("â€" in text and _LOST.search(text) is not None)


def _code_page(raw: bytes, first: int) -> Decoded:
    scores = {name: _score(raw, name) for name in CODE_PAGES}
    scores["cp1252"] += 1.5  # far the most usual today: a handful of signs does not decide against it
    best = max(CODE_PAGES, key=lambda name: scores[name])
    text = raw.decode(best, "replace")
    note = (
        f"The file is not UTF-8 (byte {first + 1:,}); read as {CODE_PAGES[best]}. "
        f"These signs depend on it: {_marks(text)}. If they look wrong, ask for the file saved as CSV UTF-8."
    )
    return Decoded(text=text, encoding=best, notes=(note,))


def _utf16_without_bom(raw: bytes) -> str | None:
    head = raw[:4096]
    if len(head) < 4 or len(raw) % 2:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _score(raw: bytes, name: str) -> float:
    """How British the text reads: each high byte judged by the letters beside it."""
    total = 0.0
    for count, found in enumerate(_HIGH.finditer(raw)):
        if count >= _SAMPLE:
            break
        at = found.start()
        around = raw[max(0, at - 1) : at + 2].decode(name, "replace")
        here = 1 if at else 0
        before = around[here - 1] if here else " "
        after = around[here + 1] if len(around) > here + 1 else " "
        total += _plausible(before, around[here], after)
    return total


def _plausible(before: str, sign: str, after: str) -> float:
    if sign in "’‘":
        return (
            3.0 if before.isalpha() and after.isalpha() else 1.5 if not (before.isdigit() or after.isdigit()) else 0.5
        )
    if sign in "“”":
        return 1.5 if before.isspace() or after.isspace() or not (before.isalpha() and after.isalpha()) else -1.0
    if sign in "£€":
        return 3.0 if after.isdigit() else 0.5
    if sign in "–—…•":
        return 2.0 if before.isspace() or after.isspace() else 1.0
    if sign in "½¼¾°²³®©™·µ":
        return 0.5
    if sign == "\u00a0":
        return 1.0 if not (before.isalpha() and after.isalpha()) else -0.5
    if sign.isalpha() and sign < "ƀ":
        if sign.isupper():
            return -2.0 if before.isalpha() and before.islower() else 0.3
        return 1.2 if before.isalpha() or after.isalpha() else -0.5
    return -2.0


def _marks(text: str) -> str:
    """The signs that the choice decided, most frequent first: enough to see a wrong choice, nobody's words."""
    counts = Counter(re.findall(r"[^\x00-\x7f]", text[:2_000_000])).most_common(6)
    return ", ".join(f"{sign} ({number:,})" for sign, number in counts)
