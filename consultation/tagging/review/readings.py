"""The sheet of comments taken back: each marked row becomes a reading, and each reading becomes events.

A row is taken whole or not at all. What it went out with tells a suggestion that was removed from one never there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from consultation import sheets
from consultation.model import FACETS
from consultation.sheets import Row
from consultation.tagging.review import layout
from consultation.tagging.review.names import Names, Unknown
from consultation.tagging.review.taking import Taking
from consultation.tagging.review.views import View
from consultation.text import fingerprint, nearest, tidy

Code = tuple[str, str]  # facet and code
_SLOT: Final = re.compile(rf"({'|'.join(FACETS)})(?: \d+)?", re.I)
_NONE: Final = ("theme", "none_of_these")
_OFF_TOPIC: Final = ("theme", "off_topic")
_OF_THE_DRAFT: Final = ("element", "theme")


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What a row went out with: the comments that share it, and each code that it showed with its suggestion."""

    also: tuple[str, ...] = ()
    blind: bool = False
    drawn: bool = False
    shown: Mapping[Code, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Known:
    """What rows are held against: texts by comment, names by facet, what went out, what this officer said before.

    `remembered` is False where the hidden sheet was lost, so that nobody knows what went out.
    `marks` are the (comment, mark) of this officer's readings, so that a row is not taken twice.
    """

    texts: Mapping[str, str]
    names: Mapping[str, Names]
    sent: Mapping[str, Sent]
    mine: Mapping[str, View]
    marks: frozenset[tuple[str, str]]
    memos: frozenset[tuple[str, str]]
    remembered: bool = True

    def of(self, key: str) -> Sent:
        return self.sent.get(key, Sent())


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A row that can be taken: how it was read, the codes that stand in it, the note."""

    row: Row
    key: str
    how: str
    chosen: tuple[Code, ...]
    note: str

    @property
    def says(self) -> tuple[object, ...]:
        return (self.how, sorted(self.chosen), self.note)


def take(taking: Taking, rows: Sequence[Row], known: Known) -> None:
    """Record every marked row, top to bottom; refuse what cannot be taken, by row."""
    owners = {tidy(text): comment for comment, text in known.texts.items()}
    readings: dict[str, list[Reading]] = {}
    for row in rows:
        reading = _reading(taking, row, known, owners)
        if reading:
            readings.setdefault(reading.key, []).append(reading)
    whole = [several[0] for several in readings.values() if _one_voice(taking, several)]
    _note_new_names(taking, whole, known)
    for reading in whole:
        _record(taking, reading, known)


# --- from a row to a reading ----------------------------------------------------------------------------------------


def _reading(taking: Taking, row: Row, known: Known, owners: Mapping[str, str]) -> Reading | None:
    key = row[layout.ID]
    chosen, wrong = _chosen(row, known)
    touched = row[layout.NOTES] or _touched(chosen, wrong, known.of(key), known)
    if key not in known.texts:
        if row[layout.READ] or touched:
            _refuse_unknown(taking, row, known)
        return None
    itself = _is_itself(taking, row, known, owners)
    if not row[layout.READ]:
        if touched:
            taking.refuse(
                row, layout.READ, "Something was filled in, but the row is not marked: nothing was recorded.",
                "Choose “changed” or “agreed” if the row is as you want it.",
            )  # fmt: skip
        return None
    how = taking.choice(row, layout.READ, layout.READS)
    for heading, unknown in wrong:
        taking.refuse(row, heading, unknown.what, unknown.do)
    if how is None or wrong or not itself or not _agrees(taking, row, how, chosen, known):
        return None
    return Reading(row=row, key=key, how=how, chosen=chosen, note=row[layout.NOTES])


def _refuse_unknown(taking: Taking, row: Row, known: Known) -> None:
    key = row[layout.ID]
    if not key:
        taking.refuse(row, layout.ID, "This row has no comment id.", "Comments are added with: consultation read FILE")
        return
    near = nearest(key, known.texts)
    do = f"Did you mean “{near}”?" if near else "It may have been read in anew since: write a new workbook."
    taking.refuse(row, layout.ID, f"There is no comment “{key[:40]}” here.", do)


def _slots(row: Row) -> Iterator[str]:
    return (heading for heading in row.letters if _SLOT.fullmatch(heading))


def _chosen(row: Row, known: Known) -> tuple[tuple[Code, ...], list[tuple[str, Unknown]]]:
    """The codes in a row, each once, and the cells that hold none."""
    told: dict[Code, None] = {}
    wrong: list[tuple[str, Unknown]] = []
    for heading in _slots(row):
        facet = heading.split(" ")[0].casefold()
        for part in _parts(row, heading, known.names[facet]):
            code = known.names[facet].code(part)
            if isinstance(code, Unknown):
                wrong.append((heading, code))
            else:
                told[facet, code] = None
    return tuple(told), wrong


def _parts(row: Row, heading: str, names: Names) -> tuple[str, ...]:
    """A cell holds one name, or several between semicolons; a semicolon may stand in a name too."""
    whole = row[heading]
    one = isinstance(names.code(whole), str) if whole else True
    return row.several(heading) if not one else (whole,) if whole else ()


def _touched(chosen: Sequence[Code], wrong: Sequence[object], sent: Sent, known: Known) -> bool:
    """Whether codes are other than those sent. One that is no longer in use cannot be read back, and is no change."""
    if not known.remembered:
        return False
    in_use = {(facet, code) for facet, code in sent.shown if code in known.names[facet].shown}
    return set(chosen) != in_use or len(wrong) > len(sent.shown) - len(in_use)


def _is_itself(taking: Taking, row: Row, known: Known, owners: Mapping[str, str]) -> bool:
    """Whether id and text of a row belong together. An edited text is put back; another's means a broken sort."""
    key, told = row[layout.ID], row[layout.TEXT]
    held = known.texts[key]
    if told == sheets.cell_text(held):
        return True
    owner = owners.get(tidy(told))
    if owner is not None and tidy(held) != tidy(told):
        taking.refuse(
            row, layout.TEXT, f"This text belongs to {owner}, the id beside it is {key}: the sheet was sorted in part.",
            "Undo the sorting, or write a new workbook; sort by the arrows in the headings.",
        )  # fmt: skip
        return False
    taking.note(row, layout.TEXT, "The comment's text was edited here; what the person wrote stays as it was.")
    return True


def _agrees(taking: Taking, row: Row, how: str, chosen: Sequence[Code], known: Known) -> bool:
    """Whether the mark and the codes make sense together."""
    shown = known.of(row[layout.ID]).shown
    added = [code for code in chosen if code not in shown and code[0] in _OF_THE_DRAFT and code != _OFF_TOPIC]
    if how == "off_topic" and added:
        facet, code = added[0]
        taking.refuse(
            row, layout.READ, f"The row says “off topic”, but “{known.names[facet].shown[code]}” was added.",
            "Clear that cell, or choose “changed”.",
        )  # fmt: skip
        return False
    if sum(facet == "stance" for facet, _ in chosen) > 1:
        taking.refuse(row, "Stance", "Several stances stand in one cell.", "Choose one; “mixed” is on the list.")
        return False
    return True


def _one_voice(taking: Taking, several: Sequence[Reading]) -> bool:
    """Copies of a row count once, unless they say different things."""
    first, *others = several
    unlike = [other for other in others if other.says != first.says]
    for other in unlike:
        taking.refuse(
            other.row, layout.ID,
            f"{first.key} stands in row {first.row.number} too, and says something else there: neither was taken.",
            "Delete one of the two rows.",
        )  # fmt: skip
    return not unlike


# --- from a reading to events ---------------------------------------------------------------------------------------


def _record(taking: Taking, reading: Reading, known: Known) -> None:
    sent = known.of(reading.key)
    mark = fingerprint(sorted(sent.shown), reading.says)
    fresh = [
        comment
        for comment in (reading.key, *sent.also)
        if comment in known.texts and (comment, mark) not in known.marks
    ]
    if fresh:
        _note(taking, reading, sent)
    for comment in fresh:
        told = {"comment_id": comment, "how": reading.how, "blind": sent.blind}
        told |= {"drawn": True} if sent.drawn else {}
        taking.record("read", {**told, "file": taking.file, "row": reading.row.number, "mark": mark}, reading.row)
        _record_tags(taking, comment, reading, sent, known)
    if reading.note and (reading.key, reading.note) not in known.memos:
        taking.record("memo", {"about": reading.key, "text": reading.note}, reading.row)


def _note_new_names(taking: Taking, whole: Sequence[Reading], known: Known) -> None:
    """A name that is on no list yet is told once, at the first row that has it."""
    first: dict[Code, Row] = {}
    for reading in whole:
        for facet, code in reading.chosen:
            if code not in known.names[facet].shown:
                first.setdefault((facet, code), reading.row)
    for (facet, code), row in first.items():
        name = code.replace("_", " ")
        taking.note(row, None, f"“{name}” is a new {facet}.", "It joins the list of the next workbook.")


def _note(taking: Taking, reading: Reading, sent: Sent) -> None:
    if reading.how == "agreed" and sent.shown and set(reading.chosen) != set(sent.shown):
        taking.note(
            reading.row, layout.READ, "The row says “agreed” but differs from what went out; it was taken as it stands."
        )


def _record_tags(taking: Taking, comment: str, reading: Reading, sent: Sent, known: Known) -> None:
    said = known.mine[comment].said if comment in known.mine else {}
    for (facet, code), status in _verdicts(reading, sent, said).items():
        if (facet, code) in said and said[facet, code][0] == status:
            continue
        payload = {"comment_id": comment, "facet": facet, "code": code, "status": status}
        suggested = sent.shown.get((facet, code))
        taking.record("tag", payload | ({"suggestion": dict(suggested)} if suggested else {}), reading.row)


def _verdicts(reading: Reading, sent: Sent, said: Mapping[Code, tuple[str, int]]) -> dict[Code, str]:
    """What stands is confirmed; what stood there, or was confirmed before, and stands no more is rejected."""
    if reading.how == "unsure":
        return {}
    before = {*sent.shown, *(code for code, (status, _) in said.items() if status == "confirmed")}
    stands = list(reading.chosen)
    if reading.how == "off_topic":
        before = {code for code in before if code[0] in _OF_THE_DRAFT}
        stands = [_OFF_TOPIC]
    elif not any(facet in _OF_THE_DRAFT for facet, _ in stands):
        stands.append(_NONE)
    return dict.fromkeys(stands, "confirmed") | dict.fromkeys(sorted(before - set(stands)), "rejected")
