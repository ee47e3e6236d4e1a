"""A file that cannot be read leaves the workspace as it was; one that can is imported whole."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from consultation import Project
from consultation.errors import ConsultationError
from tests.exports_fixtures import HEADS, ROWS, data, text, workbook, write


def state(folder: Path) -> dict[str, str]:
    """Every file of a workspace with its fingerprint."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that holds one survey."""
    folder = tmp_path_factory.mktemp("workspace")
    (folder / "data" / "raw").mkdir(parents=True)
    write(folder, "title: Buses\n", "consultation.yaml")
    write(folder, "elements:\n  - {code: '1', kind: aim, name: Buses}\n", "framework.yaml")
    write(folder, "themes:\n  - {code: unclear, name: Not clear}\n", "codebook.yaml")
    Project(folder).read([write(folder / "data" / "raw", text([HEADS, *ROWS]))])
    return folder


def bad_files(folder: Path) -> list[Path]:
    whole = workbook(folder, {"S": data([HEADS, *ROWS])}, "whole.xlsx").read_bytes()
    return [
        write(folder, b"", "empty.csv"),
        write(folder, whole[: len(whole) // 2], "cut.xlsx"),
        write(folder, "<html><body>Sign in</body></html>", "page.pdf"),
        write(folder, text([["Supplier", "Amount", "Date"], ["ACME", "1.00", "01/09/2025"]]), "finance.csv"),
        write(folder, b"\x00\x00\x00\x18ftypheic", "photo.heic"),
        workbook(folder, {"S": data([HEADS])}, "evil.xlsx", extra={"../x.xml": b"<x/>"}),
        workbook(folder, {"S": data([HEADS])}, "entities.xlsx", extra={"xl/x.xml": b"<!DOCTYPE x><x/>"}),
    ]


def test_nothing_is_changed_by_a_file_that_is_refused(workspace: Path, tmp_path: Path) -> None:
    before = state(workspace)
    for path in bad_files(tmp_path):
        with pytest.raises(ConsultationError):
            Project(workspace).read([path])
        assert state(workspace) == before, path.name


def test_the_same_file_again_changes_nothing(workspace: Path) -> None:
    before = Project(workspace).table("responses")
    outcome = Project(workspace).read([workspace / "data" / "raw" / "survey.csv"])
    assert any("imported already" in line for line in outcome.lines)
    assert Project(workspace).table("responses").equals(before)


def test_a_bad_file_among_good_ones_is_told_and_the_others_are_read(workspace: Path, tmp_path: Path) -> None:
    good = write(tmp_path, text([["Ref", "Comment"], ["1", "Too many houses for one road"]]), "letters.csv")
    outcome = Project(workspace).read([good, write(tmp_path, b"", "empty.csv")])
    assert any("empty.csv was not read." in line for line in outcome.warnings)
    assert "Too many houses for one road" in Project(workspace).table("comments")["text"].tolist()
    assert outcome.code != 0
