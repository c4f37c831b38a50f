"""Everything that a function reaches, with what each part means and what of it cannot be tracked.

A function reaches names through its globals, its closure and its defaults. Functions and classes of the notebook or of
the project's own modules count by their code, plain values by their content, what is installed by its name. What is
not understood is noted as untracked, never left out in silence.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
import types
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.assets_definition import AssetsDefinition
from nb_assets.definitions.compute import SHOWN_PARAMETER
from nb_assets.definitions.graph_definition import GraphDefinition
from nb_assets.definitions.op import OpDefinition
from nb_assets.fingerprint import class_form
from nb_assets.fingerprint.data_version import fingerprint_data
from nb_assets.fingerprint.evidence import ABSENT, Evidence
from nb_assets.fingerprint.names import free_paths, global_paths
from nb_assets.fingerprint.normal_form import normal_form, normal_form_of_code
from nb_assets.fingerprint.notes import Notes
from nb_assets.fingerprint.project import is_project_class, is_project_function, is_project_module
from nb_assets.fingerprint.source import is_as_loaded, loaded_source

if TYPE_CHECKING:
    from types import FunctionType

    from nb_assets.definitions.compute import ComputeFunction

_MAX_SHOWN = 200
_SHORT = (str, bytes, int, float, bool, type(None), list, tuple, dict, set, frozenset)
_UNCHANGING = frozenset({str, bytes, int, float, complex, bool, type(None), type(...)})
# Packages whose wrappers do as the wrapped function does, and keep a state of their own: caches, machine code.
_TRANSPARENT_WRAPPERS = frozenset({"functools", "numba", "joblib"})
# What installed decorators keep for themselves.
_WITHOUT_MEANING = frozenset(
    {"WeakKeyDictionary", "WeakValueDictionary", "WeakSet", "lock", "RLock", "_local"}
)
_CACHES = frozenset({"cache", "memo"})
_INSTALLED_CODE = (
    types.WrapperDescriptorType,
    types.MethodDescriptorType,
    types.ClassMethodDescriptorType,
)


class Reach:
    """Collects what is reached from one definition's function. A worklist, so that no chain of helpers is too deep."""

    def __init__(self) -> None:
        self.meanings: dict[str, str] = {}
        self.shown: dict[str, str] = {}
        self.notes = Notes()
        self.evidence = Evidence()
        # What each function and class is called here. Those seen are kept, so that their identities stay theirs.
        self._seen: dict[int, str] = {}
        self._kept: list[Any] = []
        self._references: dict[str, None] = {}
        self._in_values = 0
        self._work: list[tuple[str, FunctionType]] = []

    def start(self, name: str, compute: ComputeFunction) -> None:
        """Take up a definition's own function, the decorators around it, and all that they reach."""
        own = inspect.unwrap(compute.fn)
        source = compute.source
        if compute.definition_source is None and isinstance(own, types.FunctionType):
            source = self._source(name, own)
        label = self._add_code(name, _meaning(own, source), source)
        wrapper = compute.fn
        if isinstance(own, types.FunctionType):
            self._seen[id(own)] = label
            self._kept.append(own)
            self._work.append((label, own))
        while wrapper is not own:
            self._value(f"{name}(decorator)", wrapper)
            wrapper = wrapper.__wrapped__  # type: ignore[attr-defined]
        while self._work:
            self._reached_from(*self._work.pop())

    def version(self, name: str, op: OpDefinition) -> str:
        """Take up an op by the code version that the user gave it, in place of its code."""
        return self._add(name, f"code version {op.code_version}", op.compute.source)

    @property
    def all_untracked(self) -> tuple[str, ...]:
        """What could not be tracked, and what is read from outside."""
        return (*self.notes.untracked, *self.notes.outside)

    @property
    def all_meanings(self) -> dict[str, str]:
        """What everything means, and which name leads where: of several things of one name, to which."""
        return {**self.meanings, "": "\n".join(sorted(self._references))}

    def _add(self, name: str, meaning: str, shown: str | None = None) -> str:
        """Note what a value means; return what it is called here."""
        # Two modules may have different things of one name: both count.
        unique, count = name, 1
        while self.meanings.get(unique, meaning) != meaning:
            count += 1
            unique = f"{name} [{count}]"
        self.meanings[unique] = meaning
        self.shown[unique] = shown if shown is not None else meaning
        return unique

    def _add_code(self, name: str, meaning: str, shown: str | None = None) -> str:
        """Note what a function or a class means; each has a name of its own, since it reaches things of its own."""
        unique, count = name, 1
        while unique in self.meanings:
            count += 1
            unique = f"{name} [{count}]"
        return self._add(unique, meaning, shown)

    def _source(self, name: str, fn: FunctionType) -> str | None:
        source = loaded_source(fn)
        if source is None and not is_as_loaded(fn.__code__):
            self.notes.add(
                f"`{name}`: its module was edited after it was loaded, and the old code still runs: load it again"
            )
        return source

    def _reached_from(self, label: str, fn: FunctionType) -> None:
        self.evidence.saw_function(fn)
        for part, held in _carried(fn):
            self._refer(label, part, self._value(f"{label}{part}", held))
        cells = dict(zip(fn.__code__.co_freevars, fn.__closure__ or (), strict=False))
        for path in free_paths(fn.__code__):
            if path[0] in cells and (content := self.evidence.look_into(cells[path[0]])) is not ABSENT:
                self._along(label, fn, path, content)
        for path in global_paths(fn.__code__):
            self._global(label, fn, path)
        self.notes.take_up(fn)

    def _global(self, label: str, fn: FunctionType, path: tuple[str, ...]) -> None:
        name = path[0]
        value = self.evidence.look_up(fn.__globals__, name)
        if value is ABSENT:
            self.notes.builtin(fn, name)
        else:
            self._along(label, fn, path, value)

    def _along(self, label: str, fn: FunctionType, path: tuple[str, ...], value: Any) -> None:
        """Take up what a name stands for, or what is taken of it where it is a module of the project."""
        shown, rest = path[0], path[1:]
        while rest and isinstance(value, types.ModuleType) and is_project_module(value):
            # Only through modules: what an attribute of an object gives may depend on anything.
            found = self.evidence.look_up(vars(value), rest[0])
            if found is ABSENT:
                break
            value, shown, rest = found, f"{shown}.{rest[0]}", rest[1:]
        if isinstance(value, types.ModuleType):
            if is_project_module(value) or not _is_loaded(value):
                self.notes.add(f"the module `{shown}`, which `{fn.__name__}` takes as a whole")
            else:
                self.notes.taken(fn, _package(value.__name__), rest, before=[shown])
        elif not _is_project(value):
            own = _own_name(value)
            names = (shown.rpartition(".")[2] if own in (None, "_modified_open") else own, *rest)
            package = "builtins" if own == "_modified_open" else _package(getattr(value, "__module__", None))
            if self.notes.taken(fn, package, names) and own is None:
                return  # such as the environment: what it holds is not code
        self._refer(label, shown, self._value(shown, value))

    def _refer(self, label: str, name: str, target: str) -> None:
        self._references[f"{label} {name} = {target}"] = None

    def _value(self, name: str, value: Any) -> str:
        """Take up a value; return what it is called here."""
        try:
            return self._by_type(name, value)
        except Exception as error:  # noqa: BLE001 - objects of users may raise at any touch
            self.notes.add(f"`{name}` ({type(value).__name__}): {type(error).__name__} while looking at it")
            return name

    def _by_type(self, name: str, value: Any) -> str:  # noqa: PLR0911 - one for each kind
        if isinstance(value, OpDefinition) and value.code_version is not None:
            return self.version(name, value)
        value = _function_behind(value)
        if isinstance(value, types.ModuleType):
            return f"module {value.__name__}"
        if isinstance(value, type):
            return self._class(name, value)
        if isinstance(value, types.FunctionType):
            return self._function(name, value)
        if isinstance(value, types.MethodType):
            return f"{self._value(name, value.__func__)} of {self._value(f'{name}(self)', value.__self__)}"
        if isinstance(value, functools.partial):
            called = self._value(f"{name}(partial)", value.func)
            return f"{called} {self._value(f'{name}(arguments)', [value.args, value.keywords])}"
        if isinstance(value, (types.BuiltinFunctionType, types.MethodWrapperType)):
            return self._builtin(name, value)
        if isinstance(value, _INSTALLED_CODE):
            return f"{value.__objclass__.__qualname__}.{value.__name__}"
        wrapped = getattr(value, "__wrapped__", None) if callable(value) else None
        if wrapped is not None and _package(type(value).__module__) in _TRANSPARENT_WRAPPERS:
            return f"{type(value).__qualname__} {self._value(name, wrapped)}"
        return self._plain(name, value)

    def _builtin(self, name: str, value: Any) -> str:
        owner = value.__self__
        if owner is None or isinstance(owner, types.ModuleType):
            return f"{value.__module__}.{value.__qualname__}"
        return f"{value.__qualname__} of {self._value(f'{name}(self)', owner)}"

    def _function(self, name: str, fn: FunctionType) -> str:
        if (label := self._seen.get(id(fn))) is not None:
            return label
        self._kept.append(fn)
        if is_project_function(fn):
            source = self._source(name, fn)
            label = self._seen[id(fn)] = self._add_code(name, _meaning(fn, source), source)
            self._work.append((label, fn))
        else:
            label = self._seen[id(fn)] = f"{fn.__module__}.{fn.__qualname__}"
            # An installed decorator may have one of the project's functions inside it.
            parts = [f"{part}={self._value(f'{name}.{part}', held)}" for part, held in self._inside(fn)]
            if parts:
                label = self._seen[id(fn)] = f"{label} {parts}"
        wrapped = getattr(fn, "__wrapped__", None)
        if wrapped is not None:
            self._refer(label, "__wrapped__", self._value(f"{name}.__wrapped__", wrapped))
        return label

    def _inside(self, fn: FunctionType) -> Iterator[tuple[str, Any]]:
        """Yield what an installed function that was made for the project carries with it."""
        registry = getattr(fn, "registry", None)
        if isinstance(registry, types.MappingProxyType) and hasattr(fn, "dispatch"):
            yield "registry", registry
            return
        for index, default in enumerate(fn.__defaults__ or () if fn.__closure__ else ()):
            yield f"(default {index + 1})", default
        for free, cell in zip(fn.__code__.co_freevars, fn.__closure__ or (), strict=False):
            content = self.evidence.look_into(cell)
            if (
                content is not ABSENT
                and free not in _CACHES
                and type(content).__name__ not in _WITHOUT_MEANING
            ):
                yield free, content

    def _class(self, name: str, cls: type) -> str:
        if (known := self._seen.get(id(cls))) is not None:
            return known
        if not is_project_class(cls):
            return f"{cls.__module__}.{cls.__qualname__}"
        self._kept.append(cls)
        bases = ", ".join(base.__qualname__ for base in cls.__bases__)
        label = self._add_code(name, class_form.declaration(cls), f"class {cls.__qualname__}({bases})")
        self._seen[id(cls)] = label
        self.evidence.saw_class(cls)
        for base in cls.__bases__:
            self._refer(label, "(base)", self._class(f"{name}({base.__qualname__})", base))
        if type(cls) is not type:
            self._refer(label, "(metaclass)", self._class(f"{name}(metaclass)", type(cls)))
        for attribute, member in class_form.members(cls):
            self._refer(label, f".{attribute}", self._value(f"{name}.{attribute}", member))
        return label

    def _plain(self, name: str, value: Any) -> str:
        met = self._in_values
        data = fingerprint_data(value, functions=self._function_in_value, classes=self._class_in_value)
        if not data.tracked:
            note = data.note or "its content cannot be hashed"
            self.notes.add(f"`{name}` ({type(value).__name__}): {note}")
            return name
        if type(value) not in _UNCHANGING:
            # Functions and classes within are evidence of their own; here it only counts which ones they are.
            plain = self._in_values == met
            self.evidence.saw_content(value, _identified, data.version if plain else _identified(value))
        text = _shown(value) or f"{type(value).__name__} {data.version}"
        return self._add(name, data.version, text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + "…")

    def _class_in_value(self, cls: type) -> str | None:
        if id(cls) not in self._seen and not is_project_class(cls):
            return None
        self._in_values += 1
        return self._class(cls.__qualname__, cls)

    def _function_in_value(self, fn: FunctionType) -> Any:
        """Return what stands for a function: its code, and what it carries with it."""
        self._in_values += 1
        name = fn.__qualname__
        label = self._function(name, fn)
        if not is_project_function(fn):
            return (label, getattr(fn, "__wrapped__", None))
        source = self._source(name, fn)
        meaning = hashlib.blake2b(_meaning(fn, source).encode("utf-8", "surrogatepass"), digest_size=8)
        cells = [
            content
            for cell in fn.__closure__ or ()
            if (content := self.evidence.look_into(cell)) is not ABSENT
        ]
        return (fn.__module__, name, meaning.digest(), cells, fn.__defaults__, fn.__kwdefaults__, fn.__dict__)


def _carried(fn: FunctionType) -> Iterator[tuple[str, Any]]:
    """Yield the defaults and the attributes of a function."""
    for index, default in enumerate(fn.__defaults__ or ()):
        yield f"(default {index + 1})", default
    for keyword, default in sorted((fn.__kwdefaults__ or {}).items()):
        if keyword != SHOWN_PARAMETER:
            yield f"(default {keyword})", default
    for attribute, held in sorted(fn.__dict__.items()):
        if attribute != "__wrapped__":
            yield f".{attribute}", held


def _function_behind(value: Any) -> Any:
    """Return the function that a definition is made of; any other value as it is."""
    if isinstance(value, (AssetsDefinition, OpDefinition)):
        return value.compute.fn
    return value.compose_fn if isinstance(value, GraphDefinition) else value


def _identified(value: Any) -> str:
    return fingerprint_data(value, functions=id, classes=_identity_of_class).version


def _identity_of_class(cls: type) -> str | None:
    return str(id(cls)) if is_project_class(cls) else None


def _meaning(fn: Any, source: str | None) -> str:
    code = getattr(fn, "__code__", None)
    # The source of a lambda is the line that it begins in, with what else there is.
    if source and (code is None or code.co_name != "<lambda>"):
        return normal_form(source)
    return normal_form_of_code(code) if code is not None else f"{type(fn).__module__}.{type(fn).__qualname__}"


def _package(module: Any) -> str:
    return module.partition(".")[0].lstrip("_") if isinstance(module, str) else ""


def _is_loaded(module: types.ModuleType) -> bool:
    """Tell whether a module was imported, and not put together by hand."""
    return module.__spec__ is not None or getattr(module, "__file__", None) is not None


def _is_project(value: Any) -> bool:
    if isinstance(value, types.FunctionType):
        return is_project_function(value)
    return is_project_class(value if isinstance(value, type) else type(value))


def _own_name(value: Any) -> str | None:
    named = isinstance(value, (type, types.FunctionType, types.BuiltinFunctionType))
    return getattr(value, "__name__", None) if named else None


def _shown(value: Any) -> str:
    """Return a plain value as it is written, or nothing when there is no telling it in short."""
    try:
        return repr(value) if isinstance(value, _SHORT) else ""
    except ValueError:  # an int of too many digits for Python to write out
        return ""
