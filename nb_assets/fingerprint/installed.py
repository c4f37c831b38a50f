"""What the project has put into installed code: functions exchanged in modules, methods and accessors added to classes."""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from nb_assets.fingerprint import class_form
from nb_assets.fingerprint.meaning import is_project, package_of
from nb_assets.fingerprint.names import attribute_names
from nb_assets.fingerprint.project import is_project_class
from nb_assets.fingerprint.witness import ABSENT

if TYPE_CHECKING:
    from nb_assets.fingerprint.evidence import Evidence

# The classes that projects add methods and accessors to, whose objects come from anywhere.
_EXTENDED: Final = {
    "pandas": ("DataFrame", "Series", "Index"),
    "polars": ("DataFrame", "LazyFrame", "Series", "Expr"),
}
# What installed decorators keep for themselves.
WITHOUT_MEANING: Final = frozenset(
    {"WeakKeyDictionary", "WeakValueDictionary", "WeakSet", "lock", "RLock", "_local", "ValidateCallWrapper"}
)
_CACHES: Final = frozenset({"cache", "memo"})
_PLAIN: Final = (str, bytes, int, float, complex, bool, type(None))


def patches(code: types.CodeType, evidence: Evidence) -> Iterator[tuple[str, Any]]:
    """Yield what the project added to the classes of pandas and polars under one of the names that the code uses."""
    attributes = sorted(attribute_names(code))
    for package, names in _EXTENDED.items() if attributes else ():
        # It may be loaded later, and added to then.
        module = evidence.look_up(sys.modules, package)
        for name in names if isinstance(module, types.ModuleType) else ():
            cls = evidence.look_up(vars(module), name)
            if isinstance(cls, type):
                yield from _added(cls, attributes, evidence)


def exchanged(
    owner: types.ModuleType | type,
    path: tuple[str, ...],
    evidence: Evidence,
    attributes: frozenset[str] = frozenset(),
) -> Iterator[tuple[str, Any]]:
    """Yield what is found along a path into installed code that is not what was installed there, and plain values.

    Parameters
    ----------
    attributes
        Other names that are taken of objects of the class.
    """
    walked: list[str] = []
    for name in path:
        found = evidence.look_up(vars(owner), name)
        walked.append(name)
        if isinstance(found, types.ModuleType) and not isinstance(owner, type):
            owner = found
            continue
        if found is not ABSENT and _is_exchanged(owner, name, found):
            yield (f"{owner.__name__}.{name}" if isinstance(owner, type) else ".".join(walked)), found
        elif isinstance(found, type):
            owner = found
            continue
        break
    if isinstance(owner, type):
        yield from _added(owner, sorted(attributes - {*path}), evidence)


def _is_exchanged(owner: types.ModuleType | type, name: str, found: Any) -> bool:
    if isinstance(found, _PLAIN):
        return True
    if isinstance(found, (types.FunctionType, type)):
        home = owner.__name__ if isinstance(owner, types.ModuleType) else owner.__module__
        own = found.__name__
        return is_project(found) or own != name or package_of(found.__module__) != package_of(home)
    return False


def _added(cls: type, attributes: list[str], evidence: Evidence) -> Iterator[tuple[str, Any]]:
    for name in attributes:
        member = evidence.look_up(vars(cls), name)
        if member is ABSENT:
            continue
        if isinstance(member, _PLAIN) and not name.startswith("__"):
            yield f"{cls.__name__}.{name}", member
        # An accessor is an object that holds the class of the project.
        held = getattr(member, "__dict__", {}).values() if not isinstance(member, type) else ()
        for part in [*class_form.parts(member), *(one for one in held if isinstance(one, type))]:
            is_class = isinstance(part, type)
            if (is_class and is_project_class(part)) or (
                isinstance(part, types.FunctionType) and is_project(part)
            ):
                yield f"{cls.__name__}.{name}", part


def inside(fn: types.FunctionType, evidence: Evidence) -> Iterator[tuple[str, Any]]:
    """Yield what an installed function that was made for the project carries with it."""
    registry = getattr(fn, "registry", None)
    if isinstance(registry, types.MappingProxyType) and hasattr(fn, "dispatch"):
        yield "registry", registry
        return
    for index, default in enumerate(fn.__defaults__ or () if fn.__closure__ else ()):
        yield f"(default {index + 1})", default
    for free, cell in zip(fn.__code__.co_freevars, fn.__closure__ or (), strict=False):
        content = evidence.look_into(cell)
        if content is not ABSENT and free not in _CACHES and type(content).__name__ not in WITHOUT_MEANING:
            yield free, content
