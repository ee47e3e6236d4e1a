"""The sheets of the decision workbook: their columns, and the rows of the present state.

A column is added here and taken back in the module of its sheet. All English that officers read is in this file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from consultation import tables as named
from consultation.model import (
    STANCES,
    Block,
    BlockRow,
    Commitment,
    Element,
    Lineage,
    Proposal,
    Theme,
)
from consultation.outcome import several
from consultation.settings import Settings
from consultation.sheets import Column, Value
from consultation.tables import Tables
from consultation.wording import decisions as rules
from consultation.wording.decisions import STATUSES
from consultation.wording.points import by_point, ordered, who_said
from consultation.wording.proposals import Request, requests

POINTS: Final = "Points"
CHANGES: Final = "Changes"
REPORT: Final = "Report rows"
COMMITMENTS: Final = "Commitments"
WROTE: Final = "What people wrote"
SIDES: Final = {"said": "You said", "did": "We did", "did_not": "We did not"}

_HOW: Final = """
How to use this workbook

Fill in the cells under the blue headings. Cells under grey headings are the program's: they refuse typing.

You may sort, filter, hide and add rows. Save it, close it, then run: consultation decide in FILE.xlsx

Only what you change is recorded. Where somebody else changed the same cell meanwhile, both are shown to you and
nothing is overwritten.

Points: “What people wrote” shows two of the comments behind a point, shortened and without what was redacted;
“consultation why” with the point's id lists them all. Choose what became of each point. Write the reason in plain words
for the public whenever something was asked for and not done; name the destination when it was taken up elsewhere.

Points, new: write in the first empty row. Leave the id empty, or give it a name of your own to refer to it from
another cell of this workbook. Several elements, points or comments in one cell are parted by semicolons.

Points, merge and split: “Merge into” takes the id of the point that remains. To split, add a row, name the old point
under “Split from”, and the comments that move under “Link evidence”.

Changes: one row an element. Write the new wording, or choose “unchanged” as the kind of change. The rationale is
printed beside the new wording. “Our own words” are those that nobody asked for and that we stand behind.

Changes, new: add a row with a new code and its kind. “Placed after” is the code of the element that it follows.

Report rows: the entries of “You said, we did”, in order. Reword them freely; empty a statement to leave it out. New
rows with a new topic make a table of their own, which takes over the elements that it names.

Commitments: what we promise, by when, and who sees to it.

This workbook holds what people wrote: keep it where the responses are kept.
"""

POINT_COLUMNS: Final = (
    Column(heading="Point", width=18, fixed=True),
    Column(heading="Elements", width=14, help="Codes, parted by semicolons. Empty: the document as a whole."),
    Column(heading="Statement", width=60, help="What was said, in the second person, without anybody's own words."),
    Column(heading=WROTE, width=60, fixed=True),
    Column(heading="Theme", width=20, choices="Themes"),
    Column(heading="Stance", width=12, choices="Stances"),
    Column(heading="Phrase", width=24, help="The draft's own words that it is about."),
    Column(heading="Replacement", width=24, help="The words that were asked for instead."),
    Column(heading="Stated quantity", width=14, help="A word such as “most”, where you can stand behind it."),
    Column(heading="Comments", width=10, fixed=True),
    Column(heading="Responses", width=10, fixed=True),
    Column(heading="Events", width=8, fixed=True),
    Column(heading="Said by", width=22, fixed=True),
    Column(heading="Pulls against", width=18, fixed=True),
    Column(heading="Disposition", width=22, choices="Dispositions"),
    Column(heading="Reason code", width=26, choices="Reasons"),
    Column(heading="Reason", width=50, help="Plain words for the public."),
    Column(heading="Destination", width=22, help="Where it was taken up."),
    Column(heading="Decided by", width=18),
    Column(heading="Body", width=18),
    Column(heading="Date", width=12),
    Column(heading="Merge into", width=16, help="The id of the point that remains."),
    Column(heading="Split from", width=16, help="On a new row: the point that it was part of."),
    Column(heading="Link evidence", width=20, help="Ids of comments, parted by semicolons."),
    Column(heading="Unlink evidence", width=20, help="Ids of comments, parted by semicolons."),
    Column(heading="Withdraw because", width=20, help="It is no point after all."),
)
CHANGE_COLUMNS: Final = (
    Column(heading="Element", width=12, fixed=True),
    Column(heading="Kind", width=18),
    Column(heading="Parent", width=10),
    Column(heading="Name", width=18),
    Column(heading="Placed after", width=13, help="For a new element: the code that it follows."),
    Column(heading="Draft wording", width=50, fixed=True),
    Column(heading="Asked for", width=40, fixed=True),
    Column(heading="New wording", width=50),
    Column(heading="Change kinds", width=24, help="Several are parted by semicolons; see Instructions."),
    Column(heading="Our own words", width=20, help="Words that nobody asked for, parted by semicolons."),
    Column(heading="Rationale", width=60, help="Printed beside the new wording."),
    Column(heading="Reason code", width=26, choices="Reasons"),
    Column(heading="Merged from", width=14, help="Codes, parted by semicolons."),
    Column(heading="Split from", width=14, help="Codes, parted by semicolons."),
    Column(heading="Moved to", width=14, help="Codes, parted by semicolons."),
    Column(heading="Points", width=22, help="Ids of the points behind this change."),
    Column(heading="Decided by", width=18),
    Column(heading="Body", width=18),
    Column(heading="Date", width=12),
)
REPORT_COLUMNS: Final = (
    Column(heading="Row", width=18, fixed=True),
    Column(heading="Block", width=18, fixed=True),
    Column(heading="Topic", width=26),
    Column(heading="Elements", width=16, help="Codes, parted by semicolons."),
    Column(heading="Side", width=12, choices="Sides"),
    Column(heading="Order", width=8),
    Column(heading="Statement", width=80),
    Column(heading="Points", width=24, help="Ids of the points that it stands for."),
)
COMMITMENT_COLUMNS: Final = (
    Column(heading="Commitment", width=16, fixed=True),
    Column(heading="Text", width=80),
    Column(heading="Points", width=24),
    Column(heading="Due", width=14),
    Column(heading="Owner", width=18),
    Column(heading="Status", width=10, choices="Statuses"),
)
SHEETS: Final[dict[str, Sequence[Column]]] = {
    POINTS: POINT_COLUMNS, CHANGES: CHANGE_COLUMNS, REPORT: REPORT_COLUMNS, COMMITMENTS: COMMITMENT_COLUMNS,
}  # fmt: skip
_IDS: Final = frozenset({"Point", "Element", "Row", "Block", "Commitment"})
NOT_HELD: Final = "[draft wording not held]"

Rows = dict[str, dict[str, Value]]


def editable(sheet: str) -> tuple[str, ...]:
    """The headings that a person may change."""
    return tuple(column.heading for column in SHEETS[sheet] if not column.fixed)


def needed(sheet: str) -> list[str]:
    """The headings without which a sheet cannot be taken back: the ids, and all that a person may change."""
    return [column.heading for column in SHEETS[sheet] if not column.fixed or column.heading in _IDS]


def instructions(settings: Settings, themes: Sequence[Theme]) -> list[str]:
    """The first sheet: how to fill in the others, and what the kinds of change and the themes are."""
    return [
        *(" ".join(told.split()) for told in _HOW.strip().split("\n\n")),
        "Kinds of change: " + "; ".join(rules.change_kinds(settings).values()) + ".",
        *(f"Theme “{theme.name}”: {theme.definition}" for theme in themes if theme.definition),
    ]


def present(tables: Tables, settings: Settings, themes: Sequence[Theme]) -> dict[str, Rows]:
    """The present state: for each sheet, what stands under each heading, by id, in reading order."""
    return {
        POINTS: _points(tables, settings, themes),
        CHANGES: _changes(tables, settings),
        REPORT: _report(tables),
        COMMITMENTS: _commitments(tables),
    }


LISTED: Final = {
    "Disposition": "Dispositions", "Reason code": "Reasons", "Change kinds": "Change kinds", "Theme": "Themes",
    "Stance": "Stances", "Side": "Sides", "Status": "Statuses",
}  # fmt: skip
SEVERAL: Final = frozenset(
    {"Elements", "Points", "Change kinds", "Our own words", "Merged from", "Split from", "Moved to"}
)


def codes(settings: Settings, themes: Sequence[Theme]) -> dict[str, dict[str, str]]:
    """What may stand under each heading of `LISTED`: code -> the name that the workbook shows."""
    return {
        "Disposition": rules.dispositions(settings),
        "Reason code": rules.reasons(settings),
        "Change kinds": rules.change_kinds(settings),
        "Theme": {theme.code: theme.name for theme in themes},
        "Stance": {stance: stance for stance in STANCES},
        "Side": SIDES,
        "Status": {status: status for status in STATUSES},
    }


def choices(settings: Settings, themes: Sequence[Theme]) -> dict[str, list[str]]:
    """The drop-downs, and the kinds of change to choose from."""
    return {LISTED[heading]: list(names.values()) for heading, names in codes(settings, themes).items()}


def _points(tables: Tables, settings: Settings, themes: Sequence[Theme]) -> Rows:
    about = by_point(tables["point_elements"], "element")
    decided = rules.of_points(tables["decisions"])
    names = {theme.code: theme.name for theme in themes}
    told: Rows = {}
    for point in ordered(tables["points"]):
        decision = decided.get(point.point_id)
        told[point.point_id] = {
            "Point": point.point_id,
            "Elements": _list(about.get(point.point_id, ())),
            "Theme": names.get(point.theme or "", point.theme),
            "Stance": point.stance,
            "Statement": point.statement,
            "Phrase": point.phrase,
            "Replacement": point.replacement,
            "Stated quantity": point.quantity,
            "Comments": point.n_comments,
            "Responses": point.n_responses,
            "Events": point.n_events,
            "Said by": _list(who_said(point)),
            "Pulls against": _list(point.conflicts_with),
            **({} if decision is None else _decision(decision.__dict__, settings)),
        }
    return told


def _decision(decision: Mapping[str, str | None], settings: Settings) -> dict[str, Value]:
    disposition, reason = decision["disposition"], decision["reason_code"]
    return {
        "Disposition": rules.dispositions(settings).get(disposition or "", disposition),
        "Reason code": rules.reasons(settings).get(reason or "", reason),
        "Reason": decision["reason"],
        "Destination": decision["destination"],
        "Decided by": decision["decided_by"],
        "Body": decision["body"],
        "Date": decision["date"],
    }


def _changes(tables: Tables, settings: Settings) -> Rows:
    elements: list[Element] = named.rows("elements", tables["elements"])
    known = {row.code: row for row in elements}
    order = list(dict.fromkeys(row.code for row in sorted(elements, key=lambda row: row.order)))
    proposals: list[Proposal] = named.rows("proposals", tables["proposals"])
    proposed = {row.element: row for row in proposals}
    decided = rules.of_proposals(tables["decisions"])
    asked = requests(tables["points"], tables["point_elements"])
    lineage: list[Lineage] = named.rows("lineage", tables["lineage"])
    kinds = rules.change_kinds(settings)
    told: Rows = {}
    for code in [*order, *(code for code in sorted(proposed) if code not in known)]:
        proposal, element = proposed.get(code), known.get(code)
        decision = decided.get(proposal.proposal_id) if proposal else None
        told[code] = {
            "Element": code,
            "Kind": element.kind if element else None,
            "Parent": element.parent if element else None,
            "Name": element.name if element else None,
            "Draft wording": _draft_wording(code, elements, settings),
            "Asked for": _requests(asked.get(code, ())),
            "New wording": proposal.new if proposal else None,
            "Change kinds": _list(kinds.get(kind, kind) for kind in proposal.change_kinds) if proposal else None,
            "Our own words": _list(proposal.own_words) if proposal else None,
            "Merged from": _list(_lineage(lineage, code, "merged")),
            "Split from": _list(_lineage(lineage, code, "split")),
            "Moved to": _list(
                row.to_code for row in lineage if row.from_code == code and row.change_kind == "moved_elsewhere"
            ),
            "Points": _list(proposal.points) if proposal else None,
        }
        if decision:
            fields = _decision(decision.__dict__, settings)
            told[code] |= {name: fields[name] for name in ("Reason code", "Decided by", "Body", "Date")}
            told[code]["Rationale"] = decision.reason
    return told


def _draft_wording(code: str, elements: Iterable[Element], settings: Settings) -> str | None:
    row = next((row for row in elements if row.code == code and row.version == settings.versions[0]), None)
    if row is None or row.wording is not None:
        return row.wording if row else None
    phrases = "; ".join(f"“{phrase}”" for phrase in row.known_phrases)
    return f"{NOT_HELD} Known phrases: {phrases}" if phrases else NOT_HELD


def _requests(asked: Sequence[Request]) -> str | None:
    lines = []
    for request in asked:
        what = f"“{request.phrase}”" if request.phrase else "add"
        words = f" → “{request.replacement}”" if request.replacement else ""
        count = f" ({several(request.n_responses, 'response')})" if request.n_responses else ""
        rival = " [other words were asked for too]" if request.rivals else ""
        lines.append(f"{what}{words}{count}{rival}")
    return "\n".join(lines) or None


def _lineage(rows: Iterable[Lineage], code: str, kind: str) -> list[str]:
    return [row.from_code for row in rows if row.to_code == code and row.change_kind == kind]


def _report(tables: Tables) -> Rows:
    blocks: list[Block] = named.rows("blocks", tables["blocks"])
    by_id = {block.block_id: block for block in blocks}
    rows: list[BlockRow] = named.rows("block_rows", tables["block_rows"])
    sides = {side: number for number, side in enumerate(SIDES)}
    told: Rows = {}
    for row in sorted(rows, key=lambda row: (by_id[row.block_id].order, row.block_id, sides[row.side], row.order)):
        block = by_id[row.block_id]
        told[row.row_id] = {
            "Row": row.row_id,
            "Block": block.block_id,
            "Topic": block.topic,
            "Elements": _list(block.elements),
            "Side": SIDES[row.side],
            "Order": row.order + 1,
            "Statement": row.statement,
            "Points": _list(row.point_ids),
        }
    return told


def _commitments(tables: Tables) -> Rows:
    rows: list[Commitment] = named.rows("commitments", tables["commitments"])
    return {
        row.commitment_id: {
            "Commitment": row.commitment_id,
            "Text": row.text,
            "Points": _list(row.points),
            "Due": row.due,
            "Owner": row.owner,
            "Status": row.status,
        }
        for row in rows
    }


def _list(values: Iterable[str]) -> str | None:
    return "; ".join(values) or None
