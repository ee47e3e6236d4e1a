"""Documents made in memory for the tests of the readers: nothing here is read from a file or copied from anyone."""

from __future__ import annotations

import io
import re
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
<w:style w:type="paragraph" w:styleId="Ueberschrift1"><w:name w:val="heading 1"/>
<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="OwnHeading"><w:name w:val="Council heading"/><w:basedOn w:val="H2"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
</w:styles>"""
_BULLETS = "".join(
    f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>' for level in range(3)
)
NUMBERING = f"""<w:numbering xmlns:w="{W}">
<w:abstractNum w:abstractNumId="0">{_BULLETS}</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="2"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
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
        + "".join("<w:tr>" + "".join(c if c.startswith("<w:tc>") else cell(c) for c in row) + "</w:tr>" for row in rows)
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
        "[Content_Types].xml": _types(parts or {}),
        "_rels/.rels": f'<Relationships xmlns="{REL}"><Relationship Id="rId1" Type="{base}officeDocument" '
        f'Target="word/document.xml"/></Relationships>',
        "word/document.xml": xml,
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{REL}"><Relationship Id="s1" Type="{base}styles" '
        f'Target="styles.xml"/>'
        f'<Relationship Id="s2" Type="{base}numbering" Target="numbering.xml"/>{relations}</Relationships>',
        **(parts or {}),
    }
    return packed(files)


def _types(parts: Mapping[str, str | bytes]) -> str:
    """What Word wants to know of each part before it opens a package."""
    kinds = {"word/document.xml": "document.main", "word/styles.xml": "styles", "word/numbering.xml": "numbering"}
    for name in parts:
        if found := re.fullmatch(r"word/(header|footer|footnotes|endnotes|comments)\d*\.xml", name):
            kinds[name] = found[1]
    base = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    told = "".join(f'<Override PartName="/{name}" ContentType="{base}.{kind}+xml"/>' for name, kind in kinds.items())
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{told}</Types>'
    )


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


# ------------------------------------------------------------------------------------------------ other formats

ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def odt(body: str, styles: str = "", *, manifest: str = "<manifest/>", master: str = "") -> bytes:
    """An OpenDocument text with this body and these automatic styles; `master` is the content of the page style."""
    spaces = (
        f'xmlns:office="{ODF}office:1.0" xmlns:text="{ODF}text:1.0" xmlns:table="{ODF}table:1.0" '
        f'xmlns:draw="{ODF}drawing:1.0" '
        f'xmlns:style="{ODF}style:1.0" xmlns:fo="{ODF}xsl-fo-compatible:1.0" xmlns:svg="{ODF}svg-compatible:1.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    return packed({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": manifest,
        "content.xml": f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {spaces}><office:master-styles><style:master-page>"
            f"{master}</style:master-page>"
        "</office:master-styles></office:document-styles>",
    })  # fmt: skip


def pdf(
    *pages: list[tuple[float, float, float, str]] | bytes,
    objects: str = "",
    catalog: str = "",
    notes: str = "",
    trailer: str = "",
) -> bytes:
    """A PDF whose pages are lines (left, bottom, size, text), or a content stream as it is; text is Latin-1."""
    font, held = 3, ["<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    kids = []
    for page in pages:
        if isinstance(page, bytes):
            stream = page
        else:
            drawn = (
                f"BT /F1 {size} Tf {left} {bottom} Td ({_escaped(text)}) Tj ET" for left, bottom, size, text in page
            )
            stream = "\n".join(drawn).encode("cp1252")
        held.append(f"<< /Length {len(stream)} >>\nstream\n{stream.decode('latin-1')}\nendstream")
        number = font + len(held)
        kids.append(number)
        held.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number - 1} 0 R {notes} "
            f"/Resources << /Font << /F1 {font} 0 R >> >> >>"
        )
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    every = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>",
        *held,
    ]
    out = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(every, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    for piece in objects.split("\n\n") if objects else ():
        places.append(len(out))
        out += f"{len(places)} 0 obj\n{piece}\nendobj\n".encode("latin-1")
    start = len(out)
    table_ = "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table_}".encode()
    return out + f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode(
        "latin-1"
    )


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE compound file (as .msg is one) with these streams by path; every stream is padded to whole sectors."""
    import struct

    names: dict[tuple[str, ...], list[tuple[str, ...]]] = {(): []}
    data: dict[tuple[str, ...], bytes] = {}
    for path, content in streams.items():
        parts = tuple(path.split("/"))
        for depth in range(1, len(parts) + 1):
            if parts[:depth] not in names[parts[: depth - 1]]:
                names[parts[: depth - 1]].append(parts[:depth])
            names.setdefault(parts[:depth], [])
        data[parts] = content
    order: list[tuple[str, ...]] = [()]
    for path in order:
        order += names[path]
    small = b""
    starts: dict[tuple[str, ...], int] = {}
    for path, content in data.items():
        if len(content) < 4096:
            starts[path] = len(small) // 64
            small += content + b"\0" * (-len(content) % 64)
    chains = {path: (len(content) + 511) // 512 for path, content in data.items() if len(content) >= 4096}
    directory = (len(order) + 3) // 4
    mini, minifat = (len(small) + 511) // 512, max(1, (len(small) // 64 + 127) // 128)
    fat: list[int] = [0xFFFFFFFD] * 8  # sectors 0 to 7 hold the table itself: enough for 1,024 sectors
    sectors = b""

    def chain(count: int) -> int:
        first = len(fat)
        fat.extend([*range(first + 1, first + count), 0xFFFFFFFE] if count else [])
        return first if count else 0xFFFFFFFE

    at_directory, at_mini, at_minifat = chain(directory), chain(mini), chain(minifat)
    for path, count in chains.items():
        starts[path] = chain(count)
    entries = b""
    place = {path: number for number, path in enumerate(order)}
    for path in order:
        above = names[path[:-1]] if path else []
        following = above[above.index(path) + 1 :] if path else []
        name = (path[-1] if path else "Root Entry").encode("utf-16-le") + b"\0\0"
        kind = 5 if not path else 2 if path in data else 1
        start, size = (at_mini, len(small)) if not path else (starts[path], len(data[path])) if path in data else (0, 0)
        entries += name.ljust(64, b"\0") + struct.pack(
            "<HBBIII16sIQQIQ", len(name), kind, 1, 0xFFFFFFFF, place[following[0]] if following else 0xFFFFFFFF,
            place[names[path][0]] if names[path] else 0xFFFFFFFF, b"", 0, 0, 0, start, size,
        )  # fmt: skip
    sectors += entries.ljust(directory * 512, b"\0") + small.ljust(mini * 512, b"\0")
    table_: list[int] = []
    for path, content in data.items():
        if len(content) < 4096 and content:
            blocks = (len(content) + 63) // 64
            first = starts[path]
            table_ += [*range(first + 1, first + blocks), 0xFFFFFFFE]
    sectors += struct.pack(f"<{len(table_)}I", *table_).ljust(minifat * 512, b"\xff")
    for path in chains:
        sectors += data[path].ljust(chains[path] * 512, b"\0")
    head = struct.pack(
        "<8s16sHHHHH6xIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, 0, 8,
        at_directory, 0, 4096,
        at_minifat, minifat, 0xFFFFFFFE, 0, 0,
    )  # fmt: skip
    head = head[:76] + struct.pack("<8I", *range(8)) + b"\xff" * (512 - 76 - 32)
    return head + struct.pack(f"<{len(fat)}I", *fat).ljust(8 * 512, b"\xff") + sectors


def outlook(
    body: str = "",
    *,
    sent: int = 133_915_110_000_000_000,
    prefix: str = "",
    more: Mapping[str, bytes] | None = None,
    **texts_: str,
) -> dict[str, bytes]:
    """The streams of an Outlook message; give them to `compound`. `texts_` are properties by number, such as t0037."""
    import struct

    told = {
        "1000": body,
        "0037": "Draft plan",
        "0C1A": "Ada Poole",
        "5D01": "ada@example.org",
        **{key[1:]: value for key, value in texts_.items()},
    }
    out = {f"{prefix}__substg1.0_{number}001F": value.encode("utf-16-le") for number, value in told.items() if value}
    head = b"\0" * (24 if prefix else 32)
    out[f"{prefix}__properties_version1.0"] = head + struct.pack("<IIQ", 0x00390040, 6, sent)
    return {**out, **{f"{prefix}{name}": content for name, content in (more or {}).items()}}
