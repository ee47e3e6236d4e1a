"""Newer exports, other versions of one questionnaire, mappings used again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from consultation import config, reading, tables
from consultation.settings import Settings, SourceSettings
from tests.exports_fixtures import HEADS, ROWS, comments, read, text, write


def test_a_saved_mapping_reads_a_second_export_with_no_question(tmp_path: Path) -> None:
    first = read(write(tmp_path, text([HEADS, *ROWS])))
    again = read(
        write(tmp_path, text([HEADS, *ROWS, ["R9", "21/09/2025 10:00", "Agree", "One more voice"]])), first.mapping
    )
    assert first.drafted
    assert not again.drafted
    assert again.ambiguous == ()
    assert [c.role for c in again.mapping.columns] == [c.role for c in first.mapping.columns]


def test_a_mapping_is_used_as_it_stands_even_where_a_draft_would_differ(tmp_path: Path) -> None:
    path = write(tmp_path, text([HEADS, *ROWS]))
    drafted = read(path).mapping
    columns = tuple(replace(c, role="officer_note") if c.column == "D" else c for c in drafted.columns)
    made = read(path, replace(drafted, columns=columns))
    assert comments(made) == []
    assert (made.tables["answers"]["state"] == "officer_note").sum() == 6


def test_a_finance_file_is_read_where_an_officer_maps_it(tmp_path: Path) -> None:
    path = write(tmp_path, text([["Supplier", "Amount"], ["ACME", "1.00"]]))
    from consultation.settings import Column

    told = SourceSettings(
        columns=(
            Column(column="A", heading="Supplier", role="closed"),
            Column(column="B", heading="Amount", role="metadata"),
        )
    )
    assert len(read(path, told).tables["answers"]) == 1


@pytest.mark.parametrize(
    "name",
    [
        "survey.csv",
        "survey (1).csv",
        "survey_2025-09-01.csv",
        "Copy of survey.csv",
        "survey 20250901_0916.csv",
        "survey-final.csv",
    ],
)
def test_a_source_keeps_its_name_under_the_names_that_exports_get(tmp_path: Path, name: str) -> None:
    assert read(write(tmp_path, text([HEADS, *ROWS]), name)).name == "survey"


def test_a_pattern_in_the_settings_names_the_source(tmp_path: Path) -> None:
    path = write(tmp_path, text([HEADS, *ROWS]), "Export 77 of portal.csv")
    assert (
        reading.read(path, Settings(sources={"portal": SourceSettings(files=("export*portal.csv",))})).name == "portal"
    )


def test_a_newer_export_under_quite_another_name_is_known_by_its_questions_and_ids(tmp_path: Path) -> None:
    held, _ = reading.merge({}, read(write(tmp_path, text([HEADS, *ROWS]), "autumn.csv")))
    path = write(tmp_path, text([HEADS, *ROWS, ["R9", "21/09/2025 10:00", "Agree", "One more voice"]]), "download.csv")
    again = reading.read(path, Settings(), known=held)
    assert again.name == "autumn"
    merged, said = reading.merge(held, again)
    assert str(said) == "6 known, 1 new, 0 changed, 0 missing"
    assert not tables.check({name: table for name, table in merged.items() if name != "cells"})


def test_merging_alters_nothing_it_was_given(tmp_path: Path) -> None:
    first = read(write(tmp_path, text([HEADS, *ROWS]), "survey.csv"))
    held, _ = reading.merge({}, first)
    copies = {name: table.copy() for name, table in held.items()}
    reading.merge(held, read(write(tmp_path, text([HEADS, *ROWS[1:]]), "survey (1).csv")))
    for name, table in copies.items():
        pd.testing.assert_frame_equal(held[name], table)


EASY = ["Response ID", "Q1. Are you happy with the plan?", "Q2. Why is that?"]
MAIN = ["Response ID", "Q1. Do you agree with the plan?", "Q2. Please give your reasons for that"]


def test_case_52_an_easy_read_version_stands_under_the_questions_of_the_main_one(tmp_path: Path) -> None:
    main = [MAIN, ["1", "Strongly agree", "It is right for the town"], ["2", "Disagree", "It costs far too much"]]
    held, _ = reading.merge({}, read(write(tmp_path, text(main), "bus.csv")))
    easy = write(tmp_path, text([EASY, ["1", "Very happy", "I like the bus a lot"]]), "bus easy read.csv")
    made = reading.read(easy, Settings(), known=held)
    assert any("This looks like another version of “bus”" in line for line in made.ambiguous)
    told = replace(
        made.mapping,
        columns=tuple(
            replace(c, values={"Very happy": "Strongly agree"}) if c.role == "closed" else c
            for c in made.mapping.columns
        ),
    )
    merged, _ = reading.merge(held, reading.read(easy, Settings(sources={made.name: told}), known=held))
    answers = merged["answers"].merge(merged["questions"], on="question_id")
    agreed = answers[answers["text"] == "Q1. Do you agree with the plan?"]["value"].value_counts()
    assert agreed.to_dict() == {"Strongly agree": 2, "Disagree": 1}
    assert merged["comments"]["question_id"].nunique() == 1
    assert len(merged["responses"]) == 3
    reading.accounts(merged)
    assert not tables.check({name: table for name, table in merged.items() if name != "cells"})


def test_elements_are_guessed_from_a_questions_words(tmp_path: Path) -> None:
    from consultation import model

    elements = tables.frame(
        "elements",
        [
            model.Element(
                code="2.3",
                kind="aim",
                parent=None,
                order=1,
                version="draft",
                name="Bus shelters",
                wording="Shelters are dry.",
            ),
            model.Element(
                code="4",
                kind="strategic_outcome",
                parent=None,
                order=2,
                version="draft",
                name=None,
                wording="Everyone can get about.",
            ),
        ],
    )
    rows = [
        [
            "Response ID",
            "What do you think of 2.3?",
            "Comments on “Everyone can get about”",
            "Comments on bus shelters",
            "Section 12.3.4 comments",
        ],
        ["1", "fine with me", "not everyone can", "they leak", "none"],
    ]
    made = reading.read(write(tmp_path, text(rows)), Settings(), known={"elements": elements})
    asked = {q.text: list(q.elements) for q in made.tables["questions"].itertuples()}
    assert list(asked.values()).count(["2.3"]) == 2
    assert asked["Comments on “Everyone can get about”"] == ["4"]
    assert asked["Section 12.3.4 comments"] == []


def test_a_drafted_mapping_names_its_file_and_saved_it_is_the_same_however_often_it_is_used(tmp_path: Path) -> None:
    path = write(tmp_path, text([HEADS, *ROWS]), "survey [final] (2).csv")
    first = read(path)
    assert first.mapping.files == ("survey [final] (2).csv",)
    settings = tmp_path / "consultation.yaml"
    settings.write_text(config.with_mappings(settings, {"views on buses": first.mapping}), encoding="utf-8")
    saved = config.settings(settings)
    assert saved.sources["views on buses"] == first.mapping
    again = reading.read(path, saved)
    assert again.name == "views on buses"
    assert again.mapping == first.mapping
    assert not again.drafted
    edited = config.with_mappings(settings, {"views on buses": first.mapping}).replace(
        "role: comment", "role: officer_note"
    )
    settings.write_text(edited, encoding="utf-8")
    made = [reading.read(path, config.settings(settings)) for _ in range(2)]
    assert made[0].mapping == made[1].mapping == config.settings(settings).sources["views on buses"]
    assert all(comments(each) == [] for each in made)
    pd.testing.assert_frame_equal(made[0].tables["answers"], made[1].tables["answers"])
