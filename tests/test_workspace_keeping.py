"""What a workspace keeps through a stop, a newer export, an undo, a folder in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from consultation import Project
from consultation.errors import ConsultationError
from tests import small

NEWER = (*small.COMMENTS, ("Business", "The crossing by the mill is too far away.", "More benches please."))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return small.project(tmp_path / "town")


def _stopped_while_recording(project: Project, file: Path) -> None:
    def cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as power:
        power.setattr(Project, "_record", cut)
        with pytest.raises(KeyboardInterrupt):
            Project(project.folder).read([file])


def test_a_read_stopped_before_it_was_recorded_leaves_accounts_that_balance(project: Project) -> None:
    newer = project.folder / "survey.csv"
    newer.write_bytes(small.survey(NEWER))
    _stopped_while_recording(project, newer)
    assert project.reconcile().code == 0
    assert [len(project.table(name)) for name in ("responses", "comments")] == [5, 9]
    project.read([newer])
    assert [event.what for event in project.events()] == ["import", "import"]


def test_a_workbook_is_taken_back_alone_though_another_act_was_recorded_in_the_same_second(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1770000000")
    first, second = project.table("responses")["response_id"].iloc[:2]
    comment = project.table("comments").query("response_id not in [@first, @second]")["comment_id"].iloc[0]
    project.exclude([first], reason="sent as a test")
    project.exclude([second, comment], reason="withdrawn")  # one act, two events
    told = project.undo(together=True)
    assert "and 1 event recorded with it" in str(told)
    aside = project.table("responses").query("status == 'excluded'")["response_id"]
    assert aside.tolist() == [first]
    project.undo(project.events()[-1].event_id, together=True)
    assert set(project.table("responses").query("status == 'excluded'")["response_id"]) == {first, second}
    assert not project.ledger.verify()


def test_what_analysts_ask_knows_the_measures_that_progress_took_in_meanwhile(project: Project) -> None:
    assert project.analysis.travelled().empty
    measures = project.folder / "measures.csv"
    measures.write_text("element,measure,better,2024,2025,2026\n1.1,Crossings mended,higher,5,6,9\n", encoding="utf-8")
    project.progress(measures)
    assert not project.analysis.travelled().empty


def test_a_file_is_meant_from_where_a_person_stands_whichever_workspace_they_name(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.folder / "decisions.xlsx").write_bytes(b"a colleague's, filled in")
    monkeypatch.chdir(tmp_path)
    assert project.decide_out("decisions.xlsx").files == (tmp_path / "decisions.xlsx",)
    assert (project.folder / "decisions.xlsx").read_bytes() == b"a colleague's, filled in"


@pytest.mark.parametrize(
    "name", ["framework.csv", "codebook.xlsx", "consultation.yaml", "data/raw/residents_survey.csv"]
)
def test_the_demo_lays_nothing_into_a_folder_that_holds_another_consultation(tmp_path: Path, name: str) -> None:
    held = tmp_path / name
    held.parent.mkdir(parents=True, exist_ok=True)
    held.write_bytes(b"ours")
    with pytest.raises(ConsultationError, match="another consultation") as caught:
        Project(tmp_path).demo()
    assert name in str(caught.value)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [held]
    assert held.read_bytes() == b"ours"


def test_the_demo_laid_out_again_leaves_what_a_person_changed(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project._lay_out()
    (tmp_path / "data" / "raw" / "residents_survey.csv").write_bytes(b"mine")
    (tmp_path / "codebook.yaml").unlink()
    project._lay_out()
    assert (tmp_path / "data" / "raw" / "residents_survey.csv").read_bytes() == b"mine"
    assert (tmp_path / "codebook.yaml").exists()
