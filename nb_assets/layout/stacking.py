"""Where the components of one container stand: those with edges to the outside under each other, the rest packed.

Responsible for corners only. What stood somewhere before stays there as long as nothing is in its way, and what is
new goes to the first gap that it fits in; without anything from before all are packed afresh.
"""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from nb_assets.layout.packing import pack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nb_assets.layout.model import Point

WIDEST_HOLE = 160.0
"""A hole that something left is kept up to this height."""
LOOSEST = 2.0
"""How many times the area of a fresh packing one may take that keeps what stood somewhere."""
CELL = 256.0


def stack(
    sizes: Sequence[Point], wishes: Mapping[int, Point], start: Point, gap: float
) -> tuple[list[Point], float, float]:
    """Return the corners of boxes under each other, the widest end, and where the next would begin.

    Parameters
    ----------
    sizes
        Length and breadth of each, in order.
    wishes
        Where some of them stood.
    start
        The corner of the container's inside.

    """
    begin, above = start
    bottom = min((wishes[index][1] for index in wishes), default=above)
    bottom = min(above, bottom)
    leftmost = min((along for along, _ in wishes.values()), default=begin)
    corners: list[Point] = []
    for index, (_, breadth) in enumerate(sizes):
        along, across = begin, bottom
        if index in wishes:
            along += wishes[index][0] - leftmost
            if bottom <= wishes[index][1] <= bottom + WIDEST_HOLE:
                across = wishes[index][1]
        corners.append((along, across))
        bottom = across + breadth + gap
    lift = above - min((across for _, across in corners), default=above)
    corners = [(along, across + lift) for along, across in corners]
    widest = max(
        (along + size[0] - begin for (along, _), size in zip(corners, sizes, strict=True)), default=0.0
    )
    return corners, widest, bottom + lift if sizes else above


def fill(
    sizes: Sequence[Point], wishes: Mapping[int, Point], gap: float, aspect: float, least_width: float
) -> tuple[list[Point], float, float]:
    """Return corners of boxes that no edge joins, from 0, 0, with the length and breadth that they take together."""
    fresh = pack(sizes, gap, aspect, least_width=least_width)
    if 2 * len(wishes) < len(sizes) or not wishes:
        return fresh
    left = min(along for along, _ in wishes.values())
    top = min(across for _, across in wishes.values())
    room = max(fresh[1], max(along + sizes[index][0] for index, (along, _) in wishes.items()) - left)
    taken = _Taken(gap)
    corners: list[Point] = [(0.0, 0.0)] * len(sizes)
    for index, (along, across) in sorted(wishes.items(), key=lambda entry: (entry[1][1], entry[1][0])):
        corners[index] = taken.below((along - left, across - top), sizes[index])
    for index, size in enumerate(sizes):
        if index not in wishes:
            corners[index] = taken.first(size, room)
    length = max(along + size[0] for (along, _), size in zip(corners, sizes, strict=True))
    breadth = max(across + size[1] for (_, across), size in zip(corners, sizes, strict=True))
    if length * breadth > LOOSEST * fresh[1] * fresh[2]:
        return fresh
    return corners, length, breadth


class _Taken:
    """The room that boxes take, found by where it is."""

    def __init__(self, gap: float) -> None:
        self.gap = gap
        self.boxes: list[tuple[float, float, float, float]] = []
        self.cells: dict[tuple[int, int], list[int]] = {}

    def below(self, corner: Point, size: Point) -> Point:
        """Take room at the corner, or as little below it as has room."""
        along, across = corner
        while (other := self._in_the_way(along, across, size)) is not None:
            across = self.boxes[other][3] + self.gap
        self._take(along, across, size)
        return along, across

    def first(self, size: Point, room: float) -> Point:
        """Take the first room there is, row by row."""
        corners = sorted(
            {(top, right + self.gap) for _, top, right, _ in self.boxes}
            | {(top, 0.0) for _, top, _, _ in self.boxes}
            | {(bottom + self.gap, 0.0) for *_, bottom in self.boxes}
        )
        for across, along in corners:
            if along + size[0] <= room and self._in_the_way(along, across, size) is None:
                self._take(along, across, size)
                return along, across
        across = max(bottom for *_, bottom in self.boxes) + self.gap
        self._take(0.0, across, size)
        return 0.0, across

    def _take(self, along: float, across: float, size: Point) -> None:
        number = len(self.boxes)
        self.boxes.append((along, across, along + size[0], across + size[1]))
        for cell in self._cells(along, across, size):
            self.cells.setdefault(cell, []).append(number)

    def _in_the_way(self, along: float, across: float, size: Point) -> int | None:
        gap = self.gap
        for cell in self._cells(along, across, size):
            for number in self.cells.get(cell, ()):
                left, top, right, bottom = self.boxes[number]
                beside = along >= right + gap or left >= along + size[0] + gap
                if not beside and across < bottom + gap and top < across + size[1] + gap:
                    return number
        return None

    def _cells(self, along: float, across: float, size: Point) -> Iterator[tuple[int, int]]:
        gap = self.gap
        for column in range(floor((along - gap) / CELL), floor((along + size[0] + gap) / CELL) + 1):
            for row in range(floor((across - gap) / CELL), floor((across + size[1] + gap) / CELL) + 1):
                yield column, row
