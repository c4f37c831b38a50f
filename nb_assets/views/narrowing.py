"""What a picture is narrowed down to: the neighbourhood of an asset, the matches of a search, or both.

Responsible for which assets stay and which edges lead from one to another through what was taken out. Drawing is not
its business.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nb_assets.definitions.naming import groups_around
from nb_assets.views.finding import find_assets

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.graph.asset_graph import AssetGraph
    from nb_assets.session import Session
    from nb_assets.views.model import LineageView

__all__ = ["Focus", "Scope", "bridges", "indirect_edges"]

_MOST_BRIDGES = 20_000


@dataclass(frozen=True, kw_only=True)
class Focus:
    """An asset and what is so many steps upstream and downstream of it; None for all."""

    key: AssetKey
    up: int | None
    down: int | None

    def around(self, graph: AssetGraph) -> set[AssetKey]:
        """Return the asset and what is around it."""
        return graph.ancestors([self.key], self.up) | graph.descendants([self.key], self.down)


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What stays in the picture: what is around the focus and what the search means, as far as there are any."""

    focus: Focus | None = None
    text: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.focus is not None or self.text.strip() != "" or any(self.filters.values())

    @property
    def neighbourhood(self) -> Scope:
        """The scope without the search."""
        return Scope(focus=self.focus)

    def keys(self, session: Session) -> set[AssetKey] | None:
        """Return what stays, made here or elsewhere; None when everything does.

        Raises
        ------
        SelectionError
            When the search cannot be read.
        """
        found: set[AssetKey] | None = None
        if self.text.strip() or any(self.filters.values()):
            found, _ = find_assets(session, self.text, self.filters)
        if self.focus is None:
            return found
        around = self.focus.around(session.graph)
        return around if found is None else around & found


def bridges(graph: AssetGraph, shown: Collection[AssetKey]) -> list[tuple[AssetKey, AssetKey]]:
    """Return the pairs of shown assets that are derived from each other through others which are not shown alone.

    There are none when there would be more than anybody can follow.
    """
    reached: dict[AssetKey, frozenset[AssetKey]] = {}
    found: list[tuple[AssetKey, AssetKey]] = []
    weight = 0
    for key in graph.with_externals:
        through: set[AssetKey] = set()
        for upstream in graph.upstream(key):
            if upstream not in shown:
                through |= reached.get(upstream, frozenset())
        if key in shown:
            found += [(other, key) for other in through if other not in graph.upstream(key)]
        else:
            through.update(each for each in graph.upstream(key) if each in shown)
            reached[key] = frozenset(through)
            weight += len(through)
        if weight > 10 * _MOST_BRIDGES or len(found) > _MOST_BRIDGES:
            return []
    return sorted(found)


def indirect_edges(graph: AssetGraph, view: LineageView, keys: Collection[AssetKey]) -> list[list[str]]:
    """Return the edges of a picture that stand for no dependency of its own: each leads through what is not shown."""
    drawn = {node["key"] for node in view["nodes"]}
    folded = {group["name"] for group in view["groups"] if group["collapsed"]}

    def end(key: AssetKey) -> str:
        name = key.to_user_string()
        if name in drawn:
            return name
        return "group:" + next((above for above in groups_around(graph.group_of(key)) if above in folded), "")

    direct = {
        (end(upstream), end(key)) for key in keys for upstream in graph.upstream(key) if upstream in keys
    }
    return [
        [edge["source"], edge["target"]]
        for edge in view["edges"]
        if (edge["source"], edge["target"]) not in direct
    ]
