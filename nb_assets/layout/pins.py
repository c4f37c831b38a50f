"""Where everything stood in the layout before, container by container.

Responsible for saying of each child where it would have to stand now for what is in it to stay in place, and how far
what is in a container has shifted within it. A container is remembered for each set of groups that were folded in it:
folding and unfolding ends where it began.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nb_assets.layout.memory import vertex_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nb_assets.layout.hierarchy import Hierarchy
    from nb_assets.layout.layered import Layered
    from nb_assets.layout.memory import Name
    from nb_assets.layout.model import Point

Look = tuple[str | None, bool, frozenset[str]]
"""A container by its name, whether edges run downwards, and which groups in it are folded."""
MOST_LOOKS = 4_000
LEAST_KNOWN = 0.5
"""With fewer of its children known than this, a container is placed afresh."""


@dataclass(frozen=True, slots=True)
class Pins:
    """The corners that children of one container had, by number; of a group, less how far its inside has shifted.

    `lanes` says where across lanes were, by the name of their vertices.
    """

    corners: Mapping[int, Point] = field(default_factory=dict)
    lanes: Mapping[Name, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Kept:
    """Where everything in one container stood: children by name, and the vertices of each component."""

    names: Sequence[str]
    corners: Sequence[Point]
    components: Sequence[tuple[Layered, Sequence[float]]]

    def lanes(self) -> dict[Name, float]:
        found: dict[Name, float] = {}
        for layered, across in self.components:
            if len(layered.rank) > layered.size:
                names = vertex_names(layered, [self.names[slot] for slot in layered.items])
                found.update(zip(names[layered.size :], across[layered.size :], strict=True))
        return found


class Places:
    """Where everything stood in the layouts before, by container."""

    def __init__(self, earlier: Places | None = None) -> None:
        self.kept: dict[Look, _Kept] = dict(earlier.kept) if earlier is not None else {}
        self._drift: dict[int, Point] = {}

    def pins(self, hierarchy: Hierarchy, number: int, look: Look) -> Pins:
        """Return where the children of a container would have to stand."""
        kept = self.kept.get(look)
        if kept is None:
            return Pins()
        corners = dict(zip(kept.names, kept.corners, strict=True))
        children = hierarchy.containers[number].children
        found: dict[int, Point] = {}
        for slot, child in enumerate(children):
            corner = corners.get(hierarchy.name_of(child))
            if corner is not None:
                along, across = (0.0, 0.0) if child >= 0 else self._drift.get(~child, (0.0, 0.0))
                found[slot] = corner[0] - along, corner[1] - across
        return Pins(found, kept.lanes()) if len(found) >= LEAST_KNOWN * len(children) else Pins()

    def keep(
        self,
        hierarchy: Hierarchy,
        number: int,
        look: Look,
        corners: Sequence[Point],
        components: Sequence[tuple[Layered, Sequence[float]]],
        pins: Pins,
    ) -> None:
        """Remember where everything stands now, and how far children have shifted from their pins."""
        if pins.corners:
            shifts = [
                (corners[slot][0] - along, corners[slot][1] - across)
                for slot, (along, across) in pins.corners.items()
            ]
            self._drift[number] = (
                most_common(along for along, _ in shifts),
                most_common(across for _, across in shifts),
            )
        self.kept.pop(look, None)
        names = [hierarchy.name_of(child) for child in hierarchy.containers[number].children]
        self.kept[look] = _Kept(names, corners, components)

    def close(self, containers: int) -> None:
        """Forget what was not looked at for long."""
        self._drift.clear()
        while len(self.kept) > max(MOST_LOOKS, 2 * containers):
            del self.kept[next(iter(self.kept))]


def looks(hierarchy: Hierarchy, folded: Sequence[bool], *, downwards: bool) -> list[Look]:
    """Return what every container is remembered by."""
    inside: list[set[str]] = [set() for _ in hierarchy.containers]
    for number in range(len(hierarchy.containers) - 1, -1, -1):
        container = hierarchy.containers[number]
        if container.name is None:
            continue
        if folded[number]:
            inside[number] = {container.name}
        if inside[number]:
            inside[container.parent] |= inside[number]
    return [
        (container.name, downwards, frozenset(found))
        for container, found in zip(hierarchy.containers, inside, strict=True)
    ]


def most_common(values: Iterable[float]) -> float:
    """Return the value that occurs most, the largest of equals: what was pushed on has come from a smaller one."""
    counts: dict[float, int] = {}
    for value in values:
        rounded = round(value, 1)
        counts[rounded] = counts.get(rounded, 0) + 1
    return min(counts, key=lambda value: (-counts[value], -value))
