"""The partitions of the assets of a graph at one moment, and which of them are derived from which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.partitions.inferred_mapping import partition_mapping_between
from nb_assets.definitions.partitions.partition_mapping import IdentityPartitionMapping
from nb_assets.definitions.partitions.subset import PartitionsSubset
from nb_assets.definitions.partitions.time_mapping import TimeWindowPartitionMapping

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.partitions.partition_mapping import PartitionMapping
    from nb_assets.definitions.partitions.partitions_definition import PartitionsDefinition
    from nb_assets.graph.asset_graph import AssetGraph


@dataclass(frozen=True, slots=True)
class Mapped:
    """The upstream partitions that something is derived from: those that exist, and those that are missing."""

    keys: tuple[str, ...]
    missing: tuple[str, ...] = ()


class PartitionView:
    """The partitions of a graph's assets as they are when they are first asked for: time goes on, and keys are added."""

    def __init__(self, graph: AssetGraph) -> None:
        self._graph = graph
        self._existing: dict[AssetKey, tuple[str, ...]] = {}
        self._known: dict[AssetKey, frozenset[str]] = {}
        self._mappings: dict[tuple[AssetKey, AssetKey], tuple[PartitionMapping, bool]] = {}
        self._mapped: dict[tuple[AssetKey, AssetKey, str | None], Mapped] = {}
        # Mappings that give the same partitions every time give the same object, which is summed up once.
        self._shared: dict[Mapped, Mapped] = {}

    def existing(self, key: AssetKey) -> tuple[str, ...]:
        """Return the partitions of an asset that exist, in order."""
        if key not in self._existing:
            partitions_def = self._graph.partitions_def(key)
            self._existing[key] = () if partitions_def is None else tuple(partitions_def.get_partition_keys())
        return self._existing[key]

    def exists(self, key: AssetKey, partition: str) -> bool:
        """Tell whether an asset has a partition."""
        if key not in self._known:
            self._known[key] = frozenset(self.existing(key))
        return partition in self._known[key]

    def mapping(self, key: AssetKey, other: AssetKey) -> PartitionMapping:
        """Return how the partitions of an asset follow from those of another."""
        return self._mapping(key, other)[0]

    def upstream(self, key: AssetKey, partition: str | None, other: AssetKey) -> Mapped:
        """Return the partitions of another asset that one of this is derived from; None stands for an asset without any."""
        mapping, is_same = self._mapping(key, other)
        if is_same and partition is not None:
            return Mapped((partition,))
        at = (key, other, partition)
        if at not in self._mapped:
            ours, theirs = self._graph.partitions_def(key), self._graph.partitions_def(other)
            assert theirs is not None
            found = mapping.get_upstream_mapped_partitions_result_for_partitions(
                None if partition is None or ours is None else PartitionsSubset(ours, [partition]),
                ours,
                theirs,
            )
            mapped = Mapped(
                tuple(found.partitions_subset.get_partition_keys()),
                tuple(found.required_but_nonexistent_partition_keys),
            )
            self._mapped[at] = self._shared.setdefault(mapped, mapped)
        return self._mapped[at]

    def upstream_of_several(self, key: AssetKey, partitions: Sequence[str | None], other: AssetKey) -> Mapped:
        """Return the partitions of another asset that some of this are derived from, each once, in order."""
        parts = [self.upstream(key, partition, other) for partition in partitions]
        if len(parts) == 1:
            return parts[0]
        return Mapped(
            tuple(dict.fromkeys(each for part in parts for each in part.keys)),
            tuple(dict.fromkeys(each for part in parts for each in part.missing)),
        )

    def _mapping(self, key: AssetKey, other: AssetKey) -> tuple[PartitionMapping, bool]:
        at = (key, other)
        if at not in self._mappings:
            ours, theirs = self._graph.partitions_def(key), self._graph.partitions_def(other)
            mapping = partition_mapping_between(
                self._graph.definition(key).partition_mapping(key, other), ours, theirs
            )
            self._mappings[at] = (mapping, _is_same(mapping, ours, theirs))
        return self._mappings[at]


def _is_same(
    mapping: PartitionMapping,
    ours: PartitionsDefinition[Any] | None,
    theirs: PartitionsDefinition[Any] | None,
) -> bool:
    """Tell whether each partition goes with the one of the same key, so that nothing is to be worked out."""
    return ours == theirs and (
        mapping in (IdentityPartitionMapping(), TimeWindowPartitionMapping())
        or (type(mapping) is TimeWindowPartitionMapping and not (mapping.start_offset or mapping.end_offset))
    )
