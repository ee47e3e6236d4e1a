"""Where two officers read one comment differently, and the sheet on which an adjudicator settles it.

Both readings stay in the ledger; a ruling is an event of its own beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import pandas as pd

from consultation import history
from consultation.model import FACETS, LedgerEvent
from consultation.sheets import Row, Value
from consultation.tagging.review import layout
from consultation.tagging.review.names import Names
from consultation.tagging.review.taking import Taking
from consultation.tagging.review.views import View, views
from consultation.text import fingerprint


@dataclass(frozen=True, kw_only=True)
class Clash:
    """Two officers differ on a facet of one comment, or of several that share a row in both files.

    `first_says`, `second_says` are all codes of the facet that each confirmed; `codes` are those on which they differ.
    As text it says where the two stand, never what was written.
    """

    clash_id: str
    comment_ids: tuple[str, ...]
    facet: str
    codes: tuple[str, ...]
    first: View
    second: View

    @property
    def first_says(self) -> tuple[str, ...]:
        return self.first.yes(self.facet)

    @property
    def second_says(self) -> tuple[str, ...]:
        return self.second.yes(self.facet)

    def __str__(self) -> str:
        told = [
            f"{view.place or view.comment_id}: {view.officer} says {', '.join(says) or 'none'}"
            for view, says in ((self.first, self.first_says), (self.second, self.second_says))
        ]
        return f"{self.facet.capitalize()} of {self.comment_ids[0]}: " + "; ".join(told)


def clashes(events: Sequence[LedgerEvent]) -> list[Clash]:
    """Every facet of every comment on which two officers differ and nobody has ruled since, by first officer and row.

    They differ on a code that one confirmed and the other rejected, or left out of a comment that they have read.
    """
    by_comment: dict[str, list[View]] = {}
    for view in views(events).values():
        by_comment.setdefault(view.comment_id, []).append(view)
    ruled = {
        (event.payload["comment_id"], event.payload["facet"], event.payload["code"]): event.seq
        for event in history.active(events, "adjudicate")
    }
    found = [
        clash
        for held in by_comment.values()
        for first, second in combinations(sorted(held, key=lambda view: view.officer), 2)
        for facet in FACETS
        if (clash := _clash(facet, first, second, ruled))
    ]
    return sorted(_joined(found), key=_reading_order)


def _clash(facet: str, first: View, second: View, ruled: Mapping[tuple[str, str, str], int]) -> Clash | None:
    codes = tuple(
        sorted(
            code
            for one, other in ((first, second), (second, first))
            for code in one.yes(facet)
            if other.denies(facet, code)
            and ruled.get((one.comment_id, facet, code), -1) <= max(one.since(facet, code), other.since(facet, code))
        )
    )
    if not codes:
        return None
    told = (first.comment_id, facet, first.officer, second.officer, first.yes(facet), second.yes(facet))
    return Clash(
        clash_id="cl-" + fingerprint(*told), comment_ids=(first.comment_id,), facet=facet, codes=codes,
        first=first, second=second,
    )  # fmt: skip


def _joined(found: Iterable[Clash]) -> list[Clash]:
    """One clash for the comments that stood in one row of both files."""
    kept: dict[tuple[object, ...], Clash] = {}
    for clash in found:
        places = (clash.first.place, clash.second.place)
        alone = clash.clash_id if None in places else ""
        key = (*places, clash.facet, clash.first_says, clash.second_says, alone)
        if (held := kept.get(key)) is None:
            kept[key] = clash
        else:
            main = min(held, clash, key=lambda one: one.comment_ids[0])
            kept[key] = replace(main, comment_ids=tuple(sorted((*held.comment_ids, *clash.comment_ids))))
    return list(kept.values())


def _reading_order(clash: Clash) -> tuple[object, ...]:
    place = clash.first.place
    row = (place.row or 0) if place else 0
    return (clash.first.officer, clash.second.officer, row, clash.comment_ids[0], FACETS.index(clash.facet))


# --- the sheet ----------------------------------------------------------------------------------------------------


def rows(found: Iterable[Clash], comments: pd.DataFrame, called: Mapping[str, Names]) -> Iterator[dict[str, Value]]:
    """The rows of the sheet “Clashes”."""
    texts = dict(zip(comments["comment_id"], comments["text"], strict=True))
    for clash in found:
        shown = called[clash.facet].shown
        says = [_says(view, clash.facet, shown) for view in (clash.first, clash.second)]
        yield {
            layout.TEXT: texts.get(clash.comment_ids[0]), "About": clash.facet,
            "First": clash.first.officer, "The first says": says[0],
            "Second": clash.second.officer, "The second says": says[1],
            "Where": "\n".join(str(view.place) for view in (clash.first, clash.second) if view.place),
            layout.CLASH_ID: clash.clash_id,
        }  # fmt: skip


def _says(view: View, facet: str, shown: Mapping[str, str]) -> str:
    """What one of the two says, and their note on it."""
    told = "\n".join(shown.get(code, code) for code in view.yes(facet)) or "none"
    return f"{told}\n({view.note})" if view.note else told


def take(taking: Taking, rows: Iterable[Row], events: Sequence[LedgerEvent]) -> None:
    """Record each ruling as `adjudicate` events, one for each code on which the two readings differ."""
    open_now = {clash.clash_id: clash for clash in clashes(events)}
    ruled = {str(event.payload.get("clash")): event for event in history.active(events, "adjudicate")}
    for row in rows:
        key = row[layout.CLASH_ID]
        if not row[layout.RULING]:
            continue
        ruling = taking.choice(row, layout.RULING, layout.RULINGS)
        clash = open_now.get(key)
        if ruling and clash is None:
            _refuse_closed(taking, row, ruling, ruled.get(key))
        elif ruling == "both" and clash and clash.facet == "stance":
            taking.refuse(row, layout.RULING, "A comment has one stance.", "Choose one of the two, or “neither”.")
        elif ruling and clash:
            for payload in _ruled(clash, ruling, row[layout.RULING_NOTE]):
                taking.record("adjudicate", payload, row)


def _refuse_closed(taking: Taking, row: Row, ruling: str, before: LedgerEvent | None) -> None:
    if before is None:
        taking.refuse(
            row, layout.CLASH_ID, "One of the two has read this anew since the workbook was written.",
            "Look at it in a new workbook: consultation review out FILE.xlsx",
        )  # fmt: skip
    elif before.payload.get("ruling") != ruling:
        taking.refuse(
            row, layout.RULING, f"{before.who} ruled “{layout.RULINGS[before.payload['ruling']]}” on {before.at[:10]}.",
            "To change it, take those events back first with: consultation undo",
        )  # fmt: skip


def _ruled(clash: Clash, ruling: str, note: str) -> Iterator[dict[str, Any]]:
    holds = {
        "first": set(clash.first_says),
        "second": set(clash.second_says),
        "both": {*clash.first_says, *clash.second_says},
        "neither": set(),
    }[ruling]
    for comment_id in clash.comment_ids:
        for code in clash.codes:
            yield {
                "comment_id": comment_id, "facet": clash.facet, "code": code,
                "status": "confirmed" if code in holds else "rejected",
                "between": [clash.first.officer, clash.second.officer], "clash": clash.clash_id,
                "ruling": ruling, "note": note,
            }  # fmt: skip
