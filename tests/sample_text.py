"""Read the sample's plain text: responses with their facts and answers, lines of documents, officers' labels.

The layout is explained at the head of each file in tests/data/sample/.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

AGREEMENT = {
    "SA": "Strongly agree",
    "A": "Agree",
    "N": "Neither agree nor disagree",
    "D": "Disagree",
    "SD": "Strongly disagree",
    "": "",
}
LABEL_COLUMNS = ["source", "response_id", "question", "text"]
LABEL_COLUMNS += ["elements", "themes", "stance", "audience", "phrases"]


@dataclass(frozen=True, kw_only=True)
class Response:
    """One submission: when it came, the facts beside it, what was written under each question's short name."""

    number: str
    started: datetime
    minutes: int
    facts: dict[str, str]
    answers: dict[str, str]
    labels: dict[str, str]

    @property
    def agreement(self) -> list[str]:
        given = self.facts.get("agree", ",,").split(",")
        return [AGREEMENT[letter.strip()] for letter in given]

    @property
    def name_and_mail(self) -> tuple[str, str, str]:
        """First name, last name and address; empty where the respondent gave none."""
        match = re.fullmatch(r"(.*?)\s+(\S+)(?:\s+<(.+)>)?", self.facts.get("name", ""))
        return (match[1], match[2], match[3] or "") if match else ("", "", "")


@dataclass(kw_only=True)
class Line:
    """One paragraph of a document: its style, its words, the headings above it and the officer's label."""

    kind: str
    words: str
    headings: tuple[str, ...]
    label: str = ""
    cells: tuple[str, ...] = ()


def read_responses(text: str) -> list[Response]:
    """Split a questionnaire's text into responses; the layout is explained at the head of each text file."""
    blocks = re.split(r"^(?=\[)", text, flags=re.M)[1:]
    return [_response(block) for block in blocks]


def _response(block: str) -> Response:
    head, _, body = block.partition("\n")
    stamp, *facts = head.split(" | ")
    found = re.fullmatch(r"\[(\S+)\] (\S+ \S+) (\d+)", stamp)
    if not found:
        raise ValueError(f"not the head of a response: {head!r}")
    answers: dict[str, list[str]] = {}
    labels: dict[str, str] = {}
    key = ""
    for line in body.rstrip().split("\n"):
        if line.startswith("^"):
            labels[key] = line[1:].strip()
        elif key and (line.startswith("    ") or not line):
            answers[key].append(line.strip())
        elif line:
            key, _, words = line.partition(":")
            answers[key] = [words.removeprefix(" ")]
    return Response(
        number=found[1],
        started=datetime.fromisoformat(found[2]),
        minutes=int(found[3]),
        facts={name: value.strip() for name, _, value in (fact.partition(":") for fact in facts)},
        answers={name: "\n".join(lines).rstrip("\n") for name, lines in answers.items()},
        labels=labels,
    )


def read_lines(text: str) -> list[Line]:
    """Split a document's text into its paragraphs; what stands above the line ``---`` is no part of it."""
    body = text.partition("\n---\n")[2]
    headings: list[str] = []
    lines: list[Line] = []
    for row in filter(None, body.split("\n")):
        if row.startswith("^"):
            lines[-1].label = row[1:].strip()
            continue
        mark = re.match(r"(#{1,3}) |( *)- |(\|)", row)
        words = row[mark.end() :] if mark else row
        kind = "paragraph"
        cells: tuple[str, ...] = ()
        if mark and mark[1]:
            kind = f"heading {len(mark[1])}"
            headings[len(mark[1]) - 1 :] = [words]
        elif mark and mark[3]:
            kind = "cell"
            left, _, words = (part.strip() for part in words.rstrip(" |").partition("|"))
            cells = (left, words)
        elif mark:
            kind = f"bullet {len(mark[2]) // 2 + 1}"
        lines.append(Line(kind=kind, words=words, headings=tuple(headings), cells=cells))
    return lines


def label_row(source: str, response_id: str, question: str, text: str, label: str) -> dict[str, str]:
    """One row of sample_labels.csv; codes within a cell are parted by a space, phrases by `` ; ``."""
    given = [part.strip() for part in label.split(" | ")]
    given += [""] * (5 - len(given))
    codes = ["" if part == "-" else part for part in given]
    return dict(zip(LABEL_COLUMNS, [source, response_id, question, text, *codes], strict=True))


def labels_of(
    source: str, responses: Iterable[Response], ids: Callable[[Response], str], questions: dict[str, str]
) -> list[dict[str, str]]:
    return [
        label_row(source, ids(response), questions[key], response.answers[key], label)
        for response in responses
        for key, label in response.labels.items()
    ]


def counts_of(responses: list[Response], questions: Iterable[str]) -> dict[str, int]:
    asked = list(questions)
    cells = [response.answers.get(key, "") for response in responses for key in asked]
    return {"responses": len(responses), "comments": sum(map(bool, cells)), "blank": cells.count("")}


def line_labels(source: str, lines: list[Line]) -> list[dict[str, str]]:
    heading = ""
    rows = []
    for line in lines:
        heading = " > ".join(line.headings)
        if line.kind == "cell" and line.cells[0]:
            left = line.cells[0]
        if line.label:
            question = f"{heading} > {left}" if line.kind == "cell" else heading
            rows.append(label_row(source, "", question, line.words.replace("**", ""), line.label))
    return rows


def line_counts(lines: list[Line]) -> dict[str, int]:
    facilitator = [line for line in lines if line.words.startswith("**Facilitator:**")]
    comments = [line for line in lines if line.label and line not in facilitator]
    headings = [line for line in lines if line.kind.startswith("heading")]
    other = len(lines) - len(facilitator) - len(comments) - len(headings)
    return {
        "comments": len(comments),
        "facilitator": len(facilitator),
        "headings": len(headings),
        "other lines": other,
    }
