"""The command line: the verbs of `Project`, quick to answer, plain when something is wrong."""

from __future__ import annotations

import inspect
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from consultation.cli import app
from consultation.project import Project
from tests import small

ROOT = Path(__file__).parents[1]
SETTINGS_OF_A_PROJECT = {"workspace", "by"}
MAKES_THE_FOLDER = {"init", "demo"}


def commands(group: typer.Typer = app, prefix: str = "") -> Iterator[tuple[str, inspect.Signature, str]]:
    """Each command as typed, with the signature of its function and its help."""
    for command in group.registered_commands:
        assert command.callback is not None
        name = command.name or command.callback.__name__.replace("_", "-")
        yield f"{prefix}{name}", inspect.signature(command.callback), inspect.getdoc(command.callback) or ""
    for inner in group.registered_groups:
        assert inner.typer_instance is not None
        yield from commands(inner.typer_instance, f"{inner.name} ")


ALL = {name: (signature, told) for name, signature, told in commands()}


@pytest.mark.parametrize("name", ALL)
def test_a_command_is_a_verb_of_project_with_the_same_arguments(name: str) -> None:
    verb = getattr(Project, name.replace(" ", "_"))
    theirs = [p for p in inspect.signature(verb).parameters if p != "self"]
    ours = [p for p in ALL[name][0].parameters if p not in SETTINGS_OF_A_PROJECT]
    if name in MAKES_THE_FOLDER:
        ours.remove("folder")
    assert ours == theirs


def test_every_verb_of_project_has_its_command() -> None:
    held = {"open", "settings", "themes", "audiences", "events", "table", "tables", "now"}
    verbs = {name for name, member in inspect.getmembers(Project, callable) if not name.startswith("_")} - held
    assert {name.replace(" ", "_") for name in ALL} == {verb for verb in verbs if not _is_for_notebooks(verb)}


def _is_for_notebooks(verb: str) -> bool:
    """What returns a frame or a picture is for notebooks; a verb returns an Outcome."""
    return inspect.signature(getattr(Project, verb)).return_annotation not in ("Outcome", "_Outcome")


@pytest.mark.parametrize("name", ALL)
def test_every_help_text_has_an_example_that_can_be_typed(name: str) -> None:
    assert f"Example: consultation {name}" in ALL[name][1]


def test_init_lays_out_a_workspace_whose_files_load_as_they_are(tmp_path: Path) -> None:
    told = CliRunner().invoke(app, ["init", str(tmp_path / "our-plan")])
    assert told.exit_code == 0, told.output
    assert "Next: go into the folder: cd our-plan" in told.output
    made = Project.open(tmp_path / "our-plan")
    assert made.settings.title == "Our plan"
    assert len(made.table("elements")) == 3
    assert len(made.themes()) > 10


def test_the_same_file_is_read_anew_where_its_mapping_was_changed_and_only_then(tmp_path: Path) -> None:
    (tmp_path / "survey.csv").write_bytes(small.survey())
    read = ["read", str(tmp_path / "survey.csv"), "--workspace", str(small.workspace(tmp_path))]
    told = CliRunner().invoke(app, read)
    assert told.exit_code == 3
    assert "Assumed: day-first." in told.output
    assert "stands in consultation.yaml under “sources”" in told.output
    assert "imported already" in CliRunner().invoke(app, read).output
    mapping = tmp_path / "consultation.yaml"
    mapping.write_text(mapping.read_text(encoding="utf-8").replace("day-first", "month-first"), encoding="utf-8")
    assert "4 changed" in CliRunner().invoke(app, read).output
    assert set(Project.open(tmp_path).table("responses")["submitted_at"].str[5:10]) == {
        "01-02",
        "02-02",
        "03-02",
        "04-02",
    }
    assert "imported already" in CliRunner().invoke(app, read).output


def test_help_answers_at_once() -> None:
    """At most 1.5 times the time that importing typer takes, plus 0.3 s; the best of three, side by side."""

    def seconds(*command: str) -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, *command], check=True, capture_output=True)
        return time.perf_counter() - began

    floor = min(seconds("-c", "import typer") for _ in range(3))
    assert min(seconds("-m", "consultation", "--help") for _ in range(3)) < 1.5 * floor + 0.3


@pytest.mark.parametrize(
    ("code", "heavy"),
    [
        (
            "from consultation.cli import app",
            ("pandas", "numpy", "spacy", "sklearn", "openpyxl", "docx", "rich.progress"),
        ),
        ("from consultation.project import Project", ("spacy", "sklearn", "docx", "openpyxl", "pyreadstat", "altair")),
    ],
)
def test_nothing_heavy_loads_without_need(code: str, heavy: tuple[str, ...]) -> None:
    told = f"import sys; {code}; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["tag"], 1, ["There is no framework file here.", "What to do:"]),
        (["report", "--formt", "docx"], 2, ["No such option"]),
    ],
)
def test_what_is_wrong_is_said_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == code
    assert all(word in done.output for word in words), done.output
    assert "Traceback" not in done.output
    assert list(tmp_path.iterdir()) == []


def test_24_comments_and_no_labels_get_suggestions_and_a_plain_word_on_their_worth(tmp_path: Path) -> None:
    rows = [("Resident", text, "") for _, text, _ in small.COMMENTS for _ in range(6)]
    project = small.project(tmp_path, rows)
    told = project.tag()
    assert len(project.table("comments")) == 24
    assert {"element", "theme"} <= set(project.table("tags")["facet"])
    assert any("No person has checked any of these yet." in line for line in told.lines)
