"""Honest counts: who said a point, by type of respondent, with small numbers withheld; words and shares with a base.

Responses, comments, workshop lines and participants are different things and are never added up. Shares are of
responses only: a workshop line is a group's, so no share of people comes from it.
"""

from __future__ import annotations

from collections.abc import Mapping

from consultation.model import Point
from consultation.reporting.view import View
from consultation.statements import subject
from consultation.words import quantity_word


def plainly(view: View, point: Point) -> str:
    """Each count of a point by its own name, with and without campaigns; an empty text where none is stated."""
    return ", ".join(counted(view, point))


def counted(view: View, point: Point) -> list[str]:
    """Each count of a point that is not nought, in words."""
    responses, comments = view.apart.get(point.point_id, (None, None))
    told = (
        number_of(view, "responses", point.n_responses, responses),
        number_of(view, "comments", point.n_comments, comments),
        number_of(view, "events", point.n_events, None),
    )
    return [text for text in told if text]


def number_of(view: View, name: str, count: int | None, without: int | None) -> str:
    """A count with its name, and the count without campaigns where that is known and differs; nothing for nought."""
    words = view.words
    told = words(f"count.{name}", count=count, number=words.number(count)) if count else ""
    if not told or without is None or without == count:
        return told
    return words("count.without_campaigns", counted=told, number=words.number(without))


def how_many(view: View, point: Point) -> str:
    """The same with the quantity word: as a person stated it, else of the declared scale with its base."""
    words, told = view.words, [plainly(view, point)]
    base = len(view.included)
    if point.quantity:
        told.append(words("counts.stated", word=point.quantity))
    elif point.n_responses and point.n_responses > 1 and base:
        word = quantity_word(point.n_responses, base, view.settings.quantity_words)
        told.append(words("counts.of_base", word=word, base=words.number(base)))
    return ": ".join(part for part in told if part) or words("not_stated")


def groups(view: View, point: Point) -> str:
    """Who said a point: types of respondent with their counts where responses are held, else as it was recorded."""
    words = view.words
    if point.n_responses is None:
        named = [group for group in point.groups if "=" not in group]
        return _upper(words.listed(named) or words("not_stated"))
    counts = view.said_by(point.point_id)
    if not any(counts.values()):
        return words("counts.too_few") if counts else words("not_stated")
    told = sized(view, counts)
    if sum(count or 0 for count in counts.values()) < point.n_responses:
        told.append(words("counts.others"))
    return _upper(", ".join(told))


def sized(view: View, sizes: Mapping[str, int | None]) -> list[str]:
    """The groups of which the number may be told, the most first."""
    words = view.words
    known = sorted(((name, count) for name, count in sizes.items() if count), key=lambda part: (-part[1], part[0]))
    return [words("counts.group", group=name, number=words.number(count)) for name, count in known]


def who(view: View, point: Point) -> str:
    """Who said it, to begin a sentence with: a quantity word that a person stated, else one person, else types of
    respondent that are many enough to be named, else people. A group that few belong to is never named beside what it
    said."""
    by = subject(point)
    if point.quantity:
        return _upper(point.quantity)
    if by != "you":
        return view.words(f"who.{by}", vary=point.point_id)
    if point.n_responses is None:
        named = [group for group in point.groups if "=" not in group]
    else:
        named = [name for name, count in view.said_by(point.point_id).items() if count]
    return _upper(view.words.listed(named)) if named else view.words("who.you")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
