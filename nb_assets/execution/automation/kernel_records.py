"""The history of a session, as conditions ask for it: code is followed as it is, whether or not a version is given."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.execution.automation.records import partition_of, update_of

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
        self._code: dict[AssetKey, str] = {}

    def seen(self) -> Mapping[Any, int]:
        """Return the id of the last update of everything that was ever made."""
        latest = self._keeper.latest_many(self._keeper.store.history.keys())
        return {key: made.version for key, made in latest.items()}

    def latest(self, key: Any) -> Mapping[str | None, Update]:
        """Return the last update of each partition that has one."""
        made = self._keeper.latest(key) if isinstance(key, AssetKey) else None
        return {} if made is None else {partition_of(made): self._update(made)}

    def updates(self, key: Any, after: int) -> list[Update]:
        """Return the updates after an id, oldest first."""
        return [self._update(made) for made in self._since(key, after) if made.version > after]

    def data_versions(self, key: Any, until: int) -> Mapping[str | None, str]:
        """Return the data version of each partition as it was after an id."""
        history = reversed(self._since(key, until - 1)) if until else ()
        return {partition_of(made): made.data_version for made in history if made.version <= until}

    def in_progress(self, key: Any) -> Collection[str | None]:
        """Return the partitions that wait or are made in a run."""
        return {None} if self._states.get(key) in {"running", "queued"} else ()

    def failed(self, key: Any) -> Collection[str | None]:
        """Return the partitions that the last run failed to make."""
        return {None} if self._keeper.failure(key) is not None else ()

    def check_status(self, key: Any, *, passed: bool) -> Collection[str | None]:
        """Return for which partitions a check of the latest data passed, or failed."""
        del key, passed
        return ()

    def code_version(self, key: Any) -> str | None:
        """Return the version of an asset's code, which is computed where none is given."""
        if key not in self._graph:
            return None
        if key not in self._code:
            self._code[key] = self._catalogue.fingerprint_in(self._graph, key).version
        return self._code[key]

    def edited(self, key: Any) -> str | None:
        """Return the version of an asset's code."""
        return self.code_version(key)

    def _since(self, key: Any, version: int) -> list[Materialization]:
        """Return the materializations, oldest first; nothing where none is newer than a version."""
        latest = self._keeper.latest(key) if isinstance(key, AssetKey) else None
        if latest is None or latest.version <= version:
            return []
        return list(reversed(self._keeper.store.history.list(key)))

    def _update(self, made: Materialization) -> Update:
        return update_of(made, self._run_keys.get(made.run_id, ()))
