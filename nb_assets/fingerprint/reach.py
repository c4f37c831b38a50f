"""Everything that a function reaches, with what each part means and what of it cannot be tracked.

A function reaches names through its globals, its closure and its defaults. Functions and classes of the notebook or of
the project's own modules count by their code, plain values by their content, what is installed by its name. What is
not understood is noted as untracked, never left out in silence.
"""

from __future__ import annotations

import builtins
import inspect
import os
import sys
import types
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.outside_dep import outside_dep
from nb_assets.fingerprint.ambient import SETTINGS, Setting, Use
from nb_assets.fingerprint.calls import assigned, writes_out
from nb_assets.fingerprint.installed import exchanged, patches
from nb_assets.fingerprint.meaning import (
    carried,
    home_of,
    is_loaded,
    is_project,
    meaning_of,
    own_name,
    package_of,
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
    is_project_module,
    loads_of_project,
    name_imported,
)
from nb_assets.fingerprint.reached_values import ReachedValues
from nb_assets.fingerprint.sought import sought, whereabouts
from nb_assets.fingerprint.witness import ABSENT

if TYPE_CHECKING:
    from types import FunctionType

    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.definitions.compute import ComputeFunction
    from nb_assets.definitions.outside_dep import EnvDep, FileDep


class Reach(ReachedValues):
    """Collects what is reached from one definition's function. A worklist, so that no chain of helpers is too deep."""

    def __init__(self, *, tells_of_older: bool = True) -> None:
        super().__init__(tells_of_older=tells_of_older)
        self._declared: tuple[FileDep | EnvDep, ...] = ()
        self._use = Use()

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

    def settings_of_process(self) -> None:
        """Take up what the process is set to, as far as what was reached reads it."""
        for setting in SETTINGS:
            if not setting.is_read(self._use):
                continue
            if setting.is_set(self._use):
                self.notes.add(f"the {setting.name}, some of which it sets itself")
                continue
            text = setting.text()
            self.evidence.saw_content(setting, Setting.text, text)
            if text:
                self.findings.add(setting.name, text)

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
        self._note(fn, self.findings.shown.get(label))

    def _note(self, fn: FunctionType, source: str | None) -> None:
        self.notes.take_up(fn, source)
        self._use.attributes |= attribute_names(fn.__code__)
        if source:
            self._use.assigned |= assigned(source)
            self._use.writes_out = self._use.writes_out or writes_out(source)

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
        self._use.names[package_of(found.module), (*found.module.split(".")[1:], *found.taken)] = None
        name = found.module
        try:
            name = name_imported(found.level, found.module, fn.__globals__.get("__package__") or "")
            is_own = loads_of_project(name)
        except BaseException:  # noqa: BLE001 - a module of the user's may raise anything
            self.notes.importing(fn, found.module)
            is_own = False
        module = self.evidence.look_up(sys.modules, name)
        if module is ABSENT:
            # It may come to be there, or to be mended, and not only by running this.
            self.evidence.saw_content(sought(name), whereabouts, whereabouts(sought(name)))
        elif is_own:
            self._along(label, fn, (name, *found.taken), module)

    def _along(self, label: str, fn: FunctionType, path: tuple[str, ...], value: Any) -> None:
        """Take up what a name stands for, or what is taken of it where it is a module of the project."""
        told, rest = path[0], path[1:]
        while rest and isinstance(value, types.ModuleType) and is_project_module(value):
            # Only through modules: what an attribute of an object gives may depend on anything.
            name = rest[0]
            found = self.evidence.look_up(vars(value), name)
            if found is ABSENT:
                name = "__getattr__"
                found = self.evidence.look_up(vars(value), name)
            if found is ABSENT:
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
            self._use.names[package_of(module.__name__), (*module.__name__.split(".")[1:], *rest)] = None
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
        self._use.names[package, names] = None
        if self.notes.taken(fn, package, names) and own is None:
            return False  # such as the environment: what it holds is not code
        if isinstance(value, type):
            attributes = attribute_names(fn.__code__)
            for name, other in exchanged(value, rest, self.evidence, attributes=attributes):
                self.findings.refer(label, name, self._value(name, other))
        return True
