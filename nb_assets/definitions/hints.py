"""The annotations of a function, as far as they can be read."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable
from typing import Any


def type_hints(fn: Callable[..., Any]) -> dict[str, Any]:
    """Return the types that a function's annotations name now; none when they cannot be read."""
    unwrapped = inspect.unwrap(fn)
    if not getattr(unwrapped, "__annotations__", None):
        return {}
    try:
        return typing.get_type_hints(unwrapped)
    except Exception:  # noqa: BLE001 - annotations may be any expression, of names that are not there
        return {}


def parameter_hints(fn: Callable[..., Any]) -> dict[str, Any]:
    """Return what the annotations of a function's parameters are, each as far as it can be read."""
    unwrapped = inspect.unwrap(fn)
    annotations = dict(getattr(unwrapped, "__annotations__", None) or {})
    annotations.pop("return", None)
    if not annotations:
        return {}
    try:
        return typing.get_type_hints(unwrapped, include_extras=True)
    except Exception:  # noqa: BLE001 - annotations may be any expression, of names that are not there
        namespace = dict(getattr(unwrapped, "__globals__", {}))
        return {name: _evaluated(annotation, namespace) for name, annotation in annotations.items()}


def _evaluated(annotation: Any, namespace: dict[str, Any]) -> Any:
    if not isinstance(annotation, str):
        return annotation
    try:
        return eval(annotation, namespace)  # noqa: S307 - the user's own annotation, as `typing` does
    except Exception:  # noqa: BLE001 - as above
        return annotation
