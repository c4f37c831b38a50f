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
    """One thread that lives while there are nudges, and ends a while after the last one.

    Parameters
    ----------
    work
        What to call. When it takes long it is called less often, so that it never takes more than a fifth of the time.
    interval
        The least time between two calls, in seconds.
    patience
        How long the thread waits for another nudge before it ends, in seconds.
    """

    def __init__(self, work: Callable[[], None], interval: float = 1 / 15, patience: float = 2.0) -> None:
        self._work = work
        self._interval = interval
        self._patience = patience
        self._wake = threading.Event()
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def nudge(self) -> None:
        """Ask for a call; several before the next one are one."""
        self._wake.set()
        with self._lock:
            if self._thread is None and not self._closing.is_set():
                self._thread = threading.Thread(target=self._run, name="nb_assets-pacer", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """End the thread, after the call that it may be in."""
        self._closing.set()
        self._wake.set()

    def _run(self) -> None:
        while self._is_nudged():
            self._wake.clear()
            began = time.monotonic()
            try:
                self._work()
            except Exception:
                _LOGGER.exception("what is on screen could not be brought up to date")
            self._closing.wait(max(self._interval, 4 * (time.monotonic() - began)))

    def _is_nudged(self) -> bool:
        """Wait for a nudge; without one in time the thread is given up."""
        if not self._wake.wait(self._patience):
            with self._lock:
                if not self._wake.is_set():
                    self._thread = None
                    return False
        return not self._closing.is_set()
