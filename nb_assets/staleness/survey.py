"""The status of the assets of a graph, each after what it is derived from."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from nb_assets.fingerprint.evidence import one_look
from nb_assets.staleness.kept import KeptStatuses, Noting
from nb_assets.staleness.partition_status import (
    external_table,
    partition_status_of,
    partition_table,
    rolled_up,
)
from nb_assets.staleness.standing import Found
from nb_assets.staleness.status import AssetStatus, made_elsewhere, outside_status

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.fingerprint.code import CodeFingerprint
    from nb_assets.fingerprint.evidence import Evidence
    from nb_assets.graph.asset_graph import AssetGraph
    from nb_assets.staleness.partition_inputs import Reading
    from nb_assets.staleness.status import Records, WatchedRecords

_OURS = f"{__name__.partition('.')[0]}."


class Fingerprints(Protocol):
    """The fingerprints of the assets of a graph, as they are now."""

    @property
    def basis(self) -> Hashable:
        """What all of them rest on besides their evidence."""
        ...

    def on_evidence(self, key: AssetKey) -> tuple[CodeFingerprint, Evidence | None]:
        """Return that of an asset, with what it rests on; None where that cannot be watched."""
        ...


def statuses(
    graph: AssetGraph,
    records: WatchedRecords,
    fingerprints: Fingerprints,
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
    kept.forget_but(graph, len(graph))
    survey = Survey(graph, records, fingerprints, reading, kept)
    with one_look():
        if keys is None or keys is graph.keys or keys == graph.keys:
            standing = kept.standing(survey)
            if standing is not None:
                return standing
            wanted = graph.with_externals
        else:
            wanted = graph.in_order(graph.ancestors(keys))
        result: dict[AssetKey, AssetStatus] = {}
        for key in wanted:
            status = survey.at(key, result).status
            if status is not None:
                result[key] = status
        return result


@dataclass(frozen=True)
class Survey:
    """Looks at the assets of a graph."""

    graph: AssetGraph
    records: WatchedRecords
    fingerprints: Fingerprints
    reading: Reading | None
    kept: KeptStatuses

    @property
    def basis(self) -> Hashable:
        """What every fingerprint rests on."""
        return self.fingerprints.basis

    def at(self, key: AssetKey, known: Mapping[AssetKey, AssetStatus]) -> Found:
        """Look at one asset, given the status of those that it is derived from."""
        graph = self.graph
        if self.reading is not None and key in graph.touching_partitions:
            return self._by_partitions(key, self.reading, known)
        if key not in graph:
            return Found(self._elsewhere(key))
        code, evidence = self.fingerprints.on_evidence(key)
        kept = self.kept.status(key, graph, self.records, code, known)
        return Found(kept.status, evidence if kept.lasts else None, kept.made, kept.moment)

    def _elsewhere(self, key: AssetKey) -> AssetStatus | None:
        """Return the status of what nothing here makes: it stands for its data."""
        if key in self.graph.partitioned:
            existing = () if self.reading is None else self.reading.view.existing(key)
            table = None if self.reading is None else external_table(key, self.records, existing)
            return None if table is None else rolled_up(table)
        if (outside := outside_status(key)) is not None:
            return outside
        made = self.records.latest(key)
        if made is not None and key not in self.graph.withdrawn and self.records.has_value(made):
            # Another notebook of the project makes it: whether it is fresh is known there, its data is known here.
            return AssetStatus(state="fresh", materialization=made)
        return None

    def existing(self, key: AssetKey) -> tuple[str, ...]:
        """Return the partitions of an asset that exist now."""
        return () if self.reading is None else self.reading.view.existing(key)

    def _by_partitions(self, key: AssetKey, reading: Reading, known: Mapping[AssetKey, AssetStatus]) -> Found:
        graph, view = self.graph, reading.view
        code, evidence = self.fingerprints.on_evidence(key)
        moment, noting = self.records.moment(), Noting(self.records, {})
        records = cast("Records", noting)
        if key in graph.partitioned:
            table = partition_table(key, reading, records, code, known)
            status = rolled_up(table, (*code.untracked, *made_elsewhere(key, graph, known)))
        else:
            status = partition_status_of(key, None, reading, records, code, known)
        others = graph.upstream(key)
        with_partitions = [other for other in (key, *others) if other in graph.partitioned]
        lasts = (
            not noting.lost
            and all(other in graph for other in others)
            # What a mapping of the user's gives may depend on anything.
            and all(view.mapping(key, other).__module__.startswith(_OURS) for other in with_partitions)
        )
        return Found(
            status,
            evidence if lasts else None,
            noting.made,
            moment if noting.read else None,
            tuple((other, view.existing(other)) for other in with_partitions),
        )
