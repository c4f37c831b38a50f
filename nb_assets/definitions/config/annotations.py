"""Which type of configuration an annotation stands for: that of a parameter `config`, or of a field of a class."""

from __future__ import annotations

import enum
import inspect
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any

from nb_assets.definitions.config.problems import ConfigSchemaError
from nb_assets.definitions.config.shapes import Field
from nb_assets.definitions.config.types import (
    ANY,
    Array,
    BoolSource,
    ConfigType,
    Enum,
    EnumValue,
    IntSource,
    Map,
    Noneable,
    StringSource,
    as_config_type,
)

_UNIONS = (typing.Union, types.UnionType)
_SOURCES: dict[Any, ConfigType] = {str: StringSource, int: IntSource, bool: BoolSource}


def is_config_class(annotation: Any) -> bool:
    """Tell whether an annotation is a class of configuration."""
    # By a mark, not by its class: that one comes with pydantic, which is imported where it is used.
    return isinstance(annotation, type) and bool(getattr(annotation, "__nb_assets_config__", False))


def optional_part(annotation: Any) -> Any:
    """Return T where an annotation is T or None, else None."""
    if typing.get_origin(annotation) not in _UNIONS:
        return None
    parts = [part for part in typing.get_args(annotation) if part is not type(None)]
    return parts[0] if len(parts) == 1 and len(typing.get_args(annotation)) > 1 else None


def type_of_annotation(annotation: Any) -> ConfigType:
    """Return the type that an annotation stands for.

    Raises
    ------
    ConfigSchemaError
        When it stands for none.
    """
    while typing.get_origin(annotation) is typing.Annotated:
        annotation = typing.get_args(annotation)[0]
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if is_config_class(annotation):
        return _fields_of(annotation).config_type
    if origin is typing.Literal:
        return literal_type(annotation)
    if (inner := optional_part(annotation)) is not None:
        return Noneable(type_of_annotation(inner))
    if isinstance(origin, type) and issubclass(origin, list):
        return Array(type_of_annotation(parts[0]))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return Map(parts[0], type_of_annotation(parts[1]))
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        return Enum.from_python_enum_direct_values(annotation)
    if annotation is Any:
        return ANY
    source = _SOURCES.get(annotation) if isinstance(annotation, type) else None
    return source or as_config_type(annotation)


def literal_type(annotation: Any) -> Enum:
    """Return the type that is one of the texts of a Literal."""
    choices = typing.get_args(annotation)
    return Enum(" | ".join(repr(each) for each in choices), [EnumValue(each) for each in choices])


def field_of_parameter(annotation: Any, default: Any, owner: str) -> tuple[Field, Callable[[Any], Any]]:
    """Return what a parameter `config` says of the configuration, and what makes its argument of what was read.

    Parameters
    ----------
    default
        The default of the parameter; `inspect.Parameter.empty` for none.

    Raises
    ------
    ConfigSchemaError
        When the annotation stands for no configuration, or a class of configuration has a default beside it.
    """
    has_default = default is not inspect.Parameter.empty
    if is_config_class(annotation):
        if has_default:
            raise ConfigSchemaError(
                f"the parameter `config` of `{owner}` has a default: give the fields of {annotation.__name__} defaults instead."
            )
        return _fields_of(annotation), annotation.from_config
    if annotation is inspect.Parameter.empty:
        raise ConfigSchemaError(
            f"the parameter `config` of `{owner}` is its configuration, and is not annotated: annotate it as a subclass of "
            "`Config`, or as int, str, dict or another plain type. To take an asset of that name, call the argument "
            "differently and name the asset with `ins`."
        )
    if isinstance(annotation, str):
        raise ConfigSchemaError(
            f"the parameter `config` of `{owner}` is annotated as `{annotation}`, and there is nothing of that name: define it "
            "before, and not inside of a function."
        )
    try:
        config_type = type_of_annotation(annotation)
    except ConfigSchemaError as error:
        raise ConfigSchemaError(f"the parameter `config` of `{owner}`: {error}") from None
    field = Field(config_type, default_value=default) if has_default else Field(config_type)
    return field, _as_it_is


def _fields_of(annotation: Any) -> Field:
    made: Field = annotation.to_field()
    return made


def _as_it_is(value: Any) -> Any:
    return value
