"""What can be asked whether one thing is as it was: a name, a closure's cell, a function, a class, a value that can change.

Those that several fingerprints rest on are one object, so that each is asked once in a look. Values are held weakly
where their types allow, so that what the user deletes is not kept.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Hashable, Iterable, Mapping
from itertools import repeat
from operator import attrgetter, is_
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

if TYPE_CHECKING:
    from types import CellType, FunctionType

ABSENT: Final = object()
EMPTY: Final = object()


class Witness(Protocol):
    """Tells whether something is as it was when it was taken."""

    __slots__ = ("__weakref__",)

    def holds(self) -> bool:
        """Tell whether it is as it was. May raise where something is changed right now."""
        ...


Check = Callable[[], bool]

_known: weakref.WeakValueDictionary[Hashable, Any] = weakref.WeakValueDictionary()


def name_witness(namespace: Mapping[str, Any], name: str, value: Any) -> Witness:
    """Return the witness of what a name stands for in a namespace, `ABSENT` where it stands for nothing."""
    # It keeps the namespace, so that the identity stays that of this one.
    at = (id(namespace), name)
    known = _known.get(at)
    if isinstance(known, (_Name, _WeakName)) and known.stands_for(value):
        return known
    reference = _weakly(value)
    taken: Witness = (
        _Name(namespace, name, value) if reference is None else _WeakName(namespace, name, reference)
    )
    _known[at] = taken
    return taken


def function_witness(fn: FunctionType) -> Witness:
    """Return the witness of the code of a function, which reloading tools replace in place, and of its attributes."""
    return _shared(id(fn), lambda: _Function(fn))


def class_witness(cls: type) -> Witness:
    """Return the witness of the members of a class."""
    return _shared(id(cls), lambda: _Class(cls))


def content_witness(value: Any, hashed: Callable[[Any], str], version: str) -> Witness:
    """Return the witness of something that can change in place, given its hash and how to take it again."""
    at = (id(value), hashed)
    known = _known.get(at)
    if isinstance(known, _Content) and known.version == version and known.value() is value:
        return known
    taken = _known[at] = _Content(value, hashed, version)
    return taken


def content_of(cell: CellType) -> Any:
    """Return what is bound in a closure's cell, or `EMPTY`."""
    try:
        return cell.cell_contents
    except ValueError:
        return EMPTY


class CellWitness:
    """Whether a closure's cell still has the same content."""

    __slots__ = ("__weakref__", "_cell", "_held", "_is_weak")

    def __init__(self, cell: CellType, content: Any) -> None:
        reference = _weakly(content)
        self._cell = cell
        self._held = content if reference is None else reference
        self._is_weak = reference is not None

    def holds(self) -> bool:
        """Tell whether it has."""
        now = content_of(self._cell)
        # What is gone is None, which is never what was referred to.
        return now is self._held if not self._is_weak else now is not None and now is self._held()


class _Name:
    __slots__ = ("__weakref__", "name", "namespace", "value")

    def __init__(self, namespace: Mapping[str, Any], name: str, value: Any) -> None:
        self.namespace, self.name, self.value = namespace, name, value

    def stands_for(self, value: Any) -> bool:
        return value is self.value

    def holds(self) -> bool:
        return self.namespace.get(self.name, ABSENT) is self.value

    @staticmethod
    def together(witnesses: Iterable[_Name]) -> Check:
        """Return what tells of many at once whether all of them hold."""
        parts = [
            (space.get, [each.name for each in of_it], [each.value for each in of_it])
            for space, of_it in _by_namespace(witnesses)
        ]

        def hold() -> bool:
            return all(all(map(is_, map(get, names, repeat(ABSENT)), values)) for get, names, values in parts)

        return hold


class _WeakName:
    __slots__ = ("__weakref__", "name", "namespace", "reference")

    def __init__(self, namespace: Mapping[str, Any], name: str, reference: weakref.ref[Any]) -> None:
        self.namespace, self.name, self.reference = namespace, name, reference

    def stands_for(self, value: Any) -> bool:
        return value is not None and value is self.reference()

    def holds(self) -> bool:
        now = self.namespace.get(self.name)
        return now is not None and now is self.reference()

    @staticmethod
    def together(witnesses: Iterable[_WeakName]) -> Check:
        """Return what tells of many at once whether all of them hold."""
        parts = [
            (space.get, [each.name for each in of_it], [each.reference for each in of_it])
            for space, of_it in _by_namespace(witnesses)
        ]

        def hold() -> bool:
            for get, names, references in parts:
                then = [reference() for reference in references]
                if any(map(is_, then, repeat(None))) or not all(map(is_, map(get, names), then)):
                    return False
            return True

        return hold


_N = TypeVar("_N", _Name, _WeakName)


class _Function:
    __slots__ = ("__weakref__", "attributes", "code", "defaults", "keyword_defaults", "reference")

    def __init__(self, fn: FunctionType) -> None:
        self.reference = weakref.ref(fn)
        self.code = fn.__code__
        self.defaults = fn.__defaults__
        # Both are dicts, which can change in place.
        self.keyword_defaults: dict[str, Any] = dict(fn.__kwdefaults__ or {})
        self.attributes: dict[str, Any] = dict(fn.__dict__)

    def holds(self) -> bool:
        fn = self.reference()
        if fn is None or fn.__code__ is not self.code or fn.__defaults__ is not self.defaults:
            return False
        return _holds_same(fn.__kwdefaults__ or {}, self.keyword_defaults) and _holds_same(
            fn.__dict__, self.attributes
        )

    @staticmethod
    def together(witnesses: Iterable[_Function]) -> Check:
        """Return what tells of many at once whether all of them hold."""
        taken = list(witnesses)
        plain = [each for each in taken if not each.attributes and not each.keyword_defaults]
        others = [each for each in taken if each.attributes or each.keyword_defaults]
        references = [each.reference for each in plain]
        codes = [each.code for each in plain]
        defaults = [each.defaults for each in plain]

        def hold() -> bool:
            # What is gone is None, which has no code: the caller takes any error for a change.
            now: list[Any] = [reference() for reference in references]
            return (
                all(map(is_, map(attrgetter("__code__"), now), codes))
                and all(map(is_, map(attrgetter("__defaults__"), now), defaults))
                and not any(map(attrgetter("__kwdefaults__"), now))
                and not any(map(attrgetter("__dict__"), now))
                and all(each.holds() for each in others)
            )

        return hold


class _Class:
    __slots__ = ("__weakref__", "_kinds", "_names", "_reference", "_values")

    def __init__(self, cls: type) -> None:
        members = _members(cls)
        self._reference = weakref.ref(cls)
        # Neither is among the members, and both can be assigned to.
        self._kinds = (type(cls), *cls.__bases__)
        self._names, self._values = tuple(members), tuple(members.values())

    def holds(self) -> bool:
        cls = self._reference()
        if cls is None:
            return False
        members, kinds = _members(cls), (type(cls), *cls.__bases__)
        return (
            tuple(members) == self._names
            and all(map(is_, members.values(), self._values))
            and len(kinds) == len(self._kinds)
            and all(map(is_, kinds, self._kinds))
        )


class _Content:
    __slots__ = ("__weakref__", "_hashed", "_held", "_is_weak", "version")

    def __init__(self, value: Any, hashed: Callable[[Any], str], version: str) -> None:
        reference = _weakly(value)
        self._held = value if reference is None else reference
        self._is_weak = reference is not None
        self._hashed = hashed
        self.version = version

    def value(self) -> Any:
        return self._held() if self._is_weak else self._held

    def holds(self) -> bool:
        # Never by identity: what it refers to may be another thing by now, in any place of it.
        return self._hashed(self.value()) == self.version


def _holds_same(now: Mapping[str, Any], then: Mapping[str, Any]) -> bool:
    return not (now or then) or (now.keys() == then.keys() and all(now[name] is then[name] for name in then))


def _shared(at: Hashable, take: Callable[[], Witness]) -> Witness:
    known = _known.get(at)
    if known is not None and known.holds():
        return known  # type: ignore[no-any-return]
    taken = _known[at] = take()
    return taken


def _by_namespace(witnesses: Iterable[_N]) -> list[tuple[Mapping[str, Any], list[_N]]]:
    found: dict[int, tuple[Mapping[str, Any], list[_N]]] = {}
    for each in witnesses:
        found.setdefault(id(each.namespace), (each.namespace, []))[1].append(each)
    return list(found.values())


def _weakly(value: Any) -> weakref.ref[Any] | None:
    try:
        return weakref.ref(value)
    except TypeError:
        return None


def _members(cls: type) -> dict[str, Any]:
    # Pickling an object leaves a note of its own in the class, and so does asking for its subclasses.
    # The bases can be exchanged in place, as members can.
    members: dict[str, Any] = {"(bases)": cls.__bases__}
    members.update(
        (name, member)
        for name, member in vars(cls).items()
        if name not in ("__slotnames__", "__annotations_cache__")
    )
    return members
