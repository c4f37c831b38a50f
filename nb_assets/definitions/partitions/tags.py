"""The tags by which a run says which partitions it makes: Dagster's."""

from __future__ import annotations

PARTITION_TAG = "dagster/partition"
RANGE_START_TAG = "dagster/asset_partition_range_start"
RANGE_END_TAG = "dagster/asset_partition_range_end"
