"""Ids stay the same when a survey is exported again: rows inserted, deleted and reordered, columns shuffled."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultation import reading, tables
from consultation.reading.grids.grid import rebuild
from consultation.settings import Settings

QUICK = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
HEADS = ["Response ID", "Date submitted", "Do you agree?", "Please give your reasons", "Any other comments?"]
ANSWERS = st.sampled_from(["Agree", "Disagree", "", "Neither"])
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40) | st.sampled_from(
    ["None", "N/A", "=1+1", 'a "quoted" word', "two\nparagraphs", "lone\rreturn", "Don’t", "7", "\x00"]
)
ROWS = st.lists(st.tuples(ANSWERS, WORDS, WORDS), min_size=1, max_size=12)


def write(folder: Path, heads: list[str], rows: list[list[str]]) -> Path:
    path = folder / "survey.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([heads, *rows])
    return path


def read(heads: list[str], rows: list[list[str]], before: reading.Reading | None = None) -> reading.Reading:
    """Read rows; with the mapping of an earlier reading, as a workspace saves it."""
    told = Settings(sources={"survey": before.mapping}) if before else Settings()
    with tempfile.TemporaryDirectory() as folder:
        return reading.read(write(Path(folder), heads, rows), told)


def with_ids(rows: list[tuple[str, str, str]]) -> list[list[str]]:
    return [[f"R{i}", "2025-09-01 10:00:00", *row] for i, row in enumerate(rows)]


def said(made: reading.Reading) -> dict[str, str]:
    """Comment id to its words."""
    return dict(zip(made.tables["comments"]["comment_id"], made.tables["comments"]["text"], strict=True))


@QUICK
@given(rows=ROWS, data=st.data())
def test_ids_survive_rows_inserted_deleted_and_reordered_and_columns_shuffled(
    rows: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    whole = with_ids([*rows, ("Agree", "A first reason that stays", "And a last word")])
    before = read(HEADS, whole)
    kept = [row for row in whole[:-1] if data.draw(st.booleans())] + whole[-1:]
    added = [[f"NEW{i}", "2025-09-02 10:00:00", *row] for i, row in enumerate(data.draw(ROWS))]
    order = data.draw(st.permutations(range(len(HEADS))))
    again = data.draw(st.permutations(kept + added))
    after = read([HEADS[j] for j in order], [[row[j] for j in order] for row in again], before)
    old, new = said(before), said(after)
    ids_kept = {row[0] for row in kept}
    answered = before.tables["responses"].set_index("response_id")["supplied_id"]
    of = before.tables["comments"].set_index("comment_id")["response_id"]
    wanted = {told: old[told] for told in old if answered[of[told]] in ids_kept}
    assert {told: new[told] for told in wanted} == wanted


@QUICK
@given(rows=ROWS, data=st.data())
def test_without_supplied_ids_a_row_is_known_by_what_it_says(
    rows: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    heads = HEADS[2:]
    lines = [["Agree", "A first reason that stays", "And a last word"], *(list(row) for row in rows)]
    before = read(heads, lines)
    after = read(heads, data.draw(st.permutations(lines)), before)
    assert sorted(before.tables["responses"]["response_id"]) == sorted(after.tables["responses"]["response_id"])
    assert said(before) == said(after)


@QUICK
@given(rows=ROWS)
def test_accounts_balance_and_every_filled_cell_is_in_the_raw_layer(rows: list[tuple[str, str, str]]) -> None:
    lines = with_ids([("Agree", "A first reason that stays", "And a last word"), *rows])
    made = read(HEADS, lines)
    reading.accounts(made.tables)
    told = rebuild(made.tables["cells"])
    assert told == [HEADS, *lines]
    comments = made.tables["comments"]["text"].tolist()
    assert len(comments) == sum(bool(cell.strip()) for row in lines for cell in row[3:])
    assert not tables.check({name: table for name, table in made.tables.items() if name != "cells"})


@QUICK
@given(rows=ROWS)
def test_reading_twice_adds_nothing(rows: list[tuple[str, str, str]]) -> None:
    made = read(HEADS, with_ids([("Agree", "A first reason that stays", ""), *rows]))
    held, first = reading.merge({}, made)
    again, second = reading.merge(held, made)
    assert first.new == len(rows) + 1
    assert second.already == "survey"
    assert all(again[name] is held[name] for name in held)


def test_two_people_who_said_the_same_stay_two() -> None:
    made = read(HEADS[2:], [["Agree", "Because it is right", ""], ["Agree", "Because it is right", ""]])
    assert len(set(made.tables["responses"]["response_id"])) == 2


@pytest.mark.parametrize(
    "text", ["None", "N/A", "NA", "null", "-", "nan", "TRUE", "1E5", "00123", "=cmd|' /C calc'!A0"]
)
def test_an_answer_that_looks_like_nothing_or_a_number_stays_as_typed(text: str) -> None:
    made = read(HEADS, with_ids([("Agree", "A first reason that stays", text)]))
    assert text in made.tables["comments"]["text"].tolist()
