"""Dependencies on what no asset makes: files, and variables of the environment.

Each is an external asset with a key of its own, so that it is drawn, recorded and compared like any other.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.errors import DefinitionError

_FILE: Final = "file:"
_VARIABLE: Final = "env:"


@dataclass(frozen=True)
class FileDep:
    """A file that an asset reads: when its content changes, the asset is stale.

    Attributes
    ----------
    path
        A file; a folder, which stands for all files in it; or a pattern such as `data/*.csv` or `data/**/*.csv`. A
        relative one is found from the kernel's working folder, as `open` does.
    """

    path: str

    def __init__(self, path: str | os.PathLike[str]) -> None:
        given: Any = path  # what users give, whatever the types say
        text = Path(os.fspath(given)).as_posix() if isinstance(given, (str, os.PathLike)) and given else ""
        if not text:
            raise DefinitionError(
                f'a FileDep takes the path of a file, such as FileDep("data/trips.csv"), not {path!r}.'
            )
        object.__setattr__(self, "path", text)

    @property
    def key(self) -> AssetKey:
        """The key that stands for the file."""
        return AssetKey([_FILE, *self.path.split("/")])


@dataclass(frozen=True)
class EnvDep:
    """A variable of the environment that an asset reads: when its value changes, the asset is stale.

    Only a hash of the value is recorded, never the value.
    """

    name: str

    def __post_init__(self) -> None:
        given: Any = self.name
        if not isinstance(given, str) or not given:
            raise DefinitionError(
                f'an EnvDep takes the name of a variable, such as EnvDep("REGION"), not {self.name!r}.'
            )

    @property
    def key(self) -> AssetKey:
        """The key that stands for the variable."""
        return AssetKey([_VARIABLE, self.name])


def outside_dep(key: AssetKey) -> FileDep | EnvDep | None:
    """Return the file or the variable that a key stands for, if it stands for one."""
    first, *rest = key.parts
    if first == _FILE and rest:
        return FileDep("/".join(rest) or "/")
    return EnvDep(rest[0]) if first == _VARIABLE and len(rest) == 1 else None
