"""What an instance answers: records of materializations, and which of them are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.storage.materialization import Materialization


@dataclass(frozen=True, kw_only=True)
class AssetRecordsFilter:
    """Which materializations are asked for. Times are in seconds since 1970, storage ids are versions of the asset."""

    asset_key: AssetKey
    asset_partitions: Sequence[str] | None = None
    after_timestamp: float | None = None
    before_timestamp: float | None = None
    after_storage_id: int | None = None
    before_storage_id: int | None = None

    def matches(self, made: Materialization) -> bool:
        """Tell whether a materialization is one of them."""
        partition = getattr(made, "partition", None)
        return (
            made.asset_key == self.asset_key
            and (self.asset_partitions is None or partition in self.asset_partitions)
            and (self.after_timestamp is None or made.timestamp > self.after_timestamp)
            and (self.before_timestamp is None or made.timestamp < self.before_timestamp)
            and (self.after_storage_id is None or made.version > self.after_storage_id)
            and (self.before_storage_id is None or made.version < self.before_storage_id)
        )


@dataclass(frozen=True)
class EventLogEntry:
    """That an asset was materialized, when and in which run."""

    asset_materialization: Materialization

    @property
    def asset_key(self) -> AssetKey:
        """The asset."""
        return self.asset_materialization.asset_key

    @property
    def run_id(self) -> str:
        """The run that made it; empty when it was reported from elsewhere."""
        return self.asset_materialization.run_id

    @property
    def timestamp(self) -> float:
        """When, in seconds since 1970."""
        return self.asset_materialization.timestamp

    @property
    def tags(self) -> dict[str, str]:
        """What the materialization is tagged with, its code and data versions among it."""
        return dict(self.asset_materialization.tags)


@dataclass(frozen=True)
class EventLogRecord:
    """An entry with its place among those of its asset."""

    event_log_entry: EventLogEntry

    @property
    def storage_id(self) -> int:
        """The version that it is of its asset."""
        return self.event_log_entry.asset_materialization.version

    @property
    def asset_materialization(self) -> Materialization:
        """The materialization."""
        return self.event_log_entry.asset_materialization

    @property
    def asset_key(self) -> AssetKey:
        """The asset."""
        return self.event_log_entry.asset_key

    @property
    def run_id(self) -> str:
        """The run that made it; empty when it was reported from elsewhere."""
        return self.event_log_entry.run_id

    @property
    def timestamp(self) -> float:
        """When, in seconds since 1970."""
        return self.event_log_entry.timestamp

    @property
    def partition_key(self) -> str | None:
        """The partition, if it has one."""
        return getattr(self.asset_materialization, "partition", None)


@dataclass(frozen=True, kw_only=True)
class EventRecordsResult:
    """Some records, whether there are more, and the cursor from which they follow."""

    records: Sequence[EventLogRecord]
    cursor: str
    has_more: bool
