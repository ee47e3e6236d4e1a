"""All patterns, in the order in which they win where two say the same."""

from __future__ import annotations

from typing import Final

from consultation.wording.miner.patterns.asking import ADDING, QUESTIONING
from consultation.wording.miner.patterns.base import Pattern
from consultation.wording.miner.patterns.leaving import LEAVING
from consultation.wording.miner.patterns.objecting import OBJECTING
from consultation.wording.miner.patterns.offering import OFFERING
from consultation.wording.miner.patterns.removing import KEEPING, REMOVING
from consultation.wording.miner.patterns.replacing import REPLACING

PATTERNS: Final[tuple[Pattern, ...]] = (*REPLACING, *OFFERING, *REMOVING, *KEEPING, *OBJECTING, *QUESTIONING, *ADDING)

__all__ = ["LEAVING", "PATTERNS", "Pattern"]
