"""Watch one run and draw it while it runs.

Responsible for folding the run's events into a record, and for drawing it about ten times a second at most, from a
thread of its own because the cell's thread is the one that computes. Not responsible for the pictures (`views`).
"""

from __future__ import annotations

import contextvars
import threading
import time
from typing import TYPE_CHECKING

from nb_assets.execution.events import RunFinished, RunStarted
from nb_assets.views.progress import progress_of
from nb_assets.views.run_record import RunRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    from typing_extensions import Self

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.execution.events import Event
    from nb_assets.notebook.output import Output
    from nb_assets.session import Session

__all__ = ["LiveRun"]

INTERVAL = 0.1
PATIENCE = 0.25
"""How long a run may take before its progress is worth showing, in seconds."""


class LiveRun:
    """The run that the current thread starts inside of a `with` block.

    Parameters
    ----------
    why
        Why each asset is to run, as known before the run.
    output
        Where to draw progress; None to draw none.
    """

    def __init__(self, session: Session, *, why: Mapping[AssetKey, str], output: Output | None) -> None:
        self.record = RunRecord(why)
        self._session = session
        self._output = output
        self._thread = threading.get_ident()
        self._lock = threading.Lock()
        self._done = threading.Event()
        self._dirty = False
        self._unsubscribe: Callable[[], None] | None = None
        self._ticker: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._unsubscribe = self._session.subscribe(self._take)
        if self._output is not None:
            context = contextvars.copy_context()  # ipykernel finds the cell to write to in it
            self._ticker = threading.Thread(target=context.run, args=(self._tick,), name="nb_assets-progress", daemon=True)
            self._ticker.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._done.set()
        if self._unsubscribe is not None:
            self._unsubscribe()
        if self._ticker is not None:
            self._ticker.join(timeout=2)
        with self._lock:
            self._settle(interrupted=isinstance(error, KeyboardInterrupt))

    def _settle(self, *, interrupted: bool) -> None:
        record = self.record
        if record.outcome is not None or record.run_id is None or record.started is None:
            return
        now = time.time()
        outcome = "cancelled" if interrupted else "failure"
        record.apply(
            RunFinished(run_id=record.run_id, timestamp=now, outcome=outcome, duration=now - record.started)
        )

    def _take(self, event: Event) -> None:
        with self._lock:
            # Another run may start while ours waits: ours is the one that this cell's thread announces.
            if isinstance(event, RunStarted) and threading.get_ident() != self._thread:
                return
            self._dirty = self.record.apply(event) or self._dirty

    def _tick(self) -> None:
        assert self._output is not None
        drawn = 0.0
        if self._done.wait(PATIENCE):
            return
        while not self._done.wait(INTERVAL):
            now = time.time()
            with self._lock:
                if self.record.run_id is None or not (self._dirty or now - drawn >= 1):
                    continue
                self._dirty, drawn = False, now
                picture = progress_of(self.record, now)
            self._output.draw(picture)
