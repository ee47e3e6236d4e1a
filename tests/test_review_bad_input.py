"""Workbooks that come back wrong: each is met with what, where and what to do, and spoils no more than itself."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from consultation import store, tables
from consultation.errors import ConsultationError
from consultation.model import Theme
from consultation.tagging import review
from tests.review_small import (
    COMMENTS,
    ELEMENTS,
    SETTINGS,
    TAGS,
    THEMES,
    Told,
    back,
    comment,
    edited,
    ledger,
    out,
    tags_of,
    wrote,
)

# How a workbook from before 2007, or with a password, begins.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def _drop(*titles: str) -> Callable[[Any], None]:
    def drop(book: Any) -> None:
        for title in titles:
            del book[title]

    return drop


def _rename(old: str, new: str) -> Callable[[Any], None]:
    def rename(book: Any) -> None:
        book[old].title = new

    return rename


def _headed(old: str, new: str | None) -> Callable[[Told], None]:
    def change(told: Told) -> None:
        told.sheet.cell(1, told.column(old)).value = new

    return change


def _without(heading: str) -> Callable[[Told], None]:
    return lambda told: told.sheet.delete_cols(told.column(heading))


def _copied(of: str, **cells: str) -> Callable[[Told], None]:
    """A copy of the row at the end, with other cells."""

    def copy(told: Told) -> None:
        row, last = told.row(of), told.sheet.max_row + 1
        for cell in told.sheet[row]:
            told.sheet.cell(last, cell.column).value = cell.value
        for name, value in cells.items():
            told.sheet.cell(last, told.column(name.replace("_", " ").capitalize())).value = value

    return copy


def _sorted_in_part(told: Told) -> None:
    first, second = told.cell("c-1", "Comment"), told.cell("c-2", "Comment")
    first.value, second.value = second.value, first.value


# --- what stops the whole file -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "what", "do"),
    [
        (b"", "This is no workbook that we can read", "Save it as an Excel workbook"),
        (b"PK\x03\x04 torn", "This is no workbook that we can read", "Save it as an Excel workbook"),
        (b"Comment id,Read\nc-1,agreed\n", "This is no workbook that we can read", "Save it as an Excel workbook"),
        (_OLE, "This is no workbook that we can read", "Save it as an Excel workbook"),
        (edited(out(), _headed("Read", "Reed")), "The heading “Read” is missing", "Give each heading its own name"),
        (edited(out(), _headed("Comment id", None)), "The heading “Comment id” is missing", "Did you mean"),
        (edited(out(), _headed("Theme 2", "Theme 1")), "The heading “Theme 1” stands twice", "its own name"),
        (edited(out(), _without("Element 2")), "The heading “Element 2” is missing", "Give each heading"),
        (edited(out(), book=_rename("Comments", "Comments (2)")), "“Comments” is missing or empty", "its name back"),
        (edited(out(), book=_drop("Comments", "_sent")), "None of the sheets “Comments”", "keep their names"),
        (edited(out(), lambda told: told.sheet.delete_rows(2, 9)), "“Comments” is missing or empty", "its name back"),
    ],
)
def test_a_file_that_cannot_be_taken_says_what_is_wrong_and_what_to_do(data: bytes, what: str, do: str) -> None:
    with pytest.raises(ConsultationError, match=what) as told:
        back(data)
    assert do in str(told.value)
    assert "f.xlsx" in str(told.value)


def test_a_column_that_was_added_for_many_suggestions_is_missed_too() -> None:
    many = tables.frame("tags", [*tables.rows("tags", TAGS), *_five_themes()])
    data = edited(out(tags=many), _without("Theme 4"))
    with pytest.raises(ConsultationError, match="The heading “Theme 4” is missing"):
        back(data, tags=many)
    data = edited(out(tags=many), _without("Theme 5"))
    with pytest.raises(ConsultationError, match="The heading “Theme 5” is missing") as told:
        back(data, tags=many)
    assert "its suggestions would look removed" in str(told.value)


def _five_themes() -> list[Any]:
    from tests.review_small import tag

    return [tag("c-3", "theme", code) for code in ("jargon", "too_vague", "none_of_these", "off_topic")]


def test_a_workbook_of_another_consultation_is_told_by_its_comments() -> None:
    other = tables.frame("comments", [comment(77, "Elsewhere.")])
    with pytest.raises(ConsultationError, match="None of the 4 comments of this workbook is held here"):
        back(out(), comments=other)


def test_a_workbook_of_another_version_of_the_program_is_not_guessed_at() -> None:
    def newer(book: Any) -> None:
        cell = next(cell for row in book["_sent"].iter_rows() for cell in row if cell.value == "review 1")
        cell.value = "review 9"

    with pytest.raises(ConsultationError, match=r"another version of the program \(“review 9”\)"):
        back(edited(out(), book=newer))


def test_a_workbook_with_a_password_says_so() -> None:
    with pytest.raises(ConsultationError, match="The workbook asks for a password"):
        back(_OLE + "EncryptedPackage".encode("utf-16-le"))


# --- what spoils one row -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hand", "where", "what", "do"),
    [
        (wrote("c-2", read="agred"), "row 3, column D (“Read”)", "“agred” is not on the list.",
         "Did you mean “agreed”?"),
        (wrote("c-2", read="changed", theme_2="Jargn"), "(“Theme 2”)", "“Jargn” is not on the list.",
         "Did you mean “Jargon”?"),
        (wrote("c-2", read="changed", element_2="2.1 Hmes"), "column F (“Element 2”)", "“2.1 Hmes” is not on the list.",
         "Did you mean “2.1 Homes”?"),
        (wrote("c-2", read="changed", element_2="zzz"), "column F (“Element 2”)", "“zzz” is not on the list.",
         "Choose from the list of the cell."),
        (wrote("c-2", read="changed", element_2="2.1"), "column F (“Element 2”)", "“2.1” may be 2.1 or 2.10",
         "Choose “2.1 Homes” or “2.10 Bridges” from the list."),
        (wrote("c-2", read="changed", stance="agree; object"), "(“Stance”)", "“agree” is not", "from the list"),
        (wrote("c-2", read="changed", stance="support; object"), "(“Stance”)", "Several stances", "“mixed”"),
        (wrote("c-2", read="changed", audience_1="older peple"), "(“Audience 1”)", "“older peple” is not on the list.",
         "Did you mean “older people”?"),
        (wrote("c-2", read="changed", audience_1="???"), "(“Audience 1”)", "“???” is not on the list.", "Choose"),
        (wrote("c-2", read="off topic", element_3="Vision"), "(“Read”)", "says “off topic”, but “Vision” was added",
         "Clear that cell"),
        (_copied("c-2", comment_id="c-22", read="agreed"), "row 6, column T", "There is no comment “c-22” here.",
         "Did you mean “c-2”?"),
        (_copied("c-2", comment_id="", read="agreed"), "row 6, column T", "This row has no comment id.",
         "consultation read"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_told_by_its_place_and_spoils_only_itself(
    hand: Callable[[Told], None], where: str, what: str, do: str
) -> None:
    taken = back(edited(out(), hand, wrote("c-4", read="off topic")))
    (told,) = [str(each) for each in taken.refused]
    assert told.startswith("f.xlsx, sheet “Comments”, row ")
    assert where in told
    assert what in told
    assert do in told
    assert {payload["comment_id"] for _, payload in taken.events} == {"c-4"}


def test_a_row_that_was_copied_counts_once_and_copies_that_differ_not_at_all() -> None:
    alike = back(edited(out(), wrote("c-2", read="agreed"), _copied("c-2")))
    assert (len(alike.events), alike.refused) == (3, ())
    unlike = back(edited(out(), wrote("c-2", read="agreed"), _copied("c-2", theme_1="Jargon")))
    assert unlike.events == ()
    assert "c-2 stands in row 3 too, and says something else there" in str(unlike.refused[0])


def test_an_edited_comment_is_put_back_and_told_while_the_row_is_taken() -> None:
    taken = back(edited(out(), wrote("c-2", comment="Which homes?", read="agreed")))
    assert len(tags_of(taken)) == 2
    assert "The comment's text was edited here; what the person wrote stays as it was." in str(taken.noted[0])


def test_an_edited_comment_is_told_in_a_row_that_nobody_marked_too() -> None:
    taken = back(edited(out(), wrote("c-2", comment="Which homes?")))
    assert (taken.events, taken.refused) == ((), ())
    assert [str(each).split(": ")[0] for each in taken.noted] == [
        "f.xlsx, sheet “Comments”, row 3, column C (“Comment”)"
    ]


def test_a_comment_that_is_gone_is_told_only_where_somebody_wrote_in_its_row() -> None:
    left = COMMENTS[COMMENTS["comment_id"] != "c-2"]
    assert back(out(), comments=left).refused == ()
    (told,) = back(edited(out(), wrote("c-2", theme_1="Jargon")), comments=left).refused
    assert "There is no comment “c-2” here." in str(told)


def test_a_sheet_sorted_in_part_is_caught_before_tags_land_on_the_wrong_comment() -> None:
    taken = back(edited(out(), _sorted_in_part, wrote("c-1", read="agreed"), wrote("c-3", read="agreed")))
    assert "This text belongs to c-2, the id beside it is c-1: the sheet was sorted in part." in str(taken.refused[0])
    assert {payload["comment_id"] for _, payload in taken.events} == {"c-3"}


def test_without_the_hidden_sheet_what_stands_is_confirmed_and_nothing_rejected() -> None:
    taken = back(edited(out(), wrote("c-2", read="changed", theme_1=None), book=_drop("_sent")))
    assert tags_of(taken) == {("c-2", "element", "2.1", "confirmed")}
    assert "has lost its hidden sheet" in str(taken.noted[0])
    assert taken.refused == ()


def test_a_theme_that_has_gone_since_is_refused_in_a_marked_row_and_ignored_in_another() -> None:
    fewer = tuple(theme for theme in THEMES if theme.code != "too_vague")
    unmarked = out()
    marked = edited(unmarked, wrote("c-2", read="agreed"))
    for data, refused in ((unmarked, 0), (marked, 1)):
        taken = review.read(data, "f.xlsx", COMMENTS, ELEMENTS, fewer, TAGS, [], SETTINGS, officer="Amina")
        assert len(taken.refused) == refused
        assert taken.events == ()


def test_sorted_hidden_deleted_and_added_rows_and_moved_columns_do_no_harm() -> None:
    def shuffle(told: Told) -> None:
        sheet = told.sheet
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for number, values in enumerate(reversed(rows), 2):
            for cell, value in zip(sheet[number], values, strict=True):
                cell.value = value
        sheet.delete_rows(told.row("c-3"))
        sheet.row_dimensions[2].hidden = True
        sheet.insert_rows(1)
        sheet.insert_cols(1)
        sheet["A2"] = "My own column"
        sheet["A3"] = "look at this again"
        sheet.cell(sheet.max_row + 2, 2).value = "a line of my own under the table"

    filled = edited(out(), wrote("c-1", read="agreed"), wrote("c-2", read="changed", theme_1=None))
    taken = back(edited(filled, shuffle), name="review FINAL (2).xlsx")
    assert tags_of(taken) == tags_of(back(filled))
    assert taken.refused == ()


def test_a_name_with_a_semicolon_in_it_is_met_as_it_is() -> None:
    themes = (*THEMES, Theme(code="odd", name="Odd; really"))
    data = edited(
        review.write(COMMENTS, *_frames(), ELEMENTS, themes, TAGS, settings=SETTINGS),
        wrote("c-3", read="changed", theme_1="Odd; really"),
    )
    taken = review.read(data, "f.xlsx", COMMENTS, ELEMENTS, themes, TAGS, [], SETTINGS, officer="Amina")
    assert tags_of(taken) == {("c-3", "theme", "odd", "confirmed")}


def _frames() -> tuple[Any, Any]:
    from tests.review_small import QUESTIONS, RESPONSES

    return QUESTIONS, RESPONSES


def test_an_audience_that_is_on_no_list_is_taken_and_told_once() -> None:
    taken = back(
        edited(
            out(),
            wrote("c-1", read="changed", audience_1="Farmers"),
            wrote("c-2", read="changed", audience_1="farmers"),
        )
    )
    assert {row for row in tags_of(taken) if row[1] == "audience"} == {
        ("c-1", "audience", "farmers", "confirmed"), ("c-2", "audience", "farmers", "confirmed"),
    }  # fmt: skip
    assert [told.what for told in taken.noted] == ["“farmers” is a new audience."]


def test_a_workbook_that_is_still_open_or_gone_is_met_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "review.xlsx").write_bytes(out())
    (tmp_path / "~$review.xlsx").write_text("")
    with pytest.raises(ConsultationError, match="still open in Excel or LibreOffice"):
        store.read_workbook(tmp_path / "review.xlsx")
    with pytest.raises(ConsultationError, match="There is no such file"):
        store.read_workbook(tmp_path / "reviews.xlsx")


def test_no_message_holds_a_comment_s_words() -> None:
    data = edited(
        out(), _sorted_in_part, wrote("c-1", read="agreed"), wrote("c-3", comment="pot plant", read="agreed"),
        wrote("c-4", read="agrd"), _copied("c-2", comment_id="c-9", read="agreed"),
    )  # fmt: skip
    taken = back(data)
    said = " ".join(str(each) for each in (*taken.refused, *taken.noted))
    assert len(taken.refused) + len(taken.noted) == 5
    assert not any(words in said for words in ("pot plant", "Which homes", "Mill Lane", "Leave it"))
    assert not any(words in str(payload) for _, payload in taken.events for words in ("pot plant", "Leave it"))


def test_the_package_holds_no_macro_link_or_formula() -> None:
    with zipfile.ZipFile(io.BytesIO(out())) as package:
        names = package.namelist()
        sheet = package.read("xl/worksheets/sheet2.xml")
    assert not [name for name in names if "vba" in name.lower() or "external" in name.lower()]
    assert b"<f>" not in sheet
    assert ledger(back(out())) == []
