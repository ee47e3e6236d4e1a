"""Crosstabs and co-occurrence: what is counted, that it adds up, and that what is withheld is nowhere to be had."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.analysis.cases import cases, dimensions
from consultation.analysis.crosstabs import cooccurrence, crosstab, wide
from consultation.errors import ConsultationError
from consultation.settings import Suppression
from tests.analyst import THEMES, consultation

ROWS = (
    ("a", "resident", "too vague by far", "theme:vague", "element:1", "stance:object"),
    ("a", "resident", "and jargon", "theme:jargon", "element:1.1"),
    ("b", "resident", "vague", "theme:vague", "element:1.1"),
    ("c", "staff", "fine", "stance:support"),
    ("d", ""),  # answered only closed questions
    ("e", ""),
    ("", "", "too vague, said the table", "theme:vague", "element:1"),
)


def cell(table: pd.DataFrame, row: str, column: str = "all") -> pd.Series:
    return table[(table["row"] == row) & (table["column"] == column)].iloc[0]


def test_a_response_counts_once_however_often_it_says_it() -> None:
    held = consultation([*ROWS, ("b", "resident", "vague again", "theme:vague")])
    assert cell(crosstab(held, "theme"), "vague")["count"] == 2
    assert cell(crosstab(held, "theme", count="comments"), "vague")["count"] == 4


def test_a_workshop_line_is_nobody_s_response_and_one_comment() -> None:
    held = consultation(ROWS)
    by = crosstab(held, "theme", "channel", count="comments")
    assert cell(by, "vague", "workshop")["count"] == 1
    assert "workshop" not in set(crosstab(held, "theme", "channel")["column"])


def test_two_codes_meet_only_where_one_comment_carries_both() -> None:
    both = crosstab(consultation(ROWS), "theme", "element")
    assert cell(both, "vague", "1")["count"] == 1
    assert cell(both, "vague", "1.1")["count"] == 1
    assert cell(both, "jargon", "1")["count"] == 0


def test_nobody_is_left_out_unsaid() -> None:
    table = crosstab(consultation(ROWS), "theme", "respondent_type", themes=THEMES)
    assert cell(table, "no code", "staff")["count"] == 1
    assert cell(table, "no code", "not stated")["count"] == 2
    assert cell(table, "vague", "resident")["row_name"] == "Too vague"
    assert table.drop_duplicates("column")["column_base"].sum() == 5


def test_elements_stand_in_the_document_s_order_and_others_by_size() -> None:
    held = consultation(ROWS)
    assert list(dict.fromkeys(crosstab(held, "element")["row"])) == ["1", "1.1", "2", "no code"]
    assert list(dict.fromkeys(crosstab(held, "theme")["row"])) == ["vague", "jargon", "no code"]


def test_with_and_without_campaigns() -> None:
    held = consultation(ROWS, campaign=["b"])
    assert cell(crosstab(held, "theme"), "vague")["count"] == 2
    assert cell(crosstab(held, "theme", campaigns="without_standard"), "vague")["count"] == 1
    with pytest.raises(ConsultationError, match="no rule “without” for campaigns"):
        cases(held, campaigns="without")  # type: ignore[arg-type]  # a name that a person mistyped


def test_rejected_tags_do_not_count_and_confirmed_may_be_asked_for() -> None:
    held = consultation(ROWS)
    held["tags"].loc[held["tags"]["comment_id"] == "c-2", "status"] = "rejected"
    held["tags"].loc[held["tags"]["comment_id"] == "c-0", "status"] = "confirmed"
    assert cell(crosstab(held, "theme"), "vague")["count"] == 1
    assert set(crosstab(held, "theme", confirmed=True)["row"]) == {"vague", "no code"}


def test_a_selection_is_counted_by_itself() -> None:
    held = consultation(ROWS)
    table = crosstab(held, "theme", among=pd.DataFrame({"comment_id": ["c-0", "c-1"]}))
    assert cell(table, "vague")["column_base"] == 1


def test_an_unknown_dimension_is_met_with_the_nearest() -> None:
    held = consultation(ROWS, groups={"a": "16 to 24"})
    assert "Age" in dimensions(held)
    with pytest.raises(ConsultationError, match=r"called “themes”.*\n.*“theme”"):
        crosstab(held, "themes")


def test_group_columns_and_closed_answers_are_dimensions_too() -> None:
    held = consultation(ROWS, groups={"a": "16 to 24", "b": "25 to 34"})
    assert cell(crosstab(held, "Age"), "not stated")["count"] == 3
    question = {"question_id": "q-1", "source_id": "s-web", "text": "Do you agree?", "kind": "closed"}
    answer = {"response_id": "r-a", "question_id": "q-1", "value": "Yes", "state": "answered"}
    from consultation import tables

    held |= {"questions": tables.frame("questions", [question]), "answers": tables.frame("answers", [answer])}
    table = crosstab(held, "Do you agree?", "Age")
    assert cell(table, "Yes", "16 to 24")["count"] == 1
    assert cell(table, "not stated", "25 to 34")["count"] == 1


def test_laid_out_for_the_eye_with_total_and_base() -> None:
    laid = wide(crosstab(consultation(ROWS), "theme", "respondent_type", themes=THEMES))
    assert laid.loc["Too vague", "total"] == 2
    assert laid.loc["base", "resident"] == 2


def test_without_comments_a_table_is_empty_and_typed() -> None:
    table = crosstab(consultation([]), "theme", "respondent_type", suppress=Suppression())
    assert table.empty
    assert str(table["count"].dtype) == "Int64"
    assert cooccurrence(consultation([])).empty


TYPES = ("resident", "staff", "parish")
CODES = ("theme:vague", "theme:jargon", "stance:object", "stance:support", "element:1")
SAID = st.lists(
    st.tuples(st.integers(0, 30), st.sampled_from(TYPES), st.sets(st.sampled_from(CODES), max_size=3)), max_size=60
)


def made(said: list[tuple[int, str, set[str]]]) -> dict[str, pd.DataFrame]:
    kind = {who: name for who, name, _ in said}
    return consultation([(f"{who}", kind[who], "words", *sorted(codes)) for who, _, codes in said])


@settings(max_examples=12, deadline=None)
@given(said=SAID)
def test_cells_of_a_row_add_up_where_a_unit_has_one_value_and_columns_never_exceed_their_base(
    said: list[tuple[int, str, set[str]]],
) -> None:
    held = made(said)
    for count in ("responses", "comments"):
        table = crosstab(held, "theme", "respondent_type", count=count)  # type: ignore[arg-type]  # both are counts
        assert (table.groupby("row")["count"].sum() == table.groupby("row")["row_total"].first()).all()
        assert (table["count"] <= table["column_base"]).all()
    both = crosstab(held, "respondent_type", "channel")
    assert both["count"].sum() == held["responses"]["response_id"].nunique()


@settings(max_examples=12, deadline=None)
@given(said=SAID, below=st.integers(2, 6))
def test_what_is_withheld_is_nowhere_to_be_had(said: list[tuple[int, str, set[str]]], below: int) -> None:
    held = made(said)
    for rows, columns in (("theme", "respondent_type"), ("respondent_type", "theme"), ("theme", "element")):
        open_, shown = (crosstab(held, rows, columns, suppress=rule) for rule in (None, Suppression(below=below)))
        hidden = shown["withheld"]
        assert not shown["count"].between(1, below - 1).any()
        assert shown.loc[hidden, ["count", "share"]].isna().all(axis=None)
        assert (shown.loc[~hidden, "count"] == open_.loc[~hidden, "count"]).all()
    for row, line in crosstab(held, "theme", "respondent_type", suppress=Suppression(below=below)).groupby("row"):
        assert line["withheld"].sum() != 1 or line["row_total"].isna().all(), f"{row} gives itself away"
    pairs = cooccurrence(held, suppress=Suppression(below=below))
    assert not pairs["together"].between(1, below - 1).any()
    assert pairs.loc[pairs["together"].isna(), ["lift", "jaccard"]].isna().all(axis=None)


def test_codes_said_together_beside_what_chance_would_give() -> None:
    rows = [("a", "", "x", "theme:vague", "theme:jargon"), ("b", "", "x", "theme:vague", "theme:jargon"),
            ("c", "", "x", "theme:vague"), ("d", "", "x", "theme:leaves_out")]  # fmt: skip
    pair = cooccurrence(consultation(rows), themes=THEMES).iloc[0]
    assert (pair["a"], pair["b"], pair["n_a"], pair["n_b"], pair["together"], pair["base"]) == (
        "jargon", "vague", 2, 3, 2, 4,
    )  # fmt: skip
    assert pair["expected"] == pytest.approx(1.5)
    assert pair["lift"] == pytest.approx(2 / 1.5)
    assert pair["jaccard"] == pytest.approx(2 / 3)
