"""Questions with choices: spread over columns, or several in one cell; matrices and rankings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, Final

from consultation.reading.grids.grid import filled
from consultation.reading.layout import columns
from consultation.reading.layout.columns import Facts
from consultation.reading.layout.dates import serial
from consultation.text import tidy

TICKED: Final = frozenset(("y", "yes", "1", "true", "x", "✓", "ticked", "selected", "checked", "oui", "ydw", "ie"))
UNTICKED: Final = frozenset(
    ("n", "no", "0", "false", "not selected", "unticked", "unchecked", "not ticked", "nac ydw", "na")
)
_YES: Final = re.compile(
    r"(?:yes|y|true|1|agree|i (?:agree|consent|am happy)|happy|consent|ok(?:ay)?|ydw|ie|iawn)\b", re.I
)
_NO: Final = re.compile(r"(?:no|n|false|0|disagree|i (?:do not|don't|disagree)|not|please do not|nac|na)\b", re.I)
NOT_SHOWN: Final = frozenset(("n/a", "na", "not shown", "not asked"))
_PAIR = re.compile(r"[^:,]+ ?: ?[^:,]+(?:, [^:,]+ ?: ?[^:,]+)*")
_WHICH = re.compile(r"\b(?:which|what|how) (?:do|did|of|would|are|have|services?|ways?)\b", re.I)


@dataclass(frozen=True, kw_only=True)
class Several:
    """Choices in one cell: what stands between them, and the options, most frequent first."""

    separator: str
    options: tuple[str, ...]


def yes_or_no(cell: str, label: str = "") -> bool | None:
    """What an answer to a question of permission or of a wish says; a tick, or the option's own `label`, is a yes.

    >>> yes_or_no("Yes, with my name"), yes_or_no("No thank you"), yes_or_no("It depends")
    (True, False, None)
    """
    told = tidy(cell)
    if _NO.match(told) or told in UNTICKED:
        return False
    return True if _YES.match(told) or told in TICKED or (told and told == tidy(label)) else None


def land_group(group: Sequence[Any], body: Sequence[Sequence[str]]) -> None:
    """Give each column of a question its role: ticked options, ranks, rows of a matrix, or free text."""
    plain = [
        look
        for look in group
        if not columns.names_other(look.title.option or "") or _only(look.values, look.title.option)
    ]
    texts = [look for look in group if look not in plain]
    for look in texts:
        look.land("other_text", option=look.title.option)
    if not plain:
        return
    if _ticked(plain):
        kind = "single" if len(plain) > 1 and _once(plain, body) else None
        for look in plain:
            look.land("multi", option=look.title.option, kind=kind)
        return
    if _ranked(plain, body):
        for look in plain:
            look.land("ranking", option=look.title.option)
        return
    for look in plain:
        words = f"{look.title.stem} {look.title.option or ''}"
        opened = columns.kind_of(words, look.about) == "comment"
        look.land("comment" if opened else "matrix", option=look.title.option)


def ticks(group: Sequence[Any]) -> bool:
    """Whether the columns of a group hold ticks: each its own label, or yes and no throughout."""
    return len(group) > 1 and _ticked([look for look in group if not columns.names_other(look.title.option or "")])


def is_own_label(values: Sequence[str], heading: str) -> bool:
    """Whether every answer in the column is its heading."""
    label, seen = tidy(heading), set[str]()
    for value in values:
        if value not in seen and filled(value):
            if tidy(value) != label:
                return False
            seen.add(value)
    return bool(seen)


def are_serials(values: Sequence[str]) -> bool:
    """Whether the column holds Excel's day numbers."""
    told = [value for value in values if filled(value)][:200]
    return bool(told) and sum(serial(value) is not None for value in told) >= 0.9 * len(told)


def is_grid(values: Sequence[str]) -> bool:
    """Whether cells hold a whole matrix: "Parking : Good, Safety : Poor"."""
    told = [value.strip() for value in values[:3000] if filled(value)][:300]
    return bool(told) and all(" : " in value and len(value) < 400 and _PAIR.fullmatch(value) for value in told)


def several(values: Sequence[str], heading: str, about: Facts, separators: Sequence[str]) -> Several | None:
    """How choices share the cells of a column; None where each cell holds one answer.

    >>> several(["Bus;Car, as driver;", "Bus;"], "Which do you use?", columns.facts(["Bus;", "a"]), (";",)).options
    ('Bus', 'Car, as driver')
    """
    sample = [value.strip() for value in values[:: len(values) // 4000 + 1] if filled(value)][:1500]
    for separator in separators:
        mark = separator.strip() or separator
        if not any(mark in value for value in sample):
            continue
        parts = [_parts(value, separator) for value in sample]
        trailing = (
            separator == ";" and bool(sample) and sum(value.endswith(";") for value in sample) >= 0.9 * len(sample)
        )
        if not trailing and not any(len(cell) > 1 for cell in parts):
            continue
        options = _vocabulary(parts, separator)
        if trailing or _is_list(parts, options, separator, heading, about):
            return Several(separator=separator, options=options)
    return None


def split(value: str, separator: str, options: Sequence[str]) -> list[str]:
    """The choices in a cell. Options that hold the separator are matched whole, longest first; the rest is split.

    >>> split("Bus, Car, as driver, e-scooter", ", ", ["Bus", "Car, as driver"])
    ['Bus', 'Car, as driver', 'e-scooter']
    """
    mark = separator.strip() or separator
    inner = sorted((option for option in options if mark in option), key=lambda option: (-len(option), option))
    rest, found = value.strip(), list[str]()
    if not inner:
        return _parts(rest, separator)
    cut = _cut(separator)
    while rest:
        whole = next((o for o in inner if rest.startswith(o) and _ends(rest[len(o) :], mark)), None)
        if whole is None:
            between = cut.search(rest)
            whole = rest[: between.start()] if between else rest
        if whole.strip():
            found.append(whole.strip())
        rest = rest[len(whole) :].lstrip()
        rest = rest[len(mark) :].lstrip() if rest.startswith(mark) else rest
    return found


@cache
def _cut(separator: str) -> re.Pattern[str]:
    """Where a cell is cut. A platform that joins with a bare comma leaves ", " to its options."""
    return re.compile(
        {", ": r",\s+", ",": r"(?<!\d),(?!\s)|,(?!\s|\d)", " ": r"\s+"}.get(
            separator, rf"\s*{re.escape(separator.strip())}\s*"
        )
    )


def _parts(value: str, separator: str) -> list[str]:
    return [part.strip() for part in _cut(separator).split(value) if part.strip()]


def _ends(rest: str, mark: str) -> bool:
    told = rest.lstrip()
    return not told or told.startswith(mark)


def _is_list(
    cells: Sequence[Sequence[str]], options: Sequence[str], separator: str, heading: str, about: Facts
) -> bool:
    """Whether cells hold choices rather than one answer with commas in it: few pieces that recur, in several at
    once.
    """
    if separator == " ":
        return False
    pieces = Counter(part for cell in cells for part in cell)
    asked = columns.chooses_several(heading)
    if len(cells) < 15:
        short = all(len(part.split()) <= 6 for part in pieces) and about.words <= 14
        return short and (asked or (bool(_WHICH.search(heading)) and columns.kind_of(heading, about) != "comment"))
    if not asked and about.distinct <= len(pieces):
        return False  # as many whole answers as pieces: commas inside single choices
    total = sum(pieces.values())
    frequent = sum(number for _, number in pieces.most_common(40))
    wordy = sum(len(part.split()) * number for part, number in pieces.most_common(40)) / frequent
    joined = [split(separator.join(cell), separator, options) for cell in cells]
    more = sum(len(cell) > 1 for cell in joined) / len(cells)
    if asked:
        return more >= 0.05 and frequent >= 0.6 * total
    return more >= 0.15 and frequent >= 0.8 * total and total >= 3 * len(pieces) and wordy <= 9


def _vocabulary(cells: Sequence[Sequence[str]], separator: str) -> tuple[str, ...]:
    """The options, as far as they show: pieces that never part are one option that holds the separator."""
    glue = separator if separator != ";" else "; "
    alone = Counter(part for cell in cells for part in set(cell))
    follow = Counter((a, b) for cell in cells for a, b in pairwise(cell))
    joined: dict[str, str] = {}
    for (a, b), number in follow.items():
        continues = b[:1].islower() or b[:1].isdigit()
        if number != alone[b] or number < (1 if continues else 3):
            continue
        if number == alone[a] or (continues and number >= 0.5 * alone[a]):
            joined[a] = b
    told: Counter[str] = Counter()
    for cell in cells:
        place = 0
        while place < len(cell):
            part = cell[place]
            while place + 1 < len(cell) and joined.get(cell[place]) == cell[place + 1]:
                place += 1
                part = f"{part}{glue}{cell[place]}"
            told[part] += 1
            place += 1
    least = 1 if len(cells) < 15 else max(2, len(cells) // 200)
    return tuple(
        part for part, number in sorted(told.items(), key=lambda item: (-item[1], item[0])) if number >= least
    )[:60]


def _only(values: Sequence[str], option: str | None) -> bool:
    """Whether the cells of an option's column are marks, not words."""
    told = {tidy(value) for value in set(values) if filled(value)}
    return bool(told) and told <= TICKED | UNTICKED | NOT_SHOWN | {tidy(option or "")}


def _ticked(group: Sequence[Any]) -> bool:
    if not group:
        return False
    shown = [look for look in group if look.about.filled]
    if not shown:
        return False
    for look in shown:
        told = {tidy(value) for value in look.about.common}
        others = told - UNTICKED - NOT_SHOWN
        if others - {tidy(look.title.option or "")} - TICKED and len(others) != 1:
            return False
        if (
            len(others) == 1
            and not (others & (TICKED | {tidy(look.title.option or "")}))
            and not told & {"not selected"}
        ):
            return False
    return any(look.about.distinct <= 3 for look in shown)


def _once(group: Sequence[Any], body: Sequence[Sequence[str]]) -> bool:
    """Whether no row ticks two of the columns, over enough rows to say so."""
    places = [look.column for look in group]
    rows = 0
    for row in body:
        number = sum(len(row) > j and filled(row[j]) and tidy(row[j]) not in UNTICKED | NOT_SHOWN for j in places)
        if number > 1:
            return False
        rows += number
    return rows >= 10


def _ranked(group: Sequence[Any], body: Sequence[Sequence[str]]) -> bool:
    size = len(group)
    if size < 3 or not all(set(look.about.common) <= {str(i) for i in range(1, size + 1)} for look in group):
        return False
    places = [look.column for look in group]
    for row in body[:500]:
        ranks = [row[j].strip() for j in places if len(row) > j and filled(row[j])]
        if len(set(ranks)) < len(ranks):
            return False
    return any(look.about.filled for look in group)
