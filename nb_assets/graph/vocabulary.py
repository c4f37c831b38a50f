"""The words that selections of a graph's assets can be made of, and how many assets each stands for.

What completes a magic, a search box and a filter all read it; how a word is completed is their business.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from nb_assets.definitions.naming import KIND_TAG_PREFIX, groups_around

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.asset_spec import AssetSpec
    from nb_assets.graph.asset_graph import AssetGraph

VALUED = ("group", "kind", "tag", "owner")
"""The attributes that assets give their own values, beside their keys."""


class Vocabulary:
    """The keys of a graph and the values of its attributes, counted once; a graph never changes."""

    def __init__(self, graph: AssetGraph) -> None:
        self._graph = graph

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of all assets that are made here, in order."""
        return tuple(key.to_user_string() for key in self._graph.keys)

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """The group of each of these keys."""
        return {key.to_user_string(): self._graph.group_of(key) for key in self._graph.keys}

    def values(self, attribute: str) -> Mapping[str, int]:
        """Return the values of an attribute, in the order of the alphabet, and how many assets have each."""
        return self._counted.get(attribute, {})

    def of_keys(self, attribute: str) -> Mapping[AssetKey, Sequence[str]]:
        """Return the values of each asset that is made here, in the order of the alphabet."""
        return self._of_keys[attribute]

    @cached_property
    def _of_keys(self) -> dict[str, dict[AssetKey, tuple[str, ...]]]:
        # Thousands of assets have the same values: they share them.
        shared: dict[tuple[str, ...], tuple[str, ...]] = {}
        found: dict[str, dict[AssetKey, tuple[str, ...]]] = {}
        for name in VALUED:
            of_name = found[name] = {}
            for key in self._graph.keys:
                values = tuple(sorted(values_of(self._graph, key, name)))
                of_name[key] = shared.setdefault(values, values)
        return found

    @cached_property
    def _counted(self) -> dict[str, dict[str, int]]:
        counts = {name: count_values(self._graph, self._graph.keys, name) for name in VALUED}
        return {name: dict(sorted(found.items())) for name, found in counts.items()}


def count_values(graph: AssetGraph, keys: Iterable[AssetKey], attribute: str) -> Counter[str]:
    """Count the values that some assets have of an attribute: a group counts in those around it, too."""
    return Counter(value for key in keys for value in values_of(graph, key, attribute))


def values_of(graph: AssetGraph, key: AssetKey, attribute: str) -> Iterable[str]:
    """Return the values that an asset has of an attribute, as `attribute:value` would select it."""
    spec: AssetSpec = graph.spec(key)
    match attribute:
        case "group":
            return groups_around(graph.group_of(key))
        case "kind":
            return spec.kinds or ()
        case "owner":
            return map(str, spec.owners or ())
        case "tag":
            tags = (spec.tags or {}).items()
            return (
                f"{name}={value}" if value else name
                for name, value in tags
                if not name.startswith(KIND_TAG_PREFIX)
            )
    return ()
