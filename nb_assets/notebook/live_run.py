"""Watch one run and draw it while it runs.

Responsible for folding the run's events into a record, and for drawing it about ten times a second at most, from a
thread of its own because the cell's thread is the one that computes. Not responsible for the pictures (`views`).
"""

from __future__ import annotations

import contextvars
import threading
import time
from typing import TYPE_CHECKING

from nb_assets.execution.events import RunFinished
from nb_assets.views.progress import progress_of
from nb_assets.views.run_record import RunRecord

if TYPE_CHECKING:
    from types import TracebackType

    from nb_assets.execution.events import Event
    from nb_assets.notebook.output import Output

__all__ = ["LiveRun"]

INTERVAL = 0.1
PATIENCE = 0.25
"""How long a run may take before its progress is worth showing, in seconds."""


class LiveRun:
    """A run of this thread, drawn while a `with` block lasts.

    Parameters
    ----------
    output
        Where to draw progress; None to draw none.
    """

    def __init__(self, output: Output | None) -> None:
        self.record = RunRecord()
        self._output = output
        self._lock = threading.Lock()
        self._done = threading.Event()
        self._dirty = False
        self._ticker: threading.Thread | None = None

    def take(self, event: Event) -> None:
        """Take in an event of the run."""
        with self._lock:
            self._dirty = self.record.apply(event) or self._dirty

    def __enter__(self) -> LiveRun:  # noqa: PYI034 -- `Self` is not in Python 3.10
        if self._output is not None:
            context = contextvars.copy_context()  # ipykernel finds the cell to write to in it
            self._ticker = threading.Thread(
                target=context.run, args=(self._tick, self._output), name="nb_assets-progress", daemon=True
            )
            self._ticker.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._done.set()
        if self._ticker is not None:
            self._ticker.join(timeout=2)
        record = self.record
        if record.outcome is None and record.run_id is not None:
            # Whatever broke the run before it could say so: what it did not reach was not run.
            took = time.time() - (record.started or time.time())
            self.take(RunFinished(run_id=record.run_id, outcome="cancelled", duration=took))

    def _tick(self, output: Output) -> None:
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
            output.draw(picture)
