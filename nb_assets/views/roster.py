"""The assets of a picture, and what stands of them as long as the graph does: names, groups, what is laid out.

Responsible for working that out once, however often the picture is drawn or patched. Not responsible for which assets are
in a picture, nor for anything that a run or an edit may change (`views.cards`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from nb_assets.definitions.naming import DEFAULT_GROUP
from nb_assets.layout import Edge, Node
from nb_assets.views.narrowing import bridges

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.graph.asset_graph import AssetGraph

__all__ = ["Roster", "boxes_of"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Roster:
    """The assets of one picture of one graph.

    Attributes
    ----------
    selection, within
        What they were asked for with.
    keys
        Those that are made here.
    external
        Those that are made elsewhere.
    """

    graph: AssetGraph
    selection: object
    within: Collection[AssetKey] | None
    keys: Sequence[AssetKey]
    external: Sequence[AssetKey]
    _nodes: dict[tuple[float, float], Sequence[Node]] = field(default_factory=dict, init=False)

    def serves(self, graph: AssetGraph, selection: object, within: Collection[AssetKey] | None) -> bool:
        """Tell whether the same would be found again for this."""
        return (
            self.graph is graph
            and isinstance(selection, str)
            and selection == self.selection
            # Which assets a status selects changes while the graph stands.
            and "status" not in selection.lower()
            and within == self.within
        )

    @cached_property
    def every(self) -> Sequence[AssetKey]:
        """All of them, those that are made elsewhere first."""
        return [*self.external, *self.keys]

    @cached_property
    def names(self) -> Mapping[AssetKey, str]:
        """What each is called, in order."""
        return {key: key.to_user_string() for key in self.every}

    @cached_property
    def groups(self) -> Mapping[AssetKey, str]:
        """The box of each that has one."""
        described = (key for key in self.external if self.graph.described(key))
        return boxes_of(self.graph, [*described, *self.keys])

    @cached_property
    def boxes(self) -> Sequence[str | None]:
        """The same in the order of `every`."""
        return [self.groups.get(key) for key in self.every]

    def nodes(self, size: tuple[float, float]) -> Sequence[Node]:
        """Return what is laid out, every one of a size."""
        known = self._nodes.get(size)
        if known is None:
            width, height = size
            known = self._nodes[size] = [
                Node(id=name, width=width, height=height, group=box)
                for name, box in zip(self.names.values(), self.boxes, strict=True)
            ]
        return known

    @cached_property
    def edges(self) -> Sequence[Edge]:
        """What is derived from what, past what was taken out of the picture too."""
        graph, names = self.graph, self.names
        pairs = ((up, key) for key in self.every for up in graph.upstream(key))
        past = () if self.within is None else bridges(graph, names.keys())
        return [Edge(source=names[up], target=names[key]) for up, key in chain(pairs, past) if up in names]


def boxes_of(graph: AssetGraph, keys: Sequence[AssetKey]) -> dict[AssetKey, str]:
    """Return the box of each asset; none at all when every one of them would be in the box `default`."""
    groups = {key: graph.group_of(key) for key in keys}
    return {} if set(groups.values()) <= {DEFAULT_GROUP} else groups
