"""What changed between two numbers: their difference, and what share of the old one that is."""

from __future__ import annotations

import cmath
import math
from decimal import Decimal
from fractions import Fraction
from numbers import Number
from typing import TYPE_CHECKING, Any

from nb_assets.diff.safely import safe_repr, type_name
from nb_assets.diff.value_diff import ValueDiff, shown, unchanged
from nb_assets.diff.wording import ARROW, Phrase, number_text, percent, shorten, signed

if TYPE_CHECKING:
    from nb_assets.diff.dispatch import Options


def is_number(value: object) -> bool:
    """Recognise numbers, NumPy's scalars among them, but no truth values."""
    return isinstance(value, (Number, Decimal, Fraction)) and type(value).__name__ not in {"bool", "bool_"}


def same_number(old: Any, new: Any, tolerance: float | None) -> bool:
    """Whether two numbers count as equal: NaN equals NaN, and a tolerance forgives a small difference."""
    if (_is_nan(old) and _is_nan(new)) or _equals(old, new):
        return True
    if tolerance is None:
        return False
    difference = _difference(old, new)
    return difference is not None and abs(difference) <= tolerance


def _equals(old: Any, new: Any) -> bool:
    try:
        return bool(old == new)
    except ArithmeticError:  # A signalling NaN, or a whole number that no float of NumPy's can hold.
        return False


def diff_number(old: Any, new: Any, options: Options) -> ValueDiff:
    """Compare two numbers."""
    same = same_number(old, new, options.tolerance)
    if same and type(old) is type(new):
        return unchanged("number", _text(new))
    words = f"{_text(old)} {ARROW} {_text(new)}"
    if not same:
        words += _apart(old, new)
    if type(old) is not type(new):
        words += f"; {type_name(old)} {ARROW} {type_name(new)}"
    return shown("number", ((Phrase(words, "changed"),),), badge="~")


def _apart(old: Any, new: Any) -> str:
    """Say by how much a number moved, and what share of it that is."""
    difference = _difference(old, new)
    if difference is None or isinstance(difference, complex):
        return ""
    try:
        share = percent(abs(difference), abs(float(old)))
    except (OverflowError, ValueError):
        share = ""
    words = signed(difference)
    return f" ({words}, {words[0]}{share})" if share else f" ({words})"


def _text(number: Any) -> str:
    if isinstance(number, (bool, complex, Decimal, Fraction)) or not isinstance(number, (int, float)):
        return shorten(_written(number), 60)
    if isinstance(number, float):
        return safe_repr(float(number))
    return number_text(number)


def _written(number: Any) -> str:
    try:
        return str(number)
    except ValueError:  # Python refuses to write out whole numbers of more than 4,300 digits.
        return f"a {type_name(number)} of thousands of digits"


def _is_nan(number: Any) -> bool:
    try:
        if isinstance(number, Decimal):
            return number.is_nan()
        return cmath.isnan(number)
    except (TypeError, ValueError, OverflowError):
        return False


def _difference(old: Any, new: Any) -> float | complex | None:
    """Subtract, where that says something."""
    try:
        if isinstance(old, int) and isinstance(new, int):
            return new - old
        if type(old) is type(new) and isinstance(old, (Decimal, Fraction)):
            return float(new - old)  # What floats would round away before it is subtracted is seen.
        if isinstance(old, complex) or isinstance(new, complex):
            return complex(new) - complex(old)
        difference = float(new) - float(old)
    except (TypeError, ValueError, ArithmeticError):
        return None
    return difference if math.isfinite(difference) else None
