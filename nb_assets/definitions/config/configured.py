"""`configured`: definitions whose configuration is given, or made of another one by a function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nb_assets.definitions.config.mapping import Mapped, mapped_field, pythonic
from nb_assets.definitions.config.own import ANYTHING
from nb_assets.definitions.config.problems import ConfigSchemaError
from nb_assets.definitions.config.shapes import Field, Shape, as_field


def configured(configurable: Any, config_schema: Any = None, **kwargs: Any) -> Callable[[Any], Any]:
    """Make a definition of another one, with its configuration given, or made by the function that is decorated.

    Parameters
    ----------
    config_schema
        What the configuration looks like of which the function makes the other; its parameter may be a `Config`.
    kwargs
        The name of an op or graph, and a description.

    Raises
    ------
    ConfigSchemaError
        When there is nothing to configure.
    """
    if isinstance(configurable, type) and hasattr(configurable, "configure_at_launch"):
        configurable = configurable.configure_at_launch().get_resource_definition()
    method = getattr(configurable, "configured", None)
    if method is None or isinstance(configurable, type):
        raise ConfigSchemaError(
            f"resources, ops and graphs are configured, and {configurable!r} is none of these."
        )

    def decorate(config_or_fn: Any) -> Any:
        given = dict(kwargs)
        if callable(config_or_fn) and "name" in _names(method):
            given.setdefault("name", config_or_fn.__name__)
        return method(config_or_fn, config_schema=config_schema, **given)

    return decorate


def configured_field(inner: Field, config_or_fn: Any, schema: Any, name: str) -> Field:
    """Return what is left to configure where a configuration is given, or made by a function.

    Raises
    ------
    ConfigSchemaError
        When a schema is given for what no function makes anything of.
    """
    if not callable(config_or_fn):
        if schema is not None:
            raise ConfigSchemaError(
                f"the configuration of `{name}` is given as it is, so that a config_schema says nothing: leave it out."
            )
        written = getattr(config_or_fn, "_convert_to_config_dictionary", lambda: config_or_fn)()
        return mapped_field(
            Mapped(Field(Shape({})), lambda _: written, inner.config_type, name, is_given=True)
        )
    fn, schema = pythonic(config_or_fn, schema, name)
    outer = ANYTHING if schema is None else as_field(schema)
    return mapped_field(Mapped(outer, lambda config: _as_written(fn(config)), inner.config_type, name))


def _as_written(made: Any) -> Any:
    written = getattr(made, "_convert_to_config_dictionary", None)
    return made if written is None else written()


def _names(method: Callable[..., Any]) -> tuple[str, ...]:
    code = getattr(method, "__code__", None)
    return () if code is None else code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
