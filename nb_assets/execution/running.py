"""Which step is running on this thread, and in what it calls."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

current: ContextVar[Callable[[], Any] | None] = ContextVar("nb_assets_context", default=None)


def running_context() -> Any:
    """Return the context of the step that is running, if one is. It is made when it is asked for."""
    make = current.get()
    return None if make is None else make()
