"""What of a function's code cannot be tracked, or is read from outside: one line for each, to be told to the user."""

from __future__ import annotations

import importlib.util
import sys
import types
from collections.abc import Sequence
from typing import TYPE_CHECKING

from nb_assets.fingerprint import outside
from nb_assets.fingerprint.names import attribute_names, imported_modules, imported_paths
from nb_assets.fingerprint.project import is_project_module

if TYPE_CHECKING:
    from types import FunctionType

_DYNAMIC = frozenset({"eval", "exec", "globals", "locals", "vars", "__import__"})
# By these, of installed packages, code reaches modules that are not named in it.
_DYNAMIC_IMPORTS = frozenset({"import_module", "run_path", "run_module", "exec_module"})
# What is left out of a function's meaning, and yet can be read.
_LOOKS = frozenset({"__annotations__", "__doc__", "get_type_hints", "get_annotations", "getdoc", "getsource"})


class Notes:
    """Collects what is to be told. Each line is told once."""

    def __init__(self) -> None:
        self.untracked: dict[str, None] = {}
        self.outside: dict[str, None] = {}

    def add(self, untracked: str) -> None:
        """Note something that cannot be tracked."""
        self.untracked[untracked] = None

    def take_up(self, fn: FunctionType) -> None:
        """Note what a function's code says by itself: its imports, and the methods that it calls."""
        for level, name in imported_modules(fn.__code__):
            module = name
            if level:
                package = fn.__globals__.get("__package__") or ""
                module = importlib.util.resolve_name("." * level + name, package) if package else name
            if level or _is_project_import(module):
                self.add(f"`{module}`, which `{fn.__name__}` imports while it runs: import it at the top")
        for path in imported_paths(fn.__code__):
            self.taken(fn, path[0].partition(".")[0], path[1:], before=path[0].split(".")[-1:])
        attributes = attribute_names(fn.__code__)
        known = " ".join(self.outside)
        for method in outside.reading_methods(attributes):
            if f"{method}(" not in known:
                self.outside[outside.told(("…", method))] = None
        for name in sorted(attributes & _LOOKS):
            self._looks(fn, name)

    def builtin(self, fn: FunctionType, name: str) -> None:
        """Note what a builtin does, by its name."""
        if name in _DYNAMIC:
            self._unknown(fn, name)
        elif outside.reading_builtin(name):
            self.outside[outside.told((name,))] = None

    def taken(
        self, fn: FunctionType, package: str, names: Sequence[str], *, before: Sequence[str] = ()
    ) -> bool:
        """Note what is read from outside by names of an installed package; tell whether anything is."""
        for name in names:
            if name in _DYNAMIC_IMPORTS:
                self._unknown(fn, name)
            elif name in _LOOKS:
                self._looks(fn, name)
        reading = outside.reading_of(package, names)
        if reading:
            self.outside[outside.told((*before, *reading))] = None
        return bool(reading)

    def _unknown(self, fn: FunctionType, name: str) -> None:
        self.add(f"`{name}()` in `{fn.__name__}`: what it reaches cannot be known")

    def _looks(self, fn: FunctionType, name: str) -> None:
        self.add(f"`{name}` in `{fn.__name__}`: annotations and docstrings are not tracked")


def _is_project_import(name: str) -> bool:
    module = sys.modules.get(name)
    if module is not None:
        return is_project_module(module)
    try:
        spec = importlib.util.find_spec(name.partition(".")[0])
    except (ImportError, ValueError):
        return False
    if spec is None or spec.origin is None:
        return False
    module = types.ModuleType(name)
    module.__file__ = spec.origin
    return is_project_module(module)
