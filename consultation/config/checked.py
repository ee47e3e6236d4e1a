"""The settings of `consultation.yaml`, each name and value checked; an error names the line and the nearest name."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from consultation.config.yaml_file import line_of
from consultation.errors import ConsultationError, Place
from consultation.settings import COLUMN_ROLES, Settings, SourceSettings
from consultation.text import did_you_mean


def validated(data: Mapping[str, Any], path: Path) -> Settings:
    from pydantic import ValidationError

    plain = _plain(data)
    try:
        told: Settings = _adapter().validate_python(_known_only(plain, Settings, data, path, ()))
    except ValidationError as error:
        first = error.errors()[0]
        way = tuple(part for part in first["loc"] if not str(part).startswith(("function", "dict[", "tuple[")))
        raise ConsultationError(
            f"{_spoken(way)}: {_spoken_rule(first)}",
            where=Place(file=path.name, line=_line_at(data, way)),
            do="Correct that line; CONTRIBUTING and the comments in the example say what each setting takes.",
        ) from error
    _check_roles(told, data, path)
    _check_dates(told, data, path)
    return told


@cache
def _adapter() -> Any:
    """pydantic's checker, built once: settings are read many times in a run."""
    from pydantic import TypeAdapter

    return TypeAdapter(Settings)


def _plain(value: Any) -> Any:
    """Lists and mappings of the YAML library as Python's own; a lone value where a list belongs stays as it is."""
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return tuple(_plain(part) for part in value)
    return value


def _known_only(value: Any, kind: Any, data: Mapping[str, Any], path: Path, way: tuple[Any, ...]) -> Any:
    """The same values, every name checked against the settings dataclass that it fills; empty entries left out."""
    import types
    import typing

    if isinstance(kind, types.UnionType):
        kind = next(part for part in typing.get_args(kind) if part is not type(None))
    if dataclasses.is_dataclass(kind) and isinstance(value, dict):
        hints = typing.get_type_hints(kind)
        for name in value:
            if name not in hints:
                raise ConsultationError(
                    f"{_spoken((*way, name))}: this is not a setting we know.",
                    where=Place(file=path.name, line=_line_at(data, (*way, name))),
                    do=did_you_mean(name, hints),
                )
        return {
            name: _known_only(part, hints[name], data, path, (*way, name))
            for name, part in value.items()
            if part is not None
        }
    inner = typing.get_args(kind)
    if isinstance(value, tuple) and inner:
        return tuple(_known_only(part, inner[0], data, path, (*way, place)) for place, part in enumerate(value))
    if isinstance(value, dict) and len(inner) == 2:
        return {name: _known_only(part, inner[1], data, path, (*way, name)) for name, part in value.items()}
    if kind is str and isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return value


def _line_at(data: Any, way: tuple[Any, ...]) -> int | None:
    line = None
    for step in way:
        here = line_of(data, step)
        line = here if here is not None else line
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            break
    return line


def _spoken(way: tuple[Any, ...]) -> str:
    return " > ".join(str(step + 1) if isinstance(step, int) else str(step) for step in way)


def _spoken_rule(error: Any) -> str:
    rules = {
        "string_type": "this must be text; put it in quotation marks.",
        "int_type": "this must be a whole number.",
        "int_parsing": "this must be a whole number.",
        "float_type": "this must be a number.",
        "float_parsing": "this must be a number.",
        "bool_parsing": "this must be true or false.",
        "tuple_type": "this must be a list.",
        "dict_type": "this must be a list of names and values.",
        "missing": "this must be given.",
        "dataclass_type": "this must be a list of names and values.",
    }
    return rules.get(error["type"], str(error["msg"]).rstrip(".") + ".")


def _check_roles(told: Settings, data: Mapping[str, Any], path: Path) -> None:
    sheets: list[tuple[tuple[Any, ...], SourceSettings]] = []
    for name, source in told.sources.items():
        sheets.append((("sources", name), source))
        sheets += [(("sources", name, "sheets", place), sheet) for place, sheet in enumerate(source.sheets)]
    for whose, source in sheets:
        for place, column in enumerate(source.columns):
            if column.role not in COLUMN_ROLES:
                way = (*whose, "columns", place, "role")
                raise ConsultationError(
                    f"{_spoken(way)}: “{column.role}” is no role of a column.",
                    where=Place(file=path.name, line=_line_at(data, way)),
                    do=did_you_mean(column.role, COLUMN_ROLES),
                )


def _check_dates(told: Settings, data: Mapping[str, Any], path: Path) -> None:
    for way in (("opens",), ("closes",), ("retention", "verbatim_until"), ("retention", "identity_until")):
        value = getattr(told, way[0]) if len(way) == 1 else getattr(told.retention, way[1])
        try:
            if value is not None:
                datetime.date.fromisoformat(value)
        except ValueError:
            raise ConsultationError(
                f"{_spoken(way)}: “{value}” is no date.",
                where=Place(file=path.name, line=_line_at(data, way)),
                do="Write year, month and day as 2026-03-31.",
            ) from None
    if told.opens and told.closes and told.closes < told.opens:
        raise ConsultationError(
            "The consultation closes before it opens.",
            where=Place(file=path.name, line=_line_at(data, ("closes",))),
            do="Correct “opens” or “closes”.",
        )
