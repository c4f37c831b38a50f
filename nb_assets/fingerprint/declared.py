"""The version of what an asset is declared to read from outside: files and variables of the environment."""

from __future__ import annotations

import fnmatch
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from nb_assets.definitions.outside_dep import FileDep
from nb_assets.fingerprint.file import files_version

if TYPE_CHECKING:
    from nb_assets.definitions.outside_dep import EnvDep

UNSET = "env:unset"


def covered(read: str | None, declared: Iterable[FileDep | EnvDep]) -> bool:
    """Tell whether a path or the name of a variable is among what is declared; None, which is not known, is not."""
    if read is None:
        return False
    path = Path(read).as_posix()
    return any(
        path == dep.path or fnmatch.fnmatchcase(path, dep.path) or path.startswith(f"{dep.path.rstrip('/')}/")
        if isinstance(dep, FileDep)
        else read == dep.name
        for dep in declared
    )


def declared_version(dep: FileDep | EnvDep) -> str | None:
    """Return the hash of a file or of a variable as it is now; None for a file that is not there or cannot be read."""
    if isinstance(dep, FileDep):
        try:
            return files_version(dep.path)
        except OSError:
            return None
    value = os.environ.get(dep.name)
    if value is None:
        return UNSET
    return f"env:{hashlib.sha256(value.encode('utf-8', 'surrogateescape')).hexdigest()[:32]}"
