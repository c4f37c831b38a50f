"""One connected set of boxes, arranged in layers: which layer, which order, and where edges may pass.

Responsible for the lanes: a place in every layer that an edge passes on its way, so that it runs over no box.
All edges that leave a box share one lane, all that enter a group for a box share another, and an edge that
runs against the direction has its own. Order only; coordinates are `placement`'s.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING

from nb_assets.layout.crossings import order_layers
from nb_assets.layout.insertion import keep_order
from nb_assets.layout.ranks import assign_ranks, find_back_arcs, keep_ranks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nb_assets.layout.memory import Recollection
    from nb_assets.layout.ranks import Arc

FULL_LAYER = 24
ROWS_PER_COLUMN = 2.6
"""What makes a page of cards: so many more rows than columns."""
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
        self, first: int, last: int, *, behind: int | None = None, ahead: int | None = None
    ) -> list[int] | None:
        """Return a chain of new vertices in the layers `first` to `last`, joined to the box at its end, if any."""
        length = max(0, last - first + 1)
        if length > self.budget:
            return None
        self.budget -= length
        start = len(self.rank)
        lane = list(range(start, start + length))
        self.rank.extend(range(first, last + 1))
        self.arcs.extend(pairwise(lane))
        if lane and behind is not None:
            self.arcs.append((behind, lane[0]))
        if lane and ahead is not None:
            self.arcs.append((lane[-1], ahead))
        return lane


def arrange(
    items: Sequence[int],
    arcs: Mapping[Arc, int],
    entering: Mapping[int, float],
    leaving: Mapping[int, float],
    ranks: Sequence[int] | None = None,
    recollection: Recollection | None = None,
) -> Layered:
    """Arrange boxes that hang together.

    Parameters
    ----------
    items
        What the caller calls the boxes; everything else here goes by position in this list.
    arcs
        The weight of every arc, without loops.
    entering, leaving
        The boxes with edges from and to the outside, and how far down, from 0 to 1, those come in and go.
    ranks
        The layers, if the caller has decided them.
    recollection
        How the boxes were arranged before, if they were.

    """
    size = len(items)
    if size == 1 and not arcs:
        return Layered([items[0]], [0], [[0]], [[]], [[]], {}, [0.5])
    back = _back_arcs(size, arcs, recollection)
    forward = [arc for arc in arcs if arc not in back]
    rank = list(ranks) if ranks is not None else _ranks(size, arcs, back, leaving, recollection)
    lanes = _Lanes(rank)
    reach = _reach(rank, forward, leaving)
    out_lanes: list[list[int] | None] = [[] for _ in range(size)]
    in_lanes: list[list[int] | None] = [[] for _ in range(size)]
    # The short ones first: they are many and cheap, and the budget ends some day.
    for box in sorted(range(size), key=lambda box: reach[box] - rank[box]):
        out_lanes[box] = lanes.open(rank[box] + 1, reach[box], behind=box)
    for box in entering:
        in_lanes[box] = lanes.open(0, rank[box] - 1, ahead=box)
    back_lanes = {
        (source, target): lanes.open(rank[target], rank[source])
        for source, target in arcs
        if (source, target) in back
    }
    for source, target in forward:
        distance = rank[target] - rank[source]
        lane = out_lanes[source]
        if distance == 1:
            lanes.arcs.append((source, target))
        elif lane:
            lanes.arcs.append((lane[distance - 2], target))
    layered = Layered(items, rank, [], out_lanes, in_lanes, back_lanes)
    _order(layered, lanes.arcs, entering, leaving, recollection)
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


def _reach(rank: Sequence[int], arcs: Iterable[Arc], leaving: Iterable[int]) -> list[int]:
    """Return the last layer that each box needs a lane in, its own if it needs none."""
    reach = list(rank)
    for source, target in arcs:
        reach[source] = max(reach[source], rank[target] - 1)
    last = max(rank)
    for box in leaving:
        reach[box] = last
    return reach


def _order(
    layered: Layered,
    arcs: Sequence[Arc],
    entering: Mapping[int, float],
    leaving: Mapping[int, float],
    recollection: Recollection | None,
) -> None:
    """Order the layers, with the ways in and out as two more layers of known order around them."""
    rank = layered.rank
    depth = max(rank, default=0) + 1
    layers: list[list[int]] = [[] for _ in range(depth + 2)]
    for vertex, value in enumerate(rank):
        layers[value + 1].append(vertex)
    count = len(rank)
    after: list[list[int]] = [[] for _ in range(count + len(entering) + len(leaving))]
    before: list[list[int]] = [[] for _ in after]
    ports: list[Arc] = []
    for box in sorted(entering, key=lambda box: (entering[box], box)):
        lane = layered.in_lanes[box]
        if lane is not None:
            layers[0].append(count)
            ports.append((count, lane[0] if lane else box))
            count += 1
    for box in sorted(leaving, key=lambda box: (leaving[box], box)):
        lane = layered.out_lanes[box]
        if lane is not None:
            layers[-1].append(count)
            ports.append((lane[-1] if lane else box, count))
            count += 1
    for source, target in [*arcs, *ports]:
        after[source].append(target)
        before[target].append(source)
    fixed = frozenset((0, depth + 1))
    ordered = order_layers(layers, before, after, fixed=fixed)
    if recollection is not None:
        was = recollection.places(layered)
        ordered = keep_order(layers, ordered, before, after, was, fixed=fixed)
    layered.layers = ordered[1:-1]
    layered.place = [0.0] * len(rank)
    for layer in layered.layers:
        for slot, vertex in enumerate(layer):
            layered.place[vertex] = (slot + 0.5) / len(layer)
