"""The review workbook: what an officer sees, and what each way of filling in a row records."""

from __future__ import annotations

import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation import tables
from consultation.errors import ConsultationError
from consultation.model import Question
from consultation.tagging import people, review
from tests.review_small import (
    ELEMENTS,
    Told,
    back,
    comment,
    edited,
    ledger,
    out,
    tag,
    tags_of,
    wrote,
)


def _sheets(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def _comments(data: bytes) -> Told:
    return Told(_sheets(data)["Comments"])


# --- what is left alone ------------------------------------------------------------------------------------------


def test_an_untouched_workbook_records_nothing_and_complains_of_nothing() -> None:
    taken = back(out())
    assert (taken.events, taken.refused, taken.noted, taken.clashes) == ((), (), (), ())


def test_a_row_that_is_not_marked_confirms_nothing_and_says_so_if_it_was_changed() -> None:
    taken = back(edited(out(), wrote("c-1", element_2=None), wrote("c-2", notes="ask housing")))
    assert taken.events == ()
    assert [str(each) for each in taken.refused] == [
        f"f.xlsx, sheet “Comments”, row {row}, column D (“Read”): Something was filled in, but the row is not marked: "
        "nothing was recorded. Choose “changed” or “agreed” if the row is as you want it."
        for row in (2, 3)
    ]


def test_a_file_taken_twice_records_nothing_new() -> None:
    filled = edited(out(), wrote("c-1", read="agreed", notes="nice"), wrote("c-2", read="changed", theme_1="Jargon"))
    first = back(filled)
    again = back(filled, ledger(first), name="renamed copy.xlsx")
    assert len(first.events) > 4
    assert again.events == ()
    assert again.refused == ()


def test_an_old_file_taken_again_does_not_undo_a_newer_reading() -> None:
    old = edited(out(), wrote("c-1", read="agreed"))
    events = ledger(back(old))
    newer = edited(out(), wrote("c-1", read="changed", element_1=None))
    events = ledger(back(newer, events), events)
    assert back(old, events).events == ()


# --- what an officer sees ----------------------------------------------------------------------------------------


def test_a_row_shows_the_comment_what_was_asked_who_said_it_and_the_suggestions_by_name() -> None:
    told = _comments(out())
    row = {cell.value: told.sheet.cell(told.row("c-1"), cell.column).value for cell in told.sheet[1]}
    assert {heading: value for heading, value in row.items() if value is not None} == {
        "No.": 1,
        "Question or heading": "What would you change?",
        "Comment": "“Thriving” is what a pot plant does.",
        "Element 1": "Vision",
        "Element 2": "2.1 Homes",
        "Stance": "object",
        "Why it was suggested": "Vision – likely: quotes the draft [“Thriving”]\n"
        "2.1 Homes – likely: quotes the draft\nobject – likely: quotes the draft",
        "Who": "Resident",
        "Channel": "questionnaire",
        "Comment id": "c-1",
    }


def test_every_sheet_that_helps_is_there_and_the_program_s_own_are_hidden() -> None:
    book = _sheets(out())
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        ("Instructions", "visible"),
        ("Comments", "visible"),
        ("Codebook", "visible"),
        ("Elements", "visible"),
        ("Lists", "hidden"),
        ("_sent", "veryHidden"),
    ]
    assert book["Elements"]["A5"].value == "2.2 People can get to work, to school and to …"


def test_headings_are_locked_without_a_password_and_rows_can_still_be_sorted_filtered_and_resized() -> None:
    sheet = _sheets(out())["Comments"]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    forbidden = [getattr(sheet.protection, what) for what in ("sort", "autoFilter", "formatColumns", "insertRows")]
    assert not any(forbidden)
    assert {cell.protection.locked for cell in sheet[1]} == {True}
    assert {cell.protection.locked for row in sheet.iter_rows(min_row=2) for cell in row} == {False}
    assert (sheet.freeze_panes, sheet.auto_filter.ref[:3], sheet.print_title_rows) == ("E2", "A1:", "$1:$1")


def test_ids_and_text_refuse_typing_and_codes_drop_down() -> None:
    told = _comments(out())
    rules = {str(rule.sqref).split(":")[0].rstrip("2"): rule for rule in told.sheet.data_validations.dataValidation}
    letter = {heading: told.cell("c-1", heading).column_letter for heading in
              ("Comment", "Comment id", "Element 1", "Theme 4", "Stance", "Audience 1", "Read")}  # fmt: skip
    assert {rules[letter[name]].formula1 for name in ("Comment", "Comment id")} == {"FALSE"}
    assert rules[letter["Element 1"]].formula1.endswith("list_Elements")
    assert rules[letter["Theme 4"]].formula1.endswith("list_Themes")
    assert rules[letter["Audience 1"]].errorStyle == "warning"


def test_the_same_tables_give_the_same_bytes() -> None:
    assert out() == out()


def test_a_comment_with_many_suggestions_still_has_a_free_cell() -> None:
    codes = ("jargon", "too_vague", "none_of_these", "off_topic")
    many = tables.frame("tags", [tag("c-1", "theme", code) for code in codes])
    assert _comments(out(tags=many)).cell("c-1", "Theme 5").value is None


def test_what_a_person_rejected_is_not_shown_again_and_what_one_confirmed_stands_upright() -> None:
    tags = tables.frame(
        "tags",
        [
            tag("c-1", "element", "vision", status="rejected", origin="person"),
            tag("c-1", "element", "2.1", status="confirmed", origin="person"),
            tag("c-2", "element", "2.1"),
        ],
    )
    told = _comments(out(tags=tags))
    assert (told.cell("c-1", "Element 1").value, told.cell("c-1", "Element 2").value) == ("2.1 Homes", None)
    assert (told.cell("c-1", "Element 1").font.italic, told.cell("c-2", "Element 1").font.italic) == (False, True)


def test_ids_set_the_rows_and_their_order_and_an_unknown_one_is_met_with_the_nearest() -> None:
    told = _comments(out(ids=["c-4", "c-2"]))
    assert [told.sheet.cell(row, told.column("Comment id")).value for row in (2, 3)] == ["c-4", "c-2"]
    assert told.sheet.max_row == 3
    with pytest.raises(ConsultationError, match="There is no comment “c-44”"):
        out(ids=["c-44"])


def test_answers_about_one_part_of_the_draft_stand_together_whichever_survey_they_came_by() -> None:
    questions = tables.frame(
        "questions",
        [
            Question(
                question_id=f"q-{source}{about}", source_id=source, text=about, kind="open", elements=(about,), order=n
            )
            for source in ("s-1", "s-2")
            for n, about in enumerate(("vision", "2.1"))
        ],
    )
    rows = [
        comment(n, "x", source_id=source, question_id=f"q-{source}{about}", locator=f"row {row}")
        for n, (source, about, row) in enumerate(
            [("s-1", "2.1", 9), ("s-1", "vision", 10), ("s-2", "vision", 2), ("s-1", "vision", 9), ("s-2", "2.1", 1)]
        )
    ]
    assert review.to_read(tables.frame("comments", rows), questions, ELEMENTS) == ["c-3", "c-1", "c-2", "c-0", "c-4"]


def test_facilitators_lines_and_comments_set_aside_are_not_put_to_officers() -> None:
    comments = tables.frame(
        "comments",
        [
            comment(1, "kept"),
            comment(2, "the chair", voice="facilitator"),
            comment(3, "gone", status="excluded"),
        ],
    )
    told = _comments(out(comments))
    assert told.sheet.max_row == 2


def test_the_same_words_in_answer_to_the_same_question_are_read_once_and_count_for_each() -> None:
    said = ("Save the library!", "save the  library!", "x")
    comments = tables.frame("comments", [comment(n, text) for n, text in enumerate(said, 1)])
    data = out(comments, tables.frame("tags"))
    told = _comments(data)
    assert told.sheet.max_row == 3
    assert "2 comments say these same words" in str(told.cell("c-1", "Question or heading").value)
    taken = back(edited(data, wrote("c-1", read="changed", theme_1="Jargon")), comments=comments)
    assert tags_of(taken) == {("c-1", "theme", "jargon", "confirmed"), ("c-2", "theme", "jargon", "confirmed")}


def test_more_rows_than_anybody_reads_are_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consultation.tagging.review.lines.MOST", 3)
    with pytest.raises(ConsultationError, match="A workbook of 4 comments is more than anybody reads") as told:
        out()
    assert "--assign" in str(told.value)


def test_a_second_workbook_names_who_has_read_a_row_already_and_records_nothing_of_it() -> None:
    comments = tables.frame("comments", [comment(1, "Too long."), comment(2, "Too long."), comment(3, "Fine.")])
    filled = edited(out(comments), wrote("c-1", read="agreed"), wrote("c-3", read="unsure"))
    events = ledger(back(filled, comments=comments))
    assert review.readers(events) == {"c-1": ("Amina",), "c-2": ("Amina",)}
    assert review.row_count(comments, ["c-1", "c-2", "c-3"]) == 2
    data = out(comments, readers=review.readers(events))
    told = _comments(data)
    assert [told.cell(key, "Read before").value for key in ("c-1", "c-3")] == ["Amina", None]
    assert "filter it by its empty cells" in str([cell.value for cell in _sheets(data)["Instructions"]["A"]])
    taken = back(data, events, comments=comments)
    assert (taken.events, taken.refused, taken.filled) == ((), (), frozenset())
    first = _comments(out(comments, readers=review.readers(events, "Joe")))
    assert "Read before" not in [cell.value for cell in first.sheet[1]]


# --- what each way of filling in records -------------------------------------------------------------------------


def test_agreed_confirms_what_stands_in_the_row_with_the_suggestion_as_it_was_made() -> None:
    taken = back(edited(out(), wrote("c-2", read="agreed")))
    assert taken.events == (
        ("read", {"comment_id": "c-2", "how": "agreed", "blind": False, "file": "f.xlsx", "row": 3,
                  "mark": taken.events[0][1]["mark"]}),
        ("tag", {"comment_id": "c-2", "facet": "element", "code": "2.1", "status": "confirmed",
                 "suggestion": {"score": 0.7, "origin": "rule", "model": None}}),
        ("tag", {"comment_id": "c-2", "facet": "theme", "code": "too_vague", "status": "confirmed",
                 "suggestion": {"score": 0.7, "origin": "rule", "model": None}}),
    )  # fmt: skip


def test_another_choice_rejects_what_stood_there_and_a_free_cell_adds() -> None:
    filled = wrote("c-1", read="changed", element_2="2.2", theme_3="Jargon", audience_1="older people")
    taken = back(edited(out(), filled))
    assert tags_of(taken) == {
        ("c-1", "element", "vision", "confirmed"),
        ("c-1", "element", "2.1", "rejected"),
        ("c-1", "element", "2.2", "confirmed"),
        ("c-1", "theme", "jargon", "confirmed"),
        ("c-1", "stance", "object", "confirmed"),
        ("c-1", "audience", "older_people", "confirmed"),
    }


def test_an_emptied_cell_rejects_and_agreed_is_taken_as_the_row_stands_with_a_word_about_it() -> None:
    taken = back(edited(out(), wrote("c-2", read="agreed", theme_1=None)))
    assert ("c-2", "theme", "too_vague", "rejected") in tags_of(taken)
    assert "differs from what went out" in taken.noted[0].what


def test_nothing_chosen_in_a_marked_row_is_none_of_these_so_that_no_comment_is_lost() -> None:
    taken = back(edited(out(), wrote("c-3", read="agreed")))
    assert tags_of(taken) == {("c-3", "theme", "none_of_these", "confirmed")}


def test_off_topic_turns_down_what_was_suggested_without_clearing_it() -> None:
    taken = back(edited(out(), wrote("c-4", read="off topic")))
    assert tags_of(taken) == {("c-4", "theme", "off_topic", "confirmed"), ("c-4", "element", "2.2", "rejected")}


def test_unsure_decides_nothing_and_keeps_the_note() -> None:
    taken = back(edited(out(), wrote("c-1", read="unsure", notes="is this about the vision?")))
    assert [what for what, _ in taken.events] == ["read", "memo"]
    assert taken.events[1][1] == {"about": "c-1", "text": "is this about the vision?"}


def test_a_second_thought_in_the_same_file_takes_back_what_it_added() -> None:
    first = edited(out(), wrote("c-3", read="changed", theme_1="Jargon"))
    events = ledger(back(first))
    second = edited(first, wrote("c-3", theme_1="Too vague"))
    assert tags_of(back(second, events)) == {
        ("c-3", "theme", "jargon", "rejected"),
        ("c-3", "theme", "too_vague", "confirmed"),
    }


def test_the_officer_for_whom_the_file_was_written_signs_it_whoever_brings_it_in() -> None:
    assert back(edited(out(officer="Joe"), wrote("c-1", read="agreed")), officer="Amina").officer == "Joe"
    assert back(out(), officer="Amina").officer == "Amina"


@pytest.mark.parametrize("typed", ["2.1 Homes", "2.1 homes ", "Homes"])
def test_a_code_is_met_however_it_is_typed(typed: str) -> None:
    taken = back(edited(out(), wrote("c-3", read="changed", element_1=typed)))
    assert ("c-3", "element", "2.1", "confirmed") in tags_of(taken)


def test_several_names_in_one_cell_are_parted_by_semicolons_and_a_name_may_hold_one() -> None:
    taken = back(edited(out(), wrote("c-3", read="changed", theme_1="Jargon; Too vague")))
    assert {code for _, _, code, _ in tags_of(taken)} == {"jargon", "too_vague"}


def test_blind_rows_show_no_suggestions_and_are_recorded_as_blind() -> None:
    """R40: the second reader cannot see the first."""
    data = out(blind={"c-1"})
    told = _comments(data)
    assert told.cell("c-1", "Element 1").value is None
    assert told.cell("c-2", "Element 1").value == "2.1 Homes"
    assert "quotes the draft" not in told.cell("c-1", "Why it was suggested").value
    assert not [row for row in _sheets(data)["_sent"].iter_rows(values_only=True) if row[:2] == ("c-1", "element")]
    taken = back(edited(data, wrote("c-1", read="changed", element_1="Vision")))
    assert taken.events[0][1]["blind"] is True
    assert tags_of(taken) == {("c-1", "element", "vision", "confirmed")}


def test_rows_that_chance_chose_show_no_suggestions_and_are_recorded_as_drawn() -> None:
    data = out(ids=["c-1", "c-2"], drawn={"c-1"})
    taken = back(edited(data, wrote("c-1", read="agreed"), wrote("c-2", read="agreed")))
    read = {payload["comment_id"]: payload for what, payload in taken.events if what == "read"}
    assert (read["c-1"]["blind"], read["c-1"]["drawn"]) == (True, True)
    assert not read["c-2"]["blind"]
    assert "drawn" not in read["c-2"]
    assert people.drawn(ledger(taken), "theme") == {"c-1"}


@settings(max_examples=10, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=3, max_size=8))
def test_any_comment_goes_out_harmless_and_comes_back_unharmed(texts: list[str]) -> None:
    rows = [comment(n, text, question_id=None, heading=str(n)) for n, text in enumerate(texts, 1)]
    comments = tables.frame("comments", rows)
    data = out(comments, tables.frame("tags"))
    cells = [cell for sheet in _sheets(data) for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    taken = back(data, comments=comments)
    assert (taken.events, taken.refused, taken.noted) == ((), (), ())
