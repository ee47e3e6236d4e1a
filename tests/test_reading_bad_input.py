"""What an officer sees when a file is not as it should be: a test for each case, numbered as in the list of formats.

Files that are refused are in test_reading_refused.py, documents in theirs; test_reading_cases.py holds the whole list.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from consultation import reading
from consultation.errors import ConsultationError
from consultation.settings import Column, Settings, SourceSettings
from tests.exports_fixtures import HEADS, REASONS, ROWS, comments, counts, data, read, sav, text, told, workbook, write

GOOD = [HEADS, *ROWS]


def refuse(path: Path) -> str:
    with pytest.raises(ConsultationError) as caught:
        reading.read(path, Settings())
    return str(caught.value)


# Files that cannot be read ----------------------------------------------------------------------------------------


def test_case_04_a_csv_named_xlsx(tmp_path: Path) -> None:
    made = read(write(tmp_path, text(GOOD), "survey.xlsx"))
    assert "The name says .xlsx but this is a CSV file; it was read as one." in made.notes
    assert counts(made) == (7, 1, 6, 0, 0)


def test_case_05_a_workbook_named_xls(tmp_path: Path) -> None:
    made = read(workbook(tmp_path, {"Sheet1": data(GOOD)}, "survey.xls"))
    assert sorted(comments(made)) == sorted(REASONS)


def test_case_06_a_web_table_named_xls(tmp_path: Path) -> None:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in GOOD)
    made = read(write(tmp_path, f"<html><body><table>{rows}</table></body></html>", "survey.xls"))
    assert sorted(comments(made)) == sorted(REASONS)
    assert any("this is a web page with a table" in note for note in made.notes)
    old = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'
    assert "Open it in Excel and save it as .xlsx." in refuse(write(tmp_path, old, "old.xls"))


# Where the table is -----------------------------------------------------------------------------------------------


def test_case_11_several_sheets_are_asked_about_and_hidden_ones_named(tmp_path: Path) -> None:
    other = data([["Ward", "Number"], ["Marden", "4"]])
    path = workbook(tmp_path, {"Notes": other, "Responses": data(GOOD), "Old": data(GOOD[:3])}, hidden=["Old"])
    made = read(path)
    [question] = [line for line in made.ambiguous if "Which sheet" in line]
    assert "“Notes” (2 rows), “Responses” (7 rows), “Old” (3 rows, hidden)" in question
    assert "Assumed: Responses." in question
    chosen = reading.read(path, Settings(), choose=lambda asked, options, usual: "Old" if "sheet" in asked else usual)
    assert counts(chosen) == (3, 1, 2, 0, 0)


def test_case_12_title_rows_above_the_heading(tmp_path: Path) -> None:
    made = read(write(tmp_path, text([["Bus consultation 2025"], ["Exported by A. Officer"], [], *GOOD])))
    assert any("The heading was found on row 4; rows 1-3 are kept as notes." in note for note in made.notes)
    assert counts(made) == (10, 3, 6, 1, 0)


def test_case_13_two_heading_rows(tmp_path: Path) -> None:
    rows = [
        ["RespondentID", "Do you agree?", "Why?"],
        ["", "Response", "Open-Ended Response"],
        ["101", "Yes", "It is right"],
    ]
    made = read(write(tmp_path, text(rows)))
    assert "SurveyMonkey layout: rows 1-2 are headings." in made.notes
    assert counts(made) == (3, 2, 1, 0, 0)


def qualtrics(*, ids: bool = True, words: bool = True) -> list[list[str]]:
    rows = [["StartDate", "EndDate", "Status", "RecordedDate", "ResponseId", "Q1", "Q2"]]
    if words:
        rows.append(
            ["Anfangsdatum", "Enddatum", "Antworttyp", "Erfassungsdatum", "Antwort-ID", "Do you agree?", "Why?"]
        )
    if ids:
        names = ("startDate", "endDate", "status", "recordedDate", "_recordId", "QID1", "QID2_TEXT")
        rows.append([f'{{"ImportId":"{name}"}}' for name in names])
    moment = "2025-09-01 10:00:00"
    return [*rows, [moment, moment, "IP Address", moment, "R_abc", "Yes", "Because nobody else would say so"]]


@pytest.mark.parametrize(
    ("ids", "words", "heading"), [(True, False, 2), (False, True, 2), (True, True, 3), (False, False, 1)]
)
def test_case_14_qualtrics_with_a_heading_row_deleted_by_hand(
    tmp_path: Path, ids: bool, words: bool, heading: int
) -> None:
    made = read(write(tmp_path, text(qualtrics(ids=ids, words=words))))
    assert made.tables["sources"].iloc[0]["platform"] == "Qualtrics"
    assert counts(made) == (heading + 1, heading, 1, 0, 0)
    assert comments(made) == ["Because nobody else would say so"]


def test_case_15_no_heading_is_asked_about_and_no_response_is_lost(tmp_path: Path) -> None:
    rows = [
        ["Agree", "13/09/2025", "The road is not safe at all for anyone"],
        ["Agree", "14/09/2025", "Leave it as it is, please"],
        ["Disagree", "15/09/2025", "It is far too long to read for most"],
    ]
    made = read(write(tmp_path, text(rows)))
    assert any("The first row looks like a response, not a heading." in line for line in made.ambiguous)
    assert counts(made) == (3, 0, 3, 0, 0)
    assert len(comments(made)) == 3


def test_a_long_first_response_is_no_second_heading(tmp_path: Path) -> None:
    rows = [
        ["Q1", "Q2"],
        ["I have lived here for forty years and never saw such a plan", "Please do not do this to our village"],
        ["Fine by me", "No comment"],
        ["I do not mind", "Nothing more"],
    ]
    made = read(write(tmp_path, text(rows)))
    assert counts(made) == (4, 1, 3, 0, 0)


def test_case_16_headings_in_another_language(tmp_path: Path) -> None:
    made = read(write(tmp_path, text(qualtrics())))
    responses = made.tables["responses"].iloc[0]
    assert (responses["supplied_id"], responses["submitted_at"]) == ("R_abc", "2025-09-01T10:00:00")


def test_case_17_headings_that_repeat_are_kept_apart(tmp_path: Path) -> None:
    heads = ["Response ID", "Do you agree with A?", "Please explain", "Do you agree with B?", "Please explain"]
    made = read(write(tmp_path, text([heads, ["1", "Yes", "A is good for us", "No", "B is bad for us"]])))
    assert "The heading “Please explain” stands over several columns; this one is column E." in made.notes
    assert made.tables["comments"]["question_id"].nunique() == 2
    pairs = made.tables["questions"].set_index("question_id")
    asked = {pairs.loc[row.pair_id, "text"] for row in pairs.itertuples() if isinstance(row.pair_id, str)}
    assert asked == {"Do you agree with A?", "Do you agree with B?"}


def test_case_18_a_blank_heading_over_answers(tmp_path: Path) -> None:
    rows = [[*HEADS, ""], *([*row, f"Something more to say, number {i}"] for i, row in enumerate(ROWS))]
    made = read(write(tmp_path, text(rows)))
    assert "Column E has 6 answers but no heading. What was asked?" in made.ambiguous


def test_case_19_merged_cells_are_listed_and_only_headings_filled_across(tmp_path: Path) -> None:
    rows = [
        ["RespondentID", "Rate these", "", "Any comments?"],
        ["", "Parking", "Safety", "Open-Ended Response"],
        ["1", "Good", "Poor", "More lights are wanted"],
    ]
    made = read(workbook(tmp_path, {"S": data(rows) + '<mergeCells count="1"><mergeCell ref="B1:C1"/></mergeCells>'}))
    assert sorted(made.tables["questions"]["text"]) == ["Any comments?", "Rate these [Parking]", "Rate these [Safety]"]
    said = "a heading is filled across; an answer stands once, in the first cell."
    assert any("B1:C1" in note and said in note for note in made.notes)
    inner = data([*GOOD[:2], ["R1", "14/09/2025", "", "Both of us say so"], ["R2", "14/09/2025", "", ""]])
    inner += '<mergeCells count="1"><mergeCell ref="D3:D4"/></mergeCells>'
    made = read(workbook(tmp_path, {"S": inner}))
    assert comments(made).count("Both of us say so") == 1
    assert any("D3:D4" in note for note in made.notes)


def test_case_20_leading_blank_rows_and_columns_keep_excels_addresses(tmp_path: Path) -> None:
    made = read(workbook(tmp_path, {"S": data([["", *row] for row in GOOD], first=4)}))
    assert "sheet “S”, row 5, column E" in made.tables["comments"]["locator"].tolist()
    assert counts(made) == (10, 1, 6, 3, 0)


def test_case_21_a_wrong_record_of_the_sheets_size(tmp_path: Path) -> None:
    made = read(workbook(tmp_path, {"S": '<dimension ref="A1"/>' + data(GOOD)}))
    assert counts(made) == (7, 1, 6, 0, 0)


def test_case_22_blank_rows_are_no_responses(tmp_path: Path) -> None:
    made = read(write(tmp_path, text([HEADS, *ROWS[:2], ["", "", "", ""], [], *ROWS[2:]])))
    assert counts(made) == (9, 1, 6, 2, 0)


def test_case_23_a_total_at_the_foot(tmp_path: Path) -> None:
    made = read(write(tmp_path, text([*GOOD, ["Total responses: 6", "", "", ""]])))
    assert "row 8 looks like a total, not a response." in told(made)
    assert counts(made) == (8, 1, 6, 0, 1)


def test_case_24_a_million_formatted_empty_rows(tmp_path: Path) -> None:
    blank = "".join(f'<row r="{i}"><c r="A{i}" s="0"/></row>' for i in range(8, 200_000))
    made = read(workbook(tmp_path, {"S": data(GOOD).replace("</sheetData>", blank + "</sheetData>")}))
    assert counts(made) == (7, 1, 6, 0, 0)


def test_a_stray_cell_at_the_far_corner_is_refused_in_words(tmp_path: Path) -> None:
    stray = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    message = refuse(workbook(tmp_path, {"S": data(GOOD).replace("</sheetData>", stray + "</sheetData>")}))
    assert "reaches column XFD, row 1048576, far beyond what it can hold" in message


# Rows that cannot be split ----------------------------------------------------------------------------------------


def test_case_25_an_unclosed_quotation_mark_swallows_nobody(tmp_path: Path) -> None:
    lines = [text([row]) for row in GOOD]
    lines[3] = 'R2,15/09/2025 10:00,Agree,"I never closed this\r\n'
    made = read(write(tmp_path, "".join(lines)))
    assert "line 4: a quotation mark is opened and never closed" in told(made)
    assert counts(made) == (7, 1, 5, 0, 1)
    assert sorted(comments(made)) == sorted(reason for i, reason in enumerate(REASONS) if i != 2)
    assert made.quarantine.iloc[0]["line"] == "4"
    assert "I never closed this" in str(made.quarantine.iloc[0, 6])


def test_case_26_too_many_cells(tmp_path: Path) -> None:
    lines = [text([row]) for row in GOOD]
    lines[2] = "R1,14/09/2025 10:00,Agree,No quotes, so one cell too many\r\n"
    made = read(write(tmp_path, "".join(lines)))
    assert "line 3: the row has 5 cells where 4 were expected." in told(made)
    assert counts(made) == (7, 1, 5, 0, 1)


def test_case_27_too_few_cells_where_a_line_break_was_not_quoted(tmp_path: Path) -> None:
    lines = [text([row]) for row in GOOD]
    lines[2] = "R1,14/09/2025\r\n 10:00,Agree,Split in two\r\n"
    made = read(write(tmp_path, "".join(lines)))
    assert (
        "Together with the row beside it it makes a whole one: a line break inside an answer was not quoted."
        in told(made)
    )
    assert counts(made) == (8, 1, 5, 0, 2)


def test_case_28_a_stray_quotation_mark_is_kept_exactly(tmp_path: Path) -> None:
    lines = [text([row]) for row in GOOD]
    lines[2] = 'R1,14/09/2025 10:00,Agree,"new" plan is not new\r\n'
    made = read(write(tmp_path, "".join(lines)))
    assert '"new" plan is not new' in comments(made)
    assert "A quotation mark stands inside the cell. Kept exactly as written." in told(made)
    assert counts(made) == (7, 1, 6, 0, 0)


def test_case_29_quotation_marks_escaped_with_a_backslash(tmp_path: Path) -> None:
    lines = [text([row]) for row in GOOD]
    lines[2] = 'R1,14/09/2025 10:00,Agree,"They say \\"soon\\", never when"\r\n'
    made = read(write(tmp_path, "".join(lines)))
    assert 'They say "soon", never when' in comments(made)
    assert "Quotation marks inside cells are written with a backslash; read accordingly." in made.notes


def test_case_30_a_cell_of_200_000_characters(tmp_path: Path) -> None:
    long = "word " * 40_000 + "end"
    made = read(write(tmp_path, text([*GOOD, ["R9", "20/09/2025 10:00", "Agree", long]])))
    assert long in comments(made)


def test_case_31_nul_bytes_and_utf16_without_a_mark(tmp_path: Path) -> None:
    made = read(write(tmp_path, text([*GOOD, ["R9", "20/09/2025 10:00", "Agree", "with a NUL\x00 in it"]])))
    assert "with a NUL\x00 in it" in comments(made)
    assert "The file contains binary data (NUL) at character" in told(made)
    wide = read(write(tmp_path, text(GOOD).encode("utf-16-le"), "wide.csv"))
    assert sorted(comments(wide)) == sorted(REASONS)


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_case_32_line_ends_of_every_kind(tmp_path: Path, end: str) -> None:
    assert sorted(comments(read(write(tmp_path, text(GOOD, end=end))))) == sorted(REASONS)


def test_mixed_line_ends_and_a_lone_return_inside_a_cell(tmp_path: Path) -> None:
    lines = [text([row], end="\n" if i % 2 else "\r\n") for i, row in enumerate(GOOD)]
    lines.append("R9,20/09/2025 10:00,Agree,first line\rsecond line\n")
    made = read(write(tmp_path, "".join(lines)))
    assert "first line\rsecond line" in comments(made)
    assert counts(made) == (8, 1, 7, 0, 0)


def test_case_33_the_separator_named_on_the_first_line(tmp_path: Path) -> None:
    made = read(write(tmp_path, "sep=;\r\n" + text(GOOD, separator=";")))
    assert "The first line sets the separator “;”." in made.notes
    assert sorted(comments(made)) == sorted(REASONS)


# Characters -------------------------------------------------------------------------------------------------------

BRITISH = "It’s “fair” – £2.50 at the café"


@pytest.mark.parametrize(("code", "name"), [("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman")])
def test_case_34_files_of_old_programs(tmp_path: Path, code: str, name: str) -> None:
    made = read(write(tmp_path, text([*GOOD, ["R9", "20/09/2025 10:00", "Agree", BRITISH]]).encode(code)))
    assert BRITISH in comments(made)
    assert f"; read as {name}." in told(made)
    assert "Cells to look at: row 8, column D." in made.notes


def test_a_dos_file(tmp_path: Path) -> None:
    words = "The café costs £2.50, naïvely"
    made = read(write(tmp_path, text([*GOOD, ["R9", "20/09/2025 10:00", "Agree", words]]).encode("cp850")))
    assert words in comments(made)


def test_case_35_mojibake_in_some_cells_is_repaired_and_the_cell_kept(tmp_path: Path) -> None:
    damaged = "donâ€™t charge Â£2.50"
    made = read(write(tmp_path, text([*GOOD, ["R9", "20/09/2025 10:00", "Agree", damaged]])))
    assert "don’t charge £2.50" in comments(made)
    assert damaged in made.tables["cells"]["value"].tolist()
    assert "Column D: damaged characters were repaired in 1 cells." in made.notes


def test_case_36_characters_that_are_gone_are_flagged(tmp_path: Path) -> None:
    made = read(write(tmp_path, text([*GOOD, ["R9", "20/09/2025 10:00", "Agree", "don\ufffdt do it"]])))
    assert "Column D: 1 cells have characters that cannot be recovered." in made.notes
    assert "row 8, column D: Characters are lost and cannot be recovered." in told(made)


# What Excel did to answers ----------------------------------------------------------------------------------------


def test_case_37_errors_where_answers_were(tmp_path: Path) -> None:
    error = '<c r="D3" t="e"><f>-5% is mean</f><v>#NAME?</v></c>'
    made = read(workbook(tmp_path, {"S": data(GOOD, replace={"D3": error})}))
    assert "Excel turned 1 answers into errors (#NAME?); ask for the original export." in made.notes
    assert "sheet “S”, row 3, column D: Excel turned this answer into an error." in told(made)
    assert len(comments(made)) == 5
    cells = made.tables["cells"]
    assert cells.loc[(cells["row"] == 3) & (cells["column"] == "D"), ["value", "storage", "role"]].values.tolist() == [
        ["#NAME?", "error", "problem"]
    ]


def test_case_38_an_answer_that_became_a_date(tmp_path: Path) -> None:
    made = read(write(tmp_path, text([*GOOD, ["R9", "20/09/2025 10:00", "Agree", "05-Mar"]])))
    assert "row 8, column D: Excel turned this answer into a date." in told(made)
    assert "05-Mar" in comments(made)


def ambiguous(dates: list[str]) -> list[list[str]]:
    return [
        HEADS,
        *([f"R{i}", date, "Agree", reason] for i, (date, reason) in enumerate(zip(dates, REASONS, strict=False))),
    ]


def test_case_39_dates_that_could_be_either_are_asked_about(tmp_path: Path) -> None:
    path = write(tmp_path, text(ambiguous(["01/09/2025", "02/09/2025", "03/09/2025"])))
    made = read(path)
    assert any(
        line.startswith("Are the dates in column B (“Date submitted”) day-first or month-first?")
        for line in made.ambiguous
    )
    assert sorted(made.tables["responses"]["submitted_at"])[0] == "2025-09-01T00:00:00"
    window = read(path, opens="2025-01-01", closes="2025-05-31")
    assert sorted(window.tables["responses"]["submitted_at"])[0] == "2025-01-09T00:00:00"


def test_case_40_mixed_orders_name_the_rows_and_are_never_guessed_cell_by_cell(tmp_path: Path) -> None:
    made = read(write(tmp_path, text(ambiguous(["13/09/2025", "14/09/2025", "09/15/2025"]))))
    assert any("mixes orders of day and month: row 4 can only be read the other way" in line for line in made.ambiguous)
    assert "09/15/2025" in made.tables["responses"]["submitted_at"].tolist()


def test_case_41_day_numbers_of_excel(tmp_path: Path) -> None:
    made = read(write(tmp_path, text(ambiguous(["45901.386", "45902.5", "45903"]))))
    assert sorted(made.tables["responses"]["submitted_at"])[0] == "2025-09-01T09:15:50"
    assert "Column B: day numbers of Excel were read as dates." in made.notes


def test_case_42_the_hour_that_happened_twice(tmp_path: Path) -> None:
    made = read(write(tmp_path, text(ambiguous(["26/10/2025 01:30", "27/10/2025 09:00", "2025-10-27T09:00:00Z"]))))
    assert "row 2, column B: This time happened twice, as the clocks went back." in told(made)


def test_case_43_late_responses_are_flagged_and_kept(tmp_path: Path) -> None:
    made = read(write(tmp_path, text(ambiguous(["20/02/2015 23:59", "21/02/2015 00:01"]))), closes="2015-02-20")
    assert sorted(made.tables["responses"]["completeness"]) == ["complete", "late"]
    assert set(made.tables["responses"]["status"]) == {"included"}
    assert "1 responses came after the closing date; they are counted apart." in made.notes


def test_case_44_partial_responses_are_asked_about(tmp_path: Path) -> None:
    rows = [[*HEADS, "Status"], *([*row, "Partial" if i < 2 else "Complete"] for i, row in enumerate(ROWS))]
    rows[1][2:4] = ["", ""]
    made = read(write(tmp_path, text(rows)))
    [asked] = [line for line in made.ambiguous if "2 of 6 responses are partial, 1 of those have no answers." in line]
    assert asked.endswith("Assumed: count.")
    assert reading.accounts(made.tables)[0].sentence() == "6 received = 6 included"
    path = write(tmp_path, text(rows))
    chosen = reading.read(
        path, Settings(), choose=lambda about, options, usual: "set aside" if "partial" in about else usual
    )
    assert reading.accounts(chosen.tables)[0].sentence() == "6 received - 2 partial response = 4 included"
    kept = read(path, chosen.mapping)
    assert kept.ambiguous == ()
    assert reading.accounts(kept.tables)[0].sentence() == "6 received - 2 partial response = 4 included"
    with pytest.raises(ConsultationError, match="does not say whether partial responses count"):
        read(path, replace(chosen.mapping, partials="maybe"))


def test_case_45_tests_and_previews_are_set_aside(tmp_path: Path) -> None:
    rows = [[*HEADS, "Status"], *([*row, "Test" if i == 0 else "Complete"] for i, row in enumerate(ROWS))]
    made = read(write(tmp_path, text(rows)))
    account = reading.accounts(made.tables)[0]
    assert account.sentence() == "6 received - 1 test response = 5 included"
    assert any("1 tests are set aside (row 2)" in note for note in made.notes)


# Ids and re-import ------------------------------------------------------------------------------------------------


def test_case_46_a_copy_of_a_row_is_quarantined(tmp_path: Path) -> None:
    made = read(write(tmp_path, text([*GOOD, ROWS[0]])))
    assert "row 8 is a copy of row 2: the same response id and the same answers." in told(made)
    assert counts(made) == (8, 1, 6, 0, 1)


def test_case_47_one_id_with_different_answers_is_asked_about(tmp_path: Path) -> None:
    path = write(tmp_path, text([*GOOD, ["R0", "20/09/2025 10:00", "Agree", "I changed my mind about it"]]))
    made = read(path)
    assert any(
        "1 response ids stand on several rows whose answers differ (rows 2 and 8)." in line for line in made.ambiguous
    )
    assert len(made.tables["responses"]) == 7
    latest = reading.read(
        path, Settings(), choose=lambda asked, options, usual: "keep the latest" if "latest" in asked else usual
    )
    assert reading.accounts(latest.tables)[0].excluded == {"superseded by a later response with the same id": 1}


def test_case_50_a_newer_export(tmp_path: Path) -> None:
    held, _ = reading.merge({}, read(write(tmp_path, text(GOOD), "survey_2025-09-20.csv")))
    newer = [
        ROWS[0],
        [*ROWS[1][:3], "I have thought again about it"],
        *ROWS[2:5],
        ["R9", "21/09/2025", "Agree", "A new voice here"],
    ]
    merged, told_ = reading.merge(held, read(write(tmp_path, text([HEADS, *newer]), "survey_2025-09-27.csv")))
    assert str(told_) == "4 known, 1 new, 1 changed, 1 missing"
    assert len(merged["responses"]) == 7
    assert "The newest export lacks this response; it is kept." in merged["problems"]["what"].tolist()
    reading.accounts(merged)
    once_more, twice = reading.merge(
        merged, read(write(tmp_path, text([HEADS, *newer, ROWS[5]]), "survey_2025-09-28.csv"))
    )
    assert str(twice) == "7 known, 0 new, 0 changed, 0 missing"
    reading.accounts(once_more)


def test_case_51_columns_added_and_renamed_are_proposed_side_by_side(tmp_path: Path) -> None:
    first = read(write(tmp_path, text(GOOD)))
    heads = ["Response ID", "Date submitted", "Do you agree?", "Please give us your reasons", "What is your ward?"]
    path = write(tmp_path, text([heads, *([*row, "Marden"] for row in ROWS)]), "again.csv")
    made = read(path, first.mapping)
    assert "Column “Please give your reasons” of the mapping is not in this file." in made.notes
    asked = "\n".join(made.ambiguous)
    assert "Column D (“Please give us your reasons”) is new; it was taken as comment." in asked
    assert "Is it “Please give your reasons” under a new name?" in asked
    assert "Column E (“What is your ward?”) is new; it was taken as group." in asked
    assert not made.drafted


# Choices and scales -----------------------------------------------------------------------------------------------


def choices(options: tuple[str, ...] = ()) -> SourceSettings:
    columns = (
        Column(column="A", heading="Response ID", role="response_id"),
        Column(
            column="B",
            heading="How do you travel? (tick all that apply)",
            role="multi",
            separator=", ",
            options=options,
        ),
    )
    return SourceSettings(columns=columns)


TRAVEL = [
    ["Response ID", "How do you travel? (tick all that apply)"],
    ["1", "Bus, Car, as driver, On foot"],
    ["2", "Bus"],
    ["3", "Car, as driver, e-scooter"],
]


def test_case_53_options_that_hold_the_separator_are_matched_by_the_list(tmp_path: Path) -> None:
    made = read(write(tmp_path, text(TRAVEL)), choices(("Bus", "Car, as driver", "On foot")))
    ticked = made.tables["answers"]
    assert sorted(ticked.loc[ticked["state"] == "ticked", "value"]) == [
        "Bus",
        "Bus",
        "Car, as driver",
        "Car, as driver",
        "On foot",
    ]
    drafted = read(write(tmp_path, text(TRAVEL), "draft.csv"))
    assert any("are these the choices:" in line and "Paste the list of options" in line for line in drafted.ambiguous)


def test_case_54_other_words_inside_the_list_are_a_comment(tmp_path: Path) -> None:
    made = read(write(tmp_path, text(TRAVEL)), choices(("Bus", "Car, as driver", "On foot")))
    assert comments(made) == ["e-scooter"]
    assert made.tables["questions"]["kind"].tolist().count("other_in_list") == 1


def test_case_55_spellings_of_a_scale_are_grouped_and_listed(tmp_path: Path) -> None:
    words = ["Agree", "agree", "Agree ", "Agree\u00a0", "AGREE", "Disagree"]
    made = read(
        write(tmp_path, text([HEADS, *([*row[:2], word, row[3]] for row, word in zip(ROWS, words, strict=True))]))
    )
    assert sorted(made.tables["answers"]["value"]) == ["Agree"] * 5 + ["Disagree"]
    assert any("counted as “Agree”" in note for note in made.notes)
    assert "Agree\u00a0" in made.tables["cells"]["value"].tolist()


def test_case_56_none_and_na_are_answers(tmp_path: Path) -> None:
    typed = ["None", "N/A", "-", "NA", "null", "nan"]
    rows = [HEADS, *([*row[:3], word] for row, word in zip(ROWS, typed, strict=True))]
    made = read(write(tmp_path, text(rows)))
    assert set(typed) <= {*comments(made), *made.tables["answers"]["value"].dropna()}


def test_case_57_leading_zeros_and_numbers_stay_text(tmp_path: Path) -> None:
    rows = [
        ["Response ID", "Account code", "Please tell us why"],
        ["00123", "1E5", "It is right"],
        ["00124", "TRUE", "It is wrong"],
    ]
    made = read(write(tmp_path, text(rows)))
    assert sorted(made.tables["responses"]["supplied_id"]) == ["00123", "00124"]
    assert {"1E5", "TRUE"} <= set(made.tables["cells"]["value"])


def test_case_58_missing_codes_of_spss_keep_their_labels(tmp_path: Path) -> None:
    made = read(sav(tmp_path / "survey.sav"))
    answers = made.tables["answers"]
    assert sorted(zip(answers["value"].fillna(""), answers["state"], strict=True)) == [
        ("", "not_shown"),
        ("Agree", "answered"),
        ("Disagree", "answered"),
        ("Don't know", "user_missing"),
    ]
    assert len(comments(made)) == 3


def test_case_61_answers_that_end_at_one_length(tmp_path: Path) -> None:
    full = ("I wanted to say something more about the buses that " * 700)[:32_766] + "s"
    made = read(write(tmp_path, text([*GOOD, *([f"T{i}", "20/09/2025 10:00", "Agree", full] for i in range(3))])))
    assert "Column D: 3 answers may be cut off at 32,767 characters." in made.notes


def test_case_62_analysts_columns_are_officers_notes(tmp_path: Path) -> None:
    rows = [[*HEADS, "Analyst notes"], *([*row, "to be checked" if i == 0 else ""] for i, row in enumerate(ROWS))]
    made = read(write(tmp_path, text(rows)))
    notes = made.tables["answers"][made.tables["answers"]["state"] == "officer_note"]
    assert notes["value"].tolist() == ["to be checked"]
    assert "to be checked" not in comments(made)


def test_case_63_identity_columns_are_counted_and_kept_apart(tmp_path: Path) -> None:
    rows = [
        [*HEADS, "What is your email address?", "Full name"],
        *([*row, f"p{i}@example.org", f"Person {i}"] for i, row in enumerate(ROWS)),
    ]
    made = read(write(tmp_path, text(rows)))
    assert made.tables["identity"]["kind"].value_counts().to_dict() == {"email": 6, "name": 6}
    assert any("2 columns naming people" in note for note in made.notes)


def test_case_74_formulas_are_read_by_their_saved_results(tmp_path: Path) -> None:
    cells = {"D3": '<c r="D3" t="str"><f>A1</f><v>A saved result of words</v></c>', "D4": '<c r="D4"><f>B1</f></c>'}
    made = read(workbook(tmp_path, {"S": data(GOOD, replace=cells)}))
    assert "A saved result of words" in comments(made)
    assert any("2 cells are formulas; their saved results were read (first: D3)." in note for note in made.notes)
    assert "sheet “S”, row 4, column D: A formula has no saved result." in told(made)


# Damage in workbooks, beyond the numbered cases -------------------------------------------------------------------


def test_carriage_returns_of_excel_are_decoded_once_and_typed_ones_kept(tmp_path: Path) -> None:
    rows = [
        HEADS,
        ["R0", "13/09/2025", "Agree", "line one_x000D_\nline two"],
        ["R1", "14/09/2025", "Agree", "typed _x005F_x000D_ here"],
    ]
    assert sorted(comments(read(workbook(tmp_path, {"S": data(rows)})))) == [
        "line one\r\nline two",
        "typed _x000D_ here",
    ]


def test_struck_text_and_hidden_rows_are_read_and_said_so(tmp_path: Path) -> None:
    styles = "<fonts><font/><font><strike/></font></fonts><cellXfs><xf fontId='0'/><xf fontId='1'/></cellXfs>"
    struck = '<c r="D3" s="1" t="inlineStr"><is><t>This was withdrawn later on</t></is></c>'
    inner = data(GOOD, replace={"D3": struck}).replace('<row r="4">', '<row r="4" hidden="1">')
    made = read(workbook(tmp_path, {"S": inner}, styles=styles))
    assert "sheet “S”, row 3, column D: Text is struck through; it was read as usual." in told(made)
    assert "1 hidden rows were read as usual (first: row 4)." in made.notes
    assert len(comments(made)) == 6


def test_numbers_longer_than_excel_keeps_are_flagged(tmp_path: Path) -> None:
    rows = [["Response ID", "Why?"], ["", "It is right as it stands"]]
    cell = '<c r="A2"><v>1.2345678901234568E+17</v></c>'
    made = read(workbook(tmp_path, {"S": data(rows, replace={"A2": cell})}))
    assert "1 numbers are longer than the 15 digits that Excel keeps." in told(made)


@pytest.mark.parametrize(
    ("part", "content", "message"),
    [
        ("xl/worksheets/_rels/x.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>', "contains XML entities"),
        ("../../etc/evil.xml", b"<x/>", "leads out of its folder"),
    ],
)
def test_entities_and_climbing_paths_are_refused(tmp_path: Path, part: str, content: bytes, message: str) -> None:
    assert message in refuse(workbook(tmp_path, {"S": data(GOOD)}, extra={part: content}))


def test_macros_and_links_are_left_aside_and_said_so(tmp_path: Path) -> None:
    extra = {"xl/vbaProject.bin": b"macro", "xl/externalLinks/externalLink1.xml": b"<x/>"}
    made = read(workbook(tmp_path, {"S": data(GOOD)}, extra=extra))
    assert "The file contains macros; they were not run." in made.notes
    assert "The file links to other workbooks; the links were not followed." in made.notes


# Mended rows ------------------------------------------------------------------------------------------------------


def test_quarantined_rows_can_be_mended_and_fed_back(tmp_path: Path) -> None:
    lines = [text([row]) for row in GOOD]
    lines[2] = "R1,14/09/2025 10:00,Agree,No quotes, so one cell too many\r\n"
    made = read(write(tmp_path, "".join(lines)))
    held, _ = reading.merge({}, made)
    frame = made.quarantine
    mended = [
        list(frame.columns),
        *(
            [*row[:6], "R1", "14/09/2025 10:00", "Agree", "No quotes, so one cell too many"]
            for row in frame.values.tolist()
        ),
    ]
    again = reading.read(
        write(tmp_path, text(mended), "survey__rejected.csv"), Settings(sources={"survey": made.mapping})
    )
    merged, said = reading.merge(held, again)
    assert str(said) == "0 known, 1 new, 0 changed, 0 missing"
    assert "No quotes, so one cell too many" in merged["comments"]["text"].tolist()
    assert len(merged["responses"]) == 6
    reading.accounts(merged)
    whole = read(write(tmp_path, text([HEADS, *ROWS]), "whole.csv"))
    assert len(whole.tables["responses"]) == 6
