"""Who answered beside the population, day by day and by district; and a project's analysis as a notebook uses it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from consultation import Project
from consultation.analysis.people import districts, representativeness, timeline
from consultation.errors import ConsultationError
from consultation.settings import Suppression
from tests import small
from tests.analyst import THEMES, consultation

AGES = {**{f"y{n}": "16 to 24" for n in range(10)}, **{f"m{n}": "25 to 64" for n in range(30)}, "o": "75 or over"}
HELD = consultation([(who, "resident", "words", "theme:vague") for who in AGES], groups=AGES)
PEOPLE = {"16–24": 1000, "25 to 64": 2000, "65 to 74": 500, "75 or over": 500}


def group(table: pd.DataFrame, name: str) -> pd.Series:
    return table.set_index("group").loc[name]


def test_a_group_of_which_nobody_answered_is_named() -> None:
    table = representativeness(HELD, "Age", PEOPLE)
    assert list(table["group"]) == list(PEOPLE)
    assert group(table, "65 to 74")["heard"] == "not heard from"
    assert group(table, "65 to 74")["responses"] == 0


def test_shares_are_set_beside_those_of_the_population_with_intervals() -> None:
    middle = group(representativeness(HELD, "Age", PEOPLE), "25 to 64")
    assert middle["share"] == pytest.approx(30 / 41)
    assert middle["population_share"] == pytest.approx(0.5)
    assert middle["difference"] == pytest.approx(30 / 41 - 0.5)
    assert middle["difference_low"] == pytest.approx(middle["low"] - 0.5)
    assert middle["heard"] == "over"
    assert group(representativeness(HELD, "Age", PEOPLE), "16–24")["heard"] == "in line"


def test_small_groups_are_withheld_with_all_that_would_tell_them_and_noughts_are_not() -> None:
    table = representativeness(HELD, "Age", PEOPLE, suppress=Suppression(below=5))
    gone = table[table["heard"] == "withheld"]
    assert "75 or over" in set(gone["group"])
    assert len(gone) > 1  # or subtraction would give it back
    assert gone[["responses", "share", "low", "high", "difference"]].isna().all(axis=None)
    assert group(table, "65 to 74")["heard"] == "not heard from"


def test_answers_that_the_figures_do_not_have_follow() -> None:
    table = representativeness(HELD, "Age", {"16 to 24": 10, "25 to 64": 20})
    assert group(table, "75 or over")["heard"] == "not in the figures"
    assert group(table, "16 to 24")["share"] == pytest.approx(0.25)  # of those that the figures have


def test_figures_for_other_groups_are_met_with_the_nearest() -> None:
    with pytest.raises(ConsultationError, match=r"None of the groups .*“16 to 25”"):
        representativeness(HELD, "Age", {"16 to 25": 10})
    with pytest.raises(ConsultationError, match="must be numbers of people"):
        representativeness(HELD, "Age", {"16 to 24": 0})


def test_each_day_has_its_responses_noughts_included_and_unknown_dates_last() -> None:
    held = consultation([("a", "", "x"), ("b", "", "x"), ("c", "", "x"), ("d", "", "x")])
    dates = ["2026-02-01T23:30:00", "2026-02-04", "spring", None]
    held["responses"] = held["responses"].assign(submitted_at=dates)
    table = timeline(held)
    assert list(table["responses"]) == [1, 0, 0, 1, 2]
    assert list(table["cumulative"]) == [1, 1, 1, 2, 4]
    assert table["date"].isna().tolist() == [False] * 4 + [True]
    assert timeline(consultation([])).empty
    with pytest.raises(ConsultationError, match="There is no “fortnight”"):
        timeline(held, by="fortnight")  # type: ignore[arg-type]  # a word that a person might type


def test_districts_come_from_the_column_that_says_where_people_live_and_postcodes_are_cut() -> None:
    held = consultation([(f"a{n}", "", "x", "theme:vague") for n in range(6)] + [("b", "", "x"), ("c", "", "x")])
    where = {f"r-a{n}": ("Your postcode=ab12 3cd",) for n in range(6)} | {"r-b": ("Your postcode=ZZ1",)}
    held["responses"]["groups"] = [where.get(one, ()) for one in held["responses"]["response_id"]]
    table = districts(held, themes=THEMES, population={"AB12": 3000}).set_index("district")
    assert table["responses"].to_dict() == {"AB12": 6, "ZZ1": 1, "not stated": 1}
    assert table.loc["AB12", ["share", "per_1000"]].tolist() == pytest.approx([6 / 7, 2])
    assert table.loc["AB12", "top_theme"] == "Too vague"
    hidden = districts(held, suppress=Suppression(below=5)).set_index("district")
    assert hidden.loc["ZZ1"].drop("top_theme").isna().all()
    with pytest.raises(ConsultationError, match="No group column says where people live"):
        districts(HELD)


# --- through Project --------------------------------------------------------------------------------------------------


def test_before_anything_was_read_a_notebook_is_told_what_to_do(tmp_path: Path) -> None:
    ask = Project(small.workspace(tmp_path)).analysis
    for question in (lambda: ask.crosstab("theme"), ask.topics, ask.cooccurrence, ask.districts):
        with pytest.raises(ConsultationError, match=r"nothing to count yet.*\n.*consultation read data/raw"):
            question()
    assert ask.search().empty
    assert ask.timeline().empty
    assert ask.heat().text.startswith("Nobody spoke")


def test_a_small_consultation_answers_every_question(tmp_path: Path) -> None:
    project = small.project(tmp_path)
    project.tag()
    project.wording()
    ask = project.analysis
    assert repr(ask) == "The analysis of “Our town”: 4 responses, 7 comments."
    assert ask is project.analysis
    assert ask.wide(ask.crosstab("respondent_type", suppress=False)).loc["Resident", "all"] == 3
    assert ask.crosstab("respondent_type")["withheld"].all()
    found = ask.search("patronising")
    assert "Hard-pressed" in ask.heat("1.1").text
    assert "patronising" in ask.stripes(found["comment_id"].iloc[0]).text
    assert ask.keyness(found, least=1)["n"].max() == 1
    assert ask.element("1.1").text.startswith("1.1 Crossings")
    assert list(ask.new_themes().columns)[-1] == "entry"
    assert len(ask.salience()) > 10
    project.exclude([found["comment_id"].iloc[0]], reason="a test")
    assert project.analysis.search("patronising").empty
