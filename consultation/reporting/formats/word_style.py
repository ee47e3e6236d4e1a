"""The built-in look of Word documents, as code: an A4 template with real styles and Jinja tags where texts go.

`built_in` is that template as a .docx; a council may save it as `templates/report.docx`, change its looks and words
in Word, and keep the tags. `complete` gives a council's own template whatever style of ours it lacks.
"""

from __future__ import annotations

import io
from functools import cache
from typing import Any, Final

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from consultation.reporting.formats.zipped import repacked

INK: Final = RGBColor(0x1D, 0x24, 0x28)
ACCENT: Final = RGBColor(0x12, 0x46, 0x6B)
FONT: Final = "Arial"
TABLE_STYLE: Final = "Consultation Table"
_SPACE: Final[dict[str, tuple[float, float, float]]] = {  # style: size, space before, space after (points)
    "Title": (24, 0, 6),
    "Subtitle": (13, 0, 12),
    "Heading 1": (18, 24, 8),
    "Heading 2": (14, 16, 6),
    "Heading 3": (12, 12, 4),
    "Caption": (12, 14, 5),
}


@cache
def built_in(language: str) -> bytes:
    """The default template."""
    document = Document()
    _without_thumbnail(document)
    _page(document)
    _text_styles(document, language)
    complete(document)
    _cover(document)
    _running(document)
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue(), "2026-01-01")


def complete(document: DocumentType) -> None:
    """Add each style of ours that the document lacks; those it has are left as they are."""
    styles = document.styles
    names = {style.name for style in styles}
    if "Table Text" not in names:
        _paragraph_style(document, "Table Text", "Normal", size=11, after=3)
    if "Table Head" not in names:
        _paragraph_style(document, "Table Head", "Table Text", size=10.5, bold=True)
    if "List Bullet" not in names:
        _paragraph_style(document, "List Bullet", "Normal")
    if "Table Bullet" not in names:
        bullet = _paragraph_style(document, "Table Bullet", "List Bullet", size=11, after=3)
        bullet.paragraph_format.left_indent = Cm(0.5)
        bullet.paragraph_format.first_line_indent = Cm(-0.5)
    for name in ("Caption", "Heading 1", "Heading 2", "Quote"):
        if name not in names:
            _paragraph_style(document, name, "Normal", bold=True)
    if "Note" not in names:
        _paragraph_style(document, "Note", "Normal", size=10.5, after=6).paragraph_format.space_before = Pt(4)
    if "Stamp" not in names:
        _stamp_style(document)
    for name in ("Trace", "Gone", "New"):
        if name not in names:
            _mark_style(document, name)
    if TABLE_STYLE not in names:
        styles.element.append(parse_xml(_table_style()))


def _without_thumbnail(document: DocumentType) -> None:
    """The picture of an empty page that the library's own template carries."""
    relations = document.part.package.rels
    for name in [name for name, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        relations.pop(name)


def _page(document: DocumentType) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)


def _text_styles(document: DocumentType, language: str) -> None:
    normal = document.styles["Normal"]
    _font(normal, size=12)
    normal.paragraph_format.space_after = Pt(8)
    normal.paragraph_format.line_spacing = 1.15
    for name, (size, before, after) in _SPACE.items():
        style = document.styles[name]
        _font(style, size=size, bold=name not in ("Subtitle",), colour=ACCENT)
        style.font.italic = False
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = True
        for border in style.element.findall(f".//{qn('w:pBdr')}"):
            border.getparent().remove(border)
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), language)
        lang.set(qn("w:eastAsia"), language)


def _font(style: Any, *, size: float | None = None, bold: bool | None = None, colour: RGBColor | None = None) -> None:
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    if size is not None:
        style.font.size = Pt(size)
    if bold is not None:
        style.font.bold = bold
    style.font.color.rgb = colour or INK


def _paragraph_style(
    document: DocumentType, name: str, base: str, *, size: float | None = None, after: float | None = None,
    bold: bool | None = None,
) -> Any:  # fmt: skip
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles[base]
    style.quick_style = True
    if size is not None:
        style.font.size = Pt(size)
    if bold is not None:
        style.font.bold = bold
    if after is not None:
        style.paragraph_format.space_after = Pt(after)
    return style


def _stamp_style(document: DocumentType) -> None:
    style = _paragraph_style(document, "Stamp", "Normal", bold=True)
    style.font.color.rgb = RGBColor(0x7A, 0x1F, 0x1F)
    style.paragraph_format.left_indent = style.paragraph_format.right_indent = Cm(0.25)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="12" w:space="6" w:color="7A1F1F"/>'
        for side in ("top", "left", "bottom", "right")
    )
    style.element.get_or_add_pPr().append(parse_xml(f"<w:pBdr {nsdecls('w')}>{edges}</w:pBdr>"))


def _mark_style(document: DocumentType, name: str) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
    if name == "Trace":
        style.font.size = Pt(8.5)
        style.font.color.rgb = RGBColor(0x0B, 0x4F, 0x87)
    elif name == "Gone":
        style.font.strike = True
    else:
        style.font.bold, style.font.underline = True, True


def _table_style() -> str:
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8A949B"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return f"""<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ConsultationTable">
      <w:name w:val="{TABLE_STYLE}"/><w:basedOn w:val="TableNormal"/><w:qFormat/>
      <w:tblPr><w:tblBorders>{edges}</w:tblBorders><w:tblCellMar>
        <w:top w:w="70" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>
        <w:bottom w:w="50" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar></w:tblPr>
      <w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="FFFFFF"/></w:rPr>
        <w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="12466B"/></w:tcPr></w:tblStylePr>
      <w:tblStylePr w:type="firstCol">
        <w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="EEF2F4"/></w:tcPr></w:tblStylePr>
    </w:style>"""


def _cover(document: DocumentType) -> None:
    document.add_paragraph("{{ body }}", style="Subtitle")
    document.add_paragraph("{{ title }}", style="Title")
    document.add_paragraph("{{ dated }}", style="Subtitle")
    document.add_paragraph("{%p for stamp in stamps %}")
    document.add_paragraph("{{ stamp }}", style="Stamp")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{{ report }}")
    document.add_paragraph("{%p for text in footer %}")
    document.add_paragraph("{{ text }}", style="Note")
    document.add_paragraph("{%p endfor %}")


def _running(document: DocumentType) -> None:
    """Title at the head of each page, page numbers at its foot."""
    section = document.sections[0]
    head = section.header.paragraphs[0]
    head.text = "{{ mark }}{{ title }}"
    foot = section.footer.paragraphs[0]
    foot.add_run("{{ page_words[0] }}")
    _field(foot, "PAGE")
    foot.add_run("{{ page_words[1] }}")
    _field(foot, "NUMPAGES")
    foot.add_run("{{ page_words[2] }}")
    for paragraph in (head, foot):
        for run in paragraph.runs:
            run.font.size = Pt(9.5)


def _field(paragraph: Any, code: str) -> None:
    """A field that Word fills in, such as the page's number; each part of it in a run of its own."""
    begin, separate, end = (
        f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end")
    )
    instruction = f'<w:instrText {nsdecls("w")} xml:space="preserve"> {code} </w:instrText>'
    shown = f"<w:t {nsdecls('w')}>1</w:t>"
    for part in (begin, instruction, separate, shown, end):
        paragraph.add_run()._r.append(parse_xml(part))
