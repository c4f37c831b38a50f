"""Keeps the products of runs in memory, as Dagster's ephemeral instance does."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.result import NoValue
from nb_assets.execution.check_keeper import MemoryChecks
from nb_assets.execution.keeper import (
    CODE_VERSION_TAG,
    DATA_VERSION_TAG,
    NO_VALUE_VERSION,
    Change,
    Making,
    no_value,
)
from nb_assets.execution.memory_ops import MemoryOps
from nb_assets.storage.materialization import Materialization

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.execution.events import ErrorInfo
    from nb_assets.execution.outcome import Product
    from nb_assets.staleness import Attempt


class MemoryKeeper:
    """Keeps values in memory for one run, or for those of one instance, and nothing of their content."""

    def __init__(self) -> None:
        self.ops = MemoryOps()
        self.checks = MemoryChecks()
        self._latest: dict[AssetKey, Materialization] = {}
        self._older: dict[AssetKey, list[Materialization]] = {}
        self._values: dict[tuple[AssetKey, int], Any] = {}

    def latest(self, key: AssetKey) -> Materialization | None:
        """Return the last materialization."""
        return self._latest.get(key)

    def history(self, key: AssetKey) -> list[Materialization]:
        """Return the materializations, newest first."""
        latest = self._latest.get(key)
        return [] if latest is None else [latest, *reversed(self._older.get(key, []))]

    def made_keys(self) -> list[AssetKey]:
        """Return the assets that were made, in order."""
        return sorted(self._latest)

    def forget(self, key: AssetKey) -> None:
        """Forget all that was made of an asset."""
        for record in self.history(key):
            self._values.pop((key, record.version), None)
        self._latest.pop(key, None)
        self._older.pop(key, None)

    def latest_many(self, keys: Iterable[AssetKey]) -> Mapping[AssetKey, Materialization]:
        """Return the last materialization of each asset that has one."""
        return {key: self._latest[key] for key in keys if key in self._latest}

    def find(self, key: AssetKey, provenance: str) -> Materialization | None:
        """Return nothing: nothing is restored from memory."""
        del key, provenance
        return None

    def failure(self, key: AssetKey) -> Attempt | None:
        """Return nothing: the run tells of its failures itself."""
        del key
        return None

    def has_value(self, materialization: Materialization) -> bool:
        """Tell whether the value is in memory."""
        return (materialization.asset_key, materialization.version) in self._values

    def load(self, materialization: Materialization) -> Any:
        """Return the value as it was given.

        Raises
        ------
        ValueMissingError
            When it has none.
        """
        if not self.has_value(materialization):
            raise no_value(materialization)
        return self._values[materialization.asset_key, materialization.version]

    def hold(self, product: Product) -> None:
        """Do nothing: keeping in memory does not fail."""

    def keep(self, product: Product, made: Making) -> Materialization:
        """Keep the value in memory."""
        data_version = (
            f"{NO_VALUE_VERSION}{made.run_id}" if product.data_version is None else product.data_version.value
        )
        before = self._latest.get(product.key)
        if before is not None:
            self._older.setdefault(product.key, []).append(before)
        record = Materialization(
            asset_key=product.key,
            version=1 if before is None else before.version + 1,
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
            self._values[product.key, record.version] = product.value
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
