"""What a definition does when it is called or run directly: the execution knows how, and is built on definitions.

The one place in which definitions reach up.
"""

from __future__ import annotations

import importlib
from typing import Any


def execution_module(name: str) -> Any:
    """Return a module of the execution, found by name when it is first asked for: an import would go round in a circle."""
    return importlib.import_module(f"nb_assets.execution.{name}")
