"""A report of 2,000 rows in each format, and of a million comments: CPU seconds, as ratios to plain work beside it.

    python benchmarks/reporting.py [rows] [comments]

Invented data (tests/invented.py). The floor for documents is writing the same words with openpyxl alone, cell by
cell, with no style; for a million comments it is reading one column of each table and counting its values. The second
part keeps 500 points, each resting on 40 comments, and grows the comments: the time should follow points.
"""

from __future__ import annotations

import datetime
import io
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from openpyxl import Workbook

sys.path.insert(0, str(Path(__file__).parents[1]))
from consultation import model, reporting, tables
from consultation.words import english
from tests import invented

NOW = datetime.date(2026, 3, 2)
BIG = ["response_profile", "headlines", "you_said_we_did", "we_did_not", "rationale", "key_issues", "charts", "method"]


def main(rows: int, comments: int) -> None:
    english()
    documents(rows)
    for count in (comments // 10, comments):
        million(count)


def documents(rows: int) -> None:
    """A key issues log of `rows` points, each with its evidence, in every format."""
    held = invented.consultation(1, points=rows, responses=2_000)
    report = reporting.summarise(held, invented.SETTINGS, english(), now=NOW, forms=["key_issues"])
    floor, _ = cpu(lambda: plain(report))
    print(f"a log of {rows:,} rows; the same words with openpyxl alone take {floor:.1f} s")
    for format in ("docx", "xlsx", "html", "md"):
        seconds, data = cpu(lambda format=format: reporting.render(report, format))  # type: ignore[misc]
        print(f"  {format:5} {seconds:6.1f} s = {seconds / floor:5.1f} x floor, {len(data) / 1e6:.1f} MB")


def plain(report: reporting.Report) -> bytes:
    book = Workbook()
    for section in report.sections:
        for row in section.sheet.rows if section.sheet else ():
            book.active.append([None if cell.number is not None else "'" + cell.text for cell in row])
    for item in report.evidence:
        book.active.append([item.counts, ", ".join(item.points), ", ".join(item.comments)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def million(count: int) -> None:
    """Summarise a consultation of `count` comments with three tags each and 500 points."""
    held = grown(count)
    columns = [
        held[name][column] for name, column in (("comments", "status"), ("responses", "status"), ("tags", "code"))
    ]
    floor, _ = cpu(lambda: [column.value_counts() for column in columns])
    seconds, report = cpu(
        lambda: reporting.summarise(held, invented.SETTINGS, english(), now=NOW, forms=BIG, themes=invented.THEMES)
    )
    written, _ = cpu(lambda: reporting.render(report, "html"))
    print(f"{count:,} comments, 500 points: summarise {seconds:.1f} s = {seconds / floor:.1f} x counting three columns")
    print(f"  ({floor:.2f} s); the page of it {written:.1f} s")


def grown(count: int) -> dict[str, pd.DataFrame]:
    """The tables of a small consultation with the bulk ones blown up, column by column."""
    rng = np.random.default_rng(1)
    held = invented.consultation(1, points=500, responses=2_000)
    ids = np.char.add("c-", np.arange(count).astype("U9"))
    people = np.char.add("r-", np.arange(count).astype("U9"))
    held["responses"] = tables.conform(
        "responses",
        pd.DataFrame(
            {
                "response_id": people, "source_id": "s-1", "respondent_id": people, "channel": "questionnaire",
                "respondent_type": rng.choice(["resident", "business", "staff"], count),
            }
        ),
    )  # fmt: skip
    held["comments"] = tables.conform(
        "comments",
        pd.DataFrame(
            {
                "comment_id": ids, "response_id": people, "event_id": None, "source_id": "s-1", "locator": "1",
                "question_id": None, "heading": None, "voice": "person", "text": "Invented words of about this length",
            }
        ),
    )  # fmt: skip
    codes = {
        "element": ["1.1", "1.2", "1.3"],
        "stance": ["object", "support"],
        "theme": [t.code for t in invented.THEMES],
    }
    held["tags"] = tables.conform(
        "tags",
        pd.concat(
            pd.DataFrame(
                {"comment_id": ids, "facet": facet, "code": rng.choice(told, count), "score": 0.9, "origin": "rule",
                 "status": "confirmed", "why": "a cue"}
            )
            for facet, told in codes.items()
        ),
    )  # fmt: skip
    held["point_evidence"] = tables.frame(
        "point_evidence",
        [
            model.PointEvidence(point_id=point, comment_id=str(comment))
            for point in held["points"]["point_id"]
            for comment in rng.choice(ids, 40, replace=False)
        ],
    )
    return held


def cpu(work: Callable[[], object]) -> tuple[float, object]:
    begun = time.process_time()
    result = work()
    return time.process_time() - begun, result


if __name__ == "__main__":
    given = [int(value) for value in sys.argv[1:]]
    main(*(given + [2_000, 1_000_000][len(given) :]))
