"""A graph that grows by a cell: what was on screen stays where it was."""

from __future__ import annotations

import random
from collections import Counter
from statistics import mean, median

import pytest

from nb_assets.layout import Edge, Layout, Node, layout
from tests.layout.test_grouped import assert_sound, edges, node


def lineage(seed: int, count: int, groups: int) -> tuple[list[Node], list[Edge]]:
    """Return a graph as notebooks have them: assets read from others nearby, and groups follow each other."""
    chance = random.Random(seed)
    names = [
        f"g{i}" if i < 2 or chance.random() < 0.7 else f"g{chance.randrange(i)}/in" for i in range(groups)
    ]
    nodes, links = [], []
    for i in range(count):
        spot = int(i / count * groups + chance.gauss(0, 0.6))
        group = names[max(0, min(spot, groups - 1))] if names else None
        nodes.append(Node(id=f"n{i}", width=188, height=46, group=group))
        for _ in range(chance.choice((0, 1, 1, 1, 2, 2, 3)) if i else 0):
            source = max(0, i - 1 - int(chance.expovariate(1 / 8)))
            links.append(Edge(source=f"n{source}", target=f"n{i}"))
    return nodes, links


def without(nodes: list[Node], number: int) -> list[Node]:
    return [entry for entry in nodes if entry.id != f"n{number}"]


def share_moved(before: Layout, after: Layout) -> float:
    """Return the share of nodes that do not keep their place, on a screen that follows the others."""
    both = before.nodes.keys() & after.nodes.keys()
    shifts = Counter(
        (
            round(after.nodes[name].x - before.nodes[name].x),
            round(after.nodes[name].y - before.nodes[name].y),
        )
        for name in both
    )
    return 1 - max(shifts.values()) / len(both)


@pytest.mark.parametrize(("count", "groups"), [(12, 0), (12, 3), (40, 6), (120, 10)])
def test_most_assets_keep_their_place_when_one_comes_or_goes(count, groups):
    moved = []
    for seed in range(24):
        nodes, links = lineage(seed, count, groups)
        number = random.Random(seed).randrange(count)
        fewer = without(nodes, number)
        for first, second in ((fewer, nodes), (nodes, fewer)):
            before = layout(first, links)
            after = layout(second, links, before=before)
            assert_sound(second, after)
            assert {path.source for path in after.edges} <= after.nodes.keys()
            moved.append(share_moved(before, after))
    assert median(moved) <= 0.12
    assert mean(moved) <= 0.2


def test_an_asset_at_the_end_moves_next_to_nothing_that_was_there():
    moved = []
    for seed in range(20):
        nodes, links = lineage(seed, 30, 0)
        before = layout(nodes[:-1], links)
        moved.append(share_moved(before, layout(nodes, links, before=before)))
    assert mean(moved) <= 0.1


def test_the_same_graph_keeps_every_place():
    for seed in range(10):
        nodes, links = lineage(seed, 50, 6)
        before = layout(nodes, links)
        assert layout(nodes, [*links, *links], before=before) is before
        other = layout(nodes, links[::-1], before=before)
        assert other.nodes == before.nodes


def test_a_group_that_was_folded_and_unfolded_ends_as_it_began():
    nodes, links = lineage(3, 60, 6)
    before = layout(nodes, links)
    folded = layout(nodes, links, collapsed={"g1"}, before=before)
    assert layout(nodes, links, before=folded) == before


def test_what_has_no_edges_keeps_its_place_and_gaps_are_filled():
    nodes = [node(f"n{i}") for i in range(30)]
    before = layout(nodes, [])
    fewer = layout(without(nodes, 7), [], before=before)
    assert share_moved(before, fewer) == 0
    again = layout([*without(nodes, 7), node("new")], [], before=fewer)
    assert again.nodes["new"] == before.nodes["n7"]


def test_a_picture_that_grew_for_long_is_as_good_as_a_fresh_one():
    nodes, links = lineage(5, 90, 8)
    shown = None
    for count in range(10, 91):
        shown = layout(nodes[:count], links, before=shown)
    fresh = layout(nodes, links)
    assert_sound(nodes, shown)
    assert shown.width * shown.height < 2 * fresh.width * fresh.height


def test_a_new_edge_leaves_the_order_of_the_boxes_alone():
    nodes = [node(f"{group}{i}", group) for group in "abc" for i in range(3)]
    before = layout(nodes, edges("a0>b0", "a1>c1", "b2>c2"))
    after = layout(nodes, edges("a0>b0", "a1>c1", "b2>c2", "a2>c0"), before=before)
    for first, second in (("a0", "a1"), ("b0", "b2"), ("c1", "c2")):
        assert (before.nodes[first].y < before.nodes[second].y) == (
            after.nodes[first].y < after.nodes[second].y
        )


def test_a_first_group_around_some_assets_is_laid_out_without_complaint():
    nodes, links = lineage(1, 20, 0)
    before = layout(nodes, links)
    boxed = [Node(id=one.id, width=188, height=46, group="default") for one in nodes] + [node("new", "b")]
    after = layout(boxed, links, before=before)
    assert_sound(boxed, after)
