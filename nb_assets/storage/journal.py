"""Which things changed since somebody looked last: each once, however often it changed."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class Journal(Generic[K]):
    """Keeps things in the order in which they changed last. Safe to use from many threads."""

    def __init__(self) -> None:
        self._marks: dict[K, int] = {}
        self._lock = threading.Lock()
        # Grows with each change: what `since` is asked with.
        self.mark = 0

    def note(self, thing: K) -> None:
        """Note that a thing changed just now."""
        with self._lock:
            self.mark += 1
            self._marks.pop(thing, None)
            self._marks[thing] = self.mark

    def since(self, mark: int) -> list[K]:
        """Return what changed after the journal stood at a mark."""
        found: list[K] = []
        with self._lock:
            for thing in reversed(self._marks):
                if self._marks[thing] <= mark:
                    break
                found.append(thing)
        return found
