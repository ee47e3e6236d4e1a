"""The direction of travel and the priority sheets of published plans, computed again and printed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from consultation import model, reporting, tables, travel
from consultation.model import Measurement
from consultation.records import Record
from consultation.settings import Settings, Travel
from consultation.words import english
from tests import reported

NOW = datetime.date(2026, 3, 2)


def _measure(name: str, element: str = "1.1", better: str = "higher", **values: float | None) -> list[Measurement]:
    return [
        Measurement(measure_id=name, element=element, name=name, year=int(year[1:]), value=value, better=better)
        for year, value in values.items()
    ]


def test_a_change_under_the_variance_is_none() -> None:
    rows = _measure("a", y2016=100, y2017=104.9) + _measure("b", y2016=100, y2017=95.1)
    assert travel.directions(rows, Travel(horizons=(1,)))[0].judgement == "maintaining"


def test_lower_is_better_where_the_measure_says_so() -> None:
    assert travel.directions(_measure("a", better="lower", y2016=3.0, y2017=2.8), Travel())[0].judgement == "improving"


def test_the_variance_can_be_points_and_not_a_share() -> None:
    rules = Travel(variance=5, relative=False, horizons=(1,))
    assert travel.directions(_measure("a", y2016=40, y2017=44), rules)[0].judgement == "maintaining"
    assert travel.directions(_measure("a", y2016=40, y2017=45), rules)[0].judgement == "improving"


def test_three_years_fall_back_to_two_but_never_to_one() -> None:
    two = travel.directions(_measure("a", y2015=10, y2017=20), Travel())
    assert [(d.horizon, d.judgement, d.shorter) for d in two] == [(1, None, False), (3, "improving", True)]
    assert travel.directions(_measure("a", y2016=10, y2017=20), Travel())[1].judgement is None


def test_a_measure_without_a_trend_leaves_the_judgement_to_the_others() -> None:
    rows = _measure("a", y2016=10, y2017=20) + _measure("b", y2017=3, y2016=None)
    assert travel.directions(rows, Travel())[0] == travel.Direction(
        element="1.1", horizon=1, judgement="improving", years=(1,)
    )


def test_how_many_must_agree_is_a_setting() -> None:
    changes: list[travel.Change] = ["improving", "improving", "improving", "not improving"]
    assert travel.judge(changes, Travel()) == "mixed"
    assert travel.judge(changes, Travel(agreement=0.75)) == "improving"


def test_measures_are_read_from_a_sheet_with_a_column_for_each_year() -> None:
    row = {
        "element": "1.1",
        "measure": "Flats",
        "better": "higher",
        "2015/16": "649",
        "2016/17": "1,900 (est.)",
        "2017": "",
    }
    frame = travel.measurements([Record(values=row)])
    assert frame[["year", "value"]].fillna(-1).to_numpy().tolist() == [[2015, 649], [2016, 1900], [2017, -1]]


@pytest.fixture(scope="module")
def kent(shared: Path) -> Mapping[str, Any]:
    return YAML(typ="safe").load((shared / "ground-truth" / "kent2017.yaml").read_text(encoding="utf-8"))


def test_the_published_vectors_come_out_as_published(kent: Mapping[str, Any]) -> None:
    for vector in kent["direction_of_travel"]["test_vectors"]:
        told = travel.judge(vector["measures"], Travel())
        mark = "*" if len(vector["measures"]) == 1 else ""
        assert told.capitalize() + mark == vector["expect"]


WAYS = {
    "improving": ["improving", "improving"],
    "maintaining": ["maintaining", "maintaining"],
    "mixed": ["improving", "not improving"],
    "not improving": ["not improving", "not improving"],
}
LEVEL = {"improving": 80.0, "maintaining": 100.0, "not improving": 120.0}


def _values(outcome: Mapping[str, Any]) -> list[Measurement]:
    """Measures that moved as the county judged: invented values, its judgements."""
    one, three = (WAYS[outcome[key].lower()] for key in ("one_year", "three_year"))
    pairs = list(zip(one, three, strict=True))[: 1 if outcome.get("single_measure") else 2]
    return [
        row
        for n, (near, far) in enumerate(pairs)
        for row in _measure(f"{outcome['ref']}-{n}", outcome["ref"], y2014=LEVEL[far], y2016=LEVEL[near], y2017=100.0)
    ]


def test_the_published_table_and_headlines_are_computed_again(kent: Mapping[str, Any]) -> None:
    outcomes = [e for e in kent["elements"] if "one_year" in e]
    elements = [
        model.Element(
            code=e["ref"], kind=e["kind"], parent=e.get("parent"), order=n, version="draft", wording=e["text"]
        )
        for n, e in enumerate(kent["elements"])
    ]
    held = {
        "elements": tables.frame("elements", elements),
        "measurements": tables.frame("measurements", [row for outcome in outcomes for row in _values(outcome)]),
    }
    report = reporting.summarise(held, Settings(), english(), now=NOW, forms=["direction_of_travel"])
    for name in ("docx", "html", "md"):
        found = getattr(reported, f"from_{name}")(reporting.render(report, name))
        rows = [row for table in found.values() for row in table[1:]]
        star = {e["ref"]: "*" if e.get("single_measure") else "" for e in outcomes}
        assert [[cell[0] for cell in row] for row in rows] == [
            [f"{e['ref']} {e['text']}", e["one_year"] + star[e["ref"]], e["three_year"] + star[e["ref"]]]
            for e in outcomes
        ]
    text = reporting.render(report, "md").decode()
    assert "Overall, our direction of travel is “Mixed”." in text
    for claim in kent["direction_of_travel"]["headline_counts"]:
        assert claim["quote"].replace("'", "").split(" over")[0] in text.replace("“", "").replace("”", "")
    found = travel.directions(tables.rows("measurements", held["measurements"]), Travel())
    for horizon, wanted in ((1, "1 Year"), (3, "3 Year")):
        told = {name.capitalize(): count for name, count in travel.tally(found, horizon).items()}
        assert told == kent["direction_of_travel"]["tallies"][wanted]


def test_the_priority_sheets_of_a_delivery_plan_hold_all_its_milestones_and_measures(shared: Path) -> None:
    plan = YAML(typ="safe").load((shared / "ground-truth" / "boldsteps2011.yaml").read_text(encoding="utf-8"))
    rows = [(f"A{n}", "ambition", None, text) for n, text in enumerate(plan["document"]["ambitions"], 1)]
    ambitions = {text: code for code, _, _, text in rows}
    for told in plan["priorities"]:
        code = str(told["number"])
        rows.append((code, "priority", ambitions[told["ambition"]], told["title_verbatim"]))
        rows.append((f"{code}-aim", "aim", code, told["aim_text"]))
        for kind in ("milestone", "measure"):
            rows += [(f"{code}-{kind}-{n:02}", kind, code, text) for n, text in enumerate(told[f"{kind}s"], 1)]
    held = {
        "elements": tables.frame(
            "elements",
            [
                model.Element(code=code, kind=kind, parent=parent, order=n, version="draft", wording=text)
                for n, (code, kind, parent, text) in enumerate(rows)
            ],
        )
    }
    report = reporting.summarise(held, Settings(), english(), now=NOW, forms=["priority_sheets"])
    assert "16 priorities with 52 milestones, of which 23 state a date, and 49 performance measures" in (
        reporting.render(report, "md").decode()
    )
    sheet = reported.from_xlsx(reporting.render(report, "xlsx"))["Priorities, milestones and measures"][1:]
    for kind, count in (("Milestone", 52), ("Measure", 49), ("Aim", 16)):
        wanted = {text for _, sort, _, text in rows if sort == kind.lower()}
        assert {row[4] for row in sheet if row[3] == kind} == wanted
        assert sum(row[3] == kind for row in sheet) == count
    assert sum(row[5] not in ("", None, "No date stated") for row in sheet) == 23
    found = reported.from_docx(reporting.render(report, "docx"))
    assert sum(len(table) - 1 for table in found.values()) == 52
