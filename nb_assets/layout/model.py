"""What a layout takes and what it gives back.

Responsible for the data only. Lengths are pixels, `y` grows downwards, a box is given by its top left corner.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Direction = Literal["LR", "TB"]
Point = tuple[float, float]

COLLAPSED_PREFIX = "group:"
"""What an edge's end starts with when a collapsed group stands there in place of its nodes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """A box to place; `group` names the box around it, `a/b` a box inside the box `a`."""

    id: str
    width: float
    height: float
    group: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Edge:
    """A dependency, upstream first."""

    source: str
    target: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """A placed rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return the x of its right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Return the y of its lower side."""
        return self.y + self.height

    def overlaps(self, other: Box) -> bool:
        """Tell whether the two share some area; touching sides do not count."""
        return (
            self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom
        )

    def contains(self, other: Box) -> bool:
        """Tell whether `other` lies within this box."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class EdgePath:
    """A routed edge: an end is a node's id, or `group:NAME` where that group is collapsed.

    `points` are the control points of one cubic Bézier path, `p0 (c c p) (c c p) …`, from the source's border
    to the target's.
    """

    source: str
    target: str
    points: Sequence[Point]


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """Every box and path, and the size of the whole; groups are listed parents first."""

    nodes: Mapping[str, Box]
    groups: Mapping[str, Box]
    edges: Sequence[EdgePath]
    width: float
    height: float
    plan: object = field(default=None, compare=False, repr=False)
    """How it came about, for the layout of the same graph grown by a cell."""
