"""Whether anything that a fingerprint was taken from has changed since: asked for every status, so it has to be quick.

What was looked up is looked up again and compared by identity; what can change in place is hashed again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from types import CellType, CodeType, FunctionType

ABSENT: Final = object()
_EMPTY: Final = object()


class Evidence:
    """Everything that was looked up for a fingerprint, and what it was."""

    def __init__(self) -> None:
        self._lookups: list[tuple[Mapping[str, Any], str, Any]] = []
        self._cells: list[tuple[CellType, Any]] = []
        self._functions: list[tuple[FunctionType, CodeType, Any, Any]] = []
        self._classes: list[tuple[type, tuple[str, ...], tuple[Any, ...]]] = []
        self._contents: list[tuple[Callable[[], str], str]] = []

    def look_up(self, namespace: Mapping[str, Any], name: str) -> Any:
        """Return what a name stands for in a namespace, or `ABSENT`."""
        value = namespace.get(name, ABSENT)
        self._lookups.append((namespace, name, value))
        return value

    def look_into(self, cell: CellType) -> Any:
        """Return the content of a closure's cell, or `ABSENT` when nothing is bound yet."""
        value = _content(cell)
        self._cells.append((cell, value))
        return ABSENT if value is _EMPTY else value

    def saw_function(self, fn: FunctionType) -> None:
        """Remember the code of a function, which reloading tools replace in place."""
        self._functions.append((fn, fn.__code__, fn.__defaults__, fn.__kwdefaults__))

    def saw_class(self, cls: type) -> None:
        """Remember the members of a class."""
        members = _members(cls)
        self._classes.append((cls, tuple(members), tuple(members.values())))

    def saw_content(self, hashed: Callable[[], str], version: str) -> None:
        """Remember the hash of something that can change in place, and how to take it again."""
        self._contents.append((hashed, version))

    def holds(self) -> bool:
        """Tell whether everything is as it was."""
        for namespace, name, value in self._lookups:
            if namespace.get(name, ABSENT) is not value:
                return False
        for fn, code, defaults, keyword_defaults in self._functions:
            if (
                fn.__code__ is not code
                or fn.__defaults__ is not defaults
                or fn.__kwdefaults__ is not keyword_defaults
            ):
                return False
        for cell, value in self._cells:
            if _content(cell) is not value:
                return False
        for cls, names, values in self._classes:
            members = _members(cls)
            if tuple(members) != names or any(
                now is not then for now, then in zip(members.values(), values, strict=True)
            ):
                return False
        return all(hashed() == version for hashed, version in self._contents)


def _members(cls: type) -> dict[str, Any]:
    # Pickling an object leaves a note of its own in the class.
    return {name: member for name, member in vars(cls).items() if name != "__slotnames__"}


def _content(cell: CellType) -> Any:
    try:
        return cell.cell_contents
    except ValueError:
        return _EMPTY
