"""Which names compiled code reads from outside: globals, attributes, and the modules that it imports by itself."""

from __future__ import annotations

import dis
import functools
import types
from collections.abc import Iterator

_TRANSPARENT = frozenset({"CACHE", "PUSH_NULL", "EXTENDED_ARG", "PRECALL"})
_GLOBAL = frozenset({"LOAD_GLOBAL", "LOAD_NAME"})
_FREE = frozenset({"LOAD_DEREF", "LOAD_CLASSDEREF", "LOAD_FROM_DICT_OR_DEREF"})
_LOCAL = frozenset({"LOAD_FAST", "LOAD_FAST_CHECK", "LOAD_FAST_BORROW", "LOAD_NAME", "LOAD_DEREF"})
_ATTRIBUTE = frozenset({"LOAD_ATTR", "LOAD_METHOD"})
Path = tuple[str, ...]


@functools.lru_cache(maxsize=8192)
def global_paths(code: types.CodeType) -> tuple[Path, ...]:
    """Return each global that the code reads, with the attributes taken of it at once: ("module", "function")."""
    return _paths(code, _GLOBAL)


@functools.lru_cache(maxsize=8192)
def free_paths(code: types.CodeType) -> tuple[Path, ...]:
    """Return each variable of its closure that the code reads, with the attributes taken of it at once."""
    return tuple(path for path in _paths(code, _FREE) if path[0] in code.co_freevars)


@functools.lru_cache(maxsize=8192)
def imported_paths(code: types.CodeType) -> tuple[Path, ...]:
    """Return what the code takes of modules that it imports by itself: the module's name, then the attributes."""
    named = {alias: path for inner in _with_nested(code) for alias, path in _aliases(inner) if path[0]}
    direct = [path for path in named.values() if len(path) > 1]
    taken = [(*named[path[0]], *path[1:]) for path in _paths(code, _LOCAL) if path[0] in named]
    return tuple(dict.fromkeys([*direct, *taken]))


@functools.lru_cache(maxsize=8192)
def attribute_names(code: types.CodeType) -> frozenset[str]:
    """Return the names of all attributes that the code takes of anything."""
    return frozenset(
        instruction.argval
        for inner in _with_nested(code)
        for instruction in dis.get_instructions(inner)
        if instruction.opname in _ATTRIBUTE
    )


@functools.lru_cache(maxsize=8192)
def imported_modules(code: types.CodeType) -> tuple[tuple[int, str], ...]:
    """Return the modules that the code imports while it runs, each with the number of its leading dots."""
    found: dict[tuple[int, str], None] = {}
    for inner in _with_nested(code):
        # The level lies on the stack below the names that are imported, just before.
        before: list[object] = []
        for instruction in dis.get_instructions(inner):
            if instruction.opname == "IMPORT_NAME":
                level = before[-2] if len(before) > 1 else 0
                found[level if isinstance(level, int) else 0, instruction.argval] = None
            if instruction.opname not in _TRANSPARENT:
                before = [*before[-1:], instruction.argval]
    return tuple(found)


def _paths(code: types.CodeType, loads: frozenset[str]) -> tuple[Path, ...]:
    paths: dict[Path, None] = {}
    for inner in _with_nested(code):
        current: Path = ()
        for instruction in dis.get_instructions(inner):
            if instruction.opname in loads:
                _add(paths, current)
                current = (instruction.argval,)
            elif current and instruction.opname in _ATTRIBUTE:
                current = (*current, instruction.argval)
            elif instruction.opname not in _TRANSPARENT:
                _add(paths, current)
                current = ()
        _add(paths, current)
    return tuple(paths)


def _aliases(code: types.CodeType) -> Iterator[tuple[str, Path]]:
    """Yield the local names that imports are stored under, and what each stands for."""
    module: Path = ()
    current: Path = ()
    for instruction in dis.get_instructions(code):
        if instruction.opname == "IMPORT_NAME":
            module = current = (instruction.argval,)
        elif instruction.opname == "IMPORT_FROM" and module:
            current = (*module, instruction.argval)
        elif instruction.opname.startswith("STORE_") and current:
            if isinstance(instruction.argval, str):
                yield instruction.argval, current
            current = ()


def _add(paths: dict[Path, None], path: Path) -> None:
    if path:
        paths[path] = None


def _with_nested(code: types.CodeType) -> Iterator[types.CodeType]:
    pending = [code]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(constant for constant in current.co_consts if isinstance(constant, types.CodeType))
