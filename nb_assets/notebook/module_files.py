"""The files behind modules: which modules hang together, which of their files changed, and importing those anew.

Not responsible for what the modules define (`notebook.modules`).
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import importlib.util
import linecache
import pkgutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from nb_assets.fingerprint.project import is_project_module

__all__ = ["Stamp", "anew", "hanging_together", "outdated", "stamp_of", "users_of"]

_LOOKED_AT = 1000  # items of a list; longer ones are data
_HEADER = slice(8, 16)  # of a compiled file: when its source was changed, and how long that is, see PEP 552


@dataclass(frozen=True)
class Stamp:
    """A file as it was at one moment; two are equal when their texts are."""

    digest: str
    modified: int
    size: int

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Stamp) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


def stamp_of(module: ModuleType, before: Stamp | None = None) -> Stamp | None:
    """Return how the file of a module is now; it is not read when it looks as it did before."""
    file = getattr(module, "__file__", None)
    inside = " ".join(_inside(module))
    try:
        status = Path(file or "").stat()
        if (
            before is not None
            and not inside
            and (before.modified, before.size) == (status.st_mtime_ns, status.st_size)
        ):
            return before
        # A package is what its folder lists, too.
        text = Path(file or "").read_bytes() + inside.encode()
    except OSError:
        return before  # a file that went or cannot be read is told of when it is imported
    return Stamp(hashlib.sha256(text).hexdigest(), status.st_mtime_ns, status.st_size)


def hanging_together(roots: Iterable[ModuleType]) -> list[ModuleType]:
    """Return the modules and those of the project's own that they use, each after what it uses."""
    found: dict[str, ModuleType] = {}
    stack: list[tuple[ModuleType, Iterator[ModuleType]]] = []
    entered: set[str] = set()
    for root in roots:
        if root.__name__ not in entered:
            entered.add(root.__name__)
            stack.append((root, iter(_used_by(root))))
        while stack:
            module, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                found[module.__name__] = module
            elif following.__name__ not in entered:
                entered.add(following.__name__)
                stack.append((following, iter(_used_by(following))))
    return list(found.values())


def users_of(changed: Iterable[ModuleType], ordered: Iterable[ModuleType]) -> list[ModuleType]:
    """Return, in order, the changed modules and those that use one of them, over any number of steps."""
    going = {module.__name__ for module in changed}
    reached: list[ModuleType] = []
    for module in ordered:
        if module.__name__ in going or any(used.__name__ in going for used in _used_by(module)):
            going.add(module.__name__)
            reached.append(module)
    return reached


def outdated(module: ModuleType) -> bool:
    """Tell whether the file of a module was changed since it was imported, as far as its compiled file tells."""
    file, cached = getattr(module, "__file__", None), getattr(module.__spec__, "cached", None)
    try:
        status = Path(file or "").stat()
        header = Path(cached or "").read_bytes()[_HEADER]
    except OSError:
        return file is not None
    expected = (int(status.st_mtime) & 0xFFFFFFFF, status.st_size & 0xFFFFFFFF)
    return header != b"".join(number.to_bytes(4, "little") for number in expected)


def anew(modules: Iterable[ModuleType], namespace: dict[str, Any]) -> None:
    """Import modules again, in this order; names of the namespace follow what they were bound to.

    Raises
    ------
    BaseException
        What a module raises. All of them are then as they were.
    """
    modules = list(modules)
    before = {module.__name__: dict(vars(module)) for module in modules}
    try:
        for module in modules:
            _again(module)
    except BaseException:
        for module, names in zip(modules, before.values(), strict=True):
            vars(module).clear()
            vars(module).update(names)
        raise
    _follow(modules, before, namespace)


def _again(module: ModuleType) -> None:
    names = vars(module)
    # What the new text does not define is gone; what makes it a module stays, and so do the modules inside it.
    for name in [name for name in names if not name.startswith("__") and not _is_inside(names[name], module)]:
        del names[name]
    file = getattr(module, "__file__", None)
    if file is not None:
        linecache.cache.pop(file, None)
        # A compiled file counts as up to date for a second, which is long enough for an edit.
        with contextlib.suppress(OSError, NotImplementedError):
            Path(importlib.util.cache_from_source(file)).unlink(missing_ok=True)
    importlib.invalidate_caches()
    importlib.reload(module)


def _follow(
    modules: Iterable[ModuleType], before: Mapping[str, Mapping[str, Any]], namespace: dict[str, Any]
) -> None:
    """Bind names that stood for functions, classes and definitions of the modules to what stands there now."""
    by_name = {module.__name__: module for module in modules}
    moved = {
        id(old): (home, name)
        for home in by_name
        for name, old in before[home].items()
        if callable(old) and (_home(old) == home or type(old).__module__.startswith("nb_assets."))
    }
    for bound, value in list(namespace.items()):
        # One of an earlier import, as `%autoreload` leaves behind, is known by its own name.
        own = getattr(value, "__qualname__", None) or getattr(value, "__name__", None)
        home, name = moved.get(id(value)) or (_home(value) if callable(value) else None, own)
        if home in by_name and not isinstance(value, ModuleType) and isinstance(name, str):
            namespace[bound] = vars(by_name[home]).get(name, value)


def _used_by(module: ModuleType) -> list[ModuleType]:
    used: dict[str, ModuleType] = {}
    for value in list(vars(module).values()):
        for item in value[:_LOOKED_AT] if isinstance(value, (list, tuple)) else (value,):
            other = item if isinstance(item, ModuleType) else sys.modules.get(_home(item) or "")
            if other is not None and other is not module and is_project_module(other):
                used[other.__name__] = other
    used |= {name: sys.modules[name] for name in _inside(module) if name in sys.modules}
    used.pop("__main__", None)
    return list(used.values())


def _home(value: Any) -> str | None:
    home = getattr(value, "__module__", None)
    return home if isinstance(home, str) else None


def _inside(module: ModuleType) -> list[str]:
    folders = getattr(module, "__path__", None)
    if folders is None:
        return []
    return [info.name for info in pkgutil.iter_modules(list(folders), f"{module.__name__}.")]


def _is_inside(value: Any, module: ModuleType) -> bool:
    return isinstance(value, ModuleType) and value.__name__.startswith(f"{module.__name__}.")
