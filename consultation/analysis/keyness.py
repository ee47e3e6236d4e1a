"""What one group says that others do not: keyness of words, with how sure it is and how large the difference.

Log-likelihood (Dunning 1993, in the form of Rayson and Garside 2000) says how much evidence there is for a difference;
log ratio (Hardie 2014) says how large it is: 1 is twice as often, 2 four times. The interval of the log ratio is exact
(Clopper and Pearson, given the sum of both counts) as Evert (2022) recommends; with it, small counts need no rule of
thumb. Words are counted once in a comment, or once in a response, since a word that one person repeats is no evidence
that a group says it (Lijffijt and others 2014; Egbert and Biber 2019); running words are there for comparison with
other programs.
"""

from __future__ import annotations

import math
from typing import Final, Literal

import numpy as np
import pandas as pd

from consultation.errors import ConsultationError
from consultation.text import WORD, tidy

KeyCount = Literal["comments", "responses", "words"]
_ZERO: Final = 0.5  # what stands for a count of nought in the log ratio, as Hardie has it


def keyness(
    of: pd.DataFrame,
    against: pd.DataFrame,
    *,
    count: KeyCount = "comments",
    least: int = 3,
    level: float = 0.95,
) -> pd.DataFrame:
    """The words of `of` beside those of `against`: first the surest of what `of` says more, last what it says less.

    Both are frames with comment_id, response_id, text. Comments that stand in both count only as `of`. Words are folded
    in case and quotes, never stemmed; those found fewer than `least` times in all are left out.

    Columns: word, n (comments of `of` that say it; responses or running words, by `count`), n_other (of `against`),
    base, base_other (how many there are in all), share, share_other (0 to 1), log_likelihood (0 or more; 3.84 is the
    5% level and 10.83 the 0.1% level for one word looked at alone), p (of it, corrected for the number of words
    compared, after Holm 1979), log_ratio (base 2; above 0 where `of` says it more), low, high (of the log ratio, for a
    word looked at alone, at `level`; infinite where one side never says it). Raises `ConsultationError` where either
    side is empty.
    """
    against = against[~against["comment_id"].isin(of["comment_id"])]
    for side, frame in (("that you ask about", of), ("to compare them with", against)):
        if frame.empty:
            raise ConsultationError(
                f"There are no comments {side}.", do="Widen the selection: search() says what it holds."
            )
    counts, base = _counted(of, count)
    others, base_other = _counted(against, count)
    words = pd.Index(sorted(set(counts.index) | set(others.index)))
    n = counts.reindex(words, fill_value=0).to_numpy(dtype="int64")
    m = others.reindex(words, fill_value=0).to_numpy(dtype="int64")
    kept = n + m >= least
    words, n, m = words[kept], n[kept], m[kept]
    low, high = interval(n, m, base, base_other, level=level)
    strength = log_likelihood(n, m, base, base_other)
    made = pd.DataFrame(
        {
            "word": words.astype("str"), "n": n, "n_other": m, "base": base, "base_other": base_other,
            "share": n / base, "share_other": m / base_other,
            "log_likelihood": strength, "p": _holm(_chi_tail(strength)),
            "log_ratio": log_ratio(n, m, base, base_other), "low": low, "high": high,
        }
    )  # fmt: skip
    signed = (made["log_likelihood"] * np.sign(made["share"] - made["share_other"])).round(9)
    return made.iloc[np.lexsort((made["word"].to_numpy(dtype="U"), -signed))].reset_index(drop=True)


def log_likelihood(n: np.ndarray, m: np.ndarray, base: int, base_other: int) -> np.ndarray:
    """2 * (n ln(n / expected) + m ln(m / expected)) of two counts with their bases; a count of nought adds nothing.

    52 in 50,000 words beside 57 in 75,000 (the worked example of Lancaster University's calculator):

    >>> log_likelihood(np.array([52]), np.array([57]), 50_000, 75_000).round(2).tolist()
    [2.65]
    """
    n, m = np.asarray(n, dtype="float64"), np.asarray(m, dtype="float64")
    expected = base * (n + m) / (base + base_other)
    other = base_other * (n + m) / (base + base_other)
    return np.asarray(2 * (_term(n, expected) + _term(m, other)))


def log_ratio(n: np.ndarray, m: np.ndarray, base: int, base_other: int) -> np.ndarray:
    """The binary logarithm of the ratio of two shares; half a count stands for none.

    >>> log_ratio(np.array([6]), np.array([2]), 10_000, 10_000).round(2).tolist()   # three times as often: Hardie 2014
    [1.58]
    """
    n, m = np.asarray(n, dtype="float64"), np.asarray(m, dtype="float64")
    return np.log2(np.where(n, n, _ZERO) / base) - np.log2(np.where(m, m, _ZERO) / base_other)


def interval(
    n: np.ndarray, m: np.ndarray, base: int, base_other: int, *, level: float = 0.95
) -> tuple[np.ndarray, np.ndarray]:
    """Both ends of the log ratio: the exact interval of n out of n + m, turned into a ratio of shares.

    >>> low, high = interval(np.array([10]), np.array([0]), 100, 100)
    >>> round(float(low[0]), 2), float(high[0])
    (1.16, inf)
    """
    from scipy.special import betaincinv

    n, m = np.asarray(n, dtype="float64"), np.asarray(m, dtype="float64")
    tail = (1 - level) / 2
    with np.errstate(divide="ignore"):
        lower = np.where(n > 0, betaincinv(np.maximum(n, 1), m + 1, tail), 0.0)
        upper = np.where(m > 0, betaincinv(n + 1, np.maximum(m, 1), 1 - tail), 1.0)
        scale = math.log2(base_other / base)
        return np.log2(lower) - np.log2(1 - lower) + scale, np.log2(upper) - np.log2(1 - upper) + scale


def _counted(held: pd.DataFrame, count: KeyCount) -> tuple[pd.Series, int]:
    """How often each word is found, and out of how many."""
    if count not in ("comments", "responses", "words"):
        raise ConsultationError(f"Words are not counted by “{count}”.", do="Known: comments, responses, words.")
    texts = held["text"].fillna("").tolist()
    who = list(range(len(held)))
    if count == "responses":
        who = pd.factorize(held["response_id"].fillna(held["comment_id"]))[0].tolist()
    seen: dict[int, list[str]] = {}
    for one, text in zip(who, texts, strict=True):
        seen.setdefault(one, []).extend(WORD.findall(tidy(text)))
    told: dict[str, int] = {}
    for words in seen.values():
        for word in words if count == "words" else set(words):
            told[word] = told.get(word, 0) + 1
    base = sum(told.values()) if count == "words" else len(seen)
    return pd.Series(told, dtype="int64"), base


def _term(found: np.ndarray, expected: np.ndarray) -> np.ndarray:
    return found * np.log(np.where(found > 0, found / np.where(expected > 0, expected, 1), 1))


def _chi_tail(strength: np.ndarray) -> np.ndarray:
    """How often chance alone would give as much: the upper tail of chi-squared with one degree of freedom."""
    from scipy.special import erfc

    return np.asarray(erfc(np.sqrt(np.maximum(strength, 0) / 2)))


def _holm(p: np.ndarray) -> np.ndarray:
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate(p[order] * (len(p) - np.arange(len(p))))
    told = np.empty(len(p))
    told[order] = np.minimum(stepped, 1)
    return told
