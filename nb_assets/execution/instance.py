"""`DagsterInstance`: what keeps the values and the history of runs that name it, and answers for them."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.metadata import as_metadata
from nb_assets.definitions.result import DataVersion, NoValue
from nb_assets.definitions.user_events import DATA_VERSION_TAG
from nb_assets.errors import InvocationError
from nb_assets.execution.check_code import fingerprint_check
from nb_assets.execution.dagster_run import DagsterRun, RunsFilter, dagster_run
from nb_assets.execution.event_log_record import (
    AssetRecordsFilter,
    EventLogEntry,
    EventLogRecord,
    EventRecordsResult,
)
from nb_assets.execution.keeper import Keeper, Making
from nb_assets.execution.memory_keeper import MemoryKeeper
from nb_assets.execution.outcome import Product
from nb_assets.execution.passing.place import managers_concerned
from nb_assets.execution.run_records import RunEntriesResult, RunEntry, log_of_run, page_of_log
from nb_assets.execution.store_keeper import StoreKeeper
from nb_assets.fingerprint.code import CodeFingerprint, fingerprint_code
from nb_assets.storage.store import Store

if TYPE_CHECKING:
    from typing_extensions import Self

    from nb_assets.definitions.asset_check import AssetCheckKey
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.execution.dagster_event import DagsterEventType
    from nb_assets.execution.provisions import Provisions
    from nb_assets.execution.run import Run
    from nb_assets.fingerprint.settings import Settings
    from nb_assets.graph.asset_graph import AssetGraph
    from nb_assets.storage.materialization import Materialization


class Archive(Keeper, Protocol):
    """A keeper that can be asked for all that was ever made."""

    def history(self, key: AssetKey) -> Sequence[Materialization]:
        """Return the materializations, newest first."""
        ...

    def made_keys(self) -> Sequence[AssetKey]:
        """Return the assets that were made, in order."""
        ...


_project: Callable[[], Archive] | None = None
_current: list[DagsterInstance] = []


def set_project(archive: Callable[[], Archive]) -> None:
    """Say what `DagsterInstance.get()` answers from. The session does, so that runs need not know it."""
    global _project  # noqa: PLW0603 - one session a process
    _project = archive


class DagsterInstance:
    """Keeps values and history of the runs that it is given to: `materialize([...], instance=…)`.

    Made by `ephemeral()`, which keeps them in memory, `local_temp()`, which keeps them in a folder, or `get()`, which is
    the store of this project. It can stand in a `with` statement, which closes what it opened.
    """

    def __init__(self, keeper: Archive, close: Callable[[], None] | None = None) -> None:
        self.keeper = keeper
        self._close = close
        self._runs: dict[str, Run] = {}
        self._storage: tempfile.TemporaryDirectory[str] | None = None

    @classmethod
    def ephemeral(cls, tempdir: str | None = None, settings: Mapping[str, Any] | None = None) -> Self:
        """Return an instance that keeps everything in memory, for as long as it is there itself."""
        del tempdir, settings
        return cls(MemoryKeeper())

    @classmethod
    def local_temp(
        cls, tempdir: str | Path | None = None, overrides: Mapping[str, Any] | None = None
    ) -> Self:
        """Return an instance with a store of its own in a folder: a new one among the temporary files unless given."""
        del overrides
        folder = Path(tempfile.mkdtemp(prefix="nb_assets-") if tempdir is None else tempdir) / ".nb_assets"
        store = Store.open(folder)
        return cls(StoreKeeper(store), store.close)

    @classmethod
    def get(cls) -> DagsterInstance:
        """Return the instance of this project: its runs are in the history that the notebook shows."""
        if _current:
            return _current[-1]
        return cls.ephemeral() if _project is None else cls(_project())

    def storage_directory(self) -> str:
        """Return the folder where IO managers put files that are told of no other."""
        store = getattr(self.keeper, "store", None)
        if store is not None:
            return str(store.folder / "storage")
        if self._storage is None:
            # It is gone with the instance, as its values are.
            self._storage = tempfile.TemporaryDirectory(prefix="nb_assets-", ignore_cleanup_errors=True)
        return self._storage.name

    def fingerprint(
        self, graph: AssetGraph, key: AssetKey, run_id: str, provisions: Provisions
    ) -> CodeFingerprint:
        """Return what a materialization is recorded to be made with."""
        given = graph.spec(key).code_version
        if isinstance(self.keeper, MemoryKeeper):
            # Nothing in memory outlives this process, so nothing asks whether the code is still the same.
            return CodeFingerprint(version=given or run_id, parts={})
        definition = graph.definition(key)
        managers = managers_concerned(definition, graph, provisions.definitions_for)
        return fingerprint_code(definition, given, provisions.settings(definition, managers))

    def check_fingerprint(
        self, graph: AssetGraph, key: AssetCheckKey, run_id: str, provisions: Provisions
    ) -> CodeFingerprint:
        """Return what an outcome of a check is recorded to be made with."""
        if isinstance(self.keeper, MemoryKeeper):
            return CodeFingerprint(version=run_id, parts={})

        def settings_for(definition: AssetsDefinition) -> Settings | None:
            managers = managers_concerned(definition, graph, provisions.definitions_for)
            return provisions.settings(definition, managers)

        return fingerprint_check(graph, key, settings_for)

    def began(self, run: Run) -> None:
        """Have a run among those that can be asked for."""
        self._runs[run.run_id] = run

    # Materializations

    def get_asset_keys(
        self, prefix: Sequence[str] | None = None, limit: int | None = None, cursor: str | None = None
    ) -> Sequence[AssetKey]:
        """Return the assets that were made, in order; those whose keys begin with a prefix, and come after a cursor."""
        begin = tuple(prefix or ())
        found = [key for key in self.keeper.made_keys() if key.parts[: len(begin)] == begin]
        return [key for key in found if cursor is None or key.to_string() > cursor][:limit]

    def all_asset_keys(self) -> Sequence[AssetKey]:
        """Return the assets that were made, in order."""
        return self.keeper.made_keys()

    def has_asset_key(self, asset_key: AssetKey) -> bool:
        """Tell whether an asset was ever made."""
        return self.keeper.latest(asset_key) is not None

    def get_latest_materialization_event(self, asset_key: AssetKey) -> EventLogEntry | None:
        """Return the last materialization of an asset."""
        made = self.keeper.latest(asset_key)
        return None if made is None else EventLogEntry(made)

    def get_latest_materialization_events(
        self, asset_keys: Iterable[AssetKey]
    ) -> Mapping[AssetKey, EventLogEntry | None]:
        """Return the last materialization of each asset, or None."""
        return {key: self.get_latest_materialization_event(key) for key in asset_keys}

    def get_latest_materialization_code_versions(
        self, asset_keys: Iterable[AssetKey]
    ) -> Mapping[AssetKey, str | None]:
        """Return the code version of the last materialization of each asset, or None."""
        latest = self.keeper.latest_many(asset_keys)
        return {key: latest[key].code_version if key in latest else None for key in asset_keys}

    def get_latest_data_version_record(self, key: AssetKey) -> EventLogRecord | None:
        """Return the record that says which version the data of an asset is: that of its last materialization."""
        entry = self.get_latest_materialization_event(key)
        return None if entry is None else EventLogRecord(entry)

    def fetch_materializations(
        self,
        records_filter: AssetKey | AssetRecordsFilter,
        limit: int = 1000,
        cursor: str | None = None,
        ascending: bool = False,  # noqa: FBT001, FBT002 - Dagster's signature
    ) -> EventRecordsResult:
        """Return materializations of an asset, the newest first unless `ascending`.

        Parameters
        ----------
        cursor
            That of a result before, to go on from there.
        """
        if isinstance(records_filter, AssetKey):
            records_filter = AssetRecordsFilter(asset_key=records_filter)
        made = [
            each for each in self.keeper.history(records_filter.asset_key) if records_filter.matches(each)
        ]
        if ascending:
            made.reverse()
        if cursor:
            after = int(cursor)
            made = [each for each in made if (each.version > after) is ascending and each.version != after]
        records = [EventLogRecord(EventLogEntry(each)) for each in made[:limit]]
        end = str(records[-1].storage_id) if records else (cursor or "")
        return EventRecordsResult(records=records, cursor=end, has_more=len(made) > limit)

    def report_runless_asset_event(self, asset_event: Any) -> None:
        """Record that an asset was materialized elsewhere, as an `AssetMaterialization` tells it.

        Raises
        ------
        InvocationError
            When what is given is no such thing.
        """
        key, metadata = getattr(asset_event, "asset_key", None), getattr(asset_event, "metadata", None)
        if key is None or metadata is None:
            raise InvocationError(
                f"what is reported of an asset is an AssetMaterialization with its key, not {asset_event!r}."
            )
        tags = dict(getattr(asset_event, "tags", None) or {})
        version = tags.pop(DATA_VERSION_TAG, None)
        product = Product(
            key=key,
            value=NoValue,
            metadata=as_metadata(metadata),
            tags=tags,
            data_version=None if version is None else DataVersion(version),
            partition=getattr(asset_event, "partition", None),
        )
        code = CodeFingerprint(version=f"reported:{uuid.uuid4().hex}", parts={})
        self.keeper.keep(
            product, Making(run_id="", duration=0.0, code=code, code_version=code.version, inputs={})
        )

    def wipe_assets(self, asset_keys: Sequence[AssetKey]) -> None:
        """Forget all that was made of assets. Only an ephemeral instance does: a store keeps what it has.

        Raises
        ------
        InvocationError
            When the instance has a store.
        """
        if not isinstance(self.keeper, MemoryKeeper):
            raise InvocationError(
                "what is in a store is never forgotten at once: `%assets gc` says what can be cleared away."
            )
        for key in asset_keys:
            self.keeper.forget(key)

    # Dynamic partitions

    def get_dynamic_partitions(self, partitions_def_name: str) -> Sequence[str]:
        """Return the keys of dynamic partitions, in the order in which they were added."""
        return self.keeper.partitions.get_dynamic_partitions(partitions_def_name)

    def has_dynamic_partition(self, partitions_def_name: str, partition_key: str) -> bool:
        """Tell whether dynamic partitions have a key."""
        return self.keeper.partitions.has_dynamic_partition(partitions_def_name, partition_key)

    def add_dynamic_partitions(self, partitions_def_name: str, partition_keys: Sequence[str]) -> None:
        """Add keys to dynamic partitions; those that they have are left.

        Raises
        ------
        DefinitionError
            When one cannot be a key. None is added then.
        """
        self.keeper.partitions.add_dynamic_partitions(partitions_def_name, partition_keys)

    def delete_dynamic_partition(self, partitions_def_name: str, partition_key: str) -> None:
        """Take a key out of dynamic partitions. What was made of it stays."""
        self.keeper.partitions.delete_dynamic_partition(partitions_def_name, partition_key)

    def get_materialized_partitions(self, asset_key: AssetKey) -> set[str]:
        """Return the partitions of an asset that were made."""
        return set(self.keeper.latest_partitions(AssetKey.from_coercible(asset_key)))

    # Runs

    def get_runs(self, filters: RunsFilter | None = None, limit: int | None = None) -> Sequence[DagsterRun]:
        """Return the runs that this instance was given to, newest first."""
        runs = [dagster_run(run) for run in reversed(list(self._runs.values()))]
        return [run for run in runs if filters is None or filters.matches(run)][:limit]

    def get_runs_count(self, filters: RunsFilter | None = None) -> int:
        """Return how many runs there are."""
        return len(self.get_runs(filters))

    def get_run_by_id(self, run_id: str) -> DagsterRun | None:
        """Return a run that this instance was given to."""
        return dagster_run(self._runs[run_id]) if run_id in self._runs else None

    def has_run(self, run_id: str) -> bool:
        """Tell whether this instance was given to a run."""
        return run_id in self._runs

    def get_records_for_run(
        self,
        run_id: str,
        cursor: str | None = None,
        of_type: DagsterEventType | set[DagsterEventType] | None = None,
        limit: int | None = None,
        ascending: bool = True,  # noqa: FBT001, FBT002 - Dagster's signature
    ) -> RunEntriesResult:
        """Return the log of a run that this instance was given to: what was planned, what happened, what was logged.

        Parameters
        ----------
        cursor
            That of a result before, to go on from there.
        of_type
            The type of event, or a set of them, of which alone are returned.
        """
        records = log_of_run(self._runs[run_id], of_type) if run_id in self._runs else []
        return page_of_log(records, cursor, limit, ascending=ascending)

    def all_logs(
        self, run_id: str, of_type: DagsterEventType | set[DagsterEventType] | None = None
    ) -> Sequence[RunEntry]:
        """Return all entries in the log of a run that this instance was given to, in order."""
        return [record.event_log_entry for record in self.get_records_for_run(run_id, None, of_type).records]

    # As a context

    @property
    def is_ephemeral(self) -> bool:
        """Whether it keeps everything in memory."""
        return isinstance(self.keeper, MemoryKeeper)

    def dispose(self) -> None:
        """Close what it opened."""
        if self._close is not None:
            self._close()
            self._close = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.dispose()


@contextmanager
def instance_for_test(
    overrides: Mapping[str, Any] | None = None,
    set_dagster_home: bool = True,  # noqa: FBT001, FBT002 - Dagster's signature
    temp_dir: str | None = None,
) -> Iterator[DagsterInstance]:
    """Provide an instance with a store of its own, in a temporary folder that goes with the block.

    Parameters
    ----------
    set_dagster_home
        Whether `DagsterInstance.get()` returns it in the block.
    temp_dir
        The folder, which is kept then.
    """
    with tempfile.TemporaryDirectory(prefix="nb_assets-") as temporary:
        instance = DagsterInstance.local_temp(temp_dir or temporary, overrides)
        if set_dagster_home:
            _current.append(instance)
        try:
            yield instance
        finally:
            if set_dagster_home:
                _current.remove(instance)
            instance.dispose()
