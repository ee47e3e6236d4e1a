"""Whole responses that were sent twice: every word and every choice the same, from one computer or within minutes.

Texts of a few words are alike by chance, and so `copies.py` leaves them alone; a whole response is not, where it also
came from the same place or right after the first. Suggestions only: two people at one table may well agree.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

import pandas as pd

from consultation.text import WORD, fingerprint, tidy

MINUTES: Final = 10  # between the first submission and its copy
ENOUGH: Final = 5  # words and choices in all: less is alike by chance
CROWD: Final = 10  # responses that say the same: more, and two of them within minutes are chance


def find(
    comments: pd.DataFrame,
    responses: pd.DataFrame,
    answers: pd.DataFrame | None,
    identity: pd.DataFrame | None,
    senders: Mapping[str, str],
) -> list[dict[str, Any]]:
    """Rows of the table `duplicates`, kind `double_submission`: each copy with the first response that it repeats.

    `senders` gives who sent each response; two by one sender are told elsewhere.
    """
    when = {told: _moment(at) for told, at in zip(responses["response_id"], responses["submitted_at"], strict=True)}
    computer = _computers(responses, identity)
    rows = []
    for alike in _alike(comments, answers, senders):
        for group in _close(alike, when, computer):
            apart = list({senders[told]: told for told in reversed(group)}.values())[::-1]  # the first of each sender
            rows += [_row(told, apart[0]) for told in apart] if len(apart) > 1 else []
    return rows


def _alike(comments: pd.DataFrame, answers: pd.DataFrame | None, senders: Mapping[str, str]) -> Iterator[list[str]]:
    """Responses that say the same under every question, two of them or more, where it is enough to go by."""
    said: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for response, question, text in zip(
        comments["response_id"], comments["question_id"], comments["text"], strict=True
    ):
        if isinstance(response, str) and response in senders and isinstance(text, str):
            said[response].append((str(question), tidy(text)))
    told = set(said)  # choices alone are no sign: in a short questionnaire many people make the same
    if answers is not None:
        chosen = answers[answers["response_id"].isin(told) & answers["value"].notna()]
        for response, question, value in zip(
            chosen["response_id"], chosen["question_id"], chosen["value"], strict=True
        ):
            said[response].append((str(question), f"={value}"))
    same: dict[tuple[tuple[str, str], ...], list[str]] = defaultdict(list)
    for response, parts in said.items():
        same[tuple(sorted(parts))].append(response)
    for told_alike, group in same.items():
        if len(group) > 1 and sum(len(WORD.findall(text)) for _, text in told_alike) >= ENOUGH:
            yield sorted(group)


def _close(
    alike: Sequence[str], when: Mapping[str, dt.datetime | None], computer: Mapping[str, str]
) -> Iterator[list[str]]:
    """Of responses that say the same, those from one computer, and those that came within minutes of one another."""
    places: dict[str, list[str]] = defaultdict(list)
    for told in alike:
        if told in computer:
            places[computer[told]].append(told)
    taken = set()
    for group in places.values():
        if len(group) > 1:
            taken.update(group)
            yield sorted(group, key=lambda told: (str(when.get(told)), told))
    timed = sorted((at, told) for told in alike if told not in taken and (at := when.get(told)) is not None)
    if len(alike) > CROWD or not timed:
        return
    run = [timed[0][1]]
    for (before, _), (at, told) in pairwise(timed):
        if (at - before).total_seconds() > 60 * MINUTES:
            if len(run) > 1:
                yield run
            run = []
        run.append(told)
    if len(run) > 1:
        yield run


def _computers(responses: pd.DataFrame, identity: pd.DataFrame | None) -> dict[str, str]:
    """response_id -> the address (IP) of the computer that it came from, where the export has one."""
    if identity is None:
        return {}
    known = identity[identity["kind"] == "ip"]
    address = dict(zip(known["respondent_id"], known["value"], strict=True))
    pairs = zip(responses["response_id"], responses["respondent_id"], strict=True)
    return {response: str(address[person]) for response, person in pairs if person in address}


def _moment(told: object) -> dt.datetime | None:
    """When a response came, to the second; None where only the day is known, or nothing."""
    try:
        at = dt.datetime.fromisoformat(str(told)).replace(tzinfo=None)
    except ValueError:
        return None
    return at if at.time() != dt.time() else None


def _row(response: str, first: str) -> dict[str, Any]:
    return {
        "group_id": f"g-{fingerprint('again', first)}",
        "kind": "double_submission",
        "response_id": response,
        "comment_id": None,
        "like": first,
        "similarity": 1.0,
    }
