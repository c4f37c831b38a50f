"""What the last look found, so that the next one judges again only what something changed for.

A status is kept with all that it rested on: the fingerprint, the last version, the last failure, the status of what the
asset is derived from, which values were in the store, and, where more of the history was asked for, that nothing was
written since. The first four are compared by identity: they are never changed, only replaced. Values are looked for
again each time. At which assets it has to look at all when it is asked for every one, `standing` tells.
"""

from __future__ import annotations

import threading
from collections.abc import Container, Hashable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from nb_assets.staleness.standing import Standing
from nb_assets.staleness.status import status_with

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.fingerprint.code import CodeFingerprint
    from nb_assets.graph.asset_graph import AssetGraph
    from nb_assets.staleness.standing import Look
    from nb_assets.staleness.status import AssetStatus, Attempt, Records, WatchedRecords
    from nb_assets.storage.materialization import Materialization


class Kept(NamedTuple):
    """A status, and what it rested on.

    Attributes
    ----------
    others
        What the asset is derived from, and its status.
    made
        The versions whose values were there.
    moment
        The state of the history, None where only its newest entries were asked for.
    lasts
        Whether all that it rested on is here.
    """

    status: AssetStatus
    code: CodeFingerprint
    latest: Materialization | None
    failure: Attempt | None
    others: tuple[AssetKey, ...]
    upstream: tuple[AssetStatus | None, ...]
    made: tuple[Materialization, ...]
    moment: Hashable | None
    lasts: bool


class KeptStatuses:
    """The statuses of one session's assets, as they were judged last. Threads may share it: what is kept never changes."""

    def __init__(self) -> None:
        self._kept: dict[AssetKey, Kept] = {}
        self._standing: Standing | None = None
        self._lock = threading.Lock()
        # How many were looked at, and how many of these were judged and not kept, in all.
        self.looked_at = self.judged = 0

    def standing(self, look: Look) -> dict[AssetKey, AssetStatus] | None:
        """Return the status of all assets, looking only at those in doubt; None while another thread does so.

        Nobody waits: what the other thread looks at is the user's, and may wait for this one.
        """
        if not self._lock.acquire(blocking=False):
            return None
        try:
            if self._standing is None:
                self._standing = Standing(look.records.watch_values())
            return self._standing.looked_at(look)
        except BaseException:
            # Half of a look is none: the next one begins anew.
            self._standing = None
            raise
        finally:
            self._lock.release()

    def status(
        self,
        key: AssetKey,
        graph: AssetGraph,
        records: WatchedRecords,
        code: CodeFingerprint,
        known: Mapping[AssetKey, AssetStatus],
    ) -> Kept:
        """Return the status of an asset that has nothing to do with partitions, given that of what it is derived from."""
        others = graph.upstream(key)
        latest, failure = records.latest(key), records.failure(key)
        kept = self._kept.get(key)
        self.looked_at += 1
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
            return kept
        self.judged += 1
        noting = Noting(records, {key: failure})
        moment = records.moment()
        status = status_with(key, graph, cast("Records", noting), code, known, latest)
        kept = Kept(
            status,
            code,
            latest,
            failure,
            others,
            tuple([known.get(other) for other in others]),
            noting.made,
            moment if noting.read else None,
            # A value may come back, and what is made elsewhere changes with what is said of it.
            lasts=not noting.lost and all(other in graph for other in others),
        )
        if kept.lasts:
            self._kept[key] = kept
        else:
            self._kept.pop(key, None)
        return kept

    def forget_but(self, keys: Container[AssetKey], count: int) -> None:
        """Forget the assets that are not among so many, once there are many."""
        if len(self._kept) > 2 * count + 100:
            self._kept = {key: kept for key, kept in self._kept.items() if key in keys}


class Noting:
    """Records, with a note of what was asked of them.

    Attributes
    ----------
    lost
        Whether a value was not there.
    read
        Whether more was asked of the history than the last version and the last failure.
    """

    def __init__(self, records: Records, failures: Mapping[AssetKey, Attempt | None]) -> None:
        self._records = records
        self._failures = failures
        self._made: dict[int, Materialization] = {}
        self.lost = self.read = False

    @property
    def made(self) -> tuple[Materialization, ...]:
        """The versions whose values were there."""
        return tuple(self._made.values())

    def latest(self, key: AssetKey, partition: str | None = None) -> Materialization | None:
        """Return the last materialization."""
        return self._records.latest(key, partition)

    def latest_partitions(self, key: AssetKey) -> Mapping[str, Materialization]:
        """Return the last materialization of each partition."""
        return self._records.latest_partitions(key)

    def failure(self, key: AssetKey, partition: str | None = None) -> Attempt | None:
        """Return the last attempt when it failed."""
        if partition is None and key in self._failures:
            return self._failures[key]
        return self._records.failure(key, partition)

    def has_value(self, materialization: Materialization) -> bool:
        """Tell whether a value is there, and note the answer."""
        found = self._records.has_value(materialization)
        if found:
            self._made[id(materialization)] = materialization
        else:
            self.lost = True
        return found

    def accepted(
        self, key: AssetKey, provenance: str, partition: str | None = None
    ) -> Materialization | None:
        """Return what the user said would be the same."""
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
