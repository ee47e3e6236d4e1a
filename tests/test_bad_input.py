"""What is wrong with a file is said as a colleague would: what, where, what to do. Nothing is half done."""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from consultation import Project, config
from consultation.cli import app
from consultation.errors import ConsultationError
from tests import small


def _text(name: str, content: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_text(content, encoding="utf-8") and None


def _edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")

    return edit


def _bytes(name: str, content: bytes) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)

    return make


def _pipeline(folder: Path) -> None:
    """A folder that a person took for a spaCy pipeline, named in the settings."""
    _bytes("words/config.cfg", b"[nlp]\n")(folder)
    _edit("consultation.yaml", "title:", "sentence_model: words\ntitle:")(folder)


def _decisions(change: Callable[[openpyxl.Workbook], None]) -> Callable[[Path], None]:
    """A decision workbook that the program wrote, changed as somebody might."""

    def make(folder: Path) -> None:
        Project.open(folder).decide_out(folder / "decide.xlsx")
        book = openpyxl.load_workbook(folder / "decide.xlsx")
        change(book)
        out = io.BytesIO()
        book.save(out)
        (folder / "decide.xlsx").write_bytes(out.getvalue())

    return make


def _cell(sheet: str, heading: str, value: str) -> Callable[[openpyxl.Workbook], None]:
    def change(book: openpyxl.Workbook) -> None:
        columns = {cell.value: cell.column for cell in book[sheet][1]}
        book[sheet].cell(2, columns[heading]).value = value

    return change


def _no_sheet(book: openpyxl.Workbook) -> None:
    del book["Points"]


def _no_heading(book: openpyxl.Workbook) -> None:
    for cell in book["Points"][1]:
        if cell.value == "Disposition":
            cell.value = "What we do"


def _xlsx(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


Case = tuple[Callable[[Path], None], list[str], list[str]]
CASES: dict[str, Case] = {
    # what is done to the workspace, the command, words that must be in the message
    "broken YAML": (_edit("framework.yaml", "{code: V,", "{code: V"), ["tag"], ["framework.yaml, line 2", "Look at"]),
    "unknown setting": (_text("consultation.yaml", "title: x\nclosses: 2026-01-01\n"), ["report"], ["line 2", "“closes”"]),
    "impossible date": (_text("consultation.yaml", "closes: 2026-13-01\n"), ["report"], ["line 1", "2026-13-01", "2026-03-31"]),
    "closes before it opens": (_edit("consultation.yaml", "2026-03-01", "2026-01-01"), ["report"], ["line 4", "before it opens"]),
    "duplicate code": (_edit("framework.yaml", '"1.2"', '"1.1"'), ["tag"], ["“1.1” is used twice", "line 5", "line 4"]),
    "unknown parent": (_edit("framework.yaml", 'parent: "1", name: Buses', "parent: 11, name: Buses"), ["tag"], ["“11”", "line 5"]),
    "no wording and no word about it": (
        _edit("framework.yaml", ', wording: "Buses are frequent, modern and joined up."', ", draft: full"), ["tag"],
        ["“1.2” has no wording", "draft: unknown"],
    ),
    "theme without a code": (_edit("codebook.yaml", "code: too_much, ", ""), ["tag"], ["codebook.yaml, line 4", "“code” is missing"]),
    "two frameworks": (_bytes("framework.csv", b"code,wording\n1,x\n"), ["tag"], ["framework.yaml and framework.csv", "Keep one"]),
    "no framework": (lambda folder: (folder / "framework.yaml").unlink(), ["tag"], ["no framework file", "consultation init"]),
    "no such file": (_text("x", ""), ["read", "surveys.csv"], ["no such file", "surveys.csv"]),
    "empty file": (_bytes("new.csv", b""), ["read", "new.csv"], ["new.csv", "empty", "xport"]),
    "password": (
        _bytes("new.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 3000),
        ["read", "new.xlsx"], ["new.xlsx"],
    ),
    "cut-off workbook": (_bytes("new.xlsx", _xlsx([["ID", "Why?"], ["1", "x"]])[:900]), ["read", "new.xlsx"], ["new.xlsx", "ownload"]),
    "a picture": (_bytes("new.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 200), ["read", "new.png"], ["new.png"]),
    "a PDF named .docx": (_bytes("new.docx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), ["read", "new.docx"], ["new.docx"]),
    "wrong sheet": (_decisions(_no_sheet), ["decide", "in", "decide.xlsx"], ["decide.xlsx", "Points"]),
    "missing column": (_decisions(_no_heading), ["decide", "in", "decide.xlsx"], ["decide.xlsx", "Disposition"]),
    "off-list word": (
        _decisions(_cell("Points", "Disposition", "adoptd")), ["decide", "in", "decide.xlsx"],
        ["row 2", "Disposition", "adoptd", "“adopted”"],
    ),
    "kept without a reason": (
        _decisions(_cell("Points", "Disposition", "kept, with a reason")), ["decide", "in", "decide.xlsx"], ["row 2", "eason"],
    ),
    "unknown element": (
        _decisions(_cell("Points", "Elements", "1.9")), ["decide", "in", "decide.xlsx"], ["row 2", "Elements", "1.9", "1.2"],
    ),
    "an ordinary workbook": (_bytes("decide.xlsx", _xlsx([["a", "b"], ["1", "2"]])), ["decide", "in", "decide.xlsx"], ["decide.xlsx"]),
    "a template with a bad byte": (
        _bytes("templates/report.html.jinja", b"<p>\n\xff</p>\n"), ["report"], ["templates/report.html.jinja, line 2", "UTF-8"],
    ),
    "a template that divides by nothing": (
        _bytes("templates/report.html.jinja", b"<p>\n{{ 1 / 0 }}"), ["report"],
        ["templates/report.html.jinja, line 2", "ZeroDivisionError", "Correct the line"],
    ),
    "a template that adds one to words": (
        _bytes("templates/report.html.jinja", b"{{ report.title + 1 }}"), ["report"], ["report.html.jinja, line 1", "TypeError"],
    ),
    "a Word template that is no package": (
        _bytes("templates/report.docx", b"Dear all"), ["report"], ["templates/report.docx", "damaged", "save a copy"],
    ),
    "a Word template that is a workbook": (
        _bytes("templates/report.docx", _xlsx([["a"]])), ["report"], ["templates/report.docx", "Save it from Word"],
    ),
    "words that are not UTF-8": (_bytes("templates/words.yaml", b"a: caf\xe9\n"), ["report"], ["words.yaml", "Save it again as UTF-8"]),
    "an order in words": (
        _edit("framework.yaml", "name: Buses", "order: first, name: Buses"), ["tag"],
        ["framework.yaml, line 5", "“first” is no whole number", "such as 3"],
    ),
    "a queue of less than none": (_text("x", ""), ["queue", "-n", "-3"], ["-3 is no number of comments", "one or more"]),
    "a review of none": (_text("x", ""), ["review", "out", "-n", "0"], ["0 is no number of comments"]),
    "a folder that is no spaCy pipeline": (_pipeline, ["tag"], ["“words” cannot be loaded", "consultation.yaml", "take the line out"]),
    "a workspace that is a file": (_text("plan", ""), ["init", "plan"], ["folders cannot be made", "plan", "new or empty folder"]),
    "unknown id": (_text("x", ""), ["why", "t-nothing"], ["t-nothing"]),
    "unknown form": (_text("x", ""), ["report", "you_sad"], ["you_sad", "you_said_we_did"]),
    "nothing to set aside": (_text("x", ""), ["exclude", "r-nothing", "--reason", "test"], ["r-nothing"]),
    "nothing to undo": (_text("x", ""), ["undo", "v-nothing"], ["v-nothing"]),
}  # fmt: skip


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    project = small.project(folder)
    project.tag()
    project.wording()
    comment = project.table("comments")["comment_id"].iloc[0]
    project.memo(comment, "so that there is something to undo")
    project.table("points")
    return folder


@pytest.mark.parametrize("case", CASES)
def test_it_says_where_and_what_to_do_and_leaves_all_as_it_was(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    folder = tmp_path / "workspace"
    shutil.copytree(sound, folder)
    prepare, command, words = CASES[case]
    prepare(folder)
    before = _contents(folder)
    monkeypatch.chdir(folder)
    done = CliRunner().invoke(app, command)
    said = " ".join(done.output.split())
    assert done.exit_code not in (0, 2), said
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    assert "Traceback" not in said
    for word in words:
        assert word in said, said
    assert _contents(folder) == before


def test_a_clock_set_in_words_is_told_and_a_damaged_note_of_what_was_made_is_made_anew(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(sound, tmp_path / "workspace")
    project = Project.open(tmp_path / "workspace")
    (project.processed / "made.json").write_text("[]", encoding="utf-8")
    assert len(project.table("points"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "abc")
    with pytest.raises(ConsultationError, match="“abc” is no time in seconds") as told:
        project.memo(project.table("comments")["comment_id"].iloc[0], "in time")
    assert told.value.where == "the environment variable SOURCE_DATE_EPOCH"


def _contents(folder: Path) -> dict[str, str]:
    """What the workspace holds, derived marks aside."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".lock") and path.name != "made.json"
    }


def test_a_long_cell_and_an_ending_in_capitals_are_read_whatever_was_read_before(tmp_path: Path) -> None:
    path = tmp_path / "M.CSV"
    path.write_text("code,name,definition\nlong,Long," + "word " * 40_000 + "\n", encoding="utf-8")
    limit = csv.field_size_limit(131_072)
    try:
        [record] = config.sheet_records(path, "themes")
    finally:
        csv.field_size_limit(limit)
    assert len(record.required("definition")) == 199_999
