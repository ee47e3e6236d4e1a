"""What a column means beside others: which open question explains which closed one, and which element one asks about.

`looks` are the columns of a draft in their order, as `mapping.py` has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from consultation.reading.grids.grid import letter
from consultation.text import tidy

_EXPLAINS: Final = re.compile(
    r"\b(?:why|reasons?|explain|explanation|comments?|tell us more|elaborate|expand|your answer|pam|esboni\w*)\b", re.I
)


def pair(looks: Sequence[Any]) -> None:
    """An open question explains the closed one before it: by a shared stem, or by asking why within two questions."""
    closed = ("closed", "multi", "matrix", "ranking", "respondent_type")
    for place, look in enumerate(looks):
        if look.made is None or look.made.role not in ("comment", "other_text"):
            continue
        before = [other for other in looks[:place] if other.made is not None and other.made.role in closed]
        same = [other for other in before if tidy(other.title.stem) == tidy(look.title.stem)]
        near = [other for other in before[-1:] if place - looks.index(other) <= 2]
        if same:
            look.made = replace(look.made, explains=letter(same[-1].column))
        elif near and _EXPLAINS.search(look.heading) and look.made.role == "comment" and not _general(look.heading):
            look.made = replace(look.made, explains=letter(near[-1].column))


def _general(heading: str) -> bool:
    return bool(re.search(r"\b(?:any|anything else|further|additional|final|general)\b|^comments?\W*$", heading, re.I))


def name_elements(looks: Sequence[Any], elements: pd.DataFrame | None) -> None:
    """The elements a question asks about: those whose code, name or wording its words hold; the longest name first."""
    if elements is None or not len(elements):
        return
    known = list(_element_names(elements))
    for look in looks:
        words = f" {tidy(look.heading)} "
        found = [code for code, pattern in known if pattern.search(words)]
        if found:
            look.made = replace(look.made, elements=tuple(dict.fromkeys(found)))


def _element_names(elements: pd.DataFrame) -> Iterable[tuple[str, re.Pattern[str]]]:
    for code, name, wording in zip(elements["code"], elements["name"], elements["wording"], strict=True):
        told = str(code)
        if re.fullmatch(r"\d+(?:\.\d+)+[a-z]?|[A-Za-z]{1,4}\d+(?:\.\d+)*", told):
            yield told, re.compile(rf"(?<![\w.]){re.escape(told.casefold())}(?![\w]|\.\d)")
        elif re.fullmatch(r"\d+", told):
            yield (
                told,
                re.compile(
                    rf"\b(?:outcome|priority|aim|objective|principle|section|ambition|goal|theme|proposal)\s+{told}(?![\w]|\.\d)"
                ),
            )
        elif len(told) > 3:
            yield told, re.compile(rf"\b{re.escape(tidy(told.replace('_', ' ')))}\b")
        for words in (name, wording):
            if isinstance(words, str) and len(tidy(words)) > 3:
                yield told, re.compile(rf"(?<!\w){re.escape(tidy(words).rstrip('.'))}(?!\w)")
