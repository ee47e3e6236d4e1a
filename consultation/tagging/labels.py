"""What can be suggested: the codes of each facet with the words that describe them.

Elements come from the framework, themes from the codebook, stances from the vocabulary, audiences from the
workspace or from `rules/audience.py`. A facet is added with one function here and one source of evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import pandas as pd

from consultation import tables
from consultation.codebook import ALWAYS
from consultation.model import STANCES, Element, Theme
from consultation.tagging.rules import audience
from consultation.text import tidy

LEFT_OVER: Final = tuple(theme.code for theme in ALWAYS)  # never suggested from words: people use them


@dataclass(frozen=True, kw_only=True)
class Label:
    """One code of one facet. `text` describes it for similarity; `sayings` are words someone would say it with."""

    facet: str
    code: str
    name: str
    text: str
    sayings: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    kind: str = ""
    parent: str | None = None
    wordings: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Book:
    """All labels by facet, in the order in which the officer wrote them."""

    elements: tuple[Label, ...] = ()
    themes: tuple[Label, ...] = ()
    stances: tuple[Label, ...] = ()
    audiences: tuple[Label, ...] = ()
    themes_as_written: tuple[Theme, ...] = field(default=(), repr=False)
    audiences_as_written: tuple[Theme, ...] = field(default=(), repr=False)

    def of(self, facet: str) -> tuple[Label, ...]:
        """The labels of a facet, one of `model.FACETS`."""
        return {
            "element": self.elements, "theme": self.themes, "stance": self.stances, "audience": self.audiences,
        }[facet]  # fmt: skip

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """Codes directly under each element."""
        below: dict[str, list[str]] = {}
        for label in self.elements:
            if label.parent:
                below.setdefault(label.parent, []).append(label.code)
        return {code: tuple(codes) for code, codes in below.items()}

    def subtree(self, code: str) -> frozenset[str]:
        """The element and all that stand under it."""
        found: set[str] = set()
        queue = [code]
        while queue:
            here = queue.pop()
            if here not in found:
                found.add(here)
                queue.extend(self.children.get(here, ()))
        return frozenset(found)


def book(elements: pd.DataFrame, themes: Sequence[Theme], audiences: Sequence[Theme] = ()) -> Book:
    """The labels of a framework (table `elements`, every version of it) and a codebook."""
    return Book(
        elements=tuple(_elements(tables.rows("elements", elements))),
        themes=tuple(_theme(theme) for theme in themes if theme.code not in LEFT_OVER or theme.cues or theme.examples),
        stances=tuple(Label(facet="stance", code=code, name=code, text=code) for code in STANCES),
        audiences=tuple(_audiences(audiences)),
        themes_as_written=tuple(themes),
        audiences_as_written=tuple(audiences),
    )


def _elements(rows: Iterable[Element]) -> Iterable[Label]:
    by_code: dict[str, list[Element]] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row)
    for code, versions in sorted(by_code.items(), key=lambda item: (item[1][0].order, item[0])):
        first = versions[0]
        names = _distinct(row.name for row in versions)
        wordings = _distinct(row.wording for row in versions)
        phrases = _distinct(phrase for row in versions for phrase in row.known_phrases)
        kind = first.kind.replace("_", " ")
        yield Label(
            facet="element",
            code=code,
            name=names[0] if names else wordings[0] if wordings else code,
            text=". ".join((*names, *wordings, *phrases)) or kind,
            kind=kind,
            parent=first.parent,
            sayings=names,
            wordings=wordings,
            phrases=phrases,
        )


def _audiences(own: Sequence[Theme]) -> Iterable[Label]:
    for code, name in [(one.code, one.name) for one in own] or [(code, code) for code in audience.known()]:
        yield Label(facet="audience", code=code, name=name.replace("_", " "), text=name)


def _theme(theme: Theme) -> Label:
    told = (theme.name, theme.definition, theme.include, "; ".join(theme.cues), *theme.examples)
    return Label(
        facet="theme",
        code=theme.code,
        name=theme.name or theme.code,
        text=". ".join(part for part in told if part) or theme.code.replace("_", " "),
        sayings=theme.cues,
        examples=theme.examples,
        parent=theme.parent,
    )


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    """Each value once, told apart without regard to case and spacing."""
    seen: dict[str, str] = {}
    for value in values:
        if value and tidy(value):
            seen.setdefault(tidy(value), value)
    return tuple(seen.values())
