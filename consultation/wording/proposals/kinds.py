"""The kinds of change that two wordings show: a suggestion, which a person confirms or corrects.

It looks at runs of changed words and at what words carry meaning. Kinds that need judgement (an audience added, the
scope broadened, the emphasis changed) are never suggested.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from consultation.changes import compare
from consultation.text import tidy, words
from consultation.wording.stems import stem

FUNCTION_WORDS: Final = frozenset(
    ("a", "an", "the", "and", "or", "but", "nor", "of", "to", "in", "on", "at", "by", "for", "from", "with", "into",
     "as", "that", "this", "these", "those", "it", "its", "is", "are", "be", "been", "being", "so", "than", "then",
     "will", "shall", "can", "may", "our", "we", "their", "they", "which", "who", "s")
)  # fmt: skip
_WHOLE_KINDS: Final = {"title": "retitled", "document_label": "relabelled"}
_MOSTLY_KEPT: Final = 0.5  # with less than half of the draft's words kept, it is a redraft: runs say little
_MUCH_SHORTER: Final = 0.75


@dataclass(frozen=True, kw_only=True)
class Run:
    """Words that went and words that came in one place; `gone` and `new` spell them with their spaces."""

    gone: str
    new: str


def runs(old: str, new: str) -> Iterator[Run]:
    """The changed places between two wordings, in order."""
    gone = ""
    for change in compare(old, new):
        if change.operation == "gone":
            gone = change.text
        elif change.operation == "new":
            yield Run(gone=gone, new=change.text)
            gone = ""
        elif gone:
            yield Run(gone=gone, new="")
            gone = ""
    if gone:
        yield Run(gone=gone, new="")


def content(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order."""
    return [stem(word) for word in words(text) if word.casefold() not in FUNCTION_WORDS]


def same(old: str, new: str) -> bool:
    """Whether two wordings say the same but for case, spaces, kinds of quote and a full stop at the end."""
    return tidy(old).rstrip(" .") == tidy(new).rstrip(" .")


def suggest(
    old: str | None,
    new: str | None,
    *,
    kind: str = "section",
    in_draft: bool = True,
    came_by: Sequence[str] = (),
    went_by: Sequence[str] = (),
) -> tuple[str, ...]:
    """The kinds of change from `old` to `new`, for an element of this `kind`.

    `in_draft` tells a new element from one whose draft wording is not held: of the latter nothing is suggested.
    `came_by` holds the change kinds of the lineage that leads here, `went_by` of that which leads away.

    >>> suggest("a high quality of life", "a good quality of life")
    ('phrase_replaced',)
    >>> suggest("safe, supported to live well and independently", "safe and supported to live independently")
    ('reworded', 'phrase_removed')
    """
    lineage = tuple(dict.fromkeys(kind for kind in came_by if kind != "moved_elsewhere"))
    if new is None:
        return tuple(dict.fromkeys(("removed", *went_by))) if in_draft and went_by else ()
    if not in_draft:
        return ("new", *lineage)
    if old is None:
        return lineage
    if same(old, new):
        return ("unchanged", *lineage)
    if kind in _WHOLE_KINDS:
        return (_WHOLE_KINDS[kind], *lineage)
    return (*_of_words(old, new), *lineage)


def _of_words(old: str, new: str) -> tuple[str, ...]:
    before, after = content(old), content(new)
    if sorted(before) == sorted(after):
        return ("reordered",) if before != after else ("reworded",)
    if not Counter(after) - Counter(before) and len(after) <= len(before) * _MUCH_SHORTER:
        return ("simplified", "phrase_removed")
    if _kept(old, new) < _MOSTLY_KEPT:
        return ("reworded",)
    found = [_of_run(run) for run in runs(old, new)]
    kinds: list[str] = [kind for kind in ("phrase_removed", "phrase_replaced", "phrase_added") if kind in found]
    if "reworded" in found or len(found) > 1:
        kinds.insert(0, "reworded")
    return tuple(kinds)


def _of_run(run: Run) -> str:
    gone, new = set(content(run.gone)), set(content(run.new))
    if gone - new and new - gone:
        return "phrase_replaced"
    if gone - new:
        return "phrase_removed"
    return "phrase_added" if new - gone else "reworded"


def _kept(old: str, new: str) -> float:
    total = len(words(old)) or 1
    return sum(len(words(change.text)) for change in compare(old, new) if change.operation == "same") / total
