"""What assets say of partitions: which they have, and which of others they are derived from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.partitions.multi_mapping import MultiPartitionMapping
from nb_assets.definitions.partitions.partition_mapping import PartitionMapping
from nb_assets.definitions.partitions.time_mapping import TimeWindowPartitionMapping
from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from nb_assets.definitions.asset_spec import AssetSpec
    from nb_assets.definitions.partitions.partitions_definition import PartitionsDefinition


def checked_mapping(value: object, owner: str) -> PartitionMapping | None:
    """Return a mapping of partitions, or None.

    Raises
    ------
    DefinitionError
        When the value is neither.
    """
    if value is not None and not isinstance(value, PartitionMapping):
        raise DefinitionError(
            f"the partition_mapping of {owner} is one such as TimeWindowPartitionMapping(start_offset=-1), not {value!r}."
        )
    return value


def common_partitions_def(specs: Iterable[AssetSpec], owner: str) -> PartitionsDefinition[Any] | None:
    """Return the partitions of assets that are made together, or None.

    Raises
    ------
    DefinitionError
        When they do not all have the same.
    """
    found = list(dict.fromkeys(spec.partitions_def for spec in specs))
    if len(found) > 1:
        raise DefinitionError(
            f"the assets of `{owner}` have different partitions: what one call makes has the same partitions, given to the "
            "decorator as partitions_def."
        )
    return found[0] if found else None


def may_follow_itself(mapping: PartitionMapping | None) -> bool:
    """Tell whether an asset may be derived from itself by this mapping: from partitions of an earlier time alone."""
    if isinstance(mapping, MultiPartitionMapping):
        by_dimension = mapping.downstream_mappings_by_upstream_dimension
        return any(may_follow_itself(each.partition_mapping) for each in by_dimension.values())
    return isinstance(mapping, TimeWindowPartitionMapping) and mapping.is_strictly_before
