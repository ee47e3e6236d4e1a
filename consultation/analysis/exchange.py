"""The tables for other programs: CSV, Parquet, a data dictionary, and a Frictionless data package.

Text leaves redacted. A CSV cell that a spreadsheet would take for a formula is led by an apostrophe, and the data
dictionary says so. To add a format, write a function (frames) -> files and name it in `FORMATS`.
"""

from __future__ import annotations

import csv
import inspect
import io
import json
import typing
from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd

from consultation import separated, tables
from consultation.text import printable

Files = dict[str, bytes]
DICTIONARY: Final = "data_dictionary.csv"
_LED: Final = "Text that a spreadsheet would take for a formula is led by an apostrophe here, which nobody wrote."
_TYPES: Final = {str: "string", int: "integer", float: "number", bool: "boolean"}


def guarded(value: Any) -> str:
    """A cell of a CSV: text that a spreadsheet would calculate begins with an apostrophe; a list is parted by "; ".

    >>> guarded("=1+1"), guarded(("a", "b")), guarded(None), guarded(3)
    ("'=1+1", 'a; b', '', '3')
    """
    if isinstance(value, tuple):
        return guarded("; ".join(value))
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return ""
    return separated.guarded(printable(value)) if isinstance(value, str) else str(value)


def as_csv(frames: Mapping[str, pd.DataFrame]) -> Files:
    """A CSV for each table, UTF-8 with a mark that Excel knows, and the data dictionary."""
    made = {
        f"{name}.csv": _csv([list(frame.columns), *frame.itertuples(index=False)]) for name, frame in frames.items()
    }
    return {**made, DICTIONARY: data_dictionary(frames, _LED)}


def as_parquet(frames: Mapping[str, pd.DataFrame]) -> Files:
    """A Parquet file for each table, and the data dictionary."""
    made: Files = {}
    for name, frame in frames.items():
        out = io.BytesIO()
        frame.map(lambda value: list(value) if isinstance(value, tuple) else value).to_parquet(out, index=False)
        made[f"{name}.parquet"] = out.getvalue()
    return {**made, DICTIONARY: data_dictionary(frames)}


def as_datapackage(frames: Mapping[str, pd.DataFrame]) -> Files:
    """A Frictionless data package: the CSV files under data/ and a datapackage.json that describes them.

    The form is that of specs.frictionlessdata.io (Tabular Data Package, version 1).
    """
    package = {
        "profile": "tabular-data-package",
        "name": "consultation",
        "resources": [_resource(name, frame) for name, frame in frames.items()],
    }
    made = {f"data/{name}": content for name, content in as_csv(frames).items()}
    return {**made, "datapackage.json": json.dumps(package, indent=2, ensure_ascii=False).encode()}


def data_dictionary(frames: Mapping[str, pd.DataFrame], remark: str | None = None) -> bytes:
    """What each column of each table is: table, what a row is, column, type, whether it is a key, where it leads.

    A `remark` about all of the tables stands last, in a row of its own.
    """
    rows: list[list[Any]] = [["table", "a row is", "column", "type", "key", "leads to"]]
    for name, frame in frames.items():
        spec = tables.named(name)
        told = " ".join((inspect.getdoc(spec.row) or "").split())
        for column in frame.columns:
            target = spec.links.get(column)
            rows.append(
                [name, told, column, _type(name, column), column in spec.key, ".".join(target) if target else ""]
            )
    return _csv([*rows, *([["(all)", remark, "", "", "", ""]] if remark else [])])


def _resource(name: str, frame: pd.DataFrame) -> dict[str, Any]:
    spec = tables.named(name)
    links = [
        {"fields": column, "reference": {"resource": target, "fields": key}}
        for column, (target, key) in spec.links.items()
    ]
    fields = [{"name": column, "type": _type(name, column)} for column in frame.columns]
    return {
        "name": name.replace("_", "-"),
        "path": f"data/{name}.csv",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": list(spec.key), "foreignKeys": _named(links)},
    }


def _named(links: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for link in links:
        link["reference"]["resource"] = link["reference"]["resource"].replace("_", "-")
    return links


def _type(name: str, column: str) -> str:
    hints = typing.get_type_hints(tables.named(name).row)
    kinds = [kind for kind in typing.get_args(hints.get(column, str)) or (hints.get(column, str),) if kind in _TYPES]
    return _TYPES[kinds[0]] if kinds else "string"


def _csv(rows: Any) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n").writerows(
        [guarded(v) for v in row] for row in rows
    )
    return out.getvalue().encode("utf-8-sig")


FORMATS: Final[dict[str, Callable[[Mapping[str, pd.DataFrame]], Files]]] = {
    "csv": as_csv,
    "parquet": as_parquet,
    "datapackage": as_datapackage,
}
