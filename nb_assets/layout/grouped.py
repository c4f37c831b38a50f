"""The layout of a grouped graph: layers inside every group, and layers of groups.

Responsible for the whole: read the groups, arrange, place, route. Every step is deterministic, keeps input
order where nothing else decides, works without recursion, and takes any graph: cycles among nodes or groups,
chains and fans of any size, no edges, one node, none.

Sources: Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system structures" (1981);
Sander, "Layout of compound directed graphs" (1996).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from nb_assets.layout.arrangement import Arrangement
from nb_assets.layout.hierarchy import build_hierarchy
from nb_assets.layout.model import Box, Layout
from nb_assets.layout.placement import Placement
from nb_assets.layout.routing import route
from nb_assets.layout.spacing import SPACING, Spacing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nb_assets.layout.model import Direction, Edge, Node, Point
    from nb_assets.layout.pins import Places


def layout(
    nodes: Iterable[Node],
    edges: Iterable[Edge],
    *,
    collapsed: Iterable[str] = frozenset(),
    direction: Direction = "LR",
    spacing: Spacing = SPACING,
    before: Layout | None = None,
) -> Layout:
    """Place nodes in boxes of their groups, and route the edges between them.

    Folding or unfolding a group changes sizes, never the order of what stays. An edge whose end is not among
    the nodes is left out, as are loops and repetitions.

    Parameters
    ----------
    nodes
        The boxes to place; among equals, the first stands first.
    edges
        Which node comes before which.
    collapsed
        Groups drawn as one small box, with everything in them hidden and edges merged at the box.
    direction
        `LR`: edges leave right and enter left. `TB`: edges leave below and enter above.
    spacing
        The distances to keep.
    before
        The layout on screen, of the graph before it grew or shrank a little: what was there stays where it was among
        its neighbours, and in its place as far as there is room, unless that has become much worse than a fresh
        layout.

    """
    graph = tuple(nodes), tuple(dict.fromkeys(edges))
    shut = frozenset(collapsed)
    earlier = before.plan if before is not None and isinstance(before.plan, _Plan) else None
    if before is not None and earlier is not None and earlier.is_of(graph, shut, direction, spacing):
        return before
    if earlier is None:
        arrangement = _arrange(*graph)
    elif earlier.graph == graph:
        arrangement = earlier.arrangement
    else:
        arrangement = Arrangement(build_hierarchy(*graph), earlier.arrangement)
    hierarchy = arrangement.hierarchy
    folded = [container.name in shut for container in hierarchy.containers]
    downwards = direction == "TB"
    placement = Placement(
        hierarchy,
        arrangement,
        folded,
        spacing,
        downwards=downwards,
        earlier=None if earlier is None else earlier.places,
    )
    origins = _origins(placement)
    whole = placement.placed[0]
    width, height = (whole.across, whole.along) if downwards else (whole.along, whole.across)
    found_nodes, found_groups = _boxes(placement, origins)
    return Layout(
        nodes=found_nodes,
        groups=found_groups,
        edges=route(placement, origins),
        width=width,
        height=height,
        plan=_Plan(graph, shut, direction, spacing, arrangement, placement.places),
    )


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a layout keeps for the next one."""

    graph: tuple[tuple[Node, ...], tuple[Edge, ...]]
    collapsed: frozenset[str]
    direction: Direction
    spacing: Spacing
    arrangement: Arrangement
    places: Places

    def is_of(self, graph: object, collapsed: frozenset[str], direction: Direction, spacing: Spacing) -> bool:
        """Tell whether this is the very same picture."""
        return (self.graph, self.collapsed, self.direction, self.spacing) == (
            graph,
            collapsed,
            direction,
            spacing,
        )


def forget() -> None:
    """Forget the graphs that were arranged, so that the next is arranged afresh."""
    _arrange.cache_clear()


@lru_cache(maxsize=4)
def _arrange(nodes: tuple[Node, ...], edges: tuple[Edge, ...]) -> Arrangement:
    """Arrange a graph, or find it arranged already: folding a group asks for the same graph again."""
    return Arrangement(build_hierarchy(nodes, edges))


def _origins(placement: Placement) -> list[Point]:
    """Return where every container begins in the picture, along and across."""
    origins: list[Point] = []
    for number, container in enumerate(placement.hierarchy.containers):
        if number == 0:
            origins.append((0.0, 0.0))
        elif placement.hidden[number]:
            origins.append(origins[container.parent])
        else:
            x, y = origins[container.parent]
            along, across = placement.placed[container.parent].corners[container.slot]
            origins.append((x + along, y + across))
    return origins


def _boxes(placement: Placement, origins: Sequence[Point]) -> tuple[dict[str, Box], dict[str, Box]]:
    """Return the boxes of all visible nodes and groups."""
    hierarchy = placement.hierarchy
    nodes: dict[str, Box] = {}
    groups: dict[str, Box] = {}
    for number, container in enumerate(hierarchy.containers):
        if placement.hidden[number]:
            continue
        x, y = origins[number]
        if container.name is not None:
            placed = placement.placed[number]
            groups[container.name] = _box(x, y, placed.along, placed.across, downwards=placement.downwards)
        if placement.folded[number]:
            continue
        for child, (along, across) in zip(container.children, placement.placed[number].corners, strict=True):
            if child >= 0:
                size = placement.sizes[child]
                box = _box(x + along, y + across, *size, downwards=placement.downwards)
                nodes[hierarchy.nodes[child].id] = box
    return nodes, groups


def _box(along: float, across: float, length: float, breadth: float, *, downwards: bool) -> Box:
    if downwards:
        return Box(x=across, y=along, width=breadth, height=length)
    return Box(x=along, y=across, width=length, height=breadth)
