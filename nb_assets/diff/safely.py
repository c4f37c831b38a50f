"""Asks values of users for their ``repr`` and ``==``, which may raise, never end, or answer with something else."""

from __future__ import annotations

import re
import reprlib
from typing import Any

from nb_assets.diff.wording import shorten

_LONGEST_REPR = 200_000
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


def type_name(value: object) -> str:
    """Name a value's type as a user would: ``pandas.DataFrame``, ``int``."""
    cls = type(value)
    package = str(cls.__module__).partition(".")[0]
    return (
        cls.__qualname__ if package in {"builtins", "__main__", "None"} else f"{package}.{cls.__qualname__}"
    )


def safe_repr(value: object, limit: int | None = None) -> str:
    """Give the value's ``repr``, or say why there is none."""
    try:
        text = repr(value)
    except Exception as error:  # noqa: BLE001 - whatever a user's repr raises
        return f"<{type_name(value)} whose repr raises {type(error).__name__}>"
    return text[:_LONGEST_REPR] if limit is None else shorten(text, limit)


def comparable_repr(value: object) -> str:
    """Give the value's ``repr`` without its address in memory, which differs from run to run."""
    return _ADDRESS.sub("", safe_repr(value))


class _Short(reprlib.Repr):
    def __init__(self) -> None:
        super().__init__()
        self.maxlist = self.maxtuple = self.maxset = self.maxfrozenset = self.maxdict = self.maxdeque = 6
        self.maxstring = self.maxother = self.maxlong = 100
        self.maxlevel = 3

    def repr_instance(self, x: Any, level: int) -> str:  # noqa: ARG002 - the base class's signature
        return safe_repr(x, self.maxother)


_SHORT = _Short()


def short_repr(value: object) -> str:
    """Give a ``repr`` that is short however large the value is."""
    try:
        return shorten(_SHORT.repr(value))
    except Exception:  # noqa: BLE001 - whatever a user's container raises while it is walked
        return f"<{type_name(value)}>"


def safe_equal(old: object, new: object) -> bool | None:
    """Ask whether two values are equal; None when they cannot say."""
    if old is new:
        return True
    try:
        return bool(old == new)
    except Exception:  # noqa: BLE001 - whatever a user's == raises, an array of answers included
        return None
