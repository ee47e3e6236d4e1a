"""The draft and the revised elements: their kinds, order, wordings by version, and what came of what.

A wording that nobody holds stays missing; it is never put together from phrases. An element kind is no code:
any word will do, and those of `model.ELEMENT_KINDS` are the known ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import pandas as pd

from consultation import history, tables
from consultation.errors import ConsultationError
from consultation.model import DRAFT_STATUSES, Element, LedgerEvent, Lineage
from consultation.records import Record, unique
from consultation.text import did_you_mean

NAMES: Final = ("code", "kind", "parent", "order", "name", "wording", "wordings", "phrases", "draft",
                "merged_from", "split_from", "moved_from")  # fmt: skip
_CAME_BY: Final = {"merged_from": "merged", "split_from": "split", "moved_from": "moved_elsewhere"}


def elements(records: Sequence[Record], versions: Sequence[str] = ("draft", "revised")) -> pd.DataFrame:
    """The table `elements`: one row for each element and each version it has a place in, in the file's order.

    The first version is the draft. An element that is `not_in_draft` has no row there; a later version has a
    row only where a wording of it is held. Raises `ConsultationError` for a code used twice, an unknown parent,
    a ring of parents, or a draft status that is none of `model.DRAFT_STATUSES`.
    """
    unique(records, "code")
    codes = {record.required("code") for record in records}
    rows: list[Element] = []
    for order, record in enumerate(records):
        record.known_only((*NAMES, *versions))
        parent = record.text("parent")
        if parent is not None and parent not in codes:
            raise ConsultationError(
                f"The parent “{parent}” is no code of this framework.",
                where=record.at("parent"),
                do=did_you_mean(parent, codes),
            )
        rows.extend(_versions_of(record, order, parent, versions))
    _refuse_rings(rows)
    return _ordered(tables.frame("elements", rows), versions)


def _versions_of(record: Record, order: int, parent: str | None, versions: Sequence[str]) -> Iterator[Element]:
    wordings = _wordings(record, versions)
    phrases = record.several("phrases")
    draft = record.text("draft") or ("full" if wordings.get(versions[0]) else "phrases" if phrases else "unknown")
    if draft not in DRAFT_STATUSES:
        raise ConsultationError(
            f"“{draft}” is no draft status.", where=record.at("draft"), do=did_you_mean(draft, DRAFT_STATUSES)
        )
    if draft == "full" and not wordings.get(versions[0]):
        raise ConsultationError(
            f"Element “{record.required('code')}” has no wording for the {versions[0]}.",
            where=record.place,
            do="Give the wording, or say “draft: phrases” or “draft: unknown” where it is not held.",
        )
    place = _place(record, order)
    for version in versions:
        is_draft = version == versions[0]
        if (is_draft and draft == "not_in_draft") or (not is_draft and version not in wordings):
            continue
        yield Element(
            code=record.required("code"),
            kind=record.text("kind") or "section",
            parent=parent,
            order=place,
            version=version,
            name=record.text("name"),
            wording=wordings.get(version),
            known_phrases=phrases if is_draft else (),
            draft=draft,
        )


def _place(record: Record, among: int) -> int:
    """Where an element stands: its own `order`, or its place among the records."""
    told = record.text("order")
    try:
        return int(told) if told else among
    except ValueError:
        raise ConsultationError(
            f"The order “{told}” is no whole number.",
            where=record.at("order"),
            do="Write a number such as 3, or leave it out: the order of the file counts then.",
        ) from None


def _wordings(record: Record, versions: Sequence[str]) -> dict[str, str]:
    """Wordings by version, from `wording`, `wordings: {version: ...}` or a column named after the version."""
    told: dict[str, str] = {}
    nested = record.values.get("wordings") or {}
    if not isinstance(nested, dict):
        raise ConsultationError(
            "“wordings” lists versions and their words.",
            where=record.at("wordings"),
            do='Write it as: wordings: {draft: "...", revised: "..."}',
        )
    for version, text in nested.items():
        if version not in versions:
            raise ConsultationError(
                f"“{version}” is no version of this consultation.",
                where=record.at("wordings"),
                do=did_you_mean(str(version), versions),
            )
        if text is not None and str(text).strip():
            told[str(version)] = str(text).strip()
    for version in versions:
        if text := record.text(version):
            if version == "draft" and text in DRAFT_STATUSES:
                continue  # `draft:` holds the status in YAML, the wording in a sheet
            told[version] = text
    if wording := record.text("wording"):
        told[versions[0]] = wording
    return told


def _refuse_rings(rows: Iterable[Element]) -> None:
    parents = {row.code: row.parent for row in rows}
    for start in parents:
        seen, code = {start}, parents[start]
        while code is not None and code in parents:
            if code in seen:
                raise ConsultationError(f"Element “{start}” is its own ancestor.", do="Correct its parent.")
            seen.add(code)
            code = parents[code]


def _ordered(table: pd.DataFrame, versions: Sequence[str]) -> pd.DataFrame:
    rank = {version: place for place, version in enumerate(versions)}
    keyed = table.assign(_v=table["version"].map(lambda v: rank.get(v, len(rank))))
    return keyed.sort_values(["_v", "order", "code"], kind="stable", ignore_index=True).drop(columns="_v")


def revise(
    table: pd.DataFrame, events: Sequence[LedgerEvent], versions: Sequence[str] = ("draft", "revised")
) -> pd.DataFrame:
    """The elements with the wordings that people recorded since: the last `wording` event of each element wins.

    A `wording` of None takes the element out of that version; an unknown element is added there with the kind,
    parent, name and place (`after`) that the event gives.
    """
    rows: list[Element] = tables.rows("elements", table)
    for (code, version), event in history.latest(history.active(events, "wording"), "element", "version").items():
        payload = event.payload
        known = next((row for row in rows if row.code == code), None)
        rows = [row for row in rows if (row.code, row.version) != (code, version)]
        if payload.get("wording") is None:
            continue
        rows.append(_revised(str(code), str(version), payload, known, rows))
    return _ordered(tables.frame("elements", rows), versions)


def _revised(
    code: str, version: str, payload: dict[str, Any], known: Element | None, rows: Sequence[Element]
) -> Element:
    after = next((row.order for row in rows if row.code == payload.get("after")), None)
    last = max((row.order for row in rows), default=0)
    return Element(
        code=code,
        kind=payload.get("kind") or (known.kind if known else "section"),
        parent=payload.get("parent") or (known.parent if known else None),
        order=known.order if known else after if after is not None else last + 1,
        version=version,
        name=payload.get("name") or (known.name if known else None),
        wording=payload["wording"],
        draft=known.draft if known else "not_in_draft",
    )


def lineage(records: Sequence[Record], events: Sequence[LedgerEvent] = ()) -> pd.DataFrame:
    """The table `lineage`: from the file's `merged_from`, `split_from`, `moved_from`, and from the ledger."""
    told = [
        Lineage(from_code=source, to_code=record.required("code"), change_kind=kind)
        for record in records
        for name, kind in _CAME_BY.items()
        for source in record.several(name)
    ]
    told += [
        Lineage(**{name: str(event.payload[name]) for name in ("from_code", "to_code", "change_kind")})
        for event in history.active(events, "lineage")
    ]
    return tables.frame("lineage", dict.fromkeys(told))


def in_version(table: pd.DataFrame, version: str) -> pd.DataFrame:
    """The elements of one version, in the document's order."""
    return table[table["version"] == version].reset_index(drop=True)


def subtree(table: pd.DataFrame, code: str) -> set[str]:
    """The code itself and all codes below it, in any version."""
    children = table.dropna(subset=["parent"]).groupby("parent")["code"].agg(set).to_dict()
    found, queue = set(), [code]
    while queue:
        here = queue.pop()
        if here not in found:
            found.add(here)
            queue.extend(children.get(here, ()))
    return found
