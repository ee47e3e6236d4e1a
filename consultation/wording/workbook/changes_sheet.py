"""The sheet Changes taken back: new wordings, kinds of change, the body's own words, lineage and the rationale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from consultation import tables as named
from consultation.model import Element
from consultation.sheets import Row
from consultation.tables import Tables
from consultation.text import did_you_mean, nearest
from consultation.wording import decisions as rules
from consultation.wording.proposals import proposal_id
from consultation.wording.workbook.layout import CHANGES
from consultation.wording.workbook.taking import Edited, Taking, once

_LINEAGE: Final = {"Merged from": "merged", "Split from": "split"}
_DECIDED: Final = frozenset({"Rationale", "Reason code", "Decided by", "Body", "Date"})


def codes(taking: Taking, tables: Tables) -> set[str]:
    """The elements that there are, and those that new rows of this workbook add."""
    held = {str(code) for code in tables["elements"]["code"]} | {str(code) for code in tables["proposals"]["element"]}
    return held | {row["Element"] for row in taking.book.rows[CHANGES] if row["Element"] and row["Kind"]}


def take(taking: Taking, tables: Tables, known: set[str], points: set[str]) -> None:
    """Record what people changed in the sheet. `known` are the codes of `codes`, `points` all ids of points."""
    rows: list[Element] = named.rows("elements", tables["elements"])
    draft = {row.code: row for row in rows if row.version == taking.settings.versions[0]}
    held = {row.code for row in rows}
    for row in once(taking, CHANGES, "Element"):
        code = row["Element"]
        if not _is_element(taking, row, known):
            continue
        edited = taking.edited(CHANGES, row, code)
        if edited is None:
            continue
        before = len(taking.refused)
        kinds = _kinds(taking, edited)
        behind = taking.ids(edited, "Points", points, "point") if "Points" in edited.changed else ()
        _check_place(taking, edited, known)
        if len(taking.refused) > before:
            continue
        _record_wording(taking, edited, kinds, draft.get(code), is_new=code not in held)
        _record_lineage(taking, edited, known)
        _record_proposal(taking, edited, kinds, behind or ())
        _record_decision(taking, edited, kinds)


def _check_place(taking: Taking, edited: Edited, known: set[str]) -> None:
    after = edited.text("Placed after") if "Placed after" in edited.changed else None
    if after and after not in known:
        taking.refuse(
            edited.row, "Placed after",
            f"“{after[:40]}” is no element's code: this cell says which element this one follows.",
            "Write the code of the element before it; the new words go under “New wording”.",
        )  # fmt: skip


def _is_element(taking: Taking, row: Row, known: set[str]) -> bool:
    code = row["Element"]
    if code in known:
        return True
    if not code:
        taking.refuse(row, "Element", "This row has no code.", "Give the new element a code and a kind.")
        return False
    near = nearest(code, known)
    hint = did_you_mean(code, known) if near else ""
    taking.refuse(row, "Element", f"There is no element “{code}”.", f"{hint} If it is new, give its kind too.".strip())
    return False


def _kinds(taking: Taking, edited: Edited) -> tuple[str, ...]:
    """The codes of the kinds of change in the cell; one that is none is refused."""
    names = taking.codes["Change kinds"]
    told = []
    for one in edited.several("Change kinds"):
        code = rules.code_of(one, names)
        if code is None:
            taking.refuse(edited.row, "Change kinds", f"“{one}” is no kind of change.", rules.nearest_name(one, names))
        else:
            told.append(code)
    return tuple(told)


def _record_wording(
    taking: Taking, edited: Edited, kinds: tuple[str, ...], draft: Element | None, *, is_new: bool
) -> None:
    """The new wording; "unchanged" with nothing written means the draft's own words, where they are held."""
    wording = edited.text("New wording")
    stated = edited.changed & {"New wording", "Name", "Parent", "Kind"}
    if wording is None and "unchanged" in kinds and draft and draft.wording:
        wording, stated = draft.wording, stated | {"New wording"}
    if not stated or (wording is None and "New wording" not in edited.changed):
        return
    payload: dict[str, Any] = {
        "element": edited.key, "version": taking.settings.versions[-1], "wording": wording,
    }  # fmt: skip
    for heading, name in (("Kind", "kind"), ("Parent", "parent"), ("Name", "name"), ("Placed after", "after")):
        if (is_new or heading in edited.changed) and edited.text(heading):
            payload[name] = edited.text(heading)
    taking.record("wording", payload)


def _record_lineage(taking: Taking, edited: Edited, known: set[str]) -> None:
    now = taking.state[CHANGES].get(edited.key, {})
    for heading, kind in _LINEAGE.items():
        for code in _added(taking, edited, heading, now, known):
            taking.record("lineage", {"from_code": code, "to_code": edited.key, "change_kind": kind})
    for code in _added(taking, edited, "Moved to", now, known):
        taking.record("lineage", {"from_code": edited.key, "to_code": code, "change_kind": "moved_elsewhere"})


def _added(taking: Taking, edited: Edited, heading: str, now: Mapping[str, Any], known: set[str]) -> list[str]:
    if heading not in edited.changed:
        return []
    before = [part.strip() for part in str(now.get(heading) or "").split(";") if part.strip()]
    told = taking.ids(edited, heading, known - {edited.key}, "element") or ()
    if set(before) - set(edited.several(heading)):
        taking.refuse(
            edited.row, heading, "A line of descent is on record and cannot be erased here.",
            "Find its event with: consultation why CODE, and take it back with: consultation undo EVENT",
        )  # fmt: skip
    return [code for code in told if code not in before]


def _record_proposal(taking: Taking, edited: Edited, kinds: tuple[str, ...], behind: tuple[str, ...]) -> None:
    fields: dict[str, Any] = {}
    if "Change kinds" in edited.changed:
        fields["change_kinds"] = list(kinds)
    if "Points" in edited.changed:
        fields["points"] = list(behind)
    if "Our own words" in edited.changed:
        fields["own_words"] = list(edited.several("Our own words"))
    if fields:
        taking.record("proposal", {"proposal_id": proposal_id(edited.key), "element": edited.key, **fields})


def _record_decision(taking: Taking, edited: Edited, kinds: tuple[str, ...]) -> None:
    """The rationale is the reason of the decision on the element's proposal."""
    if not edited.changed & _DECIDED:
        return
    before = len(taking.refused)
    reason_code = taking.code(edited, "Reason code")
    if len(taking.refused) > before:
        return
    told = any(edited.text(heading) for heading in _DECIDED)
    if told and not edited.text("Rationale"):
        taking.refuse(
            edited.row, "Rationale", "Somebody decided on this wording, but it does not say why.",
            "Write the rationale in plain words.",
        )  # fmt: skip
        return
    kept = "unchanged" in kinds
    fields = {
        "disposition": ("retained_with_reason" if kept else "adopted") if told else None,
        "reason_code": reason_code,
        "reason": edited.text("Rationale"),
        "destination": None,
        "decided_by": edited.text("Decided by"),
        "body": edited.text("Body"),
        "date": edited.text("Date"),
    }
    taking.record("decision", {"proposal_id": proposal_id(edited.key), "element": edited.key, **fields})
