"""The status of each partition of an asset, and of the asset by its partitions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from nb_assets.staleness.partition_table import PartitionTable
from nb_assets.staleness.reasons import NeverMaterialized, PartitionsNotFresh, Reason, State
from nb_assets.staleness.status import AssetStatus, judged, made_elsewhere

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.fingerprint.code import CodeFingerprint
    from nb_assets.staleness.partition_inputs import Reading
    from nb_assets.staleness.status import Records
    from nb_assets.storage.materialization import Materialization

_REASONS_TOLD = 4
_LOOKED_AT = 500


def partition_table(
    key: AssetKey,
    reading: Reading,
    records: Records,
    code: CodeFingerprint,
    known: Mapping[AssetKey, AssetStatus],
) -> PartitionTable:
    """Return the status of each partition of an asset that exists, given that of what it is derived from."""
    latest = records.latest_partitions(key)
    untracked = (*code.untracked, *made_elsewhere(key, reading.graph, known))
    table = PartitionTable()
    for partition in reading.view.existing(key):
        table.put(
            partition,
            _partition(
                key, partition, reading, records, code, known, latest.get(partition), table, untracked
            ),
        )
    return table


def partition_status_of(
    key: AssetKey,
    partition: str | None,
    reading: Reading,
    records: Records,
    code: CodeFingerprint,
    known: Mapping[AssetKey, AssetStatus],
    own: PartitionTable | None = None,
) -> AssetStatus:
    """Return the status of one partition of an asset, or of an asset that is derived from partitions."""
    untracked = (*code.untracked, *made_elsewhere(key, reading.graph, known))
    made = records.latest(key, partition)
    return _partition(key, partition, reading, records, code, known, made, own, untracked)


def _partition(
    key: AssetKey,
    partition: str | None,
    reading: Reading,
    records: Records,
    code: CodeFingerprint,
    known: Mapping[AssetKey, AssetStatus],
    latest: Materialization | None,
    own: PartitionTable | None,
    untracked: tuple[str, ...],
) -> AssetStatus:
    inputs = reading.inputs(key, (partition,), known, own)
    return judged(
        key,
        records,
        code,
        known,
        latest,
        made_from=inputs.versions,
        upstream=inputs.reasons,
        untracked=untracked,
        partition=partition,
        behind=inputs.behind,
    )


def external_table(key: AssetKey, records: Records, existing: Sequence[str]) -> PartitionTable | None:
    """Return the partitions of an asset that somebody else makes, None when nothing is known of any.

    Where one was made in this project its data is known; of the others nothing is, which is no reason to be stale.
    """
    made = {name: each for name, each in records.latest_partitions(key).items() if records.has_value(each)}
    if not made:
        return None
    return PartitionTable(
        {
            partition: AssetStatus(state="fresh", materialization=made.get(partition))
            for partition in dict.fromkeys([*existing, *made])
        }
    )


def rolled_up(table: PartitionTable, untracked: tuple[str, ...] = ()) -> AssetStatus:
    """Return the status of an asset by that of its partitions: fresh when all of them are."""
    counts = table.counts
    if counts.total and counts.fresh == counts.total:
        return AssetStatus(
            state="fresh",
            materialization=table.newest,
            accepted=any(status.accepted for status in table.values()),
            partitions=table,
            untracked=untracked,
        )
    state: State = "stale"
    if "failed" in counts.by_state:
        state = "failed"
    elif counts.by_state.get("missing", 0) == counts.total:
        state = "missing"
    reasons: dict[str, Reason] = {}
    for status in list(table.values())[:_LOOKED_AT]:
        if status.state not in ("fresh", "missing"):
            for reason in status.reasons:
                if isinstance(reason, NeverMaterialized):
                    # Of one partition it says nothing of the asset; the counts say how many are missing.
                    continue
                reasons.setdefault(reason.summary, reason)
        if len(reasons) >= _REASONS_TOLD:
            break
    return AssetStatus(
        state=state,
        reasons=(PartitionsNotFresh(counts.summary), *list(reasons.values())[:_REASONS_TOLD]),
        materialization=table.newest,
        partitions=table,
        untracked=untracked,
    )
