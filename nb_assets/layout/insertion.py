"""The order that layers had before, with what is new put where it crosses least.

Responsible for keeping who stands next to whom, and for giving that up once it has become much worse than an order
made afresh. Sweeps that know nothing of before are in `crossings`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.layout.crossings import count_crossings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nb_assets.layout.crossings import Layers, Neighbours

WORSE = 1.25
A_FEW = 2
"""How many crossings an order may have beyond those of one made afresh: a share of them, and a few."""
MOST_NEW = 0.5
PASSES = 2


def keep_order(
    layers: Layers,
    fresh: Layers,
    before: Neighbours,
    after: Neighbours,
    was: Sequence[tuple[int, int] | None],
    *,
    fixed: frozenset[int],
) -> Layers:
    """Return the layers in the order they had, unless the fresh order is much better.

    Parameters
    ----------
    layers
        The vertices of each layer.
    fresh
        The same in an order made afresh.
    was
        What the known vertices were sorted by; vertices beyond the end of it are in fixed layers.

    """
    movable = [vertex for index, layer in enumerate(layers) if index not in fixed for vertex in layer]
    new = [vertex for vertex in movable if was[vertex] is None]
    if len(new) > MOST_NEW * len(movable):
        return fresh
    place = [-1] * len(before)
    layer_of = [0] * len(before)
    kept: Layers = []
    for index, layer in enumerate(layers):
        known = (
            fresh[index]
            if index in fixed
            else sorted(
                (vertex for vertex in layer if was[vertex] is not None),
                key=lambda vertex: was[vertex] or (0, 0),
            )
        )
        kept.append(list(known))
        for vertex in layer:
            layer_of[vertex] = index
        for slot, vertex in enumerate(known):
            place[vertex] = slot
    for turn in range(PASSES):
        for vertex in new:
            layer = kept[layer_of[vertex]]
            if turn:
                layer.remove(vertex)
                _number(layer, place)
            layer.insert(_best_slot(vertex, layer, before, after, place), vertex)
            _number(layer, place)
    many = sum(count_crossings(kept, after, place))
    fresh_place = [0] * len(before)
    for layer in fresh:
        _number(layer, fresh_place)
    few = sum(count_crossings(fresh, after, fresh_place))
    return kept if many <= few * WORSE + A_FEW else fresh


def _number(layer: Sequence[int], place: list[int]) -> None:
    for slot, vertex in enumerate(layer):
        place[vertex] = slot


def _best_slot(
    vertex: int, layer: Sequence[int], before: Neighbours, after: Neighbours, place: Sequence[int]
) -> int:
    """Return where in the layer a vertex crosses least; among equals, nearest to where its neighbours stand."""
    sides = [
        (neighbours, near)
        for neighbours in (before, after)
        if (near := sorted(place[other] for other in neighbours[vertex] if place[other] >= 0))
    ]
    cost = best = 0
    ties = [0]
    for slot, other in enumerate(layer):
        for neighbours, near in sides:
            for end in neighbours[other]:
                there = place[end]
                if there >= 0:
                    for here in near:
                        cost += (there > here) - (there < here)
        if cost < best:
            best, ties = cost, [slot + 1]
        elif cost == best:
            ties.append(slot + 1)
    if not sides:
        return len(layer)
    share = _share(vertex, before, after, place, layer)
    return min(ties, key=lambda slot: abs(slot - share))


def _share(
    vertex: int, before: Neighbours, after: Neighbours, place: Sequence[int], layer: Sequence[int]
) -> float:
    """Return about where in the layer a vertex would stand level with the other vertices that its neighbours have."""
    slots = [
        place[sibling] + 0.5
        for mine, theirs in ((before, after), (after, before))
        for other in mine[vertex]
        for sibling in theirs[other]
        if sibling != vertex and place[sibling] >= 0
    ]
    return sum(slots) / len(slots) if slots else len(layer)
