"""Which partitions are derived from which: what every mapping answers, and those that need no more than keys."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from nb_assets.definitions.partitions.loading import DynamicPartitionsStore, partition_loading_context
from nb_assets.definitions.partitions.static import StaticPartitionsDefinition
from nb_assets.definitions.partitions.subset import PartitionsSubset
from nb_assets.errors import DefinitionError, UnknownPartitionError

if TYPE_CHECKING:
    from nb_assets.definitions.partitions.partitions_definition import PartitionsDefinition

    Partitions = PartitionsDefinition[str]


@dataclass(frozen=True)
class UpstreamPartitionsResult:
    """The upstream partitions that others are derived from: those that exist, and those that are missing."""

    partitions_subset: PartitionsSubset
    required_but_nonexistent_subset: PartitionsSubset

    @property
    def required_but_nonexistent_partition_keys(self) -> Sequence[str]:
        """The keys of those that are missing."""
        return list(self.required_but_nonexistent_subset.get_partition_keys())


class PartitionMapping(ABC):
    """Which partitions of an asset those of another are derived from."""

    @abstractmethod
    def get_upstream_mapped_partitions_result_for_partitions(
        self,
        downstream_partitions_subset: PartitionsSubset | None,
        downstream_partitions_def: Partitions | None,
        upstream_partitions_def: Partitions,
        current_time: datetime | None = None,
        dynamic_partitions_store: DynamicPartitionsStore | None = None,
    ) -> UpstreamPartitionsResult:
        """Return the upstream partitions that some partitions are derived from; None stands for an asset without any."""

    @abstractmethod
    def get_downstream_partitions_for_partitions(
        self,
        upstream_partitions_subset: PartitionsSubset,
        upstream_partitions_def: Partitions,
        downstream_partitions_def: Partitions,
        current_time: datetime | None = None,
        dynamic_partitions_store: DynamicPartitionsStore | None = None,
    ) -> PartitionsSubset:
        """Return the partitions that are derived from some upstream ones."""

    def validate_partition_mapping(  # noqa: B027 - most can be between any
        self, upstream_partitions_def: Partitions, downstream_partitions_def: Partitions | None
    ) -> None:
        """Check that the mapping can be between these.

        Raises
        ------
        DefinitionError
            When it cannot.
        """

    @property
    def description(self) -> str:
        """The mapping in words."""
        return type(self).__name__


class KeyMapping(PartitionMapping):
    """A mapping that is told key by key."""

    @abstractmethod
    def upstream_keys(
        self, keys: Iterable[str] | None, downstream: Partitions | None, upstream: Partitions
    ) -> tuple[Iterable[str], Iterable[str]]:
        """Return the upstream keys of some keys: those that exist, and those that are missing."""

    @abstractmethod
    def downstream_keys(
        self, keys: Collection[str], upstream: Partitions, downstream: Partitions
    ) -> Iterable[str]:
        """Return the downstream keys of some keys."""

    def get_upstream_mapped_partitions_result_for_partitions(
        self,
        downstream_partitions_subset: PartitionsSubset | None,
        downstream_partitions_def: Partitions | None,
        upstream_partitions_def: Partitions,
        current_time: datetime | None = None,
        dynamic_partitions_store: DynamicPartitionsStore | None = None,
    ) -> UpstreamPartitionsResult:
        """Return the upstream partitions that some partitions are derived from; None stands for an asset without any."""
        subset = downstream_partitions_subset
        with partition_loading_context(current_time, dynamic_partitions_store):
            found, lacking = self.upstream_keys(
                None if subset is None else subset.get_partition_keys(),
                downstream_partitions_def,
                upstream_partitions_def,
            )
            return UpstreamPartitionsResult(
                PartitionsSubset(upstream_partitions_def, found),
                PartitionsSubset(upstream_partitions_def, lacking),
            )

    def get_downstream_partitions_for_partitions(
        self,
        upstream_partitions_subset: PartitionsSubset,
        upstream_partitions_def: Partitions,
        downstream_partitions_def: Partitions,
        current_time: datetime | None = None,
        dynamic_partitions_store: DynamicPartitionsStore | None = None,
    ) -> PartitionsSubset:
        """Return the partitions that are derived from some upstream ones."""
        with partition_loading_context(current_time, dynamic_partitions_store):
            keys = self.downstream_keys(
                upstream_partitions_subset.get_partition_keys(),
                upstream_partitions_def,
                downstream_partitions_def,
            )
            return PartitionsSubset(downstream_partitions_def, keys)


@dataclass(frozen=True)
class IdentityPartitionMapping(KeyMapping):
    """Each partition is derived from the upstream partition of the same key."""

    def upstream_keys(
        self, keys: Iterable[str] | None, downstream: Partitions | None, upstream: Partitions
    ) -> tuple[Iterable[str], Iterable[str]]:
        """Return the same keys, those that exist and those that are missing."""
        if keys is None:
            raise UnknownPartitionError(
                "an IdentityPartitionMapping is between two assets that have partitions, and this one has none."
            )
        keys = list(keys)
        if downstream == upstream:
            return keys, ()
        existing = {key for key in keys if upstream.has_partition_key(key)}
        return [key for key in keys if key in existing], [key for key in keys if key not in existing]

    def downstream_keys(
        self, keys: Collection[str], upstream: Partitions, downstream: Partitions
    ) -> Iterable[str]:
        """Return those of the same keys that exist."""
        return keys if downstream == upstream else [key for key in keys if downstream.has_partition_key(key)]

    def validate_partition_mapping(
        self, upstream_partitions_def: Partitions, downstream_partitions_def: Partitions | None
    ) -> None:
        """Check that both have partitions of one kind.

        Raises
        ------
        DefinitionError
            When not.
        """
        ours = downstream_partitions_def
        if ours is None or _kind(ours) is not _kind(upstream_partitions_def):
            raise DefinitionError(
                "each partition would be derived from the upstream partition of the same key, and partitions of different "
                f"kinds have no keys in common: {upstream_partitions_def!r} and {ours!r}."
            )

    @property
    def description(self) -> str:
        """The mapping in words."""
        return "each partition is derived from the upstream partition of the same key"


def _kind(partitions_def: Partitions) -> type:
    """Return the class of a definition, that of all partitions of time for each of their kinds."""
    classes = type(partitions_def).__mro__
    return next((each for each in classes if vars(each).get("is_of_time")), classes[0])


@dataclass(frozen=True)
class AllPartitionMapping(KeyMapping):
    """Each partition is derived from all upstream partitions."""

    def upstream_keys(
        self, keys: Iterable[str] | None, downstream: Partitions | None, upstream: Partitions
    ) -> tuple[Iterable[str], Iterable[str]]:
        """Return all keys."""
        del keys, downstream
        return upstream.get_partition_keys(), ()

    def downstream_keys(
        self, keys: Collection[str], upstream: Partitions, downstream: Partitions
    ) -> Iterable[str]:
        """Return all keys, of any."""
        del upstream
        return downstream.get_partition_keys() if keys else ()

    @property
    def description(self) -> str:
        """The mapping in words."""
        return "each partition is derived from all upstream partitions"


@dataclass(frozen=True)
class LastPartitionMapping(KeyMapping):
    """Each partition is derived from the last upstream partition."""

    def upstream_keys(
        self, keys: Iterable[str] | None, downstream: Partitions | None, upstream: Partitions
    ) -> tuple[Iterable[str], Iterable[str]]:
        """Return the last key."""
        del keys, downstream
        last = upstream.get_last_partition_key()
        return ([] if last is None else [last]), ()

    def downstream_keys(
        self, keys: Collection[str], upstream: Partitions, downstream: Partitions
    ) -> Iterable[str]:
        """Return all keys, of the last one."""
        return downstream.get_partition_keys() if upstream.get_last_partition_key() in keys else ()

    @property
    def description(self) -> str:
        """The mapping in words."""
        return "each partition is derived from the last upstream partition"


@dataclass(frozen=True)
class SpecificPartitionsPartitionMapping(KeyMapping):
    """Each partition is derived from the upstream partitions that are named."""

    partition_keys: Sequence[str]

    def upstream_keys(
        self, keys: Iterable[str] | None, downstream: Partitions | None, upstream: Partitions
    ) -> tuple[Iterable[str], Iterable[str]]:
        """Return the keys that are named."""
        del keys, downstream, upstream
        return self.partition_keys, ()

    def downstream_keys(
        self, keys: Collection[str], upstream: Partitions, downstream: Partitions
    ) -> Iterable[str]:
        """Return all keys, of one that is named."""
        del upstream
        return downstream.get_partition_keys() if set(self.partition_keys).intersection(keys) else ()

    def validate_partition_mapping(
        self, upstream_partitions_def: Partitions, downstream_partitions_def: Partitions | None
    ) -> None:
        """Accept what is there at the time of a run."""

    @property
    def description(self) -> str:
        """The mapping in words."""
        return f"each partition is derived from the upstream partitions {', '.join(self.partition_keys)}"


class StaticPartitionMapping(KeyMapping):
    """Each partition is derived from the upstream partitions that say so.

    Parameters
    ----------
    downstream_partition_keys_by_upstream_partition_key
        The key, or keys, of what is derived from an upstream partition, by its key.

    Raises
    ------
    DefinitionError
        When a key is no text.
    """

    def __init__(
        self, downstream_partition_keys_by_upstream_partition_key: Mapping[str, str | Collection[str]]
    ) -> None:
        given = downstream_partition_keys_by_upstream_partition_key
        if not isinstance(given, Mapping):
            raise DefinitionError(f"a StaticPartitionMapping is given a dict of keys, not {given!r}.")
        self.downstream_partition_keys_by_upstream_partition_key = given
        self._downstream: dict[str, tuple[str, ...]] = {}
        self._upstream: dict[str, list[str]] = {}
        for key, others in given.items():
            keys = (others,) if isinstance(others, str) else others
            checked: object = key
            if not isinstance(checked, str) or not isinstance(keys, Collection):
                raise DefinitionError(
                    f"a StaticPartitionMapping is of texts, and {key!r}: {others!r} is not."
                )
            self._downstream[key] = tuple(keys)
            for other in self._downstream[key]:
                self._upstream.setdefault(other, []).append(key)

    def upstream_keys(
        self, keys: Iterable[str] | None, downstream: Partitions | None, upstream: Partitions
    ) -> tuple[Iterable[str], Iterable[str]]:
        """Return the keys that say so."""
        del downstream
        self._check(upstream, self._downstream, "upstream")
        return [other for key in keys or () for other in self._upstream.get(key, ())], ()

    def downstream_keys(
        self, keys: Collection[str], upstream: Partitions, downstream: Partitions
    ) -> Iterable[str]:
        """Return what the keys say."""
        del upstream
        self._check(downstream, self._upstream, "downstream")
        return [other for key in keys for other in self._downstream.get(key, ())]

    def validate_partition_mapping(
        self, upstream_partitions_def: Partitions, downstream_partitions_def: Partitions | None
    ) -> None:
        """Check that both have static partitions, and those that are named.

        Raises
        ------
        DefinitionError
            When not.
        """
        self._check(upstream_partitions_def, self._downstream, "upstream")
        self._check(downstream_partitions_def, self._upstream, "downstream")

    def _check(self, partitions_def: Partitions | None, named: Iterable[str], where: str) -> None:
        if not isinstance(partitions_def, StaticPartitionsDefinition):
            raise DefinitionError(
                f"a StaticPartitionMapping is between static partitions, and those {where} are {partitions_def!r}."
            )
        for key in named:
            if not partitions_def.has_partition_key(key):
                raise DefinitionError(
                    f"a StaticPartitionMapping names {where} partitions that are not there: {partitions_def.unknown(key)}"
                )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StaticPartitionMapping) and self._downstream == other._downstream

    def __hash__(self) -> int:
        return hash(frozenset(self._downstream.items()))

    @property
    def description(self) -> str:
        """The mapping in words."""
        return "each partition is derived from the upstream partitions that say so"
