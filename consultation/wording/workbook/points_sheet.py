"""The sheet Points taken back: edits, new points, merges and splits, links to evidence, and dispositions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from consultation import tables as named
from consultation.sheets import Row
from consultation.tables import Tables
from consultation.text import fingerprint, tidy
from consultation.wording.points import by_point
from consultation.wording.points.edits import Points, act, fault
from consultation.wording.workbook.layout import POINTS
from consultation.wording.workbook.taking import Edited, Taking, once, ours

_TEXTS: Final = {"Statement": "statement", "Phrase": "phrase", "Replacement": "replacement"}
_CONTENT: Final = ("Statement", "Elements", "Theme", "Stance", "Phrase", "Replacement")
_DECIDED: Final = ("Disposition", "Reason code", "Reason", "Destination", "Decided by", "Body", "Date")


def take(taking: Taking, tables: Tables, codes: set[str]) -> None:
    """Record what people changed in the sheet. `codes` are the elements that a point may be about."""
    status = dict(zip(tables["points"]["point_id"], tables["points"]["status"], strict=True))
    rows = [(row, _key(taking, row)) for row in once(taking, POINTS, "Point")]
    known = {*status, *(key for _, key in rows if key)}
    points = _standing(tables)
    comments = set(tables["comments"]["comment_id"])
    for row, key in rows:
        if not _may_be_taken(taking, row, key, status):
            continue
        edited = taking.edited(POINTS, row, key)
        if edited is None:
            continue
        content = _content(taking, edited, codes)
        if not _says_something(taking, edited) or (edited.is_new and content is None):
            continue
        _record_content(taking, points, edited, content or {})
        _record_quantity(taking, edited)
        _record_actions(taking, points, edited, known, comments)
        _record_decision(taking, points, edited)


def _standing(tables: Tables) -> Points:
    """The points as they stand; what each row does to them is done here too, so that the next row meets it."""
    return Points(
        rows={point.point_id: point for point in named.rows("points", tables["points"])},
        elements={str(key): () for key in tables["points"]["point_id"]} | by_point(tables["point_elements"], "element"),
        evidence={str(key): [] for key in tables["points"]["point_id"]}
        | {key: list(told) for key, told in by_point(tables["point_evidence"], "comment_id").items()},
    )


def _key(taking: Taking, row: Row) -> str:
    """The point's id; for a new row one made of what it says, so that taking it twice adds nothing."""
    told = row["Point"]
    if told and ours(told):
        return told
    key = "t-" + fingerprint("added", *(tidy(row[heading]) for heading in _CONTENT))
    if told:
        taking.names[told] = key
    return key


def _may_be_taken(taking: Taking, row: Row, key: str, status: Mapping[str, str]) -> bool:
    if key == row["Point"] and key not in status:
        if taking.touched(POINTS, row, key):
            taking.refuse(
                row, "Point", f"There is no point {key} any more: what it rested on has changed.",
                "Add it as a new row with its id left empty, if it still stands.",
            )  # fmt: skip
        return False
    if status.get(key, "open") == "open":
        return True
    settled_here = row["Merge into"] or row["Withdraw because"] or row["Split from"]
    if not settled_here and any(taking.book.changed(POINTS, key, heading, row[heading]) for heading in _DECIDED):
        taking.refuse(
            row, "Point", f"Point {key} has been {status[key]} meanwhile.",
            "Decide on the point that took its place; a fresh workbook shows it.", clash=True,
        )  # fmt: skip
    return False


def _says_something(taking: Taking, edited: Edited) -> bool:
    """A new row needs something that is said; of a known one the statement may be reworded, not emptied."""
    if edited.is_new and not any(edited.text(heading) for heading in _CONTENT):
        what = "This row decides on something that it does not say."
    elif not edited.is_new and edited.text("Statement") is None:
        what = "The statement of this point is gone."
    else:
        return True
    taking.refuse(edited.row, "Statement", what, "Write a statement, or say under “Withdraw because” why it is none.")
    return False


def _content(taking: Taking, edited: Edited, codes: set[str]) -> dict[str, Any] | None:
    """What the changed cells say of the point, by field; None where one of them is wrong."""
    told: dict[str, Any] = {
        name: edited.values.get(heading, "") if name == "statement" else edited.text(heading)
        for heading, name in _TEXTS.items()
        if heading in edited.changed
    }
    before = len(taking.refused)
    if "Elements" in edited.changed:
        told["elements"] = list(taking.ids(edited, "Elements", codes, "element") or ())
    if "Theme" in edited.changed:
        told["theme"] = taking.code(edited, "Theme")
    if "Stance" in edited.changed:
        told["stance"] = taking.code(edited, "Stance")
    return told if len(taking.refused) == before else None


def _act(taking: Taking, points: Points, payload: dict[str, Any]) -> None:
    act(points, payload)
    taking.record("point", payload)


def _record_content(taking: Taking, points: Points, edited: Edited, content: Mapping[str, Any]) -> None:
    if edited.is_new:
        _act(taking, points, {"point_id": edited.key, "action": "add", **content})
    elif content:
        _act(taking, points, {"point_id": edited.key, "action": "reword", **content})


def _record_quantity(taking: Taking, edited: Edited) -> None:
    if "Stated quantity" in edited.changed:
        taking.record("quantity", {"point_id": edited.key, "word": edited.text("Stated quantity"), "reason": "stated"})


def _record_actions(taking: Taking, points: Points, edited: Edited, known: set[str], comments: set[str]) -> None:
    key, held = edited.key, set(points.evidence.get(edited.key, ()))
    linked = [one for one in taking.ids(edited, "Link evidence", comments, "comment") or () if one not in held]
    gone = [one for one in taking.ids(edited, "Unlink evidence", comments, "comment") or () if one in held]
    olds = taking.ids(edited, "Split from", known - {key}, "point") or ()
    linked = _split_off(taking, points, edited, olds, linked)
    if linked:
        _act(taking, points, {"point_id": key, "action": "link", "comments": linked})
    if gone:
        _act(taking, points, {"point_id": key, "action": "unlink", "comments": gone})
    for into in taking.ids(edited, "Merge into", known - {key}, "point") or ():
        _move(taking, points, edited, "Merge into", {"point_id": key, "action": "merge", "into": into})
    if reason := edited.text("Withdraw because"):
        _act(taking, points, {"point_id": key, "action": "withdraw", "reason": reason})


def _split_off(taking: Taking, points: Points, edited: Edited, olds: Sequence[str], linked: Sequence[str]) -> list[str]:
    """Take from each old point what it holds of `linked`. What none of them holds is refused; left is what to link."""
    left = list(linked)
    for old in olds:
        moved = [one for one in left if one in points.evidence.get(points.end(old), ())]
        left = [one for one in left if one not in moved]
        if moved or edited.is_new:
            told = {"point_id": old, "action": "split", "into": edited.key, "comments": moved}
            _move(taking, points, edited, "Split from", told)
    if not olds or not left:
        return left
    taking.refuse(
        edited.row, "Link evidence",
        f"{'; '.join(left)}: not among the comments of {'; '.join(olds)}, so not split off.",
        "Name the point that holds it under “Split from”, or link it in a fresh workbook, with “Split from” empty.",
    )  # fmt: skip
    return []


def _move(taking: Taking, points: Points, edited: Edited, heading: str, payload: dict[str, Any]) -> None:
    """Record a merge or split, or say why what was said would be in no open point after it."""
    if why := fault(points, payload):
        taking.refuse(edited.row, heading, why, "Name a point that is still open; a fresh workbook shows them.")
    else:
        _act(taking, points, payload)


def _record_decision(taking: Taking, points: Points, edited: Edited) -> None:
    if not edited.changed & set(_DECIDED):
        return
    before = len(taking.refused)
    fields = {
        "disposition": taking.code(edited, "Disposition"),
        "reason_code": taking.code(edited, "Reason code"),
        "reason": edited.text("Reason"),
        "destination": edited.text("Destination"),
        "decided_by": edited.text("Decided by"),
        "body": edited.text("Body"),
        "date": edited.text("Date"),
    }
    if len(taking.refused) == before:
        taking.decision(edited, {"point_id": edited.key, **_about(points, edited)}, fields)


def _about(points: Points, edited: Edited) -> dict[str, Any]:
    """What brings the point back should its tags go: the statement where a person worded it, else what it is made of.

    A drafted statement may quote what a respondent would rather read, which has no place in a record kept for ever.
    """
    elements = list(edited.several("Elements"))
    point = points.rows.get(edited.key)
    if point is None or not point.drafted or "Statement" in edited.changed:
        return {"statement": edited.values.get("Statement", ""), "elements": elements}
    return {
        "elements": elements, "theme": point.theme, "stance": point.stance, "kind": point.kind, "phrase": point.phrase,
    }  # fmt: skip
