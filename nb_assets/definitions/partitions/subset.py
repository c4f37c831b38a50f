"""Some of the partitions of a definition."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.partitions.key_range import PartitionKeyRange

if TYPE_CHECKING:
    from nb_assets.definitions.partitions.partitions_definition import PartitionsDefinition


class PartitionsSubset:
    """Some of the partitions of a definition. It never changes: what adds to it returns another one."""

    def __init__(self, partitions_def: PartitionsDefinition[Any], keys: Iterable[str] = ()) -> None:
        self.partitions_def = partitions_def
        # In the order in which they came; a dict for its order.
        self._keys: dict[str, None] = dict.fromkeys(keys)

    def get_partition_keys(self) -> Collection[str]:
        """Return the keys of the partitions: a list of those of time, which have an order of their own, else a set."""
        return list(self._keys) if self.partitions_def.is_of_time else self._keys.keys()

    def get_partition_keys_not_in_subset(self, partitions_def: PartitionsDefinition[Any]) -> Collection[str]:
        """Return the keys of the partitions that are not among these, in order."""
        return [key for key in partitions_def.get_partition_keys() if key not in self._keys]

    def get_partition_key_ranges(
        self, partitions_def: PartitionsDefinition[Any]
    ) -> Sequence[PartitionKeyRange]:
        """Return the partitions as ranges, in order."""
        ranges: list[PartitionKeyRange] = []
        begun: str | None = None
        last = ""
        for key in partitions_def.get_partition_keys():
            if key in self._keys:
                begun, last = begun or key, key
            elif begun is not None:
                ranges.append(PartitionKeyRange(begun, last))
                begun = None
        return [*ranges, PartitionKeyRange(begun, last)] if begun is not None else ranges

    def with_partition_keys(self, partition_keys: Iterable[str]) -> PartitionsSubset:
        """Return these partitions and those."""
        return PartitionsSubset(self.partitions_def, [*self._keys, *partition_keys])

    def with_partition_key_range(
        self, partitions_def: PartitionsDefinition[Any], partition_key_range: PartitionKeyRange
    ) -> PartitionsSubset:
        """Return these partitions and those of a range."""
        return self.with_partition_keys(partitions_def.get_partition_keys_in_range(partition_key_range))

    @property
    def is_empty(self) -> bool:
        """Whether there are none."""
        return not self._keys

    def empty_subset(self) -> PartitionsSubset:
        """Return none of the same definition's."""
        return PartitionsSubset(self.partitions_def)

    def __or__(self, other: PartitionsSubset) -> PartitionsSubset:
        return self.with_partition_keys(other._keys)

    def __sub__(self, other: PartitionsSubset) -> PartitionsSubset:
        return PartitionsSubset(self.partitions_def, (key for key in self._keys if key not in other._keys))

    def __and__(self, other: PartitionsSubset) -> PartitionsSubset:
        return PartitionsSubset(self.partitions_def, (key for key in self._keys if key in other._keys))

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __len__(self) -> int:
        return len(self._keys)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, PartitionsSubset)
            and self._keys.keys() == other._keys.keys()
            and self.partitions_def == other.partitions_def
        )

    def __hash__(self) -> int:
        return hash(frozenset(self._keys))

    def __repr__(self) -> str:
        return f"<{len(self)} partitions: {', '.join(list(self._keys)[:5])}{', …' if len(self) > 5 else ''}>"  # noqa: PLR2004
