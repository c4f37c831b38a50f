"""Configurations that are made of others: `configured`, and the `ConfigMapping` of a graph."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

from nb_assets.definitions.config.annotations import field_of_parameter, is_config_class
from nb_assets.definitions.config.problems import ConfigSchemaError, Reading
from nb_assets.definitions.config.shapes import Field, as_field, read_config
from nb_assets.definitions.config.types import ANY, ConfigType, Path
from nb_assets.definitions.hints import parameter_hints
from nb_assets.errors import DagsterConfigMappingFunctionError


class Mapped(ConfigType):
    """A configuration from which a function makes the one that is asked for."""

    def __init__(
        self,
        outer: Field,
        fn: Callable[[Any], Any],
        inner: ConfigType,
        name: str,
        *,
        processed: bool = True,
        is_given: bool = False,
    ) -> None:
        self.outer = outer
        self.inner = inner
        # Whether the function makes nothing of anything: it gives the configuration as it was written.
        self.is_given = is_given
        self.made_by = fn
        self._name = name
        self._processed = processed

    @property
    def title(self) -> str:
        """The type as an error tells of it: that of the configuration that is given."""
        return self.outer.config_type.title

    @property
    def is_optional(self) -> bool:
        """Whether nothing has to be given."""
        return not self.outer.is_required

    @property
    def has_fields(self) -> bool:
        """Whether what is given is a dict with known keys."""
        return self.outer.config_type.has_fields

    def read(self, value: Any, at: Path, reading: Reading) -> Any:
        """Return the configuration that the function makes of what was given.

        Raises
        ------
        DagsterConfigMappingFunctionError
            When the function raises.
        """
        if value is None and self.outer.default_provided:
            value = self.outer.default_value
        if not reading.resolving:
            return None if value is None else self.outer.config_type.read(value, at, reading)
        before = len(reading.problems)
        check = Reading(resolving=self._processed)
        given = self.outer.config_type.read(value, at, check)
        reading.problems += check.problems
        if len(reading.problems) > before:
            return value
        try:
            made = self.made_by(given)
        except Exception as error:
            raise DagsterConfigMappingFunctionError(
                f"the function that makes the configuration of `{self._name}` raised {type(error).__name__}: {error}"
            ) from error
        return self.inner.read(made, (*at, "(mapped)"), reading)


class ConfigMapping:
    """How the configuration of a graph becomes that of its ops.

    Parameters
    ----------
    config_fn
        Returns the configuration of the ops by name, given that of the graph.
    config_schema
        What the configuration of the graph looks like.
    receive_processed_config_values
        Whether the function is given values as a run has them, with enums as what they stand for.
    """

    def __init__(
        self,
        config_fn: Callable[[Any], Any],
        config_schema: Any = None,
        receive_processed_config_values: bool | None = None,  # noqa: FBT001 - Dagster's signature
    ) -> None:
        if not callable(config_fn):
            raise ConfigSchemaError(f"the config_fn of a ConfigMapping is a function, not {config_fn!r}.")
        self.config_fn = config_fn
        self.config_schema = config_schema
        self.receive_processed_config_values = receive_processed_config_values

    def mapped(self, inner: ConfigType, name: str) -> Mapped:
        """Return the type of the graph's configuration, from which that of its ops is made."""
        outer = Field(ANY, is_required=False) if self.config_schema is None else as_field(self.config_schema)
        processed = self.receive_processed_config_values is not False
        return Mapped(outer, self.config_fn, inner, name, processed=processed)

    def resolve_from_unvalidated_config(self, config: Any) -> Any:
        """Return what the function makes of a configuration.

        Raises
        ------
        ConfigError
            When it is not what the schema asks for.
        """
        return read_config(self.mapped(ANY, "the graph"), config, "the configuration")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function."""
        return self.config_fn(*args, **kwargs)


def functions_within(config_type: Any) -> Iterator[Callable[[Any], Any]]:
    """Yield the functions that a configuration goes through, the outermost first."""
    while isinstance(config_type, Mapped):
        if not config_type.is_given:
            yield config_type.made_by
        config_type = config_type.inner


def mapped_field(mapped: Mapped) -> Field:
    """Return the field of a configuration that is made of another one, whether anything is given for it or not."""
    # Its default is made when it is read: the function is not called before a run.
    return Field(mapped) if mapped.outer.is_required else _Always(mapped)


class _Always(Field):
    """A field that is read even when nothing is given for it."""

    def __init__(self, mapped: Mapped) -> None:
        self.config_type = mapped
        self.description = None
        self.is_secret = False
        self._default = None
        self.is_required = False


def config_mapping(
    config_fn: Callable[[Any], Any] | None = None,
    *,
    config_schema: Any = None,
    receive_processed_config_values: bool | None = None,
) -> Any:
    """Make a `ConfigMapping` of a function. Its parameter may be annotated as a `Config` in place of a schema.

    Raises
    ------
    ConfigSchemaError
        When there are both a schema and an annotation, or what is decorated takes not exactly one argument.
    """

    def decorate(fn: Callable[[Any], Any]) -> ConfigMapping:
        called, schema = pythonic(fn, config_schema, "config_mapping")
        return ConfigMapping(called, schema, receive_processed_config_values)

    return decorate if config_fn is None else decorate(config_fn)


def pythonic(fn: Callable[[Any], Any], schema: Any, owner: str) -> tuple[Callable[[Any], Any], Any]:
    """Return a function of a configuration as a dict, and its schema, where its parameter may be a class of configuration.

    Raises
    ------
    ConfigSchemaError
        When there are both a schema and an annotation, or it takes not exactly one argument.
    """
    parameters = list(inspect.signature(fn).parameters.values())
    hints: dict[str, Any] = {}
    if parameters:
        hints = parameter_hints(fn)
    if not parameters or not is_config_class(hints.get(parameters[0].name)):
        return fn, schema
    if schema is not None:
        raise ConfigSchemaError(
            f"`{owner}` was given a config_schema, and its parameter is annotated as a Config: leave one of them out."
        )
    if len(parameters) != 1:
        raise ConfigSchemaError(
            f"a function that makes a configuration takes one argument, and `{fn}` takes {len(parameters)}."
        )
    field, convert = field_of_parameter(hints[parameters[0].name], inspect.Parameter.empty, owner)

    def with_object(config: Any) -> Any:
        made = fn(convert(config))
        written = getattr(made, "_convert_to_config_dictionary", None)
        return made if written is None else written()

    return with_object, field
