"""Letters tell each respondent who asked what became of their own points, and nothing of anyone else's."""

from __future__ import annotations

import csv
import datetime
import io

import docx
import pandas as pd
import pytest

from consultation import model, reporting, tables
from consultation.words import english
from tests import invented

NOW = datetime.date(2026, 3, 2)


@pytest.fixture(scope="module")
def letters() -> tuple[bytes, bytes, int]:
    held = invented.consultation(2, points=0, responses=4)
    held["responses"] = held["responses"].assign(
        status="included", wants_reply=pd.array([True, None, True, False], dtype="boolean")
    )
    points = [("t-1", "You asked what seamless means"), ("t-2", "=You+named carers"), ("t-3", "You liked it")]
    held["points"] = tables.frame(
        "points", [model.Point(point_id=p, theme=None, stance="object", statement=s) for p, s in points]
    )
    held["point_elements"] = tables.frame("point_elements", [model.PointElement(point_id="t-1", element="1.1")])
    held["point_evidence"] = tables.frame(
        "point_evidence",
        [
            model.PointEvidence(point_id=point, comment_id=f"c-{n:07}")
            for point, n in (("t-1", 0), ("t-2", 0), ("t-3", 1))
        ],
    )
    held["decisions"] = tables.frame(
        "decisions",
        [model.Decision(decision_id="d-1", point_id="t-1", disposition="retained_with_reason", reason="It is the law")],
    )
    identity = tables.frame(
        "identity",
        [
            model.Identity(respondent_id="p-0", kind="name", value="=HYPERLINK(evil)"),
            model.Identity(respondent_id="p-0", kind="email", value="a@example.org"),
            model.Identity(respondent_id="p-1", kind="name", value="Nobody Asked"),
        ],
    )
    return reporting.letters_to_respondents(held, identity, invented.SETTINGS, english(), now=NOW)


def test_only_those_who_asked_are_written_to(letters: tuple[bytes, bytes, int]) -> None:
    sheet, document, _ = letters
    rows = list(csv.DictReader(io.StringIO(sheet.decode("utf-8-sig"))))
    assert [row["response"] for row in rows] == ["r-0000000", "r-0000002"]
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(document)).paragraphs)
    assert text.count("Thank you for taking part") == 2
    assert "Nobody Asked" not in text + sheet.decode()


def test_each_letter_says_what_was_said_where_it_went_and_what_was_done(letters: tuple[bytes, bytes, int]) -> None:
    (table,) = docx.Document(io.BytesIO(letters[1])).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[1] == [
        "You asked what seamless means.",
        "Every family gets help when it asks",
        "We have left this as it was. It is the law.",
    ]
    assert rows[2][2] == "No decision on this has been recorded yet."
    assert "You liked it" not in str(rows)


def test_a_respondent_none_of_whose_points_stand_is_thanked_all_the_same(letters: tuple[bytes, bytes, int]) -> None:
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(letters[1])).paragraphs)
    assert "No point in it called for a change" in text


def test_a_name_that_is_a_formula_does_no_harm_in_the_sheet(letters: tuple[bytes, bytes, int]) -> None:
    rows = list(csv.DictReader(io.StringIO(letters[0].decode("utf-8-sig"))))
    assert rows[0]["name"] == "'=HYPERLINK(evil)"
    assert letters[0].startswith(b"\xef\xbb\xbf")


def test_a_letter_with_a_point_that_waits_for_a_decision_is_marked_a_draft(letters: tuple[bytes, bytes, int]) -> None:
    sheet, document, drafts = letters
    assert drafts == 1
    assert [row["undecided"] for row in csv.DictReader(io.StringIO(sheet.decode("utf-8-sig")))] == ["1", "0"]
    text = [paragraph.text for paragraph in docx.Document(io.BytesIO(document)).paragraphs]
    assert [line for line in text if "DRAFT" in line] == ["DRAFT. 1 point has no recorded decision yet."]
