"""The content of files as a hash: read again only where the clock of the file system says that it may have changed."""

from __future__ import annotations

import glob
import os
import threading
import time
from dataclasses import dataclass
from typing import Final

# A file system may tell times this coarsely: what was written so shortly before it was read may be written again without
# a trace, as git knows it of its index. In nanoseconds.
_GRANULARITY: Final = 2_500_000_000
_BLOCK: Final = 1 << 20


@dataclass(frozen=True)
class _Read:
    """What a file held, and what told of it then."""

    stamp: tuple[int, ...]
    digest: str
    settled: bool


_known: dict[str, _Read] = {}
_lock = threading.Lock()


def files_version(path: str) -> str | None:
    """Return the hash of a file, of all files in a folder, or of those that match a pattern; None when there is none.

    Raises
    ------
    OSError
        When one cannot be read.
    """
    if os.path.isfile(path):  # noqa: PTH113 - asked for every status
        return _digest(path)
    found = _within(path)
    if not found:
        return None
    import xxhash

    state = xxhash.xxh3_128()
    for name in found:
        state.update(f"{len(name)}:{name}{_digest(name)}".encode("utf-8", "surrogateescape"))
    return f"files:{state.hexdigest()}"


def _within(path: str) -> list[str]:
    if os.path.isdir(path):  # noqa: PTH112 - as above
        found = (f"{folder}{os.sep}{name}" for folder, _, names in os.walk(path) for name in names)
        # An empty folder is there, which is something else than a missing one.
        return sorted(found) or [path]
    return sorted(name for name in glob.glob(path, recursive=True) if os.path.isfile(name))  # noqa: PTH113, PTH207


def _digest(path: str) -> str:
    full = os.path.abspath(path)  # noqa: PTH100 - links count by where they lead, as they do when they are read
    stamp = _stamp(full)
    known = _known.get(full)
    if known is not None and known.settled and known.stamp == stamp:
        return known.digest
    began = time.time_ns()
    digest = "folder" if os.path.isdir(full) else _hash(full)  # noqa: PTH112
    # Written while it was read, or so shortly before that another write may carry the same time: it is read again.
    settled = stamp == _stamp(full) and max(stamp[:2]) + _GRANULARITY < began
    with _lock:
        _known[full] = _Read(stamp, digest, settled)
    return digest


def _stamp(path: str) -> tuple[int, ...]:
    status = os.stat(path)  # noqa: PTH116 - as above
    # The time of change cannot be set back as that of modification can.
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino, status.st_dev


def _hash(path: str) -> str:
    import xxhash

    state = xxhash.xxh3_128()
    with open(path, "rb") as file:  # noqa: PTH123 - as above
        while block := file.read(_BLOCK):
            state.update(block)
    return f"file:{state.hexdigest()}"
