"""Boxes that no edge joins, packed in rows to the shape of a page.

Responsible for keeping them in input order, in rows from the left, none overlapping.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def pack(
    sizes: Sequence[tuple[float, float]], gap: float, aspect: float, *, least_width: float = 0.0
) -> tuple[list[tuple[float, float]], float, float]:
    """Return the corner of every box, and the width and height that they take together.

    Parameters
    ----------
    sizes
        Width and height of each.
    gap
        The distance between two.
    aspect
        The wished ratio of width to height of the whole.
    least_width
        A width that may be filled before a new row begins.

    """
    if not sizes:
        return [], 0.0, 0.0
    area = sum((width + gap) * (height + gap) for width, height in sizes)
    limit = max(least_width, sqrt(area * aspect), *(width for width, _ in sizes))
    corners: list[tuple[float, float]] = []
    x = y = row = widest = 0.0
    for width, height in sizes:
        if x > 0 and x + width > limit:
            x = 0.0
            y += row + gap
            row = 0.0
        corners.append((x, y))
        widest = max(widest, x + width)
        x += width + gap
        row = max(row, height)
    return corners, widest, y + row
