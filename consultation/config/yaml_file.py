"""YAML as officers write it, read with line numbers; dates and "yes" stay text, nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from consultation.errors import ConsultationError, Place
from consultation.records import Record

_SIZE_LIMIT: Final = 20_000_000  # bytes; a settings file of this size is something else


def loaded(path: Path) -> Any:
    if path.stat().st_size > _SIZE_LIMIT:
        raise ConsultationError("The file is far too large for settings.", where=path.name, do="Is it the right file?")
    return _parsed(path.read_bytes(), path.name)


@lru_cache(maxsize=8)
def _parsed(content: bytes, name: str) -> Any:
    """What a file says. Read many times in a run, parsed once; nobody changes what is returned."""
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        return parser().load(content.decode("utf-8-sig"))
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


def parser() -> Any:
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


def yaml_records(path: Path, key: str) -> list[Record]:
    data = loaded(path)
    entries = data.get(key) if isinstance(data, Mapping) else data
    if not isinstance(entries, list):
        raise ConsultationError(
            f"The file has no list “{key}:”.",
            where=path.name,
            do=f"Begin it with “{key}:” and one “- code: ...” an entry.",
        )
    told = []
    for index, entry in enumerate(entries):
        line = line_of(entries, index)
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
                places={str(name): Place(file=path.name, line=line_of(entry, name) or line) for name in entry},
            )
        )
    return told


def line_of(container: Any, key: Any) -> int | None:
    try:
        marks = getattr(container, "lc")  # noqa: B009 - ruamel's containers carry it, plain ones do not
        where = marks.key(key) if isinstance(container, Mapping) else marks.item(key)
    except (AttributeError, KeyError, TypeError):
        return None
    return int(where[0]) + 1
