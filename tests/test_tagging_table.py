"""The table of word vectors: small, read with numpy alone, licensed, and built by its own script."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from consultation.errors import ConsultationError
from consultation.tagging import build_table
from consultation.tagging.meaning import corpus, embedding

DATA = Path(embedding.TABLE).parent


@pytest.fixture(scope="module")
def table() -> embedding.Table:
    held = embedding.load()
    assert held is not None
    return held


def test_it_ships_with_its_licence_and_says_what_was_changed() -> None:
    notice = (DATA / "NOTICE").read_text(encoding="utf-8")
    assert "Apache License" in notice
    assert "Changes made" in notice
    assert "Apache License" in (DATA / "LICENSE-Apache-2.0.txt").read_text(encoding="utf-8")
    assert embedding.TABLE.stat().st_size < 8_000_000


def test_it_is_read_without_any_heavy_library() -> None:
    code = (
        "import sys; from consultation.tagging.meaning import corpus, embedding;"
        "embedding.load().of(corpus.read(['warm homes']));"
        "print(sorted({'torch', 'spacy', 'sklearn'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_words_of_like_meaning_are_near_and_others_are_not(table: embedding.Table) -> None:
    heat, warm, bus = table.of(corpus.read(["heating for cold houses", "warm homes", "a late bus"]))
    assert heat @ warm > heat @ bus + 0.2


@pytest.mark.parametrize("text", ["", "…", "🙂🙂", "日本語", "x" * 5000, "\x00\x01"])
def test_text_without_words_that_it_knows_is_no_error(table: embedding.Table, text: str) -> None:
    assert np.isfinite(table.of(corpus.read([text, "home"]))).all()


def test_word_pieces_are_those_of_the_model(table: embedding.Table) -> None:
    names = {row: piece for piece, row in table.pieces.items()}
    assert [names[row] for row in table.split("unbelievably")] == ["un", "##bel", "##ie", "##va", "##bly"]


def test_a_sample_built_again_is_the_same(table: embedding.Table) -> None:
    if not build_table.tools_are_here():
        pytest.skip("model2vec, torch and the model are not installed; they are needed only to build the table")
    pieces = ["home", "council", "##ing", "river", "young", "bus", "school", "vague"]
    stored = (
        table.vectors[[table.pieces[piece] for piece in pieces]]
        * table.scale[[table.pieces[p] for p in pieces]][:, None]
    )
    raw = build_table.raw_vectors(pieces)
    # Principal components keep distances but for the dropped dimensions; the weights only change lengths.
    ours, theirs = (np.corrcoef(held - held.mean(axis=0)) for held in (stored, raw))
    assert np.abs(ours - theirs).max() < 0.25
    assert np.corrcoef(ours[np.triu_indices(8, 1)], theirs[np.triu_indices(8, 1)])[0, 1] > 0.8


def _pipeline(folder: Path, words: dict[str, list[float]]) -> str:
    import spacy

    nlp = spacy.blank("en")
    for word, vector in words.items():
        nlp.vocab.set_vector(word, np.array(vector, dtype=np.float32))
    nlp.to_disk(folder)
    return str(folder)


def test_a_spacy_pipeline_with_vectors_takes_the_place_of_the_table(tmp_path: Path) -> None:
    name = _pipeline(tmp_path / "own", {"bus": [1, 0, 0], "coach": [0.9, 0.1, 0], "bin": [0, 0, 1]})
    near = embedding.encoder(name)
    assert near is not None
    bus, coach, waste, unknown = near.of(corpus.read(["the bus", "a coach", "a bin", "zyx"]))
    assert bus @ coach > 0.9 > 0.1 > bus @ waste
    assert not unknown.any()
    assert len(bus) == 3


def test_a_spacy_pipeline_without_vectors_says_what_to_name_instead(tmp_path: Path) -> None:
    with pytest.raises(ConsultationError, match="has no word vectors"):
        embedding.encoder(_pipeline(tmp_path / "small", {}))
