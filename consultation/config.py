"""The files that a person writes, read into settings, elements' records and themes' records.

`consultation.yaml`, `framework` and `codebook` (.yaml, .xlsx or .csv). Every error names the line or row and
offers the nearest known name. Dates and "yes" stay text: YAML 1.2, nothing guessed.
"""

from __future__ import annotations

import copy
import csv
import dataclasses
import datetime
import io
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from consultation.errors import ConsultationError, Place
from consultation.records import Record
from consultation.settings import COLUMN_ROLES, Settings, SourceSettings
from consultation.text import did_you_mean

SETTINGS_FILE: Final = "consultation.yaml"
_LISTS: Final = {"framework": "elements", "codebook": "themes"}
_HEADED: Final = {  # the columns of a sheet of records, the first of them required
    "elements": ("code", "kind", "parent", "name", "wording"),
    "themes": ("code", "name", "definition", "include", "exclude", "examples"),
    "audiences": ("code", "name", "cues"),
    "measures": ("element", "measure", "better", "2024", "2025"),
}
_SIZE_LIMIT: Final = 20_000_000  # bytes; a settings file of this size is something else
_COLUMN_NAMES: Final = {
    "label": "name",
    "title": "name",
    "text": "wording",
    "statement": "wording",
    "reference": "code",
    "ref": "code",
}


def settings(path: Path) -> Settings:
    """The settings of a workspace; all defaults where the file is absent or empty."""
    if not path.exists():
        return Settings()
    data = _yaml(path)
    if data is None:
        return Settings()
    if not isinstance(data, Mapping):
        raise ConsultationError(
            "The file does not hold settings.", where=path.name, do="Write lines such as “title: Our plan”."
        )
    return _validated(data, path)


def records(folder: Path, name: str, part: str | None = None) -> list[Record]:
    """The entries of `framework` or `codebook` in the workspace, whichever of .yaml, .xlsx or .csv is there.

    `part` names a further list of the same file (in a workbook, a sheet), such as the codebook's `audiences`; it may
    be absent. Raises `ConsultationError` where no file is there, or more than one.
    """
    found = [path for suffix in (".yaml", ".yml", ".xlsx", ".csv") if (path := folder / f"{name}{suffix}").exists()]
    if not found:
        raise ConsultationError(
            f"There is no {name} file here.",
            where=str(folder),
            do=f"Run “consultation init”, or put {name}.yaml, {name}.xlsx or {name}.csv into the folder.",
        )
    if len(found) > 1:
        raise ConsultationError(
            f"There are two {name} files: {found[0].name} and {found[1].name}.",
            where=str(folder),
            do="Keep one of them.",
        )
    if part is None:
        return _READERS[found[0].suffix](found[0], _LISTS[name])
    return _READERS[found[0].suffix](found[0], part) if _has(found[0], part) else []


def sheet_records(path: Path, key: str) -> list[Record]:
    """The entries of any file of records (.yaml, .xlsx or .csv): the list, or the sheet, called `key`."""
    if not path.exists():
        raise ConsultationError("There is no such file.", where=str(path), do="Check its name and folder.")
    if path.suffix not in _READERS:
        raise ConsultationError(
            "The file is of no kind we read here.", where=path.name, do="Save it as .yaml, .xlsx or .csv."
        )
    return _READERS[path.suffix](path, key)


def _has(path: Path, part: str) -> bool:
    if path.suffix == ".xlsx":
        return part in _workbook(path).sheet_names
    if path.suffix == ".csv":
        return False
    data = _yaml(path)
    return isinstance(data, Mapping) and bool(data.get(part))


def with_mapping(path: Path, name: str, mapping: SourceSettings) -> str:
    """The text of `consultation.yaml` with the mapping of one source set, keeping all that an officer wrote there."""
    from ruamel.yaml.comments import CommentedMap

    data = copy.deepcopy(_yaml(path)) if path.exists() else None
    if not isinstance(data, CommentedMap):
        data = CommentedMap()
    if data.get("sources") is None:
        data["sources"] = CommentedMap()
    data["sources"][name] = _told(mapping)
    out = io.StringIO()
    _parser().dump(data, out)
    return out.getvalue()


def _told(value: Any) -> Any:
    """A settings dataclass as plain YAML values, without what is at its default."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        told = {}
        for each in dataclasses.fields(value):
            here = getattr(value, each.name)
            default = each.default if each.default_factory is dataclasses.MISSING else each.default_factory()
            if here != default:
                told[each.name] = _told(here)
        return told
    if isinstance(value, (tuple, list)):
        return [_told(part) for part in value]
    return value


# --------------------------------------------------------------------------------------------------- YAML


def _parser() -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.constructor import RoundTripConstructor

    class AsWritten(RoundTripConstructor):
        """Dates stay text: `2026-13-01` is then a message of ours and not a crash."""

    AsWritten.add_constructor("tag:yaml.org,2002:timestamp", RoundTripConstructor.construct_yaml_str)
    yaml = YAML(typ="rt")
    yaml.Constructor = AsWritten
    yaml.width = 100
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _yaml(path: Path) -> Any:
    if path.stat().st_size > _SIZE_LIMIT:
        raise ConsultationError("The file is far too large for settings.", where=path.name, do="Is it the right file?")
    return _parsed(path.read_bytes(), path.name)


@lru_cache(maxsize=8)
def _parsed(content: bytes, name: str) -> Any:
    """What a file says. Read many times in a run, parsed once; nobody changes what is returned."""
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        return _parser().load(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConsultationError(
            "The file is not UTF-8 text.",
            where=name,
            do="Save it again as UTF-8 (in Notepad: Save as, Encoding).",
        ) from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise ConsultationError(
            f"The file is not valid YAML: {error.problem or error.context}.",
            where=Place(file=name, line=mark.line + 1 if mark else None),
            do="Look at the indentation, the colons and the quotation marks on that line and the one above it.",
        ) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise ConsultationError("The file is not valid YAML.", where=name, do="Compare it with the example.") from error


def _yaml_records(path: Path, key: str) -> list[Record]:
    data = _yaml(path)
    entries = data.get(key) if isinstance(data, Mapping) else data
    if not isinstance(entries, list):
        raise ConsultationError(
            f"The file has no list “{key}:”.",
            where=path.name,
            do=f"Begin it with “{key}:” and one “- code: ...” an entry.",
        )
    told = []
    for index, entry in enumerate(entries):
        line = _line_of(entries, index)
        if not isinstance(entry, Mapping):
            raise ConsultationError(
                "An entry is not a list of names and values.",
                where=Place(file=path.name, line=line),
                do="Write it as “- code: ...”.",
            )
        told.append(
            Record(
                values={str(name): value for name, value in entry.items()},
                place=Place(file=path.name, line=line),
                places={str(name): Place(file=path.name, line=_line_of(entry, name) or line) for name in entry},
            )
        )
    return told


def _line_of(container: Any, key: Any) -> int | None:
    try:
        marks = getattr(container, "lc")  # noqa: B009 - ruamel's containers carry it, plain ones do not
        where = marks.key(key) if isinstance(container, Mapping) else marks.item(key)
    except (AttributeError, KeyError, TypeError):
        return None
    return int(where[0]) + 1


# ------------------------------------------------------------------------------------------------- sheets


def _xlsx_records(path: Path, key: str) -> list[Record]:
    book = _workbook(path)
    sheet = key if key in book.sheet_names else book.sheet_names[0]
    grid = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return list(_grid_records([[_cell_text(cell) for cell in row] for row in grid], path.name, sheet, key))


def _workbook(path: Path) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_path(str(path))
    except (CalamineError, OSError) as error:
        raise ConsultationError(
            "The workbook cannot be read.",
            where=path.name,
            do="Open it in Excel, remove any password and save it as .xlsx.",
        ) from error


def _cell_text(cell: Any) -> str:
    """A code typed as 2.1 is a number in Excel; 2.0 is "2"."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _csv_records(path: Path, key: str) -> list[Record]:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    separator = max(",;\t", key=text.split("\n", 1)[0].count)
    try:
        grid = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise ConsultationError(
            f"The file is not a sound CSV: {error}.", where=path.name, do="Save it from Excel as “CSV UTF-8”."
        ) from error
    return list(_grid_records(grid, path.name, None, key))


def _grid_records(grid: list[list[str]], file: str, sheet: str | None, key: str) -> Iterator[Record]:
    wanted = _HEADED.get(key, _HEADED["themes"])
    top = next(
        (number for number, row in enumerate(grid) if any(cell.strip().casefold() == wanted[0] for cell in row)),
        None,
    )
    if top is None:
        raise ConsultationError(
            f"No column is headed “{wanted[0]}”.",
            where=Place(file=file, sheet=sheet),
            do=f"Head the columns: {', '.join(wanted)}.",
        )
    heads = [
        _COLUMN_NAMES.get(head, head) if key == "elements" else head
        for cell in grid[top]
        if (head := cell.strip().casefold().replace(" ", "_")) or True
    ]
    for number, row in enumerate(grid[top + 1 :], start=top + 2):
        values = {head: cell.strip() for head, cell in zip(heads, row, strict=False) if head and cell.strip()}
        if values:
            places = {
                head: Place(file=file, sheet=sheet, row=number, column=_letter(index), heading=grid[top][index].strip())
                for index, head in enumerate(heads) if head
            }  # fmt: skip
            yield Record(values=values, place=Place(file=file, sheet=sheet, row=number), places=places)


def _letter(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


_READERS: Final[dict[str, Callable[[Path, str], list[Record]]]] = {
    ".yaml": _yaml_records,
    ".yml": _yaml_records,
    ".xlsx": _xlsx_records,
    ".csv": _csv_records,
}


# ----------------------------------------------------------------------------------------------- settings


def _validated(data: Mapping[str, Any], path: Path) -> Settings:
    from pydantic import TypeAdapter, ValidationError

    plain = _plain(data)
    try:
        told = TypeAdapter(Settings).validate_python(_known_only(plain, Settings, data, path, ()))
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
        here = _line_of(data, step)
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
