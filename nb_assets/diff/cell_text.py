"""Writes single values as they should read in a cell, and pairs of values so that their difference shows."""

from __future__ import annotations

import math
import unicodedata
from decimal import Decimal
from typing import Any

from nb_assets.diff.blocks import Cell
from nb_assets.diff.safely import safe_repr, type_name
from nb_assets.diff.wording import ELLIPSIS, shorten

_CONTEXT = 30


def value_cell(value: Any, *, faint: bool = False) -> Cell:
    """Write one value."""
    return Cell(shorten(value_text(value)), faint=faint or is_missing(value))


def change_cell(before: Any, after: Any) -> Cell:
    """Write a value and what it was before, never as the same text twice."""
    old, new = distinct_texts(before, after)
    return Cell(new, before=old, mark="changed")


def distinct_texts(before: Any, after: Any) -> tuple[str, str]:
    """Write two unequal values, in as much detail as it takes to tell them apart."""
    for write in (value_text, safe_repr):
        old, new = write(before), write(after)
        if _look(old) != _look(new):
            return focused(old, new)
    if old != new:
        return focused(ascii(old), ascii(new))
    return f"{shorten(old)} ({type_name(before)})", f"{shorten(new)} ({type_name(after)})"


def value_text(value: Any) -> str:
    """Write a value without quotes and without more digits than one reads."""
    if value is None:
        return "null"
    if isinstance(value, float):
        return "NaN" if math.isnan(value) else f"{value:.7g}" if math.isfinite(value) else f"{value}"
    if isinstance(value, str):
        return value if value.strip() == value and value else repr(value)
    if isinstance(value, bytes):
        return repr(value[:60])
    if hasattr(value, "isoformat") or isinstance(value, Decimal):
        return str(value)
    return safe_repr(value)


def is_missing(value: Any) -> bool:
    """Whether a value is null or NaN."""
    return value is None or (isinstance(value, float) and math.isnan(value))


def _look(text: str) -> str:
    """Give what a reader sees of a text: letters and their accents in one piece, without what shows as nothing."""
    if text.isascii():
        return text
    seen = (character for character in text if unicodedata.category(character) != "Cf")
    return unicodedata.normalize("NFC", "".join(seen))


def focused(old: str, new: str, limit: int = 120) -> tuple[str, str]:
    """Cut two long texts around the first place where they differ."""
    if max(len(old), len(new)) > limit:
        start = _first_difference(old, new) - _CONTEXT
        if start > 0:
            old, new = ELLIPSIS + old[start:], ELLIPSIS + new[start:]
    return _cut(old, limit), _cut(new, limit)


def _first_difference(old: str, new: str) -> int:
    same, beyond = 0, min(len(old), len(new)) + 1
    while beyond - same > 1:  # Slices compare much faster than characters do.
        middle = (same + beyond) // 2
        if old[same:middle] == new[same:middle]:
            same = middle
        else:
            beyond = middle
    return same


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + ELLIPSIS
