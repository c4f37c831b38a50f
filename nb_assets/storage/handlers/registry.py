"""Which handlers there are, and which one a value goes to."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from nb_assets.errors import StoreError, near

if TYPE_CHECKING:
    from nb_assets.storage.handlers.handler import Handler

# Asked in this order; the last one takes what is left.
_OWN: Final = (
    ("dataframe", "PandasHandler"),
    ("polars", "PolarsHandler"),
    ("polars", "PolarsSeriesHandler"),
    ("arrow", "ArrowHandler"),
    ("array", "ArrayHandler"),
    ("array", "ArrayScalarHandler"),
    ("image", "ImageHandler"),
    ("text", "TextHandler"),
    ("text", "BytesHandler"),
    ("json", "JsonHandler"),
    ("pickle", "PickleHandler"),
)


_HANDLERS: Final[list[Handler]] = []


def _handlers() -> list[Handler]:
    if not _HANDLERS:
        # Loaded with the first value, not with the store: `%load_ext` opens one and has no time to lose.
        modules = {name: importlib.import_module(f"nb_assets.storage.handlers.{name}") for name, _ in _OWN}
        _HANDLERS[:] = [getattr(modules[name], kind)() for name, kind in _OWN]
    return _HANDLERS


def register_handler(handler: Handler) -> None:
    """Add a handler that is asked before all others; one of the same name is replaced."""
    handlers = _handlers()
    handlers[:] = [handler, *(other for other in handlers if other.name != handler.name)]


def handlers_for(value: Any) -> Iterator[Handler]:
    """Yield the handlers that may take a value, the preferred one first."""
    return (handler for handler in list(_handlers()) if handler.matches(value))


def handler_named(name: str) -> Handler:
    """Return the handler of a format.

    Raises
    ------
    StoreError
        When no such handler is registered.
    """
    for handler in _handlers():
        if handler.name == name:
            return handler
    names = [handler.name for handler in _handlers()]
    raise StoreError(
        f"there is no handler for the format {name!r}, so the value cannot be read; known are {', '.join(names)}."
        f"{near(name, names)} Register the handler that wrote it with `register_handler(…)`, or materialize the "
        "asset again."
    )
