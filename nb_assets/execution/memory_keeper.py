"""Keeps the products of runs in memory, as Dagster's ephemeral instance does."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.result import NoValue
from nb_assets.execution.check_keeper import MemoryChecks
from nb_assets.execution.keeper import (
    NO_VALUE_VERSION,
    Change,
    Making,
    no_value,
    tags_of,
)
from nb_assets.execution.memory_ops import MemoryOps
from nb_assets.execution.passing.place import managed_ref
from nb_assets.storage.dynamic_partitions import PartitionsInMemory
from nb_assets.storage.materialization import Materialization, provenance

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.io_manager import IOManager
    from nb_assets.definitions.passing.output_context import OutputContext
    from nb_assets.execution.events import ErrorInfo
    from nb_assets.execution.outcome import Product
    from nb_assets.staleness import Attempt


class MemoryKeeper:
    """Keeps values in memory for one run, or for those of one instance, and nothing of their content."""

    def __init__(self) -> None:
        self.ops = MemoryOps()
        self.checks = MemoryChecks()
        self.partitions = PartitionsInMemory()
        self._latest: dict[AssetKey, Materialization] = {}
        self._latest_parts: dict[AssetKey, dict[str, Materialization]] = {}
        # All that was made of an asset, oldest first.
        self._made: dict[AssetKey, list[Materialization]] = {}
        self._values: dict[tuple[AssetKey, str | None, int], Any] = {}
        self._managers: dict[tuple[AssetKey, str | None], IOManager] = {}

    def latest(self, key: AssetKey, partition: str | None = None) -> Materialization | None:
        """Return the last materialization, of a partition where one is given."""
        return self._latest.get(key) if partition is None else self._latest_parts.get(key, {}).get(partition)

    def latest_partitions(self, key: AssetKey) -> Mapping[str, Materialization]:
        """Return the last materialization of each partition of an asset that has one."""
        return self._latest_parts.get(key, {})

    def history(self, key: AssetKey) -> list[Materialization]:
        """Return the materializations, newest first."""
        return list(reversed(self._made.get(key, [])))

    def made_keys(self) -> list[AssetKey]:
        """Return the assets that were made, in order."""
        return sorted(self._made)

    def forget(self, key: AssetKey) -> None:
        """Forget all that was made of an asset."""
        for record in self._made.pop(key, []):
            self._values.pop((key, record.partition, record.version), None)
        self._latest.pop(key, None)
        self._latest_parts.pop(key, None)

    def latest_many(self, keys: Iterable[AssetKey]) -> Mapping[AssetKey, Materialization]:
        """Return the last materialization of each asset that has one."""
        return {key: self._latest[key] for key in keys if key in self._latest}

    def find(self, key: AssetKey, provenance: str, partition: str | None = None) -> Materialization | None:
        """Return nothing: nothing is restored from memory."""
        del key, provenance, partition
        return None

    def failure(self, key: AssetKey, partition: str | None = None) -> Attempt | None:
        """Return nothing: the run tells of its failures itself."""
        del key, partition
        return None

    def has_value(self, materialization: Materialization) -> bool:
        """Tell whether the value is in memory."""
        return _place(materialization) in self._values

    def load(self, materialization: Materialization) -> Any:
        """Return the value as it was given.

        Raises
        ------
        ValueMissingError
            When it has none.
        """
        if not self.has_value(materialization):
            raise no_value(materialization)
        return self._values[_place(materialization)]

    def accepted(
        self, key: AssetKey, provenance: str, partition: str | None = None
    ) -> Materialization | None:
        """Return nothing: it is the store that keeps what was accepted."""
        del key, provenance, partition
        return None

    def hold(self, product: Product) -> None:
        """Do nothing: keeping in memory does not fail."""

    def handing_over(
        self, product: Product, address: str, manager: IOManager, told: OutputContext
    ) -> Product:
        """Return the product with where its value will be."""
        self._managers |= {(product.key, partition): manager for partition in told.partitions_passed}
        return dataclasses.replace(product, kept_at=managed_ref(address, type(product.value).__qualname__))

    def kept_by(self, materialization: Materialization) -> IOManager | None:
        """Return the IO manager that took the last value."""
        return self._managers.get((materialization.asset_key, materialization.partition))

    def lose(self, materialization: Materialization) -> None:
        """Note nothing: one run has no status."""

    def keep(self, product: Product, made: Making) -> Materialization:
        """Keep the value in memory; for what the run answers, also what an IO manager has."""
        if product.data_version is not None:
            data_version = product.data_version.value
        elif made.code_version == made.run_id:
            # Code of no version is other code in each run, and gives other data.
            data_version = f"{NO_VALUE_VERSION}{made.run_id}"
        else:
            data_version = provenance(made.code_version, made.inputs)
        before = self.latest(product.key, product.partition)
        record = Materialization(
            asset_key=product.key,
            version=1 if before is None else before.version + 1,
            run_id=made.run_id,
            timestamp=time.time(),
            duration=made.duration,
            code_version=made.code_version,
            data_version=data_version,
            inputs=made.inputs,
            input_partitions=made.input_partitions,
            partition=product.partition,
            value=product.kept_at,
            metadata=product.metadata,
            tags=tags_of(product, made, data_version),
        )
        self._made.setdefault(product.key, []).append(record)
        if product.partition is None:
            self._latest[product.key] = record
        else:
            self._latest_parts.setdefault(product.key, {})[product.partition] = record
        if product.value is not NoValue:
            self._values[_place(record)] = product.value
        return record

    def restore(self, materialization: Materialization, run_id: str) -> Materialization:
        """Return the materialization: it is the last one."""
        del run_id
        return materialization

    def fail(
        self, key: AssetKey, run_id: str, error: ErrorInfo, provenance: str, partition: str | None = None
    ) -> None:
        """Keep nothing: the run tells of its failures itself."""

    def note_change(self, materialization: Materialization, change: Change) -> None:
        """Keep nothing: one run has no version before."""

    def change_of(self, materialization: Materialization) -> Change | None:
        """Return nothing: one run has no version before."""
        del materialization
        return None


def _place(record: Materialization) -> tuple[AssetKey, str | None, int]:
    return record.asset_key, record.partition, record.version
