"""What a workspace keeps through a stop, a newer export, an undo, a folder in a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from consultation import Project, reading
from consultation.errors import WRONG, ConsultationError
from consultation.settings import Settings
from tests import small
from tests.exports_fixtures import HEADS, ROWS, read, text, write

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


def _exported(folder: Path, rows: Sequence[Sequence[str]], name: str = "survey.csv") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(small.survey(rows))
    return folder / name


def test_a_newer_export_of_the_same_name_takes_the_place_of_the_older_which_is_kept(tmp_path: Path) -> None:
    project = Project(small.workspace(tmp_path / "town"))
    older = _exported(tmp_path / "monday", small.COMMENTS)
    newer = _exported(tmp_path / "friday", (("Resident", "Say all families, please.", ""), *NEWER[1:]))
    for file in (older, newer):
        project.read([file])
    raw = project.folder / "data" / "raw"
    assert (raw / "survey.csv").read_bytes() == newer.read_bytes()
    assert [path.read_bytes() for path in (raw / "earlier").iterdir()] == [older.read_bytes()]
    said, events = project.table("comments"), len(project.events())
    told = project.read([raw])
    assert told.warnings == ()
    assert "nothing changed" in str(told)
    pd.testing.assert_frame_equal(project.table("comments"), said)
    assert len(project.events()) == events


def test_an_older_export_that_lies_beside_the_newer_is_read_again_only_where_a_person_names_it(tmp_path: Path) -> None:
    project = Project(small.workspace(tmp_path / "town"))
    raw = project.folder / "data" / "raw"
    older = _exported(raw, small.COMMENTS)
    project.read([older])
    project.read([_exported(raw, (("Resident", "Say all families, please.", ""), *NEWER[1:]), "survey (1).csv")])
    assert "survey.csv: a newer export of “survey” was read since; nothing changed." in project.read([raw]).lines
    assert "Say all families, please." in set(project.table("comments")["text"])
    project.read([older])
    assert "Say all families, please." not in set(project.table("comments")["text"])


def test_two_letters_of_one_name_are_both_kept_among_the_raw_files(tmp_path: Path) -> None:
    project = Project(small.workspace(tmp_path / "town"))
    letters = []
    for sender, words in (("A. Bell", "The crossing by the mill is too narrow."), ("C. Dray", "We need later buses.")):
        letters.append(tmp_path / sender / "letter.txt")
        letters[-1].parent.mkdir()
        letters[-1].write_text(f"Dear Sir or Madam\n\n{words}\n\nYours faithfully\n{sender}\n", encoding="utf-8")
    project.read(letters)
    raw = project.folder / "data" / "raw"
    assert len(project.table("sources")) == 2
    assert [(raw / name).read_bytes() for name in ("letter.txt", "letter (2).txt")] == [
        letter.read_bytes() for letter in letters
    ]
    assert not (raw / "earlier").exists()


def test_a_folder_in_a_folder_is_told_with_what_to_type(tmp_path: Path) -> None:
    project = Project(small.workspace(tmp_path / "town"))
    inbox = tmp_path / "inbox"
    _exported(inbox / "inner", small.COMMENTS)
    (inbox / "empty").mkdir()
    with pytest.raises(ConsultationError, match="no file to read") as caught:
        project.read([inbox])
    assert f'consultation read "{inbox / "inner"}"' in str(caught.value)
    assert caught.value.code == WRONG
    _exported(inbox, small.COMMENTS)
    told = project.read([inbox])
    assert [line for line in told.warnings if "passed over" in line] == [
        "The folder inner was passed over. Where it holds what people sent, type: "
        f'consultation read "{inbox / "inner"}"'
    ]


def test_joining_a_new_letter_weighs_nothing_of_what_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held, _ = reading.merge({}, read(write(tmp_path, text([HEADS, *ROWS]))))
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir or Madam\n\nWe need later buses.\n\nYours faithfully\nA. Bell\n", encoding="utf-8")
    made, weighed = reading.read(letter, Settings(), known=held), []
    plain = pd.util.hash_pandas_object

    def counted(frame: pd.DataFrame, *, index: bool) -> pd.Series:
        weighed.append(len(frame))
        return plain(frame, index=index)

    monkeypatch.setattr(pd.util, "hash_pandas_object", counted)
    _, told = reading.merge(held, made)
    assert (told.new, sum(weighed)) == (1, 0)
