"""What stands for a check now: its last outcome, if today's code of it looked at today's data.

A check that was edited, or whose asset has other data since, says nothing of what is there now: it is stale.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from nb_assets.definitions.asset_check import AssetCheckSeverity
from nb_assets.storage.materialization import provenance, provenance_of_parts

if TYPE_CHECKING:
    from nb_assets.definitions.asset_check import AssetCheckKey
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.fingerprint.code import CodeFingerprint
    from nb_assets.graph.asset_graph import AssetGraph
    from nb_assets.staleness.status import AssetStatus
    from nb_assets.storage.check_record import CheckRecord

CheckState = Literal["passed", "warning", "failed", "error", "stale", "missing"]


@dataclass(frozen=True, kw_only=True)
class CheckStatus:
    """The state of a check.

    Attributes
    ----------
    record
        Its last evaluation; of a check that is not stale, the one that stands.
    because
        Why it is stale, in a few words.
    untracked
        What its outcome does not speak for.
    """

    key: AssetCheckKey
    state: CheckState
    blocking: bool = False
    description: str = ""
    record: CheckRecord | None = field(default=None, repr=False)
    because: str = ""
    untracked: tuple[str, ...] = ()

    @property
    def needs_run(self) -> bool:
        """Whether nothing is known of the data that is there now."""
        return self.state in {"stale", "missing", "error"}

    @property
    def word(self) -> str:
        """The state in the words that are shown."""
        return "not run" if self.state == "missing" else self.state

    @property
    def summary(self) -> str:
        """Why it is stale, what it said, or how it broke off."""
        if self.because:
            return self.because
        record = self.record
        return "" if record is None else record.error or record.description or ""


class CheckRecords(Protocol):
    """What needs to be known of the evaluations before."""

    def latest(self, key: AssetCheckKey) -> CheckRecord | None:
        """Return the last evaluation."""
        ...

    def find(self, key: AssetCheckKey, provenance: str) -> CheckRecord | None:
        """Return the last evaluation by this code of this data."""
        ...


def check_status(
    key: AssetCheckKey,
    graph: AssetGraph,
    records: CheckRecords,
    code: CodeFingerprint,
    known: Mapping[AssetKey, AssetStatus],
    partition: str | None = None,
) -> CheckStatus:
    """Return the state of a check, given the status of all that it looks at.

    Parameters
    ----------
    partition
        Which one is asked for, of a check that looks at one partition at a time; all that were made unless given.
    """
    spec = graph.checks.spec(key)
    latest = records.latest(key)
    state: CheckState
    because = ""
    if partition is None and looks_at_one_partition(key, graph):
        found, because = _over_partitions(key, graph, records, code, known)
    else:
        now = check_provenance(key, graph, code.version, known, partition)
        found = None if latest is None else latest if latest.provenance == now else records.find(key, now)
    if found is not None:
        state = outcome_of(found)
    elif latest is not None and because:
        state = "stale"
    elif latest is not None:
        state = "stale"
        data = data_version_of(key.asset_key, known)
        also = ", or what it is run with" if graph.checks.definition(key).needs_settings else ""
        because = (
            f"the check changed{also}"
            if latest.target.data_version == data
            else f"`{key.asset_key.to_user_string()}` has other data"
        )
    else:
        state = "missing"
        if key.asset_key in graph and not data_version_of(key.asset_key, known):
            because = f"`{key.asset_key.to_user_string()}` was never materialized"
    return CheckStatus(
        key=key,
        state=state,
        blocking=spec.blocking,
        description=spec.description or "",
        record=found or latest,
        because=because,
        untracked=(
            *code.untracked,
            *_elsewhere(spec.dependency_keys, graph, known),
            *(["`time`: what it said holds for when it ran"] if graph.checks.reads_history(key) else []),
        ),
    )


def looks_at_one_partition(key: AssetCheckKey, graph: AssetGraph) -> bool:
    """Tell whether a check looks at one partition of its asset at a time: what the asset's function makes does so."""
    if graph.checks.spec(key).partitions_def is not None:
        return True
    return graph.checks.is_made_with_asset(key) and key.asset_key in graph.partitioned


def _over_partitions(
    key: AssetCheckKey,
    graph: AssetGraph,
    records: CheckRecords,
    code: CodeFingerprint,
    known: Mapping[AssetKey, AssetStatus],
) -> tuple[CheckRecord | None, str]:
    """Return the worst that was said of a partition, if something was of all; else of how many nothing was."""
    made = made_partitions(key.asset_key, known)
    found = [
        records.find(key, check_provenance(key, graph, code.version, known, partition)) for partition in made
    ]
    said = [each for each in found if each is not None]
    if not said or len(said) < len(made):
        return None, f"{len(made) - len(said):,} of {len(made):,} partitions were not checked" if made else ""
    return min(said, key=lambda each: _WORST_FIRST.index(outcome_of(each))), ""


def made_partitions(key: AssetKey, known: Mapping[AssetKey, AssetStatus]) -> list[str]:
    """Return the partitions of an asset that were made."""
    status = known.get(key)
    table = status.partitions if status is not None else None
    return [name for name, each in (table or {}).items() if each.materialization is not None]


_WORST_FIRST: tuple[CheckState, ...] = ("error", "failed", "warning", "passed")


def outcome_of(record: CheckRecord) -> CheckState:
    """Return what an evaluation says: passed, failed, or failed as a warning."""
    if record.error is not None:
        return "error"
    if record.passed:
        return "passed"
    return "warning" if record.severity is AssetCheckSeverity.WARN else "failed"


def check_provenance(
    key: AssetCheckKey,
    graph: AssetGraph,
    version: str,
    known: Mapping[AssetKey, AssetStatus],
    partition: str | None = None,
) -> str:
    """Return the code version of a check and the data versions of all that it looks at, as one text to compare."""
    looked_at = graph.checks.spec(key).dependency_keys
    versions = {other: data_version_of(other, known, partition) for other in looked_at}
    if graph.checks.reads_history(key):
        # Equal data that was made again has another age, and may have other metadata.
        versions = {other: f"{versions[other]}@{_version(other, known)}" for other in looked_at}
    # Equal data of another partition is another thing to a function that is told which one it looks at.
    return provenance(version if partition is None else f"{version}@{partition}", versions)


def _version(key: AssetKey, known: Mapping[AssetKey, AssetStatus]) -> int:
    status = known.get(key)
    made = status.materialization if status is not None else None
    return made.version if made is not None else 0


def data_version_of(
    key: AssetKey, known: Mapping[AssetKey, AssetStatus], partition: str | None = None
) -> str:
    """Return the version of the data that a check of an asset looks at now, or nothing."""
    status = known.get(key)
    if partition is not None and status is not None and status.partitions is not None:
        one = status.partitions.get(partition)
        return one.materialization.data_version if one is not None and one.materialization else ""
    if status is not None and status.partitions is not None:
        # A check looks at all that were made.
        made_of = {name: each.materialization for name, each in status.partitions.items()}
        parts = [(name, made.data_version) for name, made in made_of.items() if made is not None]
        return f"partitions:{provenance_of_parts(text for part in parts for text in part)}" if parts else ""
    made = status.materialization if status is not None else None
    return made.data_version if made is not None else ""


def _elsewhere(
    keys: tuple[AssetKey, ...], graph: AssetGraph, known: Mapping[AssetKey, AssetStatus]
) -> list[str]:
    return [
        f"`{key.to_user_string()}` is made elsewhere: nothing is known of its data"
        for key in keys
        if key not in graph and key not in known
    ]
