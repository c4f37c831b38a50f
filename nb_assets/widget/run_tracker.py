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
    RunFinished,
    RunQueued,
    RunStarted,
    StepStarted,
)
from nb_assets.staleness.checks import outcome_of
from nb_assets.views.checks import summed_up
from nb_assets.views.wording import plural
from nb_assets.widget.messages import RunView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nb_assets.execution.run import Run


class RunTracker:
    """Follows the events of a session's runs. Safe to use from several threads.

    Parameters
    ----------
    runs
        The runs that wait or are under way when following begins; what they have told already is caught up on.
    """

    def __init__(self, runs: Iterable[Run] = ()) -> None:
        self._lock = threading.Lock()
        self._run: RunView | None = None
        self._waiting: set[str] = set()
        self._checked: list[str] = []
        for run in runs:
            for event in tuple(run.events):
                self.follow(event)
            if run.cancelled:
                self.cancelling()

    def view(self) -> RunView | None:
        """Return the run as it is now: the one under way, else the last one."""
        with self._lock:
            if self._run is None:
                return None
            return RunView(
                **{**self._run, "current": list(self._run["current"]), "waiting": len(self._waiting)}
            )

    def cancelling(self) -> None:
        """Take note that the runs were asked to stop."""
        with self._lock:
            self._waiting.clear()
            if self._run is not None and self._run["state"] in {"queued", "running"}:
                self._run["state"] = "cancelling"

    def follow(self, event: Event) -> None:
        """Take note of an event."""
        with self._lock:
            match event:
                case RunQueued():
                    self._waiting.add(event.run_id)
                case RunStarted():
                    self._waiting.discard(event.run_id)
                    self._run, self._checked = _started(event), []
                case RunFinished():
                    self._waiting.discard(event.run_id)
            run = self._run
            if run is None or getattr(event, "run_id", None) != run["run_id"]:
                return
            match event:
                case StepStarted():
                    run["current"] = [key.to_user_string() for key in event.keys]
                case CheckStarted():
                    run["current"] = [check.to_user_string() for check in event.checks]
                case CheckEvaluated() | CheckFailed():
                    self._checked.append(outcome_of(event.record))
                    run["checks"] = f"{plural(len(self._checked), 'check')}: {summed_up(self._checked)}"
                case AssetMaterialized() | AssetRestored() | AssetFresh() | AssetFailed() | AssetSkipped():
                    run["done"] += 1
                    run["fresh"] += isinstance(event, AssetFresh)
                    run["failed"] += isinstance(event, AssetFailed)
                    run["skipped"] += isinstance(event, AssetSkipped)
                case RunFinished():
                    run["state"] = event.outcome
                    run["duration"] = event.duration
                    run["current"] = []


def _started(event: RunStarted) -> RunView:
    return RunView(
        run_id=event.run_id,
        state="running",
        total=len(event.keys),
        done=0,
        fresh=0,
        failed=0,
        skipped=0,
        checks="",
        current=[],
        started=event.timestamp,
        duration=None,
        waiting=0,
    )
