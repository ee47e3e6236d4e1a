"""Any kind of tabular file as grids."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from consultation.errors import ConsultationError
from consultation.reading.grids.grid import Grid

LARGEST_TEXT: Final = 2 * 1024**3  # bytes of a text file: it is held in memory several times over


def open_grids(path: Path, kind: str) -> list[Grid]:
    """The sheets of a file, for the kinds `csv`, `workbook`, `html_table`, `sav` and `json`."""
    if kind == "workbook":
        from consultation.reading.grids.workbook import read_workbook

        return read_workbook(path)
    if kind == "sav":
        from consultation.reading.grids.statistics import read_statistics

        return [read_statistics(path)]
    if path.stat().st_size > LARGEST_TEXT:
        raise ConsultationError(f"{path.name} is larger than 2 GB.", where=path.name, do="Export it in parts.")
    raw = path.read_bytes()
    if kind == "html_table":
        from consultation.reading.grids.web import read_web_table

        return [read_web_table(path, raw)]
    if kind == "json":
        from consultation.reading.grids.web import read_features

        return [read_features(path, raw)]
    from consultation.reading.grids.delimited import read_delimited

    return [read_delimited(path, raw)]
