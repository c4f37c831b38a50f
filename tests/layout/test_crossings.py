"""Orders with few crossings."""

from __future__ import annotations

from itertools import pairwise, permutations, product

from hypothesis import given
from hypothesis import strategies as st

from nb_assets.layout.crossings import count_crossings, order_layers


def neighbours(count: int, arcs: list[tuple[int, int]]) -> tuple[list[list[int]], list[list[int]]]:
    before: list[list[int]] = [[] for _ in range(count)]
    after: list[list[int]] = [[] for _ in range(count)]
    for source, target in arcs:
        after[source].append(target)
        before[target].append(source)
    return before, after


def crossings(layers: list[list[int]], after: list[list[int]]) -> int:
    place = [0] * len(after)
    for layer in layers:
        for slot, vertex in enumerate(layer):
            place[vertex] = slot
    return sum(count_crossings(layers, after, place))


def crossings_pair_by_pair(layers: list[list[int]], after: list[list[int]]) -> int:
    total = 0
    for layer, following in pairwise(layers):
        arcs = [
            (layer.index(source), following.index(target)) for source in layer for target in after[source]
        ]
        total += sum(
            1 for first, second in product(arcs, arcs) if first[0] < second[0] and first[1] > second[1]
        )
    return total


bipartite = st.lists(st.tuples(st.integers(0, 4), st.integers(5, 9)), max_size=14, unique=True)


@given(bipartite)
def test_crossings_are_counted_as_pair_by_pair(arcs):
    before, after = neighbours(10, arcs)
    layers = [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]
    assert crossings(layers, after) == crossings_pair_by_pair(layers, after)
    ordered = order_layers(layers, before, after)
    assert [sorted(layer) for layer in ordered] == layers
    assert crossings(ordered, after) <= crossings_pair_by_pair(layers, after)


@given(bipartite)
def test_the_order_is_near_the_best_there_is(arcs):
    before, after = neighbours(10, arcs)
    layers = [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]
    ordered = order_layers(layers, before, after, fixed=frozenset({0}))
    assert ordered[0] == layers[0]
    best = min(crossings([layers[0], list(order)], after) for order in permutations(layers[1]))
    assert crossings(ordered, after) <= best + 2


def test_a_tree_crosses_nowhere():
    arcs = [(0, 1), (0, 2), (1, 6), (2, 3), (1, 4), (2, 5)]
    before, after = neighbours(7, arcs)
    assert crossings(order_layers([[0], [2, 1], [3, 6, 5, 4]], before, after), after) == 0


def test_input_order_stays_where_nothing_crosses():
    before, after = neighbours(6, [(0, 3), (1, 4), (2, 5)])
    assert order_layers([[0, 1, 2], [3, 4, 5]], before, after) == [[0, 1, 2], [3, 4, 5]]
