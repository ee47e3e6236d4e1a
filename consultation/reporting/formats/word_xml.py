"""Paragraphs and tables of Word as XML text: thousands of rows in a second, where building cell by cell takes many.

Every text is escaped here. Tables have a repeated header row, fixed widths on grid and cells (LibreOffice obeys only
both), a caption for screen readers, and no merged cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from docx.oxml.ns import nsdecls

from consultation.reporting.rows import Cell, Line, Run, Table

KEEP_WHOLE: Final = 900  # characters; a row that is longer may run over a page's end
_LOOKS: Final = {
    "gone": '<w:rPr><w:rStyle w:val="Gone"/></w:rPr>',
    "new": '<w:rPr><w:rStyle w:val="New"/></w:rPr>',
    "strong": "<w:rPr><w:b/></w:rPr>",
    "quote": "<w:rPr><w:i/></w:rPr>",
}


def paragraph(lines: Line, style: str, *, extra: str = "") -> str:
    """A paragraph of one line in a style (by style id); `extra` goes into its properties."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{"".join(map(run, lines.runs))}{trace(lines)}</w:p>'


def run(told: Run) -> str:
    """A run, its line ends as Word's; `gone` and `new` have character styles of their own."""
    look = _LOOKS.get(told.mark, "")
    parts = "<w:br/>".join(text(part) for part in told.text.split("\n"))
    return f"<w:r>{look}{parts}</w:r>"


def text(told: str) -> str:
    """A text element; white space is kept."""
    return f'<w:t xml:space="preserve">{escape(told)}</w:t>' if told else ""


def trace(line: Line) -> str:
    """The number of the evidence, a link to where it is listed."""
    if line.evidence is None:
        return ""
    return (
        f'<w:hyperlink w:anchor="evidence_{line.evidence}" w:history="1"><w:r><w:rPr><w:rStyle w:val="Trace"/></w:rPr>'
        f'<w:t xml:space="preserve"> [{line.evidence}]</w:t></w:r></w:hyperlink>'
    )


def picture(name: str, title: str, description: str, width: int, height: int) -> str:
    """A paragraph with a picture (by relationship name) of a size in EMU, with its text for those who do not see it."""
    number = int("".join(filter(str.isdigit, name)) or 1)
    known = f'id="{number}" name={quoteattr(title)} descr={quoteattr(description)}'
    size = f'cx="{width}" cy="{height}"'
    return (
        '<w:p><w:pPr><w:pStyle w:val="Normal"/><w:keepNext/></w:pPr><w:r><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr {known}/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr {known}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{name}"/><a:stretch>'
        f'<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r></w:p>"
    )


def table(told: Table, width: int) -> str:
    """A whole table, `width` twentieths of a point wide."""
    shares: Sequence[int] = told.widths or (1,) * len(told.header)
    columns = [round(width * share / sum(shares)) for share in shares]
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
    look = 0x0620 | 0x0080 * told.row_heads  # first row, no bands; first column where it names the rows
    head = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{column}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="TableHead"/>{_right(told, place)}</w:pPr>'
        f'<w:r><w:rPr><w:b/><w:color w:val="FFFFFF"/></w:rPr>{text(name)}</w:r></w:p></w:tc>'
        for place, (name, column) in enumerate(zip(told.header, columns, strict=True))
    )
    body = "".join(_row(told, row, columns) for row in told.rows)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="ConsultationTable"/>'
        f'<w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="{look:04X}"/>'
        f"<w:tblCaption w:val={quoteattr(told.caption)}/><w:tblDescription w:val={quoteattr(told.caption)}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{body}</w:tbl>"
    )


def _row(told: Table, row: Sequence[Cell], columns: Sequence[int]) -> str:
    whole = "<w:trPr><w:cantSplit/></w:trPr>" if max(len(part.text) for part in row) < KEEP_WHOLE else ""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{column}" w:type="dxa"/></w:tcPr>{_cell(part, _right(told, place))}</w:tc>'
        for place, (part, column) in enumerate(zip(row, columns, strict=True))
    )
    return f"<w:tr>{whole}{cells}</w:tr>"


def _cell(part: Cell, extra: str) -> str:
    style = "TableBullet" if part.bulleted else "TableText"
    return "".join(paragraph(line, style, extra=extra) for line in part.lines) or (
        '<w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr></w:p>'
    )


def _right(told: Table, place: int) -> str:
    return '<w:jc w:val="right"/>' if place in told.numbers else ""
