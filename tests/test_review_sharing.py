"""Comments shared out among colleagues, a share of them to two who cannot see each other's reading."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.errors import ConsultationError
from consultation.tagging import review

IDS = [f"c-{n}" for n in range(200)]
CHANNELS = {comment: ("questionnaire", "workshop", "letter", "e-mail")[n % 7 % 4] for n, comment in enumerate(IDS)}


def test_one_officer_reads_everything_and_nothing_twice() -> None:
    assert review.share(IDS, ["Amina"], double_share=0.2) == {"Amina": review.Share(ids=tuple(IDS), blind=())}


def test_a_fifth_of_two_hundred_is_forty_spread_over_the_channels() -> None:
    """R40."""
    shares = review.share(IDS, ["Amina", "Joe"], double_share=0.2, strata=CHANNELS)
    blind = set(shares["Amina"].blind)
    assert blind == set(shares["Joe"].blind)
    assert len(blind) == 40
    for channel, count in Counter(CHANNELS.values()).items():
        assert abs(sum(CHANNELS[comment] == channel for comment in blind) - count * 0.2) <= 1
    assert [len(each.ids) for each in shares.values()] == [120, 120]


def test_every_two_colleagues_share_some() -> None:
    shares = review.share(IDS, ["A", "B", "C", "D"], double_share=0.2)
    assert all(set(shares[one].blind) & set(shares[two].blind) for one, two in combinations("ABCD", 2))


def test_a_queue_s_order_is_kept() -> None:
    shares = review.share(IDS[::-1], ["A", "B"], double_share=0.1)
    assert all(list(each.ids) == [comment for comment in IDS[::-1] if comment in each.ids] for each in shares.values())


@settings(max_examples=50, deadline=None)
@given(
    st.integers(0, 60), st.integers(1, 5), st.floats(0, 1), st.integers(0, 9),
    st.lists(st.sampled_from("xyz"), min_size=60, max_size=60),
)  # fmt: skip
def test_nobody_is_left_out_doubles_have_two_readers_and_loads_are_even(
    number: int, officers: int, double_share: float, seed: int, strata: list[str]
) -> None:
    ids, who = IDS[:number], [f"officer {n}" for n in range(officers)]
    of = dict(zip(ids, strata, strict=False))
    shares = review.share(ids, who, double_share=double_share, strata=of, seed=seed)
    readers = Counter(comment for each in shares.values() for comment in each.ids)
    blind = {comment for each in shares.values() for comment in each.blind}
    assert set(readers) == set(ids)
    assert {comment for comment, count in readers.items() if count == 2} == blind
    assert len(blind) == (round(number * double_share) if officers > 1 else 0)
    loads = [len(each.ids) for each in shares.values()]
    assert max(loads) - min(loads) <= 1
    assert shares == review.share(ids, who, double_share=double_share, strata=of, seed=seed)


@pytest.mark.parametrize(
    ("officers", "double_share", "said"),
    [
        ([], 0.2, "Nobody is named"),
        (["Joe", "joe "], 0.2, "“joe ” is named twice"),
        (["Joe", " "], 0.2, "A colleague's name is empty"),
        (["Joe", "Amina"], 20, "it lies between 0 and 1"),
    ],
)
def test_what_cannot_be_shared_says_why(officers: list[str], double_share: float, said: str) -> None:
    with pytest.raises(ConsultationError, match=said):
        review.share(IDS, officers, double_share=double_share)
