"""What is withheld from a table of counts stays withheld, whatever a reader computes."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_diag

from consultation.breakdown import of_parts, within
from consultation.settings import Suppression
from consultation.suppression import Protected, protect, rounded

FIVE = Suppression(below=5)
MOST = 10_000  # the attacker's own ceiling


def test_a_table_without_small_counts_is_left_alone() -> None:
    shown = protect([[10, 0], [7, 5]], FIVE)
    assert shown.cells == ((10, 0), (7, 5))
    assert (shown.row_totals, shown.column_totals, shown.total) == ((10, 12), (17, 5), 22)


def test_a_nought_is_shown_and_a_small_count_is_not() -> None:
    assert protect([[0, 3, 50]], FIVE, rows_add=False, columns_add=False).cells == ((0, None, 50),)


def test_a_lone_small_count_takes_accomplices_with_it_in_its_row_and_column() -> None:
    cells = protect([[2, 30, 40], [25, 35, 45], [50, 60, 70]], FIVE).cells
    assert sum(cell is None for row in cells for cell in row) == 4
    assert cells[2] == (50, 60, 70)


def test_two_ones_whose_total_is_two_give_each_other_away_so_more_is_withheld() -> None:
    shown = protect([[1, 1, 20], [30, 30, 30]], FIVE)
    assert None in (shown.cells[0][2], shown.row_totals[0])


def test_where_only_rows_add_up_one_neighbour_in_the_row_is_enough() -> None:
    cells = protect([[2, 30, 40], [25, 35, 45]], FIVE, columns_add=False).cells
    assert cells == ((None, None, 40), (25, 35, 45))


def test_counts_are_rounded_to_what_the_council_asks() -> None:
    assert protect([[12, 23]], Suppression(below=5, round_to=5)).cells == ((10, 25),)
    assert [rounded(value, 10) for value in (4, 5, 14, 15)] == [0, 10, 10, 20]


@dataclass
class Attack:
    """What a reader knows of some tables: rules over the figures that are withheld (the sum of each is from `least`
    to `most`), how small each may be, which are looked at, and what has been found out of each."""

    rules: np.ndarray
    least: np.ndarray
    most: np.ndarray
    floor: np.ndarray
    looked_at: list[int]

    def __post_init__(self) -> None:
        self.low, self.high = np.full(len(self.floor), MOST), np.zeros(len(self.floor), dtype=int)

    def narrow(self) -> int | None:
        """A figure of which only values near each other have been found so far."""
        return next((n for n in self.looked_at if self.high[n] - self.low[n] < FIVE.below - 1), None)


def _attack(shown: Protected, *, rows_add: bool, columns_add: bool) -> Attack | None:
    height, width = len(shown.cells), len(shown.cells[0])
    grid = [[*row, total] for row, total in zip(shown.cells, shown.row_totals, strict=True)]
    grid.append([*shown.column_totals, shown.total])
    unknown = [(r, c) for r in range(height + 1) for c in range(width + 1) if grid[r][c] is None]
    if not unknown:
        return None
    place = {at: n for n, at in enumerate(unknown)}
    lines = [[(r, c) for c in range(width + 1)] for r in range(height + 1)] if rows_add else []
    lines += [[(r, c) for r in range(height + 1)] for c in range(width + 1)] if columns_add else []
    equations, sums = np.zeros((len(lines), len(unknown))), np.zeros(len(lines))
    for n, line in enumerate(lines):
        for at, sign in [(at, 1) for at in line[:-1]] + [(line[-1], -1)]:
            if at in place:
                equations[n, place[at]] += sign
            else:
                sums[n] -= sign * grid[at[0]][at[1]]
    return Attack(equations, sums, sums, np.ones(len(unknown)), list(range(len(unknown))))


def _solve(attacks: list[Attack], aims: list[np.ndarray]) -> None:
    """One whole-number programme for many tables at once; each table's solution widens what is known to be possible."""
    joined = (block_diag([a.rules for a in attacks], format="csc"), *(np.concatenate(each) for each in
              ([a.least for a in attacks], [a.most for a in attacks])))  # fmt: skip
    floor = np.concatenate([a.floor for a in attacks])
    aim = np.concatenate(aims)
    rules = LinearConstraint(*joined)
    found = milp(aim, constraints=rules, integrality=np.ones(len(aim)), bounds=Bounds(floor, MOST))
    assert found.status == 0
    values = np.split(np.round(found.x).astype(int), np.cumsum([len(a) for a in aims])[:-1])
    for attack, told in zip(attacks, values, strict=True):
        attack.low, attack.high = np.minimum(attack.low, told), np.maximum(attack.high, told)


def _attacked(attacks: list[Attack]) -> None:
    """Aim at random a few times, then at the least and the most of each figure that is still narrow."""
    rng = np.random.default_rng(1)
    for _ in range(3):
        aims = [rng.normal(size=len(attack.low)) for attack in attacks]
        _solve(attacks, aims)
        _solve(attacks, [-aim for aim in aims])
    tried: set[tuple[int, int]] = set()
    while left := [(n, at) for n, a in enumerate(attacks) if (at := a.narrow()) is not None and (n, at) not in tried]:
        aims = [np.zeros(len(attack.low)) for attack in attacks]
        for n, at in left:
            aims[n][at] = 1
        _solve(attacks, aims)
        _solve(attacks, [-aim for aim in aims])
        tried |= set(left)


@pytest.mark.parametrize(("rows_add", "columns_add"), [(True, True), (True, False)])
def test_no_solver_recovers_a_withheld_figure_in_a_thousand_random_tables(rows_add: bool, columns_add: bool) -> None:
    rng = random.Random(7)
    attacks: list[Attack] = []
    for _ in range(1000):
        height, width, most = rng.randint(1, 5), rng.randint(2, 5), rng.choice((6, 12, 40, 200))
        counts = [
            [rng.choice((0, rng.randint(0, most), rng.randint(1, 6))) for _ in range(width)] for _ in range(height)
        ]
        shown = protect(counts, FIVE, rows_add=rows_add, columns_add=columns_add)
        assert all(not 0 < cell < 5 for row in shown.cells for cell in row if cell is not None)
        if sum(map(sum, counts)) and (attack := _attack(shown, rows_add=rows_add, columns_add=columns_add)):
            attacks.append(attack)
    for start in range(0, len(attacks), 100):
        _attacked(attacks[start : start + 100])
    assert sum(len(attack.low) for attack in attacks) > 4000
    assert [attack for attack in attacks if attack.narrow() is not None] == []


# --- tables of one publication, which share figures -------------------------------------------------------------------


def _linked(rng: random.Random) -> tuple[list[list[int]], list[int], list[int]]:
    """Responses by channel and type, those of them that raised a theme, and those of these that made a point."""
    wide, most = rng.randint(2, 5), rng.choice((6, 15, 60))
    parts = [[rng.choice((0, rng.randint(0, most), rng.randint(1, 6))) for _ in range(wide)]
             for _ in range(rng.randint(1, 3))]  # fmt: skip
    theme = [rng.randint(0, sum(column)) for column in zip(*parts, strict=True)]
    return parts, theme, [rng.choice((count, rng.randint(0, count))) for count in theme]


def _linked_attack(parts: list[list[int]], theme: list[int], point: list[int]) -> Attack | None:
    """All that a reader knows of linked tables: what each shows, its total, and how they lie within one another."""
    split, whole = of_parts(parts, FIVE)
    everything = [sum(column) for column in zip(*parts, strict=True)]
    shown_theme = within(theme, everything, whole, FIVE)
    shown_point = within(point, theme, shown_theme, FIVE)
    told = [*zip(split, parts, strict=True), (whole, everything), (shown_theme, theme), (shown_point, point)]
    outer = [*((None,) * len(parts)), None, whole, shown_theme]
    size, wide = len(told), len(everything)
    rules, least, most = [], [], []

    def rule(cells: dict[tuple[int, int], int], low: float, high: float) -> None:
        line = np.zeros((size, wide))
        for at, sign in cells.items():
            line[at] = sign
        rules.append(line.ravel())
        least.append(low)
        most.append(high)

    looked_at, floor = [], np.zeros((size, wide))
    for r, (shown, counts) in enumerate(told):
        rule({(r, c): 1 for c in range(wide)}, sum(counts), sum(counts))
        for c, value in enumerate(shown):
            if value is not None:
                rule({(r, c): 1}, value, value)
            elif any(each is not None for each in shown) and (outer[r] is None or outer[r][c] is not None):
                floor[r, c] = 1
                looked_at.append(r * wide + c)
    whole_row = len(parts)
    for c in range(wide):
        rule({**{(r, c): 1 for r in range(whole_row)}, (whole_row, c): -1}, 0, 0)
        for r in (whole_row, whole_row + 1):
            rule({(r, c): 1, (r + 1, c): -1}, 0, MOST)
    return Attack(np.array(rules), np.array(least), np.array(most), floor.ravel(), looked_at) if looked_at else None


def test_no_solver_recovers_a_withheld_figure_from_tables_that_share_figures() -> None:
    rng = random.Random(11)
    attacks = [attack for _ in range(250) if (attack := _linked_attack(*_linked(rng))) is not None]
    for start in range(0, len(attacks), 50):
        _attacked(attacks[start : start + 50])
    assert sum(len(attack.looked_at) for attack in attacks) > 600
    assert [attack for attack in attacks if attack.narrow() is not None] == []


def test_what_an_outer_table_withholds_is_withheld_within_it_and_a_ceiling_is_reckoned_with() -> None:
    assert within([9, 8, 7], [30, 20, 10], (30, None, None), FIVE) == (9, None, None)
    assert within([6, 4, 30], [6, 40, 90], (6, 40, 90), FIVE) == (None, None, 30)
    assert within([5, 4, 6, 30], [5, 40, 6, 90], (5, 40, 6, 90), FIVE)[1] is None


def test_what_few_sent_by_one_channel_cannot_be_had_by_taking_the_other_from_the_whole() -> None:
    split, whole = of_parts([[30, 12, 9], [1, 0, 1]], FIVE)
    assert whole == (31, 12, 10)
    assert split[0].count(None) >= 2
    assert split[1] == (None, None, None)
