"""Fill in a copy of a review workbook as an officer would, from what the sample's officers decided.

`tests/data/sample/review_*.yaml` holds what each decided about a comment. `fill` writes it into the workbook: it clears
what they reject, adds what they add in free cells, marks each row that they read, and leaves every other row as it is.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import yaml

from consultation import sheets
from consultation.model import FACETS
from consultation.tagging.review.names import Names

SAMPLE = Path(__file__).parent / "data" / "sample"


@dataclass(frozen=True, kw_only=True)
class View:
    """What an officer says of a comment: the codes that apply, by facet, and a note."""

    codes: frozenset[tuple[str, str]]
    note: str = ""


def reviews(officer: str) -> list[dict[str, Any]]:
    """The entries of one officer's file: amadi or fennimore."""
    entries: list[dict[str, Any]] = _loaded(officer)["comments"]
    return entries


def name_of(officer: str) -> str:
    return str(_loaded(officer)["officer"])


@cache
def _loaded(officer: str) -> dict[str, Any]:
    held: dict[str, Any] = yaml.safe_load((SAMPLE / f"review_{officer}.yaml").read_text(encoding="utf-8"))
    return held


def views(entries: Sequence[Mapping[str, Any]], ids: Sequence[str]) -> dict[str, View]:
    """Each entry's view under its comment's id. Confirmed and added together are what the officer says."""
    told: dict[str, View] = {}
    for entry, comment in zip(entries, ids, strict=True):
        tags = (tag.partition(":") for tag in (*entry["confirmed"], *entry.get("added", ())))
        codes = frozenset((facet, code) for facet, _, code in tags)
        told[comment] = View(codes=codes, note=entry.get("note", ""))
    return told


def ids_of(entries: Sequence[Mapping[str, Any]], tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """The comment of each entry: by file and words, then by response and by question or heading where need be."""
    comments = tables["comments"].merge(tables["sources"][["source_id", "file"]], on="source_id", how="left")
    supplied = dict(zip(tables["responses"]["response_id"], tables["responses"]["supplied_id"], strict=True))
    asked = dict(zip(tables["questions"]["question_id"], tables["questions"]["text"], strict=True))
    by_words: dict[tuple[str, str], list[Any]] = {}
    for row in comments.itertuples(index=False):
        by_words.setdefault((Path(row.file).name, row.text), []).append(row)
    found = []
    for entry in entries:
        rows = by_words.get((entry["source"], entry["text"]), [])
        if not rows:  # a reader takes the speaker off a line of notes
            rows = by_words.get((entry["source"], entry["text"].partition(": ")[2]), [])
        if len(rows) > 1 and entry["response_id"]:
            rows = [row for row in rows if supplied.get(row.response_id) == entry["response_id"]]
        if len(rows) > 1:
            rows = [row for row in rows if entry["question"] in (asked.get(row.question_id), row.heading)]
        if len(rows) != 1:
            raise LookupError(f"{len(rows)} comments for {entry['source']} {entry['response_id']} {entry['question']}")
        found.append(rows[0].comment_id)
    return found


def fill(data: bytes, told: Mapping[str, View], called: Mapping[str, Names]) -> bytes:
    """The workbook with the rows of these comments filled in and marked."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Comments"]
    column = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        view = told.get(str(sheet.cell(row=row, column=column["Comment id"]).value))
        if view is None:
            continue
        changed = False
        for facet in FACETS:
            cells = [
                sheet.cell(row=row, column=place)
                for heading, place in column.items()
                if str(heading).split(" ")[0] == facet.capitalize()
            ]
            codes = [code for of, code in sorted(view.codes) if of == facet]
            wanted = [called[facet].shown.get(code, code.replace("_", " ")) for code in codes]
            changed |= _settle(cells, wanted)
        sheet.cell(row=row, column=column["Read"]).value = "changed" if changed else "agreed"
        if view.note:
            sheet.cell(row=row, column=column["Your notes"]).value = view.note
    return sheets.to_bytes(book)


def _settle(cells: Sequence[Any], wanted: Sequence[str]) -> bool:
    """Clear what is not wanted, then use the free cells; whether that changed anything."""
    before = [cell.value for cell in cells]
    for cell in cells:
        if cell.value not in wanted:
            cell.value = None
    missing = [name for name in wanted if name not in [cell.value for cell in cells]]
    for cell, name in zip([cell for cell in cells if cell.value is None], missing, strict=False):
        cell.value = name
    return [cell.value for cell in cells] != before
