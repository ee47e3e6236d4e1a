"""What each word adds to a code's score, by which a suggestion shows the words that drove it."""

from __future__ import annotations

import numpy as np

from consultation.tagging.learned.experts import Maker
from consultation.tagging.learned.facet import FacetModel
from consultation.tagging.meaning import corpus as corpora
from consultation.tagging.meaning.corpus import Corpus
from consultation.tagging.meaning.embedding import Encoder, Table


def weights(model: FacetModel, maker: Maker, encoder: Encoder | None, texts: Corpus) -> np.ndarray:
    """Distinct words by codes: what each word adds to a code's score, wherever it stands."""
    first, second, *_ = model.scalings
    total = np.zeros((len(texts.vocabulary), len(model.codes)), dtype=np.float32)
    at = 0  # the last weight of each expert is that of the prior: no word's
    for block in maker.blocks:
        mine = model.words.weights[:, at : at + len(block.keys)] * block.idf
        total += (corpora.own(block, texts) @ mine.T) * first.slope
        at += len(block.keys)
    if isinstance(encoder, Table) and model.meaning.weights.shape[1] > 1:
        sums, sizes = encoder.words(texts.vocabulary)
        vectors = sums / np.maximum(sizes, 1)[:, None] - maker.mean
        total += (vectors @ model.meaning.weights[:, :-1].T) * second.slope * (sizes > 0)[:, None]
    return total
