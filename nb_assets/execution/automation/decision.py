"""What becomes of what conditions ask for: which assets are run, and why others are left alone.

A condition that is true asks for a run; it does not say that a run would give anything new, nor that the run before did
not fail for the same reason. Here is decided so that nothing runs in a circle.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from nb_assets.definitions.asset_check import AssetCheckKey

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.graph.asset_graph import AssetGraph
    from nb_assets.staleness import AssetStatus, State
    from nb_assets.staleness.checks import CheckStatus

Verdict = Literal["run", "fresh", "failed", "waits", "under way", "ran already"]
WORDS: Final[dict[Verdict, str]] = {
    "run": "requested",
    "fresh": "nothing to do: it is fresh",
    "failed": "not again: it failed with the same code and inputs",
    "waits": "waits for what was never made upstream",
    "under way": "waits for the run that is under way",
    "ran already": "not again: it ran after the same change",
}


@dataclass(frozen=True, kw_only=True)
class Due:
    """An asset or a check whose condition is true.

    Attributes
    ----------
    because
        What made it true.
    forced
        Whether it is made even when it is fresh.
    ticked
        Whether a time has come that it is made at.
    partitions
        The partitions that it is true for; None for an asset that has none.
    """

    key: AssetKey | AssetCheckKey
    because: tuple[str, ...] = ()
    forced: bool = False
    ticked: bool = False
    partitions: frozenset[str] | None = None


class Decider:
    """Remembers what was run after which change, so that no asset runs twice after one.

    A change is what comes from outside: a cell, a run of the user's, a time. What runs that were started here make is
    no change, but lets what is derived from it run once more.
    """

    def __init__(self) -> None:
        self._change = 0
        self._clock = 0
        self._made_at: dict[AssetKey, int] = {}
        self._asked: dict[AssetKey | AssetCheckKey, tuple[int, int]] = {}

    def changed(self) -> None:
        """Say that something came from outside."""
        self._change += 1

    def made(self, key: AssetKey) -> None:
        """Say that an asset was made."""
        self._clock += 1
        self._made_at[key] = self._clock

    def decide(
        self,
        due: Iterable[Due],
        graph: AssetGraph,
        known: Mapping[AssetKey, AssetStatus],
        states: Mapping[AssetKey, State],
        failed_alike: Iterable[AssetKey],
        checks: Mapping[AssetCheckKey, CheckStatus],
    ) -> dict[AssetKey | AssetCheckKey, Verdict]:
        """Return what becomes of each asset and check that is due, given each after what it is derived from.

        Parameters
        ----------
        known
            The status of the assets and of all that they are derived from.
        states
            The assets that wait or run.
        failed_alike
            Those that failed with the code and the inputs of now.
        checks
            The status of the checks.
        """
        alike = set(failed_alike)
        verdicts: dict[AssetKey | AssetCheckKey, Verdict] = {}
        for each in due:
            if isinstance(each.key, AssetCheckKey):
                verdicts[each.key] = self._check_verdict(each, checks[each.key], known, states, verdicts)
                continue
            with_it = {other for other in graph.upstream(each.key) if verdicts.get(other) == "run"}
            verdicts[each.key] = self._verdict(each, each.key, graph, known, states, alike, with_it)
        for key, verdict in verdicts.items():
            if verdict == "run":
                self._clock += 1
                self._asked[key] = (self._change, self._clock)
        return verdicts

    def _verdict(
        self,
        due: Due,
        key: AssetKey,
        graph: AssetGraph,
        known: Mapping[AssetKey, AssetStatus],
        states: Mapping[AssetKey, State],
        alike: set[AssetKey],
        with_it: set[AssetKey],
    ) -> Verdict:
        upstream = graph.upstream(key)
        follows = bool(with_it)
        if states.get(key) in {"running", "queued"}:
            return "under way"
        if not due.forced and not follows and _is_fresh(known[key], due.partitions):
            return "fresh"
        if key in alike and not due.ticked and not follows:
            return "failed"
        if any(other in graph and other not in with_it and not known[other].has_value for other in upstream):
            return "waits"
        return "run" if follows or self._may_run_again(key, upstream) else "ran already"

    def _check_verdict(
        self,
        due: Due,
        status: CheckStatus,
        known: Mapping[AssetKey, AssetStatus],
        states: Mapping[AssetKey, State],
        verdicts: Mapping[AssetKey | AssetCheckKey, Verdict],
    ) -> Verdict:
        asset = status.key.asset_key
        if verdicts.get(asset) == "run":
            return "run"
        if states.get(asset) in {"running", "queued"}:
            return "under way"
        if not status.needs_run and not due.forced:
            return "fresh"
        if status.state == "error" and not due.ticked:
            return "failed"
        if asset in known and not known[asset].has_value:
            return "waits"
        return "run" if self._may_run_again(due.key, (asset,)) else "ran already"

    def _may_run_again(self, key: AssetKey | AssetCheckKey, upstream: Iterable[AssetKey]) -> bool:
        change, asked = self._asked.get(key, (-1, 0))
        return change != self._change or any(self._made_at.get(other, 0) > asked for other in upstream)


def _is_fresh(status: AssetStatus, partitions: frozenset[str] | None) -> bool:
    if partitions is None or status.partitions is None:
        return status.state == "fresh"
    fresh = set(status.partitions.in_state("fresh"))
    return partitions <= fresh
