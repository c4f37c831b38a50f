"""Everything that a function reaches, with what each part means and what of it cannot be tracked.

A function reaches names through its globals, its closure and its defaults. Functions and classes of the notebook or of
the project's own modules count by their code, plain values by their content, installed packages not at all.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import inspect
import sys
import types
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.assets_definition import AssetsDefinition
from nb_assets.definitions.compute import SHOWN_PARAMETER
from nb_assets.definitions.graph_definition import GraphDefinition
from nb_assets.definitions.op import OpDefinition
from nb_assets.fingerprint.data_version import fingerprint_data
from nb_assets.fingerprint.evidence import ABSENT, Evidence
from nb_assets.fingerprint.names import free_paths, global_paths, imported_modules
from nb_assets.fingerprint.normal_form import normal_form, normal_form_of_code
from nb_assets.fingerprint.project import (
    is_generated,
    is_project_class,
    is_project_function,
    is_project_module,
)
from nb_assets.fingerprint.source import is_as_loaded, loaded_source

if TYPE_CHECKING:
    from types import FunctionType

    from nb_assets.definitions.compute import ComputeFunction

_MAX_SHOWN = 200
_DYNAMIC = frozenset({"eval", "exec", "globals", "locals", "vars", "__import__"})
_SHORT = (str, bytes, int, float, bool, type(None), list, tuple, dict, set, frozenset)
_UNCHANGING = frozenset({str, bytes, int, float, complex, bool, type(None), type(...)})
_CLASS_MACHINERY = frozenset(
    {"__dict__", "__weakref__", "__doc__", "__module__", "__annotations__", "__firstlineno__"}
    | {
        "__static_attributes__",
        "__annotate__",
        "__annotate_func__",
        "__annotations_cache__",
        "__match_args__",
    }
    | {"__dataclass_params__", "__dataclass_fields__", "__abstractmethods__", "_abc_impl", "__parameters__"}
    | {"__orig_bases__", "__qualname__", "__slotnames__"}
)


class Reach:
    """Collects what is reached from one definition's function. A worklist, so that no chain of helpers is too deep."""

    def __init__(self) -> None:
        self.meanings: dict[str, str] = {}
        self.shown: dict[str, str] = {}
        self.untracked: dict[str, None] = {}
        self.evidence = Evidence()
        self._seen: set[int] = set()
        self._work: list[tuple[str, FunctionType]] = []

    def start(self, name: str, compute: ComputeFunction) -> None:
        """Take up a definition's own function, the decorators around it, and all that they reach."""
        own = inspect.unwrap(compute.fn)
        source = compute.source
        if compute.definition_source is None and isinstance(own, types.FunctionType):
            source = self._source(name, own)
        self._add(name, normal_form(source) if source else _meaning_without_source(own), source)
        wrapper = compute.fn
        if isinstance(own, types.FunctionType):
            self._seen.add(id(own))
            self._work.append((name, own))
        while wrapper is not own:
            self._value(f"{name}(decorator)", wrapper)
            wrapper = wrapper.__wrapped__  # type: ignore[attr-defined]
        while self._work:
            self._reached_from(*self._work.pop())

    def version(self, name: str, op: OpDefinition) -> None:
        """Take up an op by the code version that the user gave it, in place of its code."""
        self._add(name, f"code version {op.code_version}", op.compute.source)

    def _add(self, name: str, meaning: str, shown: str | None = None) -> None:
        # Two modules may have different things of one name: both count.
        unique, count = name, 1
        while self.meanings.get(unique, meaning) != meaning:
            count += 1
            unique = f"{name} [{count}]"
        self.meanings[unique] = meaning
        self.shown[unique] = shown if shown is not None else meaning

    def _source(self, name: str, fn: FunctionType) -> str | None:
        source = loaded_source(fn)
        if source is None and not is_as_loaded(fn.__code__):
            self.untracked[
                f"`{name}`: its module was edited after it was loaded, and the old code still runs: load it again"
            ] = None
        return source

    def _reached_from(self, name: str, fn: FunctionType) -> None:
        self.evidence.saw_function(fn)
        for index, default in enumerate(fn.__defaults__ or ()):
            self._value(f"{name}(default {index + 1})", default)
        for keyword, default in sorted((fn.__kwdefaults__ or {}).items()):
            if keyword != SHOWN_PARAMETER:
                self._value(f"{name}(default {keyword})", default)
        cells = dict(zip(fn.__code__.co_freevars, fn.__closure__ or (), strict=False))
        for path in free_paths(fn.__code__):
            if path[0] in cells and (content := self.evidence.look_into(cells[path[0]])) is not ABSENT:
                self._along(fn, path, content)
        for path in global_paths(fn.__code__):
            self._global(fn, path)
        for module in imported_modules(fn.__code__):
            if _is_project_import(module):
                self.untracked[
                    f"`{module}`, which `{fn.__name__}` imports while it runs: import it at the top"
                ] = None

    def _global(self, fn: FunctionType, path: tuple[str, ...]) -> None:
        name = path[0]
        value = self.evidence.look_up(fn.__globals__, name)
        if value is ABSENT:
            if name in _DYNAMIC:
                self.untracked[f"`{name}()` in `{fn.__name__}`: what it reaches cannot be known"] = None
            return
        self._along(fn, path, value)

    def _along(self, fn: FunctionType, path: tuple[str, ...], value: Any) -> None:
        """Take up what a name stands for, or what is taken of it where it is a module of the project."""
        shown = path[0]
        for attribute in path[1:]:
            # Only through modules: what an attribute of an object gives may depend on anything.
            if not isinstance(value, types.ModuleType) or not is_project_module(value):
                break
            found = self.evidence.look_up(vars(value), attribute)
            if found is ABSENT:
                break
            value, shown = found, f"{shown}.{attribute}"
        if isinstance(value, types.ModuleType) and is_project_module(value):
            self.untracked[f"the module `{shown}`, which `{fn.__name__}` takes as a whole"] = None
        self._value(shown, value)

    def _value(self, name: str, value: Any) -> None:
        try:
            self._by_type(name, value)
        except Exception as error:  # noqa: BLE001 - objects of users may raise at any touch
            self.untracked[
                f"`{name}` ({type(value).__name__}): {type(error).__name__} while looking at it"
            ] = None

    def _by_type(self, name: str, value: Any) -> None:
        if isinstance(value, OpDefinition) and value.code_version is not None:
            self.version(name, value)
            return
        value = _function_behind(value)
        if isinstance(value, types.ModuleType):
            return
        if isinstance(value, type):
            self._class(name, value)
        elif isinstance(value, types.FunctionType):
            self._function(name, value)
        elif isinstance(value, types.MethodType):
            self._value(name, value.__func__)
            self._value(f"{name}(self)", value.__self__)
        elif isinstance(value, functools.partial):
            self._value(f"{name}(partial)", value.func)
            self._value(f"{name}(arguments)", [value.args, value.keywords])
        elif callable(value) and isinstance(
            wrapped := getattr(value, "__wrapped__", None), types.FunctionType
        ):
            self._value(name, wrapped)
        elif isinstance(value, (types.BuiltinFunctionType, types.BuiltinMethodType)) or _is_installed(value):
            return
        else:
            self._plain(name, value)

    def _function(self, name: str, fn: FunctionType) -> None:
        if id(fn) in self._seen:
            return
        self._seen.add(id(fn))
        if is_project_function(fn):
            source = self._source(name, fn)
            self._add(name, normal_form(source) if source else normal_form_of_code(fn.__code__), source)
            self._work.append((name, fn))
        else:
            # An installed decorator may have one of the project's functions inside it.
            for free, cell in zip(fn.__code__.co_freevars, fn.__closure__ or (), strict=False):
                content = self.evidence.look_into(cell)
                if isinstance(
                    content, (types.FunctionType, types.MethodType, AssetsDefinition, OpDefinition)
                ):
                    self._value(f"{name}.{free}", content)
        if isinstance(wrapped := getattr(fn, "__wrapped__", None), types.FunctionType):
            self._function(f"{name}.__wrapped__", wrapped)

    def _class(self, name: str, cls: type) -> None:
        if not is_project_class(cls) or id(cls) in self._seen:
            return
        self._seen.add(id(cls))
        self.evidence.saw_class(cls)
        bases = ", ".join(base.__qualname__ for base in cls.__bases__)
        # What dataclasses and their like generate follows from the annotations and from the parameters.
        described = [_annotations(cls), repr(vars(cls).get("__dataclass_params__", ""))]
        self._add(name, f"class({bases}) {described}", f"class {cls.__qualname__}({bases})")
        for base in cls.__bases__:
            self._class(f"{name}({base.__qualname__})", base)
        if type(cls) is not type:
            self._class(f"{name}(metaclass)", type(cls))
        for attribute, member in sorted(vars(cls).items()):
            if attribute not in _CLASS_MACHINERY:
                self._member(f"{name}.{attribute}", cls, member)

    def _member(self, name: str, cls: type, member: Any) -> None:
        parts = [member]
        if isinstance(member, property):
            parts = [part for part in (member.fget, member.fset, member.fdel) if part is not None]
        elif isinstance(
            inner := getattr(member, "__func__", None) or getattr(member, "func", None), types.FunctionType
        ):
            parts = [inner]  # a static or class method, a cached property
        for part in parts:
            if isinstance(part, (types.MemberDescriptorType, types.GetSetDescriptorType)):
                continue
            if (
                isinstance(part, types.FunctionType)
                and is_generated(part.__code__)
                and not hasattr(part, "__wrapped__")
            ):
                continue
            if isinstance(part, cls):  # a member of an enumeration: its value says what it is
                part = getattr(part, "value", None)  # noqa: PLW2901
            self._value(name, part)

    def _plain(self, name: str, value: Any) -> None:
        for each in (value, *_items(value)):
            if is_project_class(type(each)):
                self._class(type(each).__qualname__, type(each))

        def content() -> str:
            return fingerprint_data(value, functions=self._function_in_value).version

        data = fingerprint_data(value, functions=self._function_in_value)
        if not data.tracked:
            note = data.note or "its content cannot be hashed"
            self.untracked[f"`{name}` ({type(value).__name__}): {note}"] = None
            return
        if type(value) not in _UNCHANGING:
            self.evidence.saw_content(content, data.version)
        text = repr(value) if isinstance(value, _SHORT) else f"{type(value).__name__} {data.version}"
        self._add(name, data.version, text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + "…")

    def _function_in_value(self, fn: FunctionType) -> str:
        name = fn.__qualname__
        self._function(name, fn)
        source = self._source(name, fn) if is_project_function(fn) else None
        meaning = normal_form(source) if source else normal_form_of_code(fn.__code__)
        return f"{fn.__module__}:{name}:{hashlib.blake2b(meaning.encode(), digest_size=8).hexdigest()}"


def _function_behind(value: Any) -> Any:
    """Return the function that a definition is made of; any other value as it is."""
    if isinstance(value, (AssetsDefinition, OpDefinition)):
        return value.compute.fn
    return value.compose_fn if isinstance(value, GraphDefinition) else value


def _meaning_without_source(fn: Any) -> str:
    code = getattr(fn, "__code__", None)
    return normal_form_of_code(code) if code is not None else f"{type(fn).__module__}.{type(fn).__qualname__}"


def _items(value: Any) -> tuple[Any, ...]:
    if isinstance(value, dict):
        return tuple(value.values())
    return tuple(value) if type(value) in (list, tuple, set, frozenset) and len(value) <= _MAX_SHOWN else ()


def _annotations(cls: type) -> list[str]:
    try:
        annotations = inspect.get_annotations(cls)
    except Exception:  # noqa: BLE001 - they may be any expression, of names that are not there
        return []
    return [f"{name}: {getattr(hint, '__qualname__', None) or hint}" for name, hint in annotations.items()]


def _is_installed(value: Any) -> bool:
    """Tell whether a value is code of an installed package, such as a ufunc or a compiled function."""
    return callable(value) and not is_project_class(type(value)) and not hasattr(value, "__dict__")


def _is_project_import(name: str) -> bool:
    module = sys.modules.get(name)
    if module is not None:
        return is_project_module(module)
    try:
        spec = importlib.util.find_spec(name.partition(".")[0])
    except (ImportError, ValueError):
        return False
    if spec is None or spec.origin is None:
        return False
    module = types.ModuleType(name)
    module.__file__ = spec.origin
    return is_project_module(module)
