"""The graphs that are drawn: lineages as projects have them, seeded, and random layered ones.

A lineage is groups that follow each other, each a few chains that branch and join, reading now and then from groups
before it. Sizes are cards' as the widget draws them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from nb_assets.layout import Edge, Node

WIDTH, HEIGHT = 188.0, 46.0
DEEPEST = 5
"""How many assets of one group follow each other at most."""


@dataclass(frozen=True, kw_only=True)
class Graph:
    """What is laid out; edges are unique, without loops, upstream first."""

    name: str
    nodes: list[Node]
    edges: list[Edge]


def lineage(count: int, groups: int, *, seed: int = 0, nested: bool = False) -> Graph:
    """Return a grouped lineage; nested: every third group stands within an earlier one."""
    chance = random.Random(seed)
    names: list[str] = []
    for number in range(groups):
        outer = names[-1] if nested and number % 3 == 2 else ""
        names.append(f"{outer}/g{number}" if outer else f"g{number}")
    # A few large groups and many small ones.
    weights = [chance.paretovariate(1.4) for _ in names]
    bounds = [0.0]
    for weight in weights:
        bounds.append(bounds[-1] + weight)
    nodes, links = [], set()
    members: list[list[int]] = [[] for _ in names]
    depths: list[int] = []
    for i in range(count):
        group = max(spot for spot in range(groups) if bounds[spot] <= i / count * bounds[-1])
        own = members[group]
        nodes.append(Node(id=f"a{i}", width=WIDTH, height=HEIGHT, group=names[group]))
        depth = 0
        shallow = [other for other in own if depths[other] < DEEPEST]
        if shallow and chance.random() < 0.82:
            for _ in range(1 if chance.random() < 0.7 else 2):
                other = shallow[max(0, len(shallow) - 1 - int(chance.expovariate(0.25)))]
                depth = max(depth, depths[other] + 1)
                links.add((other, i))
        depths.append(depth)
        if group and (not own or chance.random() < 0.16):
            for _ in range(chance.choice((1, 1, 2, 3))):
                other = members[max(0, group - 1 - int(chance.expovariate(0.6)))]
                if other:
                    links.add((chance.choice(other[-6:]), i))
        own.append(i)
    edges = [Edge(source=f"a{source}", target=f"a{target}") for source, target in sorted(links)]
    return Graph(name=f"{count} in {groups} groups{', nested' if nested else ''}", nodes=nodes, edges=edges)


def layered(count: int, layers: int, *, seed: int = 0, degree: float = 1.6) -> Graph:
    """Return a random graph in layers, without groups; most edges go to the next layer."""
    chance = random.Random(seed)
    rank = sorted(chance.randrange(layers) for _ in range(count))
    links = set()
    for i in range(count):
        earlier = [j for j in range(i) if rank[j] < rank[i]]
        near = [j for j in earlier if rank[j] == rank[i] - 1]
        for _ in range(int(degree) + (chance.random() < degree % 1)):
            if pool := near if near and chance.random() < 0.8 else earlier:
                links.add((chance.choice(pool), i))
    nodes = [Node(id=f"a{i}", width=WIDTH, height=HEIGHT) for i in range(count)]
    edges = [Edge(source=f"a{source}", target=f"a{target}") for source, target in sorted(links)]
    return Graph(name=f"{count} in {layers} layers, no groups", nodes=nodes, edges=edges)


def quickstart() -> Graph:
    """Return the five assets of a first notebook."""
    groups = {"raw_trips": "raw", "zones": "raw", "trips": "clean", "daily": "metrics", "report": "metrics"}
    reads = {
        "trips": ("raw_trips",),
        "daily": ("trips", "zones"),
        "report": ("daily", "trips"),
    }
    return Graph(
        name="5 in 3 groups",
        nodes=[Node(id=name, width=WIDTH, height=HEIGHT, group=group) for name, group in groups.items()],
        edges=[Edge(source=source, target=target) for target, sources in reads.items() for source in sources],
    )
