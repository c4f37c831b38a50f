"""Edges between the same two boxes, run together as one band.

Responsible for which edges make a band, and for where it runs: in the room between two layers, where no box stands,
the edges come together side by side, run along, and part again near their ends. Each keeps a line of its own, so that
one can be followed, and brought forward, through the band.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from nb_assets.layout.model import Point
    from nb_assets.layout.spacing import Spacing

FEWEST = 6
"""Fewer edges are followed more easily each on its own way, and so are those that cross less often than they are many."""
SHARE = 0.36
"""How much of the room between two layers edges take to come together, and again to part."""


def is_band(ports: Collection[Point]) -> bool:
    """Tell whether edges between these heights, on one side and the other, are a tangle that a band makes clear."""
    if len(ports) < FEWEST:
        return False
    ordered = sorted(ports)
    seen: list[float] = []
    crossings = 0
    for _, end in ordered:
        crossings += len(seen) - bisect_right(seen, end)
        insort(seen, end)
    return crossings >= len(ports)


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """The stops of an edge as far as one of a band goes its own way, and after that.

    `arc` names the two boxes in neighbouring layers that it runs between, if it does.
    """

    first: Sequence[Point]
    last: Sequence[Point]
    arc: tuple[int, int, int] | None = None

    def stops(self, height: float | None) -> list[Point]:
        """Return all stops, through a band at that height if there is one."""
        if height is None:
            return [*self.first, *self.last]
        begin, end = self.first[-1][0], self.last[0][0]
        room = (end - begin) * SHARE
        return [*self.first, (begin + room, height), (end - room, height), *self.last]


def find_bands(ways: Iterable[Way], spacing: Spacing) -> dict[Way, float]:
    """Return for each edge in a band at which height it runs there."""
    arcs: dict[tuple[int, int, int], list[Way]] = {}
    for way in ways:
        if way.arc is not None and way.last[0][0] - way.first[-1][0] >= spacing.band_gap:
            arcs.setdefault(way.arc, []).append(way)
    heights: dict[Way, float] = {}
    for members in arcs.values():
        ports = {(way.first[-1][1], way.last[0][1]) for way in members}
        if not is_band(ports):
            continue
        ordered = sorted(members, key=lambda way: (way.first[-1][1], way.last[0][1]))
        middle = (median(port[0] for port in ports) + median(port[1] for port in ports)) / 2
        step = min(spacing.band_line, spacing.band_most / (len(ordered) - 1))
        for place, way in enumerate(ordered):
            heights[way] = middle + (place - (len(ordered) - 1) / 2) * step
    return heights
