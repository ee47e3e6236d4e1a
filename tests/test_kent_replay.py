"""A published consultation, replayed: what its officers decided, typed into workbooks, gives what they published."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from consultation import tables as named
from consultation.model import BlockRow
from consultation.wording import workbook
from tests import kent
from tests.desk import Desk


@pytest.fixture(scope="module")
def told(shared: Path) -> dict[str, Any]:
    return kent.facts(shared)


@pytest.fixture(scope="module")
def replayed(shared: Path) -> tuple[Desk, list[workbook.Taken]]:
    return kent.replayed(shared)


@pytest.fixture(scope="module")
def tables(replayed: tuple[Desk, list[workbook.Taken]]) -> Mapping[str, pd.DataFrame]:
    return replayed[0].tables()


def test_every_cell_of_the_workbooks_is_taken(replayed: tuple[Desk, list[workbook.Taken]]) -> None:
    assert [taken.refused for taken in replayed[1]] == [(), ()]


def test_the_eight_tables_hold_27_and_18_entries_word_for_word_and_in_order(
    told: dict[str, Any], tables: Mapping[str, pd.DataFrame]
) -> None:
    blocks = tables["blocks"].sort_values("order")
    rows: list[BlockRow] = named.rows("block_rows", tables["block_rows"])
    printed = [
        (
            block.topic,
            [row.statement for row in _side(rows, block.block_id, "said")],
            [row.statement for row in _side(rows, block.block_id, "did")],
        )
        for block in blocks.itertuples()
    ]
    assert printed == [
        (table["topic"], [row["text"] for row in table["you_said"]], [row["text"] for row in table["we_did"]])
        for table in told["you_said_we_did"]
    ]
    assert (sum(row.side == "said" for row in rows), sum(row.side == "did" for row in rows)) == (27, 18)


def _side(rows: list[BlockRow], block_id: str, side: str) -> list[BlockRow]:
    return sorted((row for row in rows if (row.block_id, row.side) == (block_id, side)), key=lambda row: row.order)


def test_the_20_rationale_rows_are_word_for_word_and_in_order(
    told: dict[str, Any], tables: Mapping[str, pd.DataFrame]
) -> None:
    elements = tables["elements"]
    revised = elements[(elements["version"] == "revised") & (elements["kind"] == "supporting_outcome")]
    reasons = tables["proposals"].merge(tables["decisions"], on="proposal_id").set_index("element")["reason"]
    printed = [(row.code, row.wording, reasons[row.code]) for row in revised.itertuples()]
    assert printed == [
        (element["id"], element["revised"]["text"], element["rationale"])
        for element in told["elements"]
        if "rationale" in element
    ]
    assert len(printed) == 20


def test_a_draft_wording_that_is_not_held_stays_missing_and_its_phrases_are_given(
    tables: Mapping[str, pd.DataFrame],
) -> None:
    elements = tables["elements"]
    draft = elements[(elements["version"] == "draft") & (elements["code"] == "1.1")].iloc[0]
    assert pd.isna(draft["wording"])
    assert draft["known_phrases"] == ("resilient",)


def test_several_kinds_of_change_and_a_many_to_many_lineage_are_kept(tables: Mapping[str, pd.DataFrame]) -> None:
    growth = tables["proposals"].set_index("element").loc["2.2"]
    assert growth["change_kinds"] == ("merged", "reordered", "reworded", "emphasis_changed", "phrase_removed")
    lineage = {tuple(row) for row in tables["lineage"].itertuples(index=False)}
    assert lineage == {
        ("DROP-SKILLS", "2.2", "merged"),
        ("DROP-INFRA", "2.2", "merged"),
        ("2.2", "2.3", "split"),
        ("2.4", "2.6", "split"),
    }


def test_who_decided_is_kept_with_the_change(tables: Mapping[str, pd.DataFrame]) -> None:
    title = tables["proposals"].merge(tables["decisions"], on="proposal_id").set_index("element").loc["TITLE"]
    assert title["decided_by"] == "the Leader"


def test_taking_a_fresh_workbook_in_unchanged_records_nothing(replayed: tuple[Desk, list[workbook.Taken]]) -> None:
    desk = replayed[0]
    taken = workbook.read(desk.out(), desk.tables(), desk.settings, desk.themes)
    assert (taken.events, taken.refused) == ((), ())


def test_taking_the_first_workbook_in_again_records_nothing(told: dict[str, Any]) -> None:
    desk = Desk(kent.entries(told), kent.themes(told))
    data = kent.filled(desk, told)
    desk.take(data)
    assert workbook.read(data, desk.tables(), desk.settings, desk.themes) == workbook.Taken(events=(), refused=())


def test_points_127_decided_117_and_commitments_11(tables: Mapping[str, pd.DataFrame]) -> None:
    assert len(tables["points"]) == 127
    assert tables["decisions"]["point_id"].notna().sum() == 117
    assert len(tables["commitments"]) == 11


def test_nothing_in_a_printed_table_is_missing(tables: Mapping[str, pd.DataFrame]) -> None:
    assert named.check(tables) == []
    for name in ("blocks", "block_rows"):
        assert not tables[name].drop(columns=["point_ids", "elements"], errors="ignore").isna().to_numpy().any()
