"""Which handlers there are, and which one a value goes to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from nb_assets.errors import StoreError, near
from nb_assets.storage.handlers.array import ArrayHandler, ArrayScalarHandler
from nb_assets.storage.handlers.arrow import ArrowHandler
from nb_assets.storage.handlers.dataframe import PandasHandler
from nb_assets.storage.handlers.image import ImageHandler
from nb_assets.storage.handlers.json import JsonHandler
from nb_assets.storage.handlers.pickle import PickleHandler
from nb_assets.storage.handlers.polars import PolarsHandler, PolarsSeriesHandler
from nb_assets.storage.handlers.text import BytesHandler, TextHandler

if TYPE_CHECKING:
    from nb_assets.storage.handlers.handler import Handler

# Asked in this order; the last one takes what is left.
_HANDLERS: Final[list[Handler]] = [
    PandasHandler(),
    PolarsHandler(),
    PolarsSeriesHandler(),
    ArrowHandler(),
    ArrayHandler(),
    ArrayScalarHandler(),
    ImageHandler(),
    TextHandler(),
    BytesHandler(),
    JsonHandler(),
    PickleHandler(),
]


def register_handler(handler: Handler) -> None:
    """Add a handler that is asked before all others; one of the same name is replaced."""
    _HANDLERS[:] = [handler, *(other for other in _HANDLERS if other.name != handler.name)]


def handlers_for(value: Any) -> Iterator[Handler]:
    """Yield the handlers that may take a value, the preferred one first."""
    return (handler for handler in list(_HANDLERS) if handler.matches(value))


def handler_named(name: str) -> Handler:
    """Return the handler of a format.

    Raises
    ------
    StoreError
        When no such handler is registered.
    """
    for handler in _HANDLERS:
        if handler.name == name:
            return handler
    names = [handler.name for handler in _HANDLERS]
    raise StoreError(
        f"there is no handler for the format {name!r}, so the value cannot be read; known are {', '.join(names)}."
        f"{near(name, names)} Register the handler that wrote it with `register_handler(…)`, or materialize the "
        "asset again."
    )
