"""From what was imported, found and written, every derived table: the one place where the rooms meet.

Nothing here holds a rule; each line hands tables from one room to the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from consultation import privacy, reading
from consultation.analysis import memos
from consultation.model import LedgerEvent, Theme
from consultation.settings import Settings
from consultation.tagging import people
from consultation.wording import blocks, decisions, points, proposals
from consultation.words import Words

FOUND: Final = (
    "tags",
    "phrases",
    "personal_data",
    "duplicates",
    "points",
    "point_elements",
    "point_evidence",
)  # made by slow work; the ledger is laid over them each time. Points are here only once the words of comments are gone


def derive(
    imported: Mapping[str, pd.DataFrame],
    found: Mapping[str, pd.DataFrame],
    written: Mapping[str, pd.DataFrame],
    themes: Sequence[Theme],
    settings: Settings,
    events: Sequence[LedgerEvent],
    words: Words,
) -> dict[str, pd.DataFrame]:
    """Every derived table but `identity` and `cells`, which stay where the readers put them."""
    held = {name: table for name, table in reading.apply(imported, events).items() if name not in ("identity", "cells")}
    current = {name: _still_there(table, held) for name, table in found.items()}
    elements, lineage = written["elements"], written["lineage"]
    tags = people.lay_over(current["tags"], events, held["comments"])
    personal_data = privacy.apply(current["personal_data"], events)
    phrases = privacy.redact_phrases(current["phrases"], held["comments"], personal_data)
    said = points.gather(
        held["comments"], held["responses"], held["events"], elements, themes, tags, current["phrases"], events,
        quantity_words=settings.quantity_words, words=words, printed=phrases, kept=current,
    )  # fmt: skip
    proposed = proposals.propose(elements, lineage, said["points"], said["point_elements"], events, settings.versions)
    decided = decisions.fold(events)
    report = blocks.draft(
        said["points"], said["point_elements"], decided["decisions"], proposed, elements, themes, events, settings,
        evidence=said["point_evidence"], words=words,
    )  # fmt: skip
    return {
        **held, **written, **said, **decided, **report,
        "tags": tags, "phrases": phrases, "personal_data": personal_data,
        "duplicates": current["duplicates"], "proposals": proposed, "memos": memos.fold(events),
    }  # fmt: skip


def to_keep(
    imported: Mapping[str, pd.DataFrame],
    found: Mapping[str, pd.DataFrame],
    written: Mapping[str, pd.DataFrame],
    events: Sequence[LedgerEvent],
) -> dict[str, pd.DataFrame]:
    """Points as the comments give them now, for `found` once the words of the comments are purged.

    What was redacted in a replacement stays out of them, and so does what nobody has settled.
    """
    held = reading.apply(imported, events)
    current = {name: _still_there(table, held) for name, table in found.items()}
    personal_data = privacy.apply(current["personal_data"], events)
    printed = privacy.redact_phrases(current["phrases"], held["comments"], personal_data, settled=("redacted", "open"))
    tags = people.lay_over(current["tags"], events, held["comments"])
    return points.as_said(
        held["comments"], written["elements"], tags, current["phrases"], printed=printed, kept=current
    )


def _still_there(table: pd.DataFrame, held: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The rows about comments and responses that a newer export still holds; points are about many."""
    if "comment_id" not in table.columns:
        return table
    kept = table["comment_id"].isna() | table["comment_id"].isin(held["comments"]["comment_id"])
    if "response_id" in table.columns:
        kept &= table["response_id"].isin(held["responses"]["response_id"])
    return table[kept].reset_index(drop=True)
