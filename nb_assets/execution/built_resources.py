"""Resources outside of runs: contexts and scopes that are built by hand, and resources that are called directly."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.config.shapes import Shape, read_config
from nb_assets.definitions.resource import ResourceDefinition, as_resources
from nb_assets.errors import InvocationError, MissingResourceError, near
from nb_assets.execution.instance import DagsterInstance
from nb_assets.execution.resource_making import InitResourceContext, call_resource_fn, manager_of
from nb_assets.execution.resources import Resources, ResourceScope

if TYPE_CHECKING:
    from typing_extensions import Self


class BuiltResources:
    """Resources that were given to a context that is built by hand, as objects or as definitions.

    Those that close themselves can be had inside of `with` only, so that they are closed.
    """

    def __init__(self, given: Mapping[str, Any] | None, owner: str = "this context") -> None:
        self.definitions = as_resources(given, owner)
        self._owner = owner
        self._scope = ResourceScope()
        self._entered = False

    @property
    def view(self) -> Resources:
        """The resources as attributes."""
        return BuiltView(self)

    def get(self, name: str) -> Any:
        """Return one of them.

        Raises
        ------
        InvocationError
            When it closes itself, and this is not the inside of a `with`.
        """
        made = self._scope.get(name, self.definitions, self._owner)
        if not self._entered and self._scope.closes_something:
            self._scope.close()
            raise InvocationError(
                f"the resource `{name}` is closed after use, so it is to be had inside of a block only: "
                "`with build_…_context(resources={…}) as context:`."
            )
        return made

    def enter(self) -> None:
        """Begin the block inside of which all of them are to be had."""
        self._entered = True

    def close(self) -> None:
        """End it."""
        self._entered = False
        self._scope.close()


class BuiltInitResourceContext(InitResourceContext):
    """The context of a resource, built by hand."""

    def __enter__(self) -> Self:
        """Begin the block inside of which resources that close themselves are to be had."""
        _built(self).enter()
        return self

    def __exit__(self, *_error: object) -> None:
        """Close them."""
        _built(self).close()


class BuiltView(Resources):
    """Resources that were given to a context that is built by hand, as attributes."""

    def __init__(self, built: BuiltResources) -> None:
        super().__init__(built.definitions, built.get, "this context")
        self.built = built

    def _no_such(self, name: str) -> str:
        return f'this context has no resource `{name}`.{near(name, self._names)} Build it with resources={{"{name}": …}}.'


def _built(context: InitResourceContext) -> BuiltResources:
    assert isinstance(context.resources, BuiltView)
    return context.resources.built


def build_init_resource_context(
    config: Mapping[str, Any] | None = None,
    resources: Mapping[str, Any] | None = None,
    instance: Any = None,
) -> InitResourceContext:
    """Return a context for calling a resource directly.

    Parameters
    ----------
    config
        What `context.resource_config` is.
    resources
        What `context.resources` has by name, as objects or as definitions of them.
    """
    return BuiltInitResourceContext(
        resource_config=config,
        resources=BuiltView(BuiltResources(resources)),
        instance=DagsterInstance.ephemeral() if instance is None else instance,
    )


@contextmanager
def build_resources(
    resources: Mapping[str, Any],
    instance: Any = None,
    resource_config: Mapping[str, Any] | None = None,
    dagster_run: Any = None,
    log_manager: Any = None,
) -> Iterator[Resources]:
    """Make resources for a block, and close them after it.

    Parameters
    ----------
    resources
        Objects, or definitions of them, by name. What one of them needs is among them.
    resource_config
        Their configuration by name: `{"db": {"config": {…}}}`.

    Raises
    ------
    MissingResourceError
        When one needs what is not there.
    """
    definitions = as_resources(resources, "build_resources")
    scope = ResourceScope(config=resource_config, run=dagster_run, instance=instance, log=log_manager)
    try:
        view = scope.view(definitions, definitions, "this block")
        view._asdict()
        yield view
    finally:
        scope.close()


def call_resource(definition: ResourceDefinition, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    """Make a resource directly, as a test does. One that closes itself is a block: `with my_resource(context) as it:`.

    Raises
    ------
    InvocationError
        When the context is missing, is none, or lacks a resource that is needed.
    """
    __tracebackhide__ = True
    if not definition.takes_context:
        if args or kwargs:
            raise InvocationError("this resource takes no context: call it without arguments.")
        return _made(definition, None)
    context = _given_context(definition, args, kwargs)
    if context is None and definition.required_resource_keys:
        names = ", ".join(sorted(definition.required_resource_keys))
        raise InvocationError(
            f"this resource needs others ({names}): call it with build_init_resource_context(resources={{…}})."
        )
    if context is None and definition.config_field.is_required:
        raise InvocationError(
            "this resource is configured, and was called without a context: call it with build_init_resource_context(config=…)."
        )
    bound = build_init_resource_context() if context is None else context
    given = _built(bound).definitions if isinstance(bound, BuiltInitResourceContext) else None
    for name in sorted(definition.required_resource_keys):
        if given is not None and name not in given:
            raise MissingResourceError(name, "this resource", given)
    return _made(
        definition,
        InitResourceContext(
            resource_config=_config_of(definition, bound.resource_config),
            resources=bound.resources,
            resource_def=definition,
            log=bound.log,
            instance=bound.instance,
        ),
    )


def _config_of(definition: ResourceDefinition, given: Any) -> Any:
    shape = Shape({"config": definition.config_field})
    written = {} if given is None else {"config": given}
    return read_config(shape, written, "the configuration of the resource").get("config")


def _made(definition: ResourceDefinition, context: InitResourceContext | None) -> Any:
    given = call_resource_fn(definition, context)
    return (manager_of(given) or given) if inspect.isgenerator(given) else given


def _given_context(
    definition: ResourceDefinition, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> InitResourceContext | None:
    name = next(iter(inspect.signature(definition.resource_fn).parameters))
    if len(args) + len(kwargs) != 1 or set(kwargs) - {name}:
        raise InvocationError(
            f"a resource that takes a context is called with that alone, as `{name}`: one of build_init_resource_context, or "
            "None."
        )
    context = args[0] if args else kwargs[name]
    if context is not None and not isinstance(context, InitResourceContext):
        raise InvocationError(
            f"the context of a resource is built by build_init_resource_context, or is None, and {context!r} is neither."
        )
    return context
