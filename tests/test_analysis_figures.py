"""Every figure that the sample's report prints is counted again by one call, and is the same."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from consultation import Project
from consultation.reporting.rows import Chart
from tests.reported import Cells, from_md

NUMBER = re.compile(r"\d(?:[\d,]*\d)?")


@pytest.fixture(scope="module")
def page(demo: Project) -> str:
    return (demo.folder / "reports" / "report.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def figures(demo: Project) -> pd.DataFrame:
    return demo.figures()


def number(text: str) -> int:
    return int(NUMBER.findall(text)[0].replace(",", ""))


def of(figures: pd.DataFrame, form: str, figure: str) -> dict[str, int]:
    told = figures[(figures["form"] == form) & (figures["figure"] == figure)]
    return dict(zip(told["of"], told["value"], strict=True))


def test_the_stamps(page: str, figures: pd.DataFrame) -> None:
    stamps = figures[figures["form"] == "stamps"].set_index("figure")
    if told := re.search(r"The audit has ([\d,]+) open finding", page):
        assert stamps.loc["open findings of the audit", "value"] == number(told[1])
    if told := re.search(r"([\d,]+) of ([\d,]+) suggestions", page):
        row = stamps.loc["suggestions nobody has checked"]
        assert (row["value"], row["base"]) == (number(told[1]), number(told[2]))


def test_who_took_part(page: str, figures: pd.DataFrame) -> None:
    profile = figures[figures["form"] == "response_profile"]
    assert of(figures, "response_profile", "days open")[""] == number(re.findall(r"\((\d+) days, first", page)[0])
    received = of(figures, "response_profile", "responses received by")
    for row in _table(page, "How people took part"):
        name = row["How"][0].split(":")[0].casefold()
        if name in received:
            assert number(row["Responses"][0]) == received[name]
        else:
            assert row["Events"] == ["1"]
            assert row["Participants"][0] in set(profile.loc[profile["figure"] == "participants", "shown"])
    types = re.search(r"Of all ([\d,]+) responses by who sent them: (.*)\.", page)
    assert types is not None
    told = {name: n for name, n in of(figures, "response_profile", "responses by type").items() if not pd.isna(n)}
    assert {f"all: {name.strip()}": number(n) for name, n in re.findall(r"([^;(:]+?) ([\d,]+)(?=;|,|$)", types[2])} == {
        name: n for name, n in told.items() if name.startswith("all: ")
    }
    counted = _table(page, "What was received, and what is counted")
    steps = {row["Step"][0]: number(row["Responses"][0]) for row in counted}
    assert steps["Received"] == of(figures, "response_profile", "responses received")[""]
    assert steps["Counted in this report"] == of(figures, "response_profile", "responses counted")[""]


def test_the_evidence_behind_every_statement(page: str, figures: pd.DataFrame) -> None:
    printed = {
        (note, unit): number(count)
        for note, told in re.findall(r"^\[\^(\d+)\]: ([^.]*)\.", page, re.M)
        for count, unit in re.findall(r"([\d,]+) (response|comment|event)", told)
    }
    evidence = figures[figures["form"] == "evidence"]
    counted = {
        (note, unit.removesuffix("s")): value
        for note, unit, value in zip(evidence["of"], evidence["unit"], evidence["value"], strict=True)
        if not pd.isna(value) and value
    }
    assert len(printed) > 100
    assert counted == printed


def test_no_figure_of_the_report_is_left_over(demo: Project, page: str) -> None:
    """What is neither a stamp, nor of those who took part, nor evidence, is the words of the draft and of officers."""
    written = [demo.settings.title, *demo.table("block_rows")["statement"], *demo.table("blocks")["topic"]]
    written += [*demo.table("points")["statement"], *demo.table("decisions")["reason"].dropna()]
    for column in ("code", "name", "wording"):
        written += list(demo.table("elements")[column].dropna())
    written += list(demo.table("decisions")["destination"].dropna())
    known = {found for text in written for found in NUMBER.findall(text)}
    body = page.split("## You said, we did", 1)[1].split("## The evidence behind each statement")[0]
    left = set(NUMBER.findall(re.sub(r"\[\^\d+\]", "", body))) - known
    assert left == set()


def test_the_same_figures_stand_behind_points_charts_and_the_log(demo: Project, figures: pd.DataFrame) -> None:
    points = demo.table("points").query("status == 'open'").set_index("point_id")
    for unit in ("responses", "comments", "events"):
        told = of(figures, "key_issues", f"{unit} that say it")
        assert {point: int(n) for point, n in points[f"n_{unit}"].dropna().items()} == {
            point: n for point, n in told.items() if not pd.isna(points.loc[point, f"n_{unit}"])
        }
    by_stance = of(figures, "charts", "comments by stance")
    raised, by_type = of(figures, "charts", "responses that raised it"), of(figures, "charts", "responses by type")
    themes = {theme.name: theme.code for theme in demo.themes()}
    printed = _charts(demo)
    for (row, column), value in printed["Responses"].items():
        code, name = themes[row], column.split(" (of ")[0]
        assert value == (raised[code] if name == "All" else by_type[f"{code}: {name}"])
    assert len(printed["Responses"]) > 20
    stances = [int(n) for n in by_stance.values()]
    assert sum(printed["Comments"].values()) == sum(sorted(stances, reverse=True)) - _beyond(demo, by_stance)


def _beyond(demo: Project, by_stance: dict[str, int]) -> int:
    """Comments on elements for which the chart has no room: it shows the twelve with most."""
    totals: dict[str, int] = {}
    for name, value in by_stance.items():
        totals[name.split(": ")[0]] = totals.get(name.split(": ")[0], 0) + int(value)
    return sum(sorted(totals.values(), reverse=True)[12:])


def test_a_crosstab_tells_no_more_and_no_less_than_the_report(demo: Project, figures: pd.DataFrame) -> None:
    table = demo.analysis.crosstab("theme", "respondent_type")
    by_type = of(figures, "charts", "responses by type")
    for row, column, value in zip(table["row"], table["column"], table["count"], strict=True):
        if row != "no code":
            printed = by_type[f"{row}: {column}"]
            assert (None if pd.isna(value) else value) == (None if pd.isna(printed) else printed), (row, column)


def test_ids_are_as_many_as_they_are_counted_and_none_tell_what_is_withheld(figures: pd.DataFrame) -> None:
    counted = figures[(figures["ids"].map(len) > 0) & (figures["unit"].isin(["responses", "comments", "events"]))]
    counted = counted[counted["form"] != "method"]
    assert (counted["ids"].map(len) == counted["value"]).all()
    assert figures.loc[figures["shown"] == "withheld", "ids"].map(len).eq(0).all()


def _table(page: str, caption: str) -> list[dict[str, list[str]]]:
    """The rows of a printed table by the heading of their column."""
    found: dict[str, Cells] = from_md(page.encode())
    header, *rows = found[caption]
    return [dict(zip((cell[0] for cell in header), row, strict=True)) for row in rows]


def _charts(demo: Project) -> dict[str, dict[tuple[str, str], int]]:
    """The cells of the report's charts by row and column, under the first word of the chart's caption."""
    report, _, _ = demo._report(["charts"])
    tables = [block.table for block in report.sections[0].blocks if isinstance(block, Chart)]
    return {
        table.caption.split()[0]: {
            (row[0].text, column): int(cell.number)
            for row in table.rows
            for column, cell in zip(table.header[1:], row[1:], strict=True)
            if cell.number is not None
        }
        for table in tables
    }


def test_figures_are_the_same_when_asked_again(demo: Project, figures: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(demo.figures(), figures)
