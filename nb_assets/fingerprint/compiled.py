"""Modules of the project that are compiled to machine code: without a source, they count by the file that was loaded."""

from __future__ import annotations

import sys
import types
import weakref
from importlib.machinery import EXTENSION_SUFFIXES
from typing import Any, Final

from nb_assets.fingerprint.file import files_version
from nb_assets.fingerprint.project import is_project_module

_SUFFIXES: Final = tuple(EXTENSION_SUFFIXES)
# What each file held when its module was first met: it is not loaded again as long as the kernel runs.
_loaded: weakref.WeakKeyDictionary[types.ModuleType, str] = weakref.WeakKeyDictionary()


def compiled_home(value: Any) -> types.ModuleType | None:
    """Return the compiled module of the project that something comes from; None for what comes from anywhere else."""
    name = getattr(value, "__module__", None)
    module = sys.modules.get(name) if isinstance(name, str) else None
    file = getattr(module, "__file__", None)
    if module is None or not isinstance(file, str) or not file.endswith(_SUFFIXES):
        return None
    return module if is_project_module(module) else None


def loaded_file(module: types.ModuleType) -> str:
    """Return the hash of the file that a compiled module was loaded from."""
    if module not in _loaded:
        _loaded[module] = _file_now(module)
    return _loaded[module]


def compiled_state(module: types.ModuleType) -> str:
    """Return what tells whether its file is still the one that was loaded."""
    return f"{loaded_file(module)} {_file_now(module)}"


def was_built_again(module: types.ModuleType) -> bool:
    """Tell whether its file is another one by now, while the code of the former runs."""
    return loaded_file(module) != _file_now(module)


def _file_now(module: types.ModuleType) -> str:
    try:
        return files_version(str(module.__file__)) or ""
    except OSError:
        return ""
