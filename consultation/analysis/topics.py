"""What comments are about, found without a codebook: topics by NMF, and whether they are there at all.

Method: non-negative matrix factorisation of TF-IDF (Lee and Seung 1999). How many topics, and whether they hold, is
asked as Greene, O'Callaghan and Cunningham do (How Many Topics? Stability Analysis for Topic Models, 2014): the topics
of all comments are compared with those of random four fifths from random starts, topic by topic, by the average Jaccard
of their ranked words. Beside it stands what the same comments give with their words shuffled between them.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from consultation.analysis.roots import Matrix, Roots, read_roots, shuffled
from consultation.analysis.shown import block, paragraph, safe, table
from consultation.errors import ConsultationError
from consultation.text import printable, slug

WORDS: Final = 10  # ranked words by which topics are compared
STABLE: Final = 0.5  # average Jaccard from which a topic holds: about two of three of its words come back
FEWEST: Final = 16  # comments below which no topics are looked for
_RUNS: Final = 5
_DEALT: Final = 3  # runs with the words shuffled
_SHARE: Final = 0.8  # of the comments in each run
_FITTED: Final = 1_000  # different comments, drawn at random, on which topics are fitted; all are then placed
_STEPS: Final = 40
_TRIED: Final = (2, 3, 4, 5, 6, 8, 10)
_EXEMPLARS: Final = 3


@dataclass(frozen=True, kw_only=True)
class Topics:
    """Topics and what may be said of them. `verdict` says in words whether they hold.

    `table`: topic (1 is the largest), words (tuple), comments (whose first topic it is), share (of all read, 0 to 1),
    stability (0 to 1, see `STABLE`), stable. `exemplars`: topic, rank, comment_id, weight (0 to 1, of the comment's
    topics), text. `how_many`: topics (how many), stability (mean of the runs), low, high (least and most), by_chance
    (mean with the words shuffled), stable (at least `STABLE`, and every run above every shuffled one), chosen.
    """

    table: pd.DataFrame
    exemplars: pd.DataFrame
    how_many: pd.DataFrame
    stable: bool
    verdict: str

    def _repr_html_(self) -> str:
        first = self.exemplars.drop_duplicates("topic").set_index("topic")["text"]
        rows = [
            [str(topic), safe(", ".join(words)), f"{n:,}", f"{held:.2f}", safe(str(first.get(topic, ""))[:200])]
            for topic, words, n, held in self._rows()
        ]
        head = ["topic", "words", "comments", "stability", "a comment on it"]
        return block("Topics", paragraph(self.verdict), table(head, rows))

    def __str__(self) -> str:
        lines = [
            f"{topic}. {', '.join(words)} ({n:,} comments, stability {held:.2f})"
            for topic, words, n, held in self._rows()
        ]
        return "\n".join([self.verdict, *lines])

    def _rows(self) -> list[tuple[int, tuple[str, ...], int, float]]:
        told = (self.table[name] for name in ("topic", "words", "comments", "stability"))
        return list(zip(*told, strict=True))


def topics(comments: pd.DataFrame, k: int | None = None, *, seed: int = 0) -> Topics:
    """Topics of these comments (comment_id, text): `k`, or as many as stand out most from chance.

    The same comments give the same topics. A text that many sent is read once and counted as often as it was sent.
    Forms of a word are one word; words that say nothing by themselves are left out. Raises `ConsultationError` for too
    few comments, or a `k` that is too many for them.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # of scikit-learn; ships no types

    read = read_roots(comments["text"].fillna("").tolist())
    size, roots = read.matrix.shape
    most = max(2, min(size // 4, roots // 4))
    if size < FEWEST or roots < WORDS:
        raise ConsultationError(
            f"{size:,} different comments that share words are too few for topics; there must be {FEWEST}.",
            do="Read them: search() shows them all. Or look for words: concordance().",
        )
    if k is not None and not 2 <= k <= most:
        raise ConsultationError(f"{size:,} comments do not make {k} topics.", do=f"Ask for 2 to {most}.")
    with threadpool_limits(
        limits=1, user_api="blas"
    ):  # small sums: threads would cost more than they bring, and might round otherwise
        return _topics(read, comments, k, most, seed)


def _topics(read: Roots, comments: pd.DataFrame, k: int | None, most: int, seed: int) -> Topics:
    size = read.matrix.shape[0]
    sample = np.sort(np.random.default_rng(seed).permutation(size)[:_FITTED])
    matrix, dealt = read.matrix[sample], shuffled(read, sample, seed)
    tried = [k] if k is not None else [n for n in _TRIED if n == 2 or n <= min(size // 8, most)]
    found = {n: agreements(matrix, n, seed=seed) for n in tried}
    how_many = _how_many(found, {n: agreements(dealt, n, seed=seed, runs=_DEALT) for n in tried})
    best = how_many[how_many["chosen"]].iloc[0]
    chosen = int(best["topics"])
    parts = _factors(matrix, chosen)
    weights = _weights(read.matrix, parts)
    made, order = _table(read, parts, weights, found[chosen].mean(axis=0))
    return Topics(
        table=made,
        exemplars=_exemplars(read, comments, weights[:, order]),
        how_many=how_many,
        stable=bool(best["stable"]),
        verdict=_verdict(best, int(made["stable"].sum()), len(sample)),
    )


def entry(words: Sequence[str]) -> str:
    """A new theme as `codebook.yaml` has it, to be named and defined by a person.

    >>> print(entry(["bus", "fare"]))
      - code: bus_fare
        name: ""  # in your words
        definition: ""  # what somebody says who says this
        cues: ["bus", "fare"]
    """
    code = "_".join(slug(word).replace("-", "_") for word in words[:2])
    cues = json.dumps([printable(word) for word in words], ensure_ascii=False)
    return (
        f'  - code: {code}\n    name: ""  # in your words\n    definition: ""  # what somebody says who says this\n'
        f"    cues: {cues}"
    )


def agreements(matrix: Matrix, k: int, *, seed: int = 0, runs: int = _RUNS) -> np.ndarray:
    """How far the `k` topics of all rows come back in each run over four fifths of them: runs by topics, 0 to 1."""
    ranked = ranking(_factors(matrix, k))
    height = matrix.shape[0]
    told = []
    for run in range(runs):
        rng = np.random.default_rng([seed, k, run])
        part = np.sort(rng.permutation(height)[: max(k, round(height * _SHARE))])
        told.append(matched(ranked, ranking(_factors(matrix[part], k, seed=int(rng.integers(2**31))))))
    return np.array(told)


def matched(ranked: Sequence[Sequence[int]], others: Sequence[Sequence[int]]) -> np.ndarray:
    """For each list its average Jaccard with the one that it is paired with, so that all pairs together agree most.

    The worked example of Greene and others gives 0.50, 0.50 and 0.61:

    >>> one = [["sport", "win", "award"], ["bank", "finance", "money"], ["music", "album", "band"]]
    >>> two = [["finance", "bank", "economy"], ["music", "band", "award"], ["win", "sport", "money"]]
    >>> matched(one, two).round(2).tolist()
    [0.5, 0.5, 0.61]
    """
    from scipy.optimize import linear_sum_assignment

    alike = np.array([[average_jaccard(one, other) for other in others] for one in ranked])
    _, pairs = linear_sum_assignment(-alike)
    return np.asarray(alike[np.arange(len(ranked)), pairs])


def average_jaccard(one: Sequence[object], other: Sequence[object]) -> float:
    """The mean Jaccard of the first 1, 2, 3 ... words of two ranked lists, so that first words count most.

    >>> round(average_jaccard("album music best award win".split(), "sport best win medal award".split()), 3)
    0.154
    """
    depth = min(len(one), len(other))
    return sum(len({*one[:d]} & {*other[:d]}) / len({*one[:d]} | {*other[:d]}) for d in range(1, depth + 1)) / depth


def ranking(parts: np.ndarray) -> list[list[int]]:
    """The first words of each topic, by weight."""
    return [[int(at) for at in np.argsort(-row, kind="stable")[:WORDS] if row[at] > 0] or [-1] for row in parts]


def _factors(matrix: Matrix, k: int, *, seed: int | None = None) -> np.ndarray:
    """Topics by words. Without a seed from the texts' own structure (NNDSVD), else from a random start."""
    from sklearn.decomposition import NMF

    start: dict[str, Any] = {"init": "nndsvda", "random_state": 0} if seed is None else {"init": "random"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it stopped before it had fully settled: stability tells what matters
        made = NMF(k, max_iter=_STEPS, tol=1e-3, **{"random_state": seed, **start}).fit(matrix)
    return np.asarray(made.components_)


def _weights(matrix: Matrix, parts: np.ndarray) -> np.ndarray:
    """Texts by topics: how much of each text each topic makes up (rows come to 1, or to 0 where none does)."""
    from sklearn.decomposition import non_negative_factorization

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        solved, _, _ = non_negative_factorization(
            matrix, H=parts, n_components=len(parts), update_H=False, max_iter=_STEPS, tol=1e-3, random_state=0
        )
    solved = solved * parts.sum(axis=1)
    total = solved.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(solved, total, out=np.zeros_like(solved), where=total > 0))


def _table(
    read: Roots, parts: np.ndarray, weights: np.ndarray, stability: np.ndarray
) -> tuple[pd.DataFrame, np.ndarray]:
    """The topics, the largest first, and the order that this puts them in."""
    first = np.where(weights.max(axis=1) > 0, weights.argmax(axis=1), -1)
    told = read.of[read.of >= 0]
    sizes = np.bincount(first[told][first[told] >= 0], minlength=len(parts))
    order = np.argsort(-sizes, kind="stable")
    ranked = ranking(parts)
    made = pd.DataFrame(
        {
            "topic": np.arange(1, len(parts) + 1),
            "words": pd.Series([tuple(read.forms[w] for w in ranked[at]) for at in order], dtype=object),
            "comments": sizes[order],
            "share": sizes[order] / max(1, len(told)),
            "stability": stability[order],
            "stable": stability[order] >= STABLE,
        }
    )
    return made, order


def _exemplars(read: Roots, comments: pd.DataFrame, weights: np.ndarray) -> pd.DataFrame:
    """The comments that are most about each topic and least about others; of those, the longer ones."""
    held = read.of >= 0
    ids, texts = comments["comment_id"].to_numpy()[held], comments["text"].to_numpy()[held]
    mine = weights[read.of[held]]
    length = np.asarray(read.counts.sum(axis=1)).ravel()[read.of[held]]
    rows = []
    for topic in range(mine.shape[1]):
        about = mine[:, topic] * np.minimum(length, 15)
        seen: set[int] = set()
        for at in np.lexsort((ids.astype(str), -about)):
            if len(seen) == _EXEMPLARS or mine[at, topic] <= 0:
                break
            if (text := int(read.of[held][at])) not in seen:
                seen.add(text)
                rows.append((topic + 1, len(seen), ids[at], float(mine[at, topic]), texts[at]))
    return pd.DataFrame(rows, columns=["topic", "rank", "comment_id", "weight", "text"])


def _how_many(found: dict[int, np.ndarray], chance: dict[int, np.ndarray]) -> pd.DataFrame:
    """The figures for each number of topics; chosen is the one furthest above chance, of the stable ones if any is."""
    rows = [
        (k, told.mean(), told.mean(axis=1).min(), told.mean(axis=1).max(), chance[k].mean(),
         told.mean() >= STABLE and told.mean(axis=1).min() > chance[k].mean(axis=1).max())
        for k, told in found.items()
    ]  # fmt: skip
    columns = ["topics", "stability", "low", "high", "by_chance", "stable"]
    kinds = {"topics": "int64", "stable": "bool", **dict.fromkeys(columns[1:5], "float64")}
    made = pd.DataFrame(rows, columns=columns).astype(kinds)
    above = (made["stability"] - made["by_chance"]).round(2) + made["stable"]
    return made.assign(chosen=made.index == above.idxmax())


def _verdict(told: pd.Series, held: int, size: int) -> str:
    k = int(told["topics"])
    measured = (
        f"agreement {told['stability']:.2f} over {_RUNS} runs on {size:,} comments; "
        f"{told['by_chance']:.2f} with the words shuffled between them"
    )
    if not told["stable"]:
        return (
            f"Not stable: {k} topics are the best that was found, but reading four fifths of the comments again does "
            f"not bring them back more surely than chance would ({measured}). Look around with them; report nothing."
        )
    some = f"{held} of {k} topics come back" if held < k else f"The {k} topics come back"
    return f"{some} when four fifths of the comments are read again ({measured})."
