"""Two officers, one comment: where they differ is listed by the row of each file, and settled with both kept."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pandas as pd
import pytest

from consultation import tables
from consultation.model import LedgerEvent
from consultation.tagging import review
from tests.review_small import COMMENTS, back, comment, edited, ledger, out, wrote


def _read_by_two(first: Any, second: Any, **more: Any) -> list[LedgerEvent]:
    data = out(**more)
    events = ledger(back(edited(data, *first), name="amina.xlsx", officer="Amina"))
    return ledger(back(edited(data, *second), events, name="joe.xlsx", officer="Joe"), events)


def _with_rulings(clashes: list[review.Clash], comments: pd.DataFrame = COMMENTS, **rulings: str) -> bytes:
    """The adjudicator's workbook with the given ruling in the row of each facet."""
    book = openpyxl.load_workbook(io.BytesIO(out(comments, clashes=clashes)))
    sheet = book["Clashes"]
    column = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        if ruling := rulings.get(sheet.cell(row, column["About"]).value):
            sheet.cell(row, column["Ruling"]).value = ruling
            sheet.cell(row, column["Why"]).value = "because"
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


# --- no clash ----------------------------------------------------------------------------------------------------


def test_two_who_agree_clash_on_nothing() -> None:
    assert review.clashes(_read_by_two([wrote("c-1", read="agreed")], [wrote("c-1", read="agreed")])) == []


def test_a_comment_that_the_other_has_not_read_or_is_unsure_of_is_no_clash() -> None:
    assert review.clashes(_read_by_two([wrote("c-1", read="agreed")], [wrote("c-2", read="agreed")])) == []
    assert review.clashes(_read_by_two([wrote("c-1", read="agreed")], [wrote("c-1", read="unsure")])) == []


def test_off_topic_says_nothing_about_stance() -> None:
    events = _read_by_two([wrote("c-1", read="agreed")], [wrote("c-1", read="off topic")])
    assert {clash.facet for clash in review.clashes(events)} == {"element", "theme"}


# --- a clash -----------------------------------------------------------------------------------------------------


def test_a_clash_is_listed_by_the_row_of_each_file() -> None:
    events = _read_by_two([wrote("c-2", read="agreed")], [wrote("c-2", read="changed", theme_1="Jargon")])
    (clash,) = review.clashes(events)
    assert str(clash) == (
        "Theme of c-2: amina.xlsx, sheet “Comments”, row 3: Amina says too_vague; "
        "joe.xlsx, sheet “Comments”, row 3: Joe says jargon"
    )
    assert clash.codes == ("jargon", "too_vague")


def test_the_second_file_in_tells_its_clashes_at_once() -> None:
    data = out()
    events = ledger(back(edited(data, wrote("c-2", read="agreed"), wrote("c-1", read="agreed")), officer="Amina"))
    taken = back(edited(data, wrote("c-2", read="changed", theme_1=None)), events, officer="Joe")
    assert [(clash.comment_ids, clash.facet) for clash in taken.clashes] == [(("c-2",), "theme")]


def test_what_one_added_and_the_other_left_out_is_a_clash_and_blind_reading_counts() -> None:
    hands = [wrote("c-3", read="changed", element_1="Vision")], [wrote("c-3", read="agreed")]
    (element, theme) = review.clashes(_read_by_two(*hands, blind=True))
    assert (element.facet, element.codes) == ("element", ("vision",))
    assert (theme.facet, theme.second_says) == ("theme", ("none_of_these",))
    assert element.first.blind
    assert element.second.blind


def test_comments_that_share_a_row_in_both_files_clash_once() -> None:
    comments = tables.frame("comments", [comment(n, "Save the library!") for n in (1, 2, 3)])
    data = out(comments, tables.frame("tags"))
    filled = [edited(data, wrote("c-1", read="changed", theme_1=theme)) for theme in ("Jargon", "Too vague")]
    events = ledger(back(filled[0], officer="Amina", comments=comments))
    events = ledger(back(filled[1], events, officer="Joe", comments=comments), events)
    (clash,) = review.clashes(events)
    assert clash.comment_ids == ("c-1", "c-2", "c-3")


# --- settling it -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ruling", "holds"),
    [
        ("as the first says", {"too_vague"}),
        ("as the second says", {"jargon"}),
        ("both", {"too_vague", "jargon"}),
        ("neither", set()),
    ],
)
def test_a_ruling_settles_each_code_and_keeps_both_readings(ruling: str, holds: set[str]) -> None:
    events = _read_by_two([wrote("c-2", read="agreed")], [wrote("c-2", read="changed", theme_1="Jargon")])
    data = _with_rulings(review.clashes(events), theme=ruling)
    taken = back(data, events, officer="Cllr Bell")
    told = {payload["code"]: payload["status"] for what, payload in taken.events if what == "adjudicate"}
    assert {code for code, status in told.items() if status == "confirmed"} == holds
    assert set(told) == {"too_vague", "jargon"}
    assert taken.events[0][1]["between"] == ["Amina", "Joe"]
    assert taken.events[0][1]["note"] == "because"
    after = ledger(taken, events)
    assert review.clashes(after) == []
    assert after[: len(events)] == events
    assert back(data, after, officer="Cllr Bell").events == ()


def test_resolving_ten_leaves_both_originals_and_the_ruling_of_each() -> None:
    """R42."""
    comments = tables.frame("comments", [comment(n, f"Remark {n}", response_id=None) for n in range(10, 20)])
    data = out(comments, tables.frame("tags"))
    events: list[LedgerEvent] = []
    for officer, theme in (("Amina", "Jargon"), ("Joe", "Too vague")):
        hands = [wrote(f"c-{n}", read="changed", theme_1=theme) for n in range(10, 20)]
        events = ledger(back(edited(data, *hands), events, officer=officer, comments=comments), events)
    clashes = review.clashes(events)
    assert len(clashes) == 10
    ruled = _with_rulings(clashes, comments, theme="as the first says")
    after = ledger(back(ruled, events, officer="Bell", comments=comments), events)
    per_comment = {
        f"c-{n}": sorted((e.who, e.what) for e in after if e.payload.get("comment_id") == f"c-{n}" and e.what != "read")
        for n in range(10, 20)
    }
    assert set(map(tuple, per_comment.values())) == {
        (("Amina", "tag"), ("Bell", "adjudicate"), ("Bell", "adjudicate"), ("Joe", "tag"))
    }


def test_both_is_no_ruling_on_a_stance() -> None:
    events = _read_by_two([wrote("c-1", read="agreed")], [wrote("c-1", read="changed", stance="support")])
    taken = back(_with_rulings(review.clashes(events), stance="both"), events, officer="Bell")
    assert "A comment has one stance." in str(taken.refused[0])
    assert taken.events == ()


def test_a_ruling_on_readings_that_changed_meanwhile_is_not_taken() -> None:
    first = [wrote("c-2", read="agreed")]
    events = _read_by_two(first, [wrote("c-2", read="changed", theme_1="Jargon")])
    ruled = _with_rulings(review.clashes(events), theme="as the first says")
    third = back(edited(out(), wrote("c-2", read="changed", theme_1="About something else")), events, officer="Joe")
    taken = back(ruled, ledger(third, events), officer="Bell")
    assert "has read this anew since" in str(taken.refused[0])


def test_another_ruling_on_the_same_clash_is_refused_with_who_ruled() -> None:
    events = _read_by_two([wrote("c-2", read="agreed")], [wrote("c-2", read="changed", theme_1="Jargon")])
    clashes = review.clashes(events)
    after = ledger(back(_with_rulings(clashes, theme="both"), events, officer="Bell"), events)
    taken = back(_with_rulings(clashes, theme="neither"), after, officer="Carr")
    assert "Bell ruled “both” on 2026-06-25." in str(taken.refused[0])


def test_a_reading_after_the_ruling_opens_it_again() -> None:
    events = _read_by_two([wrote("c-2", read="agreed")], [wrote("c-2", read="changed", theme_1="Jargon")])
    events = ledger(back(_with_rulings(review.clashes(events), theme="as the first says"), events, officer="B"), events)
    again = edited(out(), wrote("c-2", read="changed", theme_1="Jargon", theme_2="Too vague"))
    events = ledger(back(again, events, officer="Joe"), events)
    again = edited(out(), wrote("c-2", read="changed", theme_1="Jargon", notes="as I said"))
    events = ledger(back(again, events, officer="Joe"), events)
    assert [clash.codes for clash in review.clashes(events)] == [("too_vague",)]
