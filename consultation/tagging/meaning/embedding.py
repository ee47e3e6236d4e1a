"""Word vectors with no heavy library: a small table that ships with the package, read with numpy alone.

The table (see `data/NOTICE`) was distilled from all-MiniLM-L6-v2: one vector for each word piece. A text is the
mean of its pieces. Where the table is absent everything still works, by words and letters only. A sentence model
of the user's own, or a spaCy pipeline with word vectors, is used in its place through `sentence_model`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Protocol

import numpy as np
import scipy.sparse as sp

from consultation.errors import ConsultationError, missing_extra
from consultation.tagging.meaning.corpus import Corpus

TABLE: Final = Path(__file__).parents[1] / "data" / "minilm256.npz"
_LONGEST: Final = 100  # letters; the model's own limit for one word


class Encoder(Protocol):
    """Anything that turns texts into vectors of unit length."""

    def of(self, corpus: Corpus) -> np.ndarray: ...


@dataclass(frozen=True, kw_only=True, eq=False)
class Table:
    """Vectors of word pieces: row i belongs to the i-th piece."""

    pieces: dict[str, int]
    vectors: np.ndarray  # int8
    scale: np.ndarray

    @lru_cache(maxsize=1 << 17)  # noqa: B019 - there is one table, as long as the program runs
    def split(self, word: str) -> list[int]:
        """The rows of a word's pieces, longest first from the left (WordPiece); none for a word it cannot spell."""
        if len(word) > _LONGEST:
            return []
        rows, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                row = self.pieces.get(word[start:end] if start == 0 else "##" + word[start:end])
                if row is not None:
                    rows.append(row)
                    start = end
                    break
            else:
                return []
        return rows

    def words(self, vocabulary: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
        """For each word the sum of its pieces' vectors, and how many pieces it has."""
        split = [self.split(word) for word in vocabulary]
        sizes = np.array([len(rows) for rows in split], dtype=np.int64)
        flat = np.array([row for rows in split for row in rows], dtype=np.int64)
        starts = np.concatenate([[0], np.cumsum(sizes)])
        shape = (len(vocabulary), len(self.pieces))
        weights = sp.csr_matrix((self.scale[flat].astype(np.float32), flat, starts), shape=shape)
        return weights @ self.vectors.astype(np.float32), sizes.astype(np.float32)

    def of(self, corpus: Corpus) -> np.ndarray:
        """Texts by dimensions, rows of unit length; a text with no known word is a row of zeros."""
        sums, sizes = self.words(corpus.vocabulary)
        total = corpus.counts @ sums
        pieces = corpus.counts @ sizes
        return normalised(total / np.maximum(pieces, 1)[:, None])


def normalised(rows: np.ndarray) -> np.ndarray:
    """Rows brought to length one; zeros stay zeros."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    length[length == 0] = 1
    return np.asarray(rows / length, dtype=np.float32)


@lru_cache(maxsize=2)
def load(path: Path = TABLE) -> Table | None:
    """The table, or None where its file is not there."""
    if not path.exists():
        return None
    with np.load(path, allow_pickle=False) as held:
        pieces = bytes(held["pieces"]).decode().split("\n")
        return Table(
            pieces={piece: row for row, piece in enumerate(pieces)}, vectors=held["vectors"], scale=held["scale"]
        )


class SentenceModel:
    """A sentence model of the extra `semantic`, named or in a folder on this machine. It downloads nothing.

    Raises `ConsultationError` when the extra is not installed or the model is not on this machine.
    """

    def __init__(self, name: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise missing_extra("semantic", "a sentence model") from error
        try:
            self._model = SentenceTransformer(name, device="cpu", local_files_only=True)
        except (OSError, ValueError) as error:
            raise ConsultationError(
                f"The sentence model “{name}” is not on this machine.",
                where="consultation.yaml, sentence_model",
                do="Give the folder that holds it, or take the line out: the built-in table is used then.",
            ) from error
        self._known: dict[str, np.ndarray] = {}

    def of(self, corpus: Corpus) -> np.ndarray:
        """Texts by dimensions, rows of unit length; each distinct text is passed through the model once."""
        new = [text for text in dict.fromkeys(corpus.texts) if text not in self._known]
        if new:
            rows = self._model.encode(new, batch_size=16, show_progress_bar=False)
            self._known.update(zip(new, normalised(np.asarray(rows, dtype=np.float32)), strict=True))
        return np.array([self._known[text] for text in corpus.texts], dtype=np.float32)


class Pipeline:
    """The word vectors of a spaCy pipeline that the user has, by name or in a folder; a text is the mean of its words.

    Raises `ConsultationError` when the pipeline cannot be loaded, or has no vectors, as the small ones have not.
    """

    def __init__(self, name: str) -> None:
        import spacy

        try:
            self._nlp = spacy.load(name)
        except Exception as error:  # spaCy raises all sorts on a folder that lacks a part
            raise ConsultationError(
                f"The spaCy pipeline “{name}” cannot be loaded.",
                where="consultation.yaml, sentence_model",
                do="Install or copy it again, or take the line out: the built-in table is used then.",
            ) from error
        if not len(self._nlp.vocab.vectors):
            raise ConsultationError(
                f"The spaCy pipeline “{name}” has no word vectors.",
                where="consultation.yaml, sentence_model",
                do="Name a medium or large one, or take the line out: the built-in table is used then.",
            )

    @staticmethod
    def known(name: str) -> bool:
        """Whether a pipeline of that name is installed, or a folder holds one."""
        from spacy.util import is_package

        return is_package(name) or (Path(name) / "config.cfg").exists()

    def of(self, corpus: Corpus) -> np.ndarray:
        """Texts by dimensions, rows of unit length; a text with no known word is a row of zeros."""
        return normalised(np.array([self._nlp.make_doc(text).vector for text in corpus.texts], dtype=np.float32))


def encoder(name: str | None) -> Encoder | None:
    """What turns texts into vectors: the model that the settings name (a spaCy pipeline with vectors, or a sentence
    model), else the table, else nothing."""
    if name is None:
        return load()
    return Pipeline(name) if Pipeline.known(name) else SentenceModel(name)
