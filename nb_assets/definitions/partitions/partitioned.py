"""What a definition of assets says of their partitions."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.partitions.dependence import common_partitions_def, may_follow_itself
from nb_assets.definitions.partitions.inferred_mapping import partition_mapping_between

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.asset_spec import AssetSpec
    from nb_assets.definitions.partitions.backfill_policy import BackfillPolicy
    from nb_assets.definitions.partitions.partition_mapping import PartitionMapping
    from nb_assets.definitions.partitions.partitions_definition import PartitionsDefinition


class Partitioned:
    """What follows for partitions from the specs of assets that are made together."""

    node_name: str
    backfill_policy: BackfillPolicy | None

    if TYPE_CHECKING:

        @property
        def specs(self) -> tuple[AssetSpec, ...]:
            """The assets made."""

        @property
        def specs_by_key(self) -> dict[AssetKey, AssetSpec]:
            """The assets made, by key."""

    @cached_property
    def partitions_def(self) -> PartitionsDefinition[Any] | None:
        """The partitions of the assets made, which have them in common.

        Raises
        ------
        DefinitionError
            When they have not.
        """
        if all(spec.partitions_def is None for spec in self.specs):
            return None
        return common_partitions_def(self.specs, self.node_name)

    @cached_property
    def self_dependent(self) -> frozenset[AssetKey]:
        """The assets of which a partition is derived from earlier ones of the same asset."""
        if self.partitions_def is None:
            return frozenset()
        return frozenset(
            key for key in self.specs_by_key if may_follow_itself(self.partition_mapping(key, key))
        )

    def partition_mapping(self, key: AssetKey, upstream: AssetKey) -> PartitionMapping | None:
        """Return which partitions of an asset one of those made is derived from, where that is said."""
        deps = self.specs_by_key[key].deps
        return next((dep.partition_mapping for dep in deps if dep.asset_key == upstream), None)

    def get_partition_mapping(self, input_key: AssetKey) -> PartitionMapping | None:
        """Return which partitions of an asset those made are derived from, where that is said."""
        found = (self.partition_mapping(key, input_key) for key in self.specs_by_key)
        return next((mapping for mapping in found if mapping is not None), None)

    def infer_partition_mapping(
        self,
        asset_key: AssetKey,
        upstream_asset_key: AssetKey,
        upstream_partitions_def: PartitionsDefinition[Any] | None,
    ) -> PartitionMapping:
        """Return which partitions of an asset one of those made is derived from: as it is said, else as usual."""
        given = self.partition_mapping(asset_key, upstream_asset_key)
        return partition_mapping_between(given, self.partitions_def, upstream_partitions_def)
