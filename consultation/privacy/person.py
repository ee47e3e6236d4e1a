"""Everything that is held on one person, for a subject access request: what they sent, and where others name them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

import pandas as pd

from consultation.errors import ConsultationError
from consultation.tables import Tables
from consultation.text import tidy

_LEAST: Final = 3


def person(
    identity: pd.DataFrame,
    responses: pd.DataFrame,
    comments: pd.DataFrame,
    query: str,
    *,
    others: Tables | None = None,
) -> dict[str, pd.DataFrame]:
    """All that is held on the person whom `query` names: an e-mail address, a name, a phone number or one of our ids.

    Returns `identity`, `responses`, `comments` (their own, verbatim), `mentions` (comments of other people that hold
    one of their identifying values or the query itself), and the rows of each of `others` that belong to their
    responses or comments. Several people may share a name: all are returned, and `identity` shows who is who.
    A value matches whole, whatever its case and spacing; "bell" finds "A. Bell", "be" is refused as too short.

    >>> from consultation import model, tables
    >>> mail = model.Identity(respondent_id="p-1", kind="email", value="a.bell@example.org")
    >>> responses, comments = tables.frame("responses"), tables.frame("comments")
    >>> held = person(tables.frame("identity", [mail]), responses, comments, "A.Bell@example.org")
    >>> held["identity"]["value"].tolist()
    ['a.bell@example.org']
    """
    wanted = tidy(query)
    if len(wanted) < _LEAST:
        raise ConsultationError(
            "This is too short to look a person up by.", do="Give an e-mail address, a whole name or an id."
        )
    people = _people(identity, responses, wanted)
    own_identity = identity[identity["respondent_id"].isin(people)]
    own_responses = responses[responses["respondent_id"].isin(people)]
    own = comments["response_id"].isin(own_responses["response_id"])
    values = {wanted, *(tidy(str(value)) for value in own_identity["value"].dropna())}
    mentioned = comments["text"].map(_mention(values)).astype(bool) if len(comments) else own
    held = {
        "identity": own_identity,
        "responses": own_responses,
        "comments": comments[own],
        "mentions": comments[mentioned & ~own],
    }
    for name, table in (others or {}).items():
        held[name] = _belonging(table, held)
    return {name: table.reset_index(drop=True) for name, table in held.items()}


def _people(identity: pd.DataFrame, responses: pd.DataFrame, wanted: str) -> set[str]:
    """respondent_ids: by id of any kind, or by an identity value that is the query or holds it as whole words."""
    found = {
        respondent
        for respondent, value in zip(identity["respondent_id"], identity["value"], strict=True)
        if wanted == tidy(str(respondent)) or _holds(tidy(str(value)), wanted) or _digits(str(value), wanted)
    }
    for column in ("response_id", "respondent_id", "supplied_id"):
        if column in responses:
            same = responses[column].map(lambda value: isinstance(value, str) and tidy(value) == wanted).astype(bool)
            found |= set(responses.loc[same, "respondent_id"])
    return found | _same_people(identity, found)


def _same_people(identity: pd.DataFrame, found: set[str]) -> set[str]:
    """Other pseudonyms with the same e-mail address or telephone: one person may have answered twice."""
    strong = identity["kind"].astype(str).str.contains("mail|phone|mobile", case=False, regex=True)
    contact = identity[strong].assign(plain=identity.loc[strong, "value"].map(lambda value: tidy(str(value))))
    shared = contact.loc[contact["respondent_id"].isin(found), "plain"]
    return set(contact.loc[contact["plain"].isin(shared), "respondent_id"])


def _holds(value: str, wanted: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", value) is not None


def _digits(value: str, wanted: str) -> bool:
    """The same telephone number, however it is spaced."""
    asked = re.sub(r"\D", "", wanted)
    return len(asked) >= 9 and asked == re.sub(r"\D", "", value)


def _mention(values: Iterable[str]) -> Callable[[object], bool]:
    told = sorted((value for value in values if len(value) >= _LEAST), key=len, reverse=True)
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(value)}(?!\w)" for value in told))
    return lambda text: isinstance(text, str) and pattern.search(tidy(text)) is not None


def _belonging(table: pd.DataFrame, held: Tables) -> pd.DataFrame:
    for column, source in (("comment_id", "comments"), ("response_id", "responses"), ("respondent_id", "responses")):
        if column in table.columns:
            return table[table[column].isin(held[source][column])]
    return table.iloc[:0]
