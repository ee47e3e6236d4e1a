"""The named tables: their columns, keys and links, and the check that a frame obeys them.

A table is added with one line in `TABLES`; its columns are the fields of its dataclass in `model.py`.
Every function here takes a frame and returns a new one. Text columns hold str or a missing value, ids lists
are tuples of str, counts that may be missing are `Int64`.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pandas as pd
import pyarrow as pa

from consultation import model
from consultation.errors import ConsultationError

Tables = Mapping[str, pd.DataFrame]
_TEXT = pd.Series([], dtype="str").dtype


@dataclass(frozen=True, kw_only=True)
class Table:
    """A named table: the dataclass of its rows, its key columns, and column -> (table, column) it points to.

    `private` tables are kept in a folder apart, and read only by whoever asks for them by name.
    """

    row: type[Any]
    key: tuple[str, ...]
    links: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    private: bool = False


TABLES: dict[str, Table] = {
    "sources": Table(row=model.Source, key=("source_id",)),
    "cells": Table(row=model.Cell, key=("source_id", "sheet", "row", "column"), private=True),
    "events": Table(row=model.Event, key=("event_id",), links={"source_id": ("sources", "source_id")}),
    "questions": Table(row=model.Question, key=("question_id",), links={"source_id": ("sources", "source_id")}),
    "identity": Table(row=model.Identity, key=("respondent_id", "kind", "value"), private=True),
    "responses": Table(row=model.Response, key=("response_id",), links={"source_id": ("sources", "source_id")}),
    "answers": Table(
        row=model.Answer,
        key=("response_id", "question_id", "value"),
        links={"response_id": ("responses", "response_id"), "question_id": ("questions", "question_id")},
    ),
    "comments": Table(
        row=model.Comment,
        key=("comment_id",),
        links={
            "response_id": ("responses", "response_id"),
            "event_id": ("events", "event_id"),
            "source_id": ("sources", "source_id"),
            "question_id": ("questions", "question_id"),
        },
    ),
    "problems": Table(row=model.Problem, key=("source_id", "locator", "what")),
    "personal_data": Table(
        row=model.PersonalData,
        key=("comment_id", "start", "end", "kind"),
        links={"comment_id": ("comments", "comment_id")},
    ),
    "duplicates": Table(
        row=model.Duplicate,
        key=("group_id", "response_id", "comment_id"),
        links={"response_id": ("responses", "response_id"), "comment_id": ("comments", "comment_id")},
    ),
    "elements": Table(row=model.Element, key=("code", "version")),
    "lineage": Table(row=model.Lineage, key=("from_code", "to_code", "change_kind")),
    "tags": Table(
        row=model.Tag,
        key=("comment_id", "facet", "code", "origin"),
        links={"comment_id": ("comments", "comment_id")},
    ),
    "phrases": Table(row=model.Phrase, key=("phrase_id",), links={"comment_id": ("comments", "comment_id")}),
    "points": Table(row=model.Point, key=("point_id",)),
    "point_elements": Table(
        row=model.PointElement, key=("point_id", "element"), links={"point_id": ("points", "point_id")}
    ),
    "point_evidence": Table(
        row=model.PointEvidence,
        key=("point_id", "comment_id"),
        links={"point_id": ("points", "point_id"), "comment_id": ("comments", "comment_id")},
    ),
    "proposals": Table(row=model.Proposal, key=("proposal_id",)),
    "decisions": Table(row=model.Decision, key=("decision_id",)),
    "commitments": Table(row=model.Commitment, key=("commitment_id",)),
    "memos": Table(row=model.Memo, key=("memo_id",)),
    "measurements": Table(row=model.Measurement, key=("measure_id", "year")),
    "blocks": Table(row=model.Block, key=("block_id",)),
    "block_rows": Table(row=model.BlockRow, key=("block_id", "row_id"), links={"block_id": ("blocks", "block_id")}),
}


def named(name: str) -> Table:
    """The table of that name; an unknown name is met with the nearest known one."""
    from consultation.text import did_you_mean

    if name not in TABLES:
        raise ConsultationError(f"There is no table “{name}”.", do=did_you_mean(name, TABLES))
    return TABLES[name]


def columns(name: str) -> list[str]:
    """The column names of a table, in order.

    >>> columns("lineage")
    ['from_code', 'to_code', 'change_kind']
    """
    return list(_hints(name))


def schema(name: str) -> pa.Schema:
    """The Parquet schema of a table, from the types of its dataclass."""
    return pa.schema([pa.field(column, _arrow_type(hint)) for column, hint in _hints(name).items()])


def frame(name: str, rows: Iterable[Any] = ()) -> pd.DataFrame:
    """A frame of the named table from dataclass rows (or dicts with the same keys), sorted by key.

    >>> frame("lineage", [model.Lineage(from_code="2", to_code="3", change_kind="split")]).shape
    (1, 3)
    """
    fields, defaults = columns(name), _defaults(name)
    values: dict[str, list[Any]] = {column: [] for column in fields}
    for row in rows:
        plain = isinstance(row, Mapping)
        for column in fields:
            values[column].append(row.get(column, defaults.get(column)) if plain else getattr(row, column))
    return conform(name, pd.DataFrame(values, columns=fields))


def conform(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """The same rows with the columns of the named table first, typed, and sorted by key; others are kept."""
    hints, defaults = _hints(name), _defaults(name)
    table = table.reset_index(drop=True)
    typed: dict[str, pd.Series] = {}
    for column, hint in hints.items():
        if column in table.columns:
            values = table[column]
        elif column in defaults:
            values = pd.Series([defaults[column]] * len(table), dtype=object)
        else:
            raise ConsultationError(f"The table “{name}” lacks its column “{column}”.")
        typed[column] = _typed(values, hint)
    more = {column: table[column] for column in table.columns if column not in hints}
    out = pd.DataFrame({**typed, **more}, index=table.index)
    by = [column for column in named(name).key if not str(hints[column]).startswith("tuple")]
    return out.sort_values(by, kind="stable", na_position="first", ignore_index=True)


def rows(name: str, table: pd.DataFrame) -> list[Any]:
    """The rows of a frame as dataclasses; a missing value is None."""
    made = named(name).row
    fields = columns(name)
    cells = [[_plain(value) for value in table[column].tolist()] for column in fields]
    return [made(**dict(zip(fields, row, strict=True))) for row in zip(*cells, strict=True)]


def check(tables: Tables) -> list[str]:
    """What is wrong with these tables: keys that repeat and links that lead nowhere, one sentence each."""
    wrong: list[str] = []
    for name, table in tables.items():
        spec = TABLES[name]
        repeated = int(table.duplicated(list(spec.key)).sum()) if len(table) else 0
        if repeated:
            wrong.append(f"{name}: {repeated} rows repeat the key {', '.join(spec.key)}.")
        for column, (target, key) in spec.links.items():
            if target not in tables:
                continue
            lost = table[column].dropna()
            lost = lost[~lost.isin(tables[target][key])]
            if len(lost):
                wrong.append(f"{name}.{column}: {len(lost)} lead to no row of {target}, first “{lost.iloc[0]}”.")
    return wrong


@cache
def _hints(name: str) -> dict[str, Any]:
    """The columns of a table and their types, in order: looked up for every small table, worked out once."""
    row = named(name).row
    told = typing.get_type_hints(row)
    return {column.name: told[column.name] for column in dataclasses.fields(row)}


@cache
def _defaults(name: str) -> dict[str, Any]:
    """What a column holds where nothing is said, for the columns that may be left out."""
    return {f.name: f.default for f in dataclasses.fields(named(name).row) if f.default is not dataclasses.MISSING}


def _base(hint: Any) -> tuple[Any, bool]:
    """The type without None, and whether None is allowed."""
    if isinstance(hint, types.UnionType):
        kept = [part for part in typing.get_args(hint) if part is not type(None)]
        return kept[0], True
    return hint, False


def _arrow_type(hint: Any) -> pa.DataType:
    base, _ = _base(hint)
    if typing.get_origin(base) is tuple:
        return pa.list_(pa.string())
    return {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}[base]


def _typed(values: pd.Series, hint: Any) -> pd.Series:
    base, optional = _base(hint)
    if typing.get_origin(base) is tuple:
        return pd.Series([_tuple(value) for value in values], dtype=object)
    if base is str:
        return values if values.dtype == _TEXT else values.astype("str")  # thousands of small files join a table
    if base is int:
        return values.astype("Int64" if optional else "int64")
    if base is bool:
        return values.astype("boolean" if optional else "bool")
    return values.astype("float64")


def _tuple(value: Any) -> tuple[str, ...]:
    if value is None or value is pd.NA or isinstance(value, float):
        return ()
    return tuple(str(part) for part in value)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return value
    return None if pd.isna(value) else value
