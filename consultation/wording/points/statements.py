"""The draft of a point's statement, made of what is known about it and of the draft's words, never of a comment.

All English is in `FORMS`, `TOLD` and `SUBJECT`: a form is found by what is asked of a phrase, or else by the stance.
A person rewords it; until then it is plain and exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from consultation.model import Point, Theme
from consultation.settings import QuantityWord
from consultation.wording.labels import called

SUBJECT: Final = {"all": "You", "some": "{quantity} of you"}
FORMS: Final = {
    # what is asked of a phrase
    "replace": "{you} asked us to change “{phrase}” to “{replacement}” in {where}",
    "reword": "{you} offered other words for “{phrase}” in {where}",
    "remove": "{you} asked us to take “{phrase}” out of {where}",
    "add": "{you} asked us to add “{replacement}” to {where}",
    "add_something": "{you} asked us to add something to {where}",
    "object": "{you} had a problem with the words “{phrase}” in {where}",
    "keep": "{you} asked us to keep “{phrase}” in {where}",
    "question": "{you} asked about the words “{phrase}” in {where}",
    # a stance on an element
    "support": "{you} supported {where}",
    "against": "{you} had concerns about {where}",
    "suggest": "{you} made suggestions for {where}",
    "ask": "{you} asked questions about {where}",
    "mixed": "{you} had different views of {where}",
    "conditional": "{you} supported {where}, on conditions",
    "observe": "{you} commented on {where}",
    # a theme, said in the codebook's own words
    "said_of_phrase": "{you} told us that the phrase “{phrase}” in {where} {said}",
    "said": "{you} told us that {where} {said}",
}
SAID: Final = {"object": "said_of_phrase", "question": "said_of_phrase"} | dict.fromkeys(
    ("support", "against", "suggest", "ask", "mixed", "conditional", "observe"), "said"
)
THEME: Final = {"with": "{sentence}: {theme}.", "without": "{sentence}."}
_STANCES: Final = {
    "support": "support", "object": "against", "suggest": "suggest", "question": "ask", "mixed": "mixed",
    "conditional": "conditional", "observe": "observe",
}  # fmt: skip


def draft(
    point: Point,
    elements: Sequence[str],
    names: Mapping[str, str],
    themes: Mapping[str, Theme],
    scale: Sequence[QuantityWord] = (),
) -> str:
    """The statement of a point in the second person.

    `names` call the elements (`labels.labels`), `themes` are the codebook's by code; the codebook's own `said` tells a
    theme where it has one. The quantity that a person stated is used where it is a word of the declared `scale`; no
    quantity is ever guessed.

    >>> draft(
    ...     Point(point_id="t-1", theme="vague", stance="object", statement="", phrase="live well", kind="object"),
    ...     ["2.1"], {"2.1": "Health (2.1)"}, {"vague": Theme(code="vague", name="Too vague", said="is too vague")},
    ... )
    'You told us that the phrase “live well” in Health (2.1) is too vague.'
    """
    theme = themes.get(point.theme or "")
    form = _form(point)
    if theme and theme.said and form in SAID:
        form = SAID[form]
    sentence = FORMS[form].format(
        you=_subject(point.quantity, scale),
        phrase="” and “".join(phrases_of(point)),
        replacement=point.replacement,
        where=called(elements, names),
        said=theme.said if theme else "",
    )
    named = theme.name if theme and form not in SAID.values() and form not in ("replace", "add") else ""
    told = THEME["with" if named else "without"].format(sentence=sentence, theme=_inside(named))
    return told[:1].upper() + told[1:]


def phrases_of(point: Point) -> tuple[str, ...]:
    """The draft's phrases that a point is about: a person may have put several into one cell, parted by semicolons."""
    return tuple(told for part in (point.phrase or "").split(";") if (told := part.strip()))


def _form(point: Point) -> str:
    if point.kind == "add" or (point.replacement and not point.phrase):
        return "add" if point.replacement else "add_something"
    if point.phrase and point.kind:
        return "reword" if point.kind == "replace" and not point.replacement else point.kind
    if point.phrase:
        return (
            "replace"
            if point.replacement
            else {"support": "keep", "question": "question"}.get(point.stance or "", "object")
        )
    return _STANCES.get(point.stance or "", "observe")


def _subject(quantity: str | None, scale: Sequence[QuantityWord]) -> str:
    declared = {word.word.casefold() for word in scale}
    if quantity and quantity.casefold() in declared:
        return SUBJECT["some"].format(quantity=quantity.casefold())
    return SUBJECT["all"]


def _inside(name: str) -> str:
    """A name as it stands inside a sentence: its first letter small unless the word is all capitals."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def quantity_word(part: int, base: int, scale: Sequence[QuantityWord]) -> str | None:
    """The word of the scale for `part` of `base`; None where there is no base.

    A share belongs to the word with the highest lower bound that it reaches.

    >>> scale = (QuantityWord(word="most", from_share=0.75), QuantityWord(word="a few", from_share=0.0))
    >>> quantity_word(3, 4, scale), quantity_word(1, 4, scale), quantity_word(0, 0, scale)
    ('most', 'a few', None)
    """
    if base <= 0:
        return None
    share = part / base
    reached = [word for word in scale if share >= word.from_share]
    return max(reached, key=lambda word: word.from_share).word if reached else None
