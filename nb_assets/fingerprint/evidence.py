"""Whether anything that a fingerprint was taken from has changed since: asked for every status, so it has to be quick.

What was looked up is looked up again and compared by identity; what can change in place is hashed again. What several
fingerprints rest on is looked at once in a look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeVar

from nb_assets.fingerprint.witness import (
    ABSENT,
    EMPTY,
    CellWitness,
    class_witness,
    content_of,
    content_witness,
    function_witness,
    name_witness,
)

if TYPE_CHECKING:
    from types import CellType, FunctionType

    from nb_assets.fingerprint.witness import Witness

T = TypeVar("T")


class _Look:
    """What was found in one look: which witnesses hold, which do not, and what was asked only once."""

    def __init__(self) -> None:
        self.holding: set[Witness] = set()
        self.changed: set[Witness] = set()
        self.asked: dict[int, tuple[object, Any]] = {}

    def holds(self, witness: Witness) -> bool:
        """Tell whether a witness holds. What cannot be looked at, as it changes right now, does not."""
        if witness in self.holding:
            return True
        try:
            holds = witness not in self.changed and witness.holds()
        except Exception:  # noqa: BLE001 - another thread changes it, or an object of the user raises
            holds = False
        (self.holding if holds else self.changed).add(witness)
        return holds


_look: ContextVar[_Look | None] = ContextVar("nb_assets_look", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """Look at each thing once in the block, however many assets use it: it is one moment."""
    token = None if _look.get() is not None else _look.set(_Look())
    try:
        yield
    finally:
        if token is not None:
            _look.reset(token)


def first_in_look(asker: object) -> bool:
    """Tell whether this is the first time that somebody asks in the block of `one_look`; outside of one it always is."""
    look = _look.get()
    if look is None:
        return True
    if id(asker) in look.asked:
        return False
    look.asked[id(asker)] = (asker, None)
    return True


def once_in_look(about: object, take: Callable[[], T], *, keep: Callable[[], bool]) -> T:
    """Return what was taken of a thing in this look, or take it now.

    Parameters
    ----------
    keep
        Tells, once it was taken, whether it is the same for everybody who asks.
    """
    look = _look.get()
    if look is None:
        return take()
    known = look.asked.get(id(about))
    if known is None:
        taken = take()
        if keep():
            # Kept until the end, so that no other value gets its identity.
            look.asked[id(about)] = (about, taken)
        return taken
    return known[1]  # type: ignore[no-any-return]


class Evidence:
    """Everything that was looked up for a fingerprint, and what it was."""

    def __init__(self) -> None:
        self._witnesses: dict[Witness, None] = {}

    def look_up(self, namespace: Mapping[str, Any], name: str) -> Any:
        """Return what a name stands for in a namespace, or `ABSENT`."""
        value = namespace.get(name, ABSENT)
        self._witnesses[name_witness(namespace, name, value)] = None
        return value

    def look_into(self, cell: CellType) -> Any:
        """Return the content of a closure's cell, or `ABSENT` when nothing is bound yet."""
        value = content_of(cell)
        self._witnesses[CellWitness(cell, value)] = None
        return ABSENT if value is EMPTY else value

    def saw_function(self, fn: FunctionType) -> None:
        """Remember the code of a function, which reloading tools replace in place, and its attributes."""
        self._witnesses[function_witness(fn)] = None

    def saw_class(self, cls: type) -> None:
        """Remember the members of a class."""
        self._witnesses[class_witness(cls)] = None

    def saw_content(self, value: Any, hashed: Callable[[Any], str], version: str) -> None:
        """Remember the hash of something that can change in place, and how to take it again."""
        self._witnesses[content_witness(value, hashed, version)] = None

    def rest_on(self, other: Evidence) -> None:
        """Remember all that was looked up for something else, too."""
        self._witnesses |= other._witnesses

    def holds(self) -> bool:
        """Tell whether everything is as it was."""
        look = _look.get() or _Look()
        return look.holding.issuperset(self._witnesses) or all(map(look.holds, self._witnesses))

    @property
    def witnesses(self) -> Iterable[Witness]:
        """What was looked up, each once."""
        return self._witnesses


def hold_together(witnesses: Iterable[Witness]) -> Callable[[], bool]:
    """Return what tells at once whether all of some witnesses hold: much quicker than asking one by one."""
    by_kind: dict[type, list[Any]] = {}
    for witness in witnesses:
        by_kind.setdefault(type(witness), []).append(witness)
    # Those that cannot be asked together are costly, and shared: each is asked once in a look.
    apart = [each for kind, found in by_kind.items() if not hasattr(kind, "together") for each in found]
    checks = [kind.together(found) for kind, found in by_kind.items() if hasattr(kind, "together")]

    def hold() -> bool:
        look = _look.get() or _Look()
        try:
            return all(check() for check in checks) and all(map(look.holds, apart))
        except Exception:  # noqa: BLE001 - as above: one by one tells which
            return False

    return hold
