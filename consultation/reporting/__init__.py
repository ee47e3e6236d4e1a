"""From tables to documents: `summarise` makes finished rows, `render` prints them in a format.

Templates dress and decide nothing, so every format holds the same words and the same figures.
"""

from __future__ import annotations

from consultation.reporting import house, publication, registry
from consultation.reporting.house import House
from consultation.reporting.registry import FORMATS, FORMS
from consultation.reporting.rows import Report
from consultation.reporting.summarise import DEFAULT_FORMS, letters_to_respondents, summarise, tracked_changes
from consultation.words import Words, english

__all__ = [
    "DEFAULT_FORMS",
    "FORMATS",
    "FORMS",
    "House",
    "Report",
    "house",
    "letters_to_respondents",
    "publication",
    "render",
    "summarise",
    "tracked_changes",
    "word_template",
]


def render(report: Report, format: str, *, style: House | None = None, words: Words | None = None) -> bytes:
    """The report in a format of `FORMATS`, the same bytes for the same report, style and words.

    `style` is `house.load(folder)` of a workspace; without it, the package's own templates. Raises
    `ConsultationError` for an unknown format, a template that cannot be read, or an extra that is not installed.
    """
    document: bytes = registry.found(FORMATS, format, "format")(report, style or house.load(), words or english())
    return document


def word_template(language: str = "en-GB") -> bytes:
    """The built-in Word template as a .docx: save it as `templates/report.docx`, change its looks and words in Word,
    and keep the tags between curly brackets."""
    from consultation.reporting.formats import word_style

    return word_style.built_in(language)
