"""Whether anything that a fingerprint was taken from has changed since: asked for every status, so it has to be quick.

What was looked up is looked up again and compared by identity; what can change in place is hashed again. Values are
held weakly where their types allow, so that what the user deletes is not kept.
"""

from __future__ import annotations

import abc
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from types import CellType, CodeType, FunctionType

# What was hashed in this look, by identity.
_looked: ContextVar[dict[int, tuple[Any, str]] | None] = ContextVar("nb_assets_looked", default=None)
ABSENT: Final = object()
_EMPTY: Final = object()
# What stands for a value: a weak reference to it, or the value itself. Weak references, as values, are rare.
_Held = Any


@contextmanager
def one_look() -> Iterator[None]:
    """Hash each value once in the block, however many assets use it: it is one moment."""
    token = None if _looked.get() is not None else _looked.set({})
    try:
        yield
    finally:
        if token is not None:
            _looked.reset(token)


def first_in_look(asker: object) -> bool:
    """Tell whether this is the first time that somebody asks in the block of `one_look`; outside of one it always is."""
    seen = _looked.get()
    if seen is None:
        return True
    if id(asker) in seen:
        return False
    seen[id(asker)] = (asker, "")
    return True


def _hashed(value: Any, take: Callable[[Any], str]) -> str:
    seen = _looked.get()
    if seen is None:
        return take(value)
    known = seen.get(id(value))
    if known is None:
        # Kept until the end, so that no other value gets its identity.
        known = seen[id(value)] = (value, take(value))
    return known[1]


class Evidence:
    """Everything that was looked up for a fingerprint, and what it was."""

    def __init__(self) -> None:
        self._lookups: list[tuple[Mapping[str, Any], str, _Held]] = []
        self._weak_lookups: list[tuple[Mapping[str, Any], str, weakref.ref[Any]]] = []
        self._cells: list[tuple[CellType, _Held, bool]] = []
        self._functions: list[tuple[weakref.ref[FunctionType], CodeType, Any, Any, dict[str, _Held]]] = []
        self._classes: list[tuple[weakref.ref[type], tuple[str, ...], tuple[Any, ...]]] = []
        self._registered: Any = None
        self._contents: list[tuple[_Held, bool, Callable[[Any], str], str]] = []

    def look_up(self, namespace: Mapping[str, Any], name: str) -> Any:
        """Return what a name stands for in a namespace, or `ABSENT`."""
        value = namespace.get(name, ABSENT)
        reference = _weakly(value)
        if reference is None:
            self._lookups.append((namespace, name, value))
        else:
            self._weak_lookups.append((namespace, name, reference))
        return value

    def look_into(self, cell: CellType) -> Any:
        """Return the content of a closure's cell, or `ABSENT` when nothing is bound yet."""
        value = _content(cell)
        reference = _weakly(value)
        self._cells.append((cell, value if reference is None else reference, reference is not None))
        return ABSENT if value is _EMPTY else value

    def saw_function(self, fn: FunctionType) -> None:
        """Remember the code of a function, which reloading tools replace in place, and its attributes."""
        self._functions.append(
            (weakref.ref(fn), fn.__code__, fn.__defaults__, fn.__kwdefaults__, dict(fn.__dict__))
        )

    def saw_class(self, cls: type) -> None:
        """Remember the members of a class."""
        members = _members(cls)
        if isinstance(cls, abc.ABCMeta):
            # It changes whenever any class is registered with any abstract one.
            self._registered = abc.get_cache_token()
        self._classes.append((weakref.ref(cls), tuple(members), tuple(members.values())))

    def saw_content(self, value: Any, hashed: Callable[[Any], str], version: str) -> None:
        """Remember the hash of something that can change in place, and how to take it again."""
        reference = _weakly(value)
        held = value if reference is None else reference
        self._contents.append((held, reference is not None, hashed, version))

    def holds(self) -> bool:
        """Tell whether everything is as it was. What cannot be looked at, as it changes right now, is not."""
        try:
            return (
                self._lookups_hold()
                and self._functions_hold()
                and self._classes_hold()
                and all(
                    _hashed(held() if weak else held, hashed) == version
                    for held, weak, hashed, version in self._contents
                )
            )
        except Exception:  # noqa: BLE001 - another thread changes it, or an object of the user raises
            return False

    def _lookups_hold(self) -> bool:
        for namespace, name, value in self._lookups:
            if namespace.get(name, ABSENT) is not value:
                return False
        for namespace, name, reference in self._weak_lookups:
            # What is gone is None here, which is never what was referred to.
            if (now := namespace.get(name)) is None or now is not reference():
                return False
        for cell, held, weak in self._cells:
            if (now := _content(cell)) is None and weak:
                return False
            if now is not (held() if weak else held):
                return False
        return True

    def _functions_hold(self) -> bool:
        for reference, code, defaults, keyword_defaults, attributes in self._functions:
            fn = reference()
            if (
                fn is None
                or fn.__code__ is not code
                or fn.__defaults__ is not defaults
                or fn.__kwdefaults__ is not keyword_defaults
            ):
                return False
            now = fn.__dict__
            if (now or attributes) and (
                now.keys() != attributes.keys() or any(now[name] is not attributes[name] for name in now)
            ):
                return False
        return True

    def _classes_hold(self) -> bool:
        if self._registered is not None and self._registered != abc.get_cache_token():
            return False
        for reference, names, values in self._classes:
            cls = reference()
            if cls is None:
                return False
            members = _members(cls)
            if tuple(members) != names or any(
                now is not then for now, then in zip(members.values(), values, strict=True)
            ):
                return False
        return True


def _weakly(value: Any) -> weakref.ref[Any] | None:
    try:
        return weakref.ref(value)
    except TypeError:
        return None


def _members(cls: type) -> dict[str, Any]:
    # Pickling an object leaves a note of its own in the class, and so does asking for its subclasses.
    return {
        name: member
        for name, member in vars(cls).items()
        if name not in ("__slotnames__", "__annotations_cache__")
    }


def _content(cell: CellType) -> Any:
    try:
        return cell.cell_contents
    except ValueError:
        return _EMPTY
