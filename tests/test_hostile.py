"""What people write is kept to the letter and does no harm in anything that the program writes."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from consultation import Project, separated
from consultation.reading.grids.open import open_grids
from consultation.reading.landing.quarantine import strip_quarantine
from tests import small

HOSTILE = {
    "html": "<script>alert(1)</script><b onmouseover=alert(2)>vibrant</b> should go &amp; stay",
    "formula": "=cmd|' /C calc'!A0",
    "plus": "+44 is what I would add to vibrant",
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "lone carriage return": "vibrant is silly\rchange it to pleasant",
    "not applicable": "N/A",
    "none": "None",
    "forty thousand": "vibrant " * 5000,
    "nul": "vib\x00rant and \x07bell",
    "right to left": "\u202etnarbiv\u202c \u202eand never closed",
    "emoji": "👩‍👩‍👧‍👦 what about us? 🏳️‍🌈",
    "zero width": "vib\u200brant \ufeffand \u2060join",
    "a date": "3-5",
    "escape": "line_x000D_break and _x0041_",
    "quotes": "“he said ‘it's \"vibrant\"’”, she'd say",
    "markdown": "| vibrant | [link](javascript:alert(1)) `code` **bold**",
    "jinja": "{{ 7 * 7 }}{% raw %}",
    "brackets": "]]> <!-- <![CDATA[ vibrant",
    "newlines": "one\n\ntwo\r\nthree vibrant",
    "tab": "\tvibrant",
    "very long word": "vibrant" * 500,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("hostile")
    project = small.project(folder, [("Resident", text, "") for text in HOSTILE.values()])
    project.tag()
    project.wording()
    project.decide_out(folder / "decide.xlsx")
    project.review_out(folder / "review.xlsx")
    project.redact_out(folder / "redact.xlsx")
    project.report()
    return project


def test_every_text_is_kept_to_the_letter(made: Project) -> None:
    kept = set(made.table("comments")["text"])
    assert {name for name, text in HOSTILE.items() if text not in kept} == set()


def _workbooks(made: Project) -> list[Path]:
    return [*made.folder.glob("*.xlsx"), *(made.folder / "reports").glob("*.xlsx")]


def test_no_workbook_holds_a_formula_or_a_link(made: Project) -> None:
    paths = _workbooks(made)
    assert len(paths) == 4
    for path in paths:
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    sheet = etree.fromstring(package.read(name))
                    assert not list(sheet.iter("{*}f")), f"{path.name} {name}"
                    assert not [e for e in sheet.iter("{*}hyperlink") if not (e.get("location") or "")], path.name
        openpyxl.load_workbook(path)


def test_the_review_workbook_shows_each_text_whole_or_says_where_it_was_cut(made: Project) -> None:
    book = openpyxl.load_workbook(made.folder / "review.xlsx")
    shown = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)
    assert "=cmd|' /C calc'!A0" in shown
    assert "cut here: the whole text is in the comments table" in shown


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_the_web_page_runs_nothing_that_a_respondent_wrote(made: Project) -> None:
    page = (made.folder / "reports" / "report.html").read_text(encoding="utf-8")
    tags = _Tags()
    tags.feed(page)
    for _, attributes in tags.seen:
        assert not any(name.startswith("on") for name in attributes)
        assert not (attributes.get("href") or "").startswith("javascript")
        assert not re.match(r"https?:", attributes.get("src") or "")
    assert "alert(1)</script>" not in page
    assert "49" not in re.findall(r"\b49\b", page.replace("{{ 7 * 7 }}", ""))


def test_word_and_markdown_hold_no_more_than_text(made: Project) -> None:
    document = docx.Document(io.BytesIO((made.folder / "reports" / "report.docx").read_bytes()))
    assert document.element.body is not None
    assert "<script" not in (made.folder / "reports" / "report.md").read_text(encoding="utf-8")


def test_a_parquet_table_read_again_holds_the_same(made: Project) -> None:
    again = Project.open(made.folder)
    assert list(again.table("comments")["text"]) == list(made.table("comments")["text"])


def test_a_row_set_aside_opens_as_text_in_excel_and_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    formula, led = '=HYPERLINK("http://example.org")', "'=1+1 is how I led it"
    project = small.project(tmp_path)
    raw = tmp_path / "more.csv"
    heads = "ID,Organisation,=Why?,More\r\n"
    whole = "".join(
        f"A{number},Club {number},Because it is vague {number},More of it {number}\r\n" for number in range(5)
    )
    raw.write_text(f"{heads}{whole}A9,Club,Why,{led},{formula.replace(chr(34), '')}\r\n", encoding="utf-8")
    project.read([raw])
    aside = tmp_path / "data" / "quarantine" / "more__rejected.csv"
    with aside.open(encoding="utf-8-sig", newline="") as file:
        assert [cell for row in csv.reader(file) for cell in row if cell.startswith(("=", "+", "-", "@"))] == []
    [mended] = strip_quarantine(open_grids(aside, "csv")[0])
    assert mended.rows[0][2] == "=Why?"
    assert mended.rows[1][3:] == [led, formula.replace('"', "")]


@given(st.text(max_size=20))
def test_any_text_is_no_formula_when_guarded_and_comes_back(text: str) -> None:
    assert not separated.guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert separated.unguarded(separated.guarded(text)) == text
