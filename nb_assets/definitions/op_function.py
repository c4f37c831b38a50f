"""What the function of an op, and what is said beside it, tell of its inputs and outputs."""

from __future__ import annotations

import functools
import typing
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nb_assets.definitions.builtin_types import NOTHING, Nothing
from nb_assets.definitions.compute import ComputeFunction
from nb_assets.definitions.dynamic_output import DynamicOut, DynamicOutput
from nb_assets.definitions.naming import checked_name
from nb_assets.definitions.op_io import In, Out
from nb_assets.definitions.result import DEFAULT_OUTPUT
from nb_assets.errors import DefinitionError, near


def called_with_inputs(fn: Any, inputs: Sequence[str], owner: str) -> ComputeFunction:
    """Return what calls a function with its context and a dict of its inputs.

    Raises
    ------
    DefinitionError
        When it is no function.
    """
    if isinstance(fn, ComputeFunction):
        return fn
    if not callable(fn):
        raise DefinitionError(
            f"the compute_fn of the op `{owner}` is a function of a context and a dict of inputs, not {fn!r}."
        )
    return ComputeFunction(
        _with_dict(fn, inputs), tuple(inputs), frozenset(), has_context=True, catch_all=False
    )


def _with_dict(fn: Callable[..., Any], inputs: Sequence[str]) -> Callable[..., Any]:
    # Wrapped, so that its source and its fingerprint are those of the function.
    @functools.wraps(fn)
    def call(context: Any, *args: Any, **kwargs: Any) -> Any:
        return fn(context, {**dict(zip(inputs, args, strict=False)), **kwargs})

    return call


def inputs_of(compute: ComputeFunction, ins: Mapping[str, In], owner: str) -> dict[str, In]:
    """Return the inputs of an op: the arguments of its function, and what is said of more.

    Raises
    ------
    DefinitionError
        When something is said of what is no input.
    """
    for input_name, given in ins.items():
        if not isinstance(given, In):
            raise DefinitionError(
                f"`ins` of the op `{owner}` has {given!r} for `{input_name}`: it is a dict of In by argument."
            )
        is_argument = input_name in compute.arguments
        if given.carries_value and not is_argument and not compute.catch_all:
            raise DefinitionError(
                f"`ins` of the op `{owner}` names `{input_name}`, which is no argument of its function."
                f"{near(input_name, compute.arguments)}"
            )
        if not given.carries_value and is_argument:
            raise DefinitionError(
                f"the input `{input_name}` of the op `{owner}` carries nothing, so its function cannot take it: leave the "
                "argument out."
            )
    for argument in compute.arguments:
        if compute.hints.get(argument) in (Nothing, NOTHING):
            raise DefinitionError(
                f"the argument `{argument}` of the op `{owner}` is annotated as Nothing, and what carries nothing is no argument: "
                f'leave it out, and write ins={{"{argument}": In(Nothing)}}.'
            )
    names = dict.fromkeys([*compute.arguments, *ins])
    return {checked_name(name, "input"): ins.get(name, In()) for name in names}


def outputs_of(out: Any, owner: str) -> dict[str, Out]:
    """Return the outputs of an op by name.

    Raises
    ------
    DefinitionError
        When what is said of them is no `Out`.
    """
    if out is None:
        return {DEFAULT_OUTPUT: Out()}
    if isinstance(out, Out):
        return {DEFAULT_OUTPUT: out}
    if not isinstance(out, Mapping) or not all(isinstance(each, Out) for each in out.values()):
        raise DefinitionError(
            f"`out` of the op `{owner}` is an Out, or a dict of Out by output name, not {out!r}."
        )
    return {checked_name(name, "output"): each for name, each in out.items()}


def parts_returned(compute: ComputeFunction, owner: str) -> dict[str, Out]:
    """Return the one output of an op of which nothing is said: dynamic, where a list of `DynamicOutput` is annotated.

    Raises
    ------
    DefinitionError
        When a single part is annotated.
    """
    hint = compute.hints.get("return")
    (inner, *_) = typing.get_args(hint) or (None,)
    if DynamicOutput in {hint, typing.get_origin(hint)}:
        raise DefinitionError(
            f"the op `{owner}` is annotated to return one DynamicOutput, and a dynamic output is a list of them: write "
            "list[DynamicOutput[…]], or Output[…] where there is one value."
        )
    if typing.get_origin(hint) is not list or DynamicOutput not in {inner, typing.get_origin(inner)}:
        return outputs_of(None, owner)
    (value, *_) = typing.get_args(inner) or (None,)
    return {DEFAULT_OUTPUT: DynamicOut(value)}
