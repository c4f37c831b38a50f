"""The magics. They read their line and delegate; nothing is decided here.

The words that they know (`notebook.commands`) and what they delegate to are imported when first needed, so that
`%load_ext` stays cheap.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from IPython.core.magic import Magics, cell_magic, line_magic, magics_class, no_var_expand
from IPython.display import display

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from nb_assets.notebook.arguments import Command
    from nb_assets.notebook.surface import Surface

__all__ = ["NbAssetsMagics"]

F = TypeVar("F", bound=Callable[..., Any])


def _explained(name: str) -> Callable[[F], F]:
    """Return a decorator that lets IPython's `?` show the docstring and the words that the magic knows."""

    def explain(function: F) -> F:
        def getdoc() -> str:
            return f"{inspect.getdoc(function)}\n\n{_command(name).help}\n"

        function.getdoc = getdoc  # type: ignore[attr-defined] # what IPython asks for before `__doc__`
        return function

    return explain


@magics_class
class NbAssetsMagics(Magics):
    """`%%asset`, `%materialize`, `%lineage` and `%assets`."""

    def __init__(self, shell: InteractiveShell, surface: Callable[[], Surface]) -> None:
        super().__init__(shell)
        self._surface = surface

    @no_var_expand
    @cell_magic
    @_explained("%%asset")
    def asset(self, line: str, cell: str) -> None:
        """Register the cell's assets.

        The cell holds either definitions with `@asset` and its like beside imports and helpers, or one plain function,
        or ordinary code whose last expression (or the variable of the asset's name) is the value; registered assets
        that such code names are its inputs.
        """
        arguments = _command("%%asset").parse(line)
        _load("asset_cell").run_asset_cell(self._surface(), arguments, cell)

    @line_magic
    @_explained("%materialize")
    def materialize(self, line: str) -> None:
        """Run what is stale or missing in a selection, and show what changed."""
        arguments = _command("%materialize").parse(line)
        _load("materialize").run_materialize(self._surface(), arguments)

    @line_magic
    @_explained("%lineage")
    def lineage(self, line: str) -> None:
        """Show the lineage of a selection, or of everything, as a live widget."""
        arguments = _command("%lineage").parse(line)
        direction = arguments.one("--direction") or "LR"
        # Shown here, not returned: of what a cell's lines give, IPython shows the last alone.
        display(self._surface().session.lineage(arguments.text or "*", direction=direction))

    @line_magic
    @_explained("%assets")
    def assets(self, line: str) -> None:
        """Show a table of assets, or what is known of one."""
        arguments = _command("%assets").parse(line)
        _load("inspection").inspect(self._surface(), arguments)


def _command(name: str) -> Command:
    command: Command = _load("commands").COMMANDS[name]
    return command


def _load(module: str) -> Any:
    return importlib.import_module(f"nb_assets.notebook.{module}")
