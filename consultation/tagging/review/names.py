"""Codes as people read them: “2.3 Affordable homes” in a cell for the code 2.3, and back, however it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

import pandas as pd

from consultation import tables
from consultation.model import FACETS, STANCES, Element, Theme
from consultation.tagging.rules.audience import known
from consultation.text import nearest, slug, tidy

_SHORT: Final = 44  # characters of an element's wording, where it has no name
_MISSPELT: Final = 0.85  # so near to a name on the list that it is meant
_NAME: Final = re.compile(r"(?=.*[^\W\d_])[^;\n]{2,60}")  # of an audience that is not on the list
_LONGEST: Final = 60  # characters of a wrong name that are told back


@dataclass(frozen=True, kw_only=True)
class Unknown:
    """What stands in a cell and is no code: what is wrong and what to do."""

    what: str
    do: str


@dataclass(frozen=True, kw_only=True)
class Names:
    """One facet: code -> what a cell shows, in order. `open`: a person may name one that is not on the list."""

    facet: str
    shown: Mapping[str, str]
    plain: Mapping[str, str]  # code -> its name alone
    open: bool = False

    def code(self, told: str) -> str | Unknown:
        """The code that a cell means: by what we showed, by its code, or by its name."""
        wanted = tidy(told)
        for meant in (self.shown, {code: code for code in self.shown}, self.plain):
            found = [code for code, words in meant.items() if tidy(words) == wanted]
            if len(found) == 1:
                return self._as_typed(found[0], told)
        return self._other(told)

    def _as_typed(self, code: str, told: str) -> str | Unknown:
        if told == code and "." in code and f"{code}0" in self.shown:
            return Unknown(
                what=f"“{told}” may be {code} or {code}0: Excel drops the last nought of a number.",
                do=f"Choose “{self.shown[code]}” or “{self.shown[f'{code}0']}” from the list.",
            )
        return code

    def _other(self, told: str) -> str | Unknown:
        near = nearest(told, [*self.shown.values(), *self.plain.values()])
        misspelt = near is not None and SequenceMatcher(None, tidy(told), tidy(near)).ratio() >= _MISSPELT
        if self.open and not misspelt and _NAME.fullmatch(told):
            return slug(told).replace("-", "_")
        listed = {name: self.shown[code] for code, name in self.plain.items()}
        do = f"Did you mean “{listed.get(near, near)}”?" if near else "Choose from the list of the cell."
        return Unknown(what=f"“{told[:_LONGEST]}” is not on the list.", do=do)


def names(
    elements: pd.DataFrame, themes: Sequence[Theme], tags: pd.DataFrame, audiences: Sequence[Theme] = ()
) -> dict[str, Names]:
    """The names of every facet, in the order of the framework and the codebook.

    Audiences are those that the workspace lists, else those that the program knows; and all that tags use.
    """
    listed = {theme.code: theme.name for theme in audiences} or {code: _spoken(code) for code in known()}
    used = sorted(set(tags.loc[tags["facet"] == "audience", "code"]) - set(listed))
    made = (
        _coded("element", _elements(tables.rows("elements", elements))),
        _named("theme", {theme.code: theme.name or _spoken(theme.code) for theme in themes}),
        _named("stance", {code: code for code in STANCES}),
        _named("audience", listed | {code: _spoken(code) for code in used}, open=True),
    )
    return {facet: next(each for each in made if each.facet == facet) for facet in FACETS}


def _elements(rows: Iterable[Element]) -> dict[str, str]:
    told: dict[str, Element] = {}
    for row in sorted(rows, key=lambda row: (row.order, row.code)):
        told.setdefault(row.code, row)
    return {code: row.name or _first_words(row) or _spoken(row.kind) for code, row in told.items()}


def _first_words(row: Element) -> str:
    words = row.wording or "; ".join(row.known_phrases)
    return words if len(words) <= _SHORT else words[:_SHORT].rsplit(" ", 1)[0] + " …"


def _coded(facet: str, plain: Mapping[str, str]) -> Names:
    """“2.3 Affordable homes”, “label: What it is called”, “Vision”."""
    shown = {}
    for code, name in plain.items():
        same = tidy(code) == tidy(name)
        shown[code] = name if same else f"{code} {name}" if any(sign.isdigit() for sign in code) else f"{code}: {name}"
    return Names(facet=facet, shown=shown, plain=plain)


def _named(facet: str, plain: Mapping[str, str], *, open: bool = False) -> Names:
    """The name alone, with its code where another has the same name."""
    folded = [tidy(name) for name in plain.values()]
    shown = {code: name if folded.count(tidy(name)) == 1 else f"{name} ({code})" for code, name in plain.items()}
    return Names(facet=facet, shown=shown, plain=plain, open=open)


def _spoken(code: str) -> str:
    return code.replace("_", " ")
