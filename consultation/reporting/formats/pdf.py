"""The report as a tagged PDF (PDF/UA-1), made from the same HTML page: headings, tables, language and title are told
to screen readers. Needs the extra `pdf`."""

from __future__ import annotations

import datetime
from typing import Any

from consultation.errors import ConsultationError, missing_extra
from consultation.reporting.formats.page import page
from consultation.reporting.house import House
from consultation.reporting.rows import Report
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
        pdf_variant="pdf/ua-1", pdf_tags=True, full_fonts=False, finisher=lambda made, pdf: _dated(pdf, report.dated)
    )
    return document


def _nothing(url: str, *_: Any, **__: Any) -> Any:
    """The page holds all it needs; whatever a template adds from elsewhere is not fetched."""
    raise ConsultationError(
        "A template asks for a file from elsewhere.", where=url, do="Put it into the template itself."
    )


def _dated(pdf: Any, dated: str) -> None:
    """The report's own day, and an identifier made of the content, so that the same report is the same bytes."""
    day = datetime.date.fromisoformat(dated).strftime("D:%Y%m%d000000Z")
    for name in ("CreationDate", "ModDate"):
        pdf.info[name] = f"({day})".encode()
