# ruff: noqa: E501 - the XML of a package, each part in one piece
"""How long reading takes, as ratios to bare readers in the same run: `python benchmarks/reading.py [ROWS_XLSX ROWS_CSV]`.

A workbook of 100,000 rows and 30 columns against bare python-calamine; a CSV of 1,000,000 comments against the bare
strict `csv` reader. Each measure runs in a process of its own, so that peak memory is its own.
"""

from __future__ import annotations

import csv
import multiprocessing
import random
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

SAID = (
    "the road near our school is not safe and nobody listens to people who walk there every day while buses are late "
    "I think that the plan should say clearly what will change for older residents who can’t drive or use a phone"
)
WORDS = SAID.split()
CHOICES = ("Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree", "")


def sentence(rng: random.Random, least: int = 8, most: int = 60) -> str:
    return " ".join(rng.choices(WORDS, k=rng.randint(least, most))).capitalize() + "."


def row(rng: random.Random, number: int) -> list[str]:
    closed = [rng.choice(CHOICES) for _ in range(22)]
    texts = [sentence(rng) if rng.random() < 0.6 else "" for _ in range(5)]
    return [
        str(100_000_000 + number),
        "2025-09-01 09:16:01",
        rng.choice(("Marden", "Ashby", "Thorne")),
        *closed,
        *texts,
    ]


def write_workbook(path: Path, rows: int) -> None:
    rng = random.Random(1)
    heads = [
        "Response ID",
        "Date submitted",
        "Ward",
        *(f"Q{i}. Do you agree with proposal {i}?" for i in range(1, 23)),
        *(f"Q{i}. Please give your reasons" for i in range(23, 28)),
    ]
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
        'Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.'
        'openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Responses" sheetId="1" r:id="rId1"/></sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
    }
    letters = [chr(65 + i) if i < 26 else "A" + chr(39 + i) for i in range(30)]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, text in parts.items():
            package.writestr(name, text)
        with package.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')
            for i in range(rows + 1):
                cells = heads if i == 0 else row(rng, i)
                told = "".join(
                    f'<c r="{letters[j]}{i + 1}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
                    for j, cell in enumerate(cells)
                    if cell
                )
                sheet.write(f'<row r="{i + 1}">{told}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")


def write_csv(path: Path, rows: int) -> None:
    rng = random.Random(2)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["Response ID", "Please tell us what you think"])
        out.writerows([str(100_000_000 + i), sentence(rng)] for i in range(rows))


def bare_workbook(path: Path) -> None:
    import python_calamine

    with python_calamine.CalamineWorkbook.from_path(str(path)) as book:
        for _ in book.get_sheet_by_index(0).to_python(skip_empty_area=False):
            pass


def bare_csv(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        for _ in csv.reader(file, strict=True):
            pass


def ours(path: Path) -> None:
    from consultation import reading
    from consultation.settings import Settings

    reading.read(path, Settings())


def _measure(work: Callable[[Path], None], path: Path, answer: multiprocessing.Queue[tuple[float, float]]) -> None:
    import pandas  # noqa: F401  # loading it is not part of reading

    import consultation.reading.tabular  # noqa: F401

    before = time.process_time()
    work(path)
    spent = time.process_time() - before
    answer.put((spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def measure(work: Callable[[Path], None], path: Path) -> tuple[float, float]:
    """CPU seconds and peak megabytes of one run in a fresh process."""
    context = multiprocessing.get_context("spawn")
    answer: multiprocessing.Queue[tuple[float, float]] = context.Queue()
    process = context.Process(target=_measure, args=(work, path, answer))
    process.start()
    told = answer.get()
    process.join()
    return told


def report(name: str, bare: Callable[[Path], None], path: Path, most: float) -> None:
    floors = [measure(bare, path) for _ in range(2)]
    told = [measure(ours, path) for _ in range(2)]
    floor, spent = min(f[0] for f in floors), min(t[0] for t in told)
    print(
        f"{name}: bare {floor:.2f} s, {floors[0][1]:,.0f} MB; ours {spent:.2f} s, {told[0][1]:,.0f} MB; "
        f"ratio {spent / floor:.1f} (bound {most:g})"
    )


def main(arguments: list[str]) -> None:
    workbook_rows, csv_rows = (int(told.replace(",", "")) for told in (arguments or ["100000", "1000000"]))
    with tempfile.TemporaryDirectory() as folder:
        workbook, text = Path(folder) / "responses.xlsx", Path(folder) / "responses.csv"
        write_workbook(workbook, workbook_rows)
        report(f"{workbook_rows:,} rows x 30 columns .xlsx", bare_workbook, workbook, 5)
        write_csv(text, csv_rows)
        report(f"{csv_rows:,} comments .csv", bare_csv, text, 12)


if __name__ == "__main__":
    main(sys.argv[1:])
