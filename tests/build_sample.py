"""Write the sample consultation's raw files from the plain text in tests/data/sample/.

Run ``python -m tests.build_sample`` after editing the text: it rewrites data/raw/ and
tests/data/sample_labels.csv, the same bytes each time, and prints the counts that data/README.md states.
``--check`` writes nothing and fails when a committed file differs from its text. To add a file: write its text,
add one line to FILES.

A line of text that starts with ^ is the officer's label of the comment above it. It never reaches the raw file.
"""

from __future__ import annotations

import csv
import io
import re
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import docx
import openpyxl
from docx.document import Document
from openpyxl.worksheet.table import Table, TableStyleInfo

from tests.sample_text import (
    LABEL_COLUMNS,
    Line,
    Response,
    counts_of,
    labels_of,
    line_counts,
    line_labels,
    read_lines,
    read_responses,
)

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "tests" / "data" / "sample"
RAW = ROOT / "data" / "raw"
LABELS = ROOT / "tests" / "data" / "sample_labels.csv"

NBSP = "\u00a0"


@dataclass(kw_only=True)
class Built:
    """A raw file and what is to be known about it."""

    content: bytes
    labels: list[dict[str, str]]
    counts: dict[str, int] = field(default_factory=dict)


# --- the three platforms --------------------------------------------------------------------------

OUTCOMES = {"so1": "Starting out", "so2": "Making a living", "so3": "Living well"}
HEARD = {
    "newsletter": "Council newsletter",
    "social": "Social media",
    "library": "Library or council office",
    "parish": "Parish council",
    "word": "Word of mouth",
}


def survey_monkey(source: str, text: str) -> Built:
    """Two header rows, one column per option of a tick-all question, US dates."""
    responses = read_responses(text)
    questions = {"title": 'What do you think of the title, the name "compact" and the vision?'}
    for number, (key, name) in enumerate(OUTCOMES.items(), start=1):
        questions[key] = (
            f"Is there anything in outcome {number} ({name}), or in the supporting outcomes under it, "
            "that you would change? Tell us which words and why."
        )
    questions["else"] = "Is there anything else you would like to tell us?"
    head = [
        *((name, "") for name in ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address"]),
        *((name, "") for name in ["Email Address", "First Name", "Last Name", "Custom Data 1"]),
        ("Are you answering as ...?", "Response"),
        ("", "Other (please specify)"),
        ("Which part of Hollinshire do you live in?", "Response"),
        ("How did you hear about the draft? Please tick all that apply.", HEARD["newsletter"]),
        *(("", option) for option in list(HEARD.values())[1:]),
        ("", "Other (please specify)"),
        (questions["title"], "Open-Ended Response"),
    ]
    for number, (key, name) in enumerate(OUTCOMES.items(), start=1):
        head += [(f"How far do you agree with outcome {number} ({name})?", "Response")]
        head += [(questions[key], "Open-Ended Response")]
    head += [
        (questions["else"], "Open-Ended Response"),
        ("What is your age group?", "Response"),
        ("May we quote your words in our report, without your name?", "Response"),
    ]
    rows = [[top for top, _ in head], [below for _, below in head]]
    rows += [_survey_monkey_row(response) for response in responses]
    return Built(
        content=_csv_bytes(rows, "utf-8"),
        labels=labels_of(source, responses, _survey_monkey_id, questions),
        counts=counts_of(responses, questions),
    )


def _survey_monkey_id(response: Response) -> str:
    return f"118440120{response.number}"


def _survey_monkey_row(response: Response) -> list[str]:
    first, last, mail = response.name_and_mail
    role, _, other_role = response.facts["type"].partition("=")
    heard = [item.strip() for item in response.facts["heard"].split(",")]
    other = next((item.partition("=")[2] for item in heard if item.startswith("Other=")), "")
    stamps = [response.started, response.started + timedelta(minutes=response.minutes)]
    opinions = [
        cell
        for key, agreement in zip(OUTCOMES, response.agreement, strict=True)
        for cell in (agreement, response.answers.get(key, ""))
    ]
    return [
        _survey_monkey_id(response),
        "451208833",
        *(stamp.strftime("%m/%d/%Y %I:%M:%S %p") for stamp in stamps),
        f"192.0.2.{response.number}",
        mail,
        first,
        last,
        "",
        "" if other_role else role,
        other_role,
        response.facts["area"],
        *(label if key in heard else "" for key, label in HEARD.items()),
        other,
        response.answers.get("title", ""),
        *opinions,
        response.answers.get("else", ""),
        response.facts["age"],
        response.facts["quote"],
    ]


def microsoft_forms(source: str, text: str) -> Built:
    """An Excel table, real dates, headings that end in a no-break space, ticked options joined with ``;``."""
    responses = read_responses(text)
    questions = {"title": "Do the title, the name and the vision make sense to you? What would you change?"}
    for number in (1, 2, 3):
        ask = "and its supporting outcomes: which words would you change, and why?"
        questions[f"so{number}"] = f"Outcome {number} {ask}"
    questions["else"] = "Anything else?"
    head = ["ID", "Start time", "Completion time", "Email", "Name"]
    head += [f"Which service do you work in?{NBSP}"]
    head += [f"Which outcomes does your work support? (Tick all that apply){NBSP}", questions["title"] + NBSP]
    for number, name in enumerate(OUTCOMES.values(), start=1):
        head += [f"How far do you agree with outcome {number}{NBSP}({name})?"]
        head += [questions[f"so{number}"] + NBSP]
    head += [questions["else"] + NBSP, f"May we quote you without your name?{NBSP}"]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    for row in (head, *(_microsoft_forms_row(response) for response in responses)):
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    for dates in sheet.iter_cols(min_col=2, max_col=3, min_row=2):
        for cell in dates:
            cell.number_format = "m/d/yy h:mm:ss"
    area = f"A1:{sheet.cell(1, len(head)).column_letter}{sheet.max_row}"
    table = Table(displayName="OfficeForms.Table", name="OfficeForms.Table", ref=area)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleMedium2", showRowStripes=True)
    sheet.add_table(table)
    return Built(
        content=_package_bytes(book),
        labels=labels_of(source, responses, lambda response: response.number, questions),
        counts=counts_of(responses, questions),
    )


def _microsoft_forms_row(response: Response) -> list[object]:
    first, last, mail = response.name_and_mail
    names = {str(n): f"Outcome {n}: {name}" for n, name in enumerate(OUTCOMES.values(), start=1)}
    ticked = [names.get(code, code) for code in response.facts["outcomes"].rstrip().split(";") if code]
    row: list[object] = [
        int(response.number),
        response.started,
        response.started + timedelta(minutes=response.minutes),
        mail or "anonymous",
        f"{first} {last}".strip() or None,
        response.facts["service"],
        "".join(f"{option};" for option in ticked) or None,
        response.answers.get("title") or None,
    ]
    for key, agreement in zip(OUTCOMES, response.agreement, strict=True):
        row += [agreement or None, response.answers.get(key) or None]
    return [*row, response.answers.get("else") or None, response.facts["quote"]]


def citizen_space(source: str, text: str) -> Built:
    """Heads of the form ``question - component``, ANON- ids, and the code page that Excel saves in."""
    responses = read_responses(text)
    questions = {"title": "Title, name and vision - Your comments"}
    for number, (key, name) in enumerate(OUTCOMES.items(), start=1):
        questions[key] = f"Outcome {number}: {name} - Your reasons"
    questions["words"] = "Supporting outcomes - What should it say instead?"
    questions["else"] = "Anything else - Your comments"
    head = ["Response ID", "Date Submitted", "About you - Name", "About you - Email", "About you - Capacity"]
    head += ["About you - Organisation", "About you - District", questions["title"]]
    for number, (key, name) in enumerate(OUTCOMES.items(), start=1):
        head += [f"Outcome {number}: {name} - Level of agreement", questions[key]]
    head += ["Supporting outcomes - Which one would you change most?", questions["words"], questions["else"]]
    head += ["Age - Age group", "Quoting you - May we quote you without your name?"]
    rows = [head, *(_citizen_space_row(response) for response in responses)]
    return Built(
        content=_csv_bytes(rows, "cp1252"),
        labels=labels_of(source, responses, lambda response: response.number, questions),
        counts=counts_of(responses, questions),
    )


def _citizen_space_row(response: Response) -> list[str]:
    first, last, mail = response.name_and_mail
    facts, said = response.facts, response.answers
    row = [response.number, response.started.strftime("%d/%m/%Y %H:%M"), f"{first} {last}".strip(), mail]
    row += [facts["type"], facts.get("body", ""), facts.get("area", ""), said.get("title", "")]
    for key, agreement in zip(OUTCOMES, response.agreement, strict=True):
        row += [agreement, said.get(key, "")]
    row += [facts.get("which", ""), said.get("words", ""), said.get("else", "")]
    return [*row, facts.get("age", ""), facts["quote"]]


# --- the documents --------------------------------------------------------------------------------


def word(source: str, text: str) -> Built:
    """Headings, nested bullets, bold speakers and tables with Word's own styles."""
    lines = read_lines(text)
    document = docx.Document()
    document.core_properties.author, document.core_properties.comments = "", ""
    rows = None
    for line in lines:
        if line.kind != "cell":
            rows = None
            _add_paragraph(document, line)
            continue
        left, right = line.cells
        if rows is None:
            rows = document.add_table(rows=0, cols=2, style="Table Grid")
        if left:
            row = rows.add_row()
            row.cells[0].text, row.cells[1].text = left, right
        else:
            rows.rows[-1].cells[1].add_paragraph(right)
    labels, counts = line_labels(source, lines), line_counts(lines)
    return Built(content=_package_bytes(document), labels=labels, counts=counts)


def _add_paragraph(document: Document, line: Line) -> None:
    level = line.kind[-1]
    styles = {"heading": f"Heading {level}", "bullet": f"List Bullet {level}".removesuffix(" 1")}
    paragraph = document.add_paragraph(style=styles.get(line.kind.split()[0]))
    for number, run in enumerate(line.words.split("**")):
        paragraph.add_run(run).bold = True if number % 2 else None


def plain(source: str, text: str) -> Built:
    """The text itself, less the labels and what is said above the line ``---``."""
    body = re.sub(r"^\^.*\n", "", text.partition("\n---\n")[2], flags=re.M)
    lines = read_lines(text)
    return Built(content=body.encode(), labels=line_labels(source, lines), counts=line_counts(lines))


# --- the same bytes each time ---------------------------------------------------------------------


def _csv_bytes(rows: list[list[str]], encoding: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(encoding)


def _package_bytes(document: Document | openpyxl.Workbook) -> bytes:
    """Save a Word or Excel package with its dates fixed: they are stamped with the clock otherwise."""
    saved = io.BytesIO()
    document.save(saved)
    out = io.BytesIO()
    with zipfile.ZipFile(saved) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in sorted(given.namelist()):
            content = given.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z?(?=</dcterms)", b"2026-06-22T09:00:00Z", content)
            fixed.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


FILES: list[tuple[str, str, Callable[[str, str], Built]]] = [
    ("residents_survey.txt", "residents_survey.csv", survey_monkey),
    ("staff_form.txt", "staff_questionnaire.xlsx", microsoft_forms),
    ("open_consultation.txt", "open_consultation.csv", citizen_space),
    ("workshop_tollerbridge.txt", "workshop_tollerbridge.docx", word),
    ("workshop_young_people.txt", "workshop_young_people.docx", word),
    ("workshop_partners.txt", "workshop_partners.docx", word),
    ("letter_parish_council.txt", "letter_pilsdyke_parish_council.docx", word),
    ("email_resident.txt", "email_resident.txt", plain),
]


def build_all() -> tuple[dict[Path, bytes], dict[str, dict[str, int]]]:
    """Every file's content by its path, and every file's counts by its name."""
    rows: list[list[str]] = [LABEL_COLUMNS]
    files: dict[Path, bytes] = {}
    counts: dict[str, dict[str, int]] = {}
    for text, raw, build in FILES:
        built = build(raw, (TEXTS / text).read_text(encoding="utf-8"))
        files[RAW / raw], counts[raw] = built.content, built.counts
        rows += [list(row.values()) for row in built.labels]
    files[LABELS] = _csv_bytes(rows, "utf-8")
    counts[LABELS.name] = {"labelled": len(rows) - 1}
    return files, counts


def stale_among(files: dict[Path, bytes]) -> list[str]:
    """Names of the files on disk that say something else than the text they are written from."""
    return [
        path.name
        for path, content in files.items()
        if not path.exists() or _parts(path.read_bytes()) != _parts(content)
    ]


def _parts(content: bytes) -> dict[str, bytes]:
    """The members of a package, which compress to other bytes on other machines; any other file whole."""
    if not content.startswith(b"PK"):
        return {"": content}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist() if name != "docProps/app.xml"}


def main(arguments: list[str]) -> int:
    """Build every file, write or compare it, print the counts; 1 when ``--check`` finds a difference."""
    files, counts = build_all()
    for name, counted in counts.items():
        print(f"{name:36}", "  ".join(f"{what} {count}" for what, count in counted.items()))  # noqa: T201
    if "--check" in arguments:
        stale = stale_among(files)
        print("differs from its text: " + ", ".join(stale) if stale else "every file is as its text says")  # noqa: T201
        return 1 if stale else 0
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
