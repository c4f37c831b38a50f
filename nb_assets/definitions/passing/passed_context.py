"""What an IO manager is told of a value, whether it stores it or loads it."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from nb_assets.errors import InvocationError

if TYPE_CHECKING:
    from typing_extensions import Self

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.partitions.key_range import PartitionKeyRange
    from nb_assets.definitions.partitions.time_window import TimeWindow
    from nb_assets.definitions.passing.passed_partitions import PassedPartitions


class Block(Protocol):
    """What is to be had inside of a `with` only."""

    def enter(self) -> None:
        """Begin the block."""

    def close(self) -> None:
        """End it."""


class PassedContext:
    """What there is to know of a value on its way: the asset, the partitions, the resources, where to log.

    What was not said is refused when it is asked for, as in Dagster.
    """

    def __init__(
        self,
        *,
        name: str | None = None,
        job_name: str | None = None,
        op_def: Any = None,
        config: Any = None,
        definition_metadata: Mapping[str, Any] | None = None,
        dagster_type: Any = None,
        log: logging.Logger | None = None,
        resource_config: Mapping[str, Any] | None = None,
        resources: Any = None,
        block: Block | None = None,
        asset_key: AssetKey | None = None,
        partition_key: str | None = None,
        partitions: PassedPartitions | None = None,
        step_context: Any = None,
    ) -> None:
        self._name = name
        self._job_name = job_name
        self._op_def = op_def
        self._config = config
        self._definition_metadata = dict(definition_metadata or {})
        self._dagster_type = dagster_type
        self._log = log
        self._resource_config = resource_config
        self._resources = resources
        self._block = block
        self._asset_key = asset_key
        self._partition_key = partition_key
        self._partitions = partitions
        self._step_context = step_context

    @property
    def name(self) -> str:
        """The name of the output or input."""
        return self._name if self._name is not None else self._lacks("name")

    @property
    def job_name(self) -> str:
        """The name of the job that the run is one of."""
        return self._job_name if self._job_name is not None else self._lacks("job_name")

    @property
    def op_def(self) -> Any:
        """The definition of what gives or takes the value."""
        return self._op_def if self._op_def is not None else self._lacks("op_def")

    @property
    def config(self) -> Any:
        """The configuration of this one output or input."""
        return self._config

    @property
    def definition_metadata(self) -> Mapping[str, Any]:
        """The metadata that the definition of the output or input has."""
        return self._definition_metadata

    @property
    def metadata(self) -> Mapping[str, Any]:
        """The same, by its older name."""
        return self._definition_metadata

    @property
    def dagster_type(self) -> Any:
        """The type that the value is declared to have."""
        return self._dagster_type if self._dagster_type is not None else self._lacks("dagster_type")

    @property
    def log(self) -> logging.Logger:
        """A logger whose messages are shown under the asset."""
        return self._log if self._log is not None else self._lacks("log")

    @property
    def resource_config(self) -> Mapping[str, Any] | None:
        """The configuration of the IO manager itself."""
        return self._resource_config

    @property
    def resources(self) -> Any:
        """The resources that the IO manager says it needs, as attributes."""
        return self._resources if self._resources is not None else self._lacks("resources")

    @property
    def step_context(self) -> Any:
        """The context of the step that gives or takes the value."""
        return self._step_context if self._step_context is not None else self._lacks("step_context")

    @property
    def has_asset_key(self) -> bool:
        """Whether the value is an asset's."""
        return self._asset_key is not None

    @property
    def asset_key(self) -> AssetKey:
        """The asset whose value it is."""
        return self._asset_key if self._asset_key is not None else self._lacks("asset_key")

    @property
    def has_partition_key(self) -> bool:
        """Whether the run makes one partition."""
        return self._partition_key is not None

    @property
    def partition_key(self) -> str:
        """The partition that the run makes."""
        return self._partition_key if self._partition_key is not None else self._lacks("partition_key")

    @property
    def has_asset_partitions(self) -> bool:
        """Whether the asset has partitions."""
        return self._partitions is not None

    @property
    def partitions_passed(self) -> tuple[str | None, ...]:
        """The partitions of the asset that are passed; None alone where it has none."""
        return (None,) if self._partitions is None else self._partitions.keys

    @property
    def asset_partitions_def(self) -> Any:
        """The partitions of the asset."""
        found = None if self._partitions is None else self._partitions.definition
        return found if found is not None else self._lacks("asset_partitions_def")

    @property
    def asset_partition_key(self) -> str:
        """The one partition of the asset that is passed."""
        return self._passed_partitions("asset_partition_key").one(self._shown)

    @property
    def asset_partition_keys(self) -> Sequence[str]:
        """The partitions of the asset that are passed."""
        return list(self._passed_partitions("asset_partition_keys").keys)

    @property
    def asset_partition_key_range(self) -> PartitionKeyRange:
        """The partitions of the asset that are passed, from one to another."""
        return self._passed_partitions("asset_partition_key_range").range(self._shown)

    @property
    def asset_partitions_time_window(self) -> TimeWindow:
        """The time that the passed partitions of the asset are of."""
        return self._passed_partitions("asset_partitions_time_window").time_window(self._shown)

    def get_asset_identifier(self) -> Sequence[str]:
        """Return the parts of the asset's key and, where it has partitions, the one that is passed."""
        path = list(self.asset_key.path)
        return [*path, self.asset_partition_key] if self.has_asset_partitions else path

    def __enter__(self) -> Self:
        """Begin the block inside of which resources that close themselves are to be had."""
        if self._block is not None:
            self._block.enter()
        return self

    def __exit__(self, *_error: object) -> None:
        """Close them."""
        if self._block is not None:
            self._block.close()

    @property
    def _shown(self) -> str:
        return f"`{self._asset_key.to_user_string()}`" if self._asset_key is not None else "the value"

    def _passed_partitions(self, what: str) -> PassedPartitions:
        return self._partitions if self._partitions is not None else self._lacks(what)

    def _lacks(self, what: str) -> NoReturn:
        raise InvocationError(
            f"this {type(self).__name__} has no {what}: {_WHY.get(what, 'it was built without one')}."
        )


_WHY = {
    "asset_key": "the value is no asset's",
    "partition_key": "the run makes no single partition",
    "asset_partitions_def": "the asset has no partitions",
    "asset_partition_key": "the asset has no partitions",
    "asset_partition_keys": "the asset has no partitions",
    "asset_partition_key_range": "the asset has no partitions",
    "asset_partitions_time_window": "the asset has no partitions",
}
