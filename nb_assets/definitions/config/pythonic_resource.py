"""`ConfigurableResource`: a resource as a class, whose annotated fields are its configuration.

An object of it is how the resource is configured; what functions get is made of it when a run needs it, with the values
that the run was given, and with the resources that it holds.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

from pydantic_core import core_schema

from nb_assets.definitions.config.annotations import optional_part
from nb_assets.definitions.config.defined_again import MadeAgain
from nb_assets.definitions.config.pythonic import Config, as_written, field_of_class, is_resource_field
from nb_assets.definitions.config.shapes import read_config
from nb_assets.definitions.resource import ResourceDefinition, TreatAsResourceParam, as_resource
from nb_assets.errors import DefinitionError, InvocationError

if TYPE_CHECKING:
    from typing_extensions import Self

T = TypeVar("T")


def _in_field(handler: Any) -> bool:
    try:
        return handler.field_name is not None
    except LookupError:
        return False


class ResourceDependency(Generic[T]):
    """The annotation of a field that holds another resource, whatever that gives: `db: ResourceDependency[Connection]`."""

    __nb_assets_dependency__ = True

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any:
        """Take any object: it may be a resource yet to be made."""
        return core_schema.any_schema()


class ConfigurableResourceFactory(Config, TreatAsResourceParam, Generic[T]):
    """A configuration from which a resource of another class is made: `create_resource` says how."""

    __nb_assets_itself__: ClassVar[bool] = False

    def __init__(self, **data: Any) -> None:
        __tracebackhide__ = True
        names = _resource_fields(type(self))
        super().__init__(
            **{key: _nested(type(self), key, value) if key in names else value for key, value in data.items()}
        )
        for name in names:
            _check_nested(type(self), name, self.__dict__.get(name))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """Take any object where a field is annotated as this class: it may be a resource yet to be made."""
        if cls is not source or _in_field(handler):
            return core_schema.any_schema()
        return handler(source)

    @abstractmethod
    def create_resource(self, context: Any) -> T:
        """Return what functions get, given the context of the resource."""

    def setup_for_execution(self, context: Any) -> None:
        """Do what is to be done before functions get it."""

    def teardown_after_execution(self, context: Any) -> None:
        """Do what is to be done at the end of the run."""

    @contextmanager
    def yield_for_execution(self, context: Any) -> Iterator[T]:
        """Yield what functions get; by default between `setup_for_execution` and `teardown_after_execution`."""
        self.setup_for_execution(context)
        try:
            yield self.create_resource(context)
        finally:
            self.teardown_after_execution(context)

    @classmethod
    def configure_at_launch(cls, **kwargs: Any) -> PartialResource:
        """Return the resource with what is configured already; the rest comes with the configuration of the run."""
        return PartialResource(cls, kwargs)

    @property
    def nested_resources(self) -> dict[str, Any]:
        """The resources that it holds, as they were given, by field."""
        return {name: self.__dict__[name] for name in _resource_fields(type(self)) if name in self.__dict__}

    def get_resource_definition(self) -> ResourceDefinition:
        """Return the definition that makes it: one and the same for an object."""
        known = self.__dict__.get("_definition__")
        if known is None:
            known = _definition(type(self), dict(self.__dict__), late=False)
            object.__setattr__(self, "_definition__", known)
            known.source_object = self
            known.made_again = MadeAgain(type(self), lambda cls: cls(**self._given()))
        return cast("ResourceDefinition", known)

    def _given(self) -> dict[str, Any]:
        own = {name: value for name, value in self.__dict__.items() if not name.startswith("_")}
        return _by_alias(type(self), own)

    def get_resource_context(self) -> Any:
        """Return the context that it was made with.

        Raises
        ------
        InvocationError
            Before it is made.
        """
        context = self.__dict__.get("_context__")
        if context is None:
            raise InvocationError(
                f"{type(self).__name__} has a context once a run, or a call with resources, has made it, and this one was not."
            )
        return context

    def with_replaced_resource_context(self, resource_context: Any) -> Self:
        """Return the same with another context."""
        copied = _with_values(self, {})
        object.__setattr__(copied, "_context__", resource_context)
        return cast("Self", copied)

    def process_config_and_initialize(self) -> T:
        """Make it, with environment variables read; one that closes itself is had by `process_config_and_initialize_cm`."""
        return cast("T", _initialized(self, self._config_now(), self._nested_now()))

    @contextmanager
    def process_config_and_initialize_cm(self) -> Iterator[T]:
        """Make it for a block, with environment variables read, and close it after that."""
        made = _initialized(self, self._config_now(), self._nested_now(), opened=True)
        with made as value:
            yield value

    @classmethod
    def from_resource_context(cls, context: Any, nested_resources: Mapping[str, Any] | None = None) -> T:
        """Make one in the function of a resource, of the context of that."""
        values = {**(context.resource_config or {}), **(nested_resources or {})}
        return cast("T", _initialized(cls(**values), {}, {}, context=context))

    @classmethod
    @contextmanager
    def from_resource_context_cm(
        cls, context: Any, nested_resources: Mapping[str, Any] | None = None
    ) -> Iterator[T]:
        """Make one in the function of a resource for a block, and close it after that."""
        values = {**(context.resource_config or {}), **(nested_resources or {})}
        with _initialized(cls(**values), {}, {}, context=context, opened=True) as value:
            yield value

    def _config_now(self) -> Any:
        definition = self.get_resource_definition()
        return read_config(
            definition.config_field.config_type, {}, f"the configuration of {type(self).__name__}"
        )

    def _nested_now(self) -> dict[str, Any]:
        return {
            name: each.process_config_and_initialize()
            if isinstance(each, ConfigurableResourceFactory)
            else each
            for name, each in self.nested_resources.items()
        }


class ConfigurableResource(ConfigurableResourceFactory[T]):
    """A resource as a class: its annotated fields are its configuration, and functions get an object of it."""

    __nb_assets_itself__: ClassVar[bool] = True

    def create_resource(self, context: Any) -> T:
        """Return what functions get: the object itself unless this is overridden."""
        del context
        return cast("T", self)


class ConfigurableLegacyResourceAdapter(ConfigurableResource[Any]):
    """The configuration, as a class, of a resource that is a function: `wrapped_resource` returns that."""

    @property
    @abstractmethod
    def wrapped_resource(self) -> ResourceDefinition:
        """The resource whose configuration this is."""

    def get_resource_definition(self) -> ResourceDefinition:
        """Return the definition that makes it."""
        own = super().get_resource_definition()
        own.resource_fn = self.wrapped_resource.resource_fn
        return own

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the resource directly."""
        return self.wrapped_resource(*args, **kwargs)


class PartialResource:
    """A resource whose configuration is completed when a run is started."""

    def __init__(self, resource_cls: type[ConfigurableResourceFactory[Any]], data: Mapping[str, Any]) -> None:
        self.resource_cls = resource_cls
        self.data = dict(data)
        for name in _resource_fields(resource_cls):
            if name in self.data:
                _check_nested(resource_cls, name, self.data[name])
        self._definition = _definition(resource_cls, self.data, late=True)
        self._definition.source_object = self
        self._definition.made_again = MadeAgain(resource_cls, lambda cls: PartialResource(cls, self.data))

    @property
    def nested_resources(self) -> dict[str, Any]:
        """The resources that it holds, as they were given, by field."""
        return {name: self.data[name] for name in _resource_fields(self.resource_cls) if name in self.data}

    def get_resource_definition(self) -> ResourceDefinition:
        """Return the definition that makes it: one and the same for an object."""
        return self._definition

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any:
        """Take any object."""
        return core_schema.any_schema()


def _resource_fields(cls: type[Config]) -> list[str]:
    return [name for name, info in cls.model_fields.items() if is_resource_field(info)]


def _check_nested(cls: type[Config], name: str, given: Any) -> None:
    annotation = cls.model_fields[name].annotation
    wanted = optional_part(annotation) or annotation
    fits = (
        not (isinstance(wanted, type) and issubclass(wanted, ConfigurableResourceFactory))
        or isinstance(given, (wanted, PartialResource, ResourceDefinition))
        or (given is None and wanted is not annotation)
        or type(given).__module__.startswith("unittest.mock")
    )
    # What a factory makes is of another class than the factory.
    made = not getattr(wanted, "__nb_assets_itself__", True) and not isinstance(given, (str, int, float))
    if not fits and not made and not _overrides(wanted, "create_resource"):
        raise DefinitionError(
            f"`{name}` of {cls.__name__} is a {getattr(wanted, '__name__', wanted)}, and was given {given!r}."
        )


def _nested(cls: type[Config], name: str, given: Any) -> Any:
    """Return the resource that a field holds, made of its configuration where that is given in its place."""
    annotation = cls.model_fields[name].annotation
    wanted: Any = optional_part(annotation) or annotation
    made_of = isinstance(wanted, type) and issubclass(wanted, ConfigurableResourceFactory)
    return wanted(**given) if made_of and isinstance(given, Mapping) else given


def _overrides(cls: Any, method: str) -> bool:
    return getattr(cls, method, None) is not getattr(ConfigurableResource, method)


def _definition(
    cls: type[ConfigurableResourceFactory[Any]], data: Mapping[str, Any], *, late: bool
) -> ResourceDefinition:
    resources = _resource_fields(cls)
    names = {info.alias or name: name for name, info in cls.model_fields.items()}
    written = {
        key: as_written(data[name], cls.model_fields[name])
        for key, name in names.items()
        if name in data and name not in resources
    }
    given = {name: data[name] for name in resources if data.get(name) is not None}
    schema = field_of_class(cls, defaults=written)

    def make(context: Any) -> Any:
        values = {key: value for key, value in data.items() if not key.startswith("_")}
        start = cls.model_construct(**values) if late else None
        return _initialized(
            start if start is not None else cls(**_by_alias(cls, values)),
            context.resource_config or {},
            context.nested,
            context=context,
            opened=_closes(cls),
        )

    made = ResourceDefinition(make, config_schema=schema, description=(cls.__doc__ or "").strip() or None)
    made.nested = {name: as_resource(each) for name, each in given.items()}
    made.late = frozenset(
        name for name, each in given.items() if isinstance(each, (PartialResource, ResourceDefinition))
    )
    return made


def _by_alias(cls: type[Config], values: Mapping[str, Any]) -> dict[str, Any]:
    fields = cls.model_fields
    return {(fields[name].alias or name) if name in fields else name: each for name, each in values.items()}


def _closes(cls: type[ConfigurableResourceFactory[Any]]) -> bool:
    base = ConfigurableResourceFactory
    return (
        cls.yield_for_execution is not base.yield_for_execution
        or cls.teardown_after_execution is not base.teardown_after_execution
    )


def _with_values(
    resource: ConfigurableResourceFactory[Any], values: Mapping[str, Any]
) -> ConfigurableResourceFactory[Any]:
    cls = type(resource)
    return cls(**{**resource._given(), **values})  # noqa: SLF001 - of a class of this file


def _initialized(
    resource: ConfigurableResourceFactory[Any],
    config: Mapping[str, Any],
    nested: Mapping[str, Any],
    *,
    context: Any = None,
    opened: bool = False,
) -> Any:
    """Return what functions get of a resource, or where it is closed, the block that opens and closes it."""
    cls = type(resource)
    made = cls(**{**resource._given(), **config, **_by_alias(cls, nested)})  # noqa: SLF001 - of a class of this file
    object.__setattr__(made, "_context__", context)
    if opened:
        return cast("AbstractContextManager[Any]", made.yield_for_execution(context))
    made.setup_for_execution(context)
    return made.create_resource(context)
