"""An officer settles what was found, many at once; what leaves is marked, and nothing leaves while anything is open."""

from __future__ import annotations

import dataclasses
import io

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation import privacy, tables
from consultation.errors import ConsultationError
from consultation.model import Comment, LedgerEvent, PersonalData

TEXT = "Mrs Bell of 4 Mill Lane says no."


def table(*rows: tuple[str, int, int, str]) -> pd.DataFrame:
    return tables.frame("personal_data", [PersonalData(comment_id=c, start=a, end=b, kind=k) for c, a, b, k in rows])


def comments(**texts: str) -> pd.DataFrame:
    return pd.DataFrame({"comment_id": list(texts), "text": list(texts.values()), "speaker": "J. Bell"})


def ledger(*events: tuple[str, dict[str, object]]) -> list[LedgerEvent]:
    return [
        LedgerEvent(seq=n, event_id=f"v-{n}", at="2026-04-01T09:00:00Z", who="A. Officer", what=what, payload=payload)
        for n, (what, payload) in enumerate(events, 1)
    ]


FOUND = table(("c1", 0, 8, "name"), ("c1", 12, 23, "street_address"))


def test_nothing_verbatim_leaves_while_a_span_is_open() -> None:
    with pytest.raises(ConsultationError, match="2 places in 1 comment may identify someone"):
        privacy.refuse_open(FOUND)
    with pytest.raises(ConsultationError, match=r"consultation redact out redact[.]xlsx"):
        privacy.redacted(TEXT, tables.rows("personal_data", FOUND))
    with pytest.raises(ConsultationError, match="2 places"):
        privacy.redact_comments(comments(c1=TEXT), FOUND)
    privacy.refuse_open(FOUND, ["c9"])  # another comment may


def test_settled_spans_leave_as_marks_or_stay() -> None:
    rows = tables.rows("personal_data", FOUND)
    events = ledger(
        privacy.decide(rows[0], "redacted"), privacy.decide(rows[1], "kept", "the address of the parish office")
    )
    settled = privacy.apply(FOUND, events)
    assert privacy.open_count(settled) == 0
    assert settled["reason"].tolist()[1] == "the address of the parish office"
    told = privacy.redact_comments(comments(c1=TEXT), settled)
    assert told["text"].tolist() == ["[name removed] of 4 Mill Lane says no."]
    assert told["speaker"].isna().all()


def test_the_last_decision_holds_and_an_undone_one_does_not() -> None:
    row = tables.rows("personal_data", FOUND)[0]
    first, second = privacy.decide(row, "kept"), privacy.decide(row, "redacted")
    assert privacy.apply(FOUND, ledger(first, second))["status"].tolist() == ["redacted", "open"]
    undone = ledger(first, second, ("undo", {"event_id": "v-2"}))
    assert privacy.apply(FOUND, undone)["status"].tolist() == ["kept", "open"]


def test_a_span_that_only_the_officer_saw_is_added() -> None:
    seen = PersonalData(comment_id="c1", start=24, end=28, kind="other")
    laid = privacy.apply(FOUND, ledger(privacy.decide(seen, "redacted", "nickname")))
    assert laid[["start", "status"]].values.tolist() == [[0, "open"], [12, "open"], [24, "redacted"]]


def test_spans_that_overlap_leave_one_mark() -> None:
    spans = [
        PersonalData(comment_id="c1", start=a, end=b, kind="name", status="redacted") for a, b in ((0, 8), (4, 11))
    ]
    assert privacy.redacted(TEXT, spans) == "[name removed] 4 Mill Lane says no."


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4))
def test_no_redacted_character_is_left_and_no_other_is_lost(text: str, pairs: list[tuple[int, int]]) -> None:
    marked = [(min(a, b), min(max(a, b), len(text))) for a, b in pairs if min(a, b) < min(max(a, b), len(text))]
    spans = [PersonalData(comment_id="c", start=a, end=b, kind="name", status="redacted") for a, b in marked]
    left = "".join(sign for place, sign in enumerate(text) if not any(a <= place < b for a, b in marked))
    assert privacy.redacted(text, spans).replace("[name removed]", "") == left.replace("[name removed]", "")


def fill(data: bytes, sheet: str, decisions: dict[str, str], reason: str = "") -> bytes:
    """The workbook with decisions put beside these words, as an officer would."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book[sheet]
    heads = {cell.value: cell.column for cell in page[1]}
    for row in range(2, page.max_row + 1):
        words = page.cell(row, heads["Words"]).value
        if words in decisions:
            page.cell(row, heads["Decision"]).value = decisions[words]
            page.cell(row, heads["Reason"]).value = reason or None
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


MANY = table(("c1", 0, 8, "name"), ("c1", 12, 23, "street_address"), ("c2", 8, 16, "name"))
TEXTS = comments(c1=TEXT, c2="I asked Mrs Bell again.")


def test_one_decision_settles_the_same_words_everywhere() -> None:
    data = privacy.workbook.write(MANY, TEXTS)
    events, wrong = privacy.workbook.read(fill(data, "Words", {"Mrs Bell": "Redact"}), MANY, TEXTS)
    assert wrong == []
    assert [(payload["comment_id"], payload["status"]) for _, payload in events] == [
        ("c1", "redacted"),
        ("c2", "redacted"),
    ]
    assert "Bell" not in str(events)


def test_a_decision_on_a_place_goes_before_and_reading_twice_records_nothing_twice() -> None:
    data = fill(privacy.workbook.write(MANY, TEXTS), "Words", {"Mrs Bell": "Redact"})
    data = fill(data, "Places", {"4 Mill Lane": "keep"}, reason="a public office")
    book = openpyxl.load_workbook(io.BytesIO(data))
    for row in book["Places"].iter_rows(min_row=2):
        if row[6].value == "c2":
            row[1].value = "Keep"
    out = io.BytesIO()
    book.save(out)
    events, _ = privacy.workbook.read(out.getvalue(), MANY, TEXTS)
    assert sorted((p["comment_id"], p["kind"], p["status"], p["reason"]) for _, p in events) == [
        ("c1", "name", "redacted", None),
        ("c1", "street_address", "kept", "a public office"),
        ("c2", "name", "kept", None),
    ]
    laid = privacy.apply(MANY, ledger(*events))
    assert privacy.workbook.read(out.getvalue(), laid, TEXTS) == ([], [])


def test_a_reason_without_a_decision_is_told_with_its_cell() -> None:
    book = openpyxl.load_workbook(io.BytesIO(privacy.workbook.write(MANY, TEXTS)))
    book["Words"]["C2"] = "a public office holder"
    out = io.BytesIO()
    book.save(out)
    events, wrong = privacy.workbook.read(out.getvalue(), MANY, TEXTS, "f.xlsx")
    assert (events, wrong) == ([], [
        "f.xlsx, sheet “Words”, row 2, column B (“Decision”): a reason was given, but no decision: Redact or Keep."
    ])  # fmt: skip


def test_a_word_that_is_no_decision_is_told_with_its_cell() -> None:
    data = fill(privacy.workbook.write(MANY, TEXTS), "Words", {"Mrs Bell": "Redcat"})
    events, wrong = privacy.workbook.read(data, MANY, TEXTS, "redaction.xlsx")
    assert events == []
    assert wrong == [
        "redaction.xlsx, sheet “Words”, row 2, column B (“Decision”): “Redcat” is no decision. Did you mean “Redact”?"
    ]


def test_rows_of_comments_that_are_gone_record_nothing() -> None:
    data = fill(privacy.workbook.write(MANY, TEXTS), "Places", {"Mrs Bell": "Redact"})
    events, wrong = privacy.workbook.read(data, MANY.iloc[:0], TEXTS)
    assert events == []
    assert len(wrong) == 2
    assert "not among the places held now" in wrong[0]


def test_a_comment_that_looks_like_a_formula_stays_text_in_the_workbook() -> None:
    text = '=HYPERLINK("http://evil.example","Mrs Bell")'
    data = privacy.workbook.write(table(("c1", 0, len(text), "name")), comments(c1=text))
    page = openpyxl.load_workbook(io.BytesIO(data))["Places"]
    assert page["E2"].data_type == "s"
    assert page["E2"].value == text


def test_a_heading_that_repeats_redacted_words_loses_them_too() -> None:
    parent = Comment(
        comment_id="c-1", response_id=None, event_id="e-1", source_id="s-1", locator="1", question_id=None,
        heading="Table 1", voice="group", text="Ask Mrs Ahmed",
    )  # fmt: skip
    child = dataclasses.replace(parent, comment_id="c-2", heading="Table 1 > Ask Mrs Ahmed", text="she knows")
    comments = tables.frame("comments", [parent, child])
    held = tables.frame(
        "personal_data", [PersonalData(comment_id="c-1", start=4, end=13, kind="name", status="redacted")]
    )
    assert list(privacy.redact_comments(comments, held)["heading"]) == ["Table 1", "Table 1 > Ask [name removed]"]
