"""The questions of a sheet: which columns make up one, and its id, which no order of columns changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from consultation import model
from consultation.reading.grids.grid import index
from consultation.settings import Column
from consultation.text import fingerprint, tidy

_KINDS = {
    "comment": "open",
    "closed": "closed",
    "multi": "multi",
    "matrix": "matrix_row",
    "ranking": "ranking",
    "other_text": "other_text",
    "officer_note": "officer_note",
}
IN_LIST = "other_in_list"
_NONE: Mapping[str, model.Question] = {}
ANSWERED = frozenset(_KINDS)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question with the columns (from 0) that hold its answers; `spread` where each stands for one option."""

    question_id: str
    source_id: str
    text: str
    kind: str
    columns: tuple[Column, ...]
    places: tuple[int, ...]
    spread: bool = False
    explains: str | None = None
    options: tuple[str, ...] = field(default=())
    main: model.Question | None = None  # of the questionnaire's main version, where this is one

    def record(self, pair_id: str | None, options: Sequence[str], order: int) -> model.Question:
        if self.main is not None:
            return self.main
        elements = tuple(dict.fromkeys(code for column in self.columns for code in column.elements))
        return model.Question(
            question_id=self.question_id,
            source_id=self.source_id,
            text=self.text,
            kind=self.kind,
            column=self.columns[0].column,
            pair_id=pair_id,
            elements=elements,
            options=tuple(options),
            order=order,
        )


def questions(
    columns: Iterable[Column],
    base: str,
    source_id: str,
    settled: bool = True,
    shared: Mapping[str, model.Question] = _NONE,
) -> list[Asked]:
    """The questions in the order of their first columns.

    An id is made of `base` (the source's name), the heading and, where headings repeat, the question before it or else
    a count: a column moved or added elsewhere changes none. Where a person gave the options of a list (`settled`), what
    stands in it beside them is a question of its own. `shared` are questions of the main version by their
    folded words: a column that is the same as one of them stands under it.
    """
    told = [column for column in columns if column.role in ANSWERED]
    groups: dict[tuple[str, str], list[Column]] = {}
    for place, column in enumerate(told):
        spread = column.role == "multi" and column.option is not None
        key = ("spread", tidy(column.question or column.heading)) if spread else ("alone", str(place))
        groups.setdefault(key, []).append(column)
    seen: dict[str, int] = {}
    made = []
    for key, group in groups.items():
        spread = key[0] == "spread"
        name = key[1] if spread else _name(group[0], told)
        count = seen[name] = seen.get(name, -1) + 1
        same = shared.get(tidy(group[0].same_as)) if group[0].same_as else None
        made.append(
            Asked(
                main=same,
                question_id=same.question_id if same else "q-" + fingerprint(base, name, *([count] if count else [])),
                source_id=source_id,
                text=_text(group[0], spread),
                kind=_kind(group[0]),
                columns=tuple(group),
                places=tuple(index(column.column) for column in group),
                spread=spread,
                explains=group[0].explains,
                options=tuple(column.option or "" for column in group) if spread else group[0].options,
            )
        )
        if settled and made[-1].kind == "multi" and not spread and group[0].options:
            made.append(_beside(made[-1], base, name))
    return made


def _beside(question: Asked, base: str, name: str) -> Asked:
    """The words that people put into a list of choices beside its options."""
    return replace(
        question,
        question_id="q-" + fingerprint(base, name, "beside the options"),
        text=f"{question.text} [other]",
        kind=IN_LIST,
        options=(),
        explains=question.columns[0].column,
        main=None,
    )


def records(asked: Sequence[Asked], observed: Mapping[str, Sequence[str]]) -> list[model.Question]:
    """The rows of the table `questions`; `observed` gives the options seen where the mapping names none."""
    by_place = {
        place: question.question_id for question in asked if question.kind != IN_LIST for place in question.places
    }
    rows = []
    for order, question in enumerate(asked):
        pair = by_place.get(index(question.explains)) if question.explains else None
        options = question.options or observed.get(question.question_id, ())
        rows.append(question.record(pair if pair != question.question_id else None, options, order))
    return rows


def _name(column: Column, told: Sequence[Column]) -> str:
    """The heading; where it stands over several columns, with the heading that it explains."""
    name = tidy(column.heading) or f"column {column.column}"
    if column.explains and sum(tidy(other.heading) == name for other in told) > 1:
        explained = next((other for other in told if other.column == column.explains), None)
        if explained is not None:
            return f"{name} > {tidy(explained.heading)}"
    return name


def _text(column: Column, spread: bool) -> str:
    words = column.question or column.heading
    return f"{words} [{column.option}]" if column.option and not spread else words


def _kind(column: Column) -> str:
    if column.role == "closed" and column.kind in ("number", "date"):
        return column.kind
    if column.role == "multi" and column.kind == "single":
        return "closed"
    return _KINDS[column.role]
