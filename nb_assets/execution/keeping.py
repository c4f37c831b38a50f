"""Where the products of a run go: the store of a project, or memory alone."""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from nb_assets.definitions.result import NoValue
from nb_assets.errors import StoreError, ValueMissingError
from nb_assets.execution.op_keeping import MemoryOps, StoreOps
from nb_assets.fingerprint.data_version import fingerprint_data
from nb_assets.staleness import Attempt
from nb_assets.storage.materialization import Materialization, ValueRef

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.execution.events import ErrorInfo
    from nb_assets.execution.op_keeping import OpKeeper
    from nb_assets.execution.outcome import Product
    from nb_assets.fingerprint.code import CodeFingerprint
    from nb_assets.storage.store import Store

NO_VALUE_VERSION = "run:"
CODE_VERSION_TAG = "dagster/code_version"
DATA_VERSION_TAG = "dagster/data_version"
FAILED = "failed"
CHANGED = "changed"

Change = Mapping[str, Any]
"""A value diff in short: its `summary`, `badge` and `kind`."""


class Keeper(Protocol):
    """Keeps what runs make, and knows what they made before."""

    @property
    def ops(self) -> OpKeeper:
        """What keeps the outputs of ops."""
        ...

    def latest(self, key: AssetKey) -> Materialization | None:
        """Return the last materialization."""
        ...

    def latest_many(self, keys: Iterable[AssetKey]) -> Mapping[AssetKey, Materialization]:
        """Return the last materialization of each asset that has one."""
        ...

    def find(self, key: AssetKey, provenance: str) -> Materialization | None:
        """Return the last materialization that was made with and from this."""
        ...

    def failure(self, key: AssetKey) -> Attempt | None:
        """Return the last attempt when it failed."""
        ...

    def has_value(self, materialization: Materialization) -> bool:
        """Tell whether the value of a materialization can be loaded, or it has none."""
        ...

    def load(self, materialization: Materialization) -> Any:
        """Return the value of a materialization."""
        ...

    def keep(self, product: Product, made: Making) -> Materialization:
        """Keep a product; return its record."""
        ...

    def restore(self, materialization: Materialization, run_id: str) -> Materialization:
        """Make an earlier version the last one again."""
        ...

    def fail(self, key: AssetKey, run_id: str, error: ErrorInfo, provenance: str) -> None:
        """Keep that an attempt failed."""
        ...

    def note_change(self, materialization: Materialization, change: Change) -> None:
        """Keep what a version changed against the one before it."""
        ...

    def change_of(self, materialization: Materialization) -> Change | None:
        """Return what a version changed against the one before it, if it is known."""
        ...


@dataclasses.dataclass(frozen=True, kw_only=True)
class Making:
    """How a product was made. Durations are in seconds."""

    run_id: str
    duration: float
    code: CodeFingerprint
    code_version: str
    inputs: Mapping[AssetKey, str]


class StoreKeeper:
    """Keeps values and history in the store of a project."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.ops = StoreOps(store)
        self.unsaved: dict[AssetKey, Any] = {}
        self._failures: dict[AssetKey, tuple[float, Attempt]] | None = None
        self._changes: dict[tuple[AssetKey, int], Change] | None = None
        self._lock = threading.Lock()

    def latest(self, key: AssetKey) -> Materialization | None:
        """Return the last materialization."""
        return self.store.history.latest(key)

    def latest_many(self, keys: Iterable[AssetKey]) -> Mapping[AssetKey, Materialization]:
        """Return the last materialization of each asset that has one."""
        return self.store.history.latest_many(keys)

    def find(self, key: AssetKey, provenance: str) -> Materialization | None:
        """Return the last materialization that was made with and from this."""
        return self.store.history.find(key, provenance)

    def has_value(self, materialization: Materialization) -> bool:
        """Tell whether the value of a materialization is in the store, or it has none."""
        return materialization.value is None or self.store.values.has(materialization.value)

    def load(self, materialization: Materialization) -> Any:
        """Return the value of a materialization.

        Raises
        ------
        ValueMissingError
            When it has none.
        """
        if materialization.value is None:
            raise _no_value(materialization)
        return self.store.values.get(materialization.value)

    def failure(self, key: AssetKey) -> Attempt | None:
        """Return the last attempt when it failed."""
        found = self._known_failures().get(key)
        if found is None:
            return None
        when, attempt = found
        latest = self.latest(key)
        return attempt if latest is None or latest.timestamp < when else None

    def keep(self, product: Product, made: Making) -> Materialization:
        """Store the value, then record the materialization: what is recorded exists.

        Raises
        ------
        StoreError
            When the value cannot be stored. It stays in `unsaved`, so that a long computation is not lost.
        """
        ref, data_version = self._store_value(product, made)
        if product.data_version is not None:
            data_version = product.data_version.value
        record = Materialization(
            asset_key=product.key,
            run_id=made.run_id,
            timestamp=time.time(),
            duration=made.duration,
            code_version=made.code_version,
            data_version=data_version,
            inputs=made.inputs,
            metadata=product.metadata,
            tags={**product.tags, CODE_VERSION_TAG: made.code_version, DATA_VERSION_TAG: data_version},
            value=ref,
            code=made.code.parts,
        )
        recorded = self.store.history.record(record)
        self.unsaved.pop(product.key, None)
        return recorded

    def restore(self, materialization: Materialization, run_id: str) -> Materialization:
        """Record an earlier version as the last one again."""
        again = dataclasses.replace(
            materialization,
            run_id=run_id,
            timestamp=time.time(),
            restored_from=materialization.version,
        )
        return self.store.history.record(again)

    def fail(self, key: AssetKey, run_id: str, error: ErrorInfo, provenance: str) -> None:
        """Record that an attempt failed."""
        when = time.time()
        payload = {"error": error.summary, "traceback": error.traceback[-20_000:], "provenance": provenance}
        self._known_failures()[key] = (when, Attempt(error=error.summary, provenance=provenance))
        self.store.history.append_event(run_id, when, FAILED, key, payload)

    def note_change(self, materialization: Materialization, change: Change) -> None:
        """Record what a version changed against the one before it."""
        # Apart from the materialization, which is recorded before anything else is worked out.
        key, version = materialization.asset_key, materialization.version
        self._known_changes()[key, version] = change
        self.store.history.append_event(
            materialization.run_id, time.time(), CHANGED, key, {"version": version, **change}
        )

    def change_of(self, materialization: Materialization) -> Change | None:
        """Return what a version changed against the one before it, if it is known."""
        return self._known_changes().get((materialization.asset_key, materialization.version))

    def _known_changes(self) -> dict[tuple[AssetKey, int], Change]:
        with self._lock:
            if self._changes is None:
                self._changes = {
                    (event.asset_key, int(event.payload["version"])): event.payload
                    for event in self.store.history.events(kind=CHANGED)
                    if event.asset_key is not None
                }
            return self._changes

    def _store_value(self, product: Product, made: Making) -> tuple[ValueRef | None, str]:
        if product.value is NoValue:
            # Nothing is known of what the function stored, so each run gives new data.
            return None, f"{NO_VALUE_VERSION}{made.run_id}"
        fingerprint = fingerprint_data(product.value)
        address = fingerprint.version.replace(":", "-")
        try:
            return self.store.values.put(product.value, address), fingerprint.version
        except StoreError as error:
            self.unsaved[product.key] = product.value
            name = product.key.to_user_string()
            raise type(error)(
                f"`{name}` was computed, but its value could not be stored: {error} Until the kernel ends it is in "
                f'`nb_assets.session().unsaved["{name}"]`.'
            ) from error

    def _known_failures(self) -> dict[AssetKey, tuple[float, Attempt]]:
        with self._lock:
            if self._failures is None:
                self._failures = {}
                # The newest comes last, and stays.
                for event in self.store.history.events(kind=FAILED):
                    if event.asset_key is not None:
                        attempt = Attempt(
                            error=str(event.payload.get("error", "failed")),
                            provenance=str(event.payload.get("provenance", "")),
                        )
                        self._failures[event.asset_key] = (event.timestamp, attempt)
            return self._failures


class MemoryKeeper:
    """Keeps values in memory for one run, and nothing of their content: as Dagster's ephemeral instance."""

    def __init__(self) -> None:
        self.ops = MemoryOps()
        self._latest: dict[AssetKey, Materialization] = {}
        self._values: dict[AssetKey, Any] = {}

    def latest(self, key: AssetKey) -> Materialization | None:
        """Return the materialization of this run."""
        return self._latest.get(key)

    def latest_many(self, keys: Iterable[AssetKey]) -> Mapping[AssetKey, Materialization]:
        """Return the materializations of this run."""
        return {key: self._latest[key] for key in keys if key in self._latest}

    def find(self, key: AssetKey, provenance: str) -> Materialization | None:
        """Return nothing: one run has no past."""
        del key, provenance
        return None

    def failure(self, key: AssetKey) -> Attempt | None:
        """Return nothing: one run has no past."""
        del key
        return None

    def has_value(self, materialization: Materialization) -> bool:
        """Tell whether the value is in memory."""
        return materialization.asset_key in self._values

    def load(self, materialization: Materialization) -> Any:
        """Return the value as it was given.

        Raises
        ------
        ValueMissingError
            When it has none.
        """
        if materialization.asset_key not in self._values:
            raise _no_value(materialization)
        return self._values[materialization.asset_key]

    def keep(self, product: Product, made: Making) -> Materialization:
        """Keep the value in memory."""
        data_version = (
            f"{NO_VALUE_VERSION}{made.run_id}" if product.data_version is None else product.data_version.value
        )
        record = Materialization(
            asset_key=product.key,
            version=1,
            run_id=made.run_id,
            timestamp=time.time(),
            duration=made.duration,
            code_version=made.code_version,
            data_version=data_version,
            inputs=made.inputs,
            metadata=product.metadata,
            tags={**product.tags, CODE_VERSION_TAG: made.code_version, DATA_VERSION_TAG: data_version},
        )
        self._latest[product.key] = record
        if product.value is not NoValue:
            self._values[product.key] = product.value
        return record

    def restore(self, materialization: Materialization, run_id: str) -> Materialization:
        """Return the materialization: it is the last one."""
        del run_id
        return materialization

    def fail(self, key: AssetKey, run_id: str, error: ErrorInfo, provenance: str) -> None:
        """Keep nothing: the run tells of its failures itself."""

    def note_change(self, materialization: Materialization, change: Change) -> None:
        """Keep nothing: one run has no version before."""

    def change_of(self, materialization: Materialization) -> Change | None:
        """Return nothing: one run has no version before."""
        del materialization
        return None


def _no_value(materialization: Materialization) -> ValueMissingError:
    name = materialization.asset_key.to_user_string()
    return ValueMissingError(
        f"`{name}` stores no value of its own: its function is annotated to return None, or gives a MaterializeResult "
        f'without one. Return the value, or depend on it with deps=["{name}"] and read what it wrote yourself.'
    )
