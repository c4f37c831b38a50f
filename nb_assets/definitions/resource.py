"""Resources: what assets and ops use besides data, such as a connection, made once a run from a definition.

A definition says how a resource is made and what that needs. When it is made, and when it is closed, is the business of
`execution.resources`.
"""

from __future__ import annotations

import copy
import functools
import importlib
import inspect
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_args, get_origin, overload

from nb_assets.definitions.config.configured import configured_field
from nb_assets.definitions.config.own import ANYTHING
from nb_assets.definitions.config.shapes import as_field
from nb_assets.definitions.upward import execution_module
from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from typing_extensions import Self

    from nb_assets.definitions.config.defined_again import MadeAgain

T = TypeVar("T")
_RESOURCE_PARAMETER = "nb_assets resource"
ResourceParam = Annotated[T, _RESOURCE_PARAMETER]
"""The annotation of a parameter that is a resource and no input: `db: ResourceParam[Connection]`."""

_NOT_FIXED = object()


class TreatAsResourceParam:
    """A class whose subclasses, as annotations, say of a parameter that it is a resource."""


class ResourceDefinition(TreatAsResourceParam):
    """How a resource is made: a function of its context and of its configuration.

    Parameters
    ----------
    resource_fn
        Returns the resource, or yields it once and closes it after that. Its one parameter is the context, if it has one.
    config_schema
        What its configuration looks like.
    required_resource_keys
        The resources that it is made with, found at `context.resources`.
    version
        Replaces the fingerprint of its code.
    """

    # It makes resources, and is never what a function is given.
    __nb_assets_itself__ = False

    def __init__(
        self,
        resource_fn: Callable[..., Any],
        config_schema: Any = None,
        description: str | None = None,
        required_resource_keys: AbstractSet[str] | None = None,
        version: str | None = None,
    ) -> None:
        if not callable(resource_fn):
            raise DefinitionError(f"a resource is made by a function, and {resource_fn!r} is none.")
        self.resource_fn = resource_fn
        self.config_schema = config_schema
        self.config_field = ANYTHING if config_schema is None else as_field(config_schema)
        self.description = description
        self.required_resource_keys = frozenset(required_resource_keys or ())
        self.version = version
        # The object itself, where the resource is one that is there already.
        self.fixed: Any = _NOT_FIXED
        # What the definition was made of, where that is an object which holds the configuration.
        self.source_object: Any = None
        # The resources that it holds, by field. Those that are late are configured on their own, and found among the
        # resources of the run; the others are made with it.
        self.nested: Mapping[str, ResourceDefinition] = {}
        self.late: frozenset[str] = frozenset()
        # What makes it once more of the class of `source_object`, where that was defined again.
        self.made_again: MadeAgain | None = None

    @property
    def is_fixed(self) -> bool:
        """Whether the resource is an object that is there already."""
        return self.fixed is not _NOT_FIXED

    @property
    def takes_context(self) -> bool:
        """Whether the function has a parameter for the context."""
        return bool(inspect.signature(self.resource_fn).parameters)

    @staticmethod
    def hardcoded_resource(value: Any, description: str | None = None) -> ResourceDefinition:
        """Return the definition of a resource that is there already."""
        made = ResourceDefinition(functools.partial(_constant, value), description=description)
        made.fixed = value
        return made

    @staticmethod
    def none_resource(description: str | None = None) -> ResourceDefinition:
        """Return the definition of a resource that is None."""
        return ResourceDefinition.hardcoded_resource(None, description)

    @staticmethod
    def mock_resource(description: str | None = None) -> ResourceDefinition:
        """Return the definition of a resource that takes any call, for tests."""
        mock = importlib.import_module("unittest.mock")
        return ResourceDefinition(lambda _context: mock.MagicMock(), description=description)

    @staticmethod
    def string_resource(description: str | None = None) -> ResourceDefinition:
        """Return the definition of a resource that is the text it is configured with."""
        return ResourceDefinition(
            lambda context: context.resource_config, config_schema=str, description=description
        )

    def replaced(self, **changes: Any) -> Self:
        """Return the same definition with other attributes."""
        copied = copy.copy(self)
        copied.made_again = None
        vars(copied).update(changes)
        return copied

    def as_defined_now(self) -> ResourceDefinition:
        """Return the definition with its class as that is by now, where the class's cell ran again: mostly itself."""
        return self if self.made_again is None else self.made_again.of(self)

    def configured(
        self, config_or_config_fn: Any, config_schema: Any = None, description: str | None = None
    ) -> Self:
        """Return the same resource with its configuration given, or made by a function of another one.

        Raises
        ------
        ConfigSchemaError
            When a schema is given for what no function makes anything of.
        """
        name = getattr(self.resource_fn, "__name__", "resource")
        field = configured_field(self.config_field, config_or_config_fn, config_schema, name)
        return self.replaced(
            config_field=field, config_schema=field, description=description or self.description
        )

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Make the resource directly, as a test does: with a context of `build_init_resource_context`, or None.

        Raises
        ------
        InvocationError
            When the context is missing, or lacks a resource that is needed.
        """
        __tracebackhide__ = True
        return execution_module("built_resources").call_resource(self, args, kwargs)

    def __repr__(self) -> str:
        name = getattr(self.resource_fn, "__name__", None)
        return f"<{type(self).__name__} {name or repr(self.fixed)}>"


def _constant(value: Any, _context: Any) -> Any:
    return value


@overload
def resource(config_schema: Callable[..., Any]) -> ResourceDefinition: ...
@overload
def resource(
    config_schema: Any = ...,
    description: str | None = ...,
    required_resource_keys: AbstractSet[str] | None = ...,
    version: str | None = ...,
) -> Callable[[Callable[..., Any]], ResourceDefinition]: ...
def resource(
    config_schema: Any = None,
    description: str | None = None,
    required_resource_keys: AbstractSet[str] | None = None,
    version: str | None = None,
) -> ResourceDefinition | Callable[[Callable[..., Any]], ResourceDefinition]:
    """Make the definition of a resource of a function that returns it, or yields it and then closes it.

    Parameters
    ----------
    config_schema
        What its configuration looks like, found at `context.resource_config`.
    required_resource_keys
        The resources that it is made with, found at `context.resources`.
    version
        Replaces the fingerprint of its code.

    Raises
    ------
    DefinitionError
        When the function needs more than the context.
    """

    def decorate(fn: Callable[..., Any]) -> ResourceDefinition:
        _check_signature(fn)
        made = ResourceDefinition(
            fn,
            config_schema=config_schema,
            description=description or inspect.getdoc(fn),
            required_resource_keys=required_resource_keys,
            version=version,
        )
        functools.update_wrapper(made, fn)
        return made

    if _is_function(config_schema):
        fn, config_schema = config_schema, None
        return decorate(fn)
    return decorate


def as_resource(value: Any) -> ResourceDefinition:
    """Return the definition of whatever was given as a resource: a definition, what makes one, or the object itself."""
    if isinstance(value, ResourceDefinition):
        return value
    definition = getattr(type(value), "get_resource_definition", None)
    if definition is not None and callable(definition) and not isinstance(value, type):
        made = definition(value)
        if isinstance(made, ResourceDefinition):
            return made
    return ResourceDefinition.hardcoded_resource(value)


def as_resources(given: Any, owner: str) -> dict[str, ResourceDefinition]:
    """Return the definitions of resources that were given by name.

    Raises
    ------
    DefinitionError
        When it is no mapping, or a name cannot be an attribute.
    """
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise DefinitionError(f"the resources of {owner} are a dict by name, not {given!r}.")
    for name in given:
        if not isinstance(name, str) or not name.isidentifier():
            raise DefinitionError(
                f"{name!r} of {owner} cannot be the name of a resource, which is found at `context.resources.NAME`: letters, "
                "digits and underscores, no digit first."
            )
    return {name: as_resource(value) for name, value in given.items()}


def make_values_resource(**kwargs: Any) -> ResourceDefinition:
    """Return a resource that is the dict it is configured with: of these types by name, or of anything without them."""
    return ResourceDefinition(lambda context: context.resource_config, config_schema=kwargs or None)


def is_resource_annotation(annotation: Any) -> bool:
    """Tell whether an annotation says of a parameter that it is a resource."""
    if isinstance(annotation, type):
        return issubclass(annotation, TreatAsResourceParam)
    if get_origin(annotation) is Annotated:
        return _RESOURCE_PARAMETER in get_args(annotation)[1:]
    # A generic class with its arguments.
    origin = get_origin(annotation)
    return isinstance(origin, type) and issubclass(origin, TreatAsResourceParam)


def _is_function(value: Any) -> bool:
    return inspect.isroutine(value) or hasattr(value, "__wrapped__") or isinstance(value, functools.partial)


def _check_signature(fn: Callable[..., Any]) -> None:
    name = getattr(fn, "__name__", repr(fn))
    parameters = list(inspect.signature(fn).parameters.values())
    if parameters and parameters[0].kind is inspect.Parameter.KEYWORD_ONLY:
        raise DefinitionError(f"the context of the resource `{name}` is its first positional parameter.")
    for parameter in parameters[1:]:
        if parameter.default is parameter.empty and parameter.kind not in (
            parameter.VAR_POSITIONAL,
            parameter.VAR_KEYWORD,
        ):
            raise DefinitionError(
                f"the resource `{name}` takes its context and nothing else, and `{parameter.name}` has no default: take "
                "the value from `context.resource_config`, or another resource from `context.resources`."
            )
