"""Modules that code imports while it runs and that are not loaded: where each would be found, if anywhere.

A module may be written, or mended, after the code that imports it was looked at. It is not loaded here.
"""

from __future__ import annotations

import importlib.util
import os
from importlib.machinery import PathFinder


class SoughtModule:
    """A module that is not loaded, one object for each name."""

    def __init__(self, name: str) -> None:
        self._name = name

    def whereabouts(self) -> str:
        """Return what differs once it can be found, is found elsewhere, or was written again."""
        first, *inner = self._name.split(".")
        spec = importlib.util.find_spec(first)
        told = [_stamp(spec.origin if spec is not None else None)]
        path = first
        for part in inner:
            if spec is None or spec.submodule_search_locations is None:
                break
            path = f"{path}.{part}"
            spec = PathFinder.find_spec(path, list(spec.submodule_search_locations))
            told.append(_stamp(spec.origin if spec is not None else None))
        return ", ".join(told)


_sought: dict[str, SoughtModule] = {}


def sought(name: str) -> SoughtModule:
    """Return the module of a name as one that is not loaded."""
    return _sought.setdefault(name, SoughtModule(name))


def whereabouts(module: SoughtModule) -> str:
    """Return what differs once a module can be found; where looking for it fails, what kind of failure that is."""
    try:
        return module.whereabouts()
    except Exception as error:  # noqa: BLE001 - finders are anybody's
        return type(error).__name__


def _stamp(file: str | None) -> str:
    try:
        status = os.stat(file or "")  # noqa: PTH116 - asked for every status
    except OSError:
        return f"{file}"
    return f"{file} {status.st_mtime_ns} {status.st_size}"
