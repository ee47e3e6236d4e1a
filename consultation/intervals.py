"""Intervals and sample sizes, with no table to look up."""

from __future__ import annotations

import math
from statistics import NormalDist

TOO_FEW = 5  # comments with a code below which no figure is given for it


def wilson(right: int, total: int, level: float = 0.95) -> tuple[float, float]:
    """Wilson's interval of a share (E. B. Wilson, JASA 22, 1927).

    >>> tuple(round(end, 3) for end in wilson(8, 10))
    (0.49, 0.943)
    """
    if total == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = right / total
    middle = share + z * z / (2 * total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def at_most(wrong: int, total: int, level: float = 0.95) -> float:
    """The exact upper bound of a share (Clopper and Pearson): with this confidence it is no higher.

    >>> round(at_most(0, 59), 3)
    0.05
    """
    if wrong >= total:
        return 1.0
    low, high = wrong / total, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        below = sum(math.comb(total, k) * middle**k * (1 - middle) ** (total - k) for k in range(wrong + 1))
        low, high = (middle, high) if below > 1 - level else (low, middle)
    return high


def to_check(margin: float, population: int, *, share: float = 0.5, level: float = 0.95) -> int:
    """How many comments to read at random for a share known to ± `margin`, out of so many in all.

    `share` is the share expected; 0.5 asks for most. The correction for a finite population is made.

    >>> to_check(0.05, 10_000), to_check(0.05, 200)
    (370, 132)
    """
    z = NormalDist().inv_cdf((1 + level) / 2)
    endless = z * z * share * (1 - share) / (margin * margin)
    return min(population, math.ceil(endless / (1 + (endless - 1) / population))) if population else 0


def f1_interval(right: int, suggested: int, true: int, level: float = 0.95) -> tuple[float, float]:
    """An interval of F1: of the share of tags in play (right, false or missed) that are right, turned into F1."""
    low, high = wilson(right, suggested + true - right, level)
    return 2 * low / (1 + low), 2 * high / (1 + high)
