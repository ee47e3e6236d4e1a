"""What an officer should read next: the comments that teach the program most, and an honest sample beside them.

First the most different ones, so that everything people talk about is seen once; then, half and half, those that
the program is least sure of and a random sample. The random half is marked: only it may be used to say how good
the program is, because nobody picked it. Diversity first needed about half as many labels as reading at random
when it was measured; doubt alone was no better than random.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from consultation.errors import ConsultationError
from consultation.model import LedgerEvent, Theme
from consultation.settings import Settings
from consultation.tagging import people, reading
from consultation.tagging.learned import predict
from consultation.tagging.learned.model import Model
from consultation.tagging.meaning import corpus as corpora
from consultation.tagging.reading import Prepared
from consultation.text import fingerprint

DEFAULTS: Final = Settings()
START: Final = 50  # labelled comments up to which the most different come first
_POOL: Final = 20_000  # unread texts among which the different and the doubtful are looked for
REASONS: Final = {
    "different": "unlike what has been read so far",
    "doubt": "the program is unsure of it",
    "random": "drawn at random: it shows how good the program is",
}


def queue(
    comments: pd.DataFrame,
    questions: pd.DataFrame,
    elements: pd.DataFrame,
    themes: Sequence[Theme],
    *,
    events: Sequence[LedgerEvent] = (),
    settings: Settings = DEFAULTS,
    model: Model | None = None,
    facet: str = "theme",
    size: int = 25,
) -> pd.DataFrame:
    """The comments to read next, in order: `order`, `comment_id`, `kind` (different, doubt, random), `why`.

    Comments that a person has read for the facet are left out, repeats of a text too. Until 50 are read, all but a
    quarter are chosen for being different; after that half for doubt and half at random. Raises `ConsultationError` for
    a size below one.
    """
    if size < 1:
        raise ConsultationError(f"{size} is no number of comments to read.", do="Ask for one or more, such as 20.")
    ready = reading.prepare(comments, questions, elements, themes, settings=settings)
    read = people.known(events, facet)
    place = dict(zip(ready.cases.ids, ready.cases.place.tolist(), strict=True))
    seen = {place[comment] for comment in read if comment in place}
    first = {case: comment for comment, case in reversed(place.items()) if case not in seen}
    unread = sorted(first, key=lambda case: fingerprint("queue", ready.cases.texts[case]))[:_POOL]
    early = len(read) < START
    at_random = unread[: min(len(unread), size // 4 if early else size // 2)]
    rest = [case for case in unread if case not in set(at_random)]
    wanted = min(len(rest), size - len(at_random))
    if early or model is None or facet not in model.facets:
        picked, kind = _different(ready, rest, wanted), "different"
    else:
        picked, kind = _doubtful(ready, rest, wanted, model, facet), "doubt"
    told = [(first[case], kind) for case in picked] + [(first[case], "random") for case in at_random]
    mixed = sorted(told, key=lambda one: fingerprint("order", one[0]))  # readers should not guess which is which
    return pd.DataFrame(
        [(at + 1, comment, kind, REASONS[kind]) for at, (comment, kind) in enumerate(mixed)],
        columns=["order", "comment_id", "kind", "why"],
    )


def _different(ready: Prepared, cases: list[int], wanted: int) -> list[int]:
    """One text from the middle of each of so many groups that hang together."""
    if wanted >= len(cases):
        return cases
    vectors = _vectors(ready, cases)
    if not wanted or not vectors.shape[1]:
        return cases[:wanted]
    from sklearn.cluster import MiniBatchKMeans

    groups = MiniBatchKMeans(n_clusters=wanted, random_state=0, n_init=3, batch_size=2048).fit(vectors)
    near = vectors @ groups.cluster_centers_.T
    picked: list[int] = []
    for group in range(wanted):
        mine = np.flatnonzero(groups.labels_ == group)
        if len(mine):
            picked.append(cases[int(mine[near[mine, group].argmax()])])
    return picked + [case for case in cases if case not in set(picked)][: wanted - len(picked)]


def _doubtful(ready: Prepared, cases: list[int], wanted: int, model: Model, facet: str) -> list[int]:
    """The most different among the three times as many that the model is least sure of."""
    piece = reading.read_only(ready, cases)
    chance = predict.chances(model, ready, piece, facet)
    unsure = -np.sort(-_entropy(chance), axis=1)[:, :3].sum(axis=1)
    unsure[piece.silent] = 0
    likely = [cases[at] for at in np.argsort(-unsure, kind="stable")[: 3 * wanted]]
    return _different(ready, likely, wanted)


def _entropy(chance: np.ndarray) -> np.ndarray:
    held = np.clip(chance, 1e-6, 1 - 1e-6)
    return np.asarray(-held * np.log(held) - (1 - held) * np.log(1 - held))


def _vectors(ready: Prepared, cases: list[int]) -> np.ndarray:
    """Meaning where there is a table, else the main topics of the words."""
    texts = corpora.read(ready.cases.texts.at(cases))
    if ready.encoder:
        vectors = ready.encoder.of(texts)
        return np.asarray(vectors - vectors.mean(axis=0))
    from sklearn.decomposition import TruncatedSVD

    words = corpora.fit("word", texts).of(texts)
    size = min(50, min(words.shape) - 1)
    return (
        TruncatedSVD(n_components=size, random_state=0).fit_transform(words) if size > 1 else np.zeros((len(cases), 0))
    )
