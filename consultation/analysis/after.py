"""What became of it: how the wording of each part of the draft changed, and which way each outcome travelled since."""

from __future__ import annotations

from typing import Final

import pandas as pd

from consultation import tables as named
from consultation import travel
from consultation.analysis.cases import names
from consultation.changes import compare
from consultation.model import Measurement
from consultation.settings import Travel
from consultation.tables import Tables
from consultation.text import WORD, tidy

FATES: Final = ("changed", "new", "unchanged", "removed", "undecided")
_GONE: Final = frozenset({"removed", "merged", "split", "moved_elsewhere", "moved_to_business_plan_priority"})
_YES: Final = ("adopted", "partly_adopted")


def rewording(tables: Tables) -> pd.DataFrame:
    """One row for each part of the draft and each that is new, in the document's order: what became of its words.

    Columns: element, name (as a reader calls it), kind, fate (`changed`, `new`, `unchanged`, `removed`, or `undecided`
    where nothing says), kept, gone, added (words of the first and of the last wording that is held; missing where a
    wording is not held).
    """
    held = tables["elements"]
    versions = list(dict.fromkeys(("draft", *held["version"])))
    first, last = versions[0], versions[-1]
    called = names(tables, (), "element")
    wordings = {(row.code, row.version): row.wording for row in named.rows("elements", held)}
    left = _left(tables)
    rows = []
    for code, kind in held.sort_values(["order", "code"]).drop_duplicates("code")[["code", "kind"]].itertuples(False):
        was, now = (code, first) in wordings, (code, last) in wordings and last != first
        old, new = wordings.get((code, first)), wordings.get((code, last)) if now else None
        if now:
            same = old is not None and tidy(old) == tidy(new or "")
            fate = "new" if not was else "unchanged" if same else "changed"
        else:
            fate = left.get(code, "undecided")
        rows.append((code, called.get(code, code), kind, fate, *_words(old, new, fate)))
    made = pd.DataFrame(rows, columns=["element", "name", "kind", "fate", "kept", "gone", "added"])
    kinds = {"kept": "Int64", "gone": "Int64", "added": "Int64"}
    return made.astype({**dict.fromkeys(("element", "name", "kind", "fate"), "str"), **kinds})


def travelled(tables: Tables, rules: Travel) -> pd.DataFrame:
    """Which way each outcome travelled, a row for each outcome and horizon; the rules are those of `travel`.

    Columns: element, name, horizon (years looked back), judgement (`improving`, `maintaining`, `mixed`,
    `not improving`; missing where no measure can be compared), measures (how many it rests on), single (on one alone:
    marked with an asterisk in print), shorter (a shorter look back had to do for some).
    """
    called = names(tables, (), "element")
    found = travel.directions(measurements(tables), rules)
    rows = [
        (each.element, called.get(each.element, each.element), each.horizon, each.judgement, len(each.years),
         each.single, each.shorter)
        for each in found
    ]  # fmt: skip
    made = pd.DataFrame(rows, columns=["element", "name", "horizon", "judgement", "measures", "single", "shorter"])
    return made.astype({**dict.fromkeys(("element", "name", "judgement"), "str"), "horizon": "int64",
                        "measures": "int64", "single": "bool", "shorter": "bool"})  # fmt: skip


def measurements(tables: Tables) -> list[Measurement]:
    """The values of measures, those of each outcome together, in the document's order of outcomes."""
    codes = tables["elements"].sort_values(["order", "code"], kind="stable")["code"]
    place = {code: number for number, code in enumerate(dict.fromkeys(codes))}
    rows: list[Measurement] = named.rows("measurements", tables["measurements"])
    return sorted(rows, key=lambda row: (place.get(row.element, len(place)), row.element))


def _left(tables: Tables) -> dict[str, str]:
    """What a decision or the lineage says of elements that have no new wording: `removed` or `unchanged`."""
    proposals, decisions, lineage = tables["proposals"], tables["decisions"], tables["lineage"]
    adopted = set(decisions.loc[decisions["disposition"].isin(_YES), "proposal_id"].dropna())
    told: dict[str, str] = {}
    for proposal, code, kinds in proposals[["proposal_id", "element", "change_kinds"]].itertuples(False):
        if proposal in adopted and "unchanged" in kinds:
            told.setdefault(code, "unchanged")
        if proposal in adopted and _GONE & set(kinds):
            told[code] = "removed"
    moved = lineage[lineage["from_code"] != lineage["to_code"]]
    return told | dict.fromkeys(moved["from_code"], "removed")


def _words(old: str | None, new: str | None, fate: str) -> tuple[int | None, int | None, int | None]:
    if fate == "undecided" or (old is None and new is None) or (fate == "changed" and old is None):
        return None, None, None
    if fate == "unchanged":
        new = old
    count = {"same": 0, "gone": 0, "new": 0}
    for change in compare(f"{old or ''} ", f"{new or ''} "):
        count[change.operation] += len(WORD.findall(change.text))
    return count["same"], count["gone"], count["new"]
