"""Edges between two groups: side by side where they would be a tangle, each on its own way where they would not."""

from __future__ import annotations

from itertools import pairwise

from nb_assets.layout import Edge, Layout, Node, layout
from nb_assets.layout.bands import is_band
from tests.layout.test_grouped import node


def two_groups(pairs: list[tuple[int, int]]) -> tuple[list[Node], list[Edge]]:
    nodes = [node(f"{group}{i}", group) for group in "ab" for i in range(8)]
    return nodes, [Edge(source=f"a{source}", target=f"b{target}") for source, target in pairs]


def heights_between(placed: Layout) -> list[float]:
    """Return the heights at which edges cross the middle between the two groups."""
    middle = (placed.groups["a"].right + placed.groups["b"].x) / 2
    found = []
    for path in placed.edges:
        for (x, y), (next_x, next_y) in pairwise(path.points[::3]):
            if x <= middle <= next_x:
                found.append((y + next_y) / 2 if y != next_y else y)
    return sorted(found)


def test_a_tangle_runs_as_one_band_of_lines_that_can_be_told_apart():
    nodes, links = two_groups([(i, j) for i in range(8) for j in range(8) if (i * 3 + j) % 4 < 2])
    heights = heights_between(layout(nodes, links))
    assert len(heights) == len(links)
    assert heights[-1] - heights[0] <= 25
    assert all(upper < lower for upper, lower in pairwise(heights))


def test_parallel_edges_stay_straight():
    nodes, links = two_groups([(i, i) for i in range(8)])
    placed = layout(nodes, links)
    assert all(len({y for _, y in path.points}) == 1 for path in placed.edges)


def test_a_few_edges_or_a_fan_are_no_band():
    assert not is_band([(0, 9), (5, 0)])
    assert not is_band([(0, end) for end in range(20)])
    assert is_band([(start, 20 - start) for start in range(10)])
