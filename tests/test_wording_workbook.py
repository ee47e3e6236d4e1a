"""The decision workbook: only what a person changed is recorded, and nothing that a person changed is lost."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from consultation.wording import workbook
from tests.desk import Desk, fill, small


@pytest.fixture
def desk() -> Desk:
    return small(
        {"a1": "woolly", "b1": "woolly", "c1": "over the top"},
        *[(key, "element", "1") for key in ("a1", "b1", "c1")],
        ("a1", "theme", "vague"), ("b1", "theme", "vague"), ("c1", "theme", "unrealistic"),
        ("c1", "element", "2"),
    )  # fmt: skip


def _ids(desk: Desk) -> list[str]:
    table = desk.tables()["points"]
    return list(table.sort_values("rank")["point_id"])


def _read(desk: Desk, data: bytes) -> workbook.Taken:
    return workbook.read(data, desk.tables(), desk.settings, desk.themes, "f.xlsx")


def _shown(desk: Desk, heading: str) -> list[str]:
    page = load_workbook(io.BytesIO(desk.out()))["Points"]
    return [row[[cell.value for cell in page[1]].index(heading)].value for row in page.iter_rows(min_row=2)]


def _said(taken: workbook.Taken) -> list[str]:
    return [f"{one.place}: {one.what} {one.do}" for one in taken.refused]


def test_an_untouched_workbook_records_nothing(desk: Desk) -> None:
    assert _read(desk, desk.out()) == workbook.Taken(events=(), refused=())


def test_the_same_state_gives_the_same_bytes(desk: Desk) -> None:
    assert desk.out() == desk.out()


def test_each_point_shows_what_two_people_wrote_cut_at_a_word_and_from_the_sentence_that_it_is_about() -> None:
    about = [
        {"comment": key, "words": "vibrant", "phrase": "vibrant", "element": "vision", "kind": "object"}
        for key in ("a1", "b1", "c1")
    ]
    texts = {"a1": "I like it. But vibrant? " + "No one says so. " * 30, "b1": "vibrant, really?", "c1": "why vibrant?"}
    desk = small(texts, *[(key, "element", "vision") for key in texts], phrases=about)
    assert _shown(desk, "What people wrote")[0].startswith("“… But vibrant? No one says so. No one")
    one, two = _shown(desk, "What people wrote")[0].split("\n")
    assert one.endswith(("No …”", "one …”", "says …”", "so. …”"))
    assert (len(one) < 230, two) == (True, "“vibrant, really?”")
    desk.imported["comments"] = desk.imported["comments"].assign(status=["included", "excluded", "included"])
    assert _shown(desk, "What people wrote")[0].endswith("\n“why vibrant?”")


def test_a_workbook_that_went_out_without_what_people_wrote_is_taken_too(desk: Desk) -> None:
    data = fill(desk.out(), "Points", [{"Point": _ids(desk)[0], "Disposition": "adopted"}], "Point")
    book = load_workbook(io.BytesIO(data))
    book["Points"].delete_cols(next(cell.column for cell in book["Points"][1] if cell.value == "What people wrote"))
    raw = io.BytesIO()
    book.save(raw)
    assert _read(desk, raw.getvalue()) == _read(desk, data)


def test_the_lists_are_hidden_and_what_they_mean_is_told_on_the_first_sheet(desk: Desk) -> None:
    book = load_workbook(io.BytesIO(desk.out()))
    assert (book["Lists"].sheet_state, book["_state"].sheet_state) == ("hidden", "veryHidden")
    told = [cell.value for cell in book["Instructions"]["A"]]
    assert any(line.startswith("Kinds of change: unchanged; reworded;") for line in told)
    assert "Theme “Too vague”: It could mean anything." in told


def test_a_decision_is_recorded_once_however_often_the_file_is_taken_in(desk: Desk) -> None:
    point = _ids(desk)[0]
    cells = {"Point": point, "Disposition": "kept, with a reason", "Reason": "It is our aim.", "Date": "2026-03-01"}
    data = fill(desk.out(), "Points", [cells], "Point")
    first = desk.take(data)
    assert [what for what, _ in first.events] == ["decision"]
    assert first.events[0][1]["disposition"] == "retained_with_reason"
    assert _read(desk, data) == workbook.Taken(events=(), refused=())


def test_everything_new_is_added_once_with_names_of_the_officers_own(desk: Desk) -> None:
    old = _ids(desk)[0]
    data = fill(desk.out(), "Points", [
        {"Point": "new 1", "Elements": "2; 3", "Statement": "You asked for pavements too.", "Theme": "Too vague",
         "Stance": "suggest", "Replacement": "pavement", "Stated quantity": "Some people", "Disposition": "adopted"},
        {"Statement": "You asked what it means.", "Split from": old, "Link evidence": "c-b1"},
    ])  # fmt: skip
    data = fill(data, "Changes", [
        {"Element": "3", "Kind": "outcome", "Name": "Paths", "Placed after": "1", "New wording": "Every path is safe",
         "Change kinds": "new; split", "Split from": "2", "Rationale": "You asked for it.", "Points": "new 1"},
    ], "Element")  # fmt: skip
    data = fill(data, "Report rows", [
        {"Topic": "Getting about", "Elements": "3", "Side": "You said", "Statement": "Pavements", "Points": "new 1"},
        {"Topic": "Getting about", "Side": "We did", "Statement": "We added one."},
    ])  # fmt: skip
    data = fill(data, "Commitments", [{"Text": "We will report in a year.", "Due": "2027-03"}])
    taken = desk.take(data)
    assert taken.refused == ()
    tables = desk.tables()
    assert list(tables["elements"].query("version == 'revised'")["wording"]) == ["Every path is safe"]
    assert list(tables["lineage"].itertuples(index=False, name=None)) == [("2", "3", "split")]
    assert "Getting about" in set(tables["blocks"]["topic"])
    assert list(tables["commitments"]["due"]) == ["2027-03"]
    assert len(tables["point_evidence"].query("comment_id == 'c-b1'")) == 1
    assert _read(desk, data) == workbook.Taken(events=(), refused=())


def test_two_officers_files_merge_and_each_clash_is_listed_by_row(desk: Desk) -> None:
    vague, high, *_ = _ids(desk)
    out = desk.out()
    one = fill(out, "Points", [{"Point": vague, "Disposition": "adopted"}], "Point")
    two = fill(out, "Points", [
        {"Point": vague, "Disposition": "support noted"}, {"Point": high, "Disposition": "adopted"},
    ], "Point")  # fmt: skip
    desk.take(one, "Ann")
    taken = desk.take(two, "Bob")
    assert [(what, payload["point_id"]) for what, payload in taken.events] == [("decision", high)]
    (told,) = _said(taken)
    assert told == (
        "the workbook, sheet “Points”, row 2, column O (“Disposition”): This cell says “support noted”, but “adopted” "
        "has been recorded meanwhile. Agree on one, then change it in a fresh workbook: "
        "consultation decide out FILE.xlsx"
    )
    assert taken.refused[0].clash


def test_two_officers_who_agree_do_not_clash(desk: Desk) -> None:
    out, vague = desk.out(), _ids(desk)[0]
    data = fill(out, "Points", [{"Point": vague, "Disposition": "adopted"}], "Point")
    desk.take(data, "Ann")
    assert desk.take(data, "Bob") == workbook.Taken(events=(), refused=())


@pytest.mark.parametrize(
    ("sheet", "cells", "said"),
    [
        ("Points", {"Disposition": "adoptd"}, "“adoptd” is not on the list. Did you mean “adopted”?"),
        (
            "Points",
            {"Disposition": "rejected"},
            "“rejected” is not on the list. Choose one of: adopted; partly adopted; ",
        ),
        ("Points", {"Disposition": "not adopted"}, "Choose one of: adopted; partly adopted; kept, with a reason;"),
        ("Points", {"Disposition": "kept, with a reason"}, "It says that something was not done, but not why."),
        ("Points", {"Disposition": "taken up elsewhere"}, "It was passed on, but not where to."),
        ("Points", {"Reason": "Because."}, "There is no disposition beside the rest. Choose one"),
        ("Points", {"Elements": "9"}, "There is no element “9”."),
        ("Points", {"Merge into": "t-zzz"}, "There is no point “t-zzz”."),
        ("Points", {"Link evidence": "c-99"}, "There is no comment “c-99”."),
        ("Points", {"Theme": "Too vagu"}, "“Too vagu” is not on the list. Did you mean “Too vague”?"),
        ("Changes", {"Change kinds": "reworded; shorter"}, "“shorter” is no kind of change."),
        ("Changes", {"Decided by": "the Leader"}, "Somebody decided on this wording, but it does not say why."),
        ("Changes", {"Merged from": "7"}, "There is no element “7”."),
        ("Report rows", {"Order": "first"}, "“first” is no place in a list. Write 1, 2, 3 …, or leave it empty."),
        ("Report rows", {"Side": "They said"}, "“They said” is not on the list."),
    ],
)
def test_a_wrong_cell_is_told_with_its_place_and_spoils_only_itself(
    desk: Desk, sheet: str, cells: dict[str, Any], said: str
) -> None:
    column = {"Points": "Point", "Changes": "Element", "Report rows": "Row"}[sheet]
    out = desk.out()
    page = load_workbook(io.BytesIO(out))[sheet]
    key = page.cell(row=2, column=1).value
    data = fill(out, sheet, [{column: key, **cells}], column)
    good = fill(data, "Commitments", [{"Text": "We will report."}])
    taken = _read(desk, good)
    assert [what for what, _ in taken.events] == ["commitment"]
    (told,) = _said(taken)
    assert told.startswith(f"f.xlsx, sheet “{sheet}”, row 2, column ")
    assert said in told


def test_new_rows_that_lack_what_they_need_are_refused(desk: Desk) -> None:
    data = fill(desk.out(), "Points", [{"Disposition": "adopted"}])
    data = fill(data, "Changes", [{"Element": "1.l", "New wording": "x"}, {"New wording": "y"}])
    data = fill(data, "Report rows", [{"Topic": "t", "Statement": "s"}])
    nothing_said, *others = (told.split(": ", 1)[1] for told in _said(_read(desk, data)))
    assert nothing_said.startswith("This row decides on something that it does not say. Write a statement")
    assert others == [
        "There is no element “1.l”. If it is new, give its kind too.",
        "This row has no code. Give the new element a code and a kind.",
        "A new row needs a side. Fill in the cell.",
    ]


RUBBISH = ["adopted", "x", "2; 1", "t-zzz", "new 1", "unchanged", "You said", 3, 2.5, "=1+1", "9", "\n", ";;", None]


@settings(max_examples=5, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Points", "Changes", "Report rows", "Commitments"]),
            st.integers(2, 7),
            st.integers(1, 25),
            st.sampled_from(RUBBISH),
        ),
        max_size=12,
    )
)
def test_whatever_is_typed_is_taken_or_refused_and_taking_it_again_records_nothing(cells: list[Any]) -> None:
    tags = [("a1", "element", "1"), ("a1", "theme", "vague"), ("b1", "element", "2")]
    desk = small({"a1": "woolly", "b1": "woolly"}, *tags)
    book = load_workbook(io.BytesIO(desk.out()))
    for sheet, row, column, value in cells:
        book[sheet].cell(row=row, column=min(column, book[sheet].max_column)).value = value
    raw = io.BytesIO()
    book.save(raw)
    desk.take(raw.getvalue())
    assert _read(desk, raw.getvalue()).events == ()
    assert _read(desk, desk.out()) == workbook.Taken(events=(), refused=())


def test_a_point_that_is_gone_is_told_only_where_somebody_wrote_in_its_row(desk: Desk) -> None:
    first, second, *_ = _ids(desk)
    data = fill(desk.out(), "Points", [{"Point": second, "Disposition": "adopted"}], "Point")
    desk.imported["tags"] = desk.imported["tags"].iloc[:0]
    assert not {first, second} & set(_ids(desk))
    taken = _read(desk, data)
    assert [told.what.split(":")[0] for told in taken.refused] == [f"There is no point {second} any more"]
    assert taken.filled == {("Points", taken.refused[0].place.row)}


def test_a_copied_row_is_not_taken_for_the_original(desk: Desk) -> None:
    point = _ids(desk)[0]
    data = fill(desk.out(), "Points", [{"Point": point, "Disposition": "adopted"}])
    (told,) = _said(_read(desk, data))
    assert "stands in row 2 already. Empty the id of the copy" in told


def test_a_workbook_put_together_by_hand_is_taken_too(desk: Desk) -> None:
    book = load_workbook(io.BytesIO(desk.out()))
    del book["_state"]
    book["Points"]["O2"] = "adopted"
    raw = io.BytesIO()
    book.save(raw)
    taken = _read(desk, raw.getvalue())
    assert ([what for what, _ in taken.events], taken.refused) == (["decision"], ())


def test_emptying_a_decision_takes_it_back(desk: Desk) -> None:
    point = _ids(desk)[0]
    desk.take(fill(desk.out(), "Points", [{"Point": point, "Disposition": "adopted"}], "Point"))
    book = load_workbook(io.BytesIO(desk.out()))
    book["Points"]["O2"] = None
    raw = io.BytesIO()
    book.save(raw)
    desk.take(raw.getvalue())
    assert len(desk.tables()["decisions"]) == 0


def test_unchanged_as_a_kind_means_the_words_of_the_draft(desk: Desk) -> None:
    cells = {"Element": "1", "Change kinds": "unchanged", "Rationale": "You agreed with it."}
    desk.take(fill(desk.out(), "Changes", [cells], "Element"))
    tables = desk.tables()
    revised = tables["elements"].query("version == 'revised'")
    assert list(revised["wording"]) == ["People live well and ill health is prevented"]
    assert tables["proposals"].set_index("element").loc["1", "change_kinds"] == ("unchanged",)
    assert list(tables["decisions"]["disposition"]) == ["retained_with_reason"]


def test_a_reworded_report_row_is_kept_when_the_draft_changes_and_an_emptied_one_is_left_out(desk: Desk) -> None:
    book = load_workbook(io.BytesIO(desk.out()))
    page = book["Report rows"]
    page["G2"], page["G3"] = "You found it hard to pin down.", None
    raw = io.BytesIO()
    book.save(raw)
    desk.take(raw.getvalue())
    rows = desk.tables()["block_rows"]
    assert list(rows[rows["edited"]]["statement"]) == ["You found it hard to pin down."]
    point = rows[rows["edited"]]["point_ids"].iloc[0][0]
    desk.add([("point", {"point_id": point, "action": "reword", "statement": "Something else."})])
    assert "You found it hard to pin down." in set(desk.tables()["block_rows"]["statement"])


def test_undecided_points_say_so_and_several_things_said_stand_beside_one_thing_done(desk: Desk) -> None:
    rows = desk.tables()["block_rows"]
    assert set(rows[rows["side"] == "did"]["statement"]) == {"We have not yet decided on this."}
    health = rows[rows["block_id"] == rows.iloc[0]["block_id"]]
    assert list(health["side"]) == ["said", "said", "did"]
    assert len(health.iloc[2]["point_ids"]) == 2


def test_decisions_become_things_done_and_things_not_done_with_their_reason(desk: Desk) -> None:
    vague, high, *_ = _ids(desk)
    data = fill(desk.out(), "Points", [
        {"Point": vague, "Disposition": "adopted"},
        {"Point": high, "Disposition": "kept, with a reason", "Reason": "We mean it"},
    ], "Point")  # fmt: skip
    desk.take(fill(data, "Changes", [{"Element": "1", "New wording": "People live longer"}], "Element"))
    rows = desk.tables()["block_rows"]
    assert list(rows[rows["side"] != "said"]["statement"])[:2] == [
        "We have changed the wording to: “People live longer”.",
        "We have left this as it was. We mean it.",
    ]


def test_a_hostile_statement_is_plain_text_in_the_workbook_and_comes_back_as_itself(desk: Desk) -> None:
    bad = '=HYPERLINK("x") <script>\n_x000D_ \u202eabc'
    desk.add([("point", {"point_id": _ids(desk)[0], "action": "reword", "statement": bad})])
    cell = load_workbook(io.BytesIO(desk.out()))["Points"]["C2"]
    assert cell.data_type == "s"
    assert _read(desk, desk.out()) == workbook.Taken(events=(), refused=())


def test_a_round_trip_through_libreoffice_records_only_what_was_filled_in(
    desk: Desk, tmp_path: Path, program: Callable[..., str]
) -> None:
    soffice = program("soffice", "libreoffice", package="libreoffice-calc")
    cells = {"Point": _ids(desk)[0], "Disposition": "adopted", "Reason": "=2+2 ways"}
    data = fill(desk.out(), "Points", [cells], "Point")
    (tmp_path / "f.xlsx").write_bytes(data)
    subprocess.run(
        [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx",
         "--outdir", str(tmp_path / "out"), str(tmp_path / "f.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    taken = _read(desk, (tmp_path / "out" / "f.xlsx").read_bytes())
    assert (len(taken.events), taken.refused) == (1, ())
    assert taken.events == _read(desk, data).events
