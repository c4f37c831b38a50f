"""What an object that does work was made with: its plain attributes, told apart from what it keeps or counts meanwhile."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

_PLAIN = (str, int, float, bool, type(None), os.PathLike, tuple)
# As each object was when it was first asked: later it may count what it does.
_first: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()


def made_with(made: Any) -> dict[str, str]:
    """Return the plain attributes of an object in words: texts and paths as they are now, numbers as they were at first.

    Lists, dicts and other objects are left out, for that is where an object keeps what it is given.
    """
    fields = plain_fields(getattr(made, "__dict__", {}))
    lasting = {name: repr(value) for name, value in fields.items() if isinstance(value, str)}
    rest = {name: repr(value) for name, value in fields.items() if not isinstance(value, str)}
    try:
        first = _first.setdefault(made, rest)
    except TypeError:  # it can be neither hashed nor referred to weakly
        first = rest
    return dict(sorted({**first, **lasting}.items()))


def plain_fields(fields: Mapping[str, Any], kinds: tuple[type, ...] = _PLAIN) -> dict[str, Any]:
    """Return the public fields that hold plain values, in order; paths as texts."""
    return {
        name: os.fspath(value) if isinstance(value, os.PathLike) else value
        for name, value in sorted(fields.items())
        if not name.startswith("_") and isinstance(value, kinds)
    }
