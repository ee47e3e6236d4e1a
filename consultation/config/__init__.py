"""The files that a person writes, read into settings, elements' records and themes' records.

`consultation.yaml`, `framework` and `codebook` (.yaml, .xlsx or .csv). Every error names the line or row and
offers the nearest known name. Dates and "yes" stay text: YAML 1.2, nothing guessed.
"""

from __future__ import annotations

import copy
import dataclasses
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from consultation.config.checked import validated
from consultation.config.grids import csv_records, workbook, xlsx_records
from consultation.config.yaml_file import loaded, parser, yaml_records
from consultation.errors import ConsultationError
from consultation.records import Record
from consultation.settings import Settings, SourceSettings

SETTINGS_FILE: Final = "consultation.yaml"
_LISTS: Final = {"framework": "elements", "codebook": "themes"}
_READERS: Final[dict[str, Callable[[Path, str], list[Record]]]] = {
    ".yaml": yaml_records,
    ".yml": yaml_records,
    ".xlsx": xlsx_records,
    ".csv": csv_records,
}


def settings(path: Path) -> Settings:
    """The settings of a workspace; all defaults where the file is absent or empty."""
    if not path.exists():
        return Settings()
    data = loaded(path)
    if data is None:
        return Settings()
    if not isinstance(data, Mapping):
        raise ConsultationError(
            "The file does not hold settings.", where=path.name, do="Write lines such as “title: Our plan”."
        )
    return validated(data, path)


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
    if (suffix := path.suffix.casefold()) not in _READERS:
        raise ConsultationError(
            "The file is of no kind we read here.", where=path.name, do="Save it as .yaml, .xlsx or .csv."
        )
    return _READERS[suffix](path, key)


def with_mappings(path: Path, mappings: Mapping[str, SourceSettings]) -> str:
    """The text of `consultation.yaml` with the mappings of sources set, keeping all that an officer wrote there."""
    from ruamel.yaml.comments import CommentedMap

    data = copy.deepcopy(loaded(path)) if path.exists() else None
    if not isinstance(data, CommentedMap):
        data = CommentedMap()
    if data.get("sources") is None:
        data["sources"] = CommentedMap()
    data["sources"].update({name: _told(mapping) for name, mapping in mappings.items()})
    out = io.StringIO()
    parser().dump(data, out)
    return out.getvalue()


def _has(path: Path, part: str) -> bool:
    if path.suffix == ".xlsx":
        return part in workbook(path).sheets
    if path.suffix == ".csv":
        return False
    data = loaded(path)
    return isinstance(data, Mapping) and bool(data.get(part))


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
