"""The partitions of one asset or check for which something holds; of one without partitions, all or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from nb_assets.definitions.automation.view import AutomationView

NO_PARTITION = frozenset({None})


@dataclass(frozen=True, eq=False)
class EntitySubset:
    """The partitions of one asset or check; those of one that has none are the one partition None.

    Attributes
    ----------
    key
        The asset or the check.
    partitions
        The keys of its partitions.
    """

    view: AutomationView = field(repr=False)
    key: Any
    partitions: frozenset[str | None]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is in it."""
        return not self.partitions

    @property
    def size(self) -> int:
        """How many partitions are in it."""
        return len(self.partitions)

    @property
    def is_partitioned(self) -> bool:
        """Whether its asset has partitions."""
        return self.view.partition_keys(self.key) is not None

    def expensively_compute_partition_keys(self) -> set[str]:
        """Return the keys of the partitions that are in it."""
        return {partition for partition in self.partitions if partition is not None}

    def compute_union(self, other: EntitySubset) -> EntitySubset:
        """Return what is in either."""
        if not other.partitions or other.partitions is self.partitions:
            return self
        return self._of(self.partitions | other.partitions)

    def compute_intersection(self, other: EntitySubset) -> EntitySubset:
        """Return what is in both."""
        if other.partitions is self.partitions:
            return self
        return self._of(self.partitions & other.partitions)

    def compute_difference(self, other: EntitySubset) -> EntitySubset:
        """Return what is in this one alone."""
        if not other.partitions:
            return self
        return self._of(self.partitions - other.partitions)

    def compute_intersection_with_partition_keys(self, partition_keys: Iterable[str]) -> EntitySubset:
        """Return those of these partitions that are in it."""
        return self._of(self.partitions & set(partition_keys))

    def compute_mapped_subset(self, to_key: Any, direction: Literal["up", "down"]) -> EntitySubset:
        """Return the partitions of another asset that these are derived from ("up"), or that are derived from these."""
        return self.view.map_subset(self, to_key, direction)

    def _of(self, partitions: Iterable[str | None]) -> EntitySubset:
        return EntitySubset(self.view, self.key, frozenset(partitions))

    def __bool__(self) -> bool:
        return bool(self.partitions)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EntitySubset) and (self.key, self.partitions) == (
            other.key,
            other.partitions,
        )

    def __hash__(self) -> int:
        return hash((self.key, self.partitions))


Times = Mapping["str | None", float]
"""When something happened to each partition, in seconds since 1970."""
