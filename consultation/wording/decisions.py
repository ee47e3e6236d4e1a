"""What was decided, read from the ledger, and the rules that a decision must obey before it gets there.

The codes are those of `model.py` and those that the workspace adds in its settings; no decision is no row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from consultation import history, tables
from consultation.model import CHANGE_KINDS, DISPOSITIONS, REASONS, Commitment, Decision, LedgerEvent
from consultation.settings import Settings
from consultation.text import fingerprint, nearest, tidy

FIELDS: Final = ("disposition", "reason_code", "reason", "destination", "decided_by", "body", "date")
NEEDS_REASON: Final = frozenset({"retained_with_reason", "deferred"})  # something was asked for and not done
STATUSES: Final = ("open", "done", "dropped")
_MISSPELT: Final = 0.85  # “adoptd” means adopted; “not adopted” means something else


def fold(events: Sequence[LedgerEvent]) -> dict[str, pd.DataFrame]:
    """The tables `decisions` and `commitments`: the last word on each point, proposal and commitment.

    A decision whose disposition was taken back (None) has no row; a dropped commitment keeps its row.
    """
    decided = history.latest(history.active(events, "decision"), "point_id", "proposal_id")
    promised = history.latest(history.active(events, "commitment"), "commitment_id")
    return {
        "decisions": tables.frame(
            "decisions", [_decision(event.payload) for event in decided.values() if event.payload.get("disposition")]
        ),
        "commitments": tables.frame("commitments", [_commitment(event.payload) for event in promised.values()]),
    }


def _decision(payload: Mapping[str, Any]) -> Decision:
    point_id, proposal_id = payload.get("point_id"), payload.get("proposal_id")
    return Decision(
        decision_id="d-" + fingerprint("decision", point_id, proposal_id),
        point_id=point_id,
        proposal_id=proposal_id,
        disposition=str(payload["disposition"]),
        **{name: payload.get(name) for name in FIELDS[1:]},
    )


def _commitment(payload: Mapping[str, Any]) -> Commitment:
    return Commitment(
        commitment_id=str(payload["commitment_id"]),
        text=str(payload["text"]),
        points=tuple(payload.get("points") or ()),
        due=payload.get("due"),
        owner=payload.get("owner"),
        status=str(payload.get("status") or "open"),
    )


def of_points(decisions: pd.DataFrame) -> dict[str, Decision]:
    """The decision on each point that has one."""
    return {row.point_id: row for row in tables.rows("decisions", decisions) if row.point_id}


def of_proposals(decisions: pd.DataFrame) -> dict[str, Decision]:
    """The decision on each proposal that has one."""
    return {row.proposal_id: row for row in tables.rows("decisions", decisions) if row.proposal_id}


# --- codes --------------------------------------------------------------------------------------------------------


def dispositions(settings: Settings) -> dict[str, str]:
    """Code -> what to call it, the workspace's own after ours."""
    return {**DISPOSITIONS, **settings.dispositions}


def reasons(settings: Settings) -> dict[str, str]:
    return {**REASONS, **settings.reasons}


def change_kinds(settings: Settings) -> dict[str, str]:
    return {**CHANGE_KINDS, **settings.change_kinds}


def code_of(told: str, codes: Mapping[str, str]) -> str | None:
    """The code that a person means: by code or by name, whatever its case and spaces.

    >>> code_of("Kept, with a reason", DISPOSITIONS), code_of("?", DISPOSITIONS)
    ('retained_with_reason', None)
    """
    said = tidy(told)
    for code, name in codes.items():
        if said in (tidy(name), tidy(code), tidy(code.replace("_", " "))):
            return code
    return None


def nearest_name(told: str, codes: Mapping[str, str]) -> str:
    """What to do about a code that is none: the name that it misspells, or all of them."""
    near = nearest(told, codes.values(), alike=_MISSPELT)
    return f"Did you mean “{near}”?" if near else "Choose one of: " + "; ".join(codes.values()) + "."


def faults(decision: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What is wrong with a decision, as (field, what, what to do); empty where it may be recorded.

    Text is required whenever something was asked for and not done, and a destination whenever it was passed on.
    """
    told = {name: decision.get(name) for name in FIELDS}
    if not told["disposition"]:
        if not any(told.values()):
            return []
        return [
            ("disposition", "There is no disposition beside the rest.", "Choose one, or empty the other cells too.")
        ]
    wrong = []
    if told["disposition"] in NEEDS_REASON and not told["reason"]:
        wrong.append(
            ("reason", "It says that something was not done, but not why.", "Write the reason in plain words.")
        )
    if told["disposition"] == "redirected" and not told["destination"]:
        wrong.append(
            ("destination", "It was passed on, but not where to.", "Name the part of the plan that it went to.")
        )
    return wrong
