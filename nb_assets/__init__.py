"""Data assets in notebooks: Dagster's software-defined assets, alive in a Jupyter kernel.

Importing this package imports next to nothing: each public name is loaded when it is first used. The names, and where
each is, are in the stub beside this file.
"""

from __future__ import annotations

import functools
import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

__version__ = "0.1.0"


@functools.cache
def _modules() -> dict[str, str]:
    """Return the module of each public name, as the stub says."""
    import ast
    from pathlib import Path

    stub = ast.parse(Path(__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
    return {
        alias.name: node.module
        for node in stub.body
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(f"{__name__}.")
        for alias in node.names
    }


def __getattr__(name: str) -> Any:
    if name == "__all__":
        return sorted(_modules())
    if name.startswith("__") or name not in _modules():
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_modules()[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_modules()})


def load_ipython_extension(ip: InteractiveShell) -> None:
    """Register the magics: what `%load_ext nb_assets` calls."""
    importlib.import_module("nb_assets.notebook.extension").load_ipython_extension(ip)


def unload_ipython_extension(ip: InteractiveShell) -> None:
    """Take the magics out again: what `%unload_ext nb_assets` calls."""
    importlib.import_module("nb_assets.notebook.extension").unload_ipython_extension(ip)
