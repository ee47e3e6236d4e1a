"""Whole sentences that someone offers in the place of the draft's, laid beside it word by word.

Where the two share enough words, each stretch that differs is a replacement or an addition; where they share
too few, the offer stands for the whole wording.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import Final

from consultation.wording.miner.draft import Passage, Place, Word, words_of

_SHARED: Final = 0.45  # share of the longer of the two that must be common for a word by word reading
_STRETCH: Final = 0.6  # share of a short offer that must be in common for it to be a stretch of the draft
_AT_LEAST: Final = 3  # words in common


def words_in(text: str, start: int, end: int) -> list[Word]:
    """The words of a comment between two characters."""
    return [word for word in words_of(text) if start <= word.start and word.end <= end]


def likeness(passage: Passage, said: Sequence[Word]) -> float:
    """How much of the longer of the two is in both, in the same order (0 to 1)."""
    return _common(passage, said) / max(1, len(passage.words), len(said))


def alike(passage: Passage, said: Sequence[Word]) -> bool:
    """Whether an offer is the draft's sentence, or a stretch of it, with some words changed."""
    blocks = [block for block in _matcher(passage, said).get_matching_blocks() if block.size]
    content = sum(word.content for block in blocks for word in said[block.b : block.b + block.size])
    same = sum(block.size for block in blocks)
    if same >= _AT_LEAST and likeness(passage, said) >= _SHARED:
        return True
    return content >= 2 and same >= _STRETCH * len(said)


def whole(number: int, passage: Passage) -> Place:
    """The place of the whole passage."""
    return Place(number, 0, len(passage.words) - 1)


def differences(number: int, passage: Passage, said: Sequence[Word]) -> Iterator[tuple[Place | None, tuple[int, int]]]:
    """What the offer has in the place of the draft's words: the place, None where it is added, and the span of the
    new words. What was only left out has no words to point at and is not reported."""
    codes = _matcher(passage, said).get_opcodes()
    for place, (op, a, b, c, d) in enumerate(codes):
        if op == "replace" and b - a > 2 * (d - c) + 2 and place in (0, len(codes) - 1):
            yield None, (said[c].start, said[d - 1].end)  # a stretch: the rest of the draft is not spoken of
        elif op == "replace":
            yield Place(number, a, b - 1), (said[c].start, said[d - 1].end)
        elif op == "insert":
            yield None, (said[c].start, said[d - 1].end)


def _common(passage: Passage, said: Sequence[Word]) -> int:
    return sum(block.size for block in _matcher(passage, said).get_matching_blocks())


def _matcher(passage: Passage, said: Sequence[Word]) -> difflib.SequenceMatcher[str]:
    return difflib.SequenceMatcher(
        None, [word.low for word in passage.words], [word.low for word in said], autojunk=False
    )
