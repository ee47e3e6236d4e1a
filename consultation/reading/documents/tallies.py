"""How often a point was made, as people note it beside the point: "x3", "(5 people)", strokes, ticks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_TICKS: Final = "✓✔☑✅√🗸★●☒\uf0fc"  # the last is the tick of Wingdings, which LibreOffice keeps by its number
_MARKS: Final = "Il|¦/𝍷"
_FIVES: Final = "卌𝍸"
_END: Final = 120  # characters at the end of a line in which a tally is looked for
_COUNTED: Final = (
    "people|persons?|participants?|members?|residents?|votes?|dots?|stickers?|ticks?|mentions?|times|tables?|groups?|"
    "attendees|staff|agreed|agreements?|likes|hands|others|of us|in favour"
)
_TIMES = re.compile(
    r"(?:^|(?<=[\s\-–—,;:.!?…”\"'’]))[(\[]?\s?(?:[x×*]\s?(\d{1,3})|(\d{1,3})\s?[x×])\s?[)\]]?\s?[.;]?$", re.I
)
_TIMES_FIRST = re.compile(r"^\s?[(\[]?\s?(?:[x×]\s?(\d{1,3})|(\d{1,3})\s?[x×])\s?[)\]]?\s+(?=\S)", re.I)
_BRACKETED = re.compile(r"[(\[]\s?(\d{1,3})\s?[)\]]\s?[.;]?$")
_SAID = re.compile(
    r"(?:[(\[]|(?<=\s)[-–—]\s)\s?(?:(?:said|raised|mentioned|agreed|supported)\s+by\s+)?"
    rf"(\d{{1,3}})\s+(?:{_COUNTED})(?:\s+(?:agreed|said(?: this)?|in favour|for this))?\s?[)\]]?\s?[.;]?$",
    re.I,
)
_TICKED = re.compile(rf"(?:(?<=[\s.!?)])|(?<=[^\W\d_]))([{_TICKS}{_FIVES}][{_TICKS}{_FIVES}\ufe0e\ufe0f\s,]*)[)\]]?$")
_STROKED = re.compile(rf"(?P<gap>[\s\-–—:(\[]+)(?P<signs>[{_MARKS}{_FIVES}][{_MARKS}{_FIVES} \t]*)[)\]]?$")
_REFERENCE = re.compile(
    r"\b(?:outcome|priority|point|question|section|option|page|figure|table|number|no|para(?:graph)?|appendix|part|"
    r"item|objective|aim|principle|chapter|annex|see|ref|note|clause|policy|target|measure|phase|stage|level|ward|zone|"
    r"q|is)\.?\s*$",
    re.I,
)


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How often one written point was made, and the literal sign for it with its span in the line."""

    count: int
    start: int
    end: int


def tally(line: str, *, strokes: bool = False) -> Tally | None:
    """The tally of a line, or None. Strokes that could be a Roman number (II, III) count only where `strokes` says that
    others in the document do.

    >>> tally("More buses (x3)").count, tally("Free parking IIII").count, tally("Parks ✓✓✓").count
    (3, 4, 3)
    >>> tally("The Second World War: part II") is None, tally("See outcome (3)") is None
    (True, True)
    """
    shown = line.rstrip()
    skipped = max(0, len(shown) - _END)
    found = _number(shown[skipped:]) or _signs(shown[skipped:], strokes)
    if found is None:
        first = _TIMES_FIRST.match(shown[:_END])
        return (
            Tally(count=int(first[1] or first[2]), start=0, end=first.end())
            if first and int(first[1] or first[2])
            else None
        )
    count, start, end = found
    return Tally(count=count, start=start + skipped, end=end + skipped) if shown[: start + skipped].strip() else None


def _number(text: str) -> tuple[int, int, int] | None:
    for pattern in (_TIMES, _SAID):
        found = pattern.search(text)
        if found and (count := int(next(group for group in found.groups() if group))):
            return count, found.start(), found.end()
    found = _BRACKETED.search(text)
    if found and int(found[1]) > 1 and not _REFERENCE.search(text[: found.start()]):
        return int(found[1]), found.start(), found.end()
    return None


def _signs(text: str, strokes: bool) -> tuple[int, int, int] | None:
    found = _TICKED.search(text)
    if found and (count := _counted(found[1])) > 1:
        return count, found.start(1), found.end(1)
    found = _STROKED.search(text)
    if found is None:
        return None
    signs, gap = found["signs"].strip(), found["gap"]
    count = _counted(signs)
    set_off = len(gap) > 1 or gap in "\t(["
    plain = count > 3 or "|" in signs or strokes or set_off or any(five in signs for five in _FIVES)
    if not plain or (count < 2 and "|" not in signs) or set(signs) <= {"/"}:
        return None
    return count, found.start("signs"), found.end("signs")


def _counted(signs: str) -> int:
    return sum(5 if sign in _FIVES else 1 for sign in signs if sign in _FIVES or sign in _TICKS or sign in _MARKS)
