"""Coordinates: order and distances hold, and lines are straight where they can be."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from nb_assets.layout.coordinates import assign_across, weighted_median


def links(count: int, arcs: list[tuple[int, int]]):
    before: list[list[tuple[int, float, float]]] = [[] for _ in range(count)]
    after: list[list[tuple[int, float, float]]] = [[] for _ in range(count)]
    for source, target in arcs:
        before[target].append((source, 0.0, 1.0))
        after[source].append((target, 0.0, 1.0))
    return before, after


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(5, 9)), max_size=20))
def test_order_and_distances_hold(arcs):
    layers = [[0, 1, 2, 3, 4], [9, 7, 5, 6, 8]]
    across = assign_across(layers, *links(10, arcs), [[60, 60, 60, 60, 40]] * 2)
    for layer in layers:
        for upper, lower in itertools.pairwise(layer):
            assert across[lower] - across[upper] >= 60


def test_a_parent_stands_in_the_middle_of_two_children():
    across = assign_across([[0], [1, 2]], *links(3, [(0, 1), (0, 2)]), [[40], [60, 40]])
    assert across[0] == (across[1] + across[2]) / 2


def test_one_line_of_a_fork_stays_straight():
    across = assign_across([[0], [1], [2, 3]], *links(4, [(0, 1), (1, 2), (1, 3)]), [[40], [40], [60, 40]])
    assert across[0] == across[1]


def test_the_weighted_median_is_the_mean_of_the_two_middle_ones_when_they_balance():
    assert weighted_median([(1, 1), (5, 1)]) == 3
    assert weighted_median([(1, 1), (5, 3)]) == 5
    assert weighted_median([(9, 1), (1, 1), (5, 1)]) == 5
    assert weighted_median([(1, 1), (2, 1), (4, 1), (9, 1)]) == 3
