"""Partitions whose keys are written down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from nb_assets.definitions.partitions.partitions_definition import (
    PartitionsDefinition,
    checked_partition_keys,
)

if TYPE_CHECKING:
    from nb_assets.definitions.partitions.loading import DynamicPartitionsStore


class StaticPartitionsDefinition(PartitionsDefinition[str]):
    """Partitions whose keys are given once and for all.

    Raises
    ------
    DefinitionError
        When a key is no valid one, or is there twice.
    """

    def __init__(self, partition_keys: Sequence[str]) -> None:
        self._partition_keys = tuple(checked_partition_keys(partition_keys))

    def get_partition_keys(
        self,
        current_time: datetime | None = None,
        dynamic_partitions_store: DynamicPartitionsStore | None = None,
    ) -> Sequence[str]:
        """Return the keys, in the order in which they were given."""
        del current_time, dynamic_partitions_store
        return list(self._partition_keys)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self._partition_keys)

    def has_partition_key(
        self,
        partition_key: str,
        current_time: datetime | None = None,
        dynamic_partitions_store: DynamicPartitionsStore | None = None,
    ) -> bool:
        """Tell whether there is a partition of this key."""
        del current_time, dynamic_partitions_store
        return partition_key in self._known

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StaticPartitionsDefinition) and self._partition_keys == other._partition_keys

    def __hash__(self) -> int:
        return hash(self._partition_keys)

    def __repr__(self) -> str:
        return f"StaticPartitionsDefinition(partition_keys={list(self._partition_keys)})"
