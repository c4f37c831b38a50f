"""What of a function's code cannot be tracked, or is read from outside: one line for each, to be told to the user."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from nb_assets.fingerprint import outside
from nb_assets.fingerprint.calls import reads, remarks
from nb_assets.fingerprint.declared import covered
from nb_assets.fingerprint.meaning import home_of
from nb_assets.fingerprint.names import attribute_names, global_paths, imported

if TYPE_CHECKING:
    from types import FunctionType

    from nb_assets.definitions.outside_dep import EnvDep, FileDep

_DYNAMIC = frozenset({"eval", "exec", "globals", "locals", "vars", "__import__"})
# By these, of installed packages, code reaches modules that are not named in it.
_DYNAMIC_IMPORTS = frozenset({"import_module", "run_path", "run_module", "exec_module"})
# By these of the package, code reaches the names of other code.
_FRAMES = {
    "sys": frozenset({"modules", "_getframe", "_current_frames"}),
    "inspect": frozenset({"currentframe", "stack", "getmembers", "trace"}),
    "gc": frozenset({"get_objects", "get_referrers", "get_referents"}),
    "builtins": _DYNAMIC,
}
# What is left out of a function's meaning, and yet can be read.
_LOOKS = frozenset({"__annotations__", "__doc__", "get_type_hints", "get_annotations", "getdoc", "getsource"})


def _is_seeding(fn: FunctionType) -> bool:
    used = attribute_names(fn.__code__).union(path[0] for path in global_paths(fn.__code__))
    return not outside.SEEDING.isdisjoint(used)


class Notes:
    """Collects what is to be told. Each line is told once."""

    def __init__(self) -> None:
        self.untracked: dict[str, None] = {}
        # Each with the name of what reads it.
        self.outside: dict[str, str] = {}
        self.reads: dict[str, set[str | None]] = {}

    def add(self, untracked: str) -> None:
        """Note something that cannot be tracked."""
        self.untracked[untracked] = None

    def take_up(self, fn: FunctionType, source: str | None) -> None:
        """Note what a function's code says by itself: its imports, and what it calls."""
        for found in imported(fn.__code__):
            if not found.level:
                package = found.module.partition(".")[0]
                self.taken(fn, package, found.taken, before=found.module.split(".")[-1:])
        attributes = attribute_names(fn.__code__)
        known = " ".join(self.outside)
        of_paths = any(
            home_of(fn.__globals__.get(path[0])) == "pathlib" or "Path" in path
            for path in global_paths(fn.__code__)
        )
        for method in outside.reading_methods(attributes, of_paths=of_paths):
            if f"{method}(" not in known:
                self.outside[outside.told(("…", method))] = method
        for name in sorted(attributes & _LOOKS):
            self._looks(fn, name)
        if "__subclasses__" in attributes:
            self._unknown(fn, "__subclasses__")
        for name, argument, is_name in reads(source) if source else ():
            given = fn.__globals__.get(argument) if is_name and argument else argument
            told = os.fspath(given) if isinstance(given, (str, os.PathLike)) else None
            self.reads.setdefault(name, set()).add(told if isinstance(told, str) else None)
        for remark in remarks(source) if source else ():
            if remark.endswith("by a computed name"):
                self.add(f"{remark} in `{fn.__name__}`: which attribute it takes cannot be known")
            else:
                self.outside[f"differs from run to run: {remark}; what it gives is not tracked"] = ""

    def undeclared(self, declared: Sequence[FileDep | EnvDep]) -> tuple[str, ...]:
        """Return what is read from outside, but for what is declared."""
        return tuple(
            line
            for line, name in self.outside.items()
            if not declared
            or not (read := self.reads.get(name))
            or not all(covered(one, declared) for one in read)
        )

    def importing(self, fn: FunctionType, module: str) -> None:
        """Note a module of the project that cannot be imported now."""
        self.add(f"`{module}`, which `{fn.__name__}` imports while it runs, cannot be imported now")

    def builtin(self, fn: FunctionType, name: str) -> None:
        """Note what a builtin does, by its name."""
        if name in _DYNAMIC:
            self._unknown(fn, name)
        elif outside.reading_builtin(name):
            self.outside[outside.told((name,))] = name
        elif outside.varying_builtin(name) and fn.__name__ != "__hash__":
            self.outside[outside.told_varying((name,))] = ""

    def taken(
        self, fn: FunctionType, package: str, names: Sequence[str], *, before: Sequence[str] = ()
    ) -> bool:
        """Note what is read from outside by names of an installed package; tell whether anything is."""
        for name in names:
            if name in _DYNAMIC_IMPORTS or name in _FRAMES.get(package, ()):
                self._unknown(fn, name)
            elif name in _LOOKS:
                self._looks(fn, name)
        reading = outside.reading_of(package, names)
        varying = () if _is_seeding(fn) else outside.varying_of(package, names)
        if reading:
            self.outside[outside.told((*before, *reading))] = reading[-1]
        if varying:
            self.outside[outside.told_varying((*before, *varying))] = ""
        return bool(reading)

    def _unknown(self, fn: FunctionType, name: str) -> None:
        self.add(f"`{name}()` in `{fn.__name__}`: what it reaches cannot be known")

    def _looks(self, fn: FunctionType, name: str) -> None:
        self.add(f"`{name}` in `{fn.__name__}`: annotations and docstrings are not tracked")
