"""The manifest that goes with a publication, from which it can be made again."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from consultation import tables as named
from consultation.reporting.house import House
from consultation.reporting.rows import Report
from consultation.settings import Settings


def manifest(
    files: Mapping[str, bytes],
    *,
    report: Report,
    tables: named.Tables,
    settings: Settings,
    style: House,
    version: str,
    ledger_head: str,
) -> bytes:
    """What made these files, as JSON in a fixed order: the inputs' hashes, the program's version, the settings, the
    templates and the head of the ledger. The same inputs give the same manifest and the same files."""
    told: dict[str, Any] = {
        "title": report.title,
        "dated": report.dated,
        "draft": report.draft,
        "stamps": list(report.stamps),
        "forms": [section.form for section in report.sections],
        "files": {name: {"sha256": _hash(data), "bytes": len(data)} for name, data in files.items()},
        "inputs": _inputs(tables),
        "program": {"name": "consultation", "version": version},
        "ledger_head": ledger_head,
        "settings": dataclasses.asdict(settings),
        "templates": {name: _hash(data) for name, data in style.files.items()},
    }
    return (json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True, default=str) + "\n").encode("utf-8")


def _inputs(tables: named.Tables) -> list[dict[str, str]]:
    if "sources" not in tables:
        return []
    rows = tables["sources"][["name", "file", "sha256"]].sort_values(["name", "file"])
    return [{str(key): str(value) for key, value in row.items()} for row in rows.to_dict("records")]


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
