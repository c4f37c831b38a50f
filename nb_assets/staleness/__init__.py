"""Which assets are fresh, and for those that are not, every reason why.

An asset is fresh when its last materialization was made by today's code from today's data of its inputs; data, not
time, is compared, so an upstream that was made again with an equal value makes nothing stale. This compares; it neither
runs anything nor reads values.
"""

from __future__ import annotations

from nb_assets.staleness.causes import code_reasons
from nb_assets.staleness.kept import KeptStatuses
from nb_assets.staleness.partition_inputs import PartitionInputs, Reading
from nb_assets.staleness.partition_status import partition_status_of, rolled_up
from nb_assets.staleness.partition_table import PartitionCounts, PartitionTable
from nb_assets.staleness.reasons import (
    TO_RUN,
    CodeChanged,
    CodeVersionChanged,
    ConfigChanged,
    DependencyAdded,
    DependencyRemoved,
    EditedDuringRun,
    EnvironmentChanged,
    FileChanged,
    LastRunFailed,
    NeverMaterialized,
    PackageChanged,
    PartitionsNotFresh,
    Reason,
    ResourceChanged,
    State,
    UpstreamChanged,
    UpstreamGone,
    UpstreamNotFresh,
    UpstreamPartitionsMissing,
    ValueLost,
)
from nb_assets.staleness.status import (
    AssetStatus,
    Attempt,
    Records,
    input_versions,
    outside_now,
    outside_status,
    status_of,
)
from nb_assets.staleness.survey import statuses

__all__ = [
    "TO_RUN",
    "AssetStatus",
    "Attempt",
    "CodeChanged",
    "CodeVersionChanged",
    "ConfigChanged",
    "DependencyAdded",
    "DependencyRemoved",
    "EditedDuringRun",
    "EnvironmentChanged",
    "FileChanged",
    "KeptStatuses",
    "LastRunFailed",
    "NeverMaterialized",
    "PackageChanged",
    "PartitionCounts",
    "PartitionInputs",
    "PartitionTable",
    "PartitionsNotFresh",
    "Reading",
    "Reason",
    "Records",
    "ResourceChanged",
    "State",
    "UpstreamChanged",
    "UpstreamGone",
    "UpstreamNotFresh",
    "UpstreamPartitionsMissing",
    "ValueLost",
    "code_reasons",
    "input_versions",
    "outside_now",
    "outside_status",
    "partition_status_of",
    "rolled_up",
    "status_of",
    "statuses",
]
