"""One SQLite file, opened safely: recognised before it is touched, shared between threads, kernels and forks.

Knows nothing of what the tables mean. Every failure leaves as a `StoreError` that says what to do.
"""

from __future__ import annotations

import os
import sqlite3
import struct
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from nb_assets.errors import StoreError, StoreVersionError
from nb_assets.storage.schema import APPLICATION_ID, SCHEMA_VERSION, migrate

_MAGIC: Final = b"SQLite format 3\x00"
_HEADER_SIZE: Final = 100
# How long one kernel waits while another writes; a transaction takes about a millisecond.
_BUSY_SECONDS: Final = 30.0
# Here the shared memory that WAL needs does not work between machines, see https://www.sqlite.org/wal.html.
_NETWORK_FILE_SYSTEMS: Final = frozenset(
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "afs",
        "9p",
        "fuse.sshfs",
        "fuse.s3fs",
        "fuse.gcsfuse",
        "lustre",
        "gpfs",
        "ceph",
    ]
)
_OPEN: Final[weakref.WeakSet[Database]] = weakref.WeakSet()
# Connections of the parent process: closing one in a child would disturb the parent's locks.
_LEFT_TO_THE_PARENT: Final[list[sqlite3.Connection]] = []


class Database:
    """A connection that any thread may use, one at a time, through `reading` and `writing`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.note: str | None = None
        self._lock = threading.RLock()
        self._moment = threading.local()
        self._connection: sqlite3.Connection | None = None
        self._generation = 0
        _check_header(path)
        with self._guard("open"):
            self._connection = self._connect()
        _OPEN.add(self)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Hand out the connection for queries."""
        with self._lock, self._guard("read"):
            yield self._live()

    @contextmanager
    def writing(self, *, durable: bool = True) -> Iterator[sqlite3.Connection]:
        """Hand out the connection within a transaction that nobody else can write in; all of it is kept, or nothing.

        What is `durable` is on disk when this returns, and survives a power failure; the rest survives the
        death of the process only.
        """
        with self._lock, self._guard("write to"):
            connection = self._live()
            connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """Look at what others have committed once for all that this thread asks in the block."""
        if getattr(self._moment, "token", None) is not None:
            yield
            return
        self._moment.token = self.change_token()
        try:
            yield
        finally:
            self._moment.token = None

    def change_token(self) -> tuple[int, int]:
        """Return what differs once another connection has committed; our own commits leave it as it is."""
        token: tuple[int, int] | None = getattr(self._moment, "token", None)
        if token is not None:
            return token
        with self.reading() as connection:
            # https://www.sqlite.org/pragma.html#pragma_data_version, which counts for each connection apart.
            (data_version,) = connection.execute("PRAGMA data_version").fetchone()
        return self._generation, data_version

    @property
    def written_here(self) -> int:
        """How many rows this connection has written so far."""
        with self._lock:
            return self._live().total_changes

    def close(self) -> None:
        """Close the connection; using the database afterwards raises a StoreError."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
        _OPEN.discard(self)

    def _live(self) -> sqlite3.Connection:
        if self._connection is None:
            raise StoreError(
                f"the history {self.path} is closed. Open the store again, or restart the kernel."
            )
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path,
            timeout=_BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        try:
            _bring_up_to_date(connection, self.path)
            # Last, so that the file's own header and not a log says whose it is from the beginning.
            self.note = _choose_journal(connection, self.path)
        except BaseException:
            connection.close()
            raise
        return connection

    def _reopen_after_fork(self) -> None:
        # The lock may have been held by a thread that does not exist here.
        self._lock = threading.RLock()
        if self._connection is not None:
            _LEFT_TO_THE_PARENT.append(self._connection)
            self._connection = self._connect()
            self._generation += 1

    @contextmanager
    def _guard(self, verb: str) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise _explained(error, verb, self.path) from error


def _check_header(path: Path) -> None:
    """Refuse, without touching it, a file that is not a history or that is newer than this version."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_SIZE)
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError(
            f"the history {path} cannot be read: {error.strerror or error}. Make it readable and writable for this "
            "user, or keep the store elsewhere by setting NB_ASSETS_HOME to another folder."
        ) from error
    if not header:
        return
    if len(header) < _HEADER_SIZE or not header.startswith(_MAGIC):
        raise _foreign(path)
    # Offsets 60 and 68 of https://www.sqlite.org/fileformat.html#the_database_header
    (version,), (application,) = struct.unpack_from(">i", header, 60), struct.unpack_from(">i", header, 68)
    if application not in (0, APPLICATION_ID) or (application == 0 and version != 0):
        raise _foreign(path)
    if version > SCHEMA_VERSION:
        raise _newer(path, version)


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    """Migrate an older history; refuse a newer one, whose header may not have told, and somebody else's tables."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA_VERSION:
        raise _newer(path, version)
    if version < SCHEMA_VERSION and not migrate(connection):
        raise _foreign(path)


def _choose_journal(connection: sqlite3.Connection, path: Path) -> str | None:
    """Switch to a write-ahead log where the file system can carry one; return a note where it cannot."""
    system = file_system_of(path)
    wanted = "truncate" if system in _NETWORK_FILE_SYSTEMS else "wal"
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            (mode,) = connection.execute(f"PRAGMA journal_mode = {wanted}").fetchone()
            break
        except sqlite3.OperationalError as error:
            # SQLite does not wait by itself while another process is switching too.
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.005)
    connection.execute("PRAGMA journal_size_limit = 16777216")
    if mode == "wal":
        return None
    where = f"{system} is a network file system" if wanted != "wal" else "its file system cannot share memory"
    return f"no write-ahead log here, as {where}: slower, and to be used from one machine at a time"


def file_system_of(path: Path) -> str | None:
    """Return the type of the file system that a path is on, where the system says (Linux)."""
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    best, found = -1, None
    absolute = str(path.resolve())
    for line in mounts.splitlines():
        _, mount, system, *_ = line.split(" ")
        mount = mount.replace("\\040", " ")
        if (absolute == mount or absolute.startswith(mount.rstrip("/") + "/")) and len(mount) >= best:
            best, found = len(mount), system
    return found


def _foreign(path: Path) -> StoreError:
    return StoreError(
        f"{path} is not a history of nb_assets, so it was left as it is. Move it away if it is something else, "
        "or keep the store elsewhere by setting NB_ASSETS_HOME to another folder."
    )


def _newer(path: Path, version: int) -> StoreVersionError:
    return StoreVersionError(
        f"the history {path} was written by a newer nb_assets (its schema is {version}, this one knows "
        f"{SCHEMA_VERSION}), so it was left as it is. Upgrade with `%pip install --upgrade nb_assets` and restart the "
        "kernel, or keep the store elsewhere by setting NB_ASSETS_HOME to another folder."
    )


def _explained(error: sqlite3.Error, verb: str, path: Path) -> StoreError:
    text = str(error)
    if "not a database" in text or "malformed" in text:
        advice = (
            "The file is damaged. Move it away together with its -wal and -shm neighbours to begin a new history; "
            "`sqlite3 history.sqlite .recover` may save what it held."
        )
    elif "full" in text or "disk I/O" in text:
        advice = (
            "The disk, or this user's share of it, is full, or fails: nothing was recorded. Free some space, then run "
            "this again."
        )
    elif "readonly" in text or "unable to open" in text or "permission" in text:
        advice = (
            "Make the file and its folder writable for this user, or keep the store elsewhere by setting "
            "NB_ASSETS_HOME to another folder."
        )
    elif "locked" in text or "busy" in text:
        advice = (
            f"Another process held it for more than {_BUSY_SECONDS:.0f} seconds. Find out which kernel is writing, "
            "then run this again."
        )
    else:
        advice = (
            "Nothing was changed. Run this again; if it stays, move the file away to begin a new history."
        )
    return StoreError(f"cannot {verb} the history {path}: {text}. {advice}")


def _after_fork() -> None:
    for database in list(_OPEN):
        database._reopen_after_fork()  # noqa: SLF001 - the other half of this class


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
