"""Closed answers: one row for each answer and each ticked option, with what a blank means where the file says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from consultation.reading.grids.grid import Grid, filled, letter
from consultation.reading.landing.frames import Ids, id_column, recurring
from consultation.reading.landing.questions import IN_LIST, Asked
from consultation.reading.layout.choices import NOT_SHOWN, TICKED, UNTICKED, split
from consultation.text import tidy

STATES = ("answered", "blank", "not_shown", "ticked", "not_ticked", "user_missing", "error_cell", "officer_note")
_CODE = {name: i for i, name in enumerate(STATES)}
_CELL_PAIR = re.compile(r"([^:,]+?) ?: ?([^:,]+)(?:,\s*|$)")
Values = Callable[[int], list[str]]
Codes = np.ndarray[Any, Any]


@dataclass(kw_only=True)
class Gathered:
    """Answers as parallel lists of codes, until all columns are done; `whole` holds columns with one answer a row."""

    response: list[int] = field(default_factory=list)
    question: list[int] = field(default_factory=list)
    value: list[int] = field(default_factory=list)
    state: list[int] = field(default_factory=list)
    words: dict[str, int] = field(default_factory=dict)
    whole: list[tuple[int, Codes, Codes]] = field(default_factory=list)  # (question, values, states), a row each
    notes: list[str] = field(default_factory=list)
    observed: dict[str, list[str]] = field(default_factory=dict)

    def add(self, response: int, question: int, value: str | None, state: str) -> None:
        self.response.append(response)
        self.question.append(question)
        self.value.append(self.code(value))
        self.state.append(_CODE[state])

    def code(self, value: str | None) -> int:
        return -1 if value is None else self.words.setdefault(value, len(self.words))


def answers(
    asked: Sequence[Asked], values: Values, grid: Grid, response_ids: Ids, platform: str
) -> tuple[pd.DataFrame, Gathered]:
    """The table `answers`, sorted by key, and what was gathered on the way (notes, options seen).

    `values(column)` gives the cells of the responses in order.
    """
    gathered = Gathered()
    for place, question in enumerate(asked):
        if question.kind in ("open", "other_text", IN_LIST):
            continue
        if question.spread:
            _spread(gathered, place, question, values, grid, platform)
        elif question.kind == "multi":
            beside = any(other.kind == IN_LIST and other.places == question.places for other in asked)
            _in_one_cell(gathered, place, question, values, listed=beside)
        elif question.kind == "matrix_row" and question.columns[0].separator == " : ":
            _grid_cell(gathered, place, values(question.places[0]))
        else:
            _single(gathered, place, question, values(question.places[0]), grid, platform)
    return _frame(gathered, asked, response_ids), gathered


def _single(gathered: Gathered, place: int, question: Asked, cells: Sequence[str], grid: Grid, platform: str) -> None:
    column = question.places[0]
    state = "officer_note" if question.kind == "officer_note" else "answered"
    spelling = _usual_spelling(gathered, question, cells) if question.kind in ("closed", "matrix_row") else {}
    worded = {tidy(told): meant for told, meant in question.columns[0].values.items()}
    spelling |= {cell: worded[tidy(cell)] for cell in dict.fromkeys(cells) if worded and tidy(cell) in worded}
    known = {cell: _meaning(cell, column, grid, state, spelling, platform) for cell in dict.fromkeys(cells)}
    if state == "officer_note":
        for i, cell in enumerate(cells):
            if known[cell][0] is not None:
                gathered.add(i, place, *known[cell])
        return
    coded = {cell: (gathered.code(value), _CODE[kind]) for cell, (value, kind) in known.items()}
    pairs = np.array([coded[cell] for cell in cells], dtype=np.int64).reshape(-1, 2)
    gathered.whole.append((place, pairs[:, 0], pairs[:, 1]))
    seen = sorted({value for value, kind in known.values() if value is not None and kind == "answered"})
    if question.kind in ("closed", "matrix_row") and len(seen) <= 30:
        gathered.observed[question.question_id] = seen


def _meaning(
    cell: str, column: int, grid: Grid, state: str, spelling: dict[str, str], platform: str
) -> tuple[str | None, str]:
    """(value, state) of a closed cell."""
    variable = grid.variables[column] if grid.variables is not None else None
    if not filled(cell):
        # A statistics file keeps "not asked" (no value) and "asked, not answered" (a code of its own) apart.
        return None, "not_shown" if variable is not None and not variable.text else "blank"
    if is_error(cell):
        return cell.strip(), "error_cell"
    if variable is not None:
        label = variable.labels.get(cell, cell)
        if _missing(cell, variable.missing):
            return label, "user_missing"
        return label, state
    if platform == "LimeSurvey" and tidy(cell) == "n/a":
        return None, "not_shown"
    return spelling.get(cell, cell.strip()), state


def is_error(cell: str) -> bool:
    """Whether Excel put an error where an answer was.

    >>> is_error("#NAME?"), is_error("#1 priority")
    (True, False)
    """
    return cell.startswith("#") and bool(_ERROR.match(cell.strip()))


_ERROR = re.compile(r"#(?:NAME\?|REF!|VALUE!|DIV/0!|N/A|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|#{3,})$")


def _missing(cell: str, ranges: Sequence[tuple[str, str]]) -> bool:
    for low, high in ranges:
        if cell in (low, high):
            return True
        try:
            if float(low) <= float(cell) <= float(high):
                return True
        except ValueError:
            continue
    return False


def _usual_spelling(gathered: Gathered, question: Asked, cells: Sequence[str]) -> dict[str, str]:
    """Spellings that differ only in case, space or quotes, each with the most frequent one; listed where they
    differ.
    """
    counts = Counter(cells)
    groups: dict[str, list[str]] = {}
    for cell in counts:
        if filled(cell):
            groups.setdefault(tidy(cell), []).append(cell)
    usual: dict[str, str] = {}
    for group in groups.values():
        if len({cell.strip() for cell in group}) > 1 or any(cell != cell.strip() for cell in group):
            clean: Counter[str] = Counter()
            for cell in group:
                clean[" ".join(cell.split())] += counts[cell]
            best = min(clean, key=lambda spelling: (-clean[spelling], spelling))
            usual |= dict.fromkeys(group, best)
            others = sorted({cell.strip() for cell in group} - {best})
            if others:
                listed = ", ".join(f"“{other}”" for other in others[:5])
                gathered.notes.append(f"Column {letter(question.places[0])}: {listed} counted as “{best}”.")
    return usual


def _spread(gathered: Gathered, place: int, question: Asked, values: Values, grid: Grid, platform: str) -> None:
    """Options in columns: a row for each tick; "not ticked" and "not shown" where the file says so in words."""
    cells = [values(j) for j in question.places]
    number = len(cells[0]) if cells else 0
    blank_means_unticked = platform in ("LimeSurvey",)
    told_any = np.zeros(number, dtype=bool)
    for j, option, column in zip(question.places, question.options, cells, strict=True):
        label = tidy(option)
        meaning = {cell: _tick(cell, label, j, grid, blank_means_unticked) for cell in dict.fromkeys(column)}
        words = _option_words(option, meaning)
        for i, cell in enumerate(column):
            state = meaning[cell]
            if state is None:
                continue
            told_any[i] = True
            gathered.add(i, place, words, state)
    for i in np.nonzero(~told_any)[0].tolist():
        gathered.add(i, place, None, "blank")


def _option_words(option: str, meaning: dict[str, str | None]) -> str:
    """The option's name: its heading, or the cells' own words where the heading is only a code."""
    told = {cell.strip() for cell, state in meaning.items() if state == "ticked" and tidy(cell) not in TICKED}
    return told.pop() if len(told) == 1 else option


def _tick(cell: str, label: str, column: int, grid: Grid, blank_means_unticked: bool) -> str | None:
    told = tidy(cell)
    variable = grid.variables[column] if grid.variables is not None else None
    if variable is not None:
        if not told:
            return "not_shown"
        if variable.counted is not None:
            return "ticked" if cell == variable.counted else "not_ticked"
        return "not_ticked" if told == "0" or _missing(cell, variable.missing) else "ticked"
    if not told:
        return "not_ticked" if blank_means_unticked else None
    if told == label or told in TICKED:
        return "ticked"
    if told in NOT_SHOWN:
        return "not_shown"
    return "not_ticked" if told in UNTICKED else "ticked"


def _in_one_cell(gathered: Gathered, place: int, question: Asked, values: Values, *, listed: bool) -> None:
    """A row for each choice in a cell; where the options are `listed`, other words in the cell are comments instead."""
    column = question.columns[0]
    cells = values(question.places[0])
    separator = column.separator or ";"
    parts: dict[str, list[str]] = {}
    for i, cell in enumerate(cells):
        if cell not in parts:
            told = list(dict.fromkeys(split(cell, separator, column.options))) if filled(cell) else []
            parts[cell] = [part for part in told if not listed or is_option(part, column.options)]
        if not parts[cell]:
            gathered.add(i, place, None, "blank")
        for part in parts[cell]:
            gathered.add(i, place, part, "ticked")


def is_option(part: str, options: Sequence[str]) -> bool:
    """Whether a part of a list is one of its options, whatever its case and quotes."""
    return part in options or tidy(part) in {tidy(option) for option in options}


def _grid_cell(gathered: Gathered, place: int, cells: Sequence[str]) -> None:
    """A whole matrix in a cell: each "statement : label" is kept as one value."""
    for i, cell in enumerate(cells):
        pairs = _CELL_PAIR.findall(cell) if filled(cell) else []
        if not filled(cell):
            gathered.add(i, place, None, "blank")
        elif not pairs:
            gathered.add(i, place, cell.strip(), "answered")
        for statement, label in dict.fromkeys(pairs):
            gathered.add(i, place, f"{statement.strip()}: {label.strip()}", "answered")


def _frame(gathered: Gathered, asked: Sequence[Asked], response_ids: Ids) -> pd.DataFrame:
    """The table, in the order of its key (a missing value first), built from codes."""
    rows = np.arange(len(response_ids), dtype=np.int64)
    response = np.concatenate([np.array(gathered.response, dtype=np.int64), *(rows for _ in gathered.whole)])
    question = np.concatenate(
        [np.array(gathered.question, dtype=np.int64), *(np.full(len(rows), place) for place, _, _ in gathered.whole)]
    )
    value = np.concatenate([np.array(gathered.value, dtype=np.int64), *(values for _, values, _ in gathered.whole)])
    state = np.concatenate([np.array(gathered.state, dtype=np.int64), *(states for _, _, states in gathered.whole)])
    words = list(gathered.words)
    ids = [q.question_id for q in asked]
    rank_of_question = np.argsort(np.argsort(np.array(ids))) if ids else np.empty(0, dtype=np.int64)
    order_of_words = np.argsort(np.array(words, dtype=object), kind="stable") if words else np.empty(0, dtype=np.int64)
    rank_of_word = np.empty(len(words) + 1, dtype=np.int64)
    rank_of_word[order_of_words] = np.arange(len(words))
    rank_of_word[-1] = -1  # a missing value
    rank_of_response = np.empty(len(response_ids), dtype=np.int64)
    rank_of_response[np.argsort(response_ids, kind="stable")] = np.arange(len(response_ids))
    order = (
        np.lexsort((rank_of_word[value], rank_of_question[question], rank_of_response[response]))
        if len(value)
        else value
    )
    return pd.DataFrame(
        {
            "response_id": id_column(response_ids[response[order]]),
            "question_id": recurring(ids or [None], question[order]),
            "value": recurring([*words, None], np.where(value[order] < 0, len(words), value[order])),
            "state": recurring(STATES, state[order]),
        }
    )
