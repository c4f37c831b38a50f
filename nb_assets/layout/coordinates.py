"""Where across its layer every vertex stands, once the order is known.

Responsible for short, straight edges: in sweeps every vertex is drawn to the median of its neighbours' ports,
and each layer is solved exactly under its separations by pooling adjacent violators (isotonic regression in the
first norm, so that most edges come out dead straight instead of nearly so). Not responsible for the order.
"""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

Link = tuple[int, float, float]
"""A neighbour, where this vertex would stand relative to it, and how hard it pulls."""

ROUNDS = 3
LARGE_POOL = 48
FAINT = 0.01
HELD = 1e9
FIRM = 1e4
SLACK = 1.15
SLACK_ANYWAY = 60.0
"""How far beyond the fullest layer the others may spread for straighter edges: a share of it, and pixels."""


def assign_across(
    layers: Sequence[Sequence[int]],
    before: Sequence[Sequence[Link]],
    after: Sequence[Sequence[Link]],
    spacing: Sequence[Sequence[float]],
    pinned: Mapping[int, tuple[float, float]] | None = None,
) -> list[float]:
    """Return the start of every vertex across the layers.

    Parameters
    ----------
    layers
        The vertices of each layer, in order.
    before, after
        The links of every vertex to the layer before and after its own.
    spacing
        For each layer, the least distance from each vertex's start to that of the next, and last the breadth of
        the last vertex.
    pinned
        Where vertices stood before, and how hard they stay there against their neighbours in the layer: `HELD` for boxes,
        `FIRM` for lanes.

    """
    across = [0.0] * len(before)
    offsets = []
    breadths = []
    for layer, gaps in zip(layers, spacing, strict=True):
        sums = list(accumulate(gaps, initial=0.0))
        breadths.append(sums[-1])
        offsets.append(sums[: len(layer)])
        for vertex, start in zip(layer, sums, strict=False):
            across[vertex] = start
    pinned = pinned or {}
    bounds = _bounds(breadths, [start for start, _ in pinned.values()])
    for vertex, (start, _) in pinned.items():
        across[vertex] = start
    both = [[*first, *second] for first, second in zip(before, after, strict=True)]
    down = range(len(layers))
    up = range(len(layers) - 1, -1, -1)
    for turns in ([((down, before), (up, after))] * ROUNDS, [((order, both),) for order in (down, up, down)]):
        for turn in turns:
            earlier = list(across)
            for order, links in turn:
                for index in order:
                    _settle(layers[index], links, offsets[index], bounds[index], across, pinned)
            if across == earlier:
                break
    return across


def _bounds(breadths: Sequence[float], pinned: Collection[float]) -> list[tuple[float, float]]:
    """Return between what each layer may begin: from nought, or about where the pinned ones are."""
    room = max(breadths, default=0.0) * SLACK + SLACK_ANYWAY
    if pinned:
        return [(min(pinned) - room, max(pinned) + room)] * len(breadths)
    return [(0.0, room - breadth) for breadth in breadths]


def _settle(
    layer: Sequence[int],
    links: Sequence[Sequence[Link]],
    offsets: Sequence[float],
    bounds: tuple[float, float],
    across: list[float],
    pinned: Mapping[int, tuple[float, float]],
) -> None:
    """Move one layer to the medians its links ask for, as near as its separations allow and not out of bounds."""
    pools: list[tuple[float, float, int, list[tuple[float, float]]]] = []
    for slot, vertex in enumerate(layer):
        near = links[vertex]
        offset = offsets[slot]
        wish, weight = (
            (pinned[vertex][0] - offset, pinned[vertex][1])
            if vertex in pinned
            else _wish(vertex, near, offset, across)
        )
        if not pools or pools[-1][0] <= wish:
            pools.append((wish, weight, 1, [(wish, weight)]))
            continue
        members = [(wish, weight)]
        count = 1
        while pools and pools[-1][0] > wish:
            _, more_weight, more_count, more = pools.pop()
            if len(more) < len(members):
                more, members = members, more
            more.extend(members)
            members = more
            weight += more_weight
            count += more_count
            wish = _held(members) if weight >= HELD else _pooled(members)
        pools.append((wish, weight, count, members))
    slot = 0
    least, most = bounds
    for wish, _, count, _ in pools:
        start = max(least, min(wish, most))
        start = round(start, 1) if pinned else round(start)
        for _ in range(count):
            across[layer[slot]] = start + offsets[slot]
            slot += 1


def _wish(vertex: int, near: Sequence[Link], offset: float, across: Sequence[float]) -> tuple[float, float]:
    """Return where a vertex would have its layer begin for it to stand level with its links, and how hard they pull."""
    if not near:
        return across[vertex] - offset, FAINT
    if len(near) == 1:
        other, distance, weight = near[0]
        return across[other] + distance - offset, weight
    weight = 0.0
    values = []
    for other, distance, pull in near:
        values.append((across[other] + distance, pull))
        weight += pull
    return weighted_median(values) - offset, weight


def _held(members: list[tuple[float, float]]) -> float:
    """Return the wish that most of the pinned ones share, else their middle: what has to move, moves to one side."""
    counts = Counter(round(wish, 1) for wish, weight in members if weight >= HELD)
    often = max(counts.values())
    common = sorted(wish for wish, count in counts.items() if count == often)
    return common[(len(common) - 1) // 2]


def _pooled(members: list[tuple[float, float]]) -> float:
    if len(members) > LARGE_POOL:
        total = sum(weight for _, weight in members)
        return sum(value * weight for value, weight in members) / total
    return weighted_median(members)


def weighted_median(values: list[tuple[float, float]]) -> float:
    """Return the middle of the values by weight: the mean of the two middle ones when they balance."""
    if len(values) == 2:  # noqa: PLR2004 - the common case, without sorting
        (first, light), (second, heavy) = values
        if light == heavy:
            return (first + second) / 2
        return first if light > heavy else second
    ordered = sorted(values)
    half = sum(weight for _, weight in ordered) / 2
    total = 0.0
    for index, (value, weight) in enumerate(ordered):
        total += weight
        if total > half + 1e-9:
            return value
        if total >= half - 1e-9:
            return (value + ordered[min(index + 1, len(ordered) - 1)][0]) / 2
    return ordered[-1][0]
