"""The assets of a graph and their history, as both stand at one moment: what conditions are evaluated against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.automation.subset import NO_PARTITION, EntitySubset

if TYPE_CHECKING:
    from nb_assets.definitions.asset_spec import AssetSpec
    from nb_assets.definitions.automation.condition import AutomationCondition
    from nb_assets.definitions.automation.context import Seen
    from nb_assets.definitions.automation.view import Update
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
        self.seen = records.seen()

    def described(self) -> list[AssetKey]:
        """Return every asset that something is said of, each after what it is derived from."""
        return [key for key in (*self._elsewhere, *self.graph.keys) if self._spec(key) is not None]

    # How assets hang together

    def parents(self, key: Any) -> Collection[AssetKey]:
        """Return the assets that this one is derived from, or that the check is about."""
        if not isinstance(key, AssetKey):
            asset: AssetKey = key.asset_key
            return (asset,)
        if key in self.graph:
            return self.graph.upstream(key)
        spec = self._elsewhere.get(key)
        return () if spec is None else tuple(dep.asset_key for dep in spec.deps)

    def children(self, key: Any) -> Collection[AssetKey]:
        """Return the assets that are derived from this one."""
        derived = [each for each, spec in self._elsewhere.items() if key in {d.asset_key for d in spec.deps}]
        return (*self.graph.downstream(key), *derived) if isinstance(key, AssetKey) else ()

    def condition(self, key: Any) -> AutomationCondition | None:
        """Return the condition of an asset or check."""
        spec = self._spec(key)
        return None if spec is None else spec.automation_condition

    def checks(self, key: AssetKey, *, blocking_only: bool) -> Collection[Any]:
        """Return the checks of an asset."""
        del key, blocking_only
        return ()

    def resolve(self, selection: Any) -> Collection[AssetKey]:
        """Return the assets that a selection names, those that are made elsewhere among them."""
        found: Collection[AssetKey] = selection.resolve(self.graph, allow_missing=True)
        return found

    def resolve_checks(self, selection: Any) -> Collection[Any]:
        """Return the checks that a selection names."""
        del selection
        return ()

    def can_run_together(self, child: Any, parent: Any) -> bool:
        """Tell whether one run may make both, so that the child is made from what the run makes of the parent."""
        return parent in self.graph and self._same_partitions(child, parent)

    # Partitions

    def partition_keys(self, key: Any) -> Collection[str] | None:
        """Return the partitions of an asset as they are at the moment, or None where it has none."""
        del key
        return None

    def latest_window(self, key: Any, lookback: dt.timedelta | None) -> EntitySubset:
        """Return the last partition in time, or those that reach so far back; all where time divides nothing."""
        del lookback
        return self.get_full_subset(key=key)

    def map_subset(self, subset: EntitySubset, to_key: Any, direction: Literal["up", "down"]) -> EntitySubset:
        """Return the partitions of another asset that some are derived from, or that are derived from them."""
        del direction
        return self.get_empty_subset(key=to_key) if subset.is_empty else self.get_full_subset(key=to_key)

    def subset(self, key: Any, partitions: Iterable[str | None]) -> EntitySubset:
        """Return those of the partitions that the asset has."""
        return EntitySubset(self, key, frozenset(partitions) & self._partitions(key))

    def get_full_subset(self, *, key: Any) -> EntitySubset:
        """Return all of an asset."""
        return EntitySubset(self, key, self._partitions(key))

    def get_empty_subset(self, *, key: Any) -> EntitySubset:
        """Return nothing of an asset."""
        return EntitySubset(self, key, frozenset())

    # What has happened

    def latest(self, key: Any) -> Mapping[str | None, Update]:
        """Return the last update of each partition that has one."""
        return self._records.latest(key)

    def updates_since(self, key: Any, seen: Seen) -> list[Update]:
        """Return the updates that came after those that were seen, oldest first."""
        return self._records.updates(key, seen.get(key, 0))

    def has_new_data(self, key: Any, seen: Seen) -> EntitySubset:
        """Return the partitions whose data version is not what it was when that much was seen."""
        before = self._records.data_versions(key, seen.get(key, 0))
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

    def _spec(self, key: Any) -> AssetSpec | None:
        return self.graph.spec(key) if key in self.graph else self._elsewhere.get(key)

    def _partitions(self, key: Any) -> frozenset[str | None]:
        keys = self.partition_keys(key)
        return NO_PARTITION if keys is None else frozenset(keys)

    def _same_partitions(self, child: Any, parent: Any) -> bool:
        return self._partitions(child) == self._partitions(parent)
