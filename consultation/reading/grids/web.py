"""A table saved as a web page (often named .xls), and map comments published as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from consultation.errors import ConsultationError
from consultation.reading.grids.encoding import decode
from consultation.reading.grids.grid import Grid


def read_web_table(path: Path, raw: bytes) -> Grid:
    """The largest table of a web page. Markup is dropped, nothing it points at is fetched."""
    from bs4 import BeautifulSoup

    decoded = decode(raw)
    soup = BeautifulSoup(decoded.text, "lxml")
    tables = [
        [[_words(cell) for cell in row.find_all(["td", "th"], recursive=False)] for row in table.find_all("tr")]
        for table in soup.find_all("table")
    ]
    rows = max(tables, key=lambda table: sum(map(len, table)), default=[])
    if not any(any(row) for row in rows):
        raise ConsultationError(
            f"{path.name} is a web page without a table.",
            where=path.name,
            do="It may be the sign-in page of a web site: download the export itself.",
        )
    return Grid(file=path.name, sheet=None, rows=rows, notes=(*decoded.notes, "A table of a web page was read."))


def read_features(path: Path, raw: bytes) -> Grid:
    """Map comments as JSON: a row for each feature, its properties and named fields as columns, then where it lies."""
    text = decode(raw).text
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise ConsultationError(
            f"{path.name} is not complete JSON.", where=path.name, do="Download it again."
        ) from wrong
    features = told.get("features", told.get("comments")) if isinstance(told, Mapping) else told
    if not isinstance(features, list) or not all(isinstance(item, Mapping) for item in features) or not features:
        raise ConsultationError(
            f"{path.name} holds no list of comments.", where=path.name, do="Export the responses as CSV or Excel."
        )
    records = [dict(_fields(item)) for item in features]
    names = list(dict.fromkeys(name for record in records for name in record))
    rows = [names, *[[record.get(name, "") for name in names] for record in records]]
    return Grid(file=path.name, sheet=None, rows=rows, notes=("Map comments in JSON were read.",))


def _fields(feature: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    properties = feature.get("properties", feature)
    if not isinstance(properties, Mapping):
        properties = feature
    for name, value in properties.items():
        if name == "fields" and isinstance(value, list):
            for told in value:
                if isinstance(told, Mapping) and "name" in told:
                    yield str(told["name"]), _plain(told.get("value"))
        elif name not in ("geometry", "type"):
            yield str(name), _plain(value)
    place = feature.get("geometry")
    if isinstance(place, Mapping) and isinstance(place.get("coordinates"), list) and len(place["coordinates"]) >= 2:
        yield "longitude", _plain(place["coordinates"][0])
        yield "latitude", _plain(place["coordinates"][1])


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()  # half a surrogate pair is no character
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(_plain(part) for part in value)
    if isinstance(value, Mapping) and "number" in value:
        return _plain(value["number"])
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode()


def _words(cell: Any) -> str:
    for line in cell.find_all("br"):
        line.replace_with("\n")
    return str(cell.get_text()).strip("\r\n")
