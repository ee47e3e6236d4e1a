"""The vocabulary: one frozen dataclass for each row of a named table, and the lists of codes.

A dataclass is the schema of its table (`tables.py` reads its fields): add a field here and the column exists.
Types: `str`, `int`, `float`, `bool`, each optionally `| None`; `tuple[str, ...]` for several codes or ids.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

ELEMENT_KINDS: Final = (
    "title", "document_label", "vision", "organisation_vision", "strategic_outcome", "supporting_outcome",
    "business_plan_priority", "cross_cutting_priority", "priority", "approach", "principle", "ambition", "aim",
    "milestone", "measure", "performance_framework", "section",
)  # fmt: skip
CHANGE_KINDS: Final = {
    "unchanged": "unchanged", "reworded": "reworded", "phrase_removed": "phrase removed",
    "phrase_replaced": "phrase replaced", "phrase_added": "phrase added", "audience_added": "audience added",
    "scope_broadened": "scope broadened", "simplified": "simplified", "reordered": "reordered",
    "emphasis_changed": "emphasis changed", "split": "split", "merged": "merged", "new": "new",
    "removed": "removed", "moved_elsewhere": "moved elsewhere",
    "moved_to_business_plan_priority": "moved to a business plan priority", "retitled": "retitled",
    "relabelled": "relabelled",
}  # fmt: skip
DISPOSITIONS: Final = {
    "adopted": "adopted", "partly_adopted": "partly adopted", "retained_with_reason": "kept, with a reason",
    "redirected": "taken up elsewhere", "deferred": "to be considered later", "noted_support": "support noted",
}  # fmt: skip
REASONS: Final = {
    "key_priority": "it remains a key priority", "particular_need": "it answers a particular need",
    "keep_bold": "it keeps the outcome bold and ambitious", "no_agreed_alternative": "there was no agreed alternative",
    "alternatives_kept_phrase": "most alternatives offered kept the phrase",
    "supported_in_alternatives": "respondents' own alternatives used it",
    "conflicting_suggestions": "different groups asked for different things",
    "not_ours_alone": "it is not in our hands alone",
    "delivery_not_outcome": "it is about how we deliver, not about the end result",
    "evidence_supports": "the evidence supports it", "addressed_elsewhere": "another part of the document covers it",
    "agreed_with_wording": "people agreed with the wording", "will_consider": "we will consider it",
    "council_initiated": "the change is our own", "none_stated": "no reason was stated",
}  # fmt: skip
STANCES: Final = ("support", "object", "suggest", "question", "observe", "mixed", "conditional")
FACETS: Final = ("element", "theme", "stance", "audience")
CHANNELS: Final = ("questionnaire", "workshop", "letter", "e-mail", "petition")
PHRASE_KINDS: Final = ("object", "replace", "remove", "add", "keep", "question")
DRAFT_STATUSES: Final = ("full", "phrases", "unknown", "not_in_draft")
RECORD_STATUSES: Final = ("included", "excluded")
SIDES: Final = ("said", "did", "did_not")


@dataclass(frozen=True, kw_only=True)
class Source:
    """One imported file. rows_total = rows_imported + rows_excluded + rows_empty + rows_quarantined + header_rows."""

    source_id: str
    name: str
    file: str
    sha256: str
    platform: str
    platform_confidence: float
    platform_reasons: str
    channel: str
    header_rows: int
    rows_total: int
    rows_imported: int
    rows_excluded: int
    rows_empty: int
    rows_quarantined: int
    responses_kept: int = 0  # of an earlier export, which the newest one lacks


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A filled cell (or paragraph) as it stands in the file, and where it landed: the raw layer."""

    source_id: str
    sheet: str
    row: int  # as Excel counts; of a document, the paragraph's place
    column: str  # Excel's letter; empty in a document
    value: str
    storage: str  # text, number, date, bool, error, formula
    role: str  # header, response_id, identity, comment, closed, officer_note, quarantined ...


@dataclass(frozen=True, kw_only=True)
class Event:
    """A workshop or meeting. `participants` is text as written, so "around 15" stays itself."""

    event_id: str
    source_id: str
    place: str | None = None
    date: str | None = None
    audience: str | None = None
    participants: str | None = None


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question or heading that answers and comments stand under."""

    question_id: str
    source_id: str
    text: str
    kind: str  # open, closed, multi, matrix_row, ranking, other_text, number, date ...
    column: str | None = None  # Excel's letter
    pair_id: str | None = None  # the closed question that an open one explains
    elements: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    order: int = 0


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who a respondent is. Kept in a file of its own; no other table holds any of it."""

    respondent_id: str
    kind: str  # name, email, phone, address, ip ...
    value: str


@dataclass(frozen=True, kw_only=True)
class Response:
    """One submission. `groups` holds "heading=value" for each group column of the settings."""

    response_id: str
    source_id: str
    respondent_id: str
    supplied_id: str | None = None
    locator: str = ""
    channel: str
    respondent_type: str | None = None
    groups: tuple[str, ...] = ()
    submitted_at: str | None = None  # ISO 8601 where the column's date order is known, else as written
    consent_to_quote: bool | None = None
    completeness: str = "complete"  # complete, partial, test, preview, late
    signatures: int | None = None  # a petition is one response with a count
    status: str = "included"
    status_reason: str | None = None
    campaign_id: str | None = None
    duplicate_of: str | None = None
    campaign_part: str | None = None  # standard (the campaign's words alone) or personalised
    wants_reply: bool | None = None  # asked to be told what became of it


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A closed answer. state: answered, blank, not_shown, ticked, not_ticked, user_missing, error_cell."""

    response_id: str
    question_id: str
    value: str | None
    state: str


@dataclass(frozen=True, kw_only=True)
class Comment:
    """One piece of free text as written. `text` is verbatim; a workshop line has no response_id."""

    comment_id: str
    response_id: str | None
    event_id: str | None
    source_id: str
    locator: str  # sheet, row and column, or paragraph, as the file's own program shows it
    question_id: str | None
    heading: str | None  # path of headings, " > " between
    voice: str  # person, group, facilitator
    speaker: str | None = None
    tally: int | None = None
    text: str
    language: str | None = None  # set where it is not English
    status: str = "included"
    status_reason: str | None = None
    campaign_id: str | None = None
    duplicate_of: str | None = None


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What spoiled one record. What stops the work is raised instead."""

    source_id: str
    locator: str
    what: str
    hint: str
    action: str  # kept, repaired, quarantined, flagged


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """A span of a comment that may identify someone. status: open, redacted, kept."""

    comment_id: str
    start: int
    end: int
    kind: str
    status: str = "open"
    reason: str | None = None  # the officer's, for redacting or keeping it


@dataclass(frozen=True, kw_only=True)
class Duplicate:
    """A suggestion that a response repeats another. It sets nothing aside until a person confirms it.

    `like` is the response that it is measured against: the one with the campaign's standard words, or the first of its
    sender. `own_words` are spans "start-end" of the comment that the standard does not have.
    """

    group_id: str
    kind: str  # campaign_standard, campaign_personalised, near_duplicate, double_submission
    response_id: str
    comment_id: str | None = None  # None where whole responses are alike
    like: str
    similarity: float  # 0 to 1
    own_words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Element:
    """Anything of the draft that can be commented on, in one version. `wording` is None where it is not held."""

    code: str
    kind: str
    parent: str | None
    order: int
    version: str
    name: str | None = None
    wording: str | None = None
    known_phrases: tuple[str, ...] = ()
    draft: str = "full"


@dataclass(frozen=True, kw_only=True)
class Lineage:
    """One element came of another. Many-to-many."""

    from_code: str
    to_code: str
    change_kind: str


@dataclass(frozen=True, kw_only=True)
class Theme:
    """A phrasing theme of the codebook. `cues` are phrases that a person would say it with."""

    code: str
    name: str
    definition: str = ""
    include: str = ""
    exclude: str = ""
    examples: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    parent: str | None = None
    said: str = ""  # how the report says it of a part of the draft: "is hard to understand"
    opposes: tuple[str, ...] = ()  # themes that pull the other way


@dataclass(frozen=True, kw_only=True)
class Tag:
    """One code of one facet on a comment. `text[start:end]` is what drove it, 0 to its length where all of it did.

    `start` and `end` are None where nobody said which words: a tag that a person gave to the comment.
    """

    comment_id: str
    facet: str
    code: str
    start: int | None = None
    end: int | None = None
    score: float
    origin: str  # rule, similarity, model, person, imported
    status: str = "suggested"  # suggested, confirmed, rejected
    why: str
    model_version: str | None = None


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """An exact span in which someone objects to, replaces, removes, adds, keeps or questions words of the draft.

    `start`, `end` span the words in the comment; `phrase` is the draft's own words; `replacement` lies at
    `replacement_start`, `replacement_end` of the comment.
    """

    phrase_id: str
    comment_id: str
    element: str | None
    phrase: str
    start: int
    end: int
    kind: str
    match: str  # quoted, exact, inflected, misquoted, alluded
    replacement: str | None = None
    replacement_start: int | None = None
    replacement_end: int | None = None
    score: float
    why: str
    status: str = "suggested"


@dataclass(frozen=True, kw_only=True)
class Point:
    """One thing that was said. Counts are None where they are not stated, and never added across kinds."""

    point_id: str
    theme: str | None
    stance: str | None
    statement: str
    topic: str | None = None
    phrase: str | None = None
    replacement: str | None = None
    n_responses: int | None = None
    n_comments: int | None = None
    n_events: int | None = None
    groups: tuple[str, ...] = ()
    quantity: str | None = None  # the quantity word as stated by a person
    origin: str = "rule"
    status: str = "open"  # open, merged, split, withdrawn
    conflicts_with: tuple[str, ...] = ()
    kind: str | None = None  # what is asked of the phrase: one of PHRASE_KINDS
    rank: int = 0  # reading order: by element, each view once, then by how often it was said
    drafted: bool = False  # the statement is composed from the other columns; nobody has worded it yet


@dataclass(frozen=True, kw_only=True)
class PointElement:
    point_id: str
    element: str


@dataclass(frozen=True, kw_only=True)
class PointEvidence:
    point_id: str
    comment_id: str


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A concrete change to one element: what it was, what it shall be, and the points behind it."""

    proposal_id: str
    element: str
    change_kinds: tuple[str, ...]
    old: str | None
    new: str | None
    points: tuple[str, ...] = ()
    origin: str = "rule"
    own_words: tuple[str, ...] = ()  # words of the new wording that the body adds of its own accord


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What was decided about a point or a proposal. No decision is no row."""

    decision_id: str
    point_id: str | None = None
    proposal_id: str | None = None
    disposition: str
    reason_code: str | None = None
    reason: str | None = None
    destination: str | None = None
    decided_by: str | None = None
    body: str | None = None
    date: str | None = None


@dataclass(frozen=True, kw_only=True)
class Commitment:
    """Something promised. status: open, done, dropped."""

    commitment_id: str
    text: str
    points: tuple[str, ...] = ()
    due: str | None = None  # ISO date, or as stated
    owner: str | None = None
    status: str = "open"


@dataclass(frozen=True, kw_only=True)
class Memo:
    """A note of somebody's on anything that has an id or a code."""

    memo_id: str
    about: str
    text: str
    who: str
    at: str  # ISO, UTC


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """A measure's value for one year. `better` says which way is good: higher or lower."""

    measure_id: str
    element: str
    name: str
    year: int
    value: float | None
    better: str = "higher"
    source: str | None = None


@dataclass(frozen=True, kw_only=True)
class Block:
    """A table of the report: what was said beside what was done, about a topic or an element."""

    block_id: str
    topic: str
    elements: tuple[str, ...] = ()
    order: int = 0


@dataclass(frozen=True, kw_only=True)
class BlockRow:
    """An entry on one side of a block: N said to M did."""

    block_id: str
    row_id: str
    side: str
    order: int
    statement: str
    point_ids: tuple[str, ...] = ()
    edited: bool = False


@dataclass(frozen=True, kw_only=True)
class LedgerEvent:
    """One line of the ledger: who did what, when. `payload` holds ids, offsets, hashes and officers' own words."""

    seq: int
    event_id: str
    at: str  # ISO 8601, UTC
    who: str
    what: str
    payload: dict[str, Any] = field(default_factory=dict)
    act: int | None = None  # seq of the first event recorded together with it; None in ledgers of before acts were kept
