"""How an element is called in a sentence: by its name, its kind or its code, whichever is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from consultation import tables
from consultation.model import Element
from consultation.words import Words, english


def labels(elements: pd.DataFrame, words: Words | None = None) -> dict[str, str]:
    """What to call each element of the table `elements`, by code, in the order of the document.

    A kind of which there is one ("the vision") needs no name; another is called by its name and code, or by its
    kind and code where it has no name.
    """
    rows: list[Element] = tables.rows("elements", elements)
    by_code = {row.code: row for row in sorted(rows, key=lambda row: row.order)}
    kinds: dict[str, set[str]] = {}
    for row in rows:
        kinds.setdefault(row.kind, set()).add(row.code)
    return {code: _label(row, len(kinds[row.kind]), words or english()) for code, row in by_code.items()}


def _label(row: Element, of_its_kind: int, words: Words) -> str:
    if of_its_kind == 1 and words.has(f"only.{row.kind}"):
        return words(f"only.{row.kind}")
    if row.name:
        return words("element.named", name=row.name, code=row.code)
    return words("element.unnamed", kind=words.name("kind", row.kind), code=row.code)


def called(codes: Iterable[str], names: Mapping[str, str], words: Words | None = None) -> str:
    """The elements in one phrase; an unknown code stands for itself, none for the whole document.

    >>> called(["2.1", "2.3"], {"2.1": "Health (2.1)"})
    'Health (2.1) and 2.3'
    """
    words = words or english()
    return words.listed(names.get(code, code) for code in codes) or words("element.whole")
