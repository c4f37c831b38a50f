"""The history of an instance, as conditions ask for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_check import AssetCheckKey
from nb_assets.definitions.asset_key import AssetKey
from nb_assets.execution.automation.records import check_partitions, update_of, update_of_check

if TYPE_CHECKING:
    from nb_assets.definitions.automation.view import Update
    from nb_assets.execution.dagster_run import DagsterRun
    from nb_assets.execution.instance import DagsterInstance
    from nb_assets.graph.asset_graph import AssetGraph
    from nb_assets.storage.materialization import Materialization


class InstanceRecords:
    """Answers from an instance: code is followed as far as its version is given, as in Dagster."""

    def __init__(self, instance: DagsterInstance, graph: AssetGraph) -> None:
        self._instance = instance
        self._graph = graph
        self._histories: dict[AssetKey, list[Materialization]] = {}

    def seen(self) -> Mapping[Any, Mapping[str | None, float]]:
        """Return the id of the last update of each partition of everything that was ever made."""
        keys = [*self._instance.all_asset_keys(), *self._graph.checks]
        return {key: {partition: last.id for partition, last in self.latest(key).items()} for key in keys}

    def latest(self, key: Any) -> Mapping[str | None, Update]:
        """Return the last update of each partition that has one."""
        if isinstance(key, AssetCheckKey):
            record = self._instance.keeper.checks.latest(key)
            return {} if record is None else {None: update_of_check(record)}
        return {made.partition: self._update(made) for made in self._history(key)}

    def updates(self, key: Any, seen: Mapping[str | None, float]) -> list[Update]:
        """Return the updates after those that were seen, oldest first."""
        if isinstance(key, AssetCheckKey):
            return [last for last in self.latest(key).values() if last.id > seen.get(None, 0)]
        return [
            self._update(made) for made in self._history(key) if made.version > seen.get(made.partition, 0)
        ]

    def data_versions(self, key: Any, seen: Mapping[str | None, float]) -> Mapping[str | None, str]:
        """Return the data version of each partition as it was when that much was seen."""
        return {
            made.partition: made.data_version
            for made in self._history(key)
            if made.version <= seen.get(made.partition, 0)
        }

    def in_progress(self, key: Any) -> Collection[str | None]:
        """Return the partitions that wait or are made in a run."""
        return {
            None
            for run in self._instance.get_runs()
            if not run.is_finished and key in (run.asset_selection or ()) and not self._made_by(key, run)
        }

    def failed(self, key: Any) -> Collection[str | None]:
        """Return the partitions that the last run failed to make."""
        last = next((run for run in self._instance.get_runs() if key in (run.asset_selection or ())), None)
        return {None} if last is not None and last.is_failure and not self._made_by(key, last) else ()

    def check_status(self, key: Any, *, passed: bool) -> Collection[str | None]:
        """Return for which partitions a check of the latest data passed, or failed."""
        keeper = self._instance.keeper
        return check_partitions(keeper.checks, keeper.latest(key.asset_key), key, passed=passed)

    def code_version(self, key: Any) -> str | None:
        """Return the code version that the user gave, if one was."""
        return self._graph.spec(key).code_version if key in self._graph else None

    def edited(self, key: Any) -> str | None:
        """Return nothing: here the code itself is not followed."""
        del key
        return None

    def _history(self, key: Any) -> list[Materialization]:
        """Return the materializations, oldest first."""
        if not isinstance(key, AssetKey):
            return []
        if key not in self._histories:
            self._histories[key] = list(reversed(self._instance.keeper.history(key)))
        return self._histories[key]

    def _made_by(self, key: Any, run: DagsterRun) -> bool:
        return any(made.run_id == run.run_id for made in self._history(key))

    def _update(self, made: Materialization) -> Update:
        run = self._instance.get_run_by_id(made.run_id)
        return (
            update_of(made)
            if run is None
            else update_of(made, run_keys=run.asset_selection or (), run_tags=run.tags)
        )
