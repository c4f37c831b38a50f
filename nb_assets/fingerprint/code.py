"""The fingerprint of what a function means: its own code, and that of the project's code which it reaches.

A function reaches names: through its globals, its closure and its defaults. Functions and classes of the notebook or of
the project's own modules count by their code, plain values by their content; installed packages do not count. What can
be neither read nor hashed is named as not tracked, so that nobody takes it for tracked.

Values are read when the fingerprint is asked for, not when the function is defined: editing a helper's cell shows at
once.
"""

from __future__ import annotations

import dis
import functools
import hashlib
import inspect
import site
import sys
import sysconfig
import textwrap
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.assets_definition import AssetsDefinition
from nb_assets.definitions.compute import SHOWN_PARAMETER
from nb_assets.fingerprint.data_version import fingerprint_data
from nb_assets.fingerprint.normal_form import normal_form, normal_form_of_code

if TYPE_CHECKING:
    from types import CodeType, FunctionType

_INSTALLED = tuple(
    dict.fromkeys(
        [
            *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")),
            *site.getsitepackages(),
            site.getusersitepackages(),
            # This package too, when it is used from a checkout.
            str(Path(__file__).parents[1]),
        ]
    )
)
_MAX_SHOWN = 200
_DYNAMIC = frozenset({"eval", "exec", "globals", "locals", "vars", "__import__"})


@dataclass(frozen=True, kw_only=True)
class CodeFingerprint:
    """What a definition's code means now.

    Attributes
    ----------
    version
        The code version that the user gave, else a hash of the parts.
    parts
        What was reached, by name, in a form to compare and to show: source for code, a short text for values. The
        definition's own code comes first.
    untracked
        What could not be tracked, each with the reason.
    """

    version: str
    parts: Mapping[str, str]
    untracked: tuple[str, ...] = ()


def fingerprint_code(definition: AssetsDefinition, explicit: str | None = None) -> CodeFingerprint:
    """Return the fingerprint of the code of a definition as it is now.

    Parameters
    ----------
    explicit
        The code version that the user gave, which takes the place of the computed one.
    """
    walk = _Walk()
    own = definition.compute
    own_name = definition.__name__
    walk.add(
        own_name, normal_form(own.source) if own.source else normal_form_of_code(own.fn.__code__), own.source
    )
    walk.function(own_name, inspect.unwrap(own.fn), is_own=True)
    if explicit is not None:
        return CodeFingerprint(version=explicit, parts=walk.shown, untracked=())
    digest = hashlib.blake2b(digest_size=16)
    for name, meaning in sorted(walk.meanings.items()):
        digest.update(f"{len(name)}:{name}{len(meaning)}:{meaning}".encode())
    return CodeFingerprint(
        version=f"code:{digest.hexdigest()}", parts=walk.shown, untracked=tuple(walk.untracked)
    )


class _Walk:
    """Collects what is reached from a function. A worklist, so that no chain of helpers is too deep."""

    def __init__(self) -> None:
        self.meanings: dict[str, str] = {}
        self.shown: dict[str, str] = {}
        self.untracked: dict[str, None] = {}
        self._seen: set[int] = set()
        self._work: list[tuple[str, FunctionType]] = []

    def add(self, name: str, meaning: str, shown: str | None = None) -> None:
        self.meanings[name] = meaning
        self.shown[name] = shown if shown is not None else meaning

    def function(self, name: str, fn: Any, *, is_own: bool = False) -> None:
        if not isinstance(fn, types.FunctionType):
            if not is_own:
                self.value(name, fn)
            return
        self._work.append((name, fn))
        while self._work:
            self._reached_from(*self._work.pop())

    def _reached_from(self, name: str, fn: FunctionType) -> None:
        if id(fn) in self._seen:
            return
        self._seen.add(id(fn))
        for index, default in enumerate(fn.__defaults__ or ()):
            self.value(f"{name}(default {index + 1})", default)
        for keyword, default in sorted((fn.__kwdefaults__ or {}).items()):
            if keyword == SHOWN_PARAMETER:
                continue
            self.value(f"{name}(default {keyword})", default)
        for free, cell in zip(fn.__code__.co_freevars, fn.__closure__ or (), strict=False):
            try:
                self.value(free, cell.cell_contents)
            except ValueError:  # an empty cell: the name is not bound yet
                continue
        for path in _global_names(fn.__code__):
            self._global(fn, path)

    def _global(self, fn: FunctionType, path: tuple[str, ...]) -> None:
        name = path[0]
        if name not in fn.__globals__:
            if name in _DYNAMIC:
                self.untracked[f"`{name}()` in `{fn.__name__}`: what it reaches cannot be known"] = None
            return
        value, shown = fn.__globals__[name], name
        for attribute in path[1:]:
            # Only through modules: what an attribute of an object gives may depend on anything.
            if (
                not isinstance(value, types.ModuleType)
                or not _is_project_module(value)
                or not hasattr(value, attribute)
            ):
                break
            value, shown = getattr(value, attribute), f"{shown}.{attribute}"
        self.value(shown, value)

    def value(self, name: str, value: Any) -> None:
        if isinstance(value, types.ModuleType):
            return
        if isinstance(value, AssetsDefinition):
            value = value.compute.fn
        if isinstance(value, type):
            self._class(name, value)
        elif isinstance(value, types.FunctionType):
            self._function_value(name, value)
        elif isinstance(value, types.MethodType):
            self.value(name, value.__func__)
        elif isinstance(value, functools.partial):
            self.value(f"{name}(partial)", value.func)
            self.value(f"{name}(arguments)", [value.args, value.keywords])
        elif callable(value) and isinstance(
            wrapped := getattr(value, "__wrapped__", None), types.FunctionType
        ):
            self.value(name, wrapped)
        elif isinstance(value, (types.BuiltinFunctionType, types.BuiltinMethodType)) or _is_installed_object(
            value
        ):
            return
        else:
            self._plain(name, value)

    def _function_value(self, name: str, fn: FunctionType) -> None:
        if not _is_project_code(fn.__code__):
            return
        if id(fn) not in self._seen:
            source = _source(fn)
            self.add(name, normal_form(source) if source else normal_form_of_code(fn.__code__), source)
            self._work.append((name, fn))
        if isinstance(wrapped := getattr(fn, "__wrapped__", None), types.FunctionType):
            self._function_value(f"{name}.__wrapped__", wrapped)

    def _class(self, name: str, cls: type) -> None:
        if not _is_project_class(cls) or id(cls) in self._seen:
            return
        self._seen.add(id(cls))
        self.add(
            name,
            f"class({', '.join(base.__qualname__ for base in cls.__bases__)})",
            f"class {cls.__qualname__}",
        )
        for base in cls.__bases__:
            self._class(f"{name}({base.__qualname__})", base)
        for attribute, member in sorted(vars(cls).items()):
            if attribute in _CLASS_MACHINERY:
                continue
            inner = getattr(member, "__func__", None) or getattr(member, "fget", None) or member
            if not isinstance(inner, (types.MemberDescriptorType, types.GetSetDescriptorType)):
                self.value(f"{name}.{attribute}", inner)

    def _plain(self, name: str, value: Any) -> None:
        data = fingerprint_data(value)
        if not data.tracked:
            self.untracked[
                f"`{name}` ({type(value).__name__}): {data.note or 'its content cannot be hashed'}"
            ] = None
            return
        text = repr(value) if isinstance(value, _SHORT) else f"{type(value).__name__} {data.version}"
        self.add(name, data.version, text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + "…")


_SHORT = (str, bytes, int, float, bool, type(None), list, tuple, dict, set, frozenset)
_CLASS_MACHINERY = frozenset(
    {
        "__dict__",
        "__weakref__",
        "__doc__",
        "__module__",
        "__annotations__",
        "__firstlineno__",
        "__static_attributes__",
    }
    | {"__annotate__", "__annotate_func__", "__annotations_cache__", "__match_args__", "__dataclass_params__"}
    | {
        "__dataclass_fields__",
        "__abstractmethods__",
        "_abc_impl",
        "__parameters__",
        "__orig_bases__",
        "__qualname__",
    }
)


@functools.lru_cache(maxsize=8192)
def _global_names(code: CodeType) -> tuple[tuple[str, ...], ...]:
    """Return each global that the code reads, with the attributes taken of it at once: ("module", "function")."""
    paths: dict[tuple[str, ...], None] = {}
    for inner in _with_nested(code):
        current: tuple[str, ...] = ()
        for instruction in dis.get_instructions(inner):
            if instruction.opname in {"LOAD_GLOBAL", "LOAD_NAME"}:
                current = (instruction.argval,)
            elif current and instruction.opname in {"LOAD_ATTR", "LOAD_METHOD"}:
                paths.pop(current, None)
                current = (*current, instruction.argval)
            elif instruction.opname not in {"CACHE", "PUSH_NULL", "EXTENDED_ARG"}:
                current = ()
            if current:
                paths[current] = None
    return tuple(paths)


def _with_nested(code: CodeType) -> Iterator[CodeType]:
    pending = [code]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(constant for constant in current.co_consts if isinstance(constant, types.CodeType))


@functools.lru_cache(maxsize=8192)
def _source_of_code(code: CodeType) -> str | None:
    try:
        return inspect.getsource(code)
    except (OSError, TypeError):
        return None


def _source(fn: FunctionType) -> str | None:
    source = _source_of_code(fn.__code__)
    return None if source is None else textwrap.dedent(source)


@functools.lru_cache(maxsize=8192)
def _is_project_code(code: CodeType) -> bool:
    return not _is_installed_file(code.co_filename)


def _is_installed_file(filename: str) -> bool:
    return filename.startswith(_INSTALLED) or (
        filename.startswith("<") and not filename.startswith("<ipython")
    )


def _is_project_class(cls: type) -> bool:
    module = sys.modules.get(cls.__module__)
    return cls.__module__ == "__main__" or (module is not None and _is_project_module(module))


def _is_project_module(module: types.ModuleType) -> bool:
    filename = getattr(module, "__file__", None)
    return filename is not None and not _is_installed_file(filename)


def _is_installed_object(value: Any) -> bool:
    """Tell whether a value is code of an installed package, such as a ufunc or a compiled function."""
    return callable(value) and not _is_project_class(type(value)) and not hasattr(value, "__dict__")
