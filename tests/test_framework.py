"""The draft, its versions and what came of what; themes as data; settings with line numbers."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation import changes, codebook, config, framework, tables
from consultation.errors import ConsultationError
from consultation.model import LedgerEvent
from consultation.records import Record
from consultation.settings import Column, Settings, SourceSettings

ROWS = [
    {"code": "V", "kind": "vision", "wording": "We thrive"},
    {"code": "1", "kind": "outcome", "parent": "V", "name": "Streets", "wording": "Streets are safe"},
    {"code": "1.10", "kind": "outcome", "parent": "1", "wording": "Trees are planted"},
]


def records(*rows: dict[str, Any]) -> list[Record]:
    return [Record(values=row) for row in rows]


def event(seq: int, what: str, **payload: Any) -> LedgerEvent:
    return LedgerEvent(
        seq=seq, event_id=f"v-{seq}", at="2026-03-01T09:00:00Z", who="R. Shah", what=what, payload=payload
    )


def test_a_framework_says_the_same_in_yaml_excel_and_csv(tmp_path: Path) -> None:
    heads = ["code", "kind", "parent", "name", "wording"]
    for kind in ("yaml", "xlsx", "csv"):
        (tmp_path / kind).mkdir()
    lines = ["elements:"] + ["  - {" + ", ".join(f'{k}: "{v}"' for k, v in row.items()) + "}" for row in ROWS]
    (tmp_path / "yaml" / "framework.yaml").write_text("\n".join(lines), encoding="utf-8")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([head.title() for head in heads])
    for row in ROWS:
        sheet.append([row.get(head) for head in heads])
    book.save(tmp_path / "xlsx" / "framework.xlsx")
    with (tmp_path / "csv" / "framework.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, heads, delimiter=";")
        writer.writeheader()
        writer.writerows(ROWS)
    made = [framework.elements(config.records(tmp_path / kind, "framework")) for kind in ("yaml", "xlsx", "csv")]
    assert made[0].equals(made[1])
    assert made[0].equals(made[2])
    assert list(made[0]["code"]) == ["V", "1", "1.10"], "in the file's order; 1.10 is not 1.1"


def test_a_wording_that_is_not_held_stays_missing() -> None:
    made = framework.elements(
        records({"code": "1", "phrases": ["hard working families"]}, {"code": "2", "draft": "unknown"})
    )
    assert made["wording"].isna().all()
    assert list(made["draft"]) == ["phrases", "unknown"]
    assert made["known_phrases"].iloc[0] == ("hard working families",)


def test_a_new_element_has_no_row_in_the_draft() -> None:
    made = framework.elements(records({"code": "9", "draft": "not_in_draft", "wordings": {"revised": "New words"}}))
    assert list(made["version"]) == ["revised"]


def test_a_ring_of_parents_is_refused() -> None:
    with pytest.raises(ConsultationError, match="its own ancestor"):
        framework.elements(
            records({"code": "1", "parent": "2", "draft": "unknown"}, {"code": "2", "parent": "1", "draft": "unknown"})
        )


def test_the_last_wording_recorded_wins_and_none_takes_it_out() -> None:
    held = framework.elements(records(*ROWS))
    events = [event(1, "wording", element="1", version="revised", wording="Streets are calm")]
    assert "Streets are calm" in set(framework.revise(held, events)["wording"])
    events.append(event(2, "wording", element="1", version="revised", wording=None))
    assert framework.revise(held, events).equals(held)


def test_a_new_element_stands_where_it_was_put() -> None:
    held = framework.elements(records(*ROWS))
    events = [
        event(n, "wording", element=code, version="revised", wording=f"new {code}", after=after)
        for n, (code, after) in enumerate([("V", None), ("1", None), ("1.10", None), ("1.0", "1")])
    ]
    revised = framework.in_version(framework.revise(held, events), "revised")
    assert list(revised["code"]) == ["V", "1", "1.0", "1.10"]


def test_lineage_is_many_to_many_and_told_once() -> None:
    told = records(
        {"code": "1", "merged_from": "2; 3", "draft": "unknown"}, {"code": "4", "split_from": ["1"], "draft": "unknown"}
    )
    made = framework.lineage(told, [event(1, "lineage", from_code="2", to_code="1", change_kind="merged")])
    assert {tuple(row) for row in made.itertuples(index=False)} == {
        ("2", "1", "merged"),
        ("3", "1", "merged"),
        ("1", "4", "split"),
    }


def test_the_subtree_of_an_element_holds_all_below_it() -> None:
    assert framework.subtree(framework.elements(records(*ROWS)), "1") == {"1", "1.10"}


def test_a_theme_renamed_merged_or_added_changes_the_version_of_the_codebook() -> None:
    book = codebook.themes(records({"code": "vague", "definition": "Says little"}, {"code": "woolly"}))
    renamed = codebook.revise(book, [event(1, "theme", action="rename", code="vague", name="Too vague")])
    merged = codebook.revise(book, [event(1, "theme", action="merge", code="woolly", into="vague")])
    assert next(theme for theme in renamed if theme.code == "vague").name == "Too vague"
    assert "woolly" not in {theme.code for theme in merged}
    assert len({codebook.version(book), codebook.version(renamed), codebook.version(merged)}) == 3


def test_nothing_uncoded_is_lost_for_want_of_a_theme() -> None:
    codes = {theme.code for theme in codebook.themes(records({"code": "vague"}))}
    assert {"none_of_these", "off_topic", "unclear"} <= codes


def test_a_drafted_mapping_keeps_what_the_officer_wrote(tmp_path: Path) -> None:
    path = tmp_path / "consultation.yaml"
    path.write_text("# ours\ntitle: Our plan  # the short one\ncloses: 2026-03-01\n", encoding="utf-8")
    mapping = SourceSettings(
        files=("a.csv",), columns=(Column(column="A", heading="Why?", role="comment", elements=("1.1",)),)
    )
    path.write_text(config.with_mappings(path, {"online": mapping}), encoding="utf-8")
    text = path.read_text(encoding="utf-8")
    assert "# ours" in text
    assert "# the short one" in text
    assert config.settings(path).sources == {"online": mapping}
    assert config.settings(path).closes == "2026-03-01"


def test_no_settings_file_means_the_defaults(tmp_path: Path) -> None:
    assert config.settings(tmp_path / "consultation.yaml") == Settings()


@given(st.text(alphabet="ab \n", max_size=30), st.text(alphabet="ab \n", max_size=30))
def test_same_and_gone_spell_the_old_wording_same_and_new_the_new(old: str, new: str) -> None:
    made = changes.compare(old, new)
    assert "".join(c.text for c in made if c.operation != "new") == old
    assert "".join(c.text for c in made if c.operation != "gone") == new


def test_a_table_that_repeats_a_key_or_leads_nowhere_is_told() -> None:
    link = {"point_id": "t-9", "element": "1"}
    wrong = tables.check(
        {"points": tables.frame("points"), "point_elements": tables.frame("point_elements", [link, link])}
    )
    assert wrong == [
        "point_elements: 1 rows repeat the key point_id, element.",
        "point_elements.point_id: 2 lead to no row of points, first “t-9”.",
    ]
