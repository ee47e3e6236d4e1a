"""What changed between two wordings, word by word.

A word keeps the space that follows it, so joining the parts spells either wording exactly, and no change
starts inside a word. The comparison is the standard library's `difflib` over those tokens.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Literal

Operation = Literal["same", "gone", "new"]
_TOKEN = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True, kw_only=True)
class Change:
    """A run of words that stayed (`same`), went (`gone`) or came (`new`)."""

    operation: Operation
    text: str


def compare(old: str, new: str) -> list[Change]:
    """The changes that turn `old` into `new`; what is gone comes before what is new in its place.

    Joining `same` and `gone` spells `old`; joining `same` and `new` spells `new`.

    >>> [(c.operation, c.text) for c in compare("a high quality of life", "a good quality of life")]
    [('same', 'a '), ('gone', 'high '), ('new', 'good '), ('same', 'quality of life')]
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    changes: list[Change] = []
    for op, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if op == "equal":
            changes.append(Change(operation="same", text="".join(before[a:b])))
            continue
        if a < b:
            changes.append(Change(operation="gone", text="".join(before[a:b])))
        if c < d:
            changes.append(Change(operation="new", text="".join(after[c:d])))
    return changes
