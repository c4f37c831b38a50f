"""The tree of groups around a graph, and what each group's own graph is.

Responsible for reading groups out of names (`a/b` is inside `a`), and for splitting every edge into one arc
between two children of the innermost group that holds both its ends, and a way out of or into each group passed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nb_assets.layout.model import COLLAPSED_PREFIX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nb_assets.layout.model import Edge, Node
    from nb_assets.layout.ranks import Arc


@dataclass(slots=True)
class Container:
    """A group, or the whole picture: its children by number, nodes and groups alike, in input order.

    `children` holds a node's number, or `~number` of a container. `leaving` and `entering` list, per child, the
    edges (by number) that cross this container's border from or to that child.
    """

    name: str | None
    parent: int
    slot: int
    children: list[int] = field(default_factory=list)
    arcs: dict[Arc, list[int]] = field(default_factory=dict)
    leaving: dict[int, list[int]] = field(default_factory=dict)
    entering: dict[int, list[int]] = field(default_factory=dict)


@dataclass(slots=True)
class Hierarchy:
    """All containers, the whole picture first and parents before children, and every edge's way between them.

    `climbs` and `descents` list, from the inside out, the containers that an edge leaves and enters; the last
    entry of both is the container that holds both ends.
    """

    nodes: Sequence[Node]
    containers: list[Container]
    edges: list[tuple[int, int]]
    climbs: list[list[tuple[int, int]]]
    descents: list[list[tuple[int, int]]]
    home: list[tuple[int, int]]
    numbers: dict[str, int] = field(default_factory=dict)
    by_name: dict[str, int] = field(default_factory=dict)

    def name_of(self, child: int) -> str:
        """Return what a child is called: a node by its id, a group by its name behind a prefix."""
        return self.nodes[child].id if child >= 0 else f"{COLLAPSED_PREFIX}{self.containers[~child].name}"

    def find(self, later: Hierarchy, number: int) -> int | None:
        """Return the container here that a container of a later hierarchy was: of its name, or where its nodes were."""
        container = later.containers[number]
        if container.name is not None and container.name in self.by_name:
            return self.by_name[container.name]
        homes = [
            self.home[self.numbers[name]][0]
            for child in container.children
            if child >= 0 and (name := later.nodes[child].id) in self.numbers
        ]
        if container.name is None and (0 in homes or any(child < 0 for child in container.children)):
            return 0
        return homes[0] if homes else None

    def path(self, node: int) -> list[tuple[int, int]]:
        """Return the containers around a node, from the inside out, each with the slot that leads to it."""
        container, slot = self.home[node]
        steps = [(container, slot)]
        while container:
            slot = self.containers[container].slot
            container = self.containers[container].parent
            steps.append((container, slot))
        return steps


def build_hierarchy(nodes: Sequence[Node], edges: Sequence[Edge]) -> Hierarchy:
    """Build the tree; a repeated node, a repeated edge, a loop and an edge to nowhere are passed over."""
    containers = [Container(None, 0, 0)]
    by_name: dict[str, int] = {}
    home: list[tuple[int, int]] = []
    number: dict[str, int] = {}
    kept: list[Node] = []
    for node in nodes:
        if node.id in number:
            continue
        inside = _enter(node.group, containers, by_name)
        number[node.id] = len(kept)
        home.append((inside, len(containers[inside].children)))
        containers[inside].children.append(len(kept))
        kept.append(node)
    hierarchy = Hierarchy(kept, containers, [], [], [], home, number, by_name)
    seen: set[tuple[int, int]] = set()
    for edge in edges:
        source, target = number.get(edge.source), number.get(edge.target)
        if source is None or target is None or source == target or (source, target) in seen:
            continue
        seen.add((source, target))
        _add_edge(hierarchy, source, target)
    return hierarchy


def _enter(group: str | None, containers: list[Container], by_name: dict[str, int]) -> int:
    """Return the number of the container of that name, made with those around it where it is new."""
    if group is None:
        return 0
    known = by_name.get(group)
    if known is not None:
        return known
    inside = 0
    name = ""
    for part in group.split("/"):
        name = f"{name}/{part}" if name else part
        known = by_name.get(name)
        if known is None:
            known = len(containers)
            containers.append(Container(name, inside, len(containers[inside].children)))
            containers[inside].children.append(~known)
            by_name[name] = known
        inside = known
    by_name[group] = inside
    return inside


def _add_edge(hierarchy: Hierarchy, source: int, target: int) -> None:
    containers = hierarchy.containers
    climb, descent = hierarchy.path(source), hierarchy.path(target)
    while len(climb) > 1 and len(descent) > 1 and climb[-2][0] == descent[-2][0]:
        climb.pop()
        descent.pop()
    number = len(hierarchy.edges)
    hierarchy.edges.append((source, target))
    hierarchy.climbs.append(climb)
    hierarchy.descents.append(descent)
    common, first = climb[-1]
    containers[common].arcs.setdefault((first, descent[-1][1]), []).append(number)
    for container, slot in climb[:-1]:
        containers[container].leaving.setdefault(slot, []).append(number)
    for container, slot in descent[:-1]:
        containers[container].entering.setdefault(slot, []).append(number)
