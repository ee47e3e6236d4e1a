"""The ten lines of the README, typed by an officer, with workbooks filled in as people fill them in."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from consultation.cli import app
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
