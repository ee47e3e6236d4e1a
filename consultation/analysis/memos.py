"""Notes that people made on anything: an id, an element's code, a theme's code."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from consultation import history, tables
from consultation.model import LedgerEvent, Memo


def fold(events: Sequence[LedgerEvent]) -> pd.DataFrame:
    """The table `memos`: those that nobody took back."""
    return tables.frame(
        "memos",
        [
            Memo(
                memo_id=event.event_id, about=str(event.payload["about"]), text=str(event.payload["text"]),
                who=event.who, at=event.at,
            )
            for event in history.active(events, "memo")
        ],
    )  # fmt: skip
