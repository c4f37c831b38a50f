"""Which names compiled code reads from outside: globals, and the modules that it imports by itself."""

from __future__ import annotations

import dis
import functools
import types
from collections.abc import Iterator

_TRANSPARENT = frozenset({"CACHE", "PUSH_NULL", "EXTENDED_ARG", "PRECALL"})


_GLOBAL = frozenset({"LOAD_GLOBAL", "LOAD_NAME"})
_FREE = frozenset({"LOAD_DEREF", "LOAD_CLASSDEREF", "LOAD_FROM_DICT_OR_DEREF"})
Path = tuple[str, ...]


@functools.lru_cache(maxsize=8192)
def global_paths(code: types.CodeType) -> tuple[Path, ...]:
    """Return each global that the code reads, with the attributes taken of it at once: ("module", "function")."""
    return _paths(code, _GLOBAL)


@functools.lru_cache(maxsize=8192)
def free_paths(code: types.CodeType) -> tuple[Path, ...]:
    """Return each variable of its closure that the code reads, with the attributes taken of it at once."""
    return tuple(path for path in _paths(code, _FREE) if path[0] in code.co_freevars)


def _paths(code: types.CodeType, loads: frozenset[str]) -> tuple[Path, ...]:
    paths: dict[Path, None] = {}
    for inner in _with_nested(code):
        current: Path = ()
        for instruction in dis.get_instructions(inner):
            if instruction.opname in loads:
                _add(paths, current)
                current = (instruction.argval,)
            elif current and instruction.opname in {"LOAD_ATTR", "LOAD_METHOD"}:
                current = (*current, instruction.argval)
            elif instruction.opname not in _TRANSPARENT:
                _add(paths, current)
                current = ()
        _add(paths, current)
    return tuple(paths)


@functools.lru_cache(maxsize=8192)
def imported_modules(code: types.CodeType) -> tuple[str, ...]:
    """Return the modules that the code imports while it runs."""
    return tuple(
        dict.fromkeys(
            instruction.argval
            for inner in _with_nested(code)
            for instruction in dis.get_instructions(inner)
            if instruction.opname == "IMPORT_NAME"
        )
    )


def _add(paths: dict[Path, None], path: Path) -> None:
    if path:
        paths[path] = None


def _with_nested(code: types.CodeType) -> Iterator[types.CodeType]:
    pending = [code]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(constant for constant in current.co_consts if isinstance(constant, types.CodeType))
