"""The way of every edge, as one smooth path over no box.

Responsible for stringing an edge's lanes together, out of every group it leaves and into every group it enters.
Between layers, where no box stands, it changes height; within a layer it runs straight along its lane.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from nb_assets.layout.bands import Way, find_bands
from nb_assets.layout.model import COLLAPSED_PREFIX, EdgePath

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nb_assets.layout.layered import Layered
    from nb_assets.layout.model import Point
    from nb_assets.layout.placement import PlacedComponent, Placement

TURN = 14.0
"""How far an edge that runs back swings out before it turns round."""


def route(placement: Placement, origins: Sequence[Point]) -> list[EdgePath]:
    """Return the path of every edge that is to be seen, those that collapsed groups make equal merged.

    Parameters
    ----------
    placement
        Where everything stands in its container.
    origins
        Where every container begins in the picture, along and across.

    """
    hierarchy = placement.hierarchy
    router = _Router(placement, origins)
    ways: dict[tuple[str, str], Way] = {}
    for climb, descent in zip(hierarchy.climbs, hierarchy.descents, strict=True):
        out, into = placement.shown(climb), placement.shown(descent)
        if out and into:
            ends = router.name(out[0]), router.name(into[0])
            if ends not in ways:
                ways[ends] = router.way(out, into)
    bands = find_bands(ways.values(), placement.spacing)
    found = []
    for (source, target), way in ways.items():
        points = as_curve(way.stops(bands.get(way)))
        if placement.downwards:
            points = [(y, x) for x, y in points]
        found.append(EdgePath(source=source, target=target, points=points))
    return found


class _Router:
    def __init__(self, placement: Placement, origins: Sequence[Point]) -> None:
        self.placement = placement
        self.origins = origins

    def name(self, step: tuple[int, int]) -> str:
        """Return what the end of an edge that stands there is called."""
        number, slot = step
        child = self.placement.hierarchy.containers[number].children[slot]
        if child >= 0:
            return self.placement.hierarchy.nodes[child].id
        return f"{COLLAPSED_PREFIX}{self.placement.hierarchy.containers[~child].name}"

    def way(self, out: Sequence[tuple[int, int]], into: Sequence[tuple[int, int]]) -> Way:
        """Return the way of an edge, along and across."""
        first = self._leave(out)
        last = self._enter(into)
        number, source_slot = out[-1]
        layered, placed, source = self._at(number, source_slot)
        target = self.placement.arranged[number].spot[into[-1][1]][1]
        x, y = self.origins[number]
        here, there = layered.rank[source], layered.rank[target]
        begins, ends = placed.begins, placed.ends
        first.append((x + ends[here], first[-1][1]))
        last.append((x + begins[there], last[-1][1]))
        if there == here + 1 and (source, target) not in layered.back_lanes:
            return Way(first, last[::-1], (number, source_slot, into[-1][1]))
        if (source, target) in layered.back_lanes:
            lane = layered.back_lanes[source, target]
            if lane is None:
                first += [(x + ends[here], y + placed.detour), (x + begins[there], y + placed.detour)]
            else:
                for vertex in reversed(lane):
                    height = y + placed.across[vertex]
                    rank = layered.rank[vertex]
                    first += [(x + ends[rank], height), (x + begins[rank], height)]
        elif there > here + 1:
            lane = layered.out_lanes[source]
            if lane is None:
                first += [(x + begins[here + 1], y + placed.detour), (x + ends[there - 1], y + placed.detour)]
            else:
                for vertex in lane[: there - here - 1]:
                    height = y + placed.across[vertex]
                    rank = layered.rank[vertex]
                    first += [(x + begins[rank], height), (x + ends[rank], height)]
        return Way(first, last[::-1])

    def _at(self, number: int, slot: int) -> tuple[Layered, PlacedComponent, int]:
        arranged = self.placement.arranged[number]
        index, vertex = arranged.spot[slot]
        return arranged.components[index], self.placement.placed[number].components[index], vertex

    def _start(self, step: tuple[int, int], *, far: bool) -> Point:
        """Return the middle of the near or far side of the child there."""
        number, slot = step
        along, across = self.placement.placed[number].corners[slot]
        length, breadth = self.placement.size_of(self.placement.hierarchy.containers[number].children[slot])
        x, y = self.origins[number]
        return x + along + (length if far else 0.0), y + across + breadth / 2

    def _leave(self, way: Sequence[tuple[int, int]]) -> list[Point]:
        """Return the stops from the source to the border of the last group it leaves."""
        stops = [self._start(way[0], far=True)]
        for number, slot in way[:-1]:
            layered, placed, vertex = self._at(number, slot)
            x, y = self.origins[number]
            stops.append((x + placed.ends[layered.rank[vertex]], stops[-1][1]))
            lane = layered.out_lanes[vertex]
            if lane is None:
                stops.append((x + placed.begins[layered.rank[vertex] + 1], y + placed.detour))
                continue
            for passed in lane:
                height = y + placed.across[passed]
                rank = layered.rank[passed]
                stops += [(x + placed.begins[rank], height), (x + placed.ends[rank], height)]
        return stops

    def _enter(self, way: Sequence[tuple[int, int]]) -> list[Point]:
        """Return the stops from the target back to the border of the outermost group that it is entered by."""
        stops = [self._start(way[0], far=False)]
        for number, slot in way[:-1]:
            layered, placed, vertex = self._at(number, slot)
            x, y = self.origins[number]
            stops.append((x + placed.begins[layered.rank[vertex]], stops[-1][1]))
            lane = layered.in_lanes[vertex]
            if lane is None:
                stops.append((x + placed.ends[layered.rank[vertex] - 1], y + placed.detour))
                continue
            for passed in reversed(lane):
                height = y + placed.across[passed]
                rank = layered.rank[passed]
                stops += [(x + placed.ends[rank], height), (x + placed.begins[rank], height)]
        return stops


def as_curve(stops: Sequence[Point]) -> list[Point]:
    """Return Bézier control points through the stops: straight along, S-shaped between heights, round turns."""
    corners: list[Point] = []
    for stop in stops:
        if corners and stop == corners[-1]:
            continue
        if _goes_straight(corners, stop):
            corners[-1] = stop
            continue
        corners.append(stop)
    points = [corners[0]]
    forwards = True
    for (x, y), (next_x, next_y) in pairwise(corners):
        if x == next_x and y != next_y:
            swing = x + (TURN if forwards else -TURN)
            points += [(swing, y), (swing, next_y), (next_x, next_y)]
            forwards = not forwards
        else:
            middle = (x + next_x) / 2
            points += [(middle, y), (middle, next_y), (next_x, next_y)]
            forwards = next_x >= x
    return points


def _goes_straight(corners: Sequence[Point], stop: Point) -> bool:
    """Tell whether the way from the last corner to the stop only goes on along the way to that corner."""
    if len(corners) < 2:  # noqa: PLR2004 - it takes two to make a direction
        return False
    (before_x, before_y), (x, y) = corners[-2:]
    return before_y == y == stop[1] and (x - before_x) * (stop[0] - x) >= 0
