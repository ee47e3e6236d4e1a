"""Workbooks that people fill in: text stays text, and nothing that Excel or LibreOffice does loses a row."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from consultation import config, sheets, store
from consultation.errors import ConsultationError

COLUMNS = [
    sheets.Column(heading="Id", fixed=True),
    sheets.Column(heading="Says", help="In your own words."),
    sheets.Column(heading="Choice", choices="Colours"),
]
ROWS = [{"Id": "t-1", "Says": "=cmd|' /C calc'!A0", "Choice": "red"}, {"Id": "t-2", "Says": "two\nlines"}]


def _book() -> bytes:
    book = sheets.new_book()
    sheets.notes(book, "Instructions", ["How to fill this in", "Type where the heading is blue."])
    sheets.table(book, "Points", COLUMNS, ROWS)
    sheets.lists(book, {"Colours": ["red", "green"]})
    sheets.remember(book, {("Points", row["Id"]): row for row in ROWS})
    return sheets.to_bytes(book)


def _zip(parts: dict[str, bytes]) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return raw.getvalue()


def _torn() -> bytes:
    """The end of a package, whose list of parts is spoiled."""
    return _book().replace(b"PK\x01\x02", b"PK\x01\x03")


def _with_stray_cell(data: bytes, part: str) -> bytes:
    """One space in the last corner of a sheet."""
    stray = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t xml:space="preserve"> </t></is></c></row>'
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = parts[part].replace(b"</sheetData>", stray + b"</sheetData>")
    return _zip(parts)


def _read(data: bytes) -> sheets.Book:
    return sheets.read(data, {"Points": ["Id", "Says", "Choice"]}, "f.xlsx")


def test_an_untouched_workbook_says_that_nothing_changed() -> None:
    book = _read(_book())
    assert [row["Id"] for row in book.rows["Points"]] == ["t-1", "t-2"]
    assert not any(
        book.changed("Points", row["Id"], heading, row[heading])
        for row in book.rows["Points"]
        for heading in ("Says", "Choice")
    )


def test_text_that_looks_like_a_formula_is_typed_as_text() -> None:
    cell = load_workbook(io.BytesIO(_book()))["Points"]["B2"]
    assert (cell.data_type, cell.value) == ("s", "=cmd|' /C calc'!A0")


def test_the_same_content_gives_the_same_bytes() -> None:
    assert _book() == _book()


def test_ids_refuse_typing_and_choices_drop_down() -> None:
    sheet = load_workbook(io.BytesIO(_book()))["Points"]
    rules = {str(rule.sqref): (rule.type, rule.formula1) for rule in sheet.data_validations.dataValidation}
    assert rules["A2:A3"] == ("custom", "FALSE")
    assert rules["C2:C303"] == ("list", "=list_Colours") or rules["C2:C303"] == ("list", "list_Colours")
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:C3"


def test_sorted_hidden_filtered_and_added_rows_and_moved_columns_do_no_harm() -> None:
    book = load_workbook(io.BytesIO(_book()))
    sheet = book["Points"]
    sheet.insert_rows(1)
    sheet["A1"] = "Please return by Friday"
    sheet.insert_cols(1)
    sheet["A2"] = "My notes"
    sheet.row_dimensions[3].hidden = True
    sheet["B6"], sheet["C6"] = "", "a new one"
    raw = io.BytesIO()
    book.save(raw)
    rows = _read(raw.getvalue()).rows["Points"]
    assert [(row.number, row["Id"], row["Says"]) for row in rows] == [
        (3, "t-1", "=cmd|' /C calc'!A0"),
        (4, "t-2", "two\nlines"),
        (6, "", "a new one"),
    ]
    assert str(rows[0].place("Choice", "f.xlsx")) == "f.xlsx, sheet “Points”, row 3, column D (“Choice”)"


def test_a_round_trip_through_libreoffice_changes_nothing(tmp_path: Path, program: Callable[..., str]) -> None:
    soffice = program("soffice", "libreoffice", package="libreoffice-calc")
    source = tmp_path / "in" / "f.xlsx"
    store.write_file(source, _book())
    subprocess.run(
        [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx",
         "--outdir", str(tmp_path / "out"), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    before, after = _read(_book()), _read((tmp_path / "out" / "f.xlsx").read_bytes())
    assert [row.cells for row in after.rows["Points"]] == [row.cells for row in before.rows["Points"]]
    assert after.marks == before.marks


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=60))
def test_any_text_comes_back_as_it_went_out(text: str) -> None:
    book = sheets.new_book()
    sheets.table(book, "Points", COLUMNS, [{"Id": "t-1", "Says": text}])
    sheets.remember(book, {("Points", "t-1"): {"Says": text}})
    back = _read(sheets.to_bytes(book))
    assert not back.changed("Points", "t-1", "Says", back.rows["Points"][0]["Says"])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "This is no workbook that we can read."),
        (b"PK\x03\x04 broken", "This is no workbook that we can read."),
        (b"Id,Says\n1,2\n", "This is no workbook that we can read."),
        (_zip({"a.txt": b"no workbook"}), "This is no workbook that we can read."),
        (_torn(), "f.xlsx is incomplete or damaged: its contents cannot be unpacked."),
    ],
)
def test_what_is_no_workbook_is_refused_plainly(data: bytes, said: str) -> None:
    with pytest.raises(ConsultationError, match=said):
        _read(data)


def test_a_missing_or_doubled_heading_names_its_place() -> None:
    book = load_workbook(io.BytesIO(_book()))
    book["Points"]["B1"] = "Say"
    raw = io.BytesIO()
    book.save(raw)
    with pytest.raises(ConsultationError, match="The heading “Says” is missing"):
        _read(raw.getvalue())
    book["Points"]["B1"] = "Id"
    raw = io.BytesIO()
    book.save(raw)
    with pytest.raises(ConsultationError, match="The heading “Id” stands twice"):
        _read(raw.getvalue())


def test_another_workbook_is_met_with_the_names_of_the_sheets() -> None:
    with pytest.raises(ConsultationError, match="None of the sheets “Decisions” is in this workbook"):
        sheets.read(_book(), {"Decisions": ["Id"]})


def test_a_workbook_that_unpacks_without_end_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consultation.hostile.LARGEST", 10_000_000)
    with pytest.raises(ConsultationError, match="expands to more than"):
        _read(_zip({"xl/workbook.xml": b"\0" * 20_000_000}))


def test_a_stray_cell_in_the_last_corner_is_refused_in_words_and_only_where_the_sheet_is_wanted(tmp_path: Path) -> None:
    said = "Sheet “Points” reaches column XFD, row 1048576, far beyond what it can hold"
    with pytest.raises(ConsultationError, match=said):
        _read(_with_stray_cell(_book(), "xl/worksheets/sheet2.xml"))
    assert len(_read(_with_stray_cell(_book(), "xl/worksheets/sheet1.xml")).rows["Points"]) == 2
    (tmp_path / "themes.xlsx").write_bytes(_with_stray_cell(_book(), "xl/worksheets/sheet2.xml"))
    with pytest.raises(ConsultationError, match=said):
        config.sheet_records(tmp_path / "themes.xlsx", "Points")


def test_a_sheet_of_themes_reads_numbers_and_ticks_as_a_workbook_of_ours_does(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["code", "name", "definition"], [2.0, True, "Too vague"]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "codebook.xlsx")
    [record] = config.records(tmp_path, "codebook")
    assert record.values == {"code": "2", "name": "yes", "definition": "Too vague"}


@pytest.mark.parametrize("lock", ["~$f.xlsx", ".~lock.f.xlsx#"])
def test_a_workbook_still_open_is_met_with_a_plain_message(tmp_path: Path, lock: str) -> None:
    (tmp_path / "f.xlsx").write_bytes(_book())
    (tmp_path / lock).write_text("")
    with pytest.raises(ConsultationError, match="still open in Excel or LibreOffice"):
        store.read_workbook(tmp_path / "f.xlsx")
    (tmp_path / lock).unlink()
    assert store.read_workbook(tmp_path / "f.xlsx") == _book()


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConsultationError, match="There is no such file"):
        store.read_workbook(tmp_path / "none.xlsx")
