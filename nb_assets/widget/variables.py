"""Variables of the user that a lineage view may set: values of assets, under names that were free or given up.

The one place where a page reaches into the user's namespace, and so the one that says what it cannot do there.
"""

from __future__ import annotations

import builtins
import inspect
import keyword
import re
from typing import TYPE_CHECKING, Any

from nb_assets.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Container, MutableMapping

__all__ = ["check_variable", "free_name", "set_variable", "standing_under"]

LONGEST_NAME = 100
_OF_IPYTHON = frozenset({"In", "Out", "exit", "get_ipython", "quit"})


def check_variable(name: str) -> None:
    """Check that a name can be given to a value.

    Raises
    ------
    UsageError
        When it cannot be a variable's, or is Python's or IPython's own.
    """
    if not name.isidentifier() or len(name) > LONGEST_NAME:
        raise UsageError(
            f"{name[:LONGEST_NAME]!r} cannot be the name of a variable: use letters, digits and underscores, a letter first."
        )
    if keyword.iskeyword(name):
        raise UsageError(f"`{name}` is a word of Python itself: choose another name.")
    if hasattr(builtins, name):
        raise UsageError(f"`{name}` is Python's own `{name}`: choose another name.")
    if name.startswith("_") or name in _OF_IPYTHON:
        raise UsageError(f"`{name}` is one of the names that IPython keeps for itself: choose another name.")


def standing_under(namespace: MutableMapping[str, Any], name: str) -> str:
    """Return what has a name already, in a few words; nothing when it is free.

    Raises
    ------
    UsageError
        When that is a definition, which no value may take the place of.
    """
    if name not in namespace:
        return ""
    value = namespace[name]
    if (what := _definition(value)) is not None:
        raise UsageError(f"`{name}` is {what}, which a value cannot replace: choose another name.")
    return type(value).__name__


def set_variable(namespace: MutableMapping[str, Any], name: str, value: Any, *, replace: bool) -> bool:
    """Give a value a name; return False, and do nothing, where something else has it and may not be replaced.

    Raises
    ------
    UsageError
        When the name cannot be a variable's, or is that of a definition.
    """
    check_variable(name)
    standing_under(namespace, name)
    if replace:
        namespace[name] = value
        return True
    # In one step: the user's code may run meanwhile.
    return namespace.setdefault(name, value) is value


def free_name(namespace: Container[str], wanted: str) -> str:
    """Return a name for a variable that is like the one wanted and is free."""
    stem = re.sub(r"\W", "_", wanted).strip("_") or "value"
    stem = stem if stem[0].isalpha() else f"value_{stem}"
    if stem not in namespace and _can_be_variable(stem):
        return stem
    named = f"{stem}_value"
    numbered = (f"{named}_{number}" for number in range(2, 10_000))
    return next((name for name in (named, *numbered) if name not in namespace), named)


def _can_be_variable(name: str) -> bool:
    try:
        check_variable(name)
    except UsageError:
        return False
    return True


def _definition(value: object) -> str | None:
    if type(value).__module__.partition(".")[0] == "nb_assets":
        return "a definition of assets"
    for holds, what in _DEFINITIONS:
        if holds(value):
            return what
    return None


_DEFINITIONS = (
    (inspect.ismodule, "a module"),
    (inspect.isclass, "a class"),
    (inspect.isroutine, "a function"),
)
