"""What a function that is called directly gets besides its inputs: from the call itself, or from its context."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.compute import context_names
from nb_assets.definitions.config.shapes import Shape, read_config
from nb_assets.errors import InvocationError, MissingResourceError
from nb_assets.execution.built_resources import BuiltResources

if TYPE_CHECKING:
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.definitions.config.own import OwnConfig
    from nb_assets.definitions.op import OpDefinition
    from nb_assets.execution.built_context import BuiltContext

_Taken = tuple[tuple[Any, ...], dict[str, Any], dict[str, Any]]


class Provided(dict[str, Any]):
    """What a function that is called directly gets besides its inputs; what was opened for it is closed after the call."""

    opened: BuiltResources | None = None

    def close(self) -> None:
        """Close what was opened for this call."""
        if self.opened is not None:
            self.opened.close()


def provide(
    called: AssetsDefinition | OpDefinition, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> _Taken:
    """Take the resources and the configuration out of a call, adding those of its context.

    Returns what is left of the arguments, and what was taken out as the function gets it.
    """
    __tracebackhide__ = True
    compute = called.compute
    given = dict(kwargs)
    context, rest = _context_of(called, args, given)
    apart = {*compute.resource_arguments, *(("config",) if compute.config_type is not None else ())}
    parameters = list(inspect.signature(compute.fn).parameters)
    names = parameters[1:] if compute.has_context else parameters
    if len(rest) > len(names):
        return args, given, {}
    left: list[Any] = []
    for name, value in zip(names, rest, strict=False):
        if name in apart:
            given.setdefault(name, value)
        else:
            left.append(value)
    taken = {name: given.pop(name) for name in apart if name in given}
    found = _resources(called, context, taken)
    if compute.config_type is not None:
        config = called.config
        assert config is not None
        found["config"] = _config(called.name, config, context, taken)
    if context is not None and found.opened is not None:
        context = copy.copy(context)
        context.built = found.opened
        if args and hasattr(args[0], "bound_to"):
            args = (context, *args[1:])
    leading = args[: len(args) - len(rest)] if compute.has_context else ()
    return (*leading, *left), given, found


def op_config_of(name: str, config: OwnConfig | None, given: Any) -> Any:
    """Return the configuration that a context was built with, as a function sees it.

    Raises
    ------
    ConfigError
        When it is not what the function asks for.
    """
    if config is None:
        return given
    written = given if given is None else getattr(given, "_convert_to_config_dictionary", lambda: given)()
    read = read_config(
        Shape({"config": config.field}),
        {} if written is None else {"config": written},
        f"the configuration of `{name}`",
    )
    return read.get("config")


def _context_of(
    called: AssetsDefinition | OpDefinition, args: tuple[Any, ...], given: dict[str, Any]
) -> tuple[BuiltContext | None, tuple[Any, ...]]:
    if called.compute.has_context:
        named = next((given[name] for name in context_names(called.compute) if name in given), None)
        first = named if named is not None or not args else args[0]
        return (first if hasattr(first, "bound_to") else None), args if named is not None else args[1:]
    if args and hasattr(args[0], "bound_to"):
        return args[0], args[1:]
    return given.pop("context", None), args


def _resources(
    called: AssetsDefinition | OpDefinition, context: BuiltContext | None, taken: Mapping[str, Any]
) -> Provided:
    names = called.compute.resource_arguments
    passed = {name: taken[name] for name in names if name in taken}
    from_context = {} if context is None else context.built.definitions
    if passed and from_context:
        raise InvocationError(
            f"`{called.name}` was given resources both as arguments ({', '.join(passed)}) and by its context "
            f"({', '.join(from_context)}): give them in one place."
        )
    built = BuiltResources(passed, f"`{called.name}`")
    found = Provided()
    if passed:
        built.enter()
        found.opened = built
    for name in names:
        if name in passed:
            found[name] = built.get(name)
        elif context is not None and name in from_context:
            found[name] = context.built.get(name)
        else:
            raise MissingResourceError(name, f"`{called.name}`", {**passed, **from_context})
    return found


def _config(name: str, config: OwnConfig, context: BuiltContext | None, taken: Mapping[str, Any]) -> Any:
    by_context = None if context is None else context.op_config
    assert config.as_argument is not None
    if "config" in taken:
        if by_context is not None:
            raise InvocationError(
                f"`{name}` was given its configuration both as an argument and by its context: give it in one place."
            )
        if not isinstance(taken["config"], Mapping):
            return taken["config"]
        by_context = taken["config"]
    return config.as_argument(op_config_of(name, config, by_context))
