"""What the command says of a file that cannot be read, of a folder, of a full disk: the workspace stays as it was."""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from consultation import Project
from consultation.cli import app
from tests.documents_fixtures import pdf
from tests.exports_fixtures import HEADS, ROWS, data, sav, text, workbook, write


def state(folder: Path) -> dict[str, str]:
    """Every file of a workspace with its fingerprint."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".lock")
    }


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that holds one survey. Look, do not touch."""
    folder = tmp_path_factory.mktemp("held")
    (folder / "data" / "raw").mkdir(parents=True)
    write(folder, "title: Buses\n", "consultation.yaml")
    write(folder, "elements:\n  - {code: '1', kind: aim, name: Buses}\n", "framework.yaml")
    write(folder, "themes:\n  - {code: unclear, name: Not clear}\n", "codebook.yaml")
    formula = ["R8", "21/09/2025 10:00", "Agree", "=1+1 is all that this adds up to"]
    Project(folder).read([write(folder / "data" / "raw", text([HEADS, *ROWS, formula]))])
    return folder


@pytest.fixture
def workspace(held: Path, tmp_path: Path) -> Path:
    """The same, to be written to."""
    return Path(shutil.copytree(held, tmp_path / "workspace"))


def command(workspace: Path, *arguments: str) -> tuple[int, str]:
    """Exit code of a command and all that it says, as one line."""
    done = CliRunner().invoke(app, [*arguments, "--workspace", str(workspace)])
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    return done.exit_code, " ".join(done.output.split())


# Files that are refused -------------------------------------------------------------------------------------------


def _whole(folder: Path) -> bytes:
    return workbook(folder, {"S": data([HEADS, *ROWS])}, "whole.xlsx").read_bytes()


def _cut(folder: Path) -> Path:
    whole = _whole(folder)
    return write(folder, whole[: int(0.6 * len(whole))], "cut.xlsx")


def _locked(folder: Path) -> Path:
    raw = bytearray(_whole(folder))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # zip's flag of encryption
        start = 0
        while (start := raw.find(mark, start)) >= 0:
            raw[start + offset] |= 1
            start += 4
    return write(folder, bytes(raw), "locked.xlsx")


def _swelling(folder: Path) -> Path:
    path = workbook(folder, {"S": data([HEADS, *ROWS])})
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open("xl/media/big.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(501):
            part.write(bytes(1024 * 1024))
    return path


def _lying(folder: Path) -> Path:
    raw = workbook(folder, {"S": data([HEADS, *ROWS * 200])}).read_bytes()
    with zipfile.ZipFile(folder / "survey.xlsx") as package:
        size = package.getinfo("xl/worksheets/sheet1.xml").file_size.to_bytes(4, "little")
    assert raw.count(size) >= 2
    return write(folder, raw.replace(size, (100).to_bytes(4, "little")), "lying.xlsx")


def _numbers(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "survey.numbers", "w") as package:
        package.writestr("Index/Document.iwa", "x")
    return folder / "survey.numbers"


def _short(folder: Path) -> Path:
    return write(folder, sav(folder / "survey.sav", 400).read_bytes()[:3_000], "cut.sav")


def _repeats(folder: Path) -> Path:
    rows = [["q1", "visits_count", "_id", "_uuid", "_submission_time", "_index"]]
    rows += [["yes", "2", "1", "u1", "2025-09-01T08:00:00", "1"]]
    return write(folder, text(rows, separator=";"), "kobo.csv")


def _made(name: str, content: str | bytes) -> Callable[[Path], Path]:
    return lambda folder: write(folder, content, name)


REFUSED: dict[str, tuple[Callable[[Path], Path], tuple[str, ...]]] = {
    # how the file is made; what must be said of it
    "case_01": (_made("survey.xlsx", b""), ("survey.xlsx is empty (0 bytes).", "Export it again.")),
    "case_02": (_cut, ("cut.xlsx is incomplete: its end is missing.", "Download it again.")),
    "case_03": (_locked, ("locked.xlsx is password-protected.", "remove the password, save a copy")),
    "an old XML spreadsheet": (
        _made("old.xls", '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'),
        ("Open it in Excel and save it as .xlsx.",),
    ),
    "case_07": (
        _made("letter.pdf", "<!DOCTYPE html><html><body>Sign in</body></html>"),
        ("letter.pdf is a web page, not what its name says.",),
    ),
    "case_08": (_swelling, ("survey.xlsx expands to more than 500 MB; refused.",)),
    "a package that lies about its size": (_lying, ("lying.xlsx",)),
    "case_10": (_numbers, ("survey.numbers is not a format we read; it is an Apple Numbers file.", "Export it as")),
    "pages": (_made("notes.pages", b"\0\1\2\3\4\5" * 50), ("it is an Apple Pages file", "Export it as Word or PDF")),
    "heic": (_made("photo.heic", b"\0\0\0\x18ftypheic\0\0"), ("it is a photograph", "Type up what it shows")),
    "in the cloud": (
        _made("survey.xlsx", bytes(4096)),
        ("not brought down from the cloud", "Always keep on this device"),
    ),
    "link to the cloud": (_made("s.gsheet", '{"doc_id": "x"}'), ("it is a link to a Google sheet.", "Download it as")),
    "unknown": (_made("data.bin", bytes(range(256)) * 8), ("of a kind we do not know",)),
    "case_59": (_short, ("cut.sav stops early",)),
    "case_60": (_repeats, ("This CSV leaves out repeat groups.", "Export XLSX from KoBoToolbox")),
    "case_73": (_made("talk.vtt", "WEBVTT\n\nhello\n"), ("No captions were found, though the file has 2 lines",)),
    "accounts": (
        _made("finance.csv", text([["Supplier", "Amount", "Date"], ["ACME", "1.00", "01/09/2025"]])),
        ("does not look like a survey",),
    ),
    "entities": (
        lambda folder: workbook(folder, {"S": data([HEADS])}, extra={"xl/x.xml": b"<!DOCTYPE x><x/>"}),
        ("contains XML entities",),
    ),
    "climbing path": (
        lambda folder: workbook(folder, {"S": data([HEADS])}, extra={"../x.xml": b"<x/>"}),
        ("leads out of its folder",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_file_is_told_in_words_and_changes_nothing(held: Path, tmp_path: Path, case: str) -> None:
    make, words = REFUSED[case]
    before = state(held)
    code, said = command(held, "read", str(make(tmp_path)))
    assert code == 1, said
    for word in words:
        assert word in said, said
    assert "Traceback" not in said
    assert state(held) == before


def test_a_pdf_under_the_name_of_a_word_document_is_read_as_what_it_is(workspace: Path, tmp_path: Path) -> None:
    made = pdf([(72, 700, 11, "Dear team"), (72, 680, 11, "The road is too narrow for two buses.")])
    code, said = command(workspace, "read", str(write(tmp_path, made, "letter.docx")))
    assert code == 0, said
    assert "The name says .docx but this is a PDF; it was read as one." in said


# Folders and files read before ------------------------------------------------------------------------------------


def test_case_09_the_lock_file_of_excel_is_passed_over_and_listed(held: Path, tmp_path: Path) -> None:
    before = state(held)
    lock = write(tmp_path, b"x", "~$survey.xlsx")
    assert (
        command(held, "read", str(tmp_path))[1].count("~$survey.xlsx is a lock file of Excel and was passed over.") == 1
    )
    code, said = command(held, "read", str(lock))
    assert (code, "~$survey.xlsx is the mark Excel leaves while a workbook is open" in said) == (1, True)
    assert state(held) == before


def test_case_49_the_very_same_file_changes_nothing(held: Path) -> None:
    before = state(held)
    code, said = command(held, "read", str(held / "data" / "raw" / "survey.csv"))
    assert code == 0
    assert "This file was imported already, as “survey”; nothing changed." in said
    assert state(held) == before


def test_case_76_a_mixed_folder_gives_a_line_a_file_and_a_code_if_any_was_refused(
    workspace: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for number in range(2):
        write(folder, f"Dear team\n\nStreet {number} floods.\n\nYours faithfully\nA. Bell\n", f"letter {number}.txt")
    write(folder, text([["Ref", "Comment"], ["1", "Too many houses for one road"]]), "tidy.csv")
    write(folder, b"", "empty.csv")
    write(folder, "<html><body>Sign in</body></html>", "page.pdf")
    code, said = command(workspace, "read", str(folder))
    assert code == 1
    for name in ("letter 0.txt", "letter 1.txt", "tidy.csv"):
        assert f"{name}: 1 response with " in said, said
    for name in ("empty.csv", "page.pdf"):
        assert f"{name} was not read." in said
    table = Project(workspace).table("comments")
    assert {"Street 0 floods.", "Street 1 floods.", "Too many houses for one road"} <= set(table["text"])


# What leaves, and what fails half way -----------------------------------------------------------------------------


def test_case_75_text_that_looks_like_a_formula_leaves_as_text_and_the_export_says_so(
    workspace: Path, tmp_path: Path
) -> None:
    Project(workspace).export(tmp_path / "out")
    told = (tmp_path / "out" / "comments.csv").read_text(encoding="utf-8-sig")
    assert "'=1+1 is all that this adds up to" in told
    assert ",=1+1" not in told
    assert "led by an apostrophe" in (tmp_path / "out" / "data_dictionary.csv").read_text(encoding="utf-8-sig")


def test_case_77_a_full_disk_leaves_the_state_before(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(workspace)
    good = write(tmp_path, text([["Ref", "Comment"], ["1", "Too many houses for one road"]]), "tidy.csv")

    def full(file: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        code, said = command(workspace, "read", str(good))
    assert code == 1
    assert "No space left on device" in said
    after = state(workspace)
    assert {name: mark for name, mark in after.items() if name in before} == before
    assert len(Project(workspace).table("responses")) == 7
    assert command(workspace, "read", str(good))[0] == 0
    assert len(Project(workspace).table("responses")) == 8


def test_a_run_cut_short_after_the_tables_were_saved_is_finished_by_the_next(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = write(tmp_path, text([["Ref", "Comment"], ["1", "Too many houses for one road"]]), "tidy.csv")

    def cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as power:
        power.setattr(Project, "_record", cut)
        with pytest.raises(KeyboardInterrupt):
            Project(workspace).read([good])
    project = Project(workspace)
    project.read([good])
    assert len(project.table("responses")) == 8
    assert [event.payload["name"] for event in project.events() if event.what == "import"].count("tidy") == 1
    assert "imported already" in str(project.read([good]))


def test_a_response_without_an_answer_is_set_aside_as_blank_and_told_with_its_id(
    workspace: Path, tmp_path: Path
) -> None:
    rows = [["Ref", "Date", "Comment"], ["1", "2026-03-02", "Too many houses for one road"], ["2", "2026-03-02", ""]]
    _, said = command(workspace, "read", str(write(tmp_path, text(rows), "tidy.csv")))
    assert "1 response without an answer to any question set aside as blank: r-" in said
    assert "9 received - 1 blank = 8 included" in said
    blank = said.split("set aside as blank: ")[1].split()[0].rstrip(".,;:")
    _, said = command(workspace, "include", blank, "--reason", "answered by telephone")
    assert "1 record counted again: answered by telephone" in said
    _, said = command(workspace, "reconcile")
    assert "blank" not in said
    assert "All sources 9 9" in said
