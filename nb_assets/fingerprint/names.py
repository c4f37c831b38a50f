"""Which names compiled code reads from outside: globals, attributes, and the modules that it imports by itself."""

from __future__ import annotations

import dis
import functools
import re
import types
from collections.abc import Iterator
from typing import Any, NamedTuple

_TRANSPARENT = frozenset({"CACHE", "PUSH_NULL", "EXTENDED_ARG", "PRECALL"})
_GLOBAL = frozenset({"LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS"})
_FREE = frozenset({"LOAD_DEREF", "LOAD_CLASSDEREF", "LOAD_FROM_DICT_OR_DEREF"})
# Texts in which pandas, DuckDB and numexpr look up variables of whoever calls them: those behind an @, or all.
_MARKED = frozenset({"query", "eval"})
_TEXTS = frozenset({"sql", "evaluate"})
_AT = re.compile(r"@([^\W\d]\w*)")
_WORD = re.compile(r"[^\W\d]\w*")
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
    # Python before 3.12 does not say that `super()` reads its class.
    implied = [("__class__",)] if "__class__" in code.co_freevars else []
    return tuple(
        dict.fromkeys([*(path for path in _paths(code, _FREE) if path[0] in code.co_freevars), *implied])
    )


class Imported(NamedTuple):
    """A module that code imports while it runs, with the number of its leading dots, and what is taken of it."""

    level: int
    module: str
    taken: Path


@functools.lru_cache(maxsize=8192)
def imported(code: types.CodeType) -> tuple[Imported, ...]:
    """Return what the code takes of modules that it imports by itself."""
    if not any(_imports(inner) for inner in with_nested(code)):
        return ()
    named = {alias: found for inner in with_nested(code) for alias, found in _aliases(inner)}
    used = [path for path in _paths(code, _LOCAL) if path[0] in named]
    paths = [named[path[0]]._replace(taken=(*named[path[0]].taken, *path[1:])) for path in used]
    without_use = [found for alias, found in named.items() if all(path[0] != alias for path in used)]
    return tuple(dict.fromkeys([*without_use, *paths]))


@functools.lru_cache(maxsize=8192)
def names_in_texts(code: types.CodeType, more: str | None = None) -> tuple[str, ...]:
    """Return the variables that texts of the code may name: `df.query("x > @LIMIT")`, `duckdb.sql("from trips")`.

    Parameters
    ----------
    more
        A text that is not in the code itself, in place of those that are.
    """
    attributes = attribute_names(code)
    all_words = attributes & _TEXTS or any(path[1:] == ("eval",) for path in global_paths(code))
    if not all_words and not attributes & _MARKED:
        return ()
    texts = _texts(code) if more is None else [more]
    return tuple(
        dict.fromkeys(name for text in texts for name in (_WORD if all_words else _AT).findall(text))
    )


def _texts(code: types.CodeType) -> Iterator[str]:
    for inner in with_nested(code):
        yield from (constant for constant in inner.co_consts if isinstance(constant, str))


@functools.lru_cache(maxsize=8192)
def attribute_names(code: types.CodeType) -> frozenset[str]:
    """Return the names of all attributes that the code takes of anything."""
    return frozenset(
        value
        for inner in with_nested(code)
        for operation, value in _instructions(inner)
        if operation in _ATTRIBUTE
    )


def _paths(code: types.CodeType, loads: frozenset[str]) -> tuple[Path, ...]:
    paths: dict[Path, None] = {}
    for inner in with_nested(code):
        current: Path = ()
        for operation, value in _instructions(inner):
            if operation in loads:
                _add(paths, current)
                current = (value,)
            elif current and operation in _ATTRIBUTE:
                current = (*current, value)
            else:
                _add(paths, current)
                current = ()
        _add(paths, current)
    return tuple(paths)


def _imports(code: types.CodeType) -> bool:
    return any(operation == "IMPORT_NAME" for operation, _ in _instructions(code))


def _aliases(code: types.CodeType) -> Iterator[tuple[str, Imported]]:
    """Yield the local names that imports are stored under, and what each stands for."""
    module: Imported | None = None
    current: Imported | None = None
    # The level and the names that are imported lie on the stack, just before.
    before: list[object] = []
    for operation, value in _instructions(code):
        if operation == "IMPORT_NAME":
            level, names = before[-2:] if len(before) > 1 else (0, None)
            level = level if isinstance(level, int) else 0
            name = str(value)
            # `import a.b` gives a, `from a.b import c` gives a.b.
            module = current = Imported(level, name if names or level else name.partition(".")[0], ())
        elif operation == "IMPORT_FROM" and module is not None:
            current = module._replace(taken=(*module.taken, value))
        elif operation.startswith("STORE_") and current is not None:
            if isinstance(value, str):
                yield value, current
            current = None
        before = [*before[-1:], value]


@functools.lru_cache(maxsize=256)
def _instructions(code: types.CodeType) -> tuple[tuple[str, Any], ...]:
    """Return what the code does, step by step: each operation with its argument. Asked several times of each code."""
    return tuple(
        (each.opname, each.argval) for each in dis.get_instructions(code) if each.opname not in _TRANSPARENT
    )


def _add(paths: dict[Path, None], path: Path) -> None:
    if path:
        paths[path] = None


def with_nested(code: types.CodeType) -> Iterator[types.CodeType]:
    """Yield code, and that of the functions and classes in it."""
    pending = [code]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(constant for constant in current.co_consts if isinstance(constant, types.CodeType))
