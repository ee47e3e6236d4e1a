"""Who asked to be told what became of it: the question is known by its words and its answers, on any platform."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.exports_fixtures import HEADS, ROWS, read, text, write


def asked(heading: str, answers: list[str], folder: Path) -> list[bool | None]:
    """What six responses with these answers to the question come to, in their order."""
    path = write(folder, text([[*HEADS, heading], *([*row, cell] for row, cell in zip(ROWS, answers, strict=True))]))
    held = read(path).tables["responses"].sort_values("supplied_id")["wants_reply"]
    return [None if pd.isna(told) else bool(told) for told in held]


@pytest.mark.parametrize(
    ("heading", "answers"),
    [
        ("Do you feel informed about local services?", ["Yes", "No", "Yes", "No", "Yes", "No"]),
        ("Would you like to see more buses?", ["Yes", "No", "Yes", "No", "Yes", "No"]),
        ("Would you like us to reply? By which means?", ["Letter", "E-mail", "By telephone", "Letter", "", "E-mail"]),
        ("Should the council reply to letters within ten days?", ["Perhaps", "Agree", "Agree", "", "Agree", "Agree"]),
    ],
)
def test_a_question_about_something_else_asks_for_no_reply(heading: str, answers: list[str], tmp_path: Path) -> None:
    assert asked(heading, answers, tmp_path) == [None] * 6


@pytest.mark.parametrize(
    "heading",
    [
        "Would you like us to reply to you?",
        "Would you like to be kept informed about the outcome?",
        "Do you want to receive a summary of the results?",
        "May we contact you about what you said?",
        "If you would like us to e-mail you the decision, so that you stay up to date, say so here",
    ],
)
def test_yes_and_no_to_a_reply_are_kept_with_the_response(heading: str, tmp_path: Path) -> None:
    answers = ["Yes", "No", "yes please", "No, thank you", "", "Yes"]
    assert asked(heading, answers, tmp_path) == [True, False, True, False, None, True]


def test_a_tick_beside_the_wish_is_a_yes_and_none_is_not_said(tmp_path: Path) -> None:
    wish = "Please keep me informed"
    assert asked(wish, ["x", "", wish, "", "✓", ""], tmp_path) == [True, None, True, None, True, None]


def test_surveymonkey_spreads_yes_and_no_over_columns_and_microsoft_forms_keeps_them_in_one(tmp_path: Path) -> None:
    question = "Would you like us to reply to you?"
    spread = [
        ["RespondentID", "CollectorID", "StartDate", "EndDate", "Why?", question, ""],
        ["", "", "", "", "Open-Ended Response", "Yes", "No"],
        ["101", "7", "09/13/2025 10:00:00 AM", "09/13/2025 10:05:00 AM", "It is right as it stands", "Yes", ""],
        ["102", "7", "09/14/2025 10:00:00 AM", "09/14/2025 10:05:00 AM", "It is wrong in every way", "", "No"],
    ]
    made = read(write(tmp_path, text(spread), "monkey.csv"))
    assert made.tables["sources"]["platform"].tolist() == ["SurveyMonkey"]
    assert made.tables["responses"].sort_values("supplied_id")["wants_reply"].tolist() == [True, False]
    forms = [
        ["ID", "Start time", "Completion time", "Email", "Name", question],
        ["1", "9/13/25 10:00:00", "9/13/25 10:05:00", "anonymous", "", "Yes"],
        ["2", "9/14/25 10:00:00", "9/14/25 10:05:00", "anonymous", "", "No"],
    ]
    made = read(write(tmp_path, text(forms), "forms.csv"))
    assert made.tables["sources"]["platform"].tolist() == ["Microsoft Forms"]
    assert made.tables["responses"].sort_values("supplied_id")["wants_reply"].tolist() == [True, False]


@pytest.mark.parametrize(
    "heading",
    [
        "If you would like a reply, please give your e-mail address",
        "Please leave your contact details here if you want to be kept informed of the outcome",
        "Your email address (so that we can reply)",
        "If you would like to be told about the outcome of this consultation when the cabinet has decided, enter your "
        "e-mail address below",
    ],
)
def test_an_address_given_for_a_reply_is_identity_and_asks_for_one(heading: str, tmp_path: Path) -> None:
    answers = ["ann@example.org", "", "n/a", "bo@example.org", "No thank you", "cy@example.org"]
    assert asked(heading, answers, tmp_path) == [True, None, None, True, None, True]
    held = read(tmp_path / "survey.csv").tables
    assert {"ann@example.org", "bo@example.org", "cy@example.org"} <= set(held["identity"]["value"])
    assert "example.org" not in " ".join([*held["comments"]["text"], *held["answers"]["value"].dropna()])


@pytest.mark.parametrize("heading", ["Your e-mail address", "E-mail", "How often do you reply to a letter?"])
def test_an_address_that_was_asked_for_to_no_such_end_asks_for_no_reply(heading: str, tmp_path: Path) -> None:
    assert asked(heading, ["ann@example.org", "", "bo@example.org", "", "", ""], tmp_path) == [None] * 6
