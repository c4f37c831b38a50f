"""Which files of a folder are still there, whole, asked again and again of very many.

Looking at each file takes as long as there are files: some microseconds each on a disk of this machine, a thousand times
that across a network. So as many are looked at as takes little time, which are all in most projects. Where there are
more, they are looked at in turns, and the names are listed when the folder says that it has changed, or may have without
a trace: a file that goes shows at once then, too, one that has another size in one of the next looks, and whenever it is
read.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from itertools import islice
from typing import Final

# After how many files the clock is looked at, and for how long files are, in nanoseconds.
_IN_TURN: Final = 256
_LONG: Final = 30_000_000
# File systems tell times as coarsely as this, in nanoseconds: those that tell fractions of a second, and the others.
_FINE: Final = 100_000_000
_COARSE: Final = 2_500_000_000
_SECOND: Final = 1_000_000_000


class Presence:
    """Watches files of one folder, each with its size.

    Parameters
    ----------
    long
        How long a look takes that does not look at all of them, in nanoseconds.
    """

    def __init__(self, folder: str, *, long: int = _LONG) -> None:
        self._folder = folder
        self._long = long
        self._sizes: dict[str, int] = {}
        self._turn: Iterator[str] = iter(())
        self._stamp: tuple[int, ...] | None = None
        # When the folder was seen first as it is now, by the clock of this process.
        self._since = 0
        self._is_settled = False

    def expect(self, name: str, size: int) -> bool:
        """Begin to watch a file, which is there; tell whether that can be: not if it is watched in another size."""
        return self._sizes.setdefault(name, size) == size

    def forget(self, name: str) -> None:
        """Watch a file no longer."""
        self._sizes.pop(name, None)

    def __contains__(self, name: str) -> bool:
        return name in self._sizes

    def gone(self) -> set[str]:
        """Return the names of files that are not there any more, or not in their size."""
        found, are_all = self._in_turn()
        if are_all:
            return found
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

    def _in_turn(self) -> tuple[set[str], bool]:
        """Return which of the next files are not there, and whether these were all."""
        until = time.monotonic_ns() + self._long
        found: set[str] = set()
        is_anew = False
        while True:
            names = list(islice(self._turn, _IN_TURN))
            found.update(name for name in names if name in self._sizes and not self._is_there(name))
            if len(names) < _IN_TURN:
                if is_anew:
                    return found, True
                self._turn, is_anew = iter(list(self._sizes)), True
            elif time.monotonic_ns() > until:
                return found, False

    def _is_there(self, name: str) -> bool:
        try:
            return os.stat(f"{self._folder}{os.sep}{name}").st_size == self._sizes[name]  # noqa: PTH116 - quicker
        except OSError:
            return False


def _stamp(folder: str) -> tuple[int, ...]:
    status = os.stat(folder)  # noqa: PTH116 - asked for every status
    return status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev
