"""Take a review workbook back: each marked row becomes events, and what could not be taken is told by its row.

A wrong row spoils itself, never the file; a file that is taken twice records nothing twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from consultation import history, sheets
from consultation.errors import ConsultationError, Place
from consultation.model import FACETS, LedgerEvent, Theme
from consultation.settings import Settings
from consultation.sheets import Book, Told
from consultation.tagging.review import clashing, layout, likeness, readings
from consultation.tagging.review.clashing import Clash, clashes
from consultation.tagging.review.names import Names, names
from consultation.tagging.review.readings import Known, Sent
from consultation.tagging.review.taking import NewEvent, Taking
from consultation.tagging.review.views import views

_NO_MEMORY: Final = (
    "The workbook has lost its hidden sheet, so a suggestion that was removed cannot be told from one that was never "
    "there: what stands in marked rows was confirmed, and nothing was rejected."
)


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What a workbook gave: the `officer` who signs, events to record, rows that were refused, and what to know.

    `noted` rows were taken (a comment's text that was put back, a new audience). `clashes` are those with other
    officers on the comments of this file, the new events counted in. `filled` are the rows (sheet, number) of which
    something was taken or refused: none in a workbook that nobody touched, or that is on record already.
    """

    officer: str
    events: tuple[NewEvent, ...]
    refused: tuple[Told, ...]
    noted: tuple[Told, ...]
    clashes: tuple[Clash, ...]
    filled: frozenset[tuple[str, int]]


def read(
    data: bytes,
    name: str,
    comments: pd.DataFrame,
    elements: pd.DataFrame,
    themes: Sequence[Theme],
    tags: pd.DataFrame,
    events: Sequence[LedgerEvent],
    settings: Settings,
    *,
    officer: str,
    responses: pd.DataFrame | None = None,
    likenesses: pd.DataFrame | None = None,
    audiences: Sequence[Theme] = (),
) -> Taken:
    """What an officer decided in a workbook that `write` made; `officer` signs where it is for nobody by name.

    A marked row gives a `read` event, a `tag` event for each code that stands in it (confirmed) and each that it went
    out with, or that the same officer had confirmed, and stands there no more (rejected), and a `memo` for a note.
    `responses` and `likenesses` are needed for the sheet “Same person”. Raises `ConsultationError` for what is no
    workbook, is of another consultation, or has lost its sheet or headings.
    """
    book = sheets.read(data, _wanted(), name)
    about, sent = _went_out(book)
    _refuse_foreign(book, about, comments, settings, name)
    taking = Taking(file=name, officer=about.get("officer") or officer)
    if book.rows[layout.COMMENTS] and not about:
        taking.noted.append(Told(place=Place(file=name, sheet=layout.COMMENTS), what=_NO_MEMORY))
    called = names(elements, themes, tags, audiences)
    known = replace(_known(taking.officer, comments, called, sent, events), remembered=bool(about))
    readings.take(taking, book.rows[layout.COMMENTS], known)
    if likenesses is not None and responses is not None:
        likeness.take(taking, book.rows[layout.SAME], likeness.groups(likenesses, comments, responses), events)
    clashing.take(taking, book.rows[layout.CLASHES], events)
    return Taken(
        officer=taking.officer,
        events=tuple(taking.events),
        refused=tuple(taking.refused),
        noted=tuple(taking.noted),
        clashes=tuple(_clashes_of(taking, events)),
        filled=frozenset(taking.filled),
    )


# --- the workbook as a whole ----------------------------------------------------------------------------------------


def _wanted() -> dict[str, list[str]]:
    slots = [heading for facet in FACETS for heading in layout.headings(facet, layout.SLOTS[facet])]
    return {
        layout.COMMENTS: [layout.ID, layout.TEXT, layout.READ, *slots, layout.NOTES],
        layout.SAME: [layout.SAME_ID, layout.SAME_ANSWER, layout.SAME_NAME],
        layout.CLASHES: [layout.CLASH_ID, layout.RULING, layout.RULING_NOTE],
        layout.SENT: list(layout.SENT_COLUMNS),
    }


def _went_out(book: Book) -> tuple[dict[str, str], dict[str, Sent]]:
    """What the hidden sheet says of the workbook and of each row; nothing where it was lost."""
    about: dict[str, str] = {}
    also: dict[str, list[str]] = {}
    blind, drawn = set[str](), set[str]()
    shown: dict[str, dict[tuple[str, str], dict[str, Any]]] = {}
    for row in book.rows[layout.SENT]:
        key, what, value = row["Id"], row["What"], row["Value"]
        if key == "workbook":
            about[what] = value
        elif what == "same words":
            also.setdefault(key, []).append(value)
        elif what == "blind":
            blind.add(key)
        elif what == "drawn":
            drawn.add(key)
        elif what in FACETS:
            suggestion = {"score": _number(row["Score"]), "origin": row["Origin"], "model": row["Model"] or None}
            shown.setdefault(key, {})[what, value] = suggestion
    keys = {*also, *blind, *shown}
    sent = {
        key: Sent(
            also=tuple(also.get(key, ())), blind=key in blind, drawn=key in drawn, shown=shown.get(key, {})
        )
        for key in keys
    }  # fmt: skip
    return about, sent


def _number(told: str) -> float | None:
    try:
        return float(told)
    except ValueError:
        return None


def _refuse_foreign(
    book: Book, about: Mapping[str, str], comments: pd.DataFrame, settings: Settings, name: str
) -> None:
    rows = book.rows[layout.COMMENTS]
    if not rows and not book.rows[layout.SAME] and not book.rows[layout.CLASHES]:
        raise ConsultationError(
            f"The sheet “{layout.COMMENTS}” is missing or empty.", where=name,
            do="Give the sheet its name back, or take in the workbook that the program wrote.",
        )  # fmt: skip
    if about.get("form", layout.FORM) != layout.FORM:
        raise ConsultationError(
            f"This workbook was written by another version of the program (“{about['form']}”).", where=name,
            do="Take it in with that version, or write a new one: consultation review out FILE.xlsx",
        )  # fmt: skip
    ids = {row[layout.ID] for row in rows if row[layout.ID]}
    if ids and not ids & set(comments["comment_id"]):
        of = about.get("title")
        raise ConsultationError(
            f"None of the {len(ids)} comments of this workbook is held here"
            + (f": it is of “{of}”, this is “{settings.title}”." if of and of != settings.title else "."),
            where=name,
            do="Take it in from the folder of its own consultation.",
        )
    for facet in FACETS:
        for heading in layout.headings(facet, int(about.get(f"slots {facet}", 0))):
            if rows and heading not in rows[0].letters:
                raise ConsultationError(
                    f"The heading “{heading}” is missing.", where=Place(file=name, sheet=layout.COMMENTS),
                    do="Put the column back with its heading; without it, its suggestions would look removed.",
                )  # fmt: skip


def _known(
    officer: str, comments: pd.DataFrame, called: Mapping[str, Names], sent: Mapping[str, Sent],
    events: Sequence[LedgerEvent],
) -> Known:  # fmt: skip
    """What rows are held against, with all that this officer read and noted before."""
    read = [event.payload for event in history.active(events, "read") if event.who == officer]
    memos = [event.payload for event in history.active(events, "memo") if event.who == officer]
    return Known(
        texts=dict(zip(comments["comment_id"], comments["text"], strict=True)),
        names=called,
        sent=sent,
        mine={comment: view for (who, comment), view in views(events).items() if who == officer},
        marks=frozenset((str(payload["comment_id"]), str(payload.get("mark"))) for payload in read),
        memos=frozenset((str(payload["about"]), str(payload["text"])) for payload in memos),
    )


def _clashes_of(taking: Taking, events: Sequence[LedgerEvent]) -> list[Clash]:
    """The clashes on comments of this file, its new events counted in."""
    last = max((event.seq for event in events), default=0)
    new = [
        LedgerEvent(seq=last + place, event_id="", at="", who=taking.officer, what=what, payload=payload)
        for place, (what, payload) in enumerate(taking.events, 1)
    ]
    touched = {payload.get("comment_id") for _, payload in taking.events}
    return [clash for clash in clashes([*events, *new]) if touched & set(clash.comment_ids)]
