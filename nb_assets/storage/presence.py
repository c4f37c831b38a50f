"""Which files of a folder are still there, asked again and again of very many.

Looking at each file takes as long as there are files. So the names are listed only when the folder says that it has
changed, or may have without a trace, and sizes are looked at in turns: each time those of some hundred files, which for
most projects are all. A file that is changed in place while its name stays, which nothing here does, shows at once in a
small folder, in one of the next looks in a large one, and whenever it is read.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from itertools import islice
from typing import Final

_IN_TURN: Final = 256
# File systems tell times as coarsely as this, in nanoseconds: those that tell fractions of a second, and the others.
_FINE: Final = 100_000_000
_COARSE: Final = 2_500_000_000
_SECOND: Final = 1_000_000_000


class Presence:
    """Watches files of one folder, each with its size."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._sizes: dict[str, int] = {}
        self._turn: Iterator[str] = iter(())
        self._stamp: tuple[int, ...] | None = None
        # When the folder was seen first as it is now, by the clock of this process.
        self._since = 0
        self._is_settled = False

    def expect(self, name: str, size: int) -> None:
        """Begin to watch a file, which is there."""
        self._sizes[name] = size

    def forget(self, name: str) -> None:
        """Watch a file no longer."""
        self._sizes.pop(name, None)

    def __contains__(self, name: str) -> bool:
        return name in self._sizes

    def gone(self) -> set[str]:
        """Return the names of files that are not there any more, or not in their size."""
        if not self._sizes:
            return set()
        found = {name for name in self._next() if not self._is_there(name)}
        now = time.monotonic_ns()
        try:
            stamp = _stamp(self._folder)
            if stamp != self._stamp:
                self._stamp, self._since, self._is_settled = stamp, now, False
            if not self._is_settled:
                found.update(self._sizes.keys() - set(os.listdir(self._folder)))  # noqa: PTH208 - quicker
                # A change within the same tick of the clock leaves no trace: only after it is none to be missed.
                tick = _FINE if stamp[0] % _SECOND else _COARSE
                self._is_settled = now - self._since > tick
        except OSError:
            return set(self._sizes)
        return found

    def _next(self) -> list[str]:
        names = list(islice(self._turn, _IN_TURN))
        if len(names) < _IN_TURN:
            self._turn = iter(list(self._sizes))
            names += islice(self._turn, _IN_TURN - len(names))
        return [name for name in names if name in self._sizes]

    def _is_there(self, name: str) -> bool:
        try:
            return os.stat(f"{self._folder}{os.sep}{name}").st_size == self._sizes[name]  # noqa: PTH116 - quicker
        except OSError:
            return False


def _stamp(folder: str) -> tuple[int, ...]:
    status = os.stat(folder)  # noqa: PTH116 - asked for every status
    return status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev
