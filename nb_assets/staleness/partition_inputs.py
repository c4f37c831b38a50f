"""What stands behind the inputs of an asset where some of them have partitions: their data versions, and what is not fresh."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nb_assets.staleness.reasons import Reason, State, UpstreamNotFresh, UpstreamPartitionsMissing
from nb_assets.staleness.status import input_versions, not_fresh_upstream
from nb_assets.storage.materialization import provenance_of_parts

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.graph.asset_graph import AssetGraph
    from nb_assets.graph.partition_view import Mapped, PartitionView
    from nb_assets.staleness.partition_table import PartitionTable
    from nb_assets.staleness.status import AssetStatus
    from nb_assets.storage.materialization import Materialization

# Of more partitions behind one input only a sum is recorded: a year of days is told day by day.
_TOLD_ONE_BY_ONE = 400
_WORST: tuple[State, ...] = ("failed", "missing", "stale", "queued", "running", "skipped")


@dataclass(frozen=True, slots=True)
class Behind:
    """The partitions behind one input: their data versions in one text and one by one, and why they are not fresh."""

    version: str
    versions: Mapping[str, str]
    reasons: tuple[Reason, ...] = ()
    only: Materialization | None = None


@dataclass(frozen=True, slots=True)
class PartitionInputs:
    """What an asset or a partition of it is derived from now."""

    versions: dict[AssetKey, str]
    reasons: list[Reason]
    behind: dict[AssetKey, Behind]

    @property
    def recorded(self) -> dict[AssetKey, Mapping[str, str]]:
        """The partitions behind each input, as they are recorded."""
        return {
            key: each.versions
            for key, each in self.behind.items()
            if each.only is None and len(each.versions) <= _TOLD_ONE_BY_ONE
        }


@dataclass
class Reading:
    """Reads the partitions behind inputs, each sum once."""

    graph: AssetGraph
    view: PartitionView
    _sums: dict[tuple[int, int, int], tuple[Behind, object, object]] = field(default_factory=dict)

    def inputs(
        self,
        key: AssetKey,
        partitions: tuple[str | None, ...],
        known: Mapping[AssetKey, AssetStatus],
        own: PartitionTable | None = None,
    ) -> PartitionInputs:
        """Return what some partitions of an asset are derived from now; None stands for an asset without any.

        Parameters
        ----------
        own
            The asset's own partitions so far, where they are derived from earlier ones.
        """
        graph = self.graph
        plain = [other for other in graph.upstream(key) if other not in graph.partitioned]
        found = PartitionInputs(input_versions(plain, known), not_fresh_upstream(plain, known), {})
        others = [other for other in graph.upstream(key) if other in graph.partitioned]
        if key in graph.definition(key).self_dependent:
            others.append(key)
        for other in others:
            status = known.get(other)
            table = own if other == key else status.partitions if status is not None else None
            behind = self._behind(key, partitions, other, table)
            found.versions[other] = behind.version
            found.reasons.extend(behind.reasons)
            found.behind[other] = behind
        return found

    def _behind(
        self, key: AssetKey, partitions: tuple[str | None, ...], other: AssetKey, table: PartitionTable | None
    ) -> Behind:
        mapped = self.view.upstream_of_several(key, partitions, other)
        if table is None:
            missing = _missing(other, mapped)
            return Behind("", dict.fromkeys(mapped.keys, ""), missing)
        if len(mapped.keys) == 1 and mapped.keys == partitions and not mapped.missing:
            return _same(other, mapped.keys[0], table)
        at = (id(mapped), id(table), table.revision)
        if at not in self._sums:
            # What the ids stand for is kept, so that nothing else comes to have them.
            self._sums[at] = (_summed(other, mapped, table), mapped, table)
        return self._sums[at][0]


def _same(other: AssetKey, partition: str, table: PartitionTable) -> Behind:
    status = table.get(partition)
    if status is None:
        return Behind("", {partition: ""}, (UpstreamPartitionsMissing(other, (partition,)),))
    made = status.materialization
    version = "" if made is None else made.data_version
    reasons = () if status.state == "fresh" else (_not_fresh(other, [(partition, status)]),)
    return Behind(version, {partition: version}, reasons, made)


def _summed(other: AssetKey, mapped: Mapped, table: PartitionTable) -> Behind:
    versions: dict[str, str] = {}
    stale: list[tuple[str, AssetStatus]] = []
    unknown: list[str] = []
    for partition in mapped.keys:
        status = table.get(partition)
        if status is None:
            unknown.append(partition)
            versions[partition] = ""
            continue
        made = status.materialization
        versions[partition] = "" if made is None else made.data_version
        if status.state != "fresh":
            stale.append((partition, status))
    parts = [text for pair in sorted(versions.items()) for text in pair]
    reasons = _missing(other, mapped, unknown)
    if stale:
        reasons = (*reasons, _not_fresh(other, stale))
    return Behind(f"partitions:{provenance_of_parts(parts)}", versions, reasons)


def _missing(other: AssetKey, mapped: Mapped, unknown: Iterable[str] = ()) -> tuple[Reason, ...]:
    lacking = (*mapped.missing, *unknown)
    return (UpstreamPartitionsMissing(other, lacking),) if lacking else ()


def _not_fresh(other: AssetKey, stale: list[tuple[str, AssetStatus]]) -> UpstreamNotFresh:
    worst = min((status.state for _, status in stale), key=_WORST.index)
    roots: dict[AssetKey, None] = {}
    # The first ones will do to say what lies behind them all.
    for _, status in stale[:20]:
        inherited = [reason for reason in status.reasons if isinstance(reason, UpstreamNotFresh)]
        own_cause = len(inherited) < len(status.reasons)
        roots.update(
            dict.fromkeys((other,) if own_cause else (root for each in inherited for root in each.roots))
        )
    return UpstreamNotFresh(other, worst, tuple(roots), tuple(partition for partition, _ in stale))
