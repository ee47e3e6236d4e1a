"""Whether a document is one that is already held, edited since, or another with a like name.

A survey exported again replaces its earlier export. Documents are not like that: "answer.docx" and "answer (1).docx"
are two things, and people who send the same letter are different people. So a document takes the name of one that is
held only where its file name or words say that it is the same, and its senders are not others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

from consultation.reading.documents.rows import Rows
from consultation.reading.result import Context
from consultation.settings import SourceSettings
from consultation.tables import Tables
from consultation.text import slug, tidy

_SHARED: Final = 0.5  # of the shorter document's comments


@dataclass(frozen=True, kw_only=True)
class Held:
    """What is held under one name: its file, its words, who sent it."""

    file: str
    texts: frozenset[str]
    people: frozenset[str]
    responses: int


def settle(path: Path, context: Context, rows: Rows) -> tuple[str, SourceSettings | None]:
    """(name, mapping) for a document that landed provisionally as `rows`; the mapping is None where none is its own."""
    told = context.source_settings
    own = told is None or not told.files or any(fnmatch(path.name.casefold(), each.casefold()) for each in told.files)
    sources = _sources(context.known)
    here = Held(
        file=path.name,
        texts=frozenset(tidy(comment.text) for comment in rows.comments),
        people=frozenset(tidy(each.value) for each in rows.identity),
        responses=len(rows.responses),
    )
    for name in _names(path, context.name):
        if name not in sources:
            if name == context.name and not own:
                continue  # the mapping of that name is another document's
            mapping = told if own else context.settings.sources.get(name)
            return name, mapping
        if _same(here, _held(context.known, *sources[name])):
            return name, context.settings.sources.get(name) or told
    raise AssertionError("names do not end")


def _names(path: Path, name: str) -> Iterator[str]:
    yield name
    if slug(path.stem) != name:
        yield slug(path.stem)
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1


def _same(here: Held, known: Held) -> bool:
    """Whether two documents are one, edited since. To hold one twice can be mended; to lose one cannot."""
    if here.responses and here.people and known.people and not here.people & known.people:
        return False
    if not here.texts or not known.texts:
        return here.file == known.file or (Path(here.file).stem == Path(known.file).stem and not known.texts)
    shared = len(here.texts & known.texts) / min(len(here.texts), len(known.texts))
    if here.responses or known.responses:
        return here.file == known.file and shared >= _SHARED
    return shared >= _SHARED


def _sources(known: Tables) -> dict[str, tuple[str, str]]:
    """(source_id, file) by name of what is held."""
    if "sources" not in known or "comments" not in known:
        return {}
    told = known["sources"][["name", "source_id", "file"]]
    return {str(name): (str(source_id), str(file)) for name, source_id, file in told.itertuples(index=False)}


def _held(known: Tables, source_id: str, file: str) -> Held:
    comments, responses, identity = known["comments"], known.get("responses"), known.get("identity")
    mine = responses[responses["source_id"] == source_id] if responses is not None else None
    senders = set(mine["respondent_id"]) if mine is not None else set()
    people = identity[identity["respondent_id"].isin(senders)]["value"] if identity is not None else ()
    return Held(
        file=file,
        texts=frozenset(tidy(text) for text in comments.loc[comments["source_id"] == source_id, "text"]),
        people=frozenset(tidy(value) for value in people),
        responses=len(mine) if mine is not None else 0,
    )
