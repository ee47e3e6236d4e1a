"""The wording room: from tags and phrase findings to points, changes, decisions and a proof that all was answered.

Each module takes tables and the ledger's events and returns tables; `project.py` joins them. `derive` makes every
table of the room at once, `overlay` lays what people said of phrase findings over them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from consultation import history, tables
from consultation.model import LedgerEvent, Theme
from consultation.settings import Settings
from consultation.wording import blocks, decisions, points, proposals


def overlay(phrases: pd.DataFrame, comments: pd.DataFrame, events: Sequence[LedgerEvent]) -> pd.DataFrame:
    """The table `phrases` with the status that people gave; findings in comments that are gone are left out."""
    held = phrases[phrases["comment_id"].isin(set(comments["comment_id"]))]
    told = {key[0]: event.payload["status"] for key, event in
            history.latest(history.active(events, "phrase"), "phrase_id").items()}  # fmt: skip
    status = [told.get(key, now) for key, now in zip(held["phrase_id"], held["status"], strict=True)]
    return tables.conform("phrases", held.assign(status=status))


def derive(
    held: Mapping[str, pd.DataFrame], themes: Sequence[Theme], settings: Settings, events: Sequence[LedgerEvent]
) -> dict[str, pd.DataFrame]:
    """Points, point_elements, point_evidence, proposals, decisions, commitments, blocks and block_rows.

    Needs comments, responses, events, elements (with the recorded wordings), lineage, tags and phrases.
    """
    made = points.gather(
        held["comments"], held["responses"], held["events"], held["elements"], themes, held["tags"], held["phrases"],
        events, quantity_words=settings.quantity_words,
    )  # fmt: skip
    made["proposals"] = proposals.propose(
        held["elements"], held["lineage"], made["points"], made["point_elements"], events, settings.versions
    )
    made |= decisions.fold(events)
    return made | blocks.draft(
        made["points"], made["point_elements"], made["decisions"], made["proposals"], held["elements"], themes, events,
        settings,
    )  # fmt: skip
