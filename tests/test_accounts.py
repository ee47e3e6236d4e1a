"""The accounts balance or the work stops; what is set aside comes back; published reconciliations, rebuilt."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation import model, reading, tables
from consultation.errors import ConsultationError
from consultation.settings import Channel, Settings
from tests.exports_fixtures import HEADS, ROWS, read, text, write


def event(number: int, what: str, **payload: object) -> model.LedgerEvent:
    return model.LedgerEvent(
        seq=number, event_id=f"e-{number}", at="2025-10-01T09:00:00Z", who="officer", what=what, payload=payload
    )


def held(number: int, source: str = "survey", kind: str | None = None) -> dict[str, pd.DataFrame]:
    """A source of so many responses, each with a comment."""
    one = model.Source(
        source_id="s-1",
        name=source,
        file="f",
        sha256="x",
        platform="tidy sheet",
        platform_confidence=1.0,
        platform_reasons="",
        channel="questionnaire",
        header_rows=1,
        rows_total=number + 1,
        rows_imported=number,
        rows_excluded=0,
        rows_empty=0,
        rows_quarantined=0,
    )
    responses = [
        model.Response(
            response_id=f"r-{i}", source_id="s-1", respondent_id=f"p-{i}", channel="questionnaire", respondent_type=kind
        )
        for i in range(number)
    ]
    said = [
        model.Comment(
            comment_id=f"c-{i}",
            response_id=f"r-{i}",
            event_id=None,
            source_id="s-1",
            locator=f"row {i + 2}, column B",
            question_id=None,
            heading=None,
            voice="person",
            text="words",
        )
        for i in range(number)
    ]
    return {
        "sources": tables.frame("sources", [one]),
        "events": tables.frame("events"),
        "questions": tables.frame("questions"),
        "identity": tables.frame("identity"),
        "responses": tables.frame("responses", responses),
        "answers": tables.frame("answers"),
        "comments": tables.frame("comments", said),
        "problems": tables.frame("problems"),
    }


def exclude(number: int, ids: list[str], reason: str) -> model.LedgerEvent:
    return event(number, "exclude", table="responses", ids=ids, reason=reason)


def test_7667_less_199_less_70_less_200_is_7198() -> None:
    told, ids = held(7667), [f"r-{i}" for i in range(7667)]
    events = [
        exclude(1, ids[:199], "no answers"),
        exclude(2, ids[199:269], "duplicate"),
        exclude(3, ids[269:469], "no consent"),
    ]
    account = reading.accounts(reading.apply(told, events))[0]
    assert account.sentence() == "7,667 received - 200 no consent - 199 no answers - 70 duplicate = 7,198 included"
    assert (account.received, account.included, sum(account.excluded.values())) == (7667, 7198, 469)


def test_67_less_3_is_64_and_an_undo_gives_back_the_same_bytes() -> None:
    told = held(67)
    aside = exclude(1, ["r-1", "r-2", "r-3"], "duplicate")
    assert reading.accounts(reading.apply(told, [aside]))[0].included == 64
    back = reading.apply(told, [aside, event(2, "undo", event_id="e-1")])
    for name, table in told.items():
        assert back[name].to_parquet() == table.to_parquet()


def test_comments_of_a_response_that_is_set_aside_follow_it() -> None:
    laid = reading.apply(held(3), [exclude(1, ["r-1"], "withdrawn")])
    comments = laid["comments"].set_index("comment_id")
    assert comments.loc["c-1", ["status", "status_reason"]].tolist() == ["excluded", "withdrawn"]
    assert comments.loc["c-0", "status"] == "included"


def test_a_duplicate_a_campaign_and_a_moved_answer_are_laid_over() -> None:
    told = held(4)
    laid = reading.apply(
        told,
        [
            event(1, "duplicate", response_id="r-3", duplicate_of="r-0"),
            event(2, "campaign", campaign_id="k-1", response_ids=["r-1", "r-2"]),
            event(3, "reassign", comment_id="c-0", question_id="q-9", reason="it is about the other question"),
        ],
    )
    responses = laid["responses"].set_index("response_id")
    assert responses.loc["r-3", ["duplicate_of", "status"]].tolist() == ["r-0", "excluded"]
    assert responses["campaign_id"].dropna().to_dict() == {"r-1": "k-1", "r-2": "k-1"}
    assert laid["comments"].set_index("comment_id")["campaign_id"].dropna().to_dict() == {"c-1": "k-1", "c-2": "k-1"}
    assert laid["comments"].set_index("comment_id").loc["c-0", "question_id"] == "q-9"
    assert told["comments"]["question_id"].isna().all()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["late", "test", "copy"])), max_size=8), st.data())
def test_received_is_included_and_excluded_whatever_is_set_aside_and_undone(
    aside: list[tuple[int, str]], data: st.DataObject
) -> None:
    events = [exclude(i, [f"r-{row}"], reason) for i, (row, reason) in enumerate(aside, 1)]
    undone = data.draw(st.lists(st.sampled_from(events), unique_by=lambda e: e.seq)) if events else []
    events += [event(100 + e.seq, "undo", event_id=e.event_id) for e in undone]
    account = reading.accounts(reading.apply(held(10), events))[0]
    assert account.received == 10 == account.included + sum(account.excluded.values())


def test_rows_that_do_not_add_up_stop_the_work() -> None:
    told = held(5)
    told["sources"] = told["sources"].assign(rows_total=7)
    with pytest.raises(
        ConsultationError, match="The accounts of “survey” do not balance: 7 rows in the file, but 5 imported"
    ):
        reading.accounts(told)


@pytest.mark.parametrize("lost", ["responses", "comments"])
def test_a_response_or_comment_that_went_missing_stops_the_work(tmp_path: Path, lost: str) -> None:
    made = dict(read(write(tmp_path, text([HEADS, *ROWS]))).tables)
    made[lost] = made[lost].iloc[1:]
    with pytest.raises(ConsultationError, match="do not balance"):
        reading.accounts(made)


def test_every_filled_cell_landed_once(tmp_path: Path) -> None:
    made = read(write(tmp_path, text([["A title above"], HEADS, *ROWS, ["Total: 6", "", "", ""]])))
    account = reading.accounts(made.tables)[0]
    assert account.cells == {
        "closed": 6,
        "comment": 6,
        "header": 5,
        "quarantined": 1,
        "response_id": 6,
        "submitted_at": 6,
    }
    assert sum(account.cells.values()) == 1 + 4 + 24 + 1


def test_the_last_account_is_that_of_all_sources(tmp_path: Path) -> None:
    first, _ = reading.merge({}, read(write(tmp_path, text([HEADS, *ROWS]), "one.csv")))
    both, _ = reading.merge(
        first, read(write(tmp_path, text([["Ref", "Comment"], ["1", "Too many houses"]]), "two.csv"))
    )
    told = reading.accounts(both)
    assert [account.name for account in told] == ["one", "two", "All sources"]
    assert (told[-1].rows_total, told[-1].received) == (9, 7)


def test_response_rates_of_those_invited() -> None:
    told = held(12, kind="Organisation")
    settings_ = Settings(
        channels=(Channel(id="letters", kind="letter", invited={"organisation": 45, "partnership": 13}),)
    )
    assert [str(rate) for rate in reading.rates(told, settings_)] == ["12 of 45 organisation", "0 of 13 partnership"]


def test_a_petition_is_one_response_whatever_its_signatures() -> None:
    told = held(2)
    told["responses"] = told["responses"].assign(signatures=pd.array([1200, pd.NA], dtype="Int64"))
    assert reading.accounts(told)[0].received == 2


def test_a_response_without_an_answer_is_blank_until_a_person_says_otherwise(tmp_path: Path) -> None:
    heads = ["Ref", "Date", "Are you answering as?", "How old are you?", "Do you agree?", "What do you think?"]
    rows = [
        ["1", "2026-03-02", "Patient", "25 to 44", "", "Too many houses for one road"],
        ["2", "2026-03-02", "Patient", "25 to 44", "Agree", ""],
        ["3", "2026-03-02", "", "", "", "n/a"],
        ["4", "2026-03-02", "Patient", "80 or over", "", ""],
        ["5", "2026-03-02", "", "", "", ""],
    ]
    made = read(write(tmp_path, text([heads, *rows]))).tables
    shown = reading.apply(made, [])
    account = reading.accounts(shown)[-1]
    assert account.sentence() == "5 received - 2 blank = 3 included"
    aside = shown["responses"].set_index("response_id").loc[list(account.blank), "supplied_id"]
    assert sorted(aside) == ["4", "5"]
    back = event(1, "exclude", table="responses", ids=[account.blank[0]], status="included")
    assert reading.accounts(reading.apply(made, [back]))[-1].sentence() == "5 received - 1 blank = 4 included"


def test_an_answer_that_says_nothing_is_kept_and_is_no_comment_to_read(tmp_path: Path) -> None:
    said = ["n/a", "N/A", " - ", "none", "No comment.", "nil", ".", "No.", "None of it makes sense", "It is right"]
    rows = [["Ref", "What do you think?"], *([str(i), words] for i, words in enumerate(said))]
    made = read(write(tmp_path, text(rows))).tables
    comments = made["comments"]
    assert sorted(comments["text"]) == sorted(said)
    assert sorted(comments.loc[comments["status"] == "included", "text"]) == sorted(said[-3:])
    account = reading.accounts(reading.apply(made, []))[-1]
    assert (account.comments, account.unread) == (10, {"no answer": 7})
    assert account.sentence() == "10 received = 10 included"


def test_where_a_file_does_not_say_when_a_response_was_sent_its_start_stands_for_it(tmp_path: Path) -> None:
    rows = [["Ref", "Start date", "What do you think?"], ["1", "2026-03-02 10:00", "Too many"], ["2", "", "Too few"]]
    path = write(tmp_path, text(rows))
    made = read(path, closes="2026-03-01")
    held = made.tables["responses"].set_index("supplied_id")
    assert held.loc["1", "submitted_at"] == "2026-03-02T10:00:00"
    assert held["completeness"].to_dict() == {"1": "late", "2": "complete"}
    assert "The file does not say when a response was sent; when it was started stands for it." in made.notes
