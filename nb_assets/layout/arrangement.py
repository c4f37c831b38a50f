"""Who stands next to whom, in every group: the part of a layout that folding a group never changes.

Responsible for splitting each container's children into connected components, and for arranging those from the
outside in, so that the order inside a group already knows where its edges to the outside come from and go to.
No sizes and no coordinates: `placement` adds them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nb_assets.layout.layered import Layered, arrange

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nb_assets.layout.hierarchy import Container, Hierarchy

ONE_COLUMN = 8
"""Unconnected children of a group up to this many stand in one column; more are spread over several."""
DEEPER = 0.1
"""How much the place within a nested group counts beside the place of that group."""


@dataclass(slots=True)
class Arranged:
    """One container: its connected components, the first `anchored` of which have edges to the outside.

    `loose` lists the children without any edge. `spot` says of each child which component it is in (-1: a loose
    one) and its number there.
    """

    components: list[Layered] = field(default_factory=list)
    anchored: int = 0
    loose: list[int] = field(default_factory=list)
    spot: list[tuple[int, int]] = field(default_factory=list)


def arrange_all(hierarchy: Hierarchy) -> list[Arranged]:
    """Arrange every container, outermost first and then by layer, so that upstream groups come before."""
    done: dict[int, Arranged] = {}
    waiting = [0]
    for number in waiting:
        arranged = done[number] = _arrange_container(hierarchy, number, done)
        children = hierarchy.containers[number].children
        in_layers = [
            component.items[vertex]
            for component in arranged.components
            for layer in component.layers
            for vertex in layer
            if vertex < component.size
        ]
        waiting.extend(~children[slot] for slot in [*in_layers, *arranged.loose] if children[slot] < 0)
    return [done[number] for number in range(len(hierarchy.containers))]


def _arrange_container(hierarchy: Hierarchy, number: int, done: Mapping[int, Arranged]) -> Arranged:
    container = hierarchy.containers[number]
    leaving = {
        slot: _mean(_way_out(hierarchy, number, edge, done) for edge in edges)
        for slot, edges in sorted(container.leaving.items())
    }
    entering = {
        slot: _mean(_way_in(hierarchy, number, edge, done) for edge in edges)
        for slot, edges in sorted(container.entering.items())
    }
    arranged = Arranged(spot=[(-1, 0)] * len(container.children))
    anchored: list[tuple[float, int, Layered]] = []
    free: list[Layered] = []
    singles: list[int] = []
    for members in _components(container):
        touching = [slot for slot in members if slot in leaving or slot in entering]
        if len(members) == 1:
            (singles if touching else arranged.loose).append(members[0])
            continue
        layered = _arrange_members(container, members, entering, leaving)
        if touching:
            anchored.append((_height(touching, entering, leaving), members[0], layered))
        else:
            free.append(layered)
    if singles:
        layered = _arrange_singles(container, singles, entering, leaving)
        anchored.append((_height(singles, entering, leaving), singles[0], layered))
    anchored.sort(key=lambda entry: entry[:2])
    arranged.components = [*(layered for _, _, layered in anchored), *free]
    arranged.anchored = len(anchored)
    for index, component in enumerate(arranged.components):
        for vertex, slot in enumerate(component.items):
            arranged.spot[slot] = (index, vertex)
    return arranged


def _components(container: Container) -> list[list[int]]:
    """Return the children that hang together, each set and all of them in input order."""
    parent = list(range(len(container.children)))
    for pair in container.arcs:
        roots = []
        for slot in pair:
            root = slot
            while parent[root] != root:
                parent[root] = parent[parent[root]]
                root = parent[root]
            roots.append(root)
        parent[max(roots)] = min(roots)
    found: dict[int, list[int]] = {}
    for slot in range(len(parent)):
        root = slot
        while parent[root] != root:
            root = parent[root]
        found.setdefault(root, []).append(slot)
    return list(found.values())


def _arrange_members(
    container: Container,
    members: Sequence[int],
    entering: Mapping[int, float],
    leaving: Mapping[int, float],
    ranks: Sequence[int] | None = None,
) -> Layered:
    index = {slot: vertex for vertex, slot in enumerate(members)}
    arcs = {
        (index[source], index[target]): len(edges)
        for (source, target), edges in container.arcs.items()
        if source in index
    }
    return arrange(
        members,
        arcs,
        {index[slot]: entering[slot] for slot in members if slot in entering},
        {index[slot]: leaving[slot] for slot in members if slot in leaving},
        ranks,
    )


def _arrange_singles(
    container: Container, singles: list[int], entering: Mapping[int, float], leaving: Mapping[int, float]
) -> Layered:
    """Arrange children that only have edges to the outside: those that are read from outside leftmost."""
    columns = 1
    while len(singles) > ONE_COLUMN and 3 * columns * columns < len(singles):
        columns += 1
    by_side = sorted(
        singles,
        key=lambda slot: ((slot in leaving) - (slot in entering), _height([slot], entering, leaving), slot),
    )
    per_column = -(-len(singles) // columns)
    ranks = [position // per_column for position in range(len(by_side))]
    return _arrange_members(container, by_side, entering, leaving, ranks)


def _mean(values: Iterable[float]) -> float:
    known = list(values)
    return sum(known) / len(known)


def _height(slots: Iterable[int], entering: Mapping[int, float], leaving: Mapping[int, float]) -> float:
    return _mean(side[slot] for slot in slots for side in (entering, leaving) if slot in side)


def _way_out(hierarchy: Hierarchy, number: int, edge: int, done: Mapping[int, Arranged]) -> float:
    """Return how far down, from 0 to 1, the edge goes on after it has left the container."""
    climb = hierarchy.climbs[edge]
    level = next(index for index, step in enumerate(climb) if step[0] == number)
    outer, slot = climb[level + 1]
    arranged = done[outer]
    component_number, vertex = arranged.spot[slot]
    component = arranged.components[component_number]
    if level + 2 < len(climb):
        lane = component.out_lanes[vertex]
        return component.place[lane[0]] if lane else component.place[vertex]
    descent = hierarchy.descents[edge]
    target = arranged.spot[descent[-1][1]][1]
    place = component.departure(vertex, target)
    if len(descent) > 1 and place == component.place[target]:
        place += DEEPER * (_place_within(hierarchy, descent[-2], done) - 0.5)
    return place


def _way_in(hierarchy: Hierarchy, number: int, edge: int, done: Mapping[int, Arranged]) -> float:
    """Return how far down, from 0 to 1, the edge comes from before it enters the container."""
    descent = hierarchy.descents[edge]
    level = next(index for index, step in enumerate(descent) if step[0] == number)
    outer, slot = descent[level + 1]
    arranged = done[outer]
    component_number, vertex = arranged.spot[slot]
    component = arranged.components[component_number]
    if level + 2 < len(descent):
        lane = component.in_lanes[vertex]
        return component.place[lane[-1]] if lane else component.place[vertex]
    climb = hierarchy.climbs[edge]
    source = arranged.spot[climb[-1][1]][1]
    place = component.arrival(source, vertex)
    if len(climb) > 1:
        place += DEEPER * (_place_within(hierarchy, climb[-2], done) - 0.5)
    return place


def _place_within(hierarchy: Hierarchy, step: tuple[int, int], done: Mapping[int, Arranged]) -> float:
    """Return where in its container the child stands, from 0 to 1: by input order before it is arranged."""
    number, slot = step
    arranged = done.get(number)
    if arranged is None:
        return (slot + 0.5) / len(hierarchy.containers[number].children)
    index, vertex = arranged.spot[slot]
    if index < 0:
        return 1.0
    return (index + arranged.components[index].place[vertex]) / len(arranged.components)
