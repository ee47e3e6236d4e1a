"""Which responses repeat one another: campaign texts, near copies, two submissions by one sender. Suggestions only.

Equal texts are found by their words; near ones by MinHash signatures in bands (A. Broder, "On the resemblance and
containment of documents", 1997; P. Indyk and R. Motwani, 1998) over runs of three words. Every pair that the bands
bring together is then compared word run by word run, and each member of a group with the group's own standard text,
never through a chain of neighbours: what only looks alike is joined to nothing. Time and memory grow with the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from consultation import tables
from consultation.reading.likeness import CHUNK, Runs, candidates, core, gathered, in_common
from consultation.text import fingerprint, tidy

Progress = Callable[[int, int, str], None]

CAMPAIGN_FROM: Final = 3  # senders of one text that make a campaign; two are a near duplicate
EXACT_WORDS: Final = 10  # shorter answers ("No further comments from me") are alike by chance
LEAST_SHARED: Final = 12  # runs that two texts must share: about fourteen words in a row
MOST: Final = 0.7  # of the standard's runs: a copy, however much was added to it
PART: Final = 0.5  # of the standard's runs: an edited copy,
MINE: Final = 0.35  # where they are this share of the text, else a quotation
EXCERPT: Final = 0.8  # of the text's own runs: it says little beside a part of the standard
ALIKE: Final = 0.5  # Jaccard similarity from which on two texts are near duplicates
VARIANT: Final = 10  # a text sent ten times as rarely as one that it copies is a variant of it, no campaign of its own


@dataclass(frozen=True, kw_only=True, slots=True)
class _Unit:
    """What one response says in one place: an answer, or the paragraphs of a letter joined."""

    response_id: str
    sender: str
    comments: tuple[tuple[str, int], ...]  # comment_id and where it begins in the text
    text: str


@dataclass(frozen=True, kw_only=True)
class _Group:
    """Units that share a standard text: (unit, similarity) for each, the standard itself first."""

    standard: int
    members: tuple[tuple[int, float], ...]


def find(
    comments: pd.DataFrame,
    responses: pd.DataFrame,
    *,
    identity: pd.DataFrame | None = None,
    quoted: Iterable[str] = (),
    progress: Progress | None = None,
) -> pd.DataFrame:
    """The table `duplicates`: suggestions, sorted by group, response and comment. Nothing is set aside by them.

    `comments` has columns comment_id, response_id, question_id, locator, text; `responses` has response_id,
    respondent_id, submitted_at. Texts that anyone may quote (the draft, the questions) are given as `quoted` and make
    nobody alike. With `identity`, people with the same e-mail address are one sender. Kinds:

    - `campaign_standard`, `campaign_personalised`: one text from three senders or more, unchanged (but for case,
      punctuation, greeting and signature) or with own words, which are marked
    - `near_duplicate`: two senders with the same or nearly the same text
    - `double_submission`: two responses by one sender, however alike they are
    """
    senders = _senders(responses, identity)
    units = _units(comments, senders)
    if progress:
        progress(0, len(units), "texts compared")
    runs = Runs([core(unit.text) for unit in units], quoted)
    rows: list[dict[str, Any]] = []
    for group in _groups(units, runs):
        rows += _told(group, units, runs)
    rows = _one_campaign_each(rows)
    rows += _double_submissions(responses, senders, units, runs)
    if progress:
        progress(len(units), len(units), "texts compared")
    return tables.frame("duplicates", rows)


def confirm(suggestions: pd.DataFrame, group_id: str, *, keep: str) -> list[tuple[str, dict[str, Any]]]:
    """The events by which a person confirms that the responses of this group repeat `keep`, the one that counts."""
    group = suggestions.loc[suggestions["group_id"] == group_id, "response_id"]
    return [("duplicate", {"response_id": other, "duplicate_of": keep}) for other in sorted(set(group) - {keep})]


# ----------------------------------------------------------------------------------------------- what is compared


def _senders(responses: pd.DataFrame, identity: pd.DataFrame | None) -> dict[str, str]:
    """response_id -> whoever sent it; a shared e-mail address makes several pseudonyms one."""
    same: dict[str, str] = {}
    if identity is not None:
        first: dict[str, str] = {}
        mail = identity[identity["kind"].astype(str).str.contains("mail", case=False)].sort_values("respondent_id")
        for person, value in zip(mail["respondent_id"], mail["value"], strict=True):
            same.setdefault(person, first.setdefault(tidy(str(value)), same.get(person, person)))
    pairs = zip(responses["response_id"], responses["respondent_id"], strict=True)
    return {response: same.get(person, person) for response, person in pairs}


def _units(comments: pd.DataFrame, senders: dict[str, str]) -> list[_Unit]:
    """Comments of one response under one question, joined in the order in which they stand. Workshop lines are none."""
    parts: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    columns = (comments[name].tolist() for name in ("response_id", "question_id", "locator", "comment_id", "text"))
    for response, question, locator, comment, text in zip(*columns, strict=True):
        if isinstance(text, str) and response in senders:
            where = question if isinstance(question, str) else ""
            parts.setdefault((response, where), []).append((str(locator), comment, text))
    units = []
    for (response, _), found in parts.items():
        if len(found) > 1:
            found.sort(key=lambda part: (_natural(part[0]), part[1]))
        at, begins = 0, []
        for _, comment, text in found:
            begins.append((comment, at))
            at += len(text) + 1
        whole = found[0][2] if len(found) == 1 else "\n".join(text for _, _, text in found)
        units.append(_Unit(response_id=response, sender=senders[response], comments=tuple(begins), text=whole))
    return sorted(units, key=lambda unit: unit.comments[0])


def _natural(locator: str) -> tuple[Any, ...]:
    """Paragraph 10 stands after paragraph 9."""
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.findall(r"\d+|\D+", locator))


# ------------------------------------------------------------------------------------------------------- grouping


def _groups(units: Sequence[_Unit], runs: Runs) -> list[_Group]:
    copies = _equal(units, runs)
    standards = [first for first, same in copies.items() if _many(same, units) >= CAMPAIGN_FROM]
    standards.sort(key=lambda first: (-len(copies[first]), first))
    joined = _join(standards, standards, runs, variants=copies)
    standards = [standard for standard in standards if standard not in joined]
    rest = [first for first in copies if first not in joined and first not in set(standards)]
    joined |= _join(rest, standards, runs)
    rest = [first for first in rest if first not in joined]
    stars = _stars(rest, runs)
    found = [
        hub
        for hub, near in stars.items()
        if _many([u for n in (hub, *near) for u in copies[n]], units) >= CAMPAIGN_FROM
    ]
    held = {other for hub, near in stars.items() for other in (hub, *near)}
    later = _join([first for first in rest if first not in held], found, runs)
    by_standard: dict[int, list[tuple[int, float]]] = {standard: [] for standard in (*standards, *stars)}
    for other, (standard, alike) in {**joined, **later}.items():
        by_standard[standard].append((other, alike))
    for hub, near in stars.items():
        by_standard[hub] += near.items()
    for first, same in copies.items():
        if (
            len(same) > 1
            and first not in by_standard
            and first not in joined
            and first not in held
            and first not in later
        ):
            by_standard[first] = []
    return [
        _Group(
            standard=standard,
            members=tuple((unit, alike) for text, alike in [(standard, 1.0), *sorted(near)] for unit in copies[text]),
        )
        for standard, near in sorted(by_standard.items())
    ]


def _many(members: Iterable[int], units: Sequence[_Unit]) -> int:
    return len({units[unit].sender for unit in members})


def _equal(units: Sequence[_Unit], runs: Runs) -> dict[int, list[int]]:
    """The first unit of each text -> all units with the same words. Short texts are left out, and mere quotations."""
    first: dict[bytes, int] = {}
    copies: dict[int, list[int]] = {}
    for unit in np.flatnonzero((runs.lengths >= EXACT_WORDS) & (runs.sizes > 0)).tolist():
        copies.setdefault(first.setdefault(runs.key(unit), unit), []).append(unit)
    return copies


def _join(
    texts: Sequence[int], standards: Sequence[int], runs: Runs, variants: dict[int, list[int]] | None = None
) -> dict[int, tuple[int, float]]:
    """text -> (the standard that it copies, how alike they are). Each text joins the standard it shares most with.

    With `variants` the texts are standards too: one joins only a text that was sent much more often.
    """
    shared = _shared_with(texts, standards, runs)
    best: dict[int, tuple[int, float]] = {}
    for (text, standard), common in sorted(shared.items()):
        mine, theirs = int(runs.sizes[text]), int(runs.sizes[standard])
        if text == standard or common < LEAST_SHARED:
            continue
        if variants is not None and len(variants[text]) * VARIANT > len(variants[standard]):
            continue
        alike = common / (mine + theirs - common)
        if _copied(common / theirs, common / mine) and (text not in best or alike > best[text][1]):
            best[text] = (standard, alike)
    if variants is not None:
        best = {text: found for text, found in best.items() if found[0] not in best}
    return best


def _copied(of_standard: float, of_text: float) -> bool:
    return of_standard >= MOST or of_text >= EXCERPT or (of_standard >= PART and of_text >= MINE)


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


_CROWD: Final = 64  # standards that share a run before it says nothing about any of them


def _stars(texts: Sequence[int], runs: Runs) -> dict[int, dict[int, float]]:
    """Groups of near copies, each about the text that most others are alike to: centre -> {text: similarity}."""
    long = np.array([text for text in texts if runs.sizes[text] >= LEAST_SHARED], dtype=np.int64)
    left, right = candidates(long, runs)
    common = in_common(left, right, runs)
    alike = common / np.maximum(1, runs.sizes[left] + runs.sizes[right] - common)
    near: dict[int, dict[int, float]] = {}
    for a, b, share, same in zip(left.tolist(), right.tolist(), alike.tolist(), common.tolist(), strict=True):
        if share >= ALIKE and same >= LEAST_SHARED:
            near.setdefault(a, {})[b] = share
            near.setdefault(b, {})[a] = share
    stars: dict[int, dict[int, float]] = {}
    taken: set[int] = set()
    for hub in sorted(near, key=lambda text: (-len(near[text]), text)):
        if hub not in taken:
            around = {text: share for text, share in near[hub].items() if text not in taken}
            if around:
                stars[hub] = around
                taken |= {hub, *around}
    return stars


# ---------------------------------------------------------------------------------------------------- what is told


def _told(group: _Group, units: Sequence[_Unit], runs: Runs) -> list[dict[str, Any]]:
    """The rows of a group; none where one sender alone repeats a text."""
    senders = _many((unit for unit, _ in group.members), units)
    if senders < 2:
        return []
    group_id = f"g-{fingerprint(runs.key(group.standard).hex())}"
    like = units[group.standard].response_id
    rows = []
    for number, alike in group.members:
        unit = units[number]
        kind = (
            "near_duplicate"
            if senders < CAMPAIGN_FROM
            else "campaign_standard"
            if alike == 1.0
            else "campaign_personalised"
        )
        own = _own_words(number, group.standard, unit, runs) if alike < 1.0 else {}
        for comment, _ in unit.comments:
            rows.append(
                {
                    "group_id": group_id,
                    "kind": kind,
                    "response_id": unit.response_id,
                    "comment_id": comment,
                    "like": like,
                    "similarity": round(alike, 4),
                    "own_words": own.get(comment, ()),
                }
            )
    return rows


def _own_words(number: int, standard: int, unit: _Unit, runs: Runs) -> dict[str, tuple[str, ...]]:
    """comment_id -> spans of the words that lie in no run of the standard (nor in what anyone may quote)."""
    covered = runs.covered(number, standard)
    begins = [at for _, at in unit.comments]
    spans: dict[str, list[list[int]]] = {}
    last = -2
    for place, (start, end) in enumerate(runs.places(number)):
        if covered[place]:
            continue
        which = bisect_right(begins, start) - 1
        comment, base = unit.comments[which]
        told = spans.setdefault(comment, [])
        if told and place == last + 1:
            told[-1][1] = end - base
        else:
            told.append([start - base, end - base])
        last = place
    return {comment: tuple(f"{a}-{b}" for a, b in told) for comment, told in spans.items()}


def _one_campaign_each(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Texts that the same people sent together (one for each question) are one campaign: that of the largest text."""
    members: dict[str, set[str]] = {}
    for row in rows:
        if row["kind"] != "near_duplicate":
            members.setdefault(row["group_id"], set()).add(row["response_id"])
    groups_of: dict[str, list[str]] = {}
    for group, found in members.items():
        for response in found:
            groups_of.setdefault(response, []).append(group)
    shared: dict[tuple[str, str], int] = {}
    for groups in groups_of.values():
        largest = min(groups, key=lambda group: (-len(members[group]), group))
        for group in groups:
            if group != largest:
                shared[group, largest] = shared.get((group, largest), 0) + 1
    into = {group: largest for (group, largest), common in sorted(shared.items()) if common * 2 > len(members[group])}
    return [row | {"group_id": _followed(row["group_id"], into)} for row in rows]


def _followed(group: str, into: dict[str, str]) -> str:
    while group in into:
        group = into[group]
    return group


def _double_submissions(
    responses: pd.DataFrame, senders: dict[str, str], units: Sequence[_Unit], runs: Runs
) -> list[dict[str, Any]]:
    """Senders with two responses or more; each is measured against the first that they sent."""
    when = dict(zip(responses["response_id"], responses["submitted_at"], strict=True))
    by_sender: dict[str, list[str]] = {}
    for response, sender in senders.items():
        by_sender.setdefault(sender, []).append(response)
    several = {sender: sent for sender, sent in by_sender.items() if len(sent) > 1}
    repeated = {response for sent in several.values() for response in sent}
    said: dict[str, set[int]] = {response: set() for response in repeated}
    for number, unit in enumerate(units):
        if unit.response_id in repeated:
            said[unit.response_id].update(runs.words_of(number).tolist())
    rows = []
    for sender, sent in sorted(several.items()):
        ordered = sorted(sent, key=lambda response: (str(when.get(response)), response))
        for response in ordered:
            one, other = said[ordered[0]], said[response]
            alike = len(one & other) / len(one | other) if one | other else 1.0
            rows.append(
                {
                    "group_id": f"g-{fingerprint('sender', sender)}",
                    "kind": "double_submission",
                    "response_id": response,
                    "comment_id": None,
                    "like": ordered[0],
                    "similarity": round(alike, 4),
                }
            )
    return rows
