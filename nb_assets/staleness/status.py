"""Compares today's code and data of assets with those of their materializations: which are fresh, and why others are not."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from nb_assets.definitions.outside_dep import FileDep, outside_dep
from nb_assets.staleness.causes import code_reasons, input_reasons, package_notes, package_reasons
from nb_assets.staleness.outside import outside_made
from nb_assets.staleness.reasons import (
    FileChanged,
    LastRunFailed,
    NeverMaterialized,
    Reason,
    State,
    UpstreamNotFresh,
    ValueLost,
)
from nb_assets.storage.materialization import MANAGED, provenance

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.fingerprint.code import CodeFingerprint
    from nb_assets.graph.asset_graph import AssetGraph
    from nb_assets.staleness.partition_inputs import Behind
    from nb_assets.staleness.partition_table import PartitionTable
    from nb_assets.storage.materialization import Materialization


@dataclass(frozen=True, kw_only=True)
class AssetStatus:
    """The state of an asset, with every reason for it, root causes first.

    Attributes
    ----------
    materialization
        The version that stands for the asset now: the one that today's code and inputs would give where there is one,
        else the last one.
    restored
        Whether that is an earlier version than the last one, as after an edit was taken back.
    accepted
        Whether the user said that today's code gives the same value as the code that it was made with; of one that has
        partitions, of any of them.
    untracked
        What its code reaches that cannot be tracked, so that being fresh does not speak for it.
    partitions
        The status of each partition that exists, of an asset that has any.
    """

    state: State
    reasons: tuple[Reason, ...] = ()
    materialization: Materialization | None = field(default=None, repr=False)
    restored: bool = False
    accepted: bool = False
    untracked: tuple[str, ...] = ()
    partitions: PartitionTable | None = field(default=None, repr=False, compare=False)

    @property
    def summary(self) -> str:
        """The first reason in a few words, or nothing."""
        return self.reasons[0].summary if self.reasons else ""

    @property
    def has_value(self) -> bool:
        """Whether there is a value to be had: one was made, and is not lost."""
        return self.materialization is not None and not any(
            isinstance(reason, ValueLost) for reason in self.reasons
        )


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """A failed attempt: its error in a line, and what it was made with and from."""

    error: str
    provenance: str


class Records(Protocol):
    """What staleness needs to know of the history and the values."""

    def latest(self, key: AssetKey, partition: str | None = None) -> Materialization | None:
        """Return the last materialization, of a partition where one is given."""
        ...

    def latest_many(self, keys: Iterable[AssetKey]) -> Mapping[AssetKey, Materialization]:
        """Return the last materialization of each asset that has one."""
        ...

    def latest_partitions(self, key: AssetKey) -> Mapping[str, Materialization]:
        """Return the last materialization of each partition of an asset that has one."""
        ...

    def find(self, key: AssetKey, provenance: str, partition: str | None = None) -> Materialization | None:
        """Return the last materialization that was made with and from this."""
        ...

    def failure(self, key: AssetKey, partition: str | None = None) -> Attempt | None:
        """Return the last attempt when it failed."""
        ...

    def has_value(self, materialization: Materialization) -> bool:
        """Tell whether the value of a materialization is in the store, or it has none."""
        ...

    def accepted(
        self, key: AssetKey, provenance: str, partition: str | None = None
    ) -> Materialization | None:
        """Return the materialization whose value the user said would be the same, made with and from this."""
        ...

    def change_of(self, materialization: Materialization) -> Mapping[str, Any] | None:
        """Return what a version changed against the one before it, with the data version that was `from`."""
        ...


class ValuesWatch(Protocol):
    """Tells which values may be gone, without looking at each."""

    def put(self, key: AssetKey, made: Iterable[Materialization]) -> None:
        """Watch the values of some versions, which are there, for an asset, in place of those watched so far."""
        ...

    def in_doubt(self) -> set[AssetKey]:
        """Return the assets of which a value may be gone."""
        ...


class WatchedRecords(Records, Protocol):
    """Records that tell whether any may be another."""

    def moment(self) -> Hashable:
        """Return what differs once anything at all was written."""
        ...

    def news(self, since: Any) -> tuple[Hashable, Iterable[AssetKey]]:
        """Return the assets that were made, or failed, since a mark that this gave before, and the mark of now."""
        ...

    def watch_values(self) -> ValuesWatch:
        """Return what watches values."""
        ...


def outside_status(key: AssetKey) -> AssetStatus | None:
    """Return the status of a file or a variable that assets are declared to read; None for other keys."""
    dep = outside_dep(key)
    if dep is None:
        return None
    made = outside_made(key, dep)
    if made is None and isinstance(dep, FileDep):
        return AssetStatus(state="missing", reasons=(FileChanged(dep.path, missing=True),))
    return AssetStatus(state="fresh", materialization=made)


def outside_now(graph: AssetGraph, keys: Iterable[AssetKey]) -> dict[AssetKey, AssetStatus]:
    """Return the status of the files and variables that some assets are declared to read."""
    found = {
        other: outside_status(other) for key in keys for other in graph.upstream(key) if other not in graph
    }
    return {other: status for other, status in found.items() if status is not None}


def status_of(
    key: AssetKey,
    graph: AssetGraph,
    records: Records,
    code: CodeFingerprint,
    known: Mapping[AssetKey, AssetStatus],
) -> AssetStatus:
    """Return the status of one asset, given that of those that it is derived from."""
    return status_with(key, graph, records, code, known, records.latest(key))


def status_with(
    key: AssetKey,
    graph: AssetGraph,
    records: Records,
    code: CodeFingerprint,
    known: Mapping[AssetKey, AssetStatus],
    latest: Materialization | None,
) -> AssetStatus:
    """Return the status of one asset, given its last materialization too."""
    others = graph.upstream(key)
    return judged(
        key,
        records,
        code,
        known,
        latest,
        made_from=input_versions(others, known),
        upstream=not_fresh_upstream(others, known),
        untracked=(*code.untracked, *made_elsewhere(key, graph, known)),
    )


def judged(  # noqa: PLR0913 - what there is to compare
    key: AssetKey,
    records: Records,
    code: CodeFingerprint,
    known: Mapping[AssetKey, AssetStatus],
    latest: Materialization | None,
    *,
    made_from: Mapping[AssetKey, str],
    upstream: Sequence[Reason],
    untracked: tuple[str, ...],
    partition: str | None = None,
    behind: Mapping[AssetKey, Behind] | None = None,
) -> AssetStatus:
    """Compare what an asset, or a partition of it, was made with and from with what it would be today.

    Parameters
    ----------
    made_from
        The data version of each input now.
    upstream
        Why an input is not fresh.
    behind
        The partitions behind the inputs that have any.
    """
    failure = records.failure(key, partition)
    match = latest
    if latest is not None and (latest.code_version != code.version or latest.inputs != made_from):
        match = records.find(key, provenance(code.version, made_from), partition)
    if match is not None and not records.has_value(match):
        match = None
    if match is not None and code.counts_packages and package_reasons(match, code):
        match = None
    accepted = False
    if match is None and latest is not None:
        match = records.accepted(key, provenance(code.counted, made_from), partition)
        accepted = match is not None
    failed_now = failure is not None and failure.provenance == provenance(code.version, made_from)
    if match is not None and not upstream and not failed_now:
        return AssetStatus(
            state="fresh",
            materialization=match,
            restored=match is not latest,
            accepted=accepted,
            untracked=(*untracked, *package_notes(match, code)),
        )
    reasons: list[Reason] = [] if failure is None else [LastRunFailed(failure.error)]
    if latest is None:
        reasons.append(NeverMaterialized())
    else:
        reasons += code_reasons(latest, code)
        reasons += input_reasons(latest, made_from, known, records, behind or {})
        if not records.has_value(latest):
            is_managed = latest.value is not None and latest.value.format == MANAGED
            reasons.append(ValueLost("its IO manager any more" if is_managed else ""))
    state: State = "failed" if failure is not None else "missing" if latest is None else "stale"
    # A file that is not there is a cause of its own, and what only follows comes last.
    reasons += [reason for reason in upstream if not isinstance(reason, UpstreamNotFresh)]
    upstream = [reason for reason in upstream if isinstance(reason, UpstreamNotFresh)]
    return AssetStatus(
        state=state, reasons=(*reasons, *upstream), materialization=latest, untracked=untracked
    )


def input_versions(others: Iterable[AssetKey], known: Mapping[AssetKey, AssetStatus]) -> dict[AssetKey, str]:
    """Return the data version of each of some assets: none for those that are made elsewhere."""
    versions: dict[AssetKey, str] = {}
    for other in others:
        status = known.get(other)
        made = status.materialization if status is not None else None
        versions[other] = made.data_version if made is not None else ""
    return versions


def made_elsewhere(key: AssetKey, graph: AssetGraph, known: Mapping[AssetKey, AssetStatus]) -> list[str]:
    """Say of which inputs it is not known here what they are made with."""
    told: list[str] = []
    for other in graph.upstream(key):
        if other not in graph and outside_dep(other) is None:
            name = other.to_user_string()
            told.append(
                f"`{name}` is made elsewhere: the version that was observed last counts"
                if other in known and graph.described(other) is not None
                else f"`{name}` is made by another notebook: its last data counts, its code does not"
                if other in known
                else f"`{name}` is made elsewhere: nothing is known of its data"
            )
    return told


def not_fresh_upstream(others: Iterable[AssetKey], known: Mapping[AssetKey, AssetStatus]) -> list[Reason]:
    """Return why an asset is not fresh that is derived from others, by their status alone."""
    reasons: list[Reason] = []
    for other in others:
        status = known.get(other)
        if status is not None and status.state != "fresh":
            if isinstance(dep := outside_dep(other), FileDep):
                reasons.append(FileChanged(dep.path, missing=True))
                continue
            inherited = [reason for reason in status.reasons if isinstance(reason, UpstreamNotFresh)]
            own_cause = len(inherited) < len(status.reasons)
            roots = (
                (other,) if own_cause else tuple(dict.fromkeys(root for r in inherited for root in r.roots))
            )
            reasons.append(UpstreamNotFresh(other, status.state, roots))
    return reasons
