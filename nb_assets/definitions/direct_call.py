"""Calling the function of a definition directly, as a test does: what it is given and gives is checked as in a run."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.compute import context_names
from nb_assets.definitions.upward import execution_module
from nb_assets.errors import InvocationError, near

if TYPE_CHECKING:
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.definitions.op import OpDefinition


def provided(
    called: AssetsDefinition | OpDefinition, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> tuple[tuple[Any, ...], dict[str, Any], dict[str, Any]]:
    """Take the resources and the configuration out of what a function is called with, adding those of its context.

    Returns what is left of the arguments, and what was taken out as the function gets it.

    Raises
    ------
    MissingResourceError
        When a resource is given neither as an argument nor by the context.
    ConfigError
        When the configuration is not what the function asks for.
    InvocationError
        When one of them is given in both ways.
    """
    __tracebackhide__ = True
    compute = called.compute
    plain = not compute.resource_arguments and compute.config_type is None
    if plain and not (args and not compute.has_context and hasattr(args[0], "bound_to")):
        return args, dict(kwargs), {}
    return execution_module("direct_provisions").provide(called, args, kwargs)  # type: ignore[no-any-return]


def call_directly(
    called: AssetsDefinition | OpDefinition,
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
    provided: Mapping[str, Any] = MappingProxyType({}),
) -> Any:
    """Call the function with arguments that are known to fit, and return what it gives.

    Raises
    ------
    InvocationError
        When what stands in the place of the context is none.
    OutputError
        When an argument or what the function gives is not of the declared type, or an output is missing or unknown.
    """
    __tracebackhide__ = True
    compute = called.compute
    given = dict(kwargs)
    if compute.has_context:
        if args:
            args = (_bound(args[0], called), *args[1:])
        else:
            # By whatever name it was given: the function has its own.
            name = next(each for each in context_names(compute) if each in given)
            args = (_bound(given.pop(name), called),)
    checks = execution_module("direct_checks")
    names = (("context",) if compute.has_context else ()) + compute.arguments
    values = {**dict(zip(names, args, strict=False)), **given}
    values.pop("context" if compute.has_context else "", None)
    checks.check_arguments(called, values)
    by_name = dict(zip(names, args, strict=False)) if provided else {}
    if by_name:
        # Where resources stand between other arguments, their places would not fit.
        context = (args[0],) if compute.has_context else ()
        by_name.pop("context" if compute.has_context else "", None)
        result = compute.fn(*context, **by_name, **given, **provided)
    else:
        result = compute.fn(*args, **given, **provided)

    def check(complete: Any) -> None:
        checks.check_result(called, complete)

    checked = _checked(result, check)
    close = getattr(provided, "close", None)
    if close is not None and checked is result:
        close()
    return checked


def check_call(
    called: AssetsDefinition, names: tuple[str, ...], args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> None:
    """Check that a direct call of the function of assets gives the arguments that it takes.

    Raises
    ------
    InvocationError
        When one is missing, or one too many is given.
    """
    signature = f"{called.__name__}({', '.join(names)})"
    if called.compute.has_context and not args and not context_names(called.compute).intersection(kwargs):
        raise InvocationError(
            f"`{signature}` takes a context as its first argument, and none was given: call it with "
            "`build_asset_context()`, or with None when it does not use it."
        )
    if len(args) > len(names):
        raise InvocationError(f"`{signature}` takes {len(names)} arguments, and {len(args)} were given.")
    if not called.compute.catch_all and (unknown := set(kwargs) - set(names) - context_names(called.compute)):
        first = min(unknown)
        raise InvocationError(f"`{signature}` has no argument `{first}`.{near(first, names)}")
    given = {*names[: len(args)], *kwargs}
    for name in called.compute.arguments:
        if name not in given and name not in called.compute.optional:
            raise InvocationError(
                f"no value was given for the argument `{name}` of `{signature}`. A direct call takes plain values; "
                "`materialize` is what takes them from the upstream assets."
            )


def _bound(context: Any, called: AssetsDefinition | OpDefinition) -> Any:
    if context is None:
        return execution_module("built_context").empty_context(called)
    if not hasattr(context, "output_metadata"):
        raise InvocationError(
            f"the first argument of `{called.name}` is its context, and it was given {context!r}: build one with "
            "`build_asset_context()` or `build_op_context()`, or give None when it does not use it."
        )
    bound_to = getattr(context, "bound_to", None)
    return context if bound_to is None else bound_to(called)


def _checked(result: Any, check: Callable[[Any], None]) -> Any:
    if inspect.isgenerator(result):
        return _checked_stream(result, check)
    if inspect.isasyncgen(result):
        return _checked_async_stream(result, check)
    if inspect.iscoroutine(result):
        return _checked_later(result, check)
    check(result)
    return result


def _checked_stream(stream: Iterator[Any], check: Callable[[Any], None]) -> Iterator[Any]:
    items = []
    for item in stream:
        items.append(item)
        yield item
    check(each for each in items)


async def _checked_async_stream(
    stream: AsyncIterator[Any], check: Callable[[Any], None]
) -> AsyncIterator[Any]:
    items = []
    async for item in stream:
        items.append(item)
        yield item
    check(each for each in items)


async def _checked_later(waiting: Coroutine[Any, Any, Any], check: Callable[[Any], None]) -> Any:
    result = await waiting
    check(result)
    return result
