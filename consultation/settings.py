"""What an officer may set in `consultation.yaml`, as plain frozen dataclasses with sensible defaults.

The package `config` reads the file into these; rooms take them as arguments and never read the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

# Education Scotland's published scale for inspections (the share of those who could have said it); ambiguous there
# at 15% and between whole numbers, settled here: a share belongs to the word whose lower bound it reaches.
QUANTITY_WORDS: Final = (
    ("almost all", 0.9001),
    ("most", 0.75),
    ("a majority", 0.5),
    ("less than half", 0.15),
    ("a few", 0.0),
)

Campaigns = Literal["every_response", "without_standard", "without_campaigns"]

COLUMN_ROLES: Final = (
    "response_id", "submitted_at", "started_at", "respondent_type", "group", "identity", "consent", "comment",
    "closed", "multi", "matrix", "ranking", "other_text", "officer_note", "status", "language", "metadata",
    "wants_reply", "parent",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Column:
    """What one column of a sheet is. `column` is Excel's letter; `heading` as the file has it."""

    column: str
    heading: str
    role: str
    question: str | None = None  # the question's words, where several columns share one
    option: str | None = None  # of a multi-select or matrix: what this column stands for
    elements: tuple[str, ...] = ()
    explains: str | None = None  # letter of the closed question that this open one explains
    kind: str | None = None  # of an identity: name, email, phone ...; of a date: day-first, month-first, year-first;
    # of a parent: the heading, in the sheet of responses, of the column whose cells it repeats
    options: tuple[str, ...] = ()  # a multi-select's options, where a comma may stand inside one
    separator: str | None = None
    same_as: str | None = None  # of an easy-read, Welsh or paper version: the words of the main version's question
    values: dict[str, str] = field(default_factory=dict)  # this version's answers as the main version words them


@dataclass(frozen=True, kw_only=True)
class SourceSettings:
    """How one source is read: drafted by the program, edited by the officer, used as it stands after that."""

    files: tuple[str, ...] = ()  # names or patterns; a newer export of the same survey matches too
    platform: str | None = None
    channel: str | None = None
    sheet: str | None = None
    header_rows: int | None = None
    header_row: int | None = None  # the first of them, as Excel counts
    respondent_type: str | None = None
    event: dict[str, str] = field(default_factory=dict)
    columns: tuple[Column, ...] = ()
    variant_of: str | None = None  # name of the source that is the main version of this questionnaire
    partials: str | None = None  # whether partial responses count: "count" or "set aside"
    sheets: tuple[SourceSettings, ...] = ()  # further sheets of the same workbook, each a source of its own


@dataclass(frozen=True, kw_only=True)
class Channel:
    """What is stated about a channel where the files do not say it. Numbers as written; they are never added up."""

    id: str
    kind: str
    audience: str | None = None
    participants: str | None = None
    events: str | None = None
    invited: dict[str, int] = field(default_factory=dict)
    responses: int | None = None
    of_which: dict[str, int] = field(default_factory=dict)
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Suppression:
    """Counts under `below` are withheld, and enough others that no subtraction gives them back."""

    below: int = 5
    round_to: int = 1


@dataclass(frozen=True, kw_only=True)
class Retention:
    """For how long verbatim text and identity are kept (ISO dates)."""

    verbatim_until: str | None = None
    identity_until: str | None = None


@dataclass(frozen=True, kw_only=True)
class Travel:
    """How the direction of travel is judged. Reports state a variance of 5% and leave the rest open; here it is set."""

    variance: float = 0.05  # a change smaller than this is none
    relative: bool = True  # of the earlier value; else in the measure's own units (0.05 of a share is 5 points)
    agreement: float = 1.0  # the share of measures that must move one way; where fewer do, it is mixed
    horizons: tuple[int, ...] = (1, 3)  # years


@dataclass(frozen=True, kw_only=True)
class QuantityWord:
    """A word and the share of the base from which on it is used (0 to 1)."""

    word: str
    from_share: float


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that may be set. A workspace without `consultation.yaml` uses these defaults."""

    title: str = "Consultation"
    body: str = "The council"
    body_short: str | None = None
    language: str = "en-GB"
    opens: str | None = None
    closes: str | None = None
    stated_duration: str | None = None
    aim: str | None = None
    run_by: str | None = None
    timezone: str = "Europe/London"
    channels: tuple[Channel, ...] = ()
    groups: tuple[str, ...] = ()  # headings of the columns that group respondents
    sources: dict[str, SourceSettings] = field(default_factory=dict)
    versions: tuple[str, ...] = ("draft", "revised")
    stated_counts: dict[str, dict[str, int]] = field(default_factory=dict)  # {draft: {priority: 17}}, wordings not held
    quantity_words: tuple[QuantityWord, ...] = tuple(
        QuantityWord(word=word, from_share=share) for word, share in QUANTITY_WORDS
    )
    suppression: Suppression = Suppression()
    campaigns: Campaigns = "every_response"  # which responses reports count; both figures are told where they differ
    retention: Retention = Retention()
    change_kinds: dict[str, str] = field(default_factory=dict)  # a workspace's own, beside model.CHANGE_KINDS
    dispositions: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    jargon: tuple[str, ...] = ()
    language_model: str | None = None  # a spaCy pipeline by name, where the user has one, to find people's names
    sentence_model: str | None = None  # of the extra `semantic`, or a spaCy pipeline with vectors; by name or folder
    target_precision: float = 0.9
    double_coding_share: float = 0.2
    notify: dict[str, str] = field(default_factory=dict)  # contact details printed in the report
    travel: Travel = Travel()
