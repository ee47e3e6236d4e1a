"""The tagger with no labels: rules and likeness suggest, on both facets at once, and say why."""

from __future__ import annotations

import socket
from collections.abc import Sequence

import pandas as pd
import pytest

from consultation import tables, tagging
from consultation.codebook import ALWAYS
from consultation.errors import ConsultationError
from consultation.model import Comment, Element, LedgerEvent, Question, Theme
from consultation.tagging.rules import spoken
from consultation.tagging.rules.phrasebook import Entry, Phrasebook

DRAFT = {
    "V": ("vision", None, "Our vision", "A valley where everybody thrives"),
    "1": ("outcome", "V", "Warm homes", "Every household lives in a warm and dry home"),
    "1.1": ("action", "1", "Insulation", "We will insulate every loft by 2030"),
    "2": ("outcome", "V", "Clean rivers", "Rivers are clean enough to swim in"),
    "2.3": ("action", "2", "Sewage", "Storm overflows are stopped for good"),
}
THEMES = (
    Theme(code="x1", name="Hard to understand", definition="The reader does not know what the words mean."),
    Theme(code="x2", name="Promises too much", definition="More than can be done.", cues=("pie in the sky",)),
    Theme(code="x3", name="Somebody is left out", definition="A group of people is not covered by the words."),
    *ALWAYS,
)  # fmt: skip


def elements() -> pd.DataFrame:
    return tables.frame(
        "elements",
        [
            Element(code=code, kind=kind, parent=parent, order=order, version="draft", name=name, wording=wording)
            for order, (code, (kind, parent, name, wording)) in enumerate(DRAFT.items())
        ],
    )


def questions() -> pd.DataFrame:
    return tables.frame(
        "questions",
        [
            Question(question_id="q-2", source_id="s-1", text="Clean rivers: your view?", kind="open", elements=("2",)),
            Question(question_id="q-any", source_id="s-1", text="Anything else?", kind="open"),
        ],
    )  # fmt: skip


def comments(*texts: str, question: str | None = "q-any", heading: str | None = None) -> pd.DataFrame:
    return tables.frame(
        "comments",
        [
            Comment(
                comment_id=f"c-{place:03}", response_id=f"r-{place:03}", event_id=None, source_id="s-1", locator="",
                question_id=question, heading=heading, voice="person", text=text,
            )
            for place, text in enumerate(texts)
        ],
    )  # fmt: skip


def tag(table: pd.DataFrame, events: Sequence[LedgerEvent] = ()) -> pd.DataFrame:
    return tagging.tag(table, questions(), elements(), THEMES, events=events)


def codes(tags: pd.DataFrame, facet: str, comment: str = "c-000", status: str = "suggested") -> set[str]:
    mine = tags[(tags["comment_id"] == comment) & (tags["facet"] == facet) & (tags["status"] == status)]
    return set(mine["code"])


def said(seq: int, who: str = "Ann", what: str = "tag", **payload: object) -> LedgerEvent:
    return LedgerEvent(seq=seq, event_id=f"e-{seq}", at="2026-01-01T00:00:00Z", who=who, what=what, payload=payload)


@pytest.mark.parametrize(
    "text",
    ["N/A", "No comment", "-", "I paid 2.30 for a coffee", "It rose by 2.3% in a year", "see www.example.org/2.3"],
)
def test_a_number_that_is_no_reference_and_an_answer_that_says_nothing_name_no_element(text: str) -> None:
    tags = tag(comments(text))
    assert "2.3" not in set(tags[tags["origin"] == "rule"]["code"])


def test_a_comment_that_says_nothing_is_left_without_any_tag() -> None:
    assert tag(comments("N/A", "Nothing to add.", question="q-2")).empty


@pytest.mark.parametrize(
    ("text", "element"),
    [
        ("2.3 is a good thing", "2.3"),
        ("I like action 2.3.", "2.3"),
        ("Outcome two is what matters", "2"),
        ("the second outcome reads well", "2"),
        ("The vision is fine", "V"),
        ("what are “storm overflows”?", "2.3"),
        ("insulating each loft costs money", "1.1"),
        ("storm-overflows, again", "2.3"),
        ("warm homes should come first", "1"),
    ],
)
def test_a_reference_or_words_of_the_draft_in_any_inflection_name_the_element(text: str, element: str) -> None:
    assert element in codes(tag(comments(text)), "element")


@pytest.mark.parametrize("text", ["Cannot, promise", "we can't promise", "WE CANT PROMISE", "can not promise"])
def test_a_cue_is_found_whatever_marks_and_however_its_not_is_written(text: str) -> None:
    cue = Entry(phrase="can’t promise", facet="theme", code="x2", strength=0.7, kind="cue")
    assert [found.entry for found in Phrasebook([cue]).find(spoken.read(text))] == [cue]
    assert not Phrasebook([cue]).find(spoken.read("We can. Not promise!"))


def test_the_question_that_a_comment_answers_says_what_it_is_about() -> None:
    tags = tag(comments("I am all for it", question="q-2"))
    assert codes(tags, "element") == {"2"}
    assert "answers the question about 2" in tags[tags["facet"] == "element"]["why"].iloc[0]


def test_a_workshop_heading_says_what_the_lines_under_it_are_about() -> None:
    assert codes(tag(comments("All for it", question=None, heading="Table 3 > Warm homes")), "element") == {"1"}


def test_an_answer_may_name_another_element_than_the_one_asked_about() -> None:
    assert codes(tag(comments("More important is 1.1, the lofts", question="q-2")), "element") == {"1.1", "2"}


def test_a_theme_is_found_by_what_its_own_words_mean_not_by_its_code() -> None:
    tags = tag(
        comments("What does “thrives” mean?", "You can never promise that", "What about tenants?", "Pie in the sky.")
    )
    assert [codes(tags, "theme", f"c-00{n}") for n in range(4)] == [{"x1"}, {"x2"}, {"x3"}, {"x2"}]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Very few concerns, if the best provider is found", "conditional"),
        ("No objection as long as it is paid for", "conditional"),
        ("I wouldn't disagree with that", "support"),
        ("I do not agree with that", "object"),
        ("Change “everybody” to “all who live here”", "suggest"),
        ("What does thrives mean?", "question"),
        ("Half the street is never in when they call.", "object"),
        ("Lovely staff on the front desk.", "support"),
        ("One evening a month instead.", "suggest"),
        ("• Remove the second line", "suggest"),
        ("Publish the figures every year, ward by ward.", "suggest"),
        ("Good aim, but the wording is awful", "mixed"),
    ],
)
def test_negation_and_conditions_do_not_turn_a_stance_round(text: str, stance: str) -> None:
    """R46."""
    assert codes(tag(comments(text)), "stance") == {stance}


def test_each_comment_carries_the_four_facets_independently() -> None:
    """R31."""
    tags = tag(comments("2.3: what about tenants? You should name them."))
    assert {facet: codes(tags, facet) for facet in ("element", "theme", "stance", "audience")} == {
        "element": {"2.3"}, "theme": {"x3"}, "stance": {"suggest"}, "audience": {"tenants"},
    }  # fmt: skip


def test_a_remark_that_shows_no_stance_is_taken_for_fault_finding_and_says_that_it_is_a_guess() -> None:
    row = tag(comments("We walk along the river on Sundays.")).set_index("facet").loc["stance"]
    assert (row["code"], row["why"]) == ("object", "weak: no words of it tell; such remarks mostly find fault")


def test_spans_lie_within_the_text_and_hold_what_drove_the_tag() -> None:
    """R30, R37: many codes a comment, each with its place; what drove it is shown."""
    text = "Café 😀 — I ‘think’ 2.3 is pie in the sky"
    tags = tag(comments(text))
    held = {(row.facet, row.code): text[row.start : row.end] for row in tags.itertuples()}
    assert held["element", "2.3"] == "2.3"
    assert held["theme", "x2"] == "pie in the sky"


def test_every_suggestion_has_a_span_and_a_likeness_shows_the_words_that_are_most_like() -> None:
    """R37."""
    texts = (
        "I swim with my children in the river near us.",
        "Quite.",
        "",
        "They dither. Nothing more to be said, is it?",
    )
    told = comments(*texts)
    tags = tag(told)
    text_of = dict(zip(told["comment_id"], texts, strict=True))
    spans = [(text_of[row.comment_id], row.start, row.end) for row in tags.itertuples()]
    assert spans
    assert all(0 <= start < end <= len(text) for text, start, end in spans)
    like = tags[(tags["origin"] == "similarity") & (tags["facet"] == "element")].iloc[0]
    assert text_of[like["comment_id"]][like["start"] : like["end"]] in ("swim", "river")


def test_why_quotes_the_draft_and_the_codebook_but_never_the_person() -> None:
    tags = tag(comments("Zanzibar! Rivers clean enough to swim in? Pie in the sky."))
    assert any("clean enough to swim" in why for why in tags["why"])
    assert not any("Zanzibar" in why for why in tags["why"])


def test_why_calls_a_usual_way_of_saying_so_by_no_name_that_the_codebook_does_not_have() -> None:
    tags = tag(comments("What does “thrives” mean?"))
    (why,) = tags[tags["code"] == "x1"]["why"]
    assert "a usual way of saying so" in why


def test_a_person_wins_and_what_loses_is_kept_with_the_reason() -> None:
    told = comments("What does “thrives” mean?")
    event = said(1, comment_id="c-000", facet="theme", code="x3", status="confirmed")
    tags = tag(told, [event])
    assert codes(tags, "theme", status="confirmed") == {"x3"}
    assert codes(tags, "theme", status="rejected") == {"x1"}
    assert "Ann read this and chose “x3”" in tags[tags["code"] == "x1"]["why"].iloc[0]


def test_a_rejected_suggestion_stays_rejected_and_undo_brings_it_back() -> None:
    told = comments("What does “thrives” mean?")
    event = said(1, comment_id="c-000", facet="theme", code="x1", status="rejected", note="rhetorical")
    assert codes(tag(told, [event]), "theme", status="rejected") == {"x1"}
    assert codes(tag(told, [event, said(2, what="undo", event_id="e-1")]), "theme") == {"x1"}


def test_facilitators_and_excluded_comments_are_not_tagged() -> None:
    told = comments("2.3 is good", "2.3 is bad")
    told.loc[0, "voice"] = "facilitator"
    told.loc[1, "status"] = "excluded"
    assert tag(told).empty


def test_nothing_given_is_altered_and_two_runs_are_the_same_with_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """R36."""
    monkeypatch.setattr(socket, "socket", None)
    told = comments("2.3 is pie in the sky", "Warm homes please", "Rivers!")
    before = told.copy(deep=True)
    pd.testing.assert_frame_equal(tag(told), tag(told.iloc[::-1].reset_index(drop=True)))
    pd.testing.assert_frame_equal(told, before)


def test_every_tag_obeys_the_named_table() -> None:
    told = comments("2.3 is pie in the sky, what about tenants?", "Warm homes please")
    assert tables.check({"tags": tag(told), "comments": told}) == []


def test_a_few_comments_and_no_label_get_suggestions_that_say_how_strong_they_are() -> None:
    """R34: with nothing to learn from, rules and likeness suggest; none of it is a probability or stands alone."""
    remarks = ("What does “thrives” mean?", "2.3 please", "Warm homes for tenants", "Pie in the sky.", "N/A", "Rivers!")
    tags = tag(comments(*remarks * 4))
    assert set(tags["status"]) == {"suggested"}
    assert set(tags["origin"]) <= {"rule", "similarity"}
    assert all(why.split(":")[0] in ("strong", "likely", "possible", "weak") for why in tags["why"])
    with pytest.raises(ConsultationError, match="too little to learn from"):
        tagging.learn(comments(*remarks * 4), questions(), elements(), THEMES, [])


def test_no_comments_and_no_codebook_are_no_error() -> None:
    assert tag(comments()).empty
    assert tagging.tag(comments("hello"), questions(), elements().iloc[:0], ()).columns[0] == "comment_id"


def test_words_for_a_group_serve_the_audience_that_they_describe_best() -> None:
    own = [Theme(code="little", name="Babies and children"), Theme(code="parents", name="Parents with children in tow")]
    told = comments("The toddler group is full", "Both parents work", "Our children walk")
    tags = tagging.tag(told, questions(), elements(), THEMES, audiences=own)
    assert [codes(tags, "audience", f"c-00{n}") for n in range(3)] == [{"little"}, {"parents"}, {"little", "parents"}]
