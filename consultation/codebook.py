"""The codebook: phrasing themes as data. A new theme is a new entry in `codebook.yaml`, never code.

Themes for what fits nothing (`none_of_these`, `off_topic`, `unclear`) always exist, so that no comment is lost.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Final

from consultation import history
from consultation.errors import ConsultationError
from consultation.model import LedgerEvent, Theme
from consultation.records import Record, unique
from consultation.text import did_you_mean, fingerprint

NAMES: Final = ("code", "name", "definition", "include", "exclude", "examples", "cues", "parent", "said", "opposes")
ALWAYS: Final = (
    Theme(
        code="none_of_these",
        name="None of these",
        definition="About the draft, but no theme of the codebook fits.",
    ),
    Theme(code="off_topic", name="Off topic", definition="Not about what was consulted on."),
    Theme(code="unclear", name="Unclear", definition="We could not tell what was meant."),
)


def themes(records: Sequence[Record]) -> tuple[Theme, ...]:
    """The themes in the file's order, then those of `ALWAYS` that it does not define itself."""
    unique(records, "code")
    told = []
    for record in records:
        record.known_only(NAMES)
        code = record.required("code")
        told.append(
            Theme(
                code=code,
                name=record.text("name") or code.replace("_", " ").capitalize(),
                definition=record.text("definition") or "",
                include=record.text("include") or "",
                exclude=record.text("exclude") or "",
                examples=record.several("examples"),
                cues=record.several("cues"),
                said=record.text("said") or "",
                parent=record.text("parent"),
                opposes=record.several("opposes"),
            )
        )
    codes = {theme.code for theme in told}
    for record, theme in zip(records, told, strict=True):
        if theme.parent and theme.parent not in codes:
            raise ConsultationError(
                f"The parent “{theme.parent}” is no theme of this codebook.",
                where=record.at("parent"),
                do=did_you_mean(theme.parent, codes),
            )
    return (*told, *(theme for theme in ALWAYS if theme.code not in codes))


def revise(book: Sequence[Theme], events: Sequence[LedgerEvent]) -> tuple[Theme, ...]:
    """The codebook after what people recorded: add, rename, redefine, merge (`into`), split (`into` several)."""
    by_code = {theme.code: theme for theme in book}
    for event in history.active(events, "theme"):
        payload = event.payload
        code, action = str(payload["code"]), payload["action"]
        if action in ("add", "rename", "redefine"):
            fields = {name: payload[name] for name in NAMES if name in payload}
            for several in ("examples", "cues", "opposes"):
                if several in fields:
                    fields[several] = tuple(fields[several])
            base = by_code.get(code, Theme(code=code, name=code.replace("_", " ").capitalize()))
            by_code[code] = dataclasses.replace(base, **fields)
        elif action in ("merge", "split"):
            by_code.pop(code, None)
    return tuple(by_code.values())


def version(book: Sequence[Theme]) -> str:
    """A fingerprint of everything the codebook says; another definition is another version."""
    return fingerprint(*(dataclasses.astuple(theme) for theme in book), length=8)
