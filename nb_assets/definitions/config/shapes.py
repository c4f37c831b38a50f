"""Fields, and the types of configuration that have some: dicts with known keys, and choices of one key among several."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from typing import Any

from nb_assets.definitions.config.env_var import is_env_var
from nb_assets.definitions.config.problems import ConfigError, ConfigSchemaError, Reading, shown
from nb_assets.definitions.config.types import (
    ANY,
    BOOL,
    FLOAT,
    INT,
    STRING,
    Array,
    ConfigType,
    Enum,
    Map,
    Path,
    as_config_type,
    register_coercion,
)
from nb_assets.errors import near

NO_DEFAULT: Any = type("NoDefault", (), {"__repr__": lambda _self: "no default"})()
_MAX_TITLE = 120


class Field:
    """A value of a configuration: its type, its default, what it is.

    Parameters
    ----------
    config
        The type, or what stands for one.
    is_required
        Whether it must be given; unless said, it must when it has no default and cannot be empty.

    Raises
    ------
    ConfigSchemaError
        When the type is none, or it is both required and has a default.
    ConfigError
        When the default is not of the type.
    """

    def __init__(
        self,
        config: Any,
        default_value: Any = NO_DEFAULT,
        is_required: bool | None = None,  # noqa: FBT001 - Dagster's signature
        description: str | None = None,
        is_secret: bool = False,  # noqa: FBT001, FBT002 - Dagster's signature
    ) -> None:
        self.config_type = as_config_type(config)
        self.description = description
        self.is_secret = is_secret
        if is_env_var(default_value):
            default_value = {"env": default_value.env_var_name}
        if default_value is not NO_DEFAULT:
            if is_required:
                raise ConfigSchemaError(
                    f"a Field that is required has no default, and {default_value!r} was given: leave one of them out."
                )
            if callable(default_value):
                raise ConfigSchemaError(
                    f"the default of a Field is a value, and {default_value!r} can be called: give what it returns."
                )
            self._check_default(default_value)
        elif is_required is None and self.config_type.is_optional:
            default_value = read_config(self.config_type, None, "the default of a Field", resolving=False)
        self._default = default_value
        self.is_required = default_value is NO_DEFAULT if is_required is None else is_required

    def _check_default(self, default: Any) -> None:
        if isinstance(self.config_type, Enum) and isinstance(default, enum.Enum):
            choices = ", ".join(self.config_type.config_values)
            raise ConfigSchemaError(
                f"the default of a Field of the Enum `{self.config_type.given_name}` is written as in a configuration, as one "
                f"of {choices}, and not as {default!r}."
            )
        read_config(self.config_type, default, "the default of a Field", resolving=False)

    @property
    def default_provided(self) -> bool:
        """Whether there is a default."""
        return self._default is not NO_DEFAULT

    @property
    def default_value(self) -> Any:
        """The default.

        Raises
        ------
        ConfigSchemaError
            When there is none.
        """
        if self._default is NO_DEFAULT:
            raise ConfigSchemaError("this Field has no default.")
        return self._default

    def with_default(self, default: Any) -> Field:
        """Return the same field with another default."""
        return Field(
            self.config_type, default_value=default, description=self.description, is_secret=self.is_secret
        )

    def __repr__(self) -> str:
        default = "" if self._default is NO_DEFAULT else f", default={self._default!r}"
        return f"Field({self.config_type.title}{default}, is_required={self.is_required})"


class HasFields(ConfigType):
    """A dict with known keys."""

    def __init__(self, fields: Mapping[str, Any] | None, description: str | None = None) -> None:
        self.fields = as_fields(fields or {})
        self.description = description

    @property
    def has_fields(self) -> bool:
        """Its values are dicts with known keys."""
        return True

    @property
    def title(self) -> str:
        """The type as an error tells of it."""
        parts = [
            f"{name}{'' if each.is_required else '?'}: {each.config_type.title}"
            for name, each in self.fields.items()
        ]
        text = "{ " + ", ".join(parts) + " }" if parts else "{ }"
        return text if len(text) <= _MAX_TITLE else text[:_MAX_TITLE] + "… }"


class Shape(HasFields):
    """A dict that has these fields and no others."""

    allows_more = False

    def __init__(
        self,
        fields: Mapping[str, Any],
        description: str | None = None,
        field_aliases: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(fields, description)
        self.field_aliases = dict(field_aliases or {})

    @property
    def is_optional(self) -> bool:
        """Nothing is an empty dict, where no field is required."""
        return not any(each.is_required for each in self.fields.values())

    def read(self, value: Any, at: Path, reading: Reading) -> Any:
        """Return the dict with its defaults filled in."""
        if value is None and not at:
            value = {}
        if not isinstance(value, Mapping):
            reading.wrong(at, f"expected a dict {self.title}, not {shown(value)}")
            return value
        given = self._by_name(value, at, reading)
        if not self.allows_more:
            self._check_unknown(given, at, reading)
        read: dict[str, Any] = {}
        for name, each in self.fields.items():
            if name in given:
                read[name] = each.config_type.read(given[name], (*at, name), reading)
            elif each.is_required:
                reading.wrong(at, f"`{name}` is missing, {_kind(each)}")
            elif each.default_provided:
                read[name] = each.config_type.read(each.default_value, (*at, name), reading)
        return read | {name: item for name, item in given.items() if name not in self.fields}

    def _by_name(self, value: Mapping[str, Any], at: Path, reading: Reading) -> dict[str, Any]:
        names = {alias: name for name, alias in self.field_aliases.items() if name in self.fields}
        given: dict[str, Any] = {}
        for key, item in value.items():
            name = names.get(key, key)
            if name in given:
                reading.wrong(
                    at, f"`{name}` is given twice, by its own name and as `{self.field_aliases[name]}`"
                )
            given[name] = item
        return given

    def _check_unknown(self, given: Iterable[str], at: Path, reading: Reading) -> None:
        for name in given:
            if name not in self.fields:
                known = ", ".join(self.fields)
                there = f"; there are {known}" if known else "; there is nothing to configure here"
                hint = near(str(name), self.fields).strip()
                reading.wrong(at, f"`{name}` is unknown{there}{f'. {hint}' if hint else ''}")


class Permissive(Shape):
    """A dict that has these fields, and may have others."""

    allows_more = True

    def __init__(self, fields: Mapping[str, Any] | None = None, description: str | None = None) -> None:
        super().__init__(fields or {}, description)


class Selector(HasFields):
    """A dict with exactly one of these fields."""

    def __init__(self, fields: Mapping[str, Any], description: str | None = None) -> None:
        super().__init__(fields, description)

    @property
    def is_optional(self) -> bool:
        """Nothing is the one field there is, where that is not required."""
        return len(self.fields) == 1 and not any(each.is_required for each in self.fields.values())

    def read(self, value: Any, at: Path, reading: Reading) -> Any:
        """Return the dict of the one field that was chosen."""
        choices = ", ".join(self.fields)
        if value is None and self.is_optional:
            value = {}
        if not isinstance(value, Mapping):
            reading.wrong(at, f"expected a dict with one of {choices}, not {shown(value)}")
            return value
        if not value and self.is_optional:
            ((name, only),) = self.fields.items()
            return {name: only.config_type.read(only.default_value, (*at, name), reading)}
        if len(value) != 1:
            given = ", ".join(str(key) for key in value) or "none"
            reading.wrong(at, f"expected exactly one of {choices}, not {given}")
            return value
        ((name, item),) = value.items()
        if name not in self.fields:
            reading.wrong(at, f"`{name}` is none of {choices}{near(str(name), self.fields)}")
            return value
        chosen = self.fields[name].config_type
        # A choice alone, without a value, is the choice with its defaults.
        empty = item is None and chosen.has_fields
        return {name: chosen.read({} if empty else item, (*at, name), reading)}


def as_fields(given: Mapping[str, Any]) -> dict[str, Field]:
    """Return the fields that a dict stands for.

    Raises
    ------
    ConfigSchemaError
        When it is no dict of types by name.
    """
    if not isinstance(given, Mapping):
        raise ConfigSchemaError(f"fields of a configuration are a dict of types by name, not {given!r}.")
    fields: dict[str, Field] = {}
    for name, each in given.items():
        try:
            fields[name] = as_field(each)
        except ConfigSchemaError as error:
            raise ConfigSchemaError(f"in the field `{name}`: {error}") from None
    return fields


def as_field(given: Any) -> Field:
    """Return the field that something stands for: itself, or one of a type.

    Raises
    ------
    ConfigSchemaError
        When it stands for none.
    """
    if isinstance(given, Field):
        return given
    if given is None:
        raise ConfigSchemaError("None says nothing of a configuration: write `Field(Any)` for any value.")
    return Field(given)


def read_config(
    config_type: ConfigType, value: Any, what: str, *, resolving: bool = True, at: Path = ()
) -> Any:
    """Return a configuration with its defaults filled in.

    Parameters
    ----------
    what
        What it is the configuration of, as an error tells it.
    resolving
        Whether environment variables are read and enums become what they stand for.

    Raises
    ------
    ConfigError
        When it is not what its type asks for: everything that is wrong is told.
    """
    reading = Reading(resolving=resolving)
    read = config_type.read(value, at, reading)
    if reading.problems:
        raise ConfigError(what, reading.problems)
    return read


def _kind(field: Field) -> str:
    title = field.config_type.title
    if title.startswith("{"):
        return f"a dict {title}"
    return f"an {title}" if title[0].lower() in "aeiou" else f"a {title}"


_BUILTINS: dict[Any, ConfigType] = {
    str: STRING,
    int: INT,
    float: FLOAT,
    bool: BOOL,
    list: Array(ANY),
    dict: Permissive(),
}


def _builtin(given: Any) -> ConfigType | None:
    if given is None or given is Any:
        return ANY
    return _BUILTINS.get(given) if isinstance(given, type) else None


def _container(given: Any) -> ConfigType | None:
    if isinstance(given, Mapping):
        if len(given) == 1:
            ((key, inner),) = given.items()
            if not isinstance(key, str):
                return Map(key, inner)
        return Shape(given)
    if isinstance(given, list):
        if len(given) != 1:
            raise ConfigSchemaError(
                f"a list in a config_schema has one item, the type of all items, not {given!r}."
            )
        return Array(given[0])
    return None


_NAMED = {"Any": ANY, "String": STRING, "Int": INT, "Float": FLOAT, "Bool": BOOL}


def _type_of_values(given: Any) -> ConfigType | None:
    """Return what a type of values, such as `String`, says of a configuration."""
    name = getattr(given, "unique_name", None)
    return _NAMED.get(name) if isinstance(name, str) else None


register_coercion(_builtin)
register_coercion(_container)
register_coercion(_type_of_values)
