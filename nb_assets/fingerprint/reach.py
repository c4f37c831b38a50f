"""Everything that a function reaches, with what each part means and what of it cannot be tracked.

A function reaches names through its globals, its closure and its defaults. Functions and classes of the notebook or of
the project's own modules count by their code, plain values by their content, what is installed by its name. What is
not understood is noted as untracked, never left out in silence.
"""

from __future__ import annotations

import builtins
import functools
import hashlib
import inspect
import os
import sys
import types
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.op import OpDefinition
from nb_assets.definitions.outside_dep import outside_dep
from nb_assets.fingerprint import class_form
from nb_assets.fingerprint.data_version import fingerprint_data
from nb_assets.fingerprint.evidence import Evidence, once_in_look
from nb_assets.fingerprint.findings import Findings
from nb_assets.fingerprint.installed import WITHOUT_MEANING, exchanged, inside, patches
from nb_assets.fingerprint.meaning import (
    annotations_read,
    carried,
    exactly,
    function_behind,
    home_of,
    identified,
    is_loaded,
    is_project,
    meaning_of,
    own_name,
    package_of,
    shown,
)
from nb_assets.fingerprint.names import (
    Imported,
    attribute_names,
    free_paths,
    global_paths,
    imported,
    names_in_texts,
)
from nb_assets.fingerprint.notes import Notes
from nb_assets.fingerprint.project import (
    is_project_class,
    is_project_function,
    is_project_module,
    module_imported,
)
from nb_assets.fingerprint.source import is_as_loaded, loaded_source
from nb_assets.fingerprint.witness import ABSENT

if TYPE_CHECKING:
    from types import FunctionType

    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.definitions.compute import ComputeFunction
    from nb_assets.definitions.outside_dep import EnvDep, FileDep

_UNCHANGING = frozenset({str, bytes, int, float, complex, bool, type(None), type(...)})
# Packages whose wrappers do as the wrapped function does, and keep a state of their own: caches, machine code.
_TRANSPARENT_WRAPPERS = frozenset({"functools", "numba", "joblib"})
_INSTALLED_CODE = (
    types.WrapperDescriptorType,
    types.MethodDescriptorType,
    types.ClassMethodDescriptorType,
)


class Reach:
    """Collects what is reached from one definition's function. A worklist, so that no chain of helpers is too deep."""

    def __init__(self) -> None:
        self.findings = Findings()
        self.notes = Notes()
        self.evidence = Evidence()
        self.packages: set[str] = set()
        self._declared: tuple[FileDep | EnvDep, ...] = ()
        # What each function and class is called here. Those seen are kept, so that their identities stay theirs.
        self._seen: dict[int, str] = {}
        self._kept: list[Any] = []
        self._in_values = 0
        self._only_code = False
        self._work: list[tuple[str, FunctionType]] = []

    def start(self, name: str, compute: ComputeFunction) -> None:
        """Take up a definition's own function, the decorators around it, and all that they reach."""
        own = inspect.unwrap(compute.fn)
        is_own = compute.definition_source is None and isinstance(own, types.FunctionType)
        source = self._source(name, own) if is_own else compute.source
        label = self.findings.add_code(name, meaning_of(own, source), source)
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
        return self.findings.add(name, f"code version {op.code_version}", op.compute.source)

    def wiring(self, definition: AssetsDefinition) -> None:
        """Take up which argument stands for which asset, and which output makes which, where names do not say it.

        What is declared to be read from outside is not told of.
        """
        keys = [key for made in definition.specs_by_key for key in definition.upstream_of(made)]
        self._declared = tuple(dep for key in keys if (dep := outside_dep(key)) is not None)
        inputs = [
            f"{argument} ← {key.to_user_string()}"
            for argument, key in sorted(definition.keys_by_input_name.items())
            if argument != key.path[-1]
        ]
        if inputs:
            self.findings.add(f"{definition.__name__}(inputs)", ", ".join(inputs))
        if len(definition.specs_by_output_name) > 1:
            outputs = [
                f"{name} → {spec.key.to_user_string()}"
                for name, spec in definition.specs_by_output_name.items()
            ]
            self.findings.add(f"{definition.__name__}(outputs)", ", ".join(outputs))

    def take(self, name: str, value: Any) -> None:
        """Take up a value that a definition is given, and all that it reaches."""
        self.findings.refer("", name, self._value(name, value))
        while self._work:
            self._reached_from(*self._work.pop())

    def take_code(self, name: str, value: Any) -> None:
        """Take up the code of what passes values: what it keeps, and what it reads from outside, is its business."""
        notes, self.notes, self._only_code = self.notes, Notes(), True
        try:
            self.take(name, value)
        finally:
            self.notes, self._only_code = notes, False

    @property
    def all_untracked(self) -> tuple[str, ...]:
        """What could not be tracked, and what is read from outside."""
        return (*self.notes.untracked, *self.notes.undeclared(self._declared))

    def _source(self, name: str, fn: FunctionType) -> str | None:
        source = loaded_source(fn)
        if source is None and not is_as_loaded(fn.__code__):
            self.notes.add(
                f"`{name}`: its module was edited after it was loaded, and the old code still runs: load it again"
            )
        return source

    def _reached_from(self, label: str, fn: FunctionType) -> None:
        self.evidence.saw_function(fn)
        for part, held in carried(fn):
            self.findings.refer(label, part, self._value(f"{label}{part}", held))
        cells = dict(zip(fn.__code__.co_freevars, fn.__closure__ or (), strict=False))
        for path in free_paths(fn.__code__):
            if path[0] in cells and (content := self.evidence.look_into(cells[path[0]])) is not ABSENT:
                self._along(label, fn, path, content)
        for path in global_paths(fn.__code__):
            self._global(label, fn, path)
        for name in names_in_texts(fn.__code__):
            self._named_in_text(label, fn, name)
        for found in imported(fn.__code__):
            self._imported(label, fn, found)
        for name, patch in patches(fn.__code__, self.evidence):
            self.findings.refer(label, name, self._value(name, patch))
        self.notes.take_up(fn, self.findings.shown.get(label))

    def _global(self, label: str, fn: FunctionType, path: tuple[str, ...]) -> None:
        name = path[0]
        value = self.evidence.look_up(fn.__globals__, name)
        if value is ABSENT:
            value = self.evidence.look_up(vars(builtins), name)
            if value is ABSENT or not is_project(value):
                self.notes.builtin(fn, name)
                return
        elif name == "get_ipython":
            # What a magic or a shell command does is nobody's guess, and the shell is no value of the notebook.
            self.notes.taken(fn, "IPython", path)
            return
        self._along(label, fn, path, value)
        if type(value) is str:
            for named in names_in_texts(fn.__code__, value):
                self._named_in_text(label, fn, named)

    def _named_in_text(self, label: str, fn: FunctionType, name: str) -> None:
        value = self.evidence.look_up(fn.__globals__, name)
        if (
            name not in fn.__code__.co_varnames
            and not callable(value)
            and not isinstance(value, types.ModuleType)
        ):
            self.findings.refer(label, name, self._value(name, value) if value is not ABSENT else "")

    def _imported(self, label: str, fn: FunctionType, found: Imported) -> None:
        """Take up what a function takes of a module of the project that it imports by itself."""
        self.packages.add(package_of(found.module))
        try:
            name = module_imported(found.level, found.module, fn.__globals__.get("__package__") or "")
        except BaseException:  # noqa: BLE001 - a module of the user's may raise anything
            self.notes.importing(fn, found.module)
            return
        if name is not None:
            module = self.evidence.look_up(sys.modules, name)
            self._along(label, fn, (name, *found.taken), module)

    def _along(self, label: str, fn: FunctionType, path: tuple[str, ...], value: Any) -> None:
        """Take up what a name stands for, or what is taken of it where it is a module of the project."""
        told, rest = path[0], path[1:]
        while rest and isinstance(value, types.ModuleType) and is_project_module(value):
            # Only through modules: what an attribute of an object gives may depend on anything.
            name = rest[0] if rest[0] in vars(value) else "__getattr__"
            found = self.evidence.look_up(vars(value), name)
            if found is ABSENT:
                self.evidence.look_up(vars(value), rest[0])
                break
            value, told, rest = found, f"{told}.{name}", rest[1:]
        if isinstance(value, types.ModuleType):
            self._of_module(label, fn, told, value, rest)
        elif is_project(value) or self._of_installed(label, fn, told, value, rest):
            self.findings.refer(label, told, self._value(told, value))

    def _of_module(
        self, label: str, fn: FunctionType, told: str, module: types.ModuleType, rest: tuple[str, ...]
    ) -> None:
        if is_project_module(module) or not is_loaded(module):
            self.notes.add(f"the module `{told}`, which `{fn.__name__}` takes as a whole")
        else:
            self.packages.add(package_of(module.__name__))
            self.notes.taken(fn, package_of(module.__name__), rest, before=[told])
            for name, other in exchanged(module, rest, self.evidence):
                self.findings.refer(label, f"{told}.{name}", self._value(f"{told}.{name}", other))
        self.findings.refer(label, told, f"module {module.__name__}")

    def _of_installed(
        self, label: str, fn: FunctionType, told: str, value: Any, rest: tuple[str, ...]
    ) -> bool:
        """Take up what an installed thing does and what was put into it; tell whether it has a meaning by itself."""
        own = own_name(value)
        names = (told.rpartition(".")[2] if own in (None, "_modified_open") else own, *rest)
        if value is os.environ:
            names = ("environ",)
        package = "builtins" if own == "_modified_open" else home_of(value)
        self.packages.add(package if own else package_of(type(value).__module__))
        if self.notes.taken(fn, package, names) and own is None:
            return False  # such as the environment: what it holds is not code
        if isinstance(value, type):
            attributes = attribute_names(fn.__code__)
            for name, other in exchanged(value, rest, self.evidence, attributes=attributes):
                self.findings.refer(label, name, self._value(name, other))
        return True

    def _value(self, name: str, value: Any) -> str:
        """Take up a value; return what it is called here."""
        try:
            return self._by_type(name, value)
        except Exception as error:  # noqa: BLE001 - objects of users may raise at any touch
            self.notes.add(f"`{name}` ({type(value).__name__}): {type(error).__name__} while looking at it")
            return name

    def _by_type(self, name: str, value: Any) -> str:  # noqa: C901, PLR0911 - one for each kind
        if isinstance(value, OpDefinition) and value.code_version is not None:
            return self.version(name, value)
        value = function_behind(value)
        if isinstance(value, types.ModuleType):
            return self._module(name, value)
        if isinstance(value, type):
            return self._class(name, value)
        if isinstance(value, types.FunctionType):
            return self._function(name, value)
        if isinstance(value, types.MethodType):
            if type(value.__self__).__name__ in WITHOUT_MEANING:
                return self._value(name, value.__func__)
            return f"{self._value(name, value.__func__)} of {self._value(f'{name}(self)', value.__self__)}"
        if isinstance(value, functools.partial):
            called = self._value(f"{name}(partial)", value.func)
            return f"{called} {self._value(f'{name}(arguments)', [value.args, value.keywords])}"
        if isinstance(value, (types.BuiltinFunctionType, types.MethodWrapperType)):
            return self._builtin(name, value)
        if isinstance(value, _INSTALLED_CODE):
            return f"{value.__objclass__.__qualname__}.{value.__name__}"
        wrapped = getattr(value, "__wrapped__", None) if callable(value) else None
        if wrapped is not None and package_of(type(value).__module__) in _TRANSPARENT_WRAPPERS:
            return f"{type(value).__qualname__} {self._value(name, wrapped)}"
        return self._plain(name, value)

    def _module(self, name: str, module: types.ModuleType) -> str:
        if is_project_module(module) or not is_loaded(module):
            self.notes.add(f"the module `{module.__name__}`, which is taken as a whole through `{name}`")
        return f"module {module.__name__}"

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
            label = self._seen[id(fn)] = self.findings.add_code(name, meaning_of(fn, source), source)
            self._work.append((label, fn))
        else:
            self.packages.add(package_of(fn.__module__))
            label = self._seen[id(fn)] = f"{fn.__module__}.{fn.__qualname__}"
            # An installed decorator may have one of the project's functions inside it.
            parts = [
                f"{part}={self._value(f'{name}.{part}', held)}" for part, held in inside(fn, self.evidence)
            ]
            if parts:
                label = self._seen[id(fn)] = f"{label} {parts}"
        wrapped = getattr(fn, "__wrapped__", None)
        if wrapped is not None:
            self.findings.refer(label, "__wrapped__", self._value(f"{name}.__wrapped__", wrapped))
            for argument, hint in annotations_read(fn, wrapped).items():
                told = self._value(f"{name}({argument})", hint) if isinstance(hint, type) else str(hint)
                self.findings.refer(label, f"({argument})", told)
        return label

    def _class(self, name: str, cls: type) -> str:
        if (known := self._seen.get(id(cls))) is not None:
            return known
        if not is_project_class(cls):
            self.packages.add(package_of(cls.__module__))
            return f"{cls.__module__}.{cls.__qualname__}"
        self._kept.append(cls)
        bases = ", ".join(base.__qualname__ for base in cls.__bases__)
        label = self.findings.add_code(
            name, class_form.declaration(cls), f"class {cls.__qualname__}({bases})"
        )
        self._seen[id(cls)] = label
        self.evidence.saw_class(cls)
        for base in cls.__bases__:
            self.findings.refer(label, "(base)", self._class(f"{name}({base.__qualname__})", base))
        if type(cls) is not type and type(cls).__module__ != "enum":
            self.findings.refer(label, "(metaclass)", self._class(f"{name}(metaclass)", type(cls)))
        for attribute, member in class_form.members(cls):
            self.findings.refer(label, f".{attribute}", self._value(f"{name}.{attribute}", member))
        return label

    def _plain(self, name: str, value: Any) -> str:
        if self._only_code and type(value) not in _UNCHANGING:
            return name
        met = self._in_values
        data = once_in_look(
            value,
            lambda: fingerprint_data(value, functions=self._function_in_value, classes=self._class_in_value),
            # What is found within is taken up here, and others have to take it up too.
            keep=lambda: self._in_values == met,
        )
        if not data.tracked:
            note = data.note or "its content cannot be hashed"
            self.notes.add(f"`{name}` ({type(value).__name__}): {note}")
            return name
        if type(value) not in _UNCHANGING:
            # Functions and classes within are evidence of their own; here it only counts which ones they are.
            plain = self._in_values == met
            self.evidence.saw_content(value, identified, data.version if plain else identified(value))
        text = shown(value, f"{type(value).__name__} {data.version}")
        return self.findings.add(name, exactly(value, data.version), text)

    def _class_in_value(self, cls: type) -> str | None:
        if id(cls) not in self._seen and not is_project_class(cls):
            return None
        self._in_values += 1
        return self._class(cls.__qualname__, cls)

    def _function_in_value(self, fn: FunctionType | types.ModuleType) -> Any:
        """Return what stands for a function: its code, and what it carries with it; for a module, its name."""
        self._in_values += 1
        if isinstance(fn, types.ModuleType):
            return self._module("a value", fn)
        name = fn.__qualname__
        label = self._function(name, fn)
        if not is_project_function(fn):
            return (label, getattr(fn, "__wrapped__", None))
        source = self._source(name, fn)
        meaning = hashlib.blake2b(meaning_of(fn, source).encode("utf-8", "surrogatepass"), digest_size=8)
        cells = [
            content
            for cell in fn.__closure__ or ()
            if (content := self.evidence.look_into(cell)) is not ABSENT
        ]
        return (fn.__module__, name, meaning.digest(), cells, fn.__defaults__, fn.__kwdefaults__, fn.__dict__)
