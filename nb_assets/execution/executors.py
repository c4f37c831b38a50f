"""Where a step's function is called. One that runs elsewhere is registered under a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from nb_assets.errors import UsageError, near


class Executor(Protocol):
    """Calls functions."""

    def call(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Call a function and return what it gives, or raise what it raises."""
        ...


class InProcessExecutor:
    """Calls functions on the thread of the run. They can be stopped between steps only."""

    def call(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Call a function and return what it gives, or raise what it raises."""
        return function(*args, **kwargs)


_EXECUTORS: dict[str, Callable[[], Executor]] = {"in_process": InProcessExecutor}


def executor_named(name: str | None) -> Executor:
    """Return the executor of this name, the one in this process for None.

    Raises
    ------
    UsageError
        When there is none of this name.
    """
    if name is None:
        return InProcessExecutor()
    if name not in _EXECUTORS:
        raise UsageError(
            f"there is no executor `{name}`.{near(name, _EXECUTORS)} There are {', '.join(_EXECUTORS)}."
        )
    return _EXECUTORS[name]()
