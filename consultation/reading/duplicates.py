"""Which responses repeat one another: campaign texts, near copies, two submissions by one sender. Suggestions only.

`copies.py` says which texts copy which, `likeness.py` how alike two texts are. Here the comments of a response are made
texts, and the groups are told as rows, with the words that a person added to a campaign's own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from consultation import tables
from consultation.reading import resent
from consultation.reading.copies import CAMPAIGN_FROM, Group, groups
from consultation.reading.likeness import Runs, core
from consultation.text import fingerprint, tidy

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Unit:
    """What one response says in one place: an answer, or the paragraphs of a letter joined."""

    response_id: str
    sender: str
    comments: tuple[tuple[str, int], ...]  # comment_id and where it begins in the text
    text: str


def find(
    comments: pd.DataFrame,
    responses: pd.DataFrame,
    *,
    answers: pd.DataFrame | None = None,
    identity: pd.DataFrame | None = None,
    quoted: Iterable[str] = (),
    progress: Progress | None = None,
) -> pd.DataFrame:
    """The table `duplicates`: suggestions, sorted by group, response and comment. Nothing is set aside by them.

    `comments` has columns comment_id, response_id, question_id, locator, text; `responses` has response_id,
    respondent_id, submitted_at. Texts that anyone may quote (the draft, the questions) are given as `quoted` and make
    nobody alike. With `identity`, people with the same e-mail address are one sender. With `answers`, responses are
    copies only if their closed answers are the same too. Kinds:

    - `campaign_standard`, `campaign_personalised`: one text from three senders or more, unchanged (but for case,
      punctuation, greeting and signature) or with own words, which are marked
    - `near_duplicate`: two senders with the same or nearly the same text
    - `double_submission`: two responses by one sender, however alike they are; or one that says all over again what
      another said, from the same computer or within minutes, however short its answers are
    """
    senders = _senders(responses, identity)
    units = _units(comments, senders)
    if progress:
        progress(0, len(units), "texts compared")
    runs = Runs([core(unit.text) for unit in units], quoted)
    rows: list[dict[str, Any]] = []
    for group in groups([unit.sender for unit in units], runs):
        rows += _told(group, units, runs)
    rows = _one_campaign_each(rows)
    rows += _double_submissions(responses, senders, units, runs)
    rows += resent.find(comments, responses, answers, identity, senders)
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


# ---------------------------------------------------------------------------------------------------- what is told


def _told(group: Group, units: Sequence[_Unit], runs: Runs) -> list[dict[str, Any]]:
    """The rows of a group; none where one sender alone repeats a text."""
    senders = len({units[number].sender for number, _ in group.members})
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
    for several in groups_of.values():
        largest = min(several, key=lambda group: (-len(members[group]), group))
        for group in several:
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
