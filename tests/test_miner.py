"""What the miner promises of every finding, and how it reads a few whole comments."""

from __future__ import annotations

import random

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation import tables
from consultation.model import Comment, Element, Phrase, Question, Tag
from consultation.wording.miner import mine
from consultation.wording.miner.units import quotations

DRAFT = {
    "1": "Older people live well in vibrant, resilient communities.",
    "2": "Businesses deliver inclusive growth by 2030, where affordable.",
    "2.1": "A skilled workforce maximises its potential.",
}
SAID = (
    "vibrant resilient 'vibrant' \"live well\" inclusive growth not change drop the word to instead of say lively -> "
    "? . , ! don't like keep it my neighbour says what does mean should be read 2.1: ill will “where affordable” ’ ‘ é "
    "👍 \n"
)
WORDS = st.sampled_from(SAID.split(" "))


def comments(*texts: str, question: str | None = "q1", heading: str | None = None) -> pd.DataFrame:
    return tables.frame(
        "comments",
        [
            Comment(comment_id=f"c{number}", response_id=None, event_id=None, source_id="s", locator=str(number),
                    question_id=question, heading=heading, voice="person", text=text)
            for number, text in enumerate(texts)
        ],
    )  # fmt: skip


def elements(draft: dict[str, str | None] | None = None) -> pd.DataFrame:
    return tables.frame(
        "elements",
        [
            Element(code=code, kind="aim", parent=None, order=order, version="draft", wording=wording)
            for order, (code, wording) in enumerate((draft or DRAFT).items())
        ],
    )


def questions(about: tuple[str, ...] = ("1",)) -> pd.DataFrame:
    return tables.frame("questions", [Question(question_id="q1", source_id="s", text="", kind="open", elements=about)])


def found(text: str, about: tuple[str, ...] = ("1",), heading: str | None = None) -> list[Phrase]:
    return tables.rows("phrases", mine(comments(text, heading=heading), questions(about), elements()))


def told(text: str, about: tuple[str, ...] = ("1",)) -> list[tuple[str | None, str, str, str | None]]:
    return [(row.element, row.kind, row.phrase, row.replacement) for row in found(text, about)]


def test_a_comment_that_says_nothing_of_the_words_gives_nothing() -> None:
    assert told("The bus was late again and the library is shut.") == []
    assert told("My mother is one of the older people here and she is well, thank you.") == []
    assert told("") == []


def test_letters_inside_a_longer_word_are_no_mention() -> None:
    draft = elements({"1": "Support people with ill health."})
    table = mine(comments("I will be skilled, drop the hill."), questions(), draft)
    assert len(table) == 0


def test_the_new_words_go_with_the_old_ones_in_either_order() -> None:
    wanted = [("1", "replace", "vibrant", "lively")]
    for text in (
        "Swap vibrant for lively.",
        "Say lively instead of vibrant.",
        "It should be lively rather than vibrant, please.",
        "Instead of 'vibrant' put 'lively'.",
        "vibrant -> lively",
        "The word vibrant should read lively.",
        "I would substitute lively for vibrant.",
    ):
        assert told(text) == wanted, text


def test_negation_asks_for_the_opposite_or_for_nothing() -> None:
    assert told("Please don't drop 'vibrant'.") == [("1", "keep", "vibrant", None)]
    assert told("I have no objection to 'vibrant'.") == []
    assert told("I don't think 'vibrant' is jargon.") == []
    assert told("Why not drop 'vibrant'?") == [("1", "remove", "vibrant", None)]


def test_what_somebody_else_says_counts_only_where_the_writer_agrees() -> None:
    assert told("My neighbour says 'vibrant' is jargon.") == []
    assert told("My neighbour says 'vibrant' is jargon and I agree.") == [("1", "object", "vibrant", None)]


def test_an_inflected_or_misspelt_word_is_traced_to_the_drafts_own() -> None:
    row = found("I don't like the phrase maximising its potential", ("2.1",))[0]
    assert (row.element, row.phrase, row.match) == ("2.1", "maximises its potential", "inflected")
    row = found("Drop the word resillient.")[0]
    assert (row.phrase, row.match) == ("resilient", "misquoted")


def test_it_points_back_to_the_words_that_were_named() -> None:
    assert told("'Vibrant' is for nightclubs. Drop it.") == [("1", "remove", "vibrant", None)]


def test_the_end_of_the_wording_may_be_pointed_at_for_a_lower_score() -> None:
    row = found("The last two words can go.", ("2",))[0]
    assert (row.phrase, row.match, row.kind) == ("where affordable", "alluded", "remove")
    assert row.score < found("'Where affordable' can go.", ("2",))[0].score


def test_a_sentence_offered_instead_is_laid_beside_the_draft() -> None:
    rows = told("It should read: Older people live well in busy, resilient communities.")
    assert rows == [("1", "replace", "vibrant", "busy")]


def test_the_whole_wording_may_be_pointed_at_and_the_end_of_something_else_is_none_of_it() -> None:
    assert told("I'd get rid of the whole sentence.", ("2.1",)) == [("2.1", "remove", DRAFT["2.1"][:-1], None)]
    assert told("I waited till the end of July.", ("2",)) == []


def test_who_finds_a_figure_too_high_speaks_of_no_words() -> None:
    assert told("By 2030 is too ambitious for us.", ("2",)) == []
    assert told("Change 2030 to 2035.", ("2",)) == [("2", "replace", "2030", "2035")]


def test_quoted_words_in_an_order_of_their_own_are_the_drafts() -> None:
    assert told("'Growth that is inclusive' is jargon.", ("2",)) == [("2", "object", "inclusive growth", None)]


def test_the_words_to_be_replaced_may_be_named_in_the_next_sentence() -> None:
    assert told("I would put 'lively'. 'Vibrant' is for nightclubs.") == [("1", "replace", "vibrant", "lively")]


def test_what_a_group_asks_for_is_its_own_view() -> None:
    assert told("Our committee asks that 'vibrant' be removed.") == [("1", "remove", "vibrant", None)]


def test_a_code_in_the_sentence_outweighs_the_question() -> None:
    draft = elements({"1": "A vibrant town.", "2.1": "A vibrant county."})
    table = mine(comments("In 2.1, drop 'vibrant'."), questions(), draft)
    assert list(table["element"]) == ["2.1"]


def test_quoted_words_of_an_element_whose_wording_is_not_held_are_its_phrase() -> None:
    draft = elements({"1": None, "2": "Growth for all."})
    row = tables.rows("phrases", mine(comments("People disliked the phrase 'wrap around'."), questions(), draft))[0]
    assert (row.element, row.phrase, row.kind) == ("1", "wrap around", "object")


HOSPITAL = {
    "T": "Better Together: our plan",
    "V": "Compassionate and seamless care for every patient.",
    "1": "People are seen in the right place, by the right person.",
    "1.1": "Make telephone and video the default, with patient-initiated reviews where appropriate.",
    "2": "Care closer to home, with more virtual beds.",
    "2.1": "Consolidate births at Orrinby General, with a midwifery offer for Penmarsh.",
    "3": "Fewer than 8% of posts are vacant.",
}


def asked(about: str, text: str) -> list[tuple[str | None, str, str, str | None]]:
    """What is told of a comment on the hospital's draft."""
    table = mine(comments(text), questions(tuple(about.split())), elements(dict(HOSPITAL)))
    return [(row.element, row.kind, row.phrase, row.replacement) for row in tables.rows("phrases", table)]


def test_who_praises_a_word_or_uses_one_of_the_drafts_in_passing_asks_for_nothing() -> None:
    assert asked("V", "I like the vision. Compassionate is the right word to have in there.") == []
    assert asked("V", "Compassionate is just the word.") == []
    assert asked("", "You found the right words, and in plain words it is the right plan.") == []
    assert asked("1", "The word right is meaningless.") == [("1", "object", "right", None)]


def test_what_something_could_be_is_no_proposal_and_what_it_should_say_is() -> None:
    assert "replace" not in [row[1] for row in asked("T", "Better Together? It could be the title of anything.")]
    assert asked("T", "Better Together? It should say Nearer Together.")[0][1:] == (
        "replace", "Better Together", "Nearer Together",
    )  # fmt: skip


def test_what_people_do_or_want_told_is_offered_for_no_words() -> None:
    for text in (
        "It should be my choice if I come in or have a call, not a default.",
        "Patients come in or use the phone, not a default.",
        "Patient-initiated reviews. Please state who is responsible. Say whether doctors are told. Explain how.",
        "I am not the default.",
    ):
        assert "replace" not in [row[1] for row in asked("1.1", text)], text
    assert asked("1.1", "Have a choice, not a default.") == [("1.1", "replace", "default", "choice")]


def test_a_gloss_is_an_objection_and_only_should_read_asks_for_other_words() -> None:
    assert asked("2", "Care closer to home = fewer beds") == [("2", "object", "Care closer to home", None)]
    assert asked("2", "Care closer to home should read care at home.")[0][3] == "care at home"


def test_an_addition_stands_by_itself_or_is_none() -> None:
    assert asked("2", "There is no mention of the money coming with it.") == [("2", "add", "", "the money")]
    assert asked("2", "no mention of transport for people to get to it") == [("2", "add", "", "transport")]
    assert asked("2", "Families who came to the mills in the sixties and seventies should be named.") == []
    assert asked("2", "Where is she in this? It failed like the one in town did.") == []


def test_who_wants_a_thing_kept_or_is_against_its_loss_speaks_of_no_words() -> None:
    for text in (
        "keep penmarsh births",
        "Keep the midwifery offer open.",
        "Penmarsh is all we have. Leave it alone.",
        "I object to the loss of beds. We need more beds, not fewer.",
        "There is a problem with beds, and I object to cutting beds.",
    ):
        assert asked("", text) == asked("2.1", text) == [], text
    assert asked("2.1", "Keep the word midwifery.") == [("2.1", "keep", "midwifery", None)]
    assert asked("2", "I object to the use of the word beds.") == [("2", "object", "beds", None)]


def test_a_number_is_a_phrase_only_with_what_it_counts() -> None:
    assert asked("3", "You won't get to 8% by then. What does 8 mean?") == []
    assert asked("3", "What does 8% mean?") == [("3", "question", "8%", None)]


def test_one_word_takes_no_remark_to_an_element_that_was_not_asked_about() -> None:
    assert asked("V", "The default is vague.") == []
    assert asked("V", "In 2.1 the word consolidate is vague.") == [("2.1", "object", "Consolidate", None)]


def test_the_first_word_of_what_was_quoted_is_not_the_first_word_of_the_draft() -> None:
    told = asked("2.1", "I am no 'enhanced customer'. The first word makes me laugh.")
    assert "Consolidate" not in [row[2] for row in told]


def test_what_was_done_is_narrated_and_what_people_hate_being_called_is_not() -> None:
    assert asked("2", "I like people being closer, and the call was answered.") == []
    assert asked("2", "I hate being called virtual.")[0][1:] == ("object", "virtual", None)


def test_one_word_is_taken_for_the_form_of_it_that_was_asked_about() -> None:
    draft = elements({"1": "Train a champion.", "2": "A network of champions."})
    assert list(mine(comments("A champion! Do I get a sash?"), questions(("2",)), draft)["element"]) == ["2"]


def test_a_confirmed_tag_says_where_a_comment_belongs() -> None:
    draft = elements({"1": "A vibrant town.", "2": "A vibrant county."})
    tag = Tag(comment_id="c0", facet="element", code="2", score=1.0, origin="person", status="confirmed", why="")
    table = mine(comments("Drop 'vibrant'.", question=None), questions(), draft, tables.frame("tags", [tag]))
    assert list(table["element"]) == ["2"]


def test_excluded_and_foreign_comments_are_not_read() -> None:
    frame = comments("Drop 'vibrant'.", "Drop 'vibrant'.")
    frame.loc[0, "status"] = "excluded"
    frame.loc[1, "language"] = "cy"
    assert len(mine(frame, questions(), elements())) == 0


def test_quotation_marks_of_every_sort_are_read_and_apostrophes_are_not() -> None:
    text = "“one” and ‘two’ and \"three\" and 'four', the residents' own, don't, *five*"
    assert [text[start:end] for start, end in quotations(text)] == ["one", "two", "three", "four", "five"]


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=25).map(" ".join), st.sampled_from([(), ("1",), ("2", "2.1")]))
def test_every_span_lies_in_its_text_and_spells_what_is_told(text: str, about: tuple[str, ...]) -> None:
    for row in found(text, about):
        assert 0 <= row.start < row.end <= len(text)
        assert text[row.start : row.end].strip() == text[row.start : row.end]
        assert 0 < row.score <= 1
        if row.kind in ("replace", "add"):
            assert row.replacement
        if row.replacement is not None:
            assert text[row.replacement_start : row.replacement_end] == row.replacement
        if row.kind != "add":
            assert row.phrase in DRAFT[str(row.element)]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=12).map(" ".join), min_size=2, max_size=6), st.randoms())
def test_the_order_of_the_comments_does_not_matter(texts: list[str], chance: random.Random) -> None:
    frame = comments(*texts)
    mixed = frame.sample(frac=1, random_state=chance.randrange(1000)).reset_index(drop=True)
    one, other = (mine(table, questions(), elements()) for table in (frame, mixed))
    pd.testing.assert_frame_equal(one, other)
