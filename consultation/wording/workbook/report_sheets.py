"""The sheets Report rows and Commitments taken back."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from consultation.sheets import Row, Value, cell_text
from consultation.tables import Tables
from consultation.text import fingerprint, tidy
from consultation.wording.workbook.layout import COMMITMENTS, REPORT, SIDES
from consultation.wording.workbook.taking import Edited, Taking, once, ours

_BLOCK: Final = frozenset({"Topic", "Elements"})
_KEPT: Final = frozenset({"Side", "Order"})


def take_report(taking: Taking, tables: Tables, codes: set[str], points: set[str]) -> None:
    """Record changed, added and emptied rows, and tables of the report that are new or renamed."""
    topics = {tidy(str(topic)): str(key) for key, topic in zip(
        tables["blocks"]["block_id"], tables["blocks"]["topic"], strict=True)}  # fmt: skip
    blocks = {row["Block"] for row in taking.state[REPORT].values()}
    placed: Counter[tuple[str, str]] = Counter()
    said: Counter[tuple[str, str, str]] = Counter()
    told: dict[str, list[Edited]] = {}
    before = len(taking.events)
    for row in once(taking, REPORT, "Row"):
        block_id = row["Block"] or topics.get(tidy(row["Topic"])) or _new_block_id(row)
        if not _is_whole(taking, row, blocks):
            continue
        key = row["Row"] or _new_row_id(row, block_id, said)
        order = placed[block_id, row["Side"]]
        placed[block_id, row["Side"]] += 1
        edited = taking.edited(REPORT, row, key)
        if edited is None:
            continue
        if edited.is_new and row["Row"]:
            _no_longer_there(taking, edited)
            continue
        if edited.changed & _BLOCK:
            told.setdefault(block_id, []).append(edited)
        _record_row(taking, edited, block_id, order, points)
    rows = taking.events[before:]
    del taking.events[before:]
    for number, (block_id, edits) in enumerate(told.items(), 1):
        _record_block(taking, edits, block_id, codes, number)
    taking.events += rows  # a table comes before its rows


def _new_block_id(row: Row) -> str:
    return "b-" + fingerprint("written block", tidy(row["Topic"]))


def _new_row_id(row: Row, block_id: str, said: Counter[tuple[str, str, str]]) -> str:
    what = (block_id, tidy(row["Side"]), tidy(row["Statement"]))
    said[what] += 1
    return "br-" + fingerprint("written row", *what, said[what])


def _is_whole(taking: Taking, row: Row, blocks: set[Value]) -> bool:
    """A row with an id may lack anything; a new one needs its words and its place."""
    if row["Block"] and row["Block"] not in blocks and not ours(row["Block"]):
        do = "Leave the cell empty; the topic says which table it belongs to."
        taking.refuse(row, "Block", f"There is no table “{row['Block']}”.", do)
        return False
    for heading in () if row["Row"] else ("Topic", "Side", "Statement"):
        if not row[heading] and not (heading == "Topic" and row["Block"]):
            taking.refuse(row, heading, f"A new row needs a {heading.lower()}.", "Fill in the cell.")
            return False
    return True


def _no_longer_there(taking: Taking, edited: Edited) -> None:
    if edited.text("Statement") is None:
        return  # left out, as it was before
    what = "This row is no longer in the report." if ours(edited.key) else f"There is no row “{edited.key}”."
    taking.refuse(edited.row, "Row", what, "Add it as a new row with its id left empty, if it is still wanted.")


def _record_block(taking: Taking, edits: list[Edited], block_id: str, codes: set[str], number: int) -> None:
    """A table's topic and elements, as whichever of its rows says anew; rows that say different things are refused."""
    now = next((row for row in taking.state[REPORT].values() if row["Block"] == block_id), {})
    first: dict[str, Edited] = {}
    for edited in edits:
        for heading in sorted(edited.changed & _BLOCK):
            known = first.setdefault(heading, edited)
            if known.values[heading] != edited.values[heading]:
                taking.refuse(
                    edited.row, heading, "Two rows name this table differently.", "Write the same in both, or in one."
                )
                return
    topic = first["Topic"].text("Topic") if "Topic" in first else cell_text(now.get("Topic"))
    if not topic:
        return
    if "Elements" in first:
        elements = taking.ids(first["Elements"], "Elements", codes, "element")
        if elements is None:
            return
    else:
        elements = tuple(part.strip() for part in str(now.get("Elements") or "").split(";") if part.strip())
    told = {"block_id": block_id, "topic": topic, "elements": list(elements)}
    taking.record("block", {**told, "order": _order(taking, block_id, number)})


def _order(taking: Taking, block_id: str, number: int) -> int:
    """A written table stands in the order of the sheet, after those written before."""
    held = [row["Block"] for row in taking.state[REPORT].values()]
    return len(set(held)) + number if block_id not in held else held.index(block_id)


def _record_row(taking: Taking, edited: Edited, block_id: str, order: int, points: set[str]) -> None:
    emptied = {heading for heading in _KEPT if not edited.text(heading)}  # says nothing new
    if not edited.changed - _BLOCK - emptied:
        return
    payload: dict[str, Any] = {"block_id": block_id, "row_id": edited.key}
    statement = edited.text("Statement")
    if statement is None:
        taking.record("block_row", {**payload, "statement": None})
        return
    before = len(taking.refused)
    side = taking.code(edited, "Side") if edited.text("Side") else _side_now(taking, edited)
    ids = taking.ids(edited, "Points", points, "point")
    number = _number(taking, edited, order)
    if len(taking.refused) == before:
        told = {"side": side, "order": number, "statement": statement}
        taking.record("block_row", {**payload, **told, "point_ids": list(ids or ())})


def _side_now(taking: Taking, edited: Edited) -> str | None:
    shown = taking.state[REPORT].get(edited.key, {}).get("Side")
    return next((code for code, name in SIDES.items() if name == shown), None)


def _number(taking: Taking, edited: Edited, order: int) -> int:
    told = edited.text("Order")
    if told is None:
        return order
    if not told.isdecimal() or int(told) < 1:
        taking.refuse(edited.row, "Order", f"“{told}” is no place in a list.", "Write 1, 2, 3 …, or leave it empty.")
        return order
    return int(told) - 1


def take_commitments(taking: Taking, points: set[str]) -> None:
    """Record commitments that are new or changed."""
    for row in once(taking, COMMITMENTS, "Commitment"):
        key = row["Commitment"] if ours(row["Commitment"]) else "k-" + fingerprint("commitment", tidy(row["Text"]))
        edited = taking.edited(COMMITMENTS, row, key)
        if edited is None:
            continue
        before = len(taking.refused)
        if not edited.text("Text"):
            taking.refuse(row, "Text", "A commitment needs words.", "Write what is promised, or choose “dropped”.")
        ids = taking.ids(edited, "Points", points, "point")
        status = taking.code(edited, "Status") or "open"
        if len(taking.refused) > before:
            continue
        taking.record(
            "commitment",
            {
                "commitment_id": key,
                "text": edited.text("Text"),
                "points": list(ids or ()),
                "due": edited.text("Due"),
                "owner": edited.text("Owner"),
                "status": status,
            },
        )
