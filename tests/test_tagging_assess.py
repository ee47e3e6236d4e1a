"""How good the tags are and whether people agree: textbook figures, honest silence, blind readings kept blind."""

from __future__ import annotations

import pandas as pd
import pytest

from consultation import tables, tagging
from consultation.errors import ConsultationError
from consultation.intervals import at_most, wilson
from consultation.model import Comment, LedgerEvent, Response, Theme
from tests.test_tagging_learned import THEMES, confirmed, given, made


def said(seq: int, who: str, comment: str, code: str, status: str = "confirmed", **more: object) -> LedgerEvent:
    payload = {"comment_id": comment, "facet": "theme", "code": code, "status": status, **more}
    return LedgerEvent(seq=seq, event_id=f"e-{seq}", at="2026", who=who, what="tag", payload=payload)


def two_coders() -> list[LedgerEvent]:
    """Ann and Ben read ten comments: both gave x to 4, Ann alone to 1, Ben alone to 1, neither to 4."""
    ann = [*"1111100000"]
    ben = [*"1111010000"]
    return [
        said(10 * place + who, name, f"c-{place}", "x", "confirmed" if marks[place] == "1" else "rejected", blind=True)
        for who, (name, marks) in enumerate({"Ann": ann, "Ben": ben}.items())
        for place in range(10)
    ]


def test_kappa_is_that_of_the_textbook() -> None:
    # 20 both yes, 5 and 10 one yes, 15 both no: observed 0.70, by chance 0.50
    first = [True] * 25 + [False] * 25
    second = [True] * 20 + [False] * 5 + [True] * 10 + [False] * 15
    assert tagging.kappa(first, second) == pytest.approx(0.40)
    assert tagging.kappa([True] * 5, [True] * 5) is None


def test_alpha_is_that_of_krippendorffs_own_example() -> None:
    # Nominal data of four observers on twelve units, some not read: alpha = 0.743
    observers = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
    units = [[row[unit] for row in observers if row[unit] != "."] for unit in range(12)]
    assert tagging.alpha(units) == pytest.approx(0.743, abs=0.005)


def test_agreement_counts_only_comments_that_both_read_and_warns_of_rare_codes() -> None:
    told = tagging.agreement([*two_coders(), said(200, "Ann", "c-99", "x")])
    row = told.set_index("code").loc["x"]
    assert (row["comments"], row["given_by_either"], row["given_by_all"]) == (10, 6, 4)
    assert row["kappa"] == pytest.approx(0.6)
    rare = tagging.agreement([*two_coders(), said(300, "Ann", "c-0", "rare")]).set_index("code")
    assert "mislead" in rare.loc["rare", "warning"]


def test_a_clash_is_listed_settled_and_both_readings_stay() -> None:
    events = two_coders()
    clashes = tagging.clashes(events)
    assert clashes["comment_id"].tolist() == ["c-4", "c-5"]
    what, payload = tagging.ruling(clashes.iloc[0].to_dict(), facet="theme", given=True, note="as defined")
    events.append(LedgerEvent(seq=900, event_id="e-900", at="2026", who="Cat", what=what, payload=payload))
    assert tagging.clashes(events)["comment_id"].tolist() == ["c-5"]
    assert len([event for event in events if event.payload["comment_id"] == "c-4" and event.what == "tag"]) == 2


def test_the_blind_sample_is_a_fifth_spread_over_sources_and_shows_no_tag() -> None:
    comments, _ = made(200)
    comments["source_id"] = ["s-1"] * 150 + ["s-2"] * 50
    sample = tagging.blind_sample(comments, share=0.2)
    assert len(sample) == 40
    assert list(sample.columns) == ["comment_id", "text"]
    assert sample["comment_id"].isin(comments.loc[150:, "comment_id"]).sum() == 10


def test_a_blind_reading_changes_no_tag() -> None:
    comments, _ = made(40)
    plain = tagging.tag(*given(comments))
    blind = [said(1, "Ben", "c-0000", "cold", blind=True)]
    pd.testing.assert_frame_equal(tagging.tag(*given(comments), events=blind), plain)


def test_the_program_stands_beside_the_people_on_the_same_comments() -> None:
    tags = tables.frame("tags")
    told = tagging.model_beside_people(two_coders(), tags)
    pairs = {(row.one, row.other): row.f1 for row in told.itertuples()}
    assert pairs["Ann", "Ben"] == pytest.approx(0.8)
    assert pairs["Ann", "the program"] == 0


@pytest.mark.parametrize(("margin", "population", "needed"), [(0.05, 10_000, 370), (0.05, 200, 132), (0.1, 0, 0)])
def test_the_planner_says_how_many_to_check(margin: float, population: int, needed: int) -> None:
    assert tagging.to_check(margin, population) == needed


def test_intervals_are_those_of_the_books() -> None:
    assert wilson(8, 10) == pytest.approx((0.490, 0.943), abs=0.001)
    assert at_most(0, 59) == pytest.approx(0.0495, abs=0.001)
    assert at_most(5, 5) == 1.0


def test_evaluation_is_on_comments_not_learned_from_with_a_trivial_baseline_beside_it() -> None:
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


def test_what_nobody_read_is_told_with_a_bound_only_where_a_random_sample_was_read() -> None:
    comments, truth = made(100)
    tags = tagging.tag(*given(comments))
    nothing = tagging.unread(comments, tags, [])
    assert nothing.unread == 100
    assert "is not known" in nothing.said
    told = tagging.unread(comments, tags, confirmed(truth), sample=list(truth)[:20], suggested_then=tags)
    assert told.unread == 0
    part = tagging.unread(
        comments, tags, confirmed(dict(list(truth.items())[:20])), sample=list(truth)[:20], suggested_then=tags
    )
    assert part.unread == 80
    assert part.error_at_most is not None
    assert part.error_at_most > part.wrong / 20


def test_a_merged_theme_takes_its_tags_with_it_a_split_one_asks_to_be_read_again_and_undo_restores() -> None:
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
    found = tagging.candidates(every, tags, THEMES)
    best = max(found["comment_ids"], key=lambda ids: sum(one.startswith("n-") for one in ids))
    assert sum(one.startswith("n-") for one in best) >= 9
    assert any("ferry" in words for words in found["words"])
    alone = tagging.lone(every, tags)
    assert "n-12" in set(alone.head(10)["comment_id"])
