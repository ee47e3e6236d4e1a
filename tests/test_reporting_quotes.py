"""A quotation is printed only where consent is given, redaction has passed and the words are verbatim."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest

from consultation import model, reporting, tables
from consultation.errors import ConsultationError
from consultation.reporting import quotes
from consultation.reporting.rows import Line, Run
from consultation.reporting.view import View
from consultation.settings import Settings, Suppression
from consultation.words import english

NOW = datetime.date(2026, 3, 2)
TEXT = "Honestly. What on earth does “seamless” mean to anyone here? Ring me on 01632 960 001 and explain."


def _held(*, consent: bool | None = True, personal: list[model.PersonalData] | None = None) -> dict[str, pd.DataFrame]:
    made = {
        "points": [model.Point(point_id="t-1", theme=None, stance="object", statement="You asked what it means")],
        "point_evidence": [model.PointEvidence(point_id="t-1", comment_id="c-1")],
        "blocks": [model.Block(block_id="b-1", topic="Words")],
        "block_rows": [
            model.BlockRow(block_id="b-1", row_id="1", side="said", order=0, statement="Words", point_ids=("t-1",))
        ],
        "responses": [
            model.Response(response_id="r-1", source_id="s", respondent_id="p-1", channel="letter",
                           respondent_type="resident", consent_to_quote=consent)
        ],
        "comments": [
            model.Comment(comment_id="c-1", response_id="r-1", event_id=None, source_id="s", locator="1",
                          question_id=None, heading=None, voice="person", text=TEXT)
        ],
        "personal_data": personal,
    }  # fmt: skip
    return {name: tables.frame(name, rows) for name, rows in made.items() if rows is not None}


def _number(status: str) -> list[model.PersonalData]:
    start = TEXT.index("01632")
    return [model.PersonalData(comment_id="c-1", start=start, end=start + 13, kind="phone", status=status)]


def _printed(held: dict[str, pd.DataFrame], below: int = 1) -> str:
    settings = Settings(suppression=Suppression(below=below))
    report = reporting.summarise(held, settings, english(), now=NOW, forms=["you_said_we_did"])
    return reporting.render(report, "md").decode() + reporting.render(report, "html").decode()


@pytest.mark.parametrize(
    "held",
    [
        _held(consent=False, personal=[]),
        _held(consent=None, personal=[]),
        _held(consent=True, personal=None),
        _held(consent=True, personal=_number("open")),
    ],
    ids=["refused", "not asked", "never searched for personal data", "a finding is open"],
)
def test_nothing_is_quoted_without_consent_or_before_redaction(held: dict[str, pd.DataFrame]) -> None:
    assert "on earth" not in _printed(held)


def test_a_quote_is_a_verbatim_sentence_and_shows_what_was_left_out() -> None:
    told = _printed(_held(personal=_number("redacted")))
    assert "What on earth does “seamless” mean to anyone here?" in told
    assert "[…]" in told
    assert "(resident)" in told
    assert "01632" not in told


def test_a_type_with_few_respondents_is_not_named() -> None:
    told = _printed(_held(personal=[]), below=5)
    assert "(a respondent)" in told
    assert "(resident)" not in told


def test_words_that_nobody_wrote_cannot_be_printed_as_a_quote() -> None:
    view = View(tables=_held(personal=_number("redacted")), settings=Settings(), words=english(), now="2026-03-02")
    held = quotes.quotable(view)
    for text in ("What does seamless mean?", "Ring me on 01632 960 001 and explain."):
        with pytest.raises(ConsultationError, match="not the words of a comment that may be quoted"):
            quotes.check([Line(runs=(Run(text=text, mark="quote"),))], held)
    quotes.check([Line(runs=(Run(text="What on earth", mark="quote"),))], held)
