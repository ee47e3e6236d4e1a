"""How good the tags are and whether people agree: textbook figures, honest silence, blind readings kept blind."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from consultation import codebook, tables, tagging
from consultation.errors import ConsultationError
from consultation.intervals import at_most, wilson
from consultation.model import Comment, LedgerEvent, Response, Theme
from consultation.tagging import people
from tests.test_tagging_learned import THEMES, THINGS, confirmed, given, made, right


def said(seq: int, who: str, comment: str, code: str, status: str = "confirmed", **more: object) -> LedgerEvent:
    payload = {"comment_id": comment, "facet": "theme", "code": code, "status": status, **more}
    return LedgerEvent(seq=seq, event_id=f"e-{seq}", at="2026", who=who, what="tag", payload=payload)


def looked_at(seq: int, who: str, comment: str, how: str = "agreed", **more: object) -> LedgerEvent:
    payload = {"comment_id": comment, "how": how, "blind": True, **more}
    return LedgerEvent(seq=seq, event_id=f"e-{seq}", at="2026", who=who, what="read", payload=payload)


def two_coders() -> list[LedgerEvent]:
    """Ann and Ben read ten comments blind: both gave x to 4, Ann alone to 1, Ben alone to 1, neither to 4."""
    marks = {"Ann": "1111100000", "Ben": "1111010000"}
    return [
        event
        for at, (who, told) in enumerate(marks.items())
        for place, mark in enumerate(told)
        for seq in (100 * at + 2 * place,)
        for event in (
            looked_at(seq, who, f"c-{place}"),
            *([said(seq + 1, who, f"c-{place}", "x")] if mark == "1" else []),
        )
    ]


def test_kappa_is_that_of_the_textbook() -> None:
    """R41."""
    # 20 both yes, 5 and 10 one yes, 15 both no: observed 0.70, by chance 0.50
    first = [True] * 25 + [False] * 25
    second = [True] * 20 + [False] * 5 + [True] * 10 + [False] * 15
    assert tagging.kappa(first, second) == pytest.approx(0.40)
    # 35 both yes, 10 and 11 one yes, 44 both no: observed 0.79, by chance 0.504
    first = [True] * 45 + [False] * 55
    second = [True] * 35 + [False] * 10 + [True] * 11 + [False] * 44
    assert tagging.kappa(first, second) == pytest.approx(0.58, abs=0.005)
    assert tagging.kappa([True] * 5, [True] * 5) is None


def test_alpha_is_that_of_krippendorffs_own_example() -> None:
    """R41."""
    # Nominal data of four observers on twelve units, some not read: alpha = 0.743
    observers = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
    units = [[row[unit] for row in observers if row[unit] != "."] for unit in range(12)]
    assert tagging.alpha(units) == pytest.approx(0.743, abs=0.005)


def test_agreement_counts_only_what_both_read_blind_and_warns_of_rare_codes() -> None:
    """R41: units are comments; one that somebody did not read, was unsure of or saw suggestions for is not counted."""
    events = [
        *two_coders(),
        *(looked_at(300, who, "c-98", blind=False) for who in ("Ann", "Ben")),
        looked_at(301, "Ann", "c-99"), looked_at(302, "Ben", "c-99", "unsure"), said(303, "Ann", "c-99", "x"),
    ]  # fmt: skip
    row = tagging.agreement(events).set_index("code").loc["x"]
    assert (row["comments"], row["given_by_either"], row["given_by_all"]) == (10, 6, 4)
    assert row["kappa"] == pytest.approx(0.6)
    assert row["alpha"] == pytest.approx(0.62, abs=0.01)
    rare = tagging.agreement([*two_coders(), said(400, "Ann", "c-0", "rare")]).set_index("code")
    assert "mislead" in rare.loc["rare", "warning"]


def test_a_blind_reading_counts_as_a_reading_and_undo_takes_it_back() -> None:
    events = [looked_at(1, "Ben", "c-0000"), said(2, "Ben", "c-0000", "cold")]
    assert people.known(events, "theme") == {"c-0000": {"cold"}}
    assert people.known(events, "audience") == {"c-0000": set()}
    undone = [LedgerEvent(seq=9 + n, event_id=f"e-{9 + n}", at="", who="Ben", what="undo",
                          payload={"event_id": f"e-{n}"}) for n in (1, 2)]  # fmt: skip
    assert people.known([*events, *undone], "theme") == {}


def test_the_program_stands_beside_the_people_on_the_same_blind_comments() -> None:
    held_out = pd.DataFrame({"comment_id": ["c-0", "c-1", "c-9", "c-77"], "code": ["x", "x", "x", "x"]})
    nothing_fits = said(400, "Ann", "c-8", "none_of_these")
    told = tagging.model_beside_people([*two_coders(), nothing_fits], held_out)
    pairs = {(row.one, row.other): row.f1 for row in told.itertuples()}
    assert pairs["Ann", "Ben"] == pytest.approx(0.8)
    assert pairs["Ann", "the program"] == pytest.approx(2 * 2 / (5 + 3))


@pytest.mark.parametrize(("margin", "population", "needed"), [(0.05, 10_000, 370), (0.05, 200, 132), (0.1, 0, 0)])
def test_the_planner_says_how_many_to_check(margin: float, population: int, needed: int) -> None:
    assert tagging.to_check(margin, population) == needed


def test_intervals_are_those_of_the_books() -> None:
    assert wilson(8, 10) == pytest.approx((0.490, 0.943), abs=0.001)
    assert at_most(0, 59) == pytest.approx(0.0495, abs=0.001)
    assert at_most(5, 5) == 1.0


def test_evaluation_is_on_comments_not_learned_from_with_a_trivial_baseline_beside_it() -> None:
    """R35."""
    comments, truth = made(120)
    truth = {**truth, "c-0000": "rare"}
    themes = (*THEMES, Theme(code="rare", name="Something rare"))
    responses = tables.frame(
        "responses",
        [
            Response(
                response_id=f"r-{n:02}", source_id="s-1", respondent_id=f"p-{n}", channel="letter",
                respondent_type="resident" if n % 2 else "staff", groups=("Area=North",),
            )
            for n in range(30)
        ],
    )  # fmt: skip
    told = tagging.evaluate(*given(comments)[:3], themes, confirmed(truth), responses=responses, folds=3)
    rare = told.per_code.set_index("code").loc["rare"]
    assert rare["verdict"] == "too few to say"
    assert pd.isna(rare["f1"])
    overall = told.overall.set_index("measure")
    assert overall.loc["micro F1", "value"] > 0.9 > overall.loc["micro F1", "trivial"]
    assert overall.loc["micro F1", "low"] < overall.loc["micro F1", "value"] < overall.loc["micro F1", "high"]
    assert set(told.groups["value"]) == {"resident", "staff", "North"}
    assert told.ranking["shift"].abs().max() <= 1
    assert told.curve["labels"].is_monotonic_increasing
    assert "50 more labels" in told.forecast


def test_evaluation_of_nothing_says_what_is_needed() -> None:
    comments, _ = made(10)
    with pytest.raises(ConsultationError, match="people have labelled 0 comments, 25 are needed"):
        tagging.evaluate(*given(comments), [])


def test_the_queue_leaves_out_what_was_read_and_repeats_and_marks_its_random_part() -> None:
    comments, truth = made(100)
    comments.loc[99, "text"] = comments.loc[98, "text"]
    events = confirmed(dict(list(truth.items())[:20]))
    queue = tagging.queue(*given(comments), events=events, size=20)
    assert len(queue) == queue["comment_id"].nunique() == 20
    assert not set(queue["comment_id"]) & set(list(truth)[:20])
    assert {"c-0098", "c-0099"} - set(queue["comment_id"])
    assert (queue["kind"] == "random").sum() == 5
    pd.testing.assert_frame_equal(queue, tagging.queue(*given(comments), events=events, size=20))


def test_once_fifty_are_read_half_of_the_queue_is_doubtful_and_half_random() -> None:
    comments, truth = made(150)
    events = confirmed(dict(list(truth.items())[:60]))
    model = tagging.learn(*given(comments), events)
    queue = tagging.queue(*given(comments), events=events, model=model, size=20)
    assert queue["kind"].value_counts().to_dict() == {"doubt": 10, "random": 10}


def test_what_nobody_read_is_told_with_a_bound_only_where_chance_chose_some_that_were_read_blind() -> None:
    comments, truth = made(100)
    tags = tagging.tag(*given(comments))
    nothing = tagging.unread(comments, tags, [])
    assert nothing.unread == 100
    assert "is not known" in nothing.said
    held_out = pd.DataFrame(list(truth.items()), columns=["comment_id", "code"])
    events = [
        event
        for at, (comment, code) in enumerate(list(truth.items())[:30])
        for event in (
            looked_at(2 * at, "Ann", comment, blind=at < 25, **({"drawn": True} if at < 20 else {})),
            said(2 * at + 1, "Ann", comment, code if at else "none_of_these"),
        )
    ]
    told = tagging.unread(comments, tags, events, held_out=held_out)
    assert (told.unread, told.checked, told.wrong) == (70, 20, 1)
    assert told.error_at_most == pytest.approx(0.216, abs=0.001)
    assert tagging.unread(comments, tags, events).error_at_most is None


def test_a_merged_theme_takes_its_tags_with_it_a_split_one_asks_to_be_read_again_and_undo_restores() -> None:
    """R43."""
    comments, truth = made(40)
    events = confirmed(dict(list(truth.items())[:8]))
    mine = [comment for comment, code in list(truth.items())[:8] if code == "praise"]
    assert mine

    def change(seq: int, **payload: object) -> LedgerEvent:
        return LedgerEvent(seq=seq, event_id=f"e-{seq}", at="2026", who="Ann", what="theme", payload=payload)

    def counts(told: list[LedgerEvent]) -> dict[tuple[str, str], int]:
        tags = tagging.tag(*given(comments), events=told)
        tags = tags[tags["origin"] == "person"]
        return tags.groupby(["code", "status"]).size().to_dict()

    before = counts(events)
    merge = change(500, action="merge", code="praise", into="noise")
    after = counts([*events, merge])
    assert after["noise", "confirmed"] == before["praise", "confirmed"] + before.get(("noise", "confirmed"), 0)
    assert ("praise", "confirmed") not in after
    split = [
        change(500, action="add", code="ice", name="Ice"),
        change(501, action="split", code="praise", into=["ice", "noise"]),
    ]
    assert counts([*events, *split])["ice", "suggested"] == len(mine)
    undo = LedgerEvent(seq=600, event_id="e-600", at="2026", who="Ann", what="undo", payload={"event_id": "e-500"})
    assert counts([*events, merge, undo]) == before


def test_a_renamed_or_redefined_theme_keeps_its_tags_and_says_what_was_changed_since() -> None:
    """R29, R43: what was decided under the old definition stands, and says so; undo takes the remark away."""
    comments, truth = made(20)
    events = confirmed(dict(list(truth.items())[:4]))

    def theirs(told: list[LedgerEvent]) -> pd.DataFrame:
        return tagging.tag(*given(comments), events=told).query("origin == 'person'")

    changes = [
        LedgerEvent(seq=500 + at, event_id=f"e-{500 + at}", at="2026", who="Ann", what="theme", payload=payload)
        for at, payload in enumerate(
            {"action": action, "code": code, field: "Told anew"}
            for code in THINGS
            for action, field in (("rename", "name"), ("redefine", "definition"))
        )
    ]
    after = theirs([*events, *changes])
    assert after[["comment_id", "code", "status"]].equals(theirs(events)[["comment_id", "code", "status"]])
    assert after["why"].str.contains("the definition was changed since").all()
    undone = [
        LedgerEvent(seq=600 + at, event_id=f"e-{600 + at}", at="2026", who="Ann", what="undo",
                    payload={"event_id": change.event_id})
        for at, change in enumerate(changes)
    ]  # fmt: skip
    pd.testing.assert_frame_equal(theirs([*events, *changes, *undone]), theirs(events))
    assert codebook.version(codebook.revise(THEMES, changes)) != codebook.version(THEMES)


def test_nothing_that_was_read_is_lost_whether_a_theme_fits_or_not() -> None:
    """R39: coded, none of these, off topic, unclear and not read add up to all comments."""
    comments, truth = made(12)
    told = [*list(truth.values())[:3], "none_of_these", "off_topic", "unclear"]
    events = confirmed(dict(zip(truth, told, strict=False)))
    tags = tagging.tag(*given(comments), events=events)
    confirmed_tags = tags[(tags["facet"] == "theme") & (tags["status"] == "confirmed")]
    by_code = confirmed_tags.groupby("code")["comment_id"].nunique()
    assert by_code[["none_of_these", "off_topic", "unclear"]].tolist() == [1, 1, 1]
    assert by_code.sum() + tagging.unread(comments, tags, events).unread == len(comments)


def test_fifty_comments_of_the_queue_teach_more_than_fifty_at_random() -> None:
    """R38: many say one thing; the queue finds those who say another."""
    comments, truth = made(400)
    common = {comment for comment, code in truth.items() if code == "cold"}
    kept = [*sorted(common), *[comment for comment in truth if comment not in common][::12]]
    some = comments[comments["comment_id"].isin(kept)].reset_index(drop=True)

    def score(chosen: Sequence[str]) -> float:
        model = tagging.learn(*given(some), confirmed({comment: truth[comment] for comment in chosen}))
        rare = [comment for comment in kept if comment not in common and comment not in chosen]
        return right(tagging.tag(*given(some), model=model), truth, rare)

    first = tagging.queue(*given(some), size=25)["comment_id"].tolist()
    events = confirmed({comment: truth[comment] for comment in first})
    queued = first + tagging.queue(*given(some), events=events, size=25)["comment_id"].tolist()
    at_random = [np.random.default_rng(seed).choice(kept, 50, replace=False).tolist() for seed in range(3)]
    assert score(queued) > np.mean([score(chosen) for chosen in at_random])


NEW = [
    "The ferry timetable clashes with the school run",
    "Ferry crossings stop before the last train arrives",
    "We need an evening ferry back from the island",
    "The ferry is cancelled whenever there is wind",
    "No ferry on Sundays means no visits",
    "Ferry tickets cannot be bought on the day",
    "The ferry landing has no shelter at all",
    "Please let bicycles on the ferry again",
    "The early ferry was dropped without notice",
    "An extra ferry on market days would help",
    "My father missed his ferry to the clinic twice",
    "The ferry staff say the boat is too small",
]
LONE = (
    "Under the Commons Act the lower meadow cannot be fenced without consent, because the turbary rights of eleven "
    "households were registered in 1968, so the proposed glasshouse would be unlawful."
)


def test_a_new_theme_of_twelve_comments_is_found_and_named_by_nobody() -> None:
    """R44, R45: and the one argument that nobody else made stands among the first ten."""
    comments, _ = made(120)
    extra = [
        Comment(
            comment_id=f"n-{place:02}", response_id=f"n-{place}", event_id=None, source_id="s-1", locator="",
            question_id=None, heading=None, voice="person", text=text,
        )
        for place, text in enumerate([*NEW, LONE])
    ]  # fmt: skip
    every = tables.conform("comments", pd.concat([comments, tables.frame("comments", extra)]))
    tags = tagging.tag(*given(every))
    found = tagging.candidates(every, tags)
    best = max(found["comment_ids"], key=lambda ids: sum(one.startswith("n-") for one in ids))
    assert sum(one.startswith("n-") for one in best) >= 9
    assert any("ferry" in words for words in found["words"])
    alone = tagging.lone(every, tags)
    assert "n-12" in set(alone.head(10)["comment_id"])
