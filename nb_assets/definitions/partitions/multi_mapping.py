"""Which partitions in several dimensions are derived from which, dimension by dimension."""

from __future__ import annotations

import itertools
from abc import abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from nb_assets.definitions.partitions.multi import MultiPartitionsDefinition, PartitionDimensionDefinition
from nb_assets.definitions.partitions.multi_key import MultiPartitionKey
from nb_assets.definitions.partitions.partition_mapping import (
    IdentityPartitionMapping,
    KeyMapping,
    PartitionMapping,
)
from nb_assets.definitions.partitions.subset import PartitionsSubset
from nb_assets.definitions.partitions.time_mapping import TimeWindowPartitionMapping
from nb_assets.definitions.partitions.time_partitions import TimeWindowPartitionsDefinition
from nb_assets.errors import DefinitionError, near

if TYPE_CHECKING:
    from nb_assets.definitions.partitions.partitions_definition import PartitionsDefinition

    Partitions = PartitionsDefinition[str]


class DimensionDependency(NamedTuple):
    """How one dimension follows from another; None stands for partitions in one dimension."""

    partition_mapping: PartitionMapping
    upstream_dimension_name: str | None = None
    downstream_dimension_name: str | None = None


@dataclass(frozen=True)
class DimensionPartitionMapping:
    """The dimension that is derived from another, and how.

    Raises
    ------
    DefinitionError
        When it is no dimension's name, or no mapping.
    """

    dimension_name: str
    partition_mapping: PartitionMapping

    def __post_init__(self) -> None:
        if not isinstance(self.dimension_name, str):
            raise DefinitionError(f"the name of a dimension is a text, not {self.dimension_name!r}.")
        if not isinstance(self.partition_mapping, PartitionMapping):
            raise DefinitionError(f"{self.partition_mapping!r} is no PartitionMapping.")


class ByDimension(KeyMapping):
    """A mapping that goes dimension by dimension: what none of them speaks of goes with everything."""

    @abstractmethod
    def get_dimension_dependencies(
        self, upstream_partitions_def: Partitions, downstream_partitions_def: Partitions
    ) -> Sequence[DimensionDependency]:
        """Return how the dimensions follow from each other."""

    def upstream_keys(
        self, keys: Iterable[str] | None, downstream: Partitions | None, upstream: Partitions
    ) -> tuple[Iterable[str], Iterable[str]]:
        """Return the upstream keys, and the parts of keys that are missing."""
        if keys is None or downstream is None:
            raise DefinitionError(f"a {type(self).__name__} is between two assets that have partitions.")
        lacking: dict[str, None] = {}
        by_dimension = {}
        for dependency in self.get_dimension_dependencies(upstream, downstream):
            ours = _dimension(downstream, dependency.downstream_dimension_name)
            theirs = _dimension(upstream, dependency.upstream_dimension_name)

            def mapped(
                part: str,
                mapping: PartitionMapping = dependency.partition_mapping,
                ours: Partitions = ours,
                theirs: Partitions = theirs,
            ) -> Collection[str]:
                found = mapping.get_upstream_mapped_partitions_result_for_partitions(
                    PartitionsSubset(ours, [part]), ours, theirs
                )
                lacking.update(dict.fromkeys(found.required_but_nonexistent_partition_keys))
                return found.partitions_subset.get_partition_keys()

            by_dimension[dependency.downstream_dimension_name] = (
                dependency.upstream_dimension_name,
                _remembered(mapped),
            )
        return _combined(keys, downstream, upstream, by_dimension), lacking

    def downstream_keys(
        self, keys: Collection[str], upstream: Partitions, downstream: Partitions
    ) -> Iterable[str]:
        """Return the downstream keys."""
        by_dimension = {}
        for dependency in self.get_dimension_dependencies(upstream, downstream):
            ours = _dimension(downstream, dependency.downstream_dimension_name)
            theirs = _dimension(upstream, dependency.upstream_dimension_name)

            def mapped(
                part: str,
                mapping: PartitionMapping = dependency.partition_mapping,
                ours: Partitions = ours,
                theirs: Partitions = theirs,
            ) -> Collection[str]:
                return mapping.get_downstream_partitions_for_partitions(
                    PartitionsSubset(theirs, [part]), theirs, ours
                ).get_partition_keys()

            by_dimension[dependency.upstream_dimension_name] = (
                dependency.downstream_dimension_name,
                _remembered(mapped),
            )
        return _combined(keys, upstream, downstream, by_dimension)


class MultiPartitionMapping(ByDimension):
    """Which dimension of an asset is derived from which of another, and how.

    Parameters
    ----------
    downstream_mappings_by_upstream_dimension
        For each upstream dimension, the dimension that is derived from it. Those of which nothing is said go with all
        partitions.
    """

    def __init__(
        self, downstream_mappings_by_upstream_dimension: Mapping[str, DimensionPartitionMapping]
    ) -> None:
        given: object = downstream_mappings_by_upstream_dimension
        if not isinstance(given, Mapping) or not all(
            isinstance(name, str) and isinstance(each, DimensionPartitionMapping)
            for name, each in given.items()
        ):
            raise DefinitionError(
                "a MultiPartitionMapping is given a dict of DimensionPartitionMapping by upstream dimension, not "
                f"{given!r}."
            )
        self.downstream_mappings_by_upstream_dimension = downstream_mappings_by_upstream_dimension

    def get_dimension_dependencies(
        self, upstream_partitions_def: Partitions, downstream_partitions_def: Partitions
    ) -> Sequence[DimensionDependency]:
        """Return how the dimensions follow from each other."""
        self._check(upstream_partitions_def, downstream_partitions_def)
        return [
            DimensionDependency(each.partition_mapping, name, each.dimension_name)
            for name, each in self.downstream_mappings_by_upstream_dimension.items()
        ]

    def validate_partition_mapping(
        self, upstream_partitions_def: Partitions, downstream_partitions_def: Partitions | None
    ) -> None:
        """Check that both have partitions in several dimensions, and those that are named.

        Raises
        ------
        DefinitionError
            When not.
        """
        self._check(upstream_partitions_def, downstream_partitions_def)

    def _check(self, upstream: Partitions, downstream: Partitions | None) -> None:
        if not isinstance(upstream, MultiPartitionsDefinition) or not isinstance(
            downstream, MultiPartitionsDefinition
        ):
            raise DefinitionError(
                f"a MultiPartitionMapping is between partitions in several dimensions, not {upstream!r} and {downstream!r}."
            )
        said = self.downstream_mappings_by_upstream_dimension
        seen: set[str] = set()
        for name, each in said.items():
            for dimension, partitions in ((name, upstream), (each.dimension_name, downstream)):
                names = partitions.partition_dimension_names
                if dimension not in names:
                    raise DefinitionError(
                        f"a MultiPartitionMapping names the dimension `{dimension}`, and there are `{names[0]}` and "
                        f"`{names[1]}`.{near(dimension, names)}"
                    )
            if each.dimension_name in seen:
                raise DefinitionError(
                    f"a MultiPartitionMapping derives the dimension `{each.dimension_name}` from two others: say one."
                )
            seen.add(each.dimension_name)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, MultiPartitionMapping)
            and self.downstream_mappings_by_upstream_dimension
            == other.downstream_mappings_by_upstream_dimension
        )

    def __hash__(self) -> int:
        return hash(frozenset(self.downstream_mappings_by_upstream_dimension.items()))

    @property
    def description(self) -> str:
        """The mapping in words."""
        return "; ".join(
            f"`{each.dimension_name}` follows from `{name}`: {each.partition_mapping.description}"
            for name, each in self.downstream_mappings_by_upstream_dimension.items()
        )


@dataclass(frozen=True)
class MultiToSingleDimensionPartitionMapping(ByDimension):
    """Partitions in several dimensions and partitions in one of these are derived from each other.

    Parameters
    ----------
    partition_dimension_name
        The dimension; found by itself when one alone matches.
    """

    partition_dimension_name: str | None = None

    def get_dimension_dependencies(
        self, upstream_partitions_def: Partitions, downstream_partitions_def: Partitions
    ) -> Sequence[DimensionDependency]:
        """Return how the dimensions follow from each other."""
        found = matching_dimension(
            upstream_partitions_def, downstream_partitions_def, self.partition_dimension_name
        )
        if isinstance(found, str):
            raise DefinitionError(found)
        return [found]

    def validate_partition_mapping(
        self, upstream_partitions_def: Partitions, downstream_partitions_def: Partitions | None
    ) -> None:
        """Check that one of them is a dimension of the other.

        Raises
        ------
        DefinitionError
            When not.
        """
        if downstream_partitions_def is None:
            raise DefinitionError(
                "a MultiToSingleDimensionPartitionMapping is between two assets that have partitions."
            )
        self.get_dimension_dependencies(upstream_partitions_def, downstream_partitions_def)

    @property
    def description(self) -> str:
        """The mapping in words."""
        return "each partition goes with those whose part of the dimension is the same"


def matching_dimension(
    upstream: Partitions, downstream: Partitions, name: str | None = None
) -> DimensionDependency | str:
    """Return how partitions in several dimensions and in one go together; when they do not, why."""
    several = [each for each in (upstream, downstream) if isinstance(each, MultiPartitionsDefinition)]
    if len(several) != 1:
        return (
            "a MultiToSingleDimensionPartitionMapping is between partitions in several dimensions and partitions in one, "
            f"not {upstream!r} and {downstream!r}."
        )
    multi = several[0]
    single = downstream if multi is upstream else upstream
    dimensions = [each for each in multi.partitions_defs if name in (None, each.name)]
    if not dimensions:
        names = multi.partition_dimension_names
        return f"there is no dimension `{name}` among `{names[0]}` and `{names[1]}`.{near(str(name), names)}"
    same = [each for each in dimensions if each.partitions_def == single]
    if len(same) > 1:
        return "both dimensions are like the partitions of the other asset: say which one by partition_dimension_name."
    if same:
        return _dependency(IdentityPartitionMapping(), same[0], multi is upstream)
    times = [each for each in dimensions if isinstance(each.partitions_def, TimeWindowPartitionsDefinition)]
    if len(times) == 1 and isinstance(single, TimeWindowPartitionsDefinition):
        return _dependency(TimeWindowPartitionMapping(), times[0], multi is upstream)
    return (
        "none of the dimensions is like the partitions of the other asset, and they are not the one partitions of time on "
        "both sides: nothing says which go together."
    )


def _dependency(
    mapping: PartitionMapping,
    dimension: PartitionDimensionDefinition,
    is_upstream: bool,  # noqa: FBT001
) -> DimensionDependency:
    return DimensionDependency(
        mapping, dimension.name if is_upstream else None, None if is_upstream else dimension.name
    )


def _dimension(partitions: Partitions, name: str | None) -> Partitions:
    if isinstance(partitions, MultiPartitionsDefinition):
        assert name is not None
        return partitions.get_partitions_def_for_dimension(name)
    return partitions


class _remembered:  # noqa: N801 - stands for a function
    """A function of a key that is worked out once for each: pairs share their parts."""

    def __init__(self, function: object) -> None:
        self._function = function
        self._known: dict[str, Collection[str]] = {}

    def __call__(self, part: str) -> Collection[str]:
        if part not in self._known:
            self._known[part] = self._function(part)  # type: ignore[operator]
        return self._known[part]


def _combined(
    keys: Iterable[str],
    source: Partitions,
    target: Partitions,
    by_dimension: Mapping[str | None, tuple[str | None, _remembered]],
) -> Iterable[str]:
    """Return the keys that are made of what each part of each key goes with; other dimensions go with all they have."""
    free: dict[str | None, Collection[str]] = (
        {
            each.name: each.partitions_def.get_partition_keys()
            for each in target.partitions_defs
            if each.name not in [name for name, _ in by_dimension.values()]
        }
        if isinstance(target, MultiPartitionsDefinition)
        else {}
    )
    found: dict[str, None] = {}
    for key in keys:
        parts: dict[str | None, str] = {None: key}
        if isinstance(source, MultiPartitionsDefinition):
            parts = dict(source.get_partition_key_from_str(key).keys_by_dimension.items())
        choices: dict[str | None, Collection[str]] = {
            other: mapped(parts[name]) for name, (other, mapped) in by_dimension.items()
        } | free
        for combination in itertools.product(*choices.values()):
            if isinstance(target, MultiPartitionsDefinition):
                found[MultiPartitionKey(dict(zip(choices, combination, strict=True)))] = None  # type: ignore[arg-type]
            else:
                found[combination[0]] = None
    return found
