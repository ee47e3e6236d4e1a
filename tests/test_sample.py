"""The sample consultation: its raw files, labels, reviews and decisions agree with one another."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.build_sample import LABELS, ROOT, TEXTS, build_all, stale_among


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def labels() -> list[dict[str, str]]:
    with LABELS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def draft() -> dict[str, str]:
    return {element["code"]: element["wording"] for element in load(ROOT / "framework.yaml")["elements"]}


@pytest.fixture(scope="module")
def themes() -> dict[str, dict[str, Any]]:
    return {theme["code"]: theme for theme in load(ROOT / "codebook.yaml")["themes"]}


@pytest.fixture(scope="module")
def decided() -> dict[str, Any]:
    held: dict[str, Any] = load(TEXTS / "decisions.yaml")
    return held


def test_raw_files_say_what_their_text_says() -> None:
    files, _ = build_all()
    assert stale_among(files) == []


def test_the_readme_states_the_counts_of_the_builder() -> None:
    readme = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    _, counts = build_all()
    for name, counted in counts.items():
        row = next((line for line in readme.splitlines() if line.startswith(f"| `{name}`")), "")
        if "responses" in counted:
            assert f"| {counted['responses']} | {counted['comments']} |" in row
            assert row.endswith(f"| {counted['blank']} |")
        elif "headings" in counted:
            assert f"| {counted['comments']} |" in row
            assert row.endswith(f"| {counted['headings']} | {counted['other lines']} |")


def test_labels_use_only_codes_that_exist(
    labels: list[dict[str, str]], draft: dict[str, str], themes: dict[str, dict[str, Any]]
) -> None:
    stances = {"support", "object", "suggest", "question", "observe", "mixed", "conditional", ""}
    assert {code for row in labels for code in row["elements"].split()} <= set(draft)
    assert {code for row in labels for code in row["themes"].split()} <= set(themes)
    assert {row["stance"] for row in labels} <= stances


def test_labelled_phrases_are_words_of_an_element_that_the_comment_is_about(
    labels: list[dict[str, str]], draft: dict[str, str]
) -> None:
    for row in labels:
        about = [draft[code].casefold() for code in row["elements"].split()]
        for phrase in filter(None, row["phrases"].split(" ; ")):
            old = phrase.split(" => ")[0].lstrip("-!?=").casefold()
            assert phrase.startswith("+") or any(old in wording for wording in about), row


def test_no_example_of_the_codebook_is_a_comment(
    labels: list[dict[str, str]], themes: dict[str, dict[str, Any]]
) -> None:
    said = " ".join(row["text"] for row in labels)
    assert [text for theme in themes.values() for text in theme["examples"] if text in said] == []


def test_every_element_of_the_draft_has_a_decision_and_a_rationale(
    decided: dict[str, Any], draft: dict[str, str]
) -> None:
    revised = {row["code"]: row for row in decided["revised"]}
    assert set(draft) <= set(revised)
    assert all(row["rationale"] and row["change_kinds"] for row in revised.values())
    unchanged = [row for row in revised.values() if row["change_kinds"] == ["unchanged"]]
    assert all(row["wording"] == draft[row["code"]] for row in unchanged)


def test_every_entry_of_a_table_rests_on_a_point_and_every_said_is_answered(decided: dict[str, Any]) -> None:
    points = {point["id"] for point in decided["points"]}
    for table in decided["tables"]:
        said = {point for entry in table["said"] for point in entry["points"]}
        answers = [*table["did"], *table.get("did_not", [])]
        assert said == {point for entry in answers for point in entry["points"]} <= points


def test_the_two_officers_read_forty_of_the_same_comments_and_differ_on_eight(
    labels: list[dict[str, str]],
) -> None:
    keys = {(row["source"], row["response_id"], row["question"], row["text"]) for row in labels}
    views: list[dict[tuple[str, str, str, str], set[str]]] = []
    for officer in ("amadi", "fennimore"):
        rows = load(TEXTS / f"review_{officer}.yaml")["comments"]
        views.append(
            {
                (row["source"], row["response_id"] or "", row["question"], row["text"]): {
                    *row["confirmed"],
                    *row.get("added", []),
                }
                for row in rows
            }
        )
        assert len(views[-1]) == 120
        assert set(views[-1]) <= keys
    both = set(views[0]) & set(views[1])
    assert len(both) == 40
    assert sum(views[0][key] != views[1][key] for key in both) == 8
