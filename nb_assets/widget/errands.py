"""Does what takes long beside the messages, on a thread of its own: reading values, comparing them.

Responsible for the order in which it is done and for what is not wanted any more. What is done is said by the callers.
"""

from __future__ import annotations

import contextvars
import functools
import logging
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Work = Callable[[Callable[[], bool]], None]

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class _Errand:
    """Something that somebody waits for."""

    work: Work
    context: contextvars.Context


class Errands:
    """What one conversation has to do in the background; in each lane only the newest counts.

    The thread lives while something is waited for.

    Parameters
    ----------
    name
        What the thread is called.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = threading.Lock()
        self._errands: dict[str, _Errand] = {}  # by lane, the one that is carried out among them
        self._thread: threading.Thread | None = None

    def order(self, lane: str, work: Work) -> None:
        """Have something done, in place of what was ordered in this lane before.

        Parameters
        ----------
        work
            Called with a function that tells whether it is still wanted.
        """
        # Messages of a thread are sent on behalf of the request whose context it has, see ipykernel's shell channel.
        errand = _Errand(work=work, context=contextvars.copy_context())
        with self._lock:
            self._errands.pop(lane, None)
            self._errands[lane] = errand
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()

    def drop(self, lane: str) -> None:
        """Forget what was ordered in a lane."""
        with self._lock:
            self._errands.pop(lane, None)

    def close(self) -> None:
        """Forget all that was ordered."""
        with self._lock:
            self._errands.clear()

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._errands:
                    self._thread = None
                    return
                lane, errand = next(iter(self._errands.items()))
            try:
                errand.context.run(errand.work, functools.partial(self._is_wanted, lane, errand))
            except Exception:
                _LOGGER.exception("an errand of a lineage view could not be done")
            with self._lock:
                if self._errands.get(lane) is errand:
                    del self._errands[lane]

    def _is_wanted(self, lane: str, errand: _Errand) -> bool:
        with self._lock:
            return self._errands.get(lane) is errand
