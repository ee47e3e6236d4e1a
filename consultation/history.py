"""How the ledger's events are read: which still stand, and what the last one about something says.

The ledger is append-only, so the present is a fold of it. These functions are the only fold there is; each room
asks for the kinds of event that concern it. To add a kind, add a line to `EVENTS`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from consultation.model import LedgerEvent

EVENTS: Final[dict[str, str]] = {
    "import": "source_id, name, sha256, mapping (a mark of it): a file was read",
    "exclude": "table (responses or comments), ids, reason: set aside, never deleted",
    "duplicate": "response_id or comment_id, duplicate_of: a person confirmed that it is one; or duplicate_of None and "
    "apart_from: that it is none",
    "campaign": "campaign_id, name, response_ids, standard_ids (of these, who sent its words unchanged), comment_ids: "
    "a person confirmed that these responses are one campaign; without response_ids: that they are none",
    "reassign": "comment_id, question_id: moved to another question, with reason",
    "tag": "comment_id, facet, code, status (confirmed or rejected), start, end, note, suggestion (score, origin, "
    "model): what the program had suggested, where it had",
    "read": "comment_id, how (agreed, changed, unsure, off_topic), blind, file, row, mark: a person read this comment; "
    "unless unsure, what they did not confirm in it does not apply for them. blind: they saw no suggestions; "
    "drawn: chance chose it for them",
    "adjudicate": "comment_id, facet, code, status, between, clash, note: a clash of two officers settled",
    "theme": "action (add, rename, merge, split, redefine), code, ...: the codebook changed",
    "redaction": "comment_id, start, end, kind, status (redacted or kept), reason",
    "point": "point_id, action (add, reword: any of statement, elements, theme, stance, kind, phrase, replacement, "
    "topic; merge: into; split: into, comments; link, unlink: comments; withdraw: reason)",
    "proposal": "proposal_id, element, and any of change_kinds, points, own_words as a person confirmed them",
    "decision": "point_id or proposal_id, disposition, reason_code, reason, destination, decided_by, body, date",
    "wording": "element, version, wording; for a new element also kind, parent, name, after",
    "lineage": "from_code, to_code, change_kind",
    "commitment": "commitment_id, text, points, due, owner, status",
    "block": "block_id, topic, elements, order",
    "block_row": "block_id, row_id, side, order, statement, point_ids; statement None takes it out",
    "quantity": "point_id, word, reason: a quantity word set by a person",
    "memo": "about (any id), text",
    "supply": "what, sha256, to, date: put before the decision-makers",
    "publish": "form, file, sha256, manifest",
    "purge": "tables, reason: verbatim text removed at the end of retention",
    "undo": "event_id: that event no longer stands",
}


def active(events: Iterable[LedgerEvent], *kinds: str) -> list[LedgerEvent]:
    """The events of these kinds (all, if none is named) that no later undo took back, in order.

    An undo may itself be undone; then the first event stands again.
    """
    told = list(events)
    gone = taken_back(told)
    return [
        event
        for event in told
        if event.event_id not in gone and event.what != "undo" and (not kinds or event.what in kinds)
    ]


def taken_back(events: Sequence[LedgerEvent]) -> set[str]:
    """The ids of the events, undos among them, that a later undo took back."""
    gone: set[str] = set()
    for event in reversed(events):
        if event.what == "undo" and event.event_id not in gone:
            gone.add(str(event.payload["event_id"]))
    return gone


def latest(events: Sequence[LedgerEvent], *keys: str) -> dict[tuple[object, ...], LedgerEvent]:
    """The last event about each subject (the values of these payload keys), in order of first mention."""
    last: dict[tuple[object, ...], LedgerEvent] = {}
    for event in events:
        last[tuple(event.payload.get(key) for key in keys)] = event
    return last
