"""IO managers: what stores the values of assets and ops and loads them again, in place of the session's store."""

from __future__ import annotations

import functools
import inspect
from abc import ABC, abstractmethod
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, ClassVar, overload

from nb_assets.definitions.resource import ResourceDefinition
from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from nb_assets.definitions.passing.input_context import InputContext
    from nb_assets.definitions.passing.output_context import OutputContext


class InputManager(ABC):
    """Loads values for inputs."""

    @abstractmethod
    def load_input(self, context: InputContext) -> Any:
        """Return the value that the context tells of."""


class OutputManager(ABC):
    """Stores the values of outputs."""

    @abstractmethod
    def handle_output(self, context: OutputContext, obj: Any) -> None:
        """Store a value that the context tells of."""


class IOManager(InputManager, OutputManager):
    """Stores values, and loads what it stored.

    `handle_output` stores under what its context says, such as the asset's key; `load_input` finds it there again.
    """

    # Whether what it holds is gone with its object, so that it is not looked for in another kernel.
    lives_in_memory: ClassVar[bool] = False


class InputManagerDefinition(ResourceDefinition):
    """How an input manager is made.

    Parameters
    ----------
    input_config_schema
        What the configuration of each input looks like that it loads, found at `context.config`.
    """

    def __init__(
        self,
        resource_fn: Callable[..., Any],
        config_schema: Any = None,
        description: str | None = None,
        input_config_schema: Any = None,
        required_resource_keys: AbstractSet[str] | None = None,
        version: str | None = None,
    ) -> None:
        super().__init__(resource_fn, config_schema, description, required_resource_keys, version)
        self.input_config_schema = input_config_schema


class IOManagerDefinition(ResourceDefinition):
    """How an IO manager is made.

    Parameters
    ----------
    input_config_schema, output_config_schema
        What the configuration of each input and output looks like that it loads or stores, found at `context.config`.
    """

    def __init__(
        self,
        resource_fn: Callable[..., Any],
        config_schema: Any = None,
        description: str | None = None,
        required_resource_keys: AbstractSet[str] | None = None,
        version: str | None = None,
        input_config_schema: Any = None,
        output_config_schema: Any = None,
    ) -> None:
        super().__init__(resource_fn, config_schema, description, required_resource_keys, version)
        self.input_config_schema = input_config_schema
        self.output_config_schema = output_config_schema

    @staticmethod
    def hardcoded_io_manager(value: IOManager, description: str | None = None) -> IOManagerDefinition:
        """Return the definition of an IO manager that is there already.

        Raises
        ------
        DefinitionError
            When it is none.
        """
        if not isinstance(value, IOManager):
            raise DefinitionError(f"an IO manager is a subclass of IOManager, and {value!r} is none.")
        made = IOManagerDefinition(lambda _context: value, description=description)
        made.fixed = value
        return made


@overload
def io_manager(config_schema: Callable[..., Any]) -> IOManagerDefinition: ...
@overload
def io_manager(
    config_schema: Any = ...,
    description: str | None = ...,
    output_config_schema: Any = ...,
    input_config_schema: Any = ...,
    required_resource_keys: AbstractSet[str] | None = ...,
    version: str | None = ...,
) -> Callable[[Callable[..., Any]], IOManagerDefinition]: ...
def io_manager(
    config_schema: Any = None,
    description: str | None = None,
    output_config_schema: Any = None,
    input_config_schema: Any = None,
    required_resource_keys: AbstractSet[str] | None = None,
    version: str | None = None,
) -> IOManagerDefinition | Callable[[Callable[..., Any]], IOManagerDefinition]:
    """Make the definition of an IO manager of a function that returns it.

    Parameters
    ----------
    config_schema
        What its configuration looks like, found at `context.resource_config`.
    output_config_schema, input_config_schema
        What the configuration of each output and input looks like, found at `context.config` in its methods.
    required_resource_keys
        The resources that it is made with, found at `context.resources`.
    version
        Replaces the fingerprint of its code.
    """

    def decorate(fn: Callable[..., Any]) -> IOManagerDefinition:
        made = IOManagerDefinition(
            fn,
            config_schema=config_schema,
            description=description or inspect.getdoc(fn),
            required_resource_keys=required_resource_keys,
            version=version,
            input_config_schema=input_config_schema,
            output_config_schema=output_config_schema,
        )
        functools.update_wrapper(made, fn)
        return made

    if _is_function(config_schema):
        fn, config_schema = config_schema, None
        return decorate(fn)
    return decorate


@overload
def input_manager(config_schema: Callable[..., Any]) -> InputManagerDefinition: ...
@overload
def input_manager(
    config_schema: Any = ...,
    description: str | None = ...,
    input_config_schema: Any = ...,
    required_resource_keys: AbstractSet[str] | None = ...,
    version: str | None = ...,
) -> Callable[[Callable[..., Any]], InputManagerDefinition]: ...
def input_manager(
    config_schema: Any = None,
    description: str | None = None,
    input_config_schema: Any = None,
    required_resource_keys: AbstractSet[str] | None = None,
    version: str | None = None,
) -> InputManagerDefinition | Callable[[Callable[..., Any]], InputManagerDefinition]:
    """Make the definition of an input manager of a function that loads a value, given the context of the input.

    Parameters
    ----------
    config_schema
        What its configuration looks like, found at `context.resource_config`.
    input_config_schema
        What the configuration of each input looks like, found at `context.config`.
    required_resource_keys
        The resources that it needs, found at `context.resources`.
    version
        Replaces the fingerprint of its code.
    """

    def decorate(fn: Callable[..., Any]) -> InputManagerDefinition:
        loads = _LoadedBy(fn)
        made = InputManagerDefinition(
            lambda _context: loads,
            config_schema=config_schema,
            description=description or inspect.getdoc(fn),
            input_config_schema=input_config_schema,
            required_resource_keys=required_resource_keys,
            version=version,
        )
        functools.update_wrapper(made, fn)
        return made

    if _is_function(config_schema):
        fn, config_schema = config_schema, None
        return decorate(fn)
    return decorate


def passes_values(definition: ResourceDefinition) -> bool:
    """Tell whether a resource is an IO manager or an input manager, as far as its definition says it."""
    if definition.is_fixed:
        return isinstance(definition.fixed, InputManager)
    return isinstance(definition, (IOManagerDefinition, InputManagerDefinition)) or isinstance(
        getattr(definition.source_object, "resource_cls", None), type
    )


class _LoadedBy(InputManager):
    """Loads by a function, which may also return an input manager that does."""

    def __init__(self, fn: Callable[..., Any]) -> None:
        self._fn = fn

    def load_input(self, context: InputContext) -> Any:
        given = self._fn(context) if inspect.signature(self._fn).parameters else self._fn()
        return given.load_input(context) if isinstance(given, InputManager) else given


def _is_function(value: Any) -> bool:
    if isinstance(value, type):
        return issubclass(value, InputManager)
    return inspect.isroutine(value) or hasattr(value, "__wrapped__") or isinstance(value, functools.partial)
