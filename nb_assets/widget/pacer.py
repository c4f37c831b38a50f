"""Calls a function soon after it is asked to, at most so often: what turns a storm of events into patches."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_LOGGER = logging.getLogger(__name__)


class Pacer:
    """One thread that lives from the first nudge until it is closed.

    Parameters
    ----------
    work
        What to call. When it takes long it is called less often, so that it never takes more than a fifth of the time.
    interval
        The least time between two calls, in seconds.
    """

    def __init__(self, work: Callable[[], None], interval: float = 1 / 15) -> None:
        self._work = work
        self._interval = interval
        self._wake = threading.Event()
        self._closed = False
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def nudge(self) -> None:
        """Ask for a call; several before the next one are one."""
        self._wake.set()
        with self._lock:
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._run, name="nb_assets-lineage", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """End the thread, after the call that it may be in."""
        self._closed = True
        self._wake.set()

    def _run(self) -> None:
        while True:
            self._wake.wait()
            if self._closed:
                return
            self._wake.clear()
            began = time.monotonic()
            try:
                self._work()
            except Exception:
                _LOGGER.exception("the lineage view could not be brought up to date")
            time.sleep(max(self._interval, 4 * (time.monotonic() - began)))
