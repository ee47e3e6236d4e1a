"""The ten lines of the README, typed by an officer, with workbooks filled in as people fill them in."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from consultation import Project
from consultation.cli import app
from consultation.errors import OK, WRONG, ConsultationError
from tests import small

Row = dict[str, Any]  # a cell for each heading
NEW_WORDING = {
    "1": "Streets are safe and pleasant.",
    "1.1": "All families can cross every main road.",
    "1.2": "Buses are frequent, modern and easy to change between.",
}


def test_the_ten_lines_lead_from_raw_files_to_a_final_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "our-town"
    told = _type("init", str(folder))
    assert "The workspace “our-town” is ready." in told
    assert "Next: go into the folder: cd our-town" in told
    small.workspace(folder)
    (folder / "data" / "raw" / "survey.csv").write_bytes(small.survey())
    monkeypatch.chdir(folder)
    monkeypatch.setenv("CONSULTATION_WHO", "R. Shah")

    told = _type("read", "data/raw", code=3)
    assert "day-first or month-first? Assumed: day-first." in told
    assert "survey.csv: 4 responses with " in told
    assert "4 received = 4 included" in told
    assert "Next: consultation tag" in told

    told = _type("tag")
    assert "review out review.xlsx" in told

    told = _type("review", "out", "review.xlsx")
    assert "Next: fill in, save, then type: consultation review in review.xlsx" in told
    assert "None of the sheets “Points”, “Changes”" in _type("decide", "in", "review.xlsx", code=1)
    assert "There is no such file." in _type("review", "in", "reviews.xlsx", code=1)
    _fill("review.xlsx", "Comments", lambda row: {"Read": "agreed"})
    told = _type("review", "in", "review.xlsx")
    assert "decisions of R. Shah recorded." in told
    assert "Next: consultation wording" in told

    told = _type("wording")
    assert "Next: consultation decide out decisions.xlsx" in told

    told = _type("check", code=4)
    assert "findings to settle." in told
    assert "Nothing is decided on" in told
    assert "cannot be published" in _type("publish", code=4)

    _type("decide", "out", "decide.xlsx")
    shutil.copy("decide.xlsx", "mistaken.xlsx")
    _fill("mistaken.xlsx", "Points", lambda row: {"Disposition": "acepted"})
    told = _type("decide", "in", "mistaken.xlsx", code=1)
    assert "0 changes recorded." in told
    assert "row 2, column O (“Disposition”): “acepted” is not on the list." in told
    assert "Next: put those right in the same workbook, save it and type the same command again" in told

    _fill("decide.xlsx", "Points", _decides)
    _fill("decide.xlsx", "Changes", _rewords)
    told = _type("decide", "in", "decide.xlsx")
    assert "Next: consultation check" in told

    told = _type("report")
    assert "DRAFT" not in told
    for format in ("docx", "xlsx", "html", "md"):
        assert (folder / "reports" / f"report.{format}").stat().st_size > 1000
    page = (folder / "reports" / "report.md").read_text(encoding="utf-8")
    assert "All families can cross every main road." in page
    assert "It was asked for." in page

    assert "“Hard-pressed” is patronising." in _type("why", "1.1")
    assert "Published. The record's mark:" in _type("publish")
    assert "The record is sound" in _type("verify")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Read, tagged and searched for wording; one comment names somebody twice."""
    folder = tmp_path_factory.mktemp("town")
    named = ("Resident", "Mrs Zanzibar told me that “vibrant” is silly. Change vibrant to pleasant.", "")
    made = small.project(folder, [*small.COMMENTS, named])
    made.tag()
    made.wording()
    return made


@pytest.mark.parametrize(
    ("verb", "sheet", "cells", "rows"),
    [
        ("review", "Comments", {"Read": "agreed"}, "7 filled rows"),
        ("decide", "Points", {"Disposition": "adopted", "Reason": "It was asked for."}, " filled rows"),
        ("redact", "Words", {"Decision": "Redact"}, "1 answer"),
    ],
)
def test_a_workbook_with_what_nobody_handed_in_is_not_written_over(
    town: Project, tmp_path: Path, verb: str, sheet: str, cells: Row, rows: str
) -> None:
    out, hand_in = getattr(town, f"{verb}_out"), getattr(town, f"{verb}_in")
    path = tmp_path / f"{verb}.xlsx"
    out(path)
    out(path)  # nobody touched it
    _fill(str(path), sheet, lambda row: cells)
    filled = path.read_bytes()
    with pytest.raises(ConsultationError, match=rows) as told:
        out(path)
    assert path.read_bytes() == filled
    assert told.value.do == (f"Hand it in first: consultation {verb} in {path}. Or give the new workbook another name.")
    assert hand_in([path]).code == OK
    out(path)
    assert path.read_bytes() != filled


def test_rows_that_nobody_marked_and_rows_that_were_refused_are_not_written_over(town: Project, tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    town.review_out(path)
    _fill(str(path), "Comments", lambda row: {"Your notes": "ask Anna"} if row["No."] == 1 else {})
    with pytest.raises(ConsultationError, match="holds 1 filled row not on record yet"):
        town.review_out(path)
    assert town.review_in([path]).code == WRONG
    with pytest.raises(ConsultationError, match="holds 1 filled row not on record yet"):
        town.review_out(path)


def test_what_one_officer_handed_in_may_be_written_over_by_another(town: Project, tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    town.review_out(path)
    _fill(str(path), "Comments", lambda row: {"Read": "changed", "Audience 1": "older people"})
    town.review_in([path])
    told = Project(town.folder, who="Another").review_out(path)
    assert told.lines == ("7 comments to read, 7 of them read before.",)


def test_a_file_that_is_no_such_workbook_is_never_written_over(town: Project, tmp_path: Path) -> None:
    path = tmp_path / "notes.xlsx"
    for write in (lambda: path.write_bytes(b"my notes"), lambda: town.redact_out(path)):
        path.unlink(missing_ok=True)
        write()
        held = path.read_bytes()
        for out in (town.review_out, town.decide_out):
            with pytest.raises(ConsultationError, match="Another file of this name is there and was not written over"):
                out(path)
        assert path.read_bytes() == held


def test_the_decision_workbook_never_shows_what_was_settled_as_redacted(town: Project, tmp_path: Path) -> None:
    redact, decide = tmp_path / "redact.xlsx", tmp_path / "decide.xlsx"
    town.redact_out(redact)
    _fill(str(redact), "Places", lambda row: {"Decision": "Redact"})
    town.redact_in([redact])
    town.decide_out(decide)
    shown = [str(cell.value) for row in openpyxl.load_workbook(decide)["Points"] for cell in row]
    assert any("[name removed] told me that" in told for told in shown)
    assert not any("Zanzibar" in told for told in shown)


def _type(*words: str, code: int = 0) -> str:
    """What the program answers; its exit code must be this one."""
    told = CliRunner().invoke(app, list(words))
    assert told.exit_code == code, told.output
    return told.output


def _fill(name: str, sheet: str, person: Callable[[Row], Row]) -> None:
    """Write into each filled row of a sheet what a person answers to it."""
    book = openpyxl.load_workbook(name)
    page = book[sheet]
    columns = {str(cell.value): cell.column for cell in page[1] if cell.value}
    for row in page.iter_rows(min_row=2):
        if row[0].value is None:
            continue
        held = {heading: page.cell(row[0].row, column).value for heading, column in columns.items()}
        for heading, value in person(held).items():
            page.cell(row[0].row, columns[heading]).value = value
    book.save(name)


def _decides(row: Row) -> Row:
    return {
        "Disposition": "support noted" if row["Stance"] == "support" else "adopted",
        "Reason": "It was asked for.",
        "Decided by": "Town clerk",
        "Date": "2026-03-20",
    }


def _rewords(row: Row) -> Row:
    new = NEW_WORDING.get(str(row["Element"]))
    return {
        **({"New wording": new, "Change kinds": "reworded"} if new else {"Change kinds": "unchanged"}),
        **(
            {"Our own words": "easy to change between", "Reason code": "the change is our own"}
            if row["Element"] == "1.2"
            else {}
        ),
        "Rationale": "People asked for it.",
        "Decided by": "Town clerk",
    }
