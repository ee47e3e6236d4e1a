"""Keyness and topics agree with published worked examples, and say when there is nothing to find."""

from __future__ import annotations

import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.analysis.finding import search
from consultation.analysis.keyness import interval, keyness, log_likelihood, log_ratio
from consultation.analysis.topics import average_jaccard, matched, topics
from consultation.errors import ConsultationError
from tests.analyst import consultation

MILLION = 1_000_000


@pytest.mark.parametrize(
    ("n", "m", "published"),
    [(392, 170, 90), (348, 99, 147), (15, 14, 0), (9, 32, 14), (21, 25, 0)],
)
def test_log_likelihood_of_the_lemma_keep_is_what_rayson_published(n: int, m: int, published: int) -> None:
    """P. Rayson to the Corpora list, 18 January 2002: forms of "keep" in two corpora of a million words, rounded."""
    assert round(float(log_likelihood(np.array([n]), np.array([m]), MILLION, MILLION)[0])) == published


def test_log_likelihood_of_lancaster_s_worked_example() -> None:
    """Lancaster University's page on significance tests: 52 in 50,000 words, 57 in 75,000; G2 = 2.65."""
    assert float(log_likelihood(np.array([52]), np.array([57]), 50_000, 75_000)[0]) == pytest.approx(2.65, abs=0.005)


def test_log_ratio_of_hardie_s_introduction() -> None:
    """A. Hardie, Log Ratio: an informal introduction (2014): 0.0006 beside 0.0002 is three times; equal shares are 0;
    twice as often is 1; half a count stands for none."""
    told = log_ratio(np.array([600, 5, 20, 0]), np.array([200, 5, 10, 4]), MILLION, MILLION)
    assert told == pytest.approx([np.log2(3), 0, 1, -3])


@settings(max_examples=60, deadline=None)
@given(n=st.integers(0, 50), m=st.integers(0, 50), base=st.integers(60, 900), other=st.integers(60, 900))
def test_the_interval_holds_the_log_ratio_and_turns_with_the_sides(n: int, m: int, base: int, other: int) -> None:
    low, high = (float(end[0]) for end in interval(np.array([n]), np.array([m]), base, other))
    assert low <= high
    if n and m:
        assert low <= float(log_ratio(np.array([n]), np.array([m]), base, other)[0]) <= high
    back_low, back_high = (float(end[0]) for end in interval(np.array([m]), np.array([n]), other, base))
    assert (back_low, back_high) == (pytest.approx(-high), pytest.approx(-low))
    assert float(log_likelihood(np.array([n]), np.array([m]), base, other)[0]) >= -1e-9


def test_a_word_that_one_person_repeats_is_one_person_s() -> None:
    held = consultation([("a", "staff", "bus bus bus bus"), ("b", "resident", "road"), ("c", "resident", "road bus")])
    of, rest = search(held, respondent_type="staff"), search(held, respondent_type="resident")
    assert keyness(of, rest, least=1).set_index("word").loc["bus", ["n", "n_other", "base"]].tolist() == [1, 1, 1]
    words = keyness(of, rest, least=1, count="words").set_index("word")
    assert words.loc["bus", ["n", "n_other", "base", "base_other"]].tolist() == [4, 1, 4, 3]


def test_what_a_group_says_that_others_do_not_comes_first() -> None:
    held = consultation(
        [(f"s{n}", "staff", f"overtime and the road {n}") for n in range(8)]
        + [(f"r{n}", "resident", f"the road is long {n}") for n in range(8)]
    )
    table = keyness(search(held, respondent_type="staff"), search(held))
    assert set(table["word"].head(2)) == {"overtime", "and"}
    assert table.iloc[0]["n_other"] == 0
    assert np.isinf(table.iloc[0]["high"])
    assert table.iloc[0]["low"] > 0
    assert table.set_index("word").loc["road", "log_ratio"] == 0


def test_keyness_with_nobody_on_a_side_says_so() -> None:
    held = consultation([("a", "staff", "bus")])
    with pytest.raises(ConsultationError, match="no comments to compare them with"):
        keyness(search(held), search(held))


def test_average_jaccard_and_matching_are_those_of_greene_and_others() -> None:
    """Greene, O'Callaghan and Cunningham 2014, section 3: the worked example of two ranked lists, 0.154."""
    one, two = ["album", "music", "best", "award", "win"], ["sport", "best", "win", "medal", "award"]
    assert average_jaccard(one, two) == pytest.approx(0.154, abs=0.0005)
    assert matched([one, two], [two, one]).tolist() == [1, 1]


TALK = {
    "bus": "bus route fare driver timetable stop late ticket service village",
    "park": "park playground grass dog bench tree path swing litter flower",
    "care": "carer hospital nurse home visit elderly doctor support family respite",
}


def talk(size: int, seed: int = 0) -> pd.DataFrame:
    rng = random.Random(seed)
    texts = [" ".join(rng.sample(TALK[name].split(), 6)) for _ in range(size // 3) for name in TALK]
    return pd.DataFrame({"comment_id": [f"c-{n:03}" for n in range(len(texts))], "text": texts})


def test_topics_that_are_there_are_found_and_hold() -> None:
    found = topics(talk(120))
    assert found.stable
    assert len(found.table) == 3
    assert found.verdict.startswith("The 3 topics come back")
    for words in found.table["words"]:
        assert any(set(words) <= set(vocabulary.split()) for vocabulary in TALK.values())
    assert found.table["comments"].sum() == 120
    assert set(found.exemplars["comment_id"]) <= set(talk(120)["comment_id"])


def test_topics_of_words_thrown_together_do_not_hold_and_it_says_so() -> None:
    rng = random.Random(0)
    words = " ".join(TALK.values()).split()
    noise = pd.DataFrame(
        {"comment_id": [f"c-{n}" for n in range(90)], "text": [" ".join(rng.sample(words, 6)) for _ in range(90)]}
    )
    found = topics(noise)
    assert not found.stable
    assert found.verdict.startswith("Not stable")
    assert "Not stable" in found._repr_html_()


def test_the_same_comments_give_the_same_topics_and_repeats_count_but_teach_nothing() -> None:
    once, twice = topics(talk(60), 3), topics(talk(60), 3)
    pd.testing.assert_frame_equal(once.table, twice.table)
    again = talk(60)
    repeated = topics(pd.concat([again, again.head(9).assign(comment_id=[f"d-{n}" for n in range(9)])]), 3)
    assert list(map(set, repeated.table["words"])) == list(map(set, once.table["words"]))
    assert repeated.table["comments"].sum() == 69


def test_a_few_comments_are_to_be_read_and_24_are_enough_to_look() -> None:
    assert len(topics(talk(24)).table) >= 2
    with pytest.raises(ConsultationError, match=r"12 different comments .* too few for topics"):
        topics(talk(12))
    with pytest.raises(ConsultationError, match="do not make 40 topics"):
        topics(talk(60), 40)
