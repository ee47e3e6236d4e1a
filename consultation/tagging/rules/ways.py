"""The ways of saying that the rules know: what people find fault with, and how they stand to a draft.

They are data: `families.toml` and `stances.toml`, in the language of `grammar.py`. All are found in one pass.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from consultation.tagging.rules.audience import group_words
from consultation.tagging.rules.grammar import Grammar


@dataclass(frozen=True, kw_only=True)
class Family:
    """`about`: words that a codebook would describe it with; `said`: ways of saying it."""

    about: str
    said: tuple[str, ...]


@lru_cache(maxsize=1)
def families() -> dict[str, Family]:
    """The families of `families.toml`, by name."""
    return {
        name: Family(about=told["about"], said=tuple(told["said"].strip().splitlines()))
        for name, told in _held("families.toml").items()
    }


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The ways of saying of all families and stances."""
    stances = {name: said.strip().splitlines() for name, said in _held("stances.toml").items()}
    said = {name: family.said for name, family in families().items()}
    return Grammar({**said, **stances}, {"group": group_words()})


def _held(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
