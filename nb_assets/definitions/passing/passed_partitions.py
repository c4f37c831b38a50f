"""The partitions of an asset that are passed at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.partitions.key_range import PartitionKeyRange
from nb_assets.errors import InvocationError

if TYPE_CHECKING:
    from nb_assets.definitions.partitions.time_window import TimeWindow


@dataclass(frozen=True, kw_only=True)
class PassedPartitions:
    """Partitions by key, in order. Without a definition nothing is known of what lies between two keys."""

    keys: tuple[str, ...]
    definition: Any = None

    @staticmethod
    def of(partition_key: str | None, key_range: Any, definition: Any) -> PassedPartitions | None:
        """Return the partitions that were given by a key or by a range, None when neither was."""
        if key_range is None:
            return (
                None
                if partition_key is None
                else PassedPartitions(keys=(partition_key,), definition=definition)
            )
        if definition is not None:
            keys = tuple(definition.get_partition_keys_in_range(key_range))
        else:
            keys = (key_range.start,) if key_range.start == key_range.end else tuple(key_range)
        return PassedPartitions(keys=keys, definition=definition)

    def one(self, owner: str) -> str:
        """Return the only one.

        Raises
        ------
        InvocationError
            When there are several, or none.
        """
        if len(self.keys) != 1:
            raise InvocationError(
                f"one partition of {owner} is asked for, and {len(self.keys)} are passed: use asset_partition_keys."
            )
        return self.keys[0]

    def range(self, owner: str) -> PartitionKeyRange:
        """Return the first and the last.

        Raises
        ------
        InvocationError
            When there is none, or one between them is missing.
        """
        if not self.keys:
            raise InvocationError(f"a range of partitions of {owner} is asked for, and none is passed.")
        found = PartitionKeyRange(self.keys[0], self.keys[-1])
        if self.definition is not None and len(self.keys) > 1:
            between = self.definition.get_partition_keys_in_range(found)
            if list(between) != list(self.keys):
                raise InvocationError(
                    f"the partitions of {owner} that are passed are no range, for some between them are not: use "
                    "asset_partition_keys."
                )
        return found

    def time_window(self, owner: str) -> TimeWindow:
        """Return the time that they are of, from the beginning of the first to the end of the last.

        Raises
        ------
        InvocationError
            When they are not partitions of time.
        """
        window_of = getattr(self.definition, "time_window_for_partition_key", None)
        if window_of is None:
            raise InvocationError(f"the partitions of {owner} are not partitions of time.")
        start, end = self.range(owner)
        first, last = window_of(start), window_of(end)
        return type(first)(first.start, last.end)  # type: ignore[no-any-return]
