"""Which assets, and which partitions of them, a run has to look at where some of them have partitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.graph.asset_graph import AssetGraph
    from nb_assets.graph.partition_view import PartitionView
    from nb_assets.staleness import AssetStatus


class PartitionPlanner:
    """Goes from what was chosen to what comes before it, partition by partition.

    Parameters
    ----------
    status
        The status of the chosen assets and of all that they are derived from.
    upstream
        Whether what they are derived from is brought up to date too; else only what was never made is.
    exact
        Whether only what is passed as a value is brought.
    force
        Whether chosen partitions are made even when they are fresh, and so need what they are derived from.
    """

    def __init__(
        self,
        graph: AssetGraph,
        view: PartitionView,
        status: Mapping[AssetKey, AssetStatus],
        chosen: Mapping[AssetKey, Sequence[str]],
        *,
        upstream: bool,
        exact: bool,
        force: bool,
    ) -> None:
        self._graph = graph
        self._view = view
        self._status = status
        self._upstream = upstream
        self._exact = exact
        self._force = force
        self._wanted: dict[AssetKey, dict[str, None]] = {
            key: dict.fromkeys(keys) for key, keys in chosen.items()
        }
        self._chosen = {key: frozenset(keys) for key, keys in chosen.items()}

    def wanted(self, keys: Iterable[AssetKey]) -> tuple[set[AssetKey], dict[AssetKey, tuple[str, ...]]]:
        """Return all assets that the run looks at, and the partitions of those that have any, in order."""
        graph = self._graph
        wanted = set(keys)
        for key in reversed(graph.in_order(each for each in graph.ancestors(wanted) if each in graph)):
            if key not in wanted:
                continue
            self._own_past(key)
            together = graph.definition(key).keys if not graph.definition(key).can_subset else {key}
            wanted |= together
            for each in together if key in self._wanted else ():
                self._wanted.setdefault(each, {}).update(self._wanted[key])
            for other in self._before(key):
                if other in graph.partitioned:
                    found = self._partitions_before(key, other)
                    if found:
                        wanted.add(other)
                        self._wanted.setdefault(other, {}).update(dict.fromkeys(found))
                elif self._upstream or not _has_value(self._status.get(other)):
                    wanted.add(other)
        ordered = {
            key: self._in_order(key) for key in wanted if key in graph.partitioned and key in self._wanted
        }
        return wanted, ordered

    def _before(self, key: AssetKey) -> Iterator[AssetKey]:
        definition = self._graph.definition(key)
        others = definition.keys_by_input_name.values() if self._exact else self._graph.upstream(key)
        return (other for other in others if other in self._graph and other not in definition.specs_by_key)

    def _partitions_before(self, key: AssetKey, other: AssetKey) -> list[str]:
        if key in self._graph.partitioned and key not in self._wanted:
            # It is run as if it had no partitions, and then nothing says which ones are behind it.
            return []
        if self._exact and other in self._chosen:
            # The run is of the partitions that were chosen of it, and of no others.
            return []
        mapped = self._view.upstream_of_several(key, self._to_make(key), other)
        found = [each for each in mapped.keys if self._view.exists(other, each)]
        if self._upstream:
            return found
        table = _table(self._status.get(other))
        return [each for each in found if not _has_value(table.get(each))]

    def _to_make(self, key: AssetKey) -> list[str | None]:
        """Return the wanted partitions that are not fresh: the others need nothing."""
        if key not in self._graph.partitioned or key not in self._wanted:
            return [None]
        table = _table(self._status.get(key))
        forced = self._chosen.get(key, frozenset()) if self._force else frozenset()
        return [each for each in self._wanted[key] if each in forced or not _is_fresh(table.get(each))]

    def _own_past(self, key: AssetKey) -> None:
        """Bring the earlier partitions that those of an asset derived from itself need."""
        if key not in self._wanted or key not in self._graph.definition(key).self_dependent:
            return
        table = _table(self._status.get(key))
        frontier = self._to_make(key)
        while frontier:
            partition = frontier.pop()
            for earlier in self._view.upstream(key, partition, key).keys:
                lacks = (
                    not _is_fresh(table.get(earlier))
                    if self._upstream
                    else not _has_value(table.get(earlier))
                )
                if lacks and earlier not in self._wanted[key] and self._view.exists(key, earlier):
                    self._wanted[key][earlier] = None
                    frontier.append(earlier)

    def _in_order(self, key: AssetKey) -> tuple[str, ...]:
        wanted = self._wanted[key]
        return tuple(each for each in self._view.existing(key) if each in wanted)


def _table(status: AssetStatus | None) -> Mapping[str, AssetStatus]:
    return {} if status is None or status.partitions is None else status.partitions


def _is_fresh(status: AssetStatus | None) -> bool:
    return status is not None and status.state == "fresh"


def is_fresh(status: AssetStatus, partition: str) -> bool:
    """Tell whether a partition of an asset is fresh."""
    return _is_fresh(_table(status).get(partition))


def _has_value(status: AssetStatus | None) -> bool:
    return status is not None and status.has_value
