"""Several sheets in one workbook: each that holds responses is read as a source of its own; no sheet is passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from consultation import Project, config, reading, tables
from consultation.errors import ConsultationError
from consultation.settings import Settings, SourceSettings
from tests.exports_fixtures import HEADS, ROWS, comments, data, read, text, told, workbook, write

PAPER = [
    ["1", "03/09/2025", "Agree", "Nobody asked the people at the far end of the lane"],
    ["2", "04/09/2025", "Disagree", "My mother cannot read such small print"],
]
LOOKUP = [["Ward", "Number"], ["Marden", "4"], ["Ashby", "5"]]


def by_source(made: reading.Reading) -> dict[str, tuple[int, int]]:
    """Rows imported and responses received, by source."""
    return {each.name: (each.imported, each.received) for each in reading.accounts(made.tables)[:-1]}


def test_a_list_beside_the_responses_is_named_and_left(tmp_path: Path) -> None:
    made = read(workbook(tmp_path, {"Responses": data([HEADS, *ROWS]), "Wards": data(LOOKUP)}))
    assert by_source(made) == {"survey": (6, 6)}
    assert "Sheet “Wards” (3 rows) was not read: no column holds free text and no heading asks a question" in told(made)


def test_a_working_copy_is_named_and_counts_nobody_twice(tmp_path: Path) -> None:
    copy = [HEADS, *([*row[:3], row[3] + " "] for row in ROWS[:4])]
    made = read(workbook(tmp_path, {"Responses": data([HEADS, *ROWS]), "Checked": data(copy)}))
    assert by_source(made) == {"survey": (6, 6)}
    [asked] = [line for line in made.ambiguous if "“Checked” (5 rows)" in line and "too" in line]
    assert "It says again what 4 rows of “Responses” say." in asked
    assert asked.endswith("Assumed: no.")


def test_a_second_sheet_of_responses_is_a_source_of_its_own_under_the_same_questions(tmp_path: Path) -> None:
    made = read(workbook(tmp_path, {"Online": data([HEADS, *ROWS]), "Paper": data([HEADS, *PAPER])}))
    assert by_source(made) == {"survey": (6, 6), "survey (Paper)": (2, 2)}
    assert "Sheet “Paper” was read as a source of its own, “survey (Paper)”." in made.notes
    assert len(made.tables["questions"]) == 2
    assert {row[3] for row in PAPER} <= set(comments(made))
    assert "sheet “Paper”, row 3, column D" in made.tables["comments"]["locator"].tolist()
    assert not tables.check({name: table for name, table in made.tables.items() if name != "cells"})
    merged, said = reading.merge({}, made)
    assert str(said) == "0 known, 8 new, 0 changed, 0 missing"
    _, again = reading.merge(merged, made)
    assert again.already == "survey"


def test_a_person_may_say_which_sheets_hold_responses(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"Online": data([HEADS, *ROWS]), "Paper": data([HEADS, *PAPER])})
    made = reading.read(path, Settings(), choose=lambda asked, options, usual: "no" if "too" in asked else usual)
    assert by_source(made) == {"survey": (6, 6)}


def test_a_saved_mapping_reads_the_sheets_it_names_and_says_which_it_does_not(tmp_path: Path) -> None:
    sheets = {"Online": data([HEADS, *ROWS]), "Paper": data([HEADS, *PAPER])}
    first = read(workbook(tmp_path, sheets))
    (tmp_path / "consultation.yaml").write_text(config.with_mappings(tmp_path / "none.yaml", {"survey": first.mapping}))
    saved = config.settings(tmp_path / "consultation.yaml").sources["survey"]
    assert saved == first.mapping
    newer = workbook(tmp_path, {**sheets, "Late": data([HEADS, *ROWS[:1]])}, "survey.xlsx")
    again = read(newer, saved)
    assert not again.drafted
    assert again.ambiguous == ()
    assert by_source(again) == by_source(first)
    assert again.mapping == saved
    assert "Sheet “Late” (2 rows) was not read, as the mapping does not name it." in told(again)
    one = read(newer, SourceSettings(**{**vars(saved), "sheets": ()}))
    assert by_source(one) == {"survey": (6, 6)}
    named = read(newer, SourceSettings(**{**vars(saved), "sheets": (*saved.sheets, SourceSettings(sheet="Late"))}))
    assert named.drafted
    assert by_source(named) == {"survey": (6, 6), "survey (Late)": (1, 1), "survey (Paper)": (2, 2)}


def test_an_unknown_role_in_a_further_sheet_is_told_with_its_line(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "sources:\n  survey:\n    sheets:\n      - sheet: Paper\n        columns:\n"
        "          - {column: A, heading: Ref, role: coment}\n",
        "consultation.yaml",
    )
    with pytest.raises(ConsultationError, match="“coment” is no role of a column") as caught:
        config.settings(path)
    assert "line 6" in str(caught.value)


def test_rows_set_aside_in_two_sheets_are_mended_in_one_file(tmp_path: Path) -> None:
    foot = ["Total responses", "", "", ""]
    first = read(workbook(tmp_path, {"Online": data([HEADS, *ROWS, foot]), "Paper": data([HEADS, *PAPER, foot])}))
    frame = first.quarantine
    assert frame["sheet"].tolist() == ["Online", "Paper"]
    held, _ = reading.merge({}, first)
    mended = frame.assign(
        **{"Response ID": ["R77", "77"], HEADS[2]: "Agree", HEADS[3]: ["What I meant online", "What I meant on paper"]}
    )
    path = write(tmp_path, text([list(mended.columns), *mended.values.tolist()]), "survey__rejected.csv")
    merged, said = reading.merge(held, read(path, first.mapping))
    assert str(said) == "0 known, 2 new, 0 changed, 0 missing"
    assert sorted(merged["sources"]["name"]) == [
        "survey", "survey (Paper)", "survey (Paper) (mended rows)", "survey (mended rows)",
    ]  # fmt: skip
    assert {"What I meant online", "What I meant on paper"} <= set(merged["comments"]["text"])
    reading.accounts(merged)
    alone = mended.iloc[1:].assign(**{"Response ID": ["78"]})
    path = write(tmp_path, text([list(alone.columns), *alone.values.tolist()]), "survey__rejected.csv")
    merged, _ = reading.merge(merged, read(path, first.mapping))
    assert "78" in merged["responses"]["supplied_id"].tolist()


# Sheets of repeats ------------------------------------------------------------------------------------------------

HOUSEHOLDS = [
    ["start", "Do you use the bus?", "visits_count", "_id", "_uuid", "_submission_time", "_index"],
    ["2025-09-01T09:00:00", "yes", "2", "71", "aa-1", "2025-09-01T09:05:00", "1"],
    ["2025-09-02T09:00:00", "no", "1", "72", "bb-2", "2025-09-02T09:05:00", "2"],
]
VISITS = [
    ["Where did you go?", "How was it?", "_index", "_parent_table_name", "_parent_index", "_submission__id",
     "_submission__uuid"],
    ["yes", "It was late and then it was full", "1", "main", "1", "71", "aa-1"],
    ["yes", "The driver waited for me, which was kind", "2", "main", "1", "71", "aa-1"],
    ["no", "I walked as nothing came for an hour", "3", "main", "2", "72", "bb-2"],
    ["no", "Nobody knows whose words these are", "4", "main", "9", "79", "zz-9"],
]  # fmt: skip


@pytest.mark.parametrize("names", [("_submission__uuid", "_submission__id", "_parent_index"), ("_parent_index",)])
def test_repeats_belong_to_the_response_they_name_and_are_no_responses(tmp_path: Path, names: tuple[str, ...]) -> None:
    drop = [
        i for i, head in enumerate(VISITS[0]) if head.startswith(("_submission", "_parent_i")) and head not in names
    ]
    visits = [[cell for i, cell in enumerate(row) if i not in drop] for row in VISITS]
    made = read(workbook(tmp_path, {"main": data(HOUSEHOLDS), "visits": data(visits)}, "kobo.xlsx"))
    assert by_source(made) == {"kobo": (2, 2), "kobo (visits)": (3, 0)}
    assert "Sheet “visits”: 3 rows belong to 2 responses; they are no responses of their own." in made.notes
    assert "row 5 belongs to a response that is not there." in told(made)
    owner = made.tables["responses"].set_index("supplied_id")["response_id"]
    said = made.tables["comments"].set_index("text")["response_id"]
    assert said[VISITS[1][1]] == said[VISITS[2][1]] == owner["aa-1"]
    assert said[VISITS[3][1]] == owner["bb-2"]
    answers = made.tables["answers"].merge(made.tables["questions"], on="question_id")
    twice = answers[(answers["response_id"] == owner["aa-1"]) & answers["text"].str.startswith("Where did you go?")]
    assert sorted(zip(twice["text"], twice["value"], strict=True)) == [
        ("Where did you go? (visits 1)", "yes"),
        ("Where did you go? (visits 2)", "yes"),
    ]
    assert not tables.check({name: table for name, table in made.tables.items() if name != "cells"})


def test_repeats_stay_and_follow_their_response_in_a_newer_export(tmp_path: Path) -> None:
    first = read(workbook(tmp_path, {"main": data(HOUSEHOLDS), "visits": data(VISITS[:4])}, "kobo.xlsx"))
    held, _ = reading.merge({}, first)
    newer = [*VISITS[:3], [VISITS[3][0], "I waited an hour and walked", *VISITS[3][2:]]]
    path = workbook(tmp_path, {"main": data(HOUSEHOLDS), "visits": data(newer)}, "kobo_2025-10-01.xlsx")
    merged, said = reading.merge(held, read(path, first.mapping))
    assert str(said) == "1 known, 0 new, 1 changed, 0 missing"
    assert len(merged["comments"]) == 3
    assert "I waited an hour and walked" in merged["comments"]["text"].tolist()
    assert len(merged["answers"]) == len(held["answers"])
    gone = workbook(tmp_path, {"main": data(HOUSEHOLDS[:2]), "visits": data(newer[:3])}, "kobo_2025-10-02.xlsx")
    merged, said = reading.merge(merged, read(gone, first.mapping))
    assert said.missing == 1
    assert len(merged["comments"]) == 3
    assert len(merged["answers"]) == len(held["answers"])
    reading.accounts(merged)


def test_the_command_reads_all_sheets_and_keeps_their_mapping(tmp_path: Path) -> None:
    folder = workspace(tmp_path, "title: Buses\n")
    path = workbook(tmp_path, {"main": data(HOUSEHOLDS), "visits": data(VISITS[:4])}, "kobo.xlsx")
    Project(folder).read([path])
    kept = Project(folder).settings.sources["kobo"]
    assert [sheet.sheet for sheet in kept.sheets] == ["visits"]
    assert "parent" in {column.role for column in kept.sheets[0].columns}
    assert len(Project(folder).table("comments")) == 3
    assert any("imported already" in line for line in Project(folder).read([path]).lines)


def workspace(folder: Path, settings: str) -> Path:
    made = folder / "workspace"
    made.mkdir()
    write(made, settings, "consultation.yaml")
    write(made, "elements:\n  - {code: '1', kind: aim, name: Buses}\n", "framework.yaml")
    write(made, "themes:\n  - {code: unclear, name: Not clear}\n", "codebook.yaml")
    return made


def monkey(folder: Path) -> Path:
    """A plain sheet that a person may take for one with two rows of headings."""
    heads = ["Respondent ID", "Are you a?", "What do you think?", "Your e-mail"]
    rows = [[f"R{i}", "Patient", f"The words of number {i}", f"r{i}@example.org"] for i in range(1, 5)]
    return write(folder, text([heads, *rows]), "survey.csv")


def test_a_change_of_heading_rows_maps_their_columns_anew_and_asks_nothing(tmp_path: Path) -> None:
    folder = workspace(tmp_path, "sources:\n  survey:\n    files: [survey.csv]\n    header_rows: 2\n")
    Project(folder).read([monkey(tmp_path)])
    settings = folder / "consultation.yaml"
    assert "The words of number 1" in settings.read_text(encoding="utf-8")  # as a heading, because a person said so
    assert len(Project(folder).table("responses")) == 3
    settings.write_text(settings.read_text(encoding="utf-8").replace("header_rows: 2", "header_rows: 1"), "utf-8")
    said = str(Project(folder).read([folder / "data" / "raw" / "survey.csv"]))
    assert "new name" not in said
    assert "is not in this file" not in said
    assert "columns A, B, C, D were mapped anew" in said
    assert "words of number" not in settings.read_text(encoding="utf-8")
    project = Project(folder)
    assert len(project.table("responses")) == len(project.table("comments")) == 4
    assert "words of number" not in " ".join(project.table("questions")["text"])
    columns = project.settings.sources["survey"].columns
    assert [column.role for column in columns] == ["response_id", "closed", "comment", "identity"]


def test_a_renamed_column_of_a_newer_export_is_still_asked_about(tmp_path: Path) -> None:
    mapping = read(monkey(tmp_path)).mapping
    newer = write(tmp_path, (tmp_path / "survey.csv").read_text().replace("do you think?", "do you think of it?"))
    assert "Is it “What do you think?” under a new name?" in told(read(newer, mapping))


def test_a_source_taken_out_of_the_settings_is_mapped_anew_when_it_is_read_again(tmp_path: Path) -> None:
    folder = workspace(tmp_path, "title: Buses\n")
    settings = folder / "consultation.yaml"
    Project(folder).read([monkey(tmp_path)])
    drafted = settings.read_text(encoding="utf-8")
    settings.write_text("title: Buses\n", "utf-8")
    said = str(Project(folder).read([folder / "data" / "raw" / "survey.csv"]))
    assert "imported already" not in said
    assert settings.read_text(encoding="utf-8") == drafted
    assert "imported already" in str(Project(folder).read([folder / "data" / "raw" / "survey.csv"]))
