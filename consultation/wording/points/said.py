"""What each comment says, as points: phrase findings first, then themes, then stances about elements.

A finding is a point about words of the draft; a theme in its sentence says why. A theme elsewhere is a point about
the element named in its sentence, else the one that the question or heading names, else any that the comment names.
A comment about an element with neither still makes a point, so that nothing said about the draft drops out.

Points are few enough to decide on: objections to one phrase are one point, whatever their reasons, and each
replacement offered is one; a theme about an element is one, whatever the tone. An element whose own part is spoken
of is not counted beside it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from consultation.model import Comment, Phrase, Point, Tag
from consultation.text import fingerprint, sentences, stem, tidy, words

NO_POINT: Final = frozenset({"off_topic", "unclear"})  # set aside: the audit lists how many
NO_THEME: Final = frozenset({"none_of_these"})
REPLACEMENT_WORDS: Final = 12  # a longer rewrite is someone's own text: it is evidence, not a statement
_LIKELY: Final = 0.5  # of a likeness, from which it is more than a hint of what to read
_Row = TypeVar("_Row", Tag, Phrase)
_ONE_POINT: Final = {"remove": "object"}  # who would lose a phrase objects to it
_TONE: Final = {"support": "support", "conditional": "support", "question": "question"}
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
    """One view in one comment, with the words as they were written, less what was redacted."""

    view: View
    comment_id: str
    phrase: str | None = None
    replacement: str | None = None
    theme: str | None = None
    stance: str | None = None


def sayings(
    comments: Iterable[Comment],
    tags: Iterable[Tag],
    phrases: Iterable[Phrase],
    parents: Mapping[str, str | None],
    printed: Mapping[str, str | None],
) -> list[Saying]:
    """Every view of every included comment that a person or group wrote; rejected tags and findings say nothing.

    Nor does a theme, stance or audience that rests on a weak likeness alone, until a person confirms it.
    `parents` gives the parent of each element, `printed` the replacement of a finding as it may be printed. A view,
    and so the id of its point, is made of the words as they were written: redacting some orphans no decision.
    """
    tags_of = _by_comment(tag for tag in tags if tag.status != "rejected" and not _a_guess(tag))
    phrases_of = _by_comment(phrase for phrase in phrases if phrase.status != "rejected")
    told: list[Saying] = []
    for comment in comments:
        if not speaks(comment):
            continue
        own_tags, own_phrases = tags_of.get(comment.comment_id, []), phrases_of.get(comment.comment_id, [])
        if own_tags or own_phrases:
            told.extend(dict.fromkeys(_in_comment(comment, _most_exact(own_tags, parents), own_phrases, printed)))
    return told


def speaks(comment: Comment) -> bool:
    """Whether a comment is evidence: neither set aside nor a facilitator's line."""
    return comment.status == "included" and comment.voice != "facilitator"


def _a_guess(tag: Tag) -> bool:
    likely = tag.status == "confirmed" or tag.origin != "similarity" or tag.score >= _LIKELY
    return not likely and tag.facet != "element"


def _by_comment(rows: Iterable[_Row]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    for row in rows:
        found.setdefault(row.comment_id, []).append(row)
    return found


def _most_exact(tags: Sequence[Tag], parents: Mapping[str, str | None]) -> list[Tag]:
    """The tags without elements of which a part is tagged too: who speaks of 2.3 answers a question about 2."""
    above: set[str] = set()
    for tag in tags:
        code = parents.get(tag.code) if tag.facet == "element" else None
        while code is not None and code not in above:
            above.add(code)
            code = parents.get(code)
    return [tag for tag in tags if tag.facet != "element" or tag.code not in above]


def _in_comment(
    comment: Comment, tags: Sequence[Tag], phrases: Sequence[Phrase], printed: Mapping[str, str | None]
) -> Iterator[Saying]:
    ends = [end for _, end in sentences(comment.text)]
    tags = [replace(tag, start=None) if (tag.start, tag.end) == (0, len(comment.text)) else tag for tag in tags]
    facets = {facet: [tag for tag in tags if tag.facet == facet] for facet in ("element", "theme", "stance")}
    themes = [tag for tag in facets["theme"] if tag.code not in NO_THEME]
    if phrases == [] and themes and all(tag.code in NO_POINT for tag in themes):
        return
    themes = [tag for tag in themes if tag.code not in NO_POINT]
    explained: set[str] = set()
    told_of: set[str | None] = set()
    for phrase in phrases:
        reasons = [tag.code for tag in themes if _together(ends, tag.start, phrase.start)]
        explained.update(reasons, (tag.code for tag in themes if tag.start is None))
        told_of.add(phrase.element)
        yield _of_phrase(phrase, reasons[0] if reasons else None, printed)
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


def _of_phrase(phrase: Phrase, theme: str | None, printed: Mapping[str, str | None]) -> Saying:
    replacement = phrase.replacement
    if replacement and len(words(replacement)) > REPLACEMENT_WORDS:
        replacement = None
    kind = _ONE_POINT.get(phrase.kind, phrase.kind)
    view = View(
        element=phrase.element,
        theme=None,
        stance=_STANCE_OF.get(kind),
        kind=kind,
        phrase=tidy(phrase.phrase) or None,
        replacement=tidy(replacement) if replacement else None,
    )
    return Saying(
        view=view,
        comment_id=phrase.comment_id,
        phrase=phrase.phrase or None,
        replacement=printed.get(phrase.phrase_id, replacement) if replacement else None,
        theme=theme,
        stance=view.stance,
    )


def _of_theme(comment: Comment, element: str | None, theme: str | None, stance: str | None) -> Saying:
    tone = None if theme else _TONE.get(stance or "")
    view = View(element=element, theme=theme, stance=tone)
    return Saying(view=view, comment_id=comment.comment_id, theme=theme, stance=stance)


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

    The words, the theme and the stance shown are those most often given; the statement is left empty.
    """
    by_view: dict[View, list[Saying]] = {}
    for saying, view in zip(told, _alike([saying.view for saying in told]), strict=True):
        by_view.setdefault(view, []).append(saying)
    rows: list[Point] = []
    elements: dict[str, tuple[str, ...]] = {}
    evidence: dict[str, list[str]] = {}
    for view, found in by_view.items():
        rows.append(
            Point(
                point_id=view.point_id,
                theme=_commonest(saying.theme for saying in found),
                stance=_stance({saying.stance for saying in found}, [saying.stance for saying in found]),
                statement="",
                phrase=_commonest(saying.phrase for saying in found),
                replacement=_commonest(saying.replacement for saying in found),
                kind=view.kind,
            )
        )
        elements[view.point_id] = (view.element,) if view.element else ()
        evidence[view.point_id] = sorted({saying.comment_id for saying in found})
    return rows, elements, evidence


def _alike(views: Sequence[View]) -> list[View]:
    """The views, a phrase that lies inside another of the same element and kind named by the one more often meant."""
    counted = Counter(view for view in views if view.phrase)
    kept: dict[tuple[str | None, str | None, str | None], list[tuple[frozenset[str], View]]] = {}
    named: dict[View, View] = {}
    for view in sorted(counted, key=lambda view: (-counted[view], view.phrase or "", view.point_id)):
        stems = frozenset(stem(word) for word in words(view.phrase or ""))
        group = kept.setdefault((view.element, view.kind, view.replacement), [])
        named[view] = next((other for held, other in group if held <= stems or stems <= held), view)
        if named[view] is view:
            group.append((stems, view))
    return [named.get(view, view) for view in views]


def _stance(kinds: set[str | None], told: Sequence[str | None]) -> str | None:
    """The commonest stance; for and against together are mixed."""
    return "mixed" if {"support", "object"} <= kinds else _commonest(told)


def _commonest(texts: Iterable[str | None]) -> str | None:
    counted: Mapping[str, int] = Counter(text for text in texts if text)
    return min(counted, key=lambda text: (-counted[text], text)) if counted else None
