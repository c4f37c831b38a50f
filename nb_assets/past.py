"""What was made before, of assets and of their partitions: the part of the session that looks back."""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.diff import diff
from nb_assets.errors import ValueMissingError
from nb_assets.execution.context import check_reads
from nb_assets.execution.versions import version_of
from nb_assets.storage.metadata_history import metadata_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nb_assets.definitions.registry import Registry
    from nb_assets.diff.value_diff import ValueDiff
    from nb_assets.execution.events import ErrorInfo
    from nb_assets.execution.op_keeper import OpAttempt
    from nb_assets.execution.store_keeper import StoreKeeper
    from nb_assets.graph.asset_graph import AssetGraph
    from nb_assets.staleness import AssetStatus, PartitionTable
    from nb_assets.storage.materialization import Materialization
    from nb_assets.storage.store import Store


class Past(ABC):
    """Looks back at what a store has of the assets of a session."""

    store: Store
    registry: Registry
    _keeper: StoreKeeper

    @property
    @abstractmethod
    def graph(self) -> AssetGraph:
        """The graph of the assets as they are registered now."""

    @abstractmethod
    def known(self, graph: AssetGraph, keys: Iterable[AssetKey]) -> dict[AssetKey, AssetStatus]:
        """Return the status of assets and of all that they are derived from, runs that are under way left out."""

    def history(
        self, key: AssetKey | str, partition_key: str | None = None, *, limit: int | None = None
    ) -> list[Materialization]:
        """Return the materializations of an asset, or of one of its partitions, newest first, at most so many."""
        resolved = self._recorded(key)
        self._check_partition(resolved, partition_key)
        made = self.store.history.list(resolved, partition_key, limit)
        return [dataclasses.replace(record, change=self._keeper.change_of(record)) for record in made]

    def metadata_history(self, key: AssetKey | str) -> list[dict[str, Any]]:
        """Return the metadata of an asset over its versions, oldest first: rows for `pandas.DataFrame(…)`.

        Each has the `version`, its `timestamp` and `run_id`, and the metadata by name: numbers, bools and texts as they are,
        moments as datetimes, the rest in words. What a version lacks is None.
        """
        return metadata_rows(self.history(key))

    def last_metadata(self) -> dict[AssetKey, Mapping[str, Any]]:
        """Return the metadata of the last materialization of each asset that has one."""
        made = self.store.history.latest_many(self.graph.keys)
        return {key: record.metadata for key, record in made.items()}

    def op_history(self, key: AssetKey | str) -> list[OpAttempt]:
        """Return the attempts of the ops that make an asset, newest first."""
        return self._keeper.ops.attempts(self._recorded(key))

    def load(self, key: AssetKey | str, version: int | None = None, partition_key: str | None = None) -> Any:
        """Return a value of an asset; of one that has partitions, a dict of all that were made unless one is named.

        Parameters
        ----------
        version
            1, 2, … as in the history, or negative from the newest; the one that stands for the asset now unless given.
        partition_key
            The partition whose value is wanted; its versions are counted apart.

        Raises
        ------
        ValueMissingError
            When there is no such version, or its value is not in the store.
        UnknownPartitionError
            When there is no such partition.
        InvocationError
            When an asset's function asks for the value of an asset that it does not say it is derived from.
        """
        resolved = self._recorded(key)
        check_reads(resolved)
        self._check_partition(resolved, partition_key)
        made = None
        if version is None and resolved in self.registry:
            status = self.known(self.graph, [resolved]).get(resolved)
            if status is not None and status.partitions is not None:
                if partition_key is None:
                    return self._load_all(resolved, status.partitions)
                of_partition = status.partitions.get(partition_key)
                made = None if of_partition is None else of_partition.materialization
            else:
                made = None if status is None else status.materialization
        at = -1 if version is None else version
        return self._keeper.load(made or version_of(self._keeper, resolved, at, partition_key))

    def _load_all(self, key: AssetKey, table: PartitionTable) -> dict[str, Any]:
        made = {partition: status.materialization for partition, status in table.items()}
        values = {partition: self._keeper.load(each) for partition, each in made.items() if each is not None}
        if not values:
            raise ValueMissingError(f"no partition of `{key.to_user_string()}` was ever materialized.")
        return values

    def diff(
        self, key: AssetKey | str, old: int = -2, new: int = -1, partition_key: str | None = None
    ) -> ValueDiff:
        """Return what changed between two versions of an asset, or of a partition, the last two unless given.

        Raises
        ------
        ValueMissingError
            When there is no such version, or its value is not in the store.
        UnknownPartitionError
            When there is no such partition, or none is named of an asset that has some.
        """
        resolved = self._recorded(key)
        self._check_partition(resolved, partition_key)
        before, after = (
            self._keeper.load(version_of(self._keeper, resolved, version, partition_key))
            for version in (old, new)
        )
        said = self.graph.spec(resolved).metadata if resolved in self.graph else {}
        return diff(before, after, key=said.get("primary_key"))

    def latest(self, key: AssetKey | str, partition_key: str | None = None) -> Materialization | None:
        """Return the last materialization of an asset, or of a partition; of any partition where none is named."""
        resolved = AssetKey.from_user_string(key) if isinstance(key, str) else key
        found = self._keeper.latest(resolved, partition_key)
        if found is None and partition_key is None:
            parts = self._keeper.latest_partitions(resolved).values()
            return max(parts, key=lambda each: each.timestamp, default=None)
        return found

    def change_of(self, made: Materialization) -> Mapping[str, Any] | None:
        """Return what a version changed against the one before it in short (summary, badge, kind), if it is known."""
        return self._keeper.change_of(made)

    def changed_since(self, mark: int) -> tuple[int, list[AssetKey]]:
        """Return the assets for which `change_of` may say something else than when it gave a mark, and the mark of now."""
        return self._keeper.changed_since(mark)

    def error(self, key: AssetKey | str) -> ErrorInfo | None:
        """Return the error of an asset's last attempt that failed, if one did."""
        return self._keeper.error(self._recorded(key))

    def partition_status(self, key: AssetKey | str) -> Mapping[str, AssetStatus]:
        """Return the status of each partition of an asset that exists, in order; none for one that has no partitions."""
        resolved = self.registry.resolve(key)
        table = self.known(self.graph, [resolved])[resolved].partitions
        return {} if table is None else dict(table)

    # Dynamic partitions

    def get_dynamic_partitions(self, partitions_def_name: str) -> Sequence[str]:
        """Return the keys of dynamic partitions, in the order in which they were added."""
        return self._keeper.partitions.get_dynamic_partitions(partitions_def_name)

    def has_dynamic_partition(self, partitions_def_name: str, partition_key: str) -> bool:
        """Tell whether dynamic partitions have a key."""
        return self._keeper.partitions.has_dynamic_partition(partitions_def_name, partition_key)

    def _recorded(self, key: AssetKey | str) -> AssetKey:
        """Return the key when it is registered or has a history; a removed asset can still be looked back at."""
        wanted = AssetKey.from_user_string(key) if isinstance(key, str) else AssetKey.from_coercible(key)
        if wanted in self.registry or self.latest(wanted) is not None:
            return wanted
        return self.registry.resolve(wanted)

    def _check_partition(self, key: AssetKey, partition: str | None) -> None:
        """Check that an asset has a partition, or had it when it was made."""
        if partition is None or self._keeper.latest(key, partition) is not None:
            return
        partitions_def = self.graph.partitions_def(key)
        if partitions_def is None:
            raise ValueMissingError(
                f"`{key.to_user_string()}` has no partitions, so none of `{partition}`: leave out the partition_key."
            )
        partitions_def.check_partition_key(partition, key.to_user_string())
