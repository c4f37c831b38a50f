"""One run at a time, in the order in which they were asked for."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from nb_assets.errors import RunCancelledError


class Turns:
    """A queue for a place. Waiting can be given up, from another thread too."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: deque[object] = deque()

    @property
    def busy(self) -> bool:
        """Whether somebody has the place."""
        return bool(self._waiting)

    @contextmanager
    def turn(self, given_up: Callable[[], bool], ticket: object) -> Iterator[None]:
        """Hold the place while the block lasts, after waiting for it.

        Raises
        ------
        RunCancelledError
            When the waiting was given up.
        """
        try:
            with self._changed:
                # A limit on each wait lets an interrupt of the main thread through.
                while self._waiting[0] is not ticket:
                    if given_up():
                        raise RunCancelledError("the run was cancelled before it began.")
                    self._changed.wait(0.1)
            yield
        finally:
            self.leave(ticket)

    def leave(self, ticket: object) -> None:
        """Give up a place in the queue, or the place itself."""
        with self._changed:
            if ticket in self._waiting:
                self._waiting.remove(ticket)
                self._changed.notify_all()

    def is_waiting(self, ticket: object) -> bool:
        """Tell whether others have the place before this ticket."""
        with self._changed:
            return self._waiting[0] is not ticket

    def ticket(self) -> object:
        """Take a place in the queue, to be waited for by `turn`."""
        ticket = object()
        with self._changed:
            self._waiting.append(ticket)
        return ticket
