"""Which partitions a run is asked to make: keys, ranges, or all, told apart and checked against what there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.partitions.key_range import RANGE_SEPARATOR, PartitionKeyRange
from nb_assets.definitions.partitions.tags import PARTITION_TAG, RANGE_END_TAG, RANGE_START_TAG
from nb_assets.errors import DefinitionError, SelectionError, UnknownPartitionError, UsageError

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.partitions.partitions_definition import PartitionsDefinition
    from nb_assets.graph.asset_graph import AssetGraph


def asked_for(partition_key: str | None, partitions: Any) -> Sequence[str | PartitionKeyRange] | None:
    """Return what was asked for as keys and ranges, None when nothing was.

    Raises
    ------
    UsageError
        When both are given, or it is neither a key, a range nor a list of them.
    """
    if partition_key is not None and partitions is not None:
        raise UsageError("give either a partition_key or partitions, not both.")
    given = partition_key if partitions is None else partitions
    if given is None:
        return None
    if isinstance(given, PartitionKeyRange):
        return [given]
    items = [given] if isinstance(given, str) else list(given)
    return [_read(item, is_key=partition_key is not None) for item in items]


def _read(item: Any, *, is_key: bool) -> str | PartitionKeyRange:
    if isinstance(item, PartitionKeyRange):
        return item
    if not isinstance(item, str) or not item:
        raise UsageError(
            f'partitions are keys, "2024-01-01", and ranges, "2024-01-01...2024-01-31", not {item!r}.'
        )
    if is_key or RANGE_SEPARATOR not in item:
        return item
    start, _, end = item.partition(RANGE_SEPARATOR)
    return PartitionKeyRange(start, end)


def chosen_partitions(
    graph: AssetGraph, selected: Iterable[AssetKey], asked: Sequence[str | PartitionKeyRange] | None
) -> dict[AssetKey, tuple[str, ...]]:
    """Return the partitions to make of each selected asset that has any: those asked for, or all that exist.

    An asset that has none of the partitions is an error, as is asking for one where no asset has any.

    Raises
    ------
    UnknownPartitionError
        When an asset has no such partition: near names, and which there are.
    SelectionError
        When no selected asset has partitions.
    """
    keys = [key for key in selected if key in graph.partitioned]
    by_definition: dict[int, tuple[str, ...]] = {}
    chosen: dict[AssetKey, tuple[str, ...]] = {}
    if asked is not None and not keys:
        raise SelectionError(
            "none of the selected assets has partitions, so there is no partition of them to make: leave it out, or "
            "select others."
        )
    for key in keys:
        partitions_def = graph.partitions_def(key)
        assert partitions_def is not None
        at = id(partitions_def)
        if at not in by_definition:
            try:
                by_definition[at] = _keys(partitions_def, asked, key.to_user_string())
            except UnknownPartitionError as error:
                raise _with_owners(error, graph, keys, key) from None
        chosen[key] = by_definition[at]
    return chosen


def partitions_of_run(
    graph: AssetGraph,
    selected: Iterable[AssetKey],
    partition_key: str | None,
    tags: Mapping[str, str] | None,
) -> tuple[dict[AssetKey, tuple[str, ...]], Mapping[str, str]]:
    """Return the partition, or the range that tags name, that a run makes of each asset, and the tags that say so.

    Raises
    ------
    DefinitionError
        When the assets have different partitions, or none, so that one key cannot be of all of them.
    UnknownPartitionError
        When they have no such partition.
    """
    given = tags or {}
    if partition_key is None:
        partition_key = given.get(PARTITION_TAG)
    start, end = given.get(RANGE_START_TAG), given.get(RANGE_END_TAG)
    if partition_key is None and (start is None or end is None):
        return {}, {}
    found = list(dict.fromkeys(graph.partitions_def(key) for key in selected if key in graph.partitioned))
    if len(found) != 1 or found[0] is None:
        raise DefinitionError(
            f"the partition `{partition_key or start}` was asked for, and "
            + ("the assets have different partitions: " if found else "none of the assets has partitions: ")
            + "a run makes one partition of assets that have the same."
        )
    if partition_key is not None:
        asked: Sequence[str | PartitionKeyRange] = [partition_key]
        own_tags = found[0].get_tags_for_partition_key(partition_key)
    else:
        assert start is not None
        assert end is not None
        asked, own_tags = [PartitionKeyRange(start, end)], {}
    return chosen_partitions(graph, selected, asked), own_tags


def _keys(
    partitions_def: PartitionsDefinition[Any], asked: Sequence[str | PartitionKeyRange] | None, owner: str
) -> tuple[str, ...]:
    if asked is None:
        return tuple(partitions_def.get_partition_keys())
    found: dict[str, None] = {}
    for item in asked:
        if isinstance(item, PartitionKeyRange):
            for end in item:
                partitions_def.check_partition_key(end, owner)
            inside = partitions_def.get_partition_keys_in_range(item)
            if not inside:
                raise UnknownPartitionError(
                    f"`{owner}` has no partitions from `{item.start}` to `{item.end}`: a range goes from the earlier one to "
                    "the later one."
                )
            found.update(dict.fromkeys(inside))
        else:
            partitions_def.check_partition_key(item, owner)
            found[item] = None
    return tuple(found)


def _with_owners(
    error: UnknownPartitionError, graph: AssetGraph, keys: list[AssetKey], key: AssetKey
) -> UnknownPartitionError:
    """Say of several assets which of them have which partitions."""
    others = [other for other in keys if graph.partitions_def(other) != graph.partitions_def(key)]
    if not others:
        return error
    told = []
    for other in others[:3]:
        partitions_def = graph.partitions_def(other)
        assert partitions_def is not None
        first, last = partitions_def.get_first_partition_key(), partitions_def.get_last_partition_key()
        name = other.to_user_string()
        told.append(f"`{name}` has `{first}` to `{last}`" if first is not None else f"`{name}` has none")
    return UnknownPartitionError(
        f"{error} Of the other selected assets, {', '.join(told)}: select those that have the same partitions."
    )
