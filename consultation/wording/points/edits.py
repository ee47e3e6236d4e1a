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
    """Points with their elements and evidence while the ledger is laid over them. `merged` says where points went."""

    rows: dict[str, Point] = field(default_factory=dict)
    elements: dict[str, tuple[str, ...]] = field(default_factory=dict)
    evidence: dict[str, list[str]] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)

    def change(self, point_id: str, **fields: Any) -> None:
        self.rows[point_id] = dataclasses.replace(self.rows[point_id], **fields)

    def end(self, point_id: str) -> str:
        """Where the evidence of a point is: with itself, or where its merges end."""
        while point_id in self.merged:
            point_id = self.merged[point_id]
        return point_id


def lay_over(points: Points, events: Iterable[LedgerEvent], comment_ids: set[str]) -> None:
    """Apply the events that stand, in order, to `points`. Evidence is linked only where the comment is known."""
    for event in history.active(events, "point", "quantity", "decision"):
        payload = event.payload
        point_id = payload.get("point_id")
        if point_id is None:
            continue
        if event.what == "point":
            act(points, payload)
            continue
        _restore(points, str(point_id), payload)
        if event.what == "quantity":
            points.change(point_id, quantity=payload.get("word"))
    for point_id, found in points.evidence.items():
        points.evidence[point_id] = sorted(set(found) & comment_ids)


def act(points: Points, payload: dict[str, Any]) -> None:
    """Apply one action to `points`. One that `fault` objects to leaves the evidence where it is."""
    point_id = str(payload["point_id"])
    _restore(points, point_id, payload)
    if fault(points, payload) is None:
        ACTIONS[payload["action"]](points, point_id, payload)


def fault(points: Points, payload: dict[str, Any]) -> str | None:
    """Why a merge or split would take what was said out of every open point, in words; None where it would not."""
    if "into" not in payload:
        return None
    point_id, into = str(payload["point_id"]), str(payload["into"])
    start, end = points.end(point_id), points.end(into)
    if payload["action"] == "merge" and start != point_id:
        return f"Point {point_id} has been merged into {start} already."
    if start == end:
        return f"Point {into} leads back to point {start} itself."
    if end in points.rows and points.rows[end].status != "open":
        return f"Point {end} has been {points.rows[end].status}: nothing can go into it."
    return None


def _restore(points: Points, point_id: str, payload: dict[str, Any]) -> None:
    """A point that people have spoken of stands, though its tags or findings are gone."""
    if point_id in points.rows:
        return
    told: dict[str, Any] = {name: payload.get(name) for name in ("theme", "stance", "kind", "phrase")}
    statement = str(payload.get("statement") or "")
    points.rows[point_id] = Point(point_id=point_id, statement=statement, origin="person", **told)
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
    """The evidence and elements go over to the point where `into` ends; this one stays on record without them."""
    into = points.end(str(payload["into"]))
    _restore(points, into, {})
    points.evidence[into] += points.evidence[point_id]
    points.elements[into] = tuple(dict.fromkeys((*points.elements[into], *points.elements[point_id])))
    points.evidence[point_id] = []
    points.merged[point_id] = into
    points.change(point_id, status="merged")


def _split(points: Points, point_id: str, payload: dict[str, Any]) -> None:
    """The named comments move to the new point; when none is left, the old one is closed.

    They stand with the new point even where later tags no longer put them with the old one: a person placed them.
    """
    old, into, moved = points.end(point_id), points.end(str(payload["into"])), list(payload.get("comments") or ())
    _restore(points, into, {"elements": points.elements[old]})
    points.evidence[into] += moved
    points.evidence[old] = [comment for comment in points.evidence[old] if comment not in moved]
    if not points.evidence[old]:
        points.change(old, status="split")


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
    points = Points()
    for event in history.active(events, "point"):
        if event.payload["action"] in ("merge", "withdraw"):  # whether a split closed a point, only its evidence says
            act(points, event.payload)
    return {point_id: points.end(point_id) for point_id in points.merged}
