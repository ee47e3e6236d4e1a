"""Labels from a spreadsheet that was coded elsewhere: its rows become tags of whoever coded it.

A row is of the comment that it names (`comment_id`), or else of every comment with exactly its words (`text`). Codes
stand in a column for each facet (`theme`, `elements`, several in a cell between semicolons), or in a column for each
code, headed by the code or its name (or “theme: its name”) and ticked with x, 1 or yes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from consultation import sheets
from consultation.errors import ConsultationError, Place
from consultation.model import FACETS, LedgerEvent, Theme
from consultation.records import Record
from consultation.sheets import Told
from consultation.tagging.review.names import Names, Unknown, names
from consultation.tagging.review.taking import Taking
from consultation.tagging.review.views import View, views
from consultation.text import did_you_mean, nearest, tidy

IDS: Final = ("comment_id", "id")
TEXTS: Final = ("text", "comment")
_YES: Final = frozenset({"1", "x", "y", "yes", "true", "✓", "✔", "☒", "☑"})
_NO: Final = frozenset({"", "0", "n", "no", "false", "-", "–"})
_FACET: Final = re.compile(rf"({'|'.join(FACETS)})s?(?:_?\d+)?")
_PREFIXED: Final = re.compile(rf"({'|'.join(FACETS)})s?\s*:\s*(.+)", re.I | re.S)
Code = tuple[str, str]  # facet, code


@dataclass(frozen=True, kw_only=True)
class _Columns:
    """What each column holds: the codes of a facet, or ticks for one code."""

    facets: Mapping[str, str]
    codes: Mapping[str, Code]


def read_coded(
    records: Sequence[Record],
    name: str,
    comments: pd.DataFrame,
    elements: pd.DataFrame,
    themes: Sequence[Theme],
    tags: pd.DataFrame,
    events: Sequence[LedgerEvent],
    *,
    coder: str,
    audiences: Sequence[Theme] = (),
) -> Taking:
    """The `tag` events of `coder`, and what is to be said of rows that could not be taken.

    What stands in a row is confirmed; of a facet that the row speaks of, what the same coder had confirmed before and
    stands there no more is rejected, so a corrected file corrects. A file that is taken twice records nothing twice. A
    row with a wrong code is refused whole. Raises `ConsultationError` where no column holds codes.
    """
    taking = Taking(file=name, officer=coder)
    called = names(elements, themes, tags, audiences)
    columns = _columns(taking, records, called)
    texts = dict(zip(comments["comment_id"], comments["text"], strict=True))
    owners: dict[str, list[str]] = {}
    for comment, text in texts.items():
        owners.setdefault(tidy(text), []).append(comment)
    mine = {comment: view for (who, comment), view in views(events).items() if who == coder}
    first: dict[str, tuple[Record, frozenset[Code]]] = {}
    for record in records:
        codes = _codes(taking, record, columns, called)
        for comment in _comments(taking, record, texts, owners) if codes else ():
            if comment not in first:
                first[comment] = record, codes
                _record(taking, comment, codes, mine.get(comment), name)
            elif first[comment][1] != codes:
                _refuse(
                    taking, record.place, f"{comment} is coded otherwise in row {first[comment][0].place.row}.",
                    "The first row was taken. Delete one of the two.",
                )  # fmt: skip
    return taking


def _refuse(taking: Taking, place: Place, what: str, do: str) -> None:
    taking.refused.append(Told(place=place, what=what, do=do))


# --- what the columns are ---------------------------------------------------------------------------------------------


def _columns(taking: Taking, records: Sequence[Record], called: Mapping[str, Names]) -> _Columns:
    facets: dict[str, str] = {}
    codes: dict[str, Code] = {}
    for head, place in (records[0].places if records else {}).items():
        if head in (*IDS, *TEXTS):
            continue
        if found := _FACET.fullmatch(head):
            facets[head] = found[1]
            continue
        meant = _meant(place.heading or head, called)
        if isinstance(meant, tuple):
            codes[head] = meant
        elif _ticked(records, head):
            _refuse(taking, Place(file=place.file, sheet=place.sheet, column=place.column), meant.what, meant.do)
        else:
            what = f"The column “{place.heading}” holds no codes and was left out."
            taking.noted.append(Told(place=Place(file=place.file, sheet=place.sheet, column=place.column), what=what))
    if not facets and not codes:
        raise ConsultationError(
            "No column holds codes.", where=Place(file=taking.file),
            do=f"Head a column “theme” (codes between semicolons), or one for each code: {_some(called['theme'])}",
        )  # fmt: skip
    return _Columns(facets=facets, codes=codes)


def _meant(heading: str, called: Mapping[str, Names]) -> Code | Unknown:
    """The code that heads a column of ticks."""
    prefixed = _PREFIXED.fullmatch(heading.strip())
    if prefixed:
        facet = prefixed[1].casefold()
        code = called[facet].code(prefixed[2].strip())
        return code if isinstance(code, Unknown) else (facet, code)
    found = [
        (facet, code)
        for facet, known in called.items()
        if isinstance(code := known.code(heading), str) and code in known.shown
    ]
    if len(found) == 1:
        return found[0]
    if found:
        ways = " or ".join(f"“{facet}: {heading}”" for facet, _ in found)
        return Unknown(what=f"“{heading}” is a code of {len(found)} kinds.", do=f"Head the column {ways}.")
    known = [name for each in called.values() for name in each.shown.values()]
    return Unknown(what=f"“{heading[:60]}” is no code.", do=did_you_mean(heading, known))


def _ticked(records: Sequence[Record], head: str) -> bool:
    """Whether a column holds ticks and nothing else."""
    told = {tidy(text) for record in records if (text := record.text(head))}
    return bool(told & _YES) and told <= _YES | _NO


def _some(known: Names) -> str:
    return ", ".join(list(known.shown.values())[:3]) + " ..."


# --- what a row says --------------------------------------------------------------------------------------------------


def _codes(taking: Taking, record: Record, columns: _Columns, called: Mapping[str, Names]) -> frozenset[Code]:
    """The codes of a row; none, where any of them is unknown."""
    told: set[Code] = set()
    before = len(taking.refused)
    for head, facet in columns.facets.items():
        for part in _parts(record, head, called[facet]):
            code = called[facet].code(part)
            if isinstance(code, Unknown):
                near = code.do if nearest(part, called[facet].shown.values()) else _known(part, called[facet])
                _refuse(taking, record.at(head), code.what, near)
            else:
                told.add((facet, code))
    for head, meant in columns.codes.items():
        tick = tidy(record.text(head) or "")
        if tick in _YES:
            told.add(meant)
        elif tick not in _NO:
            _refuse(
                taking, record.at(head), "This cell holds no tick.", "Write x where the code applies, else nothing."
            )
    if sum(facet == "stance" for facet, _ in told) > 1:
        _refuse(taking, record.place, "The row has several stances.", "Choose one; “mixed” is one of them.")
    return frozenset(told) if len(taking.refused) == before else frozenset()


def _parts(record: Record, head: str, known: Names) -> tuple[str, ...]:
    """One name, or several between semicolons; a semicolon may stand in a name too."""
    whole = record.text(head)
    if whole is None or (not isinstance(known.code(whole), Unknown) and ";" not in whole):
        return (whole,) if whole else ()
    return (whole,) if tidy(whole) in {tidy(name) for name in known.shown.values()} else record.several(head)


def _known(part: str, known: Names) -> str:
    return did_you_mean(part, known.shown.values())


def _comments(
    taking: Taking, record: Record, texts: Mapping[str, str], owners: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    """The comments that a row is of: the one it names, or all with its words."""
    id = next((told for head in IDS if (told := record.text(head))), None)
    text = next((told for head in TEXTS if (told := record.text(head))), None)
    if id is not None and id in texts:
        if text is None or tidy(text) == tidy(sheets.cell_text(texts[id])):
            yield id
        else:
            _refuse(taking, record.place, f"The words of this row are not those of {id}: the sheet was sorted in part.",
                    "Undo the sorting, or leave out the column of texts if it was edited.")  # fmt: skip
    elif text is not None and (found := owners.get(tidy(text))):
        yield from found
    elif id is not None:
        near = nearest(id, texts)
        do = f"Did you mean “{near}”?" if near else "Copy the ids from the table comments, or give a column “text”."
        _refuse(taking, record.place, f"There is no comment “{id[:40]}” here.", do)
    elif text is not None:
        _refuse(taking, record.place, "No comment has exactly these words.", "Give its comment_id in a column.")
    else:
        _refuse(taking, record.place, "The row names no comment.", "Give a comment_id, or the comment’s words as text.")


def _record(taking: Taking, comment: str, codes: frozenset[Code], mine: View | None, name: str) -> None:
    said = mine.said if mine else {}
    spoken = {facet for facet, _ in codes}
    gone = {key for key, (status, _) in said.items() if status == "confirmed" and key[0] in spoken} - codes
    for status, found in (("confirmed", codes), ("rejected", gone)):
        for facet, code in sorted(found):
            if (facet, code) not in said or said[facet, code][0] != status:
                told = {"comment_id": comment, "facet": facet, "code": code, "status": status}
                taking.record("tag", {**told, "note": f"coded in {name}"})
