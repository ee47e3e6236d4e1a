"""The accounts: every row of every file and every response is accounted for, or the work stops."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from consultation.errors import ConsultationError
from consultation.reading.blank import BLANK
from consultation.settings import Settings
from consultation.tables import Tables
from consultation.text import tidy

ROLES: Final = frozenset(
    (
        "header",
        "response_id",
        "submitted_at",
        "started_at",
        "respondent_type",
        "group",
        "identity",
        "consent",
        "comment",
        "closed",
        "multi",
        "matrix",
        "ranking",
        "other_text",
        "officer_note",
        "status",
        "language",
        "metadata",
        "quarantined",
        "problem",
        "unmapped",
        "blank",
        "event",
        "tally",
        "speaker",
        "quoted",
        "signature",
        "heading",
        "note",
        "wants_reply",
        "parent",
    )
)


@dataclass(frozen=True, kw_only=True)
class Account:
    """One source (or all of them: `source_id` is empty). Rows and responses each balance; cells are counted by role."""

    source_id: str
    name: str
    channel: str
    rows_total: int
    header: int
    imported: int
    excluded_rows: int
    empty: int
    quarantined: int
    received: int  # responses
    included: int
    excluded: dict[str, int] = field(default_factory=dict)  # responses set aside, by reason
    completeness: dict[str, int] = field(default_factory=dict)  # complete, partial, late ... of the responses received
    comments: int = 0
    unread: dict[str, int] = field(default_factory=dict)  # comments set aside, by reason
    blank: tuple[str, ...] = ()  # ids of responses without an answer
    cells: dict[str, int] = field(default_factory=dict)  # filled cells by where they landed

    def sentence(self) -> str:
        """How the included responses come about: "7,667 received - 199 blank - 70 duplicate = 7,398 included"."""
        taken = "".join(f" - {number:,} {reason}" for reason, number in self.excluded.items())
        return f"{self.received:,} received{taken} = {self.included:,} included"


@dataclass(frozen=True, kw_only=True)
class Rate:
    """How many of those invited answered."""

    kind: str
    invited: int
    responded: int

    def __str__(self) -> str:
        return f"{self.responded:,} of {self.invited:,} {self.kind}"


def accounts(tables: Tables) -> list[Account]:
    """An account for each source, in order of name, and one for all (last). Raises where one does not balance."""
    made = [_account(tables, row) for _, row in tables["sources"].sort_values("name", kind="stable").iterrows()]
    return [*made, _total(made)]


def rates(tables: Tables, settings: Settings) -> list[Rate]:
    """Response rates by type of respondent, for the types whose invited number the settings state; included
    responses only.
    """
    invited: Counter[str] = Counter()
    for channel in settings.channels:
        invited.update(channel.invited)
    responses = tables["responses"]
    types = Counter(
        tidy(str(told)) for told in responses.loc[responses["status"] == "included", "respondent_type"].dropna()
    )
    return [Rate(kind=kind, invited=number, responded=types[tidy(kind)]) for kind, number in invited.items()]


def _account(tables: Tables, source: pd.Series) -> Account:
    source_id = str(source["source_id"])
    responses = tables["responses"]
    own = responses[responses["source_id"] == source_id]
    aside = own[own["status"] == "excluded"]
    comments = tables["comments"]
    comments = comments[comments["source_id"] == source_id]
    made = Account(
        source_id=source_id,
        name=str(source["name"]),
        channel=str(source["channel"]),
        rows_total=int(source["rows_total"]),
        header=int(source["header_rows"]),
        imported=int(source["rows_imported"]),
        excluded_rows=int(source["rows_excluded"]),
        empty=int(source["rows_empty"]),
        quarantined=int(source["rows_quarantined"]),
        received=len(own),
        included=len(own) - len(aside),
        excluded=_reasons(aside),
        completeness=dict(sorted(Counter(own["completeness"].astype(object)).items())),
        comments=len(comments),
        unread=_reasons(comments[comments["status"] == "excluded"]),
        blank=tuple(sorted(aside.loc[aside["status_reason"] == BLANK, "response_id"])),
        cells=_cells(tables, source_id),
    )
    _check(tables, made, int(source.get("responses_kept", 0) or 0))
    return made


def _reasons(aside: pd.DataFrame) -> dict[str, int]:
    """How many are set aside for each reason, the commonest first."""
    told = aside["status_reason"].astype(object)
    reasons = Counter(str(reason) if isinstance(reason, str) else "no reason stated" for reason in told)
    return dict(sorted(reasons.items(), key=lambda item: (-item[1], item[0])))


def _cells(tables: Tables, source_id: str) -> dict[str, int]:
    if "cells" not in tables:
        return {}
    cells = tables["cells"]
    roles = cells.loc[(cells["source_id"] == source_id).to_numpy(), "role"].astype(object)
    return {str(role): int(number) for role, number in sorted(Counter(roles).items()) if role != "blank"}


def _check(tables: Tables, account: Account, kept: int) -> None:
    told = account.header + account.imported + account.excluded_rows + account.empty + account.quarantined
    if told != account.rows_total:
        raise _unbalanced(
            account,
            f"{account.rows_total:,} rows in the file, but {account.imported:,} imported + {account.excluded_rows:,} "
            f"excluded + {account.empty:,} empty + {account.quarantined:,} quarantined + {account.header:,} heading "
            f"= {told:,}",
        )
    rows = account.imported + account.excluded_rows
    if account.received and account.cells.get("response_id") is not None and account.received != rows + kept:
        raise _unbalanced(
            account, f"{rows:,} rows became responses, but {account.received - kept:,} responses are held"
        )
    if account.included + sum(account.excluded.values()) != account.received:
        raise _unbalanced(
            account, f"{account.received:,} responses received, but the included and excluded do not add up to them"
        )
    if "header" not in account.cells:
        return  # a document: its reader accounts for every paragraph itself
    strange = set(account.cells) - ROLES
    if strange:
        raise _unbalanced(account, f"cells landed where none should ({', '.join(sorted(strange))})")
    words = account.cells.get("comment", 0) + account.cells.get("other_text", 0)
    if words and account.received and _comments_of_file(tables, account) != words:
        raise _unbalanced(
            account,
            f"{words:,} cells hold free text, but {_comments_of_file(tables, account):,} comments come from them",
        )


def _comments_of_file(tables: Tables, account: Account) -> int:
    """Places of the newest file that comments come from; a response kept from an earlier export is not among them."""
    comments, questions = tables["comments"], tables["questions"]
    beside = set(questions.loc[questions["kind"] == "other_in_list", "question_id"].astype(object))
    own = comments[(comments["source_id"] == account.source_id) & ~comments["question_id"].isin(beside)]
    problems = tables.get("problems")
    if problems is not None:
        gone = problems.loc[
            (problems["source_id"] == account.source_id) & problems["locator"].str.startswith("response r-"), "locator"
        ]
        own = own[~own["response_id"].isin(set(gone.str.removeprefix("response ").astype(object)))]
    return int(own["locator"].nunique())


def _unbalanced(account: Account, what: str) -> ConsultationError:
    return ConsultationError(
        f"The accounts of “{account.name}” do not balance: {what}.",
        where=account.name,
        do="Read the file again. If it stays so, the program is at fault: please report it. Nothing was published.",
    )


def _total(made: list[Account]) -> Account:
    def added(name: str) -> dict[str, int]:
        total: Counter[str] = Counter()
        for account in made:
            total.update(getattr(account, name))
        return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))

    def number(name: str) -> int:
        return sum(int(getattr(account, name)) for account in made)

    return Account(
        source_id="",
        name="All sources",
        channel="",
        rows_total=number("rows_total"),
        header=number("header"),
        imported=number("imported"),
        excluded_rows=number("excluded_rows"),
        empty=number("empty"),
        quarantined=number("quarantined"),
        received=number("received"),
        included=number("included"),
        excluded=added("excluded"),
        completeness=added("completeness"),
        comments=number("comments"),
        unread=added("unread"),
        blank=tuple(response for account in made for response in account.blank),
        cells=added("cells"),
    )
