"""Campaigns: every count of a report is told with and without them, or leaves them out, as the settings say."""

from __future__ import annotations

import datetime
import re

import pandas as pd
import pytest

from consultation import model, reporting, tables
from consultation.reporting import rows
from consultation.settings import Settings
from consultation.words import english
from tests import invented

NOW = datetime.date(2026, 3, 2)


def _campaign() -> dict[str, pd.DataFrame]:
    """Thirty responses, a comment each: the first twelve one campaign (three in words of their own), on one point."""
    who = [
        model.Response(
            response_id=f"r-{n:02}", source_id="s-1", respondent_id=f"p-{n}", channel="e-mail",
            respondent_type="resident" if n % 2 else "business", campaign_id="g-1" if n < 12 else None,
            campaign_part=("personalised" if n < 3 else "standard") if n < 12 else None,
        )
        for n in range(30)
    ]  # fmt: skip
    told = [
        model.Comment(comment_id=f"c-{n:02}", response_id=f"r-{n:02}", event_id=None, source_id="s-1", locator="",
                      question_id=None, heading=None, voice="person", text="Hands off")
        for n in range(30)
    ]  # fmt: skip
    tags = [
        model.Tag(
            comment_id=f"c-{n:02}", facet=facet, code=code, score=1.0, origin="person", status="confirmed", why=""
        )
        for n in range(20)
        for facet, code in (("element", "1"), ("stance", "object"), ("theme", "unrealistic"))
    ]
    point = model.Point(
        point_id="t-1", theme="unrealistic", stance="object", statement="Hands off", n_responses=20, n_comments=20
    )
    return {
        "responses": tables.frame("responses", who),
        "comments": tables.frame("comments", told),
        "tags": tables.frame("tags", tags),
        "points": tables.frame("points", [point]),
        "point_elements": tables.frame("point_elements", [model.PointElement(point_id="t-1", element="1")]),
        "point_evidence": tables.frame(
            "point_evidence", [model.PointEvidence(point_id="t-1", comment_id=f"c-{n:02}") for n in range(20)]
        ),
        "elements": tables.frame(
            "elements", [model.Element(code="1", kind="aim", parent=None, order=0, version="draft", wording="Work")]
        ),
        "blocks": tables.frame("blocks", [model.Block(block_id="b-1", topic="Words")]),
        "block_rows": tables.frame(
            "block_rows",
            [
                model.BlockRow(
                    block_id="b-1", row_id="1", side="said", order=0, statement="Hands off", point_ids=("t-1",)
                )
            ],
        ),
    }


COUNTING = ["headlines", "response_profile", "blurb", "key_issues", "findings", "charts", "method"]


def _counted(rule: str) -> tuple[reporting.Report, str]:
    report = reporting.summarise(
        _campaign(), Settings(campaigns=rule), english(), now=NOW, forms=COUNTING, themes=invented.THEMES
    )
    return report, reporting.render(report, "md").decode()


def test_where_there_is_a_campaign_each_count_is_told_with_and_without_it() -> None:
    report, told = _counted("every_response")
    assert told.count("We received 30 responses (18 without campaigns) by e-mail") == 4
    assert told.count("20 responses (8 without campaigns), 20 comments (8 without campaigns)") == 2
    assert "[^1]: 20 responses (8 without campaigns) and 20 comments (8 without campaigns)." in told
    assert "Of the 30 responses counted, 12 were part of a campaign." in told
    assert "3 of them added words of their own." in told
    log = next(section.sheet for section in report.sections if section.form == "key_issues")
    assert [cell.number for cell in log.rows[0] if cell.number is not None] == [20, 20, 8, 8]


@pytest.mark.parametrize(("rule", "responses", "point"), [("without_campaigns", 18, 8), ("without_standard", 21, 11)])
def test_a_council_may_leave_campaigns_out_of_every_figure(rule: str, responses: int, point: int) -> None:
    report, told = _counted(rule)
    assert f"{responses} responses" in told
    assert f"{point} responses" in told
    figures = told.split("## Method")[0].replace("| Received | 30 |", "")
    assert not re.search(r"\b(30|20)\b", figures)
    charts = [block for section in report.sections for block in section.blocks if isinstance(block, rows.Chart)]
    first = [chart.table.rows[0][1].number for chart in charts if chart.title != "What became of the draft"]
    assert first == [point, point]


def test_without_a_campaign_nothing_is_said_of_any() -> None:
    held = invented.consultation(2)
    held["responses"] = held["responses"].assign(campaign_id=None)
    told = reporting.summarise(held, Settings(), english(), now=NOW, forms=[*COUNTING], themes=invented.THEMES)
    assert "without campaigns" not in reporting.render(told, "md").decode()
