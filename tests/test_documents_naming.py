"""A document is never taken for another with a like name, and an edited one is known again."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from consultation.reading import merge, read
from consultation.settings import Settings, SourceSettings

LETTER = "Dear team,\n\n{}\n\nYours faithfully\n\n{}\n"
NOTES = "Notes of the workshop\nDate: {}\nAttendance: {}\n\n{}\n"


def joined(
    folder: Path, *files: tuple[str, str], settings: Settings | None = None
) -> tuple[dict[str, pd.DataFrame], list[str]]:
    """Read the files one after another into the same tables; the tables and the names that they got."""
    tables: dict[str, pd.DataFrame] = {}
    names = []
    for name, text in files:
        (folder / name).write_text(text, encoding="utf-8")
        told = read(folder / name, settings or Settings(), known=tables)
        tables, _ = merge(tables, told)
        names.append(told.name)
    return tables, names


def test_three_letters_with_the_name_a_browser_gives_are_three_responses(tmp_path: Path) -> None:
    tables, names = joined(
        tmp_path, ("response.txt", LETTER.format("Too long.", "Ada Poole")),
        ("response (1).txt", LETTER.format("Buses.", "Ben Marsh")),
        ("response (2).txt", LETTER.format("Trees.", "Cy Dunn")),
    )  # fmt: skip
    assert len(set(names)) == 3
    assert len(tables["responses"]) == 3
    assert {"Too long.", "Buses.", "Trees."} <= set(tables["comments"]["text"])


def test_the_same_letter_from_two_people_is_two_responses(tmp_path: Path) -> None:
    tables, _ = joined(
        tmp_path,
        ("a.txt", LETTER.format("Save it.", "Ada Poole")),
        ("a (1).txt", LETTER.format("Save it.", "Ben Marsh")),
    )
    assert len(tables["responses"]) == 2


def test_the_same_letter_without_a_name_in_two_files_is_kept_twice(tmp_path: Path) -> None:
    tables, _ = joined(
        tmp_path, ("a.txt", "Dear all,\n\nSave it now.\n"), ("a (1).txt", "Dear all,\n\nSave it now. \n")
    )
    assert len(tables["responses"]) == 2


def test_notes_of_two_days_are_two_events_and_neither_takes_the_others_mapping(tmp_path: Path) -> None:
    first = ("notes 2025-06-03.txt", NOTES.format("3 June 2025", 40, "Vision\n- Too long\n- Fine"))
    tables, [name] = joined(tmp_path, first)
    told = Settings(
        sources={
            name: SourceSettings(
                files=(first[0],), channel="workshop", event={"date": "2025-06-03", "participants": "40"}
            )
        }
    )
    tables, names = joined(
        tmp_path,
        first,
        ("notes 2025-06-05.txt", NOTES.format("5 June 2025", "over 30", "Vision\n- Trees\n- Buses")),
        settings=told,
    )
    assert names[0] != names[1]
    assert sorted(tables["events"]["participants"]) == ["40", "over 30"]
    assert len(tables["comments"]) == 4


def test_notes_that_were_edited_take_the_place_of_those_before(tmp_path: Path) -> None:
    tables, names = joined(
        tmp_path, ("notes.txt", NOTES.format("3 June 2025", 40, "Vision\n- Too long\n- Fine")),
        ("notes v2.txt", NOTES.format("3 June 2025", 40, "Vision\n- Too long\n- Fine\n- Trees")),
    )  # fmt: skip
    assert names[0] == names[1]
    assert sorted(tables["comments"]["text"]) == ["Fine", "Too long", "Trees"]


def test_a_letter_that_was_edited_keeps_its_id(tmp_path: Path) -> None:
    before, _ = joined(tmp_path, ("a.txt", LETTER.format("Too long.\n\nAnd vague.", "Ada Poole")))
    (tmp_path / "a.txt").write_text(LETTER.format("Too long.\n\nAnd very vague.", "Ada Poole"), encoding="utf-8")
    told = read(tmp_path / "a.txt", Settings(), known=before)
    after, change = merge(before, told)
    assert after["responses"]["response_id"].tolist() == before["responses"]["response_id"].tolist()
    assert str(change) == "0 known, 0 new, 1 changed, 0 missing"


def test_the_very_same_file_changes_nothing(tmp_path: Path) -> None:
    tables, _ = joined(tmp_path, ("a.txt", LETTER.format("Too long.", "Ada Poole")))
    _, change = merge(tables, read(tmp_path / "a.txt", Settings(), known=tables))
    assert str(change) == "This file was imported already, as “a”; nothing changed."
