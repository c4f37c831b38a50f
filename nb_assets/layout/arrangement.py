"""Who stands next to whom, in every group: the part of a layout that folding a group never changes.

Responsible for splitting each container's children into connected components, and for arranging those from the
outside in, so that the order inside a group already knows where its edges to the outside come from and go to.
No sizes and no coordinates: `placement` adds them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import fmean
from typing import TYPE_CHECKING

from nb_assets.layout.crossings import EFFORT
from nb_assets.layout.layered import Layered, arrange
from nb_assets.layout.memory import Recollection, remembered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nb_assets.layout.hierarchy import Container, Hierarchy
    from nb_assets.layout.memory import Memory
    from nb_assets.layout.ranks import Arc

ONE_COLUMN = 12
"""Unconnected children of a group up to this many stand in one column; more are spread over several."""
MOST_COLUMNS = 4
"""Not more, for every column is in the way of the edges of the others."""
EXCHANGE_ROUNDS = 8
EXCHANGE_ENDS = 400
EAGER = 3_000
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

    def find(self, slot: int) -> tuple[Layered, int]:
        """Return a child's component and its number there."""
        index, vertex = self.spot[slot]
        return self.components[index], vertex


class Arrangement:
    """The arrangement of every container of a hierarchy.

    A graph of up to `EAGER` nodes is arranged at once, outermost containers first and then by layer, so that a
    group knows the order inside the groups upstream of it. Those of a larger one are arranged when they are
    first asked for, each without knowing the inside of others: so the outcome never hangs on who asked when.

    With an `earlier` arrangement, of much the same graph, what was there keeps its place among its neighbours.
    """

    def __init__(self, hierarchy: Hierarchy, earlier: Arrangement | None = None) -> None:
        self.hierarchy = hierarchy
        self._done: dict[int, Arranged] = {}
        self._eager = len(hierarchy.nodes) <= EAGER
        self._earlier = earlier
        if self._eager:
            waiting = [0]
            for number in waiting:
                waiting.extend(_inner(hierarchy.containers[number], self.of(number)))
        elif earlier is not None:
            # What was never looked at has no place to keep; and an arrangement that held on to all before would grow.
            for number in range(len(hierarchy.containers)):
                if remembered(hierarchy, number, earlier) is not None:
                    self.of(number)
        self._earlier = None

    def known(self, number: int) -> Arranged | None:
        """Return how a container is arranged if it was asked for."""
        return self._done.get(number)

    def of(self, number: int) -> Arranged:
        """Return how a container is arranged; those around it must have been asked for before."""
        if number not in self._done:
            self._done[number] = self._arrange(number)
        return self._done[number]

    def _arrange(self, number: int) -> Arranged:
        container = self.hierarchy.containers[number]
        leaving = {
            slot: [self._way_out(number, edge) for edge in edges]
            for slot, edges in sorted(container.leaving.items())
        }
        entering = {
            slot: [self._way_in(number, edge) for edge in edges]
            for slot, edges in sorted(container.entering.items())
        }
        names = [self.hierarchy.name_of(child) for child in container.children]
        memory = remembered(self.hierarchy, number, self._earlier)
        effort = max(0, EFFORT - 2 * len(self.hierarchy.nodes))
        return _Container(container, entering, leaving, names, memory, effort).arrange()

    def _way_out(self, number: int, edge: int) -> float:
        """Return how far down, from 0 to 1, the edge goes on after it has left the container."""
        climb, descent = self.hierarchy.climbs[edge], self.hierarchy.descents[edge]
        sought, weight = 0.5, 1.0
        for outer, slot in climb[_level(climb, number) + 1 : -1]:
            component, vertex = self.of(outer).find(slot)
            lane = component.out_lanes[vertex]
            sought += weight * (component.place[lane[0] if lane else vertex] - 0.5)
            weight *= DEEPER
        outer, slot = climb[-1]
        component, vertex = self.of(outer).find(slot)
        target = self.of(outer).spot[descent[-1][1]][1]
        place = component.departure(vertex, target)
        sought += weight * (place - 0.5)
        if len(descent) > 1 and place == component.place[target]:
            sought += weight * DEEPER * (self._place_within(descent[-2]) - 0.5)
        return sought

    def _way_in(self, number: int, edge: int) -> float:
        """Return how far down, from 0 to 1, the edge comes from before it enters the container."""
        climb, descent = self.hierarchy.climbs[edge], self.hierarchy.descents[edge]
        sought, weight = 0.5, 1.0
        for outer, slot in descent[_level(descent, number) + 1 : -1]:
            component, vertex = self.of(outer).find(slot)
            lane = component.in_lanes[vertex]
            sought += weight * (component.place[lane[-1] if lane else vertex] - 0.5)
            weight *= DEEPER
        outer, slot = descent[-1]
        component, vertex = self.of(outer).find(slot)
        source = self.of(outer).spot[climb[-1][1]][1]
        sought += weight * (component.arrival(source, vertex) - 0.5)
        if len(climb) > 1:
            sought += weight * DEEPER * (self._place_within(climb[-2]) - 0.5)
        return sought

    def _place_within(self, step: tuple[int, int]) -> float:
        """Return where in its container the child stands, from 0 to 1: by input order before it is arranged."""
        number, slot = step
        arranged = self._done.get(number) if self._eager else None
        if arranged is None:
            return 0.5
        index, vertex = arranged.spot[slot]
        return (index + arranged.components[index].place[vertex]) / len(arranged.components)


def _level(way: Sequence[tuple[int, int]], number: int) -> int:
    """Return where on a climb or descent the container is."""
    level = 0
    while way[level][0] != number:
        level += 1
    return level


def _inner(container: Container, arranged: Arranged) -> Iterator[int]:
    """Give the containers within one, by component and layer."""
    for component in arranged.components:
        for layer in component.layers:
            for vertex in layer:
                if vertex < component.size and container.children[component.items[vertex]] < 0:
                    yield ~container.children[component.items[vertex]]
    for slot in arranged.loose:
        if container.children[slot] < 0:
            yield ~container.children[slot]


class _Container:
    """Arranges a container's components, given how far down edges from and to the outside come in and go."""

    def __init__(
        self,
        container: Container,
        entering: Mapping[int, Sequence[float]],
        leaving: Mapping[int, Sequence[float]],
        names: Sequence[str],
        memory: Memory | None,
        effort: int,
    ) -> None:
        self.container = container
        self.entering = entering
        self.leaving = leaving
        self.names = names
        self.memory = memory
        self.effort = effort

    def arrange(self) -> Arranged:
        """Arrange it."""
        container, entering, leaving = self.container, self.entering, self.leaving
        arranged = Arranged(spot=[(-1, 0)] * len(container.children))
        anchored: list[tuple[float, int, Layered]] = []
        free: list[Layered] = []
        singles: list[int] = []
        for members, arcs in _components(container):
            touching = [slot for slot in members if slot in leaving or slot in entering]
            if len(members) == 1:
                (singles if touching else arranged.loose).append(members[0])
                continue
            layered = self._members(members, arcs)
            if touching:
                anchored.append((_height(touching, entering, leaving), members[0], layered))
            else:
                free.append(layered)
        if singles:
            anchored.append((_height(singles, entering, leaving), singles[0], self._singles(singles)))
        anchored.sort(key=lambda entry: entry[:2])
        self._exchange(anchored)
        kept = self._in_order([layered for _, _, layered in anchored])
        arranged.components = [*kept, *free]
        arranged.anchored = len(anchored)
        for index, component in enumerate(arranged.components):
            for vertex, slot in enumerate(component.items):
                arranged.spot[slot] = (index, vertex)
        return arranged

    def _exchange(self, components: list[tuple[float, int, Layered]]) -> None:
        """Swap components that follow each other as long as fewer edges from and to the outside cross by that."""
        ends = [
            [
                [height for slot in layered.items for height in side.get(slot, ())]
                for side in (self.entering, self.leaving)
            ]
            for _, _, layered in components
        ]
        for _ in range(EXCHANGE_ROUNDS):
            swapped = False
            for upper in range(len(components) - 1):
                above, below = ends[upper], ends[upper + 1]
                gain = sum(
                    (first > second) - (first < second)
                    for here, there in zip(above, below, strict=True)
                    if len(here) * len(there) <= EXCHANGE_ENDS
                    for first in here
                    for second in there
                )
                if gain > 0:
                    components[upper : upper + 2] = components[upper + 1], components[upper]
                    ends[upper : upper + 2] = below, above
                    swapped = True
            if not swapped:
                return

    def _in_order(self, components: list[Layered]) -> list[Layered]:
        """Return components that were there before in the order they had, each new one after the one it follows."""
        memory = self.memory
        if memory is None or len(components) == 1:
            return components
        was: list[int | None] = []
        for component in components:
            parts = [memory.part(self.names[slot]) for slot in component.items]
            was.append(min((part for part in parts if part is not None and part >= 0), default=None))
        old = iter(sorted((part, index) for index, part in enumerate(was) if part is not None))
        order = [index if part is None else next(old)[1] for index, part in enumerate(was)]
        return [components[index] for index in order]

    def _members(
        self, members: Sequence[int], arcs: Mapping[Arc, int], ranks: Sequence[int] | None = None
    ) -> Layered:
        index = {slot: vertex for vertex, slot in enumerate(members)}
        return arrange(
            members,
            {(index[source], index[target]): weight for (source, target), weight in arcs.items()},
            {index[slot]: self.entering[slot] for slot in members if slot in self.entering},
            {index[slot]: self.leaving[slot] for slot in members if slot in self.leaving},
            ranks,
            None
            if self.memory is None
            else Recollection(self.memory, [self.names[slot] for slot in members]),
            self.effort,
        )

    def _singles(self, singles: list[int]) -> Layered:
        """Arrange children that only have edges to the outside: those that are read from outside leftmost."""
        columns = 1
        if len(singles) > ONE_COLUMN:
            while columns < MOST_COLUMNS and 3 * columns * columns < len(singles):
                columns += 1
        leaving, entering = self.leaving, self.entering
        by_side = sorted(
            singles,
            key=lambda slot: (
                (slot in leaving) - (slot in entering),
                _height([slot], entering, leaving),
                slot,
            ),
        )
        per_column = -(-len(singles) // columns)
        fresh = [position // per_column for position in range(len(by_side))]
        ranks = self._kept_columns(by_side, fresh, columns)
        return self._members(by_side, {}, ranks)

    def _kept_columns(self, singles: Sequence[int], fresh: list[int], columns: int) -> list[int]:
        """Return the columns that singles were in, and for new ones the emptiest; fresh ones if most are new."""
        memory = self.memory
        if memory is None:
            return fresh
        was = [memory.rank(self.names[slot]) for slot in singles]
        known = [rank for rank in was if rank is not None]
        if 2 * len(known) < len(was) or max(known) >= columns + 1:
            return fresh
        filled = [known.count(column) for column in range(max(max(known) + 1, columns))]
        ranks = []
        for rank in was:
            column = filled.index(min(filled)) if rank is None else rank
            filled[column] += rank is None
            ranks.append(column)
        present = sorted(set(ranks))
        return [present.index(rank) for rank in ranks]


def _components(container: Container) -> list[tuple[list[int], dict[Arc, int]]]:
    """Return the children that hang together with the weights of their arcs, all in input order."""
    parent = list(range(len(container.children)))

    def find(slot: int) -> int:
        while parent[slot] != slot:
            parent[slot] = parent[parent[slot]]
            slot = parent[slot]
        return slot

    for source, target in container.arcs:
        first, second = sorted((find(source), find(target)))
        parent[second] = first
    found: dict[int, tuple[list[int], dict[Arc, int]]] = {}
    for slot in range(len(parent)):
        found.setdefault(find(slot), ([], {}))[0].append(slot)
    for (source, target), edges in container.arcs.items():
        found[find(source)][1][source, target] = len(edges)
    return list(found.values())


def _height(
    slots: Iterable[int], entering: Mapping[int, Sequence[float]], leaving: Mapping[int, Sequence[float]]
) -> float:
    """Return how far down edges from and to the outside go on the mean, each side of each child counted once."""
    known = [fmean(side[slot]) for slot in slots for side in (entering, leaving) if slot in side]
    return fmean(known)
