"""The decision workbook: out to the policy team, and back as events for the ledger.

What goes out is the present state; what comes back is compared with it and with the state at the time it went out.
So only what a person changed is recorded, taking a file in twice records nothing, and where two officers changed
one cell the second is told, row by row, instead of overwriting the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consultation import sheets
from consultation.model import Theme
from consultation.settings import Settings
from consultation.tables import Tables
from consultation.wording.workbook import changes_sheet, points_sheet
from consultation.wording.workbook.layout import SHEETS, WROTE, choices, editable, instructions, needed, present
from consultation.wording.workbook.layout import codes as codes_of
from consultation.wording.workbook.quoted import quoted
from consultation.wording.workbook.report_sheets import take_commitments, take_report
from consultation.wording.workbook.taking import NewEvent, Refused, Taking


@dataclass(frozen=True, kw_only=True)
class Taken:
    """The events to record, in order, and the cells that were refused, with their places.

    `filled` are the rows (sheet, number) of which something was taken or refused: none in a workbook that nobody
    touched, or that is on record already.
    """

    events: tuple[NewEvent, ...]
    refused: tuple[Refused, ...]
    filled: frozenset[tuple[str, int]] = frozenset()


def write(tables: Tables, settings: Settings, themes: Sequence[Theme]) -> bytes:
    """The workbook of the present state (.xlsx): the same tables give the same bytes.

    Needs points, point_elements, point_evidence, proposals, decisions, commitments, blocks, block_rows, elements,
    lineage, and comments: their words are shown, so hand them in without what was settled as redacted.
    """
    state = present(tables, settings, themes)
    wrote = quoted(tables)
    book = sheets.new_book()
    sheets.notes(book, "Instructions", instructions(settings, themes))
    for name, columns in SHEETS.items():
        rows = ({WROTE: wrote.get(key), **row} for key, row in state[name].items())
        sheet = sheets.table(book, name, columns, rows)
        sheets.protect(sheet)
        sheets.page(sheet, f"{settings.title}: {name.lower()}")
    sheets.lists(book, choices(settings, themes)).sheet_state = "hidden"
    cells = {
        (name, key): {heading: row.get(heading) for heading in editable(name)}
        for name, rows in state.items()
        for key, row in rows.items()
    }
    sheets.remember(book, cells)
    return sheets.to_bytes(book)


def read(data: bytes, tables: Tables, settings: Settings, themes: Sequence[Theme], name: str = "the workbook") -> Taken:
    """What people changed in a workbook that `write` made, or in one with the same sheets and headings.

    Of the comments it needs the ids alone. A wrong cell spoils itself, in a new row the
    row, never the file. Raises `ConsultationError` for what is no such workbook.
    """
    wanted = {sheet: needed(sheet) for sheet in SHEETS}
    taking = Taking(
        book=sheets.read(data, wanted, name),
        state=present(tables, settings, themes),
        settings=settings,
        codes=codes_of(settings, themes),
        file=name,
    )
    for sheet in taking.book.absent if taking.book.remembered else ():
        taking.refuse_sheet(sheet)
    codes = changes_sheet.codes(taking, tables)
    points_sheet.take(taking, tables, codes)
    points = {str(point_id) for point_id in tables["points"]["point_id"]} | set(taking.names.values())
    points |= {str(payload["point_id"]) for what, payload in taking.events if what == "point"}
    changes_sheet.take(taking, tables, codes, points)
    take_report(taking, tables, codes, points)
    take_commitments(taking, points)
    return Taken(events=tuple(taking.events), refused=tuple(taking.refused), filled=frozenset(taking.filled))
