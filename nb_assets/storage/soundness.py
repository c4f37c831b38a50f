"""Which files of values are whole: compares them with what was recorded, and remembers those that are damaged.

A damaged file is as good as lost, so that its asset is made again. A file is judged anew once it has been changed.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from nb_assets.storage.materialization import ValueRef

# Smaller files are compared with their checksum whenever they are read, which takes some milliseconds at most.
_LARGE_SIZE: Final = 64 * 2**20

_State = tuple[int, int]


class Soundness:
    """What is known of the files of one folder, by name."""

    def __init__(self) -> None:
        self._whole: dict[str, _State] = {}
        self._damaged: dict[str, _State] = {}

    def fault(self, name: str, file: BinaryIO, ref: ValueRef) -> str | None:
        """Return how an open file is not what was recorded, or None; a large one is read through once only."""
        state = _state(os.fstat(file.fileno()))
        if state[1] != ref.size:
            return "its size is not what was recorded"
        is_large = ref.size > _LARGE_SIZE
        if ref.checksum is None or (is_large and self._whole.get(name) == state):
            return None
        if checksum_of(file) != ref.checksum:
            return "its content is not what was recorded"
        if is_large:
            self._whole[name] = state
        return None

    def remember_damage(self, name: str, stat: os.stat_result) -> None:
        """Take a file for lost as long as it stays as it is."""
        self._damaged[name] = _state(stat)

    @property
    def damaged(self) -> Collection[str]:
        """The names of files that were found to be damaged at some time."""
        return tuple(self._damaged)

    def is_damaged(self, name: str, stat: os.stat_result) -> bool:
        """Tell whether a file was found to be damaged and is still the same."""
        return bool(self._damaged) and self._damaged.get(name) == _state(stat)


def checksum_of(file: BinaryIO) -> str:
    """Return the xxh3-64 of a whole file, and go back to its beginning."""
    import xxhash

    file.seek(0)
    state = xxhash.xxh3_64()
    while block := file.read(2**20):
        state.update(block)
    file.seek(0)
    return state.hexdigest()


def _state(stat: os.stat_result) -> _State:
    return stat.st_mtime_ns, stat.st_size
