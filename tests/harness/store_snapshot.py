"""What a store holds, read from its own files, beside any session that has it open."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class StoreSnapshot:
    """The materializations in the history, and the files of the values by their content."""

    materializations: tuple[tuple[object, ...], ...]
    values: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, folder: Path) -> StoreSnapshot:
        """Read a store's folder."""
        with sqlite3.connect(f"file:{folder / 'history.sqlite'}?mode=ro", uri=True) as history:
            rows = history.execute("SELECT * FROM materialization ORDER BY id").fetchall()
        files = [path for path in (folder / "values").rglob("*") if path.is_file()]
        values = sorted((path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files)
        return cls(materializations=tuple(rows), values=tuple(values))
