"""The assets of a graph and their history, as both stand at one moment: what conditions are evaluated against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.automation.subset import NO_PARTITION, EntitySubset
from nb_assets.definitions.partitions.inferred_mapping import partition_mapping_between
from nb_assets.definitions.partitions.multi import MultiPartitionsDefinition
from nb_assets.definitions.partitions.partition_mapping import IdentityPartitionMapping
from nb_assets.definitions.partitions.subset import PartitionsSubset
from nb_assets.definitions.partitions.time_mapping import TimeWindowPartitionMapping
from nb_assets.definitions.partitions.time_partitions import TimeWindowPartitionsDefinition

if TYPE_CHECKING:
    from nb_assets.definitions.asset_spec import AssetSpec
    from nb_assets.definitions.automation.condition import AutomationCondition
    from nb_assets.definitions.automation.context import Seen
    from nb_assets.definitions.automation.view import Update
    from nb_assets.definitions.partitions.partition_mapping import PartitionMapping
    from nb_assets.definitions.partitions.partitions_definition import PartitionsDefinition
    from nb_assets.execution.automation.records import Records
    from nb_assets.graph.asset_graph import AssetGraph


class GraphView:
    """Answers what conditions ask.

    Parameters
    ----------
    elsewhere
        What is said of assets that are made elsewhere.
    now
        The moment.
    """

    def __init__(
        self,
        graph: AssetGraph,
        records: Records,
        now: dt.datetime,
        elsewhere: Mapping[AssetKey, AssetSpec] | None = None,
    ) -> None:
        self.graph = graph
        self.effective_dt = now if now.tzinfo is not None else now.replace(tzinfo=dt.timezone.utc)
        self._records = records
        self._elsewhere = dict(elsewhere or {})
        self._partition_keys: dict[Any, Collection[str] | None] = {}
        self._full: dict[Any, frozenset[str | None]] = {}
        self._whole: dict[Any, EntitySubset] = {}
        self._nothing: dict[Any, EntitySubset] = {}
        self.seen = records.seen()

    def described(self) -> list[Any]:
        """Return every asset and check that something is said of, each after what it is derived from."""
        return [*self._elsewhere, *self.graph.keys, *self.graph.checks]

    # How assets hang together

    def parents(self, key: Any) -> Collection[AssetKey]:
        """Return the assets that this one is derived from, or that the check is about."""
        if key in self.graph.checks:
            return self.graph.checks.spec(key).dependency_keys
        if key in self.graph:
            # Of partitions in time, the earlier ones of the same asset may be among them.
            own = (key,) if key in self.graph.definition(key).self_dependent else ()
            return (*self.graph.upstream(key), *own)
        spec = self._elsewhere.get(key)
        return () if spec is None else tuple(dep.asset_key for dep in spec.deps)

    def children(self, key: Any) -> Collection[AssetKey]:
        """Return the assets that are derived from this one."""
        derived = [each for each, spec in self._elsewhere.items() if key in {d.asset_key for d in spec.deps}]
        return (*self.graph.downstream(key), *derived) if isinstance(key, AssetKey) else ()

    def condition(self, key: Any) -> AutomationCondition | None:
        """Return the condition of an asset or check."""
        if key in self.graph.checks:
            of_check: AutomationCondition | None = self.graph.checks.spec(key).automation_condition
            return of_check
        spec = self.graph.spec(key) if key in self.graph else self._elsewhere.get(key)
        return None if spec is None else spec.automation_condition

    def checks(self, key: AssetKey, *, blocking_only: bool) -> Collection[Any]:
        """Return the checks of an asset."""
        checks = self.graph.checks
        return [each for each in checks.of(key) if checks.spec(each).blocking or not blocking_only]

    def resolve(self, selection: Any) -> Collection[AssetKey]:
        """Return the assets that a selection names, those that are made elsewhere among them."""
        found: Collection[AssetKey] = selection.resolve(self.graph, allow_missing=True)
        return found

    def resolve_checks(self, selection: Any) -> Collection[Any]:
        """Return the checks that a selection names."""
        found: Collection[Any] = selection.resolve_checks(self.graph, allow_missing=True)
        return found

    def can_run_together(self, child: Any, parent: Any) -> bool:
        """Tell whether one run may make both, so that the child is made from what the run makes of the parent."""
        if parent not in self.graph:
            return parent in self.graph.checks
        ours, theirs = self._partitions_def(child), self._partitions_def(parent)
        if ours is None or ours != theirs:
            return ours == theirs
        return isinstance(
            self._mapping(child, parent), (TimeWindowPartitionMapping, IdentityPartitionMapping)
        )

    # Partitions

    def partition_keys(self, key: Any) -> Collection[str] | None:
        """Return the partitions of an asset as they are at the moment, or None where it has none."""
        if key not in self._partition_keys:
            partitions_def = self._partitions_def(key)
            self._partition_keys[key] = (
                None if partitions_def is None else partitions_def.get_partition_keys()
            )
        return self._partition_keys[key]

    def latest_window(self, key: Any, lookback: dt.timedelta | None) -> EntitySubset:
        """Return the last partition in time, or those that reach so far back; all where time divides nothing."""
        partitions_def = self._partitions_def(key)
        if isinstance(partitions_def, TimeWindowPartitionsDefinition):
            return self.subset(key, _latest(partitions_def, lookback))
        if isinstance(partitions_def, MultiPartitionsDefinition) and partitions_def.has_time_window_dimension:
            name, of_time = partitions_def.time_window_dimension
            assert isinstance(of_time, TimeWindowPartitionsDefinition)
            within = _latest(of_time, lookback)
            return self.subset(
                key,
                [
                    each
                    for part in within
                    for each in partitions_def.get_multipartition_keys_with_dimension_value(name, part)
                ],
            )
        return self.get_full_subset(key=key)

    def map_subset(self, subset: EntitySubset, to_key: Any, direction: Literal["up", "down"]) -> EntitySubset:
        """Return the partitions of another asset that some are derived from, or that are derived from them."""
        if subset.is_empty:
            return self.get_empty_subset(key=to_key)
        ours, theirs = self._partitions_def(subset.key), self._partitions_def(to_key)
        if theirs is None or (ours is None and direction == "down"):
            return self.get_full_subset(key=to_key)
        some = None if ours is None else PartitionsSubset(ours, subset.expensively_compute_partition_keys())
        if direction == "down":
            assert some is not None
            assert ours is not None
            mapping = self._mapping(to_key, subset.key)
            found = mapping.get_downstream_partitions_for_partitions(some, ours, theirs)
        else:
            mapping = self._mapping(subset.key, to_key)
            found = mapping.get_upstream_mapped_partitions_result_for_partitions(
                some, ours, theirs
            ).partitions_subset
        return self.subset(to_key, found.get_partition_keys())

    def subset(self, key: Any, partitions: Iterable[str | None]) -> EntitySubset:
        """Return those of the partitions that the asset has."""
        return EntitySubset(self, key, frozenset(partitions) & self._partitions(key))

    def get_full_subset(self, *, key: Any) -> EntitySubset:
        """Return all of an asset."""
        if key not in self._whole:
            self._whole[key] = EntitySubset(self, key, self._partitions(key))
        return self._whole[key]

    def get_empty_subset(self, *, key: Any) -> EntitySubset:
        """Return nothing of an asset."""
        if key not in self._nothing:
            self._nothing[key] = EntitySubset(self, key, frozenset())
        return self._nothing[key]

    # What has happened

    def latest(self, key: Any) -> Mapping[str | None, Update]:
        """Return the last update of each partition that has one."""
        return self._records.latest(key)

    def updates_since(self, key: Any, seen: Seen) -> list[Update]:
        """Return the updates that came after those that were seen, oldest first."""
        return self._records.updates(key, seen.get(key, {}))

    def has_new_data(self, key: Any, seen: Seen) -> EntitySubset:
        """Return the partitions whose data version is not what it was when that much was seen."""
        before = self._records.data_versions(key, seen.get(key, {}))
        changed = [
            partition
            for partition, last in self._records.latest(key).items()
            if last.data_version != before.get(partition)
        ]
        return self.subset(key, changed)

    def in_progress(self, key: Any) -> EntitySubset:
        """Return what waits or is made in a run that has not ended."""
        return self.subset(key, self._records.in_progress(key))

    def failed(self, key: Any) -> EntitySubset:
        """Return what the last run failed to make."""
        return self.subset(key, self._records.failed(key))

    def check_status(self, key: Any, *, passed: bool) -> EntitySubset:
        """Return for which partitions a check of the latest data passed, or failed."""
        return self.subset(key, self._records.check_status(key, passed=passed))

    def code_version(self, key: Any) -> str | None:
        """Return the code version of an asset as it is now."""
        return self._records.code_version(key)

    def edited(self, key: Any) -> str | None:
        """Return the code of an asset as one text, where the code itself is followed, else None."""
        return self._records.edited(key)

    def _partitions_def(self, key: Any) -> PartitionsDefinition[Any] | None:
        if key in self.graph.checks:
            of_check: PartitionsDefinition[Any] | None = self.graph.checks.spec(key).partitions_def
            return of_check
        spec = self._elsewhere.get(key)
        return spec.partitions_def if spec is not None else self.graph.partitions_def(key)

    def _mapping(self, child: Any, parent: Any) -> PartitionMapping:
        given = self.graph.definition(child).partition_mapping(child, parent) if child in self.graph else None
        return partition_mapping_between(given, self._partitions_def(child), self._partitions_def(parent))

    def _partitions(self, key: Any) -> frozenset[str | None]:
        if key not in self._full:
            keys = self.partition_keys(key)
            self._full[key] = NO_PARTITION if keys is None else frozenset(keys)
        return self._full[key]


def _latest(partitions_def: TimeWindowPartitionsDefinition, lookback: dt.timedelta | None) -> list[str]:
    """Return the last partition, or those that begin so far before its end."""
    last, key = partitions_def.get_last_partition_window(), partitions_def.get_last_partition_key()
    if last is None or key is None:
        return []
    found = [key]
    while lookback is not None and key is not None:
        before = partitions_def.get_prev_partition_window(partitions_def.start_time_for_partition_key(key))
        if before is None or before.start < last.end - lookback:
            break
        key = partitions_def.get_partition_key(before.start)
        found.append(key)
    return found
