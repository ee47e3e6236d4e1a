"""Documents made in memory for the tests of the readers: nothing here is read from a file or copied from anyone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from consultation.reading.documents import read
from consultation.reading.result import Context, Reading
from consultation.settings import Settings, SourceSettings

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
REL = "http://schemas.openxmlformats.org/package/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
)
STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:type="paragraph" w:styleId="Ueberschrift1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="OwnHeading"><w:name w:val="Council heading"/><w:basedOn w:val="H2"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
</w:styles>"""
NUMBERING = f"""<w:numbering xmlns:w="{W}">
<w:abstractNum w:abstractNumId="0">{"".join(f'<w:lvl w:ilvl="{n}"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>' for n in range(3))}</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="2"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
</w:numbering>"""


def run(text: str, properties: str = "") -> str:
    kept = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{kept}</w:t></w:r>'


def p(*inner: str, style: str = "", level: int | None = None, numbered: bool = False, more: str = "") -> str:
    """A paragraph; plain text is wrapped in a run."""
    told = "".join(piece if piece.startswith("<") else run(piece) for piece in inner)
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = (
        ""
        if level is None
        else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{2 if numbered else 1}"/></w:numPr>'
    )
    return f"<w:p><w:pPr>{style}{listed}{more}</w:pPr>{told}</w:p>"


def cell(*inner: str, properties: str = "") -> str:
    told = "".join(piece if piece.startswith("<") else p(piece) for piece in inner)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{told}</w:tc>"


def table(*rows: list[str]) -> str:
    return (
        "<w:tbl>"
        + "".join(
            "<w:tr>" + "".join(c if c.startswith("<w:tc>") else cell(c) for c in row) + "</w:tr>" for row in rows
        )
        + "</w:tbl>"
    )


def bold(text: str) -> str:
    return run(text, "<w:b/>")


def word(
    *body: str, parts: Mapping[str, str | bytes] | None = None, relations: str = "", document: str | None = None
) -> bytes:
    """A Word package with this body; `parts` are written as they are, `relations` are those of the document."""
    xml = document or f"<w:document {SPACES}><w:body>{''.join(body)}</w:body></w:document>"
    base = f"{R}/"
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{REL}"><Relationship Id="rId1" Type="{base}officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": xml,
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{REL}"><Relationship Id="s1" Type="{base}styles" Target="styles.xml"/>'
        f'<Relationship Id="s2" Type="{base}numbering" Target="numbering.xml"/>{relations}</Relationships>',
        **(parts or {}),
    }
    return packed(files)


def packed(files: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def reading(folder: Path, name: str, content: str | bytes, **settings: object) -> Reading:
    """Write the file and read it; `settings` are those of the source."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    told = SourceSettings(**settings) if settings else None  # type: ignore[arg-type]
    return read(path, Context(name=path.stem, settings=Settings(), source_settings=told))


def texts(reading: Reading, **where: object) -> list[str]:
    """The comments' texts in the order of the file; `where` narrows by column."""
    return [str(text) for text in rows(reading, **where)["text"]]


def rows(reading: Reading, **where: object) -> pd.DataFrame:
    """The comments in the order of the file."""
    found = reading.tables["comments"]
    for column, value in where.items():
        found = found[found[column] == value]
    raw = "\n".join(reading.tables["cells"]["value"])
    return found.assign(_at=[raw.find(text) for text in found["text"]]).sort_values("_at", kind="stable")


def balanced(reading: Reading) -> bool:
    """The accounts of every source: what is in the file is what landed."""
    return all(
        row.rows_total
        == row.header_rows + row.rows_imported + row.rows_excluded + row.rows_empty + row.rows_quarantined
        for row in reading.tables["sources"].itertuples()
    ) and sum(reading.tables["sources"]["rows_total"]) == len(reading.tables["cells"])
