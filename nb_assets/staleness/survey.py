"""The status of the assets of a graph, each after what it is derived from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from nb_assets.fingerprint.evidence import one_look
from nb_assets.staleness.kept import KeptStatuses
from nb_assets.staleness.partition_status import (
    external_table,
    partition_status_of,
    partition_table,
    rolled_up,
)
from nb_assets.staleness.status import AssetStatus, made_elsewhere, outside_status

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.fingerprint.code import CodeFingerprint
    from nb_assets.graph.asset_graph import AssetGraph
    from nb_assets.staleness.partition_inputs import Reading
    from nb_assets.staleness.status import Records, WatchedRecords


def statuses(
    graph: AssetGraph,
    records: WatchedRecords,
    fingerprint: Callable[[AssetKey], CodeFingerprint],
    keys: Iterable[AssetKey] | None = None,
    reading: Reading | None = None,
    kept: KeptStatuses | None = None,
) -> dict[AssetKey, AssetStatus]:
    """Return the status of assets, and of all that they are derived from, upstream first.

    Parameters
    ----------
    reading
        What reads the partitions behind inputs, where a graph has any.
    kept
        What an earlier look found, where there was one: only what something changed for is judged again.
    """
    kept = KeptStatuses() if kept is None else kept
    kept.forget_but(graph)
    # Mostly all are asked for.
    wanted = (
        graph.with_externals if keys is None or keys == graph.keys else graph.in_order(graph.ancestors(keys))
    )
    latest = records.latest_many(wanted)
    result: dict[AssetKey, AssetStatus] = {}
    partitioned = graph.touching_partitions
    with one_look():
        for key in wanted:
            made = latest.get(key)
            if partitioned and key in partitioned and reading is not None:
                result[key] = _by_partitions(key, reading, records, fingerprint(key), result)
            elif key in graph:
                result[key] = kept.status(key, graph, records, fingerprint(key), result, made)
            elif key in graph.partitioned:
                table = None if reading is None else external_table(key, records, reading.view.existing(key))
                if table is not None:
                    result[key] = rolled_up(table)
            elif (outside := outside_status(key)) is not None:
                result[key] = outside
            elif made is not None and key not in graph.withdrawn and records.has_value(made):
                # Another notebook of the project makes it: whether it is fresh is known there, its data is known here.
                result[key] = AssetStatus(state="fresh", materialization=made)
    return result


def _by_partitions(
    key: AssetKey,
    reading: Reading,
    records: Records,
    code: CodeFingerprint,
    known: dict[AssetKey, AssetStatus],
) -> AssetStatus:
    if key not in reading.graph.partitioned:
        return partition_status_of(key, None, reading, records, code, known)
    table = partition_table(key, reading, records, code, known)
    return rolled_up(table, (*code.untracked, *made_elsewhere(key, reading.graph, known)))
