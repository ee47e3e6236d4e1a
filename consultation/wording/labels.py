"""How an element is called in a sentence: by its name, its kind or its code, whichever is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import pandas as pd

from consultation import tables
from consultation.model import Element

WHOLE: Final = "the document as a whole"
_ONLY_ONE: Final = {
    "title": "the title", "document_label": "what the document is called", "vision": "the vision",
    "organisation_vision": "the vision for the organisation",
}  # fmt: skip


def labels(elements: pd.DataFrame) -> dict[str, str]:
    """What to call each element of the table `elements`, by code, in the order of the document.

    A kind of which there is one ("the vision") needs no name; another is called by its name and code, or by its
    kind and code where it has no name.
    """
    rows: list[Element] = tables.rows("elements", elements)
    by_code = {row.code: row for row in sorted(rows, key=lambda row: row.order)}
    kinds: dict[str, set[str]] = {}
    for row in rows:
        kinds.setdefault(row.kind, set()).add(row.code)
    return {code: _label(row, len(kinds[row.kind])) for code, row in by_code.items()}


def _label(row: Element, of_its_kind: int) -> str:
    if of_its_kind == 1 and row.kind in _ONLY_ONE:
        return _ONLY_ONE[row.kind]
    if row.name:
        return f"{row.name} ({row.code})"
    return f"{row.kind.replace('_', ' ')} {row.code}"


def called(codes: Iterable[str], names: Mapping[str, str]) -> str:
    """The elements in one phrase; an unknown code stands for itself, none for the whole document.

    >>> called(["2.1", "2.3"], {"2.1": "Health (2.1)"})
    'Health (2.1) and 2.3'
    """
    told = [names.get(code, code) for code in codes]
    if not told:
        return WHOLE
    return told[0] if len(told) == 1 else ", ".join(told[:-1]) + " and " + told[-1]
