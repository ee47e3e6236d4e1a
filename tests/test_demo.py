"""The sample consultation runs from raw files to report, and everything in it adds up."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from consultation import Project, tables
from consultation.errors import ConsultationError
from consultation.project.workspace import SAMPLE


def test_the_demo_ends_with_reports_in_every_format(demo: Project) -> None:
    made = {path.suffix for path in (demo.folder / "reports").glob("report.*")}
    assert {".docx", ".xlsx", ".html", ".md"} <= made


def test_it_holds_what_the_sample_is_said_to_hold(demo: Project) -> None:
    """The counts of data/README.md: at least 250 comments from 70 responses, three platforms, three workshops ..."""
    sources, comments = demo.table("sources"), demo.table("comments")
    assert {"SurveyMonkey", "Microsoft Forms", "Citizen Space"} <= set(sources["platform"])
    assert int((sources["channel"] == "workshop").sum()) == 3
    assert {"letter", "e-mail"} <= set(sources["channel"])
    assert len(demo.table("responses")) >= 126
    assert len(comments) >= 400
    assert comments["language"].eq("cy").sum() == 1


def test_every_table_obeys_its_keys_and_links(demo: Project) -> None:
    assert tables.check(demo.tables()) == []


def test_officers_and_policy_team_are_taken_at_their_word(demo: Project) -> None:
    tags, decisions = demo.table("tags"), demo.table("decisions")
    assert int((tags["status"] == "confirmed").sum()) > 300
    points = demo.table("points").query("status == 'open'")
    undecided = set(points["point_id"]) - set(decisions["point_id"].dropna())
    assert undecided == set()


def test_running_it_again_adds_nothing(demo: Project, tmp_path: Path) -> None:
    folder = tmp_path / "again"
    shutil.copytree(demo.folder, folder)
    again = Project(folder, who="Demo")
    before = {name: len(table) for name, table in again.tables().items()}
    events = len(again.events())
    again.demo()
    assert {name: len(table) for name, table in again.tables().items()} == before
    assert len(again.events()) == events


def test_every_id_that_a_report_prints_leads_back_to_comments(demo: Project) -> None:
    page = (demo.folder / "reports" / "report.md").read_text(encoding="utf-8")
    ids = sorted(set(re.findall(r"\bt-[0-9a-z]{12}\b", page)))
    assert len(ids) > 20
    for id in ids[:: max(1, len(ids) // 10)]:
        assert id in str(demo.why(id))


def test_all_that_the_report_claims_traces_to_the_record(demo: Project) -> None:
    assert str(demo.claims(demo.folder / "reports" / "report.docx")) == (
        "Everything that report.docx claims traces to the record."
    )


def test_the_sample_in_the_repository_is_the_one_that_runs(demo: Project) -> None:
    assert (SAMPLE / "framework.yaml").read_bytes() == (demo.folder / "framework.yaml").read_bytes()


def test_undo_brings_the_state_before(demo: Project, tmp_path: Path) -> None:
    folder = tmp_path / "undone"
    shutil.copytree(demo.folder, folder)
    project = Project(folder, who="R. Shah")
    before = project.table("comments")
    response = project.table("responses")["response_id"].iloc[0]
    project.exclude([response], reason="sent as a test")
    assert not project.table("comments").equals(before)
    project.undo()
    pd.testing.assert_frame_equal(project.table("comments"), before)


def test_a_whole_workbook_is_taken_back_and_brought_back_in_one_go(demo: Project, tmp_path: Path) -> None:
    folder = tmp_path / "undone"
    shutil.copytree(demo.folder, folder)
    project = Project(folder)
    points, decided = project.table("points"), project.table("decisions")
    last = next(event for event in reversed(project.events()) if event.what == "decision")
    told = project.undo(last.event_id, together=True)
    assert project.table("decisions").empty
    assert "recorded with it" in str(told)
    project.undo(str(told.next[-1]).split()[-2], together=True)
    pd.testing.assert_frame_equal(project.table("decisions"), decided)
    pd.testing.assert_frame_equal(project.table("points"), points)
    with pytest.raises(ConsultationError, match="already taken back"):
        project.undo(str(told.next[-1]).split()[-2])


def test_every_cell_that_the_policy_team_filled_in_is_taken(demo: Project, tmp_path: Path) -> None:
    """If not, a reader, the tagger or the miner changed: python -m tests.build_reviews, then tests.build_decisions."""
    folder = tmp_path / "again"
    shutil.copytree(demo.folder, folder)
    told = Project(folder, who="Demo").decide_in([folder / "data" / "raw" / "officers" / "decisions.xlsx"])
    assert told.warnings == ()
