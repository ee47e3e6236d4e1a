"""The report as a tagged PDF (PDF/UA-1), made from the same HTML page: headings, tables, language and title are told
to screen readers. Needs the extra `pdf`."""

from __future__ import annotations

import datetime
from typing import Any

from consultation.errors import ConsultationError, missing_extra
from consultation.reporting.formats.page import page
from consultation.reporting.house import House
from consultation.reporting.rows import Chart, Report
from consultation.words import Words


def render(report: Report, style: House, words: Words) -> bytes:
    """A .pdf. Raises `ConsultationError` where WeasyPrint or the Pango library that it needs is not there."""
    try:
        import weasyprint
    except ImportError:
        raise missing_extra("pdf", "PDF files") from None
    except OSError:
        raise ConsultationError(
            "PDF files need the Pango library, which this computer does not have.",
            do="Install it (on Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0), or print to PDF from Word.",
        ) from None
    document: bytes = weasyprint.HTML(string=page(report, style, words), url_fetcher=_nothing).write_pdf(
        pdf_variant="pdf/ua-1",
        pdf_tags=True,
        full_fonts=False,
        finisher=lambda made, pdf: _finished(pdf, report, words),
    )
    return document


def _nothing(url: str, *_: Any, **__: Any) -> Any:
    """The page holds all it needs; whatever a template adds from elsewhere is not fetched."""
    raise ConsultationError(
        "A template asks for a file from elsewhere.", where=url, do="Put it into the template itself."
    )


def _finished(pdf: Any, report: Report, words: Words) -> None:
    """What the engine leaves open: the report's own day, so that the same report is the same bytes; whether a header
    is a column's or a row's; what each chart shows, beside its title; and where a link leads, in words."""
    day = datetime.date.fromisoformat(report.dated).strftime("D:%Y%m%d000000Z")
    for name in ("CreationDate", "ModDate"):
        pdf.info[name] = f"({day})".encode()
    objects: list[Any] = [each for each in pdf.objects if isinstance(each, dict)]
    tagged = {each.reference: each for each in objects if "S" in each and "P" in each}
    for header in (each for each in tagged.values() if each["S"] == "/TH"):
        part = tagged[tagged[header["P"]]["P"]]["S"]
        header["A"]["Scope"] = "/Column" if part == "/THead" else "/Row"
    charts = (block for section in report.sections for block in section.blocks if isinstance(block, Chart))
    figures = (each for each in tagged.values() if each["S"] == "/Figure")
    for figure, chart in zip(figures, charts, strict=False):
        figure["Alt"] = type(figure["Alt"])(f"{chart.title}. {chart.summary}")
    for link in (each for each in objects if each.get("Subtype") == "/Link" and "Dest" in each):
        number = link["Dest"].string.removeprefix("evidence-")
        if number.isdigit():
            link["Contents"] = type(link["Dest"])(words("page.evidence.link", number=number))
