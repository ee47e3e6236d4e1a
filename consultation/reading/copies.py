"""Which texts are copies of one standard text: exact ones by their words, edited ones by the runs of words they share.

A text joins a standard that it shares enough runs with, counted one by one; never a neighbour of a neighbour, so that
nobody is joined to what they did not copy. A text sent by several people is a standard; where everyone changed
something, the text that most others are alike to is.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from consultation.reading.likeness import CHUNK, Runs, candidates, gathered, in_common

CAMPAIGN_FROM: Final = 3  # senders of one text that make a campaign; two are a near duplicate
EXACT_WORDS: Final = 10  # shorter answers ("No further comments from me") are alike by chance
LEAST_SHARED: Final = 12  # runs that two texts must share: about fourteen words in a row
MOST: Final = 0.7  # of the standard's runs: a copy, however much was added to it
PART: Final = 0.5  # of the standard's runs: an edited copy,
MINE: Final = 0.35  # where they are this share of the text, else a quotation
EXCERPT: Final = 0.8  # of the text's own runs: it says little beside a part of the standard
ALIKE: Final = 0.5  # Jaccard similarity from which on two texts are near duplicates
VARIANT: Final = 10  # a text sent ten times as rarely as one that it copies is a variant of it, no campaign of its own
_CROWD: Final = 64  # standards that share a run before it says nothing about any of them
_ROUNDS: Final = 20  # of so many standards; what is left after them stays in small groups


@dataclass(frozen=True, kw_only=True)
class Group:
    """Texts that share a standard: (text, similarity) for each, the standard itself and its equals first."""

    standard: int
    members: tuple[tuple[int, float], ...]


def groups(senders: Sequence[str], runs: Runs) -> list[Group]:
    """All groups of two texts or more, in the order of their standards; `senders` holds who sent each text."""
    copies = _equal(runs)
    members = _campaigns(copies, senders, runs)
    taken = _within(members)
    members |= _near_copies([text for text in copies if text not in taken], runs)
    taken = _within(members)
    members |= {first: {} for first, same in copies.items() if len(same) > 1 and first not in taken}
    return [
        Group(
            standard=standard,
            members=tuple(
                (each, alike) for text, alike in [(standard, 1.0), *sorted(near.items())] for each in copies[text]
            ),
        )
        for standard, near in sorted(members.items())
    ]


def _equal(runs: Runs) -> dict[int, list[int]]:
    """The first text of its words -> all texts with the same words. Short ones are left out, and mere quotations."""
    first: dict[bytes, int] = {}
    copies: dict[int, list[int]] = {}
    for text in np.flatnonzero((runs.lengths >= EXACT_WORDS) & (runs.sizes > 0)).tolist():
        copies.setdefault(first.setdefault(runs.key(text), text), []).append(text)
    return copies


def _campaigns(copies: Mapping[int, Sequence[int]], senders: Sequence[str], runs: Runs) -> dict[int, dict[int, float]]:
    """Texts that several people sent, each with the edited copies of it. One sent rarely may be a copy of another."""
    sent = [text for text, same in copies.items() if len({senders[each] for each in same}) >= CAMPAIGN_FROM]
    variants = _join(sent, sent, runs, may=lambda text, other: len(copies[text]) * VARIANT <= len(copies[other]))
    standards = [text for text in sent if text not in variants]
    joined = _join([text for text in copies if text not in standards], standards, runs)
    return _by_standard(standards, joined)


def _near_copies(texts: Sequence[int], runs: Runs) -> dict[int, dict[int, float]]:
    """Groups among texts that nobody sent unchanged three times: large ones first, then what is left of the others."""
    near = _alike(texts, runs)
    left = set(texts)
    settled: dict[int, dict[int, float]] = {}
    for _ in range(_ROUNDS):
        hubs = [hub for hub, around in _stars(near, left).items() if len(around) + 1 >= CAMPAIGN_FROM]
        standards = _apart(hubs[:_CROWD], runs)
        if not standards:
            break
        found = _by_standard(standards, _join(sorted(left - set(standards)), standards, runs))
        settled |= found
        left -= _within(found)
    return settled | _stars(near, left)


def _within(members: Mapping[int, Mapping[int, float]]) -> set[int]:
    return {text for standard, near in members.items() for text in (standard, *near)}


def _by_standard(standards: Iterable[int], joined: Mapping[int, tuple[int, float]]) -> dict[int, dict[int, float]]:
    members: dict[int, dict[int, float]] = {standard: {} for standard in standards}
    for text, (standard, alike) in joined.items():
        members[standard][text] = alike
    return members


def _join(
    texts: Sequence[int], standards: Sequence[int], runs: Runs, *, may: Callable[[int, int], bool] = operator.ne
) -> dict[int, tuple[int, float]]:
    """text -> (the standard that it copies, how alike they are). Each text joins the standard it is most alike to.

    `may` says which text may join which standard at all.
    """
    best: dict[int, tuple[int, float]] = {}
    for (text, standard), common in sorted(_shared_with(texts, standards, runs).items()):
        mine, theirs = int(runs.sizes[text]), int(runs.sizes[standard])
        alike = common / (mine + theirs - common)
        if may(text, standard) and _copied(common, mine, theirs) and (text not in best or alike > best[text][1]):
            best[text] = (standard, alike)
    return best


def _copied(common: int, mine: int, theirs: int) -> bool:
    """Whether a text of so many runs that shares so many with a standard is a copy of it, not a quotation."""
    if common < LEAST_SHARED:
        return False
    of_standard, of_text = common / theirs, common / mine
    return of_standard >= MOST or of_text >= EXCERPT or (of_standard >= PART and of_text >= MINE)


def _apart(hubs: Sequence[int], runs: Runs) -> list[int]:
    """Those of the hubs that copy none before them."""
    shared = _shared_with(hubs, hubs, runs)
    apart: list[int] = []
    for hub in hubs:
        pairs = ((shared.get((hub, other), 0), int(runs.sizes[hub]), int(runs.sizes[other])) for other in apart)
        if not any(_copied(*pair) for pair in pairs):
            apart.append(hub)
    return apart


def _shared_with(texts: Sequence[int], standards: Sequence[int], runs: Runs) -> dict[tuple[int, int], int]:
    """How many runs each text shares with each standard that it shares any rare run with."""
    if not texts or not standards:
        return {}
    index = np.concatenate([runs.of(standard) for standard in standards])
    owner = np.repeat(np.array(standards), [int(runs.sizes[standard]) for standard in standards])
    order = np.argsort(index, kind="stable")
    index, owner = index[order], owner[order]
    pairs: dict[tuple[int, int], int] = {}
    for begin in range(0, len(texts), CHUNK):
        part = np.array(texts[begin : begin + CHUNK])
        theirs, mine = gathered(part, runs)
        left, right = np.searchsorted(index, theirs, "left"), np.searchsorted(index, theirs, "right")
        hits = np.flatnonzero((right > left) & (right - left <= _CROWD))
        times = (right - left)[hits]
        text = np.repeat(mine[hits], times)
        offsets = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
        standard = owner[np.repeat(left[hits], times) + offsets]
        keys, counts = np.unique(
            (text.astype(np.uint64) << np.uint64(32)) | standard.astype(np.uint64), return_counts=True
        )
        for key in keys[counts >= 3].tolist():
            pairs[key >> 32, key & 0xFFFFFFFF] = 0
    if not pairs:
        return {}
    left_side, right_side = np.array(list(pairs)).T
    return dict(zip(pairs, in_common(left_side, right_side, runs).tolist(), strict=True))


def _alike(texts: Sequence[int], runs: Runs) -> dict[int, dict[int, float]]:
    """For each text, those that are near copies of it, with their similarity."""
    long = np.array([text for text in texts if runs.sizes[text] >= LEAST_SHARED], dtype=np.int64)
    left, right = candidates(long, runs)
    common = in_common(left, right, runs)
    alike = common / np.maximum(1, runs.sizes[left] + runs.sizes[right] - common)
    near: dict[int, dict[int, float]] = {}
    for a, b, share, same in zip(left.tolist(), right.tolist(), alike.tolist(), common.tolist(), strict=True):
        if share >= ALIKE and same >= LEAST_SHARED:
            near.setdefault(a, {})[b] = share
            near.setdefault(b, {})[a] = share
    return near


def _stars(near: Mapping[int, Mapping[int, float]], left: Collection[int]) -> dict[int, dict[int, float]]:
    """Groups about the text that most others are alike to, the largest first: centre -> {text: similarity}."""
    stars: dict[int, dict[int, float]] = {}
    taken: set[int] = set()
    degree = {text: sum(other in left for other in around) for text, around in near.items() if text in left}
    for hub in sorted(degree, key=lambda text: (-degree[text], text)):
        around = {text: share for text, share in near[hub].items() if text in left and text not in taken}
        if hub not in taken and around:
            stars[hub] = around
            taken |= {hub, *around}
    return stars
