"""Sizes and coordinates for an arrangement, from the innermost group outwards.

Responsible for where each child and each lane stands in its own container, and so for the size of every
container. Works along and across the direction of the edges, whichever way that is on the page. Where the edges
run is `routing`'s.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from nb_assets.layout.bands import is_band
from nb_assets.layout.coordinates import FIRM, HELD, assign_across
from nb_assets.layout.memory import vertex_names
from nb_assets.layout.pins import Places, looks, most_common
from nb_assets.layout.stacking import fill, stack

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nb_assets.layout.arrangement import Arranged, Arrangement
    from nb_assets.layout.coordinates import Link
    from nb_assets.layout.hierarchy import Hierarchy
    from nb_assets.layout.layered import Layered
    from nb_assets.layout.model import Point
    from nb_assets.layout.pins import Pins
    from nb_assets.layout.spacing import Spacing

LANE_PULL = 8.0
DIRECT_PULL = 2.0
FAR_PULL = 0.9
"""How hard lanes keep straight, and boxes keep in line with each other, against a box and its lane."""
DETOUR_ROOM = 14.0
LOOSEST = 1.6
LOOSE_ANYWAY = 240.0
"""How broad a component may become for the sake of what stays where it was: by its fullest layer, and pixels."""


@dataclass(slots=True)
class PlacedComponent:
    """A component in its container: where each layer begins and ends, and where each vertex starts across."""

    begins: list[float]
    ends: list[float]
    across: list[float]
    detour: float


@dataclass(slots=True)
class PlacedContainer:
    """A container's size, and in it the corner of every child and all components."""

    along: float = 0.0
    across: float = 0.0
    corners: list[tuple[float, float]] = field(default_factory=list)
    components: list[PlacedComponent] = field(default_factory=list)


class _Links:
    """What every vertex of a component is drawn to in the layers before and after its own."""

    def __init__(self, count: int) -> None:
        self.before: list[list[Link]] = [[] for _ in range(count)]
        self.after: list[list[Link]] = [[] for _ in range(count)]
        self.bands: set[int] = set()

    def join(self, first: int, first_port: float, second: int, second_port: float, pull: float) -> None:
        """Draw two vertices of neighbouring layers to where their ports are level."""
        self.before[second].append((first, first_port - second_port, pull))
        self.after[first].append((second, second_port - first_port, pull))


class Placement:
    """Every container placed; `folded` containers have their folded size and nothing in them."""

    def __init__(
        self,
        hierarchy: Hierarchy,
        arrangement: Arrangement,
        folded: Sequence[bool],
        spacing: Spacing,
        *,
        downwards: bool,
        earlier: Places | None = None,
    ) -> None:
        self.hierarchy = hierarchy
        self.folded = folded
        self.places = Places(earlier)
        self.looks = looks(hierarchy, folded, downwards=downwards)
        self.spacing = spacing
        self.downwards = downwards
        self.sizes = [
            (node.height, node.width) if downwards else (node.width, node.height) for node in hierarchy.nodes
        ]
        self.hidden = self._find_hidden()
        self.placed = [PlacedContainer() for _ in hierarchy.containers]
        self.arranged: dict[int, Arranged] = {
            number: arrangement.of(number)
            for number, (shut, hidden) in enumerate(zip(folded, self.hidden, strict=True))
            if not shut and not hidden
        }
        for number in range(len(hierarchy.containers) - 1, -1, -1):
            if self.hidden[number]:
                continue
            if folded[number]:
                wide, high = spacing.collapsed_width, spacing.collapsed_height
                along, across = (high, wide) if downwards else (wide, high)
                self.placed[number] = PlacedContainer(along, across)
            else:
                self.placed[number] = self._place(number)
        self.places.close(len(hierarchy.containers))

    def _find_hidden(self) -> list[bool]:
        """Tell of every container whether one around it is folded."""
        hidden: list[bool] = []
        for container in self.hierarchy.containers:
            within = container.parent if container.name is not None else -1
            hidden.append(within >= 0 and (hidden[within] or self.folded[within]))
        return hidden

    def size_of(self, child: int) -> tuple[float, float]:
        """Return a child's size along and across."""
        if child >= 0:
            return self.sizes[child]
        placed = self.placed[~child]
        return placed.along, placed.across

    def shown(self, way: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
        """Return the part of a climb or descent that is outside of folded containers."""
        start = 0
        for index, (number, _) in enumerate(way):
            if self.folded[number] or self.hidden[number]:
                start = index + 1
        return way[start:]

    def port(self, way: Sequence[tuple[int, int]], *, out: bool) -> float:
        """Return where an edge passes the border of the last child on its way, across, from that child's start."""
        way = self.shown(way)
        number, slot = way[0]
        offset = self.size_of(self.hierarchy.containers[number].children[slot])[1] / 2
        for number, slot in way[:-1]:
            index, vertex = self.arranged[number].spot[slot]
            layered = self.arranged[number].components[index]
            component = self.placed[number].components[index]
            lane = layered.out_lanes[vertex] if out else layered.in_lanes[vertex]
            if lane is None:
                offset = component.detour
            elif lane:
                offset = component.across[lane[-1] if out else lane[0]]
            else:
                offset += component.across[vertex]
        return offset

    def _place(self, number: int) -> PlacedContainer:
        """Place one container's components under each other and the loose children below them."""
        container = self.hierarchy.containers[number]
        arranged = self.arranged[number]
        spacing = self.spacing
        placed = PlacedContainer(corners=[(0.0, 0.0)] * len(container.children))
        if number == 0:
            begin = above = spacing.margin
        else:
            begin, above = spacing.padding, spacing.header
            if self.downwards:
                begin, above = above, begin
        pins = self.places.pins(self.hierarchy, number, self.looks[number])
        boxes: list[Point] = []
        wishes: dict[int, Point] = {}
        for index, layered in enumerate(arranged.components):
            component, along, across, wish = self._place_component(number, layered, pins)
            placed.components.append(component)
            boxes.append((along, across))
            if wish is not None:
                wishes[index] = wish
        gap = spacing.component_gap
        last = arranged.anchored
        held = {index: wish for index, wish in wishes.items() if index < last}
        corners, widest, bottom = stack(boxes[:last], held, (begin, above), gap)
        aspect = 1 / spacing.aspect if self.downwards else spacing.aspect
        loose = [self.size_of(container.children[slot]) for slot in arranged.loose]
        free = {index - last: wish for index, wish in wishes.items() if index >= last}
        pinned = {
            index: pins.corners[slot] for index, slot in enumerate(arranged.loose) if slot in pins.corners
        }
        for group, known, between in ((boxes[last:], free, gap), (loose, pinned, spacing.node_gap)):
            if group:
                packed, along, across = fill(group, known, between, aspect, widest)
                corners.extend((begin + x, bottom + y) for x, y in packed)
                widest = max(widest, along)
                bottom += across + gap
        for layered, component, corner in zip(arranged.components, placed.components, corners, strict=False):
            self._shift(component, corner)
            for vertex, slot in enumerate(layered.items):
                placed.corners[slot] = (component.begins[layered.rank[vertex]], component.across[vertex])
        for slot, corner in zip(arranged.loose, corners[len(boxes) :], strict=True):
            placed.corners[slot] = corner
        end = spacing.margin if number == 0 else spacing.padding
        placed.along = begin + widest + end
        placed.across = (bottom - gap if corners else above) + end
        components = [
            (layered, component.across)
            for layered, component in zip(arranged.components, placed.components, strict=True)
        ]
        self.places.keep(self.hierarchy, number, self.looks[number], placed.corners, components, pins)
        return placed

    @staticmethod
    def _shift(component: PlacedComponent, corner: tuple[float, float]) -> None:
        along, across = corner
        component.begins = [value + along for value in component.begins]
        component.ends = [value + along for value in component.ends]
        component.across = [value + across for value in component.across]
        component.detour += across

    def _place_component(
        self, number: int, layered: Layered, pins: Pins
    ) -> tuple[PlacedComponent, float, float, Point | None]:
        """Place one component with its corner at 0, 0; return it with its size and where its corner was, if known."""
        children = self.hierarchy.containers[number].children
        sizes = [self.size_of(children[slot]) for slot in layered.items]
        links = self._links(number, layered, sizes)
        spacing = self._separations(number, layered, sizes)
        pinned = {
            vertex: pins.corners[slot] for vertex, slot in enumerate(layered.items) if slot in pins.corners
        }
        if 2 * len(pinned) < layered.size:
            pinned = {}
        heights = {vertex: (corner[1], HELD) for vertex, corner in pinned.items()}
        if pinned and pins.lanes:
            names = vertex_names(layered, [self.hierarchy.name_of(children[slot]) for slot in layered.items])
            for vertex in range(layered.size, len(names)):
                if names[vertex] in pins.lanes:
                    heights[vertex] = pins.lanes[names[vertex]], FIRM
        across = self._across(layered, links, spacing, heights)
        top = min(across)
        detour_room = DETOUR_ROOM if layered.has_detours else 0.0
        lengths = [
            max((sizes[vertex][0] for vertex in layer if vertex < layered.size), default=0.0)
            for layer in layered.layers
        ]
        gaps = [
            max(
                self._layer_gap(layer, links.before, across),
                self.spacing.band_gap if index in links.bands else 0.0,
            )
            if index
            else 0.0
            for index, layer in enumerate(layered.layers)
        ]
        begins, ends, start = self._along(
            layered, lengths, gaps, {v: corner[0] for v, corner in pinned.items()}
        )
        wish = None if start is None else (start, top - detour_room)
        across = [value - top + detour_room for value in across]
        bottom = max(
            value + (sizes[vertex][1] if vertex < layered.size else 0.0)
            for vertex, value in enumerate(across)
        )
        return PlacedComponent(begins, ends, across, detour_room / 2), ends[-1], bottom, wish

    @staticmethod
    def _across(
        layered: Layered, links: _Links, spacing: list[list[float]], pinned: Mapping[int, tuple[float, float]]
    ) -> list[float]:
        if pinned:
            across = assign_across(layered.layers, links.before, links.after, spacing, pinned)
            broadest = max(sum(steps) for steps in spacing)
            if max(across) - min(across) <= LOOSEST * broadest + LOOSE_ANYWAY:
                return across
        return assign_across(layered.layers, links.before, links.after, spacing)

    def _along(
        self, layered: Layered, lengths: Sequence[float], gaps: Sequence[float], pinned: Mapping[int, float]
    ) -> tuple[list[float], list[float], float | None]:
        """Return where layers begin and end, and where the first began; each stays as far after the last as it was."""
        was: list[float | None] = []
        for layer in layered.layers:
            found = [pinned[vertex] for vertex in layer if vertex in pinned]
            was.append(most_common(found) if found else None)
        begins: list[float] = []
        ends: list[float] = []
        position = 0.0
        for index, (length, gap) in enumerate(zip(lengths, gaps, strict=True)):
            here, before = was[index], was[index - 1] if index else None
            if here is not None and before is not None:
                kept = here - before - lengths[index - 1]
                steady = self.spacing.layer_gap <= kept <= gap + self.spacing.layer_gap_most
                position += kept if steady else gap
            else:
                position += gap
            begins.append(position)
            position += length
            ends.append(position)
        starts = [here - begin for here, begin in zip(was, begins, strict=True) if here is not None]
        return begins, ends, most_common(starts) if starts else None

    def _layer_gap(self, layer: Sequence[int], before: list[list[Link]], across: list[float]) -> float:
        """Return the room before a layer: wider when edges climb far in it, lest they get too steep."""
        steepest = 0.0
        for vertex in layer:
            for other, distance, _ in before[vertex]:
                steepest = max(steepest, abs(across[vertex] - across[other] - distance))
        spacing = self.spacing
        wish = spacing.layer_gap + spacing.layer_gap_slope * max(0.0, steepest - 2 * spacing.layer_gap)
        return round(min(spacing.layer_gap_most, wish))

    def _separations(
        self, number: int, layered: Layered, sizes: Sequence[tuple[float, float]]
    ) -> list[list[float]]:
        spacing = self.spacing
        children = self.hierarchy.containers[number].children
        room = [
            spacing.node_gap if children[slot] >= 0 or self.folded[~children[slot]] else spacing.group_gap
            for slot in layered.items
        ]
        found = []
        for layer in layered.layers:
            steps = [sizes[vertex][1] if vertex < layered.size else 0.0 for vertex in layer]
            for slot, (upper, lower) in enumerate(pairwise(layer)):
                boxes = upper < layered.size and lower < layered.size
                steps[slot] += max(room[upper], room[lower]) if boxes else spacing.lane_gap
            found.append(steps)
        return found

    def _links(self, number: int, layered: Layered, sizes: Sequence[tuple[float, float]]) -> _Links:
        """Return what holds a component's vertices in line: lanes most, then boxes with each other."""
        links = _Links(len(layered.rank))
        for lane in (*layered.out_lanes, *layered.in_lanes, *layered.back_lanes.values()):
            for first, second in pairwise(lane or ()):
                links.join(first, 0.0, second, 0.0, LANE_PULL)
        container = self.hierarchy.containers[number]
        index = {slot: vertex for vertex, slot in enumerate(layered.items)}
        for vertex, slot in enumerate(layered.items):
            middle = sizes[vertex][1] / 2
            out_lane, in_lane = layered.out_lanes[vertex], layered.in_lanes[vertex]
            if out_lane and slot in container.leaving:
                links.join(vertex, middle, out_lane[0], 0.0, 1.0)
            if in_lane and slot in container.entering:
                links.join(in_lane[-1], 0.0, vertex, middle, 1.0)
        for (first_slot, second_slot), edges in container.arcs.items():
            if first_slot in index:
                self._join_arc(links, layered, (index[first_slot], index[second_slot]), edges)
        return links

    def _join_arc(self, links: _Links, layered: Layered, arc: tuple[int, int], edges: Sequence[int]) -> None:
        """Join the ports of one arc's edges, directly or by the lane between them."""
        source, target = arc
        if arc in layered.back_lanes:
            return
        climbs, descents = self.hierarchy.climbs, self.hierarchy.descents
        ports = dict.fromkeys(
            (self.port(climbs[edge], out=True), self.port(descents[edge], out=False)) for edge in edges
        )
        distance = layered.rank[target] - layered.rank[source]
        if distance == 1 and is_band(ports):
            links.bands.add(layered.rank[target])
        lane = layered.out_lanes[source]
        for out_port, in_port in ports:
            if distance == 1:
                links.join(source, out_port, target, in_port, DIRECT_PULL)
            elif lane:
                links.join(source, out_port, lane[0], 0.0, 1.0)
                links.join(lane[distance - 2], 0.0, target, in_port, FAR_PULL)
