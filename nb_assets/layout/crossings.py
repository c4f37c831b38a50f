"""In which order the vertices of each layer stand, so that few edges cross.

Responsible for barycentre sweeps and the exchange of neighbours (Sugiyama, Tagawa and Toda 1981; Gansner et al.
1993), starting from a depth-first order that follows the input and then from shuffled ones, the same each time. Every
edge joins two neighbouring layers here.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Sequence
from random import Random

Layers = list[list[int]]
Neighbours = Sequence[Sequence[int]]

SWEEPS = 8
LARGE_SWEEPS = 3
PATIENCE = 3
EXCHANGE_ROUNDS = 4
EXCHANGE_DEGREE = 1_600
LARGE = 4_000
"""From so many vertices in one graph on, sweeps are few and nothing is exchanged: time before beauty."""
MOST_TRIES = 12
EFFORT = 900


def order_layers(
    layers: Layers,
    before: Neighbours,
    after: Neighbours,
    *,
    fixed: frozenset[int] = frozenset(),
    effort: int = EFFORT,
) -> Layers:
    """Return the layers, reordered; those numbered in `fixed` keep the order they came in.

    `effort` is of how many vertices sweeps may begin altogether: small graphs are tried from many orders.
    """
    count = len(before)
    start = _depth_first(layers, after, before, fixed=fixed)
    search = _Search(before, after, fixed, start)
    chance = Random(count)  # noqa: S311 - no secret hangs on it
    tries = max(1, min(MOST_TRIES, effort // max(1, count)))
    for number in range(tries):
        if search.fewest == 0:
            break
        if number > 1:
            start = [
                layer if index in fixed else _shuffled(layer, chance) for index, layer in enumerate(start)
            ]
        search.sweep(start, first_forward=number % 2 == 0, patience=PATIENCE if count <= effort else 2)
    return search.best


class _Search:
    """The best order found so far, and sweeps for a better one."""

    def __init__(self, before: Neighbours, after: Neighbours, fixed: frozenset[int], start: Layers) -> None:
        self.before = before
        self.after = after
        self.fixed = fixed
        self.place = [0] * len(before)
        _number(start, self.place)
        self.best = start
        self.fewest = sum(count_crossings(start, after, self.place))

    def sweep(self, start: Layers, *, first_forward: bool, patience: int) -> None:
        """Sweep to and fro from an order until that did not help `patience` times."""
        count = len(self.before)
        before, after, place, fixed = self.before, self.after, self.place, self.fixed
        current = [list(layer) for layer in start]
        _number(current, place)
        fewest = waste = 0
        for turn in range(SWEEPS if count < LARGE else LARGE_SWEEPS):
            forward = (turn % 2 == 0) == first_forward
            _sweep(current, before if forward else after, place, fixed=fixed, forward=forward)
            gaps = count_crossings(current, after, place)
            if count < LARGE and any(gaps):
                _exchange(current, before, after, place, gaps, fixed=fixed)
                gaps = count_crossings(current, after, place)
            crossings = sum(gaps)
            waste = 0 if turn == 0 or crossings < fewest else waste + 1
            fewest = min(fewest, crossings) if turn else crossings
            if crossings < self.fewest:
                self.best, self.fewest = [list(layer) for layer in current], crossings
            if self.fewest == 0 or waste >= patience:
                break


def _shuffled(layer: list[int], chance: Random) -> list[int]:
    """Return the layer in another order, the same one whenever this is asked again."""
    mixed = list(layer)
    chance.shuffle(mixed)
    return mixed


def count_crossings(layers: Layers, after: Neighbours, place: Sequence[int]) -> list[int]:
    """Return how many pairs of edges cross behind each layer, given each vertex's `place` in its layer."""
    counts = []
    for layer in layers:
        total = 0
        seen: list[int] = []
        for vertex in layer:
            near = after[vertex]
            if len(near) == 1:
                end = place[near[0]]
                total += len(seen) - bisect_right(seen, end)
                insort(seen, end)
            elif near:
                ends = [place[target] for target in near]
                known = len(seen)
                if known:
                    for end in ends:
                        total += known - bisect_right(seen, end)
                seen += ends
                seen.sort()
        counts.append(total)
    return counts


def _number(layers: Layers, place: list[int]) -> None:
    for layer in layers:
        for index, vertex in enumerate(layer):
            place[vertex] = index


def _depth_first(layers: Layers, after: Neighbours, before: Neighbours, *, fixed: frozenset[int]) -> Layers:
    """Return the layers in the order in which a walk that follows the input meets their vertices."""
    rank = [0] * len(after)
    for index, layer in enumerate(layers):
        for vertex in layer:
            rank[vertex] = index
    found: Layers = [[] for _ in layers]
    seen = [False] * len(after)
    for layer in layers:
        for root in layer:
            if seen[root]:
                continue
            stack = [root]
            while stack:
                vertex = stack.pop()
                if seen[vertex]:
                    continue
                seen[vertex] = True
                found[rank[vertex]].append(vertex)
                stack.extend(reversed(before[vertex]))
                stack.extend(reversed(after[vertex]))
    for index in fixed:
        found[index] = list(layers[index])
    return found


def _sweep(
    layers: Layers, neighbours: Neighbours, place: list[int], *, fixed: frozenset[int], forward: bool
) -> None:
    """Order every layer by the barycentre of its neighbours in the layer that the sweep comes from."""
    indices = range(1, len(layers)) if forward else range(len(layers) - 2, -1, -1)
    for index in indices:
        layer = layers[index]
        if index in fixed or len(layer) == 1:
            continue
        keyed = []
        slots = []
        for slot, vertex in enumerate(layer):
            near = neighbours[vertex]
            if near:
                total = 0
                for other in near:
                    total += place[other]
                keyed.append((total / len(near), slot, vertex))
                slots.append(slot)
        keyed.sort()
        for slot, (_, _, vertex) in zip(slots, keyed, strict=True):
            layer[slot] = vertex
            place[vertex] = slot


def _exchange(
    layers: Layers,
    before: Neighbours,
    after: Neighbours,
    place: list[int],
    gaps: Sequence[int],
    *,
    fixed: frozenset[int],
) -> None:
    """Swap neighbours within a layer as long as that removes crossings; `gaps` counts those behind each layer."""
    waiting = [
        index not in fixed and gaps[index] + (gaps[index - 1] if index else 0) > 0
        for index in range(len(layers))
    ]
    for _ in range(EXCHANGE_ROUNDS):
        if not any(waiting):
            return
        for index, layer in enumerate(layers):
            if not waiting[index]:
                continue
            waiting[index] = False
            improved = False
            for slot in range(len(layer) - 1):
                left, right = layer[slot], layer[slot + 1]
                gain = _gain(before[left], before[right], place) + _gain(after[left], after[right], place)
                if gain > 0:
                    layer[slot], layer[slot + 1] = right, left
                    place[left], place[right] = slot + 1, slot
                    improved = True
            if improved:
                for near in (index - 1, index, index + 1):
                    if 0 <= near < len(layers) and near not in fixed:
                        waiting[near] = True


def _gain(left: Sequence[int], right: Sequence[int], place: Sequence[int]) -> int:
    """Return how many crossings go when a vertex with neighbours `left` changes places with one with `right`."""
    if not left or not right or len(left) * len(right) > EXCHANGE_DEGREE:
        return 0
    if len(left) == 1 and len(right) == 1:
        return (place[left[0]] > place[right[0]]) - (place[left[0]] < place[right[0]])
    gain = 0
    for first in left:
        here = place[first]
        for second in right:
            there = place[second]
            if here > there:
                gain += 1
            elif here < there:
                gain -= 1
    return gain
