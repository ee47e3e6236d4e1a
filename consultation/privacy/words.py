"""The word lists of this room, from the text files in the folder `words`: to add a word, write it there.

A file holds headings in square brackets with words or lines under them; a line that begins with # is a note.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent / "words"


@cache
def sections(file: str) -> dict[str, tuple[str, ...]]:
    """The lines under each heading; what stands before the first heading is under ""."""
    held: dict[str, list[str]] = {}
    heading = ""
    for line in (_FOLDER / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            heading = line[1:-1]
        elif line.strip() and not line.startswith("#"):
            held.setdefault(heading, []).append(line)
    return {name: tuple(lines) for name, lines in held.items()}


@cache
def listed(file: str, heading: str = "") -> frozenset[str]:
    """The words under a heading."""
    return frozenset(word for line in sections(file)[heading] for word in line.split())


def any_of(file: str, heading: str) -> str:
    """A pattern for any of the entries under a heading: its lines, or its words where lines hold several."""
    lines = sections(file)[heading]
    entries = lines if heading in _ONE_A_LINE else [word for line in lines for word in line.split()]
    return f"(?:{'|'.join(entries)})"


_ONE_A_LINE: Final = frozenset({"state", "treatment", "aid", "illness", "relatives"})


@cache
def given_names() -> frozenset[str]:
    """Given names that are hardly ever anything else."""
    return listed("given_names.txt") - ambiguous_names()


@cache
def surnames() -> frozenset[str]:
    """Surnames that are hardly ever a word or a place."""
    return listed("surnames.txt")


@cache
def ambiguous_names() -> frozenset[str]:
    """Given names that are also words or places."""
    return listed("ambiguous_names.txt")
