"""The run that a view shows, followed event by event."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from nb_assets.execution.events import (
    AssetFailed,
    AssetFresh,
    AssetMaterialized,
    AssetRestored,
    AssetSkipped,
    CheckEvaluated,
    CheckFailed,
    CheckStarted,
    Event,
    RegistryChanged,
    RunFinished,
    RunStarted,
    StepStarted,
)
from nb_assets.staleness.checks import outcome_of
from nb_assets.views.checks import summed_up
from nb_assets.views.run_model import RunView
from nb_assets.views.wording import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.execution.run import Run

_WORDS = {
    AssetMaterialized: "materialized",
    AssetRestored: "restored",
    AssetFresh: "fresh",
    AssetFailed: "failed",
    AssetSkipped: "skipped",
}
OUTCOMES = tuple(_WORDS.values())
"""What can come of an asset in a run."""


class RunTracker:
    """Follows the events of a session's runs. Safe to use from several threads.

    Parameters
    ----------
    runs
        The runs that wait or are under way when following begins; what they have told already is caught up on.
    expect
        Returns, for a run that has begun, how long each of its steps took last time, by the first asset of each; None where
        that is not known.
    """

    def __init__(
        self,
        runs: Iterable[Run] = (),
        expect: Callable[[str], Mapping[AssetKey, float | None]] = lambda _run_id: {},
    ) -> None:
        self._lock = threading.Lock()
        self._run: RunView | None = None
        self._expect = expect
        # The steps that have not begun, once somebody asked how long the run will take.
        self._ahead: dict[AssetKey, float | None] | None = None
        self._begun: list[AssetKey] = []
        self._checked: list[str] = []
        self._outcomes: dict[str, list[AssetKey]] = {}
        self._missed: set[AssetKey] = set()
        for run in runs:
            for event in tuple(run.events):
                self.follow(event)
            if run.cancelled:
                self.cancelling(run.run_id)

    def view(self) -> RunView | None:
        """Return the run as it is now: the one under way, else the last one."""
        with self._lock:
            run, ahead = self._run, self._ahead
        if run is None:
            return None
        if ahead is None and run["duration"] is None:
            # Asked outside the lock, for it looks at the history, and here because no run should wait for it.
            ahead = dict(self._expect(run["run_id"]))
        with self._lock:
            if run is self._run:
                self._count(run, ahead)
            return RunView(**{**run, "current": list(run["current"])})

    def _count(self, run: RunView, ahead: dict[AssetKey, float | None] | None) -> None:
        """Say how long it will still take, as far as that is known."""
        if ahead is None:
            return
        self._ahead = ahead
        while self._begun:
            key = self._begun.pop()
            expected = ahead.pop(key, None)
            if run["current"][:1] == [key.to_user_string()]:
                run["expected"] = expected
        run["ahead"] = sum(seconds for seconds in ahead.values() if seconds is not None)
        run["unknown"] = sum(seconds is None for seconds in ahead.values())

    @property
    def missed(self) -> frozenset[AssetKey]:
        """The assets that failed or were skipped because of others, and that were not made since."""
        with self._lock:
            return frozenset(self._missed)

    def of_outcome(self, run_id: str, outcome: str) -> list[AssetKey]:
        """Return the assets of the run that is shown of which that came; none of a run before it."""
        with self._lock:
            if self._run is None or self._run["run_id"] != run_id:
                return []
            return list(self._outcomes.get(outcome, ()))

    def cancelling(self, run_id: str) -> None:
        """Take note that a run was asked to stop."""
        with self._lock:
            run = self._run
            if run is not None and run["run_id"] == run_id and run["state"] == "running":
                run["state"] = "cancelling"

    def follow(self, event: Event) -> None:
        """Take note of an event."""
        with self._lock:
            self._remember(event)
            if self._run is not None and getattr(event, "run_id", None) == self._run["run_id"]:
                self._advance(self._run, event)

    def _remember(self, event: Event) -> None:
        match event:
            case RunStarted():
                self._run, self._checked, self._outcomes = _started(event), [], {}
                self._ahead, self._begun = None, []
            case AssetFailed():
                self._missed.add(event.key)
            case AssetSkipped() if event.upstream is not None:
                self._missed.add(event.key)
            case AssetMaterialized() | AssetRestored() | AssetFresh():
                self._missed.discard(event.key)
            case RegistryChanged():
                self._missed.difference_update(event.removed)

    def _advance(self, run: RunView, event: Event) -> None:
        match event:
            case StepStarted():
                _begin(run, [key.to_user_string() for key in event.keys], event.timestamp)
                self._begun += event.keys[:1]
            case CheckStarted():
                _begin(run, [check.to_user_string() for check in event.checks], event.timestamp)
            case CheckEvaluated() | CheckFailed():
                self._checked.append(outcome_of(event.record))
                run["checks"] = f"{plural(len(self._checked), 'check')}: {summed_up(self._checked)}"
            case AssetMaterialized() | AssetRestored() | AssetFresh() | AssetFailed() | AssetSkipped():
                run["done"] += 1
                run["fresh"] += isinstance(event, AssetFresh)
                run["restored"] += isinstance(event, AssetRestored)
                run["failed"] += isinstance(event, AssetFailed)
                run["skipped"] += isinstance(event, AssetSkipped)
                self._outcomes.setdefault(_WORDS[type(event)], []).append(event.key)
                self._begun.append(event.key)
            case RunFinished():
                run["state"], run["duration"] = event.outcome, event.duration
                run["current"], run["step_started"] = [], None
                run["ahead"], run["unknown"] = 0.0, 0


def _begin(run: RunView, names: list[str], moment: float) -> None:
    run["current"], run["step_started"], run["expected"] = names, moment, None


def _started(event: RunStarted) -> RunView:
    return RunView(
        run_id=event.run_id,
        state="running",
        total=len(event.keys),
        done=0,
        fresh=0,
        restored=0,
        failed=0,
        skipped=0,
        checks="",
        current=[],
        started=event.timestamp,
        duration=None,
        step_started=None,
        expected=None,
        ahead=0.0,
        unknown=0,
    )
