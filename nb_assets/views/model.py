"""The lineage picture as plain, JSON-ready data.

Responsible for the shape that the widget, the static SVG and the standalone page all read, so that one set
of positions serves all three. Not responsible for making it (`views.lineage`) or for drawing it (`export`,
the widget's front end). Lengths are CSS pixels, `y` grows downwards, a box is given by its top left corner.
"""

from __future__ import annotations

from typing import TypedDict

from nb_assets.layout.model import COLLAPSED_PREFIX as GROUP_PREFIX
from nb_assets.layout.model import Direction

__all__ = [
    "GROUP_PREFIX",
    "CardView",
    "Direction",
    "EdgeView",
    "GroupView",
    "LineageView",
    "NodeView",
    "group_end",
]


class CardView(TypedDict):
    """What a card says that may change while the asset stands where it stands.

    `checks` is what its checks come to, the worst first, and `check_look` the status whose shape and colour that has; both
    are empty without checks. `partitions` is how many partitions are in which state. `duration` is how long the last
    materialization took, in seconds.
    """

    status: str
    reason: str
    detail: str
    badge: str
    checks: str
    check_look: str
    partitions: dict[str, int]
    duration: float | None


class NodeView(CardView):
    """One asset on screen.

    `owner` is the first of its owners. `upstream` and `downstream` count the assets that it is made from and that are made
    from it, whether they are in the picture or not.
    """

    key: str
    name: str
    group: str | None
    kinds: list[str]
    owner: str
    upstream: int
    downstream: int
    external: bool
    x: float
    y: float
    width: float
    height: float


class GroupView(TypedDict):
    """One group's box; `count` and `statuses` roll up every asset in it and in its nested groups."""

    name: str
    title: str
    count: int
    statuses: dict[str, int]
    collapsed: bool
    x: float
    y: float
    width: float
    height: float
    parent: str | None


class EdgeView(TypedDict):
    """One dependency, upstream first: each end is an asset key, or `group:NAME` where that group is collapsed.

    `points` are the control points of one cubic Bézier path, `M p0 C p1 p2 p3 C p4 p5 p6 …`: a start on the
    source's border, then three for every piece, the last of them on the target's border. Each piece leaves and
    arrives along the direction of the picture, so an arrowhead needs no angle of its own.
    """

    source: str
    target: str
    points: list[list[float]]


class LineageView(TypedDict):
    """The whole picture; groups are listed parents first, so that drawing in order paints them right."""

    nodes: list[NodeView]
    groups: list[GroupView]
    edges: list[EdgeView]
    width: float
    height: float
    direction: Direction


def group_end(name: str) -> str:
    """Return how an edge names the collapsed group `name` as one of its ends."""
    return GROUP_PREFIX + name
