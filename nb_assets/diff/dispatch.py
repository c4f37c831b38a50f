"""Finds who compares two values: an ordered list of registered kinds, the newest first.

It knows no kind itself; ``nb_assets.diff`` registers those that come with the package. Whatever a kind stumbles over,
`diff` still answers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from nb_assets.diff.blocks import Note
from nb_assets.diff.frame_input import column_label
from nb_assets.diff.safely import type_name
from nb_assets.diff.value_diff import ValueDiff
from nb_assets.diff.wording import shorten
from nb_assets.errors import UsageError


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """What the caller says about a comparison; each kind takes what it understands."""

    key: tuple[str, ...] | None = None
    """The columns that identify a row."""
    tolerance: float | None = None
    """The largest absolute difference at which two numbers count as equal."""


TypeMatcher: TypeAlias = "type | str | Callable[[Any], bool]"
Compare = Callable[[Any, Any, Options], ValueDiff]

_kinds: list[tuple[Callable[[Any], bool], Compare]] = []
_fallback: list[Compare] = []


def register_diff(type_matcher: TypeMatcher, fn: Compare) -> None:
    """Let `fn` compare two values that both match; what is registered later is asked first.

    Parameters
    ----------
    type_matcher
        A class (its subclasses match too), a class's qualified name such as ``"torch.Tensor"`` (so that
        nothing need be imported), or a predicate.
    fn
        Called as ``fn(old, new, options)``, answers with a `ValueDiff`.
    """
    _kinds.insert(0, (_predicate(type_matcher), fn))


def register_fallback(fn: Compare) -> None:
    """Let `fn` compare what no kind does, values of two different kinds among them."""
    _fallback[:] = [fn]


def diff(
    old: Any, new: Any, key: str | Sequence[str] | None = None, tolerance: float | None = None
) -> ValueDiff:
    """Compare any two values.

    Parameters
    ----------
    key
        The columns of a data frame that identify a row; without them a unique key is looked for.
    tolerance
        The largest absolute difference at which two numbers count as equal.
    """
    return compare(old, new, checked_options(key, tolerance))


def checked_options(key: str | Sequence[str] | None, tolerance: float | None) -> Options:
    """Return what a caller says about a comparison.

    Raises
    ------
    UsageError
        When the tolerance is no such number.
    """
    return Options(key=_checked_key(key), tolerance=_checked_tolerance(tolerance))


def compare(old: Any, new: Any, options: Options) -> ValueDiff:
    """Compare any two values under options that are already checked."""
    for matches, fn in tuple(_kinds):
        if not _match(matches, old, new):
            continue
        try:
            return fn(old, new, options)
        except BaseException as error:  # Values of users may do anything; a run must not fail for its report.
            # A panic inside polars is no `Exception`: https://docs.rs/pyo3/latest/pyo3/panic/struct.PanicException.html
            if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
                raise
            return _in_spite_of(error, old, new, options)
    return _fallback[0](old, new, options)


def _match(matches: Callable[[Any], bool], old: Any, new: Any) -> bool:
    """Ask a predicate; a value that cannot even be looked at is of no kind."""
    try:
        return bool(matches(old) and matches(new))
    except Exception:  # noqa: BLE001 - whatever a user's class raises when it is asked what it is
        return False


def _in_spite_of(error: BaseException, old: Any, new: Any, options: Options) -> ValueDiff:
    """Compare in the simplest way, and say that a better one failed."""
    result = _fallback[0](old, new, options)
    words = f"{type_name(new)}: compared by what it prints, for a closer look raised {type(error).__name__}: "
    try:
        said = str(error)
    except Exception:  # noqa: BLE001 - whatever a user's error raises when it is printed
        said = "an error that cannot be printed"
    return replace(result, blocks=(Note(words + shorten(said), warning=True), *result.blocks))


def _predicate(type_matcher: TypeMatcher) -> Callable[[Any], bool]:
    if isinstance(type_matcher, type):
        cls = type_matcher
        return lambda value: isinstance(value, cls)
    if isinstance(type_matcher, str):
        name = type_matcher
        return lambda value: any(
            f"{each.__module__}.{each.__qualname__}" == name for each in type(value).__mro__
        )
    return type_matcher


def _checked_key(key: Any) -> tuple[str, ...] | None:
    if key is None:
        return None
    several = isinstance(key, (Sequence, AbstractSet)) and not isinstance(key, (str, bytes))
    return tuple(dict.fromkeys(map(column_label, key if several else (key,)))) or None


def _checked_tolerance(tolerance: Any) -> float | None:
    if tolerance is None:
        return None
    if isinstance(tolerance, bool) or not isinstance(tolerance, (int, float)) or not tolerance >= 0:
        raise UsageError(
            f"the tolerance of a diff is the largest difference at which two numbers count as equal, so it is a "
            f"number that is not negative, not {_said(tolerance)}. Try `tolerance=1e-9`, or leave it out."
        )
    return float(tolerance)


def _said(value: object) -> str:
    return repr(value) if isinstance(value, (int, float, str)) else f"a {type_name(value)}"
