"""The audit: what is open is found and nothing else, on published consultations and on small invented ones."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation import framework, model, tables
from consultation.records import Record
from consultation.wording import audit, versions
from consultation.wording.audit.facts import Facts, gather
from consultation.wording.audit.findings import Finding
from consultation.wording.audit.matching import matches, says
from consultation.wording.audit.outcomes import outcomes
from consultation.wording.audit.survivors import survivors
from tests import kent
from tests.desk import Desk, fill, small


@pytest.fixture(scope="module")
def told(shared: Path) -> dict[str, Any]:
    return kent.facts(shared)


@pytest.fixture(scope="module")
def replayed(shared: Path) -> Facts:
    desk, _ = kent.replayed(shared)
    return gather(desk.tables(), desk.settings, desk.themes, desk.events)


@pytest.fixture(scope="module")
def findings(replayed: Facts) -> list[Finding]:
    return audit.check(replayed.tables, replayed.settings, replayed.themes, replayed.events)


def _of(findings: list[Finding], kind: str) -> list[Finding]:
    return [one for one in findings if one.kind == kind]


# --- a published consultation -----------------------------------------------------------------------------------------


def test_exactly_the_ten_points_without_a_response_are_listed(
    told: dict[str, Any], findings: list[Finding], replayed: Facts
) -> None:
    said = {point["quote"]: point["id"] for point in kent.points(told)}
    statements = {point.point_id: point.statement for point in replayed.points}
    listed = [said[statements[one.subject]] for one in _of(findings, "no_disposition")]
    assert sorted(listed) == sorted(told["audit_expectations"]["points_with_no_response_stated"])
    assert len(listed) == 10


def test_each_of_the_30_phrases_became_what_the_register_says(told: dict[str, Any], replayed: Facts) -> None:
    found = {(one.element, one.phrase.casefold()): one.outcome for one in outcomes(replayed)}
    ours = {"moved_to_business_plan_priority": "moved", "no_response_stated": "none"}
    expected = {
        (row["element"], row["phrase"].casefold()): ours.get(row["outcome"], row["outcome"]) for row in told["phrases"]
    }
    assert {key: found.get(key) for key in expected} == expected
    assert Counter(expected.values()) == {"replaced": 10, "removed": 11, "retained": 7, "moved": 1, "none": 1}


def test_a_phrase_adopted_in_another_form_counts_as_adopted(replayed: Facts) -> None:
    found = {(one.element, one.phrase): one.replacement for one in outcomes(replayed)}
    assert found["3.6", "integrated"] == "working together"


def test_survivors_are_those_expected_and_none_that_must_not_be_flagged(told: dict[str, Any], replayed: Facts) -> None:
    expected = told["audit_expectations"]["objected_phrases_still_in_use"]
    found = survivors(replayed)
    places = {(one.phrase, one.element) for one in found}
    assert places >= {(row["phrase"], element) for row in expected for element in row["found_in"]}
    retained = {(row["phrase"], row["element"]) for row in told["phrases"] if row["outcome"] == "retained"}
    assert places <= {(row["phrase"], element) for row in expected for element in row["found_in"]} | retained
    for row in told["audit_expectations"]["must_not_be_flagged"]:
        assert (row["phrase"], row["element"]) not in places
    serious = {(one.phrase, one.element) for one in found if one.severity == "serious" and not one.reason_stated}
    assert serious == {(row["phrase"], element) for row in expected for element in row.get("serious", ())}
    unexplained = {(one.phrase, one.element) for one in found if not one.reason_stated}
    for row in expected:
        assert unexplained >= {(row["phrase"], element) for element in row.get("no_reason_stated_for", ())}
        assert not unexplained & {(row["phrase"], element) for element in row.get("reason_stated_for", ())}


def test_no_change_is_without_a_point_and_what_is_the_councils_own_is_owned(
    findings: list[Finding], replayed: Facts
) -> None:
    assert _of(findings, "change_without_point") == []
    assert _of(findings, "words_none") == []
    assert replayed.proposals["2.5"].own_words == ("well planned",)


def test_the_count_of_elements_is_explained_by_lineage_and_rationale(findings: list[Finding], replayed: Facts) -> None:
    assert _of(findings, "count_changed") == []
    elements, lineage = replayed.tables["elements"], replayed.tables["lineage"]
    (change,) = [
        one for one in versions.counts(elements, lineage, ("draft", "revised"), explained={"3.3"})
        if one.kind == "supporting_outcome"
    ]  # fmt: skip
    assert (change.before, change.after, change.explained) == (19, 20, True)
    assert (change.gone, change.come) == (("DROP-INFRA", "DROP-SKILLS"), ("2.3", "2.6", "3.3"))


def test_nothing_else_of_weight_is_found(findings: list[Finding]) -> None:
    assert {one.kind for one in findings if one.severity == "serious"} == {"no_disposition", "survivor"}
    assert {one.kind for one in findings if one.severity == "to settle"} == {"survivor"}


def test_two_years_later_the_drifts_are_named_and_nothing_else(told: dict[str, Any], shared: Path) -> None:
    later = kent.facts(shared, "kent2017")
    first = _version(
        {"VISION": later["vision"]["text_2015"]}
        | {element["ref"]: element["revised"]["text"] for element in told["elements"] if "ref" in element}
    )
    vision = {"VISION": later["vision"]["text_2017"]}
    second = _version(vision | {row["ref"]: row["text"] for row in later["elements"] if row["ref"][0].isdigit()})
    drifts = versions.compare(first, second)
    assert [(drift.code, drift.other_code) for drift in drifts] == [("VISION", "VISION"), ("1.1", "1.1")]
    assert [part.text for part in drifts[1].changes if part.operation != "same"] == ["Kent ", "Kent's "]


def test_a_vision_worded_in_two_ways_inside_one_document_is_seen(told: dict[str, Any]) -> None:
    vision = next(element for element in told["elements"] if element["id"] == "VISION")
    one = _version({"VISION": vision["revised"]["text"]})
    other = _version({"VISION": vision["revised_variants"][0]["text"]})
    (drift,) = versions.compare(one, other)
    assert [part.text.strip() for part in drift.changes if part.operation != "same"][:2] == ["delivering", "achieving"]


def _version(texts: dict[str, str]) -> pd.DataFrame:
    records = [Record(values={"code": code, "kind": "outcome", "wording": text}) for code, text in texts.items()]
    return framework.elements(records)


def test_elements_without_their_code_are_paired_by_their_words() -> None:
    one = _version({"SO1": "Children get the best start in life", "SO2": "Roads are mended"})
    other = _version({"1": "Children get a best start in life", "9": "A new thing altogether"})
    assert [(drift.code, drift.other_code) for drift in versions.compare(one, other)] == [
        ("SO1", "1"), ("SO2", None), (None, "9"),
    ]  # fmt: skip


# --- another: fewer priorities, and one suggestion of two -------------------------------------------------------------


@pytest.fixture
def bold(shared: Path) -> Desk:
    told = kent.facts(shared, "boldsteps2011")
    entries: list[dict[str, Any]] = [
        {"code": f"A{number}", "kind": "ambition", "draft": "unknown", "wordings": {"revised": name}}
        for number, name in enumerate(told["document"]["ambitions"], 1)
    ]
    for row in told["priorities"]:
        code = str(row["number"])
        title = {"revised": row["title_verbatim"]}
        entries.append({"code": code, "kind": "priority", "draft": "unknown", "wordings": title})
        for kind in ("milestones", "measures"):
            entries += [
                {"code": f"{code}.{kind[:2]}{number}", "kind": kind[:-1], "parent": code, "draft": "not_in_draft",
                 "wordings": {"revised": text}}
                for number, text in enumerate(row[kind], 1)
            ]  # fmt: skip
    parts = next(row for row in told["workshops"]["suggestions"] if row["id"] == "W3")["parts"]
    desk = Desk(entries)
    topics = [part["topic"] for part in parts]
    asked = [{"Statement": f"Reflect {topic}.", "Stance": "suggest", "Replacement": topic} for topic in topics]
    desk.take(fill(desk.out(), "Points", asked))
    return desk


STATED = {"draft": {"priority": 17, "ambition": 4}}


def test_17_to_16_and_4_to_3_are_flagged_as_unexplained(bold: Desk) -> None:
    found = _of(audit.check(bold.tables(), bold.settings, stated=STATED), "count_changed")
    assert {one.subject: one.what for one in found if one.subject in ("priority", "ambition")} == {
        "ambition": "4 of the kind “ambition” in the draft, 3 in the revised: nothing on record says which, or why.",
        "priority": "17 of the kind “priority” in the draft, 16 in the revised: nothing on record says which, or why.",
    }


def test_the_suggestion_that_the_text_took_up_is_told_from_the_one_it_did_not(bold: Desk) -> None:
    found = _of(audit.check(bold.tables(), bold.settings, stated=STATED), "no_disposition")
    unanswered, answered = (next(one for one in found if topic in one.what) for topic in ("Learning", "CAMHS"))
    assert (unanswered.severity, answered.severity) == ("serious", "to settle")
    assert re.search(r"stand in 15\.mi2, 15\.me5 now; it may be answered", answered.what)
    ids = [one.subject for one in (unanswered, answered)]
    bold.add([("decision", {"point_id": point_id, "disposition": "adopted"}) for point_id in ids])
    belied = _of(audit.check(bold.tables(), bold.settings, stated=STATED), "adopted_not_found")
    assert [one.subject for one in belied] == [unanswered.subject]


# --- small ones -------------------------------------------------------------------------------------------------------


def _audited(desk: Desk) -> list[Finding]:
    return audit.check(desk.tables(), desk.settings, desk.themes, desk.events)


def test_a_consultation_in_which_all_is_answered_has_nothing_to_settle() -> None:
    desk = small(
        {"a1": "say thrive"},
        phrases=[{"comment": "a1", "words": "say", "phrase": "live well", "element": "1", "kind": "replace",
                  "replacement": "thrive"}],
    )  # fmt: skip
    (point,) = desk.tables()["points"]["point_id"]
    desk.take(fill(desk.out(), "Points", [{"Point": point, "Disposition": "adopted"}], "Point"))
    new = "People thrive and ill health is prevented"
    desk.take(fill(desk.out(), "Changes", [{"Element": "1", "New wording": new, "Rationale": "You asked."}], "Element"))
    changed = [one for one in _audited(desk) if one.kind != "count_changed"]
    assert changed == []


def test_a_word_that_nobody_asked_for_is_found_until_it_is_owned() -> None:
    desk = small({"a1": "nothing"}, ("a1", "element", "2"))
    cells = {"Element": "2", "New wording": "Every busy road is mended within a day", "Rationale": "We thought so."}
    desk.take(fill(desk.out(), "Changes", [cells], "Element"))
    found = [one for one in _audited(desk) if one.kind in ("change_without_point", "words_none")]
    assert [(one.kind, one.subject) for one in found] == [("change_without_point", "2")]
    desk.take(fill(desk.out(), "Changes", [{"Element": "2", "Our own words": "busy"}], "Element"))
    assert not [one for one in _audited(desk) if one.kind in ("change_without_point", "words_none")]


def test_a_claim_that_all_was_addressed_is_held_against_the_decisions() -> None:
    desk = small({"a1": "woolly"}, ("a1", "element", "1"), ("a1", "theme", "vague"))
    rows = [{"Topic": "All", "Side": "We did", "Statement": "All the issues raised have been addressed."}]
    desk.take(fill(desk.out(), "Report rows", rows))
    (found,) = _of(_audited(desk), "blanket_claim")
    assert "1 of 1 point has no decision" in found.what
    assert found.settle.startswith("consultation decide out FILE.xlsx: sheet “Report rows”, row br-")


def test_comments_without_a_tag_and_rows_that_were_not_read_are_told() -> None:
    desk = small({"a1": "woolly", "b1": "no tag at all"}, ("a1", "element", "1"))
    held = desk.tables()
    held["sources"] = pd.DataFrame([{"source_id": "s-1", "name": "survey.csv", "rows_quarantined": 2}])
    found = {one.kind: one for one in audit.check(held, desk.settings)}
    assert found["never_tagged"].evidence == ("c-b1",)
    assert found["never_read"].what == "2 rows of “survey.csv” could not be read, so in no count."


def test_two_adopted_points_that_pull_against_each_other_are_told() -> None:
    desk = small(
        {"a1": "mad", "b1": "timid"},
        ("a1", "element", "2"), ("a1", "theme", "unrealistic"), ("b1", "element", "2"), ("b1", "theme", "bolder"),
    )  # fmt: skip
    ids = sorted(desk.tables()["points"]["point_id"])
    desk.add([("decision", {"point_id": point_id, "disposition": "adopted"}) for point_id in ids])
    (found,) = _of(_audited(desk), "both_adopted")
    assert found.evidence == tuple(ids)


def test_what_was_decided_or_written_before_its_ground_moved_is_told() -> None:
    desk = small({"a1": "woolly"}, ("a1", "element", "1"), ("a1", "theme", "vague"))
    (point,) = desk.tables()["points"]["point_id"]
    desk.take(fill(desk.out(), "Points", [{"Point": point, "Disposition": "adopted"}], "Point"))
    done = desk.tables()["block_rows"].query("side == 'did'").iloc[0]
    edit = {"block_id": done["block_id"], "row_id": done["row_id"], "side": "did", "order": 0, "point_ids": [point]}
    desk.add([("block_row", {**edit, "statement": "We agreed."})])
    assert not {one.kind for one in _audited(desk)} & {"reworded_since", "row_older_than_decision"}
    desk.add([("point", {"point_id": point, "action": "reword", "statement": "It says little."})])
    desk.add([("decision", {"point_id": point, "disposition": "noted_support", "statement": "It says nothing."})])
    found = {one.kind: one.what for one in _audited(desk)}
    assert found["reworded_since"] == "It was decided as “It says nothing.” and reads “It says little.” now."
    assert found["row_older_than_decision"].endswith(f"before {point} was decided anew.")


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("ill", "He will stay well skilled until spring", []),
        ("high quality of life", "high quality community services", []),
        ("hard working families", "Families of all kinds", []),
        ("joined up care", "Joined-up care for all", ["Joined-up care"]),
        ("working together", "The system works together", ["works together"]),
        ("opportunity", "Increasing Opportunities", ["Opportunities"]),
        ("independence", "to live independently", ["independently"]),
        ("", "anything", []),
    ],
)
def test_words_are_matched_whole_in_order_and_in_any_inflection(phrase: str, text: str, found: list[str]) -> None:
    assert [text[one.start : one.end] for one in matches(phrase, text, derived=True)] == found


def test_words_adopted_in_another_order_are_said() -> None:
    assert says("safe and well", "People are well and safe")
    assert not says("learning disability", "Learning for all")


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 1000))
def test_the_order_of_rows_makes_no_difference(seed: int) -> None:
    desk = small(
        {"a1": "woolly", "b1": "woolly", "c1": "mad", "d1": "untagged"},
        ("a1", "element", "1"), ("a1", "theme", "vague"), ("b1", "element", "2"), ("b1", "theme", "bolder"),
        ("c1", "element", "2"), ("c1", "theme", "unrealistic"),
        phrases=[{"comment": "a1", "words": "woolly", "phrase": "live well", "element": "1", "kind": "object"}],
    )  # fmt: skip
    desk.add([("wording", {"element": "2", "version": "revised", "wording": "People live well on mended roads"})])
    tables = desk.tables()
    shuffled = {name: table.sample(frac=1, random_state=seed) for name, table in tables.items()}
    assert audit.check(shuffled, desk.settings, desk.themes, desk.events) == _audited(desk)


@given(st.text(max_size=40), st.text(max_size=40))
def test_every_match_lies_in_its_text(phrase: str, text: str) -> None:
    for one in matches(phrase, text, derived=True):
        assert 0 <= one.start < one.end <= len(text)


@pytest.mark.parametrize(
    ("phrase", "match", "score", "where"),
    [
        ("road", "exact", 0.9, ["1"]),
        ("mended", "exact", 0.47, ["1"]),
        ("mended", "exact", 0.8, ["1", "2"]),
        ("road", "quoted", 0.5, ["1", "2"]),
        ("mended road", "exact", 0.5, ["1", "2"]),
    ],
)
def test_one_word_is_followed_elsewhere_only_where_it_was_plainly_meant_as_a_word(
    phrase: str, match: str, score: float, where: list[str]
) -> None:
    desk = small(
        {"a1": "woolly"},
        phrases=[{"comment": "a1", "words": "woolly", "phrase": phrase, "element": "1", "kind": "object"}],
    )
    for code in ("1", "2"):
        desk.add([("wording", {"element": code, "version": "revised", "wording": "There is a mended road"})])
    held = desk.tables()
    held["phrases"] = held["phrases"].assign(match=match, score=score)
    found = _of(audit.check(held, desk.settings, desk.themes, desk.events), "survivor")
    assert sorted(one.subject for one in found) == where


def test_parts_of_which_nothing_is_recorded_yet_are_called_undecided_and_not_gone() -> None:
    desk = small({"a1": "woolly"}, ("a1", "element", "1"), ("a1", "theme", "vague"))
    held = desk.tables()
    draft = held["elements"]
    one = draft.iloc[[0]].assign(version="revised", wording="Something else")
    code = str(one["code"].iloc[0])
    change = model.Proposal(proposal_id="x-1", element=code, old=None, new="Something else", change_kinds=("reworded",))
    held |= {
        "elements": pd.concat([draft, one], ignore_index=True),
        "proposals": tables.frame("proposals", [change]),
    }
    found = audit.check(held, desk.settings, desk.themes, desk.events)
    assert not _of(found, "count_changed")
    left = set(draft["code"]) - {code}
    assert {each for finding in _of(found, "not_decided") for each in finding.evidence} <= left
    assert _of(found, "not_decided")


def test_a_report_row_that_people_wrote_and_put_no_point_to_is_told_by_block() -> None:
    desk = small({"a1": "woolly"}, ("a1", "element", "1"), ("a1", "theme", "vague"))
    blocks = desk.tables()["block_rows"]
    row = blocks.iloc[[0]].assign(row_id="br-mine", point_ids=[()], edited=True, statement="You liked the cover.")
    held = {**desk.tables(), "block_rows": pd.concat([blocks, row], ignore_index=True)}
    found = _of(audit.check(held, desk.settings, desk.themes, desk.events), "row_without_point")
    assert [(one.severity, one.subject, one.evidence) for one in found] == [
        ("to look at", blocks["block_id"].iloc[0], ("br-mine",))
    ]
