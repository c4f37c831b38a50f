"""What a session says of why assets are fresh or stale, and what the user says of it: that new code gives the same value.

The half of the session that judges; the session itself holds the registry, the store and the runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from nb_assets.diff.code import code_diff
from nb_assets.errors import UsageError
from nb_assets.execution.partition_choice import asked_for, chosen_partitions
from nb_assets.explanation import Explanation
from nb_assets.graph.partition_view import PartitionView
from nb_assets.staleness import Reading, UpstreamNotFresh

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.registry import Registry
    from nb_assets.execution.acceptances import Acceptance
    from nb_assets.execution.store_keeper import StoreKeeper
    from nb_assets.fingerprint.code import CodeFingerprint
    from nb_assets.graph.asset_graph import AssetGraph
    from nb_assets.staleness import AssetStatus
    from nb_assets.storage.materialization import Materialization


class Judging(Protocol):
    """What of a session is needed to judge."""

    registry: Registry
    _keeper: StoreKeeper

    @property
    def graph(self) -> AssetGraph:
        """The graph of the assets."""
        ...

    def fingerprint(self, key: AssetKey) -> CodeFingerprint:
        """Return the fingerprint of an asset's code as it is now."""
        ...

    def known(self, graph: AssetGraph, keys: Iterable[AssetKey]) -> dict[AssetKey, AssetStatus]:
        """Return the status of assets and of all that they are derived from."""
        ...

    def latest(self, key: AssetKey | str) -> Materialization | None:
        """Return the last materialization of an asset, or None."""
        ...

    def look_again(self) -> None:
        """Have all that shows a status look again."""
        ...


class Freshness:
    """Explains, and takes what the user knows better."""

    def explain(self: Judging, key: AssetKey | str) -> Explanation:
        """Tell why an asset is stale, or fresh, with the diff of the code that says so."""
        resolved = self.registry.resolve(key)
        known, latest = self.known(self.graph, [resolved]), self.latest(resolved)
        status, code = known[resolved], self.fingerprint(resolved).recorded
        return Explanation(
            key=resolved,
            status=status,
            latest=latest,
            code=None if latest is None or latest.code == code else code_diff(latest.code, code),
            roots=_roots(status, known),
            acceptances=tuple(self._keeper.acceptances.of(resolved)),
        )

    def accept(
        self: Judging, key: AssetKey | str, partition_key: str | None = None, *, partitions: Any = None
    ) -> list[Acceptance]:
        """Say that a stale asset's code and inputs of now would give the value that is there: it is fresh from then on.

        It holds for exactly this code and these inputs, is recorded in the history, and `unaccept` takes it back. What
        is derived from the asset stays as it is, since its value does.

        Parameters
        ----------
        partition_key, partitions
            Of which partitions of an asset that has any: a key; or a range such as "2024-01-01...2024-01-31", a
            `PartitionKeyRange`, or a list of these. All that are stale unless given.

        Returns
        -------
        list[Acceptance]
            What was said: one of an asset without partitions, else one of each partition.

        Raises
        ------
        UsageError
            When there is nothing to accept: it is fresh, was never made, has lost its value, or its last run failed.
        UnknownPartitionError
            When there is no such partition.
        """
        resolved, graph = self.registry.resolve(key), self.graph
        asked = asked_for(partition_key, partitions)
        _check_has_partitions(graph, resolved, asked)
        chosen = chosen_partitions(graph, [resolved], asked).get(resolved, ())
        status = self.known(graph, [resolved])[resolved]
        reading, known = Reading(graph, PartitionView(graph)), self.known(graph, graph.upstream(resolved))
        code, table = self.fingerprint(resolved).counted, status.partitions
        accepting = self._keeper.acceptances
        if table is None:
            made_from = reading.inputs(resolved, (None,), known).versions
            said = accepting.accept(resolved, status, code, made_from)
        else:
            said = accepting.accept_partitions(
                resolved,
                table,
                [partition for partition in chosen if partition in table],
                code,
                lambda partition: reading.inputs(resolved, (partition,), known, table).versions,
            )
        self.look_again()
        return said

    def unaccept(self: Judging, key: AssetKey | str, partition_key: str | None = None) -> list[Acceptance]:
        """Take back what was last accepted of an asset, or of one of its partitions; return what that was.

        Raises
        ------
        UsageError
            When nothing that was accepted holds.
        """
        resolved = self.registry.resolve(key)
        _check_has_partitions(self.graph, resolved, partition_key)
        said = self._keeper.acceptances.withdraw(resolved, partition_key)
        self.look_again()
        return said

    def acceptances(self: Judging, key: AssetKey | str) -> list[Acceptance]:
        """Return what was accepted of an asset, newest first, what was taken back included."""
        return self._keeper.acceptances.of(self.registry.resolve(key))


def _check_has_partitions(graph: AssetGraph, key: AssetKey, asked: object) -> None:
    if asked is not None and key not in graph.partitioned:
        raise UsageError(f"`{key.to_user_string()}` has no partitions: leave them out.")


def _roots(status: AssetStatus, known: Mapping[AssetKey, AssetStatus]) -> dict[AssetKey, tuple[str, ...]]:
    """Return why those are stale that make this one stale, each in a few words."""
    roots = [
        root for reason in status.reasons if isinstance(reason, UpstreamNotFresh) for root in reason.roots
    ]
    return {
        root: tuple(
            reason.summary for reason in known[root].reasons if not isinstance(reason, UpstreamNotFresh)
        )
        for root in dict.fromkeys(roots)
        if root in known
    }
