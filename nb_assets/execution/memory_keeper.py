"""Keeps the products of one run in memory, as Dagster's ephemeral instance does."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.result import NoValue
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
    """Keeps values in memory for one run, and nothing of their content."""

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
            raise no_value(materialization)
        return self._values[materialization.asset_key]

    def hold(self, product: Product) -> None:
        """Do nothing: keeping in memory does not fail."""

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
