"""Labels from a spreadsheet that was coded elsewhere: what matches is taken, and the rest is told by its row."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook

from consultation import Project
from consultation.errors import ConsultationError
from tests import small

HOW = "“Hard-pressed” is patronising. Say all families."
WHAT = "What does joined up mean in 1.2?"
AGREE = "I agree with this, keep it."


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small.project(tmp_path_factory.mktemp("labels") / "town").folder


@pytest.fixture
def project(town: Path, tmp_path: Path) -> Project:
    shutil.copytree(town, tmp_path / "town")
    return Project(tmp_path / "town", who="R. Shah")


def _csv(path: Path, *rows: list[str]) -> Path:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def _theirs(project: Project, who: str = "R. Shah") -> set[tuple[str, str, str]]:
    """What a person confirmed: the comment's words, facet and code."""
    texts = project.table("comments").set_index("comment_id")["text"]
    tags = project.table("tags").query("origin == 'person' and status == 'confirmed'")
    mine = tags[tags["why"].str.contains(who, regex=False)]
    return {(texts[id], facet, code) for id, facet, code in mine[["comment_id", "facet", "code"]].itertuples(False)}


def _id(project: Project, text: str) -> str:
    held = project.table("comments")
    return str(held.loc[held["text"] == text, "comment_id"].iloc[0])


def test_a_column_for_each_facet_is_taken_by_id_or_by_the_very_words(project: Project, tmp_path: Path) -> None:
    told = project.labels(
        [
            _csv(
                tmp_path / "coded.csv",
                ["comment_id", "text", "Themes", "Element"],
                [_id(project, HOW), "", "Leaves people out; too_much", "1.1 Crossings"],
                ["", WHAT.replace("W", "w"), "not understood", "1.2"],
            )
        ]
    )
    assert told.code == 0, str(told)
    assert told.lines == ("coded.csv: 5 tags of R. Shah recorded, on 2 comments.",)
    assert _theirs(project) == {
        (HOW, "theme", "leaves_out"), (HOW, "theme", "too_much"), (HOW, "element", "1.1"),
        (WHAT, "theme", "unclear_words"), (WHAT, "element", "1.2"),
    }  # fmt: skip
    assert "coded in coded.csv" in project.table("tags").query("origin == 'person'")["why"].iloc[0]


def test_a_column_for_each_code_is_taken_by_its_ticks(project: Project, tmp_path: Path) -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.title = "from NVivo"
    for row in (
        ["Text", "leaves_out", "theme: Not understood", "1.1", "remarks", "support"],
        [HOW, 1, 0, "x", "see me", None],
        [AGREE, None, None, None, None, True],
    ):
        page.append(row)
    book.save(tmp_path / "coded.xlsx")
    told = project.labels([tmp_path / "coded.xlsx"])
    assert told.code == 0, str(told)
    assert _theirs(project) == {(HOW, "theme", "leaves_out"), (HOW, "element", "1.1"), (AGREE, "stance", "support")}
    assert any("“remarks” holds no codes" in line for line in told.warnings)


def test_a_file_taken_twice_records_nothing_twice_and_a_corrected_one_corrects(
    project: Project, tmp_path: Path
) -> None:
    rows = [["text", "theme", "element"], [HOW, "leaves_out", "1.1"]]
    path = _csv(tmp_path / "coded.csv", *rows)
    project.labels([path])
    assert "0 tags" in project.labels([path]).lines[0]
    project.labels([_csv(path, rows[0], [HOW, "too_much", ""])])
    assert _theirs(project) == {(HOW, "theme", "too_much"), (HOW, "element", "1.1")}
    project.undo(project.events()[-1].event_id, together=True)
    assert _theirs(project) == {(HOW, "theme", "leaves_out"), (HOW, "element", "1.1")}


def test_two_coders_stand_beside_each_other_and_differ_openly(project: Project, tmp_path: Path) -> None:
    project.labels([_csv(tmp_path / "one.csv", ["text", "theme"], [HOW, "leaves_out"])])
    other = Project(project.folder, who="J. Okafor")
    told = other.labels([_csv(tmp_path / "two.csv", ["text", "theme", "element"], [HOW, "leaves_out", "1.1"])])
    assert not any("disagree" in line for line in told.warnings)
    assert _theirs(project, "J. Okafor") == {(HOW, "theme", "leaves_out"), (HOW, "element", "1.1")}


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["text", "theme"], [HOW, "Leaves peple out"]], ["row 2, column B", "Did you mean “Leaves people out”?"]),
        ([["text", "theme"], ["Never said", "leaves_out"]], ["row 2", "No comment has exactly these words."]),
        ([["comment_id", "theme"], ["c-000000000000", "leaves_out"]], ["row 2", "There is no comment “c-0000"]),
        ([["text", "too_mch", "leaves_out"], [HOW, "x", ""]], ["column B", "“too_mch” is no code."]),
        ([["text", "leaves_out"], [HOW, "perhaps"]], ["row 2, column B", "holds no tick"]),
        ([["text", "stance"], [HOW, "support; object"]], ["several stances"]),
        ([["comment_id", "text", "theme"], ["{how}", AGREE, "leaves_out"]], ["The words of this row are not those of"]),
        ([["text", "theme"], [HOW, "leaves_out"], [HOW, "too_much"]], ["is coded otherwise in row 2"]),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_told_by_its_place(
    project: Project, tmp_path: Path, rows: list[list[str]], words: list[str]
) -> None:
    filled = [[cell.replace("{how}", _id(project, HOW)) for cell in row] for row in rows]
    told = project.labels([_csv(tmp_path / "coded.csv", *filled)])
    assert told.code == 1
    assert all(word in str(told) for word in words), str(told)
    assert HOW not in str(told)


def test_a_file_without_codes_or_without_comments_says_how_to_head_its_columns(
    project: Project, tmp_path: Path
) -> None:
    with pytest.raises(ConsultationError, match="No column holds codes"):
        project.labels([_csv(tmp_path / "a.csv", ["text", "remarks"], [HOW, "see me"])])
    with pytest.raises(ConsultationError, match="No column is headed “comment_id”"):
        project.labels([_csv(tmp_path / "b.csv", ["who", "theme"], ["me", "leaves_out"])])
    assert not [event for event in project.events() if event.what == "tag"]
