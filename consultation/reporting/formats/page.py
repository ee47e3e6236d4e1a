"""The report as one accessible HTML page that needs nothing else: no script, no font, no picture from elsewhere."""

from __future__ import annotations

from consultation.reporting import house
from consultation.reporting.formats import svg
from consultation.reporting.house import House
from consultation.reporting.rows import Report
from consultation.words import Words


def render(report: Report, style: House, words: Words) -> bytes:
    """UTF-8 HTML. Every value is escaped by the template engine; the style sheet is put in as it is."""
    return page(report, style, words).encode("utf-8")


def page(report: Report, style: House, words: Words) -> str:
    from markupsafe import Markup

    return house.fill(
        style,
        "report.html.jinja",
        report=report,
        words=words,
        svg=lambda chart, id: Markup(svg.draw(chart, id)),  # escaped where it is drawn
        css=Markup(style.text("report.css")),
    )
