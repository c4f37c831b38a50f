"""The magics. They read their line and delegate; nothing is decided here.

What they delegate to is imported when first called, so that `%load_ext` stays cheap.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from IPython.core.magic import Magics, cell_magic, line_magic, magics_class, no_var_expand

from nb_assets.notebook.arguments import documents
from nb_assets.notebook.commands import ASSET, ASSETS, LINEAGE, MATERIALIZE

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from nb_assets.notebook.surface import Surface

__all__ = ["NbAssetsMagics"]


@magics_class
class NbAssetsMagics(Magics):
    """`%%asset`, `%materialize`, `%lineage` and `%assets`."""

    def __init__(self, shell: InteractiveShell, surface: Callable[[], Surface]) -> None:
        super().__init__(shell)
        self._surface = surface

    @no_var_expand
    @cell_magic
    @documents(ASSET)
    def asset(self, line: str, cell: str) -> None:
        """Register the cell's assets.

        The cell holds either definitions with `@asset` and its like beside imports and helpers, or one plain function,
        or ordinary code whose last expression (or the variable of the asset's name) is the value; registered assets
        that such code names are its inputs.
        """
        __tracebackhide__ = True
        arguments = ASSET.parse(line)
        _load("asset_cell").run_asset_cell(self._surface(), arguments, cell)

    @line_magic
    @documents(MATERIALIZE)
    def materialize(self, line: str) -> None:
        """Run what is stale or missing in a selection, and show what changed."""
        arguments = MATERIALIZE.parse(line)
        _load("materialize").run_materialize(self._surface(), arguments)

    @line_magic
    @documents(LINEAGE)
    def lineage(self, line: str) -> Any:
        """Show the lineage of a selection, or of everything, as a live widget."""
        arguments = LINEAGE.parse(line)
        return self._surface().session.lineage(arguments.text or "*")

    @line_magic
    @documents(ASSETS)
    def assets(self, line: str) -> None:
        """Show a table of assets, or what is known of one."""
        arguments = ASSETS.parse(line)
        _load("inspection").inspect(self._surface(), arguments)


def _load(module: str) -> Any:
    return importlib.import_module(f"nb_assets.notebook.{module}")
