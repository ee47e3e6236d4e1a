"""The copy of a report in which what does not trace is underlined."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from consultation.reporting.formats import underlined
from consultation.reporting.formats.underlined import Doubt

TEXT = "We received 56 responses and 4,000 letters."
HERE = [Doubt(TEXT, 12, 14, "No count of responses is 56."), Doubt(TEXT, 29, 34, "Nothing counts 4,000.")]


def _report(*runs: str) -> bytes:
    document = Document()
    paragraph = document.add_paragraph("", style="List Bullet")
    for number, text in enumerate(runs):
        paragraph.add_run(text).bold = number % 2 == 1
    document.add_paragraph("Nothing wrong here.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _marked(data: bytes) -> tuple[Any, list[str]]:
    document = Document(io.BytesIO(data))
    runs = [
        run for paragraph in document.paragraphs for run in paragraph.runs if run._r.find(".//" + qn("w:u")) is not None
    ]
    return document, [run.text for run in runs]


@pytest.mark.parametrize(
    "runs",
    [
        [TEXT],
        ["We received ", "56 responses", " and 4,", "000", " letters."],
        ["We received 5", "6 responses and 4,000", " letters."],
    ],
)
def test_the_doubtful_words_and_no_others_are_underlined_however_word_has_cut_them(runs: list[str]) -> None:
    document, told = _marked(underlined.render(_report(*runs), [], HERE, author="consultation", dated="2026-01-02"))
    assert "".join(told) == "564,000"
    assert [paragraph.text for paragraph in document.paragraphs] == [TEXT, "Nothing wrong here."]
    assert document.paragraphs[0].style.name == "List Bullet"
    assert [comment.text for comment in document.comments] == [doubt.note for doubt in HERE]
    bold = "".join(run.text for run in document.paragraphs[0].runs if run.bold)
    assert bold == "".join(runs[1::2])


def test_a_report_that_is_not_a_word_file_becomes_one() -> None:
    document, told = _marked(underlined.render(None, ["Title", TEXT], HERE, author="consultation", dated="2026-01-02"))
    assert told == ["56", "4,000"]
    assert [paragraph.text for paragraph in document.paragraphs] == ["Title", TEXT]


def test_a_doubt_whose_paragraph_is_not_found_is_listed_at_the_end() -> None:
    doubt = Doubt("From a chart: 56", 14, 16, "No count is 56.")
    document, told = _marked(underlined.render(_report(TEXT), [], [doubt], author="consultation", dated="2026-01-02"))
    assert told == []
    assert document.paragraphs[-1].text == "“56”: No count is 56."
