"""Where a text makes a claim that figures or records could bear out: numbers, quantity words, quotations, blankets.

A list: to see another kind of claim, add a function that yields `Claim`s to `FINDERS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from consultation.text import sentences, straight

KINDS: Final = ("number", "quantity", "quotation", "blanket")
_PEOPLE = (
    r"people|residents?|respondents?|responses?|consultees?|participants?|attendees?|organisations?|partners?|staff|"
    r"members?|businesses|individuals?|parents?|families|users?|those|you|them|us|everyone|comments?|submissions?"
)
_MANY = (
    r"almost all|nearly all|virtually all|(?:the |an? )?(?:vast|overwhelming|large|great|clear|small|slim)? ?majority|"
    r"(?:the |an? )?(?:small |significant |sizeable )?minority|most|many|several|some|(?:a |very |only a )?few|"
    r"(?:more|less|fewer) than (?:a )?(?:half|quarter|third)|(?:about |nearly |over )?half|a (?:large|small) number|"
    r"nobody|no one|everyone|everybody"
)
_WHOLE = r"all|every|each|none|no"  # of people only where they say something: "all residents benefit" counts nobody
_VERBS = (
    r"agreed?|disagreed?|felt|feel|thought|think|said|say|supported?|opposed?|wanted?|asked|suggested|raised|believed?|"
    r"objected|preferred?|welcomed?|liked|disliked|told|considered|commented|called"
)
_OF = r"(?: of)?(?: the| our| these| those)?"
_WHO = rf"{_OF}(?: (?!what |whom |which )\w+)? (?:{_PEOPLE})\b"
_SAYING = rf"(?:{_WHO} (?:\w+ )?(?:{_VERBS})\b| (?:also |strongly )?(?:{_VERBS})\b)"
_QUANTITY: Final = re.compile(
    rf"(?<!how )\b(?:(?P<says>{_MANY}|{_WHOLE})\b(?={_SAYING})|(?P<who>{_MANY})\b(?={_WHO}))", re.I
)
_OPENS: Final = re.compile(  # where a quantity may begin a statement about people, as against "leaves some people out"
    r"(?:^|[.,;:!?(\-])\s*$|\b(?:and|but|although|though|while|whereas|that|because|not|however|from|by|among|"
    r"amongst|were|was|when|where|if)\s+$",
    re.I,
)
_THINGS = (
    r"issues?|points?|concerns?|comments?|suggestions?|views?|matters?|questions?|feedback|recommendations?|requests?"
)
_DONE = r"addressed|answered|considered|reflected|incorporated|accepted|adopted|resolved|met|included|taken"
_BLANKET: Final = re.compile(
    rf"\b(?P<word>all|every|each|none|no)\b(?:\W+\w+){{0,4}}?\W+(?:{_THINGS})\b[^.;]{{0,60}}?\b(?:{_DONE})\b"
    rf"|\b(?:{_THINGS}|these|those|they)\b[^.;]{{0,40}}?\b(?:all|each|every one)\b[^.;]{{0,30}}?\b(?:{_DONE})\b",
    re.I,
)
_QUOTED: Final = re.compile(r"\"([^\"\n]{2,300})\"|(?<![\w'])'(?=\S)([^'\n]*(?:'\w[^'\n]*)*)(?<=\S)'(?!\w)")
_MONTHS = r"jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*"
_NOT_COUNTED: Final = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})\b(?: \d{{4}})?"  # dates
    rf"|\b(?:{_MONTHS}) \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}})?|\b(?:{_MONTHS}) \d{{4}}\b"
    r"|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b(?:19|20)\d{2}(?:\s?[-–/]\s?(?:\d{4}|\d{2}))?\b"
    r"|\b(?:section|paragraph|para|page|appendix|table|figure|item|annex|chapter|outcome|priority|number)s? \d[\d.]*"
    r"|\b\d{1,2}(?:[:.]\d{2})?\s?(?:am|pm)\b|\b\d{1,2}:\d{2}\b"
    r"|^\W*(?:\d+(?:\.\d+)+[.)]?|\d+[.)]|[a-z]\))\W*(?=\s|$)|\[\d+\]",  # numbers of paragraphs and of notes
    re.I,
)  # fmt: skip
_DIGITS: Final = re.compile(
    r"(?<![\w.])(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?P<percent>\s?%| per ?cent)?(?![\w]|\.\d)"
)
NUMBER_WORDS: Final = {
    word: number
    for number, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
         "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")
    )
}  # fmt: skip
NUMBER_WORDS.update(thirty=30, forty=40, fifty=50, sixty=60, seventy=70, eighty=80, ninety=90, hundred=100)
_COUNTING = "|".join(word for word in NUMBER_WORDS if word not in ("zero", "one"))
_IN_WORDS: Final = re.compile(rf"\b(?P<number>{_COUNTING})\b(?=(?: \w+){{0,2}} (?:\w+s|people)\b)", re.I)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """`text[start:end]` claims something of a `kind`; `sentence` is the span of its sentence; `value` a number's."""

    kind: str
    start: int
    end: int
    sentence: tuple[int, int]
    value: float | None = None
    percent: bool = False


def claims(text: str) -> list[Claim]:
    """Every claim in a piece of text, in order; where two overlap, the kind found first in `FINDERS` stands.

    Dates, years, times, numbers of paragraphs, sections and tables are no claims, nor is anything inside a quotation.

    >>> [claim.kind for claim in claims("Most people liked 3 of “it all” in May 2020.")]
    ['quantity', 'number', 'quotation']
    """
    plain = straight(text)
    spans = sentences(text)
    found: list[Claim] = []
    for finder in FINDERS:
        for claim in finder(plain, spans):
            if not any(claim.start < other.end and other.start < claim.end for other in found):
                found.append(claim)
    return sorted(found, key=lambda claim: claim.start)


Spans = list[tuple[int, int]]


def _around(start: int, spans: Spans) -> tuple[int, int]:
    return next((span for span in spans if span[0] <= start < span[1]), (start, start))


def _quotations(text: str, spans: Spans) -> Iterator[Claim]:
    for found in _QUOTED.finditer(text):
        yield Claim(kind="quotation", start=found.start(), end=found.end(), sentence=_around(found.start(), spans))


def _blankets(text: str, spans: Spans) -> Iterator[Claim]:
    for found in _BLANKET.finditer(text):
        yield Claim(kind="blanket", start=found.start(), end=found.end(), sentence=_around(found.start(), spans))


def _quantities(text: str, spans: Spans) -> Iterator[Claim]:
    for found in _QUANTITY.finditer(text):
        start, end = found.span("says" if found["says"] else "who")
        sentence = _around(start, spans)
        if found["says"] or _OPENS.search(text[sentence[0] : start]):
            yield Claim(kind="quantity", start=start, end=end, sentence=sentence)


def _numbers(text: str, spans: Spans) -> Iterator[Claim]:
    aside = [found.span() for found in _NOT_COUNTED.finditer(text)]
    for pattern in (_DIGITS, _IN_WORDS):
        for found in pattern.finditer(text):
            start, end = found.span()
            if any(a <= start and end <= b for a, b in aside):
                continue
            told = found["number"]
            value = NUMBER_WORDS.get(told.casefold())
            yield Claim(
                kind="number",
                start=start,
                end=end,
                sentence=_around(start, spans),
                value=float(told.replace(",", "")) if value is None else float(value),
                percent=pattern is _DIGITS and found["percent"] is not None,
            )


FINDERS: Final[tuple[Callable[[str, Spans], Iterator[Claim]], ...]] = (_quotations, _blankets, _quantities, _numbers)
