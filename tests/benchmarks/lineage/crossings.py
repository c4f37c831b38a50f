"""How many pairs of edges cross in a picture: one counter for whatever drew it.

Responsible for polylines, which curves become first. Edges that run on top of each other for a while cross there when
they change sides, and do not when they part on the side on which they met.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

Polyline = list[tuple[float, float]]

STEPS = 8
NUDGE = 0.02


def as_polyline(points: Sequence[Sequence[float]]) -> Polyline:
    """Return a cubic Bézier path as a polyline; a straight piece stays one piece."""
    found: Polyline = [(points[0][0], points[0][1])]
    for start in range(0, len(points) - 1, 3):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = points[start : start + 4]
        straight = ay == by == cy == dy or ax == bx == cx == dx
        for step in (STEPS,) if straight else range(1, STEPS + 1):
            t = step / STEPS
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            found.append((a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy))
    return found


def count_crossings(lines: Sequence[Polyline]) -> int:
    """Return how many times lines cross each other."""
    # Lines that coincide are moved apart a hair, both ways: what they do for certain, they do both times.
    one, other = (_crossings(lines, nudge) for nudge in (NUDGE, -NUDGE))
    return sum(min(number, other[pair]) for pair, number in one.items())


def _crossings(lines: Sequence[Polyline], nudge: float) -> Counter[tuple[int, int]]:
    """Return how often each pair of lines crosses when every line is moved by its number of nudges."""
    segments: list[tuple[float, float, float, float, int]] = []
    for number, line in enumerate(lines):
        # Hairs of different length, lest two lines move alike.
        shift = nudge * (1 + number / max(1, len(lines)))
        off_x, off_y = shift * 0.61, shift
        segments.extend(
            (x1 + off_x, y1 + off_y, x2 + off_x, y2 + off_y, number)
            for (x1, y1), (x2, y2) in pairwise(line)
            if (x1, y1) != (x2, y2)
        )
    found: Counter[tuple[int, int]] = Counter()
    if not segments:
        return found
    table = np.array(segments)
    table = table[np.argsort(np.minimum(table[:, 0], table[:, 2]))]
    x1, y1, x2, y2, owner = table.T
    left, right = np.minimum(x1, x2), np.maximum(x1, x2)
    top, bottom = np.minimum(y1, y2), np.maximum(y1, y2)
    ends = np.searchsorted(left, right, side="right")
    for index in range(len(table)):
        near = slice(index + 1, ends[index])
        hits = np.flatnonzero(
            (top[near] <= bottom[index]) & (bottom[near] >= top[index]) & (owner[near] != owner[index])
        )
        if not len(hits):
            continue
        hits += index + 1
        a = _side(x1[index], y1[index], x2[index], y2[index], x1[hits], y1[hits])
        b = _side(x1[index], y1[index], x2[index], y2[index], x2[hits], y2[hits])
        c = _side(x1[hits], y1[hits], x2[hits], y2[hits], x1[index], y1[index])
        d = _side(x1[hits], y1[hits], x2[hits], y2[hits], x2[index], y2[index])
        for other in owner[hits[(a * b < 0) & (c * d < 0)]]:
            first, second = sorted((int(owner[index]), int(other)))
            found[first, second] += 1
    return found


def _side(
    x1: npt.ArrayLike,
    y1: npt.ArrayLike,
    x2: npt.ArrayLike,
    y2: npt.ArrayLike,
    x: npt.ArrayLike,
    y: npt.ArrayLike,
) -> npt.NDArray[np.float64]:
    """Return on which side of the way from 1 to 2 a point is."""
    first = np.subtract(x2, x1) * np.subtract(y, y1)
    second = np.subtract(y2, y1) * np.subtract(x, x1)
    return np.sign(first - second)
