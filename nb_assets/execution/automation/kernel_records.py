"""The history of a session, as conditions ask for it: code is followed as it is, whether or not a version is given."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_check import AssetCheckKey
from nb_assets.definitions.asset_key import AssetKey
from nb_assets.execution.automation.records import check_partitions, update_of, update_of_check

if TYPE_CHECKING:
    from nb_assets.definitions.automation.view import Update
    from nb_assets.execution.runs import Catalogue
    from nb_assets.execution.store_keeper import StoreKeeper
    from nb_assets.graph.asset_graph import AssetGraph
    from nb_assets.staleness import State
    from nb_assets.storage.materialization import Materialization


class KernelRecords:
    """Answers from the store and from the code, as both are now.

    Parameters
    ----------
    states
        The assets that wait or run.
    run_keys
        What each run of this kernel was to make.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        graph: AssetGraph,
        keeper: StoreKeeper,
        states: Mapping[AssetKey, State],
        run_keys: Mapping[str, Collection[AssetKey]],
    ) -> None:
        self._catalogue = catalogue
        self._graph = graph
        self._keeper = keeper
        self._states = states
        self._run_keys = run_keys
        self._code: dict[Any, str] = {}

    def seen(self) -> Mapping[Any, Mapping[str | None, float]]:
        """Return the id of the last update of each partition of everything that was ever made."""
        keys = [*self._keeper.store.history.keys(), *self._graph.checks]
        return {key: {partition: last.id for partition, last in self.latest(key).items()} for key in keys}

    def latest(self, key: Any) -> Mapping[str | None, Update]:
        """Return the last update of each partition that has one."""
        if isinstance(key, AssetCheckKey):
            record = self._keeper.checks.latest(key)
            return {} if record is None else {None: update_of_check(record)}
        return {made.partition: self._update(made) for made in self._newest(key)}

    def updates(self, key: Any, seen: Mapping[str | None, float]) -> list[Update]:
        """Return the updates after those that were seen, oldest first."""
        if isinstance(key, AssetCheckKey):
            return [last for last in self.latest(key).values() if last.id > seen.get(None, 0)]
        return [
            self._update(made)
            for made in self._changed(key, seen)
            if made.version > seen.get(made.partition, 0)
        ]

    def data_versions(self, key: Any, seen: Mapping[str | None, float]) -> Mapping[str | None, str]:
        """Return the data version of each partition as it was when that much was seen."""
        # What was not made since is what it was.
        known = {made.partition: made.data_version for made in self._newest(key)}
        for made in self._changed(key, seen):
            if made.version <= seen.get(made.partition, 0):
                known[made.partition] = made.data_version
            elif made.version == 1:
                known.pop(made.partition, None)
        return known

    def in_progress(self, key: Any) -> Collection[str | None]:
        """Return the partitions that wait or are made in a run."""
        # A run of some partitions is told of by asset: all of it waits.
        return self._parts(key) if self._states.get(key) in {"running", "queued"} else ()

    def failed(self, key: Any) -> Collection[str | None]:
        """Return the partitions that the last run failed to make."""
        if not isinstance(key, AssetKey):
            return ()
        parts = self._parts(key)
        return [each for each in parts if self._keeper.failure(key, each) is not None]

    def check_status(self, key: Any, *, passed: bool) -> Collection[str | None]:
        """Return for which partitions a check of the latest data passed, or failed."""
        latest = self._keeper.latest(key.asset_key)
        return check_partitions(self._keeper.checks, latest, key, passed=passed)

    def code_version(self, key: Any) -> str | None:
        """Return the version of an asset's code, which is computed where none is given."""
        if key not in self._code:
            if key in self._graph.checks:
                self._code[key] = self._catalogue.check_fingerprint_in(self._graph, key).version
            elif key in self._graph:
                self._code[key] = self._catalogue.fingerprint_in(self._graph, key).version
        return self._code.get(key)

    def edited(self, key: Any) -> str | None:
        """Return the version of an asset's code."""
        return self.code_version(key)

    def _parts(self, key: AssetKey) -> list[str | None]:
        partitions_def = self._graph.partitions_def(key)
        return [None] if partitions_def is None else [*partitions_def.get_partition_keys()]

    def _newest(self, key: AssetKey) -> list[Materialization]:
        """Return the last materialization of each partition."""
        latest, parts = self._keeper.latest(key), self._keeper.latest_partitions(key)
        return [*([] if latest is None else [latest]), *parts.values()]

    def _changed(self, key: AssetKey, seen: Mapping[str | None, float]) -> list[Materialization]:
        """Return all materializations, oldest first, of an asset of which something is new; else none."""
        if all(made.version <= seen.get(made.partition, 0) for made in self._newest(key)):
            return []
        return list(reversed(self._keeper.store.history.list(key)))

    def _update(self, made: Materialization) -> Update:
        return update_of(made, self._run_keys.get(made.run_id, ()))
