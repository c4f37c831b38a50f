"""What the return annotation of a function with several outputs says of each: Dagster's rules."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.hints import type_hints
from nb_assets.definitions.result import MaterializeResult
from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from nb_assets.definitions.compute import ComputeFunction


def check_annotation(compute: ComputeFunction, outputs: Sequence[str], owner: str) -> None:
    """Check that a return annotation can hold for the outputs: a tuple with a type for each, or a dict.

    Raises
    ------
    DefinitionError
        When it cannot.
    """
    own = inspect.unwrap(compute.fn)
    if len(outputs) < 2 or inspect.isgeneratorfunction(own) or inspect.isasyncgenfunction(own):  # noqa: PLR2004
        return
    hint = type_hints(compute.fn).get("return", Any)
    origin, parts = typing.get_origin(hint) or hint, typing.get_args(hint)
    if hint is Any or _is_result(hint) or (isinstance(origin, type) and issubclass(origin, Mapping)):
        return
    shown = hint.__qualname__ if isinstance(hint, type) and not parts else str(hint)
    names = ", ".join(outputs)
    if origin is not tuple:
        raise DefinitionError(
            f"`{owner}` has {len(outputs)} outputs and is annotated to return {shown}: annotate it as a tuple with a "
            f"type for each of {names}, or as a dict, or not at all."
        )
    if len(parts) != len(outputs) and not (parts and all(map(_is_result, parts))):
        raise DefinitionError(
            f"`{owner}` is annotated to return {shown}, which has {len(parts)} types, and it has {len(outputs)} outputs: "
            f"{names}."
        )


def annotation_of_output(hint: Any, index: int, count: int) -> Any:
    """Return the type that a return annotation gives to one of several outputs; Any when it gives none."""
    parts = typing.get_args(hint) if typing.get_origin(hint) is tuple else ()
    return parts[index] if len(parts) == count and not all(map(_is_result, parts)) else Any


def _is_result(hint: Any) -> bool:
    return (typing.get_origin(hint) or hint) is MaterializeResult
