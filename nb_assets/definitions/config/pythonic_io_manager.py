"""`ConfigurableIOManager`: an IO manager as a class, whose annotated fields are its configuration."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from nb_assets.definitions.config.pythonic import Config, field_of_class
from nb_assets.definitions.config.pythonic_resource import ConfigurableResourceFactory
from nb_assets.definitions.io_manager import IOManager, IOManagerDefinition

if TYPE_CHECKING:
    from nb_assets.definitions.resource import ResourceDefinition

T = TypeVar("T")


class ConfigurableIOManagerFactory(ConfigurableResourceFactory[T]):
    """A configuration from which an IO manager of another class is made: `create_io_manager` says how."""

    @abstractmethod
    def create_io_manager(self, context: Any) -> T:
        """Return the IO manager, given the context of the resource."""

    def create_resource(self, context: Any) -> T:
        """Return the IO manager."""
        return self.create_io_manager(context)

    def get_resource_definition(self) -> ResourceDefinition:
        """Return the definition that makes it: one and the same for an object."""
        known = self.__dict__.get("_definition__")
        if isinstance(known, IOManagerDefinition):
            return known
        made = IOManagerDefinition.__new__(IOManagerDefinition)
        vars(made).update(vars(super().get_resource_definition()))
        made.input_config_schema = _as_schema(self.input_config_schema())
        made.output_config_schema = _as_schema(self.output_config_schema())
        object.__setattr__(self, "_definition__", made)
        return made

    @classmethod
    def input_config_schema(cls) -> Any:
        """Return what the configuration of each input looks like that it loads."""
        return None

    @classmethod
    def output_config_schema(cls) -> Any:
        """Return what the configuration of each output looks like that it stores."""
        return None


def _as_schema(given: Any) -> Any:
    return field_of_class(given) if isinstance(given, type) and issubclass(given, Config) else given


class ConfigurableIOManager(ConfigurableIOManagerFactory[Any], IOManager):
    """An IO manager as a class: its annotated fields are its configuration."""

    __nb_assets_itself__: ClassVar[bool] = True

    def create_io_manager(self, context: Any) -> IOManager:
        """Return the IO manager: the object itself unless this is overridden."""
        del context
        return self


class ConfigurableLegacyIOManagerAdapter(ConfigurableIOManagerFactory[Any]):
    """The configuration, as a class, of an IO manager that is made by a function: `wrapped_io_manager` returns that."""

    @property
    @abstractmethod
    def wrapped_io_manager(self) -> IOManagerDefinition:
        """The IO manager whose configuration this is."""

    def create_io_manager(self, context: Any) -> Any:
        """Return what the function makes."""
        wrapped = self.wrapped_io_manager
        return wrapped.resource_fn(context) if wrapped.takes_context else wrapped.resource_fn()

    def get_resource_definition(self) -> ResourceDefinition:
        """Return the definition that makes it."""
        own = super().get_resource_definition()
        own.resource_fn = self.wrapped_io_manager.resource_fn
        return own
