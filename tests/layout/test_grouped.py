"""Properties that every layout has, whatever the graph."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from itertools import combinations
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nb_assets.layout import Box, Edge, EdgePath, Layout, Node, layered, layout

GROUPS = (None, "raw", "clean", "metrics", "team/a", "team/b", "team/a/deep", "lone/inner")


@st.composite
def graphs(draw: st.DrawFn, *, acyclic: bool = False) -> tuple[list[Node], list[Edge]]:
    count = draw(st.integers(0, 24))
    nodes = [
        Node(
            id=f"n{number}",
            width=draw(st.sampled_from((80, 160, 240))),
            height=draw(st.sampled_from((32, 48, 96))),
            group=draw(st.sampled_from(GROUPS)),
        )
        for number in range(count)
    ]
    ends = st.integers(0, max(0, count - 1))
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=50)) if count else []
    if acyclic:
        pairs = [(min(pair), max(pair)) for pair in pairs]
    return nodes, [Edge(source=f"n{source}", target=f"n{target}") for source, target in pairs]


def chain(count: int, *groups: str) -> tuple[list[Node], list[Edge]]:
    """Return a chain, its nodes dealt to the groups in turn."""
    nodes = [node(f"n{i}", groups[i % len(groups)] if groups else None) for i in range(count)]
    return nodes, [Edge(source=f"n{i}", target=f"n{i + 1}") for i in range(count - 1)]


def node(name: str, group: str | None = None) -> Node:
    return Node(id=name, width=200, height=48, group=group)


def edges(*pairs: str) -> list[Edge]:
    return [Edge(source=pair.split(">")[0], target=pair.split(">")[1]) for pair in pairs]


def inside(name: str | None, group: str) -> bool:
    return name is not None and (name == group or name.startswith(f"{group}/"))


def along(path: EdgePath, steps: int = 12) -> list[tuple[float, float]]:
    """Return points on the drawn curve."""
    found = []
    points = list(path.points)
    for start in range(0, len(points) - 1, 3):
        a, b, c, d = points[start : start + 4]
        for step in range(steps + 1):
            t = step / steps
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            found.append(
                tuple(
                    sum(weight * point[axis] for weight, point in zip(weights, (a, b, c, d), strict=True))
                    for axis in (0, 1)
                )
            )
    return found


def strictly_in(point: tuple[float, float], box: Box) -> bool:
    x, y = point
    return box.x + 1 < x < box.right - 1 and box.y + 1 < y < box.bottom - 1


def assert_sound(nodes: list[Node], placed: Layout) -> None:
    for first, second in combinations(placed.nodes, 2):
        assert not placed.nodes[first].overlaps(placed.nodes[second]), (first, second)
    for first, second in combinations(placed.groups, 2):
        if inside(second, first):
            assert placed.groups[first].contains(placed.groups[second])
        elif not inside(first, second):
            assert not placed.groups[first].overlaps(placed.groups[second]), (first, second)
    groups = {node.id: node.group for node in nodes}
    whole = Box(x=0, y=0, width=placed.width, height=placed.height)
    for name, box in placed.nodes.items():
        assert whole.contains(box)
        for group, around in placed.groups.items():
            if inside(groups[name], group):
                assert around.contains(box), (name, group)
            else:
                assert not around.overlaps(box), (name, group)
    assert all(whole.contains(box) for box in placed.groups.values())


@given(graphs(), st.sampled_from(("LR", "TB")))
def test_boxes_never_overlap_and_stay_in_their_groups(graph, direction):
    nodes, links = graph
    placed = layout(nodes, links, direction=direction)
    assert list(placed.nodes.keys() - {node.id for node in nodes}) == []
    assert len(placed.nodes) == len(nodes)
    assert_sound(nodes, placed)
    for name, box in placed.nodes.items():
        size = next((node.width, node.height) for node in nodes if node.id == name)
        assert (box.width, box.height) == size


@given(graphs(), st.sets(st.sampled_from([group for group in GROUPS if group])))
def test_folding_hides_what_is_inside_and_keeps_the_rest_sound(graph, collapsed):
    nodes, links = graph
    placed = layout(nodes, links, collapsed=collapsed)
    assert_sound(nodes, placed)
    hidden = {node.id for node in nodes if any(inside(node.group, group) for group in collapsed)}
    assert placed.nodes.keys() == {node.id for node in nodes} - hidden
    ends = {end for path in placed.edges for end in (path.source, path.target)}
    assert not ends & hidden
    assert all(end in placed.nodes or end.removeprefix("group:") in collapsed for end in ends)
    assert len({(path.source, path.target) for path in placed.edges}) == len(placed.edges)


@given(graphs(), st.sampled_from(("LR", "TB")), st.booleans())
def test_no_edge_runs_over_another_assets_box(graph, direction, fold):
    nodes, links = graph
    placed = layout(nodes, links, direction=direction, collapsed={"team/a"} if fold else ())
    for path in placed.edges:
        others = [box for name, box in placed.nodes.items() if name not in {path.source, path.target}]
        for point in along(path):
            assert not any(strictly_in(point, box) for box in others), (path.source, path.target)


@given(
    graphs(), st.sampled_from(("LR", "TB")), st.sets(st.sampled_from([group for group in GROUPS if group]))
)
def test_edges_run_through_no_group_that_they_do_not_concern(graph, direction, collapsed):
    nodes, links = graph
    placed = layout(nodes, links, direction=direction, collapsed=collapsed)
    groups = {node.id: node.group for node in nodes}
    for path in placed.edges:
        around = [groups.get(end, end.removeprefix("group:")) for end in (path.source, path.target)]
        foreign = [
            box for group, box in placed.groups.items() if not any(inside(one, group) for one in around)
        ]
        for point in along(path):
            assert not any(strictly_in(point, box) for box in foreign), (path.source, path.target)


@pytest.mark.parametrize("seed", range(12))
def test_edges_of_large_nested_lineages_run_over_no_box(seed):
    chance = random.Random(seed)
    names = ["a", "b", "b/x", "b/y", "c", "c/x/deep", "d", None]
    nodes = [node(f"n{i}", chance.choice(names)) for i in range(90)]
    links = edges(*(f"n{chance.randrange(90)}>n{chance.randrange(90)}" for _ in range(140)))
    shut = set(chance.sample(["b", "b/x", "c/x", "d"], chance.randrange(3)))
    placed = layout(nodes, links, collapsed=shut, direction=chance.choice(("LR", "TB")))
    assert_sound(nodes, placed)
    groups = {entry.id: entry.group for entry in nodes}
    for path in placed.edges:
        ends = (path.source, path.target)
        around = [groups.get(end, end.removeprefix("group:")) for end in ends]
        foreign = [box for name, box in placed.nodes.items() if name not in ends]
        foreign += [
            box for group, box in placed.groups.items() if not any(inside(one, group) for one in around)
        ]
        for point in along(path, 6):
            assert not any(strictly_in(point, box) for box in foreign), ends


@given(graphs(acyclic=True), st.sampled_from(("LR", "TB")))
def test_edges_within_one_group_run_forwards_when_there_is_no_cycle(graph, direction):
    nodes, links = graph
    nodes = [node(entry.id, "only") for entry in nodes]
    placed = layout(nodes, links, direction=direction)
    for path in placed.edges:
        source, target = placed.nodes[path.source], placed.nodes[path.target]
        if direction == "LR":
            assert source.right < target.x
            assert path.points[0] == (source.right, source.y + source.height / 2)
            assert path.points[-1] == (target.x, target.y + target.height / 2)
        else:
            assert source.bottom < target.y
            assert path.points[0] == (source.x + source.width / 2, source.bottom)
            assert path.points[-1] == (target.x + target.width / 2, target.y)


@given(graphs())
def test_every_path_is_a_chain_of_cubic_pieces_from_border_to_border(graph):
    nodes, links = graph
    placed = layout(nodes, links)
    wanted = {(link.source, link.target) for link in links if link.source != link.target}
    assert {(path.source, path.target) for path in placed.edges} == wanted
    for path in placed.edges:
        assert len(path.points) % 3 == 1
        assert len(path.points) >= 4
        for (x, y), (control_x, control_y) in (
            (path.points[0], path.points[1]),
            (path.points[-1], path.points[-2]),
        ):
            assert control_y == y, "an edge leaves and arrives level"
            assert control_x != x


@given(graphs())
@settings(max_examples=40)
def test_the_same_graph_gives_the_same_picture(graph):
    nodes, links = graph
    assert layout(nodes, links) == layout(list(nodes), [*links, *links])


@pytest.mark.parametrize("direction", ["LR", "TB"])
def test_folding_a_group_moves_nothing_within_the_others(direction):
    nodes, links = chain(40, "a", "b", "c", "d/e", "d/f")
    links += edges("n0>n20", "n5>n38", "n3>n31", "n12>n13")
    opened = layout(nodes, links, direction=direction)
    folded = layout(nodes, links, collapsed={"b"}, direction=direction)
    for entry in nodes:
        if entry.group != "b":
            before, after = opened.nodes[entry.id], folded.nodes[entry.id]
            box_before, box_after = opened.groups[entry.group], folded.groups[entry.group]
            assert (before.x - box_before.x, before.y - box_before.y) == (
                after.x - box_after.x,
                after.y - box_after.y,
            )


def test_folding_a_group_keeps_the_order_of_the_boxes():
    nodes = [node(f"{group}{i}", group) for group in "abcdef" for i in range(3)]
    links = edges("a0>b0", "a1>c0", "a2>d0", "b0>e0", "c1>e1", "d2>f1", "a0>f0")
    opened = layout(nodes, links)
    for shut in "abcdef":
        folded = layout(nodes, links, collapsed={shut})
        for first, second in combinations("abcdef", 2):
            for axis in ("x", "y"):
                here, there = getattr(opened.groups[first], axis), getattr(opened.groups[second], axis)
                if abs(here - there) > 150:
                    moved = getattr(folded.groups[first], axis), getattr(folded.groups[second], axis)
                    assert (here < there) == (moved[0] < moved[1]), (shut, first, second)


def test_the_picture_does_not_hang_on_the_hash_seed():
    program = (
        "from nb_assets.layout import layout, Node, Edge\n"
        "nodes = [Node(id=f'n{i}', width=200, height=48, group='g%d/h%d' % (i % 5, i % 2)) for i in range(120)]\n"
        "edges = [Edge(source=f'n{i}', target=f'n{(i * 7 + 3) % 120}') for i in range(120)]\n"
        "print(layout(nodes, edges))\n"
    )
    digests = set()
    for seed in ("0", "1", "77"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        output = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, check=True
        ).stdout
        digests.add(hashlib.sha256(output).hexdigest())
    assert len(digests) == 1


def test_nothing_gives_an_empty_picture():
    placed = layout([], [])
    assert (placed.nodes, placed.groups, list(placed.edges)) == ({}, {}, [])


def test_one_node_stands_alone():
    placed = layout([node("a")], edges("a>a"))
    assert list(placed.nodes) == ["a"]
    assert list(placed.edges) == []


def test_repeated_nodes_and_edges_count_once_and_edges_to_nowhere_not_at_all():
    placed = layout([node("a"), node("b"), node("a", "x")], edges("a>b", "a>b", "a>gone", "gone>b"))
    assert list(placed.nodes) == ["a", "b"]
    assert placed.groups == {}
    assert [(path.source, path.target) for path in placed.edges] == [("a", "b")]


def test_a_chain_is_one_straight_line():
    nodes, links = chain(6, "g")
    placed = layout(nodes, links)
    assert len({box.y for box in placed.nodes.values()}) == 1
    assert all(len({y for _, y in path.points}) == 1 for path in placed.edges)


def test_unconnected_nodes_fill_a_page_instead_of_a_column():
    for group in (None, "g"):
        placed = layout([node(f"n{i}", group) for i in range(60)], [])
        assert 0.8 < placed.width / placed.height < 2.5


def test_a_fan_fills_a_page_instead_of_a_column():
    nodes, links = [node(f"n{i}") for i in range(301)], edges(*(f"n0>n{i}" for i in range(1, 301)))
    placed = layout(nodes, links)
    assert_sound(nodes, placed)
    assert 0.8 < placed.width / placed.height < 2.5


def test_groups_that_read_from_each_other_are_drawn_all_the_same():
    nodes, links = chain(8, "a", "b")
    placed = layout(nodes, links)
    assert_sound(nodes, placed)
    assert placed.groups["a"].right < placed.groups["b"].x


def test_an_edge_to_a_folded_group_ends_at_its_box():
    nodes = [node("a"), node("b", "g"), node("c", "g/h"), node("d")]
    placed = layout(nodes, edges("a>b", "a>c", "b>c", "c>d"), collapsed={"g"})
    assert [(path.source, path.target) for path in placed.edges] == [("a", "group:g"), ("group:g", "d")]
    assert list(placed.groups) == ["g"]
    assert placed.edges[0].points[-1][0] == placed.groups["g"].x


@pytest.mark.parametrize(
    ("name", "graph"),
    [
        ("a chain of ten thousand", chain(10_000)),
        ("a chain through groups", chain(2_000, "a", "b", "c")),
        (
            "a fan of a thousand",
            ([node(f"n{i}") for i in range(1001)], edges(*(f"n0>n{i}" for i in range(1, 1001)))),
        ),
        ("a circle", (chain(500)[0], [*chain(500)[1], Edge(source="n499", target="n0")])),
        (
            "a long way from each",
            (chain(800)[0], [*chain(800)[1], *edges(*(f"n{i}>n799" for i in range(790)))]),
        ),
        ("groups three hundred deep", ([node("a", "/".join("x" * 300)), node("b")], edges("a>b"))),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_extremes_are_laid_out_without_complaint(name, graph):
    nodes, links = graph
    placed = layout(nodes, links)
    assert len(placed.nodes) == len(nodes)
    assert len(placed.edges) == len(links)


def test_edges_too_long_for_lanes_take_the_way_round(monkeypatch):
    monkeypatch.setattr(layered, "LANES_PER_BOX", 0)
    monkeypatch.setattr(layered, "LANES_ANYWAY", 2)
    nodes, links = chain(12, "a")
    nodes += [node("out", "b"), node("back", "c")]
    links += edges("n0>n9", "n2>n8", "n1>out", "n11>n3", "out>back", "n4>back")
    placed = layout(nodes, links)
    assert_sound(nodes, placed)
    assert len(placed.edges) == len(links)
    for path in placed.edges:
        others = [box for name, box in placed.nodes.items() if name not in {path.source, path.target}]
        assert not any(strictly_in(point, box) for point in along(path) for box in others)


def pipelines(count: int, groups: int) -> tuple[list[Node], list[Edge]]:
    """Return groups of branching pipelines, each reading from two others."""
    size = count // groups
    nodes = [node(f"n{i}", f"g{i // size}") for i in range(count)]
    links = []
    for i in range(count):
        group, number = divmod(i, size)
        if number:
            links.append(
                Edge(source=f"n{i - 1 - number % 3 if number > 3 else group * size}", target=f"n{i}")
            )
        elif group > 1:
            links += [
                Edge(source=f"n{other * size + size - 1}", target=f"n{i}")
                for other in (group // 2, group // 3)
            ]
    return nodes, links


def test_a_thousand_nodes_take_a_moment():
    nodes, links = pipelines(1_000, 25)
    start = process_time()
    layout(nodes, links)
    assert process_time() - start < 0.5  # about 50 ms on a quiet machine


def test_ten_thousand_folded_nodes_take_a_moment():
    nodes, links = pipelines(10_000, 100)
    shut = {f"g{i}" for i in range(100)}
    start = process_time()
    layout(nodes, links, collapsed=shut)
    first = process_time() - start
    layout(nodes, links, collapsed=shut - {"g7"})
    assert first < 1.0  # about 90 ms on a quiet machine
    assert process_time() - start - first < 0.6
