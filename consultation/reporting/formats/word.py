"""The report as a Word document, in the council's own template or the built-in look.

A template holds Jinja tags: `{{ title }}`, `{{ body }}`, `{{ dated }}`, `{{ stamps }}`, and `{{ report }}` alone in a
paragraph where the report goes; or a tag for each form (`{{ you_said_we_did }}`), which then stands there instead.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, Final

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from consultation.errors import ConsultationError
from consultation.hostile import check_archive
from consultation.reporting import registry
from consultation.reporting.formats import svg, word_style, word_xml
from consultation.reporting.formats.zipped import repacked
from consultation.reporting.house import House
from consultation.reporting.rows import (
    Block,
    Chart,
    Evidence,
    Heading,
    Listing,
    Paragraph,
    Report,
    Section,
    Table,
    plain,
)  # fmt: skip
from consultation.words import Words

NAMED: Final = 3  # comments behind a statement that are named on paper; the web page and the workbook name the others
_MARKER: Final = "\u27e6consultation:{}\u27e7"  # stands where a form goes while the template is filled in
_MARKED: Final = re.compile("\u27e6consultation:(\\w+)\u27e7")


def render(report: Report, style: House, words: Words) -> bytes:
    """A .docx. Its parts are dated with the report's day, so the same report is the same bytes."""
    document = Document(io.BytesIO(_filled(report, style, words)))
    word_style.complete(document)
    _place(document, report, words)
    _properties(document, report)
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue(), report.dated)


def _filled(report: Report, style: House, words: Words) -> bytes:
    """The template with its tags filled in and a marker in the place of each form."""
    import jinja2
    from docxtpl import DocxTemplate

    own = style.files.get("report.docx")
    if own is not None:
        check_archive(io.BytesIO(own), "templates/report.docx")
    template = DocxTemplate(io.BytesIO(own or word_style.built_in(report.language)))
    numbered = words("page.number", page="\0", pages="\0").split("\0")
    values: dict[str, Any] = {
        "title": report.title,
        "body": report.body,
        "dated": report.dated_words,
        "stamps": list(report.stamps),
        "mark": words("stamp.draft") + ": " if report.draft else "",
        "footer": list(report.footer),
        "page_words": [*numbered, "", ""][:3],
        "words": words,
        "report": _MARKER.format("report"),
    }
    values |= {form: _MARKER.format(form) for form in registry.FORMS}
    try:
        template.render(values, autoescape=True)
    except jinja2.TemplateError as wrong:
        raise ConsultationError(
            f"The Word template cannot be filled in: {wrong}.",
            where="templates/report.docx",
            do="Correct the tag in Word, or remove the file to use the built-in look.",
        ) from None
    except Exception as wrong:  # python-docx and what a tag reckons raise all sorts
        if own is None:
            raise
        raise ConsultationError(
            f"The Word template cannot be opened or filled in ({type(wrong).__name__}).",
            where="templates/report.docx",
            do="Save it from Word as a document (.docx), or remove the file to use the built-in look.",
        ) from None
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


def _place(document: Any, report: Report, words: Words) -> None:
    """Put each form where its marker stands, and all others where `report` stands, or at the end."""
    markers = _markers(document)
    rest = [section for section in report.sections if section.form not in markers]
    width = _text_width(document)
    for section in report.sections:
        if section.form in markers:
            _insert(markers[section.form], _section(section, document, width))
    if "report" not in markers:
        insert_at_end(document, "<w:p></w:p>")
        markers["report"] = document.element.body[-2]
    for section in rest:
        _insert(markers["report"], _section(section, document, width))
    _insert(markers["report"], _evidence(report, words))
    for marker in markers.values():
        marker.getparent().remove(marker)


def _markers(document: Any) -> dict[str, Any]:
    """The paragraphs in which forms go, by form. A tag with other words beside it, or in a table, is refused."""
    found: dict[str, Any] = {}
    for paragraph in document.paragraphs:
        if name := _MARKED.fullmatch(paragraph.text.strip()):
            found[name[1]] = paragraph._p
    for part in document.element.body.iter(qn("w:p")):
        told = "".join(piece.text or "" for piece in part.iter(qn("w:t")))
        if (name := _MARKED.search(told)) and found.get(name[1]) is not part:
            raise ConsultationError(
                f"The tag {{{{ {name[1]} }}}} does not stand alone in a paragraph.",
                where="templates/report.docx",
                do="Give it a paragraph of its own, outside tables and text boxes, once.",
            )
    return found


def _insert(marker: Any, parts: Iterator[str]) -> None:
    for part in parts:
        marker.addprevious(parse_xml(_named(part)))


def insert_at_end(document: Any, part: str) -> None:
    """Put a paragraph or table, as XML text, at the end of a document."""
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(_named(part)))  # the last child holds the section's own properties


def _named(part: str) -> str:
    return part.replace("<w:p>", f"<w:p {nsdecls('w', 'wp', 'a', 'pic', 'r')}>", 1)


def _section(section: Section, document: Any, width: int) -> Iterator[str]:
    yield word_xml.paragraph(plain(section.title), "Heading1")
    for block, after in zip(section.blocks, (*section.blocks[1:], None), strict=True):
        if isinstance(block, Paragraph) and isinstance(after, Table | Chart):
            yield word_xml.paragraph(block.line, "Normal", extra="<w:keepNext/>")
        else:
            yield from _block(block, document, width)


def _block(block: Block, document: Any, width: int) -> Iterator[str]:
    if isinstance(block, Heading):
        yield word_xml.paragraph(plain(block.text), "Heading2")
    elif isinstance(block, Paragraph):
        yield word_xml.paragraph(block.line, "Normal")
    elif isinstance(block, Listing):
        extra = _lettered(document.part.numbering_part.element) if block.letters else ""
        for item in block.items:
            yield word_xml.paragraph(item, "ListBullet", extra=extra)
    elif isinstance(block, Chart):
        yield from _picture(block, document, width)
        yield word_xml.paragraph(plain(block.summary), "Normal")
        yield from _block(block.table, document, width)
    else:
        yield word_xml.paragraph(plain(block.caption), "Caption")
        yield word_xml.table(block, width)
        for note in block.notes:
            yield word_xml.paragraph(plain(note), "Note")
        yield '<w:p><w:pPr><w:spacing w:after="0"/></w:pPr></w:p>'  # two tables that touch are one table to Word


def _picture(chart: Chart, document: Any, width: int) -> Iterator[str]:
    """The chart with its summary as alternative text; without the extra `charts`, its table alone."""
    try:
        import vl_convert
    except ImportError:
        return
    png = vl_convert.svg_to_png(svg.draw(chart, "chart"), scale=2)
    name, image = document.part.get_or_add_image(io.BytesIO(png))
    across = width * 635
    yield word_xml.picture(name, chart.title, chart.summary, across, round(across * image.px_height / image.px_width))


def _lettered(numbering: Any) -> str:
    """A new list a), b), c) ...; its number for the properties of each item."""
    ids = [int(found.get(qn("w:abstractNumId"))) for found in numbering.findall(qn("w:abstractNum"))]
    nums = [int(found.get(qn("w:numId"))) for found in numbering.findall(qn("w:num"))]
    abstract, num = max(ids, default=0) + 1, max(nums, default=0) + 1
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/>'
        '<w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl>'
    )
    made = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract}">{level}</w:abstractNum>')
    first = numbering.find(qn("w:num"))
    first.addprevious(made) if first is not None else numbering.append(made)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{num}"><w:abstractNumId w:val="{abstract}"/></w:num>'))
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{num}"/></w:numPr>'


def _evidence(report: Report, words: Words) -> Iterator[str]:
    if not report.evidence:
        return
    yield word_xml.paragraph(plain(words("page.evidence")), "Heading1")
    for text in (words("page.evidence.lead"), words("page.evidence.more")):
        yield word_xml.paragraph(plain(text), "Normal")
    for item in report.evidence:
        yield _evidence_item(item, words)
        for quote in item.quotes:
            yield word_xml.paragraph(quote, "Quote")


def _evidence_item(item: Evidence, words: Words) -> str:
    told = [
        f"[{item.number}] {item.counts}",
        words("evidence.points", count=len(item.points), ids=", ".join(item.points)),
    ]
    if item.comments:
        shown = item.comments[:NAMED]
        listed = words("evidence.comments", count=item.n_comments, ids=", ".join(shown))
        left = item.n_comments - len(shown)
        told.append(f"{listed} {words('and_more', count=left)}" if left else listed)
    text = " ".join(part if part.endswith(".") else part + "." for part in told)
    name = f"evidence_{item.number}"
    marked = (
        f'<w:bookmarkStart w:id="{1000 + item.number}" w:name="{name}"/><w:bookmarkEnd w:id="{1000 + item.number}"/>'
    )
    return word_xml.paragraph(plain(text), "Note").replace("</w:pPr>", "</w:pPr>" + marked, 1)


def _text_width(document: Any) -> int:
    """Between the margins of the last section, in twentieths of a point."""
    section = document.sections[-1]
    return int((section.page_width - section.left_margin - section.right_margin) / 635)


def _properties(document: Any, report: Report) -> None:
    core = document.core_properties
    core.title, core.author, core.language = report.title, report.body, report.language
    core.last_modified_by, core.comments, core.keywords, core.revision = report.body, "", "", 1
    core.subject = " ".join(report.stamps)
