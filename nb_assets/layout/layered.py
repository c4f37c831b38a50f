"""One connected set of boxes, arranged in layers: which layer, which order, and where edges may pass.

Responsible for the lanes: a place in every layer that an edge passes on its way, so that it runs over no box.
All edges that leave a box share one lane, all that enter a group for a box share another, and an edge that
runs against the direction has its own. Order only; coordinates are `placement`'s.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from math import sqrt
from statistics import fmean
from typing import TYPE_CHECKING

from nb_assets.layout.crossings import EFFORT, order_layers
from nb_assets.layout.insertion import keep_order
from nb_assets.layout.ranks import assign_ranks, find_back_arcs, keep_ranks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nb_assets.layout.memory import Recollection
    from nb_assets.layout.ranks import Arc

FULL_LAYER = 24
ROWS_PER_COLUMN = 2.6
"""What makes a page of cards: so many more rows than columns."""
HEAVIEST = 4
"""As how many edges a bundle counts at most where crossings are weighed."""
MOST_WAYS = 8
"""At how many heights edges from or to the outside of one box are told apart."""
LANES_PER_BOX = 8
LANES_ANYWAY = 2_000
WORSE = 1.3
A_FEW = 4
"""How much worse than one made afresh an arrangement may be for the sake of what was on screen."""


@dataclass(slots=True)
class Layered:
    """Boxes 0 to `size - 1` and, numbered after them, the lanes.

    `out_lanes` of a box runs from the layer after its own as far as an edge of its goes, `in_lanes` from the
    first layer to the one before its own, `back_lanes` of an arc from its target's layer to its source's.
    `None` in place of a lane: too long to keep free, so that the edge takes the way round above everything.
    """

    items: Sequence[int]
    rank: list[int]
    layers: list[list[int]]
    out_lanes: list[list[int] | None]
    in_lanes: list[list[int] | None]
    back_lanes: dict[Arc, list[int] | None]
    place: list[float] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Return the number of boxes."""
        return len(self.items)

    @property
    def has_detours(self) -> bool:
        """Tell whether some edge takes the way round."""
        return None in self.out_lanes or None in self.in_lanes or None in self.back_lanes.values()

    def departure(self, source: int, target: int) -> float:
        """Return where in its layer, from 0 to 1, the arc's first stop after `source` stands."""
        lane = self.back_lanes.get((source, target), self.out_lanes[source])
        if lane and abs(self.rank[target] - self.rank[source]) > 1:
            return self.place[lane[0]]
        return self.place[target]

    def arrival(self, source: int, target: int) -> float:
        """Return where in its layer, from 0 to 1, the arc's last stop before `target` stands."""
        distance = self.rank[target] - self.rank[source]
        lane = self.out_lanes[source]
        if lane and distance > 1:
            return self.place[lane[distance - 2]]
        return self.place[source]


class _Lanes:
    """Hand out lanes as long as the budget lasts, and remember their edges to neighbouring layers."""

    def __init__(self, rank: list[int]) -> None:
        self.rank = rank
        self.budget = len(rank) * LANES_PER_BOX + LANES_ANYWAY
        self.arcs: list[Arc] = []

    def open(
        self, first: int, loads: Sequence[int], *, behind: int | None = None, ahead: int | None = None
    ) -> list[int] | None:
        """Return a chain of new vertices from the layer `first` on, joined to the box at its end, if any.

        `loads` says how many edges run through each of them.
        """
        length = len(loads)
        if length > self.budget:
            return None
        self.budget -= length
        start = len(self.rank)
        lane = list(range(start, start + length))
        self.rank.extend(range(first, first + length))
        for second in range(1, length):
            self.join(lane[second - 1], lane[second], min(loads[second - 1], loads[second]))
        if lane and behind is not None:
            self.join(behind, lane[0], loads[0])
        if lane and ahead is not None:
            self.join(lane[-1], ahead, loads[-1])
        return lane

    def join(self, source: int, target: int, load: int) -> None:
        """Have edges run between vertices of neighbouring layers."""
        self.arcs.extend([(source, target)] * min(load, HEAVIEST))


def arrange(
    items: Sequence[int],
    arcs: Mapping[Arc, int],
    entering: Mapping[int, Sequence[float]],
    leaving: Mapping[int, Sequence[float]],
    ranks: Sequence[int] | None = None,
    recollection: Recollection | None = None,
    effort: int = EFFORT,
) -> Layered:
    """Arrange boxes that hang together.

    Parameters
    ----------
    items
        What the caller calls the boxes; everything else here goes by position in this list.
    arcs
        The weight of every arc, without loops.
    entering, leaving
        The boxes with edges from and to the outside, and how far down, from 0 to 1, each of those comes in or goes.
    ranks
        The layers, if the caller has decided them.
    recollection
        How the boxes were arranged before, if they were.
    effort
        How much is tried for few crossings.

    """
    size = len(items)
    if size == 1 and not arcs:
        return Layered([items[0]], [0], [[0]], [[]], [[]], {}, [0.5])
    back = _back_arcs(size, arcs, recollection)
    forward = [arc for arc in arcs if arc not in back]
    rank = list(ranks) if ranks is not None else _ranks(size, arcs, back, leaving, recollection)
    lanes = _Lanes(rank)
    loads = _loads(rank, forward, arcs, leaving)
    out_lanes: list[list[int] | None] = [[] for _ in range(size)]
    in_lanes: list[list[int] | None] = [[] for _ in range(size)]
    # The short ones first: they are many and cheap, and the budget ends some day.
    for box in sorted(range(size), key=lambda box: len(loads[box])):
        out_lanes[box] = lanes.open(rank[box] + 1, loads[box], behind=box)
    for box in entering:
        in_lanes[box] = lanes.open(0, [len(entering[box])] * rank[box], ahead=box)
    back_lanes = {
        (source, target): lanes.open(rank[target], [weight] * (rank[source] - rank[target] + 1))
        for (source, target), weight in arcs.items()
        if (source, target) in back
    }
    for source, target in forward:
        distance = rank[target] - rank[source]
        lane = out_lanes[source]
        if distance == 1:
            lanes.join(source, target, arcs[source, target])
        elif lane:
            lanes.join(lane[distance - 2], target, arcs[source, target])
    layered = Layered(items, rank, [], out_lanes, in_lanes, back_lanes)
    _order(layered, lanes.arcs, entering, leaving, recollection, effort)
    return layered


def _back_arcs(size: int, arcs: Mapping[Arc, int], recollection: Recollection | None) -> set[Arc]:
    """Return the arcs to turn round: those that were, as long as they open every cycle nearly as cheaply."""
    fresh = find_back_arcs(size, arcs)
    if not fresh or recollection is None:
        return fresh
    kept = recollection.back_arcs(arcs)
    kept |= find_back_arcs(size, {arc: weight for arc, weight in arcs.items() if arc not in kept})
    cost, least = (sum(arcs[arc] for arc in found) for found in (kept, fresh))
    return kept if cost <= least * WORSE + A_FEW else fresh


def _ranks(
    size: int,
    arcs: Mapping[Arc, int],
    back: set[Arc],
    leaving: Iterable[int],
    recollection: Recollection | None,
) -> list[int]:
    """Return the layer of every box: the one that it was in, as long as edges do not get much longer by that."""
    forward = [arc for arc in arcs if arc not in back]
    fresh = assign_ranks(size, arcs, back)
    _spread_ends(fresh, forward, leaving)
    if recollection is None:
        return fresh
    was = recollection.ranks()
    if was.count(None) * 2 > size:
        return fresh
    kept = keep_ranks(size, arcs, back, was)
    long, short = (sum(abs(rank[target] - rank[source]) for source, target in arcs) for rank in (kept, fresh))
    return kept if long <= short * WORSE + A_FEW else fresh


def _spread_ends(rank: list[int], arcs: Iterable[Arc], leaving: Iterable[int]) -> None:
    """Move ends of the graph out of overfull layers into later ones: a fan fills a page, not a column.

    Those cost no room on the way, for all edges of one box share a lane.
    """
    full = max(FULL_LAYER, round(sqrt(len(rank) * ROWS_PER_COLUMN)))
    layers: list[list[int]] = [[] for _ in range(max(rank) + 1)]
    for box, value in enumerate(rank):
        layers[value].append(box)
    if max(map(len, layers)) <= full:
        return
    kept = {source for source, _ in arcs}.union(leaving)
    for index, layer in enumerate(layers):
        ends = [box for box in layer if box not in kept]
        overfull = min(len(layer) - full, len(ends))
        if overfull > 0:
            if index + 1 == len(layers):
                layers.append([])
            for box in ends[len(ends) - overfull :]:
                rank[box] = index + 1
                layers[index + 1].append(box)


def _loads(
    rank: Sequence[int],
    forward: Iterable[Arc],
    arcs: Mapping[Arc, int],
    leaving: Mapping[int, Sequence[float]],
) -> list[list[int]]:
    """Return how many edges of each box run through each layer after its own, as far as one does."""
    loads: list[list[int]] = [[] for _ in rank]
    last = max(rank)
    for box, heights in leaving.items():
        loads[box] = [len(heights)] * (last - rank[box])
    for source, target in forward:
        distance = rank[target] - rank[source] - 1
        load = loads[source]
        load.extend([0] * (distance - len(load)))
        for step in range(distance):
            load[step] += arcs[source, target]
    return loads


class _Ports:
    """The layers with the ways in and out as two more, of known order, around them."""

    def __init__(self, layered: Layered) -> None:
        self.layered = layered
        self.depth = max(layered.rank, default=0) + 1
        self.layers: list[list[int]] = [[] for _ in range(self.depth + 2)]
        for vertex, value in enumerate(layered.rank):
            self.layers[value + 1].append(vertex)
        self.count = len(layered.rank)
        self.arcs: list[Arc] = []

    def add_turns(self) -> None:
        """Add a vertex where an edge that runs back turns round, for it crosses what runs there."""
        rank = self.layered.rank
        for layer, near in _turns(self.layered, self.depth):
            self.layers[layer + 1].append(self.count)
            self.arcs.extend((self.count, end) if rank[end] > layer else (end, self.count) for end in near)
            self.count += 1

    def add_ways(self, heights: Mapping[int, Sequence[float]], *, inwards: bool) -> None:
        """Add the ways in or out; those at the same height share one, and so may stand in any order."""
        side = 0 if inwards else -1
        lanes = self.layered.in_lanes if inwards else self.layered.out_lanes
        ways: list[tuple[float, int, int]] = []
        for box, found in heights.items():
            lane = lanes[box]
            if lane is None:
                continue
            end = lane[side] if lane else box
            counts = Counter(round(height, 4) for height in found)
            if len(counts) > MOST_WAYS:
                counts = Counter({fmean(found): len(found)})
            ways.extend((height, end, count) for height, count in counts.items())
        port_of: dict[float, int] = {}
        for height, end, count in sorted(ways):
            if height not in port_of:
                port_of[height] = self.count
                self.layers[side].append(self.count)
                self.count += 1
            port = port_of[height]
            self.arcs.extend([(port, end) if inwards else (end, port)] * min(count, HEAVIEST))


def _order(
    layered: Layered,
    arcs: Sequence[Arc],
    entering: Mapping[int, Sequence[float]],
    leaving: Mapping[int, Sequence[float]],
    recollection: Recollection | None,
    effort: int,
) -> None:
    """Order the layers."""
    ports = _Ports(layered)
    ports.add_turns()
    movable = ports.count
    ports.add_ways(entering, inwards=True)
    ports.add_ways(leaving, inwards=False)
    after: list[list[int]] = [[] for _ in range(ports.count)]
    before: list[list[int]] = [[] for _ in range(ports.count)]
    for source, target in [*arcs, *ports.arcs]:
        after[source].append(target)
        before[target].append(source)
    fixed = frozenset((0, ports.depth + 1))
    ordered = order_layers(ports.layers, before, after, fixed=fixed, effort=effort)
    size = len(layered.rank)
    if recollection is not None:
        was = [*recollection.places(layered), *[None] * (movable - size)]
        ordered = keep_order(ports.layers, ordered, before, after, was, fixed=fixed)
    layered.layers = [[vertex for vertex in layer if vertex < size] for layer in ordered[1:-1]]
    layered.place = [0.0] * size
    for layer in layered.layers:
        for slot, vertex in enumerate(layer):
            layered.place[vertex] = (slot + 0.5) / len(layer)


def _turns(layered: Layered, depth: int) -> list[tuple[int, Arc]]:
    """Return the layers in which edges that run back turn round, and what each of them joins there."""
    found: list[tuple[int, Arc]] = []
    for (source, target), lane in layered.back_lanes.items():
        if lane:
            found.append((layered.rank[source] + 1, (source, lane[-1])))
            found.append((layered.rank[target] - 1, (target, lane[0])))
    return [(layer, near) for layer, near in found if 0 <= layer < depth]
