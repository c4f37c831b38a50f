"""What changed between two values that are one word: truth values, moments, enum members, nothing at all."""

from __future__ import annotations

import datetime as dt
import enum
import uuid
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from nb_assets.diff.safely import safe_repr
from nb_assets.diff.value_diff import ValueDiff, shown, unchanged
from nb_assets.diff.wording import ARROW, MINUS, Phrase

if TYPE_CHECKING:
    from nb_assets.diff.dispatch import Options

_WORDS = (bool, type(None), dt.date, dt.time, dt.timedelta, enum.Enum, uuid.UUID, PurePath)


def is_scalar(value: object) -> bool:
    """Recognise values that are one word."""
    return isinstance(value, _WORDS) or type(value).__name__ == "bool_"


def diff_scalar(old: Any, new: Any, options: Options) -> ValueDiff:  # noqa: ARG001 - the signature of every kind
    """Compare two values that are one word."""
    if type(old) is type(new) and (old == new or _neither_is(old, new)):
        return unchanged("scalar", _text(new))
    words = f"{_text(old)} {ARROW} {_text(new)}{_apart(old, new)}"
    return shown("scalar", ((Phrase(words, "changed"),),), badge="~")


def _neither_is(old: Any, new: Any) -> bool:
    """Whether both are a missing moment, such as pandas' NaT, which equals not even itself."""
    return type(old).__name__ == "NaTType" and bool(old != old and new != new)  # noqa: PLR0124


def _text(value: Any) -> str:
    return str(value) if isinstance(value, (dt.date, dt.time, dt.timedelta)) else safe_repr(value, 80)


def _apart(old: Any, new: Any) -> str:
    """Say how far two moments are apart."""
    try:
        apart = new - old
    except (TypeError, OverflowError):
        return ""
    if not isinstance(apart, dt.timedelta):
        return ""
    text = str(abs(apart)).removesuffix(", 0:00:00")
    return f" (+{text})" if apart >= dt.timedelta(0) else f" ({MINUS}{text})"
