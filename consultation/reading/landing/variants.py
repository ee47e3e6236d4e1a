"""Versions of one questionnaire (easy-read, Welsh, paper): their questions mapped onto those of the main version.

Answers to the same question then stand under one question, whichever version they came by. A missing question stays
blank; nothing is assumed. The scale of a version is mapped by `values` of its column.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final

from consultation import model, tables
from consultation.reading.landing.questions import ANSWERED
from consultation.settings import Column, SourceSettings
from consultation.tables import Tables
from consultation.text import slug, tidy

_VERSION = re.compile(
    r"[-_ ]*(?:easy[-_ ]?read|er|welsh|cymraeg|cy|hard[-_ ]?copy|paper|postal|large[-_ ]?print|bsl|young[-_ ]?people|"
    r"hawdd[-_ ]?ei[-_ ]?ddeall)$"
)
_NUMBER = re.compile(r"\W*(?:q|c|question|cwestiwn)?\s*\.?(\d+[a-z]?)\b[.):\s]", re.I)
_ALIKE: Final = 0.75


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """The mapping with its proposals, and the question for a person."""

    settings: SourceSettings
    ambiguous: tuple[str, ...] = ()


def main_version(name: str, settings: SourceSettings, known: Tables) -> str | None:
    """The name of the source that is the main version: as the mapping says, or as the names of the files suggest."""
    if settings.variant_of:
        return settings.variant_of
    bare = _VERSION.sub("", slug(name))
    held = {slug(str(told)): str(told) for told in known["sources"]["name"]} if "sources" in known else {}
    return held.get(bare) if bare != slug(name) else None


def propose(name: str, settings: SourceSettings, known: Tables) -> Proposed:
    """Give each question of a version its counterpart: by its number, or by nearly the same words."""
    main = main_version(name, settings, known)
    asked = shared(main, known)
    if main is None or not asked:
        return Proposed(settings=settings)
    columns = tuple(
        replace(column, same_as=_counterpart(column, asked))
        if column.role in ANSWERED and not column.same_as
        else column
        for column in settings.columns
    )
    pairs = "; ".join(f"{column.column} = “{column.same_as}”" for column in columns if column.same_as)
    open_ = ", ".join(column.column for column in columns if column.role in ANSWERED and not column.same_as)
    question = f"This looks like another version of “{main}”. Are these the same questions: {pairs or 'none found'}?"
    question += f" Columns {open_} have no counterpart." if open_ else ""
    question += " Set `same_as` (and `values` for its scale) in the mapping."
    return Proposed(settings=replace(settings, columns=columns, variant_of=main), ambiguous=(question,))


def shared(main: str | None, known: Tables) -> Mapping[str, model.Question]:
    """The questions of the main version by their folded words; empty where it is not held."""
    if main is None or "sources" not in known or "questions" not in known:
        return {}
    sources = known["sources"]
    ids = sources.loc[sources["name"].map(lambda told: slug(str(told))) == slug(main), "source_id"]
    questions = known["questions"]
    held: list[model.Question] = tables.rows("questions", questions[questions["source_id"].isin(ids)])
    return {tidy(question.text): question for question in held}


def _counterpart(column: Column, asked: Mapping[str, model.Question]) -> str | None:
    words = column.question or column.heading
    number = _NUMBER.match(column.heading) or _NUMBER.match(words)
    if number:
        for question in asked.values():
            other = _NUMBER.match(question.text)
            if other and other[1].lower() == number[1].lower():
                return question.text
    close = [(SequenceMatcher(None, tidy(words), told).ratio(), question.text) for told, question in asked.items()]
    best = max(close, default=(0.0, ""))
    return best[1] if best[0] >= _ALIKE else None
