"""Transcripts that meeting programs save as Word or text: a line with a name and a time, then what was said."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from consultation.reading.documents.parts import PARAGRAPH, Document, Part

_TURN = re.compile(
    r"^(?P<who>[^\n]{1,60}?)(?:[ \u00a0]{2,}|\t)(?P<time>(?:\d{1,2}:)?\d{1,2}:\d\d)[ \t]*(?:\n(?P<said>.*))?$", re.S
)
_PROGRAM = re.compile(r"^.{1,60}\s(?:started|stopped) transcription$|^\d{1,2}h? ?\d{0,2}m? ?\d{0,2}s$", re.I)
_ENOUGH: Final = 3  # turns; fewer are a coincidence
FORM: Final = "meeting transcript"


def retold(document: Document) -> Document:
    """The same document with each paragraph of speech under its speaker, if it is a transcript; else as it was."""
    turns = sum(1 for part in document.parts if _TURN.match(part.text))
    if turns < _ENOUGH or turns < 0.25 * sum(1 for part in document.parts if not part.empty):
        return document
    out: list[Part] = []
    who: str | None = None
    for part in document.parts:
        found = _TURN.match(part.text)
        if found:
            who = found["who"].strip()
            said = (found["said"] or "").strip()
            place = f"{part.place}, at {found['time']}"
            if said:
                out.append(replace(part, text=said, place=place, speaker=who, kind=PARAGRAPH, bold=0))
            else:
                out.append(replace(part, mark="metadata"))
        elif part.empty or part.mark is not None:
            out.append(part)
        elif _PROGRAM.match(part.text.strip()):
            out.append(replace(part, mark="automatic"))
        else:
            out.append(replace(part, speaker=who, kind=PARAGRAPH, bold=0) if who else part)
    return replace(document, form=FORM, parts=tuple(out))
