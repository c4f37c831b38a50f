"""Which assets wait or run at this moment, as the events of the runs tell it."""

from __future__ import annotations

import dataclasses
import threading
from typing import TYPE_CHECKING

from nb_assets.execution.events import (
    AssetFailed,
    AssetFresh,
    AssetMaterialized,
    AssetRestored,
    AssetSkipped,
    Event,
    RunFinished,
    RunQueued,
    RunStarted,
    StepStarted,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.staleness import AssetStatus, State


class Activity:
    """The assets of runs that have not ended, each `queued` or `running`; those that are done are left out."""

    def __init__(self) -> None:
        self._by_run: dict[str, dict[AssetKey, State]] = {}
        self._amended: dict[AssetKey, tuple[AssetStatus, AssetStatus]] = {}
        self._lock = threading.Lock()

    def __bool__(self) -> bool:
        with self._lock:
            return any(self._by_run.values()) or bool(self._amended)

    def follow(self, event: Event) -> None:
        """Take note of an event."""
        with self._lock:
            match event:
                case RunQueued() | RunStarted():
                    self._by_run[event.run_id] = dict.fromkeys(event.keys, "queued")
                case StepStarted():
                    self._by_run.setdefault(event.run_id, {}).update(dict.fromkeys(event.keys, "running"))
                case AssetSkipped():
                    self._by_run.setdefault(event.run_id, {})[event.key] = "skipped"
                case AssetMaterialized() | AssetRestored() | AssetFresh() | AssetFailed():
                    self._by_run.get(event.run_id, {}).pop(event.key, None)
                case RunFinished():
                    self._by_run.pop(event.run_id, None)

    def forget(self, run_id: str) -> None:
        """Leave out a run."""
        with self._lock:
            self._by_run.pop(run_id, None)

    def amend(
        self, known: Mapping[AssetKey, AssetStatus], keys: Sequence[AssetKey]
    ) -> dict[AssetKey, AssetStatus]:
        """Return the status of assets, given what it would be without runs; the same object as long as it is the same."""
        active = self.states()
        with self._lock:
            kept = self._amended
            amended: dict[AssetKey, tuple[AssetStatus, AssetStatus]] = {}
            found: dict[AssetKey, AssetStatus] = {}
            for key in keys:
                status, state = known[key], active.get(key)
                if state is not None:
                    was = kept.get(key)
                    if was is None or was[0] is not status or was[1].state != state:
                        was = status, dataclasses.replace(status, state=state)
                    amended[key] = was
                    status = was[1]
                found[key] = status
            # Of those that nobody asked for now, what is known is kept while they are active.
            amended.update((key, was) for key, was in kept.items() if key in active and key not in found)
            self._amended = amended
        return found

    def states(self) -> dict[AssetKey, State]:
        """Return the assets that wait or run; one that runs in one run and waits in another runs."""
        with self._lock:
            states: dict[AssetKey, State] = {}
            for of_run in self._by_run.values():
                for key, state in of_run.items():
                    if states.get(key) != "running":
                        states[key] = state
            return states
