"""Which asset an argument of the function stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.partitions.dependence import checked_mapping
from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from nb_assets.definitions.partitions.partition_mapping import PartitionMapping


@dataclass(frozen=True, init=False)
class AssetIn:
    """The upstream asset behind an argument, where its name alone does not say it."""

    key: AssetKey | None
    key_prefix: tuple[str, ...]
    metadata: Mapping[str, Any]
    input_manager_key: str | None
    dagster_type: Any
    partition_mapping: PartitionMapping | None

    def __init__(
        self,
        key: AssetKey | str | Sequence[str] | None = None,
        metadata: Mapping[str, Any] | None = None,
        key_prefix: str | Sequence[str] | None = None,
        input_manager_key: str | None = None,
        dagster_type: Any = None,
        partition_mapping: PartitionMapping | None = None,
    ) -> None:
        if key is not None and key_prefix is not None:
            raise DefinitionError("give an AssetIn either a whole key or a key_prefix, not both.")
        object.__setattr__(self, "key", None if key is None else AssetKey.from_coercible(key))
        object.__setattr__(
            self, "key_prefix", (key_prefix,) if isinstance(key_prefix, str) else tuple(key_prefix or ())
        )
        object.__setattr__(self, "metadata", dict(metadata or {}))
        object.__setattr__(self, "input_manager_key", input_manager_key)
        object.__setattr__(self, "dagster_type", dagster_type)
        # Checked without importing what few assets have.
        if partition_mapping is not None:
            checked_mapping(partition_mapping, "an AssetIn")
        object.__setattr__(self, "partition_mapping", partition_mapping)

    @property
    def says_more(self) -> bool:
        """Whether it says more than which asset it is."""
        return bool(self.metadata or self.input_manager_key) or self.dagster_type is not None

    def key_of(self, argument: str) -> AssetKey:
        """Return the key that the argument of this name stands for."""
        return self.key or AssetKey([*self.key_prefix, argument])
