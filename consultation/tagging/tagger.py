"""The tagger: comments in, the table `tags` out."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter
from typing import Any, Final

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from consultation import codebook, tables
from consultation.model import FACETS, LedgerEvent, Theme
from consultation.settings import Settings
from consultation.tagging import people, reading, settle
from consultation.tagging.cases import Cases
from consultation.tagging.learned import predict
from consultation.tagging.learned.model import Model
from consultation.tagging.meaning import spans
from consultation.tagging.meaning.spans import Span
from consultation.tagging.reading import Piece, Prepared, Progress
from consultation.tagging.settle import Picks

DEFAULTS: Final = Settings()
Fields = tuple[Any, ...]  # a tag, in the order of `_FIELDS`
_FIELDS: Final = {
    "case": "int64", "facet": "str", "code": "str", "start": "Int64", "end": "Int64", "score": "float64",
    "origin": "str", "why": "str", "model_version": "str",
}  # fmt: skip
_TOLD: Final = tuple(_FIELDS)[1:]
_BLOCK: Final = 50_000  # comments whose tags are laid out at a time
_LIKE: Final = "reads like its description; no rule speaks for it"


def tag(
    comments: pd.DataFrame,
    questions: pd.DataFrame,
    elements: pd.DataFrame,
    themes: Sequence[Theme],
    *,
    events: Sequence[LedgerEvent] = (),
    settings: Settings = DEFAULTS,
    model: Model | None = None,
    audiences: Sequence[Theme] = (),
    progress: Progress | None = None,
) -> pd.DataFrame:
    """The table `tags`: what the program suggests, with what people confirmed and rejected laid over it.

    Without a model, `score` is a strength of evidence from 0 to 1, not a probability; with one it is a calibrated
    probability for the facets that the model has learned. `start`, `end` span the words that drove the tag: all of the
    comment where the question did, or nothing in particular. `why` quotes the draft or the codebook, never the
    comment. Sorted by comment, facet, code. Raises `ConsultationError` when `settings.sentence_model` cannot be used.
    """
    book = codebook.revise(themes, events)
    ready = reading.prepare(comments, questions, elements, book, settings=settings, audiences=audiences)
    with _no_search_for_cycles():
        by_case = _by_case(ready, model, progress)
    return people.lay_over(_by_comment(by_case, ready.cases), events, comments)


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Reading makes tuples by the million and no cycle among them: looking for some takes a tenth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def scores(
    comments: pd.DataFrame,
    questions: pd.DataFrame,
    elements: pd.DataFrame,
    themes: Sequence[Theme],
    *,
    facet: str = "theme",
    settings: Settings = DEFAULTS,
    model: Model | None = None,
    audiences: Sequence[Theme] = (),
) -> pd.DataFrame:
    """How every comment scores on every code of a facet: one row a comment, one column a code, higher is likelier.

    Calibrated probabilities where the model has learned the facet; else likeness and evidence on a scale of its own.
    """
    ready = reading.prepare(comments, questions, elements, themes, settings=settings, audiences=audiences)
    codes = [label.code for label in ready.book.of(facet)]
    told = [_scores(ready, piece, facet, model) for piece in reading.read(ready)]
    by_case = np.concatenate(told) if told else np.zeros((0, len(codes)))
    index = pd.Index(ready.cases.ids, name="comment_id")
    return pd.DataFrame(by_case[ready.cases.place], index=index, columns=codes)


def _scores(ready: Prepared, piece: Piece, facet: str, model: Model | None) -> np.ndarray:
    if model and facet in model.facets:
        return predict.chances(model, ready, piece, facet)
    strength = piece.evidence[facet].strength
    return np.asarray(piece.likeness[facet].score + _RULE_WEIGHT * strength)


_RULE_WEIGHT: Final = 6.0  # spreads of likeness that full evidence by rule is worth


def _by_case(ready: Prepared, model: Model | None, progress: Progress | None) -> pd.DataFrame:
    """The tags of all cases; `case` is the place of the text in the cases, in order."""
    tables_of, start = [_columns(())], 0
    for piece in reading.read(ready, progress):
        tables_of.append(_columns(sorted(_suggest(ready, piece, model, start), key=itemgetter(0, 1, 2))))
        start += len(piece.silent)
    return pd.DataFrame({name: _joined([table[name] for table in tables_of]) for name in _FIELDS})


def _columns(rows: Sequence[Fields]) -> pd.DataFrame:
    """Rows as a table, in which each distinct text is held once: a million whys would not fit otherwise."""
    held = zip(*rows, strict=True) if rows else [()] * len(_FIELDS)
    columns = {name: pd.Series(values, dtype=kind) for (name, kind), values in zip(_FIELDS.items(), held, strict=True)}
    return pd.DataFrame(columns).astype({name: "category" for name, kind in _FIELDS.items() if kind == "str"})


def _joined(parts: list[pd.Series]) -> Any:
    if isinstance(parts[0].dtype, pd.CategoricalDtype):
        return union_categoricals(parts)
    return pd.concat(parts, ignore_index=True)


def _by_comment(by_case: pd.DataFrame, cases: Cases) -> pd.DataFrame:
    """The tags of every comment, a block at a time: those of its case."""
    first = np.searchsorted(by_case["case"].to_numpy(), np.arange(len(cases) + 1))
    many = np.diff(first)
    names = np.array(cases.ids, dtype=object)
    order = np.argsort(names, kind="stable")
    blocks = [tables.frame("tags")]
    for at in range(0, len(order), _BLOCK):
        mine = order[at : at + _BLOCK]
        count = many[cases.place[mine]]
        within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        block = by_case.iloc[np.repeat(first[cases.place[mine]], count) + within]
        block = block.drop(columns="case").assign(comment_id=names[np.repeat(mine, count)], status="suggested")
        blocks.append(tables.conform("tags", block))
    return pd.concat(blocks, ignore_index=True)


def _suggest(ready: Prepared, piece: Piece, model: Model | None, start: int) -> Iterator[Fields]:
    """The tags of a piece, whose first case is `start`, facet by facet."""
    for facet in FACETS:
        if model and facet in model.facets:
            for row, told in enumerate(predict.suggest(model, ready, piece, facet)):
                yield from ((start + row, *(fields.get(name) for name in _TOLD)) for fields in told)
            continue
        for picks in settle.chosen(facet, piece.evidence[facet], piece.likeness[facet], piece.silent, piece.asked):
            yield from _fields(ready, piece, facet, picks, start)


def _fields(ready: Prepared, piece: Piece, facet: str, picks: Picks, start: int) -> Iterator[Fields]:
    labels, drove = ready.book.of(facet), _drove(piece, facet, picks)
    told = zip(picks.rows.tolist(), picks.labels.tolist(), picks.scores.tolist(), drove, strict=True)
    for row, label, score, (span, why) in told:
        code, sure = labels[label].code, settle.band(score)
        yield (
            start + row,
            facet,
            code,
            *(span or piece.whole(row)),
            round(score, 4),
            picks.origin,
            f"{sure}: {why}",
            None,
        )


def _drove(piece: Piece, facet: str, picks: Picks) -> Iterator[tuple[Span | None, str]]:
    """The words that drove each pick, None where it is the question or all that was said, and why."""
    if picks.origin == "rule":
        best = piece.evidence[facet].best
        for pair in zip(picks.rows.tolist(), picks.labels.tolist(), strict=True):
            yield best[pair].span, best[pair].why
    elif len(picks.rows):
        for span in spans.spans(piece.corpus, picks.rows, picks.labels, piece.near_words[facet]):
            yield span, _LIKE
