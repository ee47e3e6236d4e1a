"""Write the two officers' filled-in review workbooks of the sample into data/raw/officers/.

Run ``python -m tests.build_reviews`` after the sample's text, its officers' decisions, the readers or the tagger have
changed: it reads and tags the sample in a folder of its own, writes each officer's workbook as `review out` does, the
forty comments that both read without suggestions, and fills it in from tests/data/sample/review_*.yaml. The same input
gives the same bytes.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from consultation.project import Project
from consultation.tagging import review
from consultation.tagging.review.names import names
from tests.fill_review import fill, ids_of, name_of, reviews, views

ROOT = Path(__file__).parents[1]
OFFICERS = ("amadi", "fennimore")
TARGET = ROOT / "data" / "raw" / "officers"


def build(workspace: Path) -> dict[str, bytes]:
    """The filled-in workbook of each officer, by file name, from a consultation read and tagged in this folder."""
    _lay_out(workspace)
    project = Project(workspace)
    project.read([workspace / "data" / "raw"])
    project.tag()
    return filled_in(project)


def filled_in(project: Project) -> dict[str, bytes]:
    """The filled-in workbooks of a project that holds the sample and its tags."""
    held = project.tables()
    ids = {officer: _in_reading_order(held, ids_of(reviews(officer), held)) for officer in OFFICERS}
    both = set.intersection(*map(set, ids.values()))
    called = names(held["elements"], project.themes(), held["tags"], project.audiences())
    books = {}
    for officer in OFFICERS:
        data = review.write(
            held["comments"], held["questions"], held["responses"], held["elements"], project.themes(), held["tags"],
            settings=project.settings, officer=name_of(officer), ids=ids[officer], blind=both,
            audiences=project.audiences(),
        )  # fmt: skip
        told = views(reviews(officer), ids_of(reviews(officer), held))
        books[f"review_{officer}.xlsx"] = fill(data, told, called)
    return books


def _lay_out(workspace: Path) -> None:
    """A workspace with the sample's files and nothing that was made from them."""
    for name in ("consultation.yaml", "framework.yaml", "codebook.yaml"):
        shutil.copyfile(ROOT / name, workspace / name)
    raw = workspace / "data" / "raw"
    raw.mkdir(parents=True)
    for path in sorted((ROOT / "data" / "raw").iterdir()):
        if path.is_file():
            shutil.copyfile(path, raw / path.name)


def _in_reading_order(held: Mapping[str, pd.DataFrame], ids: list[str]) -> list[str]:
    """As `review out` orders them; the one line of a facilitator that an officer read comes last."""
    order = review.to_read(held["comments"], held["questions"], held["elements"])
    return [*(one for one in order if one in ids), *(one for one in ids if one not in order)]


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        books = build(Path(folder))
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, data in books.items():
        (TARGET / name).write_bytes(data)
        print(f"{name}: {len(data):,} bytes")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
