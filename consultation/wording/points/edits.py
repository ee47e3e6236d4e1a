"""What people did to points, laid over those that were derived: add, reword, merge, split, link, unlink, withdraw.

Each action of a `point` event is one function in `ACTIONS`; the ledger's undo takes an event away before it gets here.
A point that somebody decided on or edited never vanishes, even when its tags do: it comes back without evidence.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from consultation import history
from consultation.model import LedgerEvent, Point

FIELDS: Final = ("theme", "stance", "statement", "topic", "kind", "phrase", "replacement")


@dataclass(kw_only=True)
class Points:
    """Points with their elements and evidence while the ledger is laid over them."""

    rows: dict[str, Point] = field(default_factory=dict)
    elements: dict[str, tuple[str, ...]] = field(default_factory=dict)
    evidence: dict[str, list[str]] = field(default_factory=dict)

    def change(self, point_id: str, **fields: Any) -> None:
        self.rows[point_id] = dataclasses.replace(self.rows[point_id], **fields)


def lay_over(points: Points, events: Iterable[LedgerEvent], comment_ids: set[str]) -> None:
    """Apply the events that stand, in order, to `points`. Evidence is linked only where the comment is known."""
    for event in history.active(events, "point", "quantity", "decision"):
        payload = event.payload
        point_id = payload.get("point_id")
        if point_id is None:
            continue
        if point_id not in points.rows:
            _restore(points, str(point_id), payload)
        if event.what == "quantity":
            points.change(point_id, quantity=payload.get("word"))
        elif event.what == "point":
            ACTIONS[payload["action"]](points, str(point_id), payload)
    for point_id, found in points.evidence.items():
        points.evidence[point_id] = sorted(set(found) & comment_ids)


def _restore(points: Points, point_id: str, payload: dict[str, Any]) -> None:
    """A point that people have spoken of, whose tags or findings are gone."""
    points.rows[point_id] = Point(
        point_id=point_id, theme=None, stance=None, statement=str(payload.get("statement") or ""), origin="person"
    )
    points.elements[point_id] = tuple(payload.get("elements") or ())
    points.evidence[point_id] = []


def _add(points: Points, point_id: str, payload: dict[str, Any]) -> None:
    points.change(point_id, origin="person")
    _reword(points, point_id, payload)
    _link(points, point_id, payload)


def _reword(points: Points, point_id: str, payload: dict[str, Any]) -> None:
    points.change(point_id, **{name: payload[name] for name in FIELDS if name in payload})
    if "elements" in payload:
        points.elements[point_id] = tuple(payload["elements"])


def _merge(points: Points, point_id: str, payload: dict[str, Any]) -> None:
    """The evidence and elements go over to the other point; this one stays on record without them."""
    into = str(payload["into"])
    if into == point_id:
        return
    if into not in points.rows:
        _restore(points, into, {})
    points.evidence[into] += points.evidence[point_id]
    points.elements[into] = tuple(dict.fromkeys((*points.elements[into], *points.elements[point_id])))
    points.evidence[point_id] = []
    points.change(point_id, status="merged")


def _split(points: Points, point_id: str, payload: dict[str, Any]) -> None:
    """The named comments move to the new point; when none is left, the old one is closed."""
    into, moved = str(payload["into"]), list(payload.get("comments") or ())
    if into not in points.rows:
        _restore(points, into, {"elements": points.elements[point_id]})
    points.evidence[into] += moved
    points.evidence[point_id] = [comment for comment in points.evidence[point_id] if comment not in moved]
    if not points.evidence[point_id]:
        points.change(point_id, status="split")


def _link(points: Points, point_id: str, payload: dict[str, Any]) -> None:
    points.evidence[point_id] += payload.get("comments") or ()


def _unlink(points: Points, point_id: str, payload: dict[str, Any]) -> None:
    gone = set(payload.get("comments") or ())
    points.evidence[point_id] = [comment for comment in points.evidence[point_id] if comment not in gone]


def _withdraw(points: Points, point_id: str, payload: dict[str, Any]) -> None:
    points.change(point_id, status="withdrawn")


ACTIONS: Final[dict[str, Callable[[Points, str, dict[str, Any]], None]]] = {
    "add": _add, "reword": _reword, "merge": _merge, "split": _split, "link": _link, "unlink": _unlink,
    "withdraw": _withdraw,
}  # fmt: skip


def merged_into(events: Sequence[LedgerEvent]) -> dict[str, str]:
    """Where each merged point went, followed to the end."""
    step = {
        str(event.payload["point_id"]): str(event.payload["into"])
        for event in history.active(events, "point")
        if event.payload["action"] == "merge"
    }
    ends: dict[str, str] = {}
    for start in step:
        here, seen = start, {start}
        while here in step and step[here] not in seen:
            here = step[here]
            seen.add(here)
        ends[start] = here
    return ends
