"""Workshop notes: lines of a group under their questions, with their event; never a response."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from consultation import tables
from consultation.reading.documents import rebuild
from tests.documents_fixtures import balanced, bold, p, reading, rows, table, texts, word

NOTES = """Notes of the workshop on the draft plan
Date: 3 June 2025
Venue: Elmbridge Library
Audience: residents
Attendance: around 15
Facilitators: Pat Green, Sam Hill

Table 1
Question 1: What do you think of the vision?
- Too long (x3)
- Nobody knows what "resilient" means
   - try "able to cope" instead
      - or "strong"
   - or leave it out
Facilitator: we explained where the word came from
Resident 2: then say so in the plan

Question 2: What is missing?
* Older people
* Buses after six o'clock ✓✓✓

Table 2
Question 1: What do you think of the vision?
- Like it
"""


def test_notes_hold_no_response_and_their_participants_stay_as_written(tmp_path: Path) -> None:
    found = reading(tmp_path, "notes.txt", NOTES)
    assert len(found.tables["responses"]) == 0
    [event] = found.tables["events"].to_dict("records")
    assert (event["date"], event["place"], event["audience"], event["participants"]) == (
        "2025-06-03", "Elmbridge Library", "residents", "around 15",
    )  # fmt: skip
    assert found.tables["sources"]["channel"].tolist() == ["workshop"]
    assert not tables.check({name: table for name, table in found.tables.items() if name != "cells"})
    assert balanced(found)


def test_a_line_keeps_the_headings_above_it_and_answers_the_last_of_them(tmp_path: Path) -> None:
    found = reading(tmp_path, "notes.txt", NOTES)
    [like] = rows(found, text="Like it").to_dict("records")
    assert like["heading"].endswith("Table 2 > Question 1: What do you think of the vision?")
    assert set(found.tables["questions"]["text"]) == {
        "Question 1: What do you think of the vision?",
        "Question 2: What is missing?",
    }
    [long] = rows(found, text="Too long (x3)").to_dict("records")
    assert like["question_id"] == long["question_id"], "the same question at two tables is one question"
    assert like["voice"] == "group"


def test_a_sub_bullet_keeps_its_parents(tmp_path: Path) -> None:
    found = reading(tmp_path, "notes.txt", NOTES)
    by_text = {row.text: row.heading for row in found.tables["comments"].itertuples()}
    assert by_text['or "strong"'].endswith('> Nobody knows what "resilient" means > try "able to cope" instead')
    assert by_text["or leave it out"].endswith('> Nobody knows what "resilient" means')
    assert not by_text['Nobody knows what "resilient" means'].endswith("means")


def test_case_72_a_tally_is_one_comment_with_a_count(tmp_path: Path) -> None:
    found = reading(tmp_path, "notes.txt", NOTES)
    told = found.tables["comments"].set_index("text")["tally"].dropna().to_dict()
    assert told == {"Too long (x3)": 3, "Buses after six o'clock ✓✓✓": 3}
    assert "lines carry a tally" in " ".join(found.notes)


def test_the_facilitator_is_told_from_the_group(tmp_path: Path) -> None:
    found = reading(tmp_path, "notes.txt", NOTES)
    assert texts(found, voice="facilitator") == ["we explained where the word came from"]
    assert rows(found, text="then say so in the plan")["speaker"].tolist() == ["Resident 2"]
    assert "Pat Green" not in " ".join(found.tables["comments"]["text"])


def test_the_mapping_is_drafted_and_then_goes_before_the_file(tmp_path: Path) -> None:
    drafted = reading(tmp_path, "notes.txt", NOTES)
    assert drafted.drafted
    assert drafted.mapping.channel == "workshop"
    assert drafted.mapping.event["participants"] == "around 15"
    edited = reading(
        tmp_path, "notes.txt", NOTES, channel="workshop", event={"participants": "14", "place": "Town Hall"}
    )
    [event] = edited.tables["events"].to_dict("records")
    assert (event["participants"], event["place"], event["audience"]) == ("14", "Town Hall", "residents")
    assert not edited.drafted


def test_ids_stay_when_lines_are_put_before_or_between(tmp_path: Path) -> None:
    before = reading(tmp_path, "notes.txt", NOTES).tables["comments"].set_index("text")["comment_id"]
    longer = NOTES.replace("- Too long (x3)", "- A new first line\n\n- Too long (x3)").replace(
        "Table 1\n", "\n\nTable 1\n"
    )
    after = reading(tmp_path, "notes.txt", longer).tables["comments"].set_index("text")["comment_id"]
    assert after.drop("A new first line").sort_index().equals(before.sort_index())


def test_two_equal_lines_under_one_heading_are_two_comments(tmp_path: Path) -> None:
    found = reading(tmp_path, "notes.md", "# Notes of the workshop\n## Vision\n- Too long\n- Too long\n- Fine\n")
    assert texts(found) == ["Too long", "Too long", "Fine"]
    assert found.tables["comments"]["comment_id"].is_unique


def test_a_comment_that_looks_like_a_label_stays_a_comment(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        "notes.md",
        "# Workshop notes\n## What would you change?\n- Title: call it Our Plan\n- Area: too big\n- Group: fine\n- "
        "Health: say more\n",
    )
    assert texts(found) == ["Title: call it Our Plan", "Area: too big", "Group: fine", "Health: say more"]
    assert found.tables["comments"]["speaker"].isna().all()


def test_each_event_of_one_file_has_its_own_lines(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        "both.md",
        """# Workshops on the plan
Audience: residents

## West
Date: 3 June 2025
Attendance: 40

### Vision
- Too long

## East
Date: 5 June 2025
Attendance: over 30

### Vision
- Fine
""",
    )
    events = found.tables["events"].set_index("event_id")
    told = {
        row.text: tuple(events.loc[row.event_id, ["date", "participants", "audience"]])
        for row in found.tables["comments"].itertuples()
    }
    assert told == {"Too long": ("2025-06-03", "40", "residents"), "Fine": ("2025-06-05", "over 30", "residents")}
    assert len(found.tables["questions"]) == 1


def test_names_of_those_present_are_identity_and_not_comments(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        "notes.md",
        "# Workshop\n## Present\n- Ada Poole\n- Cllr Ben Marsh\n- Cy Dunn (Friends of the Park)\n## Vision\n- Too "
        "long\n- Fine\n",
    )
    assert texts(found) == ["Too long", "Fine"]
    assert len(found.tables["identity"]) == 3
    assert found.tables["events"]["participants"].tolist() == ["3 listed by name"]


def test_case_71_notes_without_headings_are_unassigned_and_say_so(tmp_path: Path) -> None:
    found = reading(tmp_path, "plain.txt", "- Too long\n- Fine\n- More buses\n- Trees\n", channel="workshop")
    assert found.tables["comments"]["question_id"].isna().all()
    assert len(found.tables["comments"]) == 4
    assert "no headings, so all lines are unassigned" in " ".join(found.notes)


def test_word_notes_without_heading_styles(tmp_path: Path) -> None:
    found = reading(tmp_path, "notes.docx", word(
        p(bold("Workshop on the plan")), p("Date: 3 June 2025"), p("Attendance: 23 residents"), p(),
        p(bold("Table 1")), p(bold("What do you like?")), p("Parks", level=0), p("Trees in them", level=1),
        p(bold("Table 2")), p(bold("What do you like?")), p("Buses IIII", level=0), p(bold("Sam Hill: "), "and trams"),
    ))  # fmt: skip
    by_text = found.tables["comments"].set_index("text")
    assert by_text.loc["Trees in them", "heading"] == "Workshop on the plan > Table 1 > What do you like? > Parks"
    assert by_text.loc["Buses IIII", "tally"] == 4
    assert by_text.loc["and trams", "speaker"].startswith("p-")
    assert found.tables["identity"]["value"].tolist() == ["Sam Hill"]
    assert found.tables["events"]["participants"].tolist() == ["23 residents"]


def test_a_table_of_notes_gives_each_cell_its_column_and_row_heading(tmp_path: Path) -> None:
    found = reading(tmp_path, "notes.docx", word(
        p("Notes of the workshop", style="Title"),
        table(["Outcome", "What people like", "Concerns"],
              ["1.1 Good homes", "It is short and says what it is for", "Nothing for people who rent"],
              ["1.2 Clean air", "Naming the school run was brave", "How will anyone measure this"]),
    ))  # fmt: skip
    by_text = found.tables["comments"].set_index("text")["heading"]
    assert by_text["Nothing for people who rent"] == "Notes of the workshop > Concerns > 1.1 Good homes"
    assert by_text["Naming the school run was brave"] == "Notes of the workshop > What people like > 1.2 Clean air"
    assert balanced(found)


@pytest.mark.parametrize(("line", "count"), [
    ("Free parking IIII", 4), ("More buses x3", 3), ("3x more buses", 3), ("Parks (5 people)", 5),
    ("Parks – 4 votes", 4),
    ("Trees ✔✔", 2), ("Trees 卌 ||", 7), ("Trees ||||", 4), ("Parks (3)", 3),
])  # fmt: skip
def test_tallies_in_the_forms_people_write(line: str, count: int, tmp_path: Path) -> None:
    found = reading(tmp_path, "n.md", f"# Workshop notes\n## Ideas\n- {line}\n- other\n- more\n")
    assert found.tables["comments"].set_index("text")["tally"].dropna().to_dict() == {line: count}


@pytest.mark.parametrize("line", [
    "As after World War II", "See outcome (3)", "In phase III", "Delete page 3", "Open 9 to 5", "By 2030 (2011)",
    "Cut it by 50",
    "Agree with priority (2)", "Ask 5 people", "Question mark?",
])  # fmt: skip
def test_what_is_no_tally(line: str, tmp_path: Path) -> None:
    found = reading(tmp_path, "n.md", f"# Workshop notes\n## Ideas\n- {line}\n- other\n- more\n")
    assert found.tables["comments"]["tally"].isna().all()


def test_the_real_notes_give_every_bullet_with_its_heading(tmp_path: Path, shared: Path) -> None:
    [path] = (shared / "data" / "focus_group_notes").glob("2019*.md")
    raw = path.read_bytes().decode("utf-8")
    found = reading(tmp_path, path.name, raw)
    heading, wanted = "", []
    for line in raw.splitlines():  # counted independently: a bullet begins with an asterisk, a heading with #
        if line.startswith("#"):
            heading = line.lstrip("#").strip()
        elif bullet := re.match(r"\s*\* +(.*)", line):
            wanted.append((heading, bullet[1].strip()))
    assert len(wanted) == 357
    told = {}
    for row in found.tables["comments"].itertuples():
        told.setdefault(row.text.splitlines()[0].strip(), []).append(row)
    for heading, text in wanted:
        assert any(heading in row.heading for row in told[text]), heading
    key = [row for rows_ in told.values() for row in rows_ if row.status == "excluded"]
    assert {row.status_reason for row in key} == {"table of contents", "a key that explains the notes"}
    assert [
        row.heading.rsplit(" > ", 1)[1]
        for row in told["(*F* i): “I think…the analytics that will be happening post input”"]
    ] == ["(**P** **A** d): have ‘flags’, so specific institutions (such as, e.g. TFL) could be made aware of problems"]
    assert found.tables["events"]["date"].tolist() == ["2019-09-18"]
    assert rebuild(found.tables["cells"]) == raw
    assert balanced(found)


def test_plain_notes_with_capitals_for_headings(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        "forum.txt",
        "FOCUS GROUP NOTES\nOlder people's forum, Wickham Village Hall\nThursday 12 June 2025, 2pm - 4pm\n"
        "Present: 14 residents and 2 officers\n\nTHE VISION\nToo many long words\nLike the bit about neighbours\n\n"
        "WHAT IS MISSING\nBuses x 6\nSomewhere to sit down\n  - near the shops\nNote: the group ran out of time.\n",
    )
    by_text = found.tables["comments"].set_index("text")
    assert by_text.loc["Too many long words", "heading"] == "FOCUS GROUP NOTES > THE VISION"
    assert by_text.loc["near the shops", "heading"].endswith("WHAT IS MISSING > Somewhere to sit down")
    assert by_text.loc["Buses x 6", "tally"] == 6
    assert by_text.loc["the group ran out of time.", "voice"] == "facilitator"
    [event] = found.tables["events"].to_dict("records")
    assert (event["date"], event["participants"]) == ("2025-06-12", "14 residents and 2 officers")


def test_a_date_and_place_on_one_line_are_the_events(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        "staff.docx",
        word(
            p("Staff workshop", style="Title"),
            p("Tuesday 3 June 2025, Elmbridge Town Hall"),
            p("39 staff attended across four tables."),
            p("Table 1", style="Ueberschrift1"),
            p("What works well?", style="H2"),
            p("Clear outcomes", level=0),
            p("Short", level=0),
        ),
    )
    [event] = found.tables["events"].to_dict("records")
    assert (event["date"], event["place"], event["participants"]) == ("2025-06-03", "Elmbridge Town Hall", "39 staff")
    assert texts(found) == ["Clear outcomes", "Short"]


def test_a_row_that_is_only_numbered_takes_the_head_of_its_column(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        "n.md",
        "# Workshop notes\n\n| Table | What did people say? |\n|---|---|\n| 1 | Rates are too high |\n"
        "| 2 | Nothing on parking |\n",
    )
    assert rows(found)["heading"].str.split(" > ").str[-1].tolist() == ["Table 1", "Table 2"]
    assert len(found.tables["questions"]) == 1


def test_what_stands_under_the_title_holds_for_the_whole_of_the_notes(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        "n.docx",
        word(
            p("Residents' workshop", style="Ueberschrift1"),
            p("Held on 28 May 2026"),
            p("Venue: Corn Exchange"),
            p("Number taking part: 23 people (two left early)"),
            p("Two officers took notes on flip charts."),
            p("Table 1", style="Ueberschrift1"),
            p("Too long", level=0),
            p("Table 2", style="Ueberschrift1"),
            p("Fine", level=0),
        ),
    )
    [event] = found.tables["events"].to_dict("records")
    assert (event["date"], event["place"], event["participants"]) == (
        "2026-05-28",
        "Corn Exchange",
        "23 people (two left early)",
    )
    assert set(found.tables["comments"]["event_id"]) == {event["event_id"]}
    assert texts(found, voice="facilitator") == ["Two officers took notes on flip charts."]
    assert texts(found, voice="group") == ["Too long", "Fine"]
