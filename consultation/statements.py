"""A point and its answer in words: the public in the second person, the council in the first person plural.

They are made of what is known about the point and of the draft's words, never of a comment. All words are in
`templates/words.yaml`: `said` is a statement that stands alone, plain and exact, so that officers can compare many;
`read_aloud` is for a table about one part of the draft, where neighbours are put differently. A form is found by what
is asked of a phrase, or else by the stance. What a person worded stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from consultation.model import Point, Theme
from consultation.settings import QuantityWord
from consultation.text import stem, tidy
from consultation.text import words as words_of
from consultation.words import Words

# a theme that the codebook says in words of its own stands in place of these
_OF_PHRASE: Final = ("object", "question")
_OF_PART: Final = ("support", "against", "suggest", "ask", "mixed", "conditional", "observe")
_AGREED: Final = {"adopted": "agreed", "partly_adopted": "partly_agreed"}
_SAYS_WHY_ITSELF: Final = ("replace", "add", "keep", "theme", "theme_of_phrase")
_STANCES: Final = {
    "support": "support", "object": "against", "suggest": "suggest", "question": "ask", "mixed": "mixed",
    "conditional": "conditional", "observe": "observe",
}  # fmt: skip


def said(
    point: Point, where: str, words: Words, themes: Mapping[str, Theme], scale: Sequence[QuantityWord] = ()
) -> str:
    """The statement of a point that stands alone; `where` names the part of the draft that it is about.

    The quantity that a person stated is used where it is a word of the declared `scale`; no quantity is ever guessed.

    >>> from consultation.words import english
    >>> said(
    ...     Point(point_id="t-1", theme="vague", stance="object", statement="", phrase="live well", kind="object"),
    ...     "Health (2.1)", english(), {"vague": Theme(code="vague", name="Too vague", said="is too vague")},
    ... )
    'You told us that the phrase “live well” in Health (2.1) is too vague.'
    """
    form = _form(point, themes)
    return _filled("said", form, point, where, words, themes, you=_you(point, words, scale))


def read_aloud(
    told: Iterable[tuple[Point, str | None]],
    words: Words,
    themes: Mapping[str, Theme],
    scale: Sequence[QuantityWord] = (),
    *,
    who: Mapping[str, str] | None = None,
) -> list[str]:
    """The statements of points that are read one after another, each with how the part that it is about is called
    there; None where the point must stand alone.

    The way of putting it follows from the point's id, so that it stays while others come and go; only where the
    last of its form was put the same way, the next is taken. `who` says who said it (the subject's key in the words, by
    point) where nobody stated a quantity and counts alone do not tell.
    """
    last: dict[str, int] = {}

    def turn(key: str, point_id: str) -> int:
        place = words.turn(key, point_id)
        last[key] = words.turn(key, place + (last.get(key) == place))
        return last[key]

    made = []
    for point, where in told:
        if not point.drafted or where is None:
            made.append(point.statement)
            continue
        form = _form(point, themes)
        by = (who or {}).get(point.point_id) or subject(point)
        you = _you(point, words, scale, by, turn(f"subject.{by}", point.point_id))
        made.append(
            _filled("here", form, point, where, words, themes, you=you, turn=turn(f"here.{form}", point.point_id))
        )
    return made


def done(
    form: str,
    words: Words,
    *,
    turn: int | str = 0,
    phrases: Sequence[str] = (),
    new: str = "",
    destination: str = "",
    name: str = "",
    reason: str = "",
) -> str:
    """What the council did, then why in its own words, which stand alone where they say already what was done.

    >>> from consultation.words import english
    >>> done("retained_with_reason", english(), phrases=["live well"], reason="It is the law")
    'We have kept “live well”. It is the law.'
    >>> done("adopted", english(), reason="We have taken out “deficits”")
    'We have taken out “deficits”.'
    """
    if reason.startswith(words("did.begins") + " "):
        return sentence(reason)
    told = sentence(
        words(
            f"did.{form}",
            vary=turn,
            phrase=words.listed(map(words.quoted, phrases)) or words("did.the_wording"),
            new=new,
            destination=destination or words("did.elsewhere"),
            name=name,
        )
    )
    return f"{told} {sentence(reason)}".strip()


def answer_form(
    disposition: str, phrases: Sequence[str], wordings: Iterable[tuple[str | None, str | None]], *, waits: bool = False
) -> str:
    """The form of words for a decision beside the wordings of what it is about, as pairs of draft and revised (None
    where there is none): what no longer stands was not kept, and what `waits` for a new wording is not done yet.

    >>> answer_form("retained_with_reason", ["live well"], [("All live well", "All are safe")])
    'words_gone'
    >>> answer_form("retained_with_reason", [], [("All live well", "All are safe")])
    'not_done'
    >>> answer_form("retained_with_reason", ["live well"], [("All live well", "Lives lived well")])
    'retained_with_reason'
    """
    pairs = [(old or "", new) for old, new in wordings if new]
    if disposition == "retained_with_reason" and pairs:
        if not all(any(_stands(phrase, new) for _, new in pairs) for phrase in phrases):
            return "words_gone"
        return "not_done" if not phrases and all(tidy(old) != tidy(new) for old, new in pairs) else disposition
    return _AGREED.get(disposition, disposition) if waits else disposition


def subject(point: Point) -> str:
    """Who said it, as far as counts tell: "one" response, one line of a "workshop", else "you"."""
    if point.n_responses == 1 and not point.n_events:
        return "one"
    return "workshop" if point.n_events and not point.n_responses and point.n_comments == 1 else "you"


def phrases_of(point: Point) -> tuple[str, ...]:
    """The draft's phrases that a point is about: a person may have put several into one cell, parted by semicolons."""
    return tuple(told for part in (point.phrase or "").split(";") if (told := part.strip()))


def asked(point: Point) -> str:
    """What is asked of a phrase, or else the stance."""
    if point.kind == "add" or (point.replacement and not point.phrase):
        return "add" if point.replacement else "add_something"
    if point.phrase and point.kind:
        return "reword" if point.kind == "replace" and not point.replacement else point.kind
    if point.phrase and point.replacement:
        return "replace"
    if point.phrase:
        return {"support": "keep", "question": "question"}.get(point.stance or "", "object")
    return _STANCES.get(point.stance or "", "observe")


def frame(words: Words) -> list[str]:
    """The texts of statements that stand alone, their slots empty: words that say nothing of any one point."""
    return [words.bare(key) for key in words.told if key.startswith("said.")]


def sentence(text: str) -> str:
    """The text with a full stop, unless it ends as a sentence does.

    >>> sentence("We kept “it”"), sentence("He asked “Why?”"), sentence("  ")
    ('We kept “it”.', 'He asked “Why?”', '')
    """
    told = text.strip()
    bare = told.rstrip("”’\"')]")
    return told if not bare or bare[-1] in ".!?…" else told + "."


def shortened(text: str, most: int = 60) -> str:
    """The text without its last stop; cut at a word where it is longer than `most` characters.

    >>> shortened("By March 2031, nobody waits longer than a year.", 30)
    'By March 2031, nobody waits …'
    """
    told = text.strip().rstrip(".")
    if len(told) <= most:
        return told
    return told[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + " …"


def lower_first(text: str) -> str:
    """The text without a capital at its head, unless the first word is an abbreviation.

    >>> lower_first("Promises too much"), lower_first("NHS wording")
    ('promises too much', 'NHS wording')
    """
    head = text.split(" ", 1)[0]
    return text if len(head) > 1 and head.isupper() else text[:1].lower() + text[1:]


def _stands(phrase: str, text: str) -> bool:
    """Whether the text says the phrase, its words inflected as may be."""
    wanted, here = ([stem(word) for word in words_of(part.replace("-", " "))] for part in (phrase, text))
    return any(here[n : n + len(wanted)] == wanted for n in range(len(here) - len(wanted) + 1))


def _form(point: Point, themes: Mapping[str, Theme]) -> str:
    form, theme = asked(point), themes.get(point.theme or "")
    if theme and theme.said:
        return "theme_of_phrase" if form in _OF_PHRASE else "theme" if form in _OF_PART else form
    return form


def _filled(
    family: str,
    form: str,
    point: Point,
    where: str,
    words: Words,
    themes: Mapping[str, Theme],
    *,
    you: str,
    turn: int = 0,
) -> str:
    theme = themes.get(point.theme or "")
    named = theme is not None and form not in _SAYS_WHY_ITSELF
    told = words(
        f"{family}.{form}",
        count=sum(len(phrase.split()) for phrase in phrases_of(point)),
        vary=turn,
        you=you,
        where=where,
        phrase=words.listed(map(words.quoted, phrases_of(point))),
        replacement=words.quoted(point.replacement or ""),
        said=theme.said if theme else "",
        theme=words("theme.why", theme=theme.name) if theme and named else "",
    )
    return told[:1].upper() + told[1:]


def _you(point: Point, words: Words, scale: Sequence[QuantityWord], by: str = "you", turn: int = 0) -> str:
    declared = {word.word.casefold() for word in scale}
    if point.quantity and point.quantity.casefold() in declared:
        return words("subject.some", quantity=point.quantity.casefold())
    return words(f"subject.{by}", vary=turn)
