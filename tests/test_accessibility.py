"""What is published can be read by everyone: HTML by WCAG 2.2 AA, PDF/UA, and the structure of Word and Excel files.

axe-core finds what a machine can find; what it does not look at (captions, the scope of headers, 320 pixels, print)
is checked here.
"""

from __future__ import annotations

import contextlib
import ctypes
import dataclasses
import datetime
import importlib
import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import bs4
import docx
import openpyxl
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from docx.oxml.ns import qn

from consultation import reporting
from consultation.reporting.rows import Report, lines
from consultation.words import english
from tests import invented
from tests.conftest import ROOT
from tests.conftest import _absent as absent

NOW = datetime.date(2026, 3, 2)
AXE = ROOT / ".venv" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHROMIUM = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def report() -> Report:
    held = invented.consultation(5, points=6, responses=90)
    return reporting.summarise(
        held, invented.SETTINGS, english(), now=NOW, forms=list(reporting.FORMS), themes=invented.THEMES
    )


@pytest.fixture(scope="module")
def html(report: Report) -> str:
    return reporting.render(report, "html").decode()


def _imported(name: str, extra: str) -> Any:
    try:
        return importlib.import_module(name)
    except (ImportError, OSError):
        absent(f'{name} cannot be loaded here; type: pip install "consultation[{extra}]"')


@pytest.fixture(scope="module")
def page(html: str, program: Callable[..., str]) -> Iterator[Any]:
    sync_api = _imported("playwright.sync_api", "test")
    browser_path = program("chromium", "chromium-browser", "google-chrome", package="chromium")
    with sync_api.sync_playwright() as player:
        browser = player.chromium.launch(executable_path=browser_path, args=CHROMIUM)
        opened = browser.new_page(viewport={"width": 1280, "height": 900})
        requests: list[str] = []
        opened.on("request", lambda request: requests.append(request.url))
        opened.set_content(html)
        opened.requests = requests
        yield opened
        browser.close()


def test_axe_finds_nothing_wrong_on_any_form(page: Any) -> None:
    if not AXE.exists():
        absent("axe-core is not installed; type: npm install --prefix .venv/axe axe-core@4")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == []
    assert len(found["passes"]) > 25


def test_the_page_needs_nothing_from_elsewhere(page: Any, html: str) -> None:
    assert [url for url in page.requests if url.startswith("http")] == []
    assert not re.search(r'(src|href)="(?!#)', html)


def test_nothing_is_cut_off_at_320_pixels(page: Any) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    wide = """() => [...document.querySelectorAll('body *')]
        .filter(e => !e.closest('.scroll, svg, .hidden, .skip') && e.getBoundingClientRect().right > 321)
        .map(e => e.outerHTML.slice(0, 80))"""
    assert page.evaluate(wide) == []


def test_print_shows_every_table_whole(page: Any) -> None:
    page.emulate_media(media="print")
    hidden = page.evaluate("""() => [...document.querySelectorAll('.scroll')].filter(e =>
        getComputedStyle(e).overflowX !== 'visible').length""")
    shown = page.evaluate("getComputedStyle(document.querySelector('thead')).display")
    page.emulate_media(media="screen")
    assert (hidden, shown) == (0, "table-header-group")


def test_a_link_of_a_statement_leads_to_its_evidence_and_opens_it(page: Any) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    link = page.locator("a.trace").first
    link.click()
    target = page.locator(":target")
    assert target.count() == 1
    assert "t-0" in target.inner_text()
    assert target.is_visible()


def test_every_table_has_a_caption_and_headers_with_scope(html: str) -> None:
    soup = bs4.BeautifulSoup(html, "html.parser")
    tables = soup.select("table")
    assert len(tables) > 15
    for table in tables:
        assert table.caption.get_text(strip=True)
        assert all(head.get("scope") == "col" for head in table.select("thead th"))
        assert all(head.get("scope") == "row" for head in table.select("tbody th"))
        assert not table.select("[colspan], [rowspan]")


def test_headings_go_down_one_level_at_a_time_from_one_title(html: str) -> None:
    levels = [int(h.name[1]) for h in bs4.BeautifulSoup(html, "html.parser").select("h1, h2, h3, h4")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_ids_are_unique_and_every_link_has_its_target(html: str) -> None:
    soup = bs4.BeautifulSoup(html, "html.parser")
    ids = [tag["id"] for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    assert {link["href"][1:] for link in soup.select("a")} <= set(ids)


def test_what_went_and_came_is_said_in_words_and_not_by_look_alone(html: str) -> None:
    soup = bs4.BeautifulSoup(html, "html.parser")
    assert all("[removed: " in tag.get_text() for tag in soup.select("del"))
    assert all("[added: " in tag.get_text() for tag in soup.select("ins"))
    assert soup.select("del")
    assert soup.select("ins")


def test_the_language_title_and_skip_link_are_there(html: str) -> None:
    soup = bs4.BeautifulSoup(html, "html.parser")
    assert soup.html["lang"] == "en-GB"
    assert "A Plan for Hollinshire" in soup.title.get_text()
    assert soup.body.find("a")["href"] == "#main"


def test_word_files_have_real_headings_repeated_header_rows_and_no_merged_cells(report: Report) -> None:
    document = docx.Document(io.BytesIO(reporting.render(report, "docx")))
    body = document.element.body
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "Caption", "List Bullet", "Normal"} <= styles
    assert len(document.tables) > 15
    for table in body.iter(qn("w:tbl")):
        first = table.find(qn("w:tr"))
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert table.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}").get(qn("w:val"))
        assert table.find(f"{qn('w:tblPr')}/{qn('w:tblLayout')}").get(qn("w:type")) == "fixed"
    assert not list(body.iter(qn("w:gridSpan"), qn("w:vMerge")))
    assert all(picture.get("descr") for picture in body.iter(qn("wp:docPr")))
    assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    core = document.core_properties
    assert (core.title, core.author, core.language) == (report.title, "Hollinshire Council", "en-GB")


def test_every_link_in_a_word_file_has_its_bookmark(report: Report) -> None:
    body = docx.Document(io.BytesIO(reporting.render(report, "docx"))).element.body
    names = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    anchors = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert anchors
    assert anchors <= names


def test_workbooks_have_a_cover_notes_and_one_marked_table_a_sheet(report: Report) -> None:
    book = openpyxl.load_workbook(io.BytesIO(reporting.render(report, "xlsx")))
    assert book.sheetnames[:2] == ["Cover", "Notes"]
    for sheet in book.worksheets:
        assert sheet["A1"].value
        assert not sheet.merged_cells.ranges
        assert all(any(cell.value is not None for cell in row) for row in sheet.iter_rows())
    for sheet in book.worksheets[2:]:
        assert len(sheet.tables) == 1
        (table,) = sheet.tables.values()
        heads = [cell.value for cell in sheet[table.ref][0]]
        assert all(heads)
        assert len(heads) == len(set(heads))


def test_nothing_in_a_workbook_is_a_formula(report: Report) -> None:
    data = reporting.render(report, "xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/")]
    assert any(b"=1+1" in part for part in sheets) or b"=1+1" in zipfile.ZipFile(io.BytesIO(data)).read(
        "xl/sharedStrings.xml"
    )
    assert not any(b"<f>" in part for part in sheets)


@pytest.fixture(scope="module")
def pdf(report: Report) -> bytes:
    _imported("weasyprint", "pdf")
    forms = ("you_said_we_did", "lettered_changes", "charts", "commitments")
    sections = tuple(section for section in report.sections if section.form in forms)
    evidence = {line.evidence for section in sections for block in section.blocks for line in lines(block)}
    short = dataclasses.replace(
        report, sections=sections, evidence=tuple(item for item in report.evidence if item.number in evidence)
    )
    made = reporting.render(short, "pdf")
    tiny = dataclasses.replace(report, sections=sections[-1:], evidence=())
    assert reporting.render(tiny, "pdf") == reporting.render(tiny, "pdf")
    return made


def test_pdf_files_say_that_they_are_pdf_ua_with_language_and_title_and_embedded_fonts(pdf: bytes) -> None:
    text = _unpacked(pdf)
    wanted = (
        b"/Marked true", b"/StructTreeRoot", b"/Lang (en-GB)", b"/DisplayDocTitle true", b"/Tabs /S", b"dc:title",
        b'pdfuaid:part="1"', b"/ParentTree", b"/Outlines",
    )  # fmt: skip
    assert [name for name in wanted if name not in text] == []
    assert text.count(b"/FontFile") == len(re.findall(rb"/Type /FontDescriptor", text)) > 0
    links = [text[found.start() : found.start() + 400] for found in re.finditer(rb"/Subtype /Link", text)]
    assert links
    assert [link for link in links if b"/Contents (Evidence " not in link or b"/StructParent" not in link] == []


def test_pdf_tags_tell_headings_lists_tables_with_their_headers_and_what_a_picture_shows(pdf: bytes) -> None:
    told = list(_structure(pdf))
    headings = [int(kind[1]) for kind, _, _ in told if re.fullmatch(r"H\d", kind)]
    assert headings[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(headings))
    assert {"Document", "L", "LI", "LBody", "Table", "THead", "TBody", "TR", "TH", "TD", "Caption", "Link"} <= {
        kind for kind, _, _ in told
    }
    assert all("Scope" in names for kind, names, _ in told if kind == "TH")
    figures = [alt for kind, _, alt in told if kind == "Figure"]
    assert len(figures) == 3
    assert all(len(alt) > 40 for alt in figures)


def _structure(data: bytes) -> Iterator[tuple[str, set[str], str]]:
    """Each tag of the pages with the names of its attributes and its alternative text."""
    document = pypdfium2.PdfDocument(data)
    assert pdfium.FPDFCatalog_IsTagged(document.raw)
    for page in document:
        tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
        for n in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            yield from _tags(pdfium.FPDF_StructTree_GetChildAtIndex(tree, n))


def _tags(element: Any) -> Iterator[tuple[str, set[str], str]]:
    yield (
        _told(pdfium.FPDF_StructElement_GetType, element), _attributes(element),
        _told(pdfium.FPDF_StructElement_GetAltText, element),
    )  # fmt: skip
    for n in range(pdfium.FPDF_StructElement_CountChildren(element)):
        if child := pdfium.FPDF_StructElement_GetChildAtIndex(element, n):
            yield from _tags(child)


def _told(ask: Callable[..., int], element: Any) -> str:
    size = ask(element, None, 0)
    buffer = ctypes.create_string_buffer(size)
    ask(element, buffer, size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def _attributes(element: Any) -> set[str]:
    names = set()
    for n in range(max(0, pdfium.FPDF_StructElement_GetAttributeCount(element))):
        held = pdfium.FPDF_StructElement_GetAttributeAtIndex(element, n)
        for place in range(pdfium.FPDF_StructElement_Attr_GetCount(held)):
            name, size = ctypes.create_string_buffer(64), ctypes.c_ulong()
            pdfium.FPDF_StructElement_Attr_GetName(held, place, name, 64, ctypes.byref(size))
            names.add(name.value.decode())
    return names


def _unpacked(data: bytes) -> bytes:
    """The bytes of a PDF and of the packed streams in it."""
    text = data
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.S):
        with contextlib.suppress(zlib.error):
            text += zlib.decompress(packed)
    return text


def test_templates_hold_no_english_of_their_own() -> None:
    for path in (ROOT / "templates").glob("*.jinja"):
        bare = re.sub(r"\{[{%#].*?[}%#]\}|<[^>]*>", " ", path.read_text(encoding="utf-8"), flags=re.S)
        assert not re.findall(r"[A-Za-z]{3,}", bare), path.name


def test_the_paths_of_the_house_are_ours(tmp_path: Path) -> None:
    assert set(reporting.house.load(tmp_path).files) >= {"report.html.jinja", "report.md.jinja", "report.css"}
