"""Campaigns, near copies and double submissions are suggested; published counts come out; a person confirms."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation import tables
from consultation.model import LedgerEvent
from consultation.reading import campaigns, duplicates, status

LETTER = (
    "I am writing to object to the closure of the day centre in Lower Marsh. It is the only place within ten miles "
    "where older people can meet, eat a hot meal and see a nurse. Please keep it open and pay for a second minibus."
)
DRAFT = (
    "Residents enjoy a good quality of life, and more people benefit from better jobs, homes and transport near them"
)
OTHER = [
    "The road past the school floods every winter and nobody clears the drains before the rain comes in October",
    "More evening classes would help people like me who work in the day and cannot reach the college in time",
    "Nothing in this plan says who will pay for it, or what happens when the grant for the new bridge runs out",
    "We moved here for the quiet and now lorries use our lane as a short cut to the depot at all hours of the night",
]


def held(texts: Iterable[str], *, people: Iterable[str] | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Comments and responses, one of each for a text, each from a sender of its own unless `people` names them."""
    told = list(texts)
    senders = list(people) if people is not None else [f"p-{n:05d}" for n in range(len(told))]
    responses = tables.frame(
        "responses",
        [
            {"response_id": f"r-{n:05d}", "source_id": "s-1", "respondent_id": senders[n], "channel": "e-mail",
             "submitted_at": f"2026-03-{n % 28 + 1:02d}", "status": "included", "completeness": "complete"}
            for n in range(len(told))
        ],
    )  # fmt: skip
    comments = tables.frame(
        "comments",
        [
            {"comment_id": f"c-{n:05d}", "response_id": f"r-{n:05d}", "source_id": "s-1", "question_id": "q-1",
             "locator": f"row {n}", "voice": "person", "text": text, "status": "included"}
            for n, text in enumerate(told)
        ],
    )  # fmt: skip
    return comments, responses


def kinds(suggestions: pd.DataFrame) -> dict[str, int]:
    return {str(kind): int(count) for kind, count in suggestions["kind"].value_counts().items()}


def ledger(*events: tuple[str, dict[str, object]]) -> list[LedgerEvent]:
    return [
        LedgerEvent(seq=n, event_id=f"v-{n}", at="2026-04-01T09:00:00Z", who="A. Officer", what=what, payload=payload)
        for n, (what, payload) in enumerate(events, 1)
    ]


def test_short_answers_that_many_people_give_are_nobody_s_campaign() -> None:
    comments, responses = held(["No comment.", "I agree with everything the council says here.", "N/A"] * 30)
    assert duplicates.find(comments, responses).empty


def test_people_who_quote_the_draft_are_not_alike() -> None:
    comments, responses = held(f"You write “{DRAFT}”. {own}." for own in OTHER)
    assert duplicates.find(comments, responses, quoted=[DRAFT]).empty


def test_a_quotation_from_a_campaign_among_own_words_joins_nobody() -> None:
    answer = " ".join(OTHER) + " A leaflet says it is the only place within ten miles where older people can meet."
    comments, responses = held([LETTER] * 5 + [answer])
    assert "r-00005" not in set(duplicates.find(comments, responses)["response_id"])


def test_the_same_text_in_two_answers_of_one_person_is_no_duplicate() -> None:
    comments, responses = held([LETTER])
    twice = pd.concat([comments, comments.assign(comment_id="c-2", question_id="q-2")], ignore_index=True)
    assert duplicates.find(twice, responses).empty


def test_workshop_lines_are_nobody_s_responses() -> None:
    comments, responses = held([LETTER] * 4)
    assert duplicates.find(comments.assign(response_id=None), responses.iloc[:0]).empty


def test_a_campaign_is_told_standard_from_personalised_with_the_person_s_own_words_marked() -> None:
    own = LETTER.replace("see a nurse", "learn to paint") + " My mother goes there twice a week."
    greeted = f"Dear Councillor,\n{LETTER}\nYours faithfully,\nR. Okafor"
    comments, responses = held([LETTER, LETTER.upper(), greeted, LETTER, own, *OTHER])
    found = duplicates.find(comments, responses)
    assert kinds(found) == {"campaign_standard": 4, "campaign_personalised": 1}
    row = found[found["kind"] == "campaign_personalised"].iloc[0]
    spans = [tuple(map(int, span.split("-"))) for span in row["own_words"]]
    assert [own[start:end] for start, end in spans] == ["learn to paint", "My mother goes there twice a week"]
    assert row["like"] == "r-00000"
    assert 0.5 < row["similarity"] < 1


def test_a_campaign_whose_senders_all_changed_something_is_found() -> None:
    changed = [
        LETTER.replace("ten miles", f"{n} miles of {place}") for n, place in enumerate(("home", "here", "us", "me"))
    ]
    comments, responses = held([*changed, *OTHER])
    found = duplicates.find(comments, responses)
    assert set(found["response_id"]) == {f"r-{n:05d}" for n in range(4)}
    assert found["group_id"].nunique() == 1


def test_a_change_that_few_made_alike_is_a_variant_and_one_that_many_made_a_campaign_of_its_own() -> None:
    against = LETTER.replace("object to", "support")
    few = duplicates.find(*held([LETTER] * 40 + [against] * 4))
    assert few["group_id"].nunique() == 1
    assert kinds(few) == {"campaign_standard": 40, "campaign_personalised": 4}
    many = duplicates.find(*held([LETTER] * 40 + [against] * 30))
    assert many["group_id"].nunique() == 2
    assert kinds(many) == {"campaign_standard": 70}


def test_nobody_is_joined_through_a_chain_of_neighbours() -> None:
    """Each text shares two thirds of its words with the next, the first and the last share none."""
    words = [f"word{n}" for n in range(200)]
    chain = [" ".join(words[start : start + 60]) for start in range(0, 140, 15)]
    found = duplicates.find(*held(chain))
    for _, group in found.groupby("group_id"):
        standard = set(chain[int(group["like"].iloc[0][-2:])].split())
        for response in group["response_id"]:
            text = set(chain[int(response[-2:])].split())
            assert len(standard & text) / len(standard | text) > 0.4


def test_the_paragraphs_of_a_letter_are_compared_as_one_text() -> None:
    sentences = [part.strip() for part in LETTER.split(". ")]
    rows = []
    for sender in range(3):
        for place, sentence in enumerate(sentences):
            rows.append(
                {
                    "comment_id": f"c-{sender}-{place}",
                    "response_id": f"r-{sender}",
                    "locator": f"paragraph {place + 9}",
                    "text": sentence,
                }
            )
    comments = pd.DataFrame(rows).assign(question_id=None)
    responses = pd.DataFrame(
        {"response_id": [f"r-{n}" for n in range(3)], "respondent_id": list("abc"), "submitted_at": None}
    )
    found = duplicates.find(comments, responses)
    assert set(found["comment_id"]) == set(comments["comment_id"])
    assert kinds(found) == {"campaign_standard": 9}


def test_two_people_with_nearly_the_same_text_are_a_near_duplicate() -> None:
    comments, responses = held([LETTER, LETTER.replace("hot meal", "cooked lunch"), *OTHER])
    found = duplicates.find(comments, responses)
    assert kinds(found) == {"near_duplicate": 2}
    assert sorted(found["response_id"]) == ["r-00000", "r-00001"]


def test_two_responses_by_one_sender_are_told_with_how_alike_they_are() -> None:
    comments, responses = held([OTHER[0], OTHER[0], OTHER[1]], people=["p-1", "p-1", "p-2"])
    found = duplicates.find(comments, responses)
    assert found["kind"].tolist() == ["double_submission"] * 2
    assert found["like"].tolist() == ["r-00000"] * 2
    assert found["similarity"].tolist() == [1.0, 1.0]


def test_one_person_under_two_ids_is_known_by_their_address() -> None:
    comments, responses = held(OTHER[:2])
    identity = tables.frame(
        "identity",
        [
            {"respondent_id": "p-00000", "kind": "email", "value": "r.bell@example.org"},
            {"respondent_id": "p-00001", "kind": "email", "value": "R.Bell@example.org "},
        ],
    )
    assert duplicates.find(comments, responses).empty
    assert kinds(duplicates.find(comments, responses, identity=identity)) == {"double_submission": 2}


def test_case_48_one_person_under_two_ids_and_a_campaign_are_grouped_and_counted_both_ways() -> None:
    comments, responses = held([LETTER, LETTER, LETTER, OTHER[0]], people=["p-1", "p-2", "p-3", "p-1"])
    found = duplicates.find(comments, responses)
    assert kinds(found) == {"campaign_standard": 3, "double_submission": 2}
    event = campaigns.confirm(found, comments, found["group_id"].iloc[0], "Save the day centre")
    laid = status.apply({"comments": comments, "responses": responses}, ledger(event))["responses"]
    assert (laid["status"] == "included").all()
    assert campaigns.headline(laid, []).set_index("rule")["base"].to_dict() == {
        "every_response": 4, "without_standard": 1, "without_campaigns": 1, "each_campaign_once": 2,
    }  # fmt: skip


def twice(
    first: str, second: str, said: tuple[str, str] = ("Not sure", "Not sure"), chosen: str = "Agree"
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Two people, each with one short comment and three closed answers, at these times."""
    comments, responses = held(said)
    answers = [
        {"response_id": f"r-{n:05d}", "question_id": f"q-{q}", "value": value, "state": "answered"}
        for n, value in ((0, "Agree"), (1, chosen))
        for q in range(2, 5)
    ]
    return comments, responses.assign(submitted_at=[first, second]), tables.frame("answers", answers)


@pytest.mark.parametrize(
    ("first", "second", "said", "chosen", "ip"),
    [
        ("2026-03-02T10:00:00", "2026-03-02T18:00:00", ("Not sure", "Not sure"), "Agree", ("", "")),  # hours later
        ("2026-03-02", "2026-03-02", ("Not sure", "Not sure"), "Agree", ("", "")),  # a day is no minute
        ("2026-03-02T00:00:00", "2026-03-02T00:00:00", ("Not sure", "Not sure"), "Agree", ("", "")),
        ("2026-03-02T10:00:00", "2026-03-02T10:04:00", ("Not sure", "Quite sure"), "Agree", ("192.0.2.1",) * 2),
        ("2026-03-02T10:00:00", "2026-03-02T10:04:00", ("Not sure", "Not sure"), "Disagree", ("192.0.2.1",) * 2),
        ("2026-03-02T10:00:00", "2026-03-02T18:00:00", ("Not sure", "Not sure"), "Agree", ("192.0.2.1", "192.0.2.2")),
    ],
)
def test_short_responses_that_differ_or_came_apart_are_not_suggested(
    first: str, second: str, said: tuple[str, str], chosen: str, ip: tuple[str, str]
) -> None:
    comments, responses, answers = twice(first, second, said, chosen)
    assert duplicates.find(comments, responses, answers=answers, identity=computers(*ip)).empty


def computers(*addresses: str) -> pd.DataFrame:
    rows = [{"respondent_id": f"p-{n:05d}", "kind": "ip", "value": told} for n, told in enumerate(addresses) if told]
    return tables.frame("identity", rows)


@pytest.mark.parametrize(
    ("first", "second", "ip"),
    [
        ("2026-03-02T10:00:00", "2026-03-02T10:04:00", ("", "")),
        ("2026-03-02T10:00:00", "2026-03-09T10:00:00", ("192.0.2.1",) * 2),
    ],
)
def test_a_whole_response_again_within_minutes_or_from_one_computer_is_suggested_and_stays_included(
    first: str, second: str, ip: tuple[str, str]
) -> None:
    comments, responses, answers = twice(first, second)
    found = duplicates.find(comments, responses, answers=answers, identity=computers(*ip))
    assert found[["kind", "response_id", "like", "similarity"]].values.tolist() == [
        ["double_submission", "r-00000", "r-00000", 1.0],
        ["double_submission", "r-00001", "r-00000", 1.0],
    ]
    assert (status.apply({"comments": comments, "responses": responses}, [])["responses"]["status"] == "included").all()


def test_what_very_many_people_say_alike_within_minutes_is_no_double_submission() -> None:
    comments, responses = held(["No further comments at all"] * 40)
    responses = responses.assign(submitted_at=[f"2026-03-02T10:00:{n:02d}" for n in range(40)])
    assert "double_submission" not in kinds(duplicates.find(comments, responses))


def test_six_false_duplicates_stay_included_until_a_person_confirms() -> None:
    comments, responses = held([*OTHER, *[text for text in OTHER[:3] for _ in range(2)]])
    found = duplicates.find(comments, responses)
    flagged = set(found["response_id"])
    assert len(flagged) == 9  # three texts, each from three people
    laid = status.apply({"comments": comments, "responses": responses}, [])
    assert (laid["responses"]["status"] == "included").all()
    group = found["group_id"].iloc[0]
    members = sorted(found.loc[found["group_id"] == group, "response_id"])
    events = duplicates.confirm(found, group, keep=members[0])
    laid = status.apply({"comments": comments, "responses": responses}, ledger(*events))
    assert (laid["responses"]["status"] == "excluded").sum() == 2
    undo = [("undo", {"event_id": f"v-{n}"}) for n in range(1, len(events) + 1)]
    again = status.apply({"comments": comments, "responses": responses}, ledger(*events, *undo))
    pd.testing.assert_frame_equal(again["responses"], responses)


def campaign(standard: int, personalised: int, others: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    own = [f"{LETTER} I have lived at the end of row {n} for {n + 2} years." for n in range(personalised)]
    alone = [f"{OTHER[n % 4]} and that is reason number {n} of mine, from street {n * 7}" for n in range(others)]
    return held([LETTER] * standard + own + [text[n % 9 :] for n, text in enumerate(alone)])


@pytest.mark.parametrize(("standard", "personalised", "others", "base"), [(709, 44, 355, 399), (1319, 14, 348, 362)])
def test_published_campaign_counts_come_out(standard: int, personalised: int, others: int, base: int) -> None:
    """753 = 709 identical + 44 varied, and a base of 399 = 335 + 20 + 44; 1,333 = 1,319 + 14."""
    comments, responses = campaign(standard, personalised, 0)
    found = duplicates.find(comments, responses)
    members = campaigns.parts(found, comments)
    told = campaigns.reconcile(members).iloc[0]
    assert (told["responses"], told["standard"], told["personalised"]) == (
        standard + personalised, standard, personalised,
    )  # fmt: skip
    whole = pd.concat([responses, held(["x"] * others)[1].assign(campaign_id=None)], ignore_index=True)
    whole = whole.assign(
        campaign_id=[*members["campaign_id"], *[None] * others], campaign_part=[*members["part"], *[None] * others]
    )
    assert int(campaigns.headline(whole, []).set_index("rule").loc["without_standard", "base"]) == base


def test_a_response_with_own_words_beside_the_campaign_s_is_personalised() -> None:
    comments, responses = held([LETTER] * 4)
    beside = pd.concat(
        [comments, comments.iloc[:1].assign(comment_id="c-9", question_id="q-2", text="And mend the roof.")],
        ignore_index=True,
    )
    parts = campaigns.parts(duplicates.find(beside, responses), beside)
    assert parts["part"].tolist() == ["personalised", "standard", "standard", "standard"]


def test_a_confirmed_campaign_is_an_event_with_its_members_and_no_words() -> None:
    comments, responses = held([LETTER] * 3 + [LETTER + " I go there myself every day."])
    found = duplicates.find(comments, responses)
    what, payload = campaigns.confirm(found, comments, found["group_id"].iloc[0], "Save the day centre")
    assert what == "campaign"
    assert payload["standard_ids"] == ["r-00000", "r-00001", "r-00002"]
    assert payload["response_ids"] == ["r-00000", "r-00001", "r-00002", "r-00003"]
    laid = status.apply({"comments": comments, "responses": responses}, ledger((what, payload)))
    assert laid["responses"]["campaign_id"].notna().all()
    assert laid["responses"]["campaign_part"].tolist() == ["standard"] * 3 + ["personalised"]
    assert campaigns.headline(laid["responses"], [])["base"].tolist() == [4, 1, 0, 1]
    assert (laid["responses"]["status"] == "included").all()
    assert "day centre in Lower Marsh" not in str(payload)


def test_a_headline_stands_under_each_rule_of_counting_campaigns() -> None:
    """278 responses of three campaigns, counted as three, gave 56%; counted as responses, over 70%."""
    others, yes = 260, 145
    rows = [
        {"response_id": f"o{n}", "status": "included", "campaign_id": None, "campaign_part": None}
        for n in range(others)
    ]
    rows += [
        {"response_id": f"k{n}", "status": "included", "campaign_id": f"g-{n % 3}", "campaign_part": "standard"}
        for n in range(278)
    ]
    rows.append({"response_id": "late", "status": "excluded", "campaign_id": None, "campaign_part": None})
    told = campaigns.headline(
        pd.DataFrame(rows), [f"o{n}" for n in range(yes)] + [f"k{n}" for n in range(278)] + ["late"]
    )
    by_rule = told.set_index("rule")
    assert round(by_rule.loc["each_campaign_once", "share"], 2) == 0.56
    assert by_rule.loc["every_response", "share"] > 0.70
    assert by_rule.loc["each_campaign_once", ["in_favour", "base"]].tolist() == [148, 263]
    assert by_rule.loc["every_response", ["in_favour", "base"]].tolist() == [423, 538]
    assert by_rule.loc["each_campaign_once", "told"].startswith("Each campaign counts as one response")


def test_a_petition_is_one_response_and_its_signatures_are_added_to_nothing() -> None:
    _, responses = held(["We, the undersigned, want a crossing.", "Mine alone"])
    signed = responses.assign(signatures=pd.array([412, None], dtype="Int64"))
    assert campaigns.petitions(signed).values.tolist() == [["r-00000", 412]]
    assert campaigns.headline(signed.assign(campaign_id=None), ["r-00000"])["base"].tolist() == [2, 2, 2, 2]


def test_suggestions_do_not_depend_on_the_order_of_the_rows() -> None:
    comments, responses = campaign(6, 4, 8)
    backwards = duplicates.find(comments.iloc[::-1], responses.iloc[::-1])
    forwards = duplicates.find(comments, responses)
    assert forwards["group_id"].tolist() == backwards["group_id"].tolist()
    assert (
        forwards[["kind", "response_id", "own_words"]].values.tolist()
        == backwards[["kind", "response_id", "own_words"]].values.tolist()
    )


@settings(max_examples=15, deadline=None)
@given(
    words=st.lists(
        st.sampled_from(["lane", "pond", "tree", "hill", "mill", "gate", "barn", "well", "road", "farm"]),
        min_size=14,
        max_size=40,
    ),
    own=st.lists(st.sampled_from(["zinc", "quartz", "opal", "jade"]), max_size=4),
    at=st.integers(0, 40),
)
def test_own_words_lie_in_the_comment_and_cover_whatever_was_put_in(words: list[str], own: list[str], at: int) -> None:
    changed = " ".join([*words[:at], *own, *words[at:]])
    comments, responses = held([" ".join(words)] * 3 + [changed])
    for row in duplicates.find(comments, responses).itertuples():
        text = comments.set_index("comment_id")["text"][row.comment_id]
        spans = [tuple(map(int, span.split("-"))) for span in row.own_words]
        assert all(0 <= start < end <= len(text) for start, end in spans)
        if row.kind == "campaign_personalised":
            marked = " ".join(text[start:end] for start, end in spans)
            assert set(own) <= set(marked.split())
