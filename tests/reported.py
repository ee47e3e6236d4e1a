"""Reads a printed report back, for tests: tables by caption, from .docx, .xlsx, .html and .md."""

from __future__ import annotations

import html
import io
import re

import bs4
import docx
import openpyxl
from docx.oxml.ns import qn

Cells = list[list[list[str]]]  # rows of cells of lines


def from_docx(data: bytes) -> dict[str, Cells]:
    """Caption paragraphs and the tables that follow them; the header row first; evidence numbers left out."""
    body = docx.Document(io.BytesIO(data)).element.body
    found: dict[str, Cells] = {}
    caption = ""
    for part in body:
        if part.tag == qn("w:p"):
            style = part.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            if style is not None and style.get(qn("w:val")) == "Caption":
                caption = _words(part)
        elif part.tag == qn("w:tbl"):
            found[caption] = [
                [[_words(p) for p in cell.findall(qn("w:p"))] for cell in row.findall(qn("w:tc"))]
                for row in part.findall(qn("w:tr"))
            ]
    return found


def _words(paragraph: object) -> str:
    told = ""
    for run in paragraph.iter(qn("w:r")):
        style = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
        if style is not None and style.get(qn("w:val")) == "Trace":
            continue
        for child in run:
            told += child.text or "" if child.tag == qn("w:t") else "\n" if child.tag == qn("w:br") else ""
    return told


def from_html(data: bytes) -> dict[str, Cells]:
    soup = bs4.BeautifulSoup(data, "html.parser")
    for link in soup.select("a.trace"):
        link.extract()
    return {
        table.caption.get_text(): [
            [[line.get_text().strip() for line in cell.select("li, p") or [cell]] for cell in row.select("th, td")]
            for row in table.select("tr")
        ]
        for table in soup.select("table")
    }


def from_md(data: bytes) -> dict[str, Cells]:
    found: dict[str, Cells] = {}
    caption = ""
    for line in data.decode().splitlines():
        if line.startswith("#"):
            caption = _plain(line.lstrip("# "))
        elif line.startswith("| "):
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            if all(set(cell) <= set("-: ") for cell in cells):
                continue
            rows = found.setdefault(caption, [])
            rows.append([[_plain(part.removeprefix("• ")) for part in cell.split("<br>")] for cell in cells])
    return found


def _plain(text: str) -> str:
    told = re.sub(r"\[\^\d+\]", "", text)
    told = re.sub(r"\*\*(.+?)\*\*", r"\1", told)
    return html.unescape(re.sub(r"\\([^\w\s])", r"\1", told)).replace("\u200b", "").strip()


def from_xlsx(data: bytes) -> dict[str, list[list[object]]]:
    """By the title in A1: the marked table of each sheet, header first."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    found = {}
    for sheet in book.worksheets:
        for table in sheet.tables.values():
            found[sheet["A1"].value] = [[cell.value for cell in row] for row in sheet[table.ref]]
    return found
