"""Partitions in two dimensions, such as a day and a region."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from nb_assets.definitions.partitions.dynamic import DynamicPartitionsDefinition
from nb_assets.definitions.partitions.key_range import PartitionKeyRange
from nb_assets.definitions.partitions.loading import DynamicPartitionsStore, partition_loading_context
from nb_assets.definitions.partitions.multi_key import DELIMITER, MultiPartitionKey
from nb_assets.definitions.partitions.partitions_definition import PartitionsDefinition
from nb_assets.definitions.partitions.static import StaticPartitionsDefinition
from nb_assets.definitions.partitions.tags import PARTITION_TAG
from nb_assets.definitions.partitions.time_partitions import TimeWindowPartitionsDefinition
from nb_assets.errors import DefinitionError, InvocationError, UnknownPartitionError, near

if TYPE_CHECKING:
    from nb_assets.definitions.partitions.time_window import TimeWindow

_DIMENSIONS = 2
_FORBIDDEN = frozenset("|,[]")


class PartitionDimensionDefinition(NamedTuple):
    """One dimension of partitions in several."""

    name: str
    partitions_def: PartitionsDefinition[str]


class MultiPartitionsDefinition(PartitionsDefinition[MultiPartitionKey]):
    """Partitions in two dimensions: each pair of a partition of the one and a partition of the other is a partition.

    Parameters
    ----------
    partitions_defs
        The dimensions by name. Their names in order make the order of the parts of the keys.

    Raises
    ------
    DefinitionError
        When they are not two, or one is in several dimensions itself, has no name, or has keys that cannot be parts of
        others.
    """

    def __init__(self, partitions_defs: Mapping[str, PartitionsDefinition[str]]) -> None:
        given: object = partitions_defs
        if not isinstance(given, Mapping) or len(given) != _DIMENSIONS:
            raise DefinitionError(
                f"partitions in several dimensions have two of them, by name, not {partitions_defs!r}: write "
                'MultiPartitionsDefinition({"day": DailyPartitionsDefinition(…), "region": StaticPartitionsDefinition(…)}).'
            )
        for name, each in partitions_defs.items():
            _check_dimension(name, each)
        self.partitions_defs: Sequence[PartitionDimensionDefinition] = [
            PartitionDimensionDefinition(name, partitions_defs[name]) for name in sorted(partitions_defs)
        ]

    @property
    def partition_dimension_names(self) -> list[str]:
        """The names of the dimensions, in order."""
        return [dimension.name for dimension in self.partitions_defs]

    def get_partitions_def_for_dimension(self, dimension_name: str) -> PartitionsDefinition[str]:
        """Return a dimension.

        Raises
        ------
        InvocationError
            When there is none of this name.
        """
        for dimension in self.partitions_defs:
            if dimension.name == dimension_name:
                return dimension.partitions_def
        names = self.partition_dimension_names
        raise InvocationError(
            f"there is no dimension `{dimension_name}` of these partitions.{near(dimension_name, names)} There are "
            f"`{names[0]}` and `{names[1]}`."
        )

    def get_partition_keys(
        self,
        current_time: datetime | None = None,
        dynamic_partitions_store: DynamicPartitionsStore | None = None,
    ) -> Sequence[MultiPartitionKey]:
        """Return the keys of all pairs, those of the first dimension's first partition first."""
        with partition_loading_context(current_time, dynamic_partitions_store):
            keys = [dimension.partitions_def.get_partition_keys() for dimension in self.partitions_defs]
            return self._pairs(keys)

    def get_num_partitions(self) -> int:
        """Return how many pairs there are."""
        first, second = (dimension.partitions_def.get_num_partitions() for dimension in self.partitions_defs)
        return first * second

    def has_partition_key(
        self,
        partition_key: str,
        current_time: datetime | None = None,
        dynamic_partitions_store: DynamicPartitionsStore | None = None,
    ) -> bool:
        """Tell whether there is a partition of this key.

        Raises
        ------
        UnknownPartitionError
            When the key is one of other dimensions.
        """
        if not isinstance(partition_key, MultiPartitionKey):
            if not self.is_valid_key_format(partition_key):
                return False
            partition_key = self.get_partition_key_from_str(partition_key)
        parts = partition_key.keys_by_dimension
        if set(parts) != set(self.partition_dimension_names):
            raise UnknownPartitionError(
                f"the key `{partition_key}` is of the dimensions {_listed(parts)}, and these partitions have "
                f"{_listed(self.partition_dimension_names)}."
            )
        with partition_loading_context(current_time, dynamic_partitions_store):
            return all(
                each.partitions_def.has_partition_key(parts[each.name]) for each in self.partitions_defs
            )

    def get_partition_keys_in_range(
        self,
        partition_key_range: PartitionKeyRange,
        dynamic_partitions_store: DynamicPartitionsStore | None = None,
    ) -> Sequence[MultiPartitionKey]:
        """Return the pairs of which each part is in the range of its dimension."""
        start, end = (self.get_partition_key_from_str(key).keys_by_dimension for key in partition_key_range)
        with partition_loading_context(dynamic_partitions_store=dynamic_partitions_store):
            return self._pairs(
                [
                    each.partitions_def.get_partition_keys_in_range(
                        PartitionKeyRange(start[each.name], end[each.name])
                    )
                    for each in self.partitions_defs
                ]
            )

    def get_partition_key_from_str(self, partition_key_str: str) -> MultiPartitionKey:
        """Return the key with its parts by dimension.

        Raises
        ------
        UnknownPartitionError
            When it has not one part for each dimension.
        """
        known = getattr(partition_key_str, "keys_by_dimension", {})
        if isinstance(partition_key_str, MultiPartitionKey) and list(known) == self.partition_dimension_names:
            return partition_key_str
        if not self.is_valid_key_format(partition_key_str):
            names = self.partition_dimension_names
            raise UnknownPartitionError(
                f"`{partition_key_str}` is no key of these partitions: it is written `{names[0]}|{names[1]}`."
            )
        parts = partition_key_str.split(DELIMITER)
        return MultiPartitionKey(dict(zip(self.partition_dimension_names, parts, strict=True)))

    def is_valid_key_format(self, partition_key: str) -> bool:
        """Tell whether a key has one part for each dimension."""
        return partition_key.count(DELIMITER) == _DIMENSIONS - 1

    def get_multipartition_keys_with_dimension_value(
        self,
        dimension_name: str,
        dimension_partition_key: str,
        dynamic_partitions_store: DynamicPartitionsStore | None = None,
        current_time: datetime | None = None,
    ) -> Sequence[MultiPartitionKey]:
        """Return the keys whose part of a dimension is this one."""
        self.get_partitions_def_for_dimension(dimension_name)
        with partition_loading_context(current_time, dynamic_partitions_store):
            return self._pairs(
                [
                    [dimension_partition_key]
                    if each.name == dimension_name
                    else each.partitions_def.get_partition_keys()
                    for each in self.partitions_defs
                ]
            )

    @property
    def primary_dimension(self) -> PartitionDimensionDefinition:
        """The dimension of time where there is one, else the first."""
        times = self._time_dimensions
        return times[0] if len(times) == 1 else self.partitions_defs[0]

    @property
    def secondary_dimension(self) -> PartitionDimensionDefinition:
        """The other dimension."""
        return next(each for each in self.partitions_defs if each.name != self.primary_dimension.name)

    @property
    def _time_dimensions(self) -> list[PartitionDimensionDefinition]:
        return [
            each
            for each in self.partitions_defs
            if isinstance(each.partitions_def, TimeWindowPartitionsDefinition)
        ]

    @property
    def has_time_window_dimension(self) -> bool:
        """Whether one of the dimensions is of time."""
        return bool(self._time_dimensions)

    @property
    def time_window_dimension(self) -> PartitionDimensionDefinition:
        """The dimension of time.

        Raises
        ------
        InvocationError
            When there is none, or more than one.
        """
        times = self._time_dimensions
        if len(times) != 1:
            raise InvocationError(
                f"{len(times) or 'none'} of the dimensions {_listed(self.partition_dimension_names)} "
                f"{'are' if times else 'is'} of time, so there is no one time of a partition."
            )
        return times[0]

    def time_window_for_partition_key(self, partition_key: str) -> TimeWindow:
        """Return the time of a partition, by its dimension of time."""
        name, partitions_def = self.time_window_dimension
        assert isinstance(partitions_def, TimeWindowPartitionsDefinition)
        part = self.get_partition_key_from_str(partition_key).keys_by_dimension[name]
        return partitions_def.time_window_for_partition_key(part)

    def get_tags_for_partition_key(self, partition_key: str) -> Mapping[str, str]:
        """Return the tags of a run that makes a partition: the key, and its part of each dimension."""
        parts = self.get_partition_key_from_str(partition_key).keys_by_dimension
        return {
            PARTITION_TAG: partition_key,
            **{f"{PARTITION_TAG}/{name}": part for name, part in parts.items()},
        }

    def get_serializable_unique_identifier(self) -> str:
        """Return a text that differs when the partitions do."""
        parts = {name: each.get_serializable_unique_identifier() for name, each in self.partitions_defs}
        return hashlib.sha1(repr(parts).encode()).hexdigest()  # noqa: S324 - an identifier

    def _pairs(self, keys: Sequence[Sequence[str]]) -> list[MultiPartitionKey]:
        names = self.partition_dimension_names
        # A dynamic key may have the delimiter in it: nobody could take such a pair apart.
        return [
            MultiPartitionKey(dict(zip(names, pair, strict=True)))
            for pair in itertools.product(*keys)
            if not any(DELIMITER in part for part in pair)
        ]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MultiPartitionsDefinition) and self.partitions_defs == other.partitions_defs

    def __hash__(self) -> int:
        return hash(tuple(self.partitions_defs))

    def __str__(self) -> str:
        parts = " \n".join(f"{name.capitalize()}: {each}" for name, each in self.partitions_defs)
        return f"Multi-partitioned, with dimensions: \n{parts}"

    def __repr__(self) -> str:
        return f"MultiPartitionsDefinition({dict(self.partitions_defs)!r})"


def _check_dimension(name: object, each: object) -> None:
    if not isinstance(name, str):
        raise DefinitionError(f"the name of a dimension is a text, not {name!r}.")
    if not isinstance(
        each, (StaticPartitionsDefinition, TimeWindowPartitionsDefinition, DynamicPartitionsDefinition)
    ):
        raise DefinitionError(
            f"the dimension `{name}` is to be static partitions, dynamic ones or partitions of time, not {each!r}."
        )
    if isinstance(each, DynamicPartitionsDefinition) and each.name is None:
        raise DefinitionError(f"the dynamic partitions of the dimension `{name}` need a name.")
    if isinstance(each, StaticPartitionsDefinition):
        for key in each.get_partition_keys():
            if bad := sorted(_FORBIDDEN.intersection(key)):
                raise DefinitionError(
                    f"the partition `{key}` of the dimension `{name}` cannot have {bad[0]!r} in its key: it is part of "
                    "the keys of pairs."
                )


def _listed(names: Mapping[str, str] | Sequence[str]) -> str:
    return " and ".join(f"`{name}`" for name in names)
