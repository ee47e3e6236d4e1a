"""Changes: their kinds as suggested, what was asked of each phrase, and every changed word with its origin."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation import changes
from consultation.model import Point
from consultation.wording.proposals import requests
from consultation.wording.proposals.attribution import Origins, attribute, attributions
from consultation.wording.proposals.kinds import suggest
from consultation.wording.stems import stem
from tests import kent
from tests.desk import small

SOME = ["high", "good", "life", "for all", "and", "safe,", "Safe", "\n", "well-being"]
WORDS = st.lists(st.sampled_from(SOME), max_size=9)
TEXTS = st.builds(" ".join, WORDS) | st.text(max_size=30)


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ("A good life.", "a good  life", ("unchanged",)),
        ("Safe and healthy people", "Healthy and safe people", ("reordered",)),
        ("People are safe", "The people are so safe", ("reworded",)),
        ("More people get costly care at home", "More people get care at home", ("phrase_removed",)),
        ("Children are ready for school", "Children are ready and able for school", ("phrase_added",)),
        ("a high quality of life", "a good quality of life", ("phrase_replaced",)),
        (
            "All are ready for school so they benefit from what education provides",
            "All are ready for school",
            ("simplified", "phrase_removed"),
        ),
        ("Kent promotes independence", "Our focus is on improving lives", ("reworded",)),
    ],
)
def test_two_wordings_suggest_the_kinds_of_change(old: str, new: str, kinds: tuple[str, ...]) -> None:
    assert suggest(old, new) == kinds


def test_of_a_draft_that_is_not_held_nothing_is_suggested() -> None:
    assert suggest(None, "Kent communities are resilient") == ()
    assert suggest(None, None) == ()
    assert suggest(None, "New here", in_draft=False) == ("new",)
    assert suggest(None, "Merged", came_by=["merged", "merged"]) == ("merged",)
    assert suggest("Skills", None, went_by=["merged"]) == ("removed", "merged")
    assert suggest("Old title", "New title", kind="title") == ("retitled",)


def test_on_a_published_redraft_unchanged_is_exact_and_every_other_suggestion_is_among_the_listed(shared: Path) -> None:
    told = [element for element in kent.facts(shared)["elements"] if element["draft"].get("text")]
    assert len(told) == 7
    for element in told:
        found = suggest(element["draft"]["text"], element["revised"]["text"], kind=element["kind"])
        assert set(found) <= set(element["change_kinds"]), element["id"]
        assert ("unchanged" in found) == ("unchanged" in element["change_kinds"])


def test_a_published_change_is_shown_word_by_word(shared: Path) -> None:
    told = next(element for element in kent.facts(shared)["elements"] if element["id"] == "SO2")
    parts = changes.compare(told["draft"]["text"], told["revised"]["text"])
    assert [(part.operation, part.text.strip()) for part in parts if part.operation != "same"] == [
        ("gone", "benefit from increasing prosperity"),
        ("new", "feel the benefits of economic growth"),
        ("gone", "health"),
        ("new", "healthy"),
        ("gone", "high"),
        ("new", "good"),
    ]


def test_rival_replacements_of_one_phrase_stand_side_by_side_with_who_asked() -> None:
    asks = [("a1", "live well", "thrive"), ("b1", "live well", "cope"), ("c1", "live well", "thrive")]
    desk = small(
        {key: f"{phrase} should be {words}" for key, phrase, words in asks},
        phrases=[
            {"comment": key, "words": phrase, "element": "1", "kind": "replace", "replacement": words}
            for key, phrase, words in asks
        ],
    )
    tables = desk.tables()
    told = requests(tables["points"], tables["point_elements"])["1"]
    assert [(row.phrase, row.replacement, row.n_responses, row.rivals, row.groups) for row in told] == [
        ("live well", "thrive", 2, 1, ("resident",)),
        ("live well", "cope", 1, 1, ("staff",)),
    ]


def _point(name: str, phrase: str | None = None, replacement: str | None = None, kind: str = "replace") -> Point:
    return Point(
        point_id=name, theme=None, stance="object", statement="", phrase=phrase, replacement=replacement, kind=kind
    )


def test_each_changed_word_goes_to_whoever_asked_for_it_and_the_rest_to_nobody() -> None:
    old = "We help hard working families to manage"
    new = "We help all residents to thrive in well planned homes"
    origins = Origins(
        points=[_point("t-1", "hard working families", kind="remove"), _point("t-2", "manage", "thrive")],
        own_words=["well planned"],
        lost={"3": frozenset({"home"})},
    )
    told = attribute(old, new, origins)
    assert [(part.operation, part.text.strip(), part.basis, part.points, part.element) for part in told] == [
        ("gone", "hard working families", "objected", ("t-1",), None),
        ("new", "all residents", "in_place", ("t-1",), None),
        ("gone", "manage", "objected", ("t-2",), None),
        ("new", "thrive", "asked", ("t-2",), None),
        ("new", "in well planned", "own", (), None),
        ("new", "homes", "moved_from", (), "3"),
    ]


def test_words_that_nobody_asked_for_are_told_apart_from_those_of_a_change_as_a_whole() -> None:
    assert [part.basis for part in attribute("a b", "a b new words", Origins())] == ["kept", "kept", "none"]
    assert [part.basis for part in attribute("a b", "a b new words", Origins(behind=["t-9"]))][2:] == ["change"]


def test_words_that_moved_in_a_split_are_not_taken_for_new() -> None:
    desk = small({"a1": "split it"})
    desk.add([
        ("wording", {"element": "1", "version": "revised", "wording": "People live well"}),
        ("wording", {"element": "2", "version": "revised", "wording": "Ill health is prevented, every road is mended"}),
        ("lineage", {"from_code": "1", "to_code": "2", "change_kind": "split"}),
    ])  # fmt: skip
    tables = desk.tables()
    told = attributions(*(tables[name] for name in ("elements", "lineage", "proposals", "points", "point_elements")))
    assert {(part.basis, part.element) for part in told["1"]} == {("kept", None), ("moved_to", "2")}
    assert ("moved_from", "1") in {(part.basis, part.element) for part in told["2"]}


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=3))
def test_attribution_covers_each_changed_word_once(old: str, new: str, phrases: list[str]) -> None:
    points = [_point(f"t-{number}", phrase, phrase[::2]) for number, phrase in enumerate(phrases)]
    told = attribute(old, new, Origins(points=points, own_words=phrases[:1]))
    for operation in ("gone", "new"):
        changed = "".join(part.text for part in changes.compare(old, new) if part.operation == operation)
        assert "".join(part.text for part in told if part.operation == operation) == changed


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
def test_same_and_gone_spell_the_old_wording_same_and_new_the_new(old: str, new: str) -> None:
    parts = changes.compare(old, new)
    assert "".join(part.text for part in parts if part.operation != "new") == old
    assert "".join(part.text for part in parts if part.operation != "gone") == new


@pytest.mark.parametrize(
    ("one", "other"),
    [("opportunity", "Opportunities"), ("working", "works"), ("maximise", "maximizing"), ("child", "children"),
     ("planned", "planning"), ("communities’", "community"), ("carer's", "carers"), ("tackled", "tackling")],
)  # fmt: skip
def test_inflected_forms_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("ill", "will"), ("ill", "skilled"), ("excluded", "included"), ("independence", "independently"), ("new", "news")],
)
def test_different_words_do_not(one: str, other: str) -> None:
    assert stem(one) != stem(other)
