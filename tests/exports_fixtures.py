# ruff: noqa: E501 - the XML of a package, each part in one piece
"""Small invented sheets for the tests of reading: delimited text and workbooks, written as the programs write them."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from consultation import reading
from consultation.settings import Settings, SourceSettings

HEADS = ["Response ID", "Date submitted", "Do you agree?", "Please give your reasons"]
REASONS = [
    "The road is not safe for anyone on foot",
    "Buses stopped years ago and nobody told us",
    "I like it as it stands",
    "Too many words, say what you will do",
    "Who will pay for all of this in the end",
    "Good for the young, bad for the old",
]
ROWS = [
    [f"R{i}", f"{13 + i}/09/2025 10:00", "Agree" if i % 2 else "Disagree", reason] for i, reason in enumerate(REASONS)
]


def text(rows: Sequence[Sequence[str]], separator: str = ",", end: str = "\r\n") -> str:
    """Rows as delimited text, quoted where a cell needs it."""

    def cell(value: str) -> str:
        return '"' + value.replace('"', '""') + '"' if any(s in value for s in (separator, '"', "\n", "\r")) else value

    return "".join(separator.join(map(cell, row)) + end for row in rows)


def write(folder: Path, content: str | bytes, name: str = "survey.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(path: Path, mapping: SourceSettings | None = None, **told: object) -> reading.Reading:
    settings = Settings(sources={path.stem: mapping} if mapping else {}, **told)  # type: ignore[arg-type]
    made = reading.read(path, settings)
    reading.accounts(made.tables)
    return made


def sav(path: Path, rows: int = 4) -> Path:
    import pandas as pd
    import pyreadstat

    frame = pd.DataFrame(
        {
            "URN": [f"u{i}" for i in range(rows)],
            "Q1": [1.0, 2.0, 98.0, None] * (rows // 4),
            "Q2": ["Too many houses here", "", "I do not mind", "Buses first"] * (rows // 4),
        }
    )
    pyreadstat.write_sav(
        frame,
        str(path),
        column_labels={"Q1": "Do you agree?", "Q2": "Why?"},
        variable_value_labels={"Q1": {1.0: "Agree", 2.0: "Disagree", 98.0: "Don't know"}},
        missing_ranges={"Q1": [98.0]},
    )
    return path


def counts(made: reading.Reading) -> tuple[int, int, int, int, int]:
    """Rows in the file, headings, imported, empty, quarantined."""
    source = made.tables["sources"].iloc[0]
    names = ("rows_total", "header_rows", "rows_imported", "rows_empty", "rows_quarantined")
    total, header, imported, empty, quarantined = (int(source[name]) for name in names)
    return total, header, imported, empty, quarantined


def told(made: reading.Reading) -> str:
    """All that an officer is told: notes, questions, problems."""
    problems = made.tables["problems"]
    lines = [f"{row.locator}: {row.what} {row.hint} [{row.action}]" for row in problems.itertuples()]
    return "\n".join([*made.notes, *made.ambiguous, *lines])


def comments(made: reading.Reading) -> list[str]:
    return made.tables["comments"]["text"].tolist()


_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def workbook(
    folder: Path,
    sheets: dict[str, str],
    name: str = "survey.xlsx",
    *,
    styles: str = "",
    hidden: Sequence[str] = (),
    extra: dict[str, bytes] | None = None,
) -> Path:
    """A workbook from the inner XML of each sheet (`<sheetData>` and what stands beside it)."""
    names = list(sheets)
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        kinds = "".join(
            f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'spreadsheetml.worksheet+xml"/>'
            for i, _ in enumerate(names, 1)
        )
        kinds += (
            '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.'
            'styles+xml"/>'
            if styles
            else ""
        )
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
            'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName='
            '"/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
            f"{kinds}</Types>",
        )
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_REL}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        listed = "".join(
            f'<sheet name="{escape(sheet)}" sheetId="{i}" r:id="rId{i}"{" state=" + chr(34) + "hidden" + chr(34) if sheet in hidden else ""}/>'
            for i, sheet in enumerate(names, 1)
        )
        package.writestr("xl/workbook.xml", f'<workbook {_NS} xmlns:r="{_REL}"><sheets>{listed}</sheets></workbook>')
        links = "".join(
            f'<Relationship Id="rId{i}" Type="{_REL}/worksheet" Target="worksheets/sheet{i}.xml"/>'
            for i, _ in enumerate(names, 1)
        )
        if styles:
            links += f'<Relationship Id="rIdS" Type="{_REL}/styles" Target="styles.xml"/>'
            package.writestr("xl/styles.xml", f"<styleSheet {_NS}>{styles}</styleSheet>")
        package.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'
        )
        for i, inner in enumerate(sheets.values(), 1):
            package.writestr(f"xl/worksheets/sheet{i}.xml", f"<worksheet {_NS}>{inner}</worksheet>")
        for part, content in (extra or {}).items():
            package.writestr(part, content)
    return path


def data(rows: Sequence[Sequence[str]], first: int = 1, replace: dict[str, str] | None = None) -> str:
    """`<sheetData>` of text cells from row `first` on; `replace` gives the whole XML of single cells by address."""
    replace = replace or {}
    out = []
    for i, row in enumerate(rows, first):
        cells = []
        for j, value in enumerate(row):
            address = f"{chr(65 + j)}{i}"
            plain = f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
            cells.append(replace.get(address, plain if value else ""))
        out.append(f'<row r="{i}">{"".join(cells)}</row>')
    return f"<sheetData>{''.join(out)}</sheetData>"
