"""Points: what was said, once each, counted without adding up what does not add up, and edited by people."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation import framework
from consultation import tables as named
from consultation.errors import ConsultationError
from consultation.model import Point
from consultation.settings import QuantityWord, Settings
from consultation.statements import said
from consultation.wording.points import gather, ordered
from consultation.wording.points.conflicts import LISTED, conflicts
from consultation.wording.points.edits import merged_into
from consultation.wording.trace import why
from consultation.words import english, quantity_word
from tests.desk import Desk, fill, small


def _points(desk: Desk) -> list[Point]:
    return ordered(desk.tables()["points"])


def _statements(desk: Desk) -> list[str]:
    return [point.statement for point in _points(desk)]


def test_a_rejected_tag_an_excluded_comment_and_a_facilitators_line_say_nothing() -> None:
    desk = small(
        {"a1": "woolly", "b1": "woolly", "w1": "The officer explained the map"},
        ("a1", "theme", "vague", "rejected"),
        ("b1", "theme", "vague"),
        ("w1", "element", "1"),
    )
    comments = desk.imported["comments"]
    comments.loc[comments["comment_id"] == "c-b1", "status"] = "excluded"
    comments.loc[comments["comment_id"] == "c-w1", "voice"] = "facilitator"
    assert _points(desk) == []


def test_off_topic_remarks_make_no_point() -> None:
    desk = small({"a1": "Bring back the 42 bus"}, ("a1", "theme", "off_topic"), ("a1", "element", "2"))
    assert _points(desk) == []


def test_a_theme_belongs_to_the_element_named_in_its_sentence() -> None:
    text = "The health one is fine. The roads one is woolly."
    tags = [("element", "1@health"), ("element", "2@roads"), ("theme", "vague@woolly")]
    desk = small({"a1": text}, *[("a1", *tag) for tag in tags])
    assert _statements(desk) == ["You commented on Health (1).", "You commented on Roads (2) (theme: Too vague)."]


def test_a_theme_without_a_place_belongs_to_the_element_of_the_question() -> None:
    desk = small({"a1": "woolly"}, ("a1", "element", "2"), ("a1", "theme", "vague@woolly"), ("a1", "stance", "object"))
    assert _statements(desk) == ["You had concerns about Roads (2) (theme: Too vague)."]


def test_a_theme_in_the_sentence_of_a_phrase_says_why_and_is_not_counted_again() -> None:
    text = "“live well” is woolly."
    desk = small(
        {"a1": text}, ("a1", "element", "1"), ("a1", "theme", "vague@woolly"),
        phrases=[{"comment": "a1", "words": "live well", "element": "1", "kind": "object"}],
    )  # fmt: skip
    assert _statements(desk) == ["You had a problem with the words “live well” in Health (1) (theme: Too vague)."]


def test_comments_responses_and_workshops_are_counted_apart() -> None:
    desk = small(
        {"a1": "woolly", "a2": "still woolly", "b1": "woolly", "w1": "woolly, we all said"},
        *[(key, "element", "1") for key in ("a1", "a2", "b1", "w1")],
        *[(key, "theme", "vague@woolly") for key in ("a1", "a2", "b1", "w1")],
    )
    (point,) = _points(desk)
    assert (point.n_comments, point.n_responses, point.n_events) == (4, 2, 1)
    assert point.groups == ("resident", "staff", "young people")
    shown = [link for link in why(point.point_id, desk.tables(), desk.events) if link.kind == "comment"]
    assert len(shown) == point.n_comments


def test_each_view_comes_first_then_frequency_and_what_one_person_said_is_kept() -> None:
    texts = dict.fromkeys(("a1", "b1", "c1"), "woolly") | {"d1": "Nobody asked how ambulances get through"}
    objecting = {"words": "woolly", "element": "1", "kind": "object"}
    desk = small(
        texts,
        *[(key, "theme", "vague@woolly") for key in ("a1", "b1", "c1")],
        ("d1", "element", "1"), ("d1", "stance", "question"),
        phrases=[
            *[{"comment": key, "phrase": "live well", **objecting} for key in ("a1", "b1", "c1")],
            *[{"comment": key, "phrase": "ill health", **objecting} for key in ("a1", "b1")],
        ],
    )  # fmt: skip
    assert [(point.n_responses, point.phrase, point.stance) for point in _points(desk)] == [
        (3, "live well", "object"),
        (1, None, "question"),
        (2, "ill health", "object"),
    ]


def test_a_statement_never_carries_a_rewrite_of_a_whole_sentence() -> None:
    rewrite = "people of my street can see a doctor inside a week without begging the receptionist for it"
    desk = small(
        {"a1": f"live well: {rewrite}"},
        phrases=[{"comment": "a1", "words": "live well", "element": "1", "kind": "replace", "replacement": rewrite}],
    )
    assert _statements(desk) == ["You offered other words for “live well” in Health (1)."]


def test_rival_words_for_one_phrase_and_opposed_themes_are_paired() -> None:
    desk = small(
        {"a1": "live well - say thrive", "b1": "live well - say cope", "c1": "mad", "d1": "timid"},
        ("c1", "element", "2"), ("c1", "theme", "unrealistic"), ("d1", "element", "2"), ("d1", "theme", "bolder"),
        phrases=[
            {"comment": "a1", "words": "live well", "element": "1", "kind": "replace", "replacement": "thrive"},
            {"comment": "b1", "words": "live well", "element": "1", "kind": "replace", "replacement": "cope"},
        ],
    )  # fmt: skip
    points = {point.point_id: point for point in _points(desk)}
    assert len(points) == 4
    for point in points.values():
        (other,) = point.conflicts_with
        assert points[other].conflicts_with == (point.point_id,)


def test_of_hundreds_of_rivals_each_point_lists_those_voiced_most_often() -> None:
    rivals = [
        Point(
            point_id=f"t-{number:03}", theme=None, stance="suggest", statement="", phrase="Live well", kind="replace",
            replacement=f"word {number}", n_responses=number,
        )
        for number in range(LISTED + 20)
    ]  # fmt: skip
    few = conflicts(rivals[:9], {}, ())
    assert all(others == tuple(sorted(few.keys() - {point_id})) for point_id, others in few.items())
    many = conflicts(rivals, {}, ())
    assert many["t-000"] == tuple(point.point_id for point in rivals[-LISTED:])
    assert many[rivals[-1].point_id] == tuple(point.point_id for point in rivals[-LISTED - 1 : -1])


def test_quantity_words_only_come_from_the_declared_scale() -> None:
    point = Point(point_id="t-1", theme=None, stance="support", statement="", quantity="Most")
    scale = (QuantityWord(word="most", from_share=0.75),)
    assert said(point, "Health (1)", english(), {}, scale) == "Most of you supported Health (1)."
    assert said(point, "Health (1)", english(), {}) == "You supported Health (1)."


@pytest.mark.parametrize(
    ("part", "base", "word"),
    [(901, 1000, "almost all"), (900, 1000, "most"), (495, 1000, "less than half"), (150, 1000, "less than half"),
     (149, 1000, "a few"), (0, 10, "a few")],
)  # fmt: skip
def test_a_share_at_a_border_belongs_to_the_word_whose_bound_it_reaches(part: int, base: int, word: str) -> None:
    assert quantity_word(part, base, Settings().quantity_words) == word


# --- by hand ----------------------------------------------------------------------------------------------------------


def _two() -> tuple[Desk, str, str]:
    desk = small(
        {"a1": "woolly", "b1": "woolly", "c1": "over the top"},
        *[(key, "element", "1") for key in ("a1", "b1", "c1")],
        ("a1", "theme", "vague"), ("b1", "theme", "vague"), ("c1", "theme", "unrealistic"),
    )  # fmt: skip
    vague, high = (point.point_id for point in _points(desk))
    return desk, vague, high


def _evidence(desk: Desk, point_id: str) -> list[str]:
    table = desk.tables()["point_evidence"]
    return sorted(table[table["point_id"] == point_id]["comment_id"])


def test_merging_moves_the_evidence_and_undo_gives_it_back() -> None:
    desk, vague, high = _two()
    desk.add([("point", {"point_id": high, "action": "merge", "into": vague})])
    assert _evidence(desk, vague) == ["c-a1", "c-b1", "c-c1"]
    assert [point.n_responses for point in _points(desk)] == [3]
    desk.add([("undo", {"event_id": desk.events[-1].event_id})])
    assert sorted(point.n_responses or 0 for point in _points(desk)) == [1, 2]


def _three() -> tuple[Desk, str, str, str]:
    """Points a, b and c, each with the one comment of that name."""
    desk = small(
        {"a1": "woolly", "b1": "over the top", "c1": "timid"},
        *[(key, "element", "1") for key in ("a1", "b1", "c1")],
        ("a1", "theme", "vague"), ("b1", "theme", "unrealistic"), ("c1", "theme", "bolder"),
    )  # fmt: skip
    by_comment = {_evidence(desk, point.point_id)[0]: point.point_id for point in _points(desk)}
    return desk, by_comment["c-a1"], by_comment["c-b1"], by_comment["c-c1"]


def _merge(one: str, into: str) -> tuple[str, dict[str, Any]]:
    return ("point", {"point_id": one, "action": "merge", "into": into})


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_chain_of_merges_ends_in_one_open_point_in_whatever_order_it_is_told(order: tuple[int, int]) -> None:
    desk, a, b, c = _three()
    told = [_merge(a, b), _merge(c, a)]
    desk.add([told[number] for number in order])
    assert [point.point_id for point in _points(desk)] == [b]
    assert _evidence(desk, b) == ["c-a1", "c-b1", "c-c1"]
    assert merged_into(desk.events) == {a: b, c: b}


def test_a_circle_of_merges_ends_where_it_would_close_and_loses_nothing() -> None:
    desk, a, b, c = _three()
    desk.add([_merge(a, b), _merge(b, c), _merge(c, a)])
    assert [point.point_id for point in _points(desk)] == [c]
    assert _evidence(desk, c) == ["c-a1", "c-b1", "c-c1"]
    assert merged_into(desk.events) == {a: c, b: c}


def test_what_is_split_off_into_a_merged_point_goes_where_that_went_and_out_of_one_that_is_merged_too() -> None:
    desk, a, b, c = _three()
    split = {"action": "split", "comments": ["c-c1"]}
    desk.add([_merge(a, b), ("point", {**split, "point_id": c, "into": a})])
    assert _evidence(desk, b) == ["c-a1", "c-b1", "c-c1"]
    desk, a, b, c = _three()
    desk.add([_merge(c, b), ("point", {**split, "point_id": c, "into": a})])
    assert (_evidence(desk, a), _evidence(desk, b)) == (["c-a1", "c-c1"], ["c-b1"])


@pytest.mark.parametrize("closed", ["withdrawn", "split"])
def test_nothing_goes_into_a_point_that_is_closed(closed: str) -> None:
    desk, a, b, c = _three()
    close: dict[str, Any] = {"point_id": b, "action": "withdraw", "reason": "A slip."}
    if closed == "split":
        close = {"point_id": b, "action": "split", "into": a, "comments": ["c-b1"]}
    desk.add([("point", close), _merge(c, b), ("point", {**close, "point_id": a, "action": "split", "into": b})])
    assert c in {point.point_id for point in _points(desk)}
    assert _evidence(desk, c) == ["c-c1"]
    data = fill(desk.out(), "Points", [{"Point": c, "Merge into": b}], "Point")
    (refused,) = desk.take(data).refused
    assert refused.what == f"Point {b} has been {closed}: nothing can go into it."
    assert refused.do == "Name a point that is still open; a fresh workbook shows them."


def test_one_workbook_takes_a_chain_of_merges_and_refuses_the_one_that_closes_a_circle() -> None:
    desk, *_ = _three()
    first, middle, last = [point.point_id for point in _points(desk)]  # as their rows stand in the workbook
    rows = [{"Point": first, "Merge into": middle}, {"Point": last, "Merge into": first}]
    taken = desk.take(fill(desk.out(), "Points", rows, "Point"))
    assert not taken.refused
    assert _evidence(desk, middle) == ["c-a1", "c-b1", "c-c1"]
    desk, *_ = _three()
    rows = [{"Point": first, "Merge into": middle}, {"Point": middle, "Merge into": last}]
    (refused,) = desk.take(fill(desk.out(), "Points", [*rows, {"Point": last, "Merge into": first}], "Point")).refused
    assert refused.what == f"Point {first} leads back to point {last} itself."
    assert [point.point_id for point in _points(desk)] == [last]
    assert _evidence(desk, last) == ["c-a1", "c-b1", "c-c1"]


def test_a_split_takes_what_each_old_point_holds_and_says_which_comment_none_of_them_does() -> None:
    desk, a, b, c = _three()
    row = {"Statement": "You asked.", "Split from": f"{a}; {b}", "Link evidence": "c-b1; c-a1; c-c1"}
    taken = desk.take(fill(desk.out(), "Points", [row]))
    (new,) = (point.point_id for point in _points(desk) if point.statement == "You asked.")
    assert _evidence(desk, new) == ["c-a1", "c-b1"]
    assert (_evidence(desk, a), _evidence(desk, b), _evidence(desk, c)) == ([], [], ["c-c1"])
    (refused,) = taken.refused
    assert refused.what == f"c-c1: not among the comments of {a}; {b}, so not split off."


def test_splitting_moves_the_named_comments_to_the_new_point() -> None:
    desk, vague, _ = _two()
    desk.add([
        ("point", {"point_id": "t-new", "action": "add", "statement": "You asked what it means.", "elements": ["1"]}),
        ("point", {"point_id": vague, "action": "split", "into": "t-new", "comments": ["c-b1"]}),
    ])  # fmt: skip
    assert (_evidence(desk, vague), _evidence(desk, "t-new")) == (["c-a1"], ["c-b1"])


def test_linking_and_unlinking_change_the_counts_and_an_unknown_comment_is_no_evidence() -> None:
    desk, vague, high = _two()
    desk.add([
        ("point", {"point_id": high, "action": "link", "comments": ["c-a1", "c-nowhere"]}),
        ("point", {"point_id": vague, "action": "unlink", "comments": ["c-a1"]}),
    ])  # fmt: skip
    assert (_evidence(desk, vague), _evidence(desk, high)) == (["c-b1"], ["c-a1", "c-c1"])


def test_a_decided_point_stays_when_its_tags_are_gone() -> None:
    desk, vague, _ = _two()
    about = {"point_id": vague, "statement": "It was vague.", "elements": ["1"]}
    desk.add([("decision", {**about, "disposition": "adopted"})])
    tags = desk.imported["tags"]
    desk.imported["tags"] = tags[tags["code"] != "vague"]
    kept = next(point for point in _points(desk) if point.point_id == vague)
    assert (kept.statement, kept.n_comments, kept.origin) == ("It was vague.", None, "person")


def test_every_chain_leads_back_to_comments_and_an_unknown_id_is_met_with_the_nearest() -> None:
    desk, vague, _ = _two()
    links = why("c-a1", desk.tables(), desk.events)
    assert {link.kind for link in links} >= {"comment", "response", "tag", "point", "element", "report row"}
    assert ("forward", vague) in {(link.part, link.id) for link in links}
    with pytest.raises(ConsultationError, match="Nothing here has the id or code “c-a9”"):
        why("c-a9", desk.tables(), desk.events)


ACTIONS = st.lists(
    st.one_of(
        st.fixed_dictionaries({"action": st.just("merge"), "point": st.integers(0, 1), "into": st.integers(0, 1)}),
        st.fixed_dictionaries(
            {
                "action": st.sampled_from(["link", "unlink", "split"]),
                "point": st.integers(0, 1),
                "into": st.integers(0, 1),
                "comments": st.lists(st.sampled_from(["c-a1", "c-b1", "c-c1"]), unique=True),
            }
        ),
        st.fixed_dictionaries({"action": st.just("withdraw"), "point": st.integers(0, 1)}),
    ),
    max_size=6,
)


@settings(max_examples=8, deadline=None)
@given(ACTIONS)
def test_whatever_people_do_the_tables_hold_together_and_undoing_all_gives_the_start(
    actions: list[dict[str, Any]],
) -> None:
    desk, *ids = _two()
    start = _gathered(desk)
    for action in actions:
        told = {**action, "point_id": ids[action.pop("point")]}
        if "into" in told:
            told["into"] = ids[told["into"]]
        desk.add([("point", told)])
    assert named.check(_gathered(desk)) == []
    desk.add([("undo", {"event_id": event.event_id}) for event in desk.events])
    for name, table in _gathered(desk).items():
        pd.testing.assert_frame_equal(table, start[name])


def _gathered(desk: Desk) -> dict[str, pd.DataFrame]:
    held = desk.imported
    elements = framework.elements(desk.records)
    return gather(
        held["comments"], held["responses"], held["events"], elements, desk.themes, held["tags"], held["phrases"],
        desk.events,
    )  # fmt: skip
