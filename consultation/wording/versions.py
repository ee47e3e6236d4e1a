"""Two versions of a document held against each other: elements worded otherwise, and numbers that changed.

Full stops at the end, case, spaces and kinds of quote do not make a wording another.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from consultation import tables
from consultation.changes import Change
from consultation.changes import compare as compare_words
from consultation.model import Element, Lineage
from consultation.text import tidy
from consultation.wording.proposals.kinds import same

_ALIKE: Final = 0.75  # share of characters in common (difflib) from which an element without its code is the same one


@dataclass(frozen=True, kw_only=True)
class Drift:
    """One element worded otherwise in another document; codes may differ. A missing text is an element that is not
    there at all."""

    code: str | None
    other_code: str | None
    text: str | None
    other_text: str | None
    changes: tuple[Change, ...] = ()


def compare(one: pd.DataFrame, other: pd.DataFrame) -> list[Drift]:
    """The elements of `one` that `other` words otherwise, lacks or adds, in the order of `one`, then of `other`.

    Both are tables `elements` of one version each; rows without a wording are left out. Elements are paired by code
    and, where a code is missing on the other side, with the wording most like it.
    """
    left, right = _held(one), _held(other)
    pairs, lone = _paired(left, right)
    told = [
        Drift(
            code=row.code,
            other_code=partner.code if partner else None,
            text=row.wording,
            other_text=partner.wording if partner else None,
            changes=tuple(compare_words(row.wording or "", partner.wording or "")) if partner else (),
        )
        for row, partner in pairs
        if partner is None or not same(row.wording or "", partner.wording or "")
    ]
    return told + [Drift(code=None, other_code=row.code, text=None, other_text=row.wording) for row in lone]


def _held(table: pd.DataFrame) -> list[Element]:
    rows: list[Element] = tables.rows("elements", table)
    return sorted((row for row in rows if row.wording), key=lambda row: (row.order, row.code))


def _paired(
    left: Sequence[Element], right: Sequence[Element]
) -> tuple[list[tuple[Element, Element | None]], list[Element]]:
    by_code = {row.code: row for row in right}
    free = [row for row in right if row.code not in {row.code for row in left}]
    pairs: list[tuple[Element, Element | None]] = []
    for row in left:
        partner = by_code.get(row.code) or _nearest(row, free)
        if partner in free:
            free.remove(partner)
        pairs.append((row, partner))
    return pairs, free


def _nearest(row: Element, free: Sequence[Element]) -> Element | None:
    def likeness(other: Element) -> float:
        return difflib.SequenceMatcher(None, tidy(row.wording or ""), tidy(other.wording or ""), autojunk=False).ratio()

    best = max(free, key=likeness, default=None)
    return best if best is not None and likeness(best) >= _ALIKE else None


# --- how many there are -------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many elements of a kind there were and are. `gone` and `come` are codes; `why` tells what is missing."""

    kind: str
    before: int
    after: int
    gone: tuple[str, ...]
    come: tuple[str, ...]
    explained: bool
    why: str


def counts(
    elements: pd.DataFrame,
    lineage: pd.DataFrame,
    versions: tuple[str, str],
    stated: Mapping[str, Mapping[str, int]] | None = None,
    explained: Collection[str] = (),
) -> list[Count]:
    """The kinds of which there are more or fewer in the second version than in the first.

    `stated` gives numbers by version and kind where a document states them and its elements are not held, as in
    {"draft": {"priority": 17}}. A change is explained where each element that came or went is in the lineage or has
    a rationale (`explained`), and where no stated number stands against what is held.
    """
    rows: list[Element] = tables.rows("elements", elements)
    descent: list[Lineage] = tables.rows("lineage", lineage)
    known = set(explained) | {row.from_code for row in descent} | {row.to_code for row in descent}
    first, last = ({row.code: row.kind for row in rows if row.version == version} for version in versions)
    told = stated or {}
    kinds = {*first.values(), *last.values(), *(kind for counted in told.values() for kind in counted)}
    found = [_count(kind, first, last, versions, told, known) for kind in sorted(kinds)]
    return [one for one in found if one.before != one.after]


def _count(
    kind: str,
    first: Mapping[str, str],
    last: Mapping[str, str],
    versions: tuple[str, str],
    stated: Mapping[str, Mapping[str, int]],
    known: Collection[str],
) -> Count:
    before = stated.get(versions[0], {}).get(kind, sum(here == kind for here in first.values()))
    after = stated.get(versions[1], {}).get(kind, sum(here == kind for here in last.values()))
    gone = tuple(sorted(code for code, here in first.items() if here == kind and code not in last))
    come = tuple(sorted(code for code, here in last.items() if here == kind and code not in first))
    open_ones = [code for code in (*gone, *come) if code not in known]
    accounted = len(come) - len(gone) == after - before
    if open_ones:
        why = f"nothing explains {', '.join(open_ones)}" if accounted else "nothing on record says which, or why"
    else:
        why = "" if accounted else "nothing on record says which, or why"
    return Count(kind=kind, before=before, after=after, gone=gone, come=come, explained=not why, why=why)
