"""The folder of a store: where it is, making it, and what a glance into it tells.

Loading the extension looks no further, so this imports neither records nor values.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from nb_assets.errors import StoreError
from nb_assets.storage.database import Database

FOLDER_NAME: Final = ".nb_assets"
HISTORY_NAME: Final = "history.sqlite"


@dataclass(frozen=True)
class StoreFolder:
    """A folder that is there and can be written to. `new` tells whether it had no history before."""

    path: Path
    new: bool

    @property
    def history(self) -> Path:
        """The file of the history."""
        return self.path / HISTORY_NAME

    @property
    def values(self) -> Path:
        """The folder of the values."""
        return self.path / "values"

    def found(self, database: Database) -> str:
        """Return a line about what is in it."""
        if self.new:
            text = "store: new"
        else:
            assets, versions, size = _totals(database)
            text = (
                f"store: {assets:,} asset{'' if assets == 1 else 's'}, {versions:,} "
                f"version{'' if versions == 1 else 's'}, {_size_text(size)}"
            )
        return text if database.note is None else f"{text} ({database.note})"


def folder_beside(notebooks: Path | str) -> Path:
    """Return the folder of the store of the notebooks in a folder: within it, or where `NB_ASSETS_HOME` says."""
    return Path(os.environ.get("NB_ASSETS_HOME") or Path(notebooks) / FOLDER_NAME)


def make_folder(path: Path | str) -> StoreFolder:
    """Make what is missing of a store's folder.

    Raises
    ------
    StoreError
        When it cannot be read and written.
    """
    folder = Path(path).expanduser().absolute()
    try:
        new = not (folder / HISTORY_NAME).exists()
        (folder / "values").mkdir(parents=True, exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="ascii")
    except OSError as error:
        raise StoreError(
            f"the store {folder} cannot be opened: {error.strerror or error}. Make the folder readable and writable for "
            "this user, or keep the store elsewhere by setting NB_ASSETS_HOME to another folder."
        ) from error
    for part in (folder, folder / "values"):
        if not os.access(part, os.R_OK | os.W_OK | os.X_OK):
            raise StoreError(
                f"the store {folder} cannot be written to: {part} is read-only for this user. Make it writable, or keep "
                "the store elsewhere by setting NB_ASSETS_HOME to another folder."
            )
    return StoreFolder(folder, new)


def glance(path: Path | str) -> str:
    """Make a store where there is none, and return a line about what is in it.

    Raises
    ------
    StoreVersionError
        When a newer version wrote it; it is left as it is.
    StoreError
        When the folder cannot be read and written, or holds something else.
    """
    folder = make_folder(path)
    database = Database(folder.history)
    try:
        return folder.found(database)
    finally:
        database.close()


def _totals(database: Database) -> tuple[int, int, int]:
    """Return how many assets and how many versions there are, and the bytes of their values."""
    with database.reading() as connection:
        assets, versions = connection.execute(
            "SELECT count(DISTINCT asset_key), count(*) FROM materialization"
        ).fetchone()
        (size,) = connection.execute(
            "SELECT coalesce(sum(size), 0) FROM (SELECT max(value_size) AS size FROM materialization "
            "WHERE value_address IS NOT NULL GROUP BY value_address)"
        ).fetchone()
    return assets, versions, size


def _size_text(size: float) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if size < 999.5:  # noqa: PLR2004 - what would round to four digits
            return f"{size:.0f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"
