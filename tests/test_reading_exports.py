"""Every export of `shared/exports` is read without a hand edit; the counts were taken from the files on their own."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultation import reading, tables
from consultation.errors import ConsultationError
from consultation.reading.grids.grid import rebuild
from consultation.settings import Settings
from tests.exports_fixtures import text, write

EXPORTS = Path(__file__).parent / "data" / "exports"

# file, platform, responses, free-text comments (words typed for "other" among them)
SYNTHETIC = [
    ("alchemer.csv", "Alchemer", 2, 2),
    ("citizenspace.csv", "Citizen Space", 2, 3),
    ("commonplace.csv", "Commonplace", 1, 2),
    ("engagementhq.xlsx", "EngagementHQ", 1, 1),
    ("generic_council.csv", "tidy sheet", 1, 1),
    ("googleforms.csv", "Google Forms", 1, 1),
    ("jisc_bos.csv", "Jisc Online Surveys", 1, 2),
    ("kobo.csv", "KoBoToolbox", 1, 2),
    ("limesurvey_code.csv", "LimeSurvey", 2, 2),
    ("limesurvey_full.csv", "LimeSurvey", 1, 2),
    ("msforms.xlsx", "Microsoft Forms", 2, 1),
    ("msforms_saved_as.csv", "Microsoft Forms", 1, 1),
    ("odkcentral.csv", "ODK", 1, 1),
    ("qualtrics.csv", "Qualtrics", 2, 3),
    ("smartsurvey.csv", "SmartSurvey", 1, 1),
    ("surveymonkey.csv", "SurveyMonkey", 2, 2),
    ("typeform.csv", "Typeform", 1, 2),
]
PARAGRAPHS = "It’s fair, but “only just” – £2.50.\n\nSecond para; with, commas"


def read(path: Path) -> reading.Reading:
    return reading.read(path, Settings())


@pytest.mark.parametrize(("file", "platform", "responses", "comments"), SYNTHETIC)
def test_an_export_of_each_platform_is_read_by_content(
    file: str, platform: str, responses: int, comments: int, tmp_path: Path
) -> None:
    hidden = tmp_path / f"data{Path(file).suffix}"  # the name gives nothing away
    hidden.write_bytes((EXPORTS / file).read_bytes())
    made = read(hidden)
    source = made.tables["sources"].iloc[0]
    assert source["platform"] == platform
    assert len(made.tables["responses"]) == responses
    assert len(made.tables["comments"]) == comments
    reading.accounts(made.tables)
    assert not tables.check({name: table for name, table in made.tables.items() if name != "cells"})


@pytest.mark.parametrize("file", [row[0] for row in SYNTHETIC if row[0] != "generic_council.csv"])
def test_an_answer_of_two_paragraphs_with_quotes_and_pounds_survives_word_for_word(file: str) -> None:
    assert PARAGRAPHS in read(EXPORTS / file).tables["comments"]["text"].tolist()


def test_a_finance_file_is_refused_with_a_reason() -> None:
    with pytest.raises(ConsultationError, match=r"does not look like a survey: its columns \(Supplier, Amount\) read"):
        read(EXPORTS / "not_survey_finance.csv")


@pytest.mark.parametrize(
    ("file", "ticked"),
    [
        ("msforms.xlsx", ["Bus", "Car, as driver", "e-scooter"]),
        ("citizenspace.csv", ["Bus", "Car, as driver", "Walk"]),
        ("jisc_bos.csv", ["Bus", "Car, as driver", "Other"]),
        ("kobo.csv", ["bus", "other"]),
        ("surveymonkey.csv", ["Bus"]),
        ("limesurvey_full.csv", ["Bus"]),
        ("qualtrics.csv", ["Bus", "Bus", "Other (please specify):"]),
    ],
)
def test_several_choices_are_told_apart_however_the_platform_joins_them(file: str, ticked: list[str]) -> None:
    answers = read(EXPORTS / file).tables["answers"]
    assert sorted(answers.loc[answers["state"] == "ticked", "value"]) == ticked


def test_words_typed_for_other_are_a_comment_beside_the_question() -> None:
    made = read(EXPORTS / "surveymonkey.csv").tables
    other = made["comments"][made["comments"]["text"] == "e-scooter"].iloc[0]
    question = made["questions"].set_index("question_id").loc[other["question_id"]]
    assert question["kind"] == "other_text"
    assert made["questions"].set_index("question_id").loc[question["pair_id"], "kind"] == "multi"


def test_rows_of_a_matrix_are_questions_of_their_own() -> None:
    questions = read(EXPORTS / "surveymonkey.csv").tables["questions"]
    assert sorted(questions.loc[questions["kind"] == "matrix_row", "text"]) == [
        "Rate the following [Parking]",
        "Rate the following [Safety]",
    ]


def test_previews_are_set_aside_and_partials_told_apart() -> None:
    qualtrics = read(EXPORTS / "qualtrics.csv").tables
    assert sorted(qualtrics["responses"]["status_reason"].dropna()) == ["preview response"]
    assert qualtrics["comments"].set_index("text").loc["TEST", "status"] == "excluded"
    limesurvey = read(EXPORTS / "limesurvey_code.csv")
    assert sorted(limesurvey.tables["responses"]["completeness"]) == ["complete", "partial"]
    assert any("1 of 2 responses are partial" in told for told in limesurvey.ambiguous)


def test_names_and_addresses_are_in_the_table_of_identity_alone() -> None:
    made = read(EXPORTS / "msforms.xlsx").tables
    assert sorted(made["identity"]["value"]) == ["Ann", "a@b.c"]
    others = {name: table for name, table in made.items() if name not in ("identity", "cells")}
    assert not any("a@b.c" in table.to_csv() for table in others.values())


# Genuine files ----------------------------------------------------------------------------------------------------


def cells_of(path: Path, encoding: str = "utf-8-sig") -> list[list[str]]:
    """The file by the plainest reader there is: what the counts below are taken from."""
    text = path.read_bytes().decode(encoding)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter="\t" if path.suffix == ".tsv" else ","))


def filled(rows: list[list[str]], first: int, places: list[int]) -> int:
    return sum(bool(row[place].strip()) for row in rows[first:] for place in places)


def test_alchemer_1705_responses_of_which_927_partial_609_of_those_without_answers(shared: Path) -> None:
    path = shared / "exports/genuine/alchemer_jupyter_2016.csv"
    made, rows = read(path), cells_of(path)
    assert made.tables["sources"].iloc[0]["platform"] == "Alchemer"
    assert len(made.tables["responses"]) == len(rows) - 1 == 1705
    assert any("927 of 1,705 responses are partial, 609 of those have no answers" in told for told in made.ambiguous)
    closed = {"How often", "Roughly how long", "How do you run", "Select all", "How many years", "How many people"}
    free = [j for j, head in enumerate(rows[0]) if j > 2 and not any(head.startswith(told) for told in closed)]
    assert len(made.tables["comments"]) == filled(rows, 1, free)


def test_google_forms_3062_responses_and_none_of_their_none_and_na_is_lost(shared: Path) -> None:
    path = shared / "exports/genuine/googleforms_rstudio_2018.tsv"
    made, rows = read(path), cells_of(path)
    assert made.tables["sources"].iloc[0]["platform"] == "Google Forms"
    assert len(made.tables["responses"]) == len(rows) - 1 == 3062
    open_questions = made.tables["questions"].loc[made.tables["questions"]["kind"] == "open", "text"]
    wanted = {"What do you like best about using R?", "What do you like least about using R?"}
    assert wanted <= set(open_questions)
    free = [j for j, head in enumerate(rows[0]) if " ".join(head.split()) in set(open_questions)]
    assert len(made.tables["comments"]) == filled(rows, 1, free)
    for word in ("None", "NA", "N/A", "none"):
        typed = sum(row[j].strip() == word for row in rows[1:] for j in free)
        assert (made.tables["comments"]["text"].str.strip() == word).sum() == typed


def test_surveymonkey_1186_responses_with_spread_choices_and_ranking(shared: Path) -> None:
    path = shared / "exports/genuine/surveymonkey_StarWars.csv"
    made, rows = read(path), cells_of(path, "cp1252")
    assert made.tables["sources"].iloc[0]["platform"] == "SurveyMonkey"
    assert len(made.tables["responses"]) == len(rows) - 2 == 1186
    assert len(made.tables["comments"]) == 0
    kinds = made.tables["questions"]["kind"].value_counts()
    assert (kinds["multi"], kinds["ranking"], kinds["matrix_row"]) == (1, 6, 14)
    answers = made.tables["answers"]
    assert (answers["state"] == "ticked").sum() == filled(rows, 2, list(range(3, 9)))


def test_surveymonkey_coded_1615_responses_and_no_free_text(shared: Path) -> None:
    path = shared / "exports/genuine/surveymonkey_coded_masculinity.csv"
    made, rows = read(path), cells_of(path)
    assert made.tables["sources"].iloc[0]["platform"] == "SurveyMonkey (coded)"
    assert (len(made.tables["responses"]), len(made.tables["comments"])) == (len(rows) - 1, 0) == (1615, 0)
    answers = made.tables["answers"]
    spread = [
        j for j, head in enumerate(rows[0]) if head.startswith(("q0004_", "q0008_", "q0020_", "q0021_", "q0025_"))
    ]
    asked = [j for j, head in enumerate(rows[0]) if head.startswith(("q0010_", "q0011_", "q0012_", "q0019_"))]
    ticks = sum(row[j] not in ("", "Not selected", "NA") for row in rows[1:] for j in spread + asked)
    assert (answers["state"] == "ticked").sum() == ticks
    assert (answers["state"] == "not_shown").sum() == sum(row[j] == "NA" for row in rows[1:] for j in asked)


@pytest.mark.parametrize(
    ("file", "platform", "responses", "comments"),
    [
        ("qualtrics_sample.csv", "Qualtrics", 1, 1),
        ("qualtrics_sample_legacy.csv", "Qualtrics (legacy)", 1, 1),
        ("responses_biomass_format.csv", "tidy sheet", 5, 0),
        ("responses_lgr_format.csv", "Citizen Space", 5, 10),
        ("responses_scr_format.csv", "tidy sheet", 5, 5),
    ],
)
def test_small_genuine_files(shared: Path, file: str, platform: str, responses: int, comments: int) -> None:
    made = read(shared / "exports/genuine" / file)
    assert made.tables["sources"].iloc[0]["platform"] == platform
    assert (len(made.tables["responses"]), len(made.tables["comments"])) == (responses, comments)


def test_a_platform_that_is_only_likely_is_said_to_be_so(shared: Path) -> None:
    made = read(shared / "exports/genuine/responses_lgr_format.csv")
    assert made.tables["sources"].iloc[0]["platform_confidence"] < 0.8
    assert any(note.startswith("This may be Citizen Space (35%)") for note in made.notes)


def test_spss_keeps_missing_codes_and_routed_past_apart(shared: Path) -> None:
    import pyreadstat

    path = shared / "exports/genuine/jisc_bossier_example.sav"
    made = read(path)
    assert made.tables["sources"].iloc[0]["platform"] == "Jisc Online Surveys"
    raw, _ = pyreadstat.read_sav(str(path), user_missing=True)
    assert len(made.tables["responses"]) == len(raw) == 13
    assert len(made.tables["comments"]) == (raw["Q6"].str.strip() != "").sum()
    questions = made.tables["questions"].set_index("text")
    answers = made.tables["answers"].merge(made.tables["questions"], on="question_id")
    routed = answers[answers["text"] == "Route A question"]
    assert (routed["state"] == "not_shown").sum() == raw["Q8"].isna().sum()
    pets = answers[answers["text"] == questions.loc["PetLikes"].name]
    assert (pets["state"] == "ticked").sum() == int(sum((raw[f"Q3_{i}"] == 1).sum() for i in range(1, 6)))


def test_spss_multiple_response_sets_and_missing_ranges(shared: Path) -> None:
    import pyreadstat

    path = shared / "exports/genuine/simple_alltypes.sav"
    made = read(path)
    raw, _ = pyreadstat.read_sav(str(path), user_missing=True)
    answers = made.tables["answers"].merge(made.tables["questions"], on="question_id")
    ticked = answers[(answers["text"] == "My multiple response set") & (answers["state"] == "ticked")]
    assert len(ticked) == int((raw[["bool1", "bool2", "bool3"]] == 1).sum().sum())
    missing = answers[(answers["text"] == "Numeric variable with value labels") & (answers["state"] == "user_missing")]
    assert len(missing) == int(raw["x"].isin([7, 8, 99]).sum())
    assert len(made.tables["responses"]) == len(raw) == 6
    assert len(read(shared / "exports/genuine/sample.sav").tables["responses"]) == 5


def test_the_grid_is_rebuilt_from_the_raw_layer_cell_for_cell(shared: Path) -> None:
    looked = 0
    for path in sorted((shared / "exports").rglob("*.[ct]sv")):
        if path.name == "not_survey_finance.csv":
            continue
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252")
        mark = "\t" if path.suffix == ".tsv" else ";" if path.stem in ("kobo", "limesurvey_code") else ","
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
        made = read(path)
        told = rebuild(made.tables["cells"])
        while rows and not rows[-1]:
            rows.pop()
        if path.name == "googleforms_rstudio_2018.tsv":  # two cells hold quotation marks that the plain reader drops
            assert sum(a != b for a, b in zip(told, rows, strict=True)) <= 2
        else:
            assert told == rows, path.name
        looked += 1
    assert looked == 24


def test_a_workbook_is_rebuilt_from_the_raw_layer_as_openpyxl_reads_it() -> None:
    import openpyxl

    for file in ("msforms.xlsx", "engagementhq.xlsx"):
        told = rebuild(read(EXPORTS / file).tables["cells"])
        sheet = openpyxl.load_workbook(EXPORTS / file).active
        assert sheet is not None
        width = max(map(len, told))
        wanted = [[_shown(cell) for cell in row][:width] for row in sheet.iter_rows(values_only=True)]
        assert [[*row, *[""] * (width - len(row))] for row in told] == wanted


def _shown(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat(sep=" ") if isinstance(value, pd.Timestamp) or hasattr(value, "hour") else str(value)  # type: ignore[union-attr]


def test_spss_is_rebuilt_from_the_raw_layer_as_its_own_library_reads_it(shared: Path) -> None:
    import pyreadstat

    path = shared / "exports/genuine/jisc_bossier_example.sav"
    told = rebuild(read(path).tables["cells"])
    raw, about = pyreadstat.read_sav(str(path), user_missing=True)
    assert told[0] == about.column_names
    for j, name in enumerate(about.column_names):
        if raw[name].dtype.kind == "f":
            ours = [float(row[j]) if j < len(row) and row[j] else None for row in told[2:]]
            assert ours == [None if pd.isna(value) else value for value in raw[name]]


ID_HEADINGS = [
    "Respondent ID", "RespondentID", "Response ID", "ResponseId", "ID", "id", "UserID", "URN", "#", "Reference",
    "Unique Response Number", "Submission number", "Case ref", "Participant ID",
]  # fmt: skip
ANSWERS = {
    "Start date": ["", "2026-11-03 09:56:39", "03/11/2026 10:00"],
    "Which of these are you?": ["", "Resident", "Business"],
    "Q1": ["", "Agree", "Disagree", "Why is this so?"],
    "Q2": ["", "Yes", "Response", "Would it not be better to wait?"],
    "What do you think?": ["", "Too many words for me", "Is it safe?", "Other (please specify)"],
    "If you would like a reply, please give your e-mail address": ["", "ann@example.org"],
}


@st.composite
def plain_tables(draw: st.DrawFn) -> list[list[str]]:
    """One heading row, an id in the first column, then any of the columns; each row has an id of its own."""
    heads = draw(st.lists(st.sampled_from(sorted(ANSWERS)), unique=True))
    number = draw(st.integers(1, 6))
    name = draw(st.sampled_from(["{}", "R0{}", "1184320{}", "anon-{}", "{}c5e-4f"]))
    rows = [
        [name.format(i + 1), "It is right as it stands", *(draw(st.sampled_from(ANSWERS[head])) for head in heads)]
        for i in range(number)
    ]
    return [[draw(st.sampled_from(ID_HEADINGS)), "Please give your reasons", *heads], *rows]


@given(plain_tables())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_below_one_row_of_headings_with_an_id_is_a_response(tmp_path: Path, rows: list[list[str]]) -> None:
    made = read(write(tmp_path, text(rows)))
    assert sorted(made.tables["responses"]["supplied_id"]) == sorted(row[0] for row in rows[1:])
    assert [column.heading for column in made.mapping.columns] == rows[0]


def test_a_first_response_is_no_second_heading_and_its_words_are_in_no_mapping(tmp_path: Path) -> None:
    heads = ["Respondent ID", "Start date", "Are you answering as?", "What do you think?", "Your e-mail"]
    rows = [[f"R0{i}", f"{i}/11/2026", "Patient", f"Words of number {i}", f"r{i}@example.org"] for i in range(1, 5)]
    made = read(write(tmp_path, text([heads, *rows])))
    assert made.tables["sources"].iloc[0]["platform"] == "tidy sheet"
    assert len(made.tables["comments"]) == len(made.tables["responses"]) == 4
    assert "Words" not in repr(made.mapping)
    assert "example.org" not in repr(made.mapping)


def test_surveymonkey_without_its_second_row_is_known_by_its_collector_and_loses_no_response(tmp_path: Path) -> None:
    heads = ["Respondent ID", "Collector ID", "Start Date", "Why?"]
    made = read(write(tmp_path, text([heads, ["11", "7", "9/13/2025", "It is right"], ["12", "7", "9/14/2025", ""]])))
    assert made.tables["sources"].iloc[0]["platform"] == "SurveyMonkey"
    assert made.mapping.header_rows == 1
    assert len(made.tables["responses"]) == 2


def test_true_dates_have_no_order_in_the_mapping_and_typed_ones_have(tmp_path: Path) -> None:
    heads, more = ["Respondent ID", "Collector ID", "Start Date", "End Date", "Why?"], ["", "", "", "", "Response"]
    true = [["1", "7", "2026-11-03 09:56:39", "2026-11-03 10:00:00", "It is right"]]
    typed = [["1", "7", "11/03/2026 09:56 AM", "11/03/2026 10:00 AM", "It is right"]]
    for rows, kind in ((true, None), (typed, "month-first")):
        made = read(write(tmp_path, text([heads, more, *rows])))
        assert [column.kind for column in made.mapping.columns if column.role.endswith("_at")] == [kind, kind]
        assert made.tables["responses"].loc[0, "submitted_at"] == "2026-11-03T10:00:00"
