"""What a step knows of the partitions that it makes, and of those that it is handed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

from nb_assets.definitions.partitions.key_range import PartitionKeyRange
from nb_assets.definitions.partitions.multi_key import MultiPartitionKey
from nb_assets.definitions.partitions.tags import PARTITION_TAG, RANGE_END_TAG, RANGE_START_TAG
from nb_assets.definitions.result import DEFAULT_OUTPUT
from nb_assets.errors import InvocationError

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.definitions.partitions.partitions_definition import PartitionsDefinition
    from nb_assets.definitions.partitions.time_window import TimeWindow
    from nb_assets.execution.dagster_run import DagsterRun

_Found = TypeVar("_Found")


def partition_tags(
    partition_key: str | None, partition_key_range: PartitionKeyRange | None = None
) -> dict[str, str]:
    """Return the tags of a run of a partition, or of a range of them.

    Raises
    ------
    InvocationError
        When both are given.
    """
    if partition_key is not None and partition_key_range is not None:
        raise InvocationError("give either a partition_key or a partition_key_range, not both.")
    if partition_key is not None:
        return {PARTITION_TAG: partition_key}
    if partition_key_range is not None:
        return {RANGE_START_TAG: partition_key_range.start, RANGE_END_TAG: partition_key_range.end}
    return {}


@dataclass(frozen=True)
class PartitionScope:
    """The partitions that a step makes, and where those of its inputs are to be looked up.

    Attributes
    ----------
    upstream
        Returns the partitions that are behind an asset's input; None for an asset that has none.
    partitions_def
        Returns the partitions of an asset, those of inputs among them.
    """

    keys: tuple[str, ...]
    upstream: Callable[[AssetKey], tuple[str, ...] | None]
    partitions_def: Callable[[AssetKey], PartitionsDefinition[Any] | None]


class PartitionContext:
    """The questions about partitions that a context answers."""

    _definition: AssetsDefinition | None
    _partitions: PartitionScope | None
    run: DagsterRun

    @property
    def partition_scope(self) -> PartitionScope | None:
        """The partitions that the step makes, and what tells those of its inputs, if it knows of any."""
        return self._partitions

    def _own_def(self) -> PartitionsDefinition[Any] | None:
        return None if self._definition is None else self._definition.partitions_def

    def _keys(self) -> tuple[str, ...]:
        """Return the partitions of the step, else those of the run."""
        if self._partitions is not None and self._partitions.keys:
            return self._partitions.keys
        tags: Mapping[str, str] = self.run.tags
        if PARTITION_TAG in tags:
            return (tags[PARTITION_TAG],)
        if RANGE_START_TAG in tags and (own := self._own_def()) is not None:
            key_range = PartitionKeyRange(tags[RANGE_START_TAG], tags[RANGE_END_TAG])
            return tuple(own.get_partition_keys_in_range(key_range))
        return ()

    def _some_keys(self, what: str) -> tuple[str, ...]:
        keys = self._keys()
        if not keys:
            raise InvocationError(
                f"there is no {what} here: this run makes no partition. Give it one with partition_key=…, or look at "
                "`context.has_partition_key` first."
            )
        return keys

    @property
    def has_partition_key(self) -> bool:
        """Whether the step makes one partition."""
        return len(self._keys()) == 1

    @property
    def has_partition_key_range(self) -> bool:
        """Whether the step makes several partitions."""
        return len(self._keys()) > 1

    @property
    def partition_key(self) -> str:
        """The partition that the step makes; of one in several dimensions, a `MultiPartitionKey`.

        Raises
        ------
        InvocationError
            When it makes none, or several.
        """
        keys = self._some_keys("partition_key")
        if len(keys) > 1:
            raise InvocationError(
                f"this call makes {len(keys)} partitions, from `{keys[0]}` to `{keys[-1]}`: ask for "
                "`context.partition_keys`, or have each made by a call of its own, with BackfillPolicy.multi_run()."
            )
        return self._read(keys[0])

    @property
    def multi_partition_key(self) -> MultiPartitionKey:
        """The partition that the step makes, in several dimensions.

        Raises
        ------
        InvocationError
            When it is in one.
        """
        key = self.partition_key
        if not isinstance(key, MultiPartitionKey):
            raise InvocationError(
                f"multi_partition_key is of partitions in several dimensions, and `{key}` is in one: ask for "
                "`context.partition_key`."
            )
        return key

    @property
    def partition_keys(self) -> Sequence[str]:
        """The partitions that the step makes, in order."""
        return [self._read(key) for key in self._some_keys("partition_keys")]

    @property
    def partition_key_range(self) -> PartitionKeyRange:
        """The first and the last of the partitions that the step makes."""
        return _range(self._some_keys("partition_key_range"))

    @property
    def asset_partition_key_range(self) -> PartitionKeyRange:
        """The first and the last of the partitions that the step makes, by the name that it had."""
        return self.partition_key_range

    @property
    def partition_time_window(self) -> TimeWindow:
        """The time of the partitions that the step makes.

        Raises
        ------
        InvocationError
            When they are no partitions of time.
        """
        return _window(self._own_def(), self._some_keys("partition_time_window"))

    # Outputs

    def asset_partition_key_for_output(self, output_name: str = DEFAULT_OUTPUT) -> str:
        """Return the partition that an output is of."""
        self._check_output(output_name)
        return self.partition_key

    def asset_partition_keys_for_output(self, output_name: str = DEFAULT_OUTPUT) -> Sequence[str]:
        """Return the partitions that an output is of."""
        self._check_output(output_name)
        return self.partition_keys

    def asset_partition_key_range_for_output(self, output_name: str = DEFAULT_OUTPUT) -> PartitionKeyRange:
        """Return the first and the last of the partitions that an output is of."""
        self._check_output(output_name)
        return self.partition_key_range

    def asset_partitions_def_for_output(self, output_name: str = DEFAULT_OUTPUT) -> PartitionsDefinition[Any]:
        """Return the partitions of the asset that an output stands for."""
        self._check_output(output_name)
        return _there(self._own_def(), f"the output `{output_name}`")

    def asset_partitions_time_window_for_output(self, output_name: str = DEFAULT_OUTPUT) -> TimeWindow:
        """Return the time of the partitions that an output is of."""
        self._check_output(output_name)
        return self.partition_time_window

    def _check_output(self, output_name: str) -> None:
        """Check that there is an output of this name."""
        if self._definition is not None:
            self.asset_key_for_output(output_name)  # type: ignore[attr-defined] # of the class that this is mixed into

    # Inputs

    def asset_partition_key_for_input(self, input_name: str) -> str:
        """Return the one partition that is behind an input.

        Raises
        ------
        InvocationError
            When there are several, or none.
        """
        keys = self.asset_partition_keys_for_input(input_name)
        if len(keys) != 1:
            raise InvocationError(
                f"{len(keys) or 'no'} partitions are behind the input `{input_name}`: ask for "
                f'`context.asset_partition_keys_for_input("{input_name}")`.'
            )
        return keys[0]

    def asset_partition_keys_for_input(self, input_name: str) -> Sequence[str]:
        """Return the partitions that are behind an input, in order."""
        scope, key = self._input(input_name)
        return list(_there(scope.upstream(key), f"the input `{input_name}`"))

    def asset_partition_key_range_for_input(self, input_name: str) -> PartitionKeyRange:
        """Return the first and the last of the partitions that are behind an input.

        Raises
        ------
        InvocationError
            When there are none.
        """
        keys = self.asset_partition_keys_for_input(input_name)
        if not keys:
            raise InvocationError(f"no partition is behind the input `{input_name}`, so there is no range.")
        return _range(keys)

    def asset_partitions_def_for_input(self, input_name: str) -> PartitionsDefinition[Any]:
        """Return the partitions of the asset that is behind an input."""
        scope, key = self._input(input_name)
        return _there(scope.partitions_def(key), f"the input `{input_name}`")

    def asset_partitions_time_window_for_input(self, input_name: str = DEFAULT_OUTPUT) -> TimeWindow:
        """Return the time of the partitions that are behind an input."""
        return _window(
            self.asset_partitions_def_for_input(input_name), self.asset_partition_keys_for_input(input_name)
        )

    def _input(self, name: str) -> tuple[PartitionScope, AssetKey]:
        key = self.asset_key_for_input(name)  # type: ignore[attr-defined] # of the class that this is mixed into
        if self._partitions is None:
            raise InvocationError(f"no partitions are behind the input `{name}` in this run.")
        return self._partitions, key

    def _read(self, key: str) -> str:
        parse = getattr(self._own_def(), "get_partition_key_from_str", None)
        return cast("str", key if parse is None else parse(key))


def _there(found: _Found | None, what: str) -> _Found:
    if found is None:
        raise InvocationError(f"the asset behind {what} has no partitions.")
    return found


def _range(keys: Sequence[str]) -> PartitionKeyRange:
    return PartitionKeyRange(keys[0], keys[-1])


def _window(partitions_def: PartitionsDefinition[Any] | None, keys: Sequence[str]) -> TimeWindow:
    find = getattr(partitions_def, "time_window_for_partition_key", None)
    if find is None or not keys:
        raise InvocationError("these are no partitions of time, so there is no time of theirs.")
    first, last = find(keys[0]), find(keys[-1])
    return cast("TimeWindow", type(first)(first.start, last.end))
