"""Turns the given facts about one council's consultation into what its officers would have written: a framework file
and filled decision workbooks. All that is about that council is here and in the folder of given material."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from ruamel.yaml import YAML

from consultation.model import Theme
from consultation.wording import workbook
from tests.desk import Desk, fill

NO_DECISION = "no_response_stated"
_STANCES = {"conditional_support": "conditional"}


def facts(shared: Path, name: str = "kent2015") -> dict[str, Any]:
    text = (shared / "ground-truth" / f"{name}.yaml").read_text(encoding="utf-8")
    told: dict[str, Any] = YAML(typ="safe").load(text)
    return told


def entries(told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The entries of `framework.yaml`: the draft as far as it is held; what is new comes with the workbook."""
    rows = []
    for element in told["elements"]:
        status = element["draft"]["status"]
        if status == "not_in_draft":
            continue
        entry: dict[str, Any] = {"code": element["id"], "kind": element["kind"], "parent": element.get("parent")}
        if status in ("full", "unchanged"):
            entry["wording"] = element["draft"]["text"]
        elif status == "phrases":
            entry |= {"draft": "phrases", "phrases": element["draft"]["phrases"]}
        else:
            entry |= {"draft": "unknown", "name": element["draft"].get("topic")}
        rows.append(entry)
    return rows


def themes(told: Mapping[str, Any]) -> tuple[Theme, ...]:
    codes = {theme for point in points(told) for theme in point.get("themes", ())}
    return tuple(Theme(code=code, name=code.replace("_", " ").capitalize()) for code in sorted(codes))


def points(told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every point, with the codes of the elements that it is about and the phrase that the register knows of it."""
    found = []
    for element in told["elements"]:
        for point in element.get("points", ()):
            found.append({**point, "elements": [element["id"]]})
    for point in told["cross_cutting_points"]:
        found.append({**point, "elements": point.get("applied_in", [])})
    register = [dict(row) for row in told["phrases"]]
    for point in found:
        point["phrase"], point["replacement"] = _registered(point, register)
    return found


def _registered(point: Mapping[str, Any], register: list[dict[str, Any]]) -> tuple[str | None, str | None]:
    """The phrases of the register that this point speaks of, and the words asked for instead where that is stated."""
    said = f"{point.get('quote', '')} {point.get('phrase') or ''}".casefold()
    rows = [
        row
        for row in register
        if (row["element"] in point["elements"] or (row["element"] is None and not point["elements"]))
        and row["phrase"].casefold() in said
        and point["stance"] != "support"
    ]
    if not rows:
        return point.get("phrase"), point.get("replacement")
    stated = rows[0].get("replacement") if len(rows) == 1 and "replacement_basis" not in rows[0] else None
    return "; ".join(row["phrase"] for row in rows), point.get("replacement") or stated


def point_cells(point: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the sheet Points. Where the report is silent on the reason, so is the officer."""
    decided = point["disposition"] != NO_DECISION
    cells = {
        "Point": point["id"],
        "Elements": "; ".join(point["elements"]),
        "Statement": point["quote"],
        "Theme": next(iter(point.get("themes", ())), "").replace("_", " ").capitalize(),
        "Stance": _STANCES.get(point["stance"], point["stance"]),
        "Phrase": point["phrase"],
        "Replacement": point["replacement"],
        "Stated quantity": point.get("quantifier"),
    }
    if not decided:
        return cells
    reason = point.get("reason")
    return {
        **cells,
        "Disposition": point["disposition"],
        "Reason code": reason,
        "Reason": point.get("response") or (reason if reason != "none_stated" else None) or _implied(point),
        "Destination": "; ".join(point.get("redirected_to", point.get("applied_in", ()))) or "business plan",
    }


def _implied(point: Mapping[str, Any]) -> str | None:
    """A reason is asked for where something was put off; the report has it in its own section."""
    if point["disposition"] in ("deferred", "redirected"):
        return str(point.get("note") or "see the report")
    return None


def change_cells(told: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The rows of the sheet Changes by code; a new element brings its kind and the code that it follows."""
    rows: dict[str, dict[str, Any]] = {}
    last: str | None = None
    for element in told["elements"]:
        revised = element["revised"] or {}
        cells: dict[str, Any] = {
            "New wording": revised.get("text"),
            "Change kinds": "; ".join(element["change_kinds"]),
            "Our own words": "; ".join(
                word for own in element.get("council_initiated", ()) for word in own["words_added"]
            ),
            "Rationale": element.get("rationale") or element.get("reason"),
            "Merged from": "; ".join(element.get("merged_from", ())),
            "Split from": element.get("split_from"),
            "Decided by": element.get("decided_by") if element.get("rationale") or element.get("reason") else None,
        }
        if element.get("decided_by") and not cells["Rationale"]:
            cells |= {"Rationale": "Decided after the consultation.", "Decided by": element["decided_by"]}
        if element["draft"]["status"] == "not_in_draft":
            cells |= {"Kind": element["kind"], "Parent": element.get("parent"), "Placed after": last}
            cells |= {"Name": revised.get("subject")}
        rows[element["id"]] = cells
        last = element["id"]
    return rows


def report_cells(told: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = []
    for table in told["you_said_we_did"]:
        for side, entries_of in (("You said", table["you_said"]), ("We did", table["we_did"])):
            head = {"Topic": table["topic"], "Elements": "; ".join(table["targets"]), "Side": side}
            rows += [{**head, "Statement": row["text"]} for row in entries_of]
    return rows


def commitment_cells(told: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"Text": row["text"], "Due": row.get("due")} for row in told["commitments"]]


def replay(told: Mapping[str, Any]) -> tuple[Desk, list[workbook.Taken]]:
    """Two workbooks: one with points, changes and the tables; one that leaves the other drafts out of the report."""
    desk = Desk(entries(told), themes(told))
    first = desk.take(filled(desk, told))
    return desk, [first, desk.take(_without_drafts(desk.out(), {row["Statement"] for row in report_cells(told)}))]


@cache
def replayed(shared: Path) -> tuple[Desk, list[workbook.Taken]]:
    """The replay, made once for all tests that only look at it."""
    return replay(facts(shared))


def filled(desk: Desk, told: Mapping[str, Any]) -> bytes:
    """The first workbook, with everything that the report says typed in."""
    changes = ({"Element": code, **cells} for code, cells in change_cells(told).items())
    data = fill(desk.out(), "Points", (point_cells(point) for point in points(told)))
    data = fill(data, "Changes", changes, "Element")
    data = fill(data, "Report rows", report_cells(told))
    return fill(data, "Commitments", commitment_cells(told))


def _without_drafts(data: bytes, written: set[str]) -> bytes:
    """Every drafted row emptied: what the tables do not hold is answered in the rationale."""
    book = load_workbook(io.BytesIO(data))
    page = book["Report rows"]
    columns = {cell.value: cell.column for cell in page[1]}
    for number in range(2, page.max_row + 1):
        cell = page.cell(row=number, column=columns["Statement"])
        if cell.value not in written:
            cell.value = None
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
