"""The store of a project: its folder, with the history and the values in it, and what may be cleared away."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nb_assets.errors import StoreError
from nb_assets.storage.database import Database
from nb_assets.storage.folder import folder_beside, make_folder
from nb_assets.storage.history import History
from nb_assets.storage.retention import kept_addresses
from nb_assets.storage.values import TEMPORARY_SUFFIX, ValueStore

if TYPE_CHECKING:
    from nb_assets.storage.retention import Retention

# Younger values may be those of another kernel that has written them and is about to record them.
GRACE_SECONDS: Final = 3600.0
# A recorded value that another kernel is about to record again was touched by it just now.
_REUSE_SECONDS: Final = 60.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Garbage:
    """A file that nothing kept refers to, last used before a moment."""

    path: Path
    size: int
    before: float


class Store:
    """History and values of one project. `found` is a line about what was there when it was opened."""

    def __init__(self, folder: Path, history: History, values: ValueStore, found: str) -> None:
        self.folder = folder
        self.history = history
        self.values = values
        self.found = found

    @classmethod
    def beside(cls, folder: Path | str) -> Store:
        """Open the store of the notebooks in a folder: the one within it, or where `NB_ASSETS_HOME` says."""
        return cls.open(folder_beside(folder))

    @classmethod
    def open(cls, folder: Path | str) -> Store:
        """Open the store in a folder of its own, making it when there is none.

        Raises
        ------
        StoreVersionError
            When a newer version wrote it; it is left as it is.
        StoreError
            When the folder cannot be read and written, or holds something else.
        """
        made = make_folder(folder)
        database = Database(made.history)
        history = History(database)
        values = ValueStore(made.values, known=history.value_ref)
        return cls(made.path, history, values, made.found(database))

    def garbage(self, grace: float = GRACE_SECONDS, retention: Retention | None = None) -> list[Garbage]:
        """Return the files that no record refers to and that are older than the grace, in seconds.

        Parameters
        ----------
        retention
            Return those too that only versions refer to which need not be kept.
        """
        recorded = self.history.addresses()
        kept = recorded if retention is None else kept_addresses(self.history, retention)
        now = time.time()
        found = []
        for entry in os.scandir(self.values.folder):
            stem = entry.name.partition(".")[0]
            if stem in kept and not entry.name.endswith(TEMPORARY_SUFFIX):
                continue
            patience = min(grace, _REUSE_SECONDS) if stem in recorded else grace
            if entry.is_file(follow_symlinks=False):
                stat = entry.stat(follow_symlinks=False)
                if stat.st_mtime < now - patience:
                    found.append(Garbage(path=Path(entry.path), size=stat.st_size, before=now - patience))
        return sorted(found, key=lambda garbage: garbage.path)

    def collect(self, grace: float = GRACE_SECONDS, retention: Retention | None = None) -> list[Garbage]:
        """Delete what `garbage` returns; return what is gone."""
        # While this transaction lasts, no other kernel can record that it needs one of them.
        with self.history.exclusive():
            return [
                garbage for garbage in self.garbage(grace, retention) if _remove(garbage.path, garbage.before)
            ]

    def close(self) -> None:
        """Close the history."""
        self.history.close()


def _remove(path: Path, limit: float) -> bool:
    """Delete a file unless somebody has taken it up since it was listed."""
    aside = path.with_name(f".{path.name}{TEMPORARY_SUFFIX}")
    try:
        path.rename(aside)
        if aside.stat().st_mtime >= limit:
            aside.rename(path)
            return False
        aside.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StoreError(
            f"{path} cannot be deleted: {error.strerror or error}. Make its folder writable, then try again."
        ) from error
    return True
