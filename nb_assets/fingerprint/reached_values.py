"""What the values that code reaches mean, by their kind: functions and classes by their code, the rest by content.

Functions that are met along the way are left as work: what these reach in turn is the business of `reach`.
"""

from __future__ import annotations

import abc
import functools
import hashlib
import sys
import types
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.config.defined_again import as_defined_now
from nb_assets.definitions.op import OpDefinition
from nb_assets.fingerprint import class_form
from nb_assets.fingerprint.compiled import compiled_home, compiled_state, loaded_file, was_built_again
from nb_assets.fingerprint.content import DataFingerprint, fingerprint_content
from nb_assets.fingerprint.evidence import Evidence, once_in_look
from nb_assets.fingerprint.findings import Findings
from nb_assets.fingerprint.installed import WITHOUT_MEANING, inside
from nb_assets.fingerprint.meaning import (
    annotations_read,
    exactly,
    function_behind,
    identified,
    identified_if_tracked,
    is_function_of_module,
    is_loaded,
    meaning_of,
    package_of,
    shown,
)
from nb_assets.fingerprint.notes import Notes
from nb_assets.fingerprint.project import is_project_class, is_project_function, is_project_module
from nb_assets.fingerprint.source import SourceFile, is_as_loaded, loaded_source, source_file
from nb_assets.fingerprint.witness import ABSENT

if TYPE_CHECKING:
    from types import FunctionType

_UNCHANGING = frozenset({str, bytes, int, float, complex, bool, type(None), type(...)})
# Packages whose wrappers do as the wrapped function does, and keep a state of their own: caches, machine code.
_TRANSPARENT_WRAPPERS = frozenset({"functools", "numba", "joblib"})
_INSTALLED_CODE = (
    types.WrapperDescriptorType,
    types.MethodDescriptorType,
    types.ClassMethodDescriptorType,
)


class ReachedValues:
    """Collects what values mean, what of it cannot be tracked, and the functions whose reach is still to be followed.

    Parameters
    ----------
    tells_of_older
        Whether to tell of classes that are in use while their names stand for later ones.
    """

    def __init__(self, *, tells_of_older: bool = True) -> None:
        self.findings = Findings()
        self.notes = Notes()
        self.evidence = Evidence()
        self.packages: set[str] = set()
        # What each function and class is called here. Those seen are kept, so that their identities stay theirs.
        self._seen: dict[int, str] = {}
        self._kept: list[Any] = []
        self._in_values = 0
        self._only_code = False
        self._work: list[tuple[str, FunctionType]] = []
        self._tells_of_older = tells_of_older

    def in_use(self, cls: type) -> None:
        """Tell of a class whose name stands for a later one by now, while what was made of this one is in use."""
        module = sys.modules.get(cls.__module__)
        if not self._tells_of_older or module is None or not is_project_class(cls):
            return
        self.evidence.look_up(vars(module), cls.__name__)
        now = as_defined_now(cls)
        # A decorator may return a class made from the one below it.
        if now is cls or cls in now.__mro__:
            return
        later, this = _class_alone(now), _class_alone(cls)
        self.evidence.rest_on(later.evidence)
        if later.findings.counted == this.findings.counted:
            return
        self.notes.add(
            f"`{cls.__name__}` as it is now: it was defined again, and the one of before is in use until the cells that "
            "take it run again"
        )

    def version(self, name: str, op: OpDefinition) -> str:
        """Take up an op by the code version that the user gave it, in place of its code."""
        return self.findings.add(name, f"code version {op.code_version}", op.compute.source)

    def _source(self, name: str, fn: FunctionType) -> str | None:
        source = loaded_source(fn)
        if (file := source_file(fn.__code__)) is not None:
            self.evidence.saw_content(file, SourceFile.stamp, file.stamp())
        if not is_as_loaded(fn.__code__):
            self.notes.add(
                f"`{name}`: its module was edited after it was loaded, and the old code still runs: load it again"
            )
        return source

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
        if (home := compiled_home(value)) is not None:
            self._compiled(home)
        if isinstance(value, types.ModuleType):
            return self._module(name, value)
        if isinstance(value, type):
            return self._class(name, value)
        if isinstance(value, types.FunctionType):
            return self._function(name, value)
        if isinstance(value, types.MethodType):
            if type(value.__self__).__name__ in WITHOUT_MEANING or is_function_of_module(value):
                return self._value(name, value.__func__)
            return f"{self._value(name, value.__func__)} of {self._value(f'{name}(self)', value.__self__)}"
        if isinstance(value, functools.partial):
            # It can be given another function, and other arguments.
            self.evidence.saw_content(value, identified_if_tracked, identified_if_tracked(value))
            if isinstance(value.func, types.FunctionType):
                self.evidence.saw_function(value.func)
            called = self._value(f"{name}(partial)", value.func)
            self.findings.tell(f"{name}(partial)", called)
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

    def _compiled(self, module: types.ModuleType) -> None:
        self.evidence.saw_content(module, compiled_state, compiled_state(module))
        name = f"compiled module {module.__name__}"
        if name not in self.findings.meanings:
            self.findings.add(name, loaded_file(module))
        if was_built_again(module):
            self.notes.add(
                f"the compiled module `{module.__name__}`: it was built again after it was loaded, and the old code runs "
                "until the kernel is restarted"
            )

    def _builtin(self, name: str, value: Any) -> str:
        owner = value.__self__
        if owner is None or isinstance(owner, types.ModuleType) or is_function_of_module(value):
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
        label = self.findings.add_code(name, class_form.declaration(cls), class_form.shown(cls))
        self._seen[id(cls)] = label
        self.evidence.saw_class(cls)
        if isinstance(cls, abc.ABCMeta):
            # It refers to them weakly: they come, and go with the last that refers to them otherwise.
            registered = class_form.names_registered
            self.evidence.saw_content(cls, registered, registered(cls))
        for base in cls.__bases__:
            self.findings.refer(label, "(base)", self._class(f"{name}({base.__qualname__})", base))
            self.in_use(base)
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
            lambda: self._content(value),
            # What is found within is taken up here, and others have to take it up too.
            keep=lambda: self._in_values == met,
        )
        if not data.tracked:
            note = data.note or "its content cannot be hashed"
            self.notes.add(f"`{name}` ({type(value).__name__}): {note}")
            self.evidence.saw_content(value, identified_if_tracked, identified_if_tracked(value))
            return name
        if type(value) not in _UNCHANGING:
            identity = data.version
            if self._in_values != met:
                # Functions and classes within are evidence of their own; here it only counts which ones they are. Asked
                # before the rest, so that what another thread changes meanwhile is seen the next time.
                identity = identified(value)
                data = self._content(value)
            self.evidence.saw_content(value, identified, identity)
        text = shown(value, f"{type(value).__name__} {data.version}")
        return self.findings.add(name, exactly(value, data.version), text)

    def _content(self, value: Any) -> DataFingerprint:
        return fingerprint_content(value, functions=self._function_in_value, classes=self._class_in_value)

    def _class_in_value(self, cls: type) -> str | None:
        if id(cls) not in self._seen and not is_project_class(cls):
            return None
        self._in_values += 1
        self.in_use(cls)
        return self._class(cls.__qualname__, cls)

    def _function_in_value(self, fn: FunctionType | types.ModuleType) -> Any:
        """Return what stands for a function: its code, and what it carries with it; for a module, its name."""
        self._in_values += 1
        if isinstance(fn, types.ModuleType):
            return self._module("a value", fn)
        name = fn.__qualname__
        label = self._function(name, fn)
        if not is_project_function(fn):
            # Which one it is counts, so it has to be there still.
            self.evidence.saw_function(fn)
            return (label, getattr(fn, "__wrapped__", None))
        source = self._source(name, fn)
        meaning = hashlib.blake2b(meaning_of(fn, source).encode("utf-8", "surrogatepass"), digest_size=8)
        cells = [
            content
            for cell in fn.__closure__ or ()
            if (content := self.evidence.look_into(cell)) is not ABSENT
        ]
        return (fn.__module__, name, meaning.digest(), cells, fn.__defaults__, fn.__kwdefaults__, fn.__dict__)


def _class_alone(cls: type) -> ReachedValues:
    found = ReachedValues(tells_of_older=False)
    found._class(cls.__name__, cls)  # noqa: SLF001 - of the class in this file
    return found
