"""What keeps the products of a run, and what it is told of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from nb_assets.definitions.user_events import DATA_VERSION_TAG
from nb_assets.errors import ValueMissingError
from nb_assets.fingerprint.code import without_settings

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.io_manager import IOManager
    from nb_assets.definitions.passing.output_context import OutputContext
    from nb_assets.execution.check_keeper import CheckKeeper
    from nb_assets.execution.events import ErrorInfo
    from nb_assets.execution.op_keeper import OpKeeper
    from nb_assets.execution.outcome import Product
    from nb_assets.fingerprint.code import CodeFingerprint
    from nb_assets.staleness import Attempt
    from nb_assets.storage.dynamic_partitions import DynamicPartitions
    from nb_assets.storage.materialization import Materialization

NO_VALUE_VERSION = "run:"
# The code version of what was seen of an asset that something else makes.
OBSERVED = "observed"
CODE_VERSION_TAG = "dagster/code_version"
USER_PROVIDED_TAG = "dagster/data_version_is_user_provided"
INPUT_VERSION_TAG = "dagster/input_data_version"

Change = Mapping[str, Any]
"""A value diff in short: its `summary`, `badge` and `kind`."""


@dataclass(frozen=True, kw_only=True)
class Making:
    """How a product was made. Durations are in seconds."""

    run_id: str
    duration: float
    code: CodeFingerprint
    code_version: str
    inputs: Mapping[AssetKey, str]
    input_partitions: Mapping[AssetKey, Mapping[str, str]] = field(default_factory=dict)


class Keeper(Protocol):
    """Keeps what runs make, and knows what they made before."""

    @property
    def ops(self) -> OpKeeper:
        """What keeps the outputs of ops."""
        ...

    @property
    def checks(self) -> CheckKeeper:
        """What keeps the outcomes of checks."""
        ...

    @property
    def partitions(self) -> DynamicPartitions:
        """What keeps the keys of dynamic partitions."""
        ...

    def latest(self, key: AssetKey, partition: str | None = None) -> Materialization | None:
        """Return the last materialization, of a partition where one is given."""
        ...

    def latest_many(self, keys: Iterable[AssetKey]) -> Mapping[AssetKey, Materialization]:
        """Return the last materialization of each asset that has one."""
        ...

    def latest_partitions(self, key: AssetKey) -> Mapping[str, Materialization]:
        """Return the last materialization of each partition of an asset that has one."""
        ...

    def find(self, key: AssetKey, provenance: str, partition: str | None = None) -> Materialization | None:
        """Return the last materialization that was made with and from this."""
        ...

    def failure(self, key: AssetKey, partition: str | None = None) -> Attempt | None:
        """Return the last attempt when it failed."""
        ...

    def has_value(self, materialization: Materialization) -> bool:
        """Tell whether the value of a materialization can be loaded, or it has none."""
        ...

    def load(self, materialization: Materialization) -> Any:
        """Return the value of a materialization."""
        ...

    def accepted(
        self, key: AssetKey, provenance: str, partition: str | None = None
    ) -> Materialization | None:
        """Return the materialization whose value the user said would be the same, made with and from this."""
        ...

    def hold(self, product: Product) -> None:
        """Have the value of a product within reach, whatever happens before it is kept."""
        ...

    def handing_over(
        self, product: Product, address: str, manager: IOManager, told: OutputContext
    ) -> Product:
        """Note that the value of a product is about to be handed to an IO manager; return it with where it will be."""
        ...

    def kept_by(self, materialization: Materialization) -> IOManager | None:
        """Return the IO manager that took the value of a materialization, if that was in this process."""
        ...

    def lose(self, materialization: Materialization) -> None:
        """Note that the IO manager that has the value of a materialization cannot give it."""
        ...

    def keep(self, product: Product, made: Making) -> Materialization:
        """Keep a product; return its record."""
        ...

    def restore(self, materialization: Materialization, run_id: str) -> Materialization:
        """Make an earlier version the last one again."""
        ...

    def fail(
        self, key: AssetKey, run_id: str, error: ErrorInfo, provenance: str, partition: str | None = None
    ) -> None:
        """Keep that an attempt failed."""
        ...

    def note_change(self, materialization: Materialization, change: Change) -> None:
        """Keep what a version changed against the one before it."""
        ...

    def change_of(self, materialization: Materialization) -> Change | None:
        """Return what a version changed against the one before it, if it is known."""
        ...


def tags_of(product: Product, made: Making, data_version: str) -> dict[str, str]:
    """Return the tags of a materialization: its own, and what Dagster tags one with of versions."""
    tags = {
        **product.tags,
        CODE_VERSION_TAG: without_settings(made.code_version),
        DATA_VERSION_TAG: data_version,
    }
    if product.data_version is not None:
        tags[USER_PROVIDED_TAG] = "true"
    for key, version in made.inputs.items():
        if version:
            tags[f"{INPUT_VERSION_TAG}/{key.to_user_string()}"] = version
    return tags


def no_value(materialization: Materialization) -> ValueMissingError:
    """Return the error of asking for the value of what stores none."""
    name = materialization.asset_key.to_user_string()
    return ValueMissingError(
        f"`{name}` stores no value of its own: its function is annotated to return None, or gives a MaterializeResult "
        f'without one. Return the value, or depend on it with deps=["{name}"] and read what it wrote yourself.'
    )
