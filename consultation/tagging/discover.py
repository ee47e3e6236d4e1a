"""Found, not asked: what people keep saying that no theme covers, and the argument that one person alone made."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

import numpy as np
import pandas as pd

from consultation.settings import Settings
from consultation.tagging.labels import LEFT_OVER
from consultation.tagging.meaning import corpus as corpora
from consultation.tagging.meaning import embedding
from consultation.tagging.meaning.corpus import Corpus
from consultation.tagging.meaning.embedding import Encoder, normalised
from consultation.text import says_nothing, words

DEFAULTS: Final = Settings()
_SMALLEST: Final = 5  # comments that must say it for a theme to be proposed
_NEAR: Final = 0.45  # likeness within a candidate: mean cosine to its centre
_LEAST: Final = 8  # words below which a comment holds no argument
_GROUNDS: Final = re.compile(
    r"\b(?:because|since|so that|therefore|which means|would mean|unless|otherwise|for example|for instance|evidence|"
    r"according to|under the|duty|law|legal|act|regulation|policy|risk|unlawful|impact|consequence|leads? to|"
    r"results? in|instead of|rather than|in my experience|as a|years? of|studies|research|figures?)\b|\d",
    re.I,
)


def candidates(
    comments: pd.DataFrame,
    tags: pd.DataFrame,
    *,
    settings: Settings = DEFAULTS,
    most: int = 10,
) -> pd.DataFrame:
    """Groups of comments that belong together and fit no theme, largest first; a person names them, or does not.

    Columns: candidate, comments (how many), cohesion (0 to 1), words (that mark it), comment_ids (the most typical
    first). Looked for among included comments without a confirmed theme whose suggested themes are weak, or that
    people marked as `none_of_these`.
    """
    loose = _loose(comments, tags)
    encoder = embedding.encoder(settings.sentence_model)
    distinct, inverse = corpora.unique(loose["text"].tolist())
    if len(distinct) < _SMALLEST:
        return _no_candidates()
    texts = corpora.read(distinct)
    vectors = _leftover(texts, encoder)
    groups = _groups(vectors)
    rows = []
    for group in sorted(set(groups) - {-1}):
        mine = np.flatnonzero(groups == group)
        centre = normalised(vectors[mine].mean(axis=0, keepdims=True))[0]
        cohesion = vectors[mine] @ centre
        ids = [
            str(loose["comment_id"].iloc[at])
            for one in mine[np.argsort(-cohesion, kind="stable")]
            for at in np.flatnonzero(inverse == one)
        ]
        if len(ids) >= _SMALLEST and cohesion.mean() >= _NEAR:
            rows.append((len(ids), round(float(cohesion.mean()), 3), _marks(texts, mine), tuple(ids)))
    rows.sort(key=lambda row: (-row[0], -row[1], row[3]))
    told = [(f"new-{at + 1}", *row) for at, row in enumerate(rows[:most])]
    return pd.DataFrame(told, columns=list(_no_candidates().columns))


def lone(comments: pd.DataFrame, tags: pd.DataFrame, *, settings: Settings = DEFAULTS, most: int = 25) -> pd.DataFrame:
    """Comments with an argument that nobody else made, by novelty and substance: each must be read by a person.

    Columns: rank, comment_id, novelty (0 to 1: how unlike its nearest other comment), substance (0 to 1: length and
    words that give grounds), score. A decision has been quashed for one such point that was missed.
    """
    kept = comments[(comments["status"] == "included") & (comments["voice"] != "facilitator")]
    off = set(tags[(tags["code"] == "off_topic") & (tags["status"] == "confirmed")]["comment_id"])
    kept = kept[~kept["comment_id"].isin(off)]
    distinct, inverse = corpora.unique(kept["text"].tolist())
    encoder = embedding.encoder(settings.sentence_model)
    novelty = _novelty(corpora.read(distinct), encoder)
    substance = np.array([_substance(text) for text in distinct])
    repeated = np.bincount(inverse, minlength=len(distinct)) > 1
    score = np.where(repeated, 0, novelty * substance)
    first = {
        int(case): comment for comment, case in zip(reversed(kept["comment_id"].tolist()), inverse[::-1], strict=True)
    }
    order = [at for at in np.argsort(-score, kind="stable")[:most] if score[at] > 0]
    rows = [
        (
            rank + 1,
            first[int(at)],
            round(float(novelty[at]), 3),
            round(float(substance[at]), 3),
            round(float(score[at]), 3),
        )
        for rank, at in enumerate(order)
    ]
    return pd.DataFrame(rows, columns=["rank", "comment_id", "novelty", "substance", "score"])


def _loose(comments: pd.DataFrame, tags: pd.DataFrame) -> pd.DataFrame:
    """Included comments that no theme fits well."""
    theme = tags[(tags["facet"] == "theme") & (tags["status"] != "rejected") & ~tags["code"].isin(LEFT_OVER)]
    strong = theme[(theme["status"] == "confirmed") | (theme["origin"] == "rule") | (theme["score"] >= 0.5)]
    kept = comments[(comments["status"] == "included") & (comments["voice"] != "facilitator")]
    kept = kept[~kept["comment_id"].isin(set(strong["comment_id"]))]
    return kept.loc[[not says_nothing(text) for text in kept["text"]]].reset_index(drop=True)


def _leftover(texts: Corpus, encoder: Encoder | None) -> np.ndarray:
    """Vectors of texts with what they share with all texts taken out."""
    if encoder:
        vectors = encoder.of(texts)
        return normalised(vectors - vectors.mean(axis=0))
    matrix = corpora.fit("word", texts, at_least=2).of(texts)
    return np.asarray(matrix.todense(), dtype=np.float32)


def _groups(vectors: np.ndarray) -> np.ndarray:
    """Groups of texts by average likeness; -1 for those that stand alone."""
    from sklearn.cluster import AgglomerativeClustering

    sample = min(len(vectors), 4000)
    found = AgglomerativeClustering(
        n_clusters=None, distance_threshold=1 - _NEAR / 2, metric="cosine", linkage="average"
    )
    groups = np.full(len(vectors), -1)
    places = np.linspace(0, len(vectors) - 1, sample).astype(int)
    groups[places] = found.fit_predict(vectors[places])
    sizes = np.bincount(groups[groups >= 0])
    groups[(groups >= 0) & (sizes[groups] < _SMALLEST)] = -1
    return groups


def _marks(texts: Corpus, mine: np.ndarray) -> tuple[str, ...]:
    """The words that stand in these texts far more than in the others."""
    from consultation.tagging.rules.reader import stop_words
    from consultation.tagging.rules.stems import stem

    held = (texts.counts > 0).astype(np.float32)
    inside = np.asarray(held[mine].mean(axis=0)).ravel()
    outside = np.asarray(held.mean(axis=0)).ravel()
    weight = inside * np.log((inside + 0.01) / (outside + 0.01))
    ranked = (texts.vocabulary[at] for at in np.argsort(-weight, kind="stable"))
    return tuple(islice((word for word in ranked if stem(word) not in stop_words()), 6))


def _novelty(texts: Corpus, encoder: Encoder | None) -> np.ndarray:
    """One less the likeness to the nearest two other texts."""
    words_of = corpora.fit("word", texts, at_least=1).of(texts)
    vectors = _leftover(texts, encoder) if encoder else None
    told = np.ones(len(texts), dtype=np.float32)
    for start in range(0, len(texts), 1000):
        part = slice(start, start + 1000)
        near = np.asarray((words_of[part] @ words_of.T).todense())
        if vectors is not None:
            near = (near + vectors[part] @ vectors.T) / 2
        near[np.arange(len(near)), np.arange(start, start + len(near))] = -1
        if near.shape[1] > 2:
            told[part] = 1 - np.clip(-np.sort(-near, axis=1)[:, :2].mean(axis=1), 0, 1)
    return told


def _substance(text: str) -> float:
    """How much of an argument a comment holds: long enough, and giving grounds."""
    size = len(words(text))
    if size < _LEAST or says_nothing(text):
        return 0.0
    grounds = len({found[0].lower() for found in _GROUNDS.finditer(text)})
    return min(1.0, 0.4 * min(1.0, size / 40) + 0.2 * min(3, grounds))


def _no_candidates() -> pd.DataFrame:
    return pd.DataFrame(columns=["candidate", "comments", "cohesion", "words", "comment_ids"])
