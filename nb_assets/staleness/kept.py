"""What the last look found, so that the next one judges again only what something changed for.

A status is kept with all that it rested on: the fingerprint, the last version, the last failure, the status of what the
asset is derived from, which values were in the store, and, where more of the history was asked for, that nothing was
written since. The first four are compared by identity: they are never changed, only replaced. Values are looked for
again each time.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from nb_assets.staleness.status import status_with

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.fingerprint.code import CodeFingerprint
    from nb_assets.graph.asset_graph import AssetGraph
    from nb_assets.staleness.status import AssetStatus, Attempt, Records, WatchedRecords
    from nb_assets.storage.materialization import Materialization


class _Kept(NamedTuple):
    """A status, and what it rested on.

    Attributes
    ----------
    others
        What the asset is derived from, and its status.
    made
        The versions whose values were there.
    moment
        The state of the history, None where only its newest entries were asked for.
    """

    status: AssetStatus
    code: CodeFingerprint
    latest: Materialization | None
    failure: Attempt | None
    others: tuple[AssetKey, ...]
    upstream: tuple[AssetStatus, ...]
    made: tuple[Materialization, ...]
    moment: Hashable | None


class KeptStatuses:
    """The statuses of one session's assets, as they were judged last. Threads may share it: what is kept never changes."""

    def __init__(self) -> None:
        self._kept: dict[AssetKey, _Kept] = {}
        # How many were judged, and not kept, in all.
        self.judged = 0

    def status(
        self,
        key: AssetKey,
        graph: AssetGraph,
        records: WatchedRecords,
        code: CodeFingerprint,
        known: Mapping[AssetKey, AssetStatus],
        latest: Materialization | None,
    ) -> AssetStatus:
        """Return the status of an asset that has nothing to do with partitions, given that of what it is derived from."""
        others = graph.upstream(key)
        failure = records.failure(key)
        kept = self._kept.get(key)
        if (
            kept is not None
            and kept.code is code
            and kept.latest is latest
            and kept.failure is failure
            and (kept.others is others or kept.others == others)
            and all(known.get(other) is then for other, then in zip(others, kept.upstream, strict=True))
            and (kept.moment is None or kept.moment == records.moment())
            and all(map(records.has_value, kept.made))
        ):
            return kept.status
        self.judged += 1
        noting = _Noting(records, failure)
        moment = records.moment()
        status = status_with(key, graph, cast("Records", noting), code, known, latest)
        if noting.lost or any(other not in graph for other in others):
            # A value may come back, and what is made elsewhere changes with what is said of it.
            self._kept.pop(key, None)
        else:
            upstream = tuple([known[other] for other in others])
            self._kept[key] = _Kept(
                status,
                code,
                latest,
                failure,
                others,
                upstream,
                tuple(noting.made),
                moment if noting.read else None,
            )
        return status

    def forget_but(self, keys: Iterable[AssetKey]) -> None:
        """Forget the assets that are not among these, once there are many."""
        held = set(keys)
        if len(self._kept) > 2 * len(held) + 100:
            self._kept = {key: kept for key, kept in self._kept.items() if key in held}


class _Noting:
    """Records, with a note of what was asked of them."""

    def __init__(self, records: Records, failure: Attempt | None) -> None:
        self._records = records
        self._failure = failure
        self.made: list[Materialization] = []
        self.lost = self.read = False

    def failure(self, key: AssetKey, partition: str | None = None) -> Attempt | None:
        return self._failure if partition is None else self._records.failure(key, partition)

    def has_value(self, materialization: Materialization) -> bool:
        found = self._records.has_value(materialization)
        if not found:
            self.lost = True
        elif not any(materialization is made for made in self.made):
            self.made.append(materialization)
        return found

    def accepted(
        self, key: AssetKey, provenance: str, partition: str | None = None
    ) -> Materialization | None:
        self.read = True
        found = self._records.accepted(key, provenance, partition)
        if found is not None:
            # What stands because somebody said so stands as long as its value is there.
            self.has_value(found)
        return found

    def __getattr__(self, name: str) -> Any:
        # Whatever else is asked may change with anything that is written.
        self.read = True
        return getattr(self._records, name)
