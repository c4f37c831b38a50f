"""The statuses of all assets of a graph as they stand, and which of them to look at again.

Asked for every status, of thousands of assets: so it does not go from asset to asset. What statuses rest on is looked
at as a whole, each thing once: code and globals by the watch on the evidence of fingerprints, which compares in bulk and
hashes again what can change in place; the history by what was recorded since; the store by what its folder says. That
leaves the assets that are in doubt. They alone are looked at one by one, upstream first, and so is what is derived from
one whose status is another one now. Whatever cannot be watched is always in doubt: what is made elsewhere, files and
variables, what has resources or configuration, values that are lost or that IO managers have. Partitions that come with
time are compared with those that there were.

What a single look finds is the business of `survey` and `kept`: here is only told where none is needed.
"""

from __future__ import annotations

import heapq
from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol

from nb_assets.fingerprint.watch import Watch

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.fingerprint.evidence import Evidence
    from nb_assets.graph.asset_graph import AssetGraph
    from nb_assets.staleness.status import AssetStatus, ValuesWatch, WatchedRecords
    from nb_assets.storage.materialization import Materialization


class Found(NamedTuple):
    """What a look at one asset found, and what tells that it is to be looked at again.

    Attributes
    ----------
    status
        None when nothing is known of it.
    evidence
        What its fingerprint rests on; None when the asset is always in doubt.
    made
        The versions whose values were there.
    moment
        The state of the history, None where only its newest entries were asked for.
    partitions
        The partitions that existed, of the asset and of what it is derived from, where they have any.
    """

    status: AssetStatus | None
    evidence: Evidence | None = None
    made: tuple[Materialization, ...] = ()
    moment: Hashable | None = None
    partitions: tuple[tuple[AssetKey, tuple[str, ...]], ...] = ()


class Look(Protocol):
    """Looks at one asset after the other."""

    @property
    def graph(self) -> AssetGraph:
        """The assets."""
        ...

    @property
    def records(self) -> WatchedRecords:
        """What is known of the history and the values."""
        ...

    @property
    def basis(self) -> Hashable:
        """What every fingerprint rests on: when it is another one, all are in doubt."""
        ...

    def existing(self, key: AssetKey) -> tuple[str, ...]:
        """Return the partitions of an asset that exist now."""
        ...

    def at(self, key: AssetKey, known: Mapping[AssetKey, AssetStatus]) -> Found:
        """Look at one asset, given the status of those that it is derived from."""
        ...


class Standing:
    """The statuses of all assets of one graph, as they were found last. One thread at a time."""

    def __init__(self, values: ValuesWatch) -> None:
        self._graph: AssetGraph | None = None
        self._basis: Hashable = None
        self._mark: Hashable = None
        self._order: list[AssetKey] = []
        self._position: dict[AssetKey, int] = {}
        self._statuses: dict[AssetKey, AssetStatus] = {}
        self._found: dict[AssetKey, Found] = {}
        # What of it can be asked as a whole, by what is asked.
        self._watch = Watch()
        self._resting: dict[Evidence, set[AssetKey]] = {}
        self._values = values
        self._dated: set[AssetKey] = set()
        self._partitioned: set[AssetKey] = set()
        self._unwatched: set[AssetKey] = set()

    def looked_at(self, look: Look) -> dict[AssetKey, AssetStatus]:
        """Return the status of all assets and of all that they are derived from, upstream first."""
        graph, came = look.graph, False
        waiting = sorted(self._position[key] for key in self._in_doubt(look))
        statuses = self._statuses
        queued = set(waiting)
        while waiting:
            key = self._order[heapq.heappop(waiting)]
            found, then = look.at(key, statuses), statuses.get(key)
            self._rest(key, found)
            if found.status is then:
                continue
            came = came or then is None
            if found.status is None:
                del statuses[key]
            else:
                statuses[key] = found.status
            for other in graph.downstream(key):
                at = self._position[other]
                if at not in queued:
                    queued.add(at)
                    heapq.heappush(waiting, at)
        if came:
            self._statuses = {key: statuses[key] for key in self._order if key in statuses}
        # Whoever asked may keep it, while this goes on to change.
        return dict(self._statuses)

    def _in_doubt(self, look: Look) -> set[AssetKey]:
        graph, before, basis = look.graph, self._graph, look.basis
        mark, news = look.records.news(self._mark)
        exchanged = set() if graph is before else self._exchanged(graph, before)
        everything = basis != self._basis
        self._graph, self._basis, self._mark = graph, basis, mark
        if everything:
            return set(self._order)
        in_doubt = exchanged | self._unwatched | self._values.in_doubt()
        in_doubt.update(key for key in news if key in self._position)
        for evidence in self._watch.changed():
            in_doubt |= self._resting[evidence]
        if self._dated:
            moment = look.records.moment()
            in_doubt.update(key for key in self._dated if self._found[key].moment != moment)
        for key in self._partitioned - in_doubt:
            if any(look.existing(other) != then for other, then in self._found[key].partitions):
                in_doubt.add(key)
        return in_doubt

    def _exchanged(self, graph: AssetGraph, before: AssetGraph | None) -> set[AssetKey]:
        """Take another graph; return the assets that are defined otherwise in it, or derived from others."""
        if self._order is not graph.with_externals:
            self._order = graph.with_externals
            self._position = {key: at for at, key in enumerate(self._order)}
            for key in [key for key in self._found if key not in self._position]:
                self._rest(key, Found(None))
                self._unwatched.discard(key)
                del self._found[key]
            statuses = self._statuses
            self._statuses = {key: statuses[key] for key in self._order if key in statuses}
        if before is None:
            return set(self._order)
        # A file or a variable that something new reads is no definition that differs.
        return set(graph.differing(before)).union(key for key in self._order if key not in self._found)

    def _rest(self, key: AssetKey, found: Found) -> None:
        """Watch what the status of an asset rests on now."""
        before = self._found.get(key, _NOTHING)
        self._found[key] = found
        if found.evidence is not before.evidence:
            if before.evidence is not None:
                resting = self._resting[before.evidence]
                resting.discard(key)
                if not resting:
                    del self._resting[before.evidence]
                    self._watch.drop(before.evidence)
            if found.evidence is not None:
                self._resting.setdefault(found.evidence, set()).add(key)
                self._watch.put(found.evidence)
        if found.made is not before.made:
            self._values.put(key, found.made)
        (self._unwatched.add if found.evidence is None else self._unwatched.discard)(key)
        (self._partitioned.add if found.partitions else self._partitioned.discard)(key)
        (self._dated.discard if found.moment is None else self._dated.add)(key)


_NOTHING = Found(None)
