"""A comment as the rules read it: small letters and straight quotes, cut into words once for all of them."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Final, NamedTuple

from consultation.text import straight

HYPHEN: Final = "-"
MARKS: Final = frozenset(".?!\n-")  # among the words: what ends a sentence, and the hyphen within a word
_CUT: Final = re.compile(r"(\w+(?:'\w+)*|[.?!\n]|(?<=\w)-(?=\w))")


class Spoken(NamedTuple):
    """`words[i]` stands at `starts[i]` of `flat`, which is as long as the comment itself. (A tuple: there are
    millions.)"""

    flat: str
    words: list[str]
    starts: list[int]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where the words from the first to the last (included) stand."""
        return self.starts[first], self.starts[last] + len(self.words[last])


def read(text: str) -> Spoken:
    """The words of a text and where each begins.

    >>> read("“Don’t” re-word 2.3").words
    ["don't", 're', '-', 'word', '2', '.', '3']
    """
    flat = lowered(text)
    parts = _CUT.split(flat)
    return Spoken(flat, parts[1::2], list(accumulate(map(len, parts)))[::2])


def lowered(text: str) -> str:
    """Lower case with straight quotes, each character in its place."""
    flat = straight(text)
    low = flat.lower()
    return low if len(low) == len(flat) else "".join(mark.lower()[0] for mark in flat)
