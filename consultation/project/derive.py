"""From what was imported, found and written, every derived table: the one place where the rooms meet.

Nothing here holds a rule; each line hands tables from one room to the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from consultation import privacy, reading, tagging, wording
from consultation.model import LedgerEvent, Theme
from consultation.settings import Settings

FOUND: Final = ("tags", "phrases", "personal_data")  # made by slow work; the ledger is laid over them each time


def derive(
    imported: Mapping[str, pd.DataFrame],
    found: Mapping[str, pd.DataFrame],
    written: Mapping[str, pd.DataFrame],
    themes: Sequence[Theme],
    settings: Settings,
    events: Sequence[LedgerEvent],
) -> dict[str, pd.DataFrame]:
    """Every derived table but `identity` and `cells`, which stay where the readers put them."""
    held = {name: table for name, table in reading.apply(imported, events).items() if name not in ("identity", "cells")}
    tags = tagging.overlay(found["tags"], held["comments"], events)
    phrases = wording.overlay(found["phrases"], held["comments"], events)
    personal = privacy.apply(found["personal_data"], events)
    tables = {**held, **written, "tags": tags, "phrases": phrases, "personal_data": personal}
    return {**tables, **wording.derive(tables, themes, settings, events)}
