"""The mapping between two assets of which none is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.definitions.partitions.multi_mapping import (
    MultiToSingleDimensionPartitionMapping,
    matching_dimension,
)
from nb_assets.definitions.partitions.partition_mapping import (
    AllPartitionMapping,
    IdentityPartitionMapping,
    PartitionMapping,
)
from nb_assets.definitions.partitions.time_mapping import TimeWindowPartitionMapping
from nb_assets.definitions.partitions.time_partitions import TimeWindowPartitionsDefinition

if TYPE_CHECKING:
    from nb_assets.definitions.partitions.partitions_definition import PartitionsDefinition


def partition_mapping_between(
    given: PartitionMapping | None,
    downstream: PartitionsDefinition[str] | None,
    upstream: PartitionsDefinition[str] | None,
) -> PartitionMapping:
    """Return the mapping that is given, else the usual one.

    That is by time between partitions of time, by the dimension that one has of the other, by key otherwise; and all
    partitions where one of the two has none.
    """
    if given is not None:
        return given
    if upstream is None or downstream is None:
        return AllPartitionMapping()
    if not isinstance(matching_dimension(upstream, downstream), str):
        return MultiToSingleDimensionPartitionMapping()
    if isinstance(upstream, TimeWindowPartitionsDefinition) and isinstance(
        downstream, TimeWindowPartitionsDefinition
    ):
        return TimeWindowPartitionMapping()
    return IdentityPartitionMapping()
