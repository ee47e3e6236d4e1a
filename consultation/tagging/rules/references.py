"""Explicit references: "2.3", "outcome 2", "priority three", "the vision", "SO2" name an element beyond doubt.

A code counts where it stands as the framework writes it and is more than a bare number; a bare number counts only
after a word for an element ("outcome 2") and only where one element can be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, NamedTuple

from consultation.tagging.labels import Label

_NUMBERS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ALONE: Final = ("title", "vision")  # a kind of which a document has one is named by its kind
_DIGIT: Final = re.compile(r"\d")
_AMOUNT: Final = re.compile(
    r"\s*(?:%|percent|per cent|million|m\b|bn\b|billion|k\b|p\b|hours?|days?|weeks?|months?|years?|miles?|km|am\b|pm\b)"
)


class Reference(NamedTuple):
    code: str
    start: int
    end: int


class References:
    """The ways in which each element may be referred to, compiled."""

    def __init__(self, labels: Sequence[Label]) -> None:
        self._codes = {label.code.lower(): label.code for label in labels if _distinctive(label.code)}
        self._kinds = _by_kind(labels)
        codes = sorted(map(re.escape, self._codes), key=lambda code: (-len(code), code))
        self._code = re.compile(rf"(?<![\w.£$€/:])(?:{'|'.join(codes)})(?!\w|[/:.]\d)")
        self._kind_words = sorted({kind for kind, _ in self._kinds}, key=lambda kind: (-len(kind), kind))
        numbers = "|".join([r"\d+(?:\.\d+)*", *_NUMBERS, *_ORDINALS])
        named = "|".join(map(re.escape, self._kind_words))
        self._kind = re.compile(
            rf"\b(?:(?P<kind>{named})s?\s+(?:no\.?\s*|number\s+)?(?P<number>{numbers})"
            rf"|(?P<nth>{'|'.join(_ORDINALS)})\s+(?P<of>{named}))\b"
        )
        self._alone = {
            kind: codes[0]
            for kind in _ALONE
            if len(codes := [label.code for label in labels if label.kind == kind]) == 1
        }

    def find(self, flat: str) -> list[Reference]:
        """Every reference by place in a text that `spoken.lowered` made. Most texts hold no word that begins one."""
        found: set[Reference] = set()
        if self._codes and _DIGIT.search(flat):
            found.update(self._by_code(flat))
        if any(kind in flat for kind in self._kind_words):
            found.update(self._by_kind(flat))
        for kind, code in self._alone.items():
            if kind in flat:
                found.update(Reference(code, *hit.span()) for hit in _alone(kind).finditer(flat))
        return sorted(found, key=lambda r: (r.start, r.code))

    def _by_code(self, flat: str) -> Iterable[Reference]:
        for hit in self._code.finditer(flat):
            if not (hit[0][0].isdigit() and _AMOUNT.match(flat, hit.end())):
                yield Reference(self._codes[hit[0]], *hit.span())

    def _by_kind(self, flat: str) -> Iterable[Reference]:
        for hit in self._kind.finditer(flat):
            kind, number = hit["kind"] or hit["of"], _number(hit["number"] or hit["nth"])
            if code := self._kinds.get((kind, number)):
                yield Reference(code, *hit.span())


@cache
def _alone(kind: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:the|your|this|our|draft|new)\s+(?:(?:draft|new|proposed)\s+)?{kind}\b")


def _distinctive(code: str) -> bool:
    """Whether a code is seldom anything else: digits with a dot or a letter among them.

    >>> [_distinctive(code) for code in ("2.3", "SO2", "A1", "2", "Vision", "V")]
    [True, True, True, False, False, False]
    """
    return any(mark.isdigit() for mark in code) and len(code) > 1 and not code.isdigit()


def _by_kind(labels: Sequence[Label]) -> dict[tuple[str, str], str]:
    """(kind or its last word, number) -> code, where only one element is meant."""
    found: dict[tuple[str, str], set[str]] = {}
    for label in labels:
        number = re.search(r"\d+(?:\.\d+)*$", label.code)
        if number and label.kind:
            for kind in {label.kind, label.kind.split()[-1]}:
                found.setdefault((kind, number[0]), set()).add(label.code)
    return {named: min(codes) for named, codes in found.items() if len(codes) == 1}


def _number(word: str) -> str:
    for words in (_NUMBERS, _ORDINALS):
        if word in words:
            return str(words.index(word) + 1)
    return word
