"""`Config`: a configuration as a class with annotated fields. It is a pydantic model, checked by Dagster's rules first."""

from __future__ import annotations

import enum
import typing
from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

import pydantic
from pydantic_core import PydanticUndefined

from nb_assets.definitions.config.annotations import (
    is_config_class,
    literal_type,
    optional_part,
    type_of_annotation,
)
from nb_assets.definitions.config.env_var import is_env_var
from nb_assets.definitions.config.problems import ConfigSchemaError
from nb_assets.definitions.config.shapes import NO_DEFAULT, Field, Permissive, Selector, Shape
from nb_assets.definitions.resource import is_resource_annotation
from nb_assets.errors import InvocationError, near

if typing.TYPE_CHECKING:
    from pydantic.fields import FieldInfo
    from typing_extensions import Self


class Config(pydantic.BaseModel):
    """A configuration: each annotated attribute is a field, with a default where it has one.

    An asset or op takes it as its parameter `config`. Objects of it do not change.
    """

    __nb_assets_config__: ClassVar[bool] = True
    model_config = pydantic.ConfigDict(
        frozen=True,
        arbitrary_types_allowed=True,
        ignored_types=(cached_property,),
        # What does not fit may come from the environment, and errors are kept in the history.
        hide_input_in_errors=True,
    )

    def __init__(self, **config_dict: Any) -> None:
        __tracebackhide__ = True
        by_key = {info.alias or name: (name, info) for name, info in type(self).model_fields.items()}
        given = {
            key: _as_pydantic_takes_it(by_key[key][1], value) if key in by_key else value
            for key, value in config_dict.items()
        }
        for key, (_, info) in by_key.items():
            if key not in given and info.is_required() and optional_part(info.annotation) is not None:
                given[key] = None
        super().__init__(**given)
        # pydantic makes plain text of what stands for an environment variable.
        for key, value in given.items():
            name = by_key[key][0] if key in by_key else key
            if name in self.__dict__:
                self.__dict__[name] = _with_env_vars(self.__dict__[name], value)

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_"):
            object.__setattr__(self, name, value)
            return
        kind = type(self)
        if name in kind.model_fields:
            raise InvocationError(
                f"`{name}` of {kind.__name__} cannot be set: a configuration does not change, nor does a resource. Make "
                "another one, or keep what changes in an object that the resource gives out."
            )
        raise InvocationError(
            f"{kind.__name__} has no field `{name}`{near(name, kind.model_fields)}: a configuration has the attributes that are "
            "annotated in its class, and names that begin with `_`."
        )

    @classmethod
    def from_config(cls, read: Mapping[str, Any]) -> Self:
        """Return the object of a configuration that was read."""
        fields = {info.alias or name: info for name, info in cls.model_fields.items()}
        # What is left out of a configuration reads as its default, which need not be of the type.
        given = {
            key: value
            for key, value in read.items()
            if not (
                key in fields
                and value is None
                and not fields[key].is_required()
                and fields[key].default is None
            )
        }
        return cls(**given)

    @classmethod
    def to_field(cls) -> Field:
        """Return what the class says of a configuration.

        Raises
        ------
        ConfigSchemaError
            When the annotation of a field stands for no configuration.
        """
        return field_of_class(cls)

    @classmethod
    def to_config_schema(cls) -> Field:
        """Return what the class says of a configuration, for a `config_schema`."""
        return cls.to_field()

    @classmethod
    def to_fields_dict(cls) -> dict[str, Field]:
        """Return its fields by name."""
        shape = cls.to_field().config_type
        assert isinstance(shape, Shape)
        return shape.fields

    def _convert_to_config_dictionary(self) -> dict[str, Any]:
        """Return the configuration as it is written in a run config."""
        fields = type(self).model_fields
        items = {name: value for name, value in dict(self).items() if not name.startswith("_")}
        return {
            (fields[name].alias or name) if name in fields else name: as_written(value, fields.get(name))
            for name, value in items.items()
            if value is not None or _default(fields.get(name)) is not None
        }


class PermissiveConfig(Config):
    """A configuration that may have more than its annotated fields."""

    model_config = pydantic.ConfigDict(extra="allow")


def field_of_class(
    cls: type[Config], leave_out: typing.Collection[str] = (), defaults: Mapping[str, Any] | None = None
) -> Field:
    """Return what a class of configuration says of it.

    Parameters
    ----------
    leave_out
        The names of fields that are no part of it.
    defaults
        Other defaults than those of the class.

    Raises
    ------
    ConfigSchemaError
        When the annotation of a field stands for no configuration.
    """
    fields: dict[str, Field] = {}
    for name, info in cls.model_fields.items():
        key = info.alias or name
        if is_resource_field(info) or name in leave_out:
            continue
        if isinstance(info.default, Field):
            raise ConfigSchemaError(
                f"`{name}` of {cls.__name__} has a Field of `config_schema` as its default: use `pydantic.Field` in a class."
            )
        try:
            made = _field(info)
        except ConfigSchemaError as error:
            raise ConfigSchemaError(f"`{name}` of {cls.__name__}: {error}") from None
        if defaults is not None and key in defaults:
            made = made.with_default(defaults[key])
        fields[key] = made
    shape = Permissive if cls.model_config.get("extra") == "allow" else Shape
    return Field(shape(fields), description=(cls.__doc__ or "").strip() or None)


def is_resource_field(info: FieldInfo) -> bool:
    """Tell whether a field holds another resource."""
    if any(getattr(each, "__nb_assets_dependency__", False) for each in info.metadata):
        return True
    annotation = optional_part(info.annotation) or info.annotation
    return getattr(
        typing.get_origin(annotation), "__nb_assets_dependency__", False
    ) or is_resource_annotation(annotation)


def as_written(value: Any, info: FieldInfo | None = None) -> Any:
    """Return a value as it is written in a run config."""
    if is_env_var(value):
        return {"env": value.env_var_name}
    if isinstance(value, Config):
        written = value._convert_to_config_dictionary()  # noqa: SLF001 - of a class of this file
        if info is not None and info.discriminator:
            return {written.pop(str(info.discriminator)): written}
        return written
    if isinstance(value, enum.Enum):
        return value.name
    if isinstance(value, Mapping):
        return {key: as_written(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_written(each) for each in value]
    return value


def _field(info: FieldInfo) -> Field:
    annotation, default = info.annotation, _default(info)
    if info.discriminator:
        return Field(
            _choice(info, str(info.discriminator)),
            default_value=as_written(default, info) if default not in (NO_DEFAULT, None) else NO_DEFAULT,
            is_required=info.is_required(),
            description=info.description,
        )
    if is_config_class(annotation):
        inner = field_of_class(
            annotation,  # type: ignore[arg-type]
            defaults=as_written(default) if isinstance(default, Config) else None,
        )
        if info.is_required() or inner.default_provided:
            return Field(inner.config_type, description=info.description or inner.description)
        return Field(inner.config_type, is_required=False, description=info.description)
    if typing.get_origin(annotation) is typing.Literal:
        config_type: Any = literal_type(annotation)
    elif not info.is_required() and optional_part(annotation) is None:
        config_type = type_of_annotation(typing.Optional[annotation])  # noqa: UP045 - of a value
    else:
        config_type = type_of_annotation(annotation)
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    if default is NO_DEFAULT:
        # What may be None, and has no default, is None.
        required = info.is_required() and optional_part(annotation) is None
        return Field(
            config_type,
            is_required=None if required or info.is_required() else False,
            description=info.description,
        )
    return Field(
        config_type,
        default_value=as_written(default),
        description=info.description,
        is_secret=bool(extra.get("dagster__is_secret", False)),
    )


def _choice(info: FieldInfo, discriminator: str) -> Selector:
    choices: dict[str, Field] = {}
    for each in typing.get_args(info.annotation):
        if not is_config_class(each):
            raise ConfigSchemaError(f"what it is one of are classes of configuration, and {each!r} is none.")
        for value in typing.get_args(each.model_fields[discriminator].annotation):
            choices[value] = field_of_class(each, leave_out={discriminator})
    return Selector(choices)


def _default(info: FieldInfo | None) -> Any:
    """Return the default of a field as it stands in the class; what a factory makes is made by pydantic."""
    if info is None:
        return None
    if info.default is not PydanticUndefined:
        return info.default
    if info.default_factory is not None and info.discriminator:
        return info.get_default(call_default_factory=True)
    return NO_DEFAULT


def _as_pydantic_takes_it(info: FieldInfo, value: Any) -> Any:
    annotation = info.annotation
    if info.discriminator and not isinstance(value, Config) and isinstance(value, Mapping):
        if len(value) != 1:
            return value
        ((choice, inner),) = value.items()
        return {**(inner or {}), str(info.discriminator): choice}
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum) and isinstance(value, str):
        by_name = annotation.__members__
        return by_name[value] if value in by_name and value not in _values(annotation) else value
    return value


def _values(members: type[enum.Enum]) -> list[Any]:
    return [each.value for each in members]


def _with_env_vars(made: Any, given: Any) -> Any:
    """Return what pydantic made of something, with what stands for environment variables as it was given."""
    if is_env_var(given):
        return given
    if isinstance(made, dict) and isinstance(given, Mapping):
        return {key: _with_env_vars(each, given.get(key)) for key, each in made.items()}
    if isinstance(made, list) and isinstance(given, list) and len(made) == len(given):
        return [_with_env_vars(each, other) for each, other in zip(made, given, strict=True)]
    return made
