"""Keeps the products of runs in the store of a project: values first, then the record of them."""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.result import NoValue
from nb_assets.errors import StoreError
from nb_assets.execution.acceptances import Acceptances
from nb_assets.execution.check_keeper import StoreChecks
from nb_assets.execution.event_log import EventLog
from nb_assets.execution.events import ErrorInfo
from nb_assets.execution.keeper import (
    NO_VALUE_VERSION,
    Change,
    Making,
    no_value,
    tags_of,
)
from nb_assets.execution.passing.managed_values import ManagedValues
from nb_assets.execution.passing.place import is_managed
from nb_assets.execution.store_ops import StoreOps
from nb_assets.execution.value_watch import ValueWatch
from nb_assets.fingerprint.data_version import fingerprint_data
from nb_assets.fingerprint.evidence import first_in_look
from nb_assets.staleness import Attempt
from nb_assets.storage.dynamic_partitions import StoredPartitions
from nb_assets.storage.event_feed import EventFeed
from nb_assets.storage.journal import Journal
from nb_assets.storage.materialization import Materialization, ValueRef

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.io_manager import IOManager
    from nb_assets.definitions.passing.output_context import OutputContext
    from nb_assets.execution.outcome import Product
    from nb_assets.storage.store import Store

FAILED = "failed"
CHANGED = "changed"


class StoreKeeper:
    """Keeps values and history in the store of a project."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.log = EventLog(store.history)
        self.acceptances = Acceptances(store.history)
        self.ops = StoreOps(store, self.log)
        self.checks = StoreChecks(store, self.log)
        self.partitions = StoredPartitions(store.history)
        self.managed = ManagedValues(store.history, self.log)
        self.unsaved: dict[AssetKey, Any] = {}
        # Each with the version after which it failed: no clock says which of two kernels came first.
        self._failures: dict[AssetKey, dict[str | None, tuple[int, Attempt]]] = {}
        self._failing: Journal[AssetKey] = Journal()
        self._changes: dict[tuple[AssetKey, str | None, int], Change] = {}
        self._changing: Journal[AssetKey] = Journal()
        self._failed = EventFeed(store.history, FAILED)
        self._changed = EventFeed(store.history, CHANGED)
        self._lock = threading.Lock()

    def latest(self, key: AssetKey, partition: str | None = None) -> Materialization | None:
        """Return the last materialization, of a partition where one is given."""
        return self.store.history.latest(key, partition)

    def latest_partitions(self, key: AssetKey) -> Mapping[str, Materialization]:
        """Return the last materialization of each partition of an asset that has one."""
        return self.store.history.latest_partitions(key)

    def latest_many(self, keys: Iterable[AssetKey]) -> Mapping[AssetKey, Materialization]:
        """Return the last materialization of each asset that has one."""
        return self.store.history.latest_many(keys)

    def history(self, key: AssetKey) -> Sequence[Materialization]:
        """Return the materializations, newest first."""
        return self.store.history.list(key)

    def made_keys(self) -> Sequence[AssetKey]:
        """Return the assets that have a history, in order."""
        return self.store.history.keys()

    def find(self, key: AssetKey, provenance: str, partition: str | None = None) -> Materialization | None:
        """Return the last materialization that was made with and from this."""
        return self.store.history.find(key, provenance, partition)

    def has_value(self, materialization: Materialization) -> bool:
        """Tell whether the value of a materialization is where it is looked for now, or it has none."""
        if materialization.value is None:
            return True
        if self.managed.concerns(materialization):
            return self.managed.has(materialization)
        return self.store.values.has(materialization.value)

    def load(self, materialization: Materialization) -> Any:
        """Return the value of a materialization.

        Raises
        ------
        ValueMissingError
            When it has none.
        """
        if materialization.value is None:
            raise no_value(materialization)
        if is_managed(materialization.value):
            return self.managed.load(materialization)
        return self.store.values.get(materialization.value)

    def handing_over(
        self, product: Product, address: str, manager: IOManager, told: OutputContext
    ) -> Product:
        """Note that the value of a product is about to be handed to an IO manager; return it with where it will be."""
        if not told.has_asset_partitions:
            self.hold(product)
        return self.managed.handing_over(product, address, manager, told)

    def kept_by(self, materialization: Materialization) -> IOManager | None:
        """Return the IO manager that took the value of a materialization, if that was in this process."""
        return self.managed.kept_by(materialization)

    def lose(self, materialization: Materialization) -> None:
        """Note that the IO manager that has the value of a materialization cannot give it."""
        self.managed.lose(materialization)

    def failure(self, key: AssetKey, partition: str | None = None) -> Attempt | None:
        """Return the last attempt when it failed."""
        failures = self._known_failures().get(key)
        found = None if failures is None else failures.get(partition)
        if found is None:
            return None
        after, attempt = found
        latest = self.latest(key, partition)
        return attempt if latest is None or latest.version <= after else None

    def accepted(
        self, key: AssetKey, provenance: str, partition: str | None = None
    ) -> Materialization | None:
        """Return the materialization whose value the user said would be the same, made with and from this."""
        version = self.acceptances.version_for(key, provenance, partition)
        latest = self.latest(key, partition)
        if version is None or latest is None:
            return None
        found = latest if latest.version == version else self.store.history.get(key, version, partition)
        return found if found is not None and self.has_value(found) else None

    def hold(self, product: Product) -> None:
        """Put the value of a product in `unsaved` until it is kept."""
        if product.value is NoValue:
            return
        if product.partition is None:
            self.unsaved[product.key] = product.value
        else:
            self.unsaved.setdefault(product.key, {})[product.partition] = product.value

    def keep(self, product: Product, made: Making) -> Materialization:
        """Store the value, then record the materialization: what is recorded exists.

        Raises
        ------
        StoreError
            When the value cannot be stored or recorded. It stays in `unsaved`, so that a long computation is not lost.
        """
        if product.value is NoValue:
            # Nothing is known of what the function stored, so each run gives new data.
            return self.store.history.record(_record(product, made, None, f"{NO_VALUE_VERSION}{made.run_id}"))
        self.hold(product)
        try:
            if product.kept_at is not None:
                record = _record(product, made, product.kept_at, product.content)
            else:
                fingerprint = fingerprint_data(product.value)
                ref = self.store.values.put(product.value, fingerprint.version.replace(":", "-"))
                record = _record(product, made, ref, fingerprint.version)
            recorded = self.store.history.record(record)
        except Exception as error:
            raise _unsaved(product.key, error) from error
        kept = self.unsaved.get(product.key)
        if product.partition is not None and isinstance(kept, dict) and len(kept) > 1:
            kept.pop(product.partition, None)
        else:
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

    def error(self, key: AssetKey) -> ErrorInfo | None:
        """Return the error of the last attempt that failed, as it was recorded."""
        events = self.store.history.events(asset_key=key, kind=FAILED, limit=1)
        if not events:
            return None
        payload = events[-1].payload
        type_name, _, message = str(payload.get("error", "")).partition(": ")
        return ErrorInfo(type_name=type_name, message=message, traceback=str(payload.get("traceback", "")))

    def fail(
        self, key: AssetKey, run_id: str, error: ErrorInfo, provenance: str, partition: str | None = None
    ) -> None:
        """Record that an attempt failed."""
        try:
            latest = self.latest(key, partition)
        except StoreError:
            # The failure may well be the store's, and is told all the same.
            latest = None
        after = 0 if latest is None else latest.version
        payload = {
            "error": error.summary,
            "traceback": error.traceback[-20_000:],
            "provenance": provenance,
            "after": after,
            **({} if partition is None else {"partition": partition}),
        }
        self.log.append(run_id, time.time(), FAILED, key, payload)
        with self._lock:
            attempt = Attempt(error=error.summary, provenance=provenance)
            self._failures.setdefault(key, {})[partition] = (after, attempt)
            self._failing.note(key)

    def note_change(self, materialization: Materialization, change: Change) -> None:
        """Record what a version changed against the one before it."""
        # Apart from the materialization, which is recorded before anything else is worked out.
        key, partition, version = (
            materialization.asset_key,
            materialization.partition,
            materialization.version,
        )
        with self._lock:
            self._changes[key, partition, version] = change
            self._changing.note(key)
        payload = {"version": version, **({} if partition is None else {"partition": partition}), **change}
        self.log.append(materialization.run_id, time.time(), CHANGED, key, payload)

    def change_of(self, materialization: Materialization) -> Change | None:
        """Return what a version changed against the one before it, if it is known."""
        made = materialization
        return self._known_changes().get((made.asset_key, made.partition, made.version))

    def changed_since(self, mark: int) -> tuple[int, list[AssetKey]]:
        """Return the assets for which `change_of` may say something else than when it gave a mark, and the mark of now."""
        self._known_changes()
        with self._lock:
            return self._changing.mark, self._changing.since(mark)

    def moment(self) -> Hashable:
        """Return what differs once anything at all was written, here or elsewhere."""
        return (self.store.history.write_token(), len(self._changes))

    def news(self, since: tuple[int, int] | None) -> tuple[tuple[int, int], Iterable[AssetKey]]:
        """Return the assets that were made, or failed, since a mark that this gave before, and the mark of now."""
        self._known_failures()
        failed = self._failing.mark
        made, renewed = self.store.history.renewed(since[0] if since else 0)
        return (made, failed), {*renewed, *self._failing.since(since[1] if since else 0)}

    def watch_values(self) -> ValueWatch:
        """Return what watches values."""
        return ValueWatch(self.store.values, self.managed)

    def _known_changes(self) -> Mapping[tuple[AssetKey, str | None, int], Change]:
        with self._lock:
            for event in self._changed.unread():
                if event.asset_key is not None:
                    at = (event.asset_key, event.payload.get("partition"), int(event.payload["version"]))
                    self._changes[at] = event.payload
                    self._changing.note(event.asset_key)
            return self._changes

    def _known_failures(self) -> Mapping[AssetKey, Mapping[str | None, tuple[int, Attempt]]]:
        with self._lock:
            # The newest comes last, and stays.
            # Asked for every asset: once a look is enough, and what this kernel writes is there already.
            for event in self._failed.unread() if first_in_look(self._failed) else ():
                if event.asset_key is not None:
                    attempt = Attempt(
                        error=str(event.payload.get("error", "failed")),
                        provenance=str(event.payload.get("provenance", "")),
                    )
                    of_asset = self._failures.setdefault(event.asset_key, {})
                    of_asset[event.payload.get("partition")] = (int(event.payload.get("after", 0)), attempt)
                    self._failing.note(event.asset_key)
            return self._failures


def _record(product: Product, made: Making, ref: ValueRef | None, data_version: str) -> Materialization:
    if product.data_version is not None:
        data_version = product.data_version.value
    return Materialization(
        asset_key=product.key,
        run_id=made.run_id,
        timestamp=time.time(),
        duration=made.duration,
        code_version=made.code_version,
        data_version=data_version,
        inputs=made.inputs,
        input_partitions=made.input_partitions,
        partition=product.partition,
        metadata=product.metadata,
        tags=tags_of(product, made, data_version),
        value=ref,
        code=made.code.recorded,
    )


def _unsaved(key: AssetKey, error: Exception) -> StoreError:
    name = key.to_user_string()
    kind = type(error) if isinstance(error, StoreError) else StoreError
    what = str(error) if isinstance(error, StoreError) else f"{type(error).__name__}: {error}."
    return kind(
        f"`{name}` was computed, but its value could not be stored: {what} Until the kernel ends it is in "
        f'`nb_assets.session().unsaved["{name}"]`.'
    )
