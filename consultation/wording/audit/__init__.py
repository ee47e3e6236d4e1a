"""The audit: is every point answered, and every change accounted for? One page that a monitoring officer can sign.

A list of rules: to add one, write a module with `check(facts)` that yields findings, and name it in `check`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from consultation.model import LedgerEvent, Theme
from consultation.settings import Settings
from consultation.tables import Tables
from consultation.wording.audit import accounted, answered, coverage, kept, stale, survivors, told
from consultation.wording.audit.facts import gather
from consultation.wording.audit.findings import Finding, in_order


def check(
    tables: Tables,
    settings: Settings,
    themes: Sequence[Theme] = (),
    events: Sequence[LedgerEvent] = (),
    *,
    stated: Mapping[str, Mapping[str, int]] | None = None,
) -> list[Finding]:
    """Everything that is open, the gravest first; an empty list may be signed.

    `stated` gives numbers of elements by version and kind that a document states without their wordings being held,
    as in {"draft": {"priority": 17}}. The order of the rows of `tables` makes no difference.
    """
    facts = gather(tables, settings, themes, events)
    found = [
        *answered.check(facts),
        *kept.check(facts),
        *survivors.check(facts),
        *accounted.check(facts, stated or {}),
        *told.check(facts),
        *stale.check(facts),
        *coverage.check(facts),
    ]
    return in_order(found)
