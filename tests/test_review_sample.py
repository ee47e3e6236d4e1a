"""The sample's two officers: their filled-in workbooks merge, clash on eight comments, and survive LibreOffice."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from consultation import tables
from consultation.model import LedgerEvent
from consultation.tagging import review
from consultation.tagging.review.names import names
from tests.fill_review import fill, ids_of, name_of, reviews, views
from tests.review_sample import OFFICERS, SETTINGS, sample
from tests.review_small import back, comment, edited, ledger, out, tags_of, wrote

HOSTILE = {
    "40,000 characters": "naïve – “plan” " * 2667,
    "NUL and control": "a\x00b\x01c\x1fd\x7fe",
    "right to left": "\u202egnp.exe\u202c and \u0645\u0631\u062d\u0628\u0627 and \u202eunclosed",
    "emoji": "👍🏽 family 👨‍👩‍👧‍👦 flag 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "zero width": "zero\u200bwidth\u200djoin\ufeff",
    "looks like a date": "12/05/2026",
    "looks like a number": "007",
    "carriage return code": "one_x000D_two _x005F_ _x0041_",
    "nested quotes": 'she said "he said \'it\'\'s ""fine""\'"',
    "formula": '=HYPERLINK("http://example.org?x="&A1,"click")',
    "other formulas": "@SUM(1+1)*cmd|' /C calc'!A0",
    "html": "<script>alert(1)</script> &amp; <b>bold</b>",
    "lone carriage return": "one\rtwo\r\nthree\nfour",
    "spaces": "  \t leading and trailing \u00a0 ",
}


@cache
def _officer(officer: str) -> tuple[bytes, tuple[str, ...]]:
    """An officer's filled-in workbook, forty of its comments read blind, and the ids of its comments."""
    held = sample()
    ids = {each: tuple(ids_of(reviews(each), held.tables)) for each in OFFICERS}
    both = set.intersection(*map(set, ids.values()))
    data = review.write(
        held.tables["comments"], held.tables["questions"], held.tables["responses"], held.elements, held.themes,
        held.tags, settings=SETTINGS, officer=name_of(officer), ids=ids[officer], blind=both,
    )  # fmt: skip
    called = names(held.elements, held.themes, held.tags)
    return fill(data, views(reviews(officer), ids[officer]), called), ids[officer]


def _read(data: bytes, officer: str, events: list[LedgerEvent]) -> review.Taken:
    held = sample()
    return review.read(
        data, f"review_{officer}.xlsx", held.tables["comments"], held.elements, held.themes, held.tags, events,
        SETTINGS, officer="somebody else",
    )  # fmt: skip


@cache
def _merged() -> tuple[LedgerEvent, ...]:
    events: list[LedgerEvent] = []
    for officer in OFFICERS:
        events = ledger(_read(_officer(officer)[0], officer, events), events)
    return tuple(events)


@pytest.mark.parametrize("officer", OFFICERS)
def test_what_an_officer_decided_is_what_is_recorded(officer: str) -> None:
    data, ids = _officer(officer)
    taken = _read(data, officer, [])
    assert taken.refused == ()
    assert taken.officer == name_of(officer)
    confirmed = {row[:3] for row in tags_of(taken) if row[3] == "confirmed"}
    wanted = {(comment, *code) for comment, view in views(reviews(officer), ids).items() for code in view.codes}
    assert wanted <= confirmed
    assert {code for _, _, code in confirmed - wanted} <= {"none_of_these"}
    assert sum(what == "read" for what, _ in taken.events) == 120


def test_two_files_merge_and_clash_on_the_eight_comments_on_which_the_officers_differ() -> None:
    clashes = review.clashes(_merged())
    differ = {
        comment
        for comment in set(_officer("amadi")[1]) & set(_officer("fennimore")[1])
        if len({views(reviews(each), _officer(each)[1])[comment].codes for each in OFFICERS}) == 2
    }
    assert len(differ) == 8
    assert {comment for clash in clashes for comment in clash.comment_ids} == differ
    assert all("review_amadi.xlsx, sheet “Comments”, row" in str(clash) for clash in clashes)
    assert all("review_fennimore.xlsx, sheet “Comments”, row" in str(clash) for clash in clashes)


def test_filling_in_gives_the_same_bytes_each_time() -> None:
    first, _ = _officer("amadi")
    _officer.cache_clear()
    assert _officer("amadi")[0] == first


@pytest.fixture(scope="module")
def resaved(tmp_path_factory: pytest.TempPathFactory, program: Callable[..., str]) -> dict[str, bytes]:
    """The officers' workbooks and one of hostile comments, opened and saved by LibreOffice."""
    soffice = program("soffice", "libreoffice", package="libreoffice-calc")
    folder = tmp_path_factory.mktemp("resaved")
    books = {officer: _officer(officer)[0] for officer in OFFICERS} | {"hostile": _hostile()}
    for name, data in books.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    subprocess.run(
        [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx",
         "--outdir", str(folder / "out"), *(str(folder / f"{name}.xlsx") for name in books)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return {name: (folder / "out" / f"{name}.xlsx").read_bytes() for name in books}


def test_a_round_trip_through_libreoffice_changes_nothing(resaved: dict[str, bytes]) -> None:
    for officer in OFFICERS:
        before, after = (_read(data, officer, []) for data in (_officer(officer)[0], resaved[officer]))
        assert after == before
    assert _read(resaved["amadi"], "amadi", list(_merged())).events == ()


def test_drop_downs_locked_headings_and_colours_survive_libreoffice(resaved: dict[str, bytes]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(resaved["amadi"]))["Comments"]
    assert sum(rule.type == "list" for rule in sheet.data_validations.dataValidation) >= 4
    assert (sheet.protection.sheet, sheet.protection.sort, sheet.protection.autoFilter) == (True, False, False)
    assert (sheet["A1"].protection.locked, sheet["A2"].protection.locked) == (True, False)
    assert sheet.auto_filter.ref
    assert len(sheet.conditional_formatting)


def _hostile_comments() -> object:
    rows = [comment(n, text, question_id=None, heading=name) for n, (name, text) in enumerate(HOSTILE.items(), 1)]
    return tables.frame("comments", rows)


def _hostile() -> bytes:
    comments = _hostile_comments()
    hands = [wrote(f"c-{n}", read="agreed", theme_1="Jargon") for n in range(1, len(HOSTILE) + 1)]
    return edited(out(comments, tables.frame("tags")), *hands)  # type: ignore[arg-type]


@pytest.mark.parametrize("by", ["excel", "libreoffice"])
def test_hostile_comments_go_out_harmless_and_come_back_unharmed(resaved: dict[str, bytes], by: str) -> None:
    data = resaved["hostile"] if by == "libreoffice" else _hostile()
    taken = back(data, comments=_hostile_comments(), tags=tables.frame("tags"))  # type: ignore[arg-type]
    assert [str(each) for each in (*taken.refused, *taken.noted) if "agreed" not in each.what] == []
    assert len(tags_of(taken)) == len(HOSTILE)


def test_what_excel_cannot_hold_is_cut_in_the_sheet_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "f.xlsx").write_bytes(_hostile())
    sheet = openpyxl.load_workbook(tmp_path / "f.xlsx")["Comments"]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    longest = max((str(cell.value) for cell in cells if cell.value), key=len)
    assert len(longest) <= 32_767
    assert longest.endswith("[cut here: the whole text is in the comments table]")
    assert not [cell for cell in cells if cell.data_type == "f"]
