"""A model on disk: one folder with `model.npz` (numbers, read without pickle) and `card.json` (for people).

Nothing in a model file can run: numpy refuses objects, and the card is plain JSON.
"""

from __future__ import annotations

import dataclasses
import json
import zipfile
from pathlib import Path
from typing import Any, Final

import numpy as np

from consultation.errors import ConsultationError
from consultation.tagging.learned.calibration import Scaling
from consultation.tagging.learned.experts import Linear, Maker
from consultation.tagging.learned.facet import FacetModel
from consultation.tagging.learned.model import FORMAT, Model, Neighbours
from consultation.tagging.learned.prior import Prior
from consultation.tagging.meaning.corpus import Block

NUMBERS: Final = "model.npz"
CARD: Final = "card.json"


def save(model: Model, folder: Path) -> None:
    """Write the model; the same model gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    held: dict[str, np.ndarray] = {"maker.mean": model.maker.mean}
    for at, block in enumerate(model.maker.blocks):
        held |= {f"maker.{at}.keys": block.keys, f"maker.{at}.idf": block.idf}
    for name, facet in model.facets.items():
        held |= {f"{name}.{key}": value for key, value in _arrays(facet)}
        near = model.neighbours[name]
        held |= {f"{name}.near.vectors": near.vectors, f"{name}.near.truth": near.truth}
    shape = {
        "version": model.version,
        "format": FORMAT,
        "blocks": [block.kind for block in model.maker.blocks],
        "facets": {
            name: {
                "codes": facet.codes,
                "cut": facet.cut,
                "labelled": facet.labelled,
                "prior": facet.prior.constant,
                "near": model.neighbours[name].ids,
            }
            for name, facet in model.facets.items()
        },
    }
    held["shape"] = np.frombuffer(json.dumps(shape, sort_keys=True).encode(), dtype=np.uint8)
    with (folder / NUMBERS).open("wb") as file:
        np.savez_compressed(file, **held)  # type: ignore[arg-type]
    card = json.dumps(model.card, indent=2, ensure_ascii=False, sort_keys=True)
    (folder / CARD).write_text(card + "\n", encoding="utf-8", newline="\n")


def load(folder: Path) -> Model:
    """Read a model. Raises `ConsultationError` for a file that is damaged, of another format, or not ours."""
    path = folder / NUMBERS
    try:
        with np.load(path, allow_pickle=False) as file:
            held = {name: file[name] for name in file.files}
        shape = json.loads(bytes(held["shape"]).decode())
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        if shape["format"] != FORMAT:
            raise _unreadable(path, "was written by another version of this program")
        return _model(held, shape, card)
    except FileNotFoundError as error:
        raise ConsultationError("There is no model yet.", where=str(path), do="Type: consultation learn") from error
    except (KeyError, ValueError, OSError, EOFError, zipfile.BadZipFile, TypeError) as error:
        raise _unreadable(path, "cannot be read: it is damaged or is not one of ours") from error


def _unreadable(path: Path, why: str) -> ConsultationError:
    return ConsultationError(f"The model {why}.", where=str(path), do="Learn it again. Type: consultation learn")


def _arrays(facet: FacetModel) -> list[tuple[str, np.ndarray]]:
    told = [("prior", facet.prior.weights), ("thresholds", facet.thresholds), ("examples", facet.examples)]
    for name, expert in (("words", facet.words), ("meaning", facet.meaning)):
        told += [(f"{name}.{field.name}", getattr(expert, field.name)) for field in dataclasses.fields(expert)]
    for at, scaling in enumerate(facet.scalings):
        told += [(f"scaling.{at}.slope", scaling.slope), (f"scaling.{at}.constant", scaling.constant)]
    return told


def _model(held: dict[str, np.ndarray], shape: dict[str, Any], card: dict[str, Any]) -> Model:
    blocks = tuple(
        Block(kind=kind, keys=held[f"maker.{at}.keys"], idf=held[f"maker.{at}.idf"])
        for at, kind in enumerate(shape["blocks"])
    )
    return Model(
        version=shape["version"],
        maker=Maker(blocks=blocks, mean=held["maker.mean"]),
        facets={name: _facet(held, name, told) for name, told in shape["facets"].items()},
        neighbours={
            name: Neighbours(
                ids=tuple(told["near"]), vectors=held[f"{name}.near.vectors"], truth=held[f"{name}.near.truth"]
            )
            for name, told in shape["facets"].items()
        },
        card=card,
    )


def _facet(held: dict[str, np.ndarray], name: str, told: dict[str, Any]) -> FacetModel:
    def scaling(at: int) -> Scaling:
        return Scaling(slope=held[f"{name}.scaling.{at}.slope"], constant=held[f"{name}.scaling.{at}.constant"])

    def linear(expert: str) -> Linear:
        return Linear(**{field.name: held[f"{name}.{expert}.{field.name}"] for field in dataclasses.fields(Linear)})

    return FacetModel(
        codes=tuple(told["codes"]),
        prior=Prior(weights=held[f"{name}.prior"], constant=told["prior"]),
        words=linear("words"),
        meaning=linear("meaning"),
        scalings=(scaling(0), scaling(1), scaling(2), scaling(3)),
        thresholds=held[f"{name}.thresholds"],
        cut=told["cut"],
        examples=held[f"{name}.examples"],
        labelled=told["labelled"],
    )
