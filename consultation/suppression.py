"""Small counts withheld from a table, and enough others that no arithmetic gives them back.

Counts from 1 to `below` - 1 are withheld (primary). Where totals are printed, a reader can subtract; so further
cells are withheld (secondary) until every withheld figure could be any of at least `below` values. The reader is
taken to know the rule: that figures are whole, and that a nought is never withheld, so that a withheld figure is at
least 1.

Method: cell suppression in a two-way table with additive totals (Willenborg and de Waal, Elements of Statistical
Disclosure Control, 2001, chapter 4). A two-way table is a network: its rows and columns are nodes, its withheld
cells arcs, and the range of values a cell can take is found by flow, which keeps whole numbers whole.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from consultation.settings import Suppression

_FREE: Final = 10**9  # room for a value to grow: the reader knows no upper bound
Node = tuple[str, int]
Place = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Protected:
    """A table as it may be printed: None is withheld."""

    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None


def protect(
    counts: Sequence[Sequence[int]],
    rule: Suppression,
    *,
    rows_add: bool = True,
    columns_add: bool = True,
    hide: Collection[int] = (),
) -> Protected:
    """The table with small counts and their accomplices withheld, then rounded to `rule.round_to`.

    `rows_add`: the cells of a row make up a total that readers know; `columns_add` likewise. Where neither adds up
    (a person may be in several columns, and totals are of people), only small counts are withheld. `hide` are rows of
    which no cell is printed.

    >>> protect([[3, 20], [30, 40]], Suppression(below=5)).cells
    ((None, None), (None, None))
    >>> protect([[3, 20], [30, 40]], Suppression(below=5), rows_add=False, columns_add=False).cells
    ((None, 20), (30, 40))
    """
    if rows_add and not columns_add:  # then no row tells anything about another
        lines = [_protected([row], rule, rows_add=True, columns_add=False) for row in (*counts, _sums(counts))]
        *rows, last = lines or [_protected([], rule, rows_add=True, columns_add=False)]
        return Protected(
            cells=tuple(row.cells[0] for row in rows),
            row_totals=tuple(row.row_totals[0] for row in rows),
            column_totals=last.cells[0],
            total=last.row_totals[0],
        )
    return _protected(counts, rule, rows_add=rows_add, columns_add=columns_add, hide=hide)


def _sums(counts: Sequence[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*counts, strict=True)]


def _protected(
    counts: Sequence[Sequence[int]],
    rule: Suppression,
    *,
    rows_add: bool,
    columns_add: bool,
    hide: Collection[int] = (),
) -> Protected:
    table = _Table(counts, rows_add=rows_add, columns_add=columns_add)
    small = {place for place in table.places if 0 < table.values[place] < rule.below}
    hidden = small | {place for place in table.places if place[0] in hide and place[1] < table.width}
    queue = deque(sorted(small))
    while queue:
        place = queue.popleft()
        while not table.safe(place, hidden, rule.below - 1):  # withholding more never makes another less safe
            added = table.accomplices(place, hidden, rule.below - 1) - hidden
            if not added:
                break
            hidden |= added
            queue.extend(sorted(added))
    rows, columns = range(len(counts)), range(table.width)
    shown = {place: None if place in hidden else rounded(value, rule.round_to) for place, value in table.values.items()}
    return Protected(
        cells=tuple(tuple(shown[r, c] for c in columns) for r in rows),
        row_totals=tuple(shown[r, table.width] for r in rows),
        column_totals=tuple(shown[table.height, c] for c in columns),
        total=shown[table.height, table.width],
    )


def rounded(value: int, to: int) -> int:
    """The nearest multiple, halves up.

    >>> rounded(12, 5), rounded(13, 5), rounded(7, 1)
    (10, 15, 7)
    """
    return value if to <= 1 else (value + to // 2) // to * to


class _Table:
    """A two-way table with its totals as a further row and column, and the network of its withheld cells."""

    def __init__(self, counts: Sequence[Sequence[int]], *, rows_add: bool, columns_add: bool) -> None:
        self.height, self.width = len(counts), len(counts[0]) if counts else 0
        self.rows_add, self.columns_add = rows_add, columns_add
        self.values: dict[Place, int] = {(r, c): count for r, row in enumerate(counts) for c, count in enumerate(row)}
        for r in range(self.height):
            self.values[r, self.width] = sum(counts[r])
        for c in range(self.width + 1):
            self.values[self.height, c] = sum(self.values[r, c] for r in range(self.height))
        self.places = sorted(self.values)

    def safe(self, place: Place, hidden: set[Place], room: int) -> bool:
        """Whether a reader who knows the rule must leave the figure at least `room` values to move by."""
        start, end = self._ends(place)
        up = self._flow(start, end, place, hidden, room)
        return up >= room or up + self._flow(end, start, place, hidden, room - up, own=self._fall(place)) >= room

    def accomplices(self, weak: Place, hidden: set[Place], room: int) -> set[Place]:
        """The cheapest cells to withhold so that `weak` is safe: those that make a cycle with it, cells before
        totals; where no single cycle will do, the smallest cell of its row or column that is left."""
        row, column = weak
        best: tuple[tuple[int, int], set[Place]] | None = None
        for r, c in self._partners(weak):
            corners = {(row, c), (r, column), (r, c)} - {weak}
            added = corners - hidden
            if not added or any(self.values[corner] == 0 for corner in corners):
                continue
            cost = (sum(self._is_total(corner) for corner in added), sum(self.values[corner] for corner in added))
            if (best is None or cost < best[0]) and self.safe(weak, hidden | added, room):
                best = (cost, added)
        return best[1] if best else self._nearest(weak, hidden)

    def _partners(self, weak: Place) -> Iterator[Place]:
        """Opposite corners of the rectangles through `weak`; flat ones where only rows or columns add up."""
        rows = [r for r in range(self.height + 1) if r != weak[0]] if self.columns_add else [weak[0]]
        columns = [c for c in range(self.width + 1) if c != weak[1]] if self.rows_add else [weak[1]]
        return product(rows, columns)

    def _nearest(self, weak: Place, hidden: set[Place]) -> set[Place]:
        """The smallest figures still shown: in the row or column of `weak` first, then anywhere."""
        left = [place for place in self.places if place not in hidden and self.values[place]]
        line = [place for place in left if place[0] == weak[0] or place[1] == weak[1]]
        if not (line or left):
            return set(self.places)
        return {min(line or left, key=lambda place: (self._is_total(place), self.values[place], place))}

    def _is_total(self, place: Place) -> bool:
        return place[0] == self.height or place[1] == self.width

    def _sign(self, place: Place) -> int:
        """Totals stand on the other side of their equation; the grand total, being both, on this one."""
        return -1 if (place[0] == self.height) != (place[1] == self.width) else 1

    def _ends(self, place: Place) -> tuple[Node, Node]:
        """To raise the figure by one, one unit must flow back from the first node to the second."""
        row, column = self._nodes(place)
        return (column, row) if self._sign(place) > 0 else (row, column)

    def _nodes(self, place: Place) -> tuple[Node, Node]:
        """Rows that need not add up are one node, since what leaves one may enter another; columns likewise."""
        return ("row", place[0] if self.rows_add else 0), ("column", place[1] if self.columns_add else 0)

    def _fall(self, place: Place) -> int:
        return max(0, self.values[place] - 1)  # a nought is withheld only in a row that is not printed

    def _flow(self, start: Node, end: Node, but: Place, hidden: set[Place], most: int, own: int = _FREE) -> int:
        """How many units, up to `most`, go from `start` to `end` through the withheld cells other than `but`."""
        if not (self.rows_add or self.columns_add):
            return most
        room: dict[tuple[Node, Node], int] = defaultdict(int)
        for place in hidden - {but}:
            low, high = self._ends(place)  # raising this figure carries a unit from `high` to `low`
            room[high, low] += _FREE
            room[low, high] += self._fall(place)
        sent, most = 0, min(most, own)
        while sent < most and (path := _path(room, start, end)):
            step = min(most - sent, min(room[arc] for arc in path))
            for a, b in path:
                room[a, b] -= step
                room[b, a] += step
            sent += step
        return sent


def _path(room: dict[tuple[Node, Node], int], start: Node, end: Node) -> list[tuple[Node, Node]]:
    """A shortest way with room on every arc; an empty one where there is none."""
    onward: dict[Node, list[Node]] = defaultdict(list)
    for (a, b), left in room.items():
        if left > 0:
            onward[a].append(b)
    came: dict[Node, Node] = {start: start}
    queue = deque([start])
    while queue and end not in came:
        here = queue.popleft()
        for there in sorted(onward[here]):
            if there not in came:
                came[there] = here
                queue.append(there)
    path = []
    while end in came and came[end] != end:
        path.append((came[end], end))
        end = came[end]
    return path
