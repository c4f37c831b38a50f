"""What every definition of partitions answers."""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from nb_assets.definitions.partitions.key_range import RANGE_SEPARATOR, PartitionKeyRange
from nb_assets.definitions.partitions.loading import DynamicPartitionsStore, partition_loading_context
from nb_assets.definitions.partitions.subset import PartitionsSubset
from nb_assets.definitions.partitions.tags import PARTITION_TAG
from nb_assets.errors import DefinitionError, UnknownPartitionError, near

if TYPE_CHECKING:
    from nb_assets.definitions.partitions.loading import PartitionLoadingContext

_Key_co = TypeVar("_Key_co", bound=str, covariant=True)
_FORBIDDEN = (RANGE_SEPARATOR, "\a", "\b", "\f", "\n", "\r", "\t", "\v", "\0")


class PartitionsDefinition(ABC, Generic[_Key_co]):
    """The partitions of an asset, each known by its key, in order."""

    is_of_time: ClassVar[bool] = False

    @abstractmethod
    def get_partition_keys(
        self,
        current_time: datetime | None = None,
        dynamic_partitions_store: DynamicPartitionsStore | None = None,
    ) -> Sequence[_Key_co]:
        """Return the keys of the partitions that exist, in order.

        Parameters
        ----------
        current_time
            The time to take it to be: partitions of time exist when their time is over.
        dynamic_partitions_store
            Where dynamic partitions are; those of the session unless given.
        """

    def has_partition_key(
        self,
        partition_key: str,
        current_time: datetime | None = None,
        dynamic_partitions_store: DynamicPartitionsStore | None = None,
    ) -> bool:
        """Tell whether there is a partition of this key."""
        return partition_key in self.get_partition_keys(current_time, dynamic_partitions_store)

    def get_first_partition_key(self, current_time: datetime | None = None) -> _Key_co | None:
        """Return the key of the first partition, or None when there is none."""
        keys = self.get_partition_keys(current_time)
        return keys[0] if keys else None

    def get_last_partition_key(self, current_time: datetime | None = None) -> _Key_co | None:
        """Return the key of the last partition, or None when there is none."""
        keys = self.get_partition_keys(current_time)
        return keys[-1] if keys else None

    def get_num_partitions(self) -> int:
        """Return how many partitions exist."""
        return len(self.get_partition_keys())

    def get_partition_keys_in_range(
        self,
        partition_key_range: PartitionKeyRange,
        dynamic_partitions_store: DynamicPartitionsStore | None = None,
    ) -> Sequence[_Key_co]:
        """Return the keys from one to another, both included.

        Raises
        ------
        UnknownPartitionError
            When one of the two does not exist.
        """
        with partition_loading_context(dynamic_partitions_store=dynamic_partitions_store):
            for key in partition_key_range:
                self.check_partition_key(key)
            keys = self.get_partition_keys()
            index: dict[str, int] = {key: position for position, key in enumerate(keys)}
            return keys[index[partition_key_range.start] : index[partition_key_range.end] + 1]

    def validate_partition_definition(self) -> None:
        """Check what cannot be seen before partitions are looked at."""

    def check_partition_key(self, partition_key: object, owner: str = "") -> None:
        """Check that there is a partition of this key.

        Parameters
        ----------
        owner
            The asset that is partitioned, for the message.

        Raises
        ------
        UnknownPartitionError
            When there is none: it says near names, and which there are.
        """
        if not isinstance(partition_key, str) or not self.has_partition_key(partition_key):
            raise self.unknown(partition_key, owner)

    def validate_partition_key(self, partition_key: str, context: PartitionLoadingContext) -> None:
        """Check that there is a partition of this key, at the time and in the store that a context says."""
        with partition_loading_context(context.effective_dt, context.dynamic_partitions_store):
            self.check_partition_key(partition_key)

    def unknown(self, partition_key: object, owner: str = "") -> UnknownPartitionError:
        """Return the error of asking for a partition that does not exist."""
        keys = list(self.get_partition_keys())
        of = f"`{owner}` has no partition" if owner else "there is no partition"
        if not keys:
            return UnknownPartitionError(f"{of} `{partition_key}`: it has none so far.")
        told = f" There are {len(keys):,}, from `{keys[0]}` to `{keys[-1]}`." if len(keys) > 1 else ""
        hint = near(str(partition_key), keys[-2_000:])
        return UnknownPartitionError(
            f"{of} `{partition_key}`.{hint}{told or f' There is `{keys[0]}` alone.'}"
        )

    def filter_valid_partition_keys(self, partition_keys: set[str]) -> AbstractSet[str]:
        """Return those of the keys that exist."""
        return {key for key in partition_keys if self.has_partition_key(key)}

    def get_tags_for_partition_key(self, partition_key: str) -> Mapping[str, str]:
        """Return the tags of a run that makes a partition."""
        return {PARTITION_TAG: partition_key}

    def get_serializable_unique_identifier(self) -> str:
        """Return a text that differs when the partitions do."""
        return hashlib.sha1(json.dumps(list(self.get_partition_keys())).encode()).hexdigest()  # noqa: S324 - an identifier

    def empty_subset(self) -> PartitionsSubset:
        """Return no partitions."""
        return PartitionsSubset(self)

    def subset_with_partition_keys(self, partition_keys: Iterable[str]) -> PartitionsSubset:
        """Return the partitions of these keys."""
        return PartitionsSubset(self, partition_keys)

    def subset_with_all_partitions(self) -> PartitionsSubset:
        """Return all partitions."""
        return PartitionsSubset(self, self.get_partition_keys())

    def __str__(self) -> str:
        return ", ".join(f"'{key}'" for key in self.get_partition_keys())


def checked_partition_keys(partition_keys: Iterable[str]) -> list[str]:
    """Return the keys when each of them can be one.

    Raises
    ------
    DefinitionError
        When one is no text, is empty, is there twice, or has in it what stands for a range or is not printed.
    """
    keys = list(partition_keys)
    seen: set[str] = set()
    for key in keys:
        if not isinstance(key, str):
            raise DefinitionError(f"the key of a partition is a text, not {key!r}.")
        if not key:
            raise DefinitionError("the key of a partition is a text that is not empty.")
        if bad := next((each for each in _FORBIDDEN if each in key), None):
            raise DefinitionError(f"the key of a partition cannot have {bad!r} in it, and {key!r} has.")
        if key in seen:
            raise DefinitionError(f"the partition `{key}` is there twice: each has a key of its own.")
        seen.add(key)
    return keys


def checked_partitions_def(value: object, owner: str) -> PartitionsDefinition[str] | None:
    """Return a definition of partitions, or None.

    Raises
    ------
    DefinitionError
        When the value is neither.
    """
    if value is not None and not isinstance(value, PartitionsDefinition):
        raise DefinitionError(
            f"the partitions_def of `{owner}` is a definition of partitions, such as "
            f'DailyPartitionsDefinition(start_date="2024-01-01"), not {value!r}.'
        )
    return value
