"""What a graph that has grown a little keeps of how it was arranged before.

Responsible for finding a container, a child and a lane again by name, and for the layers and the order that they had.
Not responsible for whether that is still good: whoever orders weighs it against an order made afresh.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nb_assets.layout.arrangement import Arranged, Arrangement
    from nb_assets.layout.hierarchy import Hierarchy
    from nb_assets.layout.layered import Layered
    from nb_assets.layout.ranks import Arc

Name = tuple[str | int, ...]
"""How a vertex is found again: a box by its child's name, a lane by its child's and how far from it it is."""


class Memory:
    """How one container was arranged before."""

    def __init__(self, hierarchy: Hierarchy, number: int, arranged: Arranged) -> None:
        names = [hierarchy.name_of(child) for child in hierarchy.containers[number].children]
        self._slots = {name: slot for slot, name in enumerate(names)}
        self._names = names
        self._arranged = arranged

    def part(self, name: str) -> int | None:
        """Return in which component a child was, -1 for one that hung together with none."""
        slot = self._slots.get(name)
        return None if slot is None else self._arranged.spot[slot][0]

    def rank(self, name: str) -> int | None:
        """Return in which layer of its component a child was."""
        slot = self._slots.get(name)
        if slot is None or self._arranged.spot[slot][0] < 0:
            return None
        component, vertex = self._arranged.find(slot)
        return component.rank[vertex]

    def ran_back(self, source: str, target: str) -> bool:
        """Tell whether the arc between two children ran against the direction."""
        first, second = self._slots.get(source), self._slots.get(target)
        if first is None or second is None:
            return False
        (part, one), (other_part, other) = self._arranged.spot[first], self._arranged.spot[second]
        return part == other_part >= 0 and (one, other) in self._arranged.components[part].back_lanes

    def place(self, name: Name) -> tuple[int, int] | None:
        """Return where in the order of its layer a vertex was: by component, and by place in that."""
        return self._places.get(name)

    @cached_property
    def _places(self) -> dict[Name, tuple[int, int]]:
        places: dict[Name, tuple[int, int]] = {}
        for index, component in enumerate(self._arranged.components):
            known = vertex_names(component, [self._names[slot] for slot in component.items])
            for layer in component.layers:
                for place, vertex in enumerate(layer):
                    places[known[vertex]] = index, place
        return places


class Recollection:
    """What is remembered of the boxes of one component, which go by position here."""

    def __init__(self, memory: Memory, names: Sequence[str]) -> None:
        self.memory = memory
        self.names = names

    def ranks(self) -> list[int | None]:
        """Return the layer in which each box was, by its component's count; components one beside the other."""
        return [self.memory.rank(name) for name in self.names]

    def back_arcs(self, arcs: Iterable[Arc]) -> set[Arc]:
        """Return the arcs that ran against the direction."""
        return {arc for arc in arcs if self.memory.ran_back(self.names[arc[0]], self.names[arc[1]])}

    def places(self, layered: Layered) -> list[tuple[int, int] | None]:
        """Return where in the order of its layer each vertex was."""
        return [self.memory.place(name) for name in vertex_names(layered, self.names)]


def vertex_names(layered: Layered, names: Sequence[str]) -> list[Name]:
    """Return what every vertex is found again by, given the names of the boxes."""
    found: list[Name] = [(name,) for name in names]
    found.extend(() for _ in range(len(layered.rank) - len(names)))
    for box, name in enumerate(names):
        for distance, vertex in enumerate(layered.out_lanes[box] or ()):
            found[vertex] = (name, 1 + distance)
        for distance, vertex in enumerate(reversed(layered.in_lanes[box] or ())):
            found[vertex] = (name, -1 - distance)
    for (source, target), lane in layered.back_lanes.items():
        for distance, vertex in enumerate(lane or ()):
            found[vertex] = (names[source], names[target], distance)
    return found


def remembered(hierarchy: Hierarchy, number: int, earlier: Arrangement | None) -> Memory | None:
    """Return how a container was arranged before, if it was seen."""
    if earlier is None:
        return None
    old = earlier.hierarchy.find(hierarchy, number)
    arranged = None if old is None else earlier.known(old)
    return None if old is None or arranged is None else Memory(earlier.hierarchy, old, arranged)
