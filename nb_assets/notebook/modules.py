"""Modules whose assets are registered with `%assets load`, kept true to their files.

Responsible for when a module is looked at again and what is said when it cannot be. How modules are imported anew is
`notebook.module_files`.
"""

from __future__ import annotations

import importlib
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nb_assets.definitions.module_loading import assets_of_module, resources_of_module
from nb_assets.definitions.registry import Origin, Registration
from nb_assets.errors import CellError, DuplicateKeyError, NbAssetsError, UsageError
from nb_assets.notebook.module_files import Stamp, anew, hanging_together, outdated, stamp_of, users_of

if TYPE_CHECKING:
    from types import ModuleType

    from IPython.core.interactiveshell import InteractiveShell

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.session import Session

__all__ = ["Loaded", "Modules", "modules"]


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What loading a module registered.

    Attributes
    ----------
    became_stale
        The assets that were fresh before and are not any more.
    """

    keys: tuple[AssetKey, ...]
    change: Registration
    became_stale: tuple[AssetKey, ...]


@dataclass(frozen=True, kw_only=True)
class _Wanted:
    """A module as it was asked for."""

    module: ModuleType
    group: str | None
    key_prefix: tuple[str, ...]

    @property
    def origin(self) -> Origin:
        name = f"module {self.module.__name__}"
        return Origin(id=name, label=name, kind="module")


class Modules:
    """The modules of a session.

    Attributes
    ----------
    problem
        Why the assets of a changed module are not up to date, in a paragraph; empty when they are.
    """

    def __init__(self, shell: InteractiveShell, session: Session) -> None:
        self.problem = ""
        self._shell = shell
        self._session = session
        self._wanted: dict[str, _Wanted] = {}
        self._had: dict[str, bool] = {}  # whether a module defined assets when it was last looked at
        self._ordered: list[ModuleType] = []
        self._stamps: dict[str, Stamp | None] = {}
        self._waiting: set[str] = set()  # modules that changed and could not be imported since

    def load(self, name: str, group: str | None = None, key_prefix: tuple[str, ...] = ()) -> Loaded:
        """Import a module, or a package with all modules inside it, and register its assets.

        Raises
        ------
        UsageError
            When there is no such module.
        CellError
            When it defines no assets.
        DefinitionError
            When its assets collide with others, or are in another group.
        Exception
            What the module raises.
        """
        module = self._imported(name)
        wanted = _Wanted(module=module, group=group, key_prefix=key_prefix)
        found = assets_of_module(module, group, key_prefix)
        definitions = self._own(wanted, found)
        if found and not definitions:
            raise CellError(
                f"the assets of the module `{name}` are all registered already, from where it imports them."
            )
        if not definitions:
            raise CellError(
                f"the module `{name}` defines no assets: put `@asset` on its functions, with `from nb_assets import asset`."
            )
        before = {key for key, status in self._session.status().items() if status.state == "fresh"}
        change = self._session.register(wanted.origin, definitions, resources_of_module(wanted.module))
        self._wanted[name], self._had[name] = wanted, True
        self._remember()
        after = self._session.status()
        return Loaded(
            keys=tuple(self._session.graph.in_order(key for one in definitions for key in one.specs_by_key)),
            change=change,
            became_stale=tuple(
                key for key, status in after.items() if key in before and status.state != "fresh"
            ),
        )

    def refresh(self) -> bool:
        """Import changed modules again and register what they define now; tell whether there is a new problem."""
        self._drop_forgotten()
        ordered = self._ordered
        now = {module.__name__: stamp_of(module, self._stamps.get(module.__name__)) for module in ordered}
        changed = {name for name, stamp in now.items() if stamp != self._stamps.get(name, stamp)}
        self._stamps = now
        if not changed:
            return False
        changed |= self._waiting
        going = users_of([module for module in ordered if module.__name__ in changed], ordered)
        try:
            anew(going, self._shell.user_ns)
            self._register_again({module.__name__ for module in going})
        except Exception as error:  # noqa: BLE001 - whatever a module raises is told, and its assets stay as they were
            self._waiting = changed
            self.problem = _problem(sorted(changed), error)
            return True
        self._waiting, self.problem = set(), ""
        self._remember()
        return False

    def are_of(self, shell: InteractiveShell, session: Session) -> bool:
        """Tell whether these are the modules of a session in a shell."""
        return self._shell is shell and self._session is session

    def check(self) -> None:
        """Refuse to go on with assets that are not what their module says.

        Raises
        ------
        CellError
            When a changed module could not be imported.
        """
        if self.problem:
            raise CellError(self.problem)

    def _imported(self, name: str) -> ModuleType:
        if name in sys.modules:
            module = sys.modules[name]
            behind = [one for one in hanging_together([module]) if outdated(one)]
            if name not in self._wanted and behind:
                anew(users_of(behind, hanging_together([module])), self._shell.user_ns)
            return module
        importlib.invalidate_caches()
        try:
            return importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name is not None and (name == error.name or name.startswith(f"{error.name}.")):
                raise UsageError(
                    f"there is no module `{name}`: name it as `import` does, and put its file beside the notebook or in a "
                    "folder that `sys.path` lists."
                ) from None
            raise

    def _own(self, wanted: _Wanted, found: list[AssetsDefinition]) -> list[AssetsDefinition]:
        """Leave out what is registered already from another module or cell, where this one only imports it."""
        registry = self._session.registry

        def is_elsewhere(definition: AssetsDefinition) -> bool:
            return any(
                key in registry
                and registry[key].compute is definition.compute
                and registry.origin(key).id != wanted.origin.id
                for key in definition.specs_by_key
            )

        return [definition for definition in found if not is_elsewhere(definition)]

    def _register_again(self, imported: set[str]) -> None:
        waiting = [
            wanted
            for wanted in self._wanted.values()
            if not imported.isdisjoint(module.__name__ for module in hanging_together([wanted.module]))
        ]
        while waiting:
            refused: dict[str, DuplicateKeyError] = {}
            for wanted in waiting:
                try:
                    self._register(wanted)
                except DuplicateKeyError as error:
                    # Where an asset moved from one module to another, the one that it left has to come first.
                    refused[wanted.module.__name__] = error
            if len(refused) == len(waiting):
                raise next(iter(refused.values()))
            waiting = [wanted for wanted in waiting if wanted.module.__name__ in refused]

    def _register(self, wanted: _Wanted) -> None:
        found = assets_of_module(wanted.module, wanted.group, wanted.key_prefix)
        definitions = self._own(wanted, found)
        self._session.register(wanted.origin, definitions, resources_of_module(wanted.module))
        self._had[wanted.module.__name__] = bool(definitions)

    def _drop_forgotten(self) -> None:
        """Leave alone the modules whose assets were taken out of the session, every one of them."""
        registry = self._session.registry
        there = {registry.origin(key).id for key in registry}
        gone = [name for name, had in self._had.items() if had and self._wanted[name].origin.id not in there]
        for name in gone:
            del self._wanted[name], self._had[name]
        if gone:
            self._remember()

    def _remember(self) -> None:
        self._ordered = hanging_together([wanted.module for wanted in self._wanted.values()])
        self._stamps = {
            module.__name__: stamp_of(module, self._stamps.get(module.__name__)) for module in self._ordered
        }


_latest: Modules | None = None


def modules(shell: InteractiveShell, session: Session) -> Modules:
    """Return the modules of a session in a shell: those loaded before `%reload_ext` are followed after it."""
    global _latest  # noqa: PLW0603 - one session a process
    if _latest is None or not _latest.are_of(shell, session):
        _latest = Modules(shell, session)
    return _latest


def _problem(names: list[str], error: BaseException) -> str:
    changed = ", ".join(f"`{name}`" for name in names)
    told = str(error) if isinstance(error, NbAssetsError) else f"{type(error).__name__}: {error}"
    return (
        f"{changed} changed and cannot be loaded: {told.rstrip('.')}. Its assets are still those of before the change; "
        "mend it, and run this again."
    )
