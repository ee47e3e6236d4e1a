"""What each comment says, as points: phrase findings first, then themes and stances about elements.

A finding is a point about words of the draft; a theme in its sentence says why. A theme elsewhere is a point about
the element named in its sentence, else the one that the question or heading names, else any that the comment names.
A comment about an element with neither still makes a point, so that nothing said about the draft drops out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from consultation.model import Comment, Phrase, Point, Tag
from consultation.text import fingerprint, sentences, tidy, words

NO_POINT: Final = frozenset({"off_topic", "unclear"})  # set aside: the audit lists how many
NO_THEME: Final = frozenset({"none_of_these"})
REPLACEMENT_WORDS: Final = 12  # a longer rewrite is someone's own text: it is evidence, not a statement
_Row = TypeVar("_Row", Tag, Phrase)
_STANCE_OF: Final = {
    "object": "object", "replace": "suggest", "remove": "object", "add": "suggest", "keep": "support",
    "question": "question",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class View:
    """What makes two comments the same point. Texts are tidied, so that spelling of quotes and case do not matter."""

    element: str | None
    theme: str | None
    stance: str | None
    kind: str | None = None
    phrase: str | None = None
    replacement: str | None = None

    @property
    def point_id(self) -> str:
        told = (self.element, self.theme, self.stance, self.kind, self.phrase, self.replacement)
        return "t-" + fingerprint("point", *told)


@dataclass(frozen=True, kw_only=True)
class Saying:
    """One view in one comment, with the words as they were written."""

    view: View
    comment_id: str
    phrase: str | None = None
    replacement: str | None = None


def sayings(comments: Iterable[Comment], tags: Iterable[Tag], phrases: Iterable[Phrase]) -> list[Saying]:
    """Every view of every included comment that a person or group wrote; rejected tags and findings say nothing."""
    tags_of = _by_comment(tag for tag in tags if tag.status != "rejected")
    phrases_of = _by_comment(phrase for phrase in phrases if phrase.status != "rejected")
    told: list[Saying] = []
    for comment in comments:
        if comment.status != "included" or comment.voice == "facilitator":
            continue
        own_tags, own_phrases = tags_of.get(comment.comment_id, []), phrases_of.get(comment.comment_id, [])
        if own_tags or own_phrases:
            told.extend(dict.fromkeys(_in_comment(comment, own_tags, own_phrases)))
    return told


def _by_comment(rows: Iterable[_Row]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    for row in rows:
        found.setdefault(row.comment_id, []).append(row)
    return found


def _in_comment(comment: Comment, tags: Sequence[Tag], phrases: Sequence[Phrase]) -> Iterator[Saying]:
    ends = [end for _, end in sentences(comment.text)]
    facets = {facet: [tag for tag in tags if tag.facet == facet] for facet in ("element", "theme", "stance")}
    themes = [tag for tag in facets["theme"] if tag.code not in NO_THEME]
    if phrases == [] and themes and all(tag.code in NO_POINT for tag in themes):
        return
    themes = [tag for tag in themes if tag.code not in NO_POINT]
    explained: set[str] = set()
    told_of: set[str | None] = set()
    for phrase in phrases:
        reasons = [tag for tag in themes if _together(ends, tag.start, phrase.start)]
        explained.update(tag.code for tag in reasons)
        told_of.add(phrase.element)
        yield from _of_phrase(phrase, [tag.code for tag in reasons] or [None])
    for theme in themes:
        if theme.code in explained:
            continue
        for element in _elements_for(theme.start, facets["element"], ends):
            told_of.add(element)
            yield _of_theme(comment, element, theme.code, _stance_for(theme.start, facets["stance"], ends))
    for tag in facets["element"]:
        if tag.code not in told_of:
            stance = _stance_for(tag.start, facets["stance"], ends)
            yield _of_theme(comment, tag.code, None, stance)


def _of_phrase(phrase: Phrase, reasons: Sequence[str | None]) -> Iterator[Saying]:
    replacement = phrase.replacement
    if replacement and len(words(replacement)) > REPLACEMENT_WORDS:
        replacement = None
    for theme in dict.fromkeys(reasons):
        view = View(
            element=phrase.element,
            theme=theme,
            stance=_STANCE_OF.get(phrase.kind),
            kind=phrase.kind,
            phrase=tidy(phrase.phrase) or None,
            replacement=tidy(replacement) if replacement else None,
        )
        yield Saying(
            view=view, comment_id=phrase.comment_id, phrase=phrase.phrase or None, replacement=replacement or None
        )


def _of_theme(comment: Comment, element: str | None, theme: str | None, stance: str | None) -> Saying:
    return Saying(view=View(element=element, theme=theme, stance=stance), comment_id=comment.comment_id)


def _elements_for(start: int | None, elements: Sequence[Tag], ends: Sequence[int]) -> list[str | None]:
    """The elements that something at `start` is about."""
    here = [tag.code for tag in elements if _together(ends, tag.start, start)]
    if here:
        return list(dict.fromkeys(here))
    whole = [tag.code for tag in elements if tag.start is None]
    return list(dict.fromkeys(whole or [tag.code for tag in elements])) or [None]


def _stance_for(start: int | None, stances: Sequence[Tag], ends: Sequence[int]) -> str | None:
    """The stance of the sentence, else of the whole comment; two that differ make it mixed."""
    here = {tag.code for tag in stances if _together(ends, tag.start, start)}
    found = here or {tag.code for tag in stances}
    if not found:
        return None
    return found.pop() if len(found) == 1 else "mixed"


def _together(ends: Sequence[int], start: int | None, other: int | None) -> bool:
    """Whether both lie in one sentence; what has no place of its own lies in none."""
    return start is not None and other is not None and bisect_right(ends, start) == bisect_right(ends, other)


def points(told: Sequence[Saying]) -> tuple[list[Point], dict[str, tuple[str, ...]], dict[str, list[str]]]:
    """The points of these sayings, the elements of each, and the comments behind each, in order.

    The words shown are those most often written; the statement is left empty.
    """
    by_view: dict[View, list[Saying]] = {}
    for saying in told:
        by_view.setdefault(saying.view, []).append(saying)
    rows: list[Point] = []
    elements: dict[str, tuple[str, ...]] = {}
    evidence: dict[str, list[str]] = {}
    for view, found in by_view.items():
        rows.append(
            Point(
                point_id=view.point_id,
                theme=view.theme,
                stance=view.stance,
                statement="",
                phrase=_commonest(saying.phrase for saying in found),
                replacement=_commonest(saying.replacement for saying in found),
                kind=view.kind,
            )
        )
        elements[view.point_id] = (view.element,) if view.element else ()
        evidence[view.point_id] = sorted({saying.comment_id for saying in found})
    return rows, elements, evidence


def _commonest(texts: Iterable[str | None]) -> str | None:
    counted: Mapping[str, int] = Counter(text for text in texts if text)
    return min(counted, key=lambda text: (-counted[text], text)) if counted else None
