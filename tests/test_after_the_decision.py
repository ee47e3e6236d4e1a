"""Published plans and a yearly report, loaded as an officer loads them: files, then `progress` and `report`."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from consultation import Project
from tests import kent, reported
from tests.test_travel import LEVEL, WAYS

Row = tuple[str, str, str | None, str]  # code, kind, parent, wording


def _project(folder: Path, rows: Iterable[Row]) -> Project:
    """A workspace whose framework holds these elements."""
    folder.mkdir()
    told = [{"code": code, "kind": kind, "parent": parent, "wording": text} for code, kind, parent, text in rows]
    with (folder / "framework.yaml").open("w", encoding="utf-8") as file:
        YAML().dump({"elements": told}, file)
    (folder / "codebook.yaml").write_text("themes: []\n", encoding="utf-8")
    (folder / "consultation.yaml").write_text("title: A plan\nbody: A council\n", encoding="utf-8")
    return Project(folder, who="R. Shah")


def _measures(path: Path, outcomes: Sequence[Mapping[str, Any]]) -> Path:
    """Invented values that moved as the county judged, in a sheet with a column a year; lower is better."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["element", "measure", "better", "2014", "2016", "2017"])
        for told in outcomes:
            near, far = (WAYS[told[key].lower()] for key in ("one_year", "three_year"))
            for n in range(1 if told.get("single_measure") else 2):
                values = [200 - LEVEL[far[n]], 200 - LEVEL[near[n]], 100]
                out.writerow([told["ref"], f"{told['ref']}-{n}", "lower", *values])
    return path


@pytest.fixture(scope="module")
def plan(shared: Path) -> Mapping[str, Any]:
    return kent.facts(shared, "kent2017")


@pytest.fixture(scope="module")
def yearly(plan: Mapping[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The yearly report of 2017: its outcomes, with measures that moved as it judges them."""
    home = tmp_path_factory.mktemp("yearly")
    layers = [(e["ref"], e["kind"], e.get("parent"), e["text"]) for e in plan["elements"]]
    priorities = [
        (f"BPP{n}", "business_plan_priority", "BPP", told["text"])
        for n, told in enumerate(plan["business_plan_priorities"], 1)
    ]
    project = _project(home / "plan", [*layers, *priorities])
    project.progress(_measures(home / "measures.csv", [e for e in plan["elements"] if "one_year" in e]))
    return project


def test_the_parts_of_the_plan_are_counted_as_stated(plan: Mapping[str, Any], yearly: Project) -> None:
    kinds = Counter(yearly.table("elements")["kind"])
    assert kinds["strategic_outcome"] == plan["counts"]["strategic_outcomes"] == 3
    assert kinds["supporting_outcome"] == plan["counts"]["supporting_outcomes"] == 20
    assert kinds["business_plan_priority"] == plan["counts"]["business_plan_priorities"] == 12
    held = yearly.table("elements").set_index("code")["wording"]
    assert {e["ref"]: e["text"] for e in plan["elements"]} == {e["ref"]: held[e["ref"]] for e in plan["elements"]}


def test_progress_judges_each_outcome_as_the_county_did(plan: Mapping[str, Any], yearly: Project) -> None:
    told = yearly.progress()
    table = next(grid for grid in told.grids if grid.caption == "Direction of travel (* rests on one measure)")
    mark = {e["ref"]: "*" if e.get("single_measure") else "" for e in plan["elements"]}
    assert table.header == ("outcome", "1 year", "3 years")
    assert list(table.rows) == [
        (e["ref"], e["one_year"] + mark[e["ref"]], e["three_year"] + mark[e["ref"]])
        for e in plan["elements"]
        if "one_year" in e
    ]
    assert told.lines == (
        "Over 1 year: 5 improving, 8 maintaining, 6 mixed, 1 not improving",
        "Over 3 years: 11 improving, 1 maintaining, 7 mixed, 1 not improving",
    )


def test_an_analyst_finds_the_same_judgements_tallies_and_headlines(plan: Mapping[str, Any], yearly: Project) -> None:
    found = yearly.analysis.travelled()
    for horizon, wanted in ((1, "1 Year"), (3, "3 Year")):
        told = Counter(found.loc[found["horizon"] == horizon, "judgement"].str.capitalize())
        assert dict(told) == plan["direction_of_travel"]["tallies"][wanted]
    assert found.loc[found["single"], "element"].unique().tolist() == ["3.4"]
    near, far = (set(found.loc[found["horizon"] == h].query(q)["element"]) for h, q in (
        (1, "judgement in ['improving', 'maintaining']"), (3, "judgement == 'improving'")))  # fmt: skip
    assert [len(near), len(far)] == [claim["value"] for claim in plan["direction_of_travel"]["headline_counts"]]


def test_a_delivery_plan_is_counted_and_printed_with_its_milestones_and_measures(shared: Path, tmp_path: Path) -> None:
    plan = kent.facts(shared, "boldsteps2011")
    rows: list[Row] = [(f"A{n}", "ambition", None, text) for n, text in enumerate(plan["document"]["ambitions"], 1)]
    ambitions = {text: code for code, _, _, text in rows}
    for told in plan["priorities"]:
        code = str(told["number"])
        rows.append((code, "priority", ambitions[told["ambition"]], told["title_verbatim"]))
        for kind in ("milestone", "measure"):
            rows += [(f"{code}-{kind}-{n:02}", kind, code, text) for n, text in enumerate(told[f"{kind}s"], 1)]
    project = _project(tmp_path / "plan", rows)
    elements = project.table("elements")
    kinds = Counter(elements["kind"])
    assert {f"{kind}s": kinds[kind] for kind in ("priority", "milestone", "measure")} == {
        "prioritys": plan["counts"]["priorities"],
        "milestones": plan["counts"]["milestones"],
        "measures": plan["counts"]["measures"],
    }
    under = elements[elements["kind"] == "priority"].groupby("parent")["code"].apply(lambda codes: {*map(int, codes)})
    assert {text: under[code] for text, code in ambitions.items()} == {
        text: set(numbers) for text, numbers in plan["counts"]["by_ambition"].items()
    }
    project.report(["priority_sheets"], formats=["md", "xlsx"])
    page = (project.folder / "reports" / "priority_sheets.md").read_text(encoding="utf-8")
    assert "16 priorities with 52 milestones, of which 23 state a date, and 49 performance measures" in page
    sheets = reported.from_xlsx((project.folder / "reports" / "priority_sheets.xlsx").read_bytes())
    dated = {row[4] for row in sheets["Priorities, milestones and measures"][1:]
             if row[3] == "Milestone" and row[5] not in ("", None, "No date stated")}  # fmt: skip
    assert dated == {item["milestone"] for item in plan["milestones_with_dates"]["items"]}
