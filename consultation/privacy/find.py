"""Finds what may identify a person in free text, and lays it before an officer: nothing is taken out here.

To add a kind, write a finder (text -> spans) and add it to `FINDERS`, with what it is called in `KINDS`. Where two
kinds claim the same words, the one that stands first keeps them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import pandas as pd

from consultation import tables
from consultation.errors import ConsultationError
from consultation.privacy.addresses import street_addresses
from consultation.privacy.births import dates_of_birth
from consultation.privacy.context import Span
from consultation.privacy.health import health_cues
from consultation.privacy.mail import emails, handles
from consultation.privacy.names import known_in, names, plausible
from consultation.privacy.numbers import bank_numbers, nhs_numbers, ni_numbers
from consultation.privacy.phones import phones
from consultation.privacy.plates import vehicle_plates
from consultation.privacy.postcodes import postcodes
from consultation.privacy.spoken import is_spoken

Finder = Callable[[str], Iterable[Span]]
Progress = Callable[[int, int, str], None]

FINDERS: Final[dict[str, Finder]] = {
    "email": emails,
    "handle": handles,
    "ni_number": ni_numbers,
    "nhs_number": nhs_numbers,
    "bank": bank_numbers,
    "date_of_birth": dates_of_birth,
    "phone": phones,
    "street_address": street_addresses,
    "postcode": postcodes,
    "vehicle_plate": vehicle_plates,
    "name": names,
    "health": health_cues,
}
KINDS: Final[dict[str, str]] = {  # what an officer reads; "[... removed]" is made of it
    "email": "e-mail address",
    "handle": "social media name",
    "ni_number": "National Insurance number",
    "nhs_number": "NHS number",
    "bank": "bank detail",
    "date_of_birth": "date of birth",
    "phone": "phone number",
    "street_address": "address",
    "postcode": "postcode",
    "vehicle_plate": "vehicle registration",
    "name": "name",
    "health": "health detail",
    "other": "personal detail",
}
_KIND_OF_IDENTITY: Final = {
    "address": "street_address",
    "name": "name",
    "email": "email",
    "phone": "phone",
    "postcode": "postcode",
}
_OF_DIGITS: Final = frozenset({"postcode", "vehicle_plate"})
_OF_SIX_DIGITS: Final = frozenset({"ni_number", "bank"})
_SAID_DIGITS: Final = frozenset({"nhs_number", "phone"})  # of six or more, or dictated: "oh one double two"
_DIGIT: Final = re.compile(r"\d")
_SIX_DIGITS: Final = re.compile(r"\d(?:[\W_A-Za-z]{0,3}\d){5}")
_NEVER_SEARCHED: Final = frozenset({"ip", "id", "location"})
_STEP: Final = 500


def find_personal_data(
    comments: pd.DataFrame,
    *,
    names: Mapping[str, Sequence[tuple[str, str]]] | None = None,
    language_model: str | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """The table `personal_data`: spans of comments that may identify someone, each `open` until a person settles it.

    `comments` has columns comment_id, response_id, text. `names` holds what each respondent gave about themselves
    (see `known_identity`), so that their own name is found in their own words. `language_model` names a spaCy pipeline
    that the user has installed; its PERSON entities are added. Raises `ConsultationError` where it is not there.

    >>> text = "Ring Mrs Ahmed on 01632 960123"
    >>> comments = pd.DataFrame({"comment_id": ["c-1"], "response_id": ["r-1"], "text": [text]})
    >>> find_personal_data(comments)[["start", "end", "kind"]].values.tolist()
    [[5, 14, 'name'], [18, 30, 'phone']]
    """
    known = names or {}
    people = _people(comments, language_model) if language_model else {}
    rows = []
    total = len(comments)
    columns = [comments[name].tolist() for name in ("comment_id", "response_id", "text")]
    for done, (comment_id, response_id, text) in enumerate(zip(*columns, strict=True)):
        if progress and done % _STEP == 0:
            progress(done, total, "comments looked through for personal data")
        if not isinstance(text, str) or not text.strip():
            continue
        own = known.get(response_id, ()) if isinstance(response_id, str) else ()
        for start, end, kind in spans(text, own=own, people=people.get(comment_id, ())):
            rows.append({"comment_id": comment_id, "start": start, "end": end, "kind": kind, "status": "open"})
    if progress:
        progress(total, total, "comments looked through for personal data")
    return tables.frame("personal_data", rows)


def spans(text: str, *, own: Sequence[tuple[str, str]] = (), people: Iterable[Span] = ()) -> list[tuple[int, int, str]]:
    """What was found in one text: (start, end, kind), in order, none overlapping another.

    >>> spans("Order 01632960123 of 3 May, thanks")
    []
    """
    taken: list[tuple[int, int, str]] = []
    for kind, value in own:
        if kind == "name":
            continue
        at = text.casefold().find(value.casefold()) if len(value) > 4 else -1
        if at >= 0 and len(text.casefold()) == len(text):
            _take(taken, at, at + len(value), kind)
    without = _without(text)
    for kind, finder in FINDERS.items():
        if kind in without:
            continue
        found = list(finder(text))
        if kind == "name":
            found += known_in(text, [value for name, value in own if name == "name"])
            found += [span for one in people if (span := plausible(text, *one))]
        for start, end in sorted(set(found), key=lambda span: (span[0] - span[1], span[0])):
            _take(taken, start, end, kind)
    return taken


def known_identity(identity: pd.DataFrame, responses: pd.DataFrame) -> dict[str, list[tuple[str, str]]]:
    """What each response's sender gave about themselves: response_id -> [(kind, value)], for `find_personal_data`."""
    by_person: dict[str, list[tuple[str, str]]] = {}
    for respondent_id, kind, value in zip(identity["respondent_id"], identity["kind"], identity["value"], strict=True):
        if isinstance(value, str) and kind not in _NEVER_SEARCHED:
            plain = next((ours for word, ours in _KIND_OF_IDENTITY.items() if word in str(kind).casefold()), "other")
            by_person.setdefault(respondent_id, []).append((plain, value))
    pairs = zip(responses["response_id"], responses["respondent_id"], strict=True)
    return {response: by_person[person] for response, person in pairs if person in by_person}


def _without(text: str) -> frozenset[str]:
    """The kinds that a text cannot hold, since it has too few digits."""
    if not _DIGIT.search(text):
        few = _OF_DIGITS | _OF_SIX_DIGITS
    elif not _SIX_DIGITS.search(text):
        few = _OF_SIX_DIGITS
    else:
        return frozenset()
    return few if is_spoken(text) else few | _SAID_DIGITS


def _take(taken: list[tuple[int, int, str]], start: int, end: int, kind: str) -> None:
    """Put a span into the ordered list, unless another claims some of its words."""
    place = bisect_left(taken, (start, end, kind))
    free = (place == 0 or taken[place - 1][1] <= start) and (place == len(taken) or taken[place][0] >= end)
    if start < end and free:
        taken.insert(place, (start, end, kind))


def _people(comments: pd.DataFrame, name: str) -> dict[str, list[Span]]:
    """Spans that the user's language model takes for people."""
    import spacy

    try:
        model = spacy.load(name)
    except OSError as error:
        raise ConsultationError(
            f"The language model “{name}” is not installed.",
            where="consultation.yaml, language_model",
            do="Install it, or take the line out: personal data is found without a model too.",
        ) from error
    kept = [pipe for pipe in model.pipe_names if pipe in ("tok2vec", "transformer", "ner")]
    told = [
        (text, comment)
        for comment, text in zip(comments["comment_id"], comments["text"], strict=True)
        if isinstance(text, str)
    ]
    with model.select_pipes(enable=kept):
        return {
            comment: [
                (entity.start_char, entity.end_char) for entity in document.ents if entity.label_ in ("PERSON", "PER")
            ]
            for document, comment in model.pipe(told, as_tuples=True)
        }
