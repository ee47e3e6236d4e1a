"""The sheet “Same person”: double submissions and campaigns, confirmed or turned down by an officer."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import openpyxl
import pandas as pd
import pytest

from consultation import reading, tables
from consultation.model import Duplicate
from consultation.tagging import review
from tests.review_small import RESPONSES, back, comment, ledger, out

COMMENTS = tables.frame(
    "comments",
    [
        comment(1, "I live on Mill Lane and the road is a disgrace."),
        comment(2, "I live on Mill Lane and the road is a disgrace!"),
        *(comment(n, "Keep the library open, it is the heart of our town.", comment_id=f"c-{n}") for n in (3, 4)),
        comment(5, "Keep the library open, it is the heart of our town. My son learnt to read there."),
        comment(5, "And mend the bus shelter.", comment_id="c-5b", question_id=None),
    ],
)


def _alike(kind: str, response: str, like: str, similarity: float, group: str) -> Duplicate:
    return Duplicate(
        group_id=group, kind=kind, response_id=response, comment_id=response.replace("r", "c"), like=like,
        similarity=similarity,
    )  # fmt: skip


ALIKE = tables.frame(
    "duplicates",
    [
        _alike("double_submission", "r-1", "r-1", 1.0, "g-a"),
        _alike("double_submission", "r-2", "r-1", 0.97, "g-a"),
        _alike("campaign_standard", "r-3", "r-3", 1.0, "g-b"),
        _alike("campaign_standard", "r-4", "r-3", 1.0, "g-b"),
        _alike("campaign_personalised", "r-5", "r-3", 0.7, "g-b"),
    ],
)


def _answered(answers: Mapping[str, str], names: Mapping[str, str] | None = None) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(_out()))
    sheet = book["Same person"]
    column = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        kind = sheet.cell(row, column["What it may be"]).value.split(" ")[1]
        sheet.cell(row, column["Your decision"]).value = answers.get(kind)
        sheet.cell(row, column["Name of the campaign"]).value = (names or {}).get(kind)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def _out(likenesses: pd.DataFrame = ALIKE) -> bytes:
    return out(COMMENTS, tables.frame("tags"), likenesses=likenesses)


def _back(data: bytes, events: Any = (), **more: Any) -> review.Taken:
    return back(data, events, comments=COMMENTS, responses=RESPONSES, likenesses=ALIKE, **more)


def test_rows_without_a_decision_record_nothing() -> None:
    assert _back(_out()).events == ()


def test_a_workbook_without_likenesses_has_no_such_sheet() -> None:
    assert "Same person" not in openpyxl.load_workbook(io.BytesIO(out())).sheetnames


def test_a_campaign_is_one_row_and_a_double_submission_shows_both_texts_in_full() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(_out()))["Same person"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert rows[0][:3] == [
        "a campaign: the same text from several people",
        "Keep the library open, it is the heart of our town.",
        "Keep the library open, it is the heart of our town. My son learnt to read there.",
    ]
    assert rows[0][5:9] == ["70%", 3, "2026-05-13", "2026-05-15"]
    assert rows[1][:3] == [
        "one person who answered twice",
        "I live on Mill Lane and the road is a disgrace.",
        "I live on Mill Lane and the road is a disgrace!",
    ]


def test_confirming_keeps_the_first_and_names_the_campaign_with_who_sent_it_unchanged() -> None:
    taken = _back(_answered({"person": "confirm", "campaign:": "confirm"}, {"campaign:": "Save the library"}))
    assert taken.events == (
        ("campaign", {"campaign_id": "g-b", "name": "Save the library", "response_ids": ["r-3", "r-4", "r-5"],
                      "standard_ids": ["r-3", "r-4"], "comment_ids": ["c-3", "c-4", "c-5"]}),
        ("duplicate", {"response_id": "r-2", "duplicate_of": "r-1"}),
    )  # fmt: skip


def test_a_campaign_without_a_name_is_never_named_by_people_s_own_words() -> None:
    ((_, payload),) = _back(_answered({"campaign:": "confirm"})).events
    assert payload["name"] == "Campaign of 3 responses"


def test_where_nothing_is_alike_nothing_is_asked() -> None:
    none = tables.frame("duplicates")
    assert review.unsettled(none, []).empty
    assert list(review.unsettled(none, []).columns) == list(none.columns)


def test_not_the_same_lets_each_stand_and_is_not_asked_again() -> None:
    taken = _back(_answered({"person": "not the same", "campaign:": "not the same"}))
    events = ledger(taken)
    assert review.unsettled(ALIKE, events).empty
    held = reading.apply({"responses": RESPONSES, "comments": COMMENTS}, events)
    assert set(held["responses"]["status"]) == {"included"}
    assert held["responses"]["duplicate_of"].isna().all()


def test_the_same_file_twice_records_nothing_new_and_another_answer_has_to_undo_the_first() -> None:
    data = _answered({"person": "confirm", "campaign:": "confirm"})
    events = ledger(_back(data))
    assert (_back(data, events).events, _back(data, events).refused) == ((), ())
    other = _back(_answered({"person": "not the same"}), events)
    assert other.events == ()
    assert (
        "Amina decided this otherwise on 2026-06-25. To change it, take that back first: consultation undo e-2"
        in str(other.refused[0])
    )


@pytest.mark.parametrize(
    ("answers", "names", "said"),
    [
        ({"person": "confrim"}, {}, "“confrim” is not on the list. Did you mean “confirm”?"),
        ({}, {"campaign:": "Library"}, "A name was given, but no decision."),
    ],
)
def test_a_wrong_answer_is_told_by_its_row(answers: dict[str, str], names: dict[str, str], said: str) -> None:
    taken = _back(_answered(answers, names))
    assert said in str(taken.refused[0])
    assert "sheet “Same person”, row " in str(taken.refused[0])


def test_look_alikes_that_are_none_any_more_are_refused() -> None:
    taken = back(
        _answered({"person": "confirm"}), comments=COMMENTS, responses=RESPONSES, likenesses=tables.frame("duplicates")
    )
    assert "not among those that look alike now" in str(taken.refused[0])
