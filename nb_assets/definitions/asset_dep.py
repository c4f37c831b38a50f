"""A dependency on an asset whose value is not passed."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.outside_dep import EnvDep, FileDep
from nb_assets.definitions.partitions.dependence import checked_mapping
from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from nb_assets.definitions.partitions.partition_mapping import PartitionMapping


@dataclass(frozen=True, init=False)
class AssetDep:
    """An upstream asset that this one is derived from without being handed its value."""

    asset_key: AssetKey
    metadata: Mapping[str, Any]
    partition_mapping: PartitionMapping | None

    def __init__(
        self,
        asset: Any,
        *,
        partition_mapping: PartitionMapping | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> None:
        object.__setattr__(self, "asset_key", AssetKey.from_coercible(asset))
        object.__setattr__(self, "metadata", dict(metadata or {}))
        if partition_mapping is not None:
            checked_mapping(partition_mapping, "an AssetDep")
        object.__setattr__(self, "partition_mapping", partition_mapping)

    @staticmethod
    def from_coercible(value: Any) -> AssetDep:
        """Read whatever stands for one dependency.

        Raises
        ------
        DefinitionError
            When it stands for none, or for several.
        """
        found = _as_dep(value)
        if len(found) != 1:
            names = ", ".join(f"`{dep.asset_key.to_user_string()}`" for dep in found)
            raise DefinitionError(
                f"one dependency is asked for, and this stands for {len(found)} ({names}): name one by its key."
            )
        return found[0]

    def of(self, key: AssetKey) -> AssetDep:
        """Return the same dependency on another asset."""
        copied = copy.copy(self)
        object.__setattr__(copied, "asset_key", key)
        return copied

    def __hash__(self) -> int:
        return hash(self.asset_key)

    def renamed(self, rename: Mapping[AssetKey, AssetKey]) -> AssetDep:
        """Return the same dependency, on what its asset is called by another name."""
        key = rename.get(self.asset_key, self.asset_key)
        return AssetDep(key, metadata=self.metadata, partition_mapping=self.partition_mapping)

    def __lt__(self, other: AssetDep) -> bool:
        return self.asset_key < other.asset_key


def as_deps(deps: Iterable[Any] | None) -> tuple[AssetDep, ...]:
    """Read whatever stands for dependencies: keys, definitions of one or several assets, specs, deps.

    Raises
    ------
    DefinitionError
        When one names no asset, or the same asset is given twice with different metadata.
    """
    if isinstance(deps, str):
        raise DefinitionError(f'deps is a list of assets, not one text: write deps=["{deps}"].')
    by_key: dict[AssetKey, AssetDep] = {}
    for item in deps or ():
        for dep in _as_dep(item):
            if dep.asset_key in by_key:
                known = by_key[dep.asset_key]
                if (known.metadata, known.partition_mapping) != (dep.metadata, dep.partition_mapping):
                    raise DefinitionError(
                        f"`{dep.asset_key.to_user_string()}` is given twice in deps with different metadata, or different "
                        "partition mappings: give each asset that this one is derived from once."
                    )
                continue
            by_key[dep.asset_key] = dep
    return tuple(by_key.values())


def _as_dep(item: Any) -> tuple[AssetDep, ...]:
    if isinstance(item, AssetDep):
        return (item,)
    if isinstance(item, (FileDep, EnvDep)):
        return (AssetDep(item.key),)
    keys = getattr(item, "keys", None)
    if isinstance(keys, (set, frozenset)):
        return tuple(AssetDep(key) for key in sorted(keys))
    return (AssetDep(item),)
