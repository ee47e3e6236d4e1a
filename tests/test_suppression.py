"""What is withheld from a table of counts stays withheld, whatever a reader computes."""

from __future__ import annotations

import random

import numpy as np
import pytest
from scipy.optimize import LinearConstraint, milp

from consultation.settings import Suppression
from consultation.suppression import Protected, protect, rounded

FIVE = Suppression(below=5)


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


def _attacked(shown: Protected, *, rows_add: bool, columns_add: bool) -> dict[tuple[int, int], tuple[int, int]]:
    """Values that whole-number programming finds each withheld figure can have: a small and a large one, and where
    these are near each other, the least and the most."""
    height, width = len(shown.cells), len(shown.cells[0])
    grid = [[*row, total] for row, total in zip(shown.cells, shown.row_totals, strict=True)]
    grid.append([*shown.column_totals, shown.total])
    unknown = [(r, c) for r in range(height + 1) for c in range(width + 1) if grid[r][c] is None]
    place = {at: n for n, at in enumerate(unknown)}
    rows, bounds = [], []
    lines = [[(r, c) for c in range(width + 1)] for r in range(height + 1)] if rows_add else []
    lines += [[(r, c) for r in range(height + 1)] for c in range(width + 1)] if columns_add else []
    for line in lines:
        equation, known = np.zeros(len(unknown)), 0
        for at, sign in [(at, 1) for at in line[:-1]] + [(line[-1], -1)]:
            if at in place:
                equation[place[at]] += sign
            else:
                known += sign * grid[at[0]][at[1]]
        rows.append(equation)
        bounds.append(-known)
    if not unknown:
        return {}
    rules = LinearConstraint(np.array(rows), bounds, bounds)
    ceiling = 10_000

    def solve(aim: np.ndarray) -> np.ndarray:
        found = milp(aim, constraints=rules, integrality=np.ones(len(unknown)), bounds=(1, ceiling))
        assert found.status == 0
        return np.round(found.x).astype(int)

    low, high = np.full(len(unknown), ceiling), np.zeros(len(unknown), dtype=int)
    aims = [np.random.default_rng(n).normal(size=len(unknown)) for n in range(3)]
    for aim in (*aims, *(-aim for aim in aims)):
        found = solve(aim)
        low, high = np.minimum(low, found), np.maximum(high, found)
    for n in range(len(unknown)):  # only those that the random aims left narrow are attacked one by one
        if high[n] - low[n] < FIVE.below - 1:
            unit = np.eye(len(unknown))[n]
            low[n], high[n] = solve(unit)[n], solve(-unit)[n]
    return {at: (int(low[n]), int(high[n])) for at, n in place.items()}


@pytest.mark.parametrize(("rows_add", "columns_add"), [(True, True), (True, False)])
def test_no_solver_recovers_a_withheld_figure_in_a_thousand_random_tables(rows_add: bool, columns_add: bool) -> None:
    rng = random.Random(7)
    withheld = 0
    for _ in range(500):
        height, width, most = rng.randint(1, 5), rng.randint(2, 5), rng.choice((6, 12, 40, 200))
        counts = [
            [rng.choice((0, rng.randint(0, most), rng.randint(1, 6))) for _ in range(width)] for _ in range(height)
        ]
        shown = protect(counts, FIVE, rows_add=rows_add, columns_add=columns_add)
        if sum(map(sum, counts)) == 0:
            continue
        for (r, c), (low, high) in _attacked(shown, rows_add=rows_add, columns_add=columns_add).items():
            assert high - low >= FIVE.below - 1, (counts, r, c, low, high)
            withheld += 1
        assert all(not 0 < cell < 5 for row in shown.cells for cell in row if cell is not None)
    assert withheld > 1000
