"""Fill in the sample's decision workbook as Hollinshire's policy team would: the program writes it, this fills it.

Run ``python -m tests.build_decisions`` after the tagger, the miner or tests/data/sample/decisions.yaml changed: it runs
the sample as far as `decide out`, fills the workbook, and saves data/raw/officers/decisions.xlsx. What the team decided
is in decisions.yaml; a point of the program's that none of theirs covers follows the decision on its element.
"""

from __future__ import annotations

import io
import itertools
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from ruamel.yaml import YAML

from consultation import Project, tables
from consultation.model import CHANGE_KINDS, DISPOSITIONS, REASONS, Point
from consultation.sheets import put
from consultation.text import stem, words

ROOT = Path(__file__).resolve().parent.parent
OFFICERS = ROOT / "data" / "raw" / "officers"
SIDES = {"said": "You said", "did": "We did", "did_not": "We did not"}
Plan = Mapping[str, Any]


def plan() -> Plan:
    loaded: Plan = YAML(typ="safe").load((ROOT / "tests/data/sample/decisions.yaml").read_text(encoding="utf-8"))
    return loaded


def run_to_decisions(folder: Path) -> Project:
    """The sample in `folder`, read, reviewed and mined, as it stands when the policy team gets its workbook."""
    for name in ("consultation.yaml", "framework.yaml", "codebook.yaml"):
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "data" / "raw", folder / "data" / "raw")
    project = Project(folder, who="Policy team")
    project.read([folder / "data" / "raw"])
    project.tag()
    reviews = sorted((folder / "data" / "raw" / "officers").glob("review_*.xlsx"))
    if reviews:
        project.review_in(reviews)
    project.wording()
    return project


def fill(book: openpyxl.Workbook, project: Project, told: Plan) -> None:
    names = {theme.code: theme.name for theme in project.themes()}
    held: list[Point] = tables.rows("points", project.table("points"))
    about = project.table("point_elements").groupby("point_id")["element"].agg(set).to_dict()
    rationale = {row["code"]: row for row in told["revised"]}
    _points(book["Points"], told, held, about, names, rationale)
    _changes(book["Changes"], told)
    _report(book["Report rows"], told)


def _points(
    sheet: Worksheet,
    told: Plan,
    held: list[Point],
    about: Mapping[str, set[str]],
    names: Mapping[str, str],
    rationale: Mapping[str, Any],
) -> None:
    rows = _by_key(sheet, "Point")
    for point in held:
        if point.status != "open" or point.point_id not in rows:
            continue
        elements = about.get(point.point_id, set())
        mine = None if _stays(point, told) else _covers(point, elements, told["points"])
        if mine is not None:
            _write(sheet, rows[point.point_id], {"Merge into": mine["id"]})
        else:
            _write(sheet, rows[point.point_id], _follows(point, elements, rationale, told))
    for each in told["points"]:
        _append(
            sheet,
            {
                "Point": each["id"], "Elements": "; ".join(each.get("elements") or []), "Statement": each["statement"],
                "Theme": names.get((each.get("themes") or [""])[0]), "Stance": each["stance"],
                "Phrase": each.get("phrase"),
                "Disposition": DISPOSITIONS[each["disposition"]],
                "Reason code": REASONS.get(each.get("reason_code") or ""), "Reason": each["reason"],
                "Destination": each.get("destination"), **_signed(each, told),
            },
        )  # fmt: skip


def _covers(point: Point, elements: set[str], ours: list[Plan]) -> Plan | None:
    """The team's point about the same words, else about the same theme, of an element of this one."""
    near = [each for each in ours if elements & set(each.get("elements") or ())]
    if point.phrase:
        stems = _stems(point.phrase)
        for each in near:
            if each.get("phrase") and each["stance"] != "support" and stems & _stems(each["phrase"]):
                return each
    return next(
        (each for each in near if point.theme in each["themes"] and not (point.phrase and each.get("phrase"))), None
    )


def _follows(point: Point, elements: set[str], rationale: Mapping[str, Any], told: Plan) -> dict[str, str | None]:
    """What becomes of a point that the team did not take up by itself: it follows its element's decision."""
    element = next((rationale[code] for code in sorted(elements) if code in rationale), None)
    if point.stance == "support" or point.theme == "agree":
        return {"Disposition": DISPOSITIONS["noted_support"], "Reason": "Thank you.", **_signed({}, told)}
    if _stays(point, told):
        return {"Withdraw because": "The words were used in passing: nobody asked us to change them."}
    if element is None:
        reason = "This is about the document as a whole. We kept it in mind throughout."
        return {
            "Disposition": DISPOSITIONS["deferred"],
            "Reason code": REASONS["will_consider"],
            "Reason": reason,
            **_signed({}, told),
        }
    kept = element["change_kinds"] == ["unchanged"]
    return {
        "Disposition": DISPOSITIONS["retained_with_reason" if kept else "partly_adopted"],
        "Reason code": REASONS["agreed_with_wording"] if kept else None,
        "Reason": element["rationale"],
        **_signed(element, told),
    }


def _stays(point: Point, told: Plan) -> bool:
    """Whether the words that a point is about are still somewhere in the new wording."""
    return bool(point.phrase) and any(
        _stems(point.phrase or "") <= _stems(row.get("wording") or "") for row in told["revised"]
    )


def _stems(text: str) -> set[str]:
    return {stem(word) for word in words(text)}


def _signed(each: Plan, told: Plan) -> dict[str, str]:
    return {
        "Decided by": each.get("decided_by", told["decided_by"]),
        "Body": each.get("body", told["body"]),
        "Date": str(each.get("date", told["date"])),
    }


def _changes(sheet: Worksheet, told: Plan) -> None:
    rows = _by_key(sheet, "Element")
    for each in told["revised"]:
        code = str(each["code"])
        cells = {
            "New wording": each.get("wording"),
            "Change kinds": "; ".join(CHANGE_KINDS[kind] for kind in each["change_kinds"]),
            "Rationale": each["rationale"],
            "Our own words": "; ".join(each.get("own_words") or []),
            "Points": "; ".join(each.get("points") or []),
            **_lineage(code, told),
            **_signed(each, told),
        }
        if code in rows:
            _write(sheet, rows[code], cells)
        else:
            after = {new: before for order in told["order"].values() for before, new in itertools.pairwise(order)}
            _append(
                sheet,
                {
                    "Element": code, "Kind": each.get("kind", "supporting_outcome"), "Parent": each.get("parent"),
                    "Name": each.get("name"), "Placed after": each.get("after") or after.get(code), **cells,
                },
            )  # fmt: skip


def _lineage(code: str, told: Plan) -> dict[str, str]:
    from_here = [(row["to"], row["change_kind"]) for row in told["lineage"] if row["from"] == code and row["to"]]
    to_here = [(row["from"], row["change_kind"]) for row in told["lineage"] if row["to"] == code and row["from"]]
    return {
        "Merged from": "; ".join(other for other, kind in to_here if kind == "merged" and other != code),
        "Split from": "; ".join(other for other, kind in to_here if kind == "split" and other != code),
        "Moved to": "; ".join(other for other, kind in from_here if kind.startswith("moved")),
    }


def _report(sheet: Worksheet, told: Plan) -> None:
    for table in told["tables"]:
        for side, shown in SIDES.items():
            for order, row in enumerate(table.get(side) or [], start=1):
                _append(
                    sheet,
                    {
                        "Topic": table["topic"], "Elements": "; ".join(table["elements"]), "Side": shown,
                        "Order": order,
                        "Statement": row["text"], "Points": "; ".join(row["points"]),
                    },
                )  # fmt: skip


# ------------------------------------------------------------------------------------------- cells by heading


def _headings(sheet: Worksheet) -> tuple[int, dict[str, int]]:
    for row in sheet.iter_rows(min_row=1, max_row=6):
        told = {str(cell.value): cell.column for cell in row if cell.value is not None}
        if len(told) > 3:
            return row[0].row, told
    raise AssertionError(f"no headings on {sheet.title}")


def _by_key(sheet: Worksheet, heading: str) -> dict[str, int]:
    top, at = _headings(sheet)
    return {
        str(value): row
        for row in range(top + 1, sheet.max_row + 1)
        if (value := sheet.cell(row, at[heading]).value) is not None
    }


def _write(sheet: Worksheet, row: int, cells: Mapping[str, Any]) -> None:
    _, at = _headings(sheet)
    for heading, value in cells.items():
        if value not in (None, ""):
            put(sheet.cell(row, at[heading]), value)


def _append(sheet: Worksheet, cells: Mapping[str, Any]) -> None:
    top, at = _headings(sheet)
    last = max((row for row in range(top, sheet.max_row + 1) if any(_said(sheet, row, at))), default=top)
    _write(sheet, last + 1, cells)


def _said(sheet: Worksheet, row: int, at: Mapping[str, int]) -> Iterator[bool]:
    return (sheet.cell(row, column).value not in (None, "") for column in at.values())


def build(folder: Path) -> bytes:
    project = run_to_decisions(folder)
    project.decide_out(folder / "decisions.xlsx")
    book = openpyxl.load_workbook(folder / "decisions.xlsx")
    fill(book, project, plan())
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        OFFICERS.mkdir(parents=True, exist_ok=True)
        (OFFICERS / "decisions.xlsx").write_bytes(build(Path(place)))
