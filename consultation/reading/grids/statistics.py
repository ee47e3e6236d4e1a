"""SPSS files (.sav, .zsav): codes as they stand, with their labels, the codes that mean missing, and sets of options.

Missing codes are read as codes: by default the library turns every "Don't know" and "Refused" into a blank.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from consultation.errors import ConsultationError
from consultation.reading.grids.grid import Grid, Variable
from consultation.reading.grids.workbook import as_text


def read_statistics(path: Path) -> Grid:
    """The grid of a statistics file: the variables' names and labels are its two heading rows."""
    import pyreadstat

    try:
        columns, about = pyreadstat.read_sav(str(path), user_missing=True, output_format="dict")
    except Exception as wrong:  # pyreadstat raises several kinds
        raise ConsultationError(
            f"{path.name} stops early or is damaged: {_told(wrong)}", where=path.name, do="Export it from SPSS again."
        ) from wrong
    names = list(about.column_names)
    cells = [[_text(value) for value in columns[name]] for name in names]
    number = len(cells[0]) if cells else 0
    if about.number_rows not in (None, number):
        raise ConsultationError(
            f"{path.name} stops early: its dictionary says {about.number_rows:,} rows and {number:,} are there.",
            where=path.name,
            do="Copy or export it again.",
        )
    if not names or not number:
        raise ConsultationError(f"{path.name} holds no rows.", where=path.name, do="Export it again.")
    labels = [about.column_names_to_labels.get(name) or "" for name in names]
    sets = _sets(about.mr_sets or {})
    variables = [_variable(name, about, sets) for name in names]
    letters = ["t" if variable.text else "n" for variable in variables]
    rows = [names, labels, *[list(row) for row in zip(*cells, strict=True)]]
    kinds = ["t" * len(names), "t" * len(names)]
    kinds += ["".join(letters[j] if value else " " for j, value in enumerate(row)) for row in rows[2:]]
    return Grid(file=path.name, sheet=None, rows=rows, storage=kinds, variables=variables)


def _text(value: Any) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, dt.date | dt.time):
        return as_text(value) if type(value) in (dt.date, dt.time, dt.datetime) else str(value)
    if isinstance(value, int | float):
        return as_text(float(value))
    return str(value)


def _variable(name: str, about: Any, sets: Mapping[str, tuple[str, str | None]]) -> Variable:
    labels = {_text(value): str(label) for value, label in (about.variable_value_labels.get(name) or {}).items()}
    ranges = tuple((_text(told["lo"]), _text(told["hi"])) for told in about.missing_ranges.get(name, ()))
    set_name, counted = sets.get(name, (None, None))
    return Variable(
        label=about.column_names_to_labels.get(name) or "",
        labels=labels,
        missing=ranges,
        text=about.readstat_variable_types.get(name) == "string",
        set_name=set_name,
        counted=counted,
    )


def _sets(found: Mapping[str, Any]) -> dict[str, tuple[str, str | None]]:
    """For each variable of a set of yes/no columns: the set's name and the value that means yes."""
    return {
        name: (told.get("label") or set_name, _text(told["counted_value"]))
        for set_name, told in found.items()
        if told.get("is_dichotomy")
        for name in told["variable_list"]
    }


def _told(wrong: Exception) -> str:
    return str(wrong).strip().rstrip(".")[:120] + "."
