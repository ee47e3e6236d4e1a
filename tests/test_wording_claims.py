"""Claims of a report held against the records; late responses; the decision-makers' pack."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.settings import Channel, Settings
from consultation.wording import addendum, audit, claims, pack
from consultation.wording.claims.grammar import claims as found_in
from tests.desk import Desk, fill, small


@pytest.fixture
def desk() -> Desk:
    desk = small(
        {"a1": "It is woolly, honestly", "b1": "woolly", "c1": "over the top", "w1": "woolly"},
        *[(key, "element", "1") for key in ("a1", "b1", "c1", "w1")],
        ("a1", "theme", "vague@woolly"), ("b1", "theme", "vague@woolly"), ("c1", "theme", "unrealistic"),
        ("w1", "theme", "vague@woolly"),
    )  # fmt: skip
    desk.settings = Settings(
        title="A fair plan", opens="2026-01-21", closes="2026-02-20",
        channels=(Channel(id="hall", kind="workshop", participants="around 85"),),
    )  # fmt: skip
    return desk


def _told(desk: Desk, text: str) -> list[tuple[str, str]]:
    found = claims.check([claims.Passage(place="1", text=text)], desk.tables(), desk.settings)
    assert all(text[one.start : one.end] == one.text for one in found)
    return [(one.text, one.what) for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "We received 3 responses and four comments.",
        "85 participants came to 1 workshop; it was open for 31 days.",
        "A majority of those who answered told us that Health (1) is too vague.",
        "You called it “woolly” and asked about “live well”.",
        "2 of 3 responses (67%) said so.",
        "4.3 On 21 January 2026 the Cabinet (see section 7 and table 12) met at 10.30 am, item 9, for 2025-26.",
        "All residents deserve better roads, and every pound counts.",
        "None of this is final.",
        "- 1.2 The plan has 1 vision and 2 outcomes.",
        "You told us that Roads (2) leaves some people out and helps most families.",
        "We are grateful. [21]",
        "How many people said this is not stated.",
    ],
)
def test_what_the_records_bear_out_and_what_claims_nothing_is_left_alone(desk: Desk, text: str) -> None:
    assert _told(desk, text) == []


@pytest.mark.parametrize(
    ("text", "claim", "said"),
    [
        ("We received 56 responses.", "56", "No count of responses is 56; the nearest count on record is 3."),
        ("We received fifty responses.", "fifty", "No count of responses is 50"),
        ("85 responses came in.", "85", "No count of responses is 85"),
        ("We mended 1,250 potholes.", "1,250", "Nothing on record counts 1250."),
        ("48% of responses agreed.", "48%", "No two counts of responses make 48%."),
        ("Almost all respondents felt Health (1) was too vague.", "Almost all", "the scale gives “a majority”"),
        ("Most people asked for more buses.", "Most", "No point on record is about this"),
        ("One of you wrote “splendid idea”.", "“splendid idea”", "Nobody on record wrote these words"),
        ("All of the concerns raised have been addressed.", "All of the concerns raised have been addressed",
         "2 of 2 points have no decision."),
    ],
)  # fmt: skip
def test_what_does_not_trace_is_underlined_with_the_reason(desk: Desk, text: str, claim: str, said: str) -> None:
    ((told, what),) = _told(desk, text)
    assert told == claim
    assert said in what


def test_a_quantity_that_a_person_stated_for_the_point_traces(desk: Desk) -> None:
    text = "The vast majority of you said that Health (1) is too vague."
    assert [claim for claim, _ in _told(desk, text)] == ["The vast majority"]
    point = desk.tables()["points"].sort_values("rank")["point_id"].iloc[0]
    desk.add([("quantity", {"point_id": point, "word": "the vast majority", "reason": "counted by hand"})])
    assert _told(desk, text) == []


def test_all_addressed_traces_once_every_point_is_taken_up_and_considered_once_decided(desk: Desk) -> None:
    ids = list(desk.tables()["points"]["point_id"])
    text = "All issues were considered. All issues have been addressed."
    assert len(_told(desk, text)) == 2
    desk.add([("decision", {"point_id": ids[0], "disposition": "retained_with_reason", "reason": "We mean it."})])
    desk.add([("decision", {"point_id": ids[1], "disposition": "adopted"})])
    assert [what for _, what in _told(desk, text)] == ["1 point not taken up."]


def test_a_blanket_claim_over_a_list_is_answered_item_by_item(shared: Path) -> None:
    text = (shared / "sources" / "003_93dfd3c860820168.txt").read_text(encoding="utf-8")
    start, end = text.index("In summary, these changes"), text.index("Proposed Strategic Plan")
    letters = re.findall(r"^ ?- ?([a-j])\) (.*)$", text[start:end], re.M)
    assert len(letters) == 10
    new = {"kind": "section", "draft": "not_in_draft"}
    desk = Desk([{**new, "code": code, "wordings": {"revised": words}} for code, words in letters])
    (paragraph,) = re.findall(r"^28\. (.*)$", text, re.M)
    found = [told for told in _told(desk, paragraph) if "issues trace" in told[1]]
    ((claim, what),) = found
    assert claim == "These issues have all been addressed"
    assert what.startswith("3 of 5 issues trace to a change.")
    assert "most vulnerable" in what
    assert "crime and vulnerability" in what


PIECES = ["Most", "people", "“", "”", "said", "12", "%", "all", "'", "\n"]


@given(st.text(max_size=80) | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_every_claim_lies_in_its_text_and_no_two_overlap(text: str) -> None:
    found = found_in(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


# --- late responses ---------------------------------------------------------------------------------------------------


def test_an_addendum_tells_new_points_from_repeated_ones_and_what_nobody_read(desk: Desk) -> None:
    told = addendum.late(desk.tables(), desk.settings, {"r-a", "r-c"})
    assert [(point.statement, point.comments) for point in told.new] == [
        ("You commented on Health (1) (theme: Promises too much).", ("c-c1",))
    ]
    assert [point.comments for point in told.repeated] == [("c-a1",)]
    assert told.sentence == "2 late responses with 2 comments bring 1 new point and repeat 1."


def test_what_came_on_the_last_day_is_not_late(desk: Desk) -> None:
    responses = desk.imported["responses"]
    responses["submitted_at"] = ["2026-02-20T23:59:00", "2026-02-21", "first thing"]
    assert addendum.late(desk.tables(), desk.settings).responses == ("r-b",)
    marked = ["complete", "complete", "late"]
    desk.imported["responses"] = responses.assign(completeness=marked)
    assert addendum.late(desk.tables(), desk.settings).responses == ("r-b", "r-c")


# --- the pack ---------------------------------------------------------------------------------------------------------


def test_the_pack_says_what_was_put_before_whom_and_whether_it_has_changed_since(desk: Desk) -> None:
    supplied: list[dict[str, Any]] = [
        {"what": "report.docx", "sha256": "aa", "to": "Cabinet", "date": "2026-03-01"},
        {"what": "annex.docx", "sha256": "bb", "to": "Cabinet"},
        {"what": "gone.docx", "sha256": "cc"},
    ]
    desk.add([("supply", told) for told in supplied], "clerk")
    tables = desk.tables()
    point = tables["points"].sort_values("rank")["point_id"].iloc[0]
    desk.take(fill(desk.out(), "Points", [{"Point": point, "Disposition": "adopted", "Body": "Cabinet"}], "Point"))
    tables = desk.tables()
    findings = audit.check(tables, desk.settings)
    made = pack.assemble(tables, desk.settings, desk.events, findings, {"report.docx": "aa", "annex.docx": "zz"})
    assert [(row.what, row.to, row.now) for row in made.supplied] == [
        ("report.docx", "Cabinet", "the same"),
        ("annex.docx", "Cabinet", "changed since"),
        ("gone.docx", "not stated", "no longer here"),
    ]
    assert [(row.disposition, row.decided_by, row.said_by) for row in made.points] == [
        ("adopted", "Cabinet", "2 responses, 3 comments, 1 workshop; resident, staff, young people"),
        ("Not decided", "", "1 response, 1 comment; resident"),
    ]
    assert made.summary == (
        "Points made: 2; decided: 1; not decided: 1.",
        "Adopted: 1.",
        "The audit has open: 1 serious.",
        "Documents put before decision-makers: 3; of these differ from the files now: 2.",
    )
