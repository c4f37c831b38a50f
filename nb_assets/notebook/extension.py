"""Loading and unloading the extension.

Responsible for registering magics, settings and completion, and for saying in one line what the store holds. It has to
be cheap, next to nothing beside `import pandas`: the session and all that draws are loaded by the first magic.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from IPython.core.completer import context_matcher

from nb_assets import __version__
from nb_assets.notebook.magics import NbAssetsMagics
from nb_assets.notebook.settings import NbAssets, register_settings, unregister_settings
from nb_assets.storage.folder import folder_beside, glance

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from nb_assets.notebook.surface import Surface
    from nb_assets.session import Session

__all__ = ["load_ipython_extension", "unload_ipython_extension"]

_NAMES = {"line": ("materialize", "lineage", "assets"), "cell": ("asset",)}
_MATCHER = "nb_assets.magics"
_extensions: dict[int, _Extension] = {}


class _Extension:
    """What one shell has loaded."""

    def __init__(self, shell: InteractiveShell) -> None:
        self._shell = shell
        self._settings: NbAssets = register_settings(shell)
        self._surface: Surface | None = None
        self._completer: Any = None

    def session(self) -> Session:
        """Return the session of the kernel; a store that could not be opened is tried again."""
        session: Session = importlib.import_module("nb_assets.session").session()
        return session

    def surface(self) -> Surface:
        """Return what the magics work with."""
        session = self.session()
        if self._surface is None or self._surface.session is not session:
            self.close()
            made: Surface = importlib.import_module("nb_assets.notebook.surface").surface(
                self._shell, session, self._settings
            )
            self._surface = made
        return self._surface

    def match(self, context: Any) -> dict[str, Any]:
        """Return what Tab offers."""
        completion = importlib.import_module("nb_assets.notebook.completion")
        self._completer = self._completer or completion.Completer(self.session)
        found: dict[str, Any] = completion.answer(self._completer, context.text_until_cursor)
        return found

    def close(self) -> None:
        """Stop following the session."""
        if self._surface is not None:
            self._surface.close()


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Register everything, then look into the store and say in one line what it holds.

    Raises
    ------
    StoreError
        For a store that cannot be opened; the magics are registered all the same.
    """
    unload_ipython_extension(shell)
    extension = _extensions[id(shell)] = _Extension(shell)
    shell.register_magics(NbAssetsMagics(shell, extension.surface))

    def match(context: Any) -> dict[str, Any]:  # a method cannot be marked
        return extension.match(context)

    _matchers(shell).append(context_matcher(identifier=_MATCHER)(match))
    found = glance(folder_beside(Path.cwd()))
    print(f"nb_assets {__version__}, {found}")  # noqa: T201 -- the one line that loading says


def unload_ipython_extension(shell: InteractiveShell) -> None:
    """Take back what was registered; the store stays as it is."""
    extension = _extensions.pop(id(shell), None)
    if extension is None:
        return
    extension.close()
    matchers = _matchers(shell)
    matchers[:] = [one for one in matchers if getattr(one, "matcher_identifier", "") != _MATCHER]
    unregister_settings(shell)
    for kind, names in _NAMES.items():
        for name in names:
            shell.magics_manager.magics[kind].pop(name, None)


def _matchers(shell: InteractiveShell) -> list[Any]:
    matchers: list[Any] = shell.Completer.custom_matchers
    return matchers
