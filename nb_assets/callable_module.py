"""Lets a module be called: `nb_assets.session()` and `nb_assets.diff(a, b)` bear the names of their modules.

Importing a module binds its name in its package, over a function of the same name; so the module does what the function
does. See https://docs.python.org/3/reference/datamodel.html#customizing-module-attribute-access.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from typing import Any


def make_callable(module_name: str, function: Callable[..., Any]) -> None:
    """Have calls of a module answered by a function."""

    class CallableModule(types.ModuleType):
        """A module that is called as its function is."""

        def __call__(self, *args: Any, **kwargs: Any) -> Any:
            __tracebackhide__ = True
            return function(*args, **kwargs)

    sys.modules[module_name].__class__ = CallableModule
