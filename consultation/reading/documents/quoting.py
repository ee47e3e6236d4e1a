"""Which lines of a message are its writer's own: earlier messages, covering notes and mail headers are told apart.

A forwarded message is the submission; what stands above it is the covering note of whoever passed it on. Anything else
below the head of an earlier message is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from consultation.reading.documents.parts import Part
from consultation.text import words

_HEADER = re.compile(
    r"^[\s>*_]*(?P<name>from|sent|date|to|cc|bcc|subject|reply-to|importance|attachments?)\s?[*_]*\s?:[*_]*\s*(?P<value>.*)$",
    re.I | re.S,
)
_ORIGINAL = re.compile(r"^\s*[-_]{2,}\s*original message\s*[-_]{2,}\s*$|^\s*_{10,}\s*$", re.I)
_FORWARDED = re.compile(r"^\s*(?:[-_]{3,}\s*forwarded (?:message|by).*|begin forwarded message\s*:?)\s*$", re.I)
_WROTE = re.compile(r"^\s*(?:on\b.{4,200}|.{2,80}<[^<>\s]+@[^<>\s]+>.{0,60})\s(?:wrote|writes)\s*:\s*$", re.I | re.S)
_PASSED_ON = re.compile(r"^\s*(?:fwd?|fw|forwarded)\s*:", re.I)
_COVERING: Final = 60  # words above a forwarded message that are still a covering note and no submission


def told(parts: Sequence[Part], headers: Mapping[str, str]) -> tuple[list[Part], dict[str, str]]:
    """The parts with their marks, and the headers of the message that is the submission.

    Parts that a person marked in the document (deletions and so on) keep their mark.
    """
    out = list(parts)
    known = dict(headers)
    start = 0
    head = _head(out, 0) if not known else None
    if head is not None and not _words(out[: head[0]]):
        known = _settle(out, head)
        start = head[1]
    at = start
    while at < len(out):
        part = out[at]
        if part.empty or part.mark is not None:
            at += 1
            continue
        head = _head(out, at)
        begins = head is not None and head[0] == at
        if begins or _ORIGINAL.match(part.text) or _FORWARDED.match(part.text):
            forwarded = _FORWARDED.match(part.text) or _PASSED_ON.match(known.get("subject", ""))
            if head is not None and forwarded and _words(out[start:at]) <= _COVERING:
                _mark(out, start, at, "covering")
                _mark(out, at, head[0], "metadata")
                known |= _settle(out, head)
                known["subject"] = re.sub(_PASSED_ON, "", known.get("subject", "")).strip()
                start = at = head[1]
                continue
            if begins or head is not None or not re.match(r"\s*_{10,}", part.text):
                _quote_rest(out, at)
                break
        if _WROTE.match(part.text):
            out[at] = replace(part, mark="metadata")
            following = next((other for other in out[at + 1 :] if not other.empty), None)
            if following is None or not following.text.lstrip().startswith(">"):
                _quote_rest(out, at + 1)
                break
        elif part.text.lstrip().startswith(">"):
            out[at] = replace(part, mark="quoted")
        at += 1
    return out, known


def _head(parts: Sequence[Part], at: int) -> tuple[int, int, dict[str, str]] | None:
    """(first, after the last, values) of the header lines of a message that begin here or within the next two parts."""
    first = next((each for each in range(at, min(at + 4, len(parts))) if _HEADER.match(parts[each].text)), None)
    if first is None:
        return None
    found: dict[str, str] = {}
    end = each = first
    while each < len(parts) and each < end + 2:
        lines = parts[each].text.splitlines()
        matched = [match for line in lines if (match := _HEADER.match(line))]
        if parts[each].mark is None and matched and 2 * len(matched) >= len(lines):
            for match in matched:
                found.setdefault(match["name"].casefold(), match["value"].strip(" *_"))
            end = each + 1
        elif not parts[each].empty:
            break
        each += 1
    usual = {"date": "sent"}
    values = {usual.get(name, name): value for name, value in found.items()}
    return (first, end, values) if "from" in values and len(values) >= 3 else None


def _settle(out: list[Part], head: tuple[int, int, dict[str, str]]) -> dict[str, str]:
    """Mark the header lines; their values are those of the message."""
    _mark(out, head[0], head[1], "metadata")
    return {name: value for name, value in head[2].items() if name in ("from", "sent", "subject") and value}


def _quote_rest(out: list[Part], start: int) -> None:
    """All from here on is quoted; header lines and attributions hold names, and are kept from the comments."""
    at = start
    while at < len(out):
        head = _head(out, at)
        if head is not None and head[0] == at:
            _mark(out, at, head[1], "metadata")
            at = head[1]
            continue
        about = _WROTE.match(out[at].text) or _ORIGINAL.match(out[at].text) or _FORWARDED.match(out[at].text)
        _mark(out, at, at + 1, "metadata" if about else "quoted")
        at += 1


def _mark(out: list[Part], start: int, end: int, mark: str) -> None:
    for at in range(start, end):
        if out[at].mark is None and not out[at].empty:
            out[at] = replace(out[at], mark=mark)


def _words(parts: Sequence[Part]) -> int:
    return sum(len(words(part.text)) for part in parts if part.mark is None)
