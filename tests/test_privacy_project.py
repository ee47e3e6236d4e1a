"""In a whole workspace: what was redacted stands in nothing that leaves, and a purge takes no point and no decision."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest

from consultation import Project, privacy, tables
from consultation.analysis import refi
from consultation.errors import WRONG
from tests import small

NAME = "Margaret Bell"
ROWS = (
    ("Resident", "“Hard-pressed” is patronising. Say all families.", ""),
    ("Resident", f"Change vibrant to worthy of Councillor {NAME} please. What does joined up mean?", "Thank you."),
    ("Business", f"{NAME} agrees. “Hard-pressed” is patronising. every main road? never happen", "N/A"),
)
RETENTION = "retention: {verbatim_until: 2026-06-01, identity_until: 2026-06-01}\n"


@pytest.fixture
def town(tmp_path: Path) -> Project:
    project = small.project(tmp_path / "town", ROWS)
    project.tag()
    project.wording()
    return project


def settle(project: Project, status: str = "redacted") -> None:
    found = project.table("personal_data")
    assert len(found) == 2
    project._record([privacy.decide(row, status) for row in tables.rows("personal_data", found)])


def decide(project: Project) -> None:
    """Every point is decided on by id, as the workbook does."""
    project._record(
        [("decision", {"point_id": key, "disposition": "noted_support"}) for key in project.table("points")["point_id"]]
    )


def test_what_was_redacted_stands_in_no_table_and_no_report(town: Project, tmp_path: Path) -> None:
    before = town.table("points")
    assert before["statement"].str.contains(NAME).sum() == 1
    settle(town)
    town.export(tmp_path / "out", formats=["csv", "datapackage", "qdc", "qdpx"])
    made = {path.name: path.read_bytes() for path in (tmp_path / "out").rglob("*.*") if path.is_file()}
    assert not [name for name, content in made.items() if b"Bell" in content]
    assert b"worthy of [name removed]" in made["points.csv"]
    assert b"worthy of [name removed]" in made["phrases.csv"]
    package = zipfile.ZipFile(io.BytesIO(made["our-town.qdpx"]))
    assert not [name for name in package.namelist() if b"Bell" in package.read(name)]
    town.report(formats=["md"])
    reports = [path.read_text() for path in (town.folder / "reports").rglob("*.md")]
    assert any(r"worthy of \[name removed\]" in told for told in reports)
    assert not any("Bell" in told for told in reports)


def test_redacting_a_replacement_orphans_no_decision_and_keeping_it_changes_nothing(town: Project) -> None:
    decide(town)
    before = {name: town.table(name) for name in ("points", "decisions", "proposals", "block_rows")}
    settle(town, "kept")
    for name, table in before.items():
        pd.testing.assert_frame_equal(town.table(name), table)
    settle(town)
    assert list(town.table("points")["point_id"]) == list(before["points"]["point_id"])
    assert list(town.table("proposals")["proposal_id"]) == list(before["proposals"]["proposal_id"])
    assert list(town.table("block_rows")["row_id"]) == list(before["block_rows"]["row_id"])


def test_words_redacted_in_one_comment_are_so_where_another_asks_for_the_same(tmp_path: Path) -> None:
    text = f"Change vibrant to worthy of Councillor {NAME} please."
    project = small.project(tmp_path / "town", [("Resident", text, ""), ("Business", text.replace("Chan", "chan"), "")])
    project.tag()
    project.wording()
    first, second = tables.rows("personal_data", project.table("personal_data"))
    project._record([privacy.decide(first, "kept"), privacy.decide(second, "redacted")])
    assert set(project.table("phrases")["replacement"].dropna()) == {"worthy of [name removed]"}
    assert not project.table("points")["statement"].str.contains("Bell").any()


def test_a_coding_still_spans_its_words_behind_a_redacted_name(town: Project, tmp_path: Path) -> None:
    settle(town)
    town.export(tmp_path / "out", formats=["csv", "qdpx"])
    package = zipfile.ZipFile(tmp_path / "out" / "our-town.qdpx")
    root, space = ElementTree.fromstring(package.read("project.qde")), {"q": refi.PROJECT}
    codes = {code.get("guid"): code.get("name") for code in root.iter(f"{{{refi.PROJECT}}}Code")}
    found = set()
    for source in root.iterfind(".//q:TextSource", space):
        text = package.read(f"sources/{source.get('guid')}.txt").decode()
        for selection in source.iterfind("q:PlainTextSelection", space):
            words = text[int(selection.get("startPosition", "")) : int(selection.get("endPosition", ""))]
            found |= {(words, codes[ref.get("targetGUID")]) for ref in selection.iterfind(".//q:CodeRef", space)}
    assert ("never happen", "Promises too much") in found
    texts = {row["comment_id"]: row["text"] for row in _csv(tmp_path / "out" / "comments.csv")}
    assert {
        texts[row["comment_id"]][int(row["replacement_start"]) : int(row["replacement_end"])]
        for row in _csv(tmp_path / "out" / "phrases.csv")
        if row["replacement"]
    } == {"all families", "worthy of [name removed]"}


def _csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.open(encoding="utf-8-sig", newline="")))


def test_after_a_purge_every_point_decision_and_report_is_made_again(
    town: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")  # September 2026
    (town.folder / "consultation.yaml").write_text(small.SETTINGS + RETENTION, encoding="utf-8")
    settle(town)
    decide(town)
    names = ("points", "point_elements", "point_evidence", "proposals", "decisions", "blocks", "block_rows")
    before, report = {name: town.table(name) for name in names}, _report(town)
    assert town.purge(confirm=True).lines[0] == "Done."
    assert set(town.table("comments")["text"]) == {""}
    for name, table in before.items():
        pd.testing.assert_frame_equal(town.table(name), table)
    assert _report(town) == report
    town.export(town.folder / "out", formats=["csv"])
    assert {row["text"] for row in _csv(town.folder / "out" / "comments.csv")} == {""}
    assert _holding_the_name(town) == ["survey.csv"]  # the officer's own copy, outside data/
    town.purge(confirm=True)  # once more takes nothing more
    pd.testing.assert_frame_equal(town.table("points"), before["points"])
    town.exclude([town.table("responses")["response_id"].iloc[0]], reason="sent as a test")
    assert town.table("point_evidence")["comment_id"].nunique() < before["point_evidence"]["comment_id"].nunique()


def _holding_the_name(project: Project) -> list[str]:
    return [path.name for path in project.folder.rglob("*") if path.is_file() and b"Bell" in path.read_bytes()]


def _report(project: Project) -> str:
    project.report(formats=["md"])
    return "".join(path.read_text() for path in sorted((project.folder / "reports").rglob("*.md")))


def test_what_nobody_settled_is_in_no_point_after_a_purge(town: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    (town.folder / "consultation.yaml").write_text(small.SETTINGS + RETENTION, encoding="utf-8")
    before = town.table("points")
    town.purge(confirm=True)
    assert list(town.table("points")["point_id"]) == list(before["point_id"])
    assert _holding_the_name(town) == ["survey.csv"]  # the officer's own copy, outside data/


def test_files_that_a_purge_could_not_remove_are_named(town: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    (town.folder / "consultation.yaml").write_text(small.SETTINGS + RETENTION, encoding="utf-8")
    (town.folder / "data" / "raw" / "held").mkdir(parents=True)
    (town.folder / "data" / "raw" / "gone.csv").write_text("x")
    held = town.folder / "data" / "raw" / "held" / "survey.csv"
    held.write_text("x")
    remove = Path.unlink

    def unlink(path: Path, missing_ok: bool = False) -> None:  # as where another program holds the file
        if path == held:
            raise PermissionError(13, "in use")
        remove(path, missing_ok=missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", unlink)
        told = town.purge(confirm=True)
    assert told.code == WRONG
    assert "Done." not in told.lines
    assert told.warnings == (f"{held} could not be removed.",)
    assert [path for path in (town.folder / "data" / "raw").rglob("*") if path.is_file()] == [held]
    assert town.purge(confirm=True).lines[0] == "Done."


def test_a_decision_on_a_drafted_statement_puts_no_words_of_respondents_into_the_record(
    town: Project, tmp_path: Path
) -> None:
    import openpyxl

    town.decide_out(tmp_path / "decide.xlsx")
    book = openpyxl.load_workbook(tmp_path / "decide.xlsx")
    sheet = book["Points"]
    (top,) = [row for row in range(1, 20) if "Disposition" in [cell.value for cell in sheet[row]]]
    at = {cell.value: cell.column for cell in sheet[top]}
    for row in range(top + 1, top + 1 + len(town.table("points"))):
        sheet.cell(row, at["Disposition"]).value = "Adopted"
        if NAME not in str(sheet.cell(row, at["Statement"]).value):
            sheet.cell(row, at["Statement"]).value = f"Worded by us, {row}"
    book.save(tmp_path / "decide.xlsx")
    town.decide_in([tmp_path / "decide.xlsx"])
    decided = [event.payload for event in town.events() if event.what == "decision"]
    assert len(decided) == len(town.table("points"))
    assert "Bell" not in str([event.payload for event in town.events()])
    assert [told["phrase"] for told in decided if "statement" not in told] == ["vibrant"]
    assert all(told["statement"].startswith("Worded by us") for told in decided if "statement" in told)
